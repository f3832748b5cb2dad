"""Writing: choose a text, look at it, edit it, and only then reach the send bar; shared by replies, notices and threads."""

from abc import abstractmethod

from textual.timer import Timer

from connectors._model import Appearance
from inbox.desk import Act, Desk, Done
from inbox.measuring import TO_A_PERSON
from inbox.when import WhenError, moment
from tui.i18n import LANGUAGES, _
from tui.phrases import say
from tui.screens.base import Stroke
from tui.screens.manuscript import Offer
from tui.screens.offering import Offering
from tui.screens.writing_frame import WritingFrame
from tui.widgets.prompt import Prompt

__all__ = ["Offer", "WritingScreen"]

KEEP_AFTER = 1.0
"""Seconds without a key after which what was typed is kept on the desk."""


class WritingScreen(WritingFrame):
    """A screen with offers above, the text below, and a send bar that only Tab leads to."""

    def __init__(self, desk: Desk, key: str) -> None:
        """Write about one comment."""
        super().__init__(desk, key)
        self._keeping: Timer | None = None
        self.controllers = (Offering(self),)

    # -- what kinds of writing say for themselves --------------------------------------------------

    @abstractmethod
    async def load(self) -> list[Offer]:
        """Ask the desk for the texts on offer."""

    @abstractmethod
    def act(self) -> Act | None:
        """Return what the send bar would do as things stand; None where nothing goes to the desk from here."""

    @abstractmethod
    async def submit(self) -> tuple[Done, str]:
        """Hand the text to the desk; returns what came of it and what to call it."""

    # -- life --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Load what the desk offers; keys typed meanwhile wait."""
        self.call_after_refresh(self._load)

    async def _load(self) -> None:
        self.leaving.countdown = (await self.desk.summary()).countdown
        self.detail = await self.desk.detail(self.key)
        if self.detail is None:
            self.dismiss(None)
            return
        theirs = self.detail.item.assessment.language
        self.language = theirs if theirs in LANGUAGES else self.language
        await self.reload()
        self.fit(*self.size)
        self._loaded.set()

    async def reload(self, like: Offer | None = None) -> None:
        """Ask for the offers (again), a kept draft first; stay with the counterpart of `like`."""
        await self.script.offer_all(await self.load(), like=like)
        await self.choose(self.script.chosen)

    async def ready(self) -> None:
        """Wait for the offers."""
        await self._loaded.wait()

    async def on_unmount(self) -> None:
        """Keep what is being written when the interface ends over it: a lost line, a closed window."""
        if self._loaded.is_set() and self.is_mounted and self.mode == "editor":
            await self.script.keep()

    # -- choosing and writing ----------------------------------------------------------------------

    async def choose(self, index: int) -> None:
        """Look at an offer."""
        self.script.choose(index)
        self.offer_list.follow(index)
        await self._show_field()

    async def _show_field(self) -> None:
        self.editor.write(self.script.text)
        await self._measured()

    async def _measured(self) -> None:
        """Take over what stands in the editor, count it, and show it as readers will see it."""
        self.script.write(self.editor.text)
        text, source = self.script.text, self.measured_on()
        if self.offer.kind == "silence":
            self._measure = None
            self.preview.show(Appearance(text))
        else:
            what = self.measured_as()
            self._measure = await self.desk.measure(self.key, text, what=what, source=source)
            self.preview.show(await self.desk.appearance(self.key, text, reply=what in TO_A_PERSON, source=source))
        self.paint_all()

    async def _keep(self) -> None:
        why = await self.script.keep()
        if why:
            self.notice(_("The draft is not kept: {why}").format(why=say(why)), "error")

    def _keep_soon(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(KEEP_AFTER, self._keep)

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        await self.ready()
        self._notice = None
        await super().take(stroke)
        self.paint_all()

    async def type(self, stroke: Stroke) -> bool:
        """Let the line being typed, or the editor, have what it understands."""
        if self._prompt is not None:
            await self._type_line(*self._prompt, stroke)
            return True
        if self.mode != "editor" or stroke.key in {"tab", "escape", "ctrl-c", "ctrl-l", "ctrl-x"}:
            return False
        if not self.editor.take(stroke.key, stroke.character):
            return False
        await self._measured()
        self._keep_soon()
        return True

    async def type_text(self, text: str) -> bool:
        """Let a paste into what is being written."""
        if self._prompt is not None:
            self._prompt[0].insert(text)
        elif self.mode == "editor":
            self.editor.paste(text)
            await self._measured()
            self._keep_soon()
        else:
            return False
        return True

    # -- commands ----------------------------------------------------------------------------------

    async def do_edit(self) -> None:
        """Into the editor."""
        if self.offer.kind == "silence":
            self.notice(_("Silence has no text: Tab, then o lets it go on"), "dim")
            return
        self._go("editor")

    async def do_outside(self) -> None:
        """Into the operator's own editor; what it gives back stands here, whatever became of it."""
        if self.offer.kind == "silence":
            self.notice(_("Silence has no text: Tab, then o lets it go on"), "dim")
            return
        edited = await self.desk_app.edit_outside(self.script.text, self.script.name_of(self.script.field))
        self.editor.write(edited.text)
        await self._measured()
        await self._keep()
        if edited.trouble:
            self.notice(edited.trouble, "warn")

    do_editor_outside = do_outside

    async def do_send_bar(self) -> None:
        """To the send bar, unless something is missing: then to the gap."""
        if self.offer.kind != "silence" and await self._stopped():
            return
        await self._keep()
        act = self.act()
        self.leaving.submits = act is not None and bool((await self.desk.preview(act, [self.key])).submitted)
        self._go("bar")

    do_leave_editor = do_send_bar

    async def _stopped(self) -> bool:
        if not self.values[self.FIELDS[0]].strip():
            self.notice(_("There is no text yet: Enter writes one"), "warn")
            return True
        if not self.script.to_gap():
            return False
        await self._show_field()
        self._go("editor")
        words = ", ".join("$" + m for m in self.script.missing())
        self.notice(_("{words} is empty: fill it in before sending").format(words=words), "warn")
        return True

    async def do_to_editor(self) -> None:
        """Back into the text."""
        await self.do_edit()

    async def do_next_field(self) -> None:
        """To the next text of several."""
        if len(self.FIELDS) == 1:
            self.notice(_("There is only one text here"), "dim")
            return
        self.script.at = (self.script.at + 1) % len(self.FIELDS)
        await self._show_field()

    async def do_later(self) -> None:
        """Send it at a time of one's own choosing; an empty answer sends it in its turn."""

        async def put_off(words: str) -> None:
            try:
                self.leaving.later = moment(words, self.desk_app.now().astimezone()) if words else None
            except WhenError as error:
                self.notice(say(str(error)), "error")

        self.ask(Prompt(_("send it when? (18:30, tomorrow 9:00, +2h) ")), put_off)

    async def do_editor_back(self) -> None:
        """From the editor to the offers; what was written stays a draft."""
        await self._keep()
        self._go("reply")
        if self._notice is None:
            self.notice(_("The draft is kept"), "dim")

    async def do_bar_back(self) -> None:
        """From the send bar to the offers."""
        self._go("reply")

    async def do_reply_back(self) -> None:
        """Back to the inbox."""
        await self._keep()
        self.dismiss(None)

    async def do_language(self) -> None:
        """Offer the other language, the same text in it where there is one."""
        await self._keep()
        self.language = "en" if self.language == "fr" else "fr"
        await self.reload(self.offer)
        self.fit(*self.size)

    async def do_send(self) -> None:
        """Hand it to the desk; a refusal is shown here and nothing is lost."""
        await self._keep()
        done, what = await self.submit()
        if done.refused:
            hinted = f" · {say(done.hint)}" if done.hint else ""
            self._go("reply" if not done.hint else "bar")
            self.notice(say(done.refused) + hinted, "error")
            return
        if not done.sendings and self.offer.kind != "silence":
            await self.script.forget()
        self.dismiss((done, what))

    async def do_cancel(self) -> None:
        """Ctrl-C: back, the draft is kept."""
        await self.do_reply_back()

    async def not_here(self) -> None:
        """Say that a key of the send bar means nothing for this kind of text."""
        self.notice(_("There is nothing to choose here"), "dim")

    do_where = do_until = do_replace_notice = do_invite = do_despite = not_here
