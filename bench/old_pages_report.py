"""The table of docs/old_pages.md: a row a reader, the difference to each peer, a row a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from statistics import mean

from .old_pages_score import PageScore, body_f1, body_precision, difference
from .run_dateline import Record

Scores = Mapping[str, Mapping[str, PageScore]]

OURS = "Dateline"
BAD = 0.8
"""A page whose F1 is below this counts as bad, as on the scorecard."""

HEAD = """# Old pages

Written by `python -m bench.old_pages --peers PYTHON --out docs/old_pages.md`.

{n} pages of fictional news in the manner of 1998 to 2006, written for this project: layout by tables, `font` tags,
`<br><br>` for paragraphs, hardly any metadata, rails and advertisements in the cells of the story.
`bench/old_pages/README.md` tells how they and their gold were made, before any reader was run on them. At first sight
Dateline's body F1 was 0.958 (.043 above the best peer, 95 % interval .012 to .086), titles 0.70, authors 0.68; rules
have been made with these pages in view since then.

Body P, R and F1 are those of the Zyte article-extraction benchmark: runs of four words, means over pages. A page is
bad where its F1 is below {bad}. Title: equal but for case and punctuation. Authors: F1 over names. Day: exact, a share
of the pages whose gold has one; wrong days: how many other days were given. A dash: the reader doesn't give it.

Peers have their defaults, newspaper4k and goose3 without images. They got the pages decoded as their authors meant
them; Dateline got the bytes.

| reader | body F1 | P | R | bad pages | title | authors F1 | day | wrong days |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""

DIFFERENCE = """
## Differences

Dateline's body F1 less the peer's; the interval is a paired bootstrap over pages, 10,000 rounds.

| peer | difference | 95 % interval |
| --- | --- | --- |
"""

PAGES = """
## Page by page

Body F1 of each page, with Dateline's misses of title, authors and day.

| page | words | Dateline | {peer} | best of the peers | missed |
| --- | --- | --- | --- | --- | --- |
"""


def render(gold: Sequence[Record], scores: Scores, fields: Mapping[str, Set[str]]) -> str:
    """The measurements as Markdown.

    `scores` maps each reader to its score a page, Dateline's among them; `fields` to the fields that it gives at all.
    """
    order = sorted(scores, key=lambda reader: -body_f1(list(scores[reader].values())))
    peers = [reader for reader in order if reader != OURS]
    lines = [
        HEAD.format(n=len(gold), bad=BAD)
        + "\n".join(_reader_row(reader, scores[reader], fields[reader]) for reader in order)
    ]
    if peers:
        rows = []
        for peer in peers:
            whole, low, high = difference(scores[OURS], scores[peer])
            rows.append(f"| {peer} | {whole:+.3f} | {low:+.3f} to {high:+.3f} |")
        lines += [DIFFERENCE + "\n".join(rows)]
        lines += [PAGES.format(peer=peers[0]) + "\n".join(_page_row(row, scores, peers) for row in gold)]
    return "\n".join(lines) + "\n"


def _reader_row(reader: str, pages: Mapping[str, PageScore], fields: Set[str]) -> str:
    rows = list(pages.values())
    days = [row.day for row in rows if row.day is not None]
    cells = [
        f"**{reader}**" if reader == OURS else reader,
        f"{body_f1(rows):.3f}",
        f"{body_precision(rows):.3f}",
        f"{mean(row.recall for row in rows):.3f}",
        str(sum(row.f1 < BAD for row in rows)),
        f"{mean(row.title for row in rows):.2f}" if "title" in fields else "-",
        f"{_authors_f1(rows):.2f}" if "authors" in fields else "-",
        f"{mean(days):.2f}" if "published" in fields else "-",
        str(sum(row.says_day and row.day is False for row in rows)) if "published" in fields else "-",
    ]
    return f"| {' | '.join(cells)} |"


def _authors_f1(rows: Sequence[PageScore]) -> float:
    right = sum(row.authors_right for row in rows)
    return 2 * right / max(1, sum(row.authors_found + row.authors_wanted for row in rows))


def _page_row(gold: Record, scores: Scores, peers: Sequence[str]) -> str:
    page = gold["id"]
    own = scores[OURS][page]
    missed = [
        name
        for name, right in (
            ("title", own.title),
            ("authors", own.authors_right == own.authors_found == own.authors_wanted),
            ("day", own.day is not False),
        )
        if not right
    ]
    best = max(scores[peer][page].f1 for peer in peers)
    cells = [page, str(len(gold["text"].split())), f"{own.f1:.3f}", f"{scores[peers[0]][page].f1:.3f}", f"{best:.3f}"]
    return f"| {' | '.join(cells)} | {', '.join(missed)} |"
