"""Thread: open a dedicated discussion where one chooses, link it under the post, invite a few people who asked something."""

from typing import ClassVar

from inbox.desk import MAX_INVITATIONS, Desk, Detail, Done, OpenThread
from inbox.published import Place
from tui.i18n import _, ngettext
from tui.screens.manuscript import Offer
from tui.screens.writing import WritingScreen
from tui.widgets.footer import hint
from tui.widgets.paint import Line, row_safe
from tui.widgets.words import place_words


class ThreadScreen(WritingScreen):
    """Four short texts: title, opening, house comment with the link, invitation."""

    kind = "thread"
    FIELDS: ClassVar[tuple[str, ...]] = ("text", "title", "house_comment", "invitation")
    LINK_IN: ClassVar[frozenset[str]] = frozenset({"house_comment", "invitation"})

    def __init__(self, desk: Desk, key: str, invite: list[str]) -> None:
        """Open a thread about the post of `key`; `invite` are the comments whose authors are asked over."""
        super().__init__(desk, key)
        self._asked = len(invite)
        self._invite = tuple(invite[:MAX_INVITATIONS])
        self._askers: tuple[str, ...] = ()
        self._places: list[Place] = []
        self._place = 0

    async def load(self) -> list[Offer]:
        """Ask for the house's texts, the matching pieces together, where it may stand, and who asked something."""
        openings = await self.desk.drafts(self.key, "thread", self.language)
        links = {d.template: d.text for d in await self.desk.drafts(self.key, "house_comment", self.language)}
        invitations = await self.desk.drafts(self.key, "invitation", self.language)
        invitation = invitations[0].text if invitations else "$link"
        self._places = [p for p in await self.desk.places(self.key, "thread") if p.possible or p.own]
        self._askers = tuple(row.key for row in await self.desk.askers(self.key))
        self._say_where()
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

    def _say_where(self) -> None:
        self.gate = [(place_words(self._places[self._place]), "dim")] if self._places else []

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

    def measured_as(self) -> str:
        """The opening and its title are a post, what links them are comments."""
        return {"text": "thread", "title": "title"}.get(self.script.field, self.script.field)

    def measured_on(self) -> str:
        """The opening is counted where the thread stands, what links it where the visitors are."""
        place = self._places[self._place] if self._places else None
        return place.source if place is not None and not place.own and self.script.field in {"text", "title"} else ""

    def sendings(self) -> int:
        """Opening, house comment and invitations."""
        return 2 + len(self._invite)

    def audience(self) -> str:
        """Say what will leave."""
        count = len(self._invite)
        invited = ngettext("{n} personal invitation", "{n} personal invitations", count).format(n=count)
        return _("1 opening, 1 house comment with the link, {invited} · send bar: ↓ next text").format(invited=invited)

    def more_keys(self) -> Line:
        """Offer where it stands and whom it invites."""
        key = self.desk_app.keymap.key
        line: Line = hint(key("where"), _("where")) if len(self._places) > 1 else []
        if self._invite:
            return [*line, *hint(key("invite"), _("invite nobody"))]
        asked = len(self._askers)
        words = ngettext("invite {n} who asked", "invite {n} who asked", asked).format(n=asked)
        return [*line, *(hint(key("invite"), words) if asked else [])]

    async def do_where(self) -> None:
        """On the next account that can open one."""
        if len(self._places) < 2:
            self.notice(_("There is no other account to open it on"), "dim")
            return
        self._place = (self._place + 1) % len(self._places)
        self._say_where()
        await self._measured()

    async def do_invite(self) -> None:
        """Invite those who asked something, or nobody."""
        if not self._invite and not self._askers:
            self.notice(_("Nobody waits for an answer under this post"), "dim")
            return
        self._invite = () if self._invite else self._askers
        self.warning = ""

    def act(self) -> OpenThread:
        """Open it."""
        return OpenThread(
            title=self.values["title"].strip(),
            text=self.values["text"],
            house_comment=self.values["house_comment"],
            invite=self._invite,
            invitation=self.values["invitation"],
            template=self.offer.template,
            on=self._places[self._place].source if self._places else "",
            later=self.leaving.later,
        )

    async def submit(self) -> tuple[Done, str]:
        """Open it."""
        return await self.desk.act(self.act(), [self.key]), _("dedicated thread")
