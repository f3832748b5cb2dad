"""Bluesky's JSON into our values: every recorded answer, invented odd ones, facets in bytes, keys and both limits."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import recording, recordings

from connectors._bluesky_entities import comment_of, measure
from connectors._bluesky_facets import facets, find, links_in
from connectors._bluesky_ids import TidClock, is_tid, parse_uri, tid_of
from connectors._bluesky_options import BlueskyOptions
from connectors._bluesky_session import home_of
from connectors._errors import ProtocolError
from connectors._graphemes import grapheme_count
from connectors._secret import Secret
from connectors._text import sanitise
from connectors.bluesky import Bluesky

POST = "app.bsky.feed.post"
URI = f"at://did:plc:camille/{POST}/3jzfcijpj2z2a"
ROOT = f"at://did:plc:museum/{POST}/3jzfcijpj2z2b"


def view(**more: Any) -> dict[str, Any]:
    """Make a post view."""
    record = {"$type": POST, "text": "hello", "createdAt": "2026-11-20T10:00:00.000Z", **more.pop("record", {})}
    author = {"did": "did:plc:camille", "handle": "camille.test", "displayName": "Camille"}
    return {"uri": URI, "cid": "bafy", "author": author, "record": record, **more}


# -- recorded answers --------------------------------------------------------------------------------


def snapshots(path: str) -> list[Any]:
    """Read the values of a snapshot file, whose objects are JSON but for commas at their ends."""
    found = re.findall(r"^exports\[`[^`]*`\] = `\n(.*?)\n`;$", recording(path).read_text(), re.DOTALL | re.MULTILINE)
    return [json.loads(re.sub(r",(\s*[\]}])", r"\1", each)) for each in found]


def posts_in(value: Any) -> list[dict[str, Any]]:
    """Find whatever carries a post, however deep, but those that are only quoted."""
    if isinstance(value, list):
        return [post for each in value for post in posts_in(each)]
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("record"), dict) and "author" in value:
        return [value] if value["record"].get("$type") == POST else []
    return [post for each in value.values() for post in posts_in(each)]


def test_recorded_notifications_lose_nothing() -> None:
    shown = snapshots("bluesky/atproto/notifications.test.ts.snap")
    total = 0
    for value in shown:
        posts = {each["uri"]: each for each in posts_in(value)}
        comments = {each.native_id: each for each in Bluesky.parse(json.dumps(value).encode())}
        assert comments.keys() == posts.keys()
        total += len(posts)
        for uri, post in posts.items():
            comment, record = comments[uri], post["record"]
            reply = record.get("reply", {})
            assert comment.text == sanitise(record["text"])
            assert (comment.author.native_id, comment.author.handle) == (
                post["author"]["did"],
                post["author"]["handle"],
            )
            assert comment.version == post["cid"]
            assert comment.post_id == reply.get("root", {}).get("uri", "")
            assert (comment.parent_id or comment.post_id) == reply.get("parent", {}).get("uri", "")
            assert comment.created_at == datetime.fromisoformat(record["createdAt"])
    assert total > 10


@pytest.mark.parametrize("name", ["post_record.json", "extended_post_record.json"])
def test_recorded_records_lose_nothing(name: str) -> None:
    body = recording(f"bluesky/atproto/{name}").read_bytes()
    said = json.loads(body)

    (comment,) = Bluesky.parse(body)

    assert (comment.native_id, comment.version, comment.text) == (said["uri"], said["cid"], said["value"]["text"])
    assert comment.author.native_id == said["uri"].split("/")[2]
    claimed = datetime.fromisoformat(said["value"]["createdAt"])
    assert comment.created_at == (claimed if claimed.tzinfo else claimed.replace(tzinfo=UTC))


def test_recorded_wire_lines_give_their_posts() -> None:
    body = recording("bluesky/jetstream/golden_v1.jsonl").read_bytes()
    lines = [json.loads(line) for line in body.splitlines()]
    posts = [each for each in lines if each.get("commit", {}).get("record", {}).get("$type") == POST]

    comments = Bluesky.parse(body)

    assert posts
    assert len(comments) == len(posts)
    for comment, line in zip(comments, posts, strict=True):
        record = line["commit"]["record"]
        assert comment.native_id == f"at://{line['did']}/{POST}/{line['commit']['rkey']}"
        assert (comment.text, comment.version) == (sanitise(record["text"]), line["commit"]["cid"])
        assert comment.post_id == record["reply"]["root"]["uri"]
        assert (comment.parent_id or comment.post_id) == record["reply"]["parent"]["uri"]
        assert comment.created_at == datetime.fromisoformat(record["createdAt"])


def test_every_recorded_answer_can_be_read() -> None:
    files = [*recordings("bluesky/**/*.json"), *recordings("bluesky/**/*.jsonl")]
    if not files:
        pytest.skip("recorded answers not present")

    assert [path.name for path in files if not isinstance(Bluesky.parse(path.read_bytes()), list)] == []


def test_a_recorded_identity_tells_where_the_account_lives() -> None:
    said = json.loads(recording("bluesky/atproto/did_doc.json").read_bytes())

    assert home_of(said["didDoc"]) == said["didDoc"]["service"][0]["serviceEndpoint"]


def lines_of(path: str) -> list[str]:
    return [line for line in recording(path).read_text().splitlines() if line.strip() and not line.startswith("# ")]


def test_recorded_keys_are_told_from_what_is_none() -> None:
    good, bad = lines_of("bluesky/atproto/tid_syntax_valid.txt"), lines_of("bluesky/atproto/tid_syntax_invalid.txt")

    assert [key for key in good if not is_tid(key)] == []
    assert [key for key in bad if is_tid(key)] == []


def test_recorded_record_keys_are_told_from_what_is_none() -> None:
    good = lines_of("bluesky/atproto/recordkey_syntax_valid.txt")
    bad = lines_of("bluesky/atproto/recordkey_syntax_invalid.txt")

    assert [key for key in good if parse_uri(f"at://did:plc:x/{POST}/{key}") is None] == []
    assert [key for key in bad if parse_uri(f"at://did:plc:x/{POST}/{key}") is not None] == []


def test_recorded_addresses_of_records_come_back_as_they_were() -> None:
    whole = [
        line for line in lines_of("bluesky/atproto/aturi_syntax_valid.txt") if line.count("/") == 4 and "did:" in line
    ]

    assert whole
    assert [str(parse_uri(line)) for line in whole] == whole


# -- views -------------------------------------------------------------------------------------------


def test_an_answer_names_its_parent_and_its_post() -> None:
    reply = {"root": {"uri": ROOT, "cid": "c"}, "parent": {"uri": URI + "x", "cid": "c"}}

    comment = comment_of(view(record={"reply": reply}))

    assert comment is not None
    assert (comment.post_id, comment.parent_id) == (ROOT, URI + "x")


def test_what_answers_the_post_itself_has_no_parent() -> None:
    reply = {"root": {"uri": ROOT, "cid": "c"}, "parent": {"uri": ROOT, "cid": "c"}}

    comment = comment_of(view(record={"reply": reply}))

    assert comment is not None
    assert (comment.post_id, comment.parent_id) == (ROOT, None)


def test_what_a_feed_shows_beside_an_answer_is_read_too() -> None:
    shown = {"post": view(), "reply": {"root": view(uri=ROOT), "parent": view(uri=f"{URI}x")}}

    found = Bluesky.parse(json.dumps({"feed": [shown]}).encode())

    assert {each.native_id for each in found} == {URI, ROOT, f"{URI}x"}


def test_the_lines_of_the_newer_thread_answer_are_read() -> None:
    line = {"uri": URI, "depth": 0, "value": {"$type": "app.bsky.unspecced.defs#threadItemPost", "post": view()}}

    (found,) = Bluesky.parse(json.dumps({"thread": [line]}).encode())

    assert (found.native_id, found.author.handle) == (URI, view()["author"]["handle"])


def test_a_quote_of_ours_stands_under_what_it_quotes_and_one_of_others_alone() -> None:
    quote = view(record={"embed": {"$type": "app.bsky.embed.record", "record": {"uri": ROOT, "cid": "c"}}})

    ours, theirs = comment_of(quote, own_id="did:plc:museum"), comment_of(quote, own_id="did:plc:other")

    assert ours is not None
    assert theirs is not None
    assert (ours.post_id, theirs.post_id) == (ROOT, "")
    assert [each.kind for each in ours.attachments] == ["link"]


@pytest.mark.parametrize(
    ("claimed", "seen", "told"),
    [
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:05Z", "2026-11-20T10:00:00+00:00"),
        ("2031-01-01T00:00:00Z", "2026-11-20T10:00:05Z", "2026-11-20T10:00:05+00:00"),
        ("no time", "2026-11-20T10:00:05Z", "2026-11-20T10:00:05+00:00"),
        (7, None, "1970-01-01T00:00:00+00:00"),
    ],
)
def test_the_earlier_of_what_is_claimed_and_seen_counts(claimed: object, seen: object, told: str) -> None:
    comment = comment_of(view(record={"createdAt": claimed}, indexedAt=seen))

    assert comment is not None
    assert comment.created_at.isoformat() == told


def test_pictures_cards_and_quotes_stand_beside_the_words() -> None:
    picture = {"fullsize": "https://cdn.example/1.jpg", "alt": "the sword"}
    card = {"uri": "https://museum.example/", "title": "The museum"}

    one = comment_of(view(embed={"images": [picture]}))
    two = comment_of(view(embed={"external": card}))
    three = comment_of(view(embed={"playlist": "https://video.example/1.m3u8", "alt": "a tour"}))

    found = [each.attachments[0] for each in (one, two, three) if each is not None]
    assert [(each.kind, each.description) for each in found] == [
        ("image", "the sword"),
        ("link", "The museum"),
        ("video", "a tour"),
    ]


def test_a_link_whose_words_hide_where_it_leads_is_shown() -> None:
    words = "visit museum.example now"
    index = {"byteStart": 6, "byteEnd": 20}
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": "https://evil.example/"}

    comment = comment_of(view(record={"text": words, "facets": [{"index": index, "features": [feature]}]}))

    assert comment is not None
    assert [(each.url, each.description) for each in comment.attachments] == [
        ("https://evil.example/", "museum.example")
    ]


def test_hostile_text_is_made_safe_and_kept_as_evidence() -> None:
    comment = comment_of(view(record={"text": "a\x1b[2Jb\u202ec"}))

    assert comment is not None
    assert (comment.text, comment.raw) == ("a[2Jbc", "a\x1b[2Jb\u202ec")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "uri",
                        "author",
                        "record",
                        "did",
                        "reply",
                        "parent",
                        "root",
                        "embed",
                        "facets",
                        "index",
                        "features",
                        "text",
                        "post",
                        "thread",
                        "commit",
                        "value",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_sent_is_read_or_left_out(value: Any) -> None:
    for comment in Bluesky.parse(json.dumps(value).encode()):
        assert comment.native_id
    if isinstance(value, dict):
        comment_of(value)
        links_in(value)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ProtocolError):
        Bluesky.parse(b"<html>no</html>")


# -- facets ------------------------------------------------------------------------------------------


def test_the_published_sample_of_ranges_is_met() -> None:
    """The numbers (23-35, 74-108) are those of the platform's own guide to posts; the words about them are ours."""
    link = "https://example.org/museum/visite2"
    words = f"✨ prolongez avec les @atproto.com qui sont ouverts 👨\u200d❤️\u200d👨 {link}."

    found = facets(words, {"atproto.com": "did:plc:ewvi7nxzyoun6zhxrhs64oiz"})

    assert [(each["index"]["byteStart"], each["index"]["byteEnd"]) for each in found] == [(23, 35), (74, 108)]
    assert [each["features"][0] for each in found] == [
        {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ewvi7nxzyoun6zhxrhs64oiz"},
        {"$type": "app.bsky.richtext.facet#link", "uri": link},
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("see https://museum.example/a(b) now", [("link", "https://museum.example/a(b)")]),
        ("(see https://museum.example/a)", [("link", "https://museum.example/a")]),
        ("« https://museum.example »", [("link", "https://museum.example")]),
        ("on museum.org/visit, daily", [("link", "https://museum.org/visit")]),
        ("À demain.Je viens", []),
        ("write to info@museum.org", []),
        ("Bonjour @camille.bsky.social, merci", [("mention", "camille.bsky.social")]),
        ("Bonjour @Camille.Bsky.Social.", [("mention", "camille.bsky.social")]),
        ("@nobody is no handle", []),
        ("#Épée! and #2026 and #été2026, c#", [("tag", "Épée"), ("tag", "été2026")]),
        ("# title", []),
        ("https://museum.example/#top", [("link", "https://museum.example/#top")]),
    ],
)
def test_what_is_linked_mentioned_or_tagged_is_found(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.value) for each in find(words)] == expected


