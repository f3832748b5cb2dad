"""Notice: a calming notice pinned where the platform can, or an appeal for calm in the thread itself."""

from connectors._model import Capability
from inbox.desk import Desk, Detail, Done, PinNotice, Reply
from tui.i18n import _
from tui.phrases import say
from tui.screens.writing import Offer, WritingScreen
from tui.widgets.paint import row_safe


class NoticeScreen(WritingScreen):
    """One text that speaks to everybody and names nobody."""

    def __init__(self, desk: Desk, key: str, what: str) -> None:
        """Write a "notice" for the source of `key`, or an "appeal" in its thread."""
        super().__init__(desk, key)
        self.what = what
        self.kind = what  # drafts of the two are kept apart
        self.measured_as_reply = what == "appeal"  # it is sent as one

    async def load(self) -> list[Offer]:
        """Ask for the house's texts."""
        drafts = await self.desk.drafts(self.key, self.what, self.language)
        self.gate = [(self.support(Capability.PIN_NOTICE) if self.what == "notice" else "", "dim")]
        offers = [Offer(label=say(d.label), texts={"text": d.text}, template=d.template) for d in drafts]
        return [*offers, Offer(label=_("blank"), kind="blank")]

    def heading(self, detail: Detail) -> str:
        """Say what it is and where."""
        if self.what == "notice":
            return _("Calming notice")
        return _("Appeal for calm under {title}").format(title=row_safe(detail.post_title) or _("(untitled)"))

    def audience(self) -> str:
        """Say where it will appear."""
        if self.what == "notice":
            return _("Whoever opens the page reads it; it answers nobody in particular")
        return _("It appears in the thread, as an answer to this comment")

    async def submit(self) -> tuple[Done, str]:
        """Publish it."""
        text, template = self.values["text"], self.offer.template
        if self.what == "notice":
            return await self.desk.act(PinNotice(text=text, template=template), [self.key]), _("notice")
        return await self.desk.act(Reply(text=text, template=template, again=True), [self.key]), _("appeal")
