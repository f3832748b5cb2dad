"""The registry: every connector by name without importing it, one loaded without the rest, strangers by entry point."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import connectors
from connectors._contract import API_VERSION, Connector
from connectors._errors import ConnectorError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "becalm.connectors"
"""The entry point group by which other distributions offer a connector."""


class UnknownConnectorError(ConnectorError):
    """No connector of that name is installed."""


class BrokenConnectorError(ConnectorError):
    """A connector is installed but cannot be used; the others can."""


def _own() -> set[str]:
    return {m.name for m in iter_modules(connectors.__path__) if not m.name.startswith("_")}


def _strangers() -> "dict[str, EntryPoint]":
    from importlib.metadata import entry_points  # a third of this module's cost

    return {e.name: e for e in entry_points(group=GROUP)}


def names() -> list[str]:
    """List every installed connector, ours and strangers', in alphabetical order; imports none."""
    return sorted(_own() | set(_strangers()))


def load(name: str) -> type[Connector]:
    """Import one connector.

    Raises:
        UnknownConnectorError: nothing of that name is installed.
        BrokenConnectorError: its module fails to import, names no connector, or wants another contract version.
    """
    stranger = _strangers().get(name)
    if name not in _own() and stranger is None:
        raise UnknownConnectorError(f"no connector is named {name!r}", hint=f"installed: {', '.join(names())}")
    try:
        found = import_module(f"connectors.{name}").CONNECTOR if name in _own() or stranger is None else stranger.load()
    except (Exception, SystemExit) as error:  # a stranger's module may fail in any way; ours must go on
        raise BrokenConnectorError(
            f"the connector {name!r} cannot be loaded: {type(error).__name__}: {error}",
            hint="the other connectors work; reinstall or remove this one",
        ) from error
    if not (isinstance(found, type) and issubclass(found, Connector)):
        raise BrokenConnectorError(
            f"the connector {name!r} names {found!r}, which is not a Connector",
            hint="its module's CONNECTOR (or its entry point) must be a subclass of becalm.Connector",
        )
    if found.api != API_VERSION:
        raise BrokenConnectorError(
            f"the connector {name!r} was written for contract version {found.api}; this is version {API_VERSION}",
            hint="update the connector or becalm",
        )
    return found
