"""`becalm connect facebook` and what follows, against the fake Graph API: who, which Page, until when, and no secret seen."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pexpect
import pytest
from commands import BECALM, Answer, Home
from graph_fake import APP, APP_SECRET, IG, NOON, PAGE, PAGE_TOKEN, USER_TOKEN
from graph_server import Server, serving_graph

SECRETS = (USER_TOKEN, PAGE_TOKEN, APP_SECRET)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving_graph() as running:
        yield running


def connect(home: Home, server: Server, platform: str, *words: str, stdin: str = USER_TOKEN) -> Answer:
    return home.run("connect", platform, "--server", server.url, "--secret-from", "stdin", *words, stdin=f"{stdin}\n")


def test_it_says_which_page_its_audience_its_permissions_and_its_end(home: Home, server: Server) -> None:
    server.graph.expires_at = int((NOON + timedelta(days=36500)).timestamp())
    home.env["APP_SECRET"] = APP_SECRET

    answer = connect(home, server, "facebook", "--set", f"app_id={APP}", "--secret-from", "app_secret=env:APP_SECRET")

    assert answer.code == 0, answer.err
    assert answer.out == "facebook: musee.essai on Facebook (Graph API v25.0)\n"
    assert "48211 followers" in answer.err
    assert "pages_manage_engagement" in answer.err
    assert "the token ends on 2126-" in answer.err
    written = (home.becalm / "config.toml").read_text()
    assert 'app_secret = { env = "APP_SECRET" }' in written
    secret = home.becalm / "secrets/facebook"
    assert secret.read_text().strip() == USER_TOKEN
    assert secret.stat().st_mode & 0o777 == 0o600


def test_two_secrets_get_two_files(home: Home, server: Server) -> None:
    both = f"{USER_TOKEN}\n{APP_SECRET}"

    answer = connect(home, server, "facebook", "--secret-from", "app_secret=stdin", stdin=both)

    assert answer.code == 0, answer.err
    kept = {path.name: path.read_text().strip() for path in (home.becalm / "secrets").iterdir()}
    assert kept == {"facebook": USER_TOKEN, "facebook-app_secret": APP_SECRET}


def test_a_token_of_several_pages_names_them_and_one_is_chosen(home: Home, server: Server) -> None:
    server.graph._add("page", "1800", name="Café", username="cafe", access_token="EAAcafe-t0ken")
    server.graph.pages.append("1800")

    nameless = connect(home, server, "facebook")
    named = connect(home, server, "facebook", "--set", "page=1800")

    assert nameless.code == 69
    assert f"{PAGE} (musee.essai)" in nameless.err
    assert "1800 (cafe)" in nameless.err
    assert named.code == 0, named.err
    assert "cafe" in named.out


def test_in_a_terminal_it_says_where_to_click_and_asks_which_page(home: Home, server: Server) -> None:
    server.graph._add("page", "1800", name="Café", username="cafe", access_token="EAAcafe-t0ken")
    server.graph.pages.append("1800")
    words = ["connect", "facebook", "--lang", "fr", "--server", server.url]
    env = home.environment()
    child = pexpect.spawn(str(BECALM), words, env=env, dimensions=(24, 200), encoding="utf-8", timeout=40)

    child.expect("business.facebook.com")
    child.expect("pages_manage_engagement")
    child.expect(r"token \(")
    child.sendline(USER_TOKEN)
    child.expect("1800  cafe")
    child.expect("lequel")
    child.sendline("1800")
    child.expect("cafe sur Facebook")
    child.expect(pexpect.EOF)

    assert 'page = "1800"' in (home.becalm / "config.toml").read_text()


def test_in_a_terminal_no_permission_is_broken_in_two(home: Home, server: Server) -> None:
    words = ["connect", "facebook", "--lang", "en", "--server", server.url]
    child = pexpect.spawn(str(BECALM), words, env=home.environment(), dimensions=(24, 80), encoding="utf-8", timeout=40)
    child.expect("system user's token.: ")
    child.sendline(USER_TOKEN)
    child.expect("permissions: ")
    child.expect("written to")

    lines = str(child.before).replace("\r", "").splitlines()
    assert max(len(line) for line in lines) < 80
    assert {"pages_manage_engagement", "instagram_manage_comments"} <= set(" ".join(lines).replace(",", "").split())


def test_an_expired_token_writes_nothing_and_says_what_to_do(home: Home, server: Server) -> None:
    answer = connect(home, server, "facebook", stdin="EAAnobodys-t0ken")

    assert answer.code == 77
    assert "make a new one" in answer.err
    assert "EAAnobodys" not in answer.err
    assert not home.becalm.exists()


def test_instagram_is_connected_through_its_page(home: Home, server: Server) -> None:
    answer = connect(home, server, "instagram", "--name", "ig")

    assert answer.code == 0, answer.err
    assert answer.out == "ig: musee.essai on Instagram (Graph API v25.0)\n"


def test_accounts_tell_when_a_token_ends(home: Home, server: Server) -> None:
    home.env["APP_SECRET"] = APP_SECRET
    server.graph.expires_at = int((NOON + timedelta(days=36500)).timestamp())
    connect(home, server, "facebook", "--set", f"app_id={APP}", "--secret-from", "app_secret=env:APP_SECRET")

    (told,) = home.run("accounts", "--json").objects

    assert (told["state"], told["followers"], told["expires_at"][:4]) == ("ok", 48_211, "2126")


def test_a_desk_reads_answers_and_tells_no_secret_to_any_file(home: Home, server: Server) -> None:
    graph = server.graph
    graph.now += timedelta(days=365 * 30)
    post = graph.post("L’épée")
    graph.comment(post, "Ouvert lundi ?")
    graph.ig_comment(graph.media(), "Où est-ce ?")
    assert connect(home, server, "facebook").code == 0
    assert connect(home, server, "instagram").code == 0
    server.fail("GET", "/feed", 500, b'{"error": {"message": "' + PAGE_TOKEN.encode() + b'", "code": 2}}')

    watched = home.run("watch", "--once")
    exported = home.run("export", "--format", "jsonl")
    accounts = home.run("accounts")

    assert "Ouvert lundi ?" in exported.out
    assert "Où est-ce ?" in exported.out
    said = "".join(a.out + a.err for a in (watched, exported, accounts))
    kept = b"".join(p.read_bytes() for p in home.path.rglob("*") if p.is_file() and p.parent.name != "secrets")
    assert len(kept) > 1000
    for secret in SECRETS:
        assert secret not in said
        assert secret.encode() not in kept
    assert IG in {asked.path.partition("/")[0] for asked in graph.asked}


def test_every_recorded_kind_of_answer_can_be_parsed_from_the_command_line(home: Home) -> None:
    body = '{"data": [{"id": "900_12", "message": "un", "created_time": "2026-11-20T12:00:00+0000"}]}'

    as_comment = home.run("parse", "facebook", "--kind", "comments", stdin=body).objects
    as_post = home.run("parse", "facebook", "--kind", "feed", stdin=body).objects

    assert (as_comment[0]["native_id"], as_comment[0]["post_id"]) == ("900_12", "900")
    assert (as_post[0]["native_id"], as_post[0]["post_id"]) == ("900_12", "900_12")


def test_what_neither_platform_can_do_is_listed_with_its_reason(home: Home) -> None:
    told = {each["name"]: each["capabilities"] for each in home.run("connectors", "--json").objects}

    assert told["facebook"]["pin_notice"]["can"] == "partly"
    assert "by hand" in told["facebook"]["pin_notice"]["reason"]
    assert told["instagram"]["open_thread"]["can"] == "no"
    assert told["instagram"]["lock"]["can"] == "yes"
