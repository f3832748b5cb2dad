"""Where things are kept, and for whose eyes."""

from pathlib import Path

import pytest

from inbox import paths


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BECALM_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_without_any_variable_xdg_defaults_hold(tmp_path: Path) -> None:
    assert paths.config_file() == str(tmp_path / ".config/becalm/config.toml")
    assert paths.desk_folder() == str(tmp_path / ".local/state/becalm/desks/main")
    assert paths.cache_folder() == str(tmp_path / ".cache/becalm")


def test_xdg_variables_move_each_kind_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    monkeypatch.setenv("XDG_CACHE_HOME", "/k")
    assert paths.config_folder() == "/c/becalm"
    assert paths.crash_folder() == "/s/becalm/crashes"
    assert paths.cache_folder() == "/k/becalm"


def test_a_relative_xdg_variable_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "somewhere")
    assert paths.config_folder() == str(tmp_path / ".config/becalm")


def test_becalm_home_holds_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BECALM_HOME", "/b")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
    assert paths.config_folder() == "/b"
    assert paths.state_folder() == "/b"
    assert paths.cache_folder() == "/b/cache"


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", "é", "x" * 65])
def test_a_desk_name_is_one_folder_and_nothing_else(name: str) -> None:
    with pytest.raises(ValueError, match="not a desk's name"):
        paths.desk_folder(name)


def test_made_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    made = Path(paths.make_private(str(tmp_path / "a/b/c")))
    assert [p.stat().st_mode & 0o777 for p in (made, made.parent, made.parent.parent)] == [0o700] * 3


def test_a_folder_that_others_could_read_is_tightened(tmp_path: Path) -> None:
    loose = tmp_path / "loose"
    loose.mkdir(mode=0o755)
    loose.chmod(0o755)
    paths.make_private(str(loose))
    assert loose.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_replaced_whole_and_private(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    paths.write_private(str(path), b"new", durable=durable)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.mkdir()  # a file cannot replace a folder
    with pytest.raises(OSError, match="directory"):
        paths.write_private(str(folder), b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
