"""Outside: a text in the operator's own editor; the terminal is its own meanwhile, and whatever it does nothing is lost."""

import asyncio
import os
import shlex
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from inbox.config_secrets import environment
from inbox.paths import make_private, state_folder, write_private
from tui.i18n import _
from tui.widgets.paint import safe

LONGEST = 1 << 20
"""Bytes of a text that an editor may give back."""
SIGNALLED = 128
"""Above it, a shell's exit code says that a signal ended what it ran."""
FALLBACKS = ("sensible-editor", "nano", "vi")
"""What is tried where nobody said which editor."""


class Edited(Struct, frozen=True):
    """What came back from an editor.

    Attributes:
        text: the text as it stands now; the old one where nothing sound came back.
        trouble: what went wrong, in the interface's language, or "".
    """

    text: str
    trouble: str = ""


def editor() -> list[str]:
    """Return the operator's editor as a command: $VISUAL, $EDITOR, else one that is there; empty when none is."""
    for name in ("VISUAL", "EDITOR"):
        with suppress(ValueError):
            if words := shlex.split(os.environ.get(name, "")):
                return words
    return next(([found] for name in FALLBACKS if (found := shutil.which(name))), [])


def folder() -> Path:
    """Return where texts lie while an editor has them."""
    return Path(make_private(str(Path(state_folder()) / "editing")))


def name_of(*place: str) -> str:
    """Name the file of one text, the same in every session, telling nothing of whom it answers."""
    return sha256("\0".join(place).encode()).hexdigest()[:16]


def rescued(name: str) -> str:
    """Return what an editor had written when its desk ended without reading it, and forget it; "" when there is nothing."""
    found = ""
    lying = Path(state_folder()) / "editing"
    for path in sorted(lying.glob(f"{name}.*.txt")):
        if _is_alive(path.name.split(".")[1]):
            continue
        text, trouble = _read(path)
        if not trouble and text.strip():
            found = text
            path.unlink(missing_ok=True)
    return found


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


async def edit(text: str, name: str, suspend: Callable[[], AbstractContextManager[None]]) -> Edited:
    """Let the operator's editor change a text.

    Args:
        text: as it stands.
        name: see `name_of`.
        suspend: gives the terminal away while its block lasts.
    """
    command = editor()
    if not command:
        return Edited(text, _("there is no editor: set EDITOR"))
    path = folder() / f"{name}.{os.getpid()}.txt"
    write_private(str(path), (text + "\n").encode("utf-8", "replace"))
    try:
        with suspend(), _keys_for_the_editor():
            code = await _run([*command, str(path)])
    except OSError as error:
        path.unlink(missing_ok=True)
        words = _("the editor {name} cannot be started: {why}")
        return Edited(text, words.format(name=command[0], why=error.strerror or type(error).__name__))
    edited = _result(text, path, code)
    with suppress(OSError):  # other texts may lie there
        path.parent.rmdir()
    return edited


def _result(before: str, path: Path, code: int) -> Edited:
    after, trouble = _read(path)
    if trouble:
        return Edited(before, trouble)
    if not after.strip() and before.strip():
        path.unlink(missing_ok=True)
        return Edited(before, _("the editor gave nothing back: the text is as it was"))
    killed = code < 0 or code > SIGNALLED
    if code and not killed and after != before:  # a deliberate "no" (:cq); what was written stays within reach
        return Edited(
            before,
            _("the editor ended with {code}: the text is as it was, the other one is in {path}").format(
                code=code, path=path
            ),
        )
    path.unlink(missing_ok=True)
    return Edited(after, _("the editor was ended: this is what it had written") if killed else "")


def _read(path: Path) -> tuple[str, str]:
    """Return the text of a file, or why it is none; a file that is no text stays where it is."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig") if len(data) <= LONGEST else "\0"
    except OSError:
        return "", _("the editor left no file: the text is as it was")
    except ValueError:
        text = "\0"
    if "\0" in text:
        return "", _("what the editor gave back is no text: the text is as it was, the file is {path}").format(
            path=path
        )
    return safe(text.replace("\r\n", "\n")).removesuffix("\n"), ""


async def _run(command: list[str]) -> int:
    """Run a program on the terminal until it ends; it ends with us if we must."""
    process = await asyncio.create_subprocess_exec(*command, env=environment())
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


@contextmanager
def _keys_for_the_editor() -> Iterator[None]:
    """Let Ctrl-C be the editor's: the terminal sends it to us as well."""
    try:
        before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    except ValueError:  # not in the main thread: somebody else owns the signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
