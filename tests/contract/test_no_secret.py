"""After a full run no secret stands anywhere but in its own private file: logs, errors, journal, exports, processes."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

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


def holding(folder: Path, secret: str) -> list[Path]:
    """List the files below a folder that hold a secret, in whatever encoding of it is likely."""
    forms = [secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path for path in files if any(form in path.read_bytes() for form in forms))


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
        for answer in said:
            assert secret not in answer.out + answer.err
    kept = {path for secret in house.secrets for path in holding(home.path, secret)}
    assert sorted(path.name for path in kept) == sorted([*STAGES, "bluesky-session"])
    assert {path.parent.name for path in kept} == {"secrets"}
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert holding(home.path, WRONG) == []
