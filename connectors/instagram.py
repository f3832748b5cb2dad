"""Instagram's professional accounts by the Graph API: comments under our own media in, replies and moderation out."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from connectors import _instagram_entities as entities
from connectors._contract import Options
from connectors._errors import ConnectorError, ProtocolError, RejectedError
from connectors._fields import Fields, count, table, text
from connectors._graph_account import Account, find_instagram
from connectors._graph_api import Api, Objects, checked, is_id, page_of
from connectors._graph_bodies import time_of
from connectors._graph_connector import GraphConnector, Pages, Permissions
from connectors._graph_options import INSTAGRAM, GraphOptions
from connectors._graph_sweep import IsNew, Standing, Stretch
from connectors._http import Http
from connectors._model import (
    Appearance,
    Batch,
    Capability,
    Comment,
    Cursor,
    Gone,
    Idempotency,
    Measure,
    Outcome,
    Outgoing,
    Post,
    Receipt,
    Support,
    Traits,
    Writing,
)
from connectors._outcome import sending

NEWEST = 25
"""Media looked at in every poll."""
PAGE = 50
"""Comments asked for at a time, the most."""
ANSWER_PAGES = 5
"""Pages of the answers to one comment read at a time, beyond those that come with it."""
FIRST_ANSWERS = 20
"""The same where it is not known yet how far they were read."""
THREAD_PAGES = 10
"""Pages read of one conversation."""
REMEMBERED = 1000
"""Media whose address is kept, and comments of whose answers it is kept how far they were read."""

_BY_HAND = "published under the post, but not pinned: pin it by hand in the app"


class InstagramOptions(GraphOptions, frozen=True, kw_only=True):
    """One professional Instagram account.

    Attributes:
        account: the account's name or number; needed where the token acts for several.
    """

    account: str = ""

    @property
    def by_instagram(self) -> bool:
        """Whether the token was made by logging in to Instagram, and not to Facebook; its first letters tell."""
        return self.token.reveal().startswith("IG") or super().base == INSTAGRAM

    @property
    def base(self) -> str:
        """The API's address without a slash at its end: each login has its own."""
        return INSTAGRAM if self.by_instagram and not self.server else super().base


