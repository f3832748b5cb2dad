"""Real servers for the tests marked `real`: started once a run where they can be installed, else skipped with a reason."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from bluesky_network import Missing, Network, running_bluesky
from real_list import told
from wordpress_site import Site, hindrance, running_wordpress


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    if why := hindrance():
        pytest.skip(why)
    with running_wordpress() as running:
        yield running


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    running = running_bluesky(tmp_path_factory.mktemp("bluesky"))
    try:
        standing = running.__enter__()
    except Missing as why:
        pytest.skip(f"no Bluesky network here: {why}")
    try:
        yield standing
    finally:
        running.__exit__(None, None, None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the list of what real servers taught with what this run showed of it, and the figures that it took."""
    outcomes, figures = defaultdict(set), []
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.getreports(outcome):
            if "tests/real/" in report.nodeid:
                outcomes[report.nodeid.rpartition("::")[2].partition("[")[0]].add(outcome)
                figures += [str(value) for name, value in report.user_properties if name == "figures"]
    if outcomes:
        terminalreporter.section("what real servers taught")
        for line in (*told(outcomes), *figures):
            terminalreporter.write_line(line)
