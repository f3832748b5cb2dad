"""Prompt: the line typed after `:`, `/` or a question; takes keys one by one, so that type-ahead is never lost."""

from collections.abc import Callable, Sequence

from tui.widgets.paint import Line, row_safe

Completer = Callable[[str], Sequence[str]]

_CUTS: dict[str, Callable[[str, int], tuple[int, int]]] = {
    "backspace": lambda _text, at: (max(0, at - 1), at),
    "ctrl-h": lambda _text, at: (max(0, at - 1), at),
    "delete": lambda _text, at: (at, at + 1),
    "ctrl-u": lambda _text, at: (0, at),
    "ctrl-k": lambda text, at: (at, len(text)),
    "ctrl-w": lambda text, at: (len(text[:at].rstrip().rpartition(" ")[0]), at),
}
_MOVES: dict[str, Callable[[str, int], int]] = {
    "left": lambda _text, at: max(0, at - 1),
    "right": lambda text, at: min(len(text), at + 1),
    "home": lambda _text, _at: 0,
    "ctrl-a": lambda _text, _at: 0,
    "end": lambda text, _at: len(text),
    "ctrl-e": lambda text, _at: len(text),
}


class Prompt:
    """One line being edited.

    Attributes:
        label: what stands in front.
        text: what is typed.
        at: the caret's index.
        suggested: whether the text is only a suggestion, which the first thing typed replaces.
        about: what is being asked, in the line below, or "".
    """

    def __init__(
        self,
        label: str,
        text: str = "",
        complete: Completer | None = None,
        *,
        suggested: bool = False,
        about: str = "",
    ) -> None:
        """Start with a text, the caret behind it."""
        self.about = about
        self.suggested = suggested
        self.label = label
        self.text = text
        self.at = len(text)
        self._complete = complete
        self._offered: list[str] = []
        self._turn = 0

    def insert(self, text: str) -> None:
        """Put text at the caret; a paste becomes one harmless line."""
        if self.suggested:
            self.text, self.at, self.suggested = "", 0, False
        clean = text if len(text) == 1 and text.isprintable() else row_safe(text)
        self.text = self.text[: self.at] + clean + self.text[self.at :]
        self.at += len(clean)
        self._offered = []

    def take(self, key: str, character: str) -> bool:
        """Take one editing key; tell whether the text changed."""
        before = self.text
        if key == "tab":
            self._next_completion()
        elif key in _CUTS:
            self._cut(*_CUTS[key](self.text, self.at))
        elif key in _MOVES:
            self.at = _MOVES[key](self.text, self.at)
        elif character and character.isprintable():
            self.insert(character)
        self.suggested = False
        return self.text != before

    def _cut(self, start: int, stop: int) -> None:
        self.text = self.text[:start] + self.text[stop:]
        self.at = start
        self._offered = []

    def _next_completion(self) -> None:
        if not self._offered:
            self._offered = list(self.completions())
            self._turn = -1
        if self._offered:
            self._turn = (self._turn + 1) % len(self._offered)
            self.text = self._offered[self._turn]
            self.at = len(self.text)

    def completions(self) -> Sequence[str]:
        """Return what the text may become."""
        return self._offered or (self._complete(self.text) if self._complete else ())

    def below(self) -> Line:
        """Return what stands below: what the text may become, else what is being asked."""
        return [(" " + ("  ".join(self.completions()) or self.about), "dim")]

    def line(self) -> Line:
        """Return the line as shown, the caret as a bar."""
        return [
            (f" {self.label}", "key"),
            (self.text[: self.at], ""),
            ("▏", "cursor"),
            (self.text[self.at :], ""),
        ]
