"""Editor: a text of several lines; takes keys one by one, so that what was typed ahead is in it before it is sent."""

import re

from rich.text import Text
from textual.widgets import TextArea

from tui.themes import Theme
from tui.widgets.paint import safe

PLACEHOLDER = re.compile(r"\$\{?[A-Za-z_]\w*\}?")


class Editor(TextArea):
    """Textual's text area without colours of its own; placeholders that are still empty are marked."""

    DEFAULT_CSS = """
    Editor, Editor:focus {
        border: none; padding: 0 2; height: 1fr;
        background: ansi_default; color: ansi_default; scrollbar-size: 0 0;
    }
    Editor .text-area--cursor-line { background: ansi_default; }
    Editor .text-area--cursor { text-style: reverse; color: ansi_default; background: ansi_default; }
    """

    def __init__(self, theme: Theme) -> None:
        """Start empty, without a caret."""
        super().__init__("", theme="css", soft_wrap=True, highlight_cursor_line=False, show_cursor=False)
        self.cursor_blink = False
        self.can_focus = False
        self._mark = theme["select"]
        self._actions = {
            "backspace": self.action_delete_left,
            "ctrl-h": self.action_delete_left,
            "delete": self.action_delete_right,
            "ctrl-w": self.action_delete_word_left,
            "ctrl-u": self.action_delete_to_start_of_line,
            "ctrl-k": self.action_delete_to_end_of_line,
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "home": self.action_cursor_line_start,
            "end": self.action_cursor_line_end,
            "ctrl-a": self.action_cursor_line_start,
            "ctrl-e": self.action_cursor_line_end,
            "ctrl-left": self.action_cursor_word_left,
            "ctrl-right": self.action_cursor_word_right,
            "pageup": self.action_cursor_page_up,
            "pagedown": self.action_cursor_page_down,
            "ctrl-y": self.action_redo,
            "ctrl-_": self.action_undo,
        }

    def take(self, key: str, character: str) -> bool:
        """Take one key; tell whether it meant anything here."""
        if character and character.isprintable():
            self.insert(character)
        elif key == "enter":
            self.insert("\n")
        elif key in self._actions:
            self._actions[key]()
        else:
            return False
        return True

    def paste(self, text: str) -> None:
        """Insert a pasted text, made harmless."""
        self.insert(safe(text))

    def write(self, text: str) -> None:
        """Replace the whole text."""
        self.load_text(text)

    def set_caret(self, *, on: bool) -> None:
        """Show the caret at the first empty placeholder, else at the end; or hide it."""
        self.show_cursor = on
        if on:
            self.move_cursor(self._first_gap() or self.document.end)
        self.refresh()

    def _first_gap(self) -> tuple[int, int] | None:
        for number, line in enumerate(self.document.lines):
            found = PLACEHOLDER.search(line)
            if found is not None and found[0].strip("${}") != "link":
                return number, found.start()
        return None

    def get_line(self, line_index: int) -> Text:
        """Return one line for painting, its placeholders marked."""
        line = super().get_line(line_index)
        line.highlight_regex(PLACEHOLDER.pattern, self._mark)
        return line


def gaps(text: str, *, link: bool = False) -> list[str]:
    """List the placeholders of a text that nobody filled; `$link` is filled by the outbox where `link` allows it."""
    found = [match.strip("${}") for match in PLACEHOLDER.findall(text)]
    return [name for name in dict.fromkeys(found) if not (link and name == "link")]
