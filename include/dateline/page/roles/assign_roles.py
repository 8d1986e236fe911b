"""What each block does on the page: a role, how much it reads like article text, and why.

The weights of `_score` say how likely a block is article text. Rules with reasons of their own name
the rest, and take from the text what only looks like it: captions, credits, bylines, repeated paragraphs.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import Flattened, RawBlock
from ..flatten.stated import stated_title
from ..wording.byline import byline_reason
from ..wording.dateline import is_dateline_line
from ..wording.lexicon import phrase_kind
from ..wording.measure import ending
from ..wording.stamps import DATED, stamp_kind
from ._comments import find_comments
from ._hints import NEAREST, Hints, find_hints, is_near
from ._outsiders import find_outsiders
from ._pictures import find_pictures
from ._score import Weights, score_page
from .beside import is_frame, is_item, is_job_line, is_link_row, is_linked_label, is_under_label, name_frame
from .headline import find_headline

HEADING_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
HEADING_WORDS = 14
"""Cross headings are short; longer blocks in a heading tag are teasers or paragraphs set large."""
PARAGRAPH_WORDS = 12
NEAR_ABOVE, NEAR_BELOW = 4, 6
"""Blocks above the headline and below the text in which a byline stands; further down only the frame is named."""
CONTINUES_LEAST = 0.25
CONTINUES_WORDS = 20
QUOTED_WORDS = 6
QUOTES = frozenset("\"“‘«„「'")
RECURRING = "in a section where lines of who wrote and when recur"


class RoleChoice(NamedTuple):
    """Role of one block: `score` is the probability to be article text before the rules, `reason` the deciding fact."""

    role: str
    score: float
    reason: str


def assign_roles(flattened: Flattened, weights: dict[str, Weights] | None = None) -> tuple[RoleChoice, ...]:
    """Give every block of a page one role of `schema.outcomes.ROLES`, in the order of the blocks.

    `weights` are of `data/role_weights.csv` unless others are to be tried.

    >>> blocks = (RawBlock("Skip to main content"), RawBlock("Editor:Ann Doe"))
    >>> [choice.role for choice in assign_roles(Flattened(blocks, is_html=False))]
    ['navigation', 'byline']
    """
    blocks = flattened.blocks
    if not blocks:
        return ()
    title = stated_title(flattened.statements)
    comments = find_comments(blocks)
    hints = find_hints(blocks)
    scores, like_summary = score_page(flattened, hints, comments, title, weights)
    found = find_pictures(blocks, hints, scores) | dict.fromkeys(comments, ("comment", RECURRING))
    headline, why = find_headline(blocks, scores, title, frozenset(found))
    first, last = _text_span(blocks, scores, found)
    if headline is not None:
        found[headline] = "headline", why
    made: list[RoleChoice] = []
    for no, (block, score) in enumerate(zip(blocks, scores, strict=True)):
        if no in found:
            choice = RoleChoice(found[no][0], score, found[no][1])
        elif no > last + NEAR_BELOW and first <= last:
            choice = _name(block, hints[no], score)
        else:
            choice = _choose(no, block, hints[no], scores, like_summary[no], headline, first, last)
        if score >= CONTINUES_LEAST and choice.role == "boilerplate" and _continues_text(block, made):
            choice = RoleChoice("body", score, f"a full paragraph right below the text ({score:.2f})")
        if no <= first and made and made[-1].role == "byline" and is_job_line(block.text):
            choice = RoleChoice("byline", score, "says what the writer above it is")
        if choice.role == "body" and like_summary[no] and _stands_apart(no, blocks, headline, first, scores):
            choice = RoleChoice("standfirst", score, "stated as the summary, and set apart from the paragraphs")
        made.append(_refine(no, blocks, choice) if choice.role == "body" else choice)
    outsiders = find_outsiders(blocks, [choice.role in TEXT_ROLES for choice in made])
    for no, (role, reason) in outsiders.items():
        made[no] = RoleChoice(role, made[no].score, reason)
    return tuple(_extend_related(blocks, _name_headings(blocks, made, headline)))


def _text_span(blocks: Sequence[RawBlock], scores: Sequence[float], taken: Container[int]) -> tuple[int, int]:
    """First and last block of the text; labels above its first paragraph are not counted."""
    inside = [no for no, p in enumerate(scores) if p > 0.5 and no not in taken]
    if not inside:
        return len(scores), -1
    first = next((no for no in inside if _is_paragraph(blocks[no].text)), inside[0])
    return first, inside[-1]


def _is_paragraph(text: str) -> bool:
    return ending(text) == 1 or len(text.split()) >= PARAGRAPH_WORDS


def _choose(
    no: int,
    block: RawBlock,
    hints: Hints,
    scores: Sequence[float],
    like_summary: float,
    headline: int | None,
    first: int,
    last: int,
) -> RoleChoice:
    score = scores[no]
    before = headline is not None and headline < no <= first + 1
    near = (headline if headline is not None else first) - NEAR_ABOVE <= no <= last + NEAR_BELOW or last < 0
    line = None if not near or (first + 2 < no < last and score > 0.5) or is_item(block) else byline_reason(block.text)
    if line:
        return RoleChoice("byline", score, line)
    if no <= first + 1 and is_dateline_line(block.text):
        return RoleChoice("dateline", score, "a place and nothing else before the text")
    if no <= first and stamp_kind(block.text) == DATED:
        return RoleChoice("byline", score, "a day and a minute, and little else, before the text")
    if (
        before
        and no <= first
        and len(block.text.split()) > 4
        and score <= 0.5
        and (is_near("standfirst", hints, NEAREST) or like_summary)
    ):
        return RoleChoice("standfirst", score, "under the headline, and the markup states it as the summary")
    is_label = headline is not None and no < headline and not _is_paragraph(block.text)
    if score > 0.5 and not is_label and not _is_site(block, score):
        return RoleChoice("body", score, f"reads like article text ({score:.2f})")
    if before and is_near("byline", hints, NEAREST) and len(block.text.split()) <= 24:
        return RoleChoice("byline", score, "its class names a byline")
    if before and block.tag == "h2" and no - (headline or 0) <= 3 and 6 <= len(block.text.split()) <= 60:
        return RoleChoice("standfirst", score, "a second heading right under the headline")
    return _name(block, hints, score)


def _name(block: RawBlock, hints: Hints, score: float) -> RoleChoice:
    role, reason = name_frame(block, hints)
    return RoleChoice(role, score, reason if role != "boilerplate" else f"{reason} ({score:.2f})")


def _is_site(block: RawBlock, score: float) -> bool:
    return is_frame(block.text) or is_linked_label(block, score) or is_link_row(block)


def _stands_apart(
    no: int, blocks: Sequence[RawBlock], headline: int | None, first: int, scores: Sequence[float]
) -> bool:
    """Whether a block above the text, or its first one, stands elsewhere in the markup than the two paragraphs below.

    Many articles have their first paragraph stated as the summary; it stands where the others do.
    """
    if headline is None or not headline < no <= first:
        return False
    below = [at for at in range(no + 1, len(blocks)) if scores[at] > 0.5 and _is_paragraph(blocks[at].text)][:2]
    return len(below) == 2 and all(blocks[at].home not in (blocks[no].home, blocks[no].outer) for at in below)


def _continues_text(block: RawBlock, made: Sequence[RoleChoice]) -> bool:
    """A long sentence without links right below a paragraph needs less: the last paragraph has menus below it."""
    return (
        bool(made)
        and made[-1].role in TEXT_ROLES
        and len(block.text.split()) >= (QUOTED_WORDS if block.text[:1] in QUOTES else CONTINUES_WORDS)
        and ending(block.text) == 1
        and not block.n_links
        and not block.is_hidden
        and phrase_kind(block.text) is None
    )


def _refine(no: int, blocks: Sequence[RawBlock], choice: RoleChoice) -> RoleChoice:
    block = blocks[no]
    if is_under_label(no, blocks):
        return RoleChoice("related", choice.score, "an item of the list under a label of tools or other stories")
    if "blockquote" in block.semantics:
        return RoleChoice("quote", choice.score, f"stands in a block quotation; {choice.reason}")
    if block.tag in HEADING_TAGS and len(block.text.split()) <= HEADING_WORDS:
        return RoleChoice("heading", choice.score, f"a heading among paragraphs; {choice.reason}")
    if block.is_bullet or block.tag == "li" or "li" in block.semantics:
        return RoleChoice("list", choice.score, f"an item of a list; {choice.reason}")
    if block.tag in ("td", "th") and len(block.text.split()) <= 8:
        return RoleChoice("table", choice.score, f"a cell among paragraphs; {choice.reason}")
    return choice


def _name_headings(blocks: Sequence[RawBlock], made: list[RoleChoice], headline: int | None) -> list[RoleChoice]:
    """Short lines without a full stop between paragraphs are headings too, where no tag says so."""
    for no, choice in enumerate(made):
        text = blocks[no].text
        if choice.role == "body" and ending(text) == 0 and text[:1].isupper() and len(text.split()) <= HEADING_WORDS:
            below = next((m for m in made[no + 1 : no + 3] if m.role == "body"), None)
            if below is not None and headline != no:
                made[no] = RoleChoice("heading", choice.score, f"a short line above paragraphs; {choice.reason}")
    return made


def _extend_related(blocks: Sequence[RawBlock], made: list[RoleChoice]) -> list[RoleChoice]:
    """Headline-like lines under wording such as "Top Stories" are other stories too, up to the next menu or notice."""
    inside = False
    for no, choice in enumerate(made):
        if choice.role == "related":
            inside = True
        elif choice.role != "boilerplate" or phrase_kind(blocks[no].text):
            inside = False
        elif inside and len(blocks[no].text.split()) >= 3:
            made[no] = RoleChoice("related", choice.score, "in a list of other stories")
    return made
