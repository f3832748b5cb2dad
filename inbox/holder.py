"""Who owns a journal's folder, told from its lock file and cheap enough for `becalm status`."""

import fcntl
import json
import os

LOCK_NAME = "lock"


class Holder:
    """The process that owns a folder.

    Attributes:
        name: what the process called itself, for example "becalm watch".
        pid: its process id on `host`; 0 when unknown.
        host: the machine it runs on.
        since: when it took the folder, in Unix seconds; 0 when unknown.
    """

    # A plain class: this module may import nothing that `becalm status` would have to wait for.
    __slots__ = ("host", "name", "pid", "since")

    def __init__(self, name: str, pid: int, host: str, since: float) -> None:
        """Keep the four facts."""
        self.name = name
        self.pid = pid
        self.host = host
        self.since = since

    def __str__(self) -> str:
        return f"{self.name} (pid {self.pid} on {self.host})" if self.pid else self.name

    def encode(self) -> bytes:
        """Return the lock file's content."""
        fields = {"holder": self.name, "pid": self.pid, "host": self.host, "since": self.since}
        return json.dumps(fields).encode() + b"\n"


def read_holder(lock_fd: int) -> Holder:
    """Return who the lock file says holds it; an unreadable text still yields a Holder, without a pid."""
    try:
        fields = json.loads(os.pread(lock_fd, 4096, 0))
        return Holder(str(fields["holder"]), int(fields["pid"]), str(fields["host"]), float(fields["since"]))
    except (ValueError, KeyError, TypeError):
        return Holder("another process", 0, "", 0.0)


def holder_of(folder: str | os.PathLike[str]) -> Holder | None:
    """Return who owns `folder`, or None when nobody does or the folder does not exist.

    Raises:
        PermissionError: the lock file belongs to another account.
    """
    try:
        lock_fd = os.open(os.path.join(folder, LOCK_NAME), os.O_RDONLY)  # noqa: PTH118 - pathlib is not free to import
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(lock_fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return read_holder(lock_fd)
    else:
        return None
    finally:
        os.close(lock_fd)
