"""The sample as the first content of an inbox, so that a fresh machine has something to ingest."""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLE = Path("include/samples/inbox")
"""Where the sample is, relative to the repository."""


def place_sample(repo: Path, inbox: Path) -> bool:
    """Copy the sample into an inbox that is missing or empty; returns whether it did.

    A copy, so that pages can be added and taken out without touching the repository.
    """
    sample = repo / SAMPLE
    if not sample.is_dir() or (inbox.is_dir() and any(inbox.iterdir())) or (inbox.exists() and not inbox.is_dir()):
        return False
    inbox.parent.mkdir(parents=True, exist_ok=True)
    unfinished = inbox.with_name(f".{inbox.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(sample, unfinished)
    # Renaming puts all days there at once; it replaces an empty folder.
    unfinished.rename(inbox)
    return True
