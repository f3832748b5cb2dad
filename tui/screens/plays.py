"""Plays: what the keys for situations and visitors' questions do on the inbox."""

from typing import TYPE_CHECKING

from inbox.item import key_of
from inbox.rows import Order
from tui.i18n import _, ngettext
from tui.screens.acts import Acts
from tui.screens.crisis import CrisisScreen
from tui.screens.play import Chosen
from tui.screens.situations import SituationsScreen
from tui.widgets.words import age

if TYPE_CHECKING:
    from tui.screens.inbox import InboxScreen

QUESTIONS = "is:asking"
"""Those that are counted: open, and not hidden by us."""


class Plays:
    """Commands that lead to what cannot wait: situations with their plays, and questions."""

    def __init__(self, screen: "InboxScreen", acts: Acts) -> None:
        """Lead from this screen; `acts` reports what was decided."""
        self._screen = screen
        self._list = screen.list
        self._acts = acts

    async def situations(self) -> None:
        """The posts that are not quiet, and the play of each."""
        summary = self._screen.summary
        detail = self._screen.detail
        at = key_of(detail.item.source, detail.item.comment.post_id) if detail else ""
        screen = SituationsScreen(self._screen.desk, summary.hottest if summary else (), at=at)
        self._screen.desk_app.open_screen(screen, self._chosen)

    def _chosen(self, chosen: Chosen | None) -> None:
        if chosen is None:
            self._acts.sent(None)
        elif chosen.done is not None:
            self._acts.sent(chosen.done)
        else:
            self._list.following = False
            self._screen.run_worker(self._screen.moves.show_query(chosen.query), group="show")

    async def crisis(self) -> None:
        """Crisis mode: its switch and its checklist."""
        self._screen.desk_app.open_screen(CrisisScreen(self._screen.desk), lambda _none: self._acts.sent(None))

    async def questions(self) -> None:
        """The visitors' questions, the one that waits longest first."""
        self._list.following = False
        view = self._list.view
        if view is not None and view.query != QUESTIONS:
            self._screen.moves.lend_order(Order(view.order))
        await self._list.open(QUESTIONS, Order.OLDEST)
        self._list.go(0)
        await self._screen.flush()
        summary, key = self._screen.summary, self._screen.desk_app.keymap.key
        if summary is None or summary.oldest_question is None:
            self._screen.notice(_("No question waits"), "dim")
            return
        many = ngettext("{n} question waits: {age}", "{n} questions wait, the oldest {age}", summary.questions)
        waited = many.format(n=summary.questions, age=age(summary.oldest_question, self._screen.settings.now()))
        words = _("{reply} answers, {forward} hands over").format(reply=key("reply"), forward=key("escalate"))
        self._screen.notice(f"{waited} · {words}")
