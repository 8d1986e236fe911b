"""What can be seen of each block: one row of numbers a block, the same for markup and for plain text.

Columns are named after what they count. Markup columns are 0 in plain text, so that one model serves both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, groupby

from ._lexicon import KINDS, class_hints, phrase_kind
from ._lists import all_stop_words
from .raw_block import Flattened, RawBlock

Columns = dict[str, list[float]]

WORDS_SEEN = 60
"""Shares are taken over the first words of a block: enough to tell prose, and linear in blocks, not characters."""

PROSE_WORDS = 12
"""A block of so many words that ends like a sentence counts as prose."""

TAGS = ("p", "li", "div", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "span", "a", "section",
        "article", "body", "dd", "dt", "pre", "th", "caption", "button", "center", "font")  # fmt: skip
SEMANTICS = ("main", "nav", "header", "footer", "li")
HINTS = ("caption", "comment", "content", "related", "share", "table")
_WIDE = re.compile("[\u3040-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"\w+")
_CLOSERS = "\"'”’»)]"
_ENDS = {".": 1, "!": 1, "?": 1, "。": 1, "！": 1, "？": 1, "…": 2, ":": 3, "：": 3, ",": 4, ";": 4}


def describe_blocks(flattened: Flattened, title: str | None = None, summary: str | None = None) -> Columns:
    """Columns of numbers, one value a block; `title` and `summary` are what the markup states, if anything.

    >>> columns = describe_blocks(Flattened((RawBlock("The mayor of the town said on Monday that it will rain."),)))
    >>> columns["words"], columns["end"]
    ([12.0], [1.0])
    """
    blocks = flattened.blocks
    columns: Columns = defaultdict(list)
    for block in blocks:
        _describe_words(block, columns)
    _describe_copies(blocks, columns)
    _describe_title(blocks, columns, title, summary)
    _describe_place(blocks, columns)
    _describe_neighbours(columns)
    _describe_runs(columns)
    if flattened.is_html:
        _describe_markup(blocks, columns)
    return dict(columns)


def count_words(text: str) -> int:
    """Words of a text; in scripts written without spaces, half the characters.

    >>> count_words("Three short words"), count_words("総理大臣は東京で会見した")
    (3, 6)
    """
    n = len(text.split())
    if text.isascii():
        return n
    return max(n, len(_WIDE.findall(text)) // 2) if _WIDE.search(text) else n


def ending(text: str) -> int:
    """How a text ends: 0 nothing, 1 sentence mark, 2 ellipsis, 3 colon, 4 comma or semicolon.

    >>> ending('He said "no."'), ending("More ..."), ending("Sources:"), ending("Home")
    (1, 2, 3, 0)
    """
    bare = text.rstrip(_CLOSERS + " ")
    if bare.endswith("..."):
        return 2
    return _ENDS.get(bare[-1:], 0)


def _describe_words(block: RawBlock, columns: Columns) -> None:
    text = block.text
    words = text.split(None, WORDS_SEEN)[:WORDS_SEEN]
    n, size = count_words(text), max(1, len(words))
    stops = all_stop_words()
    end = ending(text)
    link_share = min(1.0, block.link_chars / max(1, len(text)))
    row = {
        "words": n,
        "end": end,
        "stop_share": sum(1 for w in words if w.lower() in stops) / size,
        "capital_share": sum(1 for w in words if w[0].isupper()) / size,
        "digit_share": sum(1 for w in words if w[0].isdigit()) / size,
        "link_share": link_share,
        "bullet": block.is_bullet,
        "commas": text.count(",") / size,
        "sentences": text.count(". ") + text.count("? ") + text.count("! "),
        "first": _first(text),
        "wording": _wording(text),
        "prose": n if n >= PROSE_WORDS and end in (1, 3) and link_share < 0.5 else 0,
    }
    for name, value in row.items():
        columns[name].append(float(value))


def _first(text: str) -> int:
    c = text[0]
    return 1 if c.isupper() else 2 if c.islower() else 3 if c.isdigit() else 4 if c in "\"'“‘«" else 5


def _wording(text: str) -> int:
    kind = phrase_kind(text)
    return KINDS.index(kind) + 1 if kind else 0


def _describe_copies(blocks: Sequence[RawBlock], columns: Columns) -> None:
    keys = [b.text.casefold() for b in blocks]
    counts = Counter(keys)
    columns["copies"] = [float(counts[key]) for key in keys]


def _describe_title(blocks: Sequence[RawBlock], columns: Columns, title: str | None, summary: str | None) -> None:
    wanted, stated = set(_words(title or "")), " ".join(_words(summary or ""))
    headline = None
    for no, block in enumerate(blocks):
        own = _words(block.text) if (wanted or stated) and len(block.text) < 400 else []
        key, words = " ".join(own), set(own)
        same = len(words & wanted) / len(words | wanted) if words and wanted else 0.0
        if headline is None and (same > 0.6 or block.tag == "h1"):
            headline = no
        columns["like_title"].append(same)
        columns["like_summary"].append(
            float(bool(key) and len(words) > 4 and (key in stated or stated[:80] in key[:90])) if stated else 0.0
        )
    for no in range(len(blocks)):
        columns["from_headline"].append(-99.0 if headline is None else float(max(-30, min(60, no - headline))))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _describe_place(blocks: Sequence[RawBlock], columns: Columns) -> None:
    sizes = list(accumulate((len(b.text) for b in blocks), initial=0))
    prose = list(accumulate(columns["prose"], initial=0.0))
    total, mass, n = max(1, sizes[-1]), max(1.0, prose[-1]), max(1, len(blocks))
    columns["place"] = [size / total for size in sizes[:-1]]
    columns["order"] = [no / n for no in range(len(blocks))]
    columns["prose_before"] = [p / mass for p in prose[:-1]]
    columns["prose_after"] = [(mass - p) / mass for p in prose[1:]]
    for width in (5, 15):
        padded = [0.0] * width + prose + [prose[-1]] * width
        spans = [high - low for low, high in zip(padded, padded[2 * width + 1 :], strict=False)]
        columns[f"prose_{width}"] = [span - own for span, own in zip(spans, columns["prose"], strict=True)]
        columns[f"prose_share_{width}"] = [span / mass for span in spans]


def _describe_neighbours(columns: Columns) -> None:
    n = len(columns["words"])
    for step, names in (
        (1, ("words", "end", "link_share", "bullet", "wording")),
        (2, ("words", "link_share", "wording")),
        (3, ("words",)),
    ):
        out = [-1.0] * min(step, n)
        for name in names:
            columns[f"last_{step}_{name}"] = out + columns[name][: n - len(out)]
            columns[f"next_{step}_{name}"] = columns[name][len(out) :] + out
    columns["since_prose"] = _gaps(columns["prose"])
    columns["until_prose"] = _gaps(columns["prose"][::-1])[::-1]


def _describe_runs(columns: Columns) -> None:
    """Lengths of the runs of blocks that are links, or that are labels, which each block stands in; up to 30."""
    linked = [share > 0.7 for share in columns["link_share"]]
    labels = [words <= 4 and end == 0 for words, end in zip(columns["words"], columns["end"], strict=True)]
    for name, flags in (("link_run", linked), ("label_run", labels)):
        lengths: list[float] = []
        for flag, group in groupby(flags):
            n = len(list(group))
            lengths += [float(min(30, n)) if flag else 0.0] * n
        columns[name] = lengths


def _gaps(values: list[float]) -> list[float]:
    gaps, gap = [], 40.0
    for value in values:
        gaps.append(gap)
        gap = 0.0 if value else min(40.0, gap + 1)
    return gaps


def _describe_markup(blocks: Sequence[RawBlock], columns: Columns) -> None:
    tags = {tag: float(i + 1) for i, tag in enumerate(TAGS)}
    levels = {classes: _hint_levels(classes) for classes in {b.classes for b in blocks}}
    hints = [levels[b.classes] for b in blocks]
    columns["tag"] = [tags.get(b.tag or "", 0.0) for b in blocks]
    columns["hidden"] = [float(b.is_hidden) for b in blocks]
    columns["images"] = [float(len(b.image_urls)) for b in blocks]
    for name in SEMANTICS:
        columns[f"in_{name}"] = [float(name in b.semantics) for b in blocks]
    for hint in HINTS:
        columns[f"hint_{hint}"] = [level.get(hint, 0.0) for level in hints]
    for name, keys in (("path", [b.path for b in blocks]), ("box", [(b.path, b.classes[:4]) for b in blocks])):
        mass: dict[object, float] = defaultdict(float)
        for key, prose in zip(keys, columns["prose"], strict=True):
            mass[key] += prose
        total = max(1.0, sum(columns["prose"]))
        columns[f"{name}_share"] = [mass[key] / total for key in keys]
        main = max(keys, key=lambda key: mass[key], default=None)
        inside = [no for no, key in enumerate(keys) if key == main]
        first, last = (inside[0], inside[-1]) if mass[main] else (-1, -1)
        columns[f"{name}_inside"] = [float(first <= no <= last) for no in range(len(keys))]


def _hint_levels(classes: tuple[str, ...]) -> dict[str, float]:
    """2 for what the nearest three class words hint at, 1 for what those further out do."""
    levels = {hint: 1.0 for word in classes[3:] for hint in class_hints(word)}
    levels.update({hint: 2.0 for word in classes[:3] for hint in class_hints(word)})
    return levels
