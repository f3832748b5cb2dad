"""Connector: what a platform's one file must do, may do, and must declare."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from msgspec import Struct

from connectors._appearance import with_links
from connectors._errors import RejectedError, UnsupportedError
from connectors._model import (
    Appearance,
    Batch,
    Capability,
    Comment,
    Cursor,
    Gone,
    Identity,
    Measure,
    Outcome,
    Outgoing,
    Receipt,
    Support,
    Traits,
    Writing,
)

if TYPE_CHECKING:
    from connectors._http import Http  # it needs asyncio and ssl, which a mere list of connectors does not
    from connectors._limits import Budget

API_VERSION = 1
"""The contract's version; a connector written for another one is not loaded, and says so."""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the configuration says of one source; a connector subclasses it with its own fields.

    A field of type `Secret` is resolved from an environment variable, a command or a 0600 file before it gets here.
    """


def declare(rest: str, **supported: Support) -> Mapping[Capability, Support]:
    """Declare what a connector can do, with one honest reason for everything it cannot.

    Args:
        rest: why nothing else is possible, in one English sentence for the operator.
        **supported: capabilities by name (`reply=Support("yes", "...")`).
    """
    known = {Capability(name): support for name, support in supported.items()}
    return {capability: known.get(capability, Support("no", rest)) for capability in Capability}


class Connector(ABC):
    """One account on one platform.

    A platform is one module of this package (or a stranger's, by entry point `becalm.connectors`) whose `CONNECTOR`
    names a subclass. Four methods are required; every other one belongs to a capability and raises
    `UnsupportedError` until it is overridden. Methods raise nothing but `ConnectorError`; those that send return an
    `Outcome` instead, and must answer `Unknown` whenever the request may have been carried out.

    Attributes:
        name: the platform's name in configuration and commands (the module's name).
        api: the contract version it was written for.
        traits: what truly differs on this platform.
        capabilities: what it can do beyond the required, each with its reason.
        options_type: the shape of its table in the configuration.
        steps: how an account's owner comes by what the options ask for, one English sentence each; shown by
            `becalm connect` before it asks.
    """

    name: ClassVar[str]
    api: ClassVar[int] = API_VERSION
    traits: Traits
    capabilities: Mapping[Capability, Support]
    options_type: ClassVar[type[Options]] = Options
    steps: ClassVar[Sequence[str]] = ()

    def __init__(self, source: str, options: Any, http: "Http") -> None:
        """Prepare one source; no I/O happens here.

        Args:
            source: the source's own name in the configuration, unique on this desk.
            options: an instance of `options_type`.
            http: the client to speak through; it knows the time-outs, the limits and the proxies.
        """
        self.source = source
        self.options = options
        self.http = http

    # -- required ----------------------------------------------------------------------------------

    @abstractmethod
    async def identify(self) -> Identity:
        """Ask the platform who we are."""

    @abstractmethod
    async def poll(self, cursor: Cursor | None) -> Batch:
        """Fetch what is new since `cursor` (None: a first visit, recent comments only)."""

    @abstractmethod
    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Ask again for comments by native id; ids the platform would not talk about are left out."""

    @abstractmethod
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish `outgoing` as an answer to `outgoing.parent_id` (a comment, or the post itself)."""

    @classmethod
    def parse(cls, body: bytes, kind: str = "") -> list[Comment]:
        """Read the comments out of a raw answer of the platform, whatever request it answered; for debugging.

        Args:
            body: as received.
            kind: which answer it is, in the platform's own words; "" where the body tells.

        Raises:
            UnsupportedError: this connector does not offer it.
            ProtocolError: the body makes no sense.
        """
        del body, kind
        raise UnsupportedError(f"{cls.traits.label}: raw answers cannot be read", capability="parse")

    # -- facts -------------------------------------------------------------------------------------

    def measure(self, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count `text` as the platform will where it is to be `writing`; the default: code points against 5,000."""
        del writing
        return Measure(len(text), 5000)

    def measure_under(self, network: str, text: str, writing: Writing = Writing.COMMENT) -> Measure:
        """Count `text` where a comment of `network` is answered; the default: as anywhere on this account.

        Only a source that shows several networks tells them apart.
        """
        del network
        return self.measure(text, writing)

    def fitting(self, text: str, writing: Writing = Writing.COMMENT) -> str:
        """Return a text that the platform takes; what sends asks this first.

        Raises:
            RejectedError: it is too long, empty, or something the platform refuses by its rules; nothing was sent.
        """
        measured = self.measure(text, writing)
        if not measured.fits:
            raise RejectedError(measured.refusal, hint=measured.way_on)
        if not text.strip():
            raise RejectedError("the text is empty")
        return text

    def appearance(self, text: str) -> Appearance:
        """Say how readers will see `text` once it is public; the default shows it as it is, its addresses as links."""
        return with_links(text)

    def mention_prefix(self, comment: Comment) -> str:
        """Return what a reply must begin with so that its reader is notified ("@camille "); "" where it need not."""
        del comment
        return ""

    def new_client_id(self) -> str:
        """Make the id that stays the same over every try of one sending."""
        return uuid4().hex

    def warning(self) -> str:
        """Say in one English sentence what will soon need somebody although all is well (a token about to end), or ""."""
        return ""

    def budget(self) -> "Budget | None":
        """Tell what is left of the platform's requests, as its last answers said; None where they say nothing."""
        return None

    def ends_at(self) -> datetime | None:
        """Tell when the account's token ends, aware; None where it does not, or nobody says."""
        return None

    def where_pinned(self) -> str:
        """Say in one English sentence where a notice will appear, before it is sent."""
        return self.capabilities[Capability.PIN_NOTICE].reason

    # -- capabilities ------------------------------------------------------------------------------

    def stream(self) -> AsyncIterator[None]:
        """Yield whenever a poll is worth while; a hint only, the poll is the truth."""
        raise self._unsupported(Capability.STREAM)

    async def thread(self, comment: Comment) -> list[Comment]:
        """Return the conversation around `comment`, oldest first, itself included."""
        raise self._unsupported(Capability.THREAD)

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look among our own publications for `outgoing`; None when it is certainly not there."""
        raise self._unsupported(Capability.READ_BACK)

    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Hide a comment from the public, or show it again."""
        raise self._unsupported(Capability.HIDE)

    async def delete(self, native_id: str) -> Outcome:
        """Delete a comment."""
        raise self._unsupported(Capability.DELETE)

    async def mark_spam(self, native_id: str) -> Outcome:
        """Mark a comment as spam: out of the public's sight, and the platform's filter learns from it."""
        raise self._unsupported(Capability.SPAM)

    async def mute(self, author_id: str, *, seconds: int | None) -> Outcome:
        """Stop hearing of an author, for a while or until taken back (seconds=0 takes back)."""
        raise self._unsupported(Capability.MUTE)

    async def report(self, comment: Comment, *, reason: str) -> Outcome:
        """Report a comment to the platform's moderators."""
        raise self._unsupported(Capability.REPORT)

    async def lock(self, post_id: str, *, locked: bool) -> Outcome:
        """Close a post to new comments, or open it again."""
        raise self._unsupported(Capability.LOCK)

    async def pin_notice(self, outgoing: Outgoing) -> Outcome:
        """Publish a calming notice and pin it where `traits.pin_scope` says."""
        raise self._unsupported(Capability.PIN_NOTICE)

    async def unpin_notice(self, remote_id: str) -> Outcome:
        """Take a pinned notice down; its text stays public."""
        raise self._unsupported(Capability.PIN_NOTICE)

    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Open a dedicated discussion thread; the receipt's url is what people are invited to."""
        raise self._unsupported(Capability.OPEN_THREAD)

    async def edit_own(self, native_id: str, outgoing: Outgoing) -> Outcome:
        """Put `outgoing.text` in place of a comment that this account wrote; doing it twice does no harm."""
        raise self._unsupported(Capability.EDIT_OWN)

    async def aclose(self) -> None:
        """Let go of what the connector holds; the shared client is not its own."""

    def _unsupported(self, capability: Capability) -> UnsupportedError:
        reason = self.capabilities.get(capability)
        return UnsupportedError(
            f"{self.traits.label}: {capability} is not possible",
            capability=capability,
            hint=reason.reason if reason else "",
        )
