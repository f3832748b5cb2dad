"""`becalm connect` and `becalm accounts` against a running Mastodon server."""

import re
from pathlib import Path

import pexpect
import pytest
from commands import BECALM, Answer, Home
from mastodon_network import Network

from connectors._mastodon_options import lacking


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def connect(home: Home, network: Network, *words: str, stdin: str = "") -> Answer:
    return home.run("connect", "mastodon", "--server", network.url, *words, stdin=stdin)


def test_a_token_from_stdin_is_verified_and_kept_apart(home: Home, network: Network) -> None:
    path = home.configure("# mine\nlang = 'en'\n")
    answer = connect(home, network, "--name", "museum", "--secret-from", "stdin", stdin=network.token() + "\n")
    assert answer.code == 0, answer.err
    assert "museum: " in answer.out
    written = path.read_text()
    assert written.startswith("# mine\nlang = 'en'\n")
    assert network.token() not in written
    secret = home.becalm / "secrets/museum"
    assert secret.read_text().strip() == network.token()
    assert secret.stat().st_mode & 0o777 == 0o600
    accounts = home.run("accounts", "--json")
    assert accounts.code == 0
    assert [(a["name"], a["state"], a["account"]) for a in accounts.objects] == [("museum", "ok", "museum")]


def test_a_token_of_the_environment_stays_there(home: Home, network: Network) -> None:
    home.env["TOKEN"] = network.token()
    assert connect(home, network, "--secret-from", "env:TOKEN").code == 0
    assert 'token = { env = "TOKEN" }' in (home.becalm / "config.toml").read_text()
    assert not (home.becalm / "secrets").exists()


def test_a_wrong_token_writes_nothing_and_says_what_to_do(home: Home, network: Network) -> None:
    answer = connect(home, network, "--secret-from", "stdin", stdin="wr0ng-t0ken\n")
    assert answer.code == 77
    assert "wr0ng" not in answer.err
    assert not home.becalm.exists()


def test_a_token_on_the_command_line_is_refused_and_not_repeated(home: Home, network: Network) -> None:
    for words in (["--set", f"token={network.token()}"], ["--secret-from", network.token()]):
        answer = connect(home, network, *words)
        assert answer.code == 64
        assert network.token() not in answer.err


def test_an_unreachable_server_is_named(home: Home) -> None:
    answer = home.run("connect", "mastodon", "--server", "http://127.0.0.1:9", "--secret-from", "stdin", stdin="t\n")
    assert answer.code == 75
    assert "127.0.0.1" in answer.err
    assert not home.becalm.exists()


def test_a_source_that_is_there_is_not_overwritten_unless_asked(home: Home, network: Network) -> None:
    home.env["TOKEN"] = network.token()
    assert connect(home, network, "--secret-from", "env:TOKEN").code == 0
    assert connect(home, network, "--secret-from", "env:TOKEN").code == 73
    assert connect(home, network, "--secret-from", "env:TOKEN", "--replace").code == 0


def test_an_unknown_platform_names_the_one_meant(home: Home) -> None:
    answer = home.run("connect", "mastodn")
    assert answer.code == 64
    assert "mastodon" in answer.err


def test_without_a_terminal_nothing_is_asked(home: Home, network: Network) -> None:
    answer = connect(home, network)
    assert answer.code == 64
    assert "--secret-from" in answer.err


def test_accounts_tell_a_token_that_no_longer_works(home: Home, network: Network) -> None:
    home.env["TOKEN"] = network.token()
    assert connect(home, network, "--secret-from", "env:TOKEN").code == 0
    home.env["TOKEN"] = "n0-longer"
    answer = home.run("accounts")
    assert answer.code == 77
    assert "n0-longer" not in answer.out


def test_a_comment_posted_there_is_on_the_desk_after_one_round(home: Home, network: Network) -> None:
    home.env["TOKEN"] = network.token()
    assert connect(home, network, "--secret-from", "env:TOKEN").code == 0
    network.write("camille", "@museum Quels sont vos horaires ?")
    answer = home.run("watch", "--once")
    assert answer.code == 0, answer.err
    assert "Quels sont vos horaires ?" in home.run("list", "is:question").out


def test_what_is_asked_for_says_what_it_is(home: Home) -> None:
    answer = home.run("connect", "wordpress")
    assert answer.code == 64
    assert "server (the site's address, such as https://blog.museum.example)" in answer.err


