"""The frame of a writing screen: its pieces in their places, what each line says, and the line typed into it."""

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult

from connectors._model import Capability, Measure
from inbox.desk import Desk, Detail, Done
from tui.i18n import N_, _, language
from tui.phrases import say
from tui.screens.base import KeyScreen, Stroke
from tui.screens.manuscript import Manuscript, Offer
from tui.screens.send_bar import SendBar
from tui.screens.writing_widgets import Head, Offers, Preview, offer_line
from tui.widgets.editor import Editor
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, row_safe, safe, spread, wrapped
from tui.widgets.prompt import Prompt
from tui.widgets.words import account_word, network_word

Result = tuple[Done, str] | None
Accept = Callable[[str], Awaitable[None]]
VISIBLE = {
    "public": N_("public"),
    "unlisted": N_("unlisted"),
    "followers": N_("followers only"),
    "direct": N_("direct message"),
}


class WritingFrame(KeyScreen[Result]):
    """What a writing screen is made of and how it looks; what its keys do is `WritingScreen`'s."""

    PLACE = "reply"
    kind: str = "reply"
    FIELDS: ClassVar[tuple[str, ...]] = ("text",)
    LINK_IN: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, key: str) -> None:
        """Write about one comment."""
        super().__init__()
        self.desk = desk
        self.key = key
        self.detail: Detail | None = None
        self.mode = "reply"
        self.language = language()
        self.warning = ""
        self.gate: list[Span] = []
        self.leaving = SendBar()
        self._measure: Measure | None = None
        self._notice: Span | None = None
        self._prompt: tuple[Prompt, Accept] | None = None
        self._loaded = asyncio.Event()

    # -- what kinds of writing say for themselves --------------------------------------------------

    @abstractmethod
    def heading(self, detail: Detail) -> str:
        """Say what is being written, in a few words."""

    def sendings(self) -> int:
        """Return how many things would leave."""
        return 1

    def field_label(self, name: str) -> str:
        """Name a field for people."""
        return _("preview") if name == "text" and self.mode != "editor" else _("text")

    def audience(self) -> str:
        """Say where the text will appear."""
        return ""

    def measured_as(self) -> str:
        """Return what the present field is on its platform, in the words of `Desk.measure`."""
        return "reply"

    def measured_on(self) -> str:
        """Return the source whose counting and looks the present field has, "" for the comment's own."""
        return ""

    # -- the pieces --------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.script = Manuscript(self.desk, self.key, self.kind, self.FIELDS, self.LINK_IN)
        self.head_lines = Head(theme, self.head)
        self.gate_bar = Bar(theme)
        self.offer_list = Offers(theme, self.offer_lines)
        self.measure_bar = Bar(theme)
        self.editor = Editor(theme)
        self.preview = Preview(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        self.editor.display = False
        yield self.head_lines
        yield self.gate_bar
        yield self.offer_list
        yield self.measure_bar
        yield self.editor
        yield self.preview
        yield self.bar
        yield self.footer

    def on_resize(self, event: events.Resize) -> None:
        """Give the offers what the height allows."""
        self.fit(*event.size)

    def fit(self, width: int, height: int) -> None:
        """Give each part the lines it needs."""
        if self.detail is None:
            return
        head = min(len(self.head(width)), max(2, height // 4))
        self.head_lines.styles.height = head
        rows = len(self.offer_lines(width))
        self.offer_list.styles.height = max(1, min(rows, (height - head - 5) // 2))
        self.call_after_refresh(self.paint_all)

    @property
    def offer(self) -> Offer:
        """The chosen offer."""
        return self.script.offer

    @property
    def offers(self) -> list[Offer]:
        """The texts to choose from."""
        return self.script.offers

    @property
    def values(self) -> dict[str, str]:
        """The text of each field."""
        return self.script.values

    @property
    def place(self) -> str:
        """Choosing, writing or the send bar."""
        return "editor" if self._prompt else self.mode

    # -- painting ----------------------------------------------------------------------------------

    def head(self, width: int) -> list[Line]:
        """Say to whom, as whom, where and how public; then what they wrote."""
        detail = self.detail
        if detail is None:
            return [[(" " + _("loading…"), "dim")]]
        network = detail.item.network
        named = detail.account != network
        where = (_("as {account} on {network} · {visibility}") if named else _("on {network} · {visibility}")).format(
            account=account_word(detail.account),
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
        return [
            offer_line(
                offer.label, next((t for t in offer.texts.values() if t), ""), width, here=i == self.script.chosen
            )
            for i, offer in enumerate(self.script.offers)
        ]

    def paint_all(self) -> None:
        """Paint every line again where it changed."""
        self.head_lines.repaint()
        self.gate_bar.say(self.gate, [])
        self.offer_list.repaint()
        self.preview.repaint()
        self._paint_measure()
        self.bar.say([self._notice] if self._notice else [], [] if self._notice else self._more())
        self.footer.say(self._prompt[0].line() if self._prompt else self._keys(), self._second(), [])

    def _paint_measure(self) -> None:
        left: list[Span] = []
        for index, name in enumerate(self.FIELDS):
            left += [(self.field_label(name), "strong" if index == self.script.at else "faint"), ("  ", "")]
        right: list[Span] = []
        if self._measure is not None and self.detail is not None:
            where = self.measured_on() or network_word(self.detail.item.network).lower()
            role = "dim" if self._measure.fits else "error"
            right = [(f"{where} {self._measure.used} / {self._measure.limit}", role)]
            if self._measure.fault:
                right = [(f"{say(self._measure.fault)}  ", role), *right]
        self.measure_bar.say(left[:-1], right)

    def _keys(self) -> Line:
        key = self.desk_app.keymap.key
        if self.mode == "editor":
            return [(" ", ""), *hint("Tab", _("to the send bar")), *hint("Esc", _("back, the draft is kept"))]
        if self.mode == "bar":
            line = self.leaving.hints(key("send"), self.sendings(), self.desk_app.now())
            return [*line, *hint("n", _("back")), *hint("Tab", _("edit"))]
        line = [(" ", ""), *hint(key("edit"), _("edit")), *hint("Tab", _("to the send bar"))]
        line += hint(key("language"), _("other language")) + hint(key("search"), _("search"))
        return [*line, *hint("q", _("back"))]

    def _more(self) -> Line:
        """Return the keys for which the footer has no room: the send bar's further ones, one's own editor."""
        key = self.desk_app.keymap.key
        if self.mode == "bar":
            return [*hint(key("later"), _("at a time")), *self.more_keys()]
        return hint(key("editor-outside" if self.mode == "editor" else "outside"), _("your editor"))

    def more_keys(self) -> Line:
        """Return what else the send bar can do here."""
        return []

    def _second(self) -> Line:
        if self.warning:
            return [(" " + self.warning, "warn")]
        missing = self.script.missing()
        if missing:
            words = _("{words} is empty: fill it in before sending").format(words=", ".join("$" + m for m in missing))
            return [(" " + words, "warn")]
        return [(" " + self.audience(), "dim")]

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys; the next key takes it away."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    # -- the line being typed ----------------------------------------------------------------------

    def ask(self, prompt: Prompt, accept: Accept) -> None:
        """Ask for a line; Enter hands it to `accept`, Esc forgets it."""
        self._prompt = prompt, accept
        self.paint_all()

    async def _type_line(self, prompt: Prompt, accept: Accept, stroke: Stroke) -> None:
        if stroke.key in {"escape", "ctrl-c"}:
            self._prompt = None
        elif stroke.key == "enter":
            self._prompt = None
            await accept(prompt.text.strip())
        else:
            prompt.take(stroke.key, stroke.character)

    def _go(self, mode: str) -> None:
        self.mode = mode
        self.editor.display = mode == "editor"
        self.preview.display = mode != "editor"
        self.editor.set_caret(on=mode == "editor")
        self.paint_all()

    def support(self, capability: Capability) -> str:
        """Say what the platform can do of this, in the operator's language; "" when nothing is known."""
        known = self.detail.support.get(capability) if self.detail else None
        return say(known.reason) if known is not None else ""
