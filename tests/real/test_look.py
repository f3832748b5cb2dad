"""Public threads as strangers read them on real servers: WordPress's own pages, and Bluesky's own view of its network."""

from contextlib import aclosing

import pytest
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
