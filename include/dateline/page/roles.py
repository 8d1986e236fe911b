"""What each block does on the page: a role, how much it reads like article text, and why.

The weights of `_score` say how likely a block is article text. Rules with reasons of their own name
the rest, and take from the text what only looks like it: captions, credits, bylines, repeated paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..schema.outcomes import TEXT_ROLES
from ._byline import byline_reason
from ._captions import caption_reason, is_credit
from ._dateline import is_dateline_line
from ._eras import copyright_era
from ._features import describe_blocks, ending
from ._headline import find_headline
from ._lexicon import class_hints, is_frame_wording, phrase_kind
from ._score import score_blocks
from ._stated import stated_summary, stated_title
from .raw_block import Flattened, RawBlock

HEADING_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
HEADING_WORDS = 14
"""Cross headings are short; longer blocks in a heading tag are teasers or paragraphs set large."""


CONTINUES_LEAST = 0.25
CONTINUES_WORDS = 20
LIST_ITEMS = 8
NOTICE_CHARS = 160
LIFT_WORDS = 25
LIFT_LEAST = 0.03
"""Below this no block is taken for text, however poor the page: menus and front pages end here."""


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """Role of one block: `score` is the probability to be article text before the rules, `reason` the deciding fact."""

    role: str
    score: float
    reason: str


def assign_roles(flattened: Flattened) -> tuple[RoleChoice, ...]:
    """Give every block of a page one role of `schema.outcomes.ROLES`, in the order of the blocks.

    >>> blocks = (RawBlock("Skip to main content"), RawBlock("Editor:Ann Doe"))
    >>> [choice.role for choice in assign_roles(Flattened(blocks, is_html=False))]
    ['navigation', 'byline']
    """
    blocks = flattened.blocks
    if not blocks:
        return ()
    title = stated_title(flattened.statements)
    columns = describe_blocks(flattened, title, stated_summary(flattened.statements))
    scores = _lift(score_blocks(columns, blocks), columns["words"])
    choices = _choose_pictures(blocks, scores)
    headline, why = find_headline(blocks, scores, title, frozenset(choices))
    first, last = _text_span(scores, choices)
    seen: set[str] = set()
    made: list[RoleChoice] = []
    for no, block in enumerate(blocks):
        if no == headline:
            choice = RoleChoice("headline", scores[no], why)
        elif no in choices:
            choice = choices[no]
        else:
            choice = _choose(no, block, scores, columns["like_summary"][no], headline, first, last)
        if choice.role == "boilerplate" and _continues_text(no, block, made, scores):
            choice = RoleChoice("body", scores[no], f"a full paragraph right below the text ({scores[no]:.2f})")
        if choice.role == "body" and _is_under_label(no, blocks):
            choice = RoleChoice("related", scores[no], "an item of the list under a label of tools or other stories")
        if choice.role == "body":
            choice = _refine(no, blocks, choice, seen)
        made.append(choice)
    return tuple(_extend_related(blocks, _name_headings(blocks, made, headline)))


def _lift(scores: list[float], words: Sequence[float]) -> list[float]:
    """Scores as they are; where no block reaches one half, odds raised so that the likeliest long block does.

    Briefs and pages in a script without spaces get low scores throughout, and still their order is right.
    """
    best = max((p for p, n in zip(scores, words, strict=True) if n >= LIFT_WORDS), default=0.0)
    if max(scores) > 0.5 or best < LIFT_LEAST:
        return scores
    factor = 1.5 * (1 - best) / best
    return [p * factor / (p * factor + 1 - p) for p in scores]


def _choose_pictures(blocks: Sequence[RawBlock], scores: Sequence[float]) -> dict[int, RoleChoice]:
    found = {}
    first = next((i for i, p in enumerate(scores) if p > 0.5 and len(blocks[i].text.split()) >= 12), len(blocks))
    for no, block in enumerate(blocks):
        if is_credit(block.text):
            found[no] = RoleChoice("credit", scores[no], "only says who made a picture")
            continue
        reason = caption_reason(no, blocks, no <= first)
        if reason:
            found[no] = RoleChoice("caption", scores[no], reason)
    return found


def _text_span(scores: Sequence[float], taken: dict[int, RoleChoice]) -> tuple[int, int]:
    inside = [no for no, p in enumerate(scores) if p > 0.5 and no not in taken]
    return (inside[0], inside[-1]) if inside else (len(scores), -1)


def _choose(
    no: int, block: RawBlock, scores: Sequence[float], like_summary: float, headline: int | None, first: int, last: int
) -> RoleChoice:
    score = scores[no]
    before = headline is not None and headline < no <= first + 1
    near = (headline if headline is not None else first) - 4 <= no <= last + 6 or last < 0
    line = None if not near or (first + 2 < no < last and score > 0.5) or _is_item(block) else byline_reason(block.text)
    if line:
        return RoleChoice("byline", score, line)
    if no <= first + 1 and is_dateline_line(block.text):
        return RoleChoice("dateline", score, "a place and nothing else before the text")
    hints = frozenset(h for word in block.classes[:2] for h in class_hints(word))
    if (
        before
        and no <= first
        and len(block.text.split()) > 4
        and ("standfirst" in hints or (like_summary and score <= 0.5))
    ):
        return RoleChoice("standfirst", score, "under the headline, and the markup states it as the summary")
    if score > 0.5 and not _is_frame(block.text):
        return RoleChoice("body", score, f"reads like article text ({score:.2f})")
    if before and "byline" in hints and len(block.text.split()) <= 24:
        return RoleChoice("byline", score, "its class names a byline")
    if before and block.tag == "h2" and no - (headline or 0) <= 3 and 6 <= len(block.text.split()) <= 60:
        return RoleChoice("standfirst", score, "a second heading right under the headline")
    return _choose_outside(block, score)


def _is_item(block: RawBlock) -> bool:
    """Whether a block stands in a box or menu beside the text, as an item of a list or as a link."""
    beside = bool(block.semantics & {"aside", "nav"})
    return beside and ("li" in block.semantics or block.link_chars > 0.5 * len(block.text))


def _is_frame(text: str) -> bool:
    """Whether a short block is the site's own wherever it stands: a tool, a label of other stories, a notice."""
    return is_frame_wording(text) or (len(text) < NOTICE_CHARS and copyright_era(text) is not None)


