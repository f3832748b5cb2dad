"""A public thread read without an account: what is shown to strangers, what is refused, and nowhere else is asked."""

import re
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pexpect
import pytest
from bluesky_fake import ME, Fake
from commands import BECALM, Home
from mastodon_network import Network
from rich.cells import cell_len
from wordpress_fake import NOON, URL, FakeSite, error

from connectors._errors import RejectedError, UnreachableError
from connectors._http import Http
from connectors._public import client_for, read_public
from connectors._public_bluesky import PUBLIC_VIEW
from connectors._public_thread import PublicThread
from connectors._reach import PublicOnly, is_public
from inbox.looked import judge
from scoring.thresholds import DEFAULT

POST = f"at://{ME}/app.bsky.feed.post/3kpost"
PAGE = f"https://bsky.app/profile/{ME}/post/3kpost"
COPY = "Nous exigeons que le musée rende la fontaine du square et publie le contrat signé avec la banque du port"


def over(answer: Any) -> Http:
    return Http(transport=httpx.MockTransport(answer), attempts=1)


async def looked_at(url: str) -> PublicThread:
    """Read a thread as the command does, by real HTTP."""
    async with aclosing(client_for(url)) as http:
        return await read_public(url, http)


# -- Bluesky -------------------------------------------------------------------------------------------


class Anybody(Fake):
    """Bluesky's public view: it asks nobody who they are."""

    def _may(self, request: httpx.Request) -> bool:
        assert "Authorization" not in request.headers
        return True


@pytest.fixture
def sky() -> Anybody:
    fake = Anybody()
    fake.posts[POST] = view(POST, ME, "museum.test", "The fountain is back")
    return fake


def view(uri: str, did: str, handle: str, text: str, **author: Any) -> dict[str, Any]:
    at = "2026-11-20T09:00:00.000Z"
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": at}
    return {
        "uri": uri,
        "cid": "c",
        "author": {"did": did, "handle": handle, **author},
        "record": record,
        "indexedAt": at,
    }


async def test_a_thread_of_bluesky_is_read_by_nobody_in_particular(sky: Anybody) -> None:
    sky.visitor_posts("3ka", "Is it open on Monday?", POST)
    sky.visitor_posts("3kb", "Lovely", POST)

    thread = await read_public(PAGE, over(sky.answer))

    assert (thread.platform, thread.post.text, thread.author.handle) == (
        "bluesky",
        "The fountain is back",
        "museum.test",
    )
    assert sorted(comment.text for comment in thread.comments) == ["Is it open on Monday?", "Lovely"]
    assert {request.url.host for request in sky.requests} == {httpx.URL(PUBLIC_VIEW).host}


CAMILLE = "at://did:plc:camille/app.bsky.feed.post/3ka"


@pytest.mark.parametrize(
    "url",
    [
        "https://bsky.app/profile/camille.test/post/3ka",
        "bsky.app/profile/camille.test/post/3ka/",
        "HTTPS://bsky.app/profile/@camille.test/post/3ka?ref_src=embed",
        "https://bsky.app/profile/camille.test/post/3ka/liked-by#top",
        "https://deck.example/profile/did%3Aplc%3Acamille/post/3ka",
        "https://embed.bsky.app/embed/did:plc:camille/app.bsky.feed.post/3ka?id=7",
        "https://records.example/at://did:plc:camille/app.bsky.feed.post/3ka",
        "AT://camille.test/app.bsky.feed.post/3ka",
        f" <{CAMILLE}> ",
    ],
)
async def test_a_post_is_found_by_every_address_that_people_paste(sky: Anybody, url: str) -> None:
    sky.visitor_posts("3ka", "Is it open on Monday?", POST)

    thread = await read_public(url, over(sky.answer))

    assert (thread.post.native_id, [each.native_id for each in thread.comments]) == (POST, [CAMILLE])


async def test_a_short_address_leads_where_it_leads(sky: Anybody) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "short.example":
            return httpx.Response(302, headers={"Location": PAGE})
        return httpx.Response(200, html="") if request.url.path.startswith("/profile/") else sky.answer(request)

    assert (await read_public("https://short.example/x1", over(answer))).post.native_id == POST


