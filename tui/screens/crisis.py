"""Crisis: the one switch with an end, and the ladder's steps as a checklist for everybody at the desk."""

from collections.abc import Sequence

from textual.app import ComposeResult

from inbox.crisis import HOURS, LONGEST, SEEN_BY_THE_DESK, Advice, Check, CrisisView, Step
from inbox.desk import Desk, Done
from tui.i18n import N_, _, ngettext
from tui.phrases import say
from tui.screens.base import KeyScreen, Stroke
from tui.themes import Theme
from tui.widgets.canvas import Scrolled
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, row_safe, spread, wrapped
from tui.widgets.words import age, clock, comments

STEPS = {
    Step.PERSONS: N_("5 · a person in danger: emergency numbers called, the staff protected"),
    Step.EVIDENCE: N_("4 · what may be unlawful looked at: captured, hidden, reported"),
    Step.DIRECTION: N_("the direction told, and through it the press office"),
    Step.STAFF: N_("the staff in the rooms and at the desk warned"),
    Step.STATEMENT: N_("3 · a statement of the house stands under the posts"),
    Step.SPACE: N_("3 · a thread of its own open and linked"),
    Step.QUESTIONS: N_("visitors' questions answered or handed over"),
    Step.WATCH: N_("who watches until when agreed, and who sleeps"),
}
"""The checklist's steps in words; the numbers are rungs of the ladder."""


class Checks(Scrolled):
    """The steps, the present one marked."""

    def lines(self, width: int) -> Sequence[Line]:
        """Ask the screen."""
        assert isinstance(self.screen, CrisisScreen)
        return self.screen.lines(width)


