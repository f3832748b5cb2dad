"""What connectors say of themselves is said in French as well."""

from collections.abc import Iterator
from typing import get_type_hints

import pytest

from connectors._contract import Connector
from connectors._registry import load, names
from tui import i18n
from tui.phrases import say


def words_of(connector: type[Connector]) -> Iterator[str]:
    """Yield every sentence a connector declares: reasons, steps, and what its options are."""
    yield from (support.reason for support in connector.capabilities.values())
    yield from (
        step for step in connector.steps if " " in step.replace(", ", ",")
    )  # a list of permissions has no words
    hints = get_type_hints(connector.options_type, include_extras=True)
    told = (getattr(meta, "description", None) for hint in hints.values() for meta in getattr(hint, "__metadata__", ()))
    yield from filter(None, told)


@pytest.mark.parametrize("name", names())
def test_a_connector_speaks_french_of_what_it_can_and_asks_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_chosen", "fr")

    assert [words for words in words_of(load(name)) if say(words) == words] == []
