"""The session behind an app password: logged in once, refreshed by one, kept in memory or in a private file."""

import asyncio
import contextlib
import logging
import os
import stat
from base64 import urlsafe_b64decode
from hashlib import blake2b
from pathlib import Path

import msgspec

from connectors._answer import Answer, complain, parse_json
from connectors._bluesky_options import BlueskyOptions, safe_server
from connectors._errors import AuthenticationError, ConnectorError, ProtocolError, RateLimitedError, RejectedError
from connectors._fields import Fields, rows, table, text
from connectors._http import Http
from connectors._secret import Secret

log = logging.getLogger(__name__)

REFUSED_PAUSE = 600.0
"""Seconds in which a refused password is not tried again: every try counts against 300 a day."""
MAILED_PAUSE = 86_400.0
"""The same where every try makes the server mail a code to the account's owner."""
_LOGIN_HINT = "make an app password in Bluesky: Settings > Privacy and security > App passwords"
_SECOND_FACTOR = "AuthFactorTokenRequired"
_OWN_ACCESS = (
    "this is the account's own password, for which a code was mailed: make an app password in Bluesky, "
    "Settings > Privacy and security > App passwords"
)
_CLOSED = {
    "AccountTakedown": "the account was taken down: log in with the Bluesky app to see why, and to appeal",
    "AccountSuspended": "the account is suspended: log in with the Bluesky app to see why, and for how long",
    "AccountDeactivated": "the account is deactivated: log in with the Bluesky app to activate it again",
    "AccountNotFound": "the server has no such account any more: has it moved, or been deleted?",
}
"""Names of refusals that no new session changes.

Sources: bluesky-social/atproto, packages/pds/src/auth-verifier.ts (`findAccount`), lexicons
com.atproto.server.createSession and chat.bsky.convo.getConvoForMembers.
"""
_STALE = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing"})
_LARGEST_FILE = 65_536
_MARK = b"becalm session"


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """One session.

    Attributes:
        identifier: what was logged in with.
        did: whose it is.
        handle: how they are addressed.
        server: where their repository is (the PDS).
        access: opens it for two hours.
        refresh: gives the next pair, for 90 days.
        opened_by: tells the password that opened it from any other, and not what it is.
    """

    identifier: str
    did: str
    handle: str
    server: str
    access: str
    refresh: str
    opened_by: str = ""

    @property
    def token(self) -> Secret:
        """What requests carry."""
        return Secret(self.access)

    @property
    def scope(self) -> str:
        """What the token says it allows, or ""."""
        try:
            middle = self.access.split(".")[1]
            return text(table(parse_json(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))).get("scope"))
        except (ValueError, IndexError):  # no JWT: tokens are opaque to us, this is a courtesy
            return ""

    def __repr__(self) -> str:
        return f"Tokens({self.did} at {self.server})"


class ClosedError(AuthenticationError):
    """The account itself is closed: neither a new session nor a new password would open it."""


class SecondFactorError(AuthenticationError):
    """The account's own password was given, and a code was mailed to its owner, who expects none."""


def judge(answer: Answer, _: str) -> None:
    """Raise our error for a refusal that no new session changes."""
    if answer.status not in {400, 401, 403}:
        return
    name = _name_in(answer.body)
    if name in _CLOSED:
        raise ClosedError(complain(answer), hint=_CLOSED[name])
    if name == _SECOND_FACTOR:
        raise SecondFactorError(complain(answer), hint=_OWN_ACCESS)


