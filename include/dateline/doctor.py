"""What `dateline doctor` tells: settings and their origin, versions, the model, site profiles, disk, and the lake."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from . import lake
from .config import MEANING, Settings, SettingsError, setting_names
from .names.model import ModelError, model_hash
from .profiles import ProfilesError, parse_profiles
from .snapshot import code_version, pin_profiles

PACKAGES = ("apache-airflow", "duckdb", "pyarrow", "spacy", "selectolax", "google-re2", "fastwarc")
TESTED_PYTHON = ("3.11",)
LOW_DISK = 2_000_000_000
"""Free bytes below which a warning is due: staging writes an entry once more before it is committed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `level` is ok, note or problem, and a problem says what to do."""

    subject: str
    text: str
    level: str = "ok"


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything that the doctor looks at, in order. Never raises for a sick installation: that is its subject."""
    yield from _settings(settings)
    yield from _versions()
    yield _model(settings)
    if settings.profiles is not None:
        yield _profiles(settings)
    yield from _disk(settings)
    yield from _lake(settings)


def _settings(settings: Settings) -> Iterator[Finding]:
    for name in setting_names():
        value = getattr(settings, name)
        text = (
            ", ".join(map(str, value)) if isinstance(value, tuple) else str(value) if value is not None else "not set"
        )
        # Whoever has that address may write to where it leads.
        text = "set, not shown" if name == "alert_url" and value else text
        yield Finding(name, f"{text}  ({settings.origin.get(name, 'given')}; {MEANING[name]})")
    for name in ("lake", "raw"):
        folder = _nearest(getattr(settings, name))
        if not _is_writable(folder):
            yield Finding(
                name, f"{folder} can't be written; change its owner or set DATELINE_{name.upper()}", "problem"
            )


def _versions() -> Iterator[Finding]:
    version = platform.python_version()
    tested = version.rsplit(".", 1)[0] in TESTED_PYTHON
    yield Finding(
        "python",
        version if tested else f"{version}; tested with {', '.join(TESTED_PYTHON)}",
        "ok" if tested else "note",
    )
    yield Finding("dateline", code_version())
    for name in PACKAGES:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            optional = name == "apache-airflow"
            yield Finding(name, "not installed" + ("; needed for the DAGs only" if optional else "; run make setup"),
                          "note" if optional else "problem")  # fmt: skip


def _model(settings: Settings) -> Finding:
    try:
        return Finding("model weights", f"{settings.model} {model_hash(settings.model)[:16]}")
    except ModelError as error:
        return Finding("model weights", str(error), "problem")


def _profiles(settings: Settings) -> Finding:
    """Whether the pinned snapshot of site profiles is there and can be read; each error says what to do."""
    try:
        path, sha256 = pin_profiles(settings.lake, settings.profiles)
        found = parse_profiles(Path(str(path)).read_bytes(), str(path))
    except (SettingsError, ProfilesError, OSError) as error:
        return Finding("site profiles", str(error), "problem")
    sites = {*found.lines, *(site for site, _ in found.paths)}
    return Finding(
        "site profiles", f"{path}, {len(sites)} {'site' if len(sites) == 1 else 'sites'}  {str(sha256)[:16]}"
    )


def _disk(settings: Settings) -> Iterator[Finding]:
    for name in ("lake", "raw"):
        free = shutil.disk_usage(_nearest(getattr(settings, name))).free
        text = f"{free / 1e9:.1f} GB free"
        yield Finding(f"disk of {name}", text if free > LOW_DISK else f"{text}: make room before the next run",
                      "ok" if free > LOW_DISK else "problem")  # fmt: skip


def _lake(settings: Settings) -> Iterator[Finding]:
    try:
        manifest = lake.current(settings.lake)
    except (lake.LakeError, OSError) as error:
        yield Finding("lake_hash", str(error), "problem")
        return
    if manifest is None:
        yield Finding("lake_hash", "the lake is empty: nothing was loaded yet", "note")
        return
    yield Finding("lake_hash", f"{manifest.lake_hash}  (manifest {manifest.number})")


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    while not path.exists():
        path = path.parent
    return path


def _is_writable(folder: Path) -> bool:
    import os

    return os.access(folder, os.W_OK)
