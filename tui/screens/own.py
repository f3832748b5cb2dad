"""Own: what we said, once it is public: edited as any other text, or deleted after a question; or the reason why not."""

from collections.abc import Mapping

from connectors._model import Capability, Support
from inbox.desk import Desk, Detail, Done
from inbox.outbox import OutboxEntry
from inbox.published import EditOwn
from tui.i18n import _
from tui.phrases import say
from tui.screens.choice import Choice, ChoiceScreen
from tui.screens.manuscript import Offer
from tui.screens.writing import WritingScreen
from tui.widgets.paint import row_safe
from tui.widgets.words import clock

EDIT, DELETE, LEAVE = "edit", "delete", "leave"


def _said(entry: OutboxEntry) -> str:
    return row_safe(entry.outgoing.text) if entry.outgoing else ""


def change_question(entry: OutboxEntry, support: Mapping[Capability, Support]) -> ChoiceScreen:
    """Ask what is to become of a comment of ours that is public; what the platform cannot do is said with its reason."""
    since = clock(entry.receipt.at if entry.receipt else entry.due_at)
    choices = [Choice(key=LEAVE, line=[(_("leave it as it is"), "strong")], below=[(_said(entry), "dim")])]
    for key, capability, words in (
        (EDIT, Capability.EDIT_OWN, _("edit it")),
        (DELETE, Capability.DELETE, _("delete it; the comment it answered is open again then")),
    ):
        known = support.get(
            capability, Support("no", "this source is not connected: its comments can be read, not answered")
        )
        possible = known.can != "no"
        line = words if possible else _("{what}: not here").format(what=words)
        choices.append(
            Choice(
                key=key if possible else LEAVE,
                line=[(line, "strong" if possible else "faint")],
                below=[(say(known.reason), "dim")],
            )
        )
    return ChoiceScreen(_("Public since {time}").format(time=since), choices)


def delete_question(entry: OutboxEntry) -> ChoiceScreen:
    """Ask whether a comment of ours is to be deleted."""
    return ChoiceScreen(
        _("Delete our own words?"),
        [
            Choice(key=LEAVE, line=[(_("leave it as it is"), "strong")], below=[(_said(entry), "dim")]),
            Choice(key=DELETE, line=[(_("delete it; the comment it answered is open again then"), "strong")]),
        ],
    )


class EditScreen(WritingScreen):
    """Our own words under a comment, to read otherwise: all of them, the mention included."""

    kind = "edit"

    def __init__(self, desk: Desk, entry: OutboxEntry) -> None:
        """Edit what `entry` said."""
        super().__init__(desk, entry.target)
        self._entry = entry

    async def load(self) -> list[Offer]:
        """Offer the words as they are."""
        text = self._entry.outgoing.text if self._entry.outgoing else ""
        self.gate = [(self.support(Capability.EDIT_OWN), "dim")]
        return [Offer(label=_("as it reads now"), texts={"text": text})]

    def heading(self, detail: Detail) -> str:
        """Say whose answer it is."""
        return _("Our answer to {who}, edited").format(who=row_safe(detail.row.author))

    def measured_as(self) -> str:
        """The mention is among the words."""
        return "edit"

    def audience(self) -> str:
        """Say what readers will notice."""
        return self.support(Capability.EDIT_OWN)

    async def do_later(self) -> None:
        """An edit is not put off."""
        await self.not_here()

    def act(self) -> EditOwn:
        """Let it read otherwise."""
        return EditOwn(self._entry.id, self.values["text"])

    async def submit(self) -> tuple[Done, str]:
        """Let it read otherwise."""
        return await self.desk.act(self.act(), [self.key]), _("edit of our own words")
