"""WordPress sites by their own REST API: comments of every status in, replies, moderation and posts out."""

import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from connectors import _wordpress_entities as entities
from connectors._contract import Connector, Options
from connectors._errors import (
    AuthenticationError,
    ConnectorError,
    ProtocolError,
    RejectedError,
    UnreachableError,
)
from connectors._fields import Fields, table, text
from connectors._http import Http
from connectors._model import (
    Batch,
    Capability,
    Comment,
    Cursor,
    Gone,
    Idempotency,
    Identity,
    Measure,
    NotSent,
    Outcome,
    Outgoing,
    Receipt,
    Sent,
    Support,
    Traits,
    Writing,
)
from connectors._outcome import sending
from connectors._second_look import heard, in_parts
from connectors._text import one_line, sanitise
from connectors._wordpress_api import Api, code_of
from connectors._wordpress_arrivals import Arrivals, catch_up, come_back
from connectors._wordpress_changes import Changes
from connectors._wordpress_options import STEPS, WordPressOptions
from connectors._wordpress_posts import Posts

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Comments asked for at once by number; WordPress's largest page."""
DEPTH = 10
"""Levels of answers read of a conversation; WordPress nests no deeper."""
RESTORED_EVERY = 300.0
"""Seconds between two looks for comments that were taken out of the bin."""
SKEW = timedelta(minutes=5)
"""How far the site's clock may be from ours when we look for our own text."""
FLOOD_PAUSE = 20.0
"""Seconds to wait after a refusal for writing too fast; WordPress asks for 15 between two comments."""
RIGHTS = ("moderate_comments", "publish_posts", "edit_others_posts", "edit_others_pages")
"""What the connector makes use of; only the first is needed."""

_NO_ROLE = "give the account a role that may moderate comments (Editor)"
_HINTS = {
    "rest_comment_closed": "the post takes no more comments: open it again, or answer elsewhere",
    "rest_comment_draft_post": "the post is not public (any more)",
    "rest_comment_trash_post": "the post is in the bin",
    "comment_content_column_length": "shorten the text",
    "rest_cannot_publish": "give the account a role that may publish posts (Editor); the text waits there as a draft",
    "rest_cannot_create": "give the account a role that may write posts (Editor)",
    "rest_trash_not_supported": "the site keeps no bin, so it would be gone for ever; hide it instead",
}
_UNSEEN = frozenset({"trash", "post-trashed"})


