"""Changes to config.toml that leave the rest as it was."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.config_edit import EditError, set_table, set_top

MINE = """\
# my desk
lang = "fr"   # the house's language

# the big account
[sources.big]
platform = "mastodon"
server = "https://m.example"

# keys of my keyboard
[keys]
done = "e"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(MINE)
    return path


def test_a_new_key_stands_above_the_first_table_and_its_comment(file: Path) -> None:
    set_top(file, "operator", "marta")
    assert file.read_text() == MINE.replace("\n# the big", '\noperator = "marta"\n\n# the big')


def test_a_known_key_changes_in_its_line(file: Path) -> None:
    set_top(file, "lang", "en")
    assert file.read_text() == MINE.replace('lang = "fr"   # the house\'s language', 'lang = "en"')


def test_a_new_table_stands_at_the_end(file: Path) -> None:
    set_table(file, ("sources", "small"), {"platform": "rehearsal", "token": {"file": "secrets/small"}, "seed": 1})
    assert (
        file.read_text()
        == MINE + '\n[sources.small]\nplatform = "rehearsal"\ntoken = { file = "secrets/small" }\nseed = 1\n'
    )


def test_a_known_table_is_replaced_and_the_next_ones_comment_stays(file: Path) -> None:
    set_table(file, ("sources", "big"), {"platform": "rehearsal"})
    assert file.read_text() == MINE.replace(
        'platform = "mastodon"\nserver = "https://m.example"', 'platform = "rehearsal"'
    )


def test_a_file_that_is_not_there_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    set_top(path, "operator", "marta")
    assert path.read_text() == 'operator = "marta"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_link_into_somebodys_dotfiles_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    set_top(link, "lang", "en")
    assert link.is_symlink()
    assert tomllib.loads(real.read_text())["lang"] == "en"


def test_what_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("lang = \n")
    with pytest.raises(EditError, match="cannot be changed"):
        set_top(path, "operator", "marta")
    assert path.read_text() == "lang = \n"


def test_a_place_that_cannot_be_told_for_sure_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = 'sources = { big = { platform = "rehearsal" } }\n'
    path.write_text(text)
    with pytest.raises(EditError):
        set_table(path, ("sources", "big"), {"platform": "mastodon"})
    assert path.read_text() == text


def test_a_key_inside_a_long_text_is_not_mistaken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = 'note = """\noperator = "trap"\n"""\n'
    path.write_text(text)
    with pytest.raises(EditError):
        set_top(path, "operator", "marta")
    assert path.read_text() == text


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    path = tmp_path_factory.mktemp("edit") / "config.toml"
    set_top(path, "operator", value)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"operator": value}
