"""The rehearsal storm: every act exactly once through limits, silence, cut lines and kills, and no claim that is not so."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from storm_desk import GUEST, HOUSE, TITLE
from storm_server import Fault, Platform, Protection, bad_weather, serving
from storm_watch import CERTAIN, Storm

from inbox import desk
from inbox.moderation import Hide
from inbox.outbox import DeliveryState, Kind

HIDES, GUESTS = 200, 10
LIMIT = 240.0
"""Seconds after which a storm has failed, on the slowest machine."""


async def decide(storm: Storm) -> None:
    """Hide two hundred comments; open a thread, link it, invite ten people."""
    keys = sorted(await storm.arrivals(HIDES + GUESTS))
    hidden = await storm.desk.act(Hide(reason="charter 2"), keys[:HIDES])
    assert hidden.sendings == HIDES
    opening = desk.OpenThread(
        title=TITLE,
        text="Ici, on se parle.",
        house_comment=HOUSE + "$link",
        invite=tuple(keys[HIDES:]),
        invitation=GUEST + "$link",
    )
    assert (await storm.desk.act(opening, keys[HIDES:])).sendings == 2 + GUESTS


@pytest.mark.parametrize("protection", list(Protection))
@pytest.mark.parametrize(
    "seed", [1, pytest.param(2, marks=pytest.mark.torture), pytest.param(3, marks=pytest.mark.torture)]
)
async def test_each_act_of_a_storm_happens_exactly_once(tmp_path: Path, protection: Protection, seed: int) -> None:
    platform = Platform(HIDES + GUESTS, protection, bad_weather(seed, HIDES, GUESTS))
    with serving(platform) as url:
        async with Storm(tmp_path / "desk", platform, "storm_desk.py", url, str(platform.protection)) as storm:
            await decide(storm)
            told, _ = await storm.weather()
    done = platform.carried_out()
    assert storm.lies == []
    assert storm.kills == 3
    assert storm.looks > 10 * HIDES
    assert set(done.values()) == {1}
    assert Counter(what for what, _ in done) == {"hide": HIDES, "say": 2 + GUESTS}
    assert Counter(entry.state in CERTAIN for entry in told) == {True: HIDES + 2 + GUESTS}
    assert all(said["text"].rpartition(" ")[2] == platform.said[0]["url"] for said in platform.said[1:])
    if protection is Protection.KEY:
        assert not storm.asked
    if protection is Protection.NOTHING:
        assert len(storm.asked) >= 4  # of the five texts that failed, one was refused for a while, which is no doubt


async def test_holding_everything_in_mid_batch_stops_what_has_not_left_and_says_how_much_had(tmp_path: Path) -> None:
    platform = Platform(HIDES + GUESTS, Protection.NOTHING, {})
    with serving(platform) as url:
        async with Storm(tmp_path / "desk", platform, "storm_desk.py", url, str(platform.protection)) as storm:
            await decide(storm)
            await storm.weather(until=40)
            held = (await storm.desk.hold(held=True)).progress
            assert held is not None
            told, _ = await storm.look()
            while any(entry.state is DeliveryState.SENDING for entry in told):
                told, _ = await storm.look()
            stopped = len(platform.carried_out())
            for _ in range(20):  # as many looks as would have let dozens more leave
                told, _ = await storm.look()
            assert len(platform.carried_out()) == stopped
            assert held.total == HIDES + 2 + GUESTS
            assert held.left >= 40
            assert held.left <= stopped <= held.left + held.sending
            assert held.waiting == held.total - held.left - held.sending > 0
            await storm.desk.hold(held=False)
            await storm.weather()
    assert storm.lies == []
    assert set(platform.carried_out().values()) == {1}


async def test_a_deleted_comment_a_full_quota_and_a_revoked_token_end_in_a_state_of_their_own(tmp_path: Path) -> None:
    platform = Platform(30, Protection.KEY, {("hide", 5): Fault.GONE, ("hide", 10): Fault.QUOTA})
    with serving(platform) as url:
        async with Storm(tmp_path / "desk", platform, "storm_desk.py", url, str(platform.protection)) as storm:
            keys = sorted(await storm.arrivals(30))
            await storm.desk.act(Hide(reason="charter 2"), keys[:20])
            async with asyncio.timeout(LIMIT):
                while True:
                    storm.changed.clear()
                    _, (act,) = await storm.look()
                    if act.pause:
                        break
                    await storm.changed.wait()
            assert (act.left, act.refused, act.waiting, act.unknown) == (8, 1, 11, 0)
            assert "quota" in act.pause
            gone = next(e for e in await storm.desk.outbox() if e.state is DeliveryState.REJECTED)
            assert "deleted" in gone.message
            # the platform knows the account no more: the first of the next act learns it for all of them
            platform.faults["all", 0] = Fault.REVOKED
            platform.faults.pop(("hide", 10))
    assert storm.lies == []


async def test_a_revoked_token_is_learnt_once_and_everything_it_stopped_goes_out_again_at_a_word(
    tmp_path: Path,
) -> None:
    platform = Platform(30, Protection.KEY, {("all", 0): Fault.REVOKED})
    with serving(platform) as url:
        async with Storm(tmp_path / "desk", platform, "storm_desk.py", url, str(platform.protection)) as storm:
            keys = sorted(await storm.arrivals(30))
            await storm.desk.act(Hide(reason="charter 2"), keys)
            told, (act,) = await storm.weather()
            assert (act.refused, act.left, platform.asked["hide"]) == (30, 0, 1)
            assert {e.hint for e in told} == {"connect the account again, or ask who revoked its token"}
            del platform.faults["all", 0]
            again = await storm.desk.settle(told[0].id, "retry-all")
            assert again.sendings == 30
            await storm.weather()
    assert storm.lies == []
    assert platform.carried_out() == {("hide", key.partition("/")[2]): 1 for key in keys}
    assert Kind.HIDE in {entry.kind for entry in told}
