"""Whose time each block belongs to: the article's, other stories', the site's shell, or an archive's tools.

A page saved later than it was written shows headlines, strips and footers of the day of saving. They are told
apart here, so that their dates are never taken for the article's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import re2

from ...model import Block
from ...schema.outcomes import READ_ROLES, TEXT_ROLES
from ..flatten.raw_block import Flattened, RawBlock
from ..roles.assign_roles import RoleChoice
from ..wording.eras import Era, copyright_era, dated_era, find_years
from ..wording.measure import ending

ARTICLE_ROLES = TEXT_ROLES | {"headline", "standfirst", "byline", "dateline", "caption", "credit", "embed"}
SHELL_TAGS = frozenset({"nav", "header", "footer"})
STRIP_WORDS = 12
"""A sentence of so many words in the masthead is a strip of running news, renewed on its own."""
JOINER = "\n\n"
"""Stands between the blocks of an article's text."""
EDGE = 6
"""Captions, bylines and credits so many blocks outside the text still belong to it."""

_ARCHIVE = re.compile(
    r"(?i)web\.archive\.org|wayback machine|\bcaptures?\b.{0,40}\d{4} ?- ?\d|about this capture|internet archive|"
    r"archived from|archive\.(?:today|is|ph)|this is a (?:cached|saved) copy|screen ?captures? success"
)
_ARCHIVE_PARTS = re2.compile("(?i)arch[iıİ]ve|capture|wayback|ed copy")
"""Each branch of the pattern above holds one of these: most pages have none, and are searched in one go."""
_ARCHIVE_CLASSES = frozenset({"wm-ipp", "wm-ipp-base", "wm-ipp-inside", "wm-toolbar", "wm-capinfo", "donato"})
_TOOL_CHARS = 200


class _Layer(NamedTuple):
    name: str
    confidence: float
    reason: str


class _Time(NamedTuple):
    first: date | None = None
    last: date | None = None
    reason: str = ""


_ARCHIVE_TOOL = _Layer("archive_tool", 0.95, "wording or class of an archive's toolbar")
_OPENING = _Layer("article", 0.9, "part of the article by its role")
_BESIDE = _Layer("article", 0.8, "beside the article's text")
_RAIL = _Layer("rail", 0.8, "headlines of other stories")
_FRAME = _Layer("shell", 0.9, "in the page's header, navigation or footer")
_ABOVE = _Layer("shell", 0.7, "before the headline")
_MENU = _Layer("shell", 0.7, "a menu or notice of the site")
_BELOW = _Layer("shell", 0.6, "after the end of the article")
_BETWEEN = _Layer("shell", 0.5, "the site's own words between the paragraphs")
_UNKNOWN = _Layer("unknown", 0.3, "between the article's blocks, and nothing tells whose it is")
_NO_TIME = _Time()


def assign_layers(
    flattened: Flattened, choices: Sequence[RoleChoice], part_nos: Sequence[int] | None = None
) -> tuple[Block, ...]:
    """Blocks with role, layer, era, and their place in the article's text (kept TEXT_ROLES joined by blank lines).

    `choices` are of `assign_roles`, one a block; `part_nos` number the article that each block is of, where the page
    holds several: each has a text of its own, and places in it count from its beginning. The era of a layer is what
    its own strings say; other blocks of shell and rails take the era of the shell's footer; article and unknown
    blocks have none.
    """
    raws = flattened.blocks
    texts = [raw.text for raw in raws]
    dated = find_years(texts)
    notices = {no: era for no in dated if (era := copyright_era(texts[no]))}
    layers = _find_layers(raws, choices, notices, _find_archive_tools(raws, texts))
    times = _find_times(texts, layers, dated, notices)
    parts = part_nos or [0] * len(layers)
    blocks: list[Block] = []
    ends: dict[int, int] = {}
    for no, (raw, choice, layer, time) in enumerate(zip(raws, choices, layers, times, strict=True)):
        kept = layer.name == "article" and choice.role in READ_ROLES
        start = end = None
        if kept and choice.role in TEXT_ROLES:
            start = ends.get(parts[no], 0)
            end = start + len(raw.text)
            ends[parts[no]] = end + len(JOINER)
        reason = f"{choice.reason}; {layer.reason}{time.reason}"
        # In the order of the fields, as naming sixteen of them costs as much again as making the block.
        blocks.append(
            Block(
                no, raw.text, choice.role, layer.name, layer.confidence, time.first, time.last, kept, parts[no],
                start, end, raw.raw_start, raw.raw_end, raw.raw_reason, raw.path, reason,
            )
        )  # fmt: skip
    return tuple(blocks)