@pytest.mark.parametrize("url", ["https://bsky.app/profile/museum.test", "https://mastodon.example/@museum"])
async def test_somebodys_page_is_no_post(url: str) -> None:
    with pytest.raises(RejectedError, match="somebody's page, not a post"):
        await read_public(url, over(lambda _: httpx.Response(200, html="<html></html>")))


async def test_the_address_of_an_answer_leads_to_the_whole_thread(sky: Anybody) -> None:
    answer = sky.visitor_posts("3ka", "Is it open on Monday?", POST)
    sky.visitor_posts("3kb", "Lovely", POST)

    thread = await read_public(answer, over(sky.answer))

    assert (thread.post.native_id, len(thread.comments)) == (POST, 2)


async def test_who_asks_to_be_shown_to_members_only_is_not_shown(sky: Anybody) -> None:
    shy = sky.visitor_posts("3ka", "for members", POST)
    sky.posts[shy]["author"]["labels"] = [{"val": "!no-unauthenticated"}]

    thread = await read_public(PAGE, over(sky.answer))

    assert (thread.comments, thread.missing) == ((), 1)


async def test_a_post_that_is_gone_is_nothing_there(sky: Anybody) -> None:
    del sky.posts[POST]

    with pytest.raises(RejectedError, match="nothing is there"):
        await read_public(PAGE, over(sky.answer))


async def test_a_handle_that_nobody_has_is_nothing_there(sky: Anybody) -> None:
    with pytest.raises(RejectedError, match="nothing is there"):
        await read_public("https://bsky.app/profile/nobody.test/post/3kpost", over(sky.answer))


# -- Mastodon ------------------------------------------------------------------------------------------


async def test_a_conversation_of_mastodon_is_read_from_any_status_in_it(network: Network) -> None:
    post = network.write("museum", "The fountain is back")
    question = network.write("camille", "@museum when?", post["id"])
    network.write("museum", "@camille now", question["id"])

    thread = await looked_at(f"{network.url}/@camille/{question['id']}")

    assert (thread.platform, thread.post.native_id, thread.missing) == ("mastodon", post["id"], 0)
    assert [(c.text, c.author.is_self) for c in thread.comments] == [("@museum when?", False), ("@camille now", True)]


@pytest.mark.parametrize(
    "path",
    [
        "/@camille/{}",
        "/@camille@other.example/{}/",
        "/@camille/{}/embed",
        "/@camille/{}?x=1#y",
        "/web/@camille/{}",
        "/web/statuses/{}",
        "/deck/@camille/{}/favourites",
        "/users/camille/statuses/{}",
        "/users/camille/statuses/{}/activity",
        "/ap/users/115/statuses/{}",
        "/notice/{}",
        "/@camille/posts/{}",
        "/api/v1/statuses/{}",
        "/statuses/{}",
        "/notes/{}",
        "/p/camille/{}",
    ],
)
async def test_a_status_is_found_by_every_address_that_people_paste(network: Network, path: str) -> None:
    post = network.write("museum", "The fountain is back")
    question = network.write("camille", "@museum when?", post["id"])

    thread = await looked_at(network.url + path.format(question["id"]))

    assert (thread.post.native_id, [each.native_id for each in thread.comments]) == (post["id"], [question["id"]])


