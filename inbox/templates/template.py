"""Template: one canned text of the house, what kind it is and when it may be used."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

LANGUAGES = ("fr", "en")
"""Languages every shipped pack is complete in, first the house's own."""


class Kind(StrEnum):
    """What a text is for."""

    OFFBEAT = "offbeat"
    PLAIN = "plain"
    SOBER = "sober"
    FORWARDED = "forwarded"
    APPEAL = "appeal"
    INVITATION = "invitation"
    NOTICE = "notice"
    THREAD = "thread"


class Register(StrEnum):
    """The fifteen ways an offbeat reply may be offbeat."""

    LABEL = "label"
    OBJECT = "object"
    PERIOD = "period"
    PRECISION = "precision"
    CONSERVATOR = "conservator"
    MISFILED = "misfiled"
    SELF_MOCKERY = "self-mockery"
    INVITATION = "invitation"
    VERSE = "verse"
    RIVAL = "rival"
    DETAIL = "detail"
    AGREEMENT = "agreement"
    GUARD = "guard"
    UNDERSTATEMENT = "understatement"
    TIME = "time"


class Template(Struct, frozen=True, kw_only=True):
    """One text, as a pack describes it.

    Attributes:
        id: unique over all packs: the table's name in its file, a dot and the language ("hours.en").
        kind: what it is for.
        language: "fr" or "en".
        body: the text, with `$placeholders`.
        variants: other wordings of the body, used in turn so that one thread never reads the same text twice.
        register: how an offbeat reply is offbeat; None for every other kind.
        situation: what it answers best: "lone_troll", "feud", "flood" or "question"; empty: anything.
        tags: words to find it by, and what a question must be about for it to be offered.
        networks: platforms it is written for; empty: every platform it fits.
        avoid: topics (folded words) under which it is never offered.
        title: the title of a notice or a thread; "" for every other kind.
        rules: the house rules a thread opens with.
        announcement: the house's comment under the post that links a thread (`$link`).
        per_thread: uses allowed in one thread; 0: any number.
        per_day: uses allowed in one day; 0: any number.
        per_author: uses allowed towards one person, ever; 0: any number.
        needs_approval: whether a second person must see it before it leaves.
        expires: last day it may be offered, or None.
        lasts: hours a notice stays up before it is taken down; 0 for every other kind.
    """

    id: str
    kind: Kind
    language: str
    body: str
    variants: tuple[str, ...] = ()
    register: Register | None = None
    situation: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    title: str = ""
    rules: tuple[str, ...] = ()
    announcement: str = ""
    per_thread: int = 0
    per_day: int = 0
    per_author: int = 0
    needs_approval: bool = False
    expires: date | None = None
    lasts: int = 0

    @property
    def stem(self) -> str:
        """The id without its language: what a text shares with its counterpart."""
        return self.id.rsplit(".", 1)[0]

    @property
    def subject(self) -> str:
        """What tells it from its neighbours in a list: how it is offbeat, its title, else what it is about."""
        if self.register:
            return str(self.register)
        if self.title and "$" not in self.title:
            return self.title
        return self.tags[0] if self.tags and self.kind is not Kind.FORWARDED else str(self.kind)

    @property
    def is_joke(self) -> bool:
        """Whether the joke gate and the ledger speak for it; facts are never rationed."""
        return self.kind is Kind.OFFBEAT

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every wording, the first one first."""
        return (self.body, *self.variants)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in it that a reader may see."""
        return tuple(t for t in (self.title, *self.bodies, *self.rules, self.announcement) if t)
