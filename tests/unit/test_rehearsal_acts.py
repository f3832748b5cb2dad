"""What the rehearsal accepts: replies exactly once, notices, threads, moderation, and failures on request."""

from pathlib import Path

import msgspec
import pytest
from playing import Clock, outgoing, read_all, rehearsal

from connectors._contract import Connector
from connectors._errors import ConnectorError
from connectors._model import Capability, Comment, Gone, NotSent, Receipt, Rejected, Sent, Unknown
from connectors._registry import load
from connectors._rehearsal.faults import Fail, Fault
from connectors._rehearsal.options import RehearsalOptions
from connectors._rehearsal.platform import Platform
from connectors._rehearsal.script import native_id as name_id
from connectors.rehearsal import Rehearsal


def receipt(outcome: object) -> Receipt:
    assert isinstance(outcome, Sent), outcome
    return outcome.receipt


async def test_a_reply_is_published_and_comes_back_as_our_own_comment() -> None:
    clock = Clock()
    player = rehearsal(clock)
    _, cursor = await read_all(player)
    told = receipt(await player.send_reply(outgoing("Avec plaisir !", parent=name_id("pascal-lundi"))))
    (echo,), _ = await read_all(player, cursor)
    assert (echo.native_id, echo.text, echo.parent_id) == (told.remote_id, "Avec plaisir !", name_id("pascal-lundi"))
    assert echo.author.is_self
    assert echo.post_id == "horaires-fb"
    assert told.url == echo.url == "https://rehearsal.example/facebook/horaires-fb/own-1"


async def test_a_reply_may_answer_the_post_itself() -> None:
    player = rehearsal(Clock())
    _, cursor = await read_all(player)
    receipt(await player.send_reply(outgoing(parent="film-fb", post="film-fb")))
    (echo,), _ = await read_all(player, cursor)
    assert (echo.post_id, echo.parent_id) == ("film-fb", None)


async def test_a_repeated_client_id_publishes_once_for_an_hour_and_again_after_it() -> None:
    clock = Clock()
    player = rehearsal(clock)
    await read_all(player)
    text = outgoing(parent=name_id("pascal-lundi"), key="same")
    first, second = await player.send_reply(text), await player.send_reply(text)
    assert first == second
    assert len(player.sent()) == 1
    clock.go(player.traits.key_ttl)
    assert await player.send_reply(text) == first
    clock.go(3_601)
    assert receipt(await player.send_reply(text)).remote_id == "own-2"


async def test_some_replies_are_answered_by_their_reader_a_moment_later() -> None:
    clock = Clock()
    player = rehearsal(clock, speed=1.0)
    before, cursor = await read_all(player)
    for comment in before:
        receipt(await player.send_reply(outgoing("Merci !", parent=comment.native_id)))
    echoes, cursor = await read_all(player, cursor)
    clock.go(9)
    later, _ = await read_all(player, cursor)
    answers = [c for c in later if c.parent_id and c.parent_id.startswith("own-")]
    assert len(echoes) == len(before)
    assert 0.1 * len(before) < len(answers) < 0.6 * len(before)
    ours = {echo.native_id: echo.parent_id for echo in echoes}
    authors = {c.native_id: c.author for c in before}
    assert all(authors[ours[c.parent_id or ""] or ""] == c.author for c in answers)


async def test_a_reply_to_what_is_not_there_is_refused() -> None:
    clock = Clock()
    player = rehearsal(clock)
    await read_all(player)
    await player.delete(name_id("pascal-lundi"))
    for parent in (None, "never-was", name_id("p1"), name_id("pascal-lundi")):  # p1 is only written half a minute later
        assert isinstance(await player.send_reply(outgoing(parent=parent)), Rejected), parent
    assert isinstance(await player.send_reply(outgoing(" ", parent="film-fb")), Rejected)
    assert player.sent() == []