@given(st.text(st.sampled_from("aé👩\u200d🎨 #@.:/()htps museum.org\n"), max_size=60))
def test_ranges_lie_within_the_text_and_never_overlap(words: str) -> None:
    raw, end = words.encode(), 0
    for each in find(words):
        assert end <= each.start < each.end <= len(raw)
        raw[each.start : each.end].decode()  # whole characters
        end = each.end


# -- counting and keys -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "fits", "unit"),
    [
        ("e" * 300, True, "graphemes"),
        ("e" * 301, False, "graphemes"),
        ("👩\u200d👩\u200d👧\u200d👦" * 120, True, "bytes"),
        ("👩\u200d👩\u200d👧\u200d👦" * 120 + "e", False, "bytes"),
    ],
)
def test_both_limits_hold(words: str, unit: str, *, fits: bool) -> None:
    assert (measure(words).fits, measure(words).unit) == (fits, unit)


@given(st.text(max_size=400))
def test_a_text_fits_when_it_fits_both(words: str) -> None:
    assert measure(words).fits == (grapheme_count(words) <= 300 and len(words.encode()) <= 3000)


def test_keys_only_grow_even_where_the_clock_does_not() -> None:
    keys = [clock() for clock in [TidClock(lambda: 1_790_000_000.0)] for _ in range(1000)]

    assert keys == sorted(set(keys))
    assert all(map(is_tid, keys))


def test_a_key_is_written_as_the_specification_says() -> None:
    assert tid_of(0, 0) == "2222222222222"
    assert tid_of(2**53 - 1, 1023) == "bzzzzzzzzzzzz"


@pytest.mark.parametrize(
    "wrong",
    [
        {"handle": "marta@museum.example"},
        {"handle": "@"},
        {"handle": "the museum"},
        {"server": "http://pds.example"},
        {"server": "https://user:secret@pds.example"},
        {"server": "https://[half"},
    ],
)
def test_options_that_would_show_the_password_or_name_no_account_are_refused(wrong: dict[str, str]) -> None:
    options = {"handle": "museum.test", "server": "https://bsky.social", **wrong}

    with pytest.raises(ValueError, match=next(iter(wrong))):
        BlueskyOptions(handle=options["handle"], server=options["server"], password=Secret("x"))


def test_a_handle_may_begin_with_its_sign() -> None:
    assert BlueskyOptions(handle="@museum.test", password=Secret("x")).identifier == "museum.test"
