"""Several sessions on one desk: attached over the socket, each an operator; handed over when the owner ends."""

import asyncio
import socket
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from builders import comment
from waiting import until

from connectors._http import Http
from connectors._model import Comment
from connectors._rehearsal.options import RehearsalOptions
from connectors.rehearsal import Rehearsal
from inbox import desk, wire
from inbox.desk import Desk
from inbox.item import TriageState, key_of
from inbox.local import LocalDesk
from inbox.opening import join_desk, open_desk, socket_of
from inbox.query import QueryError
from inbox.remote import LostError, RemoteDesk
from inbox.rows import Order
from inbox.serve import DeskServer
from inbox.store import LOG, Store
from inbox.store_errors import FolderError, FormatError, HeldError, StoreError
from inbox.tables import JournalDB
from inbox.wording import Wording


def rehearsal() -> dict[str, Rehearsal]:
    return {"rehearsal": Rehearsal("rehearsal", RehearsalOptions(speed=0, latency=0), Http())}


def words() -> Wording:
    return Wording.of_rehearsal(lambda: datetime.now(UTC))


@pytest.fixture
async def owner(tmp_path: Path) -> AsyncIterator[LocalDesk]:
    sat = open_desk(tmp_path / "desk", rehearsal(), operator="marta", name="test", wording=words())
    await until(cast("Desk", sat), lambda: some(cast("Desk", sat)))
    yield sat
    await sat.aclose()


async def some(sat: Desk) -> list[str] | None:
    """The first keys, once the whole beginning of the story is there."""
    view = await sat.open_view()
    return await sat.keys(view.id, 0, 20) if view.total > 20 else None


async def attached(folder: Path, operator: str = "lou") -> Desk:
    for _ in range(100):
        try:
            return cast("Desk", await RemoteDesk.attach(socket_of(folder), operator))
        except LostError:
            await asyncio.sleep(0)
    raise AssertionError("nobody serves")


async def test_both_see_the_same_page(owner: LocalDesk, tmp_path: Path) -> None:
    lou = await attached(tmp_path / "desk")
    here, there = await owner.open_view(), await lou.open_view()
    assert (await lou.page(there.id, 0, 10)).rows == (await owner.page(here.id, 0, 10)).rows
    await lou.aclose()


async def test_an_act_of_one_is_news_for_the_other_under_its_own_name(owner: LocalDesk, tmp_path: Path) -> None:
    lou = await attached(tmp_path / "desk")
    keys = await some(cast("Desk", owner))
    assert keys
    await lou.act(desk.Claim(), keys[:1])
    assert (await owner.picker(keys[0])).warning == "lou is on it"
    refused = await owner.act(desk.Claim(), keys[:1])
    assert refused.refused == "lou is on it"

    async def done_by_marta() -> bool:
        detail = await lou.detail(keys[1])
        return detail is not None and detail.item.changed_by == "marta"

    waiting = asyncio.create_task(until(lou, done_by_marta))
    await owner.act(desk.SetState(TriageState.DONE), [keys[1]])
    assert await waiting
    await lou.aclose()


async def test_an_unsent_text_follows_its_operator_and_nobody_else(owner: LocalDesk, tmp_path: Path) -> None:
    again, lou = await attached(tmp_path / "desk", "marta"), await attached(tmp_path / "desk")
    keys = await some(again)
    assert keys
    await again.keep(keys[0], "reply", {"text": "Chère Camille"})
    assert await owner.kept(keys[0]) == {"reply": {"text": "Chère Camille"}}
    assert await lou.kept(keys[0]) == {}
    (place,) = await lou.places(keys[0], "notice")
    assert place.possible
    assert (await lou.notices(), await lou.threads()) == ((), ())
    await again.aclose()
    await lou.aclose()


async def test_each_takes_back_only_what_is_theirs(owner: LocalDesk, tmp_path: Path) -> None:
    lou = await attached(tmp_path / "desk")
    keys = await some(cast("Desk", owner))
    assert keys
    await owner.act(desk.SetState(TriageState.DONE), keys[:1])
    assert await lou.undo() == desk.TakenBack()
    assert (await owner.undo()).count == 1
    await lou.aclose()


