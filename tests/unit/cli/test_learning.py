"""Learning from the command line: what was corrected and what it would change, for people and for scripts."""

import json

from commands import Home

CONFIG = """
operator = "marta"
[sources.show]
platform = "rehearsal"
comments = 40
speed = 0.0
latency = 0.0
"""


def corrected(home: Home) -> list[str]:
    """A desk on which two comments were corrected; returns their keys."""
    home.configure(CONFIG)
    assert home.run("watch", "--once").code == 0
    keys = [row["key"] for row in home.run("list", "risk:calm -is:question", "--json").objects][:2]
    assert len(keys) == 2
    for key in keys:
        assert home.run("correct", key, "--riskier").code == 0
    return keys


def test_scripts_get_each_correction_and_what_comes_of_them_and_nothing_is_changed(home: Home) -> None:
    keys = corrected(home)
    answer = home.run("learn", "--json")
    assert answer.code == 0
    *seen, lesson = answer.objects
    assert {row["id"] for row in seen} == set(keys)
    assert all((row["v"], row["scored"], row["corrected"]) == (1, "calm", "tense") and row["text"] for row in seen)
    assert (lesson["v"], lesson["corrections"], lesson["agreed"], lesson["kept"]) == (1, 2, 0, False)
    assert set(lesson) == {"v", "corrections", "agreed", "would_agree", "changed", "tense", "heated", "kept"}
    assert home.run("learn", "--forget", "--json").objects == [{"v": 1, "forgotten": False}]


def test_with_yes_what_agrees_better_is_kept_and_forgotten_again(home: Home) -> None:
    corrected(home)
    lesson = home.run("learn", "--json", "--yes").objects[-1]
    assert lesson["kept"] is (lesson["would_agree"] > lesson["agreed"])
    files = list(home.becalm.rglob("learned.json"))
    assert bool(files) is lesson["kept"]
    for file in files:
        assert json.loads(file.read_text())["tense"] == lesson["tense"]
    assert home.run("learn", "--forget", "--json").objects == [{"v": 1, "forgotten": lesson["kept"]}]


def test_a_desk_without_corrections_says_so_in_one_object(home: Home) -> None:
    home.configure(CONFIG)
    assert home.run("watch", "--once").code == 0
    (only,) = home.run("learn", "--json").objects
    assert (only["corrections"], only["tense"], only["kept"]) == (0, None, False)
