"""A platform that tags its answers is asked for what changed alone, and a desk misses nothing by it."""

from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from fault_desk import wired_desk
from stages import STAGES, Stage


class Tagging:
    """A platform behind a server that tags its answers, as Mastodon, Bluesky and the Graph API do.

    Attributes:
        wholes: answers to reads that were sent whole.
        unchanged: reads that were answered with "unchanged".
    """

    def __init__(self, stage: Stage) -> None:
        """Tag what `stage` answers."""
        self._answer = stage.answer
        self.wholes = 0
        self.unchanged = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, or say that nothing changed."""
        said = self._answer(request)
        if request.method != "GET" or said.status_code != 200:
            return said
        tag = f'W/"{sha256(said.content).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            self.unchanged += 1
            return httpx.Response(304, headers={"ETag": tag})
        self.wholes += 1
        said.headers["ETag"] = tag
        return said


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> Stage:
    return STAGES[request.param](lambda: request.getfixturevalue("network"))


async def test_quiet_polls_bring_no_answer_twice_and_the_next_comment_still_arrives(
    tmp_path: Path, stage: Stage
) -> None:
    async with wired_desk(tmp_path / "desk", stage) as wired:
        tagging = Tagging(stage)
        wired.server.platform = tagging.answer
        stage.visitor_writes("Quand ouvrez-vous ?")
        for _ in range(4):
            await wired.catch_up()
        quiet_from = tagging.wholes

        await wired.catch_up()
        quiet = tagging.wholes - quiet_from
        stage.visitor_writes("Et le dimanche ?")
        for _ in range(3):
            await wired.catch_up()

        assert quiet == 0
        assert tagging.unchanged > 0
        assert wired.arrivals() == ["Quand ouvrez-vous ?", "Et le dimanche ?"]


async def test_an_edit_behind_a_tag_is_seen(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as wired:
        wired.server.platform = Tagging(stage).answer
        native_id = stage.visitor_writes("Quand ouvrez-vous ?")
        await wired.catch_up()
        await wired.look_again()
        expected = stage.moves_on(native_id)

        await wired.look_again()

        now = wired.item().comment
        kinds = [each.kind for each in now.attachments]
        assert {name: kinds if name == "attachments" else getattr(now, name) for name in expected} == expected
