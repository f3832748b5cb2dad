"""The AT Protocol's remote procedures as one account calls them: named queries, procedures, and its own records."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from connectors._answer import Answer
from connectors._bluesky_ids import AtUri
from connectors._bluesky_options import BlueskyOptions
from connectors._bluesky_session import Session, Tokens, is_stale, judge, name_of
from connectors._errors import AuthenticationError, ConnectorError, ProtocolError, RejectedError
from connectors._fields import Fields, table, text
from connectors._http import Http

Pairs = Sequence[tuple[str, str]]


class Record(Struct, frozen=True):
    """One record of our repository.

    Attributes:
        uri: its address.
        cid: the hash of its content, which is its version.
        value: its content; every field is kept when it is written again.
    """

    uri: str
    cid: str
    value: Fields


class Api:
    """One account's view of its server, which passes on what is not its own.

    Attributes:
        session: the account's.
    """

    def __init__(self, http: Http, options: BlueskyOptions) -> None:
        """Speak as the account of `options` through `http`."""
        self.session = Session(http, options)
        self._http = http

    async def did(self) -> str:
        """Return the account's own id."""
        return (await self.session.tokens()).did

    async def query(self, name: str, params: Pairs = ()) -> Fields:
        """Read."""
        return (await self.asked(name, params)).confirmation()

    async def asked(self, name: str, params: Pairs = ()) -> Answer:
        """Read what is too large to be taken apart as a whole."""
        return await self._call("GET", name, params=params)

    async def procedure(self, name: str, body: Mapping[str, Any]) -> Fields:
        """Do something, once, and read what it answers with."""
        return (await self._call("POST", name, body=body)).confirmation()

    async def act(self, name: str, body: Mapping[str, Any]) -> None:
        """Do something, once; the answer says nothing, or something that does not matter."""
        (await self._call("POST", name, body=body)).confirmation(silent=True)

    async def _call(
        self, method: str, name: str, *, params: Pairs = (), body: Mapping[str, Any] | None = None
    ) -> Answer:
        """Call, and once more with fresh tokens where the old were refused: that much certainly did not happen."""

        async def once(tokens: Tokens) -> Answer:
            url = f"{tokens.server}/xrpc/{name}"
            return await self._http.request(method, url, token=tokens.token, params=params, json=body, judge=judge)

        tokens = await self.session.tokens()
        try:
            return await once(tokens)
        except (AuthenticationError, RejectedError) as error:
            if not is_stale(error):
                raise
        return await self._once_more(once, await self.session.renewed(tokens))

    @staticmethod
    async def _once_more(once: Callable[[Tokens], Awaitable[Answer]], tokens: Tokens) -> Answer:
        try:
            return await once(tokens)
        except RejectedError as error:
            if not is_stale(error):
                raise
            raise AuthenticationError(error.message, hint="connect the account again") from None

    # -- our repository ----------------------------------------------------------------------------

    async def record(self, collection: str, rkey: str) -> Record | None:
        """Read one of our records; None when the server says that there is none.

        Raises:
            ConnectorError: nobody can tell.
        """
        params = [("repo", await self.did()), ("collection", collection), ("rkey", rkey)]
        try:
            said = await self.query("com.atproto.repo.getRecord", params)
        except RejectedError as error:
            if name_of(error) == "RecordNotFound":
                return None
            raise
        found = Record(text(said.get("uri")), text(said.get("cid")), table(said.get("value")))
        if not found.uri or not found.cid:
            raise ProtocolError("the server shows a record without address or version")
        return found

    async def put(self, collection: str, rkey: str, value: Fields, *, swap: str | None) -> Record | None:
        """Write one of our records; None when it is no longer in the state we last saw.

        Args:
            collection: which kind of record.
            rkey: which one.
            value: its whole content.
            swap: the version that is to be replaced; None where there is to be none yet.
        """
        address = AtUri(await self.did(), collection, rkey)
        body = {"repo": address.did, "collection": collection, "rkey": rkey, "record": value, "swapRecord": swap}
        try:
            said = await self.procedure("com.atproto.repo.putRecord", body)
        except RejectedError as error:
            if name_of(error) == "InvalidSwap":
                return None
            raise
        if text(said.get("uri")) != str(address) or not text(said.get("cid")):
            raise ProtocolError("the server took a record but does not say where it is")
        return Record(str(address), text(said.get("cid")), value)

    async def settled(self, collection: str, rkey: str, doubt: ConnectorError) -> Record | None:
        """Look what became of a doubtful writing; when even that cannot be told, the first doubt is the answer."""
        try:
            return await self.record(collection, rkey)
        except ConnectorError:
            raise doubt from None
