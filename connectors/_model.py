"""Comment, Author, Post, Batch, Receipt and what may be sent: frozen values without behaviour."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from connectors._text import SafeText

Cursor = str
"""A connector's own resume point, as JSON text; nobody else reads it."""
Moment = Annotated[datetime, Meta(tz=True)]
"""A moment, aware; one without a zone is refused where it is read, and cannot be compared with any other."""


class Author(Struct, frozen=True, gc=False, kw_only=True):
    """Who wrote a comment, as the platform names them.

    Attributes:
        native_id: the platform's stable id of the account.
        handle: the name others address it by, without a leading "@".
        name: the display name; falls back to the handle.
        url: the profile, or "".
        is_self: whether this is the account we manage.
        is_bot: whether the platform marks it as automated.
    """

    native_id: str
    handle: SafeText
    name: SafeText
    url: SafeText = SafeText("")
    is_self: bool = False
    is_bot: bool = False


class Attachment(Struct, frozen=True, gc=False, kw_only=True):
    """Something beside the words.

    Attributes:
        kind: "image", "video", "audio", "link" or "other".
        url: where it is; never fetched by becalm.
        description: the author's alternative text, or "".
    """

    kind: Literal["image", "video", "audio", "link", "other"]
    url: SafeText = SafeText("")
    description: SafeText = SafeText("")


class Post(Struct, frozen=True, gc=False, kw_only=True):
    """What the house published and people comment on.

    Attributes:
        native_id: the platform's id of the publication.
        text: its text.
        title: a short name for lists; falls back to the first words of the text.
        url: its permanent address, or "".
        created_at: when it was published, aware, or None where unknown.
        exhibition: the exhibition it belongs to, or "".
    """

    native_id: str
    text: SafeText = SafeText("")
    title: SafeText = SafeText("")
    url: SafeText = SafeText("")
    created_at: Moment | None = None
    exhibition: SafeText = SafeText("")


class Comment(Struct, frozen=True, gc=False, kw_only=True):
    """One comment as the platform tells it, made safe for a terminal.

    Attributes:
        native_id: the platform's id; unique within its source.
        post_id: native id of the post it stands under; "" where there is none (a bare mention).
        parent_id: native id of the comment it answers; None when it answers the post itself.
        author: who wrote it.
        text: its plain text.
        created_at: when it was written, aware; some platforms let the author claim it.
        url: its permanent address, or "".
        network: the platform it was written on; "" means the connector's own (rehearsal and imports carry several).
        language: the language its author declared, ISO 639-1, or "".
        version: changes when the comment is edited (edit time, content hash, cid).
        visibility: "public", "unlisted", "followers" or "direct".
        attachments: pictures, films and cards beside the words.
        reactions: likes, favourites and the like.
        replies: answers it has received.
        shares: boosts, reposts and the like.
        raw: the body as received, kept as evidence when it differs from `text`; never for the screen.
        moderation: how the platform keeps it from the public: "held" until somebody approves it, "spam", "hidden" by
            somebody there or by a filter, or "".
    """

    native_id: str
    post_id: str
    author: Author
    text: SafeText
    created_at: Moment
    parent_id: str | None = None
    url: SafeText = SafeText("")
    network: str = ""
    language: str = ""
    version: str = ""
    visibility: Literal["public", "unlisted", "followers", "direct"] = "public"
    attachments: tuple[Attachment, ...] = ()
    reactions: int = 0
    replies: int = 0
    shares: int = 0
    raw: str = ""
    moderation: Literal["", "held", "spam", "hidden"] = ""


class Batch(Struct, frozen=True, kw_only=True):
    """One page of news from a platform.

    Attributes:
        comments: new or edited comments, any order; delivering one twice does no harm.
        cursor: where the next poll goes on; stored in the same transaction as the comments.
        posts: the posts these comments stand under, as far as known.
        complete: False when more waits behind this page: poll again at once.
    """

    comments: tuple[Comment, ...]
    cursor: Cursor
    posts: tuple[Post, ...] = ()
    complete: bool = True


class Gone(Struct, frozen=True, gc=False, kw_only=True):
    """A comment that the platform no longer shows; only `Connector.fetch` may say so.

    Attributes:
        native_id: which one.
        why: what is known of the reason.
    """

    native_id: str
    why: Literal["deleted", "hidden", "unknown"] = "unknown"


