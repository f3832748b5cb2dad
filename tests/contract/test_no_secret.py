"""After a full run no secret stands anywhere but in its own private file: logs, errors, journal, exports, processes."""

from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
from commands import Home
from mastodon_network import Network

WRONG = "wr0ng-token-that-must-not-show"


def holding(folder: Path, secret: str) -> list[str]:
    """List the files below a folder that hold a secret, in whatever encoding of it is likely."""
    forms = [secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(str(path.relative_to(folder)) for path in files if any(f in path.read_bytes() for f in forms))


def test_a_full_run_leaves_no_secret_anywhere_but_in_its_own_file(network: Network, tmp_path: Path) -> None:
    home, secret = Home(tmp_path, {"BECALM_OPERATOR": "marta"}), network.token()
    post = network.write("museum", "The fountain is back")
    network.write("camille", "@museum is there a lift?", post["id"])
    connect = ("connect", "mastodon", "--server", network.url, "--secret-from", "stdin")
    said = [
        home.run(*connect, stdin=secret + "\n"),
        home.run("watch", "-v", "--once"),
        home.run("accounts"),
        home.run("accounts", "--json"),
        home.run("doctor"),
        home.run("doctor", "--report"),
        home.run("list", "--json"),
    ]
    key = said[-1].objects[0]["key"]
    said.append(home.run("reply", key, "Yes, on the left.", "--yes"))
    with home.running("watch", "-v") as engine:
        assert engine.stderr is not None
        engine.stderr.readline()  # it runs
        running = psutil.Process(engine.pid)
        lines = [" ".join(each.cmdline()) for each in (running, *running.children(recursive=True))]
    network.fault("/api/v1/notifications", "status", status=500, body=f"Bearer {secret}", count=20)
    said += [
        home.run("watch", "-v", "--once"),
        home.run(*connect, "--name", "other", stdin=WRONG + "\n"),
        home.run("export", "is:any", "--format", "jsonl"),
        home.run("export", "is:any", "--format", "csv"),
        home.run("export", "is:any", "--format", "md"),
        home.run("status", "--json"),
        home.run("report"),
    ]

    assert said[0].code == 0, said[0].err
    assert [status["content"] for status in network.statuses() if "on the left" in status["content"]], said[7].err
    assert "is there a lift" in said[6].out
    assert not [line for line in lines if secret in line]
    for answer in said:
        assert secret not in answer.out + answer.err
        assert WRONG not in answer.out + answer.err
    (kept,) = holding(tmp_path, secret)
    assert (home.path / kept).stat().st_mode & 0o777 == 0o600
    assert holding(tmp_path, WRONG) == []
