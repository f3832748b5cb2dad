"""WordPress's JSON into our values, and our text into its HTML: invented odd ones, and two laws."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._errors import ProtocolError
from connectors._html import html_to_text
from connectors._model import Outgoing
from connectors._text import sanitise
from connectors._wordpress_entities import (
    MAX_BYTES,
    comment_html,
    comment_of,
    essence,
    measure,
    post_html,
    post_of,
    route_of,
    slug_of,
)
from connectors.wordpress import WordPress

ROW: dict[str, Any] = {
    "id": 12,
    "post": 3,
    "parent": 11,
    "author": 0,
    "author_name": "Chlo&eacute; &amp; L\u00e9o",
    "author_email": "chloe@example.test",
    "author_ip": "192.0.2.1",
    "author_user_agent": "Browser/1",
    "author_avatar_urls": {"24": "https://gravatar.example/0123"},
    "author_url": "https://chloe.example",
    "date": "2026-11-20T13:00:00",
    "date_gmt": "2026-11-20T12:00:00",
    "content": {
        "rendered": "<p>C&#8217;est <em>beau</em><br />\nvraiment</p>\n",
        "raw": "C'est <em>beau</em>\nvraiment",
    },
    "link": "https://blog.example/lepee/#comment-12",
    "status": "approved",
}


def test_a_comment_loses_nothing_but_what_is_personal() -> None:
    comment = comment_of(ROW)

    assert comment is not None
    assert (comment.native_id, comment.post_id, comment.parent_id) == ("12", "3", "11")
    assert comment.text == "C’est beau\nvraiment"
    assert comment.created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert comment.url == "https://blog.example/lepee/#comment-12"
    assert comment.author.name == "Chloé & Léo"
    assert comment.raw == "C'est <em>beau</em>\nvraiment"
    for personal in ("example.test", "192.0.2", "Browser", "gravatar"):
        assert personal not in repr(comment)


def test_the_version_follows_what_was_written_and_not_how_it_is_shown() -> None:
    themed = comment_of(ROW | {"content": ROW["content"] | {"rendered": "<div>C'est beau</div>"}})
    edited = comment_of(ROW | {"content": ROW["content"] | {"raw": "C'est laid"}})
    before = comment_of(ROW)

    assert before is not None
    assert themed is not None
    assert edited is not None
    assert themed.version == before.version != edited.version


def test_visitors_without_an_account_are_known_by_name_alone() -> None:
    named, unnamed = comment_of(ROW | {"author_name": "LÉO"}), comment_of(ROW | {"author_name": " "})

    assert named is not None
    assert unnamed is not None
    assert (named.author.native_id, unnamed.author.native_id) == ("visitor:léo", "visitor:12")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"author_name": "leo@mail.example"}, "leo@…"),
        ({"author_name": "L\u00e9o <leo@mail.example>"}, "Léo <leo@…>"),
        ({"author_name": "L\u00e9o", "author_url": "mailto:leo@mail.example"}, "Léo"),
    ],
)
def test_an_address_in_a_visitors_name_is_not_kept(given: dict[str, str], kept: str) -> None:
    comment = comment_of(ROW | given)

    assert comment is not None
    assert comment.author.name == kept
    assert "mail.example" not in repr(comment)


@pytest.mark.parametrize("own", ["", "7"])
def test_only_the_accounts_number_makes_a_comment_ours(own: str) -> None:
    by_account, by_visitor = comment_of(ROW | {"author": 7}, own), comment_of(ROW, own)

    assert by_account is not None
    assert by_visitor is not None
    assert (by_account.author.is_self, by_visitor.author.is_self) == (own == "7", False)


@pytest.mark.parametrize(
    "odd",
    [
        {"id": None},
        {"id": "12", "post": "3", "parent": None, "content": None, "_links": 7},
        {"id": 12, "date": None, "date_gmt": "0000-00-00T00:00:00", "author": -1, "author_name": 7, "link": []},
        {"id": True, "content": "words"},
    ],
)
def test_odd_fields_are_no_error(odd: dict[str, Any]) -> None:
    comment = comment_of(odd)

    assert comment is None or (comment.native_id, comment.author.is_self) == ("12", False)
    assert post_of(odd).native_id in {"", "12"}
    assert not route_of(odd)


@pytest.mark.parametrize(
    ("href", "route"),
    [
        ("https://blog.example/wp-json/wp/v2/posts/3", "posts"),
        ("https://blog.example/index.php?rest_route=/wp/v2/pages/3", "pages"),
        ("https://blog.example/?rest_route=%2Fwp%2Fv2%2Fexposition%2F3", "exposition"),
        ("https://blog.example/wp-json/wp/v2/../../evil/3", ""),
        ("https://blog.example/wp-json/other/v1/things/3", ""),
        ("", ""),
    ],
)
def test_a_posts_type_is_read_from_its_address(href: str, route: str) -> None:
    assert route_of({"_links": {"up": [{"href": href}]}}) == route


def test_every_answer_that_holds_comments_can_be_parsed() -> None:
    reply = ROW | {"id": 13, "parent": 12}
    bodies = [[ROW, reply], {"deleted": True, "previous": ROW}, {"_embedded": {"replies": [[ROW, reply]]}}, ROW, []]

    found = [[c.native_id for c in WordPress.parse(msgspec.json.encode(body))] for body in bodies]

    assert found == [["12", "13"], ["12"], ["12", "13"], ["12"], []]


def test_what_is_no_json_cannot_be_parsed() -> None:
    with pytest.raises(ProtocolError, match="no answer of WordPress"):
        WordPress.parse(b"<html>")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_what_we_write_is_read_as_it_was_written(words: str) -> None:
    shown = f"<p>{comment_html(words)}</p>"

    assert essence(shown) == essence(comment_html(words)) == "".join(sanitise(words).split()).casefold()
    assert "\\" not in shown


@pytest.mark.parametrize("words", ["a < b & c > d", r"\o/", '"oui"', "&amp;", "<script>x</script>", "<3"])
def test_markup_is_words(words: str) -> None:
    assert html_to_text(f"<p>{comment_html(words)}</p>") == words


@given(st.text(), st.text())
def test_the_measure_adds_up(one: str, two: str) -> None:
    assert measure(one + two).used == measure(one).used + measure(two).used


@pytest.mark.parametrize(
    ("words", "used"), [("", 0), ("abc", 3), ("é", 2), ("👩🏽‍🎨", 15), ("&", 5), ("<", 4), ("\\", 5), ("\n", 1)]
)
def test_a_comment_is_measured_in_bytes_of_its_html(words: str, used: int) -> None:
    assert (measure(words).used, measure(words).limit, measure(words).unit) == (used, MAX_BYTES, "bytes")


def test_a_posts_addresses_are_links_and_its_brackets_no_commands() -> None:
    html = post_html("Voir [galerie] https://museum.example/a?b=1&c=2. Et (https://x.example/y) !")

    assert "&#91;galerie&#93;" in html
    assert '<a href="https://museum.example/a?b=1&amp;c=2">https://museum.example/a?b=1&amp;c=2</a>. Et' in html
    assert '(<a href="https://x.example/y">https://x.example/y</a>) !' in html


def test_a_posts_address_is_the_same_on_every_try_and_nobody_elses() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    one = Outgoing(client_id="a", text="Parlons", created_at=now, title="Où est l'épée ?")

    assert slug_of(one) == slug_of(msgspec.structs.replace(one, text="autre"))
    assert slug_of(one) != slug_of(msgspec.structs.replace(one, client_id="b"))
    assert slug_of(one).isascii()