PLATFORMS = ("mastodon", "bluesky", "wordpress", "facebook", "instagram")
CLICKS = {
    "mastodon": ("Development", "write:mutes"),
    "bluesky": ("App passwords",),
    "wordpress": ("Application Passwords", "Editor"),
    "facebook": ("business.facebook.com", "pages_manage_engagement"),
    "instagram": ("business.facebook.com", "instagram_manage_comments"),
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_in_a_terminal_it_says_what_to_click_and_which_permissions(home: Home, platform: str) -> None:
    words = ["connect", platform, "--lang", "en"]
    child = pexpect.spawn(str(BECALM), words, env=home.environment(), dimensions=(24, 80), encoding="utf-8", timeout=40)
    child.expect(r"\([^)]*\): ")  # the first question
    said = " ".join(str(child.before).split())
    child.sendcontrol("c")
    child.expect("\r\n")  # the shell's prompt has a line of its own
    child.expect(pexpect.EOF)

    assert [words for words in CLICKS[platform] if words not in said] == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_step_and_question_of_a_platform_is_french_as_well(home: Home, platform: str) -> None:
    words = ["connect", platform, "--lang", "fr"]
    child = pexpect.spawn(str(BECALM), words, env=home.environment(), dimensions=(24, 80), encoding="utf-8", timeout=40)
    child.expect(r"\([^)]*\)\xa0: ")
    said = str(child.before) + str(child.after)
    child.sendcontrol("c")
    child.expect(pexpect.EOF)

    assert not {"the", "and", "such"} & set(re.findall("[a-z]+", said))


def test_the_audience_is_told(home: Home, network: Network) -> None:
    answer = connect(home, network, "--secret-from", "stdin", stdin=network.token())

    assert answer.code == 0, answer.err
    assert "followers" in answer.err


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        ((), []),
        (("read", "write"), []),
        (("read", "write:accounts", "write:reports", "write:statuses", "follow"), []),
        (("read:accounts", "read:statuses", "write"), ["read:notifications"]),
        (("read",), ["write:accounts", "write:mutes", "write:reports", "write:statuses"]),
    ],
)
def test_what_a_mastodon_token_lacks_is_known_by_its_permissions(granted: tuple[str, ...], missing: list[str]) -> None:
    assert lacking(granted) == missing


def test_blanks_around_a_server_and_a_path_behind_it_do_no_harm(home: Home, network: Network) -> None:
    words = ("mastodon", "--server", f" {network.url}/@museum ", "--secret-from", "stdin")

    assert home.run("connect", *words, stdin=network.token()).code == 0


def test_a_password_manager_goes_by_either_name(home: Home, network: Network) -> None:
    secret = home.path / "kept"
    secret.write_text(network.token())

    for name in ("command", "cred-cmd"):
        assert connect(home, network, "--name", name, "--secret-from", f"{name}:cat {secret}").code == 0


def test_nothing_on_stdin_is_said(home: Home, network: Network) -> None:
    answer = connect(home, network, "--secret-from", "stdin")

    assert (answer.code, "nothing came in for token" in answer.err) == (66, True)


def test_a_file_that_others_can_read_is_refused(home: Home, network: Network) -> None:
    secret = home.path / "kept"
    secret.write_text(network.token())
    secret.chmod(0o644)

    answer = connect(home, network, "--secret-from", f"file:{secret}")

    assert (answer.code, "chmod 600" in answer.err) == (78, True)
    assert not (home.becalm / "config.toml").exists()


def test_the_same_account_twice_is_said(home: Home, network: Network) -> None:
    for name in ("one", "two"):
        answer = connect(home, network, "--name", name, "--secret-from", "stdin", stdin=network.token())

    assert "one is the same account" in answer.err


def test_another_token_takes_the_place_of_one_and_all_else_stays(home: Home, network: Network) -> None:
    old = ("--name", "museum", "--set", "stream=false", "--secret-from", "stdin")
    assert connect(home, network, *old, stdin=network.token() + "\n").code == 0
    before = (home.becalm / "config.toml").read_text()
    post = network.write("museum", "The fountain is back")
    network.write("camille", "@museum is there a lift?", post["id"])
    assert home.run("watch", "--once").code == 0
    ids = [each["key"] for each in home.run("list", "--json").objects]

    refused = home.run("connect", "--replace", "--name", "museum", "--secret-from", "stdin", stdin="wr0ng\n")
    assert refused.code == 77
    assert (home.becalm / "secrets/museum").read_text().strip() == network.token(), "what worked is still there"

    answer = home.run(
        "connect", "--replace", "--name", "museum", "--secret-from", "env:TOKEN", env={"TOKEN": network.token()}
    )
    assert answer.code == 0, answer.err
    written = (home.becalm / "config.toml").read_text()
    assert [line for line in written.splitlines() if "token" not in line] == [
        line for line in before.splitlines() if "token" not in line
    ]
    assert [each["key"] for each in home.run("list", "--json").objects] == ids


def test_several_accounts_of_one_platform_stand_side_by_side(home: Home, network: Network) -> None:
    for name in ("museum", "camille"):
        words = ("--name", name, "--secret-from", "stdin")
        assert connect(home, network, *words, stdin=network.token(name) + "\n").code == 0

    accounts = home.run("accounts", "--json").objects

    assert [(each["name"], each["account"]) for each in accounts] == [("museum", "museum"), ("camille", "camille")]


def replace(home: Home, network: Network, account: str, *words: str) -> Answer:
    told = ("connect", "--replace", "--name", "museum", "--secret-from", "stdin", *words)
    return home.run(*told, stdin=network.token(account) + "\n")


