"""What is too long by one is refused before anything is sent: every kind of text, at each platform's own measure of that kind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fault_desk import NOON, WiredDesk, wired_desk
from in_two_languages import is_bilingual
from stages import STAGES, Stage

from connectors._model import Capability, Outgoing, Rejected, Writing
from connectors._registry import load
from inbox import desk
from inbox.outbox import DeliveryState, Kind
from inbox.published import CloseThread, EditOwn
from inbox.threads import LONG_LINK

LIMITS = {
    "mastodon": {Writing.COMMENT: 500, Writing.POST: 500, Writing.TITLE: 500},
    "bluesky": {Writing.COMMENT: 300, Writing.POST: 300, Writing.TITLE: 300},
    "wordpress": {Writing.COMMENT: 65_525, Writing.POST: 1_000_000, Writing.TITLE: 65_535},
    "facebook": {Writing.COMMENT: 8_000, Writing.POST: 63_206, Writing.TITLE: 63_206},
    "instagram": {Writing.COMMENT: 300, Writing.POST: 2_200, Writing.TITLE: 2_200},
}
"""What each platform takes of each kind; source: docs/connectors.md and the modules that name the platforms' own."""
UNDER_A_POST = {"facebook", "instagram"}
"""Where a notice is a comment."""
ADDRESS = {"mastodon": 23}
"""What an address counts where that is not its own length."""

Begin = Callable[[WiredDesk, str], "desk.Act"]


def thread(**words: str) -> "desk.OpenThread":
    texts = {
        "title": "Discussion",
        "text": "Parlons-en ici.",
        "house_comment": "Ici : $link",
        "invitation": "Venez : $link",
    }
    return desk.OpenThread(**(texts | words))  # type: ignore[arg-type]  # all of these are texts


def inviting(sat: WiredDesk, text: str) -> "desk.OpenThread":
    return desk.OpenThread(
        title="Discussion",
        text="Parlons-en ici.",
        house_comment="Ici : $link",
        invite=(sat.item().key,),
        invitation=f"$link {text}",
    )


def said(sat: WiredDesk, kind: Kind) -> str:
    return next(entry.id for entry in sat.ledger.inbox.outbox.values() if entry.kind is kind)


KINDS: dict[str, tuple[Capability, Begin]] = {
    "reply": (Capability.REPLY, lambda _, text: desk.Reply(text=text)),
    "notice": (Capability.PIN_NOTICE, lambda _, text: desk.PinNotice(text=text)),
    "thread": (Capability.OPEN_THREAD, lambda _, text: thread(text=text)),
    "title": (Capability.OPEN_THREAD, lambda _, text: thread(title=text)),
    "house comment": (Capability.OPEN_THREAD, lambda _, text: thread(house_comment=f"$link {text}")),
    "invitation": (Capability.OPEN_THREAD, inviting),
    "last word": (Capability.OPEN_THREAD, lambda sat, text: CloseThread(thread=said(sat, Kind.THREAD), words=text)),
    "edit": (Capability.EDIT_OWN, lambda sat, text: EditOwn(said(sat, Kind.REPLY), text)),
}
LINKED = {"house comment", "invitation"}
CASES = [
    (name, kind)
    for name in STAGES
    for kind, (needed, _) in KINDS.items()
    if load(name).capabilities[needed].can != "no"
]


def written_as(platform: str, kind: str) -> Writing:
    if kind == "title":
        return Writing.TITLE
    is_post = kind == "thread" or (kind == "notice" and platform not in UNDER_A_POST)
    return Writing.POST if is_post else Writing.COMMENT


def room(sat: WiredDesk, kind: str) -> int:
    """How many letters fill a text of this kind to the brim, beside what it begins with."""
    platform = sat.stage.name
    most = LIMITS[platform][written_as(platform, kind)]
    prefix = sat.connector.mention_prefix(sat.item().comment) if kind in {"reply", "invitation"} else ""
    link = ADDRESS.get(platform, len(LONG_LINK)) + 1 if kind in LINKED else 0
    return most - len(prefix) - link


@pytest.fixture
def stage(platform: str, request: pytest.FixtureRequest) -> Stage:
    return STAGES[platform](lambda: request.getfixturevalue("network"))


@pytest.mark.parametrize(("platform", "kind"), CASES)
async def test_the_desk_takes_what_just_fits_and_refuses_one_more(tmp_path: Path, stage: Stage, kind: str) -> None:
    _, begin = KINDS[kind]
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes("Est-ce ouvert dimanche ?")
        await sat.catch_up()
        if kind in {"edit", "last word"}:
            await decide(sat, desk.Reply(text="Oui.") if kind == "edit" else thread())
        most, sent = room(sat, kind), len(sat.server.sendings)

        refused = await sat.sat.act(begin(sat, "x" * (most + 1)), [sat.item().key])

        assert "too long" in refused.refused, refused
        assert is_bilingual(refused.refused, refused.hint)
        await sat.carry_on()
        assert len(sat.server.sendings) == sent
        just = begin(sat, "x" * most)
        assert not (await sat.sat.preview(just, [sat.item().key])).refused
        if kind in LINKED and stage.name in ADDRESS:
            return  # an address on the loopback is none that the platform shortens
        await decide(sat, just)
        states = {entry.kind: entry.state for entry in sat.ledger.inbox.outbox.values()}
        assert set(states.values()) == {DeliveryState.SENT}, states
        assert kind == "title" or any("x" * most in text for text in stage.public())


