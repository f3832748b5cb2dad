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
from tui.widgets.paint import row_safe, safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import comments

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
        """Keep a comment's author away until a time, with a reason of the charter; no key does this."""
        key = await self._acts.one()
        if not key:
            return
        choices = await self._acts.reasons()
        detail = await self._screen.desk.detail(key)
        who = row_safe(detail.row.author) if detail is not None else ""
        support = detail.support.get(Capability.MUTE) if detail is not None else None
        usual = moment(USUAL, self._screen.settings.now().astimezone())
        reason = choices[0].key if choices else "-"
        preview = await self._screen.desk.preview(Block(reason=reason, until=usual), [key])
        if preview.refused:
            self._acts.report(preview, "")
            return
        does = [say(support.reason)] if support is not None and support.reason else []
        foot = " · ".join([*does, *costs(preview.tolls)])
        title = _("Keep {who} away: why? Criticism is no reason").format(who=who)
        screen = ChoiceScreen(title, choices, foot=foot)
        self._screen.desk_app.open_screen(screen, lambda reason: self._until(reason, key))

    def _until(self, reason: str | None, key: str) -> None:
        if reason is None:
            self._screen.notice(_("Nothing was done: no reason given"), "dim")
            return

        async def blocked(words: str) -> None:
            try:
                until = moment(words, self._screen.settings.now().astimezone())
            except WhenError as error:
                self._screen.notice(say(str(error)), "error")
                return
            await self._acts.act(Block(reason=reason, until=until), [key], _("kept away"))

        self._screen.ask(Prompt(_("until when? (a year at most) "), USUAL, suggested=True), blocked)

    async def unblock(self) -> None:
        """Let a comment's author back in."""
        key = await self._acts.one()
        if key:
            await self._acts.act(Block(blocked=False), [key], _("let back in"))