@pytest.mark.parametrize(
    "url", ["https://elk.example/social.example/@museum/112", "https://phanpy.example/#/social.example/s/112"]
)
async def test_a_page_that_shows_every_servers_statuses_names_the_one_to_ask(url: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(404)

    with pytest.raises(RejectedError, match="nothing is there"):
        await read_public(url, over(answer))
    assert set(asked) == {"social.example"}


async def test_an_object_leads_to_the_status_that_its_server_shows_for_it(network: Network) -> None:
    post = network.write("museum", "The fountain is back")
    server = httpx.URL(network.url)

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/objects/"):
            return httpx.Response(302, headers={"Location": f"/notice/{post['id']}"})
        if request.url.path.startswith("/notice/"):
            return httpx.Response(200, html="<html></html>")
        async with httpx.AsyncClient() as there:
            return await there.get(request.url.copy_with(scheme="http", host=server.host, port=server.port))

    thread = await read_public("https://akkoma.example/objects/1f2e-3d", over(answer))

    assert thread.post.native_id == post["id"]


async def test_a_page_of_friendica_says_in_its_head_which_status_it_shows(network: Network) -> None:
    post = network.write("museum", "The fountain is back")
    question = network.write("camille", "@museum when?", post["id"])
    head = f'<link rel="alternate" type="application/atom+xml" href="display/feed-item/{post["id"]}.atom" />'
    server = httpx.URL(network.url)

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/display/"):
            return httpx.Response(200, html=f"<html><head>{head}</head></html>")
        async with httpx.AsyncClient() as there:
            return await there.get(request.url.copy_with(scheme="http", host=server.host, port=server.port))

    thread = await read_public("https://friendica.example/display/1f2e-3d-4c", over(answer))

    assert (thread.post.native_id, [each.native_id for each in thread.comments]) == (post["id"], [question["id"]])


def shown(number: str, who: str, host: str, *, remote: bool, parent: str | None = None) -> dict[str, Any]:
    """Make a status as a server shows it: its own people by their name, others with their server."""
    return {
        "id": number,
        "content": f"<p>{who} {number}</p>",
        "account": {"id": who, "acct": f"{who}@{host}" if remote else who, "username": who},
        "created_at": "2026-11-20T12:00:00Z",
        "url": f"https://{host}/@{who}/{number}",
        "visibility": "public",
        "in_reply_to_id": parent,
    }


class TwoServers:
    """The house's own server, which knows every answer, and another one that heard of some."""

    house_is_open = True

    def __init__(self) -> None:
        self.asked: list[str] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        host, path = request.url.host, request.url.path
        self.asked.append(host)
        if host == "museum.example" and not self.house_is_open:
            return httpx.Response(401, json={"error": "no"})
        is_home = host == "museum.example"
        root = shown("1" if is_home else "901", "museum", "museum.example", remote=not is_home)
        root["url"] = "https://museum.example/@museum/1"
        if not path.endswith("/context"):
            return httpx.Response(200, json=root)
        heard = ["2", "3"] if is_home else ["902"]
        below = [shown(each, "camille", "else.example", remote=is_home, parent=root["id"]) for each in heard]
        return httpx.Response(200, json={"ancestors": [], "descendants": below})


@pytest.mark.parametrize(("is_open", "post", "answers"), [(True, "1", ["2", "3"]), (False, "901", ["902"])])
async def test_a_status_of_another_server_is_read_where_it_was_written_if_that_shows_it(
    *, is_open: bool, post: str, answers: list[str]
) -> None:
    servers = TwoServers()
    servers.house_is_open = is_open

    thread = await read_public("https://else.example/@museum@museum.example/901", over(servers.answer))

    assert (thread.post.native_id, [each.native_id for each in thread.comments]) == (post, answers)
    assert servers.asked[0] == "else.example"


async def test_a_status_of_its_own_server_is_asked_for_nowhere_else() -> None:
    servers = TwoServers()

    await read_public("https://museum.example/@museum/1", over(servers.answer))

    assert set(servers.asked) == {"museum.example"}


async def test_a_status_for_followers_is_not_shown(network: Network) -> None:
    hidden = network.write("museum", "for friends", visibility="private")

    with pytest.raises(RejectedError, match="nothing is there"):
        await looked_at(f"{network.url}/@museum/{hidden['id']}")


@pytest.mark.parametrize("status", [401, 403])
async def test_a_server_that_shows_nothing_to_strangers_says_so(status: int) -> None:
    http = over(lambda _: httpx.Response(status, json={"error": "This method requires an authenticated user"}))

    with pytest.raises(RejectedError, match="shows this to nobody without an account"):
        await read_public("https://closed.example/@museum/112", http)


async def test_a_page_of_that_form_elsewhere_is_no_mastodon() -> None:
    http = over(lambda _: httpx.Response(200, html="<html>an article</html>"))

    with pytest.raises(RejectedError, match="does not answer as Mastodon does"):
        await read_public("https://magazine.example/@museum/112", http)


# -- WordPress -----------------------------------------------------------------------------------------


class Blog(FakeSite):
    """A site with a page for every post, as visitors without an account see it."""

    by_header = True

    def visited(self, request: httpx.Request) -> httpx.Response:
        assert "Authorization" not in request.headers
        query = dict(request.url.params)
        route = query.get("rest_route", request.url.path.removeprefix("/wp-json"))
        if not route.startswith("/wp/v2/"):
            return self._page()
        if route == "/wp/v2/posts/3":
            row = {"id": 3, "author": 7, "title": {"rendered": "L&rsquo;Épée"}, "link": f"{URL}/epee/"}
            return httpx.Response(200, json=row)
        offset = (int(query["page"]) - 1) * int(query["per_page"])
        more = {"rest_route": route, "offset": str(offset)}
        return self.answer(httpx.Request("GET", request.url.copy_merge_params(more)))

    def _page(self) -> httpx.Response:
        api = f"{URL}/wp-json/wp/v2/posts/3" if self.pretty else f"{URL}/index.php?rest_route=/wp/v2/posts/3"
        if self.by_header:
            told = f'<{URL}/wp-json/>; rel="https://api.w.org/", <{api}>; rel="alternate"; type="application/json"'
            return httpx.Response(200, html="<html></html>", headers={"Link": told})
        head = f'<link rel="stylesheet" href="a.css"><link rel="alternate" type="application/json" href="{api}" />'
        return httpx.Response(200, html=f"<html><head>{head}</head></html>")


@pytest.mark.parametrize("pretty", [True, False])
@pytest.mark.parametrize("by_header", [True, False])
async def test_a_site_says_itself_where_its_comments_are(*, pretty: bool, by_header: bool) -> None:
    blog = Blog(pretty=pretty)
    blog.by_header = by_header
    blog.write("<p>Bravo</p>")
    blog.write("<p>Merci</p>", author=7)

    thread = await read_public(f"{URL}/epee/", over(blog.visited))

    assert (thread.platform, thread.post.title) == ("wordpress", "L’Épée")
    assert [(c.text, c.author.is_self) for c in thread.comments] == [("Bravo", False), ("Merci", True)]


@pytest.mark.parametrize("pretty", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        '<head><link rel="shortlink" href="/?p=3"></head>',
        '<body class="post-template-default single single-post postid-3 single-format-standard">',
    ],
)
async def test_an_older_site_tells_where_its_interface_is_and_the_number_of_its_post(
    body: str, *, pretty: bool
) -> None:
    blog = Blog(pretty=pretty)
    blog.write("<p>Bravo</p>")
    root = f"{URL}/api-elsewhere/" if pretty else f"{URL}/index.php?rest_route=/"

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/epee/":
            return httpx.Response(200, html=body, headers={"Link": f'<{root}>; rel="https://api.w.org/"'})
        path = request.url.path.replace("/api-elsewhere/", "/wp-json/")
        return blog.visited(httpx.Request("GET", request.url.copy_with(path=path)))

    thread = await read_public(f"{URL}/epee/", over(answer))

    assert (thread.post.title, [each.text for each in thread.comments]) == ("L’Épée", ["Bravo"])


