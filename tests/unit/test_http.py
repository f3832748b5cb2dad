"""The one client: what it retries, refuses and hides, and which of our errors each failure becomes."""

import asyncio
import gzip
import logging
import socket
import ssl
import subprocess
import sys
import traceback
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest
from wire import Clock, Handler, Wire, answer, serving

from connectors._answer import Answer
from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    ProtocolError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
)
from connectors._etags import LARGEST, MOST, TRUSTED
from connectors._http import MAX_BODY, Http, ServerEvent, Timeouts
from connectors._secret import BasicLogin, Secret

SECRET = "s3cr3t-t0ken-of-the-museum"
TOKEN = Secret(SECRET)
URL = "https://mastodon.example/api/v1/things"

Respond = Callable[[httpx.Request], httpx.Response]


def client(respond: Respond, *, attempts: int = 1, clock: Clock | None = None) -> Http:
    clock = clock or Clock()
    return Http(transport=httpx.MockTransport(respond), attempts=attempts, clock=clock, sleep=clock.sleep)


def saying(status: int, content: bytes = b"{}", **headers: str) -> Respond:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(status, content=content, headers=named)


def raising(error: Exception) -> Respond:
    def respond(_: httpx.Request) -> httpx.Response:
        raise error

    return respond


# -- what goes out -------------------------------------------------------------------------------------


async def test_a_request_carries_token_query_and_our_name() -> None:
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    await client(respond).request("GET", URL, token=TOKEN, params=[("types[]", "mention"), ("limit", "80")])

    assert seen[0].headers["Authorization"] == f"Bearer {SECRET}"
    assert seen[0].headers["User-Agent"].startswith("becalm/")
    assert seen[0].url.params.get_list("types[]") == ["mention"]


async def test_a_login_is_sent_as_basic_authentication_in_utf_8() -> None:
    seen: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        return httpx.Response(200, json={})

    await client(respond).request("GET", URL, token=BasicLogin("zoé", SECRET))

    assert [b64decode(value.removeprefix("Basic ")).decode() for value in seen] == [f"zoé:{SECRET}"]


class Versioned:
    """A server whose page has a version, and that counts what it sends whole."""

    def __init__(self) -> None:
        self.version, self.wholes = 1, 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        tag = f'W/"v{self.version}"'
        if request.headers.get("If-None-Match") == tag:
            return httpx.Response(304, headers={"ETag": tag, "X-RateLimit-Remaining": "7"})
        self.wholes += 1
        return httpx.Response(200, json=[self.version], headers={"ETag": tag, "Link": "<next>"})


async def test_what_did_not_change_is_not_sent_again_and_what_did_is() -> None:
    server = Versioned()
    http = client(server)

    answers = [await http.request("GET", URL, token=TOKEN) for _ in range(3)]
    server.version = 2
    changed = await http.request("GET", URL, token=TOKEN)

    assert [each.json(list) for each in answers] == [[1]] * 3
    assert answers[2].headers["link"] == "<next>"
    assert answers[2].headers["x-ratelimit-remaining"] == "7"
    assert changed.json(list) == [2]
    assert server.wholes == 2


async def test_another_account_another_query_and_a_sending_are_asked_for_whole() -> None:
    server = Versioned()
    http = client(server)
    await http.request("GET", URL, token=TOKEN)

    await http.request("GET", URL, token=Secret("another-account"))
    await http.request("GET", URL, token=TOKEN, params={"page": "2"})
    await http.request("GET", URL, token=TOKEN, headers={"Accept-Language": "fr"})
    await http.request("POST", URL, token=TOKEN)

    assert server.wholes == 5


async def test_a_proxy_that_says_unchanged_for_ever_hides_what_came_for_minutes_only() -> None:
    clock = Clock()
    calls: list[bool] = []

    def respond(request: httpx.Request) -> httpx.Response:
        calls.append("If-None-Match" in request.headers)
        return httpx.Response(304) if calls[-1] else httpx.Response(200, json=[len(calls)], headers={"ETag": '"v"'})

    http = client(respond, clock=clock)
    early = [(await http.request("GET", URL)).json(list) for _ in range(2)]
    clock.now += TRUSTED
    late = (await http.request("GET", URL)).json(list)

    assert early == [[1], [1]]
    assert late == [3]


