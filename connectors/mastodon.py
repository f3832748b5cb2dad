"""Mastodon and the servers that speak its API (GoToSocial, Pleroma, Akkoma): mentions in, replies and notices out."""

import logging
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import msgspec

from connectors import _mastodon_entities as entities
from connectors._contract import Connector, Options
from connectors._errors import AuthenticationError, ConnectorError, ProtocolError, RejectedError, UnreachableError
from connectors._fields import Fields, count, moment, rows, table, text
from connectors._http import REFUSED_HINT, Http, ServerEvent
from connectors._limits import Budget
from connectors._mastodon_api import Api, part
from connectors._mastodon_mentions import catch_up
from connectors._mastodon_options import STEPS, MastodonOptions, lacking
from connectors._mastodon_threads import REMEMBERED, Conversations
from connectors._model import (
    Appearance,
    Batch,
    Capability,
    Comment,
    Cursor,
    Gone,
    Idempotency,
    Identity,
    Measure,
    Outcome,
    Outgoing,
    Receipt,
    Sent,
    Support,
    Traits,
    Writing,
)
from connectors._outcome import sending
from connectors._remembered import Remembered
from connectors._second_look import heard, in_parts
from connectors._text import one_line

log = logging.getLogger(__name__)

BATCH = 20
"""Statuses asked for at once by id."""
SKEW = timedelta(minutes=5)
"""How far the platform's clock may be from ours when we look for our own text."""
_GONE = frozenset({404, 410})
PAGES = 5
"""Pages of our own statuses read in search of one."""
_WRONG = (
    "copy the token again or make another (Preferences > Development, on its server), and connect the account again"
)


