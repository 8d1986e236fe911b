"""A web server on loopback that answers by a script, and keeps its own log of when each request began and ended."""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reply:
    """One answer. `drip` sends the body a byte at a time with so many seconds between; `hang` waits before the head;
    `cut` resets the connection after so many bytes of the body, `reset` before anything is sent; `slow_head` sends the
    head like `drip`."""

    status: int = 200
    body: bytes = b""
    headers: Headers = ()
    drip: float = 0.0
    hang: float = 0.0
    cut: int | None = None
    reset: bool = False
    slow_head: float = 0.0


Answer = Reply | Callable[[dict[str, str]], Reply]


@dataclass(frozen=True)
class Logged:
    """One request as the server saw it, in seconds of a clock that only goes forward."""

    host: str
    path: str
    began: float
    ended: float
    status: int
    headers: dict[str, str]


@dataclass
class ScriptedServer:
    """Answers of a path are given one after the other, the last one for ever; a path without a script is a 404."""

    port: int = 0
    log: list[Logged] = field(default_factory=list)
    script: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> None:
        self.script[path] = list(answers)

    def next(self, path: str, headers: dict[str, str]) -> Reply:
        with self.lock:
            answers = self.script.get(path)
            if not answers:
                return Reply(404, b"not here")
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer(headers) if callable(answer) else answer

    def asked(self, path: str) -> list[Logged]:
        return [request for request in self.log if request.path == path]

    def shortest_gap(self) -> float:
        """Shortest time between the end of a request and the beginning of the next to the same host."""
        gaps = [float("inf")]
        for host in {request.host for request in self.log}:
            requests = sorted((r for r in self.log if r.host == host), key=lambda r: r.began)
            gaps += [later.began - earlier.ended for earlier, later in pairwise(requests)]
        return min(gaps)

    def most_at_once(self) -> int:
        """How many requests to one host were under way together, at most."""
        most = 0
        for host in {request.host for request in self.log}:
            moments = [(r.began, 1) for r in self.log if r.host == host]
            moments += [(r.ended, -1) for r in self.log if r.host == host]
            count = 0
            for _, step in sorted(moments):
                count += step
                most = max(most, count)
        return most


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: ScriptedServer

    def do_GET(self) -> None:
        began = time.monotonic()
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.script.next(self.path, headers)
        with suppress(OSError):
            self._send(reply)
        self.close_connection = True
        logged = Logged(
            headers.get("host", "").partition(":")[0], self.path, began, time.monotonic(), reply.status, headers
        )
        with self.script.lock:
            self.script.log.append(logged)

    def _send(self, reply: Reply) -> None:
        if reply.hang:
            # A client that goes away ends the request, as it does with a real server.
            select.select([self.connection], [], [], reply.hang)
        if reply.reset:
            self._reset()
            return
        self.send_response_only(reply.status)
        stated = {name.lower() for name, _ in reply.headers}
        for name, value in reply.headers:
            self.send_header(name, value)
        if "content-length" not in stated and "transfer-encoding" not in stated and reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        if reply.slow_head:
            for byte in b"".join(self._headers_buffer):  # type: ignore[attr-defined]
                self.wfile.write(bytes([byte]))
                time.sleep(reply.slow_head)
        self.end_headers()
        if reply.status == 304:
            return
        if reply.drip:
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.drip)
            return
        self.wfile.write(reply.body[: reply.cut])
        self.wfile.flush()
        if reply.cut is not None:
            time.sleep(0.05)
            self._reset()

    def _reset(self) -> None:
        # Lingering for no time makes the system send a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *args: object) -> None:
        """The server's own log is in memory."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that was cut on purpose is no error."""


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """A server on a free port of every loopback address, for the time of a `with` block."""
    script = ScriptedServer()
    handler = type("Handler", (_Handler,), {"script": script})
    with _Server(("0.0.0.0", 0), handler) as server:
        script.port = server.server_address[1]
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()
