"""The configuration: what is read, and how every fault is told."""

from pathlib import Path

import pytest
from msgspec import structs

from connectors._http import Http
from connectors._secret import Secret
from inbox.accounts import Absent, bring_to_life
from inbox.config import Config, ConfigError, connector_of, read


def written(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read(path)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, text)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]


def source_faults(tmp_path: Path, text: str) -> list[str]:
    config = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        connector_of(config.sources[0])
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]


def test_a_file_that_is_not_there_is_an_empty_configuration(tmp_path: Path) -> None:
    config = read(tmp_path / "config.toml")
    assert config.sources == ()
    assert config.outbox.countdown == 10


def test_everything_that_may_stand_in_it(tmp_path: Path) -> None:
    config = written(
        tmp_path,
        """
        operator = "marta"
        lang = "fr"
        [sources.show]
        platform = "rehearsal"
        seed = 7
        [keys]
        done = "e"
        reply = ["r", "ctrl+r"]
        [outbox]
        countdown = 20
        [house]
        facts = "facts.toml"
        templates = "/srv/templates"
        [screen]
        palette = "light"
        """,
    )
    assert (config.operator, config.lang, config.screen.palette) == ("marta", "fr", "light")
    assert config.keys == {"done": ("e",), "reply": ("r", "ctrl+r")}
    assert (config.outbox.countdown, config.outbox.batch_countdown) == (20, 30)
    assert config.house.facts == str(tmp_path / "facts.toml")
    assert config.house.templates == "/srv/templates"
    assert [(s.name, s.platform, s.options) for s in config.sources] == [("show", "rehearsal", {"seed": 7})]


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, 'operator = "marta"\nlang =\n')
    assert fault.startswith("config.toml:2: not TOML: ")


def test_an_unterminated_file_is_told_too(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, 'operator = "')
    assert fault.startswith("config.toml:1: not TOML: ")


def test_a_mistyped_key_is_told_with_what_was_meant(tmp_path: Path) -> None:
    assert faults(tmp_path, 'lang = "fr"\noperater = "x"\n') == [
        "config.toml:2: operater: unknown key; did you mean operator?"
    ]


def test_a_key_like_no_other_is_told_with_those_known(tmp_path: Path) -> None:
    assert faults(tmp_path, "[outbox]\nzzz = 1\n") == [
        "config.toml:2: outbox.zzz: unknown key; known here: countdown, batch_countdown"
    ]


def test_several_faults_are_told_at_once_in_the_files_order(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """lang = "de"
[outbox]
countdown = "soon"
batch_countdown = -1
[sources.a]
platform = "nope"
[sources."B b"]
platform = "rehearsal"
[sources.c]
seed = 1
[screen]
palete = "dark"
""",
    )
    assert [fault.split(": ")[:2] for fault in found] == [
        ["config.toml:1", "lang"],
        ["config.toml:3", "outbox.countdown"],
        ["config.toml:4", "outbox.batch_countdown"],
        ["config.toml:6", "sources.a.platform"],
        ["config.toml:7", "sources.B b"],
        ["config.toml:9", "sources.c"],
        ["config.toml:12", "screen.palete"],
    ]


def test_an_unknown_platform_lists_what_is_installed(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, '[sources.a]\nplatform = "mastadon"\n')
    assert fault.startswith("config.toml:2: sources.a.platform: unknown platform 'mastadon'; did you mean mastodon?")
    assert "Installed: " in fault
    assert "rehearsal" in fault


@pytest.mark.parametrize("name", ['"\\u001b[2J"', '"a\\nb"', f'"{"x" * 41}"', '" x"'])
def test_an_operators_name_is_one_printable_line(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, f"operator = {name}\n") == [
        "config.toml:1: operator: a name is one printable line of at most 40 characters"
    ]


@pytest.mark.parametrize("key", ["sources", "keys", "outbox", "house", "screen"])
def test_a_value_in_place_of_a_table_is_a_fault(tmp_path: Path, key: str) -> None:
    (fault,) = faults(tmp_path, f"{key} = 1\n")
    assert fault.startswith(f"config.toml:1: {key}: expected ")


# -- one source's options --------------------------------------------------------------------------


def test_a_source_becomes_its_connector_and_typed_options(tmp_path: Path) -> None:
    config = written(tmp_path, '[sources.a]\nplatform = "rehearsal"\nseed = 7\n')
    connector, options = connector_of(config.sources[0])
    assert connector.name == "rehearsal"
    assert isinstance(options, connector.options_type)
    assert structs.asdict(options)["seed"] == 7


def test_every_fault_of_a_sources_options_is_told(tmp_path: Path) -> None:
    found = source_faults(tmp_path, '[sources.a]\nplatform = "rehearsal"\nsed = 7\nspeed = "fast"\n')
    assert [fault.split(": ")[:2] for fault in found] == [
        ["config.toml:3", "sources.a.sed"],
        ["config.toml:4", "sources.a.speed"],
    ]
    assert found[0].endswith("did you mean seed?")


