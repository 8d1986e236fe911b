"""What other pages of the same site say about a page's blocks: lines that stand everywhere, paths that hold text.

A profile is learnt from a lake, pinned, and only ever a witness among others: it moves a block's odds by a bounded
amount, so that what the page itself shows strongly is never outweighed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import log, log2

from ...identity import fold
from ...schema.outcomes import TEXT_ROLES
from ..flatten.raw_block import RawBlock
from ..flatten.urls import site, url_key
from ._score import sigmoid
from .assign_roles import RoleChoice

LEAST_OTHERS = 3
"""Pages beside this one that have to say the same before they are heard."""
MOST_AGAINST = 4.0
"""Log odds that a line's other pages can take at most: a block that its own page gives 0.982 stays text."""
MOST_FOR = 1.5
"""Log odds that a path's other pages can give at most: a block that its own page gives 0.182 stays out."""
LEAST_HELD = 0.9
"""Share of a path's other pages on which it held text, before it speaks for a block."""
MOST_DROPPED = 0.5
"""A profile takes less than this share of the text's words: a page that repeats more of others is not understood."""
PARAGRAPH_WORDS = 12
SAFE_PARAGRAPHS = 2
"""So many paragraphs at the beginning are never dropped: an agency's standing opening is part of its story."""
LIFTED_WORDS = 8
SHOWN_PROOFS = 3
MARK = "site profile: "
"""Begins the reason of each block whose role a profile decided; nothing is learnt from those."""
EVERYWHERE = "*"

_SECTION = re.compile(r"[^/?]+/[A-Za-z][A-Za-z_-]{0,29}(?=/)")


