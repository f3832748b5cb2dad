"""The scenarios that come along: each can be played, hides its roles, and is what it says it is."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from connectors._http import Http
from connectors._rehearsal.options import RehearsalOptions
from connectors._rehearsal.script import Line, ScriptError, read_script, scenario_names
from connectors.rehearsal import Rehearsal
from inbox.situations.batch import PostSituation, Row, situations
from scoring import assess

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
NAMED = [name for name in scenario_names() if name != "storm"]


def read(name: str) -> Mapping[object, PostSituation]:
    """Let the detector read a whole scenario at its own speed."""
    script = read_script(scenario=name)
    rows = [
        Row(
            id=line.id,
            post=line.on,
            author=f"{script.posts[line.on].network}:{line.by}",
            author_name=line.by,
            at=START + timedelta(seconds=scene.at),
            text=line.text,
            parent=line.re or None,
            platform=script.posts[line.on].network,
        )
        for scene in script.scenes
        if isinstance(line := scene.event, Line)
    ]
    return {answer.post: answer for answer in situations(rows)}


def test_the_storm_comes_first_and_five_others_follow() -> None:
    assert scenario_names() == ("storm", "experts", "false-alarm", "hijack", "pile-on", "slow-burn")


@pytest.mark.parametrize("name", NAMED)
def test_a_scenario_is_about_something_in_both_languages_and_speaks_both(name: str) -> None:
    script = read_script(scenario=name)
    assert set(script.abouts) == {"fr", "en"}
    spoken = [line.lang for line in script.lines.values()]
    assert min(spoken.count("fr"), spoken.count("en")) >= len(spoken) / 8


@pytest.mark.parametrize("name", NAMED)
def test_a_scenario_has_questions_and_something_that_cannot_wait(name: str) -> None:
    parts = [line.part for line in read_script(scenario=name).lines.values()]
    assert sum("question" in part for part in parts) >= 3
    assert any(part.startswith("critical") for part in parts)


@pytest.mark.parametrize("name", scenario_names())
def test_ids_tell_nothing_about_roles(name: str) -> None:
    assert all(re.fullmatch(r"c[0-9a-f]{10}", id_) for id_ in read_script(scenario=name).lines)


@pytest.mark.parametrize("name", NAMED)
def test_the_situations_aimed_at_are_called_in_time_and_nothing_else(name: str) -> None:
    script = read_script(scenario=name)
    read_as = read(name)
    for post in {aim.on for aim in script.aims}:
        aims = {aim.aim for aim in script.aims if aim.on == post} - {"none"}
        assert set(read_as[post].situation) == aims, (name, post)
    for aim in script.aims:
        for call in read_as[aim.on].calls:
            if call.situation == aim.aim:
                ids = [line.id for line in script.lines.values() if line.on == aim.on]
                assert abs(ids.index(call.since) - ids.index(aim.since)) <= 5


def test_a_false_alarm_is_named_for_what_it_is() -> None:
    assert read("false-alarm")["gratuit-fb"].why in {
        "many people are glad; nothing to fear",
        "many people talk",
    }
    assert read("false-alarm")["cavalier-wp"].why == "many people post the same harmless text"


@pytest.mark.parametrize("name", NAMED)
def test_a_danger_at_least_is_one_that_the_desk_sees(name: str) -> None:
    lines = read_script(scenario=name).lines.values()
    assert any(assess(line.text).is_danger for line in lines if line.part.startswith("critical"))


async def test_a_scenario_is_played_by_its_name() -> None:
    options = RehearsalOptions(scenario="experts", start=START, latency=0)
    player = Rehearsal("r", options, Http(), clock=lambda: START)
    batch = await player.poll(None)
    assert {post.native_id for post in batch.posts} == {"clavecin-yt", "clavecin-fb"}


def test_a_scenario_that_does_not_come_along_is_refused_with_those_that_do() -> None:
    with pytest.raises(ScriptError) as refused:
        read_script(scenario="earthquake")
    assert "slow-burn" in refused.value.hint
