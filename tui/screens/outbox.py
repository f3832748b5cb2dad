"""Outbox: what is leaving, left or failed; a doubtful sending is decided here, never by the machine."""

from datetime import datetime

from msgspec import structs
from textual.app import ComposeResult

from inbox.desk import Desk, Done
from inbox.local_published import is_ours
from inbox.outbox import PENDING, DeliveryState, OutboxEntry
from inbox.progress import Progress, leaves_at
from inbox.published import DeleteOwn
from inbox.rows import Row
from tui.i18n import _
from tui.outbox_words import DELIVERIES, KINDS, how_far
from tui.phrases import say
from tui.screens.acts import held_or_released, taken_back
from tui.screens.base import KeyScreen, Stroke
from tui.screens.choice import Choice, Choices
from tui.screens.own import DELETE, EditScreen, delete_question
from tui.screens.whole import hand_over
from tui.telling import after_colon
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, fit, pad, row_safe, safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import account_word, clock, day_and_time, span

ROLES = {
    DeliveryState.SENT: "ok",
    DeliveryState.BY_HAND: "ok",
    DeliveryState.QUEUED: "warn",
    DeliveryState.SENDING: "warn",
    DeliveryState.REJECTED: "error",
    DeliveryState.UNKNOWN: "error",
    DeliveryState.TAKEN_BACK: "faint",
    DeliveryState.RETRACTED: "faint",
}


def _leaves(entry: OutboxEntry, now: datetime, wait: float) -> str:
    if wait <= 0:
        return _("leaving now")
    if entry.scheduled:
        return _("leaves {when}").format(when=day_and_time(entry.due_at, now))
    return _("leaves in {time}").format(time=span(wait))


def _who(entry: OutboxEntry) -> str:
    """Say who decided it and when; of what was done by hand, who did that."""
    if entry.settled_at is not None:
        return f"{row_safe(entry.settled_by)} {clock(entry.settled_at)}"
    return f"{row_safe(entry.by)} {clock(entry.queued_at)}"


def _whose(row: Row) -> str:
    """Say whose words a sending is about, and which; dangerous ones are read in the inbox alone."""
    return row_safe(row.author) if row.danger else after_colon(row_safe(row.author), row_safe(row.text))


