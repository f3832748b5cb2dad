"""Facebook Pages by the Graph API: comments and visitors' posts in, replies, moderation and posts out."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from msgspec import structs

from connectors import _facebook_entities as entities
from connectors._contract import Options
from connectors._errors import ProtocolError, RejectedError
from connectors._fields import Fields, table, text
from connectors._graph_account import Account, find_page
from connectors._graph_api import Api, Objects, checked, is_id, page_of
from connectors._graph_bodies import time_of
from connectors._graph_connector import GraphConnector, Pages, Permissions
from connectors._graph_options import GraphOptions
from connectors._graph_sweep import IsNew, Standing, Stretch
from connectors._http import Http
from connectors._model import (
    Capability,
    Comment,
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
"""Posts looked at in every poll."""
PAGE = 100
"""Comments asked for at a time, the most."""
THREAD_PAGES = 5
"""Pages read of one conversation."""
REMEMBERED = 1000
"""Posts of which it is kept how their comments are numbered."""

_WRITTEN = "id,permalink_url,created_time"
_STREAM = [("filter", "stream"), ("live_filter", "no_filter"), ("order", "reverse_chronological")]
"""Every level, nothing left out as "low quality", newest first."""
_COUNTED = "comments.filter(stream).live_filter(no_filter).limit(0).summary(total_count)"
_BY_HAND = "published under the post as the Page, but not pinned: pin it by hand there"


class FacebookOptions(GraphOptions, frozen=True, kw_only=True):
    """One Facebook Page.

    Attributes:
        page: the Page's number or name; needed where the token acts for several.
    """

    page: str = ""


class Facebook(GraphConnector):
    """One Facebook Page."""

    name = "facebook"
    options_type: ClassVar[type[Options]] = FacebookOptions
    steps = (
        "on business.facebook.com, Settings > Users > System users: add one, and give it the Page with the task Moderate",
        "there, Generate token: choose your app, no expiry, and the permissions named below",
        "pages_show_list, pages_read_engagement, pages_read_user_content, pages_manage_engagement, pages_manage_posts",
        "copy the token: Meta shows it once; one of a person works as well, but ends after 60 days",
        "to be warned before it ends, give the app's number and secret too: --set app_id=123 --secret-from app_secret=ask",
    )
    traits = Traits(
        label="Facebook",
        code="fb",
        poll_interval=60.0,
        idempotency=Idempotency.NONE,
        reply_depth="one",
        pin_scope="thread",
        pin_limit=1,
        bulk_size=1,
        look_again=50,
        send_interval=3.0,
    )
    capabilities: Mapping[Capability, Support] = {
        Capability.REPLY: Support("yes", "as the Page; an answer to an answer stands under the first comment"),
        Capability.STREAM: Support("no", "Meta only calls a public web server back; the Page is asked every minute"),
        Capability.THREAD: Support("yes", "the first comment and every answer to it"),
        Capability.READ_BACK: Support("yes", "our own text is looked for under the comment, or among the Page's posts"),
        Capability.HIDE: Support("yes", "hidden from the public; its author and their friends still see it"),
        Capability.DELETE: Support("yes", "deleted for good, together with the answers to it"),
        Capability.SPAM: Support("no", "the API knows no spam; hide it, and mark it as spam on the platform"),
        Capability.MUTE: Support("no", "Facebook has no muting; ban the author from the Page by hand"),
        Capability.REPORT: Support("no", "Meta takes no reports through the API; report it on the platform"),
        Capability.LOCK: Support("no", "the API cannot close a post; choose who can comment on the post itself"),
        Capability.PIN_NOTICE: Support(
            "partly", "a comment of the Page under the post; the API cannot pin it, so pin it by hand there"
        ),
        Capability.OPEN_THREAD: Support("yes", "a new post of the Page, to which people are invited"),
        Capability.EDIT_OWN: Support("yes", "what the Page wrote; Facebook marks it as edited"),
    }

    def __init__(self, source: str, options: Any, http: Http) -> None:
        """Prepare one account; no I/O happens here."""
        super().__init__(source, options, http)
        self._under: OrderedDict[str, str] = OrderedDict()

    def _permissions(self) -> Permissions:
        return Permissions(
            reading=("pages_read_engagement", "pages_read_user_content"),
            writing=("pages_manage_engagement", "pages_manage_posts"),
        )

    async def _find(self) -> Account:
        return await find_page(self._given, self.options.token, self.options.page)

    @classmethod
    def parse(cls, body: bytes, kind: str = "") -> list[Comment]:
        """Read the comments out of a raw answer: a comment, lists, maps by id, batches, webhooks, or a Page's posts."""
        try:
            return entities.comments_in(body, kind)
        except ValueError as error:
            raise ProtocolError(f"this is no answer of Facebook: {error}", payload=body) from None

    # -- reading -----------------------------------------------------------------------------------

    async def posts(self, *, deep: bool, is_new: IsNew) -> list[Standing]:
        """Return the newest posts of the Page, and of visitors on it; or (deep) as many as are looked after; and whatever is new behind them."""
        account, api = await self._act()
        params = [("fields", f"{entities.POST_FIELDS},{_COUNTED}"), ("limit", str(NEWEST))]
        pages = Pages(api, f"{account.native_id}/feed", params)
        return await self._parts(pages, lambda row: self._standing(row, account), is_new, deep=deep)

    def _standing(self, row: Fields, account: Account) -> Standing:
        touched = time_of(row.get("updated_time"))
        writer = text(table(row.get("from")).get("id"))
        is_visitor = bool(writer) and writer != account.native_id
        return Standing(
            post=entities.post_of(row),
            count=page_of(table(row.get("comments"))).total,
            touched=touched.timestamp() if touched else 0.0,
            own_words=entities.post_as_comment(row, account.native_id) if is_visitor else None,
        )

    async def comments(self, post: Post, after: str) -> Stretch:
        """Return a page of the comments under a post, answers included, newest first."""
        account, api = await self._act()
        params = [*_STREAM, ("fields", entities.COMMENT_FIELDS), ("limit", str(PAGE))]
        page = await api.page(f"{checked(post.native_id)}/comments", params, after)
        read = [entities.comment_of(row, account.native_id, post.native_id) for row in page.rows]
        self._under |= {each.native_id.partition("_")[0]: post.native_id for each in read if each}
        while len(self._under) > REMEMBERED:
            self._under.popitem(last=False)
        times = [at.timestamp() for row in page.rows if (at := time_of(row.get("created_time")))]
        return Stretch([each for each in read if each], page.after, min(times, default=float("inf")))

    async def _objects(self, api: Api, ids: Sequence[str]) -> Objects:
        posts = [native_id for native_id in ids if self._is_post(native_id)]
        comments = [native_id for native_id in ids if not self._is_post(native_id)]
        found = await api.objects(comments, entities.COMMENT_FIELDS)
        return found | await api.objects(posts, f"{entities.POST_FIELDS},is_hidden")

    def _is_post(self, native_id: str) -> bool:
        """Whether it is a post on the Page: those bear the Page's number, comments that of their post."""
        return self._acting is not None and native_id.startswith(f"{self._acting[0].native_id}_")

    def _read(self, row: Fields, account: Account) -> Comment | None:
        if self._is_post(text(row.get("id"))):
            return entities.post_as_comment(row, account.native_id)
        comment = entities.comment_of(row, account.native_id)
        if comment is None:
            return None
        # a picture's comments bear the picture's number, and not its post's: what is not known is left unsaid
        return structs.replace(comment, post_id=self._under.get(comment.native_id.partition("_")[0], ""))

    async def _sees_comments(self, api: Api) -> bool:
        """Whether the token sees comments at all: some post of the Page shows them."""
        account, _ = await self._act()
        params = [("fields", "id,comments.limit(1){id,message}"), ("limit", "5")]
        page = await api.page(f"{account.native_id}/feed", params)
        return any("comments" in row for row in page.rows)

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return the first comment and every answer to it, oldest first, `comment` included."""
        account, api = await self._act()
        top = comment.parent_id or comment.native_id
        around = {comment.native_id: comment}
        for answer in (await self.fetch([top])) if top != comment.native_id else []:
            if not isinstance(answer, Gone):
                around.setdefault(answer.native_id, structs.replace(answer, post_id=comment.post_id))
        params = [("filter", "stream"), ("order", "chronological"), ("limit", str(PAGE))]
        pages = Pages(api, f"{checked(top)}/comments", [*params, ("fields", entities.COMMENT_FIELDS)])
        after = ""
        for _ in range(THREAD_PAGES):
            page = await pages(after)
            for row in page.rows:
                each = entities.comment_of(row, account.native_id, comment.post_id)
                if each is not None:
                    around.setdefault(each.native_id, each)
            after = page.after
            if not after:
                break
        return sorted(around.values(), key=lambda each: (each.created_at, each.native_id))

    # -- answering ---------------------------------------------------------------------------------

    def measure(self, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count the characters: a comment takes 8,000 of them, a post of the Page 63,206."""
        return entities.measure(text, writing)

    @sending
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish a comment of the Page under the post, or under the first comment of the conversation."""
        words = self.fitting(outgoing.text)
        target = await self._target(outgoing, answering=True)
        return await self._publish(f"{target}/comments", {"message": words, "fields": _WRITTEN})

    async def _target(self, outgoing: Outgoing, *, answering: bool) -> str:
        """Return under what an answer stands: Facebook has two levels, and an answer's answer joins the first."""
        parent = outgoing.parent_id or outgoing.post_id
        if not parent:
            raise RejectedError("a comment needs a post or a comment to stand under", hint="open a thread instead")
        await self._ready()
        if parent == outgoing.post_id or self._is_post(parent):
            return checked(parent)
        row = await self._look_at(parent, "id,parent{id},can_comment,is_hidden")
        if answering and row.get("can_comment") is False:
            raise RejectedError("Facebook does not let the Page answer this comment", hint="open it on the platform")
        above = text(table(row.get("parent")).get("id"))
        return above if is_id(above) else checked(parent)

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look for `outgoing` among our own comments where it was to stand, or among the Page's posts."""
        account, api = await self._act()
        if outgoing.parent_id is None and not outgoing.post_id:
            pages = Pages(api, f"{account.native_id}/feed", [("fields", entities.POST_FIELDS), ("limit", "50")])
        else:
            try:
                path = f"{await self._target(outgoing, answering=False)}/comments"
            except RejectedError:  # what it answered is gone, and took the answers along
                return None
            pages = Pages(api, path, [*_STREAM, ("fields", entities.COMMENT_FIELDS), ("limit", str(PAGE))])
        row = await self._find_own(pages, outgoing)
        return self._receipt(row, outgoing.post_id) if row is not None else None

    def _is_ours(self, row: Fields, account: Account, words: str) -> bool:
        writer = text(table(row.get("from")).get("id"))
        same = entities.essence(text(row.get("message"))) == entities.essence(words)
        return same and writer in {"", account.native_id}

    def _address(self, native_id: str, post_id: str) -> str:
        del post_id
        return f"https://www.facebook.com/{native_id}"

    # -- publishing and moderating -----------------------------------------------------------------

    @sending
    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a notice as a comment under the post where it is needed; it has to be pinned by hand."""
        words = self.fitting(outgoing.text, Writing.COMMENT if outgoing.post_id else Writing.POST)
        form = {"message": words, "fields": _WRITTEN}
        if outgoing.post_id:
            return await self._publish(f"{checked(outgoing.post_id)}/comments", form, _BY_HAND)
        account, _ = await self._ready()
        return await self._publish(f"{account.native_id}/feed", form, _BY_HAND)

    @sending
    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Publish a post of the Page."""
        words = self.fitting(outgoing.text, Writing.POST)
        account, _ = await self._ready()
        by_hand = "published, but not pinned: pin it by hand on the Page" if outgoing.pin else ""
        form = {"message": words, "fields": _WRITTEN}
        return await self._publish(f"{account.native_id}/feed", form, by_hand)

    @sending
    async def edit_own(self, native_id: str, outgoing: Outgoing) -> Outcome:
        """Put other words in place of what the Page wrote."""
        return await self._change(native_id, "the words are new", message=self.fitting(outgoing.text))

    @sending
    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Hide a comment from the public, or show it again."""
        return await self._change(native_id, f"hidden is {hidden} now", is_hidden=hidden)


CONNECTOR = Facebook