@pytest.mark.parametrize(
    ("body", "headers"),
    [(b"[1]", {"Cache-Control": "private, no-store"}), (b"x" * (LARGEST + 1), {}), (b"[1]", {"ETag": ""})],
)
async def test_what_must_not_be_kept_is_not(body: bytes, headers: dict[str, str]) -> None:
    conditions: list[bool] = []

    def respond(request: httpx.Request) -> httpx.Response:
        conditions.append("If-None-Match" in request.headers)
        return httpx.Response(200, content=body, headers={"ETag": '"v"', **headers})

    http = client(respond)
    await http.request("GET", URL)
    await http.request("GET", URL)

    assert conditions == [False, False]


async def test_the_oldest_of_what_is_kept_makes_room() -> None:
    conditions: list[bool] = []

    def respond(request: httpx.Request) -> httpx.Response:
        conditions.append("If-None-Match" in request.headers)
        return httpx.Response(200, content=b"x" * LARGEST, headers={"ETag": '"v"'})

    http = client(respond)
    for page in range(MOST // LARGEST + 1):
        await http.request("GET", URL, params={"page": str(page)})
    await http.request("GET", URL, params={"page": "0"})
    await http.request("GET", URL, params={"page": str(MOST // LARGEST)})

    assert conditions[-2:] == [False, True]


def test_making_a_client_imports_no_network_library() -> None:
    code = (
        "import sys; from connectors._contract import Connector; from connectors._http import Http; Http();"
        "print([m for m in ('httpx', 'stamina', 'httpx_sse', 'selectolax', 'asyncio.sslproto') if m in sys.modules][:3])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert not {"httpx", "stamina", "httpx_sse", "selectolax"} & set(shown.replace("'", " ").replace(",", " ").split())


async def test_accounts_that_share_a_client_share_no_session() -> None:
    sent: list[str | None] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("Cookie"))
        return httpx.Response(200, json={}, headers={"Set-Cookie": "session=of-the-first; Path=/"})

    http = client(respond)
    await http.request("GET", URL, token=TOKEN)
    await http.request("GET", URL, token=Secret("another-account"))

    assert sent == [None, None]


# -- what each failure becomes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, RejectedError),
        (401, AuthenticationError),
        (403, RejectedError),
        (404, RejectedError),
        (409, RejectedError),
        (410, RejectedError),
        (422, RejectedError),
        (408, UnreachableError),
        (429, RateLimitedError),
        (500, UnreachableError),
        (503, UnreachableError),
        (304, ProtocolError),
    ],
)
async def test_each_status_becomes_our_error(status: int, error: type[ConnectorError]) -> None:
    http = client(saying(status))

    with pytest.raises(error):
        await http.request("GET", URL)


async def test_what_a_server_never_does_is_refused_and_not_waited_for() -> None:
    with pytest.raises(RejectedError) as caught:
        await client(saying(501, b'{"code": "rest_trash_not_supported"}')).request("DELETE", URL)

    assert (caught.value.status, caught.value.payload) == (501, b'{"code": "rest_trash_not_supported"}')


async def test_a_refusal_keeps_its_status_and_the_platforms_words() -> None:
    http = client(saying(422, b'{"error":"Validation failed: Text \\u001b[31mcan\'t be blank"}'))

    with pytest.raises(RejectedError, match=r"answered 422: Validation failed: Text \[31mcan't be blank") as caught:
        await http.request("POST", URL)

    assert caught.value.status == 422


@pytest.mark.parametrize(
    "body",
    [
        b'{"error":"Words","message":"Words"}',
        b'{"error":{"message":"Words","code":190}}',
        b'{"title":"Forbidden","detail":"Words"}',
        b'{"errors":["Words"]}',
        b'{"error":"invalid_grant","error_description":"Words"}',
        b'{"code":"rest_forbidden","message":"Words"}',
    ],
)
async def test_every_dialect_of_complaint_is_understood(body: bytes) -> None:
    with pytest.raises(RejectedError, match=r"answered 403: Words$"):
        await client(saying(403, body)).request("GET", URL)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("failure", "may_have_arrived"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), False),
        (httpx.ConnectTimeout("slow"), False),
        (httpx.PoolTimeout("full"), False),
        (httpx.ReadTimeout("slow"), True),
        (httpx.WriteTimeout("slow"), True),
        (httpx.ReadError("reset"), True),
        (httpx.WriteError("reset"), True),
        (httpx.RemoteProtocolError("Server disconnected"), True),
        (OSError("odd"), True),
        (TimeoutError(), True),
    ],
)
async def test_only_a_failure_before_the_connection_stood_is_certainly_unsent(
    method: str, failure: Exception, *, may_have_arrived: bool
) -> None:
    with pytest.raises(UnreachableError) as caught:
        await client(raising(failure)).request(method, URL, token=TOKEN)

    assert caught.value.sent is (may_have_arrived and method != "GET")


