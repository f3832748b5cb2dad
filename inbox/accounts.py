"""A configuration's sources brought to life: one connector each, and a stand-in for one that cannot be used."""

from collections.abc import Sequence
from typing import ClassVar

from connectors._contract import Connector
from connectors._errors import AuthenticationError, ConnectorError
from connectors._http import Http
from connectors._model import Batch, Comment, Cursor, Gone, Identity, Outcome, Outgoing, Rejected, Traits
from connectors._text import sanitise
from inbox.config import Config, ConfigError, Fault, connector_of


class Absent(Connector):
    """Stands in for a source that is configured and cannot be used: it shows why, and the others go on."""

    name: ClassVar[str] = "absent"
    capabilities = {}  # noqa: RUF012 - the contract declares it so

    def __init__(self, source: str, platform: str, why: ConnectorError) -> None:
        """Stand in for `source`; every question to it is answered with `why`."""
        self.source = source
        self.name = platform  # type: ignore[misc]  # it goes by the name of what it stands for
        self.traits = Traits(label=platform, code=platform[:2])
        self._why = why

    async def identify(self) -> Identity:
        """Say why not."""
        raise self._why

    async def poll(self, cursor: Cursor | None) -> Batch:
        """Say why not."""
        del cursor
        raise self._why

    async def fetch(self, ids: Sequence[str]) -> list[Comment | Gone]:
        """Say why not."""
        del ids
        raise self._why

    async def send_reply(self, outgoing: Outgoing) -> Outcome:
        """Refuse."""
        del outgoing
        return Rejected(sanitise(self._why.message), sanitise(self._why.hint))


def bring_to_life(config: Config, http: Http) -> dict[str, Connector]:
    """Make one connector a source, by the source's name; asks passwords of their managers, not yet the network.

    A secret that cannot be had just now, or a third party's broken connector, leaves a stand-in that says so.

    Raises:
        ConfigError: the options of some source are not what its connector wants; every fault of every source is in it.
    """
    alive: dict[str, Connector] = {}
    faults: list[Fault] = []
    for source in config.sources:
        try:
            connector, options = connector_of(source)
            alive[source.name] = connector(source.name, options, http)
        except ConfigError as error:
            if all(fault.passing for fault in error.faults):
                why = AuthenticationError(str(error), hint="becalm doctor tells more")
                alive[source.name] = Absent(source.name, source.platform, why)
            else:
                faults += error.faults
    if faults:
        raise ConfigError(tuple(faults))
    return alive
