"""Whose time each block belongs to: the article's, other stories', the site's shell, or an archive's tools.

A page saved later than it was written shows headlines, strips and footers of the day of saving. They are told
apart here, so that their dates are never taken for the article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..model import Block
from ..schema.outcomes import READ_ROLES, TEXT_ROLES
from ._eras import Era, copyright_era, dated_era
from ._features import ending
from .raw_block import Flattened, RawBlock
from .roles import RoleChoice

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
_ARCHIVE_CLASSES = frozenset({"wm-ipp", "wm-ipp-base", "wm-ipp-inside", "wm-toolbar", "wm-capinfo", "donato"})


class _Layer(NamedTuple):
    name: str
    confidence: float
    reason: str


def assign_layers(
    flattened: Flattened, choices: Sequence[RoleChoice], part_nos: Sequence[int] | None = None
) -> tuple[Block, ...]:
    """Blocks with role, layer, era, and their place in the article's text (kept TEXT_ROLES joined by blank lines).

    `choices` are of `assign_roles`, one a block; `part_nos` number the article that each block is of, where the page
    holds several: each has a text of its own, and places in it count from its beginning. The era of a layer is what
    its own strings say; other blocks of shell and rails take the era of the shell's footer; article and unknown
    blocks have none.
    """
    layers = _find_layers(flattened.blocks, choices)
    footer = _footer_era(flattened.blocks, layers)
    first = next((no for no, layer in enumerate(layers) if layer.name == "article"), len(layers))
    parts = part_nos or [0] * len(layers)
    blocks: list[Block] = []
    ends: dict[int, int] = {}
    for no, (raw, choice, layer) in enumerate(zip(flattened.blocks, choices, layers, strict=True)):
        kept = layer.name == "article" and choice.role in READ_ROLES
        start = end = None
        if kept and choice.role in TEXT_ROLES:
            start = ends.get(parts[no], 0)
            end = start + len(raw.text)
            ends[parts[no]] = end + len(JOINER)
        era, why = _era_of(raw.text, layer, footer, no < first)
        blocks.append(
            Block(
                no, raw.text, choice.role, layer.name, layer.confidence,
                era_from=era.first if era else None, era_to=era.last if era else None, kept=kept,
                part_no=parts[no], text_start=start, text_end=end,
                raw_start=raw.raw_start, raw_end=raw.raw_end, raw_reason=raw.raw_reason, dom_path=raw.path,
                reason=f"{choice.reason}; {layer.reason}{why}",
            )
        )  # fmt: skip
    return tuple(blocks)


def _find_layers(raws: Sequence[RawBlock], choices: Sequence[RoleChoice]) -> list[_Layer]:
    inside = [no for no, c in enumerate(choices) if c.role in TEXT_ROLES or c.role == "headline"]
    text = [no for no, c in enumerate(choices) if c.role in TEXT_ROLES]
    first, last = (min(inside), max(text or inside)) if inside else (len(raws), -1)
    legal = {no for no, raw in enumerate(raws) if no > last and copyright_era(raw.text)}
    first_legal = min(legal, default=None)
    layers: list[_Layer] = []
    rail = False
    for no, (raw, choice) in enumerate(zip(raws, choices, strict=True)):
        if choice.role == "related" and not (first_legal is not None and no > first_legal):
            rail = True
        elif no in legal or choice.role in TEXT_ROLES or choice.role == "navigation":
            rail = False
        layers.append(_layer_of(no, raw, choice, first, last, rail))
    return layers


def _layer_of(no: int, raw: RawBlock, choice: RoleChoice, first: int, last: int, rail: bool) -> _Layer:
    if _is_archive_tool(raw):
        return _Layer("archive_tool", 0.95, "wording or class of an archive's toolbar")
    if choice.role in ("headline", "standfirst"):
        return _Layer("article", 0.9, "part of the article by its role")
    if choice.role in TEXT_ROLES:
        return _Layer("article", max(0.5, min(0.99, choice.score)), "part of the article by its role")
    if choice.role in ARTICLE_ROLES and first - EDGE <= no <= last + EDGE:
        return _Layer("article", 0.8, "beside the article's text")
    if rail:
        return _Layer("rail", 0.8, "headlines of other stories")
    if not first < no < last and not SHELL_TAGS.isdisjoint(raw.semantics):
        return _Layer("shell", 0.9, "in the page's header, navigation or footer")
    if no < first:
        return _Layer("shell", 0.7, "before the headline")
    if choice.role == "navigation" or copyright_era(raw.text):
        return _Layer("shell", 0.7, "a menu or notice of the site")
    if no > last:
        return _Layer("shell", 0.6, "after the end of the article")
    if choice.role == "boilerplate":
        return _Layer("shell", 0.5, "the site's own words between the paragraphs")
    return _Layer("unknown", 0.3, "between the article's blocks, and nothing tells whose it is")


def _is_archive_tool(raw: RawBlock) -> bool:
    if not _ARCHIVE_CLASSES.isdisjoint(raw.classes):
        return True
    return len(raw.text) < 200 and ending(raw.text) != 1 and _names_archive(raw.text)


@lru_cache(maxsize=8192)
def _names_archive(text: str) -> bool:
    folded = text.casefold()
    # Each branch of the pattern holds one of these, and they are found in a tenth of its time.
    is_likely = "arch" in folded or "capture" in folded or "wayback" in folded or "copy" in folded
    return is_likely and _ARCHIVE.search(text) is not None


def _footer_era(raws: Sequence[RawBlock], layers: Sequence[_Layer]) -> Era | None:
    for raw, layer in zip(reversed(raws), reversed(layers), strict=True):
        era = copyright_era(raw.text) if layer.name in ("shell", "rail") else None
        if era:
            return era
    return None


def _era_of(text: str, layer: _Layer, footer: Era | None, is_above: bool) -> tuple[Era | None, str]:
    if layer.name not in ("shell", "rail", "archive_tool"):
        return None, ""
    own = copyright_era(text) or dated_era(text)
    if own:
        return own, f'; era by its own words "{own.quote}"'
    if layer.name == "archive_tool" or footer is None:
        return None, ""
    if is_above and len(text.split()) >= STRIP_WORDS:
        return None, "; a running strip, which the footer doesn't date"
    return footer, f'; era by the footer "{footer.quote}"'


def join_text(blocks: Sequence[Block]) -> str:
    """The article's text: its placed blocks joined by blank lines.

    >>> join_text([Block(0, "Rain fell.", text_start=0), Block(1, "Menu"), Block(2, "It stopped.", text_start=12)])
    'Rain fell.\\n\\nIt stopped.'
    """
    return JOINER.join(b.text for b in blocks if b.text_start is not None)
