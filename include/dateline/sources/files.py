"""Files and folders as sources: page files, JSON lines and web archive files, found in a fixed order.

A folder of pages is one source; every JSON lines, WARC or WET file is a source of its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from ._bytes_of import read_file_bytes
from ._describe import Collected, Origin, describe, printable
from ._revisits import FindStored, Revisits, nothing_stored
from .arc import collect_arc
from .json_lines import collect_json_lines
from .warc import collect_archive

PAGE_NAME = re.compile(r"\.(?:html?|xhtml|shtml|php\d?|aspx?|jspx?|cms|stm)$")
TEXT_NAME = re.compile(r"\.te?xt$")
LINES_NAME = re.compile(r"\.(?:jsonl|ndjson)$")
ARCHIVE_NAME = re.compile(r"\.(?:warc|wet|warc\.wet)$")
ARC_NAME = re.compile(r"\.arc$")
HTML_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
DAY_NAME = re.compile(r"\d{4}-\d{2}-\d{2}$")


class SourceError(ValueError):
    """A path can't be loaded at all; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file to read: where it is, its path relative to the loaded root, and what its name says it holds."""

    path: Path
    relative: PurePath
    kind: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a path holds: the files to read, in order, and those left alone because their names say no page."""

    root: Path
    is_folder: bool
    files: tuple[PageFile, ...]
    passed_over: tuple[str, ...]


def list_files(path: Path, exclude: Sequence[Path] = (), *, below: str = "") -> Listing:
    """Find what there is to read at a file or, recursively, in a folder; sorted by relative path.

    `below` names a folder directly in it that the search is limited to; paths stay relative to `path`.
    Hidden files, folders below `exclude` (the lake and the raw store) and links that lead out of the folder
    are passed over. Raises SourceError where the path does not exist or can't be listed.
    """
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder; check the path")
    if path.is_file():
        only = PageFile(path, PurePath(path.name), kind_of(path.name) or "file")
        return Listing(path, False, (only,), ())
    if not path.is_dir():
        raise SourceError(f"{path}: neither a file nor a folder; give one of these")
    if not os.access(path, os.R_OK | os.X_OK):
        raise SourceError(f"{path}: the folder can't be listed; check its permissions")
    found: list[PageFile] = []
    passed_over: list[str] = []
    outside = {item.resolve() for item in exclude}
    for file in _walk(path, below, outside):
        relative = file.relative_to(path)
        kind = _stays_inside(file, path) and (kind_of(file.name) or _kind_inside(file))
        if kind:
            found.append(PageFile(file, relative, kind))
        else:
            passed_over.append(printable(relative))
    found.sort(key=lambda item: os.fsencode(item.relative.as_posix()))
    return Listing(path, True, tuple(found), tuple(sorted(passed_over)))


def _walk(root: Path, below: str, outside: set[Path]) -> Iterator[Path]:
    start = root / below
    # A walk of the whole root would not follow a link to a folder, nor enter the excluded folders.
    if below and (start.is_symlink() or start.resolve() in outside):
        return
    for folder, names, files in os.walk(start):
        here = Path(folder)
        names[:] = sorted(n for n in names if not n.startswith(".") and (here / n).resolve() not in outside)
        yield from (here / name for name in sorted(files) if not name.startswith("."))


def _stays_inside(file: Path, root: Path) -> bool:
    if not file.is_symlink():
        return file.is_file()
    return file.is_file() and file.resolve().is_relative_to(root.resolve())


def kind_of(name: str) -> str | None:
    """What a file's name says it holds: file (HTML), text, jsonl, warc, arc; None where it says no page.

    >>> kind_of("a.HTML.gz"), kind_of("crawl.warc.wet.gz"), kind_of("story"), kind_of("logo.png")
    ('file', 'warc', None, None)
    """
    stem = name.lower().removesuffix(".gz")
    if PAGE_NAME.search(stem):
        return "file"
    if TEXT_NAME.search(stem):
        return "text"
    if LINES_NAME.search(stem):
        return "jsonl"
    if ARC_NAME.search(stem):
        return "arc"
    return "warc" if ARCHIVE_NAME.search(stem) else None


def _kind_inside(file: Path) -> str | None:
    """Files that mirroring tools save without an extension are pages where they begin as HTML does."""
    if "." in file.name:
        return None
    try:
        with file.open("rb") as stream:
            return "file" if HTML_BEGINNING.match(stream.read(512)) else None
    except OSError:
        return None


def collect(
    path: Path,
    collection: str | None = None,
    captured_on: date | None = None,
    *,
    registered_on: date,
    exclude: Sequence[Path] = (),
) -> Iterator[Collected]:
    """Captures with their bytes for every page at `path`, each with one outcome at most decided here.

    `collection` (default: the last name of the path) is the source id of page files and the first part of
    the source id of JSON lines and archive files. A folder `YYYY-MM-DD` gives its pages that ingest date,
    `captured_on` gives it to all others that state none themselves, `registered_on` to what is left.
    """
    yield from collect_listing(list_files(path, exclude), collection, captured_on, registered_on=registered_on)


def collect_listing(
    listing: Listing,
    collection: str | None,
    captured_on: date | None,
    *,
    registered_on: date,
    find_stored: FindStored = nothing_stored,
) -> Iterator[Collected]:
    """Captures of the files of a listing; see `collect`.

    `find_stored` gives the capture and bytes of a digest that were kept earlier: revisit records of archives
    whose bytes no file of the listing has are looked up there, after all files.
    """
    name = collection or printable(PurePath(listing.root.absolute().name)) or "root"
    pages = Origin(name, captured_on, registered_on)
    revisits = Revisits(find_stored)
    for file in listing.files:
        ref = printable(file.relative)
        origin = pages.on(day_of(listing, file.relative))
        if file.kind in ("jsonl", "warc", "arc"):
            own = Origin(f"{name}/{ref}" if listing.is_folder else name, origin.captured_on, registered_on)
            yield from _collect_many(file, ref, own, revisits)
        else:
            yield _collect_page(file, ref, origin)
    yield from revisits.resolve_waiting()


def _collect_many(file: PageFile, ref: str, origin: Origin, revisits: Revisits) -> Iterator[Collected]:
    if file.kind == "jsonl":
        return collect_json_lines(file.path, ref, origin)
    if file.kind == "arc":
        return collect_arc(file.path, ref, origin)
    return collect_archive(file.path, ref, origin, revisits=revisits)


def _collect_page(file: PageFile, ref: str, origin: Origin) -> Collected:
    found = read_file_bytes(file.path)
    return describe(
        origin,
        ref,
        file.kind,
        found.payload,
        outcome=found.outcome,
        reason=found.reason,
        truncated=found.truncated,
    )


def all_readable(listing: Listing) -> bool:
    """Whether every file of a listing can be opened now."""
    for file in listing.files:
        try:
            file.path.open("rb").close()
        except OSError:
            return False
    return True


def day_of(listing: Listing, relative: PurePath) -> date | None:
    """The day that a file's first folder, or else the loaded folder, is named by."""
    first = relative.parts[0] if len(relative.parts) > 1 else ""
    for name in (first, listing.root.name if listing.is_folder else ""):
        if DAY_NAME.match(name):
            try:
                return date.fromisoformat(name)
            except ValueError:
                continue
    return None
