"""Reply: suggestions ranked for the situation, silence among them; the gate says when a joke must not be told."""

from inbox.desk import Desk, Detail, Done, Reply, SetState, Suggestion
from inbox.item import TriageState
from tui.i18n import _
from tui.phrases import say
from tui.screens.writing import Offer, WritingScreen
from tui.widgets.paint import row_safe
from tui.widgets.prompt import Prompt
from tui.widgets.words import quoted


def label_of(suggestion: Suggestion) -> str:
    """Name a suggestion: its register, or what kind of text it is."""
    return say(suggestion.label)


class ReplyScreen(WritingScreen):
    """One reply to one comment."""

    kind = "reply"

    def __init__(self, desk: Desk, key: str, *, blank: bool = False) -> None:
        """Reply to `key`; `blank` begins with an empty text in the editor."""
        super().__init__(desk, key)
        self._blank = blank
        self._prefix = ""
        self._refused = ""
        self._despite = ""

    async def load(self) -> list[Offer]:
        """Ask for suggestions, and whether a joke may be told."""
        picker = await self.desk.picker(self.key, self.language)
        self._prefix = picker.prefix
        self.warning = say(picker.warning)
        words = ", ".join(quoted(row_safe(word)) for word in picker.words)
        reason = say(picker.reason)
        self._refused = reason if picker.verdict == "hard" else ""
        if picker.verdict == "hard":
            self.gate = [
                (_("no joke here: {reason}").format(reason=reason), "error"),
                (f" ({words})" if words else "", "dim"),
            ]
        elif picker.verdict == "soft":
            self.gate = [
                (_("better plain: {reason}").format(reason=reason), "warn"),
                (f" ({words})" if words else "", "dim"),
            ]
        else:
            self.gate = [(_("suggestions"), "dim")]
        offers = [
            Offer(label=label_of(s), texts={"text": s.text}, template=s.template, about=s.about)
            for s in picker.suggestions
        ]
        silence = Offer(label=_("no reply"), texts={"": _("let the thread go on (done)")}, kind="silence")
        offers.insert(0 if picker.no_reply_first else len(offers), silence)
        blank = Offer(label=_("blank"), kind="blank")
        return [blank, *offers] if self._blank else [*offers, blank]

    async def reload(self, like: Offer | None = None) -> None:
        """Ask again; a blank reply begins in the editor."""
        await super().reload(like)
        if self._blank:
            self._go("editor")

    def heading(self, detail: Detail) -> str:
        """Say to whom."""
        return _("Reply to {who}").format(who=row_safe(detail.row.author))

    def audience(self) -> str:
        """Say what is put in front."""
        prefix = row_safe(self._prefix)
        return _("sent with “{prefix}” in front").format(prefix=prefix) if prefix else ""

    def act(self) -> Reply | SetState:
        """Reply, or let the thread go on; a reason that is still to be given is not blank, so that it can be looked at."""
        if self.offer.kind == "silence":
            return SetState(state=TriageState.DONE)
        return Reply(
            text=self.values["text"],
            template=self.offer.template,
            again=bool(self.warning),
            later=self.leaving.later,
            despite=(self._despite or "-") if self.offer.kind == "despite" else "",
        )

    async def submit(self) -> tuple[Done, str]:
        """Send it, or let the thread go on."""
        said = _("no reply, done") if self.offer.kind == "silence" else _("reply")
        return await self.desk.act(self.act(), [self.key]), said

    # -- jokes against the gate --------------------------------------------------------------------

    async def do_despite(self) -> None:
        """Offer the jokes that are refused here: whoever takes one asks a second person, with a reason."""
        if not self._refused:
            self.notice(_("No joke is refused here: they are among the suggestions"), "dim")
            return
        jokes = await self.desk.drafts(self.key, "joke", self.language)
        offers = [
            Offer(
                label=label_of(joke),
                texts={"text": joke.text},
                template=joke.template,
                kind="despite",
                about=joke.about,
            )
            for joke in jokes
        ]
        if not offers:
            self.notice(_("There is no joke in this language"), "dim")
            return
        await self.script.offer_all(offers)
        await self.choose(next(i for i, offer in enumerate(self.offers) if offer.kind == "despite"))
        self.fit(*self.size)
        self.notice(_("a second person decides; refused: {reason}").format(reason=self._refused), "warn")

    async def do_send(self) -> None:
        """Send it; a joke against the gate says first why it should be told all the same."""

        async def reasoned(why: str) -> None:
            self._despite = why
            if why:
                await super(ReplyScreen, self).do_send()
            else:
                self.notice(_("Nothing was done: no reason given"), "dim")

        if self.offer.kind == "despite":
            self.ask(Prompt(_("why tell it all the same? ")), reasoned)
        else:
            await super().do_send()
