"""Pages that are too big or too broken to be kept as files: each function gives a file's name and bytes.

An expected.json names one as "generator"; the test loads the file as `dateline load` would.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

STORY = (
    "The ferry Halcyon ran onto a sandbank off Tern Point on Monday evening with 214 passengers on board, and stayed "
    "there until the tide came back for her, the coast guard said.",
    "Nobody was hurt. The cook served pea soup until it ran out, then pancakes, said the mate, Ottoline Brandreth, who "
    "counted heads three times in the dark.",
    '"We were never in danger, only in the way," she told reporters on the quay.',
    "Divers will look at the hull on Wednesday. The ferry company expects the line to Hestan to reopen by the weekend.",
)
HEADLINE = "Ferry spends a night on the sand"


def _page(before: str = "", after: str = "", head: str = "") -> str:
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{HEADLINE} - Tern Point Echo</title>{head}'
        f"</head><body>{before}<article><h1>{HEADLINE}</h1>\n{paragraphs}</article>{after}</body></html>"
    )


def truncated_gzip() -> tuple[str, bytes]:
    """A compressed page whose last third is missing."""
    whole = gzip.compress(_page(after="".join(f"<p>{n * 7919}" for n in range(2000))).encode(), mtime=0)
    return "page.html.gz", whole[: 2 * len(whole) // 3]


def truncated_warc() -> tuple[str, bytes]:
    """An archive of two records, the second of which ends in mid-sentence."""
    records = []
    for number in range(2):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page().encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://echo.example/ferry/{number}\r\n"
            f"WARC-Date: 2019-05-07T06:00:00Z\r\nWARC-Record-ID: <urn:uuid:0000000{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    data = b"".join(records)
    return "page.warc", data[: data.rindex(b"pancakes")]


def two_hundred_megabytes() -> tuple[str, bytes]:
    """A page of 200 MB that compresses to one thousandth, in members of a megabyte."""
    member = gzip.compress(b"<p>All work and no play.</p>".ljust(1_000_000), mtime=0)
    return "page.html.gz", member * 200


def binary_named_html() -> tuple[str, bytes]:
    """A picture under the name of a page, with markup among its metadata."""
    noise = bytes((n * n * 37 + n * 11) % 256 for n in range(30_000))
    return "page.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise + b"<html><body><p>Made by a camera" + noise


def ten_thousand_nested_tags() -> tuple[str, bytes]:
    """A story below ten thousand open elements, none of which is closed before it."""
    return "page.html", _page(before="<div>" * 10_000, after="</div>" * 10_000).encode()


def fifty_thousand_links() -> tuple[str, bytes]:
    """A story above a site map of fifty thousand links, ten in a line."""
    links = [f'<a href="/{number}">Harbour notice {number}</a>' for number in range(50_000)]
    items = "".join(f"<li>{' '.join(links[at : at + 10])}</li>" for at in range(0, len(links), 10))
    return "page.html", _page(after=f"<ul>{items}</ul>").encode()


def one_huge_script() -> tuple[str, bytes]:
    """A story between two megabytes of script that holds markup and text in its strings, and one that never ends."""
    script = 'var t = "<p>The minister said on Friday that rain is dry.<\\/p>"; if (a < b && c > d) { f(); }\n' * 20_000
    return "page.html", _page(before=f"<script>{script}</script>", after=f"<script>{script}").encode()


def two_charsets() -> tuple[str, bytes]:
    """A page in UTF-8 with an advertisement in windows-1252 pasted into it; the markup names both."""
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
    before, _, after = _page(head=head, before="<p>Zoë’s café – näher als Hestan</p>", after="#").rpartition("#")
    return "page.html", before.encode() + "<div>Anzeige: Käse für 3 €</div>".encode("cp1252") + after.encode()


GENERATORS: dict[str, Callable[[], tuple[str, bytes]]] = {
    function.__name__: function
    for function in (
        truncated_gzip,
        truncated_warc,
        two_hundred_megabytes,
        binary_named_html,
        ten_thousand_nested_tags,
        fifty_thousand_links,
        one_huge_script,
        two_charsets,
    )
}
