"""Driver: the latest frame wins; only cells that differ from what the terminal has are sent, and never from stale frames."""

import sys
import threading
from collections import deque
from collections.abc import Sequence
from io import TextIOWrapper
from typing import IO, Any

from rich.cells import cell_len, split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.strip import Strip

Cell = tuple[str, Style]
"""One cell: its character ("" behind a wide one) and its style."""
Row = tuple[Cell, ...]

_PLAIN = Style.null()
BLANK: Cell = (" ", _PLAIN)
SYNC_FROM = 600
"""Bytes from which a frame is bracketed as one synchronised update; below, the brackets would outweigh it."""
GAP = 4
"""Unchanged cells worth sending again rather than moving the cursor past them."""


def cells_of(segments: Sequence[Segment]) -> list[Cell]:
    """Spread segments over cells."""
    cells: list[Cell] = []
    for text, chosen, control in segments:
        if control:
            continue
        style = chosen or _PLAIN
        if text.isascii():
            cells.extend((char, style) for char in text)
            continue
        for start, stop, size in split_graphemes(text)[0]:
            if size:
                cells.append((text[start:stop], style))
                cells.extend([("", style)] * (size - 1))
            elif cells:  # a mark alone belongs to the cell before it
                at = max(i for i, (char, _style) in enumerate(cells) if char)
                cells[at] = (cells[at][0] + text[start:stop], cells[at][1])
    return cells


class Frame:
    """What the screen should look like: rows of cells, replaced whole, so that a copy of the list is a snapshot."""

    def __init__(self, width: int, height: int) -> None:
        """Start blank."""
        self.width = width
        self.height = height
        self.rows: list[Row] = [(BLANK,) * width] * height

    def put(self, y: int, x: int, strip: Strip) -> None:
        """Put a strip at a place."""
        if not 0 <= y < self.height:
            return
        cells = cells_of(list(strip))[: max(0, self.width - x)]
        if x == 0 and len(cells) == self.width:
            self.rows[y] = tuple(cells)
            return
        row = list(self.rows[y])
        row[x : x + len(cells)] = cells
        self.rows[y] = tuple(row)

    def take(self, update: object) -> bool:
        """Fold one of the compositor's updates in; tell whether it was one we know."""
        if isinstance(update, LayoutUpdate):
            x, y = update.region.offset
            for number, line in enumerate(update.strips):
                self.put(y + number, x, Strip.join(line))
        elif isinstance(update, ChopsUpdate):
            for y, first, last in update.spans:
                for x, chop in update.chops[y].items():
                    # outside its spans an update holds what lies behind the widgets, not what they show
                    if chop is not None and x < last and x + chop.cell_length > first:
                        self.put(y, x, chop)
        else:
            return False
        return True


class Encoder:
    """Turns the difference of two frames into as few bytes as it can."""

    def __init__(self, color_system: ColorSystem | None) -> None:
        """Encode for a terminal with these colours; None has none."""
        self._system = color_system
        self._codes: dict[Style, str] = {}
        self._style = _PLAIN
        self._out: list[str] = []

    def encode(self, old: Sequence[Row], new: Sequence[Row]) -> str:
        """Return the bytes that turn `old` into `new`; "" when nothing differs."""
        self._out = []
        at: tuple[int, int] | None = None
        for y, row in enumerate(new):
            before = old[y]
            if row is before or row == before:
                continue
            for start, stop in _runs(before, row):
                self._move(at, y, start)
                at = self._cells(row, y, start, stop)
        if self._style != _PLAIN:
            self._switch(_PLAIN)
        return "".join(self._out)

    def _move(self, at: tuple[int, int] | None, y: int, x: int) -> None:
        if at == (y, x):
            return
        if at is not None and x == 0 and at[0] + 1 == y:
            self._out.append("\r\n")
        elif at is not None and at[0] == y and x > at[1]:
            self._out.append(f"\x1b[{x - at[1]}C")
        else:
            self._out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")

    def _cells(self, row: Row, y: int, start: int, stop: int) -> tuple[int, int] | None:
        """Write cells; returns where that leaves the cursor, None where nobody knows."""
        doubt = False
        for x in range(start, stop):
            char, style = row[x]
            if not char:
                continue
            if doubt:  # terminals disagree on the width of joined characters: say again where we are
                self._out.append(f"\x1b[{y + 1};{x + 1}H")
            if style is not self._style and not (char == " " and _unseen(style) and _unseen(self._style)):
                self._switch(style)
            self._out.append(char)
            doubt = len(char) > 1
        return (y, stop) if stop < len(row) and not doubt else None

    def _switch(self, style: Style) -> None:
        wanted, current = self._code(style), self._code(self._style)
        self._style = style
        if wanted != current:
            self._out.append("\x1b[m" if not wanted else f"\x1b[{'0;' if current else ''}{wanted}m")

    def _code(self, style: Style) -> str:
        code = self._codes.get(style)
        if code is None:
            code = self._codes[style] = sgr(style, self._system)
        return code


def _unseen(style: Style) -> bool:
    """Whether a blank in this style looks like any other blank."""
    background = style.bgcolor
    plain = background is None or background.is_default
    return plain and not (style.reverse or style.underline or style.strike)


def _runs(old: Row, new: Row) -> list[tuple[int, int]]:
    """List the stretches of cells that differ, near ones joined, wide characters whole."""
    runs: list[tuple[int, int]] = []
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after or (before[0] == after[0] == " " and _unseen(before[1]) and _unseen(after[1])):
            continue
        if runs and x - runs[-1][1] <= GAP:
            runs[-1] = (runs[-1][0], x + 1)
        else:
            runs.append((x, x + 1))
    return [_whole(new, start, stop) for start, stop in runs]