def _find_layers(
    raws: Sequence[RawBlock], choices: Sequence[RoleChoice], notices: Mapping[int, Era], tools: Collection[int]
) -> list[_Layer]:
    text = [no for no, c in enumerate(choices) if c.role in TEXT_ROLES]
    inside = sorted([*text, *(no for no, c in enumerate(choices) if c.role == "headline")])
    first, last = (inside[0], (text or inside)[-1]) if inside else (len(raws), -1)
    legal = [no for no in notices if no > last]
    below = legal[0] if legal else len(raws)
    layers: list[_Layer] = []
    rail = False
    for no, (raw, choice) in enumerate(zip(raws, choices, strict=True)):
        if choice.role == "related" and no <= below:
            rail = True
        elif choice.role in TEXT_ROLES or choice.role == "navigation" or (no > last and no in notices):
            rail = False
        is_menu = choice.role == "navigation" or no in notices
        layers.append(_ARCHIVE_TOOL if no in tools else _layer_of(no, raw, choice, first, last, rail, is_menu))
    return layers


def _layer_of(no: int, raw: RawBlock, choice: RoleChoice, first: int, last: int, rail: bool, is_menu: bool) -> _Layer:
    role = choice.role
    if role in TEXT_ROLES:
        return _Layer("article", max(0.5, min(0.99, choice.score)), _OPENING.reason)
    if role in ("headline", "standfirst"):
        return _OPENING
    if role in ARTICLE_ROLES and first - EDGE <= no <= last + EDGE:
        return _BESIDE
    if rail:
        return _RAIL
    if not first < no < last and not SHELL_TAGS.isdisjoint(raw.semantics):
        return _FRAME
    if no < first:
        return _ABOVE
    if is_menu:
        return _MENU
    if no > last:
        return _BELOW
    return _BETWEEN if role == "boilerplate" else _UNKNOWN


def _find_archive_tools(raws: Sequence[RawBlock], texts: Sequence[str]) -> set[int]:
    """Numbers of the blocks that an archive put on the page, by its classes or by wording that is no sentence."""
    found = {no for no, raw in enumerate(raws) if not _ARCHIVE_CLASSES.isdisjoint(raw.classes)}
    if _ARCHIVE_PARTS.search("\n".join([text for text in texts if len(text) < _TOOL_CHARS])):
        short = [no for no, text in enumerate(texts) if len(text) < _TOOL_CHARS]
        found.update(no for no in short if _names_archive(texts[no]) and ending(texts[no]) != 1)
    return found


def _names_archive(text: str) -> bool:
    folded = text.casefold()
    # Each branch of the pattern holds one of these, and they are found in a tenth of its time.
    is_likely = "arch" in folded or "capture" in folded or "wayback" in folded or "copy" in folded
    return is_likely and _ARCHIVE.search(text) is not None


def _find_times(
    texts: Sequence[str], layers: Sequence[_Layer], dated: Sequence[int], notices: Mapping[int, Era]
) -> list[_Time]:
    """The era of each block: of its own words, else of the last notice that the shell or a rail has."""
    first = next((no for no, layer in enumerate(layers) if layer.name == "article"), len(layers))
    footer = next((notices[no] for no in sorted(notices, reverse=True) if layers[no].name in ("shell", "rail")), None)
    of_footer = _Time(footer.first, footer.last, f'; era by the footer "{footer.quote}"') if footer else _NO_TIME
    times = [of_footer if layer.name in ("shell", "rail") else _NO_TIME for layer in layers]
    if footer:
        for no in range(first):
            if times[no] is of_footer and len(texts[no].split()) >= STRIP_WORDS:
                times[no] = _Time(reason="; a running strip, which the footer doesn't date")
    for no in dated:
        is_site = layers[no].name in ("shell", "rail", "archive_tool")
        own = (notices.get(no) or dated_era(texts[no])) if is_site else None
        if own:
            times[no] = _Time(own.first, own.last, f'; era by its own words "{own.quote}"')
    return times


def join_text(blocks: Sequence[Block]) -> str:
    """The article's text: its placed blocks joined by blank lines.

    >>> join_text([Block(0, "Rain fell.", text_start=0), Block(1, "Menu"), Block(2, "It stopped.", text_start=12)])
    'Rain fell.\\n\\nIt stopped.'
    """
    return JOINER.join(b.text for b in blocks if b.text_start is not None)