async def test_a_page_of_an_older_site_is_asked_for_as_a_page() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        told = {"Link": f'<{URL}/wp-json/>; rel="https://api.w.org/"'}
        return (
            httpx.Response(200, html="<body class='page page-id-3'>", headers=told)
            if not asked[1:]
            else error(404, "no")
        )

    with pytest.raises(RejectedError, match="nothing is there"):
        await read_public(f"{URL}/visite/", over(answer))
    assert asked[1] == "/wp-json/wp/v2/pages/3"


@pytest.mark.parametrize(
    "path", ["/?p=3", "/epee/#comment-1", "/epee/comment-page-2/?replytocom=1", "/wp-json/wp/v2/posts/3"]
)
async def test_a_posts_comments_are_found_by_every_address_of_it(path: str) -> None:
    blog = Blog()
    blog.write("<p>Bravo</p>")

    thread = await read_public(URL + path, over(blog.visited))

    assert [comment.text for comment in thread.comments] == ["Bravo"]


async def test_every_page_of_comments_is_read_and_no_page_without_end() -> None:
    blog = Blog()
    for number in range(2150):
        blog.write(f"comment {number}")

    thread = await read_public(f"{URL}/epee/", over(blog.visited))

    assert (len(thread.comments), thread.missing) == (2000, 150)
    assert len({comment.native_id for comment in thread.comments}) == 2000


