"""The installed `becalm`, run as its users run it: a process of its own, a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
BECALM = Path(sys.executable).with_name("becalm")


@dataclass
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects of stdout, one a line."""
        return [json.loads(line) for line in self.lines]


@dataclass
class Home:
    """An empty home in which commands are run.

    Attributes:
        path: its folder; BECALM_HOME is `path / "becalm"`.
        env: what the environment holds besides.
    """

    path: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def becalm(self) -> Path:
        """Where configuration and state live."""
        return self.path / "becalm"

    def environment(self, **more: str) -> dict[str, str]:
        """Return a whole environment: nothing of the machine's own gets in but what a program needs to run."""
        base = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "BECALM_HOME": str(self.becalm),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        chosen = base | self.env | more
        return {name: value for name, value in chosen.items() if value != "-"}

    def run(self, *words: str, stdin: str | bytes = b"", env: Mapping[str, str] | None = None) -> Answer:
        """Run `becalm` with `words` and wait for its end.

        Args:
            words: its arguments.
            stdin: what it can read; never a terminal.
            env: more environment; "-" as a value takes a variable away.
        """
        done = subprocess.run(
            [BECALM, *words],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=60,
            check=False,
            cwd=self.path,
            env=self.environment(**(env or {})),
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def running(self, *words: str) -> Iterator["subprocess.Popen[str]"]:
        """Run `becalm` in the background; it is told to end when the block is left."""
        process = subprocess.Popen(
            [BECALM, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.path,
            env=self.environment(),
        )
        with process:
            try:
                yield process
            finally:
                process.terminate()
                process.communicate(timeout=30)

    def configure(self, text: str) -> Path:
        """Write the configuration."""
        self.becalm.mkdir(mode=0o700, exist_ok=True)
        path = self.becalm / "config.toml"
        path.write_text(text)
        path.chmod(0o600)
        return path

    def fill(self, *rows: Mapping[str, Any]) -> None:
        """Import comments; what a row leaves out is made up."""
        lines = [
            json.dumps(
                {
                    "id": str(number),
                    "post": "p1",
                    "author": f"a{number}",
                    "author_name": f"Visitor {number}",
                    "at": (START + timedelta(minutes=number)).isoformat(),
                    "text": "What a quiet room.",
                    "platform": "mastodon",
                    **row,
                }
            )
            for number, row in enumerate(rows, 1)
        ]
        answer = self.run("import", "-", stdin="\n".join(lines))
        assert answer.code == 0, answer.err