class Mastodon(Connector):
    """One account on a Mastodon-compatible server."""

    name = "mastodon"
    options_type: ClassVar[type[Options]] = MastodonOptions
    traits = Traits(
        label="Mastodon",
        code="ma",
        poll_interval=30.0,
        idempotency=Idempotency.KEY,
        key_ttl=50 * 60.0,  # the server keeps a key for up to an hour
        reply_depth="any",
        pin_scope="profile",
        pin_limit=5,
        bulk_size=1,
        look_again=60,
        send_interval=1.0,
        deletes="own",
    )
    steps = STEPS
    capabilities: Mapping[Capability, Support] = {
        Capability.REPLY: Support("yes", "replies as the account, with the author mentioned so that they are notified"),
        Capability.STREAM: Support("yes", "the server's live stream tells at once that there is something to fetch"),
        Capability.THREAD: Support("yes", "the answered statuses and the answers, as far as the server knows them"),
        Capability.READ_BACK: Support("yes", "our own text is looked for among the account's latest statuses"),
        Capability.HIDE: Support("no", "Mastodon cannot hide other people's replies; mute or report instead"),
        Capability.DELETE: Support("partly", "only what this account wrote itself can be deleted"),
        Capability.SPAM: Support("no", "Mastodon knows no spam of one account; report it to the moderators"),
        Capability.MUTE: Support("yes", "the author's mentions no longer reach us; everybody else still sees them"),
        Capability.REPORT: Support("yes", "to the moderators of this server, who decide"),
        Capability.LOCK: Support("no", "Mastodon cannot close a conversation; open a dedicated thread instead"),
        Capability.PIN_NOTICE: Support("partly", "pinned to the account's profile, not inside a conversation; few fit"),
        Capability.OPEN_THREAD: Support("yes", "a new public status to which people are invited"),
        Capability.EDIT_OWN: Support("yes", "readers see that it was edited, and can read what it said before"),
    }

    def __init__(self, source: str, options: Any, http: Http) -> None:
        """Prepare one account; no I/O happens here."""
        super().__init__(source, options, http)
        self._api = Api(http, options.base, options.token)
        self._conversations = Conversations(self._api)
        self._own: Fields = {}
        self._granted: tuple[str, ...] = ()
        self._instance: Fields = {}
        self._rules = entities.Rules()
        self._visibilities: Remembered[entities.Visibility] = Remembered(["public"] * REMEMBERED)
        self._edited: set[str] = set()
        if not options.stream:
            off = Support("no", "switched off in the configuration")
            self.capabilities = {**self.capabilities, Capability.STREAM: off}

    # -- who we are --------------------------------------------------------------------------------

    async def identify(self) -> Identity:
        """Ask who the token belongs to, and what the server allows."""
        own = await self._introduced()
        if not text(own.get("id")):
            raise ProtocolError(f"{self._api.base} does not say whose token this is", hint="is it a Mastodon server?")
        self._instance = await self._about()
        self._rules = entities.rules_of(self._instance)
        self._own = own  # whose name is known, of that server the rules are known too
        me = entities.author_of(own)
        self._granted = await self._scopes()
        version = text(self._instance.get("version"))
        return Identity(
            account_id=me.native_id,
            handle=me.handle,
            name=me.name,
            url=me.url,
            scopes=self._granted,
            server=one_line(f"{text(self._instance.get('title'))} {version}"),
            followers=count(self._own["followers_count"]) if "followers_count" in self._own else None,
        )

    async def _introduced(self) -> Fields:
        try:
            return await self._api.get("/api/v1/accounts/verify_credentials")
        except AuthenticationError as error:
            hint = _WRONG if error.hint == REFUSED_HINT else error.hint
            raise AuthenticationError(error.message, hint=hint) from None

    def warning(self) -> str:
        """Name the permissions that the token lacks, as far as the server tells what it has."""
        missing = lacking(self._granted)
        return f"the token lacks {', '.join(missing)}: what needs them will be refused" if missing else ""

    async def _about(self) -> Fields:
        try:
            return await self._api.get("/api/v2/instance")
        except (RejectedError, ProtocolError):  # before Mastodon 4.0, and on servers that stayed there
            log.info("%s: no second version of the instance's description", self.source)
        try:
            return await self._api.get("/api/v1/instance")
        except (RejectedError, ProtocolError):
            return {}  # its rules are then Mastodon's defaults

    async def _scopes(self) -> tuple[str, ...]:
        try:
            app = await self._api.get("/api/v1/apps/verify_credentials")
        except ConnectorError:
            return ()  # a courtesy: older servers do not say
        said = app.get("scopes")
        return tuple(one_line(each) for each in said if isinstance(each, str)) if isinstance(said, list) else ()

    async def _me(self) -> str:
        if not self._own:
            await self.identify()
        return text(self._own.get("id"))

    @classmethod
    def parse(cls, body: bytes, kind: str = "") -> list[Comment]:
        """Read the comments out of a raw answer: statuses, notifications, a conversation or a recorded stream."""
        del kind  # the body tells
        try:
            return entities.comments_in(body)
        except ValueError as error:
            raise ProtocolError(f"this is no answer of Mastodon: {error}", payload=body) from None

    # -- reading -----------------------------------------------------------------------------------

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch mentions forwards from the cursor, without gaps; a first visit takes the latest page."""
        me = await self._me()
        mentions = await catch_up(self._api, cursor, self.http.clock())
        statuses = [table(note.get("status")) for note in mentions.notes] + await self._hinted()
        comments = [c for status in statuses if (c := await self._comment(status, me)) is not None]
        posts = (self._conversations.post(post_id) for post_id in dict.fromkeys(c.post_id for c in comments))
        return Batch(
            comments=tuple(comments),
            cursor=mentions.cursor,
            posts=tuple(post for post in posts if post is not None),
            complete=mentions.complete,
        )

    async def _hinted(self) -> list[Fields]:
        """Fetch what the stream said was edited; a hint lost is made good by the next `fetch`."""
        hinted, self._edited = sorted(self._edited), set()
        return await self._statuses(hinted) if hinted else []

    async def _comment(self, status: Fields, me: str) -> Comment | None:
        try:
            root = await self._conversations.root_of(status)
        except AuthenticationError:
            raise
        except ConnectorError as error:  # the comment matters more than its place; a later `fetch` finds it
            log.info("%s: no conversation for %s: %s", self.source, text(status.get("id")), error.message)
            root = ""
        return self._read(status, me, root)

    def _read(self, status: Fields, me: str, root: str) -> Comment | None:
        comment = entities.comment_of(status, own_id=me, root_id=root)
        if comment is None:
            if status:
                log.warning("%s: a status without id or author was left out", self.source)
            return None
        if self._visibilities.get(comment.native_id) != comment.visibility:
            self._visibilities.put(comment.native_id, comment.visibility)
        return comment

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Ask for comments again; what a list leaves out is asked for one by one before it is called gone."""
        return await heard(self.source, self._look_again(ids))

    async def _look_again(self, ids: Sequence[str]) -> AsyncGenerator[Comment | Gone]:
        me = await self._me()
        for some in in_parts(ids, BATCH):
            statuses = {text(status.get("id")): status for status in await self._statuses(some)}
            for native_id in some:
                try:
                    status = statuses.get(native_id) or await self._api.get(f"/api/v1/statuses/{part(native_id)}")
                except RejectedError as error:
                    if error.status in _GONE:
                        yield Gone(native_id=native_id, why="deleted" if error.status == 410 else "unknown")
                    continue
                if (comment := await self._again(native_id, status, me)) is not None:
                    yield comment

    async def _again(self, native_id: str, status: Fields, me: str) -> Comment | None:
        try:
            return self._read(status, me, await self._conversations.root_of(status))
        except (RejectedError, UnreachableError, ProtocolError) as error:
            # its post is known from the first look; half a comment must not overwrite a whole one
            log.info("%s: left out of a second look: %s: %s", self.source, native_id, error.message)
            return None

    async def _statuses(self, ids: Iterable[str]) -> list[Fields]:
        """Fetch many statuses at once (Mastodon 4.3); servers that cannot answer none, and are asked one by one."""
        wanted, found = list(dict.fromkeys(ids)), []
        for start in range(0, len(wanted), BATCH):
            some = [("id[]", native_id) for native_id in wanted[start : start + BATCH]]
            try:
                found.extend(await self._api.list("/api/v1/statuses", some))
            except (RejectedError, ProtocolError):
                break
        return [status for status in found if text(status.get("id")) in set(wanted)]

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return what `comment` answers and what answers it, oldest first, itself included."""
        me = await self._me()
        context = await self._api.get(f"/api/v1/statuses/{part(comment.native_id)}/context")
        ancestors = rows(context.get("ancestors"))
        root = self._conversations.learn(ancestors) or comment.post_id or comment.native_id
        around = [self._read(status, me, root) for status in (*ancestors, *rows(context.get("descendants")))]
        return sorted([*filter(None, around), comment], key=lambda c: (c.created_at, entities.order(c.native_id)))

    async def stream(self) -> AsyncGenerator[None]:
        """Yield after every (re)connection and whenever a mention or an edit of one is announced."""
        if not self.options.stream:
            raise self._unsupported(Capability.STREAM)
        me = await self._me()
        base = entities.streaming_base(self._instance, self._api.base)
        async with aclosing(self.http.live(f"{base}/api/v1/streaming/user", token=self._api.token)) as events:
            async for event in events:
                if self._matters(event, me):
                    yield

    def _matters(self, event: ServerEvent, me: str) -> bool:
        if event.name in {"open", "notifications_merged"}:
            return True
        if event.name not in {"notification", "status.update"}:
            return False
        try:
            payload = table(msgspec.json.decode(event.data))
        except (msgspec.DecodeError, RecursionError):
            return True  # a hint we cannot read is still a hint
        if event.name == "notification":
            return text(payload.get("type")) == "mention"
        mentioned = any(text(each.get("id")) == me for each in rows(payload.get("mentions")))
        if mentioned and len(self._edited) < BATCH:
            self._edited.add(text(payload.get("id")))
        return mentioned

    # -- writing -----------------------------------------------------------------------------------

    def measure(self, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count as this instance does: graphemes, links at its fixed weight, `@user@domain` as `@user`."""
        del writing  # every status is of one kind
        return entities.measure(text, self._rules)

    def mention_prefix(self, comment: Comment) -> str:
        """Return "@handle " of the author, for Mastodon notifies only who is mentioned; never our own."""
        own = comment.author.is_self or comment.author.native_id == text(self._own.get("id"))
        return "" if own or not comment.author.handle else f"@{comment.author.handle} "

    def appearance(self, text: str) -> Appearance:
        """Show addresses as Mastodon does, without their scheme and cut after 30 characters, and names without server."""
        return entities.appearance(text)

    def budget(self) -> Budget | None:
        """Tell what the server's limit headers leave this account."""
        return self.http.budget(self.options.base, self.options.token)

    def where_pinned(self) -> str:
        """Say where a notice will appear."""
        handle = entities.author_of(self._own).handle
        profile = f"on the profile of @{handle}" if handle else "on the account's profile"
        return f"pinned {profile} ({self._rules.max_pins} at most), not inside the conversation"

    @sending
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish a reply, at least as private as what it answers."""
        visibility = outgoing.visibility
        if outgoing.parent_id:
            visibility = entities.stricter(visibility, await self._visibility_of(outgoing.parent_id))
        return Sent(entities.receipt_of(await self._publish(outgoing, visibility)))

    async def _visibility_of(self, native_id: str) -> entities.Visibility:
        known = self._visibilities.get(native_id)
        if known is None:
            known = entities.visibility_of(await self._api.get(f"/api/v1/statuses/{part(native_id)}"))
            self._visibilities.put(native_id, known)
        return known

    def _heeding(self, words: str) -> str:
        """Return a text that this instance takes; one whose rules are not heard yet judges for itself."""
        return self.fitting(words) if self._own else words

    async def _publish(self, outgoing: Outgoing, visibility: entities.Visibility) -> Fields:
        form = {
            "status": self._heeding(outgoing.text),
            "visibility": "private" if visibility == "followers" else visibility,
        }
        if outgoing.parent_id:
            form["in_reply_to_id"] = outgoing.parent_id
        if outgoing.language:
            form["language"] = outgoing.language
        status = await self._api.post("/api/v1/statuses", form, {"Idempotency-Key": outgoing.client_id})
        if not text(status.get("id")):
            raise ProtocolError(f"{self._api.base} took the text but does not say where it is")
        return status

    @sending
    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a notice publicly and pin it to the profile; a refused pin leaves it published, with a warning."""
        return await self._pinned(await self._publish(outgoing, "public"))

    async def _pinned(self, status: Fields) -> Outcome:
        native_id = text(status["id"])
        try:
            await self._api.post(f"/api/v1/statuses/{part(native_id)}/pin")
        except ConnectorError as error:
            if not await self._is_pinned(native_id):
                warning = f"published, but not pinned: {error.message}; unpin another or pin it by hand"
                return Sent(entities.receipt_of(status, warning))
        return Sent(entities.receipt_of(status))

    async def _is_pinned(self, native_id: str) -> bool:
        """Look whether a pin that failed is there all the same: pinning twice is refused, an answer may get lost."""
        try:
            return (await self._api.get(f"/api/v1/statuses/{part(native_id)}")).get("pinned") is True
        except ConnectorError:
            return False

    @sending
    async def unpin_notice(self, remote_id: str) -> Outcome:
        """Unpin a notice; its text stays public."""
        return self._done(remote_id, await self._api.post(f"/api/v1/statuses/{part(remote_id)}/unpin"))

    @sending
    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Publish a root status; people are invited to its address."""
        root = msgspec.structs.replace(outgoing, parent_id=None)
        status = await self._publish(root, "public")
        return await self._pinned(status) if outgoing.pin else Sent(entities.receipt_of(status))

    @sending
    async def edit_own(self, native_id: str, outgoing: Outgoing) -> Outcome:
        """Edit one of our own statuses (Mastodon 3.5); the server refuses others'."""
        form = {"status": self._heeding(outgoing.text)} | ({"language": outgoing.language} if outgoing.language else {})
        answer = await self._api.send("PUT", f"/api/v1/statuses/{part(native_id)}", form)
        status = answer.json(dict)
        if text(status.get("id")) != native_id:
            raise ProtocolError(f"{self._api.base} took the edit but does not say of what")
        return Sent(entities.receipt_of(status))

    @sending
    async def delete(self, native_id: str) -> Outcome:
        """Delete one of our own statuses, or find it gone; the server refuses others' as if they were not there."""
        try:
            (await self._api.send("DELETE", f"/api/v1/statuses/{part(native_id)}")).confirmation(silent=True)
        except RejectedError as error:
            if error.status not in _GONE or not await self._is_gone(native_id):
                raise
        return self._done(native_id, {})

    async def _is_gone(self, native_id: str) -> bool:
        """Look whether a status is there no more, while the server still shows what is."""
        try:
            await self._api.get("/api/v1/accounts/verify_credentials")
        except ConnectorError:
            return False
        try:
            await self._api.get(f"/api/v1/statuses/{part(native_id)}")
        except ConnectorError as error:
            return isinstance(error, RejectedError) and error.status in _GONE
        return False

    @sending
    async def mute(self, author_id: str, *, seconds: int | None) -> Outcome:
        """Mute an author, for a while (seconds) or until taken back (None); 0 takes it back."""
        if seconds == 0:
            return self._done(author_id, await self._api.post(f"/api/v1/accounts/{part(author_id)}/unmute"))
        form = {"notifications": "true", "duration": str(seconds or 0)}
        return self._done(author_id, await self._api.post(f"/api/v1/accounts/{part(author_id)}/mute", form))

    @sending
    async def report(self, comment: Comment, *, reason: str) -> Outcome:
        """Report a comment to the moderators (their comment field takes 1,000 characters)."""
        forward = self.options.forward_reports and "@" in comment.author.handle
        form = {
            "account_id": comment.author.native_id,
            "status_ids[]": comment.native_id,
            "comment": reason[:1000],
            "category": "other",
            "forward": "true" if forward else "false",
        }
        return self._done(comment.native_id, await self._api.post("/api/v1/reports", form))

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look for `outgoing` under its parent, then among the account's statuses back to when it was decided."""
        me, wanted = await self._me(), entities.essence(outgoing.text)
        since = outgoing.created_at - SKEW

        def is_it(status: Fields) -> bool:
            comment = entities.comment_of(status, own_id=me)
            return (
                comment is not None
                and comment.author.is_self
                and comment.created_at >= since
                and comment.parent_id == outgoing.parent_id
                and entities.essence(comment.text) == wanted
            )

        if outgoing.parent_id:
            under = await self._answers(outgoing.parent_id)
            if (found := next(filter(is_it, under), None)) is not None:
                return entities.receipt_of(found)
        found = next(filter(is_it, await self._own_since(me, since)), None)
        return entities.receipt_of(found) if found is not None else None

    async def _answers(self, parent_id: str) -> list[Fields]:
        try:
            context = await self._api.get(f"/api/v1/statuses/{part(parent_id)}/context")
        except RejectedError:  # the parent is gone; what we wrote may still be there
            return []
        return rows(context.get("descendants"))

    async def _own_since(self, me: str, since: datetime) -> list[Fields]:
        """Read our own statuses, newest first, until those from before `since`."""
        found: list[Fields] = []
        params = [("exclude_reblogs", "true"), ("limit", "40")]
        for _ in range(PAGES):
            older = [("max_id", text(found[-1].get("id")))] if found else []
            page = await self._api.list(f"/api/v1/accounts/{part(me)}/statuses", params + older)
            found.extend(page)
            oldest = moment(page[-1].get("created_at")) if page else None
            if oldest is None or oldest < since:
                return found
        raise UnreachableError("the account published too much since to be certain; look on its profile")

    def _done(self, native_id: str, answer: Fields) -> Sent:
        at = datetime.fromtimestamp(self.http.clock(), UTC)
        return Sent(Receipt(remote_id=text(answer.get("id")) or native_id, at=at))


CONNECTOR = Mastodon
