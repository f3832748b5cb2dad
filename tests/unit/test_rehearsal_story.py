"""What the storm is made of, when it plays, and that it always plays the same."""

from collections import Counter
from pathlib import Path

import pytest
from playing import EVENING, Clock, read_all, rehearsal

from connectors._errors import ConnectorError
from connectors._model import Comment, Gone
from connectors._rehearsal.script import Line, read_script, seconds
from connectors._rehearsal.script import native_id as name_id
from connectors._rehearsal.variations import without_accents
from connectors._rehearsal.world import handle_of
from connectors._text import sanitise

STORM = read_script()
LINES = list(STORM.lines.values())


def words(text: str) -> set[str]:
    return set(without_accents(text).lower().split())


def parts(prefix: str) -> list[Line]:
    return [line for line in LINES if line.part.startswith(prefix)]


def test_more_than_350_lines_of_which_about_two_fifths_are_english() -> None:
    assert len(LINES) >= 350
    languages = Counter(line.lang for line in LINES)
    assert set(languages) == {"fr", "en"}
    assert 0.35 <= languages["en"] / len(LINES) <= 0.45


def test_the_storm_has_several_exhibitions_on_eight_networks() -> None:
    assert len({post.exhibition for post in STORM.posts.values() if post.exhibition}) == 3
    assert 8 <= len(STORM.posts) <= 12
    assert {post.network for post in STORM.posts.values()} == {
        "facebook",
        "instagram",
        "mastodon",
        "bluesky",
        "youtube",
        "x",
        "threads",
        "wordpress",
    }
    assert {line.on for line in LINES} == set(STORM.posts)


@pytest.mark.parametrize(
    ("part", "least"),
    [
        ("quiet", 60),
        ("question", 30),
        ("criticism", 15),
        ("irony", 8),
        ("angry", 20),
        ("provoker", 8),
        ("feud", 20),
        ("flood-house", 25),
        ("flood-fire", 25),
        ("flood-voisins", 25),
        ("flood-house-question", 1),
        ("critical-threat", 1),
        ("critical-workplace", 1),
        ("critical-rendezvous", 1),
        ("critical-distress", 1),
    ],
)
def test_every_ingredient_is_there(part: str, least: int) -> None:
    assert len(parts(part)) >= least


def test_one_person_provokes_under_one_post_while_others_talk() -> None:
    assert {(line.by, line.on) for line in parts("provoker")} == {("grand_duc_88", "nuit-th")}
    assert len({line.by for line in LINES if line.on == "nuit-th"}) > 15


def test_the_feud_is_a_chain_of_visitors_answering_each_other() -> None:
    feud = parts("feud")
    assert {line.on for line in feud} == {"lames-yt"}
    assert sum(bool(line.re) for line in feud) >= 0.9 * len(feud)
    assert all(line.by != STORM.lines[line.re].by for line in feud if line.re)


@pytest.mark.parametrize("part", ["flood-house", "flood-fire", "flood-voisins"])
def test_copies_of_a_protest_come_from_different_people_and_share_most_of_its_words(part: str) -> None:
    copies = [line for line in parts(part) if "question" not in line.part]
    assert len({line.by for line in copies}) == len(copies)
    assert len({line.text for line in copies}) > 0.7 * len(copies)
    source = words(copies[0].text)
    assert all(len(source & words(line.text)) >= 0.5 * len(source) for line in copies)


def test_there_are_pictures_without_words_an_edit_and_a_deletion() -> None:
    assert any(line.picture == "" and not line.text for line in LINES)
    rewrites = [scene.event for scene in STORM.scenes if not isinstance(scene.event, Line)]
    assert {event.text is None for event in rewrites} == {True, False}


def test_lines_are_very_short_and_very_long() -> None:
    lengths = [len(line.text) for line in LINES]
    assert sum(length < 20 for length in lengths) >= 15
    assert max(lengths) > 400


async def test_forty_comments_are_there_before_the_first_new_one_which_comes_within_two_seconds() -> None:
    clock = Clock()
    player = rehearsal(clock)
    before, cursor = await read_all(player)
    assert 35 <= len(before) <= 50
    assert all(comment.created_at < EVENING for comment in before)
    clock.go(2)
    first, _ = await read_all(player, cursor)
    assert first


async def test_provoker_feud_and_flood_have_begun_after_three_minutes() -> None:
    clock = Clock()
    player = rehearsal(clock)
    _, cursor = await read_all(player)
    clock.go(180)
    found, _ = await read_all(player, cursor)
    begun = Counter(STORM.lines[comment.native_id].part for comment in found)
    assert begun["provoker"] >= 4
    assert begun["feud"] >= 8
    assert begun["flood-house"] >= 8


async def test_the_storm_is_over_after_a_quarter_of_an_hour() -> None:
    clock = Clock()
    player = rehearsal(clock)
    clock.go(0)
    _, cursor = await read_all(player)
    clock.go(901)
    _, cursor = await read_all(player, cursor)
    clock.go(86_400)
    assert await read_all(player, cursor) == ([], cursor)
    assert max(scene.at for scene in STORM.scenes) > 13 * 60


async def test_double_speed_tells_in_half_the_time_what_single_speed_tells() -> None:
    slow, fast = Clock(), Clock()
    one, two = rehearsal(slow), rehearsal(fast, speed=2.0)
    (_, at_one), (_, at_two) = await read_all(one), await read_all(two)
    slow.go(300)
    fast.go(150)
    (told, _), (told_fast, _) = await read_all(one, at_one), await read_all(two, at_two)
    assert [c.native_id for c in told] == [c.native_id for c in told_fast]


