"""Clipboard: a text on its way to the operator's own one, by the terminal's escape sequence, through tmux and screen too."""

import os
import subprocess
from base64 import b64encode
from collections.abc import Callable, Mapping

_NONE = frozenset({"linux", "dumb"})
"""Terminals without a clipboard; the Linux console would print what is meant for it."""
_PIECE = 250
"""Bytes in one string that screen passes on; it gives up at 256 in its older versions."""
_NEEDED = ("PATH", "TMUX", "TMUX_PANE", "TMUX_TMPDIR", "TERM", "LANG", "LC_ALL", "LC_CTYPE")
"""What tmux is told of our environment: there are secrets in the rest."""
_PATIENCE = 2.0
"""Seconds that tmux has: it answers from this machine."""


def put(text: str, write: Callable[[str], object], env: Mapping[str, str] | None = None) -> bool:
    """Put a text on the clipboard of whoever sits there; works over SSH.

    tmux is handed the text itself: it passes the sequence on only where it was told to, by default nowhere.
    Sources: xterm's ctlseqs (OSC 52); tmux(1), set-clipboard, allow-passthrough and load-buffer -w (3.2 and later).

    Args:
        text: what to copy.
        write: what writes to the terminal.
        env: the environment; our own where nothing is said.

    Returns:
        Whether the terminal may have a clipboard.
    """
    env = os.environ if env is None else env
    term = env.get("TERM", "")
    if term in _NONE:
        return False
    if not (env.get("TMUX") and _tmux_took(text, env)):
        write(sequence(text, env))
    return True


def sequence(text: str, env: Mapping[str, str]) -> str:
    """Return what a terminal reads as a new clipboard, wrapped for what stands between it and us."""
    bare = f"\x1b]52;c;{b64encode(text.encode()).decode()}\a"
    doubled = bare.replace("\x1b", "\x1b\x1b")
    through = f"\x1bPtmux;{doubled}\x1b\\"
    if env.get("TMUX"):
        return through
    if env.get("STY"):
        return "".join(f"\x1bP{bare[at : at + _PIECE]}\x1b\\" for at in range(0, len(bare), _PIECE))
    return bare + through if env.get("TERM", "").startswith("tmux") else bare  # tmux at the other end of SSH


def _tmux_took(text: str, env: Mapping[str, str]) -> bool:
    """Hand the text to tmux, which keeps it to be pasted and sets the clipboard of the terminal around it."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607 (the one of whoever runs it, wherever they keep it)
            input=text.encode(),
            env={name: env[name] for name in _NEEDED if name in env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
