"""Revisit records: an archive says that a page had the bytes that it holds already, and here they are found."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..identity import capture_id
from ._describe import Collected, Origin, describe
from ._digest import digest_key
from ._record import Record, http_facts, judge, response_of, stated_facts

FindStored = Callable[[str], Collected | None]
"""Gives the capture and the bytes that have this digest (as `digest_key` spells it), from what was kept earlier."""

ReadRecord = Callable[[Path, int, int], Record]
"""Reads one record again: file, offset of its member, and offset in the unpacked member."""


def nothing_stored(digest: str) -> Collected | None:
    """For those who keep nothing."""
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    offset: int
    inner: int
    read: ReadRecord


@dataclass(slots=True)
class Revisits:
    """Where the payloads of the archives of one load are, and the revisits that found none yet.

    A revisit takes its bytes from a record of any file of the load, else from `find_stored`; a load that is
    repeated or resumed finds the same. Its capture_id leaves the bytes out, so that it is the same capture
    whether they were found or not.
    """

    find_stored: FindStored = nothing_stored
    _places: dict[str, _Place] = field(default_factory=dict)
    _waiting: list[tuple[Record, str, Origin]] = field(default_factory=list)

    def remember(self, record: Record, found: Collected, place: tuple[Path, int, int], read: ReadRecord) -> None:
        """Note where the payload of a record can be read again."""
        capture, payload = found
        if not payload or record.is_cut or record.truncated:
            return
        own, stated = digest_key(f"sha1:{capture.payload_sha1}"), digest_key(record.digest)
        for key in filter(None, (own, stated, record.record_id)):
            self._places.setdefault(key, _Place(*place, read))

    def resolve(self, record: Record, ref: str, origin: Origin) -> Collected | None:
        """The capture of a revisit whose bytes were met already; any other waits for `resolve_waiting`."""
        place = self._place(record)
        if place is None:
            self._waiting.append((record, ref, origin))
            return None
        return self._with_bytes_at(record, ref, origin, place)

    def resolve_waiting(self) -> Iterator[Collected]:
        """The captures of all revisits that came before their bytes, or whose bytes are in no file of the load."""
        waiting, self._waiting = self._waiting, []
        for record, ref, origin in waiting:
            place = self._place(record)
            if place is not None:
                yield self._with_bytes_at(record, ref, origin, place)
                continue
            key = digest_key(record.digest)
            stored = self.find_stored(key) if key else None
            yield _resolved(record, ref, origin, stored) if stored else _unresolved(record, ref, origin)

    def _place(self, record: Record) -> _Place | None:
        key = digest_key(record.digest)
        return self._places.get(key) if key else self._places.get(record.same_as or "")

    def _with_bytes_at(self, record: Record, ref: str, origin: Origin, place: _Place) -> Collected:
        original = judge(place.read(place.path, place.offset, place.inner))
        capture, _ = describe(origin, ref, record.source_kind, original.payload, **original.facts)
        return _resolved(record, ref, origin, (capture, original.payload))


def _resolved(record: Record, ref: str, origin: Origin, original: Collected) -> Collected:
    """A revisit with the bytes of its original. Status and headers are its own where it has those of a page."""
    first, payload = original
    own = http_facts(response_of(record), record)
    if own.get("http_status") != 200 or not own["media_type"]:
        own = {"http_status": first.http_status, "headers": first.headers, "media_type": first.media_type}
    own.pop("url_final", None)
    facts: dict[str, Any] = {**stated_facts(record), **own, "outcome": first.outcome}
    facts["reason"] = f"revisit record: the bytes are those of {first.warc_record_id or first.source_ref}"
    capture, payload = describe(origin.on(record.day), ref, record.source_kind, payload, **facts)
    key = capture_id(capture.source_id, capture.source_ref, None, capture.captured_at)
    return replace(capture, capture_id=key), payload


def _unresolved(record: Record, ref: str, origin: Origin) -> Collected:
    response = response_of(record)
    facts = stated_facts(record) | http_facts(response, record) | {"url_final": None, "outcome": "not_modified"}
    named = record.digest or record.same_as
    where = f"({named}) are neither in this load nor in raw" if named else "are not named"
    capture, _ = describe(
        origin.on(record.day), ref, record.source_kind, None, **facts, reason=f"revisit record: its bytes {where}"
    )
    key = digest_key(record.digest) or ""
    return replace(capture, payload_sha1=_base32(key) if key.startswith("sha1:") else None), None


def _base32(key: str) -> str:
    return base64.b32encode(bytes.fromhex(key.partition(":")[2])).decode("ascii")