async def test_an_edit_arrives_as_another_version_of_the_same_comment() -> None:
    clock = Clock()
    player = rehearsal(clock)
    _, cursor = await read_all(player)
    clock.go(seconds("6:49"))
    before, cursor = await read_all(player, cursor)
    clock.go(2)
    after, _ = await read_all(player, cursor)
    (old,) = [c for c in before if c.native_id == name_id("ed1")]
    (new,) = [c for c in after if c.native_id == name_id("ed1")]
    assert (old.version, new.version) == ("1", "2")
    assert old.text != new.text
    assert old.created_at == new.created_at


async def test_only_fetch_tells_that_an_author_deleted_a_comment() -> None:
    clock = Clock()
    player = rehearsal(clock)
    await read_all(player)
    clock.go(seconds("9:09"))
    (there,) = await player.fetch([name_id("del1")])
    clock.go(2)
    assert isinstance(there, Comment)
    assert await player.fetch([name_id("del1"), "never-was"]) == [Gone(native_id=name_id("del1"), why="deleted")]
    everything, _ = await read_all(rehearsal(clock, start=EVENING))
    assert name_id("ed1") in {c.native_id for c in everything}
    assert name_id("del1") not in {c.native_id for c in everything}


async def test_what_visitors_write_is_safe_on_a_screen_and_its_raw_form_is_kept() -> None:
    clock = Clock()
    player = rehearsal(clock)
    await read_all(player)
    clock.go(900)
    found, _ = await read_all(player)
    assert all(sanitise(c.text) == c.text for c in found)
    assert [c.author.name for c in found if "\x1b" in c.raw] == ["escape_artist"]


async def test_the_post_of_every_comment_comes_along() -> None:
    clock = Clock()
    batch = await rehearsal(clock).poll(None)
    assert {c.post_id for c in batch.comments} == {post.native_id for post in batch.posts}
    assert all(
        post.created_at and post.created_at < c.created_at
        for c in batch.comments
        for post in batch.posts
        if post.native_id == c.post_id
    )


def test_a_handle_is_derived_from_any_name() -> None:
    assert handle_of("Léa Fontanel") == "lea.fontanel"
    assert handle_of("月の人").startswith("u")


SCENARIO = """\
# three lines make a story
{"post": "p", "network": "mastodon", "text": "Bonjour", "at": "-1:00:00"}
{"at": "-30", "on": "p", "by": "Ada", "id": "a", "text": "Hello"}
{"at": "5", "on": "p", "by": "Bo", "re": "a", "text": "Hi Ada", "lang": "en"}
"""


async def test_a_trainer_plays_a_scenario_of_their_own(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(SCENARIO)
    clock = Clock()
    player = rehearsal(clock, script=str(own))
    (first,), cursor = await read_all(player)
    clock.go(5)
    (second,), _ = await read_all(player, cursor)
    assert (first.author.name, second.parent_id, second.language) == ("Ada", name_id("a"), "en")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"at": "5", "on": "nowhere", "by": "Bo", "text": "Hi"}', "there is no post 'nowhere'"),
        ('{"at": "5", "on": "p", "by": "Bo", "re": "z", "text": "Hi"}', "no comment with the id 'z'"),
        ('{"at": "-40", "on": "p", "by": "Bo", "re": "a", "text": "Hi"}', "before that one is written"),
        ('{"at": "soon", "on": "p", "by": "Bo", "text": "Hi"}', "'soon' is not a time"),
        ('{"at": "5", "on": "p", "by": "Bo"}', "wants a text or a picture"),
        ('{"at": "5", "on": "p", "by": "Bo", "text": "Hi", "moood": 1}', "unknown field `moood`"),
        ('{"at": "5", "on": "p", "by": "Bo", "text": 7}', "Expected `str`, got `int`"),
        ('{"at": "5", "on": "p", "by": "Bo", "id": "a", "text": "Hi"}', "the id 'a' is there twice"),
        ('{"post": "q", "network": "myspace", "text": "", "at": "0"}', "'myspace' is not one of"),
        ('{"post": "p", "network": "x", "text": "", "at": "0"}', "the post 'p' is there twice"),
        ('{"delete": "a", "at": "-2:00"}', "before that one is written"),
        ('{"aim": "riot", "on": "p"}', "'riot' is not one of"),
        ('{"aim": "feud", "on": "nowhere"}', "there is no post 'nowhere'"),
        ('{"aim": "feud", "on": "p", "since": "z"}', "no comment with the id 'z'"),
        ('{"hello": 1}', "no known kind of line"),
        ('{"at": "5", ', "JSON"),
        ("[]", "each line is one JSON object"),
        ('{"names": [], "surnames": ["A"]}', "at least one each"),
    ],
)
async def test_a_fault_in_a_scenario_is_named_with_file_and_line(tmp_path: Path, line: str, complaint: str) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(SCENARIO + line + "\n")
    with pytest.raises(ConnectorError) as caught:
        await rehearsal(Clock(), script=str(own)).poll(None)
    assert caught.value.message.startswith(f"{own}:5: ")
    assert complaint in caught.value.message or (complaint == "JSON" and "truncated" in caught.value.message)


async def test_a_scenario_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match=r"none\.jsonl"):
        await rehearsal(Clock(), script=str(tmp_path / "none.jsonl")).poll(None)
    with pytest.raises(ConnectorError, match="no comments"):
        await rehearsal(Clock(), script=str(tmp_path)).poll(None)


@pytest.mark.parametrize(("text", "wanted"), [("45", 45), ("1:05", 65), ("-2:10:00", -7800), ("0:01.5", 1.5)])
def test_times_are_read_as_people_write_them(text: str, wanted: float) -> None:
    assert seconds(text) == wanted
