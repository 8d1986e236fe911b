"""One HTTP request: to a checked address, under caps of time and size, its answer kept as it came."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import certifi
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.exceptions import TimeoutError as HTTPTimeoutError
from urllib3.util import Url, parse_url

from ..model import Pairs
from ._deadline import Deadline
from .addresses import AddressError, Resolve, resolve_public

PIECE = 1 << 16
TOO_LATE = "no answer within the time for one request"
ACCEPT = "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one request in seconds; `total` holds from the look-up of the name to the last byte."""

    connect: float = 10.0
    silence: float = 30.0
    total: float = 60.0


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `body` is without transfer and content coding (gzip), as far as it came.

    `headers` are as they came, Content-Encoding among them. `problem` is too_big or broken (a damaged coding),
    `truncated` is time or disconnect where the body ends early, in the words of WARC-Truncated.
    """

    status: int
    headers: Pairs
    body: bytes = b""
    problem: str | None = None
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class NoAnswerError(Exception):
    """No status line came; `is_unreachable` where not even a connection was made."""

    def __init__(self, message: str, *, is_unreachable: bool = False) -> None:
        super().__init__(message)
        self.is_unreachable = is_unreachable


class Send(Protocol):
    """Whatever can make one request: the world's `Transport`, or what a test puts in its place."""

    def __call__(self, url: str, headers: Pairs, max_bytes: int) -> Answer:
        """Ask once; raises NoAnswerError or AddressError."""


@dataclass(frozen=True, slots=True)
class Transport:
    """Makes requests over the network; every one has a connection of its own, and no proxy is used.

    `ca_file` names other root certificates than the usual ones.
    """

    user_agent: str
    limits: Limits = LIMITS
    allow_loopback: bool = False
    resolve: Resolve = socket.getaddrinfo
    ca_file: str | None = None

    def __call__(self, url: str, headers: Pairs, max_bytes: int) -> Answer:
        """Ask for a URL once; a redirect is an answer like any other.

        Raises AddressError where the host is none that may be asked, NoAnswerError where it does not answer.
        """
        sent = {"User-Agent": self.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
        with Deadline(self.limits.total) as deadline:
            try:
                target = parse_url(url)
                pool = self._pool(target, deadline)
                with pool, _ask(pool, target.request_uri, sent | dict(headers), self.limits) as response:
                    return _read(response, max_bytes, deadline)
            except AddressError:
                raise
            except (HTTPError, OSError, ValueError) as error:
                raise NoAnswerError(_words(error, deadline), is_unreachable=not deadline.is_connected) from None

    def _pool(self, target: Url, deadline: Deadline) -> HTTPConnectionPool:
        is_tls = target.scheme == "https"
        host, port = target.host or "", target.port or (443 if is_tls else 80)

        def connect() -> socket.socket:
            name = host.strip("[]")
            addresses = resolve_public(name, port, allow_loopback=self.allow_loopback, resolve=self.resolve)
            return deadline.watch(_connect([str(address) for address in addresses], port, self.limits.connect))

        if not is_tls:
            return _PlainPool(host, port, connect=connect)
        return _TlsPool(
            host, port, connect=connect, cert_reqs="CERT_REQUIRED", ca_certs=self.ca_file or certifi.where()
        )


def _connect(addresses: list[str], port: int, timeout: float) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    for number, address in enumerate(addresses, start=1):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError:
            if number == len(addresses):
                raise
    raise AssertionError("there is an address, or the host was refused")


class _PlainConnection(HTTPConnection):
    def __init__(self, *args: Any, connect: Callable[[], socket.socket], **options: Any) -> None:
        super().__init__(*args, **options)
        self._connect = connect

    def _new_conn(self) -> socket.socket:
        return self._connect()


class _TlsConnection(HTTPSConnection):
    """Its certificate is checked against the host's name, though the connection goes to the address."""

    def __init__(self, *args: Any, connect: Callable[[], socket.socket], **options: Any) -> None:
        super().__init__(*args, **options)
        self._connect = connect

    def _new_conn(self) -> socket.socket:
        return self._connect()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


@contextmanager
def _ask(pool: HTTPConnectionPool, target: str, headers: dict[str, str], limits: Limits) -> Iterator[HTTPResponse]:
    response = pool.urlopen(
        "GET",
        target,
        headers=headers,
        retries=False,
        redirect=False,
        timeout=Timeout(connect=limits.connect, read=limits.silence),
        preload_content=False,
        decode_content=False,
    )
    try:
        yield response  # type: ignore[misc]
    finally:
        response.close()


def _read(response: HTTPResponse, max_bytes: int, deadline: Deadline) -> Answer:
    if deadline.is_over:
        # A head that was cut looks like one that ended there.
        raise NoAnswerError(TOO_LATE)
    # urllib3 puts headers of one name together; only the response under its own has them in their order.
    original = getattr(response, "_original_response", None)
    stated = original.msg.items() if original is not None else response.headers.items()
    headers = tuple((str(name), str(value)) for name, value in stated)
    body = bytearray()
    problem = truncated = None
    try:
        while len(body) <= max_bytes and (piece := response.read1(PIECE, decode_content=True)):
            body += piece
        problem = "too_big" if len(body) > max_bytes else None
    except DecodeError:
        problem = "broken"
    except (HTTPError, OSError):
        truncated = "disconnect"
    # A body without a stated length ends where the deadline cuts it, as if that were its end.
    truncated = "time" if deadline.is_over and not problem else truncated
    return Answer(response.status, headers, bytes(body[:max_bytes]), problem, truncated)


def _words(error: BaseException, deadline: Deadline) -> str:
    if deadline.is_over:
        return TOO_LATE
    if isinstance(error, HTTPTimeoutError):
        return "the server was silent for too long"
    inner = next((arg for arg in error.args if isinstance(arg, OSError)), error)
    if isinstance(inner, ssl.SSLError):
        return f"the encrypted connection failed ({inner.reason or inner})"
    words = getattr(inner, "strerror", None) or str(inner.args[-1] if inner.args else inner)
    return f"the connection failed ({words})" if not deadline.is_connected else f"the connection broke ({words})"
