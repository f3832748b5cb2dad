"""A token is revoked on the platform's own site while the desk works, and another takes its place: nothing of the desk is lost."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from commands import Answer, Home
from fault_server import FaultServer, opened
from mastodon_network import Network
from stages import STAGES, Stage

TOLD = {"bluesky": ("--set", "handle=museum.test"), "wordpress": ("--set", "user=museum")}
"""What a platform wants to know beside server and secret."""

QUESTION, REPLY = "Un ascenseur ?", "Oui, à gauche de l’entrée."


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest, network: Network) -> Stage:
    return STAGES[request.param](lambda: network)


@pytest.fixture
def platform(stage: Stage) -> Iterator[FaultServer]:
    with opened(FaultServer(stage.answer)) as running:
        yield running


def refused(_request: httpx.Request) -> httpx.Response:
    """Answer as platforms do whose token was revoked."""
    return httpx.Response(401, json={"error": "InvalidToken", "message": "this token was revoked"})


def connect(home: Home, stage: Stage, platform: FaultServer, *words: str) -> Answer:
    asked = ("connect", stage.name, "--server", platform.url, *TOLD.get(stage.name, ()), *words)
    return home.run(*asked, "--secret-from", "stdin", stdin=f"{stage.secrets[0]}\n")


def test_what_was_decided_goes_on_with_the_new_token_and_once(
    stage: Stage, platform: FaultServer, tmp_path: Path
) -> None:
    home = Home(tmp_path, {"BECALM_OPERATOR": "marta"})
    home.configure("[outbox]\ncountdown = 0.0\n")
    stage.visitor_writes(QUESTION)
    assert connect(home, stage, platform).code == 0
    home.run("watch", "--once")
    (comment,) = [each["key"] for each in home.run("list", "--json").objects if QUESTION in each["text"]]
    home.run("note", comment, "ask the architect")

    platform.platform = refused
    home.run("reply", comment, REPLY, "--yes")
    told = home.run("watch", "--once")
    assert "this token was revoked" in told.err
    (waiting,) = home.run("outbox", "--json").objects
    assert REPLY not in stage.public()
    assert connect(home, stage, platform, "--replace").code != 0, "the old one will not do"
    platform.platform = stage.answer
    assert connect(home, stage, platform, "--replace").code == 0
    if waiting["state"] == "rejected":
        home.run("outbox", "--retry", waiting["id"])
    home.run("watch", "--once")

    assert sum(REPLY in text for text in stage.public()) == 1
    (shown,) = home.run("show", comment, "--json").objects
    assert shown["state"] == "answered"
    assert "ask the architect" in str(shown)
