"""How the rehearsal's comments come: pages, resuming, rates and hints, on a clock that tests move."""

import tempfile
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playing import EVENING, Clock, outgoing, read_all, rehearsal

from connectors._errors import ProtocolError, UnreachableError
from connectors._model import Comment
from connectors._rehearsal.faults import Fail
from connectors._rehearsal.plan import Plan
from connectors._rehearsal.script import Line, read_script
from connectors._rehearsal.script import native_id as name_id
from connectors._rehearsal.variations import Variations, shortened, typo, without_accents
from connectors._text import sanitise

STORM = read_script()


async def test_the_same_seed_plays_the_same_storm_and_another_seed_another() -> None:
    async def play(seed: int) -> list[Comment]:
        return (await read_all(rehearsal(Clock(), seed=seed, comments=1_000)))[0]

    assert await play(7) == await play(7)
    assert await play(7) != await play(8)


@pytest.mark.parametrize("comments", [0, 1, 40, 150, 430, 1_000, 3_000])
async def test_a_story_starts_with_exactly_as_many_comments_as_asked_for(comments: int) -> None:
    found, _ = await read_all(rehearsal(Clock(), comments=comments))
    assert len({c.native_id for c in found}) == comments
    assert all(c.created_at < EVENING for c in found)


async def test_a_million_comments_cost_no_more_than_the_page_that_is_read() -> None:
    clock = Clock()
    player = rehearsal(clock, comments=1_000_000)
    batch = await player.poll(None)
    assert len(batch.comments) <= 200
    assert not batch.complete
    far = batch.cursor.replace('"story":200', '"story":999900')
    last = await player.poll(far)
    assert last.complete
    assert len(last.comments) > 90


async def test_a_page_never_holds_more_than_200() -> None:
    clock = Clock()
    player = rehearsal(clock, comments=900)
    _, cursor = await read_all(player)
    for _ in range(70):
        await player.send_reply(outgoing(parent=name_id("p1")))
    clock.go(3_600)
    while not (batch := await player.poll(cursor)).complete:
        assert len(batch.comments) <= 200
        cursor = batch.cursor


