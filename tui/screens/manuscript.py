"""Manuscript: the texts being written: what is offered, what was changed, and what is kept until it is sent."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct, field

from inbox.desk import Desk
from inbox.store_errors import StoreError
from inbox.templates.search import fold, scattered
from tui import outside
from tui.i18n import _
from tui.widgets.editor import gaps

TEMPLATE, DESPITE = "template", "despite"
"""Names under which a draft keeps, beside its fields, which template it began as, and that this one is refused here."""


class Offer(Struct, kw_only=True):
    """One text to choose.

    Attributes:
        label: what kind of text it is.
        texts: the text of each field.
        template: where it comes from, or "".
        kind: "template", "blank", "draft", "silence", or "despite": a joke that is refused here.
        about: words it is found by besides its own.
        lasts: hours that a notice stays up, 0 for every other text.
        is_draft: whether somebody began it, whatever kind of text it began as.
    """

    label: str
    texts: dict[str, str] = field(default_factory=dict)
    template: str = ""
    kind: str = "template"
    about: str = ""
    lasts: int = 0
    is_draft: bool = False

    @property
    def stem(self) -> str:
        """What it shares with its counterpart in the other language; a draft has none."""
        return "" if self.is_draft else self.template.partition("#")[0].rpartition(".")[0]


class Manuscript:
    """One piece of writing about one item, in one or several fields.

    Attributes:
        offers: the texts to choose from.
        chosen: which of them.
        values: the text of each field as it stands.
        at: the field being looked at.
    """

    def __init__(self, desk: Desk, key: str, kind: str, fields: Sequence[str], link_in: frozenset[str]) -> None:
        """Write about `key`; `kind` tells drafts apart, `link_in` are the fields whose `$link` the outbox fills."""
        self._desk = desk
        self._key = key
        self._kind = kind
        self.fields = tuple(fields)
        self._link_in = link_in
        self._all: list[Offer] = []
        self._kept: dict[str, str] = {}
        self.offers: list[Offer] = []
        self.chosen = 0
        self.values: dict[str, str] = dict.fromkeys(self.fields, "")
        self.at = 0

    @property
    def offer(self) -> Offer:
        """The chosen offer."""
        return self.offers[self.chosen]

    @property
    def field(self) -> str:
        """The field being looked at."""
        return self.fields[self.at]

    @property
    def text(self) -> str:
        """The text of that field."""
        return self.values[self.field]

    def write(self, text: str) -> None:
        """Let that field read otherwise."""
        self.values[self.field] = text

    # -- choosing ----------------------------------------------------------------------------------

    async def offer_all(self, offers: Sequence[Offer], *, like: Offer | None = None) -> None:
        """Take offers up, an unsent text first; choose the counterpart of `like` where there is one."""
        self._all = [*await self._unsent(), *offers]
        self.offers = list(self._all)
        stems = [offer.stem for offer in self._all]
        self.choose(stems.index(like.stem) if like is not None and like.stem and like.stem in stems else 0)

    async def _unsent(self) -> list[Offer]:
        found: list[Offer] = []
        kept = (await self._desk.kept(self._key)).get(self._kind, {})
        template, kind = kept.pop(TEMPLATE, ""), kept.pop(DESPITE, "draft")
        self._kept = kept
        if kept:
            found.append(Offer(label=_("your draft"), texts=dict(kept), template=template, kind=kind, is_draft=True))
        rescued = {name: text for name in self.fields if (text := outside.rescued(self.name_of(name)))}
        if rescued:
            texts = {**kept, **rescued}
            found.insert(
                0, Offer(label=_("from your editor"), texts=texts, template=template, kind=kind, is_draft=True)
            )
        return found

    def name_of(self, name: str) -> str:
        """Name the file in which an editor outside has a field."""
        return outside.name_of(self._key, self._kind, name)

    def choose(self, index: int) -> None:
        """Look at an offer."""
        self.chosen = index
        self.values = {name: self.offer.texts.get(name, "") for name in self.fields}

    def narrow(self, words: str) -> bool:
        """Offer only what holds every one of these words, in its label, its id or its text; tell whether anything does."""
        wanted = fold(words).split()
        found = [offer for offer in self._all if _holds(offer, wanted)]
        if not found:
            return False
        self.offers = found
        self.choose(0)
        return True

    # -- gaps --------------------------------------------------------------------------------------

    def missing(self) -> list[str]:
        """List the placeholders that nobody filled, each once."""
        found = [gap for name in self.fields for gap in self._gaps(name)]
        return list(dict.fromkeys(found))

    def _gaps(self, name: str) -> list[str]:
        return gaps(self.values[name], link=name in self._link_in)

    def to_gap(self) -> bool:
        """Go to the first field with a gap; tell whether there is one."""
        index = next((i for i, name in enumerate(self.fields) if self._gaps(name)), None)
        if index is not None:
            self.at = index
        return index is not None

    # -- keeping -----------------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        """Whether it says something that is neither offered nor kept."""
        offered = {name: self.offer.texts.get(name, "") for name in self.fields}
        written = any(text.strip() for text in self.values.values())
        return self.offer.kind != "silence" and written and self.values not in (offered, self._kept)

    async def keep(self) -> str:
        """Keep what was changed; return why it cannot be kept, or ""."""
        if not self.is_changed:
            return ""
        texts = dict(self.values)
        origin = {TEMPLATE: self.offer.template} if self.offer.template else {}
        origin |= {DESPITE: DESPITE} if self.offer.kind == DESPITE else {}
        try:
            await self._desk.keep(self._key, self._kind, texts | origin)
        except StoreError as error:
            return error.message
        self._kept = texts
        return ""

    async def forget(self) -> None:
        """Throw the kept text away."""
        if self._kept:
            self._kept = {}
            with suppress(StoreError):  # it stays a draft, which is the lesser evil
                await self._desk.keep(self._key, self._kind, {})


def _holds(offer: Offer, wanted: Sequence[str]) -> bool:
    if offer.kind in {"blank", "silence"}:
        return not wanted
    said = fold(" ".join((offer.label, offer.template, offer.about, *offer.texts.values())))
    name = fold(f"{offer.label} {offer.template}")
    return all(word in said or scattered(word, name) for word in wanted)
