"""StoreError and its tree: everything that can go wrong between the inbox and its disk, in our words.

StoreError
├── HeldError       another process owns the folder; `holder` says who
├── FullError       the disk is full; free some space and go on, nothing was changed
├── FailedError     the disk refused to confirm a write; close, reopen, replay
├── DamagedError    acknowledged data is damaged; `path` and `offset` say where, salvage helps
├── FormatError     written by a newer becalm
└── FolderError     this folder cannot be trusted to hold a journal
"""

from pathlib import Path

from inbox.holder import Holder


class StoreError(Exception):
    """Base of every error of the storage rooms.

    Attributes:
        message: what happened and where.
        hint: what the operator can do about it.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep `message` and `hint`."""
        self.message = message
        self.hint = hint
        super().__init__(f"{message} ({hint})" if hint else message)


class HeldError(StoreError):
    """Another process owns the folder.

    Attributes:
        holder: who owns it, as far as its lock file tells.
    """

    def __init__(self, folder: Path, holder: Holder) -> None:
        """Name the folder and its holder."""
        self.holder = holder
        super().__init__(f"{folder} is in use by {holder}", hint="one process owns a desk at a time; others look on")


class FullError(StoreError):
    """The disk, a quota or a file-size limit left no room; nothing was changed and later appends may succeed."""


class FailedError(StoreError):
    """The disk refused to confirm a write: what it holds is known only after closing, reopening and replaying."""


class FormatError(StoreError):
    """The folder was written by a newer becalm."""


class FolderError(StoreError):
    """The folder lies where neither locks nor durable writes can be trusted, or cannot be used at all."""


class DamagedError(StoreError):
    """Data that had been acknowledged is damaged.

    Attributes:
        path: the damaged file.
        offset: byte offset of the damage in `path`.
    """

    def __init__(self, path: Path, offset: int, what: str) -> None:
        """Name the place and what is wrong there."""
        self.path = path
        self.offset = offset
        super().__init__(
            f"{path}, byte {offset}: {what}",
            hint=f"run: becalm salvage {path.parent} NEW-FOLDER, which copies every readable record",
        )
