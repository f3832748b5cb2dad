"""The watch: who has it, what is handed over, and the engine as a service."""

import shutil
import subprocess

import pytest
from commands import Home

CONFIG = """
operator = "marta"
[sources.museum]
platform = "rehearsal"
speed = 0
latency = 0.0
"""


@pytest.fixture
def house(home: Home) -> Home:
    """A home that has run once."""
    home.configure(CONFIG)
    assert home.run("watch", "--once", "--quiet").code == 0
    return home


def test_at_first_nobody_is_on_watch(house: Home) -> None:
    assert house.run("on-watch").out == "nobody is on watch\n"


def test_a_hand_over_is_told_with_its_note(house: Home) -> None:
    assert house.run("on-watch", "lou", "--note", "the thread on room 4 is ours").code == 0
    (said,) = house.run("on-watch", "--json").objects
    assert (said["watch"], said["note"], said["by"]) == ("lou", "the thread on room 4 is ours", "marta")


def test_a_note_may_come_from_stdin_with_its_lines(house: Home) -> None:
    house.run("on-watch", "lou", "--note", "-", stdin="two questions wait\nring the box office\n")
    assert house.run("on-watch").lines[1:] == ["  two questions wait", "  ring the box office"]


def test_the_watch_ends(house: Home) -> None:
    house.run("on-watch", "lou")
    assert house.run("on-watch", "--nobody").out == "nobody is on watch\n"


def test_the_status_says_who_is_on_watch_and_what_was_left_for_them(house: Home) -> None:
    house.run("on-watch", "lou", "--note", "room 4")
    assert house.run("watch", "--once", "--quiet").code == 0
    (said,) = house.run("status", "--json").objects
    assert (said["watch"], said["handover"]) == ("lou", "room 4")
    assert house.run("status", "--format", "{watch}").out == "lou\n"


@pytest.mark.parametrize("arguments", [("--note", "for whom?"), ("a\tb",), ("lou", "--note", "x" * 2001)])
def test_what_cannot_be_a_hand_over_is_refused(house: Home, arguments: tuple[str, ...]) -> None:
    assert house.run("on-watch", *arguments).code == 64


def test_the_unit_runs_this_desk_in_its_home(home: Home) -> None:
    lines = home.run("watch", "--unit", "--desk", "annexe").lines
    start = next(line for line in lines if line.startswith("ExecStart="))
    assert start.endswith("/becalm watch --quiet --desk annexe")
    assert f"Environment=BECALM_HOME={home.becalm}" in lines


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_finds_nothing_wrong_with_the_unit(home: Home) -> None:
    unit = home.path / "becalm-test.service"
    unit.write_text(home.run("watch", "--unit").out)
    found = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        env=home.environment(XDG_RUNTIME_DIR=str(home.path)),
    )
    assert "becalm-test.service" not in found.stderr, found.stderr
