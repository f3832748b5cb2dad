"""Options from a configuration's table: each fault names its field, none quotes a secret."""

from typing import Any

import pytest

from connectors._mastodon_options import MastodonOptions
from connectors._options import OptionsError, options_from
from connectors._secret import Secret

GOOD = {"server": "mastodon.example", "token": Secret("abc")}


def test_a_resolved_table_becomes_options() -> None:
    options = options_from(MastodonOptions, {**GOOD, "stream": False})

    assert options.base == "https://mastodon.example"
    assert options.token.reveal() == "abc"
    assert not options.stream


def test_a_secret_is_resolved_by_who_knows_how() -> None:
    asked: list[tuple[str, Any]] = []

    def resolve(field: str, value: Any) -> Secret:
        asked.append((field, value))
        return Secret("found")

    options = options_from(MastodonOptions, {"server": "m.example", "token": {"env": "TOKEN"}}, resolve)

    assert options.token == Secret("found")
    assert asked == [("token", {"env": "TOKEN"})]


@pytest.mark.parametrize(
    ("table", "field", "message", "hint"),
    [
        ({**GOOD, "sever": "x"}, "sever", "there is no such field", "did you mean server?"),
        ({**GOOD, "zzz": 1}, "zzz", "there is no such field", "known are"),
        ({"token": Secret("x")}, "server", "server: is missing", "add it"),
        ({"server": "m.example"}, "token", "token: is missing", "add it"),
        ({**GOOD, "server": 7}, "server", "server: expected `str`, got `int`", ""),
        ({**GOOD, "stream": "yes"}, "stream", "stream: expected `bool`", ""),
        ({**GOOD, "server": "http://m.example"}, "server", "http would show the token", ""),
        ({**GOOD, "server": "https://me@m.example"}, "server", "the server's address alone", ""),
        ({**GOOD, "server": "not an address"}, "server", "no address", ""),
        ({**GOOD, "server": ""}, "server", "no address", ""),
        ({**GOOD, "token": "plain-secret"}, "token", "does not belong into the configuration", "environment variable"),
    ],
)
def test_every_fault_names_its_field(table: dict[str, Any], field: str, message: str, hint: str) -> None:
    with pytest.raises(OptionsError) as caught:
        options_from(MastodonOptions, table)

    assert caught.value.field == field
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert "plain-secret" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    "server",
    ["http://localhost:3000", "http://127.0.0.1:3000/", "https://m.example/", "m.example", "http://[::1]:3000"],
)
def test_addresses_that_keep_the_token_safe_are_taken(server: str) -> None:
    assert not options_from(MastodonOptions, {**GOOD, "server": server}).base.endswith("/")


def test_options_never_show_their_secret() -> None:
    assert "abc" not in repr(options_from(MastodonOptions, GOOD))
