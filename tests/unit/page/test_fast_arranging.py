"""Shortcuts from bytes to blocks and from roles to facts: each gives what the plain way gives."""

import re
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from dateline.identity import fold
from dateline.model import Block, Statement
from dateline.page.arrange import _copies, _entries, _part_signs, _stacked, kind, layers
from dateline.page.decode import _mojibake, charset, media  # fmt: skip
from dateline.page.facts import _language, _name_lines, _outlet_witnesses
from dateline.page.facts._outlet import find_outlet
from dateline.page.flatten.raw_block import Flattened, RawBlock
from dateline.page.flatten.stated import Statements, stated_values
from dateline.page.flatten.statements import read_statements
from dateline.page.roles.assign_roles import RoleChoice
from dateline.page.roles.stated_kind import MIN_WORDS, has_text
from dateline.page.wording import eras
from dateline.page.wording.measure import count_words, ending
from dateline.schema.outcomes import TEXT_ROLES

WORDS = st.sampled_from([
    "© 1998-2005 Harbour Daily", "© 1998", "(c) 2004", "2009 all rights reserved", "May 5, 2003", "2011-03-03", "20",
    "19.", "Internet Archive", "ARCHIVED FROM", "archıved from", "12 captures 2004 - 2005", "This is a saved copy",
    "wayback machine", "10:45", "3 min ago", "— 11.30", "Q: Who?", "MAYOR ROE:", "A. DOE (left):", "Ann Doe", "ann",
    "planned", "daily", "By Ann Doe", "Posted by Ann Doe on Monday", "Permalink | Comments (3)",
    "OSLO (AP) -- It rained", "Riga – Rain", "Harbour Daily | News", "Rain - Harbour Daily", "tide/flood", "a·b",
    "It rained all day.", "the", "und", "«la»", "Ã¶", "â€™", "Â£", "ï¿½", "½", "Malmö", "ſ", "İ", "\u00a0", "\t",
    "Straße", ".", "!", " ",
])  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), min_size=1, max_size=12).map(" ".join)
PAGES = st.lists(TEXTS, min_size=1, max_size=12)
ROLES = st.sampled_from(["body", "heading", "headline", "related", "navigation", "boilerplate", "byline", "comment"])


@given(st.one_of(st.binary(max_size=80), TEXTS.map(str.encode), TEXTS.map(lambda text: text.encode("utf-16-le"))))
@settings(max_examples=100, deadline=None)
def test_bytes_are_counted_as_one_decoding_after_the_other_would(payload):
    text, n_replaced = charset._read_utf8(payload)
    assert text == payload.decode("utf-8", "replace")
    assert n_replaced == text.count("\ufffd") - payload.count("\ufffd".encode())
    for label in ("utf-8", "windows-1252", "utf-16le", "gb18030", "iso-2022-jp"):
        found = charset._decode_as(payload, label, "http", "")
        assert found.has_nul == ("\x00" in found.text)
        assert _mojibake.looks_mojibake(found.text) == (len(_mojibake._PAIR.findall(found.text)) >= 3)
    pairs = len(payload) // 2
    even, odd = payload[: 2 * pairs : 2].count(0), payload[1 : 2 * pairs : 2].count(0)
    is_wide = pairs >= 4 and (
        (odd > 0.5 * pairs and even < 0.05 * pairs) or (even > 0.5 * pairs and odd < 0.05 * pairs)
    )
    assert (media.utf16_order(payload) is not None) == is_wide


