"""The desk of one operator: still views, acts, taking back, holding, settling; and what two operators see."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import NOON, assessed, comment, seen

from connectors._http import Http
from connectors._model import Post
from connectors._rehearsal.options import RehearsalOptions
from connectors._text import sanitise
from connectors.rehearsal import Rehearsal
from inbox import desk
from inbox.engine import Engine
from inbox.events import Delivery
from inbox.item import TriageState
from inbox.ledger import Ledger
from inbox.local import LocalDesk
from inbox.outbox import DeliveryState
from inbox.query import QueryError
from inbox.rows import Order
from inbox.store import Store
from inbox.wording import Wording
from scoring.assessment import Assessment, RiskLevel, Signal, SignalKind

QUIET = assessed()
LATER = NOON + timedelta(minutes=5)


class Room:
    """A stored desk with a connected source whose engine stands still, so that nothing moves by itself."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`."""
        self.now: datetime = LATER
        self.ledger = Ledger(Store(folder, holder="marta"))
        self.engine = Engine(self.ledger, {"museum": Rehearsal("museum", RehearsalOptions(), Http())})

    def sit(self, operator: str = "marta") -> LocalDesk:
        """Let an operator sit down."""
        return LocalDesk(
            self.ledger,
            operator=operator,
            name="test",
            wording=Wording.of_rehearsal(lambda: self.now),
            engine=self.engine,
            clock=lambda: self.now,
        )

    def arrive(self, *texts: str, assessment: Assessment = QUIET, wave: str = "", at: datetime = NOON) -> list[str]:
        """Let comments arrive; returns their keys."""
        comments = [comment(t, at=at + timedelta(seconds=n), author=f"{t}{n}") for n, t in enumerate(texts)]
        keys = [f"museum/{c.native_id}" for c in comments]
        waves = dict.fromkeys(keys, wave) if wave else {}
        self.ledger.record([seen(*comments, assessments=(assessment,) * len(texts), waves=waves)])
        return keys


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "desk")
    yield opened
    opened.ledger.close()


async def texts(sat: LocalDesk, view: int) -> list[str]:
    return [row.text for row in (await sat.page(view, 0, 100)).rows]


async def test_arrivals_wait_until_they_are_merged(room: Room) -> None:
    sat = room.sit()
    room.arrive("un", "deux")
    view = await sat.open_view()
    room.arrive("trois", at=NOON + timedelta(minutes=1))
    assert await texts(sat, view.id) == ["deux", "un"]
    assert (await sat.page(view.id, 0, 1)).view.waiting == 1
    await sat.merge(view.id)
    assert await texts(sat, view.id) == ["trois", "deux", "un"]


async def test_an_arrival_that_does_not_match_does_not_wait(room: Room) -> None:
    sat = room.sit()
    view = await sat.open_view("risk>=heated")
    room.arrive("calme")
    room.arrive("furieux", assessment=assessed(RiskLevel.HEATED))
    assert (await sat.page(view.id, 0, 1)).view.waiting == 1


async def test_a_done_row_stays_where_it_is_until_the_merge(room: Room) -> None:
    sat = room.sit()
    keys = room.arrive("un", "deux", "trois")
    view = await sat.open_view()
    await sat.act(desk.SetState(TriageState.DONE), [keys[1]])
    assert await texts(sat, view.id) == ["trois", "deux", "un"]
    assert await sat.next_open(view.id, 0, 1) == 2
    await sat.merge(view.id)
    assert await texts(sat, view.id) == ["trois", "un"]


async def test_riskiest_first(room: Room) -> None:
    sat = room.sit()
    room.arrive("un")
    room.arrive("deux", assessment=assessed(RiskLevel.CRITICAL))
    room.arrive("trois", assessment=assessed(RiskLevel.TENSE))
    assert await texts(sat, (await sat.open_view(order=Order.RISK)).id) == ["deux", "trois", "un"]


async def test_an_item_is_found_by_its_key(room: Room) -> None:
    sat = room.sit()
    keys = room.arrive("un", "deux", "trois")
    view = await sat.open_view(order=Order.OLDEST)
    assert [await sat.locate(view.id, k) for k in (*keys, "museum/none")] == [0, 1, 2, None]
    assert await sat.keys(view.id, 1, 3) == keys[1:]


async def test_a_faulty_query_is_an_error_that_names_it(room: Room) -> None:
    with pytest.raises(QueryError, match="huge"):
        await room.sit().open_view("risk>=huge")


