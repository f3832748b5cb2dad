"""`becalm backup`: a copy taken beside a running engine opens elsewhere with everything in it."""

from pathlib import Path

from commands import Home

from inbox.store import Reader, Store

ROWS = [
    {"id": f"n{n}", "post": "p1", "author": "lou", "at": "2026-11-20T12:00:00Z", "text": f"t{n}"} for n in range(30)
]


def test_the_copy_is_a_desk_of_its_own_and_loses_nothing(home: Home, tmp_path: Path) -> None:
    home.configure('operator = "marta"\n')
    home.fill(*ROWS)
    (home.becalm / "secrets").mkdir()
    (home.becalm / "secrets" / "token").write_text("s3cr3t", encoding="utf-8")
    with home.running("watch", "--quiet"):
        answer = home.run("backup", str(tmp_path / "copy"), "--json")
    assert answer.code == 0
    assert answer.objects[0]["transactions"] > 0
    assert not list((tmp_path / "copy").rglob("token"))
    elsewhere = home.run("export", env={"BECALM_HOME": str(tmp_path / "copy")})
    assert elsewhere.objects == home.run("export").objects
    assert len(elsewhere.objects) == 30
    back = home.run("done", "n1", env={"BECALM_HOME": str(tmp_path / "copy")})
    assert back.code == 0  # nothing of the old machine is needed to go on working


SECRETS = """operator = "marta"
[sources.museum]
platform = "bluesky"
handle = "museum.test"
password = { file = "mine/token" }
session = "session.json"
[alerts.to.phone]
kind = "ntfy"
url = "https://ntfy.example/museum"
token = { file = "~/becalm/phone" }
"""


def test_no_file_that_the_configuration_names_as_a_secret_is_copied_wherever_it_lies(home: Home) -> None:
    home.configure(SECRETS)
    for name in ("mine/token", "session.json", "phone"):
        path = home.becalm / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("s3cr3t")
        path.chmod(0o600)
    (home.becalm / "mine" / "words.toml").write_text("# ours")
    home.fill(*ROWS[:1])
    out = home.becalm / "copy"

    answer = home.run("backup", str(out))

    assert answer.code == 0, answer.err
    kept = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert [name for name, content in kept.items() if b"s3cr3t" in content] == []
    assert "mine/words.toml" in kept
    assert [name for name in kept if name.startswith("copy/")] == [], "nor the copy itself"


def test_only_what_is_durable_is_copied_from_a_journal_that_is_being_written(tmp_path: Path) -> None:
    from builders import comment, seen

    from inbox.backup import backup

    store = Store(tmp_path / "desk", holder="marta", segment_bytes=4000)
    for n in range(40):
        store.append([seen(comment(id=f"c{n}"))], human=False)
    backup(tmp_path / "desk", tmp_path / "copy")
    store.append([seen(comment(id="later"))], human=False)
    store.close()
    assert len(Reader(tmp_path / "copy").load().items) == 40
    again = Store(tmp_path / "copy", holder="lou")
    assert len(again.load().items) == 40
    again.close()


def test_a_folder_that_holds_something_is_refused(home: Home, tmp_path: Path) -> None:
    home.fill(*ROWS[:1])
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "file").touch()
    answer = home.run("backup", str(tmp_path / "copy"))
    assert answer.code != 0
    assert "is not empty" in answer.err
