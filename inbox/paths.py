"""Where configuration, state and cache live: under BECALM_HOME, or where XDG says, for their owner's eyes only."""

import os

DEFAULT_DESK = "main"
"""The desk that is meant when no name is given."""
_DESK_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def _base(variable: str, *fallback: str) -> str:
    """Return becalm's folder below an XDG base; relative values are ignored, as XDG asks."""
    chosen = os.environ.get(variable, "")
    if not os.path.isabs(chosen):
        chosen = os.path.join(os.path.expanduser("~"), *fallback)
    return os.path.join(chosen, "becalm")


def _home() -> str:
    home = os.environ.get("BECALM_HOME", "")
    return os.path.abspath(os.path.expanduser(home)) if home else ""


def config_folder() -> str:
    """Return the folder of config.toml, the house's facts, templates and secret files."""
    return _home() or _base("XDG_CONFIG_HOME", ".config")


def config_file() -> str:
    """Return the path of the configuration file, whether it exists or not."""
    return os.path.join(config_folder(), "config.toml")


def secrets_folder() -> str:
    """Return the folder where `becalm connect` keeps one file a secret."""
    return os.path.join(config_folder(), "secrets")


def state_folder() -> str:
    """Return the folder of everything that must survive: desks and crash reports."""
    return _home() or _base("XDG_STATE_HOME", ".local", "state")


def cache_folder() -> str:
    """Return the folder of what may be deleted at any time."""
    home = _home()
    return os.path.join(home, "cache") if home else _base("XDG_CACHE_HOME", ".cache")


def crash_folder() -> str:
    """Return the folder of crash reports."""
    return os.path.join(state_folder(), "crashes")


def is_desk_name(name: str) -> bool:
    """Whether `name` can be a desk's: letters, digits, "-" and "_", so that it is one folder and nothing else."""
    return 0 < len(name) <= 64 and _DESK_CHARACTERS.issuperset(name)


def desk_folder(name: str = DEFAULT_DESK) -> str:
    """Return a desk's folder: its lock, journal and status file.

    Raises:
        ValueError: the name is not one a desk can have.
    """
    if not is_desk_name(name):
        raise ValueError(f"not a desk's name: {name!r}")
    return os.path.join(state_folder(), "desks", name)


def make_private(folder: str) -> str:
    """Make a folder and its missing parents, 0700, and return it; tightens one that others could read.

    Raises:
        OSError: it cannot be made.
    """
    if not os.path.isdir(folder):
        parent = os.path.dirname(folder)
        if not os.path.isdir(parent):
            make_private(parent)
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:  # somebody else was faster
            if not os.path.isdir(folder):
                raise
    elif os.stat(folder).st_mode & 0o077 and os.stat(folder).st_uid == os.geteuid():
        os.chmod(folder, 0o700)
    return folder


def write_private(path: str, data: bytes, *, durable: bool = True) -> None:
    """Replace a file in one step, 0600: a reader sees the old one or the new one, never a part.

    Args:
        path: the file.
        data: all of its new content.
        durable: wait until it would survive a power cut; a status file need not.

    Raises:
        OSError: it cannot be written; the old file is untouched.
    """
    # a name of one's own: two processes that write at once must not share a half-written file
    temporary = f"{path}.{os.getpid()}-{os.urandom(4).hex()}.new"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    if durable:
        folder = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
