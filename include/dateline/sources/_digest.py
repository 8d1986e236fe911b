"""Digests that archives state of what they hold, compared with the bytes that are there."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def parse_digest(stated: str | None) -> tuple[str, bytes] | None:
    """Algorithm and digest of a labelled digest, in base32 or hexadecimal; None where it can't be understood.

    >>> parse_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")[1].hex()
    'da39a3ee5e6b4b0d3255bfef95601890afd80709'
    """
    label, colon, text = (stated or "").strip().partition(":")
    algorithm = label.strip().lower().replace("-", "")
    if not colon or algorithm not in ALGORITHMS:
        return None
    size, text = hashlib.new(algorithm, usedforsecurity=False).digest_size, text.strip()
    try:
        if len(text) == 2 * size:
            return algorithm, bytes.fromhex(text)
        digest = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return None
    return (algorithm, digest) if len(digest) == size else None


def digest_key(stated: str | None) -> str | None:
    """One spelling for all of a digest: `sha1:` and lower-case hexadecimal.

    >>> digest_key("SHA-1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj")
    'sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709'
    """
    found = parse_digest(stated)
    return f"{found[0]}:{found[1].hex()}" if found else None


def has_digest(stated: str | None, readings: Iterable[bytes]) -> bool | None:
    """Whether one of the readings has the stated digest; None where none is stated or it can't be understood.

    Tools disagree about what a payload is: most hash it without its chunks, some as it is stored.
    """
    found = parse_digest(stated)
    if found is None:
        return None
    algorithm, digest = found
    return any(hashlib.new(algorithm, data, usedforsecurity=False).digest() == digest for data in readings)
