"""The rehearsal's storm, written by another hand than the labelled threads: read as it was written."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from threads import START

from connectors._rehearsal.script import Line, read_script
from inbox.situations.batch import PostSituation, Row, situations


@pytest.fixture(scope="module")
def story() -> Mapping[object, PostSituation]:
    script = read_script()
    rows = [
        Row(
            id=scene.event.id,
            post=scene.event.on,
            author=scene.event.by,
            at=START + timedelta(seconds=scene.at),
            text=scene.event.text,
            parent=scene.event.re or None,
            lang=scene.event.lang or None,
            platform=script.posts[scene.event.on].network,
        )
        for scene in script.scenes
        if isinstance(scene.event, Line)
    ]
    return {answer.post: answer for answer in situations(rows)}


@pytest.mark.parametrize("post", ["film-fb", "film-ig", "film-x", "film-ma", "film-yt"])
def test_the_film_is_flooded_on_every_network(story: Mapping[object, PostSituation], post: str) -> None:
    assert story[post].situation == ("flood",)


def test_the_sword_experts_feud(story: Mapping[object, PostSituation]) -> None:
    assert story["lames-yt"].situation == ("feud",)


def test_the_provoker_under_the_children_s_exhibition_is_alone(story: Mapping[object, PostSituation]) -> None:
    assert story["nuit-th"].situation == ("lone_troll",)


@pytest.mark.parametrize("post", ["horaires-fb", "lames-fb", "lames-bs", "nuit-wp"])
def test_the_other_posts_are_quiet(story: Mapping[object, PostSituation], post: str) -> None:
    assert story[post].situation == ()


def test_the_three_texts_that_go_round_are_three_waves(story: Mapping[object, PostSituation]) -> None:
    assert len({wave.id for answer in story.values() for wave in answer.waves}) == 3
