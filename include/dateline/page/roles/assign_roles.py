"""What each block does on the page: a role, how much it reads like article text, and why.

The weights of `_score` say how likely a block is article text. Rules with reasons of their own name
the rest, and take from the text what only looks like it: captions, credits, bylines, repeated paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import Flattened, RawBlock
from ..flatten.stated import stated_title
from ..wording.byline import byline_reason
from ..wording.dateline import is_dateline_line
from ..wording.lexicon import phrase_kind
from ..wording.measure import ending
from ..wording.stamps import DATED, stamp_kind
from ._captions import caption_reason, captions_above_credits, has_picture_credit, is_credit
from ._comments import find_comments
from ._hints import NEAREST, Hints, find_hints, is_near
from ._outsiders import find_outsiders
from ._score import Weights, score_page
from .beside import is_frame, is_item, is_job_line, is_link_row, is_linked_label, is_under_label, name_frame
from .headline import find_headline

HEADING_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
HEADING_WORDS = 14
"""Cross headings are short; longer blocks in a heading tag are teasers or paragraphs set large."""
PARAGRAPH_WORDS = 12
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
    choices = _choose_pictures(blocks, hints, scores) | {
        no: RoleChoice("comment", scores[no], RECURRING) for no in comments
    }
    headline, why = find_headline(blocks, scores, title, frozenset(choices))
    first, last = _text_span(blocks, scores, choices)
    made: list[RoleChoice] = []
    for no, block in enumerate(blocks):
        if no == headline:
            choice = RoleChoice("headline", scores[no], why)
        elif no in choices:
            choice = choices[no]
        else:
            choice = _choose(no, block, hints[no], scores, like_summary[no], headline, first, last)
        if choice.role == "boilerplate" and _continues_text(no, block, made, scores):
            choice = RoleChoice("body", scores[no], f"a full paragraph right below the text ({scores[no]:.2f})")
        if made and made[-1].role == "byline" and no <= first and is_job_line(block.text):
            choice = RoleChoice("byline", scores[no], "says what the writer above it is")
        if choice.role == "body" and like_summary[no] and _stands_apart(no, blocks, headline, first, scores):
            choice = RoleChoice("standfirst", scores[no], "stated as the summary, and set apart from the paragraphs")
        made.append(_refine(no, blocks, choice) if choice.role == "body" else choice)
    outsiders = find_outsiders(blocks, [choice.role in TEXT_ROLES for choice in made])
    for no, (role, reason) in outsiders.items():
        made[no] = RoleChoice(role, made[no].score, reason)
    return tuple(_extend_related(blocks, _name_headings(blocks, made, headline)))


def _choose_pictures(
    blocks: Sequence[RawBlock], hints: Sequence[Hints], scores: Sequence[float]
) -> dict[int, RoleChoice]:
    found = {}
    first = next((i for i, p in enumerate(scores) if p > 0.5 and len(blocks[i].text.split()) >= 12), len(blocks))
    for no, block in enumerate(blocks):
        is_credited = has_picture_credit(block.text)
        if is_credit(block.text, is_credited):
            found[no] = RoleChoice("credit", scores[no], "only says who made a picture")
            continue
        reason = caption_reason(no, blocks, hints[no], scores[no], no <= first, is_credited)
        if reason:
            found[no] = RoleChoice("caption", scores[no], reason)
    for no in captions_above_credits(blocks, scores, [no for no, choice in found.items() if choice.role == "credit"]):
        found.setdefault(
            no, RoleChoice("caption", scores[no], "a picture credit follows it, apart from the paragraphs")
        )
    return found


def _text_span(blocks: Sequence[RawBlock], scores: Sequence[float], taken: dict[int, RoleChoice]) -> tuple[int, int]:
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
    near = (headline if headline is not None else first) - 4 <= no <= last + 6 or last < 0
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


def _continues_text(no: int, block: RawBlock, made: Sequence[RoleChoice], scores: Sequence[float]) -> bool:
    """A long sentence without links right below a paragraph needs less: the last paragraph has menus below it."""
    return (
        no > 0
        and made[-1].role in TEXT_ROLES
        and scores[no] >= CONTINUES_LEAST
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
