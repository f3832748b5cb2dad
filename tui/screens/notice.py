"""Notice: a calming notice pinned where each platform can, until its time; or an appeal for calm in the thread itself."""

from datetime import datetime, timedelta

from inbox.desk import Desk, Detail, Done, PinNotice, Reply
from inbox.published import Notice, NoticeState, Place, Where
from inbox.when import WhenError, moment
from tui.i18n import _
from tui.phrases import say
from tui.screens.manuscript import Offer
from tui.screens.writing import WritingScreen
from tui.widgets.footer import hint
from tui.widgets.paint import Line, Span, row_safe, wrapped
from tui.widgets.prompt import Prompt
from tui.widgets.words import day_and_time, place_words

PUT_UP = frozenset({NoticeState.PINNED, NoticeState.PUBLISHED, NoticeState.EXPIRED})
"""Notices that another one may take the place of."""


class NoticeScreen(WritingScreen):
    """One text that speaks to everybody and names nobody."""

    def __init__(self, desk: Desk, key: str, what: str) -> None:
        """Write a "notice" for the source of `key`, or an "appeal" in its thread."""
        super().__init__(desk, key)
        self.what = what
        self.kind = what  # drafts of the two are kept apart
        self._places: tuple[Place, ...] = ()
        self._everywhere = False
        self._until: datetime | None = None
        self._until_said = False
        self._standing: list[Notice] = []
        self._replaced: Notice | None = None

    async def load(self) -> list[Offer]:
        """Ask for the house's texts, and where they would appear."""
        drafts = await self.desk.drafts(self.key, self.what, self.language)
        if self.what == "notice":
            self._places = await self.desk.places(self.key, "notice")
            mine = {place.source for place in self._places if place.own}
            self._standing = [n for n in await self.desk.notices() if n.state in PUT_UP and n.source in mine]
        offers = [
            Offer(label=say(d.label), texts={"text": d.text}, template=d.template, about=d.about, lasts=d.lasts)
            for d in drafts
        ]
        return [*offers, Offer(label=_("blank"), kind="blank", lasts=48)]

    async def choose(self, index: int) -> None:
        """Look at a text; how long it stays up is its own unless somebody said another time."""
        self.script.choose(index)
        if not self._until_said:
            lasts = self.offer.lasts
            self._until = self.desk_app.now() + timedelta(hours=lasts) if lasts else None
        await super().choose(index)

    # -- what it says of itself --------------------------------------------------------------------

    def heading(self, detail: Detail) -> str:
        """Say what it is and where."""
        if self.what == "notice":
            return _("Calming notice")
        return _("Appeal for calm under {title}").format(title=row_safe(detail.post_title) or _("(untitled)"))

    def head(self, width: int) -> list[Line]:
        """Say of a notice where it will appear on each platform, in place of what one visitor wrote."""
        lines = super().head(width)
        if self.what != "notice" or self.detail is None:
            return lines
        told: list[Line] = []
        for place in self._shown_places():
            chosen = place.own or self._everywhere
            role = "" if chosen and place.possible else "dim"
            mark: Span = ("  ✓ " if chosen else "  · ", "ok" if chosen else "faint")
            for line in wrapped(place_words(place), width - 6, role)[:2]:
                told.append([mark, *line])
                mark = ("    ", "")
        return [lines[0], *told]

    def _shown_places(self) -> list[Place]:
        """Return the places in question: the own one first, the others where something is possible."""
        return [place for place in self._places if place.own or place.possible]

    def _chosen_places(self) -> list[Place]:
        return [place for place in self._shown_places() if place.own or self._everywhere]

    def measured_as(self) -> str:
        """An appeal is sent as a reply, a notice is counted where it will appear."""
        return self.what

    def sendings(self) -> int:
        """Count the accounts it leaves from."""
        return max(1, len(self._chosen_places())) + (self._replaced is not None)

    def audience(self) -> str:
        """Say who reads it, until when, and what it replaces."""
        if self.what == "appeal":
            return _("It appears in the thread, as an answer to this comment")
        until = _("until somebody takes it down")
        if self._until is not None:
            until = _("comes down {when}").format(when=day_and_time(self._until, self.desk_app.now()))
        said = [_("Whoever opens the page reads it"), until]
        if self._replaced is not None:
            said.append(_("in place of “{text}”").format(text=row_safe(self._replaced.text)[:40]))
        return " · ".join(said)

    def more_keys(self) -> Line:
        """Offer what only a notice has."""
        if self.what == "appeal":
            return []
        key = self.desk_app.keymap.key
        line = hint(key("until"), _("until"))
        if len(self._shown_places()) > 1:
            line += hint(key("where"), _("only here") if self._everywhere else _("everywhere"))
        return [*line, *(hint(key("replace-notice"), _("replace")) if self._standing else [])]

    # -- its own commands --------------------------------------------------------------------------

    async def do_where(self) -> None:
        """On this account alone, or wherever it is possible."""
        if len(self._shown_places()) < 2:
            self.notice(_("There is no other account to say it from"), "dim")
            return
        self._everywhere = not self._everywhere
        self.fit(*self.size)

    async def do_until(self) -> None:
        """When it comes down by itself; an empty answer leaves it up."""
        if self.what == "appeal":
            await self.not_here()
            return

        async def end(words: str) -> None:
            try:
                self._until = moment(words, self.desk_app.now().astimezone()) if words else None
                self._until_said = True
            except WhenError as error:
                self.notice(say(str(error)), "error")

        self.ask(Prompt(_("take it down when? (18:30, tomorrow 9:00, +2h) ")), end)

    async def do_replace_notice(self) -> None:
        """In place of the next notice that stands on this account, or of none."""
        if not self._standing:
            self.notice(_("No notice stands on this account"), "dim")
            return
        turn = [None, *self._standing]
        self._replaced = turn[(turn.index(self._replaced) + 1) % len(turn)]

    def act(self) -> PinNotice | Reply:
        """Publish it, or answer with it."""
        text, template = self.values["text"], self.offer.template
        if self.what == "appeal":
            return Reply(text=text, template=template, again=True, later=self.leaving.later)
        places = self._chosen_places()
        return PinNotice(
            text=text,
            template=template,
            until=self._until,
            sources=tuple(place.source for place in places) if self._everywhere else (),
            replaces=self._replaced.id if self._replaced is not None else "",
            by_hand=all(place.where is Where.HAND for place in places),
            later=self.leaving.later,
        )

    async def submit(self) -> tuple[Done, str]:
        """Publish it; what no machine can put up is copied to be put up by hand."""
        act = self.act()
        done = await self.desk.act(act, [self.key])
        if isinstance(act, Reply):
            return done, _("appeal")
        if act.by_hand and not done.refused and not done.submitted:
            if not self.desk_app.copy(act.text):
                return done, _("put the notice up by hand, its text is in the outbox; it is noted here")
            return done, _("text copied: put the notice up by hand; it is noted here")
        return done, _("notice")