def entry_lines(
    entry: OutboxEntry, now: datetime, held: bool, width: int, about: Row | None = None
) -> tuple[Line, Line]:
    """Paint one sending: when, what, where and how it stands; then whom it concerns, with its text or what went wrong.

    Args:
        entry: the sending.
        now: the present moment.
        held: whether everything is held back.
        width: of the terminal.
        about: the comment it is about, where it is about one.
    """
    state = _(DELIVERIES[entry.state])
    wait = (entry.due_at - now).total_seconds()
    if entry.state is DeliveryState.QUEUED:
        state = _("held back") if held else _leaves(entry, now, wait)
    kind = 21 if width >= ROOMY else 15
    first: list[Span] = [
        (pad(state, 18) + " ", ROLES[entry.state]),
        (pad(_(KINDS[entry.kind]), kind) + " ", "strong"),
        (fit(f"{account_word(entry.source)} · {_who(entry)}", max(0, width - 25 - kind)), "dim"),
    ]
    whom = fit(row_safe(about.author), WHOM) if about is not None else ""
    if entry.message:
        words = say(row_safe(entry.message)) + (f" · {say(row_safe(entry.hint))}" if entry.hint else "")
        return first, [("   " + after_colon(whom, words), "error")]
    url = row_safe(entry.receipt.url) if entry.receipt and entry.receipt.url else ""
    if entry.outgoing is None and about is not None:
        said = fit(_whose(about), max(WHOM, width * 2 // 3))
        return first, [(f"   {said}", "dim"), (f"  {row_safe(entry.reason)}", "faint")]
    text = row_safe(entry.outgoing.text) if entry.outgoing else row_safe(entry.reason)
    to = f"→ {whom} · " if whom else ""
    return first, [("   " + to, ""), (text, "dim"), (f"  {url}" if url else "", "faint")]


ROOMY = 72
"""Columns from which what a sending does is named whole, in French too."""
WHOM = 20
"""Cells for a name that stands before our own words, or before what went wrong."""
LEARNT_AT_ONCE = 200
"""Comments asked for at a time: of an act on thousands the next ones come with the next look."""


class OutboxScreen(KeyScreen[None]):
    """The sendings, newest first."""

    PLACE = "outbox"

    def __init__(self, desk: Desk) -> None:
        """Look at a desk's outbox."""
        super().__init__()
        self.desk = desk
        self.entries: list[OutboxEntry] = []
        self._held = ""
        self._acts: dict[str, Progress] = {}
        self._prompt: tuple[Prompt, OutboxEntry] | None = None
        self._about: dict[str, Row | None] = {}
        self._notice: Span | None = None

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme = self.desk_app.palette
        self.top = Bar(theme)
        self.listed = Choices(theme, [], 0)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.listed
        yield self.bar
        yield self.footer

    def on_mount(self) -> None:
        """Load, then once a second while the screen is open."""
        self.call_after_refresh(self.reload)
        self.set_interval(1.0, self.reload)

    async def reload(self) -> None:
        """Ask again how the sendings stand; the marked one stays marked while it waits."""
        marked = self.marked
        self.entries = await self.desk.outbox()
        self._held = (await self.desk.summary()).held_by
        self._acts = {act.act: act for act in await self.desk.progress()}
        now, leaves = self.desk_app.now(), leaves_at(self.entries)
        shown = [structs.replace(e, due_at=leaves.get(e.id, e.due_at)) for e in self.entries]
        await self._learn_targets()
        lines = [entry_lines(e, now, bool(self._held), self.size.width, self._about.get(e.target)) for e in shown]
        self.listed.choices = [
            Choice(key=e.id, line=first, below=second) for e, (first, second) in zip(self.entries, lines, strict=True)
        ]
        ids = [entry.id for entry in self.entries]
        if marked and marked.id in ids and not self._went(marked, self.entries[ids.index(marked.id)]):
            self.listed.at = ids.index(marked.id)
        else:
            self.listed.at = min(self.listed.at, max(0, len(ids) - 1))
        self.paint_all()

    @staticmethod
    def _went(before: OutboxEntry, now: OutboxEntry) -> bool:
        """Whether the last word on a sending was spoken: it stands among the settled then, and the mark goes to the next."""
        return before.state in PENDING and now.state not in PENDING

    async def _learn_targets(self) -> None:
        """Learn whose words the sendings are about, once for each comment."""
        unknown = dict.fromkeys(e.target for e in self.entries if e.target and e.target not in self._about)
        if unknown:
            asked = list(unknown)[:LEARNT_AT_ONCE]
            self._about |= dict.fromkeys(asked) | {row.key: row for row in await self.desk.rows_of(asked)}

    @property
    def marked(self) -> OutboxEntry | None:
        """The sending that the next key acts on."""
        return self.entries[self.listed.at] if self.listed.at < len(self.entries) else None

    def paint_all(self) -> None:
        """Paint what changed."""
        pending = sum(entry.is_pending for entry in self.entries)
        held: list[Span] = [("  " + _("HELD by {who}").format(who=row_safe(self._held)), "error")] if self._held else []
        self.top.say([(_("Outbox"), "strong"), *held], [(_("{n} pending").format(n=pending), "dim")])
        self.listed.repaint()
        entry = self.marked
        act = self._acts.get(entry.act) if entry is not None else None
        far: list[Span] = [(" " + how_far(act), "dim")] if act is not None and act.total > 1 else []
        self.bar.say([self._notice] if self._notice else far, [])
        if self._prompt is not None:
            self.footer.say(self._prompt[0].line(), [(" " + _("Enter without an address: nobody knows it"), "dim")])
            return
        keys: list[Span] = [(" ", "")]
        if entry is not None and entry.state in {DeliveryState.UNKNOWN, DeliveryState.REJECTED}:
            keys += [*hint("r", _("send again")), *hint("d", _("done by hand")), *hint("x", _("drop"))]
            keys += hint("R", _("all refused")) if act is not None and act.refused > 1 else []
            keys += [*hint("y", _("address")), *hint("Y", _("text"))]
        if entry is not None and entry.can_be_taken_back:
            keys += hint("n", _("send now")) if entry.scheduled else hint("z", _("take back"))
            keys += hint("x", _("drop"))
        if entry is not None and is_ours(entry):
            keys += [*hint("e", _("edit")), *hint("X", _("delete"))]
        keys += [*hint("H", _("release") if self._held else _("hold everything")), *hint("q", _("back"))]
        said = "" if self.entries else _("Nothing has left the house yet")
        about = self._about.get(entry.target) if entry is not None else None
        if about is not None:
            said = fit(_whose(about), max(0, self.size.width - 2))
        if entry is not None and entry.state is DeliveryState.UNKNOWN:
            said = _("Nobody knows whether it arrived: look at {network} first").format(
                network=account_word(entry.source)
            )
        doubt = entry is not None and entry.state is DeliveryState.UNKNOWN
        self.footer.say(keys, [(" " + said, "warn" if doubt else "dim")])

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        self._notice = None
        if self._prompt is None:
            await super().take(stroke)
            return
        prompt, entry = self._prompt
        if stroke.key in {"escape", "ctrl-c", "enter"}:
            self._prompt = None
        if stroke.key == "enter":
            await self._settle("sent", _("noted as done by hand"), entry, prompt.text.strip())
        else:
            prompt.take(stroke.key, stroke.character)
        self.paint_all()

    # -- commands ----------------------------------------------------------------------------------

    async def do_outbox_down(self) -> None:
        """Next sending."""
        await self._move(1)

    async def do_outbox_up(self) -> None:
        """Previous sending."""
        await self._move(-1)

    async def _move(self, step: int) -> None:
        if self.listed.move(step):
            self.paint_all()
        else:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")

    async def do_retry(self) -> None:
        """Send again."""
        await self._settle("retry", _("goes out again"))

    async def do_retry_all(self) -> None:
        """Send again all that the marked act was refused."""
        await self._settle("retry-all", _("all that was refused goes out again"))

    async def do_send_now(self) -> None:
        """Do not wait for the time somebody chose."""
        await self._settle("now", _("leaves now"))

    async def do_edit_sent(self) -> None:
        """Let what we said read otherwise."""
        if (entry := self._ours()) is not None:
            self.desk_app.open_screen(EditScreen(self.desk, entry), self._changed)

    async def do_delete_sent(self) -> None:
        """Delete what we said, after a question."""
        if (entry := self._ours()) is not None:
            self.desk_app.open_screen(delete_question(entry), lambda key: self._delete(entry, key))

    def _ours(self) -> OutboxEntry | None:
        if self.marked is not None and is_ours(self.marked):
            return self.marked
        self.notice(_("Only a comment of ours that is public can be edited or deleted"), "dim")
        return None

    def _delete(self, entry: OutboxEntry, key: str | None) -> None:
        if key == DELETE:
            self.run_worker(self._deleted(entry), group="sent")

    async def _deleted(self, entry: OutboxEntry) -> None:
        self._changed((await self.desk.act(DeleteOwn(entry.id), []), _("deletion of our own words")))

    def _changed(self, result: tuple[Done, str] | None) -> None:
        if result is not None:
            self.run_worker(self._changed_report(*result), group="sent")

    async def _changed_report(self, done: Done, what: str) -> None:
        await self.reload()
        if done.refused:
            self.notice(" · ".join(say(words) for words in (done.refused, done.hint) if words), "error")
        else:
            self.notice(_("{what}: {key} takes it back").format(what=what, key="z"))

    async def do_by_hand(self) -> None:
        """It was done by hand; where others wait for its address, that is asked for."""
        entry = self.marked
        waited_for = entry is not None and any(e.waits_for == entry.id and e.receipt is None for e in self.entries)
        if entry is not None and waited_for and entry.state in {DeliveryState.UNKNOWN, DeliveryState.REJECTED}:
            self._prompt = Prompt(_("where is it? ")), entry
            self.paint_all()
        else:
            await self._settle("sent", _("noted as done by hand"))

    async def do_outbox_copy_link(self) -> None:
        """Copy where it is, or where the comment is that it answers, to the operator's own clipboard."""
        url = await self._address()
        if url:
            hand_over(self, url, _("Address copied: {url}").format(url=url))
        else:
            self.notice(_("The platform gave no address for this comment"), "warn")

    async def _address(self) -> str:
        entry = self.marked
        if entry is None:
            return ""
        detail = await self.desk.detail(entry.target) if entry.target else None
        own = entry.receipt.url if entry.receipt else ""
        url = row_safe(own or (detail.item.comment.url or detail.post_url if detail else ""))
        return url if url.startswith(("https://", "http://")) else ""

    async def do_outbox_copy_text(self) -> None:
        """Copy our own text to the operator's own clipboard: to be pasted where the machine could not."""
        entry = self.marked
        if entry is None or entry.outgoing is None:
            self.notice(_("There is no text to copy"), "dim")
            return
        hand_over(self, safe(entry.outgoing.text), _("Text copied"))

    async def do_drop(self) -> None:
        """Drop it."""
        await self._settle("drop", _("dropped"))

    async def _settle(self, choice: str, said: str, entry: OutboxEntry | None = None, url: str = "") -> None:
        entry = entry or self.marked
        if entry is None:
            self.notice(_("Nothing has left the house yet"), "dim")
            return
        done: Done = await self.desk.settle(entry.id, choice, url)
        if done.refused:
            self.notice(say(done.refused), "error")
        else:
            self.notice(said)
        await self.reload()

    async def do_outbox_undo(self) -> None:
        """Take the last act back."""
        back = await self.desk.undo()
        self.notice(taken_back(back), "notice" if back.what else "dim")
        await self.reload()

    async def do_outbox_hold(self) -> None:
        """Hold everything, or release it."""
        done = await self.desk.hold(held=not self._held)
        await self.reload()
        if done.refused:
            self.notice(say(done.refused), "error")
        else:
            self.notice(held_or_released(done, held=bool(self._held)))

    async def do_outbox_back(self) -> None:
        """Back to the inbox."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)