@pytest.mark.parametrize(
    ("post", "fits", "too_long"),
    [
        ("film-fb", "x" * 8_000, "x" * 8_001),
        ("film-ig", "x" * 300, "x" * 301),
        ("film-ig", "#a #b #c #d", "#a #b #c #d #e"),
        ("film-x", "x" * 280, "x" * 281),
        ("film-x", "漢" * 140, "漢" * 141),
        ("film-ma", "x" * 500, "x" * 501),
        ("film-yt", "x" * 10_000, "x" * 10_001),
        ("lames-bs", "é" * 300, "é" * 301),
        ("nuit-th", "🔥" * 125, "🔥" * 126),
        ("nuit-wp", "x" * 65_525, "x" * 65_526),
    ],
)
async def test_a_rehearsal_refuses_what_the_network_it_plays_would(post: str, fits: str, too_long: str) -> None:
    player = rehearsal(Clock())
    await read_all(player)
    network = player._world().network(post)
    assert player.measure_under(network, fits).fits
    assert not player.measure_under(network, too_long).fits
    refused = await player.send_reply(outgoing(too_long, parent=post))
    assert isinstance(refused, Rejected)
    assert player.sent() == []
    assert isinstance(await player.send_reply(outgoing(fits, parent=post)), Sent)
    edited = await player.edit_own(player.sent()[0].remote_id, outgoing(too_long, parent=post))
    assert isinstance(edited, Rejected)


async def test_the_rehearsals_own_pages_take_five_thousand_characters() -> None:
    player = rehearsal(Clock())
    await read_all(player)
    assert isinstance(await player.open_thread(outgoing("x" * 5_001)), Rejected)
    assert isinstance(await player.open_thread(outgoing("x" * 5_000)), Sent)


async def test_what_was_sent_can_be_read_back_by_its_client_id() -> None:
    player = rehearsal(Clock())
    await read_all(player)
    text = outgoing(parent="film-fb")
    assert await player.read_back(text) is None
    told = receipt(await player.send_reply(text))
    assert await player.read_back(text) == told


async def test_failures_come_in_exactly_the_order_asked_for() -> None:
    order = (Fault.LIMIT, Fault.DOWN, Fault.REJECT, Fault.VANISHED, Fault.LOST, Fault.OK)
    player = rehearsal(Clock(), fail=Fail(order=order, retry_after=7.0))
    await read_all(player)
    text = outgoing(parent="film-fb")
    outcomes = []
    published = []
    for _ in order:
        outcomes.append(await player.send_reply(text))
        published.append(len(player.sent()))
    assert [type(o) for o in outcomes] == [NotSent, NotSent, Rejected, Unknown, Unknown, Sent]
    assert published == [0, 0, 0, 0, 1, 1]
    assert isinstance(outcomes[0], NotSent)
    assert outcomes[0].retry_after == 7.0
    player.faults.plan(Fault.REJECT)
    assert isinstance(await player.hide(name_id("pascal-lundi"), hidden=True), Rejected)


async def test_shares_of_failures_are_seeded_and_about_as_large_as_asked_for() -> None:
    async def play(seed: int) -> list[type]:
        player = rehearsal(Clock(), seed=seed, fail=Fail(lost=0.2, limit=0.3))
        await read_all(player)
        return [type(await player.send_reply(outgoing(parent="film-fb"))) for _ in range(200)]

    drawn = await play(1)
    assert drawn == await play(1)
    assert 20 <= drawn.count(Unknown) <= 60
    assert 40 <= drawn.count(NotSent) <= 80


async def test_an_act_takes_as_long_as_the_latency_says() -> None:
    clock = Clock()
    player = rehearsal(clock, latency=1.5)
    await read_all(player)
    await player.send_reply(outgoing(parent="film-fb"))
    assert clock.slept == [1.5]


async def test_a_notice_is_pinned_under_its_post_until_it_is_taken_down() -> None:
    player = rehearsal(Clock())
    await read_all(player)
    told = [receipt(await player.pin_notice(outgoing(f"Restons calmes {i}", post="lames-yt"))) for i in range(3)]
    assert [bool(r.warning) for r in told] == [False, False, True]
    assert receipt(await player.pin_notice(outgoing("Elsewhere", post="film-fb"))).warning == ""
    assert isinstance(await player.unpin_notice(told[0].remote_id), Sent)
    assert isinstance(await player.unpin_notice(told[0].remote_id), Rejected)
    assert receipt(await player.pin_notice(outgoing("Encore", post="lames-yt"))).warning == ""
    assert isinstance(await player.pin_notice(outgoing(post="nowhere")), Rejected)
    assert "rehearsal" in player.where_pinned()


