"""The truth: every capture and its bytes, kept exactly and for ever; the lake can be rebuilt from here."""

from .digests import find_by_digest
from .errors import DamagedLogError, DamagedPayloadError, RawError
from .forget import ForgetResult, NothingToForgetError, all_captures, forget
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
    "ForgetResult",
    "Listing",
    "LockHeldError",
    "NothingToForgetError",
    "Position",
    "RawDamage",
    "RawError",
    "Registered",
    "all_captures",
    "entries",
    "find_by_digest",
    "find_raw_damage",
    "forget",
    "read_entry",
    "read_payload",
    "register",
    "store_payload",
]
