"""After a full run no secret stands anywhere but in its own private file: logs, errors, journal, exports, processes."""

import os
import signal
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from commands import Answer, Home
from fault_server import FaultServer, opened
from mastodon_network import Network
from stages import STAGES, Stage

WRONG = "wr0ng-token-that-must-not-show"
ACCOUNT = {
    "bluesky": ("--set", "handle=museum.test"),
    "wordpress": ("--set", "user=museum"),
}
"""What a platform wants to know beside server and secret."""

QUIET = (
    "export is:any --format jsonl",
    "export is:any --format csv",
    "export is:any --format md",
    "accounts --json",
    "doctor --report",
    "status --json",
    "report",
)
"""Commands that tell of a desk."""


@dataclass
class House:
    """A museum on every platform.

    Attributes:
        home: where its desk is.
        stages: the platforms.
        servers: their servers, in the same order.
    """

    home: Home
    stages: list[Stage]
    servers: list[FaultServer]

    @property
    def secrets(self) -> list[str]:
        """Everything that must not be seen, the tokens that platforms gave in exchange included."""
        return [secret for stage in self.stages for secret in stage.secrets]

    def connect(self, stage: Stage, server: FaultServer, secret: str, *words: str) -> Answer:
        """Connect an account."""
        told = ("connect", stage.name, "--server", server.url, *ACCOUNT.get(stage.name, ()), *words)
        return self.home.run(*told, "--secret-from", "stdin", stdin=f"{secret}\n")


@pytest.fixture
def house(tmp_path: Path, network: Network) -> Iterator[House]:
    with ExitStack() as stack:
        stages = [make(lambda: network) for make in STAGES.values()]
        servers = [stack.enter_context(opened(FaultServer(stage.answer))) for stage in stages]
        yield House(Home(tmp_path, {"BECALM_OPERATOR": "marta"}), stages, servers)


def forms_of(secret: str) -> list[bytes]:
    """Return the encodings in which a secret is likely to stand somewhere, base64 behind any number of bytes included."""
    raw = secret.encode()
    behind = [b64encode(b"_" * count + raw).rstrip(b"=") for count in range(3)]
    within = [encoded[4:-4] for encoded in behind]
    escaped = [secret.replace("/", r"\/").encode(), quote(secret, safe="").encode()]
    return [raw, secret.encode("utf-16-le"), raw.hex().encode(), repr(secret).encode(), *escaped, *within]


def holding(folder: Path, secret: str) -> list[Path]:
    """List the files below a folder that hold a secret, in whatever encoding of it is likely."""
    forms = forms_of(secret)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path for path in files if any(form in path.read_bytes() for form in forms))


def tells(answer: Answer, secret: str) -> bool:
    """Whether a command said a secret, in whatever encoding of it is likely."""
    said = (answer.out + answer.err).encode()
    return any(form in said for form in forms_of(secret))


LOUD = {"PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1", "PYTHONFAULTHANDLER": "1", "HTTPX_LOG_LEVEL": "trace"}
"""What somebody sets who looks for a fault, each of which makes Python or its libraries say more."""


def echo(request: httpx.Request) -> httpx.Response:
    """Fail, and say with what one was asked."""
    words = f"{request.headers.get('Authorization')} {request.content.decode()}"
    return httpx.Response(500, json={"error": words, "message": words})


def processes(home: Path) -> str:
    """Return the command lines of every process that lives in `home`, as anybody on this machine may read them.

    Other tests run beside this one, with made-up tokens of the same words.
    """
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(home) in path.with_name("environ").read_text(errors="replace"):
                found.append(path.read_text(errors="replace"))
        except OSError:  # it has just ended
            continue
    return "\n".join(found)


def test_a_full_run_on_every_platform_leaves_no_secret_anywhere_but_in_its_own_file(house: House) -> None:
    home, said = house.home, []
    home.configure("[outbox]\ncountdown = 0.0\n")
    for stage, server in zip(house.stages, house.servers, strict=True):
        stage.visitor_writes(f"Un ascenseur, {stage.name} ?")
        connected = house.connect(stage, server, stage.secrets[0])
        assert connected.code == 0, connected.err
        said += [connected, house.connect(stage, server, WRONG, "--name", "other")]
    said += [home.run("watch", "-v", "--once"), home.run("list", "--json")]
    comments = said[-1].objects
    assert {each["platform"] for each in comments} == set(STAGES)
    said += [home.run("reply", each["key"], "Oui, à gauche.", "--yes") for each in comments]
    with home.running("watch", "-v") as engine:
        assert engine.stderr is not None
        engine.stderr.readline()  # it runs
        running = processes(home.path)
    said += [home.run(*words.split()) for words in QUIET]
    for stage, server in zip(house.stages, house.servers, strict=True):
        assert any("Oui, à gauche." in text for text in stage.public()), stage.name
        server.platform = echo
    said += [home.run("watch", "-v", "--once"), home.run("accounts")]

    assert "becalm" in running
    for secret in (*house.secrets, WRONG):
        assert secret not in running
        assert [answer for answer in said if tells(answer, secret)] == []
    kept = {path for secret in house.secrets for path in holding(home.path, secret)}
    assert sorted(path.name for path in kept) == sorted([*STAGES, "bluesky-session"])
    assert {path.parent.name for path in kept} == {"secrets"}
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert holding(home.path, WRONG) == []