def _whole(row: Row, start: int, stop: int) -> tuple[int, int]:
    while start and not row[start][0]:
        start -= 1
    while stop < len(row) and not row[stop][0]:
        stop += 1
    return start, stop


def sgr(style: Style, system: ColorSystem | None) -> str:
    """Return the parameters that select a style after a reset; "" for a plain one."""
    codes = [
        number
        for wanted, number in (
            (style.bold, "1"),
            (style.dim, "2"),
            (style.italic, "3"),
            (style.underline, "4"),
            (style.reverse, "7"),
            (style.strike, "9"),
        )
        if wanted
    ]
    if system is not None:
        for color, foreground in ((style.color, True), (style.bgcolor, False)):
            if color is not None and not color.is_default:
                codes.extend(color.downgrade(system).get_ansi_codes(foreground=foreground))
    return ";".join(codes)


class FrameWriter(threading.Thread):
    """Writes to the terminal in its own thread; while the terminal is stalled, newer frames replace older ones."""

    def __init__(self, file: IO[str], color_system: ColorSystem | None) -> None:
        """Start with an unknown screen."""
        super().__init__(daemon=True, name="becalm-output")
        self._file = file
        self._encoder = Encoder(color_system)
        self._wake = threading.Condition()
        self._controls: deque[str] = deque()
        self._frame: list[Row] | None = None
        self._sent: list[Row] | None = None
        self._stopping = False
        self.sync = False

    def control(self, data: str) -> None:
        """Queue a control sequence; these are few, short and never dropped."""
        with self._wake:
            self._controls.append(data)
            self._wake.notify()

    def show(self, rows: list[Row]) -> None:
        """Replace the frame to be shown."""
        with self._wake:
            self._frame = rows
            self._wake.notify()

    def forget(self) -> None:
        """Send everything again: nobody knows what the terminal shows."""
        with self._wake:
            self._sent = None
            self._wake.notify()

    def stop(self) -> None:
        """Write what is queued and end; a terminal that takes nothing is not waited for longer than two seconds."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self.join(timeout=2)

    def run(self) -> None:
        """Write until stopped; a terminal that went away ends it quietly."""
        try:
            while self._step():
                pass
        except (OSError, ValueError):
            return

    def _step(self) -> bool:
        with self._wake:
            while not (self._controls or self._frame is not None or self._stopping):
                self._wake.wait()
            controls = "".join(self._controls)
            self._controls.clear()
            frame, self._frame = self._frame, None
            sent = self._sent
            if frame is not None:
                self._sent = frame
            stopping = self._stopping
        data = controls + (self._changes(sent, frame) if frame is not None else "")
        if data:
            self._file.write(data)
            self._file.flush()
        return not (stopping and not self._controls)

    def _changes(self, sent: list[Row] | None, frame: list[Row]) -> str:
        clear = ""
        if sent is None or len(sent) != len(frame) or len(sent[0]) != len(frame[0]):
            clear = "\x1b[m\x1b[2J"
            sent = [(BLANK,) * len(frame[0])] * len(frame)
        data = clear + self._encoder.encode(sent, frame)
        return f"\x1b[?2026h{data}\x1b[?2026l" if self.sync and len(data) >= SYNC_FROM else data


def _terminal() -> TextIOWrapper | None:
    """Open the terminal that standard output is, whatever standard error is; a sign it cannot show never ends the screen."""
    stdout = sys.__stdout__
    if stdout is None or not stdout.isatty():
        return None
    return open(stdout.fileno(), "w", encoding=stdout.encoding, errors="replace", newline="", closefd=False)


class BecalmDriver(LinuxDriver):
    """Textual's terminal driver with a writer that drops stale frames, and writes where standard output is."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Keep Textual's set-up; only writing differs."""
        super().__init__(app, **options)
        self._file = _terminal() or self._file
        self._frames: FrameWriter | None = None
        self._frame: Frame | None = None

    def _colors(self) -> ColorSystem | None:
        return self._app.console._color_system  # noqa: SLF001 - rich names it only as a word in public

    def start_application_mode(self) -> None:
        """Start our writer, then let Textual set the terminal up through it."""
        assert self._file is not None
        self._frames = FrameWriter(self._file, self._colors())
        self._frame = None
        self._frames.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it untyped

    def write(self, data: str) -> None:
        """Queue a control sequence."""
        if self._frames is not None:
            self._frames.control(data)

    def show(self, update: object, size: tuple[int, int]) -> bool:
        """Take one of the compositor's updates; tell whether it was one we know."""
        if self._frame is None or (self._frame.width, self._frame.height) != size:
            self._frame = Frame(*size)
        if not self._frame.take(update):
            return False
        if self._frames is not None:
            self._frames.show(list(self._frame.rows))
        return True

    def redraw(self) -> None:
        """Send the whole screen again with the next frame."""
        if self._frames is not None and self._frame is not None:
            self._frames.forget()
            self._frames.show(list(self._frame.rows))

    def set_sync(self, *, available: bool) -> None:
        """Say whether the terminal understands synchronised updates."""
        if self._frames is not None:
            self._frames.sync = available

    def close(self) -> None:
        """Stop both writers."""
        super().close()
        if self._frames is not None:
            self._frames.stop()


def plain_text(rows: Sequence[Row]) -> list[str]:
    """Return the characters of a frame, a line a row."""
    return ["".join(char for char, _style in row) for row in rows]


def fits(row: Row) -> bool:
    """Whether a row's characters take as many cells as it has; a law the encoder rests on."""
    return sum(cell_len(char) for char, _style in row) == len(row)
