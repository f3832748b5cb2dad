"""A storm over a real platform's stage: its own connector over real HTTP, every act counted by what the public sees.

Run as a program: storm_stage.py FOLDER PLATFORM OPTIONS. Keeps a desk on that platform, OPTIONS being what its
configuration says as JSON, until it is ended. Only the pause between two sendings is taken out of the connector.
"""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fault_server import End, FaultServer
from msgspec import structs
from stages import Stage, _read
from storm_server import AFTER, BEFORE, Fault

from connectors._http import Http, Timeouts
from connectors._registry import load
from inbox.dispatch import Waits
from inbox.opening import open_desk
from inbox.outbox import Countdown, Kind, OutboxEntry
from inbox.wording import Wording

NUMBERED = re.compile(r"numéro \d+ fin")
KILLS = frozenset({Fault.KILL_BEFORE, Fault.KILL_AFTER})
SILENT = frozenset({Fault.SILENT_BEFORE, Fault.SILENT_AFTER})


def numbered(number: int) -> str:
    """Return the words by which one text of ours is known, whatever a platform makes of the rest."""
    return f"numéro {number} fin"


@dataclass
class StagedStorm(FaultServer):
    """The server of a stage, on which the n-th sending goes wrong as planned.

    Attributes:
        stage: the platform.
        ids: the visitors' comments.
        storm: what goes wrong with the n-th sending, from 1.
        busy: always 0: requests are taken one by one, and counted when they are over.
    """

    stage: Stage | None = None
    ids: tuple[str, ...] = ()
    storm: Mapping[int, Fault] = field(default_factory=dict)
    busy: int = 0
    _sent: int = 0
    _kills: list[Callable[[], None]] = field(default_factory=list)

    def aim(self, kill: Callable[[], None]) -> None:
        """Let `kill` end the desk under test at once."""
        self._kills = [kill]

    def answer(self, request: httpx.Request) -> tuple[httpx.Response, End]:
        """Answer one request, well or not."""
        if request.method == "GET" or self.spared(request):
            return super().answer(request)
        with self._lock:
            self._sent += 1
            fault = self.storm.get(self._sent)
            if fault is Fault.LIMIT:
                return httpx.Response(429, headers={"Retry-After": "1"}, json={"error": "slow down"}), End.WHOLE
            said = httpx.Response(500) if fault in BEFORE else self.platform(request)
            if fault in KILLS:
                for kill in self._kills:
                    kill()
            if fault in BEFORE or fault in AFTER:
                return said, End.SILENT if fault in SILENT else End.DROPPED
            return said, End.WHOLE

    def carried_out(self) -> dict[tuple[str, str], int]:
        """Count what the public sees: comments that are hidden, and our texts as often as they stand there."""
        assert self.stage is not None
        with self._lock:
            texts = list(self.stage.public())
            hidden = [] if self.stage.name == "mastodon" else [i for i in self.ids if self.stage.is_hidden(i)]
        counted: dict[tuple[str, str], int] = {("hide", id_): 1 for id_ in hidden}
        for text in texts:
            for words in NUMBERED.findall(text):
                counted["say", words] = counted.get(("say", words), 0) + 1
        return counted

    def deed(self, entry: OutboxEntry) -> tuple[str, str]:
        """Name what a sending does as it is counted here."""
        if entry.kind is Kind.HIDE:
            return "hide", entry.native_id
        found = NUMBERED.search(entry.outgoing.text if entry.outgoing else "")
        return "say", found[0] if found else ""

    def address(self, entry: OutboxEntry) -> str:
        """Give the address that a human would copy."""
        return f"{self.url}/own/{entry.id}"


async def keep(folder: Path, name: str, options: str) -> None:
    """Open the desk and let its engine work."""
    kind = load(name)
    http = Http(timeouts=Timeouts(connect=2.0, read=1.0, total=2.0, sending=1.0), attempts=1)
    connector = kind("museum", kind.options_type(**_read(kind, json.loads(options))), http)
    connector.traits = structs.replace(connector.traits, send_interval=0.0, poll_interval=1.0)
    desk = open_desk(
        folder,
        {"museum": connector},
        operator="engine",
        name="storm",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        countdown=Countdown(0.2, 0.2),
        waits=Waits(deadline=3.0, lag=0.3, resend=0.1),
    )
    print("open", flush=True)
    try:
        await asyncio.to_thread(sys.stdin.read)
    finally:
        await desk.aclose()


if __name__ == "__main__":
    asyncio.run(keep(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