class WordPress(Connector):
    """One account on one WordPress site."""

    name = "wordpress"
    options_type: ClassVar[type[Options]] = WordPressOptions
    traits = Traits(
        label="WordPress",
        code="wp",
        poll_interval=30.0,
        idempotency=Idempotency.REFUSES,
        reply_depth="any",
        pin_scope="site",
        pin_limit=1,
        bulk_size=1,
        look_again=100,
        send_interval=1.0,
    )
    steps = STEPS
    capabilities: Mapping[Capability, Support] = {
        Capability.REPLY: Support("yes", "written under the comment in the account's name; the author may not be told"),
        Capability.STREAM: Support("no", "a WordPress site announces nothing; it is asked every half minute"),
        Capability.THREAD: Support("yes", "the answered comments and the answers, as far as the site nests them"),
        Capability.READ_BACK: Support(
            "yes", "our own text is looked for under the comment, and posts by their address"
        ),
        Capability.HIDE: Support("yes", "put back on hold, where only the house sees it; showing it again approves it"),
        Capability.DELETE: Support("yes", "moved to the site's bin, from where the house can restore it for 30 days"),
        Capability.SPAM: Support("yes", "moved to the site's spam; a filter such as Akismet learns from it"),
        Capability.MUTE: Support("no", "WordPress cannot mute visitors; add their name to its disallowed comment keys"),
        Capability.REPORT: Support("no", "the site is the house's own: nobody above it takes reports; hide or delete"),
        Capability.LOCK: Support("yes", "the post takes no more comments; those that are there stay"),
        Capability.PIN_NOTICE: Support(
            "partly", "a new post kept first on the site's front page, not under the comments"
        ),
        Capability.OPEN_THREAD: Support("yes", "a new post with open comments, to which people are invited"),
        Capability.EDIT_OWN: Support(
            "yes", "the comment reads otherwise at once; the site keeps no trace of the old text"
        ),
    }

    def __init__(self, source: str, options: Any, http: Http) -> None:
        """Prepare one account; no I/O happens here."""
        super().__init__(source, options, http)
        self._api = Api(http, options.base, options.login)
        self._posts = Posts(self._api)
        self._me = ""
        self._changes = Changes()
        self._restored_at = http.clock()

    # -- who we are --------------------------------------------------------------------------------

    async def identify(self) -> Identity:
        """Ask whose password it is, and whether that account may moderate comments."""
        index = await self._api.index()
        own = await self._api.get("users/me", [("context", "edit"), ("_fields", "id,name,username,link,capabilities")])
        if not (native_id := entities.id_of(own.get("id"))):
            raise ProtocolError(
                f"{self.options.base} does not say whose password this is", hint="is it a WordPress site?"
            )
        rights = table(own.get("capabilities"))
        if rights.get(RIGHTS[0]) is not True:
            raise AuthenticationError(f"{self.options.user} may not moderate comments", hint=_NO_ROLE)
        self._me = native_id
        handle = one_line(text(own.get("username")) or self.options.user)
        return Identity(
            account_id=native_id,
            handle=handle,
            name=one_line(text(own.get("name"))) or handle,
            url=one_line(text(own.get("link")), 2000),
            scopes=tuple(right for right in RIGHTS if rights.get(right) is True),
            server=one_line(f"{text(index.get('name'))} (WordPress)"),
        )

    async def _own_id(self) -> str:
        if not self._me:
            await self.identify()
        return self._me

    @classmethod
    def parse(cls, body: bytes, kind: str = "") -> list[Comment]:
        """Read the comments out of a raw answer: one comment, a list, or what is embedded in posts."""
        del kind
        try:
            return entities.comments_in(body)
        except ValueError as error:
            raise ProtocolError(f"this is no answer of WordPress: {error}", payload=body) from None

    # -- reading -----------------------------------------------------------------------------------

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch what arrived since the cursor, whatever its date, and what changed among the rest of the pages read.

        A first visit takes the latest page.
        """
        me = await self._own_id()
        self._changes.kept(cursor)
        arrivals = await self._with_restored(await catch_up(self._api, cursor, self._is_wanted))
        comments = [c for row in arrivals.rows if (c := entities.comment_of(row, me)) is not None]
        known = [c for row in arrivals.known if (c := entities.comment_of(row, me)) is not None]
        self._changes.handed(arrivals.cursor, [*comments, *known])
        comments += self._changes.among(known)
        return Batch(
            comments=tuple(comments),
            cursor=arrivals.cursor,
            posts=await self._posts.under(arrivals.rows),
            complete=arrivals.complete,
        )

    async def _with_restored(self, arrivals: Arrivals) -> Arrivals:
        """Look now and then for comments that were taken out of the bin; the new ones do not wait for that."""
        now = self.http.clock()
        if not arrivals.complete or now < self._restored_at + RESTORED_EVERY:
            return arrivals
        self._restored_at = now
        aside = ("trash",) if self.options.spam else ("trash", "spam")
        try:
            return await come_back(self._api, arrivals, aside, self._is_wanted)
        except AuthenticationError:
            raise
        except ConnectorError as error:
            log.info("%s: the bin cannot be read: %s", self.source, error.message)
            return arrivals

    def _is_wanted(self, row: Fields) -> bool:
        status = text(row.get("status"))
        return status not in _UNSEEN and (self.options.spam or status != "spam")

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Ask for comments again; what a list leaves out is asked for one by one before it is called gone."""
        return await heard(self.source, self._look_again(ids))

    async def _look_again(self, ids: Sequence[str]) -> AsyncGenerator[Comment | Gone]:
        me = await self._own_id()
        for some in in_parts(ids, AT_ONCE):
            listed = await self._comments(some)
            for native_id in some:
                try:
                    row = listed.get(native_id) or await self._comment(native_id)
                except RejectedError as error:
                    if code_of(error) in {"rest_comment_invalid_id", "rest_post_invalid_id"}:
                        yield Gone(native_id=native_id, why="deleted")
                    continue  # any other refusal may be a firewall's, and says nothing of the comment
                if not self._is_wanted(row):
                    yield Gone(native_id=native_id, why="deleted" if text(row.get("status")) == "trash" else "hidden")
                elif (comment := entities.comment_of(row, me)) is not None:
                    yield comment

    async def _comments(self, ids: Sequence[str]) -> dict[str, Fields]:
        wanted = {native_id for native_id in ids if entities.number(native_id)}
        found = await self._list(("include", ",".join(wanted))) if wanted else []
        return {native_id: row for row in found if (native_id := entities.id_of(row.get("id"))) in wanted}

    async def _list(self, *which: tuple[str, str]) -> list[Fields]:
        params = [("context", "edit"), ("status", "any"), ("orderby", "id"), ("order", "desc")]
        page = await self._api.page(
            "comments", [*params, ("per_page", str(AT_ONCE)), ("_fields", entities.FIELDS), *which]
        )
        return page.rows

    async def _comment(self, native_id: str) -> Fields:
        params = [("context", "edit"), ("_fields", entities.FIELDS)]
        return await self._api.get(f"comments/{entities.number(native_id)}", params)

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return what `comment` answers and what answers the same, oldest first, itself included."""
        me = await self._own_id()
        around: dict[str, Comment] = {}
        parent = comment.parent_id
        while parent and parent not in around and len(around) < DEPTH:
            row = (await self._comments([parent])).get(parent, {})
            if (above := entities.comment_of(row, me)) is None:
                break
            around[above.native_id] = above
            parent = above.parent_id
        level = [list(around)[-1] if around else comment.native_id]
        for _ in range(DEPTH):
            rows = [row for row in await self._list(("parent", ",".join(level))) if self._is_wanted(row)]
            below = [c for row in rows if (c := entities.comment_of(row, me)) and c.native_id not in around]
            around |= {each.native_id: each for each in below}
            if not (level := [each.native_id for each in below][:AT_ONCE]):
                break
        around[comment.native_id] = comment
        return sorted(around.values(), key=lambda c: (c.created_at, entities.number(c.native_id)))

    # -- answering ---------------------------------------------------------------------------------

    def measure(self, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count the bytes of the HTML that the text becomes."""
        return entities.measure(text, writing)

    @sending
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish a comment under another or under the post; a duplicate is our own first try, and is looked up."""
        words = self.fitting(outgoing.text)
        post, parent = await self._place(outgoing)
        body = {"post": post, "parent": parent, "content": entities.comment_html(words)}
        try:
            row = await self._api.post("comments", body)
        except RejectedError as error:
            return await self._refused(error, outgoing, post, parent)
        if not entities.id_of(row.get("id")):
            raise ProtocolError(f"{self.options.base} took the comment but does not say where it is")
        status = text(row.get("status"))
        waits = "" if status in {"approved", ""} else f"written, but not public yet: the site put it on {status!r}"
        return Sent(entities.receipt_of(row, waits))

    async def _place(self, outgoing: Outgoing) -> tuple[int, int]:
        """Return post and parent; posts and comments are numbered apart, so the same number twice is looked up."""
        post, parent = entities.number(outgoing.post_id), entities.number(outgoing.parent_id or "")
        if parent and (not post or post == parent):
            params = [("context", "edit"), ("status", "any"), ("include", str(parent)), ("_fields", "id,post")]
            for row in await self._api.look("comments", params):
                if (under := entities.number(entities.id_of(row.get("post")))) and post in {0, under}:
                    return under, parent
            return parent, 0
        if not post:
            raise RejectedError("a comment needs a post or a comment to stand under", hint="open a thread instead")
        return post, parent

    async def _refused(self, error: RejectedError, outgoing: Outgoing, post: int, parent: int) -> Outcome:
        code = code_of(error)
        if code == "comment_flood":
            return NotSent(sanitise(error.message), FLOOD_PAUSE)
        if error.status != 409:
            raise _with_hint(error)
        try:
            row = await self._own_comment(outgoing, post, parent)
        except ConnectorError as later:  # it is there, and only its number is not known
            wait = getattr(later, "retry_after", 0.0)
            why = f"it is there already, but could not be read: {later.message}"
            raise UnreachableError(why, sent=True, retry_after=wait) from None
        if row is None:
            raise RejectedError(error.message, hint="the same words stand there already, under the same name")
        older = row_time < outgoing.created_at - SKEW if (row_time := entities.time_of(row)) else False
        return Sent(
            entities.receipt_of(row, "the same words had been there before; nothing was added" if older else "")
        )

    async def _own_comment(self, outgoing: Outgoing, post: int, parent: int) -> Fields | None:
        me, wanted = await self._own_id(), entities.essence(entities.comment_html(outgoing.text))
        under = [("post", str(post)), ("parent", str(parent)), ("author", me)]
        rows = await self._list(*under)
        return next((row for row in rows if entities.essence(entities.content_of(row)) == wanted), None)

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look for `outgoing` among our own comments under its parent, or for the post that it became."""
        if outgoing.parent_id is None:
            row = await self._own_post(outgoing)
            is_out = row is not None and text(row.get("status")) == "publish"
            return entities.receipt_of(row, is_post=True) if row is not None and is_out else None
        post, parent = await self._place(outgoing)
        row = await self._own_comment(outgoing, post, parent)
        at = entities.time_of(row) if row is not None else None
        is_new = at is None or at >= outgoing.created_at - SKEW
        return entities.receipt_of(row) if row is not None and is_new else None

    # -- publishing --------------------------------------------------------------------------------

    @sending
    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a post that stays first on the front page and takes no comments."""
        row = await self._publish(outgoing, {"comment_status": "closed", "sticky": True})
        return Sent(
            entities.receipt_of(row, "" if row.get("sticky") is True else "published, but not kept first", is_post=True)
        )

    @sending
    async def unpin_notice(self, remote_id: str) -> Outcome:
        """Let a notice move down with the other posts; it stays public."""
        await self._set(f"posts/{entities.number(remote_id)}", "sticky", value=False)
        return self._done(remote_id)

    @sending
    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Publish a post whose comments are open, kept first on the front page when asked."""
        first = {"sticky": True} if outgoing.pin else {}
        row = await self._publish(outgoing, {"comment_status": "open", **first})
        is_first = not first or row.get("sticky") is True
        return Sent(entities.receipt_of(row, "" if is_first else "published, but not kept first", is_post=True))

    @sending
    async def edit_own(self, native_id: str, outgoing: Outgoing) -> Outcome:
        """Write one of our comments anew."""
        content = entities.comment_html(self.fitting(outgoing.text))
        try:
            row = await self._api.post(f"comments/{entities.number(native_id)}", {"content": content})
        except RejectedError as error:
            raise _with_hint(error) from None
        if entities.id_of(row.get("id")) != native_id:
            raise ProtocolError(f"{self.options.base} took the edit but does not say of what")
        return Sent(entities.receipt_of(row))

    async def _publish(self, outgoing: Outgoing, how: dict[str, Any]) -> Fields:
        """Write a draft under an address of its own, then make it public: repeating either step doubles nothing public."""
        words = self.fitting(outgoing.text, Writing.POST)
        title = self.fitting(entities.title_of(outgoing), Writing.TITLE)
        draft = await self._own_post(outgoing)
        if draft is None:
            body = {
                "status": "draft",
                "slug": entities.slug_of(outgoing),
                "title": entities.post_html(title),
                "content": entities.post_html(words),
            }
            draft = await self._change("posts", body)
        number = entities.number(entities.id_of(draft.get("id")))
        return await self._change(f"posts/{number}", {"status": "publish", "ping_status": "closed", **how})

    async def _change(self, path: str, body: dict[str, Any]) -> Fields:
        try:
            row = await self._api.post(path, body)
        except RejectedError as error:
            raise _with_hint(error) from None
        if not entities.id_of(row.get("id")):
            raise ProtocolError(f"{self.options.base} took the post but does not say where it is")
        return row

    async def _own_post(self, outgoing: Outgoing) -> Fields | None:
        """Look for the post that an earlier try wrote, public or still a draft."""
        params = [("context", "edit"), ("status", "any"), ("slug", entities.slug_of(outgoing))]
        rows = await self._api.look("posts", [*params, ("_fields", f"{entities.POST_FIELDS},status")])
        return next((row for row in rows if entities.id_of(row.get("id"))), None)

    # -- moderating --------------------------------------------------------------------------------

    @sending
    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Put a comment on hold, or approve it."""
        return await self._make(native_id, "hold" if hidden else "approved")

    @sending
    async def mark_spam(self, native_id: str) -> Outcome:
        """Move a comment to the site's spam."""
        return await self._make(native_id, "spam")

    async def _make(self, native_id: str, wanted: str) -> Outcome:
        try:
            await self._set(f"comments/{entities.number(native_id)}", "status", wanted)
        except (UnreachableError, ProtocolError) as doubt:
            # WordPress fails (500) where there is nothing to change, and an answer may get lost: look what it is now
            left_alone = isinstance(doubt, UnreachableError) and doubt.retry_after
            if not left_alone and await self._has_status(native_id, wanted):
                return self._done(native_id)
            raise
        return self._done(native_id)

    async def _has_status(self, native_id: str, wanted: str) -> bool:
        try:
            return text((await self._comment(native_id)).get("status")) == wanted
        except ConnectorError:
            return False

    @sending
    async def delete(self, native_id: str) -> Outcome:
        """Move a comment to the bin; one that is there already, or gone altogether, is done with."""
        try:
            row = await self._api.delete(f"comments/{entities.number(native_id)}")
        except RejectedError as error:
            if code_of(error) not in {"rest_already_trashed", "rest_comment_invalid_id"}:
                raise _with_hint(error) from None
        else:
            self._confirm(row, "status", "trash")
        return self._done(native_id)

    @sending
    async def lock(self, post_id: str, *, locked: bool) -> Outcome:
        """Close a post to new comments, or open it again."""
        path = await self._posts.path_of(str(entities.number(post_id)))
        await self._set(path, "comment_status", "closed" if locked else "open")
        return self._done(post_id)

    async def _set(self, path: str, field: str, value: str | bool) -> None:
        self._confirm(await self._api.post(path, {field: value}), field, value)

    def _confirm(self, row: Fields, field: str, value: str | bool) -> None:
        if row.get(field) != value:
            raise ProtocolError(f"{self.options.base} does not confirm that {field} is {value!r} now")

    def _done(self, native_id: str) -> Sent:
        return Sent(Receipt(remote_id=native_id, at=datetime.fromtimestamp(self.http.clock(), UTC)))


def _with_hint(error: RejectedError) -> RejectedError:
    hint = _HINTS.get(code_of(error), error.hint)
    return RejectedError(error.message, status=error.status, payload=error.payload, hint=hint)


CONNECTOR = WordPress