class Identity(Struct, frozen=True, kw_only=True):
    """The account a source acts as.

    Attributes:
        account_id: the platform's id of the account.
        handle: how it is addressed.
        name: its display name.
        url: its public page, or "".
        scopes: what the token allows, where the platform says so.
        expires_at: when the token ends, aware; None when it does not or nobody says.
        server: the software and version that answered, or "".
        followers: how many follow the account, where the platform says so; None otherwise.
    """

    account_id: str
    handle: SafeText
    name: SafeText
    url: SafeText = SafeText("")
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    server: SafeText = SafeText("")
    followers: int | None = None


class Outgoing(Struct, frozen=True, kw_only=True):
    """One text about to leave the house, exact and durable before it is sent.

    Attributes:
        client_id: our id of this sending, made by `Connector.new_client_id`; the same on every try.
        text: exactly what will be public, mention prefix included.
        created_at: when it was decided, aware; the same on every try.
        parent_id: native id of the comment (or post) it answers; None for a new publication.
        post_id: native id of the post the thread stands under; "" for a new publication.
        language: ISO 639-1 of the text, or "".
        visibility: who may read it.
        title: for platforms whose threads have one, else "".
        pin: keep a new thread where visitors see it first; where that fails the receipt's warning says so.
    """

    client_id: str
    text: str
    created_at: Moment
    parent_id: str | None = None
    post_id: str = ""
    language: str = ""
    visibility: Literal["public", "unlisted", "followers", "direct"] = "public"
    title: str = ""
    pin: bool = False


class Receipt(Struct, frozen=True, kw_only=True):
    """The platform's acknowledgement.

    Attributes:
        remote_id: the platform's id of what we sent; our echoed reply is recognised by it.
        url: where it can be seen, or "".
        at: when the platform says it happened, or our clock.
        warning: what did not go as asked although it was sent ("published, but not pinned: ...").
        post_id: how comments under this publication name it as their post, where that is not `remote_id`.
    """

    remote_id: str
    at: Moment
    url: SafeText = SafeText("")
    warning: SafeText = SafeText("")
    post_id: str = ""

    @property
    def thread_id(self) -> str:
        """The post id of comments under this publication."""
        return self.post_id or self.remote_id


class Sent(Struct, frozen=True, tag="sent"):
    """It happened, exactly once as far as the platform tells."""

    receipt: Receipt


class Rejected(Struct, frozen=True, tag="rejected"):
    """It did not happen and will not by repeating it.

    Attributes:
        message: what the platform said.
        hint: what can be done about it.
        account: whether the account itself was refused (a revoked token): the next one of its kind would fare no better.
    """

    message: SafeText
    hint: SafeText = SafeText("")
    account: bool = False


class Unknown(Struct, frozen=True, tag="unknown"):
    """Nobody knows whether it happened; never to be repeated blindly.

    Attributes:
        message: what went wrong.
        retry_after: seconds for which the platform asks to be left alone, 0 where it names none.
    """

    message: SafeText
    retry_after: float = 0.0


class NotSent(Struct, frozen=True, tag="not_sent"):
    """It certainly did not happen, and may be tried again after `retry_after` seconds (limits, connection refused)."""

    message: SafeText
    retry_after: float = 30.0


Outcome = Sent | Rejected | Unknown | NotSent
"""What became of an attempt to act on a platform."""


class Capability(StrEnum):
    """What a platform may or may not be able to do, beyond reading and replying."""

    REPLY = "reply"
    STREAM = "stream"
    THREAD = "thread"
    READ_BACK = "read_back"
    HIDE = "hide"
    DELETE = "delete"
    SPAM = "spam"
    MUTE = "mute"
    REPORT = "report"
    LOCK = "lock"
    PIN_NOTICE = "pin_notice"
    OPEN_THREAD = "open_thread"
    EDIT_OWN = "edit_own"


class Support(Struct, frozen=True):
    """Whether a capability is there, and why so.

    Attributes:
        can: "yes", "partly" (with conditions that `reason` names) or "no".
        reason: one sentence for the operator, in English; the interface translates it.
    """

    can: Literal["yes", "partly", "no"]
    reason: str


