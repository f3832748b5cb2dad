"""What Facebook and Instagram have in common as connectors: looking again, moderating, and finding our own text."""

import logging
from abc import abstractmethod
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from connectors import _graph_errors
from connectors._contract import Connector
from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    ProtocolError,
    RejectedError,
    UnreachableError,
)
from connectors._fields import Fields, text
from connectors._graph_account import Account
from connectors._graph_api import AT_ONCE, Api, Objects, Page, checked, is_id
from connectors._graph_bodies import time_of
from connectors._graph_errors import NotAllowedError
from connectors._graph_sweep import IsNew, Standing, Stretch, Sweep
from connectors._graph_token import Token, require
from connectors._http import Http
from connectors._limits import Budget
from connectors._model import Batch, Comment, Cursor, Gone, Identity, Outcome, Outgoing, Post, Receipt, Sent
from connectors._outcome import sending
from connectors._second_look import heard, in_parts
from connectors._text import one_line, sanitise

log = logging.getLogger(__name__)

SKEW = timedelta(minutes=5)
"""How far Meta's clock may be from ours when we look for our own text."""
DEEP = 8
"""Parts of the list of posts that are read to look at older ones too."""
MOST_PARTS = 40
"""Parts of it read where new posts fill them: a thousand between two looks."""
LOOKED_THROUGH = 5
"""Pages looked through for our own text."""

Read = Callable[[Fields], Standing]
"""Reads a post of a list."""

_GONE = "the comment is no longer there"


class Permissions(msgspec.Struct, frozen=True, kw_only=True):
    """What a token must be allowed.

    Attributes:
        reading: without these nothing can be read.
        writing: without these something that is offered will be refused.
    """

    reading: tuple[str, ...]
    writing: tuple[str, ...]