@pytest.mark.parametrize("remembered", [True, False], ids=["by the configuration", "by the old token"])
def test_a_token_of_another_account_is_not_taken_unasked(home: Home, network: Network, *, remembered: bool) -> None:
    assert connect(home, network, "--name", "museum", "--secret-from", "stdin", stdin=network.token()).code == 0
    path = home.becalm / "config.toml"
    if not remembered:
        home.configure("\n".join(line for line in path.read_text().splitlines() if "account" not in line))
    before = path.read_text()

    refused = replace(home, network, "camille")

    assert refused.code == 64
    assert f"museum was museum ({network.url}) until now, and this token belongs to camille" in refused.err
    assert "another --name" in refused.err
    assert path.read_text() == before
    assert (home.becalm / "secrets/museum").read_text().strip() == network.token()

    meant = replace(home, network, "camille", "--yes")

    assert meant.code == 0, meant.err
    assert (home.becalm / "secrets/museum").read_text().strip() == network.token("camille")
    assert replace(home, network, "camille").code == 0, "it is the same account now"


def test_in_a_terminal_the_owner_is_asked_about_another_account(home: Home, network: Network) -> None:
    assert connect(home, network, "--name", "museum", "--secret-from", "stdin", stdin=network.token()).code == 0
    for answer, owner in (("n", "museum"), ("y", "camille")):
        env = home.environment(TOKEN=network.token("camille"))
        words = ["connect", "--replace", "--name", "museum", "--secret-from", "env:TOKEN", "--lang", "en"]
        child = pexpect.spawn(str(BECALM), words, env=env, dimensions=(24, 200), encoding="utf-8", timeout=40)
        child.expect("belongs to camille")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        assert f'handle = "{owner}"' in (home.becalm / "config.toml").read_text()


def test_an_account_that_nobody_wrote_down_and_no_token_tells_is_taken_as_it_comes(
    home: Home, network: Network
) -> None:
    home.configure(
        f'[sources.museum]\nplatform = "mastodon"\nserver = "{network.url}"\ntoken = {{ env = "NOBODYS" }}\n'
    )

    assert replace(home, network, "museum").code == 0
    assert 'handle = "museum"' in (home.becalm / "config.toml").read_text()


def asked(home: Home, *words: str) -> "pexpect.spawn[str]":
    """Connect in a terminal of 80x24, where somebody is asked."""
    return pexpect.spawn(
        str(BECALM),
        ["connect", *words, "--lang", "en"],
        env=home.environment(),
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=40,
    )


def test_enter_alone_is_no_answer_and_no_reason_to_begin_again(home: Home, network: Network) -> None:
    child = asked(home, "mastodon")
    child.expect("server .*: ")
    child.sendline("")
    child.expect("server .*: ")
    child.sendline(network.url)
    child.expect(r"\(t\), or log in with a browser \(b\): ")
    child.sendline("")
    child.expect(r"browser \(b\): ")
    child.sendline("t")
    child.expect("token .*: ")
    child.sendline("")
    child.expect("token .*: ")
    child.sendline(network.token())
    child.expect("mastodon: museum on")
    child.expect(pexpect.EOF)


def test_a_token_where_a_letter_was_asked_for_is_not_taken_for_one(home: Home, network: Network) -> None:
    child = asked(home, "mastodon", "--server", network.url)
    child.expect(r"browser \(b\): ")
    child.sendline("b4d-begins-like-the-browser")
    child.expect("t / b: one letter; what is secret is asked for next, and not shown")
    child.expect(r"browser \(b\): ")
    child.sendline("T")
    child.expect("token .*: ")
    child.sendeof()
    child.expect("no answer to")
    child.expect(pexpect.EOF)
    assert not (home.becalm / "config.toml").exists()


def test_a_token_that_was_copied_badly_is_asked_for_again(home: Home, network: Network) -> None:
    child = asked(home, "mastodon", "--server", network.url)
    child.expect(r"browser \(b\): ")
    child.sendline("t")
    for wrong in ("half-a-token", "another-half"):
        child.expect("token .*: ")
        child.sendline(wrong)
        child.expect("once more; Ctrl-C leaves, and nothing is written")
    child.expect("token .*: ")
    child.sendline(network.token())
    child.expect("mastodon: museum on")
    child.expect(pexpect.EOF)
    assert (home.becalm / "secrets/mastodon").read_text().strip() == network.token()


def test_who_guesses_is_let_go_after_three_times(home: Home, network: Network) -> None:
    child = asked(home, "mastodon", "--server", network.url)
    child.expect(r"browser \(b\): ")
    child.sendline("t")
    for _ in range(3):
        child.expect("token .*: ")
        child.sendline("a-guess-of-a-token")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus != 0
    assert not (home.becalm / "config.toml").exists()


def test_a_question_breaks_between_words(home: Home) -> None:
    child = asked(home, "wordpress", "--server", "https://blog.example", "--set", "user=museum")
    child.expect("make one in a")
    child.expect(r"\(b\): ")
    lines = re.sub("\r", "", str(child.before) + str(child.after)).splitlines()
    assert max(map(len, lines)) < 80
    child.sendintr()
    child.expect(pexpect.EOF)
