"""The desk over SSH, on a real sshd: two people at once, and a line that is cut in mid-scroll, mid-reply and mid-send."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import Home
from metered import metered
from ssh_box import Box, hindrance, running_sshd

pytestmark = pytest.mark.real

CONFIG = """
operator = "marta"
lang = "en"
[sources.museum]
platform = "rehearsal"
comments = 60
speed = 0
latency = 0.0
[outbox]
countdown = {countdown}
"""


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """One sshd for all."""
    if why := hindrance():
        pytest.skip(why)
    with running_sshd(tmp_path_factory.mktemp("ssh") / "sshd") as running:
        yield running


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Home]:
    """A home whose engine runs without a screen."""
    home = Home(tmp_path)
    home.configure(CONFIG.format(countdown=2.0))
    with home.running("watch", "--quiet"):
        patiently(lambda: len(home.run("list", "--json", "--limit", "100").lines) == 60)
        yield home


def patiently(is_so: Callable[[], bool]) -> None:
    """Look until it is so; every look is a process of its own."""
    deadline = time.monotonic() + 30
    while not is_so() and time.monotonic() < deadline:
        pass
    assert is_so()


def key_of_newest(home: Home) -> str:
    """Return the comment on which a list opens."""
    found = home.run("list", "--json", "--limit", "1").objects
    return str(found[0]["key"])


def state(home: Home, key: str) -> str:
    return str(home.run("show", key, "--json").objects[0]["state"])


def test_two_people_over_ssh_act_on_one_desk_each_act_once_under_their_own_names(box: Box, house: Home) -> None:
    marta = box.open(house.environment())
    marta.until("Open 60", "1/60", "keys")
    lou = box.open(house.environment(BECALM_OPERATOR="lou"))
    lou.until("Open 60", "1/60", "keys")
    key = key_of_newest(house)
    marta.send("a")
    lou.until("marta")
    assert house.run("show", key, "--json").objects[0]["claimed_by"] == "marta"
    refused = house.run("claim", key, env={"BECALM_OPERATOR": "ana"})
    assert "marta" in refused.out + refused.err
    lou.send("q")
    marta.send("q")


def test_a_line_cut_in_mid_scroll_harms_neither_the_engine_nor_the_next_login(box: Box, house: Home) -> None:
    line = box.open(house.environment())
    line.until("Open 60", "1/60", "keys")
    line.send("j" * 20)
    line.cut()
    again = box.open(house.environment())
    again.until("Open ", "keys", " 1/")
    again.send("q")
    (said,) = house.run("status", "--json").objects
    assert said["engine"] == "alive"


def test_a_line_cut_in_mid_send_lets_the_outbox_go_on_and_the_next_login_shows_it(box: Box, house: Home) -> None:
    line = box.open(house.environment())
    line.until("Open 60", "1/60", "keys")
    key = key_of_newest(house)
    line.send("RMerci\to")
    line.until("z takes it back")
    line.cut()
    patiently(lambda: state(house, key) == "answered")
    again = box.open(house.environment())
    again.until("Open ", "keys", " 1/")
    again.send("O")
    again.until("Merci", "sent")
    again.send("qq")


def test_a_line_cut_in_mid_reply_keeps_the_draft_for_the_next_login(box: Box, house: Home) -> None:
    line = box.open(house.environment())
    line.until("Open 60", "1/60", "keys")
    line.send("RLa salle 4 rouvre")
    line.until("La salle 4 rouvre")
    line.cut()
    again = box.open(house.environment())
    again.until("Open ", "keys", " 1/")
    again.send("R")
    again.until("La salle 4 rouvre")
    again.send("\x1b\x1bq")


WIDE = (120, 40)


@pytest.mark.parametrize(
    ("compressed", "screen", "moves", "held"), [(False, 15_000, 32_000, 14_000), (True, 8_000, 9_000, 6_000)]
)
def test_a_first_screen_and_twenty_moves_cost_a_slow_line_little(
    box: Box,
    house: Home,
    record_property: Callable[[str, object], None],
    *,
    compressed: bool,
    screen: int,
    moves: int,
    held: int,
) -> None:
    """A toolkit's own table of this size, with nothing beside it, takes 44 kB, then 18 kB for 20 moves."""
    with metered(box.port) as meter:
        line = box.open(house.environment(), size=WIDE, port=meter.port, compressed=compressed)
        line.until("Open 60", "1/60", "keys")
        first = meter.down
        for at in range(2, 22):
            line.send("j")
            line.until(f" {at}/60")
        each = meter.down - first
        line.send("j" * 20)
        line.until(" 41/60")
        at_once = meter.down - first - each
        line.send("q")
    how = "ssh -C" if compressed else "ssh"
    figures = f"{how}, 120x40: first screen {first} bytes, 20 moves seen one by one {each}, 20 at once {at_once}"
    record_property("figures", figures)
    assert (first < screen, each < moves, at_once < held) == (True, True, True)
