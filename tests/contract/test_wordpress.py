"""WordPress against a site in memory: what arrives, what is sent once, and every way in which a site can fail."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from wordpress_fake import ME, NOON, PASSWORD, URL, FakeSite, error, publish

from connectors._errors import AuthenticationError, ProtocolError, RateLimitedError, RejectedError, UnreachableError
from connectors._http import Http
from connectors._model import Comment, Gone, NotSent, Outcome, Outgoing, Rejected, Sent, Unknown
from connectors._wordpress_login import begin_login, finish_login
from connectors.wordpress import WordPress


@pytest.fixture
def site() -> FakeSite:
    found = FakeSite()
    publish(found)
    return found


@pytest.fixture
def blog(site: FakeSite) -> WordPress:
    return site.connect()


def outgoing(text: str = "Merci.", client_id: str = "c1", **more: Any) -> Outgoing:
    return Outgoing(client_id=client_id, text=text, created_at=NOON, **more)


def texts(comments: Any) -> list[str]:
    return [comment.text for comment in comments]


async def drained(blog: WordPress, cursor: str | None) -> list[str]:
    found: list[str] = []
    complete = False
    while not complete:
        batch = await blog.poll(cursor)
        found += texts(batch.comments)
        cursor, complete = batch.cursor, batch.complete
    return found


# -- who we are ----------------------------------------------------------------------------------------


async def test_it_tells_who_we_are_and_what_we_may(blog: WordPress) -> None:
    identity = await blog.identify()

    assert (identity.account_id, identity.handle, identity.name) == (str(ME), "museum", "Musée")
    assert identity.scopes == ("moderate_comments", "publish_posts")
    assert identity.server == "Le blog (WordPress)"


async def test_an_account_that_may_not_moderate_is_refused(site: FakeSite, blog: WordPress) -> None:
    site.rights = {"read": True}

    with pytest.raises(AuthenticationError, match="museum may not moderate comments"):
        await blog.poll(None)


async def test_a_refused_login_names_the_host_that_drops_it(site: FakeSite, blog: WordPress) -> None:
    site.fail("GET", "users/me", error(401, "rest_not_logged_in"))

    with pytest.raises(AuthenticationError) as caught:
        await blog.identify()

    assert "the host drops the login" in caught.value.hint


async def test_a_site_without_pretty_addresses_is_asked_by_its_other_one(site: FakeSite, blog: WordPress) -> None:
    site.pretty = False
    site.write()

    assert texts((await blog.poll(None)).comments) == ["bonjour"]
    assert str(site.asked[1].url).startswith(f"{URL}/index.php?rest_route=")


async def test_a_site_that_is_no_wordpress_is_named(site: FakeSite, blog: WordPress) -> None:
    for _ in range(2):
        site.fail("GET", URL, httpx.Response(200, html="<html>Bienvenue</html>"))

    with pytest.raises(UnreachableError, match=f"no WordPress answers at {URL}"):
        await blog.identify()


# -- reading -------------------------------------------------------------------------------------------


async def test_a_first_visit_takes_the_latest_page_and_its_posts(site: FakeSite, blog: WordPress) -> None:
    for number in range(130):
        site.write(f"n{number}")

    batch = await blog.poll(None)

    assert texts(batch.comments) == [f"n{number}" for number in range(30, 130)]
    assert [(p.native_id, p.title, p.url) for p in batch.posts] == [("3", "L’Épée", f"{URL}/lepee/")]
    assert batch.complete


async def test_the_next_poll_brings_only_what_is_new_with_one_request(site: FakeSite, blog: WordPress) -> None:
    site.write("un")
    first = await blog.poll(None)
    site.write("deux")
    before = len(site.asked)
    second = await blog.poll(first.cursor)

    assert texts(second.comments) == ["deux"]
    assert len(site.asked) == before + 1
    assert not (await blog.poll(second.cursor)).comments


async def test_a_connector_made_anew_goes_on_from_the_cursor(site: FakeSite, blog: WordPress) -> None:
    site.write("un")
    cursor = (await blog.poll(None)).cursor
    site.write("deux")

    assert texts((await site.connect().poll(cursor)).comments) == ["deux"]


async def test_a_cursor_of_another_age_begins_anew(site: FakeSite, blog: WordPress) -> None:
    site.write("un")

    assert texts((await blog.poll('{"page": [3]}')).comments) == ["un"]


async def test_an_empty_site_can_be_polled_until_the_first_comment(site: FakeSite, blog: WordPress) -> None:
    nothing = await blog.poll(None)
    site.write("le premier")

    assert texts((await blog.poll(nothing.cursor)).comments) == ["le premier"]


async def test_a_storm_after_a_visit_that_found_nothing_arrives_whole(site: FakeSite, blog: WordPress) -> None:
    nothing = await blog.poll(None)
    for number in range(321):
        site.write(f"n{number}")

    found = await drained(blog, nothing.cursor)

    assert sorted(found) == sorted(f"n{number}" for number in range(321))


@pytest.mark.parametrize("tells_total", [True, False], ids=["told", "untold"])
async def test_a_storm_arrives_whole_and_once(site: FakeSite, blog: WordPress, *, tells_total: bool) -> None:
    site.tells_total = tells_total
    site.write("avant")
    cursor = (await blog.poll(None)).cursor
    for number in range(1234):
        site.write(f"n{number}")

    found = await drained(blog, cursor)

    assert sorted(found) == sorted(f"n{number}" for number in range(1234))


@pytest.mark.parametrize("taken", [5, 60, 375], ids=["few", "many", "nearly all"])
async def test_what_is_deleted_while_we_read_hides_nothing_else(site: FakeSite, blog: WordPress, taken: int) -> None:
    site.write("avant")
    cursor = (await blog.poll(None)).cursor
    numbers = [site.write(f"n{number}") for number in range(900)]
    first = await blog.poll(cursor)
    for number in numbers[-taken:]:
        del site.comments[number]

    found = texts(first.comments) + await drained(blog, first.cursor)

    assert not first.complete
    assert sorted(found) == sorted(f"n{number}" for number in range(900))


async def test_what_arrives_while_a_long_way_begins_again_is_not_lost(site: FakeSite, blog: WordPress) -> None:
    site.write("avant")
    cursor = (await blog.poll(None)).cursor
    numbers = [site.write(f"n{number}") for number in range(900)]
    batch = await blog.poll(cursor)
    for number in numbers[-375:]:
        del site.comments[number]
    site.write("pendant")

    found: list[str] = []
    while not batch.complete:
        batch = await blog.poll(batch.cursor)
        found += texts(batch.comments)
    found += texts((await blog.poll(batch.cursor)).comments)

    assert sorted(found) == sorted(["pendant", *(f"n{number}" for number in range(520))])


async def test_comments_that_we_may_not_read_hide_no_others(site: FakeSite, blog: WordPress) -> None:
    site.write("avant")
    cursor = (await blog.poll(None)).cursor
    for number in range(400):
        site.write(f"n{number}", status="unreadable" if 50 <= number < 350 else "approved")

    found = await drained(blog, cursor)

    assert len(found) == 100


async def test_a_site_that_repeats_itself_without_end_is_told_so(site: FakeSite, blog: WordPress) -> None:
    site.write("avant")
    cursor = (await blog.poll(None)).cursor
    page = [site._shown(site.comments[1] | {"id": 5000 - n}) for n in range(100)]
    for _ in range(3):
        site.fail("GET", "offset=", lambda request: endless(request, page))

    with pytest.raises(ProtocolError, match="again and again"):
        await drained(blog, cursor)


def endless(request: httpx.Request, page: list[dict[str, Any]]) -> httpx.Response:
    size = int(request.url.params["per_page"])
    return httpx.Response(200, json=page[:size], headers={"X-WP-Total": "999999"})


async def test_an_empty_answer_in_passing_does_not_bring_everything_back(site: FakeSite, blog: WordPress) -> None:
    for number in range(50):
        site.write(f"n{number}")
    cursor = (await blog.poll(None)).cursor
    site.fail("GET", "offset=0", httpx.Response(200, json=[], headers={"X-WP-Total": "0"}))
    cursor = (await blog.poll(cursor)).cursor

    assert len(await drained(blog, cursor)) <= 50
    assert not (await blog.poll((await blog.poll(cursor)).cursor)).comments


async def test_what_is_stored_late_under_an_earlier_number_arrives(site: FakeSite, blog: WordPress) -> None:
    site.write("un")
    late = site.write("deux")
    site.write("trois")
    row = site.comments.pop(late)
    first = await blog.poll(None)
    site.comments[late] = row

    assert texts((await blog.poll(first.cursor)).comments) == ["deux"]


async def test_an_edit_among_the_newest_arrives_with_the_next_poll_and_again_where_that_was_not_kept(
    site: FakeSite, blog: WordPress
) -> None:
    for n in range(5):
        site.write(f"bonjour {n}")
    cursor = (await blog.poll(None)).cursor
    assert not (await blog.poll(cursor)).comments

    site.comments[3]["raw"] = "bonjour, corrigé"
    site.comments[4]["status"] = "hold"
    site.write("au revoir")
    lost = await blog.poll(cursor)
    kept = await blog.poll(cursor)

    assert [each.native_id for each in lost.comments] == [each.native_id for each in kept.comments]
    assert sorted(each.native_id for each in kept.comments) == ["3", "4", "6"]
    assert not (await blog.poll(kept.cursor)).comments


async def test_a_post_that_cannot_be_read_hides_no_comment(site: FakeSite, blog: WordPress) -> None:
    site.write("perdu ?")
    site.fail("GET", "/posts", error(500, "internal_server_error"))

    batch = await blog.poll(None)

    assert texts(batch.comments) == ["perdu ?"]
    assert [(p.title, p.url) for p in batch.posts] == [("", f"{URL}/lepee/")]


async def test_a_post_is_asked_for_once(site: FakeSite, blog: WordPress) -> None:
    site.write("un")
    first = await blog.poll(None)
    site.write("deux")
    second = await blog.poll(first.cursor)

    assert second.posts == first.posts
    assert len([r for r in site.asked if r.url.path.endswith("/posts")]) == 1


async def test_a_post_elsewhere_is_never_asked_for_with_our_password(site: FakeSite, blog: WordPress) -> None:
    number = site.write("piège")
    row = site._shown(site.comments[number])
    row["_links"] = {"up": [{"href": "https://evil.example/wp-json/wp/v2/posts/3"}]}
    site.fail("GET", "offset=0", httpx.Response(200, json=[row], headers={"X-WP-Total": "1"}))

    await blog.poll(None)

    assert {request.url.host for request in site.asked} == {"blog.museum.example"}


async def test_a_second_look_tells_edits_from_deletions(site: FakeSite, blog: WordPress) -> None:
    kept, binned, filed, deleted = (site.write(word) for word in ("un", "deux", "trois", "quatre"))
    before = {c.native_id: c for c in (await blog.poll(None)).comments}
    site.comments[kept]["raw"] = "un, corrigé"
    site.comments[binned]["status"] = "trash"
    site.comments[filed]["status"] = "post-trashed"
    del site.comments[deleted]

    found = await blog.fetch([str(n) for n in (kept, binned, filed, deleted)])

    assert isinstance(found[0], Comment)
    assert found[0].version != before[str(kept)].version
    assert found[1:] == [
        Gone(native_id=str(binned), why="deleted"),
        Gone(native_id=str(filed), why="hidden"),
        Gone(native_id=str(deleted), why="deleted"),
    ]


async def test_a_limit_in_the_middle_of_a_second_look_loses_nothing_of_what_was_heard(
    site: FakeSite, blog: WordPress
) -> None:
    kept, deleted, cut = (site.write(word) for word in ("un", "deux", "trois"))
    await blog.poll(None)
    del site.comments[deleted], site.comments[cut]
    site.fail("GET", f"comments/{cut}", httpx.Response(429, headers={"Retry-After": "600"}))

    found = await blog.fetch([str(n) for n in (kept, deleted, cut)])

    assert [(each.native_id, type(each)) for each in found] == [(str(kept), Comment), (str(deleted), Gone)]


@pytest.mark.parametrize("answer", [httpx.Response(404, html="<html>"), error(403, "rest_cannot_read")])
async def test_a_firewalls_refusal_makes_no_comment_gone(
    site: FakeSite, blog: WordPress, answer: httpx.Response
) -> None:
    await blog.identify()
    site.fail("GET", "comments/9", answer)

    assert await blog.fetch(["9"]) == []


async def test_an_id_that_is_none_is_asked_of_nobody(site: FakeSite, blog: WordPress) -> None:
    await blog.fetch(["../users/1"])

    assert not [r for r in site.asked if "users/1" in str(r.url)]


async def test_where_the_site_keeps_a_comment_is_told_and_kept_up_to_date(site: FakeSite, blog: WordPress) -> None:
    waiting, junk, public = site.write(status="hold"), site.write(status="spam"), site.write()

    batch = await blog.poll(None)
    site.comments[waiting]["status"] = "approved"
    (now,) = [each for each in await blog.fetch([str(waiting)]) if isinstance(each, Comment)]

    assert {int(each.native_id): each.moderation for each in batch.comments if int(each.native_id) != junk} == {
        waiting: "held",
        public: "",
    }
    assert now.moderation == ""


# -- answering -----------------------------------------------------------------------------------------


async def test_a_reply_lost_on_its_way_back_is_found_when_sent_again(site: FakeSite, blog: WordPress) -> None:
    parent = site.write("Ouvert ?")
    reply = outgoing(r"Oui <3 \o/ & à bientôt", parent_id=str(parent), post_id="3")
    site.fail("POST", "comments", httpx.ReadTimeout("lost"), late=True)

    first, second = await blog.send_reply(reply), await blog.send_reply(reply)

    assert isinstance(first, Unknown)
    assert isinstance(second, Sent)
    assert [row["raw"] for row in site.comments.values() if row["author"] == ME] == [
        r"Oui &lt;3 &#92;o/ &amp; à bientôt"
    ]


async def test_a_reply_lost_on_its_way_there_is_written_when_sent_again(site: FakeSite, blog: WordPress) -> None:
    reply = outgoing(parent_id="3", post_id="3")
    await blog.identify()
    site.fail("POST", "comments", httpx.ConnectError("down"))

    first, second = await blog.send_reply(reply), await blog.send_reply(reply)

    assert isinstance(first, NotSent)
    assert isinstance(second, Sent)
    assert len(site.comments) == 1


async def test_words_that_stood_there_before_are_told_apart(site: FakeSite, blog: WordPress) -> None:
    site.write("Merci.", author=ME, date_gmt="2026-10-01T08:00:00")

    outcome = await blog.send_reply(outgoing(parent_id="3", post_id="3"))

    assert isinstance(outcome, Sent)
    assert "had been there before" in outcome.receipt.warning


async def test_a_duplicate_that_is_not_ours_is_rejected(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "comments", error(409, "comment_duplicate"))

    assert isinstance(await blog.send_reply(outgoing(parent_id="3", post_id="3")), Rejected)


async def test_a_duplicate_that_cannot_be_looked_up_stays_in_doubt(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "comments", error(409, "comment_duplicate"))
    site.fail("GET", "author=", error(503, "busy"))

    assert isinstance(await blog.send_reply(outgoing(parent_id="1", post_id="3")), Unknown)


async def test_a_reply_that_the_site_holds_back_says_so(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "comments", httpx.Response(201, json={"id": 5, "status": "hold"}))

    outcome = await blog.send_reply(outgoing(parent_id="1", post_id="3"))

    assert isinstance(outcome, Sent)
    assert "not public yet" in outcome.receipt.warning


async def test_a_reply_to_a_comment_whose_post_is_unknown_finds_it(site: FakeSite, blog: WordPress) -> None:
    parent = site.write("Ouvert ?")

    await blog.send_reply(outgoing(parent_id=str(parent)))

    assert [(row["post"], row["parent"]) for row in site.comments.values()][-1] == (3, parent)


@pytest.mark.parametrize(
    ("answer", "outcome", "word"),
    [
        (error(400, "comment_flood", "Trop vite."), NotSent, "Trop vite"),
        (error(403, "rest_comment_closed"), Rejected, "open it again"),
        (error(403, "rest_comment_trash_post"), Rejected, "in the bin"),
        (error(400, "comment_content_column_length"), Rejected, "shorten"),
        (error(401, "incorrect_password"), Rejected, "a new application password"),
        (httpx.Response(403, html="<html>blocked</html>"), Rejected, "check its rights"),
        (httpx.Response(429, headers={"Retry-After": "90"}), NotSent, "429"),
        (error(500, "rest_comment_failed_create"), Unknown, "500"),
        (httpx.Response(503, html="<html>maintenance</html>"), Unknown, "503"),
        (httpx.Response(200, html="<html>log in</html>"), Unknown, "web page"),
        (httpx.Response(201, content=b'{"id": 5, "sta'), Unknown, "cannot be read"),
        (httpx.Response(201, json={}), Unknown, "does not say where"),
        (httpx.Response(301, headers={"Location": "https://evil.example/"}), Unknown, "evil.example"),
    ],
)
async def test_each_refusal_becomes_an_honest_outcome(
    site: FakeSite, blog: WordPress, answer: httpx.Response, outcome: type[Outcome], word: str
) -> None:
    site.fail("POST", "comments", answer)

    found = await blog.send_reply(outgoing(parent_id="1", post_id="3"))

    assert isinstance(found, outcome)
    assert word in f"{found}"
    assert PASSWORD.replace(" ", "") not in f"{found}"


async def test_a_redirect_elsewhere_takes_no_password_along(site: FakeSite, blog: WordPress) -> None:
    site.fail("GET", "users/me", httpx.Response(302, headers={"Location": "https://evil.example/"}))

    with pytest.raises(ProtocolError, match=r"evil\.example"):
        await blog.poll(None)
    assert {request.url.host for request in site.asked} == {"blog.museum.example"}


@pytest.mark.parametrize(
    ("answer", "caught"),
    [
        (httpx.Response(429, headers={"Retry-After": "90"}), RateLimitedError),
        (error(403, "rest_forbidden_context"), AuthenticationError),
        (httpx.Response(403, html="<html>blocked</html>"), RejectedError),
        (httpx.Response(503, html="<html>maintenance</html>"), UnreachableError),
        (httpx.Response(200, json={"code": "odd"}), ProtocolError),
    ],
)
async def test_each_failing_read_becomes_our_error(
    site: FakeSite, blog: WordPress, answer: httpx.Response, caught: type[Exception]
) -> None:
    site.fail("GET", "offset=0", answer)

    with pytest.raises(caught):
        await blog.poll(None)


# -- moderating ----------------------------------------------------------------------------------------


async def test_hiding_what_is_hidden_is_done(site: FakeSite, blog: WordPress) -> None:
    number = site.write("laid", status="hold")

    assert isinstance(await blog.hide(str(number), hidden=True), Sent)


async def test_a_hiding_that_failed_is_in_doubt(site: FakeSite, blog: WordPress) -> None:
    number = site.write("laid")
    site.fail("POST", f"comments/{number}", error(500, "rest_comment_failed_edit"))

    assert isinstance(await blog.hide(str(number), hidden=True), Unknown)
    assert site.comments[number]["status"] == "approved"


@pytest.mark.parametrize("method", ["DELETE", "POST"])
async def test_a_page_in_place_of_an_answer_confirms_nothing(site: FakeSite, blog: WordPress, method: str) -> None:
    number = str(site.write("laid"))
    site.fail(method, "comments", httpx.Response(200, html="<html>Are you human?</html>"))

    outcome = await (blog.delete(number) if method == "DELETE" else blog.hide(number, hidden=True))

    assert isinstance(outcome, Unknown)


async def test_a_post_that_stays_open_is_not_called_locked(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "posts/3", httpx.Response(200, json={"id": 3, "comment_status": "open"}))

    assert isinstance(await blog.lock("3", locked=True), Unknown)


async def test_a_site_without_a_bin_deletes_nothing(site: FakeSite, blog: WordPress) -> None:
    number = site.write("laid")
    site.fail("DELETE", "comments", error(501, "rest_trash_not_supported"))

    outcome = await blog.delete(str(number))

    assert isinstance(outcome, Rejected)
    assert "hide it instead" in outcome.hint
    assert "force" not in str(site.asked[-1].url)


async def test_an_edited_comment_reads_otherwise(site: FakeSite, blog: WordPress) -> None:
    number = str(site.write("Ouvert à dix heures."))

    outcome = await blog.edit_own(number, outgoing("Ouvert à onze heures & demie."))

    assert isinstance(outcome, Sent)
    assert outcome.receipt.remote_id == number
    assert b"Ouvert" in site.asked[-1].content
    assert b"&amp; demie" in site.asked[-1].content


async def test_a_comment_that_is_gone_cannot_be_edited(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "comments/9", error(404, "rest_comment_invalid_id"))

    assert isinstance(await blog.edit_own("9", outgoing("Ouvert.")), Rejected)


# -- publishing ----------------------------------------------------------------------------------------

Publish = Callable[[WordPress, Outgoing], Any]


@pytest.mark.parametrize("publish_it", [WordPress.pin_notice, WordPress.open_thread])
@pytest.mark.parametrize("step", [0, 1], ids=["while drafting", "while publishing"])
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
async def test_a_post_whose_answer_was_lost_is_public_once(
    site: FakeSite, blog: WordPress, publish_it: Publish, step: int, *, late: bool
) -> None:
    text = outgoing("Parlons-en.", title="Débat")
    site.fail("POST", "/posts" if step == 0 else "/posts/", httpx.ReadTimeout("lost"), late=late)

    first, second = await publish_it(blog, text), await publish_it(blog, text)

    public = [post for post in site.posts.values() if post.get("status") == "publish"]
    assert isinstance(first, Unknown)
    assert isinstance(second, Sent)
    assert [f"post:{post['id']}" for post in public] == [second.receipt.remote_id]


async def test_a_post_is_not_begun_where_it_cannot_be_looked_for(site: FakeSite, blog: WordPress) -> None:
    await blog.identify()
    site.fail("GET", "slug=", httpx.Response(200, html="<html>"))

    assert isinstance(await blog.pin_notice(outgoing("Restons calmes.")), NotSent)
    assert not site.sent()


async def test_a_notice_that_is_not_kept_first_says_so(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "/posts/", httpx.Response(200, json={"id": 100, "sticky": False}))

    outcome = await blog.pin_notice(outgoing("Restons calmes."))

    assert isinstance(outcome, Sent)
    assert "not kept first" in outcome.receipt.warning


async def test_two_threads_of_one_title_are_two_posts(blog: WordPress) -> None:
    one, two = [await blog.open_thread(outgoing("Ici.", client_id=c, title="Débat")) for c in "ab"]

    assert isinstance(one, Sent)
    assert isinstance(two, Sent)
    assert one.receipt.remote_id != two.receipt.remote_id


async def test_a_thread_says_under_which_post_its_comments_will_come(blog: WordPress) -> None:
    outcome = await blog.open_thread(outgoing("Ici.", title="Débat"))

    assert isinstance(outcome, Sent)
    assert outcome.receipt.remote_id == f"post:{outcome.receipt.thread_id}"


async def test_who_may_not_publish_is_told_what_to_do(site: FakeSite, blog: WordPress) -> None:
    site.fail("POST", "/posts/", error(403, "rest_cannot_publish"))

    outcome = await blog.open_thread(outgoing("Ici.", title="Débat"))

    assert isinstance(outcome, Rejected)
    assert "waits there as a draft" in outcome.hint


# -- connecting ----------------------------------------------------------------------------------------


def offering(page: str) -> Http:
    index = {"name": "Le blog", "authentication": {"application-passwords": {"endpoints": {"authorization": page}}}}
    return Http(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=index)), attempts=1)


async def test_the_page_that_makes_a_password_is_the_sites_own() -> None:
    page = f"{URL}/wp-admin/authorize-application.php"

    login = await begin_login(offering(page), URL)

    assert login.authorise_url.startswith(f"{page}?app_name=becalm&app_id=")


@pytest.mark.parametrize(
    ("page", "complaint"),
    [("", "makes no application passwords"), ("https://evil.example/authorize", "evil.example")],
)
async def test_a_site_without_such_a_page_is_told(page: str, complaint: str) -> None:
    with pytest.raises(RejectedError, match=complaint):
        await begin_login(offering(page), URL)


async def test_a_pasted_password_loses_its_blanks() -> None:
    http = offering(f"{URL}/wp-admin/authorize-application.php")
    login = await begin_login(http, URL)

    assert (await finish_login(http, login, f" {PASSWORD}\n")).reveal() == PASSWORD.replace(" ", "")
    with pytest.raises(RejectedError, match="no password"):
        await finish_login(http, login, "\n")
