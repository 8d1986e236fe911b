"""The bytes of pages, exactly as they came, each under the name of its own SHA-256.

Plain bytes, not compressed: `sha256sum` alone proves a file, no format has to outlive them, and a page
that two sources hold is one file. A file system that compresses saves the space without our doing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .durable import READ_ONLY, write_file
from .errors import DamagedPayloadError
from .layout import payload_path


def store_payload(raw: Path, payload: bytes) -> str:
    """Keep these bytes and return their SHA-256 in hex. Bytes that are there, and whole, are not written again.

    So whoever collects a page again heals what the disk has done to its bytes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sha256 = store_payload(Path(folder), b"<p>Rain fell.</p>")
    ...     read_payload(Path(folder), sha256)
    b'<p>Rain fell.</p>'
    """
    sha256 = hashlib.sha256(payload).hexdigest()
    path = payload_path(raw, sha256)
    if not (path.is_file() and path.read_bytes() == payload):
        write_file(path, payload, mode=READ_ONLY)
    return sha256


def read_payload(raw: Path, sha256: str) -> bytes:
    """The bytes with this SHA-256, proven by hashing them again.

    Raises `DamagedPayloadError` where they are missing or altered.
    """
    path = payload_path(raw, sha256)
    try:
        payload = path.read_bytes()
    except FileNotFoundError:
        raise DamagedPayloadError(f"{path} is missing: restore it from a backup or collect its source again") from None
    except OSError as error:
        raise DamagedPayloadError(f"{path} can't be read ({error.strerror}): check the disk, then restore it") from None
    if hashlib.sha256(payload).hexdigest() != sha256:
        raise DamagedPayloadError(f"{path} was altered: restore it from a backup or collect its source again")
    return payload
