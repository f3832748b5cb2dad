"""The one HTTP client: time-outs, size caps, redirects, pacing, and every foreign error turned into ours."""

import asyncio
import logging
import random
import socket
import ssl
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from connectors._answer import Answer, complain
from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    ProtocolError,
    RateLimitedError,
    RejectedError,
    UnreachableError,
)
from connectors._etags import ETags, condition
from connectors._guard import authorisation, host_of, redirected, traces
from connectors._limits import Budget, Pacer, account_of, asked_to_wait, bucket_of, retry_after
from connectors._secret import Secret

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

MAX_BODY = 16 * 1024 * 1024
"""Bytes of one answer (decompressed); the largest honest one is a Mastodon thread of 4,096 statuses."""

_REJECTED_HINTS = {
    403: "the account or its token may not do this; check its rights",
    404: "it may have been deleted, or the server does not offer this",
    410: "it has been deleted",
}
TROUBLE_HINT = "the platform has trouble; becalm tries again"
"""What to do about a server that fails: nothing."""
REFUSED_HINT = "connect the account again, or ask who revoked its token"
"""What to do about a 401 of which nothing else is known."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_PLACE = "becalm.place"
"""Under which name a response tells where it redirects to."""
_LONGEST_NAP = 10.0
_MAX_LINE = 1024 * 1024
_MOST_HUSHED = 64
"""Secrets that refusals are searched for: of all accounts, and of those that are renewed the last."""


class ServerEvent(msgspec.Struct, frozen=True):
    """One event of a server-sent stream.

    Attributes:
        name: what the server calls it; "open" (ours) says that the connection stands.
        data: its payload.
    """

    name: str
    data: str = ""


class Timeouts(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds granted to each part of an exchange.

    Attributes:
        connect: for the connection, TLS included.
        read: between two pieces of an answer.
        total: for one whole read.
        sending: for one whole sending; shorter than what the outbox waits before it calls it doubtful.
        silence: between two pieces of a stream; Mastodon sends a heartbeat every 15 s.
    """

    connect: float = 8.0
    read: float = 20.0
    total: float = 60.0
    sending: float = 18.0
    silence: float = 60.0