async def test_a_wave_is_decided_once_and_keeps_its_question(room: Room) -> None:
    sat = room.sit()
    copies = room.arrive("honte", "honte", "honte", wave="w")
    question = room.arrive(
        "honte, et les horaires ?", assessment=assessed(RiskLevel.CALM, SignalKind.QUESTION), wave="w"
    )
    members = await sat.wave(copies[0])
    assert members == copies + question
    preview = await sat.preview(desk.SetState(TriageState.DONE), members)
    done = await sat.act(desk.SetState(TriageState.DONE), members)
    assert preview.keys == done.keys == tuple(copies)
    assert done.held_back == ((question[0], "question"),)
    assert (await sat.summary()).open == 1


async def test_undo_takes_the_last_act_back_whole(room: Room) -> None:
    sat = room.sit()
    keys = room.arrive("un", "deux")
    await sat.act(desk.Claim(), keys[:1])
    await sat.act(desk.SetState(TriageState.DONE), keys)
    assert await sat.undo() == desk.TakenBack(what="done", count=2)
    assert room.ledger.inbox.items[keys[0]].state is TriageState.CLAIMED
    assert (await sat.undo()).what == "claim"
    assert await sat.undo() == desk.TakenBack()


async def test_a_pending_reply_is_taken_back_first_and_frees_the_comment(room: Room) -> None:
    sat = room.sit()
    (key,) = room.arrive("un")
    await sat.act(desk.Reply(text="Bienvenue"), [key])
    room.now += timedelta(seconds=1)
    await sat.act(desk.Correct(1), [key])
    assert (await sat.undo()).what == "sending"
    assert [e.state for e in await sat.outbox()] == [DeliveryState.TAKEN_BACK]
    assert room.ledger.inbox.items[key].claimed_by == ""
    assert (await sat.undo()).what == "correct"


async def test_what_has_left_is_said_to_be_too_late(room: Room) -> None:
    sat = room.sit()
    keys = room.arrive("un", "deux")
    act = desk.OpenThread(title="T", text="Ici.", house_comment="$link", invite=(keys[1],), invitation="$link")
    await sat.act(act, keys[:1])
    opening = (await sat.outbox())[0]
    room.ledger.record([Delivery(at=room.now, by="marta", entry=opening.id, state=DeliveryState.SENDING)])
    taken = await sat.undo()
    assert (taken.count, taken.too_late) == (2, 1)


async def test_one_operator_does_not_take_back_another_s_reply(room: Room) -> None:
    marta, lou = room.sit(), room.sit("lou")
    (key,) = room.arrive("un")
    await marta.act(desk.Reply(text="Bienvenue"), [key])
    assert await lou.undo() == desk.TakenBack()
    assert (await marta.outbox())[0].state is DeliveryState.QUEUED


async def test_the_picker_warns_of_a_colleague_s_hand_before_a_word_is_typed(room: Room) -> None:
    marta, lou = room.sit(), room.sit("lou")
    (key,) = room.arrive("un")
    await lou.act(desk.Claim(), [key])
    assert (await marta.picker(key)).warning == "lou is on it"


async def test_the_picker_remembers_that_this_person_was_answered(room: Room) -> None:
    sat = room.sit()
    first, second = room.arrive("un", "deux")
    same_author = room.ledger.inbox.items[first].comment.author.native_id
    room.ledger.record([seen(comment("encore", id="again", author=same_author))])
    await sat.act(desk.Reply(text="Bienvenue"), [first])
    assert (await sat.picker("museum/again")).warning == "marta has already answered this person"
    assert (await sat.picker(second)).warning == ""


async def test_holding_is_seen_by_everybody(room: Room) -> None:
    marta, lou = room.sit(), room.sit("lou")
    await marta.hold(held=True)
    assert (await lou.summary()).held_by == "marta"
    await lou.hold(held=False)
    assert (await marta.summary()).held_by == ""


@pytest.mark.parametrize(
    ("choice", "state"),
    [("retry", DeliveryState.QUEUED), ("sent", DeliveryState.BY_HAND), ("drop", DeliveryState.TAKEN_BACK)],
)
async def test_a_doubtful_sending_is_settled_by_a_human(room: Room, choice: str, state: DeliveryState) -> None:
    sat = room.sit()
    (key,) = room.arrive("un")
    await sat.act(desk.Reply(text="Bienvenue"), [key])
    entry = (await sat.outbox())[0].id
    assert (await sat.settle(entry, "retry")).refused
    room.ledger.record([Delivery(at=room.now, by="marta", entry=entry, state=DeliveryState.UNKNOWN)])
    await sat.settle(entry, choice)
    settled = (await sat.outbox())[0]
    assert settled.state is state
    by_hand = state is DeliveryState.BY_HAND
    assert (settled.settled_by, settled.settled_at) == (("marta", room.now) if by_hand else ("", None))


