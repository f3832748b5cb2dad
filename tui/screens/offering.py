"""Offering: what the keys for choosing among the texts on offer do on a writing screen."""

from typing import TYPE_CHECKING

from tui.i18n import _
from tui.widgets.paint import row_safe
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.writing import WritingScreen


class Offering:
    """Commands that choose another text and change none."""

    def __init__(self, screen: "WritingScreen") -> None:
        """Choose on this screen."""
        self._screen = screen

    async def reply_down(self) -> None:
        """Next offer."""
        await self._choose_by(1)

    async def reply_up(self) -> None:
        """Previous offer."""
        await self._choose_by(-1)

    async def reply_page_down(self) -> None:
        """Further down."""
        await self._choose_by(max(1, self._screen.offer_list.size.height - 1))

    async def reply_page_up(self) -> None:
        """Further up."""
        await self._choose_by(-max(1, self._screen.offer_list.size.height - 1))

    async def _choose_by(self, step: int) -> None:
        screen = self._screen
        index = max(0, min(len(screen.offers) - 1, screen.script.chosen + step))
        if index == screen.script.chosen:
            screen.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")
        else:
            await screen.choose(index)

    async def search(self) -> None:
        """Offer only what holds some words."""
        self._screen.ask(Prompt("/"), self._narrow)

    async def _narrow(self, words: str) -> None:
        screen = self._screen
        if not screen.script.narrow(words):
            screen.notice(_("No text holds “{words}”").format(words=row_safe(words)), "warn")
            return
        await screen.choose(0)
        screen.fit(*screen.size)
