"""Secrets by reference: an environment variable, a 0600 file or a command, never the configuration's own text."""

import os
import shlex
import stat
import subprocess
from pathlib import Path

from connectors._secret import Secret

COMMAND_TIMEOUT = 20.0
"""Seconds that a password manager may take to answer."""
MAX_LENGTH = 65_536
"""Bytes read of a secret; the longest tokens have a few thousand."""

_NAMED: set[str] = set()
"""The variables of this process's environment from which secrets were fetched."""


def environment() -> dict[str, str]:
    """Return this process's environment without those secrets, for programs that becalm starts for itself."""
    return {name: value for name, value in os.environ.items() if name not in _NAMED}


def files_of(config: object, folder: Path) -> frozenset[Path]:
    """Return every file that a configuration, as read from its text, names as one that holds a secret.

    Args:
        config: decoded TOML.
        folder: what a relative path starts from.
    """
    if isinstance(config, list):
        return frozenset().union(*(files_of(each, folder) for each in config))
    if not isinstance(config, dict):
        return frozenset()
    named = [config.get("session"), config["file"] if set(config) == {"file"} else None]
    found = frozenset((folder / Path(name).expanduser()).resolve() for name in named if isinstance(name, str))
    return found.union(*(files_of(each, folder) for each in config.values()))


class SecretError(Exception):
    """A secret cannot be had; the message says why and never holds any of it.

    Attributes:
        passing: whether the reference is sound and what it names may give a secret another time.
    """

    def __init__(self, message: str, *, passing: bool = True) -> None:
        """Keep both."""
        self.passing = passing
        super().__init__(message)


def resolve(reference: object, folder: Path) -> Secret:
    """Fetch a secret from where the configuration says it is.

    Args:
        reference: `{"env": NAME}`, `{"file": PATH}` or `{"command": [PROGRAM, ARGUMENT, ...]}`.
        folder: what a relative path starts from.

    Raises:
        SecretError: the reference is not one, or what it names gives no secret.
    """
    match reference:
        case Secret():
            return reference
        case {"env": str(name), **others} if not others:
            _NAMED.add(name)
            value = os.environ.get(name, "")
            origin = f"the environment variable {name}"
        case {"file": str(path), **others} if not others:
            value = _read(folder / Path(path).expanduser())
            origin = f"the file {path}"
        case {"command": [str(), *_] as command, **others} if not others and all(isinstance(c, str) for c in command):
            value = _run(command)
            origin = f"the command {shlex.join(command)}"
        case str():
            raise SecretError(
                'a secret is never written here: use { file = "..." }, { env = "..." } or { command = ["..."] }',
                passing=False,
            )
        case _:
            raise SecretError(
                'expected { file = "..." }, { env = "..." } or { command = ["...", "..."] }', passing=False
            )
    value = value.strip()
    if not value:
        raise SecretError(f"{origin} is empty or not set")
    if not value.isprintable():
        raise SecretError(f"{origin} gives more than one line, or control characters")
    return Secret(value)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())  # of what is open, so that nobody can swap it in between
            if not stat.S_ISREG(about.st_mode):
                raise SecretError(f"{path} is not a file")
            if about.st_mode & 0o077:
                raise SecretError(f"{path} can be read by others (mode {about.st_mode & 0o777:04o}): chmod 600 it")
            return file.read(MAX_LENGTH).decode()
    except OSError as error:
        raise SecretError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SecretError(f"{path} is not text") from None  # the error holds what it could not read


def _run(command: list[str]) -> str:
    name = shlex.join(command)
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own configuration names it, and no shell reads it
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_TIMEOUT,
            check=False,
            env=environment(),
        )
        value = done.stdout[:MAX_LENGTH].decode()
    except OSError as error:
        raise SecretError(f"{name} cannot be run: {error.strerror}") from error
    except subprocess.TimeoutExpired:
        raise SecretError(
            f"{name} gave no answer within {COMMAND_TIMEOUT:.0f} s"
        ) from None  # what came so far is in it
    except UnicodeDecodeError:
        raise SecretError(f"{name} gives something that is not text") from None  # the same
    if done.returncode:
        # its stderr is not repeated: a password manager may quote what it was given
        raise SecretError(f"{name} failed with exit code {done.returncode}")
    # like git and aerc, only the first line counts: password managers put notes below it
    return value.partition("\n")[0]
