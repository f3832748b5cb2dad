"""Public threads as strangers read them on real servers: WordPress's own pages, and Bluesky's own view of its network."""

from contextlib import aclosing
from pathlib import Path

import pytest
from bluesky_network import Account, Network
from commands import Home
from wordpress_site import Site

from connectors._errors import RejectedError
from connectors._public import client_for, read_public
from connectors._public_thread import PublicThread

pytestmark = pytest.mark.real


async def looked_at(url: str) -> PublicThread:
    async with aclosing(client_for(url)) as http:
        return await read_public(url, http)


async def test_a_wordpress_page_leads_to_its_comments(site: Site) -> None:
    post = site.publish()
    for number in range(103):
        site.write(post["id"], f"Bravo {number}")
    site.write(post["id"], "held back", status="hold")

    for url in (post["link"], f"{site.url}/?p={post['id']}"):
        thread = await looked_at(url)

        assert (thread.platform, thread.post.title, thread.missing) == ("wordpress", "L’Épée", 0)
        assert {comment.text for comment in thread.comments} == {f"Bravo {number}" for number in range(103)}


async def test_a_wordpress_page_that_is_not_there_is_nothing(site: Site) -> None:
    with pytest.raises(RejectedError, match="nothing is there"):
        await looked_at(f"{site.url}/?p=99999")


async def test_what_a_password_protects_stays_protected(site: Site) -> None:
    post = site.publish(password="open sesame")
    site.write(post["id"], "for friends")

    with pytest.raises(RejectedError, match="shows this to nobody without an account"):
        await looked_at(post["link"])


def address(account: Account, uri: str) -> str:
    """Return a post's address as a browser shows it."""
    return f"https://bsky.app/profile/{account.handle}/post/{uri.rpartition('/')[2]}"


def test_a_thread_of_bluesky_is_read_by_anybody_whichever_of_its_posts_is_named(
    network: Network, tmp_path: Path
) -> None:
    house, visitor, other = network.account("museum"), network.account("camille"), network.account("leo")
    post = house.post("L’épée est de retour, salle 3")
    asked = visitor.post("Ouvert dimanche ? 🗡️", post)
    house.post("Oui, de 10 h à 18 h", asked)
    other.post("Quelle honte, on vous hait tous", asked)
    gone = other.post("retiré", post)
    network.settle()
    other.delete(gone["uri"])
    network.settle()

    for url in (address(house, post["uri"]), address(visitor, asked["uri"]), asked["uri"]):
        told = Home(tmp_path).run("look", url, "--server", network.view, "--json")

        assert told.code == 0, told.err
        thread, *comments = told.objects
        assert (thread["platform"], thread["missing"]) == ("bluesky", 0)
        assert {(each["text"], each["author"]) for each in comments if not each["own"]} == {
            ("Ouvert dimanche ? 🗡️", visitor.did),
            ("Quelle honte, on vous hait tous", other.did),
        }
        assert [each["text"] for each in comments if each["own"]] == ["Oui, de 10 h à 18 h"]


def test_what_a_member_of_bluesky_shows_to_members_only_stays_there(network: Network, tmp_path: Path) -> None:
    shy = network.account("sasha")
    label = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
    shy.put("app.bsky.actor.profile", "self", {"displayName": "Sasha", "labels": label})
    post = shy.post("entre nous")
    network.settle()

    told = Home(tmp_path).run("look", address(shy, post["uri"]), "--server", network.view)

    assert told.code != 0
    assert "entre nous" not in told.out + told.err
    assert "without an account" in told.err


def test_a_post_of_bluesky_that_is_not_there_is_nothing(network: Network, tmp_path: Path) -> None:
    house = network.account("museum")
    network.settle()

    told = Home(tmp_path).run("look", address(house, "3knothing"), "--server", network.view)

    assert "nothing is there" in told.err
