"""Which ingest days changed between two manifests, as far as articles are concerned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..lake.commit import manifest_name
from ..lake.derived import DerivedTable
from ..lake.manifest import Entry, Manifest, read_manifest

READ_TABLES = ("articles", "captures")
"""Tables that the choice of the newest versions and their texts come from."""


def changed_days(lake: Path, table: DerivedTable | None, manifest: Manifest) -> list[date]:
    """Ingest days whose articles are not what the derived table was made from, in order.

    Entries of the two manifests are compared by the hashes of their content, so that compaction changes nothing.
    All days of the manifest where the table was never made, or the manifest it was made from is gone.
    """
    old = manifest_of(lake, table)
    if old is None:
        return sorted({entry.ingest_date for entry in manifest.entries.values()})
    keys = {*old.entries, *manifest.entries}
    return sorted({key[0] for key in keys if _content(old.entries.get(key)) != _content(manifest.entries.get(key))})


def manifest_of(lake: Path, table: DerivedTable | None) -> Manifest | None:
    """The manifest that a derived table was made from, if it is still there and the same."""
    if table is None:
        return None
    try:
        found = read_manifest(lake, manifest_name(table.manifest))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.lake_hash == table.lake_hash else None


def _content(entry: Entry | None) -> dict[str, str]:
    return {name: entry.files[name].sha256 for name in READ_TABLES if name in entry.files} if entry else {}
