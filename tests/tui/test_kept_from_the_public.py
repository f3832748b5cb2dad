"""What a platform keeps from the public is said in the list and in the detail, beside what we hid ourselves."""

import pytest
from builders import comment, seen
from msgspec import structs
from sitting import CALM, Room, seated


@pytest.mark.parametrize(("moderation", "word"), [("held", "on hold"), ("spam", "spam"), ("hidden", "hidden there")])
async def test_the_list_and_the_detail_say_what_people_cannot_see(room: Room, moderation: str, word: str) -> None:
    kept = structs.replace(comment("Rendez la fontaine", id="c1"), moderation=moderation)
    room.ledger.record([seen(kept, assessments=(CALM,))])

    async with seated(room, size=(200, 40)) as seat:
        assert word in seat.text()
        await seat.press("enter")
        assert f"not public: {word}" in seat.text()
