"""One table of keys: bindings, clashes, prefixes, and a handler behind every command."""

import pytest

from tui.keymap import COMMANDS, Command, Keymap, KeymapError, canonical, markdown, shown
from tui.screens.acts import Acts
from tui.screens.approvals import ApprovalsScreen
from tui.screens.base import KeyScreen
from tui.screens.choice import ChoiceScreen
from tui.screens.corridor import Corridor
from tui.screens.crisis import CrisisScreen
from tui.screens.deciding import Deciding
from tui.screens.help import HelpScreen
from tui.screens.house import HouseScreen
from tui.screens.looks import Looks
from tui.screens.moves import Moves
from tui.screens.offering import Offering
from tui.screens.outbox import OutboxScreen
from tui.screens.play import PlayScreen
from tui.screens.plays import Plays
from tui.screens.situations import SituationsScreen
from tui.screens.writing import WritingScreen

OWNERS: dict[str, tuple[type, ...]] = {
    "reply": (WritingScreen, Offering),
    "editor": (WritingScreen,),
    "bar": (WritingScreen,),
    "outbox": (OutboxScreen,),
    "situations": (SituationsScreen,),
    "play": (PlayScreen,),
    "crisis": (CrisisScreen,),
    "house": (HouseScreen,),
    "approvals": (ApprovalsScreen, Deciding),
    "choice": (ChoiceScreen,),
    "reader": (HelpScreen,),
}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.place != "question"], ids=lambda c: c.name)
def test_every_command_is_carried_out_by_somebody(command: Command) -> None:
    method = command.name.replace("-", "_")
    if command.place == "desk":
        found = any(hasattr(owner, method) for owner in (Moves, Acts, Looks, Plays, Corridor)) or hasattr(
            KeyScreen, f"do_{method}"
        )
        assert found or command.name == "redraw"
    else:
        assert any(hasattr(owner, name) for owner in OWNERS[command.place] for name in (f"do_{method}", method))


def test_a_clash_names_both_commands_the_key_and_the_file() -> None:
    with pytest.raises(KeymapError) as caught:
        Keymap.build({"done": "r"}, "keys.toml")
    assert str(caught.value) == "keys.toml: key 'r' is bound to both 'reply' and 'done'"


def test_a_key_that_begins_sequences_cannot_be_a_command_too() -> None:
    with pytest.raises(KeymapError, match="bound to both"):
        Keymap.build({"done": "c"})


def test_an_unknown_command_is_named_with_its_nearest() -> None:
    with pytest.raises(KeymapError, match="no command 'replay', did you mean 'reply'"):
        Keymap.build({"replay": "e"})


def test_a_command_moves_to_another_key() -> None:
    keymap = Keymap.build({"done": ["Ctrl+e", "K"]})
    found = keymap.find("desk", "ctrl-e")
    assert found is not None
    assert found.name == "done"
    assert keymap.find("desk", "e") is None
    assert keymap.key("done") == "Ctrl-e"


def test_what_confirms_a_sending_is_neither_enter_nor_the_key_that_began_it() -> None:
    keymap = Keymap.build()
    confirming = set(keymap.commands["send"].keys) | set(keymap.commands["yes"].keys)
    assert confirming == {"o", "y"}
    beginning = {keymap.key(name).split()[0] for name in ("reply", "reply-blank", "notice", "quit", "hide")}
    assert not confirming & ({"enter"} | beginning)


def test_no_control_key_that_terminals_keep_for_themselves() -> None:
    kept = {f"ctrl-{letter}" for letter in "hijmzsqbap"}
    assert not kept & {stroke for c in COMMANDS for keys in c.keys for stroke in keys.split()}


def test_keys_are_written_one_way_and_shown_another() -> None:
    assert canonical("Ctrl+D") == "ctrl-d"
    assert canonical("G") == "G"
    assert shown("c p") == "c p"
    assert shown("escape") == "Esc"


def test_the_reference_lists_every_command() -> None:
    text = markdown()
    assert all(f"`{command.name}`" in text for command in COMMANDS)
