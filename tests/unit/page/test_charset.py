import pytest

from dateline.page.decode.charset import UndecodableError, decode, whatwg_label

SWEDISH = "Åskan slog ned i Skövde på lördagen, säger räddningstjänsten. " * 5
RUSSIAN = "Министр заявил в понедельник, что переговоры продолжатся в Москве. " * 20


def test_a_byte_order_mark_wins_and_is_no_text():
    found = decode("\ufeffÅska".encode(), "text/html; charset=windows-1251", True)
    assert (found.text, found.charset, found.charset_source) == ("Åska", "utf-8", "bom")
    found = decode(SWEDISH.encode("utf-16"), None, False)
    assert (found.text, found.charset, found.charset_source) == (SWEDISH, "utf-16le", "bom")


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_a_mark_is_seen_by_its_zeros(order):
    found = decode(SWEDISH.encode(f"utf-16-{order}"), None, False)
    assert (found.text, found.charset) == (SWEDISH, f"utf-16{order}")


def test_valid_utf_8_beats_a_lying_header_and_says_so():
    found = decode(SWEDISH.encode(), "text/html; charset=ISO-8859-1", True)
    assert (found.text, found.charset, found.charset_source) == (SWEDISH, "utf-8", "utf8")
    assert "http says windows-1252" in found.note


def test_the_header_comes_before_the_meta_element():
    page = '<meta charset="windows-1251">' + SWEDISH
    found = decode(page.encode("latin-1"), "text/html; charset=latin1", True)
    assert (found.text, found.charset, found.charset_source) == (page, "windows-1252", "http")


def test_the_meta_element_is_read_in_pages_only():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + RUSSIAN
    found = decode(page.encode("koi8-r"), None, True)
    assert (found.text, found.charset, found.charset_source) == (page, "koi8-r", "meta")
    assert decode(page.encode("koi8-r"), None, False).charset_source == "detector"


def test_a_label_means_what_it_means_to_browsers():
    assert decode("“Yes” – 5 €".encode("cp1252"), "text/html; charset=iso-8859-1", True).text == "“Yes” – 5 €"
    assert decode(b"a\x81\x93b", "text/html; charset=latin-1", True).text == "a\x81“b"
    assert [whatwg_label(name) for name in ("ISO-8859-2", "sjis", "utf8", "x")] == [
        "iso-8859-2",
        "shift_jis",
        "utf-8",
        None,
    ]


def test_without_a_label_the_detector_decides():
    found = decode(RUSSIAN.encode("cp1251"), None, True)
    assert (found.text, found.charset_source) == (RUSSIAN, "detector")


def test_a_label_that_does_not_fit_gives_way():
    found = decode(RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", True)
    assert found.text == RUSSIAN


def test_utf_8_with_stray_or_missing_bytes_stays_utf_8():
    cut = decode(SWEDISH.encode()[:-2] + "é".encode()[:1], None, True)
    assert (cut.charset, cut.n_replaced) == ("utf-8", 1)
    stray = decode((SWEDISH * 20).encode() + b"\x93", "text/html; charset=utf-8", True)
    assert (stray.charset, stray.charset_source, stray.n_replaced) == ("utf-8", "http", 1)


def test_replacement_characters_of_the_page_itself_are_not_counted():
    assert decode("Malm\ufffd är \ufffd".encode(), None, True).n_replaced == 0


def test_ascii_keeps_the_stated_label():
    assert decode(b"plain", "text/html; charset=windows-1252", True).charset == "windows-1252"
    assert decode(b"plain", None, True).charset_source == "utf8"


def test_mojibake_is_flagged_and_not_repaired():
    spoilt = "â€œYesâ€\x9d, said RenÃ© in MalmÃ¶"
    found = decode(spoilt.encode(), None, True)
    assert found.looks_mojibake
    assert found.text == spoilt
    assert not decode(SWEDISH.encode(), None, True).looks_mojibake


def test_a_few_nul_bytes_are_kept_and_many_refused():
    found = decode(b"abc\x00def" * 1 + b"x" * 200, None, False)
    assert found.has_nul
    assert "\x00" in found.text
    with pytest.raises(UndecodableError, match="NUL"):
        decode(b"ab\x00c\x00\x00d" * 50, None, False)


def test_bytes_that_nothing_explains_are_refused():
    with pytest.raises(UndecodableError, match="utf-16"):
        decode(b"\xff\xfe" + b"\x00\xd8" * 100, None, True)


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (
            "<p>" + 30 * "The ferry left the harbour at noon and came back. " + "The café – “Halcyon” – was shut.</p>",
            "cp1252",
        ),
        ("<p>" + 30 * "The ferry left the harbour at noon and came back. " + "It cost £12 and 50¢.</p>", "cp1252"),
        (
            "<p>" + 6 * "Starý přístav zůstal zavřený, říká ředitel úřadu, dokud mořští červi nezmizí. " + "</p>",
            "cp1250",
        ),
    ],
)
def test_a_few_unlabelled_bytes_in_western_text_are_windows_1252(page, charset):
    assert decode(page.encode(charset), None, True).text == page
