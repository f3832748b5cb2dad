"""Play: one preview of the answer to a situation, one typed count, one confirmation."""

import asyncio
from collections.abc import Sequence

from msgspec import Struct, structs
from textual.app import ComposeResult

from inbox.desk import Desk, Done
from inbox.outbox import STANDARD
from inbox.play import Answer, PlayOption, PostPlays
from tui.i18n import N_, _, language, ngettext
from tui.phrases import say
from tui.screens.base import KeyScreen, Stroke
from tui.screens.play_texts import PlayTextsScreen
from tui.themes import RISK_ROLES, RISK_SYMBOLS, Theme
from tui.widgets.canvas import Canvas, Scrolled
from tui.widgets.counting import digits
from tui.widgets.footer import Bar, Footer, hint
from tui.widgets.paint import Line, Span, fit, row_safe, wrapped
from tui.widgets.play_words import ANSWERS, CRITICAL, heading, preview, why
from tui.widgets.words import COUNTED_ABOVE, account_word, held_back, network_word

SAID = {
    Answer.THREAD: N_("thread queued"),
    Answer.WAVE: N_("the wave done"),
    Answer.APPEAL: N_("appeal"),
    Answer.NOTICE: N_("notice"),
    Answer.SILENCE: N_("no reply"),
    Answer.OFFBEAT: N_("offbeat reply"),
}
"""What an answer is called once it is decided."""
SUBMITTED = SAID | {Answer.THREAD: N_("thread")}
"""What it is called where it waits for a second person's word."""


class Chosen(Struct, frozen=True, kw_only=True):
    """What the inbox is asked to do.

    Attributes:
        query: what it is to show, or "".
        done: what was decided and what to call it, or None.
    """

    query: str = ""
    done: tuple[Done, str] | None = None


class Head(Canvas):
    """Why, and what comes first."""

    DEFAULT_CSS = "Head { height: 2; }"

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Ask the screen."""
        assert isinstance(self.screen, PlayScreen)
        return self.screen.head(width)


class Answers(Canvas):
    """The answers that fit, the present one marked."""

    DEFAULT_CSS = "Answers { height: 2; }"

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Ask the screen."""
        assert isinstance(self.screen, PlayScreen)
        return self.screen.answer_lines(width)


class Preview(Scrolled):
    """Everything that the marked answer comes to."""

    def lines(self, width: int) -> Sequence[Line]:
        """Ask the screen."""
        assert isinstance(self.screen, PlayScreen)
        return self.screen.preview_lines(width)


