"""What becomes of an open comment on its platform is on the desk at the next look: likes, answers, edits, hidden states."""

from pathlib import Path

import pytest
from fault_desk import wired_desk
from stages import STAGES, Stage

from connectors._model import Capability
from inbox import desk


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> Stage:
    return STAGES[request.param](lambda: request.getfixturevalue("network"))


async def test_an_open_comment_is_kept_up_to_date(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as wired:
        native_id = stage.visitor_writes("Quand ouvrez-vous ?")
        await wired.catch_up()
        expected = stage.moves_on(native_id)

        await wired.look_again()

        now = wired.item().comment
        kinds = [each.kind for each in now.attachments]
        assert {name: kinds if name == "attachments" else getattr(now, name) for name in expected} == expected


async def test_what_a_platform_keeps_from_the_public_is_said_in_the_list_and_in_a_query(
    tmp_path: Path, stage: Stage
) -> None:
    async with wired_desk(tmp_path / "desk", stage) as wired:
        native_id = stage.visitor_writes("Quand ouvrez-vous ?")
        await wired.catch_up()
        moderation = stage.moves_on(native_id).get("moderation", "")
        await wired.look_again()

        for query, matches in (("is:held", moderation == "held"), ("is:hidden", moderation == "hidden")):
            view = await wired.sat.open_view(query)
            rows = (await wired.sat.page(view.id, 0, 9)).rows
            assert [row.moderation for row in rows] == [moderation] * matches, query


async def test_what_was_hidden_there_is_shown_again_from_the_desk(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as wired:
        native_id = stage.visitor_writes("Quand ouvrez-vous ?")
        await wired.catch_up()
        if not stage.moves_on(native_id).get("moderation"):
            pytest.skip(f"nothing on {stage.name} tells that somebody hid a comment")
        await wired.look_again()

        await wired.act(desk.Hide(reason="a mistake", hidden=False))
        await wired.carry_on()
        await wired.look_again()

        assert not stage.is_hidden(native_id)
        assert wired.item().comment.moderation == ""
        assert not wired.item().hidden


async def test_hiding_a_visitors_comment_does_not_make_it_ours(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as wired:
        if wired.connector.capabilities[Capability.HIDE].can == "no":
            pytest.skip(f"nothing can be hidden on {stage.name}")
        stage.visitor_writes("Quand ouvrez-vous ?")
        await wired.catch_up()

        await wired.act(desk.Hide(reason="insult"))
        await wired.carry_on()
        await wired.look_again()

        assert wired.item().hidden
        assert not wired.item().own
        assert wired.item().is_open