async def test_a_site_that_keeps_its_comments_from_strangers_says_so() -> None:
    blog = Blog()
    blog.fail("GET", "comments", error(401, "rest_forbidden"))

    with pytest.raises(RejectedError, match="shows this to nobody without an account"):
        await read_public(f"{URL}/epee/", over(blog.visited))


async def test_a_page_of_an_unknown_site_is_told_as_such() -> None:
    http = over(lambda _: httpx.Response(200, html="<link rel='alternate' type='application/rss+xml' href='/feed'>"))

    with pytest.raises(RejectedError, match="no thread that becalm can read"):
        await read_public("https://shop.example/tickets", http)


@pytest.mark.parametrize(
    "url", ["museum", "ftp://x.example/a", "https://[::1", "https:///a", "https://u:p@x.example/a"]
)
async def test_what_is_no_address_is_never_asked(url: str) -> None:
    def asked(_: httpx.Request) -> httpx.Response:
        raise AssertionError

    with pytest.raises(RejectedError):
        await read_public(url, over(asked))


# -- where it may lead ---------------------------------------------------------------------------------


class Noted:
    """A transport that notes where it would have led."""

    def __init__(self, *refusing: str) -> None:
        self.led: list[httpx.Request] = []
        self.refusing = refusing

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.led.append(request)
        if request.url.host in self.refusing:
            raise httpx.ConnectError("no")
        return httpx.Response(200)

    async def aclose(self) -> None:
        pass


def guard(inner: Noted, *addresses: str, here: bool = False) -> PublicOnly:
    async def resolve(_host: str, _port: int) -> list[str]:
        return list(addresses)

    return PublicOnly(inner, here=here, refused=httpx.ConnectError, resolve=resolve)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.7",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "nonsense",
    ],
)
async def test_no_name_leads_into_a_private_network(address: str) -> None:
    inner = Noted()

    with pytest.raises(RejectedError, match="private network"):
        await guard(inner, "93.184.216.34", address).handle_async_request(httpx.Request("GET", "https://evil.example/"))
    assert inner.led == []


@pytest.mark.parametrize("url", ["https://10.0.0.7/", "https://[::1]/", "https://127.0.0.1/", "https://2130706433/"])
async def test_no_address_leads_there_either(url: str) -> None:
    inner = Noted()

    with pytest.raises(RejectedError):
        await guard(inner, "127.0.0.1").handle_async_request(httpx.Request("GET", url))
    assert inner.led == []


async def test_the_address_that_was_judged_is_the_one_spoken_to_under_the_hosts_name() -> None:
    inner = Noted("93.184.216.34")

    await guard(inner, "93.184.216.34", "93.184.216.35").handle_async_request(
        httpx.Request("GET", "https://a.example/x")
    )

    assert [str(request.url) for request in inner.led] == ["https://93.184.216.34/x", "https://93.184.216.35/x"]
    assert {request.headers["host"] for request in inner.led} == {"a.example"}
    assert {request.extensions["sni_hostname"] for request in inner.led} == {"a.example"}


async def test_nothing_is_asked_without_encryption_but_this_machine_where_it_was_named() -> None:
    inner = Noted()
    with pytest.raises(RejectedError, match="without encryption"):
        await guard(inner, "93.184.216.34").handle_async_request(httpx.Request("GET", "http://a.example/"))
    with pytest.raises(RejectedError, match="without encryption"):
        await guard(inner, "127.0.0.1").handle_async_request(httpx.Request("GET", "http://127.0.0.1/"))
    with pytest.raises(RejectedError, match="private network"):
        await guard(inner, "127.0.0.1", here=True).handle_async_request(httpx.Request("GET", "https://a.example/"))
    assert inner.led == []

    await guard(inner, here=True).handle_async_request(httpx.Request("GET", "http://127.0.0.1:8080/"))
    assert len(inner.led) == 1