class Http:
    """The client that every connector speaks through.

    Cheap to make: nothing of the network is imported or opened before the first request. Reads (GET) are retried with
    back-off and jitter, anything else is sent once. Proxies and certificate authorities come from the environment
    (HTTPS_PROXY, SSL_CERT_FILE) and the system.

    Attributes:
        clock: seconds since the epoch; what connectors take the time from.
    """

    def __init__(
        self,
        *,
        transport: "httpx.AsyncBaseTransport | None" = None,
        public_only: bool = False,
        here: bool = False,
        timeouts: Timeouts | None = None,
        attempts: int = 3,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Prepare the client; opens no connection.

        Args:
            transport: what carries the requests in place of the network (tests).
            public_only: speak to public addresses over https alone, for addresses that strangers may have chosen.
            here: and to this machine, where an address names it; for somebody who typed that.
            timeouts: other patience than the default.
            attempts: how often a read is tried in all.
            clock: seconds since the epoch.
            sleep: how to wait.
        """
        self._transport = transport
        self._public_only = public_only
        self._here = here
        self._timeouts = timeouts or Timeouts()
        self._attempts = attempts
        self.clock = clock
        self._sleep = sleep
        self._pacer = Pacer()
        self._etags = ETags()
        self._hushed: OrderedDict[Secret, None] = OrderedDict()
        self._opened: httpx.AsyncClient | None = None

    # -- requests ----------------------------------------------------------------------------------

    async def request(
        self,
        method: str,
        url: str,
        *,
        token: Secret | None = None,
        params: Sequence[tuple[str, str]] | Mapping[str, str] = (),
        form: Mapping[str, str | list[str]] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        judge: Callable[[Answer, str], None] | None = None,
        urgent: bool = False,
    ) -> Answer:
        """Send one request and return the answer, which is a success.

        A read of what bore an ETag asks whether it changed; where the server says no, the answer is the one it gave.

        Args:
            method: "GET" is retried when nothing usable comes back; every other method is sent once, never again.
            url: absolute, http or https.
            token: sent as a bearer token, a `BasicLogin` as HTTP Basic; never follows a redirect to another host.
            params: the query.
            form: a form-encoded body.
            json: a JSON body.
            headers: more headers; "Authorization" belongs in `token` where it can.
            judge: reads a refusal that the status alone does not tell, before the status is looked at: gets answer and
                method, and raises our error.
            urgent: a person waits for it although it is a read: only an exhausted budget holds it up, as with sendings.

        Raises:
            ConnectorError: and nothing else; see the tree in `connectors._errors`.
        """
        sent = dict(headers or {})
        asked = (url, tuple(_pairs(params) or ()), token, tuple(sent.items())) if method == "GET" else None
        body = {"data": dict(form)} if form is not None else {"json": json} if json is not None else {}

        async def once() -> Answer:
            hurried = urgent or method != "GET"
            known = self._etags.known(asked, self.clock()) if asked else None
            conditional = {**sent, **condition(known)}
            answer = await self._once(method, url, token, conditional, urgent=hurried, params=_pairs(params), **body)
            if asked:
                answer = self._etags.whole(asked, known, answer, self.clock())
            if judge is not None:
                judge(answer, method)
            self._check(answer, method)
            return answer

        if method != "GET" or self._attempts <= 1:
            return await once()
        return await self._patiently(once)

    async def _patiently(self, once: Callable[[], Awaitable[Answer]]) -> Answer:
        """Repeat a read while there is hope; a limit is waited for only where the wait is short."""
        import stamina

        def hopeful(error: Exception) -> bool | float:
            asked = error.retry_after if isinstance(error, RateLimitedError | UnreachableError) else 0.0
            if asked:
                return asked if asked <= _LONGEST_NAP / 2 else False
            return isinstance(error, UnreachableError)

        attempts = stamina.retry_context(on=hopeful, attempts=self._attempts, timeout=45.0, wait_initial=0.3)
        async for attempt in attempts:
            with attempt:
                return await once()
        raise AssertionError("stamina ends by raising")  # pragma: no cover

    async def _once(
        self, method: str, url: str, token: Secret | None, headers: dict[str, str], *, urgent: bool, **kwargs: Any
    ) -> Answer:
        bucket = bucket_of(method, url, token)
        await self._hold_back(bucket, url, urgent=urgent)
        with self._pacer.spending(bucket), _our_errors(method, url):
            async with asyncio.timeout(self._timeouts.total if method == "GET" else self._timeouts.sending):
                answer = await self._follow(method, url, token, headers, **kwargs)
        self._pacer.heard(bucket, answer.headers, self.clock())
        return answer

    async def _follow(
        self, method: str, url: str, token: Secret | None, headers: dict[str, str], **kwargs: Any
    ) -> Answer:
        """Exchange once, following redirects only where nothing is at risk: reads that stay at home."""
        for _ in range(_MAX_REDIRECTS + 1):
            async with self._exchange(method, url, token, headers, **kwargs) as response:
                place = response.extensions.get(_PLACE)
                if not place:
                    return await _read(response, self._secrets(response, token))
            has_credentials = token is not None or "Authorization" in headers
            url, kwargs["params"] = redirected(method, url, place, credentials=has_credentials), None
        raise ProtocolError(f"{host_of(url)} redirects in circles")

    async def _hold_back(self, bucket: str, url: str, *, urgent: bool) -> None:
        for hurried in (urgent, True):  # while one waited, others may have spent the rest
            wait = self._pacer.wait(bucket, self.clock(), urgent=hurried)
            if wait > _LONGEST_NAP:
                raise RateLimitedError(
                    f"{host_of(url)}: the budget of requests is used up, waiting for the next window",
                    retry_after=wait,
                    hint="nothing to do: becalm goes on by itself",
                )
            if wait <= 0:
                return
            await self._sleep(wait)

    @asynccontextmanager
    async def _exchange(
        self, method: str, url: str, token: Secret | None, headers: dict[str, str], **kwargs: Any
    ) -> AsyncGenerator["httpx.Response"]:
        sent = dict(headers)
        if token is not None:
            self.hush(token)
            sent["Authorization"] = authorisation(token, url)
        async with self._client().stream(method, url, headers=sent, **kwargs) as response:
            yield response

    def _check(self, answer: Answer, method: str) -> None:
        """Turn a refusal or a failing server into our error."""
        status = answer.status
        if status < 300:
            return
        said = complain(answer)
        if status == 401:
            raise AuthenticationError(said, hint=REFUSED_HINT)
        if status == 429:
            wait = retry_after(answer.headers, self.clock())
            raise RateLimitedError(said, retry_after=wait, hint="nothing to do: becalm goes on by itself")
        if status in {408, 425} or (status >= 500 and status != 501):  # "not implemented" does not pass by waiting
            wait = asked_to_wait(answer.headers, self.clock())
            raise UnreachableError(said, sent=method != "GET", retry_after=wait, hint=TROUBLE_HINT)
        if status < 400:
            raise ProtocolError(said, payload=answer.body)
        hint = _REJECTED_HINTS.get(status, "")
        raise RejectedError(said, status=status, payload=answer.body, hint=hint)

    # -- streams -----------------------------------------------------------------------------------

    async def events(self, url: str, *, token: Secret | None = None) -> AsyncGenerator[ServerEvent]:
        """Yield the events of one server-sent stream until it ends; the first is `open`, once the connection stands.

        Raises:
            UnreachableError: the stream could not be opened, was cut, or fell silent.
            ConnectorError: any other refusal.
        """
        from httpx_sse import EventSource

        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
        patience = self._patience(read=self._timeouts.silence)
        with _our_errors("GET", url):
            async with self._exchange("GET", url, token, headers, timeout=patience) as response:
                if response.status_code != 200 or "text/event-stream" not in response.headers.get("content-type", ""):
                    answer = await _read(response, self._secrets(response, token))
                    self._check(answer, "GET")
                    raise ProtocolError(f"no event stream: {complain(answer)}", payload=answer.body)
                yield ServerEvent("open")
                source = EventSource(_Bounded(response))  # type: ignore[arg-type]  # reads these two names of it only
                async with aclosing(source.aiter_sse()) as events:
                    async for event in events:
                        yield ServerEvent(event.event, event.data)

    async def live(self, url: str, *, token: Secret | None = None) -> AsyncGenerator[ServerEvent]:
        """Yield the events of a stream for ever, reconnecting with back-off; `open` comes after every reconnect.

        Raises:
            AuthenticationError: the token is no longer good; waiting would not help.
            RejectedError: the platform has no such stream for us.
        """
        delay = 1.0
        while True:
            asked = 0.0
            try:
                async with aclosing(self.events(url, token=token)) as events:
                    async for event in events:
                        if event.name != "open":  # a server that only opens and cuts must not be hammered
                            delay = 1.0
                        yield event
            except (AuthenticationError, RejectedError):
                raise
            except ConnectorError as error:
                log.info("stream interrupted: %s", error.message)
                asked = getattr(error, "retry_after", 0.0)
            wait = asked if asked > delay else 0.7 * delay  # never less than the server asked for
            await self._sleep(wait * random.uniform(1.0, 1.3))  # noqa: S311 (jitter, not cryptography)
            delay = min(delay * 2, 60.0)

    def hush(self, secret: Secret) -> None:
        """Blot a secret out of every refusal to come, whichever request it answers; a token that is sent is by itself."""
        self._hushed[secret] = None
        self._hushed.move_to_end(secret)
        if len(self._hushed) > _MOST_HUSHED:
            self._hushed.popitem(last=False)

    def _secrets(self, response: "httpx.Response", token: Secret | None) -> list[Secret]:
        """Tell what is to be blotted out of an answer; one that is no refusal may hold a token that is meant for us."""
        return list(self._hushed) if response.is_error else [token] if token else []

    def budget(self, base: str, token: Secret | None) -> Budget | None:
        """Tell what is left of the requests that the server at `base` allows the account of `token`, if it says."""
        return self._pacer.left(account_of(base, token), self.clock())

    # -- plumbing ----------------------------------------------------------------------------------

    def _client(self) -> "httpx.AsyncClient":
        if self._opened is None:
            from http.cookiejar import CookieJar, DefaultCookiePolicy
            from importlib.metadata import version
            from urllib.request import getproxies

            import httpx

            try:
                self._opened = httpx.AsyncClient(
                    transport=_guarded(here=self._here) if self._public_only else self._transport,
                    verify=_tls() if self._transport is None else False,
                    timeout=self._patience(read=self._timeouts.read),
                    headers={"User-Agent": f"becalm/{version('becalm')}"},
                    follow_redirects=False,
                    # accounts share a client, never a session
                    cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                    event_hooks={"response": [_put_place_aside]},
                    limits=httpx.Limits(max_connections=20, max_keepalive_connections=8, keepalive_expiry=30.0),
                )
            except (ValueError, ImportError):
                if not getproxies():
                    raise
                # what they say may quote the proxy's password
                raise UnreachableError(
                    "the proxy that the environment names cannot be used",
                    sent=False,
                    hint="HTTPS_PROXY and ALL_PROXY: an address that begins with http://",
                ) from None
        return self._opened

    def _patience(self, *, read: float) -> "httpx.Timeout":
        import httpx

        connect = self._timeouts.connect
        return httpx.Timeout(connect=connect, read=read, write=self._timeouts.read, pool=self._timeouts.total)

    async def aclose(self) -> None:
        """Close every connection; the next request would open new ones."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()


async def _put_place_aside(response: "httpx.Response") -> None:
    """Keep where a redirect leads from httpx, which reads it unasked and fails over one that is no address."""
    place = response.headers.get("location") if response.status_code in _REDIRECTS else None
    if place:
        del response.headers["location"]
        response.extensions[_PLACE] = place


class _Bounded:
    """A response whose lines may not grow without end; what httpx-sse reads of a response, and no more."""

    def __init__(self, response: "httpx.Response") -> None:
        self.headers = response.headers
        self._response = response

    async def aiter_text(self) -> AsyncIterator[str]:
        line = 0
        async for text in self._response.aiter_text():
            end = max(text.rfind("\n"), text.rfind("\r"))
            line = line + len(text) if end < 0 else len(text) - end - 1
            if line > _MAX_LINE:
                raise ProtocolError(f"{self._response.url.host} sends a line without end")
            yield text


async def _read(response: "httpx.Response", secrets: Sequence[Secret]) -> Answer:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MAX_BODY:
            raise ProtocolError(
                f"{response.url.host} answered more than {MAX_BODY // 2**20} MB", payload=bytes(body[:4096])
            )
    headers = {name.lower(): value for name, value in response.headers.items()}
    for trace in (trace for secret in secrets for trace in traces(secret)):
        # a server that echoes our token must not get it into a message, a log or a report
        body = body.replace(trace.encode(), "…".encode())
        headers = {name: value.replace(trace, "…") for name, value in headers.items()}
    url = str(response.url.copy_with(query=None, fragment=None))
    return Answer(url=url, status=response.status_code, headers=headers, body=bytes(body))


@contextmanager
def _our_errors(method: str, url: str) -> Iterator[None]:
    """Turn whatever the network layers raise into our errors; nothing of theirs (it may quote headers) is kept."""
    import httpx

    host, sent = host_of(url), method != "GET"
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        why = _reason(error)
        hint = "set SSL_CERT_FILE to your house's authority" if "certificate" in why else "check address and network"
        raise UnreachableError(f"{host} cannot be reached: {why}", sent=False, hint=hint) from None
    except (httpx.TimeoutException, TimeoutError):
        raise UnreachableError(f"{host} did not answer in time", sent=sent) from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL):
        raise RejectedError(f"{url!r} is no address of a server", hint="it begins with https://") from None
    except (httpx.DecodingError, httpx.LocalProtocolError) as error:
        raise ProtocolError(f"{host} and becalm do not understand each other: {type(error).__name__}") from None
    except (httpx.HTTPError, OSError) as error:
        raise UnreachableError(f"{host} cut the connection: {type(error).__name__}", sent=sent) from None


