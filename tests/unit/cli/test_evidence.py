"""What a lawyer or a visitor may ask for: a dossier that others can check, and all that is held of one person."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Home


@pytest.fixture
def house(home: Home) -> Home:
    """A home with three comments of two people."""
    home.configure('operator = "marta"\n')
    home.fill(
        {"id": "1", "author": "a1", "author_name": "Camille", "text": "On sait où vous garez la voiture."},
        {"id": "2", "author": "a2", "author_name": "Zoé", "text": "Belle salle."},
        {"id": "3", "author": "a1", "author_name": "Camille", "text": "À bientôt."},
    )
    return home


def keys(home: Home) -> list[str]:
    return [row["key"] for row in home.run("export").objects]


def test_a_dossier_is_readable_checked_and_private(house: Home) -> None:
    first = keys(house)[0]
    assert house.run("capture", first, "--reason", "threat", "--yes").code == 0
    answer = house.run("export", "--evidence", "--out", "dossier")
    assert answer.code == 0, answer.err
    folder = house.path / "dossier"
    assert {path.name for path in folder.iterdir()} == {"dossier.json", "dossier.md", "verify.py", "SHA256SUMS"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))
    assert "On sait où vous garez la voiture" in (folder / "dossier.md").read_text()
    assert "Belle salle" not in (folder / "dossier.json").read_text()
    checked = subprocess.run([sys.executable, "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.split(",")[0]) == (0, "1 record")


def test_checksums_are_those_of_the_files(house: Home) -> None:
    house.run("capture", keys(house)[0], "--reason", "threat", "--yes")
    house.run("export", "--evidence", "--out", "dossier")
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=house.path / "dossier", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_folder_with_something_in_it_is_never_written_to(house: Home) -> None:
    house.run("capture", keys(house)[0], "--reason", "threat", "--yes")
    assert house.run("export", "--evidence", "--out", "dossier").code == 0
    before = (house.path / "dossier" / "dossier.json").read_bytes()
    assert house.run("export", "--evidence", "--out", "dossier").code == 73
    assert (house.path / "dossier" / "dossier.json").read_bytes() == before


def test_without_anything_captured_there_is_no_dossier(house: Home) -> None:
    answer = house.run("export", "--evidence", "--out", "dossier")
    assert answer.code == 66
    assert not Path(house.path / "dossier").exists()


def test_a_dry_run_captures_nothing(house: Home) -> None:
    assert house.run("capture", keys(house)[0], "--reason", "threat", "--dry-run").code == 0
    assert house.run("export", "--evidence", "--out", "dossier").code == 66


@pytest.mark.parametrize("name", ["a1", "camille", "@Camille"])
def test_all_that_is_held_of_one_person_notes_and_evidence_included(house: Home, name: str) -> None:
    first = keys(house)[0]
    house.run("capture", first, "--reason", "threat", "--yes")
    said = json.loads(house.run("export", "--author", name).out)
    assert said["author"]["id"] == "a1"
    assert [row["text"] for row in said["comments"]] == ["On sait où vous garez la voiture.", "À bientôt."]
    assert [record["capture"]["reason"] for record in said["evidence"]] == ["threat"]


def test_names_and_wordings_of_before_notes_and_what_the_platform_told_are_among_it(house: Home) -> None:
    first, *_ = keys(house)
    house.fill({"id": "1", "author": "a1", "author_name": "Camille D.", "text": "Pardon, je me suis emportée."})
    said = json.loads(house.run("export", "--author", "a1").out)
    comment = next(row for row in said["comments"] if row["key"] == first)
    assert comment["text"] == "Pardon, je me suis emportée."
    assert comment["read_before"] == ["On sait où vous garez la voiture."]
    assert {name["name"] for name in said["names"]} == {"Camille", "Camille D."}
    assert {"reactions", "replies", "shares", "raw", "attachments", "author"} <= comment["kept"].keys()
    assert "Belle salle." not in json.dumps(said, ensure_ascii=False)


def test_nobody_of_that_name(house: Home) -> None:
    assert house.run("export", "--author", "nobody").code == 66


def test_two_people_of_one_name_are_told_apart(house: Home) -> None:
    house.fill({"id": "9", "author": "a9", "author_name": "Camille"})
    answer = house.run("export", "--author", "Camille")
    assert answer.code == 64
    assert "import:mastodon/a1" in answer.err
    assert json.loads(house.run("export", "--author", "import:mastodon/a9").out)["author"]["id"] == "a9"