@pytest.mark.parametrize("status", [500, 502, 504, 408])
async def test_a_failing_server_may_have_done_what_it_was_sent(status: int) -> None:
    with pytest.raises(UnreachableError) as caught:
        await client(saying(status)).request("POST", URL)

    assert caught.value.sent


async def test_a_judge_is_heard_before_the_status_is_looked_at() -> None:
    def judge(answer: Answer, method: str) -> None:
        if b"code 190" in answer.body:
            raise AuthenticationError(f"the judge: {method}")

    http = client(saying(400, b"code 190"))

    with pytest.raises(AuthenticationError, match="the judge: POST"):
        await http.request("POST", URL, judge=judge)
    with pytest.raises(RejectedError):
        await client(saying(400)).request("POST", URL, judge=judge)


async def test_a_read_that_somebody_waits_for_is_held_up_by_nothing_but_an_empty_budget() -> None:
    def left(remaining: int) -> Http:
        reset = str(int(Clock().now + 900))
        return client(
            saying(200, X_RateLimit_Limit="300", X_RateLimit_Remaining=str(remaining), X_RateLimit_Reset=reset)
        )

    few, none = left(3), left(0)
    await few.request("GET", URL)
    await none.request("GET", URL)

    await few.request("GET", URL, urgent=True)
    with pytest.raises(RateLimitedError):
        await few.request("GET", URL)
    with pytest.raises(RateLimitedError):
        await none.request("GET", URL, urgent=True)


async def test_a_limit_says_how_long_to_wait() -> None:
    with pytest.raises(RateLimitedError) as caught:
        await client(saying(429, Retry_After="42")).request("GET", URL)

    assert caught.value.retry_after == 42


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"<!DOCTYPE html><title>Log in</title>", "text/html", "a web page"),
        (b'{"id": "1", "content": "cut sh', "application/json", "cannot be read"),
        (b"", "application/json", "an empty body"),
        (b"[" * 100_000, "application/json", "nested too deep"),
        (b'["a list"]', "application/json", "a JSON list in place of a dict"),
        (b"\x00\xff\xfe", "application/octet-stream", "cannot be read"),
        (b"9" * 10_000, "application/json", "where JSON was expected"),
    ],
)
async def test_nonsense_is_named_and_its_beginning_kept(body: bytes, kind: str, message: str) -> None:
    found = await client(saying(200, body, Content_Type=kind)).request("GET", URL)

    with pytest.raises(ProtocolError, match=message) as caught:
        found.json(dict)

    assert caught.value.payload == body[:4096]


@pytest.mark.parametrize("body", [b'{"content": "bad \\ud83d half"}', b'{"content": "bad \xff byte"}'])
async def test_one_hostile_character_does_not_hide_a_page(body: bytes) -> None:
    found = await client(saying(200, body)).request("GET", URL)

    assert found.json(dict)["content"].startswith("bad ")


