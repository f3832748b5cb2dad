"""Real servers for the tests marked `real`: started once a run where they can be installed, else skipped with a reason."""

from collections.abc import Iterator

import pytest
from wordpress_site import Site, hindrance, running_wordpress


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    if why := hindrance():
        pytest.skip(why)
    with running_wordpress() as running:
        yield running
