"""The log: what the engine says on its way, redacted, into a private file; a terminal hears of it only with -v."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from inbox.paths import make_private
from tui.cli._crash import redact

LOG_FILE = "becalm.log"
LARGEST = 1_000_000
"""Bytes of one log file; the one before is kept."""


class _Redacted(logging.Formatter):
    """Writes a record without what must not leave the machine."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _PrivateFile(RotatingFileHandler):
    """A rotating file that nobody else can read, from its first byte."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="replace")


def to_terminal(*, verbose: bool) -> None:
    """Say everything on stderr, or nothing at all: a log line must not land in the middle of a screen."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr) if verbose else logging.NullHandler()
    handler.setFormatter(_Redacted("%(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO if verbose else logging.WARNING)


def to_file(folder: Path) -> None:
    """Also write the log of a running engine beside its desk."""
    make_private(str(folder))
    handler = _PrivateFile(folder / LOG_FILE, maxBytes=LARGEST, backupCount=1, encoding="utf-8")
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold whole addresses
