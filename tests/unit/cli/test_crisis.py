"""`becalm crisis`, and what `status` says of situations and of it."""

import pytest
from commands import Home
from storms import script

CONFIG = """
operator = "marta"
[sources.museum]
platform = "rehearsal"
script = "{script}"
"""


def test_it_is_switched_on_shown_and_switched_off(home: Home) -> None:
    home.configure('operator = "marta"\n')
    home.fill({"id": "1"})
    assert "crisis mode is off" in home.run("crisis").out
    assert home.run("crisis", "--begin").code == 64  # it asks, and nobody is there
    on = home.run("crisis", "--begin", "--hours", "2", "--yes", "--json")
    assert on.code == 0, on.err
    (said,) = on.objects
    assert (said["on"], said["by"], said["held_by"]) == (True, "marta", "marta")
    assert "CRISIS MODE until" in home.run("status").out or home.run("status", "--json").objects[0]["crisis"]["on"]
    assert home.run("crisis", "--end").out.startswith("crisis mode is off")


def test_the_quick_check_names_the_situation(home: Home) -> None:
    path = home.path / "flood.jsonl"
    path.write_text(script(12))
    home.configure(CONFIG.format(script=path))
    assert home.run("watch", "--once", "--quiet").code == 0
    (post,) = home.run("status", "--json").objects[0]["posts"]
    assert post["situations"] == ["flood"]


def test_a_senseless_time_is_refused(home: Home) -> None:
    home.configure('operator = "marta"\n')
    home.fill({"id": "1"})
    answer = home.run("crisis", "--begin", "--hours", "1000", "--yes")
    assert answer.code == 64
    assert "72" in answer.err


def test_looking_asks_nobody_for_a_name(home: Home) -> None:
    home.fill({"id": "n1"})
    looked = home.run("crisis", "--no-input")
    assert (looked.code, looked.err) == (0, "")
    assert "crisis mode is off" in looked.out


@pytest.mark.parametrize("hours", ["0", "-1", "nan", "soon", "1000"])
def test_a_time_that_is_none_is_refused_before_anything_is_asked(home: Home, hours: str) -> None:
    home.fill({"id": "n1"})
    refused = home.run("crisis", "--begin", f"--hours={hours}", "--no-input")
    assert refused.code == 64
    assert "hours" in refused.err.splitlines()[0]
    assert "go on?" not in refused.err
