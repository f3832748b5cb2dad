"""A desk on the platform of `storm_server`, in a process that a test kills; everything is asked over its socket.

Run as a program: storm_desk.py FOLDER URL PROTECTION. Prints one line once the desk is open and runs until it is ended.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from storm_server import Protection

from connectors._contract import Connector, Options, declare
from connectors._http import Http, Timeouts
from connectors._model import (
    Author,
    Batch,
    Capability,
    Comment,
    Cursor,
    Gone,
    Idempotency,
    Identity,
    Outcome,
    Outgoing,
    Post,
    Receipt,
    Sent,
    Support,
    Traits,
)
from connectors._outcome import sending
from connectors._text import sanitise
from inbox.dispatch import Waits
from inbox.opening import open_desk
from inbox.outbox import Countdown
from inbox.wording import Wording

WAITS = Waits(deadline=3.0, lag=0.3, resend=0.1)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PROTECTED = {
    Protection.KEY: (Idempotency.KEY, "no"),
    Protection.READ_BACK: (Idempotency.NONE, "yes"),
    Protection.NOTHING: (Idempotency.NONE, "no"),
}
POST = "post"
TITLE, HOUSE, GUEST = "Parlons-en ici", "La suite ici : ", "Venez en parler : "


def kind_of(text: str, *, title: str) -> str:
    """Tell what a text of ours is for, as whoever reads the platform would."""
    if title:
        return "thread"
    return "house_comment" if text.startswith(HOUSE) else "invitation"


class Stormy(Connector):
    """A platform in one file: hides, publishes, and has what protection it was given."""

    name: ClassVar[str] = "stormy"

    def __init__(self, source: str, url: str, protection: Protection, http: Http) -> None:
        """Speak to the platform at `url`."""
        super().__init__(source, Options(), http)
        self._url = url
        idempotency, read_back = PROTECTED[protection]
        self.traits = Traits(
            label="Stormy",
            code="st",
            poll_interval=3600.0,
            idempotency=idempotency,
            key_ttl=3600.0 if idempotency is Idempotency.KEY else 0.0,
            send_interval=0.0,
        )
        yes = Support("yes", "")
        self.capabilities: Mapping[Capability, Support] = declare(
            "not here",
            reply=yes,
            hide=yes,
            open_thread=yes,
            read_back=Support(read_back, ""),  # type: ignore[arg-type]  # from the table above
        )

    async def identify(self) -> Identity:
        """Say who we are."""
        return Identity(account_id="house", handle=sanitise("house"), name=sanitise("House"))

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Read all comments, once."""
        found = (await self.http.request("GET", f"{self._url}/comments")).json(list) if cursor is None else []
        posts = (Post(native_id=POST, title=sanitise("Ouverture")),)
        return Batch(comments=tuple(map(self._comment, found)), cursor="read", posts=posts)

    def _comment(self, id_: str) -> Comment:
        name = sanitise(f"visitor-{id_}")
        author = Author(native_id=name, handle=name, name=name)
        return Comment(native_id=id_, post_id=POST, author=author, text=sanitise(f"Bonjour {id_}"), created_at=NOON)

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Say nothing of them."""
        del ids
        return []

    @sending
    async def hide(self, native_id: str, *, hidden: bool) -> Outcome:
        """Hide, or show again."""
        await self._do("hide", {"kind": "hide", "id": native_id, "hidden": hidden})
        return Sent(Receipt(remote_id=native_id, at=NOON))

    @sending
    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Publish."""
        kind = kind_of(outgoing.text, title=outgoing.title)
        asked = {"kind": kind, "key": outgoing.client_id, "text": outgoing.text, "parent": outgoing.parent_id}
        return Sent(self._receipt(await self._do("say", asked)))

    async def open_thread(self, outgoing: Outgoing) -> Outcome:
        """Publish."""
        return await self.send_reply(outgoing)

    async def read_back(self, outgoing: Outgoing) -> Receipt | None:
        """Look for the text among our own."""
        own = (await self.http.request("GET", f"{self._url}/own")).json(list)
        same = [o for o in own if (o["text"], o["parent"]) == (outgoing.text, outgoing.parent_id)]
        return self._receipt(same[0]) if same else None

    async def _do(self, what: str, asked: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.http.request("POST", f"{self._url}/{what}", json=asked)).json(dict)
        return answer

    def _receipt(self, published: dict[str, Any]) -> Receipt:
        return Receipt(remote_id=published["id"], at=NOON, url=sanitise(published["url"]))


async def keep(folder: Path, url: str, protection: Protection) -> None:
    """Open the desk and let its engine work."""
    http = Http(timeouts=Timeouts(connect=2.0, read=1.0, total=2.0, sending=1.0), attempts=1)
    desk = open_desk(
        folder,
        {"house": Stormy("house", url, protection, http)},
        operator="engine",
        name="storm",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        countdown=Countdown(0.2, 0.2),
        waits=WAITS,
    )
    print("open", flush=True)
    try:
        await asyncio.to_thread(sys.stdin.read)
    finally:
        await desk.aclose()


if __name__ == "__main__":
    asyncio.run(keep(Path(sys.argv[1]), sys.argv[2], Protection(sys.argv[3])))