@given(
    st.lists(
        st.sampled_from([
            "<meta name=author content='Ann Doe'>", "<meta property=og:title content=Rain>", "<meta name=a>",
            "<link rel=canonical href=/1>", "<link rel='alternate stylesheet' hreflang=de href=/2>", "<link rel=icon>",
            "<script type=Application/LD+JSON>{'@type': 'NewsArticle'}</script>".replace("'", '"'),
            "<script id=__NEXT_DATA__ type=application/ld+json>[1]</script>", "<script id=__NEXT_DATA__>{}</script>",
            "<script>var a</script>", "<body><p>Rain", "<head>",
        ]),
        max_size=12,
    )
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_one_search_of_the_tree_finds_what_one_search_a_tag_finds(elements):
    tree = LexborHTMLParser("<title>T</title>" + "".join(elements))
    found = read_statements(tree)
    metas = [node.attributes["content"] for node in tree.css("meta[content]")]
    assert [s.value for s in found if s.source == "meta" and s.key != "title"] == metas
    links = [node.attributes["href"] for node in tree.css("link[rel][href]")]
    assert [s.value for s in found if s.source == "link"] == links
    texts = [node.text() for node in tree.css("script[type]")]
    assert sum(s.key == "@type" for s in found) == sum("@type" in text for text in texts)
    state = tree.css_first("script#__NEXT_DATA__")
    assert [s.value for s in found if s.key == "__NEXT_DATA__"] == ([state.text()] if state is not None else [])


@given(st.lists(st.tuples(st.sampled_from(["meta", "link"]), st.sampled_from(["a", "B", "b", "c"]), TEXTS), max_size=8))
@settings(max_examples=100, deadline=None)
def test_an_index_of_statements_gives_what_going_through_them_gives(rows):
    statements = tuple(Statement(*row) for row in rows)
    for keys, source in ((("b", "A"), None), (("c",), "meta"), (("a", "a", "z"), "link")):
        plain = [
            " ".join(s.value.split())
            for key in keys
            for s in statements
            if s.key.lower() == key.lower() and source in (None, s.source)
        ]
        expected = list(dict.fromkeys(value for value in plain if value))
        assert stated_values(statements, *keys, source=source) == expected
        assert stated_values(Statements(statements), *keys, source=source) == expected
    assert Statements(statements) == statements


@given(PAGES)
@settings(max_examples=100, deadline=None)
def test_eras_and_archives_are_found_as_block_by_block(texts):
    dated = eras.find_years(texts)
    for no, text in enumerate(texts):
        assert no in dated or not (eras.copyright_era(text) or eras.dated_era(text))
    raws = [RawBlock(text, classes=("box", "wm-ipp")[: len(text) % 3]) for text in texts]
    plain = {
        no
        for no, raw in enumerate(raws)
        if "wm-ipp" in raw.classes
        or (len(raw.text) < 200 and ending(raw.text) != 1 and layers._ARCHIVE.search(raw.text))
    }
    assert layers._find_archive_tools(raws, texts) == plain
    choices = [RoleChoice("boilerplate", 0.1, "")] * len(texts)
    blocks = layers.assign_layers(Flattened(tuple(raws)), choices)
    notices = [era for text in texts if (era := eras.copyright_era(text))]
    for no, block in enumerate(blocks):
        own = eras.copyright_era(texts[no]) or eras.dated_era(texts[no])
        era = own or (notices[-1] if notices and block.layer == "shell" and "strip" not in block.reason else None)
        if block.layer == "shell" and not plain:
            assert (block.era_from, block.era_to) == ((era.first, era.last) if era else (None, None))


@given(TEXTS, PAGES)
@settings(max_examples=100, deadline=None)
def test_a_name_has_no_word_that_the_page_writes_small(name, texts):
    small = {word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word[0].islower()}
    plain = small.isdisjoint(re.findall(r"[^\W\d_]+", name.casefold()))
    blocks = [Block(no, text) for no, text in enumerate(texts)]
    assert _name_lines.is_all_names(name, _name_lines.small_words(blocks)) == plain


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_lines_that_open_otherwise_match_no_pattern(text):
    assert kind._names_speaker(text) == ((":" in text or text[:1] == "Q") and bool(kind._SPEAKER.search(text)))
    assert bool(kind._CLOCK.search(text)) <= bool(kind._OPENS_WITH_DIGIT.match(text))
    assert bool(_entries._STAMP.search(text)) <= bool(_entries._OPENS_WITH_DIGIT.match(text))
    assert bool(_part_signs._MARK.search(text, 0, 90)) == any(mark in text[:90] for mark in "-–—―(")
    n_words = text.count(" ") + 1
    is_prose = n_words >= _stacked.PARAGRAPH_WORDS or (ending(text) == 1 and " " in text)
    assert _stacked.is_paragraph(RawBlock(text)) == (is_prose and not _part_signs.find_signs(text))
    assert _outlet_witnesses.split_name(text) == [part for part in _outlet_witnesses._BREAK.split(text) if part]


@given(PAGES)
@settings(max_examples=100, deadline=None)
def test_a_second_beginning_is_found_as_with_lists_of_words(texts):
    def plain() -> bool:
        seen: set[tuple[str, ...]] = set()
        for at, text in enumerate(texts):
            words = text.casefold().split()
            middle = len(words) // 2
            if not seen.isdisjoint((tuple(words[:4]), tuple(words[middle : middle + 4]), tuple(words[-4:]))):
                return True
            if at < _copies.LEADS:
                seen.update(tuple(words[at : at + 4]) for at in range(len(words) - 3))
        return False

    filler = "in the town of the river " * 3
    texts = [*texts, filler + texts[0] + " " + filler]
    assert _copies._begins_again([RawBlock(text) for text in texts], range(len(texts))) == plain()


@example([("rain " * 25, "body")])
@given(st.lists(st.tuples(st.integers(0, 15).map("rain ".__mul__), ROLES), min_size=1, max_size=9))
@settings(max_examples=100, deadline=None)
def test_counting_words_ends_where_there_are_enough(rows):
    n_words = sum(count_words(text) for text, role in rows if role in TEXT_ROLES)
    made = [RoleChoice(role, 0.5, "") for _, role in rows]
    assert has_text([RawBlock(text) for text, _ in rows], made) == (n_words >= MIN_WORDS)


@given(
    st.lists(ROLES, min_size=1, max_size=40), st.sampled_from([None, "https://news.example/", "https://n.example/1"])
)
@settings(max_examples=100, deadline=None)
def test_a_front_is_told_by_the_same_counts(roles, url):
    alone = sum(
        role in TEXT_ROLES and not {*roles[max(0, i - 1) : i], *roles[i + 1 : i + 2]} & TEXT_ROLES
        for i, role in enumerate(roles)
    )
    n_text, n_related = sum(role in TEXT_ROLES for role in roles), roles.count("related")
    is_root = url is not None and url.endswith("/") and 2 * alone >= n_text
    plain = (is_root and n_related >= 8) or (n_text >= 3 and alone >= 0.8 * n_text and n_related >= n_text)
    assert kind._is_front([Block(no, "", role) for no, role in enumerate(roles)], (), url, 30) == plain


@given(PAGES)
@settings(max_examples=100, deadline=None)
def test_votes_of_words_are_those_of_each_word_looked_up(texts):
    text = " ".join(texts)
    known = _language._languages_by_word()
    words = [word.strip(_language._MARKS) for word in text.lower().split()[: _language.VOTE_WORDS]]
    votes = Counter(language for word in words for language in known.get(word, ()))
    best = max(votes, key=lambda language: (votes[language], language), default=None)
    if _language._script(text[:500]) is None and len(words) >= _language.MIN_WORDS:
        expected = best if best and votes[best] >= _language.MIN_SHARE * len(words) else None
        assert _language._vote(text, None) == expected


def test_a_sign_beside_a_separator_is_no_name_of_an_outlet():
    said = [Block(0, "We at the Daily like rain", layer="shell")]
    assert find_outlet(said, [Statement("meta", "og:site_name", "® | Harbour Times")], None) == "® | Harbour Times"
    assert find_outlet(said, [Statement("meta", "og:site_name", "® | Valley")], "https://tide.example") == "® | Valley"
    assert fold("®") == ""
