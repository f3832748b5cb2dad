"""Acts: what the keys that change something do on the inbox; the desk decides, this asks and reports."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from inbox.desk import Act, AddNote, Capture, Claim, Correct, Done, SetState, TakenBack
from inbox.item import CLOSED, TriageState
from inbox.moderation import Hide, Remove, Spam
from inbox.outbox import OutboxEntry
from inbox.published import DeleteOwn
from tui.i18n import _, language, ngettext
from tui.outbox_words import costs, how_far
from tui.phrases import say
from tui.screens.choice import Choice, ChoiceScreen
from tui.screens.notice import NoticeScreen
from tui.screens.own import DELETE, EDIT, EditScreen, change_question
from tui.screens.reply import ReplyScreen
from tui.screens.thread import ThreadScreen
from tui.widgets.counting import number_prompt
from tui.widgets.paint import row_safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import COUNTED_ABOVE, TAKEN_BACK, comments, held_back, not_kept, span

if TYPE_CHECKING:
    from tui.screens.inbox import InboxScreen

SNOOZE = timedelta(hours=1)


class Acts:
    """Commands that change something; each says how many it reached and what it held back."""

    def __init__(self, screen: "InboxScreen") -> None:
        """Act from this screen."""
        self._screen = screen
        self._list = screen.list

    # -- what the next key acts on -------------------------------------------------------------------

    async def targets(self) -> list[str]:
        """Return the keys acted on: the selection, else the comment under the cursor, or the wave folded there."""
        self._list.following = False
        await self._list.end_range()
        await self._list.loaded()
        return list(self._list.selection) or await self._list.meant()

    async def one(self) -> str:
        """Return the comment under the cursor, or "" after saying why there is none."""
        self._list.following = False
        await self._list.loaded()
        if len(self._list.selection) > 1:
            self._screen.notice(_("This goes to one comment: Esc gives the selection up"), "warn")
            return ""
        key = next(iter(self._list.selection), "") or self._list.key
        if not key:
            self._screen.notice(_("There is no comment here"), "warn")
        return key

    async def act(self, act: Act, keys: list[str], what: str, count: Callable[[int], str] = comments) -> Done:
        """Do it, and say what came of it, in words that `count` what it reached."""
        if not keys:
            self._screen.notice(_("There is no comment here"), "warn")
            return Done()
        done = await self._screen.desk.act(act, keys)
        self.report(done, what, count)
        self._list.selection.clear()
        await self._screen.flush()
        await self._screen.refresh_hints()
        return done

    def report(self, done: Done, what: str, count: Callable[[int], str] = comments) -> None:
        """Say what came of an act, in the rule under the list."""
        if done.refused:
            hint = f" · {say(done.hint)}" if done.hint else ""
            self._screen.notice(say(done.refused) + hint, "error")
            return
        said = self._report(done, what, count)
        renewed = (lambda: self._report(done, what, count)) if done.due_at is not None else None
        role = "notice" if done.keys else "warn"
        self._screen.notice(said or _("nothing to change here"), role, renewed=renewed)

    def _report(self, done: Done, what: str, count: Callable[[int], str]) -> str:
        """Say what was done, and while it can still be taken back when it leaves: nothing once it has, or is held."""
        undo = self._screen.desk_app.keymap.key("undo")
        said = [f"{what} · {count(len(done.keys))}" if len(done.keys) > 1 else what] if done.keys else []
        if done.submitted:
            key = self._screen.desk_app.keymap.key("approvals")
            said.append(_("waits for a second person's word ({key})").format(key=key))
        kept = held_back([why for _key, why in done.held_back])
        said += [kept] if kept else []
        if done.due_at is not None:
            left = (done.due_at - self._screen.settings.now()).total_seconds()
            held = self._screen.summary is not None and bool(self._screen.summary.held_by)
            if left <= 0 or held:
                return ""
            wait = span(left)
            many = ngettext("leaves in {time}", "{n} leave in {time}", done.sendings)
            said.append(many.format(n=done.sendings, time=wait))
        said += [_("later copies follow")] if done.follows else []
        said += [_("{key} takes it back").format(key=undo)] if done.act else []
        return " · ".join(said)

    # -- private acts ------------------------------------------------------------------------------

    async def done(self) -> None:
        """Done; on to the next open comment."""
        keys = await self.targets()
        many = bool(self._list.selection)
        result = await self.act(SetState(state=TriageState.DONE), keys, _("done"))
        if result.keys and not many:
            await self._list.next_open(1)

    async def reopen(self) -> None:
        """Open again."""
        await self.act(SetState(state=TriageState.NEW), await self.targets(), _("open again"))

    async def claim(self) -> None:
        """Put the hand on comments, or take it away when it is on all of them."""
        keys = await self.targets()
        me = self._screen.summary.operator if self._screen.summary else ""
        rows = [self._list.row_of(key) for key in keys]
        mine = bool(rows) and all(row is not None and row.claimed_by == me for row in rows)
        await self.act(Claim(claim=not mine), keys, _("released") if mine else _("your hand is on it"))

    async def calmer(self) -> None:
        """Calmer than shown."""
        await self.act(Correct(step=-1), await self.targets(), _("calmer than shown"))

    async def riskier(self) -> None:
        """Riskier than shown."""
        await self.act(Correct(step=1), await self.targets(), _("riskier than shown"))

    async def snooze(self) -> None:
        """Wait an hour."""
        until = self._screen.settings.now() + SNOOZE
        keys = await self.targets()
        await self.act(SetState(state=TriageState.SNOOZED, until=until), keys, _("comes back in an hour"))

    async def note(self) -> None:
        """Leave a note."""
        key = await self.one()
        if key:
            self._screen.ask(Prompt(_("note: ")), lambda text: self._write_note(key, text))

    async def _write_note(self, key: str, text: str) -> None:
        await self.act(AddNote(text=text), [key], _("noted"))
        await self._screen.load_detail()

    async def escalate(self) -> None:
        """Hand over to someone: says who in a note and marks it escalated."""
        key = await self.one()
        if key:
            self._screen.ask(Prompt(_("hand over to: ")), lambda text: self._hand_over(key, text))

    async def _hand_over(self, key: str, text: str) -> None:
        if not text:
            self._screen.notice(_("Nobody named: nothing was handed over"), "warn")
            return
        noted = await self._screen.desk.act(AddNote(text=_("handed over to {who}").format(who=text)), [key])
        if noted.refused:
            self.report(noted, "")
            return
        await self.act(SetState(state=TriageState.ESCALATED), [key], _("handed over to {who}").format(who=text))

    async def undo(self) -> None:
        """Take back."""
        self._list.following = False
        back = await self._screen.desk.undo()
        if back.left and not back.what:
            await self._change_sent(back.left)
            return
        self._screen.notice(taken_back(back), "notice" if back.what else "dim")
        await self._screen.flush()
        await self._screen.load_detail()

    async def _change_sent(self, left: tuple[str, ...]) -> None:
        """Offer to edit or delete what is public already."""
        entry = next((e for e in await self._screen.desk.outbox() if e.id == left[0]), None)
        detail = await self._screen.desk.detail(entry.target) if entry is not None and entry.target else None
        if entry is None or detail is None:
            self._screen.notice(_("It has left: see the outbox (O)"), "warn")
            return
        known = entry
        self._screen.desk_app.open_screen(change_question(entry, detail.support), lambda key: self._change(known, key))

    def _change(self, entry: OutboxEntry, key: str | None) -> None:
        if key == EDIT:
            self._screen.desk_app.open_screen(EditScreen(self._screen.desk, entry), self.sent)
        elif key == DELETE:
            self._screen.run_worker(self._delete(entry), group="sent")
        else:
            self._screen.notice(_("It stays as it is"), "dim")

    async def _delete(self, entry: OutboxEntry) -> None:
        await self._sent_report(await self._screen.desk.act(DeleteOwn(entry.id), []), _("deletion of our own words"))

    async def hold(self) -> None:
        """Hold everything back, or release it."""
        summary = self._screen.summary
        held = not (summary is not None and summary.held_by)
        done = await self._screen.desk.hold(held=held)
        if done.refused:
            self.report(done, "")
        else:
            self._screen.notice(held_or_released(done, held=held))
        await self._screen.flush()

    # -- acts on platforms: screens of their own, or a reason --------------------------------------

    async def reply(self) -> None:
        """Reply, suggestions first."""
        await self._reply(blank=False)

    async def reply_blank(self) -> None:
        """Reply, a blank text first."""
        await self._reply(blank=True)

    async def _reply(self, *, blank: bool) -> None:
        key = await self.one()
        if key:
            self._screen.desk_app.open_screen(ReplyScreen(self._screen.desk, key, blank=blank), self.sent)

    async def notice(self) -> None:
        """A calming notice."""
        key = await self.one()
        if key:
            self._screen.desk_app.open_screen(NoticeScreen(self._screen.desk, key, "notice"), self.sent)

    async def appeal(self) -> None:
        """An appeal for calm in this thread."""
        key = await self.one()
        if key:
            self._screen.desk_app.open_screen(NoticeScreen(self._screen.desk, key, "appeal"), self.sent)

    async def thread(self) -> None:
        """A dedicated thread; the selected people are the ones to invite."""
        keys = await self.targets()
        if not keys:
            self._screen.notice(_("There is no comment here"), "warn")
            return
        chosen = list(self._list.selection)  # a folded wave is no guest list: two hundred invitations are none
        invited = chosen if len(chosen) > 1 else []
        self._screen.desk_app.open_screen(ThreadScreen(self._screen.desk, keys[0], invited), self.sent)

    async def _sent_report(self, done: Done, what: str) -> None:
        self.report(done, what)
        self._list.selection.clear()
        await self._screen.flush()
        await self._screen.load_detail()
        row = self._list.row
        if done.keys and row is not None and row.state in CLOSED:
            await self._list.next_open(1)

    def sent(self, result: tuple[Done, str] | None) -> None:
        """Take up what a screen of its own did."""
        if result is not None:
            self._screen.run_worker(self._sent_report(*result), group="sent")
        else:
            self._screen.say()

    async def hide(self) -> None:
        """Hide, with a reason of the charter."""
        await self._moderate(Hide(reason="-"), _("Hide {what}: why?"), _("hidden"))

    async def unhide(self) -> None:
        """Show again, with a reason; what the platform keeps back is approved by it."""
        await self._moderate(Hide(reason="-", hidden=False), _("Show {what} again: why?"), _("shown again"))

    async def remove(self) -> None:
        """Delete on the platform, with a reason."""
        await self._moderate(Remove(reason="-"), _("Delete {what} for good: why?"), _("deleted"))

    async def spam(self) -> None:
        """Mark as spam, with a reason."""
        await self._moderate(Spam(reason="-"), _("Mark {what} as spam: why?"), _("marked as spam"))

    async def capture(self) -> None:
        """Keep as evidence, with a reason."""
        keys = await self.targets()
        preview = await self._screen.desk.preview(Capture(reason="-"), keys) if keys else Done()
        if preview.refused or not preview.keys:
            self.report(preview, "")
            return

        def carry_out(reason: str | None) -> None:
            if reason is None:
                self._screen.notice(_("Nothing was done: no reason given"), "dim")
            else:
                done = self.act(Capture(reason=reason), keys, _("kept as evidence"))
                self._screen.run_worker(done, group="moderate")

        title = _("Keep {what} as evidence: why?").format(what=comments(len(preview.keys)))
        self._screen.desk_app.open_screen(ChoiceScreen(title, await self.reasons()), carry_out)

    async def reasons(self) -> list[Choice]:
        """Return the reasons of the house's charter, in the operator's language."""
        found = (await self._screen.desk.charter()).reasons
        return [
            Choice(key=reason.words(language()), line=[(row_safe(reason.words(language())), "")]) for reason in found
        ]

    async def _moderate(self, act: Hide | Remove | Spam, title: str, said: str) -> None:
        keys = await self.targets()
        choices = await self.reasons()
        act = structs.replace(act, reason=choices[0].key if choices else "-")
        preview = await self._screen.desk.preview(act, keys) if keys else Done()
        meant = ""
        if keys and not preview.keys and not preview.refused:  # nothing but what a batch keeps back: that is meant
            meant = not_kept([why for _key, why in preview.held_back])
            act = structs.replace(act, include_held_back=True)
            preview = await self._screen.desk.preview(act, keys)
        if preview.refused or not preview.keys:
            self.report(preview, "")
            return
        kept = held_back([why for _key, why in preview.held_back])
        foot = " · ".join([*filter(None, (meant, kept)), *costs(preview.tolls)])
        screen = ChoiceScreen(title.format(what=comments(len(preview.keys))), choices, foot=foot)
        # those that were counted, and no others: what has changed meanwhile is left alone
        counted = list(preview.keys)
        self._screen.desk_app.open_screen(screen, lambda reason: self._reasoned(act, reason, counted, said))

    def _reasoned(self, act: Hide | Remove | Spam, reason: str | None, keys: list[str], said: str) -> None:
        if reason is None:
            self._screen.notice(_("Nothing was done: no reason given"), "dim")
            return

        async def carry_out(typed: str = "") -> None:
            if len(keys) > COUNTED_ABOVE and typed != str(len(keys)):
                self._screen.notice(_("Nothing was done: that is not their number"), "warn")
                return
            await self.act(structs.replace(act, reason=reason, include_held_back=True), keys, said)

        if len(keys) > COUNTED_ABOVE:
            what = "show" if isinstance(act, Hide) and not act.hidden else str(act.__struct_config__.tag)
            self._screen.ask(number_prompt(what, len(keys), reason), carry_out)
        else:
            self._screen.run_worker(carry_out(), group="moderate")


def held_or_released(done: Done, *, held: bool) -> str:
    """Say that everything is held or released, and how far what was under way had come at that moment."""
    progress = done.progress
    if progress is not None and progress.total > 1:
        return (_("Everything is held · {far}") if held else _("Released · {far}")).format(far=how_far(progress))
    return _("Everything is held: nothing leaves the house") if held else _("Released: what waits leaves in its turn")


def _taken(back: TakenBack) -> str:
    if back.what == "sending":
        return ngettext("the sending", "{n} sendings", back.count).format(n=back.count)
    what = _(TAKEN_BACK.get(back.what, back.what))
    return what if back.count == 1 else f"{what}, {comments(back.count)}"


def taken_back(back: TakenBack) -> str:
    """Say what was taken back."""
    if back.refused:
        return " · ".join(say(words) for words in (back.refused, back.hint) if words)
    if not back.what:
        return _("There is nothing to take back") + (
            " · " + ngettext("{n} had left already", "{n} had left already", back.too_late).format(n=back.too_late)
            if back.too_late
            else ""
        )
    said = _("Taken back: {what}").format(what=_taken(back))
    if back.too_late:
        said += " · " + ngettext("{n} had left already", "{n} had left already", back.too_late).format(n=back.too_late)
    return said
