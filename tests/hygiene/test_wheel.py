"""The wheel: what is in it, what is not, and that it is what the tests run."""

import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"becalm", "connectors", "inbox", "scoring", "tui"}
COMPILED = "scoring/kernel/"  # what the wheel holds of it is the module it compiles to


def files() -> list[str]:
    listed = distribution("becalm").files or []
    return sorted(str(file) for file in listed if "__pycache__" not in file.parts and ".." not in file.parts)


def test_only_our_packages_are_in_it() -> None:
    tops = {name.split("/")[0] for name in files()}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES


def test_every_tracked_file_of_our_packages_is_in_it() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode:
        pytest.skip("not a git checkout: there is nothing to compare with")
    shipped = {name for name in tracked.stdout.split() if not name.startswith(COMPILED)}
    assert shipped - set(files()) == set()


@pytest.mark.parametrize(
    "name",
    [
        *(f"{package}/py.typed" for package in sorted(PACKAGES)),
        "inbox/templates/data/plain.fr.toml",
        "scoring/data/fr_lexicon.tsv",
        "connectors/_rehearsal/storm/opening.jsonl",
        "tui/locale/fr/LC_MESSAGES/becalm.mo",
    ],
)
def test_its_data_is_in_it(name: str) -> None:
    assert name in files()


def test_licences_travel_with_it() -> None:
    assert any(name.endswith("licenses/LICENSE") for name in files())


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_what_is_tested_is_the_wheel_and_not_the_tree(package: str) -> None:
    code = f"import {package}; print({package}.__file__)"
    done = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).is_relative_to(sysconfig.get_path("purelib"))


def test_the_command_is_its_entry_point() -> None:
    (command,) = [entry for entry in entry_points(group="console_scripts") if entry.name == "becalm"]
    assert command.value == "tui.cli:main"


def test_python_dash_m_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "becalm", "--version"], cwd="/", capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("becalm ")


# -- dependencies ----------------------------------------------------------------------------------


def _declared() -> list[str]:
    """The lines of pyproject.toml that declare a dependency."""
    text = (ROOT / "pyproject.toml").read_text()
    part = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    return [line.strip() for line in part.splitlines() if line.strip().startswith('"')]


def test_every_dependency_says_why_it_is_there() -> None:
    assert [line for line in _declared() if "# " not in line] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--index" not in text
    pinned = [line for line in text.splitlines() if "==" in line]
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])]
)
def test_locks_are_in_step_with_what_is_declared(lock: str, extras: list[str]) -> None:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    pinned = {}
    for line in (ROOT / lock).read_text().splitlines():
        if "==" in line and not line.startswith(" "):
            name, _, version = line.split(";")[0].strip(" \\").partition("==")
            pinned[canonicalize_name(name)] = version.strip()
    for line in wanted:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{name} is declared and not locked: make lock"
        assert requirement.specifier.contains(pinned[name]), f"{name} {pinned[name]} is locked, {requirement} declared"
