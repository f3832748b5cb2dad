"""What contract tests share: a running Mastodon network."""

from collections.abc import Iterator

import pytest
from mastodon_network import Network, running_mastodon


@pytest.fixture(scope="session")
def mastodon_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running_mastodon(tmp_path_factory.mktemp("mastodon")) as network:
        yield network


@pytest.fixture
def network(mastodon_server: Network) -> Network:
    mastodon_server.reset()
    return mastodon_server
