"""Writing: choose a text, look at it, edit it, and only then reach the send bar; shared by replies, notices and threads."""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct, field
from textual import events
from textual.app import ComposeResult

from connectors._model import Capability, Measure
from inbox.desk import Desk, Detail, Done
from inbox.outbox import STANDARD
from tui.i18n import LANGUAGES, N_, _, language
from tui.phrases import say
from tui.screens.base import KeyScreen, Stroke
from tui.widgets.canvas import Canvas, Scrolled
from tui.widgets.editor import Editor, gaps
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, fit, pad, row_safe, safe, spread, wrapped
from tui.widgets.words import network_word, span

Result = tuple[Done, str] | None
VISIBLE = {
    "public": N_("public"),
    "unlisted": N_("unlisted"),
    "followers": N_("followers only"),
    "direct": N_("direct message"),
}


class Offer(Struct, kw_only=True):
    """One text to choose.

    Attributes:
        label: what kind of text it is.
        texts: the text of each field.
        template: where it comes from, or "".
        kind: "template", "blank", "draft" or "silence".
    """

    label: str
    texts: dict[str, str] = field(default_factory=dict)
    template: str = ""
    kind: str = "template"


class Head(Canvas):
    """Lines at the top that the screen words."""

    DEFAULT_CSS = "Head { height: 2; }"

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Ask the screen."""
        assert isinstance(self.screen, WritingScreen)
        return self.screen.head(width)


class Offers(Scrolled):
    """The texts to choose from, the chosen one marked."""

    DEFAULT_CSS = "Offers { height: 6; }"

    def lines(self, width: int) -> Sequence[Line]:
        """Ask the screen."""
        assert isinstance(self.screen, WritingScreen)
        return self.screen.offer_lines(width)


class WritingScreen(KeyScreen[Result]):
    """A screen with offers above, an editor below, and a send bar that only Tab leads to."""

    PLACE = "reply"
    kind: str = "reply"
    FIELDS: ClassVar[tuple[str, ...]] = ("text",)
    measured_as_reply: bool = True
    LINK_IN: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, key: str) -> None:
        """Write about one comment."""
        super().__init__()
        self.desk = desk
        self.key = key
        self.detail: Detail | None = None
        self.offers: list[Offer] = []
        self.chosen = 0
        self.mode = "reply"
        self.values: dict[str, str] = {}
        self.at = 0
        self.language = language()
        self.warning = ""
        self.gate: list[Span] = []
        self._measure: Measure | None = None
        self._countdown = STANDARD
        self._notice: Span | None = None
        self._loaded = asyncio.Event()

    # -- what kinds of writing say for themselves --------------------------------------------------

    @abstractmethod
    async def load(self) -> list[Offer]:
        """Ask the desk for the texts on offer."""

    @abstractmethod
    def heading(self, detail: Detail) -> str:
        """Say what is being written, in a few words."""

    @abstractmethod
    async def submit(self) -> tuple[Done, str]:
        """Hand the text to the desk; returns what came of it and what to call it."""

    def sendings(self) -> int:
        """Return how many things would leave."""
        return 1

    def field_label(self, name: str) -> str:
        """Name a field for people."""
        return _("preview") if name == "text" and self.mode == "reply" else _("text")

    # -- life --------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.head_lines = Head(theme)
        self.gate_bar = Bar(theme)
        self.offer_list = Offers(theme)
        self.measure_bar = Bar(theme)
        self.editor = Editor(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.head_lines
        yield self.gate_bar
        yield self.offer_list
        yield self.measure_bar
        yield self.editor
        yield self.bar
        yield self.footer

    def on_mount(self) -> None:
        """Load what the desk offers; keys typed meanwhile wait."""
        self.call_after_refresh(self._load)

    async def _load(self) -> None:
        self._countdown = (await self.desk.summary()).countdown
        self.detail = await self.desk.detail(self.key)
        if self.detail is None:
            self.dismiss(None)
            return
        theirs = self.detail.item.assessment.language
        self.language = theirs if theirs in LANGUAGES else self.language
        await self.reload()
        self._fit(*self.size)
        self._loaded.set()

    async def reload(self) -> None:
        """Ask for the offers (again), a kept draft first."""
        self.offers = await self.load()
        kept = self.desk_app.drafts.get((self.key, self.kind))
        if kept is not None:
            self.offers.insert(0, Offer(label=_("your draft"), texts=dict(kept), kind="draft"))
        self.chosen = 0
        await self.choose(0)

    async def ready(self) -> None:
        """Wait for the offers."""
        await self._loaded.wait()

    def on_resize(self, event: events.Resize) -> None:
        """Give the offers what the height allows."""
        self._fit(*event.size)

    def _fit(self, width: int, height: int) -> None:
        if self.detail is None:
            return
        head = min(len(self.head(width)), max(2, height // 4))
        self.head_lines.styles.height = head
        rows = len(self.offer_lines(width))
        self.offer_list.styles.height = max(1, min(rows, (height - head - 5) // 2))
        self.call_after_refresh(self.paint_all)

    # -- painting ----------------------------------------------------------------------------------

    def head(self, width: int) -> list[Line]:
        """Say to whom, as whom, where and how public; then what they wrote."""
        detail = self.detail
        if detail is None:
            return [[(" " + _("loading…"), "dim")]]
        network = detail.item.network
        named = detail.account != network
        where = (_("as {account} on {network} · {visibility}") if named else _("on {network} · {visibility}")).format(
            account=row_safe(detail.account),
            network=network_word(network),
            visibility=_(VISIBLE[detail.item.comment.visibility]),
        )
        title: list[Span] = [(" " + self.heading(detail), "strong"), (" · " + where, "dim")]
        shown = spread(title, [(self.language + " ", "key")], width)
        said = safe(detail.item.comment.text) or _("(a picture without words)")
        text = [[("  ", ""), *line] for line in wrapped(said, min(96, width - 3), "dim")]
        return [shown, *text[:6]]

    def offer_lines(self, width: int) -> list[Line]:
        """Return the offers, the chosen one marked."""
        lines: list[Line] = []
        for index, offer in enumerate(self.offers):
            here = index == self.chosen
            preview = row_safe(next((t for t in offer.texts.values() if t), ""))
            lines.append(
                [
                    (" › " if here else "   ", "cursor"),
                    (pad(offer.label, 20 if width >= 72 else 12) + "  ", "strong" if here else ""),
                    (fit(preview, max(0, width - (27 if width >= 72 else 19))), "dim"),
                ]
            )
        return lines

    def paint_all(self) -> None:
        """Paint every line again where it changed."""
        self.head_lines.repaint()
        self.gate_bar.say(self.gate, [])
        self.offer_list.repaint()
        self._paint_measure()
        self.bar.say([self._notice] if self._notice else [], [])
        self.footer.say(self._keys(), self._second(), [])

    def _paint_measure(self) -> None:
        left: list[Span] = []
        for index, name in enumerate(self.FIELDS):
            left += [(self.field_label(name), "strong" if index == self.at else "faint"), ("  ", "")]
        right: list[Span] = []
        if self._measure is not None and self.detail is not None:
            words = f"{network_word(self.detail.item.network).lower()} {self._measure.used} / {self._measure.limit}"
            right = [(words, "dim" if self._measure.fits else "error")]
        self.measure_bar.say(left[:-1], right)

    def _keys(self) -> Line:
        key = self.desk_app.keymap.key
        wait = span(self._countdown.single if self.sendings() == 1 else self._countdown.batch)
        if self.mode == "editor":
            return [(" ", ""), *hint("Tab", _("to the send bar")), *hint("Esc", _("back, the draft is kept"))]
        if self.mode == "bar":
            line: list[Span] = [
                (" " + _("Send?") + "  ", "notice"),
                *hint(key("send"), _("send ({time} to take back)").format(time=wait)),
            ]
            line += hint("n", _("back")) + hint("Tab", _("edit"))
            return line
        line = [(" ", ""), *hint(key("edit"), _("edit")), *hint("Tab", _("to the send bar"))]
        return [*line, *hint(key("language"), _("other language")), *hint("q", _("back"))]

    def _second(self) -> Line:
        if self.warning:
            return [(" " + self.warning, "warn")]
        missing = self._missing()
        if missing:
            words = _("{words} is empty: fill it in before sending").format(words=", ".join("$" + m for m in missing))
            return [(" " + words, "warn")]
        return [(" " + self.audience(), "dim")]

    def audience(self) -> str:
        """Say where the text will appear."""
        return ""

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys; the next key takes it away."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    # -- choosing and writing ----------------------------------------------------------------------

    @property
    def offer(self) -> Offer:
        """The chosen offer."""
        return self.offers[self.chosen]

    @property
    def field(self) -> str:
        """The field in the editor."""
        return self.FIELDS[self.at]

    async def choose(self, index: int) -> None:
        """Look at an offer."""
        self.chosen = index
        self.values = {name: self.offer.texts.get(name, "") for name in self.FIELDS}
        self.at = min(self.at, len(self.FIELDS) - 1)
        self.editor.write(self.values[self.field])
        height = self.offer_list.size.height
        if height and not self.offer_list.offset_y <= index < self.offer_list.offset_y + max(1, height - 1):
            self.offer_list.offset_y = max(0, index - height // 2)
        await self._measured()

    async def _measured(self) -> None:
        self._keep()
        text = self.values[self.field]
        silent = self.offer.kind == "silence"
        self._measure = None if silent else await self.desk.measure(self.key, text, reply=self.measured_as_reply)
        self.paint_all()

    def _keep(self) -> None:
        self.values[self.field] = self.editor.text
        offered = {name: self.offer.texts.get(name, "") for name in self.FIELDS}
        if self.values != offered and any(text.strip() for text in self.values.values()):
            self.desk_app.drafts[self.key, self.kind] = dict(self.values)

    def _missing(self) -> list[str]:
        found: list[str] = []
        for name, text in self.values.items():
            found += gaps(text, link=name in self.LINK_IN)
        return list(dict.fromkeys(found))

    @property
    def place(self) -> str:
        """Choosing, writing or the send bar."""
        return self.mode

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        await self.ready()
        self._notice = None
        await super().take(stroke)
        self.paint_all()

    async def type(self, stroke: Stroke) -> bool:
        """Let the editor have what it understands."""
        if self.mode != "editor" or stroke.key in {"tab", "escape", "ctrl-c", "ctrl-l"}:
            return False
        if not self.editor.take(stroke.key, stroke.character):
            return False
        await self._measured()
        return True

    async def type_text(self, text: str) -> bool:
        """Let a paste into the editor while it is open."""
        if self.mode != "editor":
            return False
        self.editor.paste(text)
        await self._measured()
        return True

    def _go(self, mode: str) -> None:
        self.mode = mode
        self.editor.set_caret(on=mode == "editor")
        self.paint_all()

    # -- commands ----------------------------------------------------------------------------------

    async def do_reply_down(self) -> None:
        """Next offer."""
        await self._choose_by(1)

    async def do_reply_up(self) -> None:
        """Previous offer."""
        await self._choose_by(-1)

    async def do_reply_page_down(self) -> None:
        """Further down."""
        await self._choose_by(max(1, self.offer_list.size.height - 1))

    async def do_reply_page_up(self) -> None:
        """Further up."""
        await self._choose_by(-max(1, self.offer_list.size.height - 1))

    async def _choose_by(self, step: int) -> None:
        index = max(0, min(len(self.offers) - 1, self.chosen + step))
        if index == self.chosen:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")
        else:
            await self.choose(index)

    async def do_edit(self) -> None:
        """Into the editor."""
        if self.offer.kind == "silence":
            self.notice(_("Silence has no text: Tab, then o lets it go on"), "dim")
            return
        self._go("editor")

    async def do_send_bar(self) -> None:
        """To the send bar, unless something is missing: then to the gap."""
        if self.offer.kind != "silence" and self._stopped():
            return
        self._go("bar")

    do_leave_editor = do_send_bar

    def _stopped(self) -> bool:
        if not self.values[self.FIELDS[0]].strip():
            self.notice(_("There is no text yet: Enter writes one"), "warn")
            return True
        for index, name in enumerate(self.FIELDS):
            if gaps(self.values[name], link=name in self.LINK_IN):
                self._keep()
                self.at = index
                self.editor.write(self.values[name])
                self._go("editor")
                words = ", ".join("$" + m for m in self._missing())
                self.notice(_("{words} is empty: fill it in before sending").format(words=words), "warn")
                return True
        return False

    async def do_to_editor(self) -> None:
        """Back into the text."""
        await self.do_edit()

    async def do_next_field(self) -> None:
        """To the next text of several."""
        if len(self.FIELDS) == 1:
            self.notice(_("There is only one text here"), "dim")
            return
        self._keep()
        self.at = (self.at + 1) % len(self.FIELDS)
        self.editor.write(self.values[self.field])
        await self._measured()

    async def do_editor_back(self) -> None:
        """From the editor to the offers; what was written stays a draft."""
        self._keep()
        self._go("reply")
        self.notice(_("The draft is kept"), "dim")

    async def do_bar_back(self) -> None:
        """From the send bar to the offers."""
        self._go("reply")

    async def do_reply_back(self) -> None:
        """Back to the inbox."""
        self._keep()
        self.dismiss(None)

    async def do_language(self) -> None:
        """Offer the other language."""
        self.language = "en" if self.language == "fr" else "fr"
        await self.reload()
        self._fit(*self.size)

    async def do_send(self) -> None:
        """Hand it to the desk; a refusal is shown here and nothing is lost."""
        self._keep()
        done, what = await self.submit()
        if done.refused:
            hinted = f" · {say(done.hint)}" if done.hint else ""
            self._go("reply" if not done.hint else "bar")
            self.notice(say(done.refused) + hinted, "error")
            return
        written = self.desk_app.drafts.pop((self.key, self.kind), None)
        if written is not None:
            self.desk_app.leaving[done.act] = (self.key, self.kind), written
        self.dismiss((done, what))

    async def do_cancel(self) -> None:
        """Ctrl-C: back, the draft is kept."""
        await self.do_reply_back()

    def support(self, capability: Capability) -> str:
        """Say what the platform can do of this, in the operator's language; "" when nothing is known."""
        known = self.detail.support.get(capability) if self.detail else None
        return say(known.reason) if known is not None else ""
