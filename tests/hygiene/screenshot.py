"""Makes docs/screenshot.svg from the running demo: starts it in a terminal of its own, reads the screen, draws it."""

import os
import sys
import time
from itertools import groupby
from pathlib import Path

import pexpect
import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 110, 32
DEMO = ["demo", "--seed", "3", "--comments", "330", "--speed", "1"]
KEYS = "jjjj"
SETTLING = 2.0
"""Seconds after the last key in which the screen comes to rest."""

# rich's own frame, without the web font it would ask the network for
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def run_demo() -> pyte.Screen:
    """Play the demo until its screen has settled."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    env = os.environ | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "BECALM_OPERATOR": "marta",
        "LANG": "C.UTF-8",
    }
    becalm = str(Path(sys.executable).with_name("becalm"))
    child = pexpect.spawn(becalm, DEMO, env=env, dimensions=(HEIGHT, WIDTH), encoding="utf-8", timeout=30)
    _feed(child, stream, SETTLING * 3)
    for key in KEYS:
        child.send(key)
        _feed(child, stream, 0.2)
    _feed(child, stream, SETTLING)
    lines = [list(row.values()) for row in screen.buffer.values()]
    child.send("q")
    child.close(force=True)
    assert any(char.data.strip() for row in lines for char in row), "the demo drew nothing"
    return screen


def _feed(child: "pexpect.spawn[str]", stream: pyte.Stream, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            stream.feed(child.read_nonblocking(65_536, timeout=left))
        except pexpect.TIMEOUT:
            return


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    return f"#{name}" if len(name) == 6 else {"brown": "yellow"}.get(name, name)


def _style(char: pyte.screens.Char) -> Style:
    return Style(
        color=_colour(char.fg), bgcolor=_colour(char.bg), bold=char.bold, reverse=char.reverse, italic=char.italics
    )


def draw(screen: pyte.Screen) -> str:
    """Turn a terminal's cells into an SVG."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, color_system="truecolor")
        for y in range(HEIGHT):
            line = Text(no_wrap=True, end="")
            for style, chars in groupby((screen.buffer[y][x] for x in range(WIDTH)), key=_style):
                line.append("".join(char.data for char in chars), style)
            console.print(line, soft_wrap=True)
        return console.export_svg(title="becalm demo", code_format=FRAME, unique_id="becalm")


if __name__ == "__main__":
    (ROOT / "docs/screenshot.svg").write_text(draw(run_demo()), encoding="utf-8")
