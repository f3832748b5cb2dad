"""WordPress as it really is: its own PHP and MariaDB on this machine, comments in, moderation out, nothing twice."""

import re
import urllib.error
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wordpress_site import EDITOR, HOUSE, READER, Site

from connectors._errors import AuthenticationError
from connectors._http import Http
from connectors._model import Comment, Gone, NotSent, Outgoing, Rejected, Sent
from connectors._secret import Secret
from connectors._wordpress_entities import MAX_BYTES, slug_of
from connectors._wordpress_login import begin_login
from connectors._wordpress_options import WordPressOptions
from connectors.wordpress import WordPress

pytestmark = pytest.mark.real


def connect(site: Site, http: Http, user: str = HOUSE, password: str = "", **more: Any) -> WordPress:
    secret = Secret(password or site.passwords[user])
    return WordPress("blog", WordPressOptions(server=site.url, user=user, password=secret, **more), http)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    client = Http(attempts=1)
    yield client
    await client.aclose()


@pytest.fixture
def blog(site: Site, http: Http) -> WordPress:
    return connect(site, http)


@pytest.fixture
def post(site: Site) -> int:
    return int(site.publish()["id"])


async def now(blog: WordPress) -> str:
    """The cursor after everything that is there."""
    batch = await blog.poll(None)
    while not batch.complete:
        batch = await blog.poll(batch.cursor)
    return batch.cursor


async def arrivals(blog: WordPress, cursor: str) -> list[Comment]:
    found: list[Comment] = []
    complete = False
    while not complete:
        batch = await blog.poll(cursor)
        found += batch.comments
        cursor, complete = batch.cursor, batch.complete
    return found


def texts(comments: Any) -> list[str]:
    return [comment.text for comment in comments]


_sendings = iter(range(10_000))


def outgoing(text: str, **more: Any) -> Outgoing:
    return Outgoing(client_id=f"sending-{next(_sendings)}", text=text, created_at=datetime.now(UTC), **more)


# -- who we are ----------------------------------------------------------------------------------------


async def test_an_application_password_tells_who_we_are(blog: WordPress) -> None:
    identity = await blog.identify()

    assert (identity.handle, identity.server) == (HOUSE, "Musée (WordPress)")
    assert identity.scopes[0] == "moderate_comments"


async def test_an_editor_may_do_the_desks_work(site: Site, http: Http) -> None:
    assert "publish_posts" in (await connect(site, http, EDITOR).identify()).scopes


async def test_an_account_that_may_not_moderate_is_told_so(site: Site, http: Http) -> None:
    with pytest.raises(AuthenticationError, match="may not moderate comments") as caught:
        await connect(site, http, READER).identify()

    assert "Editor" in caught.value.hint


async def test_a_wrong_password_is_told_without_being_quoted(site: Site, http: Http) -> None:
    with pytest.raises(AuthenticationError, match="answered 401") as caught:
        await connect(site, http, password="wr0ng-passw0rd-here").identify()

    assert "wr0ng" not in repr(vars(caught.value))


async def test_the_site_says_where_to_make_a_password(site: Site, http: Http) -> None:
    login = await begin_login(http, site.url)

    assert login.authorise_url.startswith(f"{site.url}/wp-admin/authorize-application.php?app_name=becalm&app_id=")


async def test_a_site_without_pretty_addresses_is_found_too(site: Site, http: Http, post: int) -> None:
    site.write(post, "Est-ce ouvert dimanche ?")
    site.php("update_option('permalink_structure', '');")
    try:
        batch = await connect(site, http).poll(None)
    finally:
        site.php("update_option('permalink_structure', '/%postname%/');")

    assert batch.comments[-1].text == "Est-ce ouvert dimanche ?"
    assert batch.posts[-1].title == "L’Épée"


# -- reading -------------------------------------------------------------------------------------------