async def test_a_page_that_redirects_inwards_leads_nowhere(network: Network) -> None:
    async with aclosing(client_for("https://blog.example/")) as http:
        with pytest.raises(RejectedError, match="without encryption"):
            await http.request("GET", f"{network.url}/api/v1/instance")


async def test_a_name_that_nobody_knows_is_unreachable() -> None:
    with pytest.raises(UnreachableError, match=re.escape("museum.invalid cannot be reached: nobody knows this name")):
        await looked_at("https://museum.invalid/a")


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"]))


# -- judged --------------------------------------------------------------------------------------------


async def test_copies_fold_into_one_and_the_situation_is_called() -> None:
    blog = Blog()
    for minute in range(8):
        at = datetime(2026, 11, 20, 12, minute, tzinfo=UTC).isoformat()
        blog.write(f"<p>{COPY}</p>", author_name=f"Visitor {minute}", date_gmt=at)
    blog.write("<p>Is there a lift?</p>", author_name="Camille", date_gmt=NOON.isoformat())

    looked = judge(await read_public(f"{URL}/epee/", over(blog.visited)), DEFAULT)

    assert [str(situation) for situation in looked.situation.situation] == ["flood"]
    assert sorted((each.comment.text, each.copies) for each in looked.folded()) == [("Is there a lift?", 0), (COPY, 7)]


def test_the_command_lists_a_thread_with_its_levels_and_masks_danger(network: Network, tmp_path: Path) -> None:
    post = network.write("museum", "The fountain is back")
    network.write("camille", "@museum When do you open on Monday?", post["id"])
    network.write("leo", "@museum I will burn the museum down tonight, you will all die", post["id"])

    answer = Home(tmp_path).run("look", f"{network.url}/@museum/{post['id']}")

    assert answer.code == 0, answer.err
    assert answer.lines[0] == "Museum · The fountain is back"
    assert answer.lines[2] == "2 comments"
    marks = sorted(line[:6] for line in answer.lines[3:])
    assert marks == ["? ma C", "‼ ma L"]
    assert "burn" not in answer.out
    assert not (tmp_path / "becalm").exists(), "looking leaves nothing behind"


def test_at_a_terminal_no_line_is_wider_than_it(network: Network, tmp_path: Path) -> None:
    post = network.write("museum", "The fountain of the square is back, and so is everything that we had promised " * 2)
    network.write("camille", "@museum " + "日本語のテキストと 👩\u200d🎨 " * 9, post["id"])
    network.write("camille", "@museum " + "à l’été, « oui » " * 9, post["id"])
    words = ["look", f"{network.url}/@museum/{post['id']}", "--lang", "en"]
    env = Home(tmp_path).environment()
    child = pexpect.spawn(str(BECALM), words, env=env, dimensions=(24, 80), encoding="utf-8", timeout=40)
    child.expect(pexpect.EOF)

    lines = re.sub("\x1b\\[[0-9;]*m", "", str(child.before)).splitlines()
    assert [line.partition("  ")[0] for line in lines[3:]] == ["· ma Camille"] * 2
    assert [line for line in lines if cell_len(line) > 80] == []


def test_for_scripts_it_is_one_object_a_line(network: Network, tmp_path: Path) -> None:
    post = network.write("museum", "The fountain is back")
    network.write("camille", "@museum When do you open on Monday?", post["id"])

    thread, comment = Home(tmp_path).run("look", "--json", f"{network.url}/@museum/{post['id']}").objects

    assert (thread["kind"], thread["platform"], thread["situation"], thread["missing"]) == ("thread", "mastodon", [], 0)
    assert (comment["kind"], comment["level"], comment["question"], comment["own"]) == ("comment", "calm", True, False)


def test_what_cannot_be_looked_at_is_said_and_why(network: Network, tmp_path: Path) -> None:
    home = Home(tmp_path)

    gone = home.run("look", f"{network.url}/@museum/999999")
    inside = home.run("look", "https://192.168.1.1/admin", env={"LANG": "fr_FR.UTF-8"})

    assert (gone.code, gone.err.startswith("becalm: nothing is there")) == (69, True)
    assert (inside.code, "192.168.1.1 est une adresse d'un réseau privé" in inside.err.replace("’", "'")) == (69, True)
