"""Taking captures down for good: out of raw, then out of the tables, then out of what older commits left behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from .. import lake, raw
from ..config import Settings
from ..lake.purge import purge_replaced
from ..model import Capture
from ..page.flatten.urls import url_key
from ..snapshot import take_snapshot
from .collect import Clock
from .errors import PipelineError, telling_disk_trouble
from .extract import Read
from .plan import plan
from .publish import PublishResult, publish

ID = re.compile(r"[0-9a-f]{6,20}")
"""A capture_id, or its beginning: fewer digits are too easily mistyped for something that can't be undone."""

MAX_SHARDS = 4


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be forgotten, in words, and the captures in raw that it means, forgotten ones too."""

    words: str
    captures: tuple[Capture, ...]


@dataclass(frozen=True, slots=True)
class ForgetResult:
    """What raw forgot, and what was published then; None where the lake holds none of the entries."""

    forgotten: raw.ForgetResult
    published: PublishResult | None


def find_target(settings: Settings, targets: Sequence[str] = (), source: str | None = None) -> Target:
    """The captures that capture ids (or their beginnings), URLs and a source mean.

    A URL means every capture that was asked for there, or that was led there, or whose page calls itself so.
    Raises PipelineError where one of them means no capture, or an id's beginning more than one.
    """
    stored = list({capture.capture_id: capture for capture in raw.all_captures(settings.raw)}.values())
    found: dict[str, Capture] = {}
    for target in targets:
        meant = _of_id(target, stored) if ID.fullmatch(target) else _of_url(settings, target, stored)
        found |= {capture.capture_id: capture for capture in meant}
    if source is not None:
        meant = [capture for capture in stored if capture.source_id == source]
        if not meant:
            known = ", ".join(sorted({capture.source_id for capture in stored})) or "none"
            raise PipelineError(f"no source {source!r} in {settings.raw}; there are {known}: name one of them")
        found |= {capture.capture_id: capture for capture in meant}
    if not found:
        raise PipelineError("nothing to forget: name a capture_id, a URL, or --source")
    words = ", ".join([*targets, *([f"source {source}"] if source is not None else [])])
    return Target(words, tuple(found[key] for key in sorted(found)))


def _of_id(target: str, stored: Sequence[Capture]) -> list[Capture]:
    found = [capture for capture in stored if capture.capture_id.startswith(target)]
    if len(found) != 1:
        problem = "more than one capture_id begins" if found else "no capture_id begins"
        raise PipelineError(f"{problem} with {target}: give {'more of it' if found else 'one that raw holds'}")
    return found


def _of_url(settings: Settings, target: str, stored: Sequence[Capture]) -> list[Capture]:
    key = url_key(target) if "://" in target else None
    if key is None:
        raise PipelineError(
            f"{target!r} is neither a capture_id (6 to 20 digits of 0-9a-f) nor a URL with its scheme; give one"
        )
    published: set[str] = set()
    if lake.current(settings.lake):
        with lake.open_lake(settings.lake) as connection:
            rows = connection.execute("SELECT capture_id FROM captures WHERE url_key = ?", [key]).fetchall()
            published = {row[0] for row in rows}
    found = [c for c in stored if key in (url_key(c.url), url_key(c.url_final)) or c.capture_id in published]
    if not found:
        raise PipelineError(f"no capture of {target} in {settings.raw}; check the address")
    return found


@telling_disk_trouble
def forget(settings: Settings, target: Target, *, why: str, clock: Clock, read: Read | None = None) -> ForgetResult:
    """Forget the captures of a target, publish their entries without them, and delete what held them before.

    There is no way back. Done again, also after a crash, it finishes what is left to do. Run folders of the last
    days, which list captures but no text, are deleted by age as always.
    """
    if not why.strip():
        raise PipelineError("say why: the tombstone keeps the reason for whoever asks later")
    ids = frozenset(capture.capture_id for capture in target.captures)
    is_meant = partial(_is_among, ids)
    forgotten = raw.forget(settings.raw, is_meant, target=target.words, why=why.strip(), clock=clock)
    manifest = lake.current(settings.lake)
    entries = [key for key in forgotten.entries if manifest and key in manifest.entries]
    published = None
    if entries:
        made = plan(settings, entries, take_snapshot(settings), max_shards=MAX_SHARDS, run_id="forget")
        published = publish(settings, made.folder, clock=clock, force=True, read=read)
        purge_replaced(settings.lake, entries)
    return ForgetResult(forgotten, published)


def _is_among(ids: frozenset[str], capture: Capture) -> bool:
    return capture.capture_id in ids