def test_a_missing_option_is_told(tmp_path: Path) -> None:
    found = source_faults(tmp_path, '[sources.a]\nplatform = "mastodon"\nserver = "https://m.example"\n')
    assert found == ["config.toml:1: sources.a.token: is missing"]


def test_what_an_option_itself_refuses_is_told_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T", "t0ken")
    (found,) = source_faults(
        tmp_path, '[sources.a]\nplatform = "mastodon"\nserver = "http://m.example"\ntoken = {env = "T"}\n'
    )
    assert found.startswith("config.toml:3: sources.a.server: http would show the token")


# -- secrets ---------------------------------------------------------------------------------------

MASTODON = '[sources.a]\nplatform = "mastodon"\nserver = "https://m.example"\ntoken = '


def token_of(tmp_path: Path, reference: str) -> str:
    _, options = connector_of(written(tmp_path, MASTODON + reference).sources[0])
    token: Secret = structs.asdict(options)["token"]
    return token.reveal()


def secret_fault(tmp_path: Path, reference: str) -> str:
    (fault,) = source_faults(tmp_path, MASTODON + reference)
    start = "config.toml:4: sources.a.token: "
    assert fault.startswith(start)
    return fault.removeprefix(start)


def test_a_secret_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSEUM_TOKEN", "t0ken\n")
    assert token_of(tmp_path, '{env = "MUSEUM_TOKEN"}') == "t0ken"


def test_a_secret_comes_from_a_private_file_beside_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "a"
    file.parent.mkdir()
    file.write_text("t0ken\n")
    file.chmod(0o600)
    assert token_of(tmp_path, '{file = "secrets/a"}') == "t0ken"


def test_a_secret_comes_from_the_first_line_of_a_command(tmp_path: Path) -> None:
    assert token_of(tmp_path, r'{command = ["printf", "t0ken\nnotes"]}') == "t0ken"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_secret_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a"
    file.write_text("t0ken")
    file.chmod(mode)
    assert "can be read by others" in secret_fault(tmp_path, '{file = "a"}')


def test_a_secret_written_into_the_configuration_is_refused_and_not_repeated(tmp_path: Path) -> None:
    fault = secret_fault(tmp_path, '"t0ken-of-the-museum"')
    assert "never written here" in fault
    assert "t0ken" not in fault


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ('{env = "NOT_SET_ANYWHERE"}', "the environment variable NOT_SET_ANYWHERE is empty or not set"),
        ('{file = "nowhere"}', "cannot be read: No such file or directory"),
        ('{file = "."}', "cannot be read: Is a directory"),
        ('{command = ["false"]}', "false failed with exit code 1"),
        ('{command = ["no-such-program"]}', "no-such-program cannot be run: No such file or directory"),
        ('{command = ["printf", "a\\u0007b"]}', "more than one line, or control characters"),
        ("{env = 1}", 'expected { file = "..." }'),
        ('{env = "A", file = "b"}', 'expected { file = "..." }'),
        ("{command = []}", 'expected { file = "..." }'),
    ],
)
def test_a_secret_that_cannot_be_had_says_why(tmp_path: Path, reference: str, why: str) -> None:
    assert why in secret_fault(tmp_path, reference)


def test_what_a_password_manager_prints_on_failure_is_not_repeated(tmp_path: Path) -> None:
    fault = secret_fault(tmp_path, '{command = ["sh", "-c", "echo t0ken >&2; echo t0ken; exit 3"]}')
    assert fault.endswith("failed with exit code 3")
    assert "t0ken" not in fault.replace("echo t0ken", "")


# -- bringing to life ------------------------------------------------------------------------------


async def test_a_source_without_its_secret_stands_in_and_the_others_live(tmp_path: Path) -> None:
    config = written(tmp_path, MASTODON + '{env = "NOT_SET_ANYWHERE"}\n[sources.b]\nplatform = "rehearsal"\n')
    http = Http()
    alive = bring_to_life(config, http)
    assert isinstance(alive["a"], Absent)
    assert alive["a"].name == "mastodon"
    assert alive["b"].name == "rehearsal"
    with pytest.raises(Exception, match="NOT_SET_ANYWHERE is empty or not set"):
        await alive["a"].poll(None)
    await http.aclose()


async def test_faults_of_several_sources_are_told_together(tmp_path: Path) -> None:
    text = '[sources.a]\nplatform = "rehearsal"\nsed = 1\n[sources.b]\nplatform = "rehearsal"\nsped = 1\n'
    http = Http()
    with pytest.raises(ConfigError) as caught:
        bring_to_life(written(tmp_path, text), http)
    assert [fault.line for fault in caught.value.faults] == [3, 6]
    await http.aclose()


def test_a_configuration_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"operator = '\xff'")
    with pytest.raises(ConfigError, match="cannot be read"):
        read(path)
