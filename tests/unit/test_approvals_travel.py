"""A word given elsewhere on the desk: over the socket, after a handover, after a kill."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from builders import comment, seen
from waiting import until

from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk
from inbox.approval import FourEyes, Given, Stand
from inbox.desk import Desk
from inbox.local import LocalDesk
from inbox.opening import join_desk, open_desk, socket_of
from inbox.outbox import Countdown, DeliveryState
from inbox.remote import LostError, RemoteDesk
from inbox.rules import Rules
from inbox.store import Store
from inbox.wording import Wording

RULES = Rules(four_eyes=FourEyes(required=("replies",)))
KEY = "museum/c1"


def told(folder: Path) -> None:
    """Let one comment be on the desk."""
    store = Store(folder, holder="test")
    store.append([seen(comment("Quels horaires ?", id="c1"))], human=True)
    store.close()


def sources() -> dict[str, Rehearsal]:
    return {"museum": Rehearsal("museum", RehearsalOptions(comments=0, speed=0, latency=0), Http())}


def owned(folder: Path, who: str) -> LocalDesk:
    return open_desk(
        folder,
        sources(),
        operator=who,
        name="test",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        countdown=Countdown(3600, 3600),
        rules=RULES,
    )


async def attached(folder: Path, who: str) -> Desk:
    for _ in range(1000):
        try:
            return cast("Desk", await RemoteDesk.attach(socket_of(folder), who))
        except LostError:
            await asyncio.sleep(0)
    raise AssertionError("nobody serves")


async def test_a_colleague_elsewhere_reads_and_approves_over_the_socket(tmp_path: Path) -> None:
    told(tmp_path)
    marta = owned(tmp_path, "marta")
    lou = await attached(tmp_path, "lou")
    done = await marta.act(desk.Reply(text="Dix heures."), [KEY])
    (pending,) = await lou.submissions()
    assert [words.text for words in pending.words] == ["Dix heures."]
    assert (await lou.approve(pending.submission.id, Given(), look=True)).sendings == 1
    assert (await lou.summary()).to_approve == 1
    assert (await lou.approve(done.submitted, Given())).sendings == 1
    (entry,) = await marta.outbox()
    assert entry.approval is not None
    assert entry.approval.by == "lou"
    await lou.aclose()
    await marta.aclose()


async def test_what_waits_survives_a_handover_and_is_approved_by_the_next_engine(tmp_path: Path) -> None:
    told(tmp_path)
    marta = owned(tmp_path, "marta")
    lou = join_desk(
        tmp_path,
        sources(),
        operator="lou",
        name="test",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        countdown=Countdown(3600, 3600),
        rules=RULES,
    )
    assert (await lou.summary()).operator == "lou"
    done = await marta.act(desk.Reply(text="Dix heures."), [KEY])
    assert (await lou.send_back(done.submitted, "", look=True)).refused == "say what should be different"
    await marta.aclose()

    async def taken_over() -> bool:
        answer = await lou.approve(done.submitted, Given())
        return not answer.refused or answer.refused != "the engine changed hands just now"

    assert await until(lou, taken_over)
    (entry,) = await lou.outbox()
    assert entry.approval is not None
    await lou.aclose()


PROGRAM = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_approvals_travel as here
from inbox import desk
from inbox.approval import Given

async def work():
    folder = Path(sys.argv[1])
    marta = here.owned(folder, "marta")
    lou = await here.attached(folder, "lou")
    first = await marta.act(desk.Reply(text="Dix heures."), [here.KEY])
    second = await marta.act(desk.Reply(text="Onze heures.", again=True), [here.KEY])
    await lou.approve(first.submitted, Given(instead=True))
    third = await marta.act(desk.Reply(text="Midi.", again=True), [here.KEY])
    print(first.submitted, second.submitted, third.submitted, flush=True)
    await asyncio.Event().wait()

asyncio.run(work())
"""


async def test_a_kill_loses_neither_what_waits_nor_a_word_that_was_given(tmp_path: Path) -> None:
    told(tmp_path)
    here = Path(__file__).parent
    path = os.pathsep.join([str(here.parent / "support"), os.environ.get("PYTHONPATH", "")])
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", PROGRAM, str(tmp_path), str(here)),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert child.stdout is not None
    first, second, third = (await child.stdout.readline()).decode().split()
    child.send_signal(signal.SIGKILL)
    await child.wait()
    claire = owned(tmp_path, "claire")
    ends = {each.submission.id: each.submission.stand for each in await claire.submissions()}
    assert ends == {first: Stand.APPROVED, second: Stand.SENT_BACK, third: Stand.WAITING}
    (entry,) = await claire.outbox()
    assert entry.approval is not None
    assert (entry.act, entry.approval.by, entry.state) == (first, "lou", DeliveryState.QUEUED)
    assert (await claire.approve(third, Given())).sendings == 1
    assert [e.by for e in await claire.outbox()] == ["marta", "marta"]
    await claire.aclose()
