"""Bluesky and its AT Protocol network: replies, mentions and quotes in, replies and notices out, own threads kept."""

import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

import msgspec

from connectors import _bluesky_entities as entities
from connectors import _bluesky_facets as facets
from connectors import _bluesky_records as records
from connectors._bluesky_api import Api, Record
from connectors._bluesky_hidden import Hidden, gates_of
from connectors._bluesky_ids import POST, AtUri, TidClock, post_uri
from connectors._bluesky_inbox import Resume, catch_up, cursor_of, resume_of
from connectors._bluesky_options import STEPS, BlueskyOptions
from connectors._bluesky_session import name_of
from connectors._bluesky_sweep import RECENT, Sweep, thread_of
from connectors._contract import Connector, Options
from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    ProtocolError,
    RateLimitedError,
    RejectedError,
)
from connectors._fields import Fields, count, rows, table, text
from connectors._guard import host_of
from connectors._http import Http
from connectors._limits import Budget
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
    Post,
    Price,
    Receipt,
    Sent,
    Support,
    Traits,
    Writing,
)
from connectors._outcome import sending
from connectors._second_look import heard, in_parts
from connectors._text import one_line, sanitise

log = logging.getLogger(__name__)

BATCH = 25
"""Posts asked for at once by address; the most."""
POSTS = 1000
"""Posts that comments stand under, kept in mind."""
DEPTH = 100
"""Levels of a conversation read below and above a comment."""
DEEP_EVERY = 300.0
"""Seconds between two deep looks through the notifications, in search of replies that were dated back."""
MAX_REASON = 2000
"""Characters of a report's reason."""
_TOO_MUCH = "this is the account's own password: make an app password, which can be taken back, and replace it"