class PlayScreen(KeyScreen[Chosen | None]):
    """The answers to one situation; nothing leaves before its number is typed and `o` is pressed."""

    PLACE = "play"

    def __init__(self, desk: Desk, post: str) -> None:
        """Answer what goes on under `post` ("SOURCE/POST")."""
        super().__init__()
        self.desk = desk
        self.post = post
        self.plays: PostPlays | None = None
        self.options: list[PlayOption] = []
        self.at = 0
        self.typed = ""
        self.done = Done()
        self.language = ""
        self._countdown = STANDARD
        self._notice: Span | None = None
        self._loaded = asyncio.Event()

    # -- life --------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the widgets in their places."""
        theme: Theme = self.desk_app.palette
        self.top = Bar(theme)
        self.head_lines = Head(theme)
        self.answers = Answers(theme)
        self.rule = Bar(theme)
        self.preview = Preview(theme)
        self.bar = Bar(theme)
        self.footer = Footer(theme)
        yield self.top
        yield self.head_lines
        yield self.answers
        yield self.rule
        yield self.preview
        yield self.bar
        yield self.footer

    def on_mount(self) -> None:
        """Load what the desk offers; keys typed meanwhile wait."""
        self.call_after_refresh(self._load)

    async def _load(self) -> None:
        self._countdown = (await self.desk.summary()).countdown
        await self.reload()
        self._loaded.set()

    async def reload(self) -> None:
        """Ask what goes on now and what fits; what was typed counts for what was shown, so it goes.

        Which comments an answer closes stays as it was first shown, so that its number never changes under somebody's
        hands: copies that have come since follow as late ones.
        """
        shown = {option.play.answer: option.play.close for option in self.options}
        self.plays = await self.desk.plays(self.post, self.language)
        self.options = [
            structs.replace(option, play=structs.replace(option.play, close=shown[option.play.answer]))
            if option.play.follow and option.play.answer in shown
            else option
            for option in (self.plays.options if self.plays else ())
        ]
        if not self.options:
            self.dismiss(None)
            return
        await self.choose(min(self.at, len(self.options) - 1))

    async def ready(self) -> None:
        """Wait for the answers."""
        await self._loaded.wait()

    def on_resize(self) -> None:
        """Fit the new size."""
        self.call_after_refresh(self.fit)

    async def choose(self, at: int) -> None:
        """Look at an answer: ask the desk what it would reach."""
        self.at, self.typed = at, ""
        play = self.option.play
        self.done = await self.desk.preview(play, [play.anchor])
        self.preview.offset_y = 0
        self.fit()

    def fit(self) -> None:
        """Give each part the lines it needs."""
        if self.plays is not None and self.options:
            self.head_lines.styles.height = max(1, len(self.head(self.size.width)))
            self.answers.styles.height = len(self.options)
        self.call_after_refresh(self.paint_all)

    @property
    def option(self) -> PlayOption:
        """The marked answer."""
        return self.options[self.at]

    @property
    def count(self) -> int:
        """The number to be typed; 0 where none is asked for."""
        reached = len(self.done.keys)
        return reached if reached > COUNTED_ABOVE else 0

    # -- painting ----------------------------------------------------------------------------------

    def head(self, width: int) -> list[Line]:
        """Say why, and that danger comes first."""
        post = self.plays
        if post is None:
            return [[(" " + _("loading…"), "dim")]]
        lines: list[Line] = [[(" ", ""), *line] for line in why(post, width - 2)[:2]]
        if post.dangers:
            many = ngettext(
                "{n} suspected danger under this post comes first ({key}); this leaves it alone",
                "{n} suspected dangers under this post come first ({key}); this leaves them alone",
                len(post.dangers),
            )
            words = many.format(n=len(post.dangers), key=self.desk_app.keymap.key("show-dangers"))
            said = wrapped(f"{RISK_SYMBOLS[CRITICAL]} {words}", width - 2, RISK_ROLES[CRITICAL])
            lines += [[(" ", ""), *line] for line in said]
        return lines

    def answer_lines(self, width: int) -> list[Line]:
        """Return the answers, the marked one first to be seen."""
        lines: list[Line] = []
        for index, option in enumerate(self.options):
            here = index == self.at
            words = fit(_(ANSWERS[option.play.answer]), max(0, width - 4))
            role = "strong" if here else "faint" if option.refused else ""
            lines.append([(" › " if here else "   ", "cursor"), (words, role)])
        return lines

    def preview_lines(self, width: int) -> list[Line]:
        """Return everything the marked answer comes to."""
        if not self.options:
            return []
        many = self.done.sendings != 1
        return preview(self.option, self.done, width, self._countdown.batch if many else self._countdown.single)

    def paint_all(self) -> None:
        """Paint what changed."""
        post = self.plays
        if post is None or not self.is_attached:
            return
        self.top.say(heading(post, self.desk_app.now(), max(0, self.size.width - 6)), [])
        self.head_lines.repaint()
        self.answers.repaint()
        self.rule.say([(_("preview"), "dim")], [(self.language, "key")] if self.language else [])
        self.preview.repaint()
        self.bar.say([self._notice] if self._notice else [], [])
        self.footer.say(self._keys(), self._second(post))

    def _keys(self) -> Line:
        key = self.desk_app.keymap.key
        line: list[Span] = [(" ", "")]
        if self.done.refused or self.option.refused:
            line.append((fit(say(self.option.refused or self.done.refused), 60) + "   ", "warn"))
        elif self.count and self.typed != str(self.count):
            line += [(_("type {n}:").format(n=self.count) + " ", "notice"), (self.typed + "▏  ", "strong")]
        else:
            line += hint(key("play"), _("submit to a second person") if self.done.submitted else _("do it"))
        line += hint(key("play-edit"), _("edit")) if self.option.play.text else []
        line += hint("j k", _("another answer")) if len(self.options) > 1 else []
        return [*line, *hint(key("play-back"), _("back"))]

    def _second(self, post: PostPlays) -> Line:
        if self.option.missing:
            words = ", ".join("$" + name for name in self.option.missing)
            return [(" " + _("{words} is empty: fill it in before sending").format(words=words), "warn")]
        kept = held_back([reason for _key, reason in self.done.held_back])
        if self.done.submitted:
            said = _("nothing happens before a second person's word")
            return [(" " + said + (" · " + kept if kept else ""), "dim")]
        if not self.done.sendings:
            return [(" " + (kept or _("nothing leaves the house")), "dim")]
        named = row_safe(post.source) != post.network
        where = _("as {account} on {network}") if named else _("on {network}")
        said = where.format(account=account_word(post.source), network=network_word(post.network))
        return [(" " + said + (" · " + kept if kept else ""), "dim")]

    def notice(self, text: str, role: str = "notice") -> None:
        """Say something in the rule above the keys; the next key takes it away."""
        self._notice = (row_safe(text), role)
        self.paint_all()

    # -- keys --------------------------------------------------------------------------------------

    async def take(self, stroke: Stroke) -> None:
        """Take one key; the notice of the last one goes."""
        await self.ready()
        self._notice = None
        await super().take(stroke)
        if self.is_current:
            self.paint_all()

    async def type(self, stroke: Stroke) -> bool:
        """Let the number be typed."""
        if not self.count:
            return False
        if stroke.key == "backspace":
            self.typed = self.typed[:-1]
            return True
        digit = digits(stroke.character)
        if not (digit.isascii() and digit.isdecimal()):
            return False
        self.typed = (self.typed + digit)[: len(str(self.count))]
        return True

    async def do_play(self) -> None:
        """Decide it, once its number is typed; a refusal is shown here and nothing is done."""
        if self.option.missing and self.option.play.text:
            await self.do_play_edit()
            return
        if self.count and self.typed != str(self.count):
            self.typed = ""
            self.notice(_("Nothing was done: {n} is their number").format(n=self.count), "warn")
            return
        if self.option.refused:
            self.notice(say(self.option.refused), "warn")
            return
        play = self.option.play
        done = await self.desk.act(play, [play.anchor])
        if done.refused:
            await self.reload()
            self.notice(say(done.refused) + (f" · {say(done.hint)}" if done.hint else ""), "error")
            return
        called = SUBMITTED if done.submitted else SAID
        self.dismiss(Chosen(done=(done, _(called[play.answer]))))

    async def do_play_down(self) -> None:
        """Next answer."""
        await self._choose_by(1)

    async def do_play_up(self) -> None:
        """Previous answer."""
        await self._choose_by(-1)

    async def _choose_by(self, step: int) -> None:
        at = max(0, min(len(self.options) - 1, self.at + step))
        if at == self.at:
            self.notice(_("This is the end") if step > 0 else _("This is the top"), "dim")
        else:
            await self.choose(at)

    async def do_play_page_down(self) -> None:
        """Further down in the preview."""
        self._scroll(1)

    async def do_play_page_up(self) -> None:
        """Further up in the preview."""
        self._scroll(-1)

    def _scroll(self, pages: int) -> None:
        if not self.preview.scroll_lines(pages * max(1, self.preview.size.height - 1)):
            self.notice(_("This is the end") if pages > 0 else _("This is the top"), "dim")

    async def do_play_edit(self) -> None:
        """Change the texts; what is taken over is previewed here again."""
        if not self.option.play.text:
            self.notice(_("This answer has no text"), "dim")
            return
        self.desk_app.open_screen(
            editor := PlayTextsScreen(self.desk, self.option.play), lambda _r: self._edited(editor)
        )

    def _edited(self, editor: PlayTextsScreen) -> None:
        if editor.taken is not None:
            self.options[self.at] = structs.replace(self.option, play=editor.taken, missing=())
            self.run_worker(self.choose(self.at), group="show")

    async def do_play_language(self) -> None:
        """Offer the texts in the other language."""
        self.language = {"fr": "en", "en": "fr"}.get(self.language or language(), "fr")
        await self.reload()

    async def do_play_pin(self) -> None:
        """Pin the house comment, or not."""
        option = self.option
        if option.play.answer is not Answer.THREAD or not option.pin_where:
            self.notice(_("There is nothing to pin here"), "dim")
            return
        self.options[self.at] = structs.replace(option, play=structs.replace(option.play, pin=not option.play.pin))
        await self.choose(self.at)

    async def do_play_follow(self) -> None:
        """Let copies that come later follow, or not."""
        option = self.option
        if not option.play.close or not option.waves:
            self.notice(_("This answer closes no wave"), "dim")
            return
        play = structs.replace(option.play, follow=not option.play.follow)
        self.options[self.at] = structs.replace(option, play=play)
        await self.choose(self.at)

    async def do_show_dangers(self) -> None:
        """Show the suspected dangers under this post in the inbox."""
        if self.plays is None or not self.plays.dangers:
            self.notice(_("No suspected danger under this post"), "dim")
            return
        self.dismiss(Chosen(query=f'is:danger post:"{self.plays.post_id.replace(chr(34), "")}"'))

    async def do_play_back(self) -> None:
        """Back; nothing was done."""
        self.dismiss(None)

    async def do_cancel(self) -> None:
        """Ctrl-C goes back."""
        self.dismiss(None)
