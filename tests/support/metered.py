"""A line on loopback that counts what passes: the bytes a train's connection would have carried."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Meter(socketserver.ThreadingTCPServer):
    """Hands every connection on to another port of this machine.

    Attributes:
        down: bytes that came from that port so far.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int) -> None:
        """Lead to `port`; the meter's own port is the system's choice."""
        super().__init__(("127.0.0.1", 0), _Passage)
        self.leads_to = port
        self.down = 0

    @property
    def port(self) -> int:
        """Where to connect instead."""
        port: int = self.socket.getsockname()[1]
        return port

    def passed(self, count: int) -> None:
        """Count what came; one connection at a time is measured, so nothing is locked."""
        self.down += count


class _Passage(socketserver.BaseRequestHandler):
    server: Meter

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.leads_to)) as far:
            upward = threading.Thread(target=_carry, args=(self.request, far), daemon=True)
            upward.start()
            _carry(far, self.request, self.server)
            upward.join(5)


def _carry(source: socket.socket, target: socket.socket, meter: Meter | None = None) -> None:
    """Carry bytes until either end is closed."""
    try:
        while came := source.recv(65536):
            if meter is not None:
                meter.passed(len(came))
            target.sendall(came)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@contextmanager
def metered(port: int) -> Iterator[Meter]:
    """Run a meter before `port` until the block is left."""
    with Meter(port) as meter:
        running = threading.Thread(target=meter.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        running.start()
        try:
            yield meter
        finally:
            meter.shutdown()
            running.join(5)