class Bluesky(Connector):
    """One account on the AT Protocol network."""

    name = "bluesky"
    options_type: ClassVar[type[Options]] = BlueskyOptions
    traits = Traits(
        label="Bluesky",
        code="bs",
        poll_interval=15.0,
        idempotency=Idempotency.CLIENT_ID,  # our key is the post's own
        reply_depth="any",
        pin_scope="profile",
        pin_limit=1,
        bulk_size=1,
        look_again=100,
        send_interval=1.0,
        deletes="own",
        prices={  # the server counts what is written: 3 points for a new record, 2 for a changed one, 1 for a deleted one
            Capability.REPLY: Price(units=3, unit="points"),
            Capability.OPEN_THREAD: Price(units=3, unit="points"),
            Capability.PIN_NOTICE: Price(calls=3, units=5, unit="points"),
            Capability.HIDE: Price(calls=3, units=2, unit="points"),
            Capability.LOCK: Price(calls=2, units=2, unit="points"),
            Capability.DELETE: Price(units=1, unit="points"),
        },
    )
    steps = STEPS
    capabilities: Mapping[Capability, Support] = {
        Capability.REPLY: Support("yes", "replies as the account; whom it answers is notified without being named"),
        Capability.STREAM: Support("no", "the live stream cannot be asked for replies to one account; we ask often"),
        Capability.THREAD: Support("yes", "the answered posts and the answers, but those of blocked accounts"),
        Capability.READ_BACK: Support("yes", "a post is looked for under the key we gave it, with certainty"),
        Capability.HIDE: Support("partly", "only replies under our own posts, 300 a post, one click away for readers"),
        Capability.DELETE: Support("partly", "only what this account wrote itself can be deleted"),
        Capability.SPAM: Support("no", "Bluesky knows no spam of one account; report it to the moderation service"),
        Capability.MUTE: Support("partly", "we no longer hear of the author, without an end, until it is taken back"),
        Capability.REPORT: Support("yes", "to the moderation service of this account's server"),
        Capability.LOCK: Support("partly", "only our own posts: no new replies, those already there stay"),
        Capability.PIN_NOTICE: Support("partly", "pinned to the account's profile, in place of what is pinned there"),
        Capability.OPEN_THREAD: Support("yes", "a new post to which people are invited; who may reply is an option"),
        Capability.EDIT_OWN: Support("no", "posts cannot be edited on Bluesky; delete it and write another"),
    }

    def __init__(self, source: str, options: Any, http: Http) -> None:
        """Prepare one account; no I/O happens here."""
        super().__init__(source, options, http)
        self._api = Api(http, options)
        self._hidden = Hidden()
        self._sweep = Sweep(self._api, self._hidden)
        self._next_key = TidClock(http.clock)
        self._posts: OrderedDict[str, Post] = OrderedDict()
        self._deep_at = float("-inf")

    # -- who we are --------------------------------------------------------------------------------

    async def identify(self) -> Identity:
        """Ask who the app password belongs to, and where the account lives."""
        tokens = await self._api.session.tokens()
        try:
            profile = await self._api.query("app.bsky.actor.getProfile", [("actor", tokens.did)])
        except RejectedError as error:  # an account that was never shown to the network yet: 400
            log.info("%s: no profile: %s", self.source, error.message)
            profile = {}
        me = entities.author_of({"did": tokens.did, "handle": tokens.handle, **profile})
        return Identity(
            account_id=tokens.did,
            handle=me.handle,
            name=me.name,
            url=me.url,
            scopes=(one_line(tokens.scope),) if tokens.scope else (),
            server=one_line(host_of(tokens.server)),
            followers=count(profile["followersCount"]) if "followersCount" in profile else None,
        )

    @classmethod
    def parse(cls, body: bytes, kind: str = "") -> list[Comment]:
        """Read the comments out of a raw answer: posts, notifications, a thread, records, or Jetstream's lines."""
        del kind  # the body tells
        try:
            return entities.comments_in(body)
        except ValueError as error:
            raise ProtocolError(f"this is no answer of Bluesky: {error}", payload=body) from None

    # -- reading -----------------------------------------------------------------------------------

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch notifications backwards until they are known, and the next of our own recent threads."""
        me, now, resume = await self._api.did(), self.http.clock(), resume_of(cursor)
        if resume is not None:
            self._sweep.kept(resume.turn)
        deep = now >= self._deep_at + DEEP_EVERY
        news = await catch_up(self._api, resume, now, deep=deep)
        self._deep_at = now if deep or resume is None else self._deep_at
        swept = await self._swept(now, resume or news.resume) if news.complete else []
        views = {text(view.get("uri")): view for view in swept}
        notified = {text(note.get("uri")): note for note in news.notes if text(note.get("uri")) not in views}
        views |= notified | await self._views(notified)
        comments = tuple(filter(None, (self._read(view, me) for view in views.values())))
        following = news.resume
        if comments:
            following = msgspec.structs.replace(following, turn=following.turn + 1)
            self._sweep.handed(following.turn, comments)
        return Batch(
            comments=comments,
            cursor=cursor_of(following),
            posts=await self._posts_of(comments),
            complete=news.complete,
        )

    async def _swept(self, now: float, resume: Resume) -> list[Fields]:
        """Look at own threads; under older posts for what came since shortly before the last look, and never before us."""
        since = max(resume.floor, resume.looked_at - RECENT.total_seconds())
        budget = self.budget()
        return await self._sweep.look(now, since=since, budget=budget.left if budget else 1.0)

    async def _views(self, uris: Iterable[str]) -> dict[str, Fields]:
        """Read posts by address; those the server leaves out are missing."""
        wanted = [uri for uri in dict.fromkeys(uris) if post_uri(uri) is not None]
        found: dict[str, Fields] = {}
        for start in range(0, len(wanted), BATCH):
            some = [("uris", uri) for uri in wanted[start : start + BATCH]]
            said = await self._api.query("app.bsky.feed.getPosts", some)
            if not isinstance(said.get("posts"), list):
                raise ProtocolError("the server was asked for posts and answered without any")
            found |= {text(view.get("uri")): view for view in rows(said["posts"])}
        return {uri: found[uri] for uri in wanted if uri in found}

    def _read(self, view: Fields, me: str) -> Comment | None:
        comment = entities.comment_of(view, own_id=me, hidden=self._hidden.is_hidden(view))
        if comment is None:
            log.warning("%s: what is no post, or has no address or author, was left out", self.source)
        return comment

    async def _posts_of(self, comments: Sequence[Comment]) -> tuple[Post, ...]:
        """Return the posts these comments stand under; a comment matters more than its place."""
        wanted = list(dict.fromkeys(comment.post_id for comment in comments if comment.post_id))
        unknown = [uri for uri in wanted if uri not in self._posts]
        try:
            views = await self._views(unknown) if unknown else {}
        except (AuthenticationError, RateLimitedError):
            raise
        except ConnectorError as error:
            log.info("%s: posts cannot be read: %s", self.source, error.message)
            views = {}
        for uri, view in views.items():
            post = entities.post_of(view)
            if post is not None:
                self._posts[uri] = post
        while len(self._posts) > POSTS:
            self._posts.popitem(last=False)
        return tuple(self._posts[uri] for uri in wanted if uri in self._posts)

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Ask for comments again; what a list leaves out is asked for one by one before it is called gone."""
        return await heard(self.source, self._look_again(ids))

    async def _look_again(self, ids: Sequence[str]) -> AsyncGenerator[Comment | Gone]:
        me = await self._api.did()
        for some in in_parts([uri for uri in ids if post_uri(uri) is not None], BATCH):
            views = await self._views(some)
            for gate in (await self._views(gates_of(views.values(), me))).values():
                self._hidden.saw(gate)
            for uri in some:
                found = self._read(views[uri], me) if uri in views else await self._missing(uri, me)
                if found is not None:
                    yield found

    async def _missing(self, uri: str, me: str) -> Comment | Gone | None:
        """Look for one post that a list left out: it says neither whether it is deleted, nor of whom we blocked."""
        params = [("uri", uri), ("depth", "0"), ("parentHeight", "0")]
        try:
            said = table((await self._api.query("app.bsky.feed.getPostThread", params)).get("thread"))
        except RejectedError as error:
            return Gone(native_id=uri) if name_of(error) == "NotFound" else None
        if said.get("notFound") is True:
            return Gone(native_id=uri)
        if said.get("blocked") is True:
            return Gone(native_id=uri, why="hidden")
        view = table(said.get("post"))
        return self._read(view, me) if text(view.get("uri")) == uri else None

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return what `comment` answers and what answers it, oldest first, itself included."""
        me = await self._api.did()
        views = await thread_of(self._api, comment.native_id, depth=DEPTH, height=DEPTH)
        around = {each.native_id: each for view in views if (each := self._read(view, me)) is not None}
        around.setdefault(comment.native_id, comment)
        return sorted(around.values(), key=lambda each: (each.created_at, each.native_id))

    # -- writing -----------------------------------------------------------------------------------

    def new_client_id(self) -> str:
        """Make the key under which a post will stand."""
        return self._next_key()

    def measure(self, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count graphemes against 300 and bytes against 3,000, and tell of the scarcer."""
        del writing  # replies and other posts are of one kind
        return entities.measure(text)

    def appearance(self, text: str) -> Appearance:
        """Show links, mentions and tags as the facets will mark them; the text stays as it is."""
        return facets.appearance(text)

    def warning(self) -> str:
        """Warn of the account's own password, which can do all that the account can."""
        known = self._api.session.known
        return _TOO_MUCH if known is not None and known.scope == "com.atproto.access" else ""

    def budget(self) -> Budget | None:
        """Tell what the limit headers of the account's own server leave it."""
        known = self._api.session.known
        return self.http.budget(known.server, known.token) if known is not None else None

    def where_pinned(self) -> str:
        """Say where a notice will appear."""
        known = self._api.session.known
        profile = f"on the profile of @{one_line(known.handle)}" if known else "on the account's profile"
        return f"pinned {profile}, in place of what is pinned there now, not inside the conversation"

    @sending
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish a reply under a key of ours, so that it arrives once however often it is sent."""
        return Sent(records.receipt_of(await self._publish(outgoing)))

    async def _publish(self, outgoing: Outgoing) -> Record:
        self.fitting(outgoing.text)
        return await records.publish(self._api, outgoing)

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look under the key of `outgoing`."""
        found = await records.find_post(self._api, outgoing)
        return records.receipt_of(found) if found is not None else None

    @sending
    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a notice and pin it to the profile; a pin that fails leaves it published, with a warning."""
        return await self._pinned(await self._publish(_alone(outgoing)))

    async def _pinned(self, post: Record) -> Outcome:
        try:
            replaced = post_uri(await records.pin(self._api, post))
        except ConnectorError as error:
            warning = f"published, but not pinned: {error.message}; pin it by hand"
            return Sent(records.receipt_of(post, warning))
        warning = f"it took the place of {entities.web_url(replaced)} on the profile" if replaced else ""
        return Sent(records.receipt_of(post, warning))

    @sending
    async def unpin_notice(self, remote_id: str) -> Outcome:
        """Take a notice off the profile; its text stays public."""
        await records.unpin(self._api, remote_id)
        return self._done(remote_id)

    @sending
    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Publish a post of its own; the option `repliers` says who may reply to it."""
        post = await self._publish(_alone(outgoing))
        root = post_uri(post.uri)
        if self.options.repliers != "everyone" and root is not None:
            try:
                await records.let_reply(self._api, root, self.options.repliers, at=outgoing.created_at)
            except ConnectorError as error:
                warning = f"published, but everybody may reply: {error.message}; choose who may on the platform"
                return Sent(records.receipt_of(post, warning))
        return await self._pinned(post) if outgoing.pin else Sent(records.receipt_of(post))

    @sending
    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Hide a reply under one of our own posts from most readers, or show it again."""
        view = await records.view_of(self._api, native_id)
        root = await self._own(entities.root_of(table(view.get("record"))), "only replies under our own posts")
        await records.hide(self._api, root, native_id, hidden=hidden, at=self._now())
        return self._done(native_id)

    @sending
    async def lock(self, post_id: str, *, locked: bool) -> Outcome:
        """Close one of our own posts to new replies, or open it to everybody."""
        root = await self._own(post_id, "only our own posts")
        await records.let_reply(self._api, root, "nobody" if locked else "everyone", at=self._now())
        return self._done(post_id)

    @sending
    async def delete(self, native_id: str) -> Outcome:
        """Delete one of our own posts."""
        post = await self._own(native_id, "only our own posts")
        body = {"repo": post.did, "collection": POST, "rkey": post.rkey}
        await self._api.act("com.atproto.repo.deleteRecord", body)
        return self._done(native_id)

    @sending
    async def mute(self, author_id: str, *, seconds: int | None) -> Outcome:
        """Mute an author until it is taken back (0 takes it back); the network knows no mute that ends by itself."""
        name = "unmuteActor" if seconds == 0 else "muteActor"
        await self._api.act(f"app.bsky.graph.{name}", {"actor": author_id})
        return self._done(author_id, "muted without an end: take it back by hand" if seconds else "")

    @sending
    async def report(self, comment: Comment, *, reason: str) -> Outcome:
        """Report a comment to the moderators, as it was when they see it."""
        cid = comment.version or text((await records.view_of(self._api, comment.native_id)).get("cid"))
        subject = {"uri": comment.native_id, "cid": cid}
        body = {
            "reasonType": "com.atproto.moderation.defs#reasonOther",
            "reason": reason[:MAX_REASON],
            "subject": {"$type": "com.atproto.repo.strongRef", **subject},
        }
        said = await self._api.procedure("com.atproto.moderation.createReport", body)
        if not text(said.get("id")):
            raise ProtocolError("the server took the report but gave it no number")
        return self._done(comment.native_id)

    async def _own(self, uri: str, only: str) -> AtUri:
        """Read the address of one of our own posts.

        Raises:
            RejectedError: it is another's, or no post.
        """
        address, me = post_uri(uri), await self._api.did()
        if address is None or address.did != me:
            raise RejectedError(f"{only}", hint="mute or report the author instead")
        return address

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.http.clock(), UTC)

    def _done(self, native_id: str, warning: str = "") -> Sent:
        return Sent(Receipt(remote_id=native_id, at=self._now(), warning=sanitise(warning)))


def _alone(outgoing: Outgoing) -> Outgoing:
    return msgspec.structs.replace(outgoing, parent_id=None, post_id="")


CONNECTOR = Bluesky