async def test_a_claim_race_over_the_socket_has_one_winner_each(owner: LocalDesk, tmp_path: Path) -> None:
    lou, ines = await attached(tmp_path / "desk"), await attached(tmp_path / "desk", "ines")
    keys = await some(cast("Desk", owner))
    assert keys
    done = await asyncio.gather(*(who.act(desk.Claim(), [k]) for k in keys for who in (lou, ines)))
    assert sum(bool(d.act) for d in done) == len(keys)
    await lou.aclose()
    await ines.aclose()


async def test_a_claim_race_over_a_thousand_comments_has_one_winner_each_and_the_loser_sees_who(
    owner: LocalDesk, tmp_path: Path
) -> None:
    lou, ines = await attached(tmp_path / "desk"), await attached(tmp_path / "desk", "ines")
    comments = [comment(f"Salle {n}", id=f"race{n}", author=f"a{n}") for n in range(1000)]
    await owner.take_in([desk.Arrival(source="import:mastodon", comment=each) for each in comments])
    keys = [key_of("import:mastodon", each.native_id) for each in comments]

    async def race(who: Desk, order: list[str]) -> dict[str, desk.Done]:
        return {key: await who.act(desk.Claim(), [key]) for key in order}

    by_lou, by_ines = await asyncio.gather(race(lou, keys), race(ines, keys[::-1]))
    won = {key: ("lou" if by_lou[key].act else "") + ("ines" if by_ines[key].act else "") for key in keys}
    assert set(won.values()) == {"lou", "ines"}
    for key, winner in won.items():
        lost = (by_ines if winner == "lou" else by_lou)[key]
        assert lost.refused == f"{winner} is on it"
    loser = ines if won[keys[0]] == "lou" else lou
    assert won[keys[0]] in (await loser.picker(keys[0])).warning  # before a word is typed
    await lou.aclose()
    await ines.aclose()


@pytest.mark.usefixtures("owner")
async def test_errors_cross_the_wire_as_themselves(tmp_path: Path) -> None:
    lou = await attached(tmp_path / "desk")
    with pytest.raises(QueryError, match="huge"):
        await lou.open_view("risk>=huge")
    with pytest.raises(KeyError):
        await lou.page(9999, 0, 1)
    await lou.aclose()


@pytest.mark.usefixtures("owner")
async def test_the_socket_is_for_this_account_alone(tmp_path: Path) -> None:
    await (await attached(tmp_path / "desk")).aclose()
    assert stat.S_IMODE(socket_of(tmp_path / "desk").stat().st_mode) == 0o600


@pytest.mark.parametrize("word", [b"hello\n", b"{}\n", wire.encode(wire.Hello(99, "lou")) + b"\n", b"\xff\xfe\n"])
async def test_a_stranger_s_word_is_refused_and_harms_nobody(owner: LocalDesk, tmp_path: Path, word: bytes) -> None:
    await (await attached(tmp_path / "desk")).aclose()
    reader, writer = await asyncio.open_unix_connection(str(socket_of(tmp_path / "desk")))
    writer.write(word)
    answer = await reader.read()
    assert answer == b"" or b"refusal" in answer
    writer.close()
    assert (await owner.summary()).total > 0


async def test_a_session_that_never_reads_does_not_stall_the_engine(owner: LocalDesk, tmp_path: Path) -> None:
    await (await attached(tmp_path / "desk")).aclose()
    with socket.socket(socket.AF_UNIX) as stalled:
        stalled.connect(str(socket_of(tmp_path / "desk")))
        stalled.sendall(wire.encode(wire.Hello(wire.VERSION, "mute")) + b"\n")
        keys = await some(cast("Desk", owner))
        assert keys
        for _ in range(200):
            await owner.act(desk.Correct(1), keys[:1])
            await owner.undo()
    assert (await owner.summary()).total > 0


@pytest.mark.usefixtures("owner")
async def test_a_second_owner_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with pytest.raises(HeldError, match="marta"):
        open_desk(tmp_path / "desk", rehearsal(), operator="lou", name="test", wording=words())