async def test_visitors_come_to_a_thread_that_we_open() -> None:
    clock = Clock()
    player = rehearsal(clock)
    _, cursor = await read_all(player)
    told = receipt(await player.open_thread(outgoing("Parlons de la maison qui brûle.")))
    opening = await player.poll(cursor)
    assert opening.comments == ()
    assert [(post.native_id, post.url) for post in opening.posts] == [(told.remote_id, told.url)]
    clock.go(60)
    found, _ = await read_all(player, opening.cursor)
    guests = [c for c in found if c.post_id == told.remote_id]
    assert len(guests) == 6
    assert isinstance(await player.send_reply(outgoing("Bienvenue", parent=guests[0].native_id)), Sent)


async def test_a_hidden_comment_is_gone_until_it_is_shown_again() -> None:
    player = rehearsal(Clock())
    await read_all(player)
    receipt(await player.hide(name_id("pascal-lundi"), hidden=True))
    assert await player.fetch([name_id("pascal-lundi")]) == [Gone(native_id=name_id("pascal-lundi"), why="hidden")]
    receipt(await player.hide(name_id("pascal-lundi"), hidden=False))
    (shown,) = await player.fetch([name_id("pascal-lundi")])
    assert isinstance(shown, Comment)
    assert isinstance(await player.hide("never-was", hidden=True), Rejected)


async def test_a_deleted_comment_is_gone_for_good() -> None:
    player = rehearsal(Clock())
    _, cursor = await read_all(player)
    told = receipt(await player.send_reply(outgoing(parent="film-fb")))
    for native_id in (name_id("pascal-lundi"), told.remote_id):
        receipt(await player.delete(native_id))
        assert await player.fetch([native_id]) == [Gone(native_id=native_id, why="deleted")]
        receipt(await player.delete(native_id))  # gone already is done with
    assert isinstance(await player.delete("never-was"), Rejected)
    assert await read_all(player, cursor) == ([], (await player.poll(cursor)).cursor)


async def test_a_muted_author_is_not_heard_for_as_long_as_asked() -> None:
    async def heard(seconds: int | None) -> int:
        clock = Clock()
        player = rehearsal(clock)
        _, cursor = await read_all(player)
        clock.go(60)
        found, cursor = await read_all(player, cursor)
        (duke, *_) = [c.author for c in found if c.author.name == "grand_duc_88"]
        if seconds != -1:
            receipt(await player.mute(duke.native_id, seconds=seconds))
        clock.go(900)
        found, _ = await read_all(player, cursor)
        return sum(c.author == duke for c in found)

    never, a_while, for_ever = await heard(-1), await heard(120), await heard(None)
    assert never > a_while > for_ever == 0
    assert await heard(0) == never


async def test_a_locked_post_takes_no_new_comments_until_it_is_opened() -> None:
    clock = Clock()
    player = rehearsal(clock)
    _, cursor = await read_all(player)
    receipt(await player.lock("film-fb", locked=True))
    clock.go(300)
    found, cursor = await read_all(player, cursor)
    receipt(await player.lock("film-fb", locked=False))
    clock.go(300)
    later, _ = await read_all(player, cursor)
    assert found
    assert "film-fb" not in {c.post_id for c in found}
    assert "film-fb" in {c.post_id for c in later}
    assert isinstance(await player.lock("nowhere", locked=True), Rejected)


async def test_a_conversation_is_shown_from_its_first_comment_with_our_replies_in_it() -> None:
    clock = Clock()
    player = rehearsal(clock)
    await read_all(player)
    clock.go(180)
    (f5,) = await player.fetch([name_id("f5")])
    assert isinstance(f5, Comment)
    told = receipt(await player.send_reply(outgoing("Messieurs…", parent=name_id("f5"))))
    thread = await player.thread(f5)
    assert thread[0].native_id == name_id("f1")
    assert {name_id("f1"), name_id("f5"), name_id("f8"), told.remote_id} <= {c.native_id for c in thread}
    assert thread == sorted(thread, key=lambda c: (c.created_at, c.native_id))
    assert name_id("f36") not in {c.native_id for c in thread}
    (f3,) = await player.fetch([name_id("f3")])
    assert isinstance(f3, Comment)
    assert f3.replies == 2


