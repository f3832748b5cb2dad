"""Corridor: what is suspected of being unlawful, particulars to copy out, and people kept away, by the palette alone."""

from typing import TYPE_CHECKING

from connectors._model import Capability
from inbox.desk import AddNote, Block, Capture, Suspect
from inbox.when import WhenError, moment
from tui.dossier_words import FORMS
from tui.dossier_words import dossier as particulars
from tui.i18n import _
from tui.outbox_words import costs
from tui.phrases import say
from tui.screens.acts import Acts
from tui.screens.choice import Choice, ChoiceScreen
from tui.widgets.counting import NumberPrompt
from tui.widgets.paint import row_safe, safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import comments, held_back, people

if TYPE_CHECKING:
    from tui.screens.inbox import InboxScreen

USUAL = "+7d"
"""How long somebody is kept away when nothing else is typed."""


class Corridor:
    """Commands of the corridor that a public house works in; each asks for a reason, and Esc does nothing."""

    def __init__(self, screen: "InboxScreen", acts: Acts) -> None:
        """Act from this screen; `acts` does and reports."""
        self._screen = screen
        self._acts = acts

    async def suspect(self) -> None:
        """Suspect comments of being unlawful, or no longer, when all of them are suspected."""
        keys = await self._acts.targets()
        preview = await self._screen.desk.preview(Suspect("-"), keys) if keys else None
        if preview is None:
            self._screen.notice(_("There is no comment here"), "warn")
        elif preview.keys:
            title = _("Suspect {what} of being unlawful: why?").format(what=comments(len(preview.keys)))
            self._screen.desk_app.open_screen(
                ChoiceScreen(title, await self._acts.reasons()), lambda reason: self._suspected(reason, keys)
            )
        else:
            self._screen.ask(Prompt(_("not suspected after all; why? ")), lambda why: self._cleared(why, keys))

    def _suspected(self, reason: str | None, keys: list[str]) -> None:
        if reason is None:
            self._screen.notice(_("Nothing was done: no reason given"), "dim")
            return
        done = self._acts.act(Suspect(reason), keys, _("suspected: its clock runs from first sight"))
        self._screen.run_worker(done, group="moderate")

    async def _cleared(self, why: str, keys: list[str]) -> None:
        if why:
            await self._acts.act(Suspect(why, suspected=False), keys, _("not suspected after all"))
        else:
            self._screen.notice(_("Nothing was done: no reason given"), "dim")

    # -- particulars to copy out -------------------------------------------------------------------

    async def dossier(self) -> None:
        """Copy the particulars of a comment out, for the platform or the police; it is kept as evidence first."""
        key = await self._acts.one()
        if key:
            choices = [Choice(key=form, line=[(_(words), "")]) for form, words in FORMS.items()]
            screen = ChoiceScreen(_("Report it: to whom? The particulars are copied"), choices)
            self._screen.desk_app.open_screen(screen, lambda form: self._reported(form, key))

    def _reported(self, form: str | None, key: str) -> None:
        if form is None:
            self._screen.notice(_("Nothing was done"), "dim")
        else:
            self._screen.run_worker(self._copy(form, key), group="moderate")

    async def _copy(self, form: str, key: str) -> None:
        desk = self._screen.desk
        await desk.act(Capture(reason=_(FORMS[form])), [key])  # refused where these words are kept already
        detail = await desk.detail(key)
        if detail is None:
            self._screen.notice(_("There is no comment here"), "warn")
            return
        summary = await desk.summary()
        now = self._screen.settings.now()
        text = particulars(detail, form, by=summary.operator, desk=summary.desk, now=now)
        copied = self._screen.desk_app.copy(safe(text))
        noted = _("particulars copied out for {form}").format(form=_(FORMS[form]))
        done = await desk.act(AddNote(noted), [key])
        if done.refused:
            self._acts.report(done, "")
        else:
            ready = _("Kept as evidence; the particulars are copied, ready to paste")
            self._screen.notice(ready if copied else _("Kept as evidence; becalm dossier prints the particulars"))
        await self._screen.flush()
        await self._screen.load_detail()

    # -- keeping somebody away ---------------------------------------------------------------------

    async def block(self) -> None:
        """Keep the authors of the marked comments away until a time, with a reason of the charter; no key does this."""
        keys = await self._acts.targets()
        choices = await self._acts.reasons()
        if not keys:
            self._screen.notice(_("There is no comment here"), "warn")
            return
        usual = moment(USUAL, self._screen.settings.now().astimezone())
        act = Block(reason=choices[0].key if choices else "-", until=usual)
        preview = await self._screen.desk.preview(act, keys)
        if preview.refused or not preview.keys:
            self._acts.report(preview, "")
            return
        detail = await self._screen.desk.detail(preview.keys[0])
        does = detail.support.get(Capability.MUTE) if detail is not None and len(preview.keys) == 1 else None
        kept = held_back([why for _key, why in preview.held_back])
        foot = " · ".join([*filter(None, (say(does.reason) if does else "", kept)), *costs(preview.tolls)])
        who = (
            row_safe(detail.row.author) if detail is not None and len(preview.keys) == 1 else people(len(preview.keys))
        )
        screen = ChoiceScreen(_("Keep {who} away: why? Criticism is no reason").format(who=who), choices, foot=foot)
        self._screen.desk_app.open_screen(screen, lambda reason: self._until(reason, keys, preview.keys))

    def _until(self, reason: str | None, keys: list[str], counted: tuple[str, ...]) -> None:
        if reason is None:
            self._screen.notice(_("Nothing was done: no reason given"), "dim")
            return

        async def blocked(words: str) -> None:
            try:
                until = moment(words, self._screen.settings.now().astimezone())
            except WhenError as error:
                self._screen.notice(say(str(error)), "error")
                return
            act = Block(reason=reason, until=until)
            if len(counted) > 1:
                await self._counted(act, keys, counted)
            else:
                await self._acts.act(act, keys, _("kept away"))

        self._screen.ask(Prompt(_("until when? (a year at most) "), USUAL, suggested=True), blocked)

    async def _counted(self, act: Block, keys: list[str], counted: tuple[str, ...]) -> None:
        """Ask for the number of people, however few: each of them is named below, as far as there is room."""
        rows = await self._screen.desk.rows_of(counted)
        names = ", ".join(row_safe(row.author) for row in rows)
        label = _("Keep {who} away? Their number: ").format(who=people(len(counted)))

        async def typed(number: str) -> None:
            if number != str(len(counted)):
                self._screen.notice(_("Nothing was done: that is not their number"), "warn")
            elif (await self._screen.desk.preview(act, keys)).keys != counted:
                self._screen.notice(_("Nothing was done: these are no longer the same people"), "warn")
            else:
                await self._acts.act(act, keys, _("kept away"), people)

        about = _("why: {reason} · {names}").format(reason=row_safe(act.reason), names=names)
        self._screen.ask(NumberPrompt(label, about=about), typed)

    async def unblock(self) -> None:
        """Let the authors of the marked comments back in."""
        keys = await self._acts.targets()
        if keys:
            await self._acts.act(Block(blocked=False), keys, _("let back in"), people)
        else:
            self._screen.notice(_("There is no comment here"), "warn")