def test_whoever_looks_for_a_fault_as_loudly_as_python_can_sees_no_secret(house: House, tmp_path: Path) -> None:
    home, said = house.home, []
    home.configure("[outbox]\ncountdown = 0.0\n")
    for stage, server in zip(house.stages, house.servers, strict=True):
        stage.visitor_writes(f"Un ascenseur, {stage.name} ?")
        assert house.connect(stage, server, stage.secrets[0]).code == 0
    home.env |= LOUD
    said.append(home.run("watch", "-v", "--once"))
    with home.running("watch", "-v") as engine:
        assert engine.stderr is not None
        engine.stderr.readline()  # it runs
        engine.send_signal(signal.SIGABRT)
        said.append(Answer(engine.wait(30), *(each or "" for each in engine.communicate())))
    for server in house.servers:
        server.platform = echo
    said += [home.run("watch", "-v", "--once"), home.run("accounts", "-v"), home.run("backup", str(tmp_path / "copy"))]

    assert "Current thread" in said[1].err, "Python told where it was when it was killed"
    for secret in house.secrets:
        assert [answer for answer in said if tells(answer, secret)] == []
        assert holding(tmp_path / "copy", secret) == []
    kept = {path for secret in house.secrets for path in holding(home.path, secret)}
    assert {path.parent.name for path in kept} == {"secrets"}


def escaping(request: httpx.Request) -> httpx.Response:
    """Fail, and repeat the token as PHP writes JSON, as addresses are written, and in headers."""
    told = request.headers["Authorization"].partition(" ")[2]
    words = f'{{"message": "{told.replace("/", chr(92) + "/")} {quote(told, safe="")}", "code": "no"}}'
    headers = {"Location": f"x-{told}:go", "WWW-Authenticate": told, "Retry-After": told}
    return httpx.Response(301 if "instance" in request.url.path else 403, text=words, headers=headers)


def test_a_server_that_repeats_the_token_in_every_way_gets_it_into_no_message(tmp_path: Path) -> None:
    secret = "tok/en+of=the/museum"
    home = Home(tmp_path, {"MUSEUM_TOKEN": secret})

    with opened(FaultServer(escaping)) as server:
        words = ("connect", "mastodon", "--server", server.url, "--secret-from", "env:MUSEUM_TOKEN", "-v")
        said = home.run(*words)

    assert said.code != 0
    assert not tells(said, secret)


SPY = """#!{python}
import os, sys
open(sys.argv[1] + ".env", "w").write(repr(dict(os.environ)))
print("from-the-manager-1234")
"""


def test_a_password_manager_is_not_told_the_secrets_of_other_accounts(tmp_path: Path, network: Network) -> None:
    spy = tmp_path / "spy"
    spy.write_text(SPY.format(python=sys.executable))
    spy.chmod(0o755)
    home = Home(tmp_path, {"FIRST_TOKEN": network.token(), "MANAGERS_KEY": "k"})
    home.configure(
        f"""operator = "marta"
[sources.first]
platform = "mastodon"
server = "{network.url}"
token = {{ env = "FIRST_TOKEN" }}
[sources.second]
platform = "mastodon"
server = "{network.url}"
token = {{ command = ["{spy}", "{tmp_path / "told"}"] }}
"""
    )

    home.run("watch", "--once")

    told = (tmp_path / "told.env").read_text()
    assert "MANAGERS_KEY" in told
    assert network.token() not in told


@pytest.mark.parametrize("proxy", ["sock://u:pr0xypassw0rd@127.0.0.1:1", "socks5://u:pr0xypassw0rd@127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_told_without_its_password(proxy: str, tmp_path: Path) -> None:
    home = Home(tmp_path, {"HTTPS_PROXY": proxy, "ALL_PROXY": proxy})

    for words in (("look", "https://museum.example/@a/1"), ("connect", "mastodon", "--server", "https://m.example")):
        said = home.run(
            *words, *(["--secret-from", "stdin"] if words[0] == "connect" else []), stdin="t0ken-of-museum\n"
        )

        assert said.code == os.EX_TEMPFAIL, said.err
        assert "the proxy that the environment names cannot be used" in said.err
        assert "pr0xypassw0rd" not in said.out + said.err
    assert holding(tmp_path, "pr0xypassw0rd") == []
