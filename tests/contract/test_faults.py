"""Every fault on every platform, as a desk sees it: which state, which wait, nothing taken in, nothing lost, no token gone."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from hostile import TOKEN, example_options

from connectors._http import Http
from connectors._model import Batch, Comment, Gone, NotSent, Outgoing, Rejected, Unknown
from connectors._registry import load
from inbox.fold import Inbox
from inbox.sources import AUTH_PAUSE, SourceRunner

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLATFORMS = ("mastodon", "bluesky", "wordpress", "facebook", "instagram")
META = ("facebook", "instagram")
BACKOFF = 7.0


class Fault(NamedTuple):
    """What a platform answers, and what must come of it.

    Attributes:
        answer: the answer, or the error of the wire.
        state: the source's health then.
        pause: seconds until the next try.
        sending: what a sending that gets this answer is said to be.
    """

    answer: httpx.Response | type[httpx.TransportError]
    state: str
    pause: float
    sending: type


def said(status: int, body: object, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(
        status, content=json.dumps(body).encode(), headers={"Content-Type": "application/json", **named}
    )


def graph(code: int, status: int = 400, subcode: int = 0, **headers: str) -> httpx.Response:
    error = {"message": f"(#{code}) no", "type": "OAuthException", "code": code, "error_subcode": subcode}
    return said(status, {"error": error}, **headers)


def auth(answer: httpx.Response) -> Fault:
    return Fault(answer, "auth", AUTH_PAUSE, Rejected)


def limited(answer: httpx.Response, pause: float) -> Fault:
    return Fault(answer, "limited", pause, NotSent)


def refused(answer: httpx.Response) -> Fault:
    return Fault(answer, "broken", BACKOFF, Rejected)


SOON = NOW + timedelta(seconds=300)
MINUTES = json.dumps({"17": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 9}]})
IN_DIALECT: dict[str, dict[str, Fault]] = {
    "mastodon": {
        "401": auth(said(401, {"error": "The access token is invalid"})),
        "403 scope": refused(said(403, {"error": "This action is outside the authorized scopes"})),
        "403 suspended": refused(said(403, {"error": "Your login is currently disabled"})),
        "429": limited(
            said(429, {"error": "Too many requests"}, X_RateLimit_Remaining="0", X_RateLimit_Reset=SOON.isoformat()),
            300,
        ),
    },
    "bluesky": {
        "401": auth(said(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})),
        "403": refused(said(403, {"error": "Forbidden", "message": "no"})),
        "429": limited(
            said(
                429,
                {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"},
                RateLimit_Limit="30",
                RateLimit_Remaining="0",
                RateLimit_Reset=str(int(SOON.timestamp())),
            ),
            300,
        ),
    },
    "wordpress": {
        "401": auth(said(401, {"code": "incorrect_password", "message": "no", "data": {"status": 401}})),
        "403 role": auth(said(403, {"code": "rest_forbidden_context", "message": "no", "data": {"status": 403}})),
        "409": Fault(said(409, {"code": "comment_duplicate", "message": "no"}), "broken", BACKOFF, Unknown),
        "429": limited(said(429, {"code": "too_many_requests", "message": "slow"}, Retry_After="300"), 300),
    },
} | {
    name: {
        "190 token": auth(graph(190, 401)),
        "190 expired": auth(graph(190, subcode=463)),
        "10 permission": auth(graph(10, 403)),
        "200 permission": auth(graph(200, 403)),
        "4 app limit": limited(graph(4, X_App_Usage='{"call_count": 100}'), 600),
        "32 page limit": limited(graph(32, X_Business_Use_Case_Usage=MINUTES), 540),
        "429": limited(said(429, {"error": {"message": "slow", "code": 613}}, Retry_After="300"), 300),
    }
    for name in META
}
EVERYWHERE: dict[str, Fault] = {
    "500": Fault(said(500, {"error": "oops"}), "unreachable", BACKOFF, Unknown),
    "503 in HTML": Fault(httpx.Response(503, html="<h1>Maintenance</h1>"), "unreachable", BACKOFF, Unknown),
    "time-out before": Fault(httpx.ConnectTimeout, "unreachable", BACKOFF, NotSent),
    "time-out after": Fault(httpx.ReadTimeout, "unreachable", BACKOFF, Unknown),
    "a cut connection": Fault(httpx.RemoteProtocolError, "unreachable", BACKOFF, Unknown),
    "truncated": Fault(httpx.Response(200, content=b'[{"id": "1", "con'), "broken", BACKOFF, Unknown),
    "malformed": Fault(httpx.Response(200, content=b"\xff\xfe{{{"), "broken", BACKOFF, Unknown),
    "a login page": Fault(httpx.Response(200, html="<title>Log in</title>"), "broken", BACKOFF, Unknown),
    "a wrong type": Fault(said(200, 7), "broken", BACKOFF, Unknown),
    "redirected elsewhere": Fault(
        httpx.Response(302, headers={"Location": "https://evil.example/"}), "broken", BACKOFF, Unknown
    ),
    "404": refused(said(404, {"error": "Record not found"})),
    "409": refused(said(409, {"error": "Conflict"})),
}
"""On the way to a sending a connector may have to ask first; where that leaves all open, nothing was sent, and a
connector may say either that or that nobody knows: looking for our own text then finds nothing."""
TABLE = [(name, what, fault) for name in PLATFORMS for what, fault in (EVERYWHERE | IN_DIALECT[name]).items()]
IDS = [f"{name}: {what}" for name, what, _ in TABLE]


class Faulty:
    """A platform that answers everything with one fault, and one source of a desk that lives on it."""

    def __init__(self, platform: str, fault: Fault) -> None:
        self.asked: list[httpx.Request] = []
        self.taken: list[Batch] = []
        self._fault = fault
        kind = load(platform)
        http = Http(transport=httpx.MockTransport(self._answer), attempts=1, clock=NOW.timestamp)
        self.connector = kind("museum", example_options(kind.options_type), http)
        self.inbox = Inbox()
        self.runner = SourceRunner(
            self.connector,
            inbox=self.inbox,
            ingest=self._ingest,
            settle=self._settle,
            clock=lambda: NOW,
            changed=lambda: None,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if (met := self._introduced(request)) is not None:
            return met
        answer = self._fault.answer
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        raise answer(f"Bearer {TOKEN}", request=request)

    def _introduced(self, request: httpx.Request) -> httpx.Response | None:
        """Let the platform say what it is before it fails: a site its name, a data server whose session this is."""
        if request.url.path == "/wp-json/":
            return said(200, {"name": "Le blog"})
        if request.url.path.endswith("createSession") and self._fault.state != "auth":
            tokens = {"accessJwt": "a.e30.c", "refreshJwt": "d.e30.f"}
            return said(200, {"did": "did:plc:museum", "handle": "museum.test", **tokens})
        return None

    async def _ingest(self, _source: str, batch: Batch) -> None:
        self.taken.append(batch)

    async def _settle(self, _source: str, _found: Sequence[Comment | Gone]) -> None:
        raise AssertionError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("platform", "what", "fault"), TABLE, ids=IDS)
async def test_a_poll_ends_in_the_right_state_and_takes_nothing_in(platform: str, what: str, fault: Fault) -> None:
    museum = Faulty(platform, fault)

    pause = await museum.runner.poll_once(BACKOFF)

    health = museum.runner.health
    assert (health.state, pause) == (fault.state, fault.pause), health
    assert health.message, what
    assert TOKEN not in health.message + health.hint
    assert museum.taken == [], "the next poll begins where this one did"
    assert {request.url.host for request in museum.asked}.isdisjoint({"evil.example"})


@pytest.mark.parametrize(("platform", "what", "fault"), TABLE, ids=IDS)
async def test_a_sending_is_said_to_be_what_it_is_and_tried_once(platform: str, what: str, fault: Fault) -> None:
    museum = Faulty(platform, fault)
    reply = Outgoing(
        client_id=museum.connector.new_client_id(), text="Merci", created_at=NOW, parent_id="1", post_id="2"
    )

    outcome = await museum.connector.send_reply(reply)

    sent = [r for r in museum.asked if r.method != "GET" and not r.url.path.endswith(("Session", "/batch"))]
    expected = (fault.sending,) if sent or fault.sending is not Unknown else (Unknown, NotSent)
    assert isinstance(outcome, expected), (what, outcome)
    assert len(sent) <= 1, "nothing is sent twice by itself"
    assert TOKEN not in str(outcome)
