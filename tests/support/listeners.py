"""Where the processes of a test run listen, as the kernel tells: nothing that a test starts may be open to the street."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

_LISTENING = "0A"
_NO_PROC = FileNotFoundError, ProcessLookupError, PermissionError


def family_of(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except _NO_PROC:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def listening(pid: int) -> dict[int, str]:
    """Return the ports on which a process or its descendants listen, each with the address it is bound to."""
    family = family_of(pid)
    sockets = {inode for each in family for inode in _sockets_of(each)}
    return {
        port: address for table in ("tcp", "tcp6") for inode, address, port in _listeners(table) if inode in sockets
    }


def _sockets_of(pid: int) -> Iterator[str]:
    try:
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            leads = str(handle.readlink())
            if leads.startswith("socket:["):
                yield leads[8:-1]
    except _NO_PROC:
        return


def _listeners(table: str) -> Iterator[tuple[str, str, int]]:
    """Read the kernel's table of sockets: 32-bit words of the address in the machine's order, the port in hexadecimal.

    Source: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
    """
    lines = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    for line in lines:
        _, local, _, state, *_, _timeout, inode = line.split()[:10]
        if state == _LISTENING:
            written, _, port = local.partition(":")
            words = [int(written[at : at + 8], 16) for at in range(0, len(written), 8)]
            family = socket.AF_INET if len(words) == 1 else socket.AF_INET6
            yield inode, socket.inet_ntop(family, struct.pack(f"={len(words)}I", *words)), int(port, 16)
