"""The command line's door: finds the one command that was asked for and loads nothing else."""

import os
import sys


def main() -> int:
    """Run the command line of this process and return its exit code; never ends in a traceback."""
    argv = sys.argv[1:]
    try:
        code = _quick(argv)
        if code is None:
            from tui.cli._run import run

            code = run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `becalm list | head`: the reader has gone, and the interpreter must not complain while it shuts down
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    return code


def _quick(argv: list[str]) -> int | None:
    """Answer `becalm status` before anything is imported that it does not need; None for everything else."""
    if argv[:1] != ["status"]:
        return None
    from tui.cli.status import quick

    return quick(argv[1:])
