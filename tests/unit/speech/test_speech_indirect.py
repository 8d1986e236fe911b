from __future__ import annotations

import pytest
from speech_reading import quotes_in


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Berg said the bridge was safe.", "the bridge was safe", "Berg"),
        ("Berg said that the bridge was safe.", "the bridge was safe", "Berg"),
        ("Berg told reporters on Monday that the bridge was safe.", "the bridge was safe", "Berg"),
        ("Berg said on Monday the bridge was safe.", "the bridge was safe", "Berg"),
        ("However, a diplomat said Oslo had refused the plan.", "Oslo had refused the plan", "a diplomat"),
        ("Norway and Sweden urged the Arctic Council to act, Nordpress said.", None, "Nordpress"),
        ("According to officials, the bridge was safe all year.", "the bridge was safe all year", "officials"),
        ("The bridge was safe all year, according to Berg.", "The bridge was safe all year", "Berg"),
        ("She also claims that the bridge was never safe.", "the bridge was never safe", "She"),
        ("Berg explained why the bridge was closed.", "the bridge was closed", "Berg"),
    ],
)
def test_statements_without_marks(text, content, speaker):
    (quote,) = quotes_in(text)
    assert quote.kind == "indirect"
    assert quote.text == (content or "Norway and Sweden urged the Arctic Council to act")
    assert quote.speaker_text == speaker
    assert text[quote.start_char : quote.end_char] == quote.text


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on Monday.",
        "Berg said no.",
        "He said it again.",
        "The man in the moon announced dinner at the bridge.",
        "Insurance claims the size of a bridge arrived.",
        "The wind said that the bridge was safe.",
    ],
)
def test_what_is_no_statement(text):
    assert quotes_in(text) == ()


def test_sentences_that_quote_are_left_to_the_marks():
    (quote,) = quotes_in('Berg said the bridge was "as safe as any other one".')
    assert quote.kind == "mixed"