async def test_a_body_without_end_is_cut_off() -> None:
    bomb = gzip.compress(b"x" * (MAX_BODY + 1))

    with pytest.raises(ProtocolError, match="more than 16 MB"):
        await client(saying(200, bomb, Content_Encoding="gzip")).request("GET", URL)


async def test_a_broken_encoding_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError, match="DecodingError"):
        await client(saying(200, b"not gzip", Content_Encoding="gzip")).request("GET", URL)


@pytest.mark.parametrize(
    "url", ["", "mastodon.example", "ftp://x.example/", "https://", "https://[::1", "http://\x00/"]
)
async def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RejectedError, match="no address"):
        await Http(attempts=1).request("GET", url)


# -- redirects -----------------------------------------------------------------------------------------


def redirecting(to: str, status: int = 302) -> tuple[Respond, list[str]]:
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(status, headers={"Location": to}) if len(asked) == 1 else httpx.Response(200, json={})

    return respond, asked


async def test_a_redirect_at_home_is_followed_by_a_read() -> None:
    respond, asked = redirecting("/api/v2/things")

    await client(respond).request("GET", URL, token=TOKEN)

    assert asked == [URL, "https://mastodon.example/api/v2/things"]


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example/x", "http://mastodon.example/", "https://mastodon.example:8443/"],
)
async def test_a_token_is_never_carried_elsewhere(to: str) -> None:
    respond, asked = redirecting(to)

    with pytest.raises(ProtocolError, match=r"mastodon\.example redirects to \S*(evil|mastodon)\.example"):
        await client(respond).request("GET", URL, token=TOKEN)

    assert asked == [URL]


@pytest.mark.parametrize("to", ["http://mastodon.example/", "http://www.mastodon.example/"])
async def test_a_redirect_out_of_tls_is_not_followed_even_without_a_token(to: str) -> None:
    respond, asked = redirecting(to)

    with pytest.raises(ProtocolError, match=r"mastodon\.example redirects to http://") as caught:
        await client(respond).request("GET", URL)

    assert (asked, "within https" in caught.value.hint) == ([URL], True)


async def test_a_redirect_to_another_host_is_followed_without_a_token() -> None:
    respond, asked = redirecting("https://www.mastodon.example/")

    await client(respond).request("GET", URL)

    assert len(asked) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_sending_is_never_repeated_along_a_redirect(status: int) -> None:
    respond, asked = redirecting("/elsewhere", status)

    with pytest.raises(ProtocolError):
        await client(respond).request("POST", URL, token=TOKEN)

    assert asked == [URL]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "gopher://x.example/", "javascript:alert(1)", "https://[::1", "https://x:99999999/"]
)
async def test_a_redirect_out_of_the_web_is_refused_and_claims_nothing_of_a_sending(method: str, to: str) -> None:
    with pytest.raises(ProtocolError, match="redirects to"):
        await client(redirecting(to)[0]).request(method, URL, token=TOKEN)


async def test_a_redirect_as_long_as_a_book_is_told_in_a_line() -> None:
    with pytest.raises(ProtocolError) as caught:
        await client(redirecting(f"https://{'x' * 60_000}.example/")[0]).request("POST", URL)

    assert len(caught.value.message) < 500


async def test_the_mark_that_a_careless_file_puts_before_json_is_overlooked() -> None:
    answer = await client(saying(200, b"\xef\xbb\xbf{}")).request("GET", URL)

    assert answer.json(dict) == {}


async def test_redirects_in_circles_end() -> None:
    with pytest.raises(ProtocolError, match="in circles"):
        await client(saying(302, Location="/again")).request("GET", URL)


# -- retries and pacing --------------------------------------------------------------------------------