@dataclass(frozen=True, slots=True)
class Standing:
    """On how many pages (stories, not copies) a line or path stands, on how many it was text, and some of them."""

    n_pages: int
    n_kept: int
    proofs: tuple[str, ...] = ()

    @property
    def others(self) -> int:
        """Pages beside the one that is read, which may itself be among those that were learnt from."""
        return self.n_pages - 1

    def named(self, capture_id: str) -> str:
        """Some of the pages that prove it, other than this one, by the beginnings of their ids."""
        other = (proof for proof in self.proofs if proof != capture_id)
        return ", ".join(proof[:8] for proof in islice(other, SHOWN_PROOFS))


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What was learnt of one section of a site: lines by `line_key`, and paths of tags."""

    lines: Mapping[str, Standing] = field(default_factory=dict)
    paths: Mapping[str, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profiles:
    """All sites of a snapshot: lines by site, paths by site and section."""

    lines: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)
    paths: Mapping[tuple[str, str], Mapping[str, Standing]] = field(default_factory=dict)

    def of(self, url: str | None) -> SiteProfile | None:
        """The profile for the page at this address; None where nothing was learnt of its site."""
        key = url_key(url) if self.lines or self.paths else None
        name = site(url) if key else None
        if key is None or name is None:
            return None
        paths = self.paths.get((name, section_of(key))) or self.paths.get((name, EVERYWHERE))
        lines = self.lines.get(name)
        return SiteProfile(lines or {}, paths or {}) if lines or paths else None


NO_PROFILES = Profiles()


def section_of(key: str) -> str:
    """Host and first folder of a page's URL key; the host alone where the folder is a number or the page itself.

    >>> section_of("sport.news.example/golf/open-begins"), section_of("news.example/2026/03/02/rain")
    ('sport.news.example/golf', 'news.example')
    """
    found = _SECTION.match(key)
    return found.group(0) if found else re.split(r"[/?]", key, maxsplit=1)[0]


def line_key(text: str) -> str | None:
    """Hash of a line's folded words, equal for printings that differ in case, punctuation and spaces.

    >>> line_key("Sign up!") == line_key("SIGN UP"), line_key("***")
    (True, None)
    """
    folded = fold(text)
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:20] if folded else None


def apply_profile(
    blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], profile: SiteProfile | None, capture_id: str = ""
) -> tuple[RoleChoice, ...]:
    """Roles in the light of a profile: lines of the site leave the text, unsure paragraphs in the text's place join it.

    Headline, bylines and the first paragraphs stay as they are, and so does a heading with text below it; no more
    than half of the words leave. The page counts as one of the pages that were learnt from, whether it was or not,
    so that it never proves itself. Each doubling of the pages moves a line's log odds by one, a path's by a half.
    `capture_id` is left out where proof pages are named.

    >>> block, choice = RawBlock("Get our letter"), RoleChoice("body", 0.8, "reads like article text (0.80)")
    >>> profile = SiteProfile({line_key(block.text): Standing(9, 2, ("1f00", "2e00", "3d00"))})
    >>> apply_profile([block], [choice], profile)[0].role
    'body'
    >>> text = [(RawBlock("Rain fell on the harbour town all day. " * 3), choice._replace(score=0.99))] * 2
    >>> apply_profile(*zip(*text, (block, choice), strict=True), profile)[-1]
    RoleChoice(role='boilerplate', score=0.1439, reason='site profile: stands on at least 8 other pages of the site \
(1f00, 2e00, 3d00), 0.80 -> 0.14')
    """
    if profile is None:
        return tuple(choices)
    keys = [line_key(block.text) if profile.lines else None for block in blocks]
    found = [profile.lines.get(key) if key else None for key in keys]
    lines = {no: line for no, line in enumerate(found) if line and line.others >= LEAST_OTHERS}
    made = list(choices)
    dropped = _dropped(blocks, choices, lines)
    for no, line in lines.items():
        made[no] = _drop(choices[no], line, capture_id) if no in dropped else _tell(choices[no], line)
    for no, path in _lifted(blocks, made, lines, profile.paths).items():
        made[no] = _lift(blocks[no], choices[no], path, capture_id)
    return tuple(made)


def _dropped(blocks: Sequence[RawBlock], choices: Sequence[RoleChoice], lines: Mapping[int, Standing]) -> set[int]:
    text = [no for no, choice in enumerate(choices) if choice.role in TEXT_ROLES]
    words = {no: len(blocks[no].text.split()) for no in text}
    safe = set([no for no in text if words[no] >= PARAGRAPH_WORDS and choices[no].role != "heading"][:SAFE_PARAGRAPHS])
    # Nothing but the profile would be left to tell the text of a page without paragraphs.
    found = {no for no in text if no in lines and no not in safe and _against(choices[no], lines[no]) <= 0.5}
    found = found if safe else set()
    for no in sorted(found, reverse=True):
        below = no + 1
        if choices[no].role == "heading" and below in words and below not in found:
            found.discard(no)
    return found if sum(words[no] for no in found) < MOST_DROPPED * sum(words.values()) else set()


def _lifted(
    blocks: Sequence[RawBlock],
    made: Sequence[RoleChoice],
    lines: Mapping[int, Standing],
    paths: Mapping[str, Standing],
) -> dict[int, Standing]:
    text = [no for no, choice in enumerate(made) if choice.role in TEXT_ROLES]
    if not text or not paths:
        return {}
    said = {blocks[no].text for no in text}
    found = {}
    for no in range(text[0], min(text[-1] + 2, len(blocks))):
        block, path = blocks[no], paths.get(blocks[no].path or "")
        if (
            path
            and made[no].role == "boilerplate"
            and no not in lines
            and not block.is_hidden
            and block.text not in said
            and len(block.text.split()) >= LIFTED_WORDS
            and path.others >= LEAST_OTHERS
            and path.n_kept - 1 >= LEAST_HELD * path.others
            and _in_favour(made[no], path) > 0.5
        ):
            found[no] = path
    return found


def _against(choice: RoleChoice, line: Standing) -> float:
    return _moved(choice.score, -min(MOST_AGAINST, log2(1 + line.others)))


def _in_favour(choice: RoleChoice, path: Standing) -> float:
    return _moved(choice.score, min(MOST_FOR, log2(1 + path.others) / 2))


def _moved(score: float, by: float) -> float:
    score = min(max(score, 1e-9), 1 - 1e-9)
    return round(sigmoid(log(score / (1 - score)) + by), 4)


def _drop(choice: RoleChoice, line: Standing, capture_id: str) -> RoleChoice:
    score = _against(choice, line)
    proof = f"stands on at least {line.others} other pages of the site ({line.named(capture_id)})"
    return RoleChoice("boilerplate", score, f"{MARK}{proof}, {choice.score:.2f} -> {score:.2f}")


def _tell(choice: RoleChoice, line: Standing) -> RoleChoice:
    return choice._replace(reason=f"{choice.reason}; stands on at least {line.others} other pages of the site")


def _lift(block: RawBlock, choice: RoleChoice, path: Standing, capture_id: str) -> RoleChoice:
    score = _in_favour(choice, path)
    role = "list" if block.tag == "li" or "li" in block.semantics else "body"
    proof = (
        f"its place holds text on at least {path.n_kept - 1} of {path.others} other pages ({path.named(capture_id)})"
    )
    return RoleChoice(role, score, f"{MARK}{proof}, {choice.score:.2f} -> {score:.2f}")