async def test_five_hundred_claims_by_two_people_have_one_winner_each(room: Room) -> None:
    marta, lou = room.sit(), room.sit("lou")
    keys = room.arrive(*(str(n) for n in range(500)))
    done = await asyncio.gather(*(who.act(desk.Claim(), [k]) for k in keys for who in (marta, lou)))
    assert sum(bool(d.act) for d in done) == 500
    assert {d.refused for d in done if not d.act} <= {"marta is on it", "lou is on it"}


async def test_everything_is_there_again_after_a_restart(room: Room, tmp_path: Path) -> None:
    sat = room.sit()
    keys = room.arrive("un", "deux", wave="w")
    await sat.act(desk.Reply(text="Bienvenue"), keys[:1])
    await sat.act(desk.AddNote("vu avec la régie"), keys[1:])
    await sat.hold(held=True)
    before = room.ledger.inbox
    room.ledger.close()
    again = Ledger(Store(tmp_path / "desk", holder="marta"))
    assert again.inbox.items == before.items
    assert again.inbox.outbox == before.outbox
    assert again.inbox.held_by == before.held_by
    again.close()


async def test_a_subscriber_hears_which_items_changed(room: Room) -> None:
    sat = room.sit()
    heard: list[frozenset[str]] = []
    leave = sat.subscribe(heard.append)
    keys = room.arrive("un")
    leave()
    room.arrive("deux")
    assert heard == [frozenset(keys)]


async def test_the_detail_shows_the_conversation_around_a_comment(room: Room) -> None:
    sat = room.sit()
    top = comment("une bâtarde", id="top")
    answer = comment("non", id="answer", parent="top", at=NOON + timedelta(seconds=5))
    other = comment("ailleurs", id="other")
    room.ledger.record([seen(answer, other, top)])
    detail = await sat.detail("museum/answer")
    assert detail is not None
    assert [row.text for row in detail.thread] == ["une bâtarde", "non"]


async def test_no_joke_is_offered_to_whoever_answers_a_mourner(room: Room) -> None:
    sat = room.sit()
    room.now = room.now.replace(hour=14)
    mourning = comment("Mon père est mort ici l'an dernier.", id="mourning")
    answer = comment("Ah oui, c'est drôle ça.", id="answer", parent="mourning")
    room.ledger.record([seen(mourning, answer)])
    picker = await sat.picker("museum/answer", "fr")
    assert picker.verdict == "hard"
    assert not any(s.offbeat for s in picker.suggestions)


async def test_ages_count_from_the_merge_and_not_from_when_the_list_was_opened(room: Room) -> None:
    sat = room.sit()
    room.arrive("ancien", at=NOON)
    view = await sat.open_view("age<1h")
    assert view.total == 1
    room.now += timedelta(hours=2)
    assert (await sat.merge(view.id)).total == 0


async def test_a_question_gets_an_answer_first_in_its_own_language_and_no_joke_before_it(room: Room) -> None:
    sat = room.sit()
    room.now = room.now.replace(hour=12)
    asked = comment("Are the lanterns in the tunnel safe for small children?", id="asked")
    english = Assessment(
        sentiment=0.0,
        risk=0.1,
        level=RiskLevel.CALM,
        language="en",
        signals=(Signal(SignalKind.QUESTION, 0, 3, "Are", -1.0),),
    )
    room.ledger.record([seen(asked, assessments=(english,))])
    offered = (await sat.picker("museum/asked")).suggestions
    assert offered[0].template.endswith(".en")
    first_joke = next((n for n, s in enumerate(offered) if s.offbeat), len(offered))
    assert first_joke > 0
    assert not any(s.offbeat for s in offered[:first_joke])


async def test_what_the_house_says_of_one_exhibition_is_not_said_of_another(room: Room) -> None:
    sat = room.sit()
    post = Post(native_id="p1", title=sanitise("Lanternes"), exhibition=sanitise("La Nuit des petits"))
    room.ledger.record([seen(comment("nul", id="c1"), posts=(post,))])
    texts_offered = [s.text for s in (await sat.picker("museum/c1", "fr")).suggestions if not s.missing]
    assert texts_offered
    assert not any("La Maison qui brûle" in text for text in texts_offered)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_first_notice_and_the_first_appeal_can_be_sent_as_they_are(room: Room, language: str) -> None:
    sat = room.sit()
    (key,) = room.arrive("nul")
    notice = (await sat.drafts(key, "notice", language))[0]
    appeal = (await sat.drafts(key, "appeal", language))[0]
    assert (notice.missing, appeal.missing) == ((), ())
    assert not (await sat.preview(desk.PinNotice(text=notice.text), [key])).refused
    assert not (await sat.preview(desk.Reply(text=appeal.text), [key])).refused