def failing(times: int, failure: Respond) -> tuple[Respond, list[str]]:
    tried: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        tried.append(request.method)
        return failure(request) if len(tried) <= times else httpx.Response(200, json={})

    return respond, tried


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(_: float) -> None:
        return None

    monkeypatch.setattr("stamina._core._smart_sleep", at_once)  # the foreign library's own wait, nothing of ours


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failure", [saying(502), raising(httpx.ReadTimeout("")), saying(429, Retry_After="1")])
async def test_a_read_is_tried_again(failure: Respond) -> None:
    respond, tried = failing(2, failure)

    await client(respond, attempts=3).request("GET", URL)

    assert tried == ["GET"] * 3


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failure", [saying(502), raising(httpx.ConnectError("")), saying(429, Retry_After="1")])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_sending_is_tried_once_only(method: str, failure: Respond) -> None:
    respond, tried = failing(1, failure)

    with pytest.raises(ConnectorError):
        await client(respond, attempts=3).request(method, URL)

    assert tried == [method]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("status", [401, 403, 404, 422])
async def test_a_refusal_is_not_tried_again(status: int) -> None:
    respond, tried = failing(1, saying(status))

    with pytest.raises(ConnectorError):
        await client(respond, attempts=3).request("GET", URL)

    assert len(tried) == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("status", "raised"), [(429, RateLimitedError), (503, UnreachableError)])
async def test_a_long_limit_is_passed_on_instead_of_slept_through(status: int, raised: type[ConnectorError]) -> None:
    respond, tried = failing(1, saying(status, Retry_After="300"))

    with pytest.raises(raised) as caught:
        await client(respond, attempts=3).request("GET", URL)

    assert (len(tried), caught.value.retry_after) == (1, 300)  # type: ignore[attr-defined]  # both kinds tell it


