import gzip

import pytest

from dateline.page.decode.media import sniff

PAGE = b"<!DOCTYPE html><html><body><p>Rain fell on Lund.</p></body></html>"
PROSE = b"The harbour of Skarvik froze on Monday. Nobody was hurt, the mayor said.\n" * 20


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (gzip.compress(PAGE, mtime=0), "application/gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
        (bytes(range(256)) * 40, "application/binary"),
    ],
)
def test_a_binary_is_found_out_whatever_it_is_called(payload, found):
    assert sniff(payload, "text/html; charset=utf-8", "story.html") == found


def test_a_document_is_markup_even_if_it_is_called_text():
    assert sniff(b"\n<!-- saved -->\n" + PAGE, "text/plain", "story.txt") == "text/html"
    assert sniff(b"\xef\xbb\xbf" + PAGE, None, None) == "text/html"
    assert sniff(PAGE.decode().encode("utf-16"), None, None) == "text/html"
    assert sniff(PAGE.decode().encode("utf-16-be"), None, None) == "text/html"


def test_markup_after_stray_words_is_markup():
    assert sniff(b"HTTP/1.0 200 OK\n\n" + PAGE, None, None) == "text/html"


def test_prose_that_mentions_tags_is_text():
    mention = PROSE + b"Write <b>bold</b> or <i>slanted</i>, or <br> for a break.\n" + PROSE
    assert sniff(mention, None, "column.txt") == "text/plain"
    assert sniff(mention, "text/plain", "column.html") == "text/plain"


def test_a_stray_tag_on_top_of_a_dump_makes_no_markup():
    assert sniff(b'<img height="1" width="1" src="http://stats.example/p">\n' + PROSE * 3, None, None) == "text/plain"
    assert sniff(b"<div>" + PROSE[:900] + b"</div>", None, None) == "text/html"


def test_a_name_decides_only_where_some_tags_are_there():
    fragment = PROSE + b"Second part.<p>Third part.<br>" + PROSE
    assert sniff(fragment, "text/html", None) == "text/html"
    assert sniff(fragment, None, None) == "text/plain"
    assert sniff(PROSE, "text/html", "story.html") == "text/plain"


def test_feeds_and_data_are_told_apart_from_pages():
    assert sniff(b'<?xml version="1.0"?><rss version="2.0"><channel>', None, None) == "application/rss+xml"
    assert sniff(b'<?xml version="1.0"?><feed xmlns="x">', None, None) == "application/atom+xml"
    assert sniff(b'<?xml version="1.0"?>\n' + PAGE, None, None) == "text/html"
    assert sniff(b'{"headline": "Rain"}', None, None) == "application/json"
    assert sniff(b"[Photo] The harbour froze.", None, None) == "text/plain"


def test_some_nul_bytes_leave_text_text_and_many_do_not():
    assert sniff(PROSE + b"\x00" + PROSE, None, None) == "text/plain"
    assert sniff(PROSE.replace(b" ", b"\x00"), None, None) == "application/binary"


def test_an_empty_payload_is_text():
    assert sniff(b"", None, None) == "text/plain"