async def test_comments_of_every_status_arrive_with_their_post(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    written = [site.write(post, f"statut {status}", status=status) for status in ("approved", "hold", "spam")]
    batch = await blog.poll(cursor)

    assert texts(batch.comments) == ["statut approved", "statut hold", "statut spam"]
    assert [c.native_id for c in batch.comments] == [str(row["id"]) for row in written]
    assert {c.post_id for c in batch.comments} == {str(post)}
    assert [(p.native_id, p.title) for p in batch.posts] == [(str(post), "L’Épée")]
    assert batch.posts[0].url.startswith(f"{site.url}/")
    assert not (await blog.poll(batch.cursor)).comments


async def test_what_was_thrown_away_before_we_looked_arrives_once_it_is_restored(
    site: Site, blog: WordPress, post: int
) -> None:
    site.write(post, "avant")
    cursor = await now(blog)
    thrown = site.write(post, "dans la corbeille", status="trash")
    first = await blog.poll(cursor)
    site.call("POST", f"comments/{thrown['id']}", status="approved")

    assert not first.comments
    assert texts((await blog.poll(first.cursor)).comments) == ["dans la corbeille"]


async def test_spam_can_be_left_to_the_site(site: Site, http: Http, post: int) -> None:
    blog = connect(site, http, spam=False)
    cursor = await now(blog)
    filed = site.write(post, "pilules", status="spam")

    assert not (await blog.poll(cursor)).comments
    assert await blog.fetch([str(filed["id"])]) == [Gone(native_id=str(filed["id"]), why="hidden")]


async def test_a_back_dated_comment_is_not_missed(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.write(post, "écrit en 2019", date_gmt="2019-05-01T10:00:00")
    site.write(post, "écrit demain", date_gmt=(datetime.now(UTC) + timedelta(days=1)).isoformat()[:19])
    site.write(post, "écrit à l'instant")

    found = await arrivals(blog, cursor)

    assert texts(found) == ["écrit en 2019", "écrit demain", "écrit à l’instant"]
    assert found[0].created_at == datetime(2019, 5, 1, 10, tzinfo=UTC)


async def test_the_hour_that_comes_twice_hides_nothing(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    for minute, word in (("00:50", "heure d'été"), ("01:10", "heure d'hiver")):
        site.write(post, word, date_gmt=f"2026-10-25T{minute}:00")

    found = await arrivals(blog, cursor)

    assert [c.created_at.isoformat() for c in found] == ["2026-10-25T00:50:00+00:00", "2026-10-25T01:10:00+00:00"]


async def test_a_storm_is_read_to_its_end_in_order(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.php(
        f"for ($i = 0; $i < 700; $i++) wp_insert_comment(['comment_post_ID' => {post}, 'comment_author' => 'Anon',"
        " 'comment_content' => \"copie $i\", 'comment_approved' => $i % 3 ? '1' : '0']);"
    )

    first = await blog.poll(cursor)
    rest = await arrivals(blog, first.cursor)
    found = [*first.comments, *rest]

    assert not first.complete
    assert sorted(int(c.text.removeprefix("copie ")) for c in found) == list(range(700))


async def test_deleting_for_good_between_two_pages_hides_nothing(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.php(
        f"for ($i = 0; $i < 600; $i++) wp_insert_comment(['comment_post_ID' => {post}, 'comment_author' => 'Anon',"
        " 'comment_content' => \"vague $i\", 'comment_approved' => '1']);"
    )
    first = await blog.poll(cursor)
    taken = [c.native_id for c in first.comments[-200:]]
    site.php(f"foreach ([{','.join(taken)}] as $id) wp_delete_comment($id, true);")
    rest = await arrivals(blog, first.cursor)

    seen = {int(c.text.removeprefix("vague ")) for c in (*first.comments, *rest)}
    assert not first.complete
    assert seen == set(range(600))


async def test_text_is_read_as_people_see_it(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.write(post, "C'est <b>faux</b> &amp; laid\n\nvoir <a href='https://x.example/a?b=1&c=2'>ici</a> :) 🙂")

    (comment,) = await arrivals(blog, cursor)

    assert comment.text.startswith("C’est faux & laid\n\nvoir ici (https://x.example/a?b=1&c=2)")
    assert comment.text.endswith("🙂")


async def test_neither_e_mail_nor_address_leave_the_site(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.write(post, "bonjour", author="Zoé")

    batch = await blog.poll(cursor)

    assert batch.comments[0].author.name == "Zoé"
    assert not re.search(r"@example|192\.0\.2|avatar", repr(batch))


async def test_an_answer_names_its_parent_and_our_own_are_ours(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    asked = site.write(post, "Pourquoi ?")
    site.call("POST", "comments", post=post, parent=asked["id"], content="Parce que.")

    question, answer = await arrivals(blog, cursor)

    assert (question.parent_id, answer.parent_id) == (None, question.native_id)
    assert (question.author.is_self, answer.author.is_self) == (False, True)


async def test_a_visitor_who_takes_our_name_is_not_us(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.write(post, "fermé pour toujours", author=HOUSE)

    (comment,) = await arrivals(blog, cursor)

    assert not comment.author.is_self
    assert comment.author.native_id == "visitor:museum"


async def test_a_page_has_its_title_as_a_post_has(site: Site, blog: WordPress) -> None:
    page = site.call("POST", "pages", title="Billetterie", content="Gratuit.", status="publish", comment_status="open")
    cursor = await now(blog)
    site.write(page["id"], "vraiment ?")

    batch = await blog.poll(cursor)

    assert [p.title for p in batch.posts] == ["Billetterie"]


async def test_a_comment_fetched_again_unchanged_is_equal(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    site.write(post, "toujours là")
    (comment,) = await arrivals(blog, cursor)

    assert await blog.fetch([comment.native_id]) == [comment]


async def test_an_edit_is_a_new_version(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    written = site.write(post, "joli")
    (before,) = await arrivals(blog, cursor)
    site.call("POST", f"comments/{written['id']}", content="affreux")

    (after,) = await blog.fetch([before.native_id])

    assert isinstance(after, Comment)
    assert (after.text, after.version != before.version) == ("affreux", True)


async def test_only_fetch_says_that_a_comment_is_gone(site: Site, blog: WordPress, post: int) -> None:
    kept, binned, deleted = (str(site.write(post, word)["id"]) for word in ("gardé", "jeté", "effacé"))
    site.call("DELETE", f"comments/{binned}")
    site.call("DELETE", f"comments/{deleted}?force=true")

    found = await blog.fetch([kept, binned, deleted])

    assert [type(each) for each in found] == [Comment, Gone, Gone]


async def test_a_thread_is_the_branch_around_a_comment(site: Site, blog: WordPress, post: int) -> None:
    cursor = await now(blog)
    top = site.write(post, "un", date_gmt="2026-11-01T10:00:00")
    site.write(post, "ailleurs")
    two = site.write(post, "deux", parent=top["id"], date_gmt="2026-11-01T10:01:00")
    site.write(post, "trois", parent=two["id"], date_gmt="2026-11-01T10:02:00")
    site.write(post, "quatre", parent=top["id"], date_gmt="2026-11-01T10:03:00")
    middle = next(c for c in await arrivals(blog, cursor) if c.text == "deux")

    assert texts(await blog.thread(middle)) == ["un", "deux", "trois", "quatre"]


# -- answering -----------------------------------------------------------------------------------------

ODD = r"""Merci & à bientôt <3 : \o/ ¯\_(ツ)_/¯ "vrai" [galerie] 👩🏽‍🎨
https://museum.example/?a=1&b=2"""


async def test_a_reply_is_there_once_however_often_it_is_sent(site: Site, blog: WordPress, post: int) -> None:
    asked = site.write(post, "Ouvert ?")
    reply = outgoing("Oui, de 10 h à 18 h.", parent_id=str(asked["id"]), post_id=str(post))

    first, second = await blog.send_reply(reply), await blog.send_reply(reply)

    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert first.receipt.remote_id == second.receipt.remote_id
    assert not second.receipt.warning
    assert [c["parent"] for c in site.comments(post) if "10 h" in c["content"]["raw"]] == [asked["id"]]


@pytest.mark.parametrize("user", [HOUSE, EDITOR])
async def test_odd_characters_arrive_as_written_and_still_only_once(
    site: Site, http: Http, post: int, user: str
) -> None:
    blog = connect(site, http, user)
    reply = outgoing(ODD, post_id=str(post), parent_id=str(post))
    cursor = await now(blog)

    first, second = await blog.send_reply(reply), await blog.send_reply(reply)
    (echo,) = await arrivals(blog, cursor)

    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert first.receipt.remote_id == second.receipt.remote_id == echo.native_id
    assert len(site.comments(post)) == 1
    assert r"<3 : \o/ ¯\_(ツ)_/¯" in echo.text
    assert "https://museum.example/?a=1&b=2" in echo.text


async def test_an_answer_to_the_post_stands_at_its_first_level(site: Site, blog: WordPress, post: int) -> None:
    await blog.send_reply(outgoing("La discussion continue ici.", parent_id=str(post), post_id=str(post)))

    assert [c["parent"] for c in site.comments(post)] == [0]


async def test_a_comment_numbered_like_its_post_is_answered_itself(site: Site, blog: WordPress, post: int) -> None:
    number = site.php(
        f"$n = wp_insert_comment(['comment_post_ID' => {post}, 'comment_author' => 'Léo', 'comment_content' => 'moi ?']);"
        "wp_insert_post(['import_id' => $n, 'post_title' => 'Même numéro', 'post_status' => 'publish']);"
        "$wpdb->update($wpdb->comments, ['comment_post_ID' => $n], ['comment_ID' => $n]); echo $n;"
    )

    await blog.send_reply(outgoing("Oui, vous.", parent_id=number, post_id=number))

    assert [str(c["parent"]) for c in site.comments(int(number)) if c["content"]["raw"] == "Oui, vous."] == [number]


async def test_a_reply_to_closed_comments_is_rejected_with_a_way_out(site: Site, blog: WordPress) -> None:
    closed = site.publish("Fermé", comment_status="closed")

    outcome = await blog.send_reply(outgoing("trop tard", parent_id=str(closed["id"]), post_id=str(closed["id"])))

    assert isinstance(outcome, Rejected)
    assert "open it again" in outcome.hint


async def test_the_longest_text_fits_and_one_byte_more_does_not(blog: WordPress, post: int) -> None:
    longest = "é" * ((MAX_BYTES - 5) // 2) + "&"
    here = {"parent_id": str(post), "post_id": str(post)}

    taken = await blog.send_reply(outgoing(longest, **here))
    refused = await blog.send_reply(outgoing(f"{longest}x", **here))

    assert (blog.measure(longest).used, blog.measure(longest).fits) == (MAX_BYTES, True)
    assert not blog.measure(f"{longest}x").fits
    assert isinstance(taken, Sent)
    assert isinstance(refused, Rejected)


async def test_a_flood_is_not_sent_and_may_be_tried_again(site: Site, blog: WordPress, post: int) -> None:
    plugin = site.www / "wp-content/mu-plugins/flood.php"
    plugin.parent.mkdir(exist_ok=True)
    plugin.write_text("<?php add_filter('wp_is_comment_flood', '__return_true', 99);")
    try:
        outcome = await blog.send_reply(outgoing("vite", parent_id=str(post), post_id=str(post)))
    finally:
        plugin.unlink()

    assert isinstance(outcome, NotSent)
    assert outcome.retry_after >= 15
    assert not site.comments(post)


async def test_a_reply_can_be_read_back_and_nothing_else_can(blog: WordPress, post: int) -> None:
    here = {"parent_id": str(post), "post_id": str(post)}
    sent = outgoing(ODD, **here)
    outcome = await blog.send_reply(sent)
    found = await blog.read_back(sent)

    assert isinstance(outcome, Sent)
    assert found is not None
    assert found.remote_id == outcome.receipt.remote_id
    assert await blog.read_back(outgoing("jamais envoyé", **here)) is None


# -- moderating ----------------------------------------------------------------------------------------


async def test_a_comment_is_hidden_and_shown_again_any_number_of_times(site: Site, blog: WordPress, post: int) -> None:
    native_id = str(site.write(post, "hideux")["id"])

    outcomes = [await blog.hide(native_id, hidden=hidden) for hidden in (True, True)]
    hidden = len(site.comments(post))
    outcomes += [await blog.hide(native_id, hidden=hidden) for hidden in (False, False)]

    assert [type(each) for each in outcomes] == [Sent] * 4
    assert (hidden, len(site.comments(post))) == (0, 1)


async def test_spam_that_was_none_is_approved(site: Site, blog: WordPress, post: int) -> None:
    native_id = str(site.write(post, "pas du spam", status="spam")["id"])

    assert isinstance(await blog.hide(native_id, hidden=False), Sent)
    assert len(site.comments(post)) == 1


async def test_a_deleted_comment_is_in_the_bin_also_when_asked_twice(site: Site, blog: WordPress, post: int) -> None:
    native_id = str(site.write(post, "à jeter")["id"])

    outcomes = [await blog.delete(native_id), await blog.delete(native_id)]

    assert [type(each) for each in outcomes] == [Sent, Sent]
    assert [c["status"] for c in site.comments(post, "trash")] == ["trash"]


async def test_a_comment_that_never_was_cannot_be_hidden(blog: WordPress) -> None:
    outcome = await blog.hide("987654", hidden=True)

    assert isinstance(outcome, Rejected)


@pytest.mark.parametrize("kind", ["posts", "pages"])
async def test_a_post_is_locked_and_opened_again(site: Site, http: Http, kind: str) -> None:
    page = site.call("POST", kind, title="Débat", content="…", status="publish", comment_status="open")
    site.write(page["id"], "premier")
    blog = connect(site, http)

    await blog.lock(str(page["id"]), locked=True)
    locked = site.call("GET", f"{kind}/{page['id']}")["comment_status"]
    outcome = await blog.lock(str(page["id"]), locked=False)

    assert isinstance(outcome, Sent)
    assert (locked, site.call("GET", f"{kind}/{page['id']}")["comment_status"]) == ("closed", "open")


# -- publishing ----------------------------------------------------------------------------------------


async def test_a_notice_is_a_sticky_post_without_comments(site: Site, blog: WordPress) -> None:
    notice = outgoing("Restons courtois.\n\nhttps://museum.example/charte", title="À tous")

    first, second = await blog.pin_notice(notice), await blog.pin_notice(notice)
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    post = site.call("GET", f"posts/{first.receipt.remote_id.removeprefix('post:')}")

    assert first.receipt.remote_id == second.receipt.remote_id
    assert (post["sticky"], post["comment_status"], post["status"]) == (True, "closed", "publish")
    assert '<a href="https://museum.example/charte">' in post["content"]["rendered"]
    assert len(site.call("GET", "posts?search=courtois")) == 1


async def test_a_notice_taken_down_stays_public(site: Site, blog: WordPress) -> None:
    outcome = await blog.pin_notice(outgoing("Nous lisons tout."))
    assert isinstance(outcome, Sent)

    await blog.unpin_notice(outcome.receipt.remote_id)

    post = site.call("GET", f"posts/{outcome.receipt.remote_id.removeprefix('post:')}", user=None)
    assert post["title"]["rendered"] == "Nous lisons tout."


async def test_a_thread_is_a_post_that_takes_comments(site: Site, blog: WordPress) -> None:
    thread = outgoing("Parlons-en ici.", title="Parlons-en")

    outcome = await blog.open_thread(thread)
    assert isinstance(outcome, Sent)
    number = int(outcome.receipt.remote_id.removeprefix("post:"))
    cursor = await now(blog)
    site.write(number, "volontiers")
    batch = await blog.poll(cursor)

    assert [(c.text, c.post_id) for c in batch.comments] == [("volontiers", str(number))]
    assert batch.posts[0].url == outcome.receipt.url
    assert await blog.read_back(thread) is not None


async def test_a_draft_left_by_a_broken_try_is_published_and_not_doubled(site: Site, blog: WordPress) -> None:
    thread = outgoing("Une seule fois.", title="Une fois")
    draft = site.call(
        "POST", "posts", title="Une fois", content="Une seule fois.", slug=slug_of(thread), status="draft"
    )
    before = await blog.read_back(thread)

    outcome = await blog.open_thread(thread)

    assert before is None
    assert isinstance(outcome, Sent)
    assert outcome.receipt.remote_id == f"post:{draft['id']}"
    assert len(site.call("GET", "posts?search=seule&status=any")) == 1


async def test_an_account_that_lost_its_rights_is_told_so(site: Site, http: Http) -> None:
    blog = connect(site, http, EDITOR)
    await blog.identify()
    site.php(f"get_user_by('login', '{EDITOR}')->set_role('subscriber');")
    try:
        with pytest.raises(AuthenticationError) as caught:
            await blog.poll(None)
    finally:
        site.php(f"get_user_by('login', '{EDITOR}')->set_role('editor');")

    assert "Editor" in caught.value.hint


def test_a_stranger_cannot_comment_through_the_api(site: Site, post: int) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401") as caught:
        site.call("POST", "comments", user=None, post=post, content="bonjour")
    caught.value.close()


def test_a_page_past_the_end_is_an_empty_list(site: Site, post: int) -> None:
    site.write(post, "bonjour")

    assert site.raw(f"comments?post={post}&page=9") == b"[]"