class CrisisScreen(KeyScreen[None]):
    """Crisis mode: what it does, until when, and what the ladder asks for."""

    PLACE = "crisis"

    def __init__(self, desk: Desk) -> None:
        """Look at a desk's crisis mode."""
        super().__init__()
        self.desk = desk
        self.view = CrisisView()
        self.at = 0
        self.hours = HOURS
        self._asked = ""
        self._held_by = ""
        self._notice: Span | None = None

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme: Theme = self.desk_app.palette
        self.top = Bar(theme)
        self.listed = Checks(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.listed
        yield self.bar
        yield self.footer

    def on_mount(self) -> None:
        """Load, then follow what colleagues do."""
        self.call_after_refresh(self.reload)
        self.set_interval(1.0, self.reload)

    async def reload(self) -> None:
        """Ask how it stands."""
        summary = await self.desk.summary()
        self.view, self._held_by = summary.crisis, summary.held_by
        self.paint_all()

    # -- painting ----------------------------------------------------------------------------------

    def lines(self, width: int) -> list[Line]:
        """Return what is so, then the checklist."""
        view = self.view
        if not view.on:
            flooded = ngettext("{n} post is flooded", "{n} posts are flooded", view.flooded).format(n=view.flooded)
            proposed = view.advice is Advice.BEGIN
            said = [_("crisis mode is off"), flooded, *([_("several at once: it is proposed")] if proposed else [])]
            what = _("on, it holds everything that is about to leave, puts jokes off and tells everybody at the desk;")
            ends = _("it ends after {n} h by itself (+ and - change that), or by hand").format(n=f"{self.hours:g}")
            return [
                [],
                [(" " + " · ".join(said), "warn" if proposed else "")],
                [],
                *([(" ", ""), *line] for line in wrapped(f"{what} {ends}", width - 2, "dim")),
            ]
        topics = ", ".join(row_safe(topic) for topic in view.topics) or _("everything")
        facts = [_("jokes are off: {topics}").format(topics=topics)]
        facts += [
            _("held: nothing leaves the house") if self._held_by else _("released: what waits leaves in its turn")
        ]
        lines: list[Line] = [[], *([(" ", ""), *line] for line in wrapped(" · ".join(facts), width - 2)), []]
        if view.advice is Advice.END:
            lines += [[(" " + _("calm has returned: no post is flooded any more; it is proposed to end it"), "ok")], []]
        return [*lines, *(self._check(check, index, width) for index, check in enumerate(view.checks))]

    def _check(self, check: Check, index: int, width: int) -> Line:
        here = index == self.at
        mark: Span = ("✓ ", "ok") if check.done else ("· ", "faint")
        words = (_(STEPS[check.step]), "faint" if check.done else "strong" if here else "")
        right: list[Span] = []
        if check.by and check.at is not None:
            right = [(f"{row_safe(check.by)} {clock(check.at)} ", "hand")]
        elif check.left:
            right = [("  " + _("left: {what}").format(what=comments(check.left)) + " ", "warn")]
        elif check.step in SEEN_BY_THE_DESK:
            right = [(_("the desk sees it") + " ", "faint")]
        return spread([(" ▌ " if here else "   ", "cursor"), mark, words], right, width)

    def paint_all(self) -> None:
        """Paint what changed."""
        if not self.is_attached:
            return
        view, now = self.view, self.desk_app.now()
        since: list[Span] = []
        if view.on and view.since is not None and view.until is not None:
            words = _("{who}, since {since} ({age}), until {until}")
            words = words.format(
                who=row_safe(view.by), since=clock(view.since), age=age(view.since, now), until=clock(view.until)
            )
            since = [("  " + words, "error")]
        self.top.say([(_("Crisis mode"), "strong"), *since], [])
        self.listed.repaint()
        self.bar.say([self._notice] if self._notice else [], [])
        self.footer.say(self._keys(), self._second())

    def _keys(self) -> Line:
        key = self.desk_app.keymap.key
        if self._asked:
            words = _("Switch crisis mode on for {n} h?") if self._asked == "on" else _("End crisis mode?")
            line: list[Span] = [(" " + words.format(n=f"{self.hours:g}") + "  ", "notice")]
            return [*line, *hint(key("crisis-yes"), _("yes")), *hint("n", _("no"))]
        line = [(" ", "")]
        if self.view.on:
            line += [*hint(key("crisis-tick"), _("done by hand, or not")), *hint(key("crisis-end"), _("end it"))]
            line += hint(key("crisis-begin"), _("prolong"))
        else:
            line += hint(key("crisis-begin"), _("switch it on"))
        return [*line, *hint(key("crisis-back"), _("back"))]

    def _second(self) -> Line:
        if self._asked == "off" and self._held_by:
            return [(" " + _("what is held stays held until somebody releases it"), "dim")]
        return []

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    # -- commands ----------------------------------------------------------------------------------

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        self._notice = None
        await super().take(stroke)

    async def do_crisis_down(self) -> None:
        """Next step."""
        self._move(1)

    async def do_crisis_up(self) -> None:
        """Previous step."""
        self._move(-1)

    def _move(self, step: int) -> None:
        at = max(0, min(len(self.view.checks) - 1, self.at + step))
        if at == self.at:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")
        self.at = at
        self.paint_all()

    async def do_crisis_longer(self) -> None:
        """An hour more."""
        self._last(self.hours + 1)

    async def do_crisis_shorter(self) -> None:
        """An hour less."""
        self._last(self.hours - 1)

    def _last(self, hours: float) -> None:
        self.hours = max(1.0, min(LONGEST, hours))
        self.notice(_("{n} h").format(n=f"{self.hours:g}"), "dim")

    async def do_crisis_begin(self) -> None:
        """Ask whether to switch it on, or to prolong it."""
        self._asked = "on"
        self.paint_all()

    async def do_crisis_end(self) -> None:
        """Ask whether to end it."""
        if self.view.on:
            self._asked = "off"
            self.paint_all()
        else:
            self.notice(_("crisis mode is off"), "dim")

    async def do_crisis_yes(self) -> None:
        """Do what was asked."""
        asked, self._asked = self._asked, ""
        if not asked:
            self.notice(_("Nothing was asked"), "dim")
            return
        done = await self.desk.crisis(on=asked == "on", hours=self.hours)
        said = _("Crisis mode is on: everything is held, jokes are off") if asked == "on" else _("Crisis mode is over")
        await self._report(done, said)

    async def do_crisis_tick(self) -> None:
        """Done by hand, or not after all."""
        if not self.view.checks:
            self.notice(_("crisis mode is off"), "dim")
            return
        check = self.view.checks[self.at]
        if check.step in SEEN_BY_THE_DESK:
            self.notice(_("Nobody ticks this: the desk sees for itself"), "dim")
            return
        await self._report(await self.desk.tick(check.step, done=not check.done), "")

    async def _report(self, done: Done, said: str) -> None:
        await self.reload()
        if done.refused:
            self.notice(say(done.refused), "error")
        elif said:
            self.notice(said)

    async def do_crisis_back(self) -> None:
        """Back, or no to what was asked."""
        if self._asked:
            self._asked = ""
            self.notice(_("Nothing was done"), "dim")
        else:
            self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)