async def test_a_report_is_written_down(tmp_path: Path) -> None:
    player = rehearsal(Clock(), state=str(tmp_path / "state.json"))
    (comment, *_), _ = await read_all(player)
    receipt(await player.report(comment, reason="threat"))
    assert msgspec.json.decode((tmp_path / "state.json").read_bytes())["reports"][0]["reason"] == "threat"


async def test_another_process_sees_what_was_sent_and_does_not_publish_it_again(tmp_path: Path) -> None:
    clock = Clock()
    state = str(tmp_path / "deep" / "state.json")
    one, two = rehearsal(clock, state=state), rehearsal(clock, state=state)
    _, cursor = await read_all(one)
    text = outgoing("Once", parent="film-fb")
    told = receipt(await one.send_reply(text))
    assert [item.outgoing for item in two.sent()] == [msgspec.structs.replace(text, post_id="film-fb")]
    assert receipt(await two.send_reply(text)) == told
    receipt(await two.send_reply(outgoing("Twice", parent="film-fb")))
    echoes, _ = await read_all(one, cursor)
    assert [echo.text for echo in echoes] == ["Once", "Twice"]


async def test_an_engine_that_lost_its_cursor_finds_the_same_story_again(tmp_path: Path) -> None:
    clock = Clock()
    state = str(tmp_path / "state.json")
    first, _ = await read_all(rehearsal(clock, state=state))
    clock.go(100)
    again, _ = await read_all(rehearsal(clock, state=state))
    assert again[: len(first)] == first
    assert len(again) > len(first)


def test_the_state_file_is_for_its_owner_only(tmp_path: Path) -> None:
    with Platform(str(tmp_path / "state.json")).write() as memory:
        memory.hidden.append("a")
    assert (tmp_path / "state.json").stat().st_mode & 0o777 == 0o600


def test_an_act_that_fails_half_way_leaves_the_state_file_as_it_was(tmp_path: Path) -> None:
    platform = Platform(str(tmp_path / "state.json"))
    with platform.write() as memory:
        memory.hidden.append("a")
    act = platform.write()
    act.__enter__().hidden.append("b")
    assert act.__exit__(KeyError, KeyError("half way"), None) is False
    assert platform.read().hidden == ["a"]


async def test_a_broken_state_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{nonsense")
    with pytest.raises(ConnectorError, match=r"state\.json"):
        await rehearsal(Clock(), state=str(tmp_path / "state.json")).poll(None)


async def test_the_house_knows_its_name() -> None:
    identity = await rehearsal(Clock()).identify()
    assert (identity.name, identity.handle) == ("Musée des Lisières", "museedeslisieres")


def test_every_capability_is_declared_with_its_reason_and_overridden() -> None:
    assert set(Rehearsal.capabilities) == set(Capability)
    assert all(
        support.reason.startswith("rehearsal: nothing leaves this machine")
        for support in Rehearsal.capabilities.values()
    )
    methods = {"reply": "send_reply", "spam": "mark_spam"}
    for capability in Capability:
        name = methods.get(capability, str(capability))
        assert getattr(Rehearsal, name) is not getattr(Connector, name)


def test_the_registry_loads_it_and_configuration_is_checked() -> None:
    assert load("rehearsal") is Rehearsal
    options = msgspec.convert(
        {"seed": 3, "rate": 10.0, "fail": {"lost": 0.1, "order": ["limit", "ok"]}, "start": "2026-03-07T20:00:00Z"},
        RehearsalOptions,
    )
    assert options.fail.order == (Fault.LIMIT, Fault.OK)
    for wrong in ({"speed": -1}, {"comments": -1}, {"fail": {"lost": 2}}, {"fail": {"order": ["maybe"]}}, {"sped": 1}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, RehearsalOptions)