class GraphConnector(Connector):
    """One account behind the Graph API.

    Attributes:
        nests: whether its lists of comments hold the answers inside what they answer.
    """

    nests = False

    def __init__(self, source: str, options: Any, http: Http) -> None:
        """Prepare one account; no I/O happens here."""
        super().__init__(source, options, http)
        self._given = Api(http, options, options.base, options.token)
        self._token = Token(self._given, options)
        self._sweep = Sweep(self)
        self._acting: tuple[Account, Api] | None = None
        self._broken_off = 0  # the part of the list of posts that could not be read the last time

    # -- who we are --------------------------------------------------------------------------------

    @abstractmethod
    def _permissions(self) -> Permissions:
        """Say what the token must be allowed."""

    @abstractmethod
    async def _find(self) -> Account:
        """Ask whose token it is."""

    async def _ready(self) -> tuple[Account, Api]:
        """Be ready to send: an answer that makes no sense on the way there means that nothing was sent yet."""
        try:
            return await self._act()
        except ProtocolError as error:
            raise UnreachableError(error.message, hint=error.hint) from None

    async def _act(self) -> tuple[Account, Api]:
        if self._acting is None:
            account = await self._find()
            self._acting = account, self._given.with_token(account.token)
        return self._acting

    async def identify(self) -> Identity:
        """Ask whose token it is, what it may do and when it ends."""
        self._acting = None
        facts = await self._token.facts(self.http.clock())
        require(facts, self._permissions().reading)
        account, _ = await self._act()
        return Identity(
            account_id=account.native_id,
            handle=account.handle,
            name=account.name,
            url=account.url,
            scopes=facts.scopes,
            expires_at=facts.ends_at,
            server=one_line(f"{self.traits.label} (Graph API {self.options.version})"),
            followers=account.followers,
        )

    def warning(self) -> str:
        """Warn before the token ends, of permissions that it lacks, and of lists that make no sense."""
        return self._token.warning(self._now(), self._permissions().writing) or self._sweep.warning()

    def budget(self) -> Budget | None:
        """Tell what Meta's usage headers leave us, of the token given or of the one it speaks with."""
        token = self._acting[0].token if self._acting else self.options.token
        return self.http.budget(self.options.base, token) or self.http.budget(self.options.base, self.options.token)

    def ends_at(self) -> datetime | None:
        """Tell when the token, or its access to people's data, ends."""
        return self._token.known.ends_at

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.http.clock(), UTC)

    # -- reading -----------------------------------------------------------------------------------

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch what is new under our own posts; a first visit takes the comments of the last week."""
        await self._token.facts(self.http.clock())
        try:
            return await self._sweep.poll(cursor, self.http.clock())
        except AuthenticationError:
            self._acting = None  # what the account speaks with is asked for anew: it may have been replaced
            raise

    @abstractmethod
    async def posts(self, *, deep: bool, is_new: IsNew) -> list[Standing]:
        """Return the newest posts, or (deep) as many as are looked after; and whatever is new behind them."""

    async def _parts(self, pages: "Pages", read: Read, is_new: IsNew, *, deep: bool) -> list[Standing]:
        """Read a list of posts as far as anything is new; what cannot be had of it has its turn with the next look."""
        page, found, least = await pages(""), list[Standing](), DEEP if deep else 1
        for number in range(1, MOST_PARTS + 1):
            part = [read(row) for row in page.rows if is_id(text(row.get("id")))]
            found += part
            if not page.after or not (any(map(is_new, part)) or number < max(least, self._broken_off)):
                break
            try:
                page = await pages(page.after)
            except AuthenticationError:
                raise
            except ConnectorError as error:  # the newest comments do not wait for it
                self._broken_off = number + 1
                log.info("%s: older posts cannot be listed: %s", self.source, error.message)
                return found
        self._broken_off = 0
        return found

    @abstractmethod
    async def comments(self, post: Post, after: str) -> Stretch:
        """Return a page of the comments under a post, newest first."""

    async def answers(self, post: Post, above: Sequence[str]) -> dict[str, list[Comment]]:
        """Return the answers to some comments; where lists hold every level there is nothing to look for inside."""
        del post
        return {native_id: [] for native_id in above}

    @abstractmethod
    async def _objects(self, api: Api, ids: Sequence[str]) -> Objects:
        """Read comments by id."""

    @abstractmethod
    def _read(self, row: Fields, account: Account) -> Comment | None:
        """Read a comment; None when it is none."""

    @abstractmethod
    async def _sees_comments(self, api: Api) -> bool:
        """Whether the token still sees comments at all."""

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Ask for comments again; what is not there for us is gone only while others are."""
        found = await heard(self.source, self._look_again(ids))
        for each in found:
            if isinstance(each, Gone):
                self._sweep.forget(each.native_id)
        return found

    async def _look_again(self, ids: Sequence[str]) -> AsyncGenerator[Comment | Gone]:
        account, api = await self._act()
        for some in in_parts(ids, AT_ONCE):
            missing: list[str] = []
            for native_id, row in (await self._objects(api, some)).items():
                if isinstance(row, NotAllowedError):
                    continue  # closed to us, which says nothing of what became of it
                if isinstance(row, RejectedError):
                    missing += [native_id] if _graph_errors.is_gone(row) else []
                elif (comment := self._read(row, account)) is not None:
                    yield comment
            if missing and await self._sees_comments(api):
                for native_id in missing:
                    yield Gone(native_id=native_id, why="deleted")

    # -- answering ---------------------------------------------------------------------------------

    async def _look_at(self, native_id: str, fields: str) -> Fields:
        """Read what is about to be answered; an empty row where it is no comment but a post."""
        _, api = await self._ready()
        try:
            return await api.look(checked(native_id), [("fields", fields)])
        except RejectedError as error:
            if _graph_errors.is_gone(error):
                raise RejectedError(_GONE, hint="its author may have deleted it") from None
            if _graph_errors.refusal_of(error).code in _graph_errors.ABSENT:
                return {}
            raise

    async def _publish(self, path: str, form: dict[str, str], warning: str = "", post_id: str = "") -> Sent:
        _, api = await self._ready()
        row = await api.post(path, form)
        native_id = text(row.get("id"))
        if not native_id:
            raise ProtocolError(f"{self.traits.label} took the text but does not say where it is")
        return Sent(self._receipt({**row, "id": native_id}, post_id, warning))

    def _receipt(self, row: Fields, post_id: str, warning: str = "") -> Receipt:
        native_id = text(row.get("id"))
        return Receipt(
            remote_id=native_id,
            at=time_of(row.get("created_time"), row.get("timestamp")) or self._now(),
            url=one_line(text(row.get("permalink_url")) or self._address(native_id, post_id), 2000),
            warning=sanitise(warning),
        )

    @abstractmethod
    def _address(self, native_id: str, post_id: str) -> str:
        """Return where a publication of ours can be read, or ""."""

    async def _find_own(self, pages: "Pages", outgoing: Outgoing) -> Fields | None:
        """Look for our own text on the pages of a list, newest first or not.

        Raises:
            UnreachableError: there are more pages than are looked through.
        """
        account, _ = await self._act()
        since = outgoing.created_at - SKEW
        after = ""
        for _ in range(LOOKED_THROUGH):
            page = await pages(after)
            for row in page.rows:
                at = time_of(row.get("created_time"), row.get("timestamp"))
                if (at is None or at >= since) and self._is_ours(row, account, outgoing.text):
                    return row
            after = page.after
            if not after or not page.rows:
                return None
        raise UnreachableError("the account published too much since to be certain; look on its profile")

    @abstractmethod
    def _is_ours(self, row: Fields, account: Account, words: str) -> bool:
        """Whether it is this text, written by us or by nobody that we may know."""

    # -- moderating --------------------------------------------------------------------------------

    async def _change(self, native_id: str, what: str, **fields: bool | str) -> Sent:
        _, api = await self._ready()
        api.confirm(await api.post(checked(native_id), api.form(**fields)), what)
        self._sweep.forget(native_id)
        return self._done(native_id)

    @sending
    async def delete(self, native_id: str) -> Outcome:
        """Delete a comment; one that is gone already is done with."""
        _, api = await self._ready()
        try:
            api.confirm(await api.delete(checked(native_id)), "the comment is deleted")
        except RejectedError as error:
            if not (_graph_errors.is_gone(error) and await self._still_sees(api)):
                raise
        return self._done(native_id)

    async def _still_sees(self, api: Api) -> bool:
        try:
            return await self._sees_comments(api)
        except ConnectorError:
            return False

    def _done(self, native_id: str) -> Sent:
        return Sent(Receipt(remote_id=native_id, at=self._now()))

    @sending
    async def unpin_notice(self, remote_id: str) -> Outcome:
        """Refuse: what was pinned by hand is unpinned by hand."""
        del remote_id
        raise RejectedError("it was pinned by hand, if at all", hint="unpin it on the platform")


class Pages:
    """A list to be read part by part."""

    def __init__(self, api: Api, path: str, params: Sequence[tuple[str, str]]) -> None:
        """Read `path` with `params`."""
        self._api, self._path, self._params = api, path, params

    async def __call__(self, after: str) -> Page:
        """Return one part.

        Args:
            after: `Page.after` of the part before; "" for the first.
        """
        return await self._api.page(self._path, self._params, after)
