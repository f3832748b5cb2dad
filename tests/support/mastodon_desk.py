"""A desk on a running Mastodon server, in a process that a test may kill: answers the first comment it sees.

Run as a program: mastodon_desk.py FOLDER URL TOKEN PAUSE. Prints one word a line as things become durable: "seen KEY",
"decided", "sending", "sent URL". With PAUSE "sending" it stops for ever once a sending is recorded and before its
answer is, so that a kill hits between intent and receipt.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from connectors._http import Http
from connectors._mastodon_options import MastodonOptions
from connectors._model import Outcome, Outgoing
from connectors._secret import Secret
from connectors.mastodon import Mastodon
from inbox import desk
from inbox.local import LocalDesk
from inbox.opening import open_desk
from inbox.outbox import Countdown, DeliveryState
from inbox.wording import Wording

TEXT = "Merci de votre visite, à bientôt."


class Pausing(Mastodon):
    """The same connector, which loses the platform's answer by never coming back with it."""

    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Send, and stop."""
        await super().send_reply(outgoing)
        print("sending", flush=True)
        forever: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        return await forever


def open_on(folder: Path, url: str, token: str, *, pausing: bool = False) -> LocalDesk:
    """Open the desk of the museum on that server."""
    connector = (Pausing if pausing else Mastodon)("museum", MastodonOptions(server=url, token=Secret(token)), Http())
    return open_desk(
        folder,
        {"museum": connector},
        operator="marta",
        name="test",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        countdown=Countdown(0.2, 0.2),
    )


async def answer_first(folder: Path, url: str, token: str, pause: str) -> None:
    """See, answer once, and say so."""
    sat = open_on(folder, url, token, pausing=pause == "sending")
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()
    sat.subscribe(lambda _: loop.call_soon_threadsafe(changed.set))
    said: set[str] = set()

    def say(word: str) -> None:
        if word not in said:
            said.add(word)
            print(word, flush=True)

    while True:
        changed.clear()
        for row in (await sat.page((await sat.open_view("is:any -is:own")).id, 0, 10)).rows:
            say(f"seen {row.key}")
            if not (await sat.outbox()) and (await sat.act(desk.Reply(text=TEXT), [row.key])).act:
                say("decided")
        for entry in await sat.outbox():
            if entry.state is DeliveryState.SENT and entry.receipt is not None:
                say(f"sent {entry.receipt.url}")
        await changed.wait()


if __name__ == "__main__":
    asyncio.run(answer_first(Path(sys.argv[1]), *sys.argv[2:5]))