class Instagram(GraphConnector):
    """One professional Instagram account."""

    name = "instagram"
    options_type: ClassVar[type[Options]] = InstagramOptions
    steps = (
        "in the Instagram app, make the account a professional one, and link it to the museum's Facebook Page",
        "on business.facebook.com, Settings > Users > System users: add one, and give it the Page and the account",
        "there, Generate token: choose your app, no expiry, and the permissions named below",
        "instagram_basic, instagram_manage_comments, pages_show_list, pages_read_engagement",
        "copy the token: Meta shows it once; a token of the Instagram login works as well, but ends after 60 days",
        "to be warned before it ends, give the app's number and secret too: --set app_id=123 --secret-from app_secret=ask",
    )
    nests = True
    traits = Traits(
        label="Instagram",
        code="ig",
        poll_interval=60.0,
        idempotency=Idempotency.NONE,
        reply_depth="top",
        pin_scope="thread",
        pin_limit=1,
        bulk_size=1,
        look_again=50,
        send_interval=5.0,
    )
    capabilities: Mapping[Capability, Support] = {
        Capability.REPLY: Support(
            "partly", "under the first comment, its reader named; a hidden comment and one on a live film take none"
        ),
        Capability.STREAM: Support("no", "Meta only calls a public web server back; the account is asked every minute"),
        Capability.THREAD: Support("yes", "the first comment and every answer to it"),
        Capability.READ_BACK: Support("yes", "our own text is looked for under the comment or the post"),
        Capability.HIDE: Support("yes", "hidden from everybody but its author; a hidden comment cannot be answered"),
        Capability.DELETE: Support("yes", "deleted for good, together with the answers to it"),
        Capability.SPAM: Support("no", "the API knows no spam; hide it, and report it in the app"),
        Capability.MUTE: Support("no", "the API cannot restrict or block anybody; do it in the app"),
        Capability.REPORT: Support("no", "Meta takes no reports through the API; report it on the platform"),
        Capability.LOCK: Support("yes", "the post takes no more comments; those that are there stay"),
        Capability.PIN_NOTICE: Support(
            "partly", "a comment of ours under the post; the API cannot pin it, so pin it by hand in the app"
        ),
        Capability.OPEN_THREAD: Support("no", "a post needs a picture at a public address; open a thread elsewhere"),
        Capability.EDIT_OWN: Support("no", "Instagram's comments cannot be edited; delete it and write another"),
    }

    def __init__(self, source: str, options: Any, http: Http) -> None:
        """Prepare one account; no I/O happens here."""
        super().__init__(source, options, http)
        self._links: OrderedDict[str, str] = OrderedDict()
        self._places: OrderedDict[str, str] = OrderedDict()
        self._handed: Cursor | None = None

    def _permissions(self) -> Permissions:
        if self.options.by_instagram:
            return Permissions(reading=("instagram_business_basic",), writing=("instagram_business_manage_comments",))
        return Permissions(reading=("instagram_basic",), writing=("instagram_manage_comments",))

    async def _find(self) -> Account:
        options = self.options
        return await find_instagram(self._given, options.token, options.account, by_instagram=options.by_instagram)

    @classmethod
    def parse(cls, body: bytes, kind: str = "") -> list[Comment]:
        """Read the comments out of a raw answer: a comment, lists, maps by id, batches, webhooks, or media."""
        try:
            return entities.comments_in(body, kind)
        except ValueError as error:
            raise ProtocolError(f"this is no answer of Instagram: {error}", payload=body) from None

    # -- reading -----------------------------------------------------------------------------------

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch what is new under our own media; where the last batch was not kept its answers are read again."""
        if cursor != self._handed:
            self._places.clear()
        batch = await super().poll(cursor)
        self._handed = batch.cursor
        return batch

    async def posts(self, *, deep: bool, is_new: IsNew) -> list[Standing]:
        """Return the newest media, or (deep) as many as are looked after; and whatever is new behind them."""
        account, api = await self._act()
        params = [("fields", entities.MEDIA_FIELDS), ("limit", str(NEWEST))]
        pages = Pages(api, f"{account.native_id}/media", params)
        return await self._parts(pages, self._standing, is_new, deep=deep)

    def _standing(self, row: Fields) -> Standing:
        post = entities.post_of(row)
        self._links[post.native_id] = post.url
        while len(self._links) > REMEMBERED:
            self._links.popitem(last=False)
        return Standing(post=post, count=count(row["comments_count"]) if "comments_count" in row else None)

    async def comments(self, post: Post, after: str) -> Stretch:
        """Return a page of the comments under a medium, each with the answers to it, newest first."""
        account, api = await self._act()
        params = [("fields", entities.COMMENT_FIELDS), ("limit", str(PAGE))]
        page = await api.page(f"{checked(post.native_id)}/comments", params, after)
        found: list[Comment | None] = []
        try:
            for row in page.rows:
                found.append(entities.comment_of(row, account.aliases, post))
                found += await self._inside(api, row, post)
        except ConnectorError:  # what was read of it is read again
            self._places.clear()
            raise
        times = [at.timestamp() for row in page.rows if (at := time_of(row.get("timestamp")))]
        oldest = min(times, default=float("inf"))
        return Stretch([each for each in found if each], page.after, oldest)

    async def answers(self, post: Post, above: Sequence[str]) -> dict[str, list[Comment]]:
        """Return the answers to some comments under a medium."""
        _, api = await self._act()
        rows = await api.objects(above, entities.ANSWERED_FIELDS)
        return {
            native_id: await self._inside(api, row, post) for native_id, row in rows.items() if isinstance(row, dict)
        }

    async def _inside(self, api: Api, row: Fields, post: Post) -> list[Comment]:
        account, _ = await self._act()
        answers, above = await self._answers(api, row), text(row.get("id"))
        return [each for row in answers if (each := entities.comment_of(row, account.aliases, post, above))]

    async def _answers(self, api: Api, row: Fields) -> list[Fields]:
        """Return the answers to a comment: those that came with it, and more of the rest at every look.

        Meta does not say how answers are sorted. Where the newest come first some pages behind them are read as well;
        and whichever comes first, each look goes on where the last one left off, until the end and then anew.
        """
        first, above = page_of(table(row.get("replies"))), text(row.get("id"))
        if not first.after or not is_id(above):
            return list(first.rows)
        grows_behind, most = _is_oldest_first(first.rows), ANSWER_PAGES if above in self._places else FIRST_ANSWERS
        found, after = list(first.rows), first.after
        if not grows_behind:
            rest, _, after = await self._read_on(api, above, after, ANSWER_PAGES)
            found += rest
        place = self._places.pop(above, "") or after
        rest, at, after = await self._read_on(api, above, place, most) if after else ([], "", "")
        self._places[above] = after or (at if grows_behind else "")  # behind the last page the new ones appear
        while len(self._places) > REMEMBERED:
            self._places.popitem(last=False)
        return found + rest

    async def _read_on(self, api: Api, above: str, after: str, most: int) -> tuple[list[Fields], str, str]:
        """Read answers to a comment from some place on; return them, where the last page began, and what follows it."""
        params = [("fields", entities.REPLY_FIELDS), ("limit", str(PAGE))]
        found, at = list[Fields](), after
        for _ in range(most):
            try:
                page = await api.page(f"{above}/replies", params, after)
            except RejectedError:  # the comment is gone, or the answer at which the page began
                return found, "", ""
            if not page.rows:
                return found, "", ""
            found += page.rows
            at, after = after, page.after if page.after != after else ""
            if not after:
                break
        return found, at, after

    async def _objects(self, api: Api, ids: Sequence[str]) -> Objects:
        return await api.objects(ids, entities.LONE_FIELDS)

    def _read(self, row: Fields, account: Account) -> Comment | None:
        return entities.comment_of(row, account.aliases)

    async def _sees_comments(self, api: Api) -> bool:
        """Whether the token sees comments at all: some medium of ours shows them."""
        account, _ = await self._act()
        params = [("fields", "id,comments_count,comments.limit(1){id}"), ("limit", "10")]
        page = await api.page(f"{account.native_id}/media", params)
        return any("comments" in row for row in page.rows)

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return the first comment and every answer to it, oldest first, `comment` included."""
        account, api = await self._act()
        top = comment.parent_id or comment.native_id
        around = {comment.native_id: comment}
        post = Post(native_id=comment.post_id)
        for each in (await self.fetch([top])) if top != comment.native_id else []:
            if not isinstance(each, Gone):
                around.setdefault(each.native_id, each)
        params = [("fields", entities.REPLY_FIELDS), ("limit", str(PAGE))]
        pages = Pages(api, f"{checked(top)}/replies", params)
        after = ""
        for _ in range(THREAD_PAGES):
            page = await pages(after)
            answers = (entities.comment_of(row, account.aliases, post, top) for row in page.rows)
            around = {each.native_id: each for each in answers if each} | around
            after = page.after
            if not after:
                break
        return sorted(around.values(), key=lambda each: (each.created_at, each.native_id))

    # -- answering ---------------------------------------------------------------------------------

    def measure(self, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count the characters, and hold the text against Instagram's rules for comments and captions."""
        return entities.measure(text, writing)

    def appearance(self, text: str) -> Appearance:
        """Mark mentions and tags; addresses stay words in Instagram's comments."""
        return entities.appearance(text)

    def mention_prefix(self, comment: Comment) -> str:
        """Name whom an answer's answer is for: it stands under the first comment, whose author alone is notified."""
        handle = comment.author.handle
        return f"@{handle} " if comment.parent_id and handle and " " not in handle else ""

    @sending
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish an answer to the first comment of the conversation, or a comment under the medium."""
        words = self.fitting(outgoing.text)
        path = await self._path(outgoing, answering=True)
        return await self._publish(path, {"message": words}, post_id=outgoing.post_id)

    async def _path(self, outgoing: Outgoing, *, answering: bool) -> str:
        """Return where an answer goes: only first-level comments take any."""
        parent = outgoing.parent_id or outgoing.post_id
        if not parent:
            raise RejectedError("a comment needs a post or a comment to stand under", hint="choose a comment")
        if parent == outgoing.post_id:
            return f"{checked(parent)}/comments"
        row = await self._look_at(parent, "id,parent_id,hidden")
        if answering and entities.is_hidden(row):
            raise RejectedError("Instagram takes no answer to a hidden comment", hint="show it again first")
        above = text(row.get("parent_id"))
        return f"{above if is_id(above) else checked(parent)}/replies"

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look for `outgoing` among the answers to its comment, or among the comments of the medium."""
        _, api = await self._act()
        try:
            path = await self._path(outgoing, answering=False)
        except RejectedError:  # what it answered is gone, and took the answers along
            return None
        pages = Pages(api, path, [("fields", entities.REPLY_FIELDS), ("limit", str(PAGE))])
        row = await self._find_own(pages, outgoing)
        return self._receipt(row, outgoing.post_id) if row is not None else None

    def _is_ours(self, row: Fields, account: Account, words: str) -> bool:
        writer = {text(table(row.get("from")).get("id")), text(row.get("username"))} - {""}
        same = entities.essence(text(row.get("text"))) == entities.essence(words)
        return same and (not writer or bool(writer & account.aliases))

    def _address(self, native_id: str, post_id: str) -> str:
        link = self._links.get(post_id, "")
        return f"{link.rstrip('/')}/c/{native_id}/" if link else ""

    # -- publishing and moderating -----------------------------------------------------------------

    @sending
    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a notice as a comment under the medium where it is needed; it has to be pinned by hand."""
        words = self.fitting(outgoing.text)
        if not outgoing.post_id:
            raise RejectedError("a notice needs a post to stand under", hint="choose a comment under that post")
        path = f"{checked(outgoing.post_id)}/comments"
        return await self._publish(path, {"message": words}, _BY_HAND, outgoing.post_id)

    @sending
    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Hide a comment from the public, or show it again."""
        return await self._change(native_id, f"hidden is {hidden} now", hide=hidden)

    @sending
    async def lock(self, post_id: str, *, locked: bool) -> Outcome:
        """Close a medium to new comments, or open it again."""
        return await self._change(
            post_id, f"comments are {'closed' if locked else 'open'} now", comment_enabled=not locked
        )


def _is_oldest_first(answers: Sequence[Fields]) -> bool:
    times = [at for row in answers if (at := time_of(row.get("timestamp"))) is not None]
    return bool(times) and times[0] < times[-1]


CONNECTOR = Instagram
