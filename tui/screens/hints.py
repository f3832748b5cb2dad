"""Hints: what the inbox's footer says of the next key: how many it reaches, what it leaves alone, how a sequence goes on."""

from typing import TYPE_CHECKING

from inbox.desk import Done, SetState
from inbox.item import TriageState
from tui.i18n import _, ngettext
from tui.widgets.footer import fit_in_two, hint
from tui.widgets.paint import Line, Span, row_safe
from tui.widgets.words import ORDERS, held_back, verb

if TYPE_CHECKING:
    from tui.screens.inbox import InboxScreen

NARROW = 60
"""Columns below which one thing is shown at a time, in fewer words."""


class Hints:
    """The words of the footer and of the rule above it."""

    def __init__(self, screen: "InboxScreen") -> None:
        """Speak of this screen."""
        self._screen = screen
        self._list = screen.list
        self._preview: Done | None = None
        self._folded = 0

    def forget(self) -> None:
        """Forget what the next act would reach: the cursor has moved on."""
        self._preview = None

    async def ask(self) -> None:
        """Ask the desk what the next act would reach."""
        self.forget()
        row = self._list.row
        folded = not self._list.chosen and row is not None and row.folded > 1 and not row.unfolded
        self._folded = row.folded if folded and row is not None else 0
        if (self._list.chosen > 1 or folded) and not self._screen.settings.observer:
            keys = await (self._list.meant() if folded else self._list.chosen_keys())
            self._preview = await self._screen.desk.preview(SetState(state=TriageState.DONE), keys)

    def place(self) -> list[Span]:
        """Say what the list shows, and where in it the cursor stands."""
        view = self._list.view
        if view is None:
            return []
        words: list[Span] = [("/" + row_safe(view.query) + "  ", "warn")] if view.query else []
        if view.order != "newest":
            words.append((_(ORDERS[view.order]) + "  ", "dim"))
        if self._list.following and view.total:
            words.append((_("following") + "  ", "faint"))
        place = f"{self._list.cursor + 1}/{view.total}" if view.total else "0"
        return [*words, (place, "dim")]

    def line(self) -> Line:
        """Return the keys that matter now, each with its verb and how many it reaches."""
        key = self._screen.desk_app.keymap.key
        if self._screen.settings.observer or (self._screen.summary is not None and self._screen.summary.read_only):
            return [(" ", ""), (_("looking on") + "   ", "warn"), *hint("?", _("keys")), *hint(key("quit"), _("leave"))]
        kept = [why for _key, why in self._preview.held_back] if self._preview is not None else []
        line = self._with(held_back(kept))
        if not kept or fit_in_two(line, self._screen.size.width):
            return line
        return self._with(_("keeps {n}").format(n=len(kept)))

    def _with(self, kept: str) -> Line:
        """Word the hints with what the next act leaves alone, said shorter or longer."""
        key = self._screen.desk_app.keymap.key
        chosen = self._list.chosen
        line: list[Span] = [(" ", "")]
        if self._list.range_start is not None:
            line.append((_("range, {key} ends it").format(key=key("range")) + "   ", "select"))
        if chosen:
            many = ngettext("{n} selected", "{n} selected", chosen).format(n=chosen)
            line.append((many + "   ", "select"))
        count = len(self._preview.keys) if self._preview is not None else chosen
        row = self._list.row
        if count and not chosen and row is not None and self._folded:
            count += row.folded - self._folded  # copies that joined since the desk was asked
        done = _("done") + (f" {count}" if count or kept else "")
        line += hint(key("done"), f"{done} · {kept}" if kept else done)
        line += [] if chosen > 1 else hint(key("reply"), verb(_("to reply")))
        if row is not None and row.folded > 1 and not chosen:
            line += hint(key("fold"), _("fold")) if row.unfolded else hint(key("unfold"), _("unfold"))
        line += [*hint("c", verb(_("to calm"))), *hint("m", _("moderate")), *hint(key("help"), _("keys"))]
        return line

    def continuations(self, prefix: str) -> Line:
        """Say how a begun sequence can go on; of each command as much as stands before its colon, on a phone one word."""
        keymap = self._screen.desk_app.keymap
        line: list[Span] = [(f" {prefix} ", "key"), ("… ", "faint")]
        for command in keymap.continuations("desk", prefix):
            last = next(k for k in command.keys if k.startswith(prefix)).rpartition(" ")[2]
            short = verb(_(command.short)) if self._screen.size.width < NARROW else ""
            line += hint(last, short or _(command.help).partition(":")[0].rstrip())
        return line