class Session:
    """The tokens of one account, renewed by whoever first finds them stale while the others wait."""

    def __init__(self, http: Http, options: BlueskyOptions) -> None:
        """Prepare; nothing is asked or read yet."""
        self._http = http
        self._options = options
        self._path = Path(options.session).expanduser() if options.session else None
        self._tokens: Tokens | None = None
        self._lock = asyncio.Lock()
        self._refused: tuple[float, AuthenticationError] | None = None

    @property
    def _opener(self) -> str:
        return blake2b(
            self._options.password.reveal().encode("utf-8", "replace"), digest_size=16, key=_MARK
        ).hexdigest()

    @property
    def known(self) -> Tokens | None:
        """The session as far as it was opened."""
        return self._tokens

    async def tokens(self) -> Tokens:
        """Return the session, opening it the first time.

        Raises:
            AuthenticationError: the password is refused.
            ConnectorError: the server cannot be reached or makes no sense.
        """
        if self._tokens is None:
            async with self._lock:
                if self._tokens is None:
                    kept = self._read()
                    self._tokens = kept if kept is not None else await self._log_in()
        return self._tokens

    async def renewed(self, stale: Tokens) -> Tokens:
        """Return a session newer than `stale`; only one of many that ask at once goes to the server."""
        async with self._lock:
            if self._tokens is not None and self._tokens.access != stale.access:
                return self._tokens
            kept = self._read()
            if kept is not None and kept.access != stale.access:  # another process was faster
                self._tokens = kept
            else:
                self._tokens = await self._refresh(stale) or await self._log_in()
            return self._tokens

    # -- asking ------------------------------------------------------------------------------------

    async def _log_in(self) -> Tokens:
        if self._refused is not None and self._http.clock() < self._refused[0]:
            raise self._refused[1]
        credentials = {"identifier": self._options.identifier, "password": self._options.password.reveal()}
        url = f"{self._options.base}/xrpc/com.atproto.server.createSession"
        self._http.hush(self._options.password)
        try:
            said = await self._confidential(url, json=credentials)
        except ClosedError as error:
            raise self._remember(error) from None
        except SecondFactorError as error:
            raise self._remember(error, MAILED_PAUSE) from None
        except AuthenticationError as error:
            raise self._remember(AuthenticationError(error.message, hint=_LOGIN_HINT)) from None
        except RejectedError as error:
            if error.status == 400:
                raise self._remember(AuthenticationError(error.message, hint=_LOGIN_HINT)) from None
            hint = "is it a server of the AT Protocol?"
            raise RejectedError(error.message, status=error.status, hint=hint) from None
        return self._keep(said, server=self._options.base)

    def _remember(self, refusal: AuthenticationError, pause: float = REFUSED_PAUSE) -> AuthenticationError:
        self._refused = self._http.clock() + pause, refusal
        return refusal

    async def _refresh(self, stale: Tokens) -> Tokens | None:
        """Exchange the refresh token; None when the server no longer takes it."""
        url = f"{stale.server}/xrpc/com.atproto.server.refreshSession"
        try:
            said = await self._confidential(url, token=Secret(stale.refresh))
        except (RateLimitedError, ClosedError):
            raise
        except (AuthenticationError, RejectedError) as error:
            log.info("session of %s ended: %s", stale.did, error.message)
            return None
        return self._keep(said, server=stale.server)

    async def _confidential(self, url: str, *, json: Fields | None = None, token: Secret | None = None) -> Fields:
        """Post, and keep the answer's body out of any error: it holds secrets."""
        try:
            return (await self._http.request("POST", url, json=json, token=token, judge=judge)).json(dict)
        except ProtocolError as error:
            raise ProtocolError(error.message, hint=error.hint) from None
        except RejectedError as error:
            raise RejectedError(error.message, status=error.status) from None

    def _keep(self, said: Fields, *, server: str) -> Tokens:
        tokens = Tokens(
            identifier=self._options.identifier,
            did=text(said.get("did")),
            handle=text(said.get("handle")),
            server=home_of(table(said.get("didDoc"))) or server,
            access=text(said.get("accessJwt")),
            refresh=text(said.get("refreshJwt")),
            opened_by=self._opener,
        )
        if not (tokens.did and tokens.access and tokens.refresh):
            raise ProtocolError(f"{server} opened no session", hint="is it a server of the AT Protocol?")
        if said.get("active") is False:
            log.warning("the account %s is not active: %s", tokens.did, text(said.get("status")))
        self._http.hush(Secret(tokens.refresh))
        self._write(tokens)
        return tokens

    # -- the file ----------------------------------------------------------------------------------

    def _read(self) -> Tokens | None:
        """Read the kept session; one that others could read, or of another account or password, is not used."""
        if self._path is None:
            return None
        try:
            with self._path.open("rb") as file:
                about = os.fstat(file.fileno())
                if not stat.S_ISREG(about.st_mode) or about.st_mode & 0o077:
                    log.warning("%s can be read by others: the session in it is not used", self._path)
                    return None
                kept = msgspec.json.decode(file.read(_LARGEST_FILE), type=Tokens)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        ours = kept.identifier == self._options.identifier and kept.opened_by == self._opener
        return kept if ours and safe_server(kept.server) else None

    def _write(self, tokens: Tokens) -> None:
        """Keep the session; a disk that refuses costs a login at the next start, and nothing now."""
        if self._path is None:
            return
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(msgspec.json.encode(tokens))
            beside.replace(self._path)
        except OSError as error:
            log.warning("the session cannot be kept in %s: %s", self._path, error.strerror)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def home_of(did_doc: Fields) -> str:
    """Return where an account's repository is, from its DID document; "" where it names no safe place."""
    for service in rows(did_doc.get("service")):
        if text(service.get("id")).endswith("#atproto_pds"):
            endpoint = text(service.get("serviceEndpoint")).rstrip("/")
            return endpoint if safe_server(endpoint) else ""
    return ""


def is_stale(error: ConnectorError) -> bool:
    """Whether a refusal means that the access token is over: 400 with a name on Bluesky, 401 elsewhere."""
    if isinstance(error, AuthenticationError):
        return not isinstance(error, ClosedError)
    return isinstance(error, RejectedError) and name_of(error) in _STALE


def name_of(error: RejectedError) -> str:
    """Return the name that the server gave its refusal ("RecordNotFound"), or ""."""
    return _name_in(error.payload)


def _name_in(body: bytes) -> str:
    try:
        return text(table(parse_json(body)).get("error"))
    except ValueError:
        return ""
