"""The driver: what reaches the terminal is the latest frame, in few bytes."""

import io
import threading
from typing import Any

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from sitting import Room, seated
from textual.screen import Screen
from textual.strip import Strip

from tui.driver import BLANK, Encoder, Frame, FrameWriter, plain_text

WIDTH, HEIGHT = 24, 6
STYLES = [
    Style.null(),
    Style.parse("color(73)"),
    Style.parse("bold color(203)"),
    Style.parse("reverse"),
    Style.parse("underline"),
]
segments = st.lists(
    st.tuples(st.text(alphabet="ab ▌é漢🎉", min_size=1, max_size=8), st.sampled_from(STYLES)), max_size=4
)
frames = st.lists(segments, min_size=HEIGHT, max_size=HEIGHT)


def frame(lines: list[list[tuple[str, Style]]]) -> Frame:
    made = Frame(WIDTH, HEIGHT)
    for y, line in enumerate(lines):
        made.put(y, 0, Strip([Segment(text, style) for text, style in line]).adjust_cell_length(WIDTH))
    return made


def shown(screen: pyte.Screen) -> list[str]:
    lines = []
    for y in range(HEIGHT):
        text = "".join(screen.buffer[y][x].data for x in range(WIDTH))
        lines.append(text + " " * (WIDTH - cell_len(text)))
    return lines


@settings(max_examples=60)
@given(frames, frames)
def test_the_difference_turns_what_is_shown_into_what_should_be(
    old: list[list[tuple[str, Style]]], new: list[list[tuple[str, Style]]]
) -> None:
    before, after = frame(old), frame(new)
    screen = pyte.Screen(WIDTH, HEIGHT)
    screen.reset_mode(pyte.modes.DECAWM)
    stream = pyte.Stream(screen)
    encoder = Encoder(ColorSystem.EIGHT_BIT)
    stream.feed(encoder.encode([(BLANK,) * WIDTH] * HEIGHT, before.rows))
    stream.feed(encoder.encode(before.rows, after.rows))
    assert shown(screen) == plain_text(after.rows)


def test_moving_a_one_cell_marker_costs_a_few_dozen_bytes() -> None:
    style = Style.parse("color(73)")
    lines: list[list[tuple[str, Style]]] = [[("▌", style), ("a comment", Style.null())] for _ in range(2)]
    rest: list[list[tuple[str, Style]]] = [[(" ", Style.null()), ("a comment", Style.null())] for _ in range(2)]
    before, after = frame([*lines, *rest, [], []]), frame([*rest, *lines, [], []])
    data = Encoder(ColorSystem.EIGHT_BIT).encode(before.rows, after.rows)
    assert 0 < len(data.encode()) <= 48


def test_nothing_changed_sends_nothing() -> None:
    same = frame([[("a", Style.null())]] * HEIGHT)
    assert Encoder(None).encode(same.rows, same.rows) == ""


class Stalled(io.StringIO):
    """A terminal that takes nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.writing = threading.Event()
        self.go = threading.Event()
        self.writes: list[str] = []

    def write(self, data: str) -> int:
        self.writing.set()
        self.go.wait(10)
        self.writes.append(data)
        return len(data)


def test_a_stalled_terminal_gets_the_latest_frame_only() -> None:
    terminal = Stalled()
    writer = FrameWriter(terminal, None)
    writer.start()
    for number in range(50):
        writer.show(frame([[(f"frame {number}", Style.null())]] * HEIGHT).rows)
        if number == 0:
            terminal.writing.wait(10)
    terminal.go.set()
    writer.stop()
    assert len(terminal.writes) == 2
    assert "49" in terminal.writes[1]
    assert "48" not in terminal.writes[1]


async def test_a_frame_follows_the_screen_when_only_the_panes_beside_the_list_change(room: Room) -> None:
    room.arrive(*(f"comment number {n}" for n in range(30)))
    async with seated(room, size=(200, 50)) as seat:
        made = Frame(200, 50)
        shown_by = seat.app._display

        def watched(screen: Screen[Any], update: RenderableType | None) -> None:
            if update is not None:
                assert made.take(update)
            shown_by(screen, update)

        seat.app._display = watched  # type: ignore[method-assign,assignment]  # the very updates that the terminal's driver gets
        seat.app.screen.refresh(layout=True)
        await seat.press("G")
        seat.inbox.beside.show(None)
        await seat.settle()
        assert [line.rstrip() for line in plain_text(made.rows)] == seat.lines()
        await seat.press("k", "g")
        assert [line.rstrip() for line in plain_text(made.rows)] == seat.lines()
