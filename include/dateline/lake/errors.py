"""What can go wrong with a lake; every message is one line that says what to do."""

from __future__ import annotations


class LakeError(RuntimeError):
    """Something about the lake stops this; the message says what to do."""


class AuditError(LakeError):
    """Candidate rows fail a check: nothing was published, what was staged is kept."""


class StaleReadError(LakeError):
    """Raw has been read further by a commit that came between: read again and publish again."""


class NewerLakeError(LakeError):
    """The lake was written by a newer Dateline."""


class DamagedLakeError(LakeError):
    """The lake's catalog can't be read; repair finds the newest manifest that is whole."""


class StageError(LakeError):
    """Staged files are missing or are not what was staged."""
