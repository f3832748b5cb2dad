"""Deciding: what the keys that give a second person's word, or send something back, do on the approvals."""

from typing import TYPE_CHECKING

from msgspec import structs

from inbox.approval import Given, How, Pending, Stand
from inbox.desk import Done
from tui.approval_words import word_given
from tui.i18n import _
from tui.phrases import say
from tui.widgets.counting import number_prompt
from tui.widgets.prompt import Prompt
from tui.widgets.words import COUNTED_ABOVE

if TYPE_CHECKING:
    from tui.screens.approvals import ApprovalsScreen

COUNTED = frozenset({"hide", "remove", "spam", "block"})
"""Acts on many comments at once: who approves one types their number as its author did."""


class Deciding:
    """Commands that end a wait."""

    def __init__(self, screen: "ApprovalsScreen") -> None:
        """Decide on this screen."""
        self._screen = screen

    async def approve(self) -> None:
        """Give one's own word."""
        await self._approve(Given())

    async def approve_instead(self) -> None:
        """Give one's own word, and send the other answer back."""
        await self._approve(Given(instead=True))

    async def approved_elsewhere(self) -> None:
        """Write down a word that was given by phone, by mail or in person."""
        if self._waiting() is not None:
            self._screen.ask(Prompt(_("who said yes, how, when (Claire, phone, 21:40): ")), self._written)

    async def _written(self, typed: str) -> None:
        try:
            word = word_given(typed, self._screen.desk_app.now().astimezone())
        except ValueError as error:
            self._screen.notice(str(error), "error")
            return
        marked = self._screen.marked
        await self._approve(structs.replace(word, instead=marked is not None and bool(marked.rivals)))

    async def alone(self) -> None:
        """Go ahead alone, with a reason, where the house's rule and the submission itself allow that."""
        marked = self._waiting()
        if marked is None:
            return
        if marked.alone:
            self._screen.notice(say(marked.alone), "warn")
            return

        async def written(why: str) -> None:
            await self._approve(Given(how=How.ALONE, note=why))

        self._screen.ask(Prompt(_("alone on duty; why could nobody be asked? ")), written)

    async def send_back(self) -> None:
        """Send it back with a word; one's own is withdrawn."""
        marked = self._waiting()
        if marked is None:
            return
        if self._screen.is_mine(marked):
            await self._send_back("")
        else:
            self._screen.ask(Prompt(_("what should be different? ")), self._send_back)

    # -- what they come to -------------------------------------------------------------------------

    def _waiting(self) -> Pending | None:
        """Return what is marked if it waits; else say that it does not."""
        marked = self._screen.marked
        if marked is not None and marked.submission.stand is Stand.WAITING:
            return marked
        self._screen.notice(_("This does not wait any more"), "dim")
        return None

    async def _approve(self, word: Given) -> None:
        marked = self._waiting()
        if marked is None:
            return
        submission = marked.submission

        async def give(typed: str = "") -> None:
            if many > COUNTED_ABOVE and typed != str(many):
                self._screen.notice(_("Nothing was done: that is not their number"), "warn")
                return
            done = await self._screen.desk.approve(submission.id, word)
            await self._told(done, _("approved: it leaves after its countdown; {key} takes it back").format(key="z"))

        many = len(submission.keys) if submission.act["type"] in COUNTED else 0
        if many > COUNTED_ABOVE:
            act = submission.act
            what = act["type"] if act.get("hidden", True) else "show"
            self._screen.ask(number_prompt(what, many, act["reason"]), give)
        else:
            await give()

    async def _send_back(self, why: str) -> None:
        marked = self._screen.marked
        if marked is not None:
            said = _("withdrawn: the text is a draft again") if self._screen.is_mine(marked) else _("sent back")
            await self._told(await self._screen.desk.send_back(marked.submission.id, why), said)

    async def _told(self, done: Done, said: str) -> None:
        await self._screen.reload()
        if done.refused:
            self._screen.notice(" · ".join(say(words) for words in (done.refused, done.hint) if words), "error")
        else:
            self._screen.notice(said)
