"""What the journal needs of its disk: a private local folder, one owner, whole writes, a ballast for the full disk."""

import errno
import fcntl
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

from inbox.holder import LOCK_NAME, Holder, read_holder
from inbox.store_errors import FolderError, HeldError

Write = Callable[[int, bytes, int], int]  # as os.pwrite: descriptor, bytes, offset -> bytes written
Sync = Callable[[int], None]  # as os.fdatasync

MOUNTS = Path("/proc/self/mountinfo")
# flock or fsync on these is emulated, optional or a promise of some other machine (fuse.* by the program behind it).
_NETWORK = re.compile(
    r"nfs4?|cifs|smb3|smbfs|9p|afs|ceph|lustre|ncpfs|coda|beegfs|glusterfs|orangefs|davfs|virtiofs"
    r"|fuse\.(sshfs|rclone|davfs|s3fs|gcsfuse|goofys|curlftpfs|glusterfs|ceph|mfs|lizardfs|juicefs|smbnetfs|gvfsd-fuse)"
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_BALLAST_CHUNK = 1 << 20
_LOCK_ATTEMPTS = 1000


def file_system_of(folder: Path, mounts: Path = MOUNTS) -> str:
    """Return the type of the file system that holds `folder`, as Linux names it; empty where that cannot be told.

    The form of the table is described in proc_pid_mountinfo(5).
    """
    try:
        table = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    path = folder.resolve()
    best = (-1, "")
    for row in table.splitlines():
        left, _, right = row.partition(" - ")
        # The kernel writes blanks in a mount point as octal escapes.
        mount = Path(left.split(" ")[4].encode("latin-1", "replace").decode("unicode_escape"))
        if path.is_relative_to(mount) and len(mount.parts) >= best[0]:
            best = (len(mount.parts), right.split(" ")[0])
    return best[1]


def prepare_folder(folder: Path, *, allow_network: bool, mounts: Path = MOUNTS) -> None:
    """Make `folder`, for this account alone, and refuse network file systems unless told otherwise.

    Raises:
        FolderError: the folder cannot be used.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kind = file_system_of(folder, mounts)
        if _NETWORK.fullmatch(kind) and not allow_network:
            raise FolderError(
                f"{folder} lies on a network file system ({kind}), where locks and durable writes cannot be trusted",
                hint="choose a folder on a local disk",
            )
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise FolderError(
            f"{folder} cannot be used: {error.strerror}", hint="check its owner and permissions"
        ) from error


def lock_folder(folder: Path, holder: str, since: float) -> int:
    """Take the folder for this process and return the descriptor that keeps it.

    Raises:
        HeldError: another process owns it.
        FolderError: the lock file cannot be written.
    """
    try:
        fd = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FolderError(
            f"{folder} cannot be locked: {error.strerror}", hint="check its owner and permissions"
        ) from error
    try:
        _lock(fd, folder)
        text = Holder(holder, os.getpid(), socket.gethostname(), since).encode()
        os.pwrite(fd, text, 0)
        os.ftruncate(fd, len(text))
    except BaseException:
        os.close(fd)
        raise
    return fd


def _lock(fd: int, folder: Path) -> None:
    # Whoever asks `holder_of` holds a shared lock for an instant; only an owner resists a shared lock of ours.
    for _ in range(_LOCK_ATTEMPTS):
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                break
            fcntl.flock(fd, fcntl.LOCK_UN)
        else:
            return
    raise HeldError(folder, read_holder(fd))


def write_all(write: Write, fd: int, content: bytes, offset: int) -> None:
    """Write every byte of `content` at `offset`, however many calls it takes."""
    done = 0
    while done < len(content):
        done += write(fd, content[done:], offset + done)


def sync_folder(folder: Path, sync: Sync) -> None:
    """Make the folder's entries durable."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        sync(fd)
    finally:
        os.close(fd)


def is_full(error: OSError) -> bool:
    """Tell whether `error` means that the disk or a quota is full."""
    return error.errno in _FULL


class Ballast:
    """A file that only takes up room, thrown out when the disk fills so that what people decide still fits."""

    def __init__(self, folder: Path, size: int, write: Write) -> None:
        """Write the ballast of `size` bytes if there is room; 0 means none is kept."""
        self._path = folder / "ballast"
        self._size = size
        self._write = write
        self._aboard = False
        self.load()

    def load(self) -> bool:
        """Write the ballast (again) if it is missing, and tell whether it is aboard."""
        if not self._aboard:
            self._aboard = self._is_whole() or self._fill()
        return self._aboard

    def drop(self) -> bool:
        """Free the ballast's room and tell whether there was any."""
        had, self._aboard = self._aboard and self._size > 0, False
        self._path.unlink(missing_ok=True)
        return had

    def _is_whole(self) -> bool:
        return not self._size or (self._path.exists() and self._path.stat().st_size == self._size)

    def _fill(self) -> bool:
        # Noise, so that a compressing file system sets the room aside as well.
        noise = os.urandom(min(self._size, _BALLAST_CHUNK))
        try:
            fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                for offset in range(0, self._size, len(noise)):
                    write_all(self._write, fd, noise[: self._size - offset], offset)
            finally:
                os.close(fd)
        except OSError:
            self._path.unlink(missing_ok=True)
            return False
        return True