async def test_when_the_owner_leaves_the_attached_session_takes_over_with_its_views(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    marta = open_desk(folder, rehearsal(), operator="marta", name="test", wording=words())
    keys = await until(cast("Desk", marta), lambda: some(cast("Desk", marta)))
    await (await attached(folder)).aclose()
    lou = join_desk(folder, rehearsal(), operator="lou", name="test", wording=words())
    view = await lou.open_view("is:any", Order.OLDEST)
    before = await lou.page(view.id, 0, 5)
    await lou.act(desk.SetState(TriageState.DONE), keys[:1])
    await marta.aclose()
    after = await lou.page(view.id, 0, 5)
    assert [r.key for r in after.rows] == [r.key for r in before.rows]
    assert (await lou.act(desk.Claim(), keys[1:2])).act
    detail = await lou.detail(keys[0])
    assert detail is not None
    assert detail.item.state is TriageState.DONE
    with pytest.raises(HeldError, match="lou"):
        open_desk(folder, rehearsal(), operator="marta", name="test", wording=words())
    await lou.aclose()


# -- what goes wrong ---------------------------------------------------------------------------------


class Faulty(Rehearsal):
    """A connector that breaks where nobody expects it."""

    def mention_prefix(self, comment: Comment) -> str:
        """Break."""
        raise AttributeError(comment.native_id)


async def test_a_call_that_fails_ends_neither_the_session_nor_the_engine(tmp_path: Path) -> None:
    broken = {"rehearsal": Faulty("rehearsal", RehearsalOptions(speed=0, latency=0), Http())}
    marta = open_desk(tmp_path / "desk", broken, operator="marta", name="test", wording=words())
    keys = await until(cast("Desk", marta), lambda: some(cast("Desk", marta)))
    lou = await attached(tmp_path / "desk")
    with pytest.raises(StoreError, match="AttributeError"):
        await lou.picker(keys[0])
    assert (await lou.summary()).total > 0
    await lou.aclose()
    await marta.aclose()


async def test_an_engine_that_answers_nothing_counts_as_gone(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as stuck:
        stuck.bind(str(tmp_path / "sock"))
        stuck.listen()
        with pytest.raises(LostError):
            await RemoteDesk.attach(tmp_path / "sock", "lou", within=0.01)


async def test_a_list_opened_just_when_the_owner_leaves_is_opened_on_the_next_engine(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    marta = open_desk(folder, rehearsal(), operator="marta", name="test", wording=words())
    await until(cast("Desk", marta), lambda: some(cast("Desk", marta)))
    await (await attached(folder)).aclose()
    lou = join_desk(folder, rehearsal(), operator="lou", name="test", wording=words())
    await lou.summary()
    await marta.aclose()
    assert (await lou.open_view("is:any")).total > 20
    await lou.aclose()


async def test_who_leaves_does_not_take_the_next_engine_s_socket_away(tmp_path: Path) -> None:
    path = tmp_path / "sock"

    def nobody(operator: str) -> LocalDesk:
        raise AssertionError(operator)

    async def serving(owner: str) -> asyncio.Task[None]:
        task = asyncio.create_task(DeskServer(path, nobody, owner=owner).run())
        for _ in range(20):  # nothing on its way to the socket waits for anything but its turn
            await asyncio.sleep(0)
        return task

    first = await serving("marta")
    path.with_name("kept").hardlink_to(path)  # so that the next socket cannot be given the same inode
    second = await serving("lou")
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert path.exists()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    assert not path.exists()


async def test_a_desk_that_cannot_be_read_is_not_held_by_who_tried(tmp_path: Path) -> None:
    with JournalDB(tmp_path / "desk", holder="later") as newer:
        newer.log(LOG).append([b'{"e": "from.the.future", "at": "2030-01-01T00:00:00Z"}'])
    with pytest.raises(FormatError):
        open_desk(tmp_path / "desk", {}, operator="marta", name="test", wording=words())
    Store(tmp_path / "desk", holder="lou").close()


def test_a_socket_is_never_put_where_others_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "anybody").mkdir()
    (tmp_path / "anybody").chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "anybody"))
    with pytest.raises(FolderError, match="not this account's own"):
        socket_of(tmp_path / ("long" * 40))
