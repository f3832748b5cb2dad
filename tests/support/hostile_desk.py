"""A desk full of hostile comments in a real terminal: `python hostile_desk.py FOLDER`; texts bypass the boundary."""

import sys
from pathlib import Path

from builders import comment, seen
from msgspec import structs
from sitting import CALM, Room

from connectors._text import SafeText
from tui.app import run
from tui.settings import Settings

HOSTILE = (
    "\x1b]52;c;ZXZpbA==\x07 osc \x1b[2J\x1b[1;1Hclear \x9b31m c1 \x90dcs\x9c \x85",
    "\u202eright to left\u202c \u200bzero\u200d \u2066isolate\u2069 \ufeff \U000e0041tag",
    "[red]markup[/red] [@click=app.bell]click[/] [/foo] \x00nul \x08\x08back \x7fdel",
    "👩‍👩‍👧‍👦 1️⃣ 🇫🇷 👍🏽 ❤️ z̷̢̛̺͙̖̪͓͔̠̎̄̈́̿̑̓͛̕a",
)


def main(folder: str) -> int:
    """Show the comments until somebody leaves."""
    room = Room(Path(folder))
    comments = []
    for text in HOSTILE:
        plain = comment("x")
        author = structs.replace(plain.author, name=SafeText(text[:30]), handle=SafeText(text))
        comments.append(structs.replace(plain, text=SafeText(text), author=author))
    room.ledger.record([seen(*comments, assessments=(CALM,) * len(comments))])
    return run(room.sit(), Settings(language="en", now=lambda: room.now))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