def _reason(error: BaseException) -> str:
    """Say why no connection stood, from the kinds of the errors beneath; their texts are not ours to repeat."""
    beneath: BaseException | None = error
    while beneath is not None:
        if isinstance(beneath, BaseExceptionGroup):
            beneath = beneath.exceptions[0]
        if isinstance(beneath, socket.gaierror):
            return "nobody knows this name"
        if isinstance(beneath, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({beneath.verify_message})"
        if isinstance(beneath, ssl.SSLError):
            return "it speaks no TLS that we do"
        if isinstance(beneath, ConnectionRefusedError):
            return "nobody listens there"
        if isinstance(beneath, OSError) and beneath.strerror:
            return beneath.strerror
        if isinstance(beneath, TimeoutError):
            return "no connection in time"
        beneath = beneath.__cause__ or beneath.__context__
    return f"no connection ({type(error).__name__})"


def _pairs(params: Sequence[tuple[str, str]] | Mapping[str, str]) -> list[tuple[str, str]] | None:
    return list(params.items() if isinstance(params, Mapping) else params) or None


def _guarded(*, here: bool) -> "httpx.AsyncBaseTransport":
    """Make a transport that leads to public addresses alone, through the proxy that the environment names."""
    from urllib.request import getproxies

    import httpx

    from connectors._reach import PublicOnly

    proxy = getproxies().get("https") or getproxies().get("all")
    inner = httpx.AsyncHTTPTransport(verify=_tls(), proxy=proxy, retries=0)
    guard = PublicOnly(inner, here=here, refused=httpx.ConnectError, by_proxy=proxy is not None)
    return cast("httpx.AsyncBaseTransport", guard)  # it has all that a transport has


@cache
def _tls() -> ssl.SSLContext:
    """Make the TLS context once (it takes 46 ms): the system's authorities, or certifi's where the system has none."""
    import httpx

    paths = ssl.get_default_verify_paths()
    if paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())):
        return ssl.create_default_context()
    return httpx.create_ssl_context()
