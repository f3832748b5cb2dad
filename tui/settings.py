"""Settings: what a person may choose about the interface; read by whoever starts it, imports no terminal library."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct, field

PALETTES = ("auto", "dark", "light", "ansi", "mono")


def utc_now() -> datetime:
    """Return the time of day, aware."""
    return datetime.now(UTC)


class Settings(Struct, frozen=True, kw_only=True):
    """Choices about the interface.

    Attributes:
        language: "fr", "en", or None for what the environment says.
        low_bandwidth: 16 colours, details on request only, counters once in five seconds.
        observer: look, but change nothing.
        palette: one of PALETTES.
        bell: whether what cannot wait rings the terminal.
        keys: {command: key or keys} in place of the shipped ones.
        keys_file: where `keys` was read, for error messages.
        now: the clock.
    """

    language: str | None = None
    low_bandwidth: bool = False
    observer: bool = False
    palette: str = "auto"
    bell: bool = True
    keys: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    keys_file: str = ""
    now: Callable[[], datetime] = utc_now
