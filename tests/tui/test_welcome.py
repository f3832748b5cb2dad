"""The first run: a name, then a beginning."""

import pytest

from tui.settings import Settings
from tui.welcome import Welcome, WelcomeApp


async def answered(*keys: str) -> Welcome | None:
    app = WelcomeApp(Settings(language="en"), "root")
    async with app.run_test() as pilot:
        await pilot.press(*keys)
    return app.return_value


async def test_the_first_key_typed_replaces_the_suggested_name() -> None:
    assert await answered(*"Marta", "enter", "1") == Welcome("Marta", "rehearsal")


async def test_the_suggested_name_is_taken_as_it_is() -> None:
    assert await answered("enter", "3") == Welcome("root", "desk")


async def test_a_suggested_name_that_is_corrected_stays() -> None:
    assert await answered("backspace", "m", "enter", "3") == Welcome("room", "desk")


async def test_esc_goes_back_to_the_name_which_then_is_no_suggestion() -> None:
    assert await answered(*"Marta", "enter", "escape", "a", "enter", "3") == Welcome("Martaa", "desk")


@pytest.mark.parametrize("keys", [("escape",), ("enter", "q"), ("enter", "escape", "escape")])
async def test_what_is_said_to_leave_leaves(keys: tuple[str, ...]) -> None:
    assert await answered(*keys) is None
