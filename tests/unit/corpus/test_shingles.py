from __future__ import annotations

import pytest
from unit.corpus.printed import changed, cut, text_of, words

from dateline.corpus.limits import default_limits
from dateline.corpus.shingles import compare, shingles_of, sign, words_of

LIMITS = default_limits()


def resemblance(one: str, other: str) -> tuple[float, float, int]:
    return compare(*(shingles_of(words_of(text), LIMITS.shingle_words) for text in (one, other)))


def test_a_signature_forgets_case_punctuation_and_line_ends():
    text = text_of(1)
    printed = text.upper().replace(" ", ",\n  ")
    one, other = sign([text, printed], LIMITS)
    assert one == other
    assert one.bands.tolist() == other.bands.tolist()
    assert len(one.bands) == LIMITS.bands


def test_a_signature_does_not_depend_on_its_neighbours():
    texts = [text_of(seed) for seed in range(5)]
    together = sign(texts, LIMITS)
    assert [sign([text], LIMITS)[0].bands.tolist() for text in texts] == [found.bands.tolist() for found in together]


def test_bands_are_the_same_on_every_machine():
    (found,) = sign([" ".join(f"word{number}" for number in range(60))], LIMITS)
    assert found.text_key == "780759452fa170d4268a"
    assert found.bands[:2].tolist() == [143158624529361126, 13531087696612674560]


@pytest.mark.parametrize("count", [0, 1, 4, LIMITS.least_words - 1])
def test_a_short_text_has_no_bands(count):
    (found,) = sign([" ".join(words(3, count))], LIMITS)
    assert found.n_words == count
    assert not found.bands.size


def test_a_text_without_spaces_is_compared_by_character():
    text = "港の朝は霧が深く、渡し船は一時間おくれて出た。" * 3
    assert len(words_of(text)) == 63
    assert len(words_of("漢字とkana と 漢字")) == 7


def test_copies_share_a_band_and_strangers_do_not():
    text = text_of(1, 400)
    copies = [changed(text, 12), cut(text, 110), cut(text, 200) + " " + text_of(9, 200)]
    original, *signed, stranger = sign([text, *copies, text_of(2, 400)], LIMITS)
    bands = set(original.bands.tolist())
    assert all(bands & set(found.bands.tolist()) for found in signed)
    assert not bands & set(stranger.bands.tolist())


def test_a_cut_text_is_contained_in_the_whole():
    text = text_of(1, 400)
    similarity, containment, shared = resemblance(text, cut(text, 100))
    assert (round(similarity, 2), containment, shared) == (0.24, 1.0, 96)
    assert resemblance(text, text_of(2)) == (0.0, 0.0, 0)
    assert resemblance(text, "too short") == (0.0, 0.0, 0)
