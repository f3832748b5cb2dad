"""Every kind of sending on every platform that has it, met by a fault before or after it was carried out: done in the end, once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fault_desk import WiredDesk, wired_desk
from fault_rows import Row
from fault_server import Fault
from fault_table import EVERYWHERE, rows_of
from in_two_languages import is_bilingual
from stages import STAGES, Stage

from connectors._model import Capability, Rejected
from connectors._registry import load
from inbox import desk
from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.published import CloseThread, DeleteOwn, EditOwn, Unpin

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


def _hide(*, hidden: bool = True) -> Begin:
    return lambda _: desk.Hide(reason="insult" if hidden else "hidden by mistake", hidden=hidden)


def _block(sat: WiredDesk) -> "desk.Act":
    return desk.Block(reason="insult", until=sat.now + timedelta(days=1))


def _thread(_: WiredDesk) -> "desk.Act":
    return desk.OpenThread(title="L’exposition", text=OPENING, house_comment=INVITED, pin=False)


def _first(sat: WiredDesk, kind: Kind) -> str:
    return next(entry.id for entry in sat.ledger.inbox.outbox.values() if entry.kind is kind)


WITHOUT_WORDS: dict[Kind, tuple[Capability, tuple[Begin, ...], Begin]] = {
    Kind.HIDE: (Capability.HIDE, (), _hide()),
    Kind.UNHIDE: (Capability.HIDE, (_hide(),), _hide(hidden=False)),
    Kind.SPAM: (Capability.SPAM, (), lambda _: desk.Spam(reason="spam")),
    Kind.REMOVE: (Capability.DELETE, (), lambda _: desk.Remove(reason="insult")),
    Kind.BLOCK: (Capability.MUTE, (), _block),
    Kind.UNBLOCK: (Capability.MUTE, (_block,), lambda _: desk.Block(blocked=False)),
    Kind.UNPIN: (
        Capability.PIN_NOTICE,
        (lambda _: desk.PinNotice(text=NOTICE),),
        lambda sat: Unpin(_first(sat, Kind.NOTICE)),
    ),
    Kind.CLOSE: (Capability.LOCK, (_thread,), lambda sat: CloseThread(thread=_first(sat, Kind.THREAD))),
    Kind.REOPEN: (
        Capability.LOCK,
        (_thread, lambda sat: CloseThread(thread=_first(sat, Kind.THREAD))),
        lambda sat: CloseThread(thread=_first(sat, Kind.THREAD), closed=False),
    ),
}
"""The kinds that publish nothing: what each needs, what is done before, and how it is decided."""
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
MET_WITHOUT_WORDS = (
    "time-out before processing",
    "time-out after processing",
    "truncated after processing",
    "503 until then",
    "429",
    "401",
)
"""The others are met by every act of a connector in test_every_act_and_every_refusal."""


def _has(platform: str, kind: Kind, needed: Capability) -> bool:
    kind_of = load(platform)
    if kind is Kind.REMOVE and kind_of.traits.deletes == "own":
        return False
    if kind is Kind.UNPIN and "by hand" in kind_of.capabilities[needed].reason:
        return False  # no API unpins what no API pins: the desk notes it as done by hand
    # where no thread can be opened none is closed by the desk
    opens = kind_of.capabilities[Capability.OPEN_THREAD].can != "no" or kind not in {Kind.CLOSE, Kind.REOPEN}
    return kind_of.capabilities[needed].can != "no" and opens


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


async def meet(sat: WiredDesk, row: Row, kind: Kind) -> None:
    """Let what was decided meet a fault, of which the desk says what became of it; then everything goes well again."""
    assert isinstance(row.what, Fault)
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


async def put_to_a_human(sat: WiredDesk, kind: Kind) -> None:
    """Let a human say that it is to be tried again."""
    sat.pass_time(2 * 3600)
    assert not (await sat.sat.settle(latest(sat, kind).id, "retry")).refused
    await sat.carry_on()


@pytest.mark.parametrize(("platform", "kind", "what"), CASES)
async def test_a_sending_of_any_kind_is_done_in_the_end_and_once(
    tmp_path: Path, stage: Stage, kind: Kind, what: str
) -> None:
    _, begin, wanted, unwanted = KINDS[kind]
    row = row_of(stage.name, what)
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes(ASKED)
        await sat.catch_up()
        if unwanted:
            await decide(sat, desk.Reply(text=REPLY))
            await sat.carry_on()
        await decide(sat, begin(sat))

        await meet(sat, row, kind)

        if latest(sat, kind).state is not DeliveryState.SENT:
            assert not wanted or count(stage, wanted) == 0, "what is public is said to be so"
            await put_to_a_human(sat, kind)
        assert latest(sat, kind).state is DeliveryState.SENT, latest(sat, kind)
        assert not wanted or count(stage, wanted) == 1
        assert not unwanted or count(stage, unwanted) == 0


WORDLESS = [
    (name, kind, what)
    for name in STAGES
    for kind, (needed, *_) in WITHOUT_WORDS.items()
    if _has(name, kind, needed)
    for what in MET_WITHOUT_WORDS
]


@pytest.mark.parametrize(("platform", "kind", "what"), WORDLESS)
async def test_an_act_without_words_is_done_in_the_end(tmp_path: Path, stage: Stage, kind: Kind, what: str) -> None:
    _, before, begin = WITHOUT_WORDS[kind]
    row = row_of(stage.name, what)
    async with wired_desk(tmp_path / "desk", stage) as sat:
        visitors = stage.visitor_writes(ASKED)
        await sat.catch_up()
        for act in before:
            await decide(sat, act(sat))
            await sat.carry_on()
        await decide(sat, begin(sat))

        await meet(sat, row, kind)

        if latest(sat, kind).state is DeliveryState.REJECTED:
            assert row.sending is Rejected, "what may be repeated is never left to a human"
            await put_to_a_human(sat, kind)
        assert latest(sat, kind).state is DeliveryState.SENT, latest(sat, kind)
        if kind in {Kind.HIDE, Kind.UNHIDE}:
            assert stage.is_hidden(visitors) == (kind is Kind.HIDE)


def test_every_kind_that_a_connector_can_carry_out_is_tried() -> None:
    like_a_reply = {Kind.HOUSE_COMMENT, Kind.INVITATION}
    assert {kind for _, kind, _ in (*CASES, *WORDLESS)} == set(Kind) - like_a_reply


def test_every_kind_is_tried_wherever_it_is_possible() -> None:
    tried = {(name, kind) for name, kind, _ in CASES}
    assert {name for name, _ in tried} == set(STAGES)
    assert {kind for _, kind in tried} == set(KINDS)