def _choose_outside(block: RawBlock, score: float) -> RoleChoice:
    hints = frozenset(h for word in block.classes for h in class_hints(word))
    kind = phrase_kind(block.text)
    linked = block.link_chars > 0.5 * len(block.text)
    words = len(block.text.split())
    if "comment" in hints or kind == "comment":
        return RoleChoice("comment", score, "a comment by its class or wording")
    if "embed" in hints and words > 4:
        return RoleChoice("embed", score, "its class names an embedded post or player")
    if kind == "related":
        return RoleChoice("related", score, "wording that opens lists of other stories")
    if "nav" in block.semantics or kind == "navigation" or block.text.count(" | ") >= 3:
        return RoleChoice("navigation", score, "a menu by its tag or wording")
    if kind:
        return RoleChoice("boilerplate", score, f"wording of kind {kind}")
    if linked and words >= 5:
        return RoleChoice("related", score, "a linked headline")
    if "related" in hints or "aside" in block.semantics:
        return RoleChoice("related", score, "stands in a box of other stories")
    if linked or words <= 3:
        return RoleChoice("navigation", score, "a short or linked label")
    return RoleChoice("boilerplate", score, f"does not read like article text ({score:.2f})")


def _continues_text(no: int, block: RawBlock, made: Sequence[RoleChoice], scores: Sequence[float]) -> bool:
    """A long sentence without links right below a paragraph needs less: the last paragraph has menus below it."""
    return (
        no > 0
        and made[-1].role in TEXT_ROLES
        and scores[no] >= CONTINUES_LEAST
        and len(block.text.split()) >= CONTINUES_WORDS
        and ending(block.text) == 1
        and not block.n_links
        and not block.is_hidden
        and phrase_kind(block.text) is None
    )


def _is_under_label(no: int, blocks: Sequence[RawBlock]) -> bool:
    """Whether a bullet stands in a list that a label such as "Story Tools" or "Related" opens."""
    at = no
    while at > 0 and at > no - LIST_ITEMS and blocks[at].is_bullet:
        at -= 1
    return at < no and not blocks[at].is_bullet and phrase_kind(blocks[at].text) in ("tools", "related", "subscribe")


def _refine(no: int, blocks: Sequence[RawBlock], choice: RoleChoice, seen: set[str]) -> RoleChoice:
    block = blocks[no]
    key = block.text.casefold()
    words = len(block.text.split())
    if words >= 5 and key in seen:
        return replace(choice, role="boilerplate", reason="a paragraph that stands above already")
    seen.add(key)
    if "blockquote" in block.semantics:
        return replace(choice, role="quote", reason=f"stands in a block quotation; {choice.reason}")
    if block.tag in HEADING_TAGS and words <= HEADING_WORDS:
        return replace(choice, role="heading", reason=f"a heading among paragraphs; {choice.reason}")
    if block.is_bullet or block.tag == "li" or "li" in block.semantics:
        return replace(choice, role="list", reason=f"an item of a list; {choice.reason}")
    if block.tag in ("td", "th") and words <= 8:
        return replace(choice, role="table", reason=f"a cell among paragraphs; {choice.reason}")
    return choice


def _name_headings(blocks: Sequence[RawBlock], made: list[RoleChoice], headline: int | None) -> list[RoleChoice]:
    """Short lines without a full stop between paragraphs are headings too, where no tag says so."""
    for no, choice in enumerate(made):
        text = blocks[no].text
        if choice.role == "body" and len(text.split()) <= HEADING_WORDS and ending(text) == 0 and text[:1].isupper():
            below = next((m for m in made[no + 1 : no + 3] if m.role == "body"), None)
            if below is not None and headline != no:
                made[no] = replace(choice, role="heading", reason=f"a short line above paragraphs; {choice.reason}")
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
            made[no] = replace(choice, role="related", reason="in a list of other stories")
    return made