class Writing(StrEnum):
    """What a text of ours is on its platform, for each may take another length.

    Attributes:
        COMMENT: it stands under a post or a comment: an answer, an invitation, a last word, a notice under a post.
        POST: it stands on its own: the opening of a thread, a notice for the whole account or site.
        TITLE: the title of what stands on its own, on platforms that show one.
    """

    COMMENT = "comment"
    POST = "post"
    TITLE = "title"


class Measure(Struct, frozen=True):
    """How long a text is in the platform's own counting.

    Attributes:
        used: units used by the text.
        limit: units allowed.
        unit: what is counted ("characters", "graphemes", "bytes").
        fault: what else the platform refuses of this text, one English sentence; "" where nothing.
        remedy: what to do about that.
    """

    used: int
    limit: int
    unit: str = "characters"
    fault: str = ""
    remedy: str = ""

    @property
    def fits(self) -> bool:
        """Whether the platform would take it."""
        return self.used <= self.limit and not self.fault

    @property
    def refusal(self) -> str:
        """Why the platform would not take it, one English sentence; "" where it would."""
        if self.used > self.limit:
            return f"too long: {self.used} of {self.limit} {self.unit}"
        return self.fault

    @property
    def way_on(self) -> str:
        """What to do about the refusal."""
        return "shorten it" if self.used > self.limit else self.remedy


class Mark(Struct, frozen=True, gc=False):
    """A part of a text that the platform shows as more than words.

    Attributes:
        kind: "link", "mention" or "tag".
        start: its first code point.
        end: the code point after its last.
    """

    kind: Literal["link", "mention", "tag"]
    start: int
    end: int


class Appearance(Struct, frozen=True):
    """How a text of ours will read on the platform.

    Attributes:
        text: what readers see, shortened addresses and all.
        marks: its links, mentions and tags, in order.
    """

    text: str
    marks: tuple[Mark, ...] = ()


class Idempotency(StrEnum):
    """What protects a sending from happening twice.

    Attributes:
        KEY: the platform drops a repeated client id for `Traits.key_ttl` seconds.
        CLIENT_ID: our client id *is* the remote id; repeating is harmless for ever.
        REFUSES: an identical text is refused, which tells that the first one arrived.
        NONE: nothing; look for our own text first, else ask a human.
    """

    KEY = "key"
    CLIENT_ID = "client_id"
    REFUSES = "refuses_duplicate"
    NONE = "none"


class Price(Struct, frozen=True, kw_only=True):
    """What one act costs an account, as the platform counts.

    Attributes:
        calls: requests it takes.
        units: how much of a quota it uses, 0 where requests alone count.
        unit: what that quota counts ("points").
        money: what the platform charges, 0 where it is free.
        currency: in which currency, ISO 4217.
    """

    calls: int = 1
    units: float = 0.0
    unit: str = ""
    money: float = 0.0
    currency: str = ""


class Traits(Struct, frozen=True, kw_only=True):
    """What truly differs between platforms, declared once so that nothing upstream asks for a platform's name.

    Attributes:
        label: the platform's own name, for people.
        code: two letters for narrow lists and queries.
        poll_interval: seconds between two polls when no stream nudges us.
        idempotency: what protects a sending from happening twice.
        key_ttl: seconds for which a repeated key is recognised (KEY only), with a margin taken off.
        reply_depth: "any", "one" (an answer to an answer lands under the first) or "top" (only first-level).
        pin_scope: where a pinned notice appears.
        pin_limit: how many may be pinned at once.
        bulk_size: how many comments one moderation call takes.
        look_again: how many comments `fetch` is asked for at a time, to see edits and deletions: what few requests take.
        send_interval: seconds between two sendings from one account, to stay a welcome guest.
        deletes: whose comments `Capability.DELETE` deletes.
        prices: what an act costs, by the capability it needs; one call where nothing is said.
    """

    label: str
    code: str
    poll_interval: float = 30.0
    idempotency: Idempotency = Idempotency.NONE
    key_ttl: float = 0.0
    reply_depth: Literal["any", "one", "top"] = "any"
    pin_scope: Literal["thread", "profile", "site", "none"] = "none"
    pin_limit: int = 0
    bulk_size: int = 1
    look_again: int = 40
    send_interval: float = 1.0
    deletes: Literal["any", "own"] = "any"
    prices: Mapping[Capability, Price] = {}
