"""Thread: open a dedicated discussion, link it under the post, invite a few people."""

from typing import ClassVar

from connectors._model import Capability
from inbox.desk import MAX_INVITATIONS, Desk, Detail, Done, OpenThread
from tui.i18n import _, ngettext
from tui.screens.writing import Offer, WritingScreen
from tui.widgets.paint import row_safe


class ThreadScreen(WritingScreen):
    """Four short texts: title, opening, house comment with the link, invitation."""

    kind = "thread"
    measured_as_reply = False
    FIELDS: ClassVar[tuple[str, ...]] = ("text", "title", "house_comment", "invitation")
    LINK_IN: ClassVar[frozenset[str]] = frozenset({"house_comment", "invitation"})

    def __init__(self, desk: Desk, key: str, invite: list[str]) -> None:
        """Open a thread about the post of `key`; `invite` are the comments whose authors are asked over."""
        super().__init__(desk, key)
        self._asked = len(invite)
        self._invite = tuple(invite[:MAX_INVITATIONS])

    async def load(self) -> list[Offer]:
        """Ask for the house's texts, the matching pieces together."""
        openings = await self.desk.drafts(self.key, "thread", self.language)
        links = {d.template: d.text for d in await self.desk.drafts(self.key, "house_comment", self.language)}
        invitations = await self.desk.drafts(self.key, "invitation", self.language)
        invitation = invitations[0].text if invitations else "$link"
        self.gate = [(self.support(Capability.OPEN_THREAD), "dim")]
        if self._asked > MAX_INVITATIONS:
            self.warning = _("{n} people selected: the first {most} are invited").format(
                n=self._asked, most=MAX_INVITATIONS
            )
        offers = [
            Offer(
                label=row_safe(draft.label),
                texts={
                    "text": draft.text,
                    "title": draft.label,
                    "house_comment": links.get(draft.template, "$link"),
                    "invitation": invitation,
                },
                template=draft.template,
            )
            for draft in openings
        ]
        blank = {"text": "", "title": "", "house_comment": "$link", "invitation": "$link"}
        return [*offers, Offer(label=_("blank"), texts=blank, kind="blank")]

    def heading(self, detail: Detail) -> str:
        """Say about what."""
        return _("Dedicated thread for {title}").format(title=row_safe(detail.post_title) or _("(untitled)"))

    def field_label(self, name: str) -> str:
        """Name the four texts."""
        return {
            "text": _("opening"),
            "title": _("title"),
            "house_comment": _("house comment"),
            "invitation": _("invitation"),
        }[name]

    def sendings(self) -> int:
        """Opening, house comment and invitations."""
        return 2 + len(self._invite)

    def audience(self) -> str:
        """Say what will leave."""
        count = len(self._invite)
        invited = ngettext("{n} personal invitation", "{n} personal invitations", count).format(n=count)
        return _("1 opening, 1 house comment with the link, {invited} · send bar: ↓ next text").format(invited=invited)

    async def submit(self) -> tuple[Done, str]:
        """Open it."""
        act = OpenThread(
            title=self.values["title"].strip(),
            text=self.values["text"],
            house_comment=self.values["house_comment"],
            invite=self._invite,
            invitation=self.values["invitation"],
            template=self.offer.template,
        )
        return await self.desk.act(act, [self.key]), _("dedicated thread")
