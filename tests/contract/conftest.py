"""A Mastodon server for every contract test that wants one: started once a worker, emptied for each test."""

from collections.abc import Iterator

import pytest
from mastodon_network import Network, running_mastodon


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running_mastodon(tmp_path_factory.mktemp("mastodon")) as network:
        yield network


@pytest.fixture
def network(server: Network) -> Network:
    server.reset()
    return server
