"""TinyDB's own tests of its tables and database pass on the journal."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

SUITE = ("test_tables.py", "test_tinydb.py")
# It matches the name of one of TinyDB's own storage classes in a repr: only a lie could pass it.
DESELECTED = "test_tables.py::test_table_repr"


def source_distribution(folder: Path) -> Path:
    """Download the source of the TinyDB that is installed here, or skip saying why."""
    wanted = f"tinydb=={version('tinydb')}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-binary", ":all:", "--no-build-isolation", "--dest", str(folder), wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = list(folder.glob("tinydb-*.tar.gz"))
    if not found:
        last_words = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        pytest.skip(f"the source of {wanted} could not be downloaded: {last_words}")
    return found[0]


def test_78_of_79_of_tinydbs_own_tests_pass_on_the_journal(tmp_path: Path) -> None:
    with tarfile.open(source_distribution(tmp_path)) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    suite = tmp_path / "suite"
    suite.mkdir()
    for name in SUITE:
        (found,) = (tmp_path / "source").rglob(name)
        shutil.copy(found, suite)
    shutil.copy(Path(__file__).parents[1] / "support" / "tinydb_suite.py", suite / "conftest.py")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        "--rootdir",
        str(suite),
    ]
    command += ["-o", "asyncio_default_fixture_loop_scope=function", "--deselect", DESELECTED, str(suite)]
    environment = {**os.environ, "BECALM_SUITE_FOLDER": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=suite, env=environment)
    assert not done.returncode, done.stdout + done.stderr
    assert re.search(r"78 passed, 1 deselected", done.stdout), done.stdout
