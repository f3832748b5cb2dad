"""Crash reports: what went wrong goes into a private file, redacted, and only its path to the terminal."""

import os
import platform
import re
import sys
import traceback
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from inbox.paths import crash_folder, make_private, write_private
from tui.i18n import _

# whatever looks like a credential, and whatever follows a word that announces one
_ANNOUNCED = re.compile(
    r"(?i)\b(bearer|token|secret|password|authorization|api[_-]?key|code)(['\"]?\s*[:=]?\s+|['\"]?[:=]['\"]?)\S+"
)
_OPAQUE = re.compile(r"(?<![\w/.])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+=-]{24,}(?![\w/.])")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def redact(text: str) -> str:
    """Take out what must not leave the machine by being pasted into a report: secrets, addresses, the home folder."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    text = _ANNOUNCED.sub(r"\1 …", text)
    text = _ADDRESS.sub("…@…", text)
    return _OPAQUE.sub("…", text)


def versions() -> str:
    """Name what runs: becalm, Python, the system and the libraries that matter."""
    found = []
    for name in ("becalm", "textual", "httpx", "tinydb", "msgspec"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} missing")
    try:
        found.append("scoring compiled" if find_spec("scoring._kernel") else "scoring in Python")
    except Exception as error:  # noqa: BLE001 - whatever broke may be what scoring stands on
        found.append(f"scoring not there: {type(error).__name__}")
    return ", ".join([*found, f"Python {platform.python_version()}", platform.platform(terse=True)])


def report(error: BaseException) -> str:
    """Write the report and return what to tell the operator about it."""
    now = datetime.now(UTC)
    trace = "".join(traceback.format_exception(error))
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    text = f"{now.isoformat(timespec='seconds')}\nbecalm {command}\n{versions()}\n\n{redact(trace)}"
    apology = _("becalm: this is a fault of becalm, not yours; what was acknowledged is safe.")
    try:
        path = Path(make_private(crash_folder()), f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt")
        write_private(str(path), text.encode("utf-8", "replace"))
    except OSError:  # no disk to write to: the operator gets the report itself
        return f"{apology}\n{text}"
    return (
        apology
        + "\n"
        + _("The report is in {path}; secrets and addresses are taken out, read it before you send it.").format(
            path=path
        )
    )