async def decide(sat: WiredDesk, act: "desk.Act") -> None:
    done = await sat.sat.act(act, [sat.item().key])
    assert not done.refused, done
    sat.pass_time(60)
    await sat.carry_on()


@pytest.mark.parametrize("platform", STAGES)
async def test_the_counter_of_a_screen_counts_as_the_desk_decides(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes("Est-ce ouvert dimanche ?")
        await sat.catch_up()
        for what in ("reply", "notice", "thread", "title", "house_comment", "edit"):
            counted = await sat.sat.measure(sat.item().key, "x", what=what)
            assert counted.limit == LIMITS[stage.name][written_as(stage.name, what)], what


@pytest.mark.parametrize("platform", STAGES)
async def test_a_connector_sends_nothing_of_a_text_that_is_too_long(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        comment = stage.visitor_writes("Est-ce ouvert dimanche ?")
        await sat.catch_up()
        connector, post = sat.connector, sat.item().comment.post_id
        comments, posts = (LIMITS[stage.name][each] for each in (Writing.COMMENT, Writing.POST))
        notices = comments if stage.name in UNDER_A_POST else posts
        calls = {
            Capability.REPLY: (comments, connector.send_reply),
            Capability.PIN_NOTICE: (notices, connector.pin_notice),
            Capability.OPEN_THREAD: (posts, connector.open_thread),
            Capability.EDIT_OWN: (comments, lambda out: connector.edit_own(comment, out)),
        }
        for capability, (most, call) in calls.items():
            if connector.capabilities[capability].can == "no":
                continue
            parent = comment if capability is Capability.REPLY else None
            outgoing = Outgoing(
                client_id=connector.new_client_id(),
                text="x" * (most + 1),
                created_at=NOON,
                parent_id=parent,
                post_id=post,
            )
            outcome = await call(outgoing)
            assert isinstance(outcome, Rejected), (capability, outcome)
            assert f"too long: {most + 1} of {most}" in outcome.message
        assert sat.server.sendings == []


@pytest.mark.parametrize("platform", ["facebook"])
async def test_a_notice_of_the_whole_page_may_be_as_long_as_a_post(tmp_path: Path, stage: Stage) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes("Est-ce ouvert dimanche ?")
        await sat.catch_up()
        client_id = sat.connector.new_client_id()

        for most, outcome in ((63_207, Rejected),):
            outgoing = Outgoing(client_id=client_id, text="x" * most, created_at=NOON)
            assert isinstance(await sat.connector.pin_notice(outgoing), outcome)
        assert sat.server.sendings == []
        await sat.connector.pin_notice(Outgoing(client_id=client_id, text="x" * 63_206, created_at=NOON))
        assert "x" * 63_206 in stage.public()


AGAINST_THE_RULES = {
    "#un #deux #trois #quatre #cinq": "5 hashtags: Instagram takes 4 in a comment",
    "https://a.example et https://b.example": "2 links: Instagram takes 1 in a comment",
    "NOUS OUVRONS À DIX HEURES !": "Instagram takes no comment in capitals alone",
}
WITHIN_THE_RULES = ("#un #deux #trois #quatre https://a.example/#cinq", "NOUS OUVRONS à dix heures", "10:00 – 18:00")


@pytest.mark.parametrize("platform", ["instagram"])
@pytest.mark.parametrize("words", AGAINST_THE_RULES)
async def test_what_instagrams_rules_for_comments_forbid_is_refused_before_it_is_sent(
    tmp_path: Path, stage: Stage, words: str
) -> None:
    why = AGAINST_THE_RULES[words]
    async with wired_desk(tmp_path / "desk", stage) as sat:
        comment = stage.visitor_writes("Est-ce ouvert dimanche ?")
        await sat.catch_up()
        for act in (desk.Reply(text=words), desk.PinNotice(text=words)):
            refused = await sat.sat.act(act, [sat.item().key])
            assert refused.refused == why
            assert is_bilingual(refused.refused, refused.hint)
        counted = await sat.sat.measure(sat.item().key, words)
        assert (counted.fits, counted.fault) == (False, why)
        post = sat.item().comment.post_id
        outgoing = Outgoing(client_id="1", text=words, created_at=NOON, parent_id=comment, post_id=post)
        for call in (sat.connector.send_reply, sat.connector.pin_notice):
            outcome = await call(outgoing)
            assert isinstance(outcome, Rejected)
            assert outcome.message == why
        assert sat.server.sendings == []


@pytest.mark.parametrize("platform", ["instagram"])
@pytest.mark.parametrize("words", WITHIN_THE_RULES)
async def test_what_instagrams_rules_allow_is_sent(tmp_path: Path, stage: Stage, words: str) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        stage.visitor_writes("Est-ce ouvert dimanche ?")
        await sat.catch_up()

        await decide(sat, desk.Reply(text=words))

        assert words in stage.public()


def test_every_kind_of_text_is_tried_on_every_platform_that_has_it() -> None:
    assert set(LIMITS) == set(STAGES)
    assert {kind for _, kind in CASES} == set(KINDS)
