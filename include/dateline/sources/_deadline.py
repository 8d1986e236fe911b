"""The end of a request's time: the connection is cut then, whatever it waits for."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Deadline:
    """Cuts a connection when its time is over, wherever it hangs: in the handshake, between headers, in the body."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._guard: socket.socket | None = None
        self.is_over = False

    @property
    def is_connected(self) -> bool:
        """Whether a connection was made."""
        return self._guard is not None

    def watch(self, connection: socket.socket) -> socket.socket:
        """Cut this connection when time is over; a copy of its handle is kept, since TLS takes the first one away."""
        self._guard = connection.dup()
        if self.is_over:
            self._cut()
        return connection

    def _cut(self) -> None:
        self.is_over = True
        if self._guard is not None:
            with suppress(OSError):
                self._guard.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        if self._guard is not None:
            self._guard.close()