async def test_a_short_pause_that_a_server_in_trouble_asks_for_is_kept_before_the_next_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []

    async def at_once(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("stamina._core._smart_sleep", at_once)  # the foreign library's own wait, nothing of ours
    respond, tried = failing(1, saying(503, Retry_After="4"))

    await client(respond, attempts=3).request("GET", URL)

    assert (len(tried), waits) == (2, [4.0])


async def test_a_used_up_budget_is_not_overdrawn() -> None:
    clock = Clock()
    reset = str(int(clock.now) + 250)
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
        return httpx.Response(200, json={}, headers=headers)

    http = client(respond, clock=clock)
    await http.request("GET", URL, token=TOKEN)
    with pytest.raises(RateLimitedError) as caught:
        await http.request("GET", URL, token=TOKEN)
    clock.now += 251
    await http.request("GET", URL, token=TOKEN)

    assert caught.value.retry_after == pytest.approx(250)
    assert len(asked) == 2


async def test_a_budget_that_runs_low_slows_reads_down() -> None:
    clock = Clock()
    headers = {
        "X_RateLimit_Limit": "300",
        "X_RateLimit_Remaining": "49",
        "X_RateLimit_Reset": str(int(clock.now) + 100),
    }
    http = client(saying(200, b"{}", **headers), clock=clock)

    await http.request("GET", URL)
    await http.request("GET", URL)

    assert clock.slept == [pytest.approx(2)]


# -- on a real wire ------------------------------------------------------------------------------------


async def quiet(_: bytes, writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    await asyncio.Event().wait()


async def test_nobody_listening_is_unreachable_and_certainly_unsent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        http = Http(attempts=1)

        with pytest.raises(UnreachableError, match="cannot be reached: nobody listens there") as caught:
            await http.request("POST", url, form={"status": "hello"})

    assert not caught.value.sent
    await http.aclose()


async def test_a_name_that_nobody_knows_is_said_to_be_so() -> None:
    http = Http(attempts=1)
    with pytest.raises(UnreachableError, match=r"museum\.invalid cannot be reached: nobody knows this name"):
        await http.request("GET", "https://museum.invalid/")
    await http.aclose()


@pytest.fixture
def unvouched(tmp_path: Path) -> ssl.SSLContext:
    """A server's certificate that it signed itself."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    made = subprocess.run(
        [*make, "-subj", "/CN=x", "-keyout", key, "-out", certificate], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("openssl cannot make a certificate here")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_named(unvouched: ssl.SSLContext) -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=unvouched)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    http = Http(attempts=1)

    with pytest.raises(UnreachableError, match="its certificate is not trusted") as caught:
        await http.request("GET", url)

    assert "SSL_CERT_FILE" in caught.value.hint
    server.close()
    await http.aclose()


@pytest.mark.parametrize(
    "said",
    [b"", b"HTTP/1.1 200 OK\r\n", answer(200, b'{"id": "1"}')[:-4], b"\x16\x03\x01 not http\r\n\r\n"],
    ids=["silence", "half a head", "half a body", "another protocol"],
)
async def test_a_connection_cut_after_sending_leaves_doubt(said: bytes) -> None:
    async def cut(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()

    async with serving(cut) as wire:
        http = Http(attempts=1)
        with pytest.raises(UnreachableError) as caught:
            await http.request("POST", wire.url, form={"status": "hello"})
        await http.aclose()

    assert caught.value.sent
    assert b"status=hello" in wire.requests[0]


async def test_an_answer_that_never_comes_is_given_up() -> None:
    async with serving(quiet) as wire:
        http = Http(attempts=1, timeouts=Timeouts(read=0.05))
        with pytest.raises(UnreachableError, match="in time") as caught:
            await http.request("POST", wire.url)
        await http.aclose()

    assert caught.value.sent


async def test_an_answer_in_drops_is_given_up_too() -> None:
    async def dripping(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with serving(dripping) as wire:
        http = Http(attempts=1, timeouts=Timeouts(read=5, total=0.2))
        with pytest.raises(UnreachableError, match="in time"):
            await http.request("GET", wire.url)
        await http.aclose()


# -- streams -------------------------------------------------------------------------------------------

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def streaming(*connections: bytes) -> Handler:
    left = list(connections)

    async def serve(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0))
        await writer.drain()

    return serve


async def first(wire: Wire, http: Http, count: int) -> list[ServerEvent]:
    found: list[ServerEvent] = []
    async with aclosing(http.live(wire.url, token=TOKEN)) as events:
        async for event in events:
            found.append(event)
            if len(found) == count:
                break
    await http.aclose()
    return found


async def test_a_cut_stream_is_opened_again_and_says_so() -> None:
    one = STREAM + b":thump\n\nevent: notification\ndata: {}\n\nevent: half\nda"
    two = STREAM + b"event: update\r\ndata: a\r\ndata: b\r\n\r\n"
    clock = Clock()
    async with serving(streaming(one, two)) as wire:
        events = await first(wire, Http(sleep=clock.sleep), 4)

    assert [(e.name, e.data) for e in events] == [
        ("open", ""),
        ("notification", "{}"),
        ("open", ""),
        ("update", "a\nb"),
    ]
    assert len(clock.slept) == 1


async def test_a_stream_that_only_opens_is_reconnected_slower_and_slower() -> None:
    clock = Clock()
    async with serving(streaming(*[STREAM] * 6)) as wire:
        await first(wire, Http(sleep=clock.sleep), 6)

    assert all(0.7 * 2**n <= slept <= 1.3 * 2**n for n, slept in enumerate(clock.slept))


async def test_a_silent_stream_is_given_up_and_opened_again() -> None:
    clock = Clock()

    async def silent(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM)
        await writer.drain()
        await asyncio.Event().wait()

    async with serving(silent) as wire:
        events = await first(wire, Http(sleep=clock.sleep, timeouts=Timeouts(silence=0.05)), 2)

    assert [event.name for event in events] == ["open", "open"]


@pytest.mark.parametrize(("status", "error"), [(401, AuthenticationError), (404, RejectedError)])
async def test_a_refused_stream_is_not_tried_again(status: int, error: type[ConnectorError]) -> None:
    async with serving(streaming(answer(status, b'{"error":"no"}'))) as wire:
        with pytest.raises(error):
            await first(wire, Http(), 1)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_limited_stream_waits_as_long_as_it_is_told(status: int) -> None:
    clock = Clock()
    limited = answer(status, b"{}", Retry_After="40")
    async with serving(streaming(limited, STREAM)) as wire:
        await first(wire, Http(sleep=clock.sleep), 1)

    assert 40 <= clock.slept[0] <= 52


async def test_a_line_without_end_is_cut_off() -> None:
    async def endless(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + b"data: ")
        for _chunk in range(200):
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(endless) as wire:
        http = Http()
        with pytest.raises(ProtocolError, match="line without end"):
            async for _event in http.events(wire.url):
                pass
        await http.aclose()


async def test_a_web_page_in_place_of_a_stream_is_a_protocol_error() -> None:
    async with serving(streaming(answer(200, b"<html>", Content_Type="text/html"))) as wire:
        http = Http()
        with pytest.raises(ProtocolError, match="no event stream"):
            async for _event in http.events(wire.url):
                pass
        await http.aclose()


# -- secrets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "respond",
    [
        saying(403, b'{"error":"bad token ' + SECRET.encode() + b'"}'),
        saying(401, b'{"error":"' + SECRET.encode() + b'"}'),
        saying(500, SECRET.encode()),
        saying(302, Location="https://evil.example/"),
        raising(httpx.ConnectError("refused")),
        raising(httpx.LocalProtocolError(f"Illegal header value b'Bearer {SECRET}'")),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_no_error_log_or_traceback_holds_the_token(
    method: str, respond: Respond, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    with pytest.raises(ConnectorError) as caught:
        await client(respond).request(method, URL, token=TOKEN)

    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__dict__) + caplog.text
    assert SECRET not in shown


async def test_no_library_logs_the_token_on_a_real_wire(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(streaming(answer(200, b"{}"))) as wire:
        http = Http(attempts=1)
        await http.request("POST", wire.url, token=TOKEN, form={"client_secret": "another-s3cr3t"})
        await http.aclose()

    assert SECRET.encode() in wire.requests[0]
    assert "httpcore" in {record.name.partition(".")[0] for record in caplog.records}
    assert SECRET not in caplog.text
    assert "another-s3cr3t" not in caplog.text


async def test_an_echoed_login_is_kept_in_neither_form() -> None:
    pair = b64encode(f"museum:{SECRET}".encode())
    body = b'["' + SECRET.encode() + b" " + pair + b'"]'
    found = await client(saying(200, body)).request("GET", URL, token=BasicLogin("museum", SECRET))

    assert SECRET.encode() not in found.body
    assert pair not in found.body


async def test_an_echoed_token_is_not_kept_in_an_answer() -> None:
    found = await client(saying(200, b'["' + SECRET.encode() + b'"]')).request("GET", URL, token=TOKEN)

    assert SECRET.encode() not in found.body
    assert SECRET not in repr(found)


@pytest.mark.parametrize("pasted", ["two words", "line\nbreak", "“quoted”", "", "nul\x00"])
async def test_a_token_that_no_header_can_carry_is_named_without_being_quoted(pasted: str) -> None:
    with pytest.raises(AuthenticationError, match="characters that no token has") as caught:
        await client(saying(200)).request("GET", URL, token=Secret(pasted))

    assert not pasted or pasted not in str(caught.value)


async def test_a_refusal_repeats_no_secret_that_was_ever_hushed_and_a_success_brings_what_is_meant_for_us() -> None:
    async def echo(request: bytes, writer: asyncio.StreamWriter) -> None:
        status = 403 if b"POST" in request else 200
        writer.write(answer(status, b'{"error": "page-t0ken-long-enough and pass-w0rd-long-enough"}'))

    async with serving(echo) as wire, aclosing(Http(attempts=1)) as http:
        http.hush(Secret("pass-w0rd-long-enough"))
        await http.request("GET", wire.url, token=Secret("page-t0ken-long-enough"))

        told = await http.request("GET", wire.url, token=Secret("user-t0ken-long-enough"))
        with pytest.raises(RejectedError) as refused:
            await http.request("POST", wire.url)

    assert "page-t0ken" in told.json(dict)["error"]
    assert "0" not in refused.value.message.partition("answered 403")[2]  # the port before it may hold any digits
    assert b"t0ken" not in refused.value.payload
