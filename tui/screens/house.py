"""House: the notices and the dedicated threads of the house, one list each: where they stand, since when, and what is due."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult

from inbox.desk import Act, Desk, Done
from inbox.outbox import Kind
from inbox.published import CloseThread, Notice, Thread, ThreadState, Unpin
from tui.i18n import _, ngettext
from tui.outbox_words import DELIVERIES, KINDS
from tui.phrases import say
from tui.published_words import NOTICE_STATES, THREAD_STATES, WHERE
from tui.screens.base import FollowingScreen, Stroke
from tui.screens.choice import Choice, Choices
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Span, pad, row_safe
from tui.widgets.words import (
    age,
    clock,
    day_and_time,
    source_word,
)

Line = list[Span]


def notice_lines(notice: Notice, now: datetime) -> tuple[Line, Line]:
    """Paint one notice: how it stands, where and until when; then its text or what went wrong."""
    role = "error" if notice.message else "strong" if notice.stands else "faint"
    until = _("comes down {when}").format(when=day_and_time(notice.until, now)) if notice.until else ""
    words = [_(WHERE[notice.where]), until if notice.stands else "", row_safe(notice.by), clock(notice.at)]
    first: Line = [
        (pad(_(NOTICE_STATES[notice.state]), 16) + " ", role),
        (pad(source_word(notice.source, notice.network), 12) + " ", ""),
        (" · ".join(word for word in words if word), "dim"),
    ]
    if notice.message:
        said = " · ".join(say(row_safe(words)) for words in (notice.message, notice.hint) if words)
        return first, [("   " + said, "error")]
    return first, [("   " + row_safe(notice.text), "dim"), (f"  {row_safe(notice.url)}" if notice.url else "", "faint")]


def thread_lines(thread: Thread, now: datetime) -> tuple[Line, Line]:
    """Paint one thread: how it stands and who waits there; then its title, its address, or what went wrong."""
    over = thread.state in {ThreadState.CLOSED, ThreadState.ARCHIVED, ThreadState.TAKEN_BACK}
    role = "error" if thread.message else "faint" if over else "strong"
    wait: Span = ("", "")
    if thread.silent and thread.spoke_at is not None:
        wait = (_("  silent for {time}").format(time=age(thread.spoke_at, now)), "warn")
    count = ngettext("{n} comment, {open} open", "{n} comments, {open} open", thread.comments)
    first: Line = [
        (pad(_(THREAD_STATES[thread.state]), 16) + " ", role),
        (pad(source_word(thread.source, thread.network), 12) + " ", ""),
        (count.format(n=thread.comments, open=thread.open) + f" · {row_safe(thread.by)} {clock(thread.at)}", "dim"),
        wait,
    ]
    if thread.message:
        said = " · ".join(say(row_safe(words)) for words in (thread.message, thread.hint) if words)
        return first, [("   " + said, "error")]
    about = f" ← {row_safe(thread.about)}" if thread.about else ""
    return first, [("   " + row_safe(thread.title) + about, "dim"), (f"  {row_safe(thread.url)}", "faint")]


class HouseScreen(FollowingScreen[str | None]):
    """What the house published for everybody; answers with a query when the comments of a thread are asked for."""

    PLACE = "house"

    def __init__(self, desk: Desk, what: str) -> None:
        """List the "notices" or the "threads"."""
        super().__init__(desk)
        self.what = what
        self._found: Sequence[Notice | Thread] = ()
        self._notice: Span | None = None

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.top = Bar(theme)
        self.listed = Choices(theme, (), 0)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.listed
        yield self.bar
        yield self.footer

    async def reload(self) -> None:
        """Ask the desk again; the mark stays with its own."""
        now, marked = self.desk_app.now(), self.marked
        if self.what == "notices":
            self._found = await self.desk.notices()
        else:
            self._found = await self.desk.threads()
        self.listed.choices = [
            Choice(key=each.id, line=first, below=below)
            for each in self._found
            for first, below in [notice_lines(each, now) if isinstance(each, Notice) else thread_lines(each, now)]
        ]
        ids = [each.id for each in self._found]
        if marked is not None and marked.id in ids:
            self.listed.at = ids.index(marked.id)
        self.listed.at = max(0, min(self.listed.at, len(ids) - 1))
        self.paint_all()

    @property
    def marked(self) -> Notice | Thread | None:
        """The marked line's own."""
        return self._found[self.listed.at] if self._found else None

    def paint_all(self) -> None:
        """Paint what changed."""
        title = _("Notices of the house") if self.what == "notices" else _("Dedicated threads of the house")
        self.top.say([(title, "strong")], [(str(len(self._found) or ""), "dim")])
        self.listed.repaint()
        self.bar.say([self._notice] if self._notice else [], [])
        keys: list[Span] = [(" ", "")]
        if isinstance(self.marked, Thread):
            keys += [*hint("Enter", _("its comments"))]
            if self.marked.state is ThreadState.OPEN:
                keys += hint("x", _("close it"))
            elif self.marked.state in {ThreadState.CLOSED, ThreadState.ARCHIVED}:
                keys += hint("r", _("open it again"))
        elif isinstance(self.marked, Notice) and self.marked.stands:
            keys += hint("x", _("take it down"))
        keys += [*hint("z", _("take back")), *hint("q", _("back"))]
        none = _("no notice yet: c p writes one") if self.what == "notices" else _("no thread yet: c t opens one")
        self.footer.say(keys, [(" " + (self._steps() if self._found else none), "dim")])

    def _steps(self) -> str:
        """Tell what happened to the marked one, in a line."""
        assert self.marked is not None  # something is listed
        steps = (
            clock(s.at) + " " + _("{what}: {state}").format(what=_(KINDS[Kind(s.kind)]), state=_(DELIVERIES[s.state]))
            for s in self.marked.history
        )
        return " → ".join(steps)

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        self._notice = None
        await super().take(stroke)

    # -- commands ----------------------------------------------------------------------------------

    async def do_house_down(self) -> None:
        """Next line."""
        self._move(1)

    async def do_house_up(self) -> None:
        """Previous line."""
        self._move(-1)

    def _move(self, step: int) -> None:
        if self.listed.move(step):
            self.paint_all()
        else:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")

    async def do_house_open(self) -> None:
        """The comments of a thread, in the inbox."""
        if isinstance(self.marked, Thread) and self.marked.post_id:
            self.dismiss(f'is:any post:"{self.marked.post_id}" source:"{self.marked.source}"')
        else:
            self.notice(_("There is nothing to open"), "dim")

    async def do_house_end(self) -> None:
        """Take a notice down, or close a thread."""
        if isinstance(self.marked, Thread):
            await self._act(CloseThread(thread=self.marked.id), _("the thread closes"))
        elif self.marked is not None:
            await self._act(Unpin(self.marked.id), _("the notice comes down"))

    async def do_house_reopen(self) -> None:
        """Open a closed thread again."""
        if isinstance(self.marked, Thread):
            await self._act(CloseThread(thread=self.marked.id, closed=False), _("the thread opens again"))
        else:
            self.notice(_("There is nothing to open"), "dim")

    async def _act(self, act: Act, said: str) -> None:
        done: Done = await self.desk.act(act, [])
        await self.reload()
        if done.refused:
            self.notice(" · ".join(say(words) for words in (done.refused, done.hint) if words), "error")
        else:
            self.notice(_("{what}: {key} takes it back").format(what=said, key="z") if done.sendings else said)

    async def do_house_undo(self) -> None:
        """Take the last act back."""
        from tui.screens.acts import taken_back

        back = await self.desk.undo()
        await self.reload()
        self.notice(taken_back(back), "notice" if back.what else "dim")

    async def do_house_back(self) -> None:
        """Back to the inbox."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)
