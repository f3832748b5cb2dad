"""What `make real` starts is this machine's alone: every server of every check listens on loopback."""

import os
import socket
import sys
from urllib.parse import urlsplit

import pytest
from bluesky_network import Network
from listeners import listening
from wordpress_site import Site

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who listens where"),
]

LOOPBACK = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


def elsewhere() -> dict[int, str]:
    """Return what this run opened to other machines."""
    return {port: address for port, address in listening(os.getpid()).items() if address not in LOOPBACK}


def test_a_port_open_to_the_street_would_be_seen() -> None:
    with socket.create_server(("0.0.0.0", 0)) as street:
        assert elsewhere() == {street.getsockname()[1]: "0.0.0.0"}


def test_the_whole_network_of_bluesky_listens_on_this_machine_alone(network: Network) -> None:
    ports = {urlsplit(url).port for url in (network.server, network.view, network.control)}

    assert ports <= listening(os.getpid()).keys(), "all of its processes are looked at"
    assert len(listening(os.getpid())) >= 7, "its directory, its database and its cache too"
    assert elsewhere() == {}


def test_wordpress_and_its_database_listen_on_this_machine_alone(site: Site) -> None:
    assert urlsplit(site.url).port in listening(os.getpid())
    assert elsewhere() == {}
