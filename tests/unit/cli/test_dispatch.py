"""Every command: help, refusals, exit codes, pipes; what people and scripts rely on everywhere."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from commands import BECALM, Home

from tui.cli._run import split
from tui.cli._table import COMMANDS

EVERY = [*COMMANDS, "desk"]


@pytest.mark.parametrize("command", EVERY)
def test_help_has_examples_before_options(home: Home, command: str) -> None:
    answer = home.run(command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert 0 < answer.out.index("examples:") < answer.out.index("usage:") < answer.out.index("--help")


@pytest.mark.parametrize("command", EVERY)
def test_help_asks_nothing_of_the_configuration(home: Home, command: str) -> None:
    home.configure("not toml at all")
    assert home.run(command, "-h").code == 0


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_the_overview_names_every_command(home: Home, words: list[str]) -> None:
    answer = home.run(*words)
    assert answer.code == 0
    assert all(f"\n  {command} " in answer.out for command in COMMANDS)


def test_help_of_one_command_may_be_asked_in_words(home: Home) -> None:
    assert home.run("help", "list").out == home.run("list", "--help").out


def test_version_is_one_line(home: Home) -> None:
    answer = home.run("--version")
    assert answer.code == 0
    assert answer.out.startswith("becalm 0.")
    assert len(answer.lines) == 1


def test_an_unknown_command_is_refused_with_the_one_meant(home: Home) -> None:
    answer = home.run("stauts")
    assert (answer.code, answer.out) == (64, "")
    assert "becalm status" in answer.err


def test_dashes_alone_make_no_option_alike(home: Home) -> None:
    answer = home.run("list", "--bogus")
    assert answer.code == 64
    assert "Did you mean" not in answer.err


def test_an_unknown_option_is_refused_with_the_one_meant(home: Home) -> None:
    answer = home.run("list", "--jsn")
    assert (answer.code, answer.out) == (64, "")
    assert "Did you mean --json?" in answer.err


def test_options_may_stand_before_and_after_the_command_and_its_arguments(home: Home) -> None:
    home.fill({})
    expected = home.run("list", "--json", "--desk", "main", "quiet").out
    assert expected
    assert home.run("--desk", "main", "list", "quiet", "--json").out == expected


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ([], "", []),
        (["list", "a"], "list", ["a"]),
        (["--lang", "fr", "list", "a"], "list", ["--lang", "fr", "a"]),
        (["--lang=fr", "list"], "list", ["--lang=fr"]),
        (["--desk", "list"], "", ["--desk", "list"]),
        (["-v", "show", "list"], "show", ["-v", "list"]),
    ],
)
def test_the_command_is_found_among_the_options(words: list[str], command: str, rest: list[str]) -> None:
    assert split(words) == (command, rest)


def test_a_reader_that_leaves_early_is_nothing_to_talk_about(home: Home) -> None:
    home.fill(*({"text": "x" * 500} for _ in range(400)))
    shell = f"'{BECALM}' list --json | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, check=False, timeout=60, env=home.environment()
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "141"


def test_ctrl_c_ends_at_once_with_130_and_no_trace(home: Home) -> None:
    home.fill({})
    with home.running("list", "--watch") as process:
        assert process.stdout is not None
        assert "What a quiet room" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 130
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.parametrize("term", ["dumb", "-"])
def test_a_dumb_terminal_is_refused_with_what_would_work(home: Home, term: str) -> None:
    answer = home.run(env={"TERM": term})
    assert answer.code == 69
    assert "becalm list" in answer.err


def test_without_a_terminal_the_desk_is_refused(home: Home) -> None:
    answer = home.run("demo")
    assert answer.code == 69
    assert "needs a terminal" in answer.err


def test_nothing_is_asked_without_a_terminal(home: Home) -> None:
    home.fill({})
    answer = home.run("done", "1")
    assert answer.code == 64
    assert "BECALM_OPERATOR" in answer.err


def test_errors_are_told_in_french_to_who_speaks_it(home: Home) -> None:
    english, french = home.run("nonsense").err, home.run("nonsense", "--lang", "fr").err
    assert "no command is named" in english
    assert "aucune commande" in french


def test_a_configuration_with_faults_names_each_and_exits_78(home: Home) -> None:
    home.configure('lang = "de"\n[outbox]\ncuntdown = 1\n')
    answer = home.run("list")
    assert (answer.code, answer.out) == (78, "")
    assert "config.toml:1: lang: " in answer.err
    assert "config.toml:3: outbox.cuntdown: unknown key; did you mean countdown?" in answer.err


def test_a_folder_that_cannot_be_made_is_named(home: Home) -> None:
    Path(home.becalm).write_text("in the way")
    answer = home.run("import", "-", stdin='{"id":"1","text":"x","at":"2026-01-01T00:00:00Z"}')
    assert answer.code == os.EX_CANTCREAT
    assert "Traceback" not in answer.err
    assert str(home.becalm) in answer.err


def test_a_bug_becomes_a_private_report_and_no_trace(home: Home, tmp_path: Path) -> None:
    # a package of the wrong shape in front of ours: what a broken installation looks like
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "msgspec.py").write_text("raise RuntimeError('token=abc123 for me@museum.example')\n")
    answer = home.run("list", env={"PYTHONPATH": str(broken)})
    assert answer.code == 70
    assert "Traceback" not in answer.err
    (report,) = (home.becalm / "crashes").iterdir()
    assert str(report) in answer.err
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text()
    assert "RuntimeError" in text
    assert "abc123" not in text
    assert "me@museum" not in text


def test_output_to_a_pipe_has_no_escape_codes(home: Home) -> None:
    home.fill({"text": "\x1b[31mred\x1b]52;c;aGk=\x07 [bold]not markup[/bold]"})
    for words in (["list"], ["show", "1"], ["export"], ["export", "--format", "md"], ["status"], ["doctor"]):
        assert "\x1b" not in home.run(*words).out


def test_doctor_finds_keys_that_the_desk_would_refuse(home: Home) -> None:
    home.configure('operator = "marta"\n[keys]\nfoo = ["q"]\n')
    answer = home.run("doctor")
    assert answer.code == 69
    assert "foo" in answer.out
