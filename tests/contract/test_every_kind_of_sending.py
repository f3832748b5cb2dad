"""Every kind of sending on every platform that has it, met by a fault before or after it was carried out: done in the end, once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fault_desk import WiredDesk, wired_desk
from fault_rows import Row
from fault_server import Fault
from fault_table import EVERYWHERE, rows_of
from in_two_languages import is_bilingual
from stages import STAGES, Stage

from connectors._model import Capability
from connectors._registry import load
from inbox import desk
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.published import DeleteOwn, EditOwn

ASKED = "Est-ce ouvert dimanche ?"
REPLY = "Oui, de dix heures à dix-huit heures."
OTHERWISE = "Oui, de onze heures à dix-neuf heures."
NOTICE = "Merci de rester courtois sous cette publication."
OPENING = "Parlons ici de la nouvelle exposition."
INVITED = "La discussion continue ici : $link"

Begin = Callable[[WiredDesk], "desk.Act"]


def _sent_reply(sat: WiredDesk) -> str:
    return next(entry.id for entry in sat.ledger.inbox.outbox.values() if entry.kind is Kind.REPLY)


KINDS: dict[Kind, tuple[Capability, Begin, str, str]] = {
    Kind.REPLY: (Capability.REPLY, lambda _: desk.Reply(text=REPLY), REPLY, ""),
    Kind.NOTICE: (Capability.PIN_NOTICE, lambda _: desk.PinNotice(text=NOTICE), NOTICE, ""),
    Kind.THREAD: (
        Capability.OPEN_THREAD,
        lambda _: desk.OpenThread(title="L’exposition", text=OPENING, house_comment=INVITED, pin=False),
        OPENING,
        "",
    ),
    Kind.EDIT: (Capability.EDIT_OWN, lambda sat: EditOwn(_sent_reply(sat), OTHERWISE), OTHERWISE, REPLY),
    Kind.DELETE: (Capability.DELETE, lambda sat: DeleteOwn(_sent_reply(sat)), "", REPLY),
}
"""What each kind needs, how it is decided, what is public once it is done, and what no longer is."""
MET = (
    "time-out before processing",
    "time-out after processing",
    "cut off after processing",
    "truncated after processing",
    "504 after processing",
    "500",
    "429",
    "401",
    "302 to another port",
    "a login page",
)
CASES = [
    (name, kind, what)
    for name in STAGES
    for kind, (needed, *_) in KINDS.items()
    if load(name).capabilities[needed].can != "no"
    for what in MET
]


@pytest.fixture
def stage(platform: str, request: pytest.FixtureRequest) -> Stage:
    return STAGES[platform](lambda: request.getfixturevalue("network"))


def row_of(platform: str, what: str) -> Row:
    rows = rows_of(platform)
    return next(row for name, row in rows.items() if name.startswith(what)) if what not in EVERYWHERE else rows[what]


def latest(sat: WiredDesk, kind: Kind) -> OutboxEntry:
    return [entry for entry in sat.ledger.inbox.outbox.values() if entry.kind is kind][-1]


async def decide(sat: WiredDesk, act: "desk.Act") -> None:
    done = await sat.sat.act(act, [sat.item().key])
    assert not done.refused, done
    sat.pass_time(60)


def count(stage: Stage, text: str) -> int:
    return sum(text in each for each in stage.public())


@pytest.mark.parametrize(("platform", "kind", "what"), CASES)
async def test_a_sending_of_any_kind_is_done_in_the_end_and_once(
    tmp_path: Path, stage: Stage, kind: Kind, what: str
) -> None:
    _, begin, wanted, unwanted = KINDS[kind]
    row = row_of(stage.name, what)
    assert isinstance(row.what, Fault)
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes(ASKED)
        await sat.catch_up()
        if unwanted:
            await decide(sat, desk.Reply(text=REPLY))
            await sat.carry_on()
        await decide(sat, begin(sat))
        sat.hurry(hurried=row.hurried)
        sat.server.only_changes = True
        sat.server.plan(row.what)

        await sat.dispatch()

        entry = latest(sat, kind)
        assert entry.state is not DeliveryState.QUEUED or row.state in {"limited", "unreachable"}, entry
        assert entry.state is DeliveryState.SENT or is_bilingual(entry.message, entry.hint), entry
        sat.server.heal()
        sat.hurry(hurried=False)
        await sat.carry_on()
        if latest(sat, kind).state is not DeliveryState.SENT:
            assert not wanted or count(stage, wanted) == 0, "what is public is said to be so"
            sat.pass_time(2 * 3600)
            assert not (await sat.sat.settle(latest(sat, kind).id, "retry")).refused
            await sat.carry_on()
        assert latest(sat, kind).state is DeliveryState.SENT, latest(sat, kind)
        assert not wanted or count(stage, wanted) == 1
        assert not unwanted or count(stage, unwanted) == 0


def test_every_kind_is_tried_wherever_it_is_possible() -> None:
    tried = {(name, kind) for name, kind, _ in CASES}
    assert {name for name, _ in tried} == set(STAGES)
    assert {kind for _, kind in tried} == set(KINDS)
