"""Platforms behind TLS, by a certificate made here: nothing follows a redirect into the clear, and nothing leaves unvouched for."""

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fault_desk import wired_desk
from fault_rows import to
from fault_server import FaultServer, opened
from in_two_languages import is_bilingual
from stages import STAGES, Stage

from connectors._http import _tls
from inbox import desk
from inbox.outbox import DeliveryState

ASKED, ANSWER = "Est-ce ouvert dimanche ?", "Oui, de dix heures à dix-huit heures."


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=museum", "-addext", "subjectAltName=IP:127.0.0.1"]
    try:
        subprocess.run([*make, *names, "-keyout", made, "-out", f"{made}.crt"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl cannot make a certificate here")
    made.write_text(made.read_text() + Path(f"{made}.crt").read_text())
    return made


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def vouched_for(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    _tls.cache_clear()
    yield
    _tls.cache_clear()


@pytest.fixture
def stage(platform: str, request: pytest.FixtureRequest) -> Stage:
    return STAGES[platform](lambda: request.getfixturevalue("network"))


@pytest.mark.usefixtures("vouched_for")
@pytest.mark.parametrize("place", ["the same server", "another one"])
@pytest.mark.parametrize("platform", STAGES)
async def test_a_poll_follows_no_redirect_into_the_clear(
    tmp_path: Path, stage: Stage, tls: ssl.SSLContext, place: str
) -> None:
    with opened(FaultServer(lambda _: httpx.Response(200, json={}))) as elsewhere:
        async with wired_desk(tmp_path / "desk", stage, tls) as sat:
            stage.visitor_writes(ASKED)
            clear = sat.server.url.replace("https:", "http:") if place == "the same server" else elsewhere.url
            sat.server.plan(to(302, f"{clear}/elsewhere"))

            await sat.poll()

            health = sat.runner.health
            assert (health.state, f"redirects to {clear}" in health.message) == ("broken", True), health
            assert is_bilingual(health.message, health.hint), health
            assert not any(secret in health.message + health.hint for secret in stage.secrets)
            assert elsewhere.asked == []
            sat.server.heal()
            sat.pass_time(600)
            await sat.catch_up()
            assert sat.arrivals() == [ASKED]


@pytest.mark.usefixtures("vouched_for")
@pytest.mark.parametrize("place", ["the same server", "another one"])
@pytest.mark.parametrize("platform", STAGES)
async def test_a_sending_follows_no_redirect_into_the_clear_and_arrives_once(
    tmp_path: Path, stage: Stage, tls: ssl.SSLContext, place: str
) -> None:
    with opened(FaultServer(lambda _: httpx.Response(200, json={}))) as elsewhere:
        async with wired_desk(tmp_path / "desk", stage, tls) as sat:
            stage.visitor_writes(ASKED)
            await sat.catch_up()
            await sat.act(desk.Reply(text=ANSWER))
            clear = sat.server.url.replace("https:", "http:") if place == "the same server" else elsewhere.url
            sat.server.plan(replace(to(307, f"{clear}/elsewhere"), method="POST"))

            await sat.dispatch()

            assert sat.entry.state is DeliveryState.UNKNOWN, sat.entry
            assert f"redirects to {clear}" in sat.entry.message
            assert is_bilingual(sat.entry.message, sat.entry.hint), sat.entry
            assert elsewhere.asked == []
            sat.server.heal()
            await sat.carry_on()
            if not sat.is_sent:
                await sat.retry()
                await sat.carry_on()
            assert sum(ANSWER in text for text in stage.public()) == 1


@pytest.mark.parametrize("platform", STAGES)
async def test_a_server_that_nobody_vouches_for_hears_nothing(
    tmp_path: Path, stage: Stage, tls: ssl.SSLContext
) -> None:
    async with wired_desk(tmp_path / "desk", stage, tls) as sat:
        await sat.poll()

        health = sat.runner.health
        assert (health.state, "certificate is not trusted" in health.message) == ("unreachable", True), health
        assert "SSL_CERT_FILE" in health.hint
        assert is_bilingual(health.message, health.hint), health
        assert sat.server.asked == []
