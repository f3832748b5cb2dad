"""The desk on a real WordPress: connected from the command line, answered exactly once, locked, opened and linked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import Home
from waiting import until
from wordpress_site import HOUSE, Site

from connectors._http import Http
from connectors._secret import Secret
from connectors._wordpress_options import WordPressOptions
from connectors.wordpress import WordPress
from inbox import desk
from inbox.local import LocalDesk
from inbox.opening import open_desk
from inbox.outbox import Countdown, DeliveryState
from inbox.wording import Wording

pytestmark = pytest.mark.real


@pytest.fixture
def post(site: Site) -> int:
    return int(site.publish("Je suis innocent")["id"])


@pytest.fixture
async def sat(site: Site, tmp_path: Path) -> AsyncIterator[LocalDesk]:
    options = WordPressOptions(server=site.url, user=HOUSE, password=Secret(site.passwords[HOUSE]))
    http = Http()
    opened = open_desk(
        tmp_path / "desk",
        {"blog": WordPress("blog", options, http)},
        operator="marta",
        name="test",
        wording=Wording.of_rehearsal(lambda: datetime.now(UTC)),
        countdown=Countdown(0.2, 0.2),
    )
    yield opened
    await opened.aclose()
    await http.aclose()


async def arrival(sat: LocalDesk, query: str) -> str:
    async def look() -> str | None:
        page = await sat.page((await sat.open_view(query)).id, 0, 1)
        return page.rows[0].key if page.rows else None

    return await until(sat, look)


async def settled(sat: LocalDesk, count: int) -> list[DeliveryState]:
    async def look() -> list[DeliveryState] | None:
        entries = await sat.outbox()
        over = len(entries) >= count and not any(e.is_pending for e in entries)
        return [e.state for e in entries] if over else None

    return await until(sat, look)


async def test_a_reply_stands_under_its_comment_once(site: Site, post: int, sat: LocalDesk) -> None:
    asked = site.write(post, "Bonjour, c'est ouvert dimanche, vraiment ?")
    key = await arrival(sat, "dimanche")

    await sat.act(desk.Reply(text="Oui, de 10 h à 18 h."), [key])

    assert await settled(sat, 1) == [DeliveryState.SENT]
    replies = [row for row in site.comments(post) if row["parent"] == asked["id"]]
    assert [row["content"]["raw"] for row in replies] == ["Oui, de 10 h à 18 h."]


async def test_a_thread_is_a_post_linked_from_under_the_first(site: Site, post: int, sat: LocalDesk) -> None:
    site.write(post, "Quelle drôle d'affiche, expliquez-vous.")
    key = await arrival(sat, "affiche")
    act = desk.OpenThread(
        title="Parlons de l'affiche",
        text="Parlons-en ici.",
        house_comment="La discussion continue ici : $link",
        invite=(key,),
        invitation="Venez en parler : $link",
    )

    await sat.act(act, [key])

    assert await settled(sat, 3) == [DeliveryState.SENT] * 3
    (thread,) = site.call("GET", "posts?search=affiche")
    own = [row["content"]["raw"] for row in site.comments(post)[1:]]
    assert own == [f"La discussion continue ici : {thread['link']}", f"Venez en parler : {thread['link']}"]
    assert thread["comment_status"] == "open"


def test_a_site_is_connected_and_read_from_the_command_line(site: Site, post: int, tmp_path: Path) -> None:
    home = Home(tmp_path)
    words = ("--server", site.url, "--set", f"user={HOUSE}", "--secret-from", "stdin")
    connected = home.run("connect", "wordpress", *words, stdin=site.passwords[HOUSE] + "\n")
    site.write(post, "Quels sont vos horaires ce samedi ?")
    watched = home.run("watch", "--once")

    assert connected.code == 0, connected.err
    assert site.passwords[HOUSE] not in (home.becalm / "config.toml").read_text()
    assert watched.code == 0, watched.err
    assert "horaires ce samedi" in home.run("list", "is:question").out


def test_a_parsed_answer_of_the_site_loses_nothing(site: Site, post: int, tmp_path: Path) -> None:
    written = site.write(post, "Une ligne\net une autre")
    answer = tmp_path / "answer.json"
    answer.write_bytes(site.raw(f"comments?post={post}"))

    parsed = Home(tmp_path).run("parse", "wordpress", str(answer))

    assert parsed.code == 0, parsed.err
    for expected in ("Une ligne", "et une autre", "Camille", str(written["id"]), str(post), written["date_gmt"][:16]):
        assert expected in parsed.out
