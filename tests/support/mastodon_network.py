"""A Mastodon network on 127.0.0.1: mastodon-mock in its own process, with visitors who write and faults on demand."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOUSE = "museum"
VISITORS = ("camille", "anon", "leo")

_CONFIG = """\
[streaming]
heartbeat_seconds = 0.5

"""
_ACCOUNT = """\
[[seed.accounts]]
username = "{name}"
display_name = "{title}"
access_token = "token-of-{name}"

"""


@dataclass
class Network:
    """One running server, seen from its accounts.

    Attributes:
        url: its address.
    """

    url: str

    def token(self, account: str = HOUSE) -> str:
        """Return an account's access token."""
        return f"token-of-{account}"

    def call(self, method: str, path: str, account: str | None = HOUSE, **form: str) -> Any:
        """Speak the API as `account`, past the code under test."""
        data = urllib.parse.urlencode(form).encode() if form else None
        if method != "GET" and data is None:
            data = b""
        request = urllib.request.Request(self.url + path, data=data, method=method)
        if account is not None:
            request.add_header("Authorization", f"Bearer {self.token(account)}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def write(self, account: str, status: str, parent: str | None = None, **more: str) -> Any:
        """Publish a status as `account` and return it."""
        form = {"status": status, **more}
        if parent is not None:
            form["in_reply_to_id"] = parent
        return self.call("POST", "/api/v1/statuses", account, **form)

    def statuses(self, account: str = HOUSE) -> list[dict[str, Any]]:
        """Return what `account` has published, newest first."""
        me = self.call("GET", "/api/v1/accounts/verify_credentials", account)
        found: list[dict[str, Any]] = self.call("GET", f"/api/v1/accounts/{me['id']}/statuses?limit=40", account)
        return found

    def fault(
        self, path: str, effect: str, *, methods: list[str] | None = None, count: int | None = None, **more: Any
    ) -> None:
        """Make the next requests of a path fail: effect is status, ratelimit, latency, malformed or timeout."""
        rule = {"match": {"path": path, "methods": methods}, "effect": {"type": effect, **more}, "count": count}
        body = json.dumps(rule).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + "/api/v1/_mock/faults", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=10):
            pass

    def reset(self) -> None:
        """Forget every status, notification and fault."""
        self.call("POST", "/api/v1/_mock/reset", None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_mastodon(folder: Path) -> Iterator[Network]:
    """Run a server until the block ends; it is ended by its own process id."""
    accounts = "".join(_ACCOUNT.format(name=name, title=name.title()) for name in (HOUSE, *VISITORS))
    config = folder / "mastodon.toml"
    config.write_text(_CONFIG + accounts)
    port = _free_port()
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--domain", f"127.0.0.1:{port}", "--config", str(config), "--log-level", "error"]
    with (folder / "mastodon.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
    try:
        yield Network(_wait_for(process, f"http://127.0.0.1:{port}", folder / "mastodon.log"))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", url: str, output: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "/api/v1/streaming/health", timeout=2):
                return url
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)  # until it answers, or ends
    raise RuntimeError(f"mastodon-mock did not start: {output.read_text()[-2000:]}")
