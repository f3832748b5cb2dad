"""A real sshd on loopback with keys of its own, through which tests reach the desk as from a train, and lose the line."""

import os
import pwd
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pyte
from commands import BECALM

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
PRIVSEP = Path("/run/sshd")


def hindrance() -> str:
    """Say why no sshd can be run here, or ""."""
    missing = [name for name, found in (("sshd", SSHD), ("ssh", shutil.which("ssh"))) if not found]
    if missing:
        return f"not installed: {', '.join(missing)} (apt install openssh-server openssh-client)"
    if shutil.which("ssh-keygen") is None:
        return "ssh-keygen is not installed"
    return ""


class Line:
    """One terminal over one SSH connection.

    Attributes:
        child: the ssh client, in a pty of its own.
    """

    def __init__(self, child: "pexpect.spawn[str]", size: tuple[int, int] = (80, 24)) -> None:
        """Look at what a client writes on a screen of so many columns and rows."""
        self.child = child
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)

    def send(self, keys: str) -> None:
        """Type."""
        self.child.send(keys)

    def until(self, *words: str, seconds: float = 40) -> str:
        """Read until every word stands on the screen; returns the screen.

        Raises:
            AssertionError: some never came; says what stood there instead.
        """
        while True:
            shown = "\n".join(self._screen.display)
            if all(word in shown for word in words):
                return shown
            try:
                self._stream.feed(self.child.read_nonblocking(65536, timeout=seconds))
            except (pexpect.TIMEOUT, pexpect.EOF) as end:
                raise AssertionError(f"{words} never came ({type(end).__name__}):\n{shown}") from end

    def cut(self) -> None:
        """Lose the connection: the client is killed, nothing is said to the other side."""
        self.child.kill(9)
        self.child.wait()
        self.child.close()


class Box:
    """The running sshd."""

    def __init__(self, folder: Path, port: int) -> None:
        """Speak to the sshd whose keys are in `folder`."""
        self._folder = folder
        self.port = port

    def open(
        self,
        environment: Mapping[str, str],
        *words: str,
        size: tuple[int, int] = (80, 24),
        port: int = 0,
        compressed: bool = False,
    ) -> Line:
        """Log in and run `becalm` with `words`.

        Args:
            environment: all that `becalm` gets.
            words: its arguments.
            size: columns and rows of the terminal.
            port: what leads to this sshd, where that is not its own port.
            compressed: whether the line is (`ssh -C`).
        """
        told = [f"{name}={value}" for name, value in environment.items()]
        command = shlex.join(["env", "-i", *told, str(BECALM), *words])
        options = [
            "StrictHostKeyChecking=no",
            f"UserKnownHostsFile={self._folder / 'known'}",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
            f"Compression={'yes' if compressed else 'no'}",
        ]
        arguments = [part for option in options for part in ("-o", option)]
        who = f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1"
        key = ["-F", "none", "-i", str(self._folder / "key"), "-p", str(port or self.port)]
        child = pexpect.spawn(
            "ssh", ["-tt", *key, *arguments, who, command], dimensions=size[::-1], encoding="utf-8", timeout=40
        )
        return Line(child, size)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_sshd(folder: Path) -> Iterator[Box]:
    """Run an sshd of our own on loopback until the block is left."""
    assert SSHD is not None
    folder.mkdir(mode=0o700)
    for name in ("host", "key"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
            check=True,
        )
    (folder / "authorized").write_text((folder / "key.pub").read_text())
    port = _free_port()
    made = os.getuid() == 0 and not PRIVSEP.exists()
    if made:
        PRIVSEP.mkdir(mode=0o755)  # what its service would make
    config = folder / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder / 'host'}\nAuthorizedKeysFile {folder / 'authorized'}\n"
        f"PidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nPrintMotd no\n"
    )
    with subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if "listening on" in line:
                    break
            else:
                raise RuntimeError(f"sshd did not start: {''.join(said)}")
            yield Box(folder, port)
        finally:
            server.terminate()
            if made:
                PRIVSEP.rmdir()
