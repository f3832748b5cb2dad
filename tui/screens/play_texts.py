"""The texts of a play: looked at and edited like any other; what is taken over goes back to the preview, nowhere else."""

from typing import ClassVar

from msgspec import structs

from inbox.desk import Desk, Detail, Done
from inbox.play import Answer, Play
from tui.i18n import _
from tui.screens.writing import Offer, WritingScreen
from tui.widgets.footer import hint
from tui.widgets.paint import Line, row_safe

DRAFTS = {
    Answer.THREAD: "thread",
    Answer.NOTICE: "notice",
    Answer.APPEAL: "appeal",
}
"""What the desk is asked for besides the text on offer."""


class PlayTextsScreen(WritingScreen):
    """The texts of one answer.

    Attributes:
        taken: the play with the texts taken over, or None.
    """

    kind = "play"
    LINK_IN: ClassVar[frozenset[str]] = frozenset({"house_comment"})

    def __init__(self, desk: Desk, play: Play) -> None:
        """Edit the texts of `play`."""
        super().__init__(desk, play.anchor)
        self.taken: Play | None = None
        self._play = play
        self.kind = f"play-{play.answer}"
        if play.answer is Answer.THREAD:
            self.FIELDS = ("text", "title", "house_comment")  # type: ignore[misc]  # this answer has three texts

    async def load(self) -> list[Offer]:
        """Offer the present texts, then the house's others."""
        present = Offer(label=_("as shown"), texts=self._texts(self._play), template=self._play.template)
        return [present, *await self._others()]

    async def _others(self) -> list[Offer]:
        if self._play.answer is Answer.OFFBEAT:
            picker = await self.desk.picker(self.key, self.language)
            return [
                Offer(label=row_safe(s.label), texts={"text": s.text}, template=s.template)
                for s in picker.suggestions
                if s.template != self._play.template
            ]
        what = DRAFTS[self._play.answer]
        drafts = await self.desk.drafts(self.key, what, self.language)
        links = {d.template: d.text for d in await self.desk.drafts(self.key, "house_comment", self.language)}
        return [
            Offer(
                label=row_safe(draft.label),
                texts={"text": draft.text, "title": draft.label, "house_comment": links.get(draft.template, "$link")},
                template=draft.template,
            )
            for draft in drafts
            if draft.template != self._play.template
        ]

    @staticmethod
    def _texts(play: Play) -> dict[str, str]:
        return {"text": play.text, "title": play.title, "house_comment": play.house_comment}

    def heading(self, detail: Detail) -> str:
        """Say whose texts these are."""
        return _("The texts of the play under {title}").format(title=row_safe(detail.post_title) or _("(untitled)"))

    def field_label(self, name: str) -> str:
        """Name the texts."""
        return {"text": _("text"), "title": _("title"), "house_comment": _("house comment")}[name]

    def measured_as(self) -> str:
        """Each text as what the answer makes of it."""
        if self.script.field != "text":
            return self.script.field
        return DRAFTS.get(self._play.answer, "reply")

    def audience(self) -> str:
        """Say that nothing leaves from here."""
        return _("Nothing leaves from here: the preview comes again · send bar: ↓ next text")

    def _keys(self) -> Line:
        if self.mode != "bar":
            return super()._keys()
        key = self.desk_app.keymap.key
        return [(" ", ""), *hint(key("send"), _("take these texts")), *hint("n", _("back")), *hint("Tab", _("edit"))]

    def act(self) -> None:
        """Nothing goes to the desk from here."""

    async def submit(self) -> tuple[Done, str]:
        """Take the texts over."""
        self.taken = structs.replace(
            self._play,
            text=self.values["text"],
            title=self.values.get("title", "").strip(),
            house_comment=self.values.get("house_comment", ""),
            template=self.offer.template,
        )
        return Done(keys=(self.key,)), ""
