"""The truth: every capture and its bytes, kept exactly and for ever; the lake can be rebuilt from here."""

from .errors import DamagedLogError, DamagedPayloadError, RawError
from .listings import Listing
from .locking import LockHeldError
from .log import EntryKey, EntryLog, Registered, entries, read_entry, register
from .position import Position
from .store import read_payload, store_payload
from .verify import RawDamage, find_raw_damage

__all__ = [
    "DamagedLogError",
    "DamagedPayloadError",
    "EntryKey",
    "EntryLog",
    "Listing",
    "LockHeldError",
    "Position",
    "RawDamage",
    "RawError",
    "Registered",
    "entries",
    "find_raw_damage",
    "read_entry",
    "read_payload",
    "register",
    "store_payload",
]