@given(
    moments=st.lists(st.floats(0, 150), max_size=12),
    restarts=st.sets(st.integers(0, 12)),
    sends=st.sets(st.integers(0, 12)),
    comments=st.sampled_from([None, 0, 30, 700]),
    rate=st.sampled_from([0.0, 0.7, 4.0]),
)
@settings(max_examples=60, deadline=None)
async def test_an_engine_restarted_anywhere_loses_nothing_and_reads_nothing_twice(
    moments: list[float], restarts: set[int], sends: set[int], comments: int | None, rate: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        state = str(Path(folder) / "state.json")
        clock = Clock()
        player = rehearsal(clock, comments=comments, rate=rate, state=state)
        cursor: str | None = None
        found: list[Comment] = []
        for step, moment in enumerate(moments):
            clock.go(moment)
            if step in restarts:
                player = rehearsal(clock, comments=comments, rate=rate, state=state)
            if step in sends:
                await player.open_thread(outgoing("A page to talk"))
                await player.send_reply(outgoing("Bonsoir", parent=name_id("pascal-lundi"), post="horaires-fb"))
            batch = await player.poll(cursor)
            found += batch.comments
            cursor = batch.cursor
        rest, cursor = await read_all(player, cursor)
        found += rest
        fresh = rehearsal(clock, comments=comments, rate=rate, state=state)
        everything, _ = await read_all(fresh)
    versions = [(c.native_id, c.version) for c in found]
    edited = {c.native_id for c in found if c.version != "1"} | {name_id("del1")}
    once = [v for v in versions if v[0] not in edited]
    assert len(set(once)) == len(once)
    assert {v[0] for v in versions} - {name_id("del1")} == {c.native_id for c in everything} - {name_id("del1")}


async def test_a_rate_makes_that_many_comments_a_second_arrive_steadily() -> None:
    clock = Clock()
    player = rehearsal(clock, rate=3_000.0, comments=500)
    _, cursor = await read_all(player)
    for _ in range(4):
        clock.go(0.25)
        found, cursor = await read_all(player, cursor)
        assert len(found) == 750


async def test_speed_zero_lets_nothing_arrive() -> None:
    clock = Clock()
    player = rehearsal(clock, speed=0.0, rate=50.0)
    _, cursor = await read_all(player)
    clock.go(86_400)
    assert await read_all(player, cursor) == ([], cursor)


async def test_what_was_left_of_the_script_goes_on_after_a_shorter_beginning() -> None:
    clock = Clock()
    player = rehearsal(clock, comments=10)
    _, cursor = await read_all(player)
    clock.go(3)
    found, _ = await read_all(player, cursor)
    assert len(found) == 1


async def test_comments_go_on_when_the_beginning_was_longer_than_the_script() -> None:
    clock = Clock()
    player = rehearsal(clock, comments=600, speed=2.0)
    _, cursor = await read_all(player)
    clock.go(30)
    found, _ = await read_all(player, cursor)
    assert len(found) == 20


@given(
    comments=st.one_of(st.none(), st.integers(0, 900)),
    rate=st.sampled_from([0.0, 0.3, 7.0, 2_000.0]),
    speed=st.sampled_from([0.25, 1.0, 3.0]),
    n=st.integers(0, 1_500),
)
@settings(deadline=None)
def test_an_arrival_counts_from_the_moment_it_is_due_and_not_before(
    comments: int | None, rate: float, speed: float, n: int
) -> None:
    plan = Plan(STORM, seed=1, speed=speed, comments=comments, rate=rate)
    due = plan.due(n)
    if due == float("inf"):
        assert n >= plan.count(1e9)
    elif n >= plan.history:
        assert plan.count(due) > n
        assert plan.count(due - 0.001 / max(1.0, rate)) <= n
    else:
        assert due < 0
    assert plan.due(n + 1) >= due


async def test_the_stream_hints_a_few_times_a_second_however_fast_comments_come() -> None:
    clock = Clock()
    player = rehearsal(clock, rate=1_000.0)
    _, cursor = await read_all(player)
    hints = 0
    async for _ in player.stream():
        _, cursor = await read_all(player, cursor)
        hints += 1
        if clock.now.timestamp() - EVENING.timestamp() >= 10:
            break
    assert 20 <= hints <= 50


async def test_the_stream_is_silent_while_nothing_is_due() -> None:
    clock = Clock()
    player = rehearsal(clock, speed=0.0)
    await read_all(player)
    hint = player.stream()
    waits = 0

    async def answered_after_a_while(seconds: float) -> None:
        nonlocal waits
        waits += 1
        clock.go(seconds)
        if waits == 5:
            await player.send_reply(outgoing(parent=name_id("pascal-lundi")))

    player._sleep = answered_after_a_while  # the clock's own sleep, with one more thing happening meanwhile
    await anext(hint)
    assert waits == 6  # five of the stream, one latency of the reply


async def test_a_cursor_of_somebody_else_is_refused_with_a_hint() -> None:
    for cursor in ("", "{}", '{"start": 7}', '{"start": "2026-01-01T00:00:00"}', "\x00"):
        with pytest.raises(ProtocolError) as caught:
            await rehearsal(Clock()).poll(cursor)
        assert caught.value.hint


async def test_polls_fail_as_often_as_asked_for_and_lose_nothing() -> None:
    player = rehearsal(Clock(), fail=Fail(polls=0.5))
    failed, found, cursor = 0, 0, None
    for _ in range(40):
        try:
            batch = await player.poll(cursor)
        except UnreachableError:
            failed += 1
        else:
            found, cursor = found + len(batch.comments), batch.cursor
    assert 8 <= failed <= 32
    assert found == 42


def test_variations_are_plausible_safe_and_nearly_all_different() -> None:
    drawn = list(islice(map(Variations(STORM, 3).line, range(4_000)), 4_000))
    assert all(sanitise(line.text) == line.text and line.text for line in drawn)
    assert len({line.id for line in drawn}) == len(drawn)
    assert len({(line.text, line.by) for line in drawn}) > 0.95 * len(drawn)
    assert sum(line.part.startswith("critical") for line in drawn) < 0.01 * len(drawn)
    assert all(isinstance(STORM.lines[line.re], Line) for line in drawn if line.re)


async def test_a_variation_is_found_again_by_its_id_once_it_is_due() -> None:
    clock = Clock()
    player = rehearsal(clock, comments=600)
    found, cursor = await read_all(player)
    assert await player.fetch([found[-1].native_id]) == [found[-1]]
    clock.go(3)
    (later,), _ = await read_all(player, cursor)
    clock.go(-3)
    assert await player.fetch([later.native_id]) == []


def test_edits_change_a_text_as_people_do() -> None:
    from random import Random

    assert without_accents("Où est l'entrée ?") == "Ou est l'entree ?"
    assert shortened("Une phrase entière. Et une autre.") == "Une phrase entière."
    swapped = typo("bonjour", Random(1))
    assert swapped != "bonjour"
    assert sorted(swapped) == sorted("bonjour")
