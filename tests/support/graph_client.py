"""Meta's own Python client in an interpreter of its own, installed on first use; where that fails, `Missing` says why."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

CLIENT = "facebook_business==26.0.3"
"""In a place of its own: it would bring a second HTTP library and twenty packages into our locks."""
DRIVER = Path(__file__).with_name("graph_driver.py")
INSTALLING = 300.0
"""Seconds granted to the installer; it takes forty."""


class Missing(Exception):  # noqa: N818 (it is no error of the code under test)
    """The client cannot be installed here; the message says why."""


@cache
def interpreter() -> Path:
    """Return an interpreter that has the client.

    Raises:
        Missing: it cannot be installed.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    kept = os.environ.get("BECALM_GRAPH_CLIENT_HOME")
    home = Path(kept) if kept else user_cache_path("becalm") / f"graph-client-{CLIENT.partition('==')[2]}-{version}"
    python = home / "bin/python"
    if not (home / "complete").exists():
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", CLIENT)
        (home / "complete").touch()
    return python


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALLING, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"Meta's client cannot be installed: {type(error).__name__}") from None
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
        raise Missing(f"Meta's client ({CLIENT}) cannot be installed: {last[:300]}")


def drive(what: str, told: str) -> Any:
    """Run the driver with `told` on its stdin, and return what it says."""
    env = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
    command = [str(interpreter()), str(DRIVER), what]
    done = subprocess.run(command, input=told, capture_output=True, text=True, timeout=60, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
