"""Approvals: what waits for a second person's word, in every word of it; given, written down, or sent back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from inbox.approval import Pending, Stand
from inbox.desk import Desk
from tui.approval_words import STANDS, WHATS, approved_by, label, letter, whys
from tui.i18n import _, ngettext
from tui.phrases import say
from tui.screens.acts import taken_back
from tui.screens.base import FollowingScreen, Stroke
from tui.screens.choice import Choice, Choices
from tui.screens.deciding import Deciding
from tui.screens.whole import hand_over
from tui.themes import Theme
from tui.widgets.canvas import Scrolled
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, pad, row_safe, safe, wrapped
from tui.widgets.prompt import Prompt
from tui.widgets.words import clock, comments

Accept = Callable[[str], Awaitable[None]]
ROLES = {
    Stand.WAITING: "warn",
    Stand.APPROVED: "ok",
    Stand.SENT_BACK: "error",
    Stand.WITHDRAWN: "faint",
    Stand.TAKEN_BACK: "faint",
}


def about(pending: Pending) -> str:
    """Say whom a submission is about, and how many when it is about many."""
    many = len(pending.submission.keys)
    return f"{comments(many)} · {row_safe(pending.to)}…" if many > 1 else row_safe(pending.to)


def pending_lines(pending: Pending) -> tuple[Line, Line]:
    """Paint one submission: how it stands, what, by whom, to whom; then its text or what the author is told."""
    submission = pending.submission
    to = f" → {about(pending)}" if pending.to else ""
    conflict: Span = ("  " + _("conflict: another answer waits"), "error") if pending.rivals else ("", "")
    first: Line = [
        (pad(_(STANDS[submission.stand]), 10) + " ", ROLES[submission.stand]),
        (pad(_(WHATS.get(pending.what, pending.what)), 10) + " ", "strong"),
        (f"{row_safe(submission.by)} {clock(submission.at)}{to}", "dim"),
        conflict,
    ]
    if submission.said:
        return first, [("   " + say(row_safe(submission.said)), "error")]
    return first, [("   " + " · ".join(row_safe(words.text) for words in pending.words), "dim")]


class Whole(Scrolled):
    """The marked submission whole."""

    DEFAULT_CSS: ClassVar[str] = "Whole { height: 2fr; }"

    def __init__(self, theme: Theme) -> None:
        """Start with none."""
        super().__init__(theme)
        self.pending: Pending | None = None

    def lines(self, width: int) -> Sequence[Line]:
        """Return every line of it."""
        pending = self.pending
        if pending is None:
            return []
        wide = min(96, width - 2)
        found: list[Line] = [*wrapped(_("why: {why}").format(why=row_safe(whys(pending))), wide, "warn")]
        if pending.stale:
            found += wrapped(_("as things stand it cannot leave: {why}").format(why=say(pending.stale)), wide, "error")
        if pending.submission.approval is not None:
            found += wrapped(row_safe(approved_by(pending.submission.approval)), wide, "ok")
        if pending.excerpt:
            said = _("{who} wrote: {text}").format(who=row_safe(pending.to), text=safe(pending.excerpt))
            found += wrapped(said, wide, "dim")
        for words in pending.words:
            found.append([(label(words.field), "strong")])
            found += wrapped(safe(words.text), wide, "")
        return [[(" ", ""), *line] for line in found]


class ApprovalsScreen(FollowingScreen[str | None]):
    """What waits for a second person's word; answers with a comment's key when its comment is asked for."""

    PLACE = "approvals"

    def __init__(self, desk: Desk) -> None:
        """Look at what a desk waits for."""
        super().__init__(desk)
        self._found: Sequence[Pending] = ()
        self._me = ""
        self._notice: Span | None = None
        self._prompt: tuple[Prompt, Accept] | None = None
        self.controllers = (Deciding(self),)

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.top = Bar(theme)
        self.listed = Choices(theme, (), 0)
        self.rule = Bar(theme)
        self.whole = Whole(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.listed
        yield self.rule
        yield self.whole
        yield self.bar
        yield self.footer

    async def reload(self) -> None:
        """Ask the desk again; the mark stays with its own."""
        marked = self.marked
        self._found = await self.desk.submissions()
        self._me = (await self.desk.summary()).operator
        self.listed.choices = [
            Choice(key=each.submission.id, line=first, below=below)
            for each in self._found
            for first, below in [pending_lines(each)]
        ]
        ids = [each.submission.id for each in self._found]
        if marked is not None and marked.submission.id in ids:
            self.listed.at = ids.index(marked.submission.id)
        self.listed.at = max(0, min(self.listed.at, len(ids) - 1))
        self.paint_all()

    @property
    def marked(self) -> Pending | None:
        """The marked submission."""
        return self._found[self.listed.at] if self._found else None

    @property
    def place(self) -> str:
        """The list, or the line being typed."""
        return "editor" if self._prompt else self.PLACE

    def paint_all(self) -> None:
        """Paint what changed."""
        waiting = sum(each.submission.stand is Stand.WAITING for each in self._found)
        count = ngettext("{n} waits", "{n} wait", waiting).format(n=waiting)
        self.top.say([(_("Waiting for a second pair of eyes"), "strong")], [(count, "dim")])
        self.whole.pending = self.marked
        self.listed.repaint()
        self.rule.say([], [])
        self.whole.repaint()
        self.bar.say([self._notice] if self._notice else [], [])
        if self._prompt is not None:
            self.footer.say(self._prompt[0].line(), self._prompt[0].below())
        else:
            self.footer.say(self._keys(), [(" " + self._second(), "dim")])

    def _keys(self) -> Line:
        key, marked = self.desk_app.keymap.key, self.marked
        keys: list[Span] = [(" ", "")]
        if marked is not None and marked.submission.stand is Stand.WAITING:
            if not marked.barred:
                keys += hint(key("approve"), _("approve"))
            keys += hint(key("approved-elsewhere"), _("said elsewhere"))
            keys += hint(key("send-back"), _("withdraw") if self.is_mine(marked) else _("send back"))
            keys += hint(key("copy-letter"), _("copy"))
        return [*keys, *hint("q", _("back"))]

    def _second(self) -> str:
        marked = self.marked
        if marked is None:
            return _("nothing waits for a second person's word")
        if marked.rivals:
            return _("another answer waits: {key} takes this one, the other goes back").format(
                key=self.desk_app.keymap.key("approve-instead")
            )
        if marked.barred and self.is_mine(marked):
            if marked.alone:
                return _("yours: {why}").format(why=say(marked.alone))
            return _("yours: {key} when you are alone on duty").format(key=self.desk_app.keymap.key("alone"))
        return say(marked.barred)

    def is_mine(self, pending: Pending) -> bool:
        """Tell whether it was submitted by whoever sits here."""
        return pending.submission.by == self._me

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    # -- keys --------------------------------------------------------------------------------------

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        self._notice = None
        await super().take(stroke)
        if self.is_current:
            self.paint_all()

    async def type(self, stroke: Stroke) -> bool:
        """Let the line being typed have the key."""
        if self._prompt is None:
            return False
        prompt, accept = self._prompt
        if stroke.key in {"escape", "ctrl-c"}:
            self._prompt = None
            self.notice(_("Nothing was done"), "dim")
        elif stroke.key == "enter":
            self._prompt = None
            await accept(prompt.text.strip())
        else:
            prompt.take(stroke.key, stroke.character)
        return True

    async def type_text(self, text: str) -> bool:
        """Let a paste into the line being typed."""
        if self._prompt is not None:
            self._prompt[0].insert(text)
        return self._prompt is not None

    async def do_approvals_down(self) -> None:
        """Next submission."""
        self._move(1)

    async def do_approvals_up(self) -> None:
        """Previous submission."""
        self._move(-1)

    def _move(self, step: int) -> None:
        self.whole.offset_y = 0
        if self.listed.move(step):
            self.paint_all()
        else:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")

    async def do_approvals_page_down(self) -> None:
        """Further down in the text."""
        self._scroll(1)

    async def do_approvals_page_up(self) -> None:
        """Further up in the text."""
        self._scroll(-1)

    def _scroll(self, step: int) -> None:
        if not self.whole.scroll_lines(step * max(1, self.whole.size.height - 2)):
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")

    async def do_copy_letter(self) -> None:
        """Copy it to the operator's own clipboard, to be approved by mail."""
        if self.marked is None:
            self.notice(_("There is nothing to take"), "dim")
            return
        said = _("Copied: paste it into a mail; note the answer with {key}").format(key="p")
        hand_over(self, safe(letter(self.marked)), said)

    async def do_open_submitted(self) -> None:
        """Its comment, in the inbox."""
        keys = self.marked.submission.keys if self.marked is not None else ()
        if keys:
            self.dismiss(f'is:any id:"{keys[0]}"')
        else:
            self.notice(_("There is nothing to open"), "dim")

    async def do_approvals_undo(self) -> None:
        """Take the last act back."""
        back = await self.desk.undo()
        await self.reload()
        self.notice(taken_back(back), "notice" if back.what else "dim")

    def ask(self, prompt: Prompt, accept: Accept) -> None:
        """Ask for a line; Enter hands it to `accept`, Esc forgets it."""
        self._prompt = prompt, accept
        self.paint_all()

    async def do_approvals_back(self) -> None:
        """Back to the inbox."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)
