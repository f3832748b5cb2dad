"""Tact: what examples teach of a joke where no heading's own words decide; all comments are our own."""

import pytest
from msgspec import structs

from inbox.templates import Context, Heading, Verdict, rule
from inbox.templates.surroundings import Setting, surroundings
from inbox.templates.tact import tact
from scoring import SignalKind, assess
from scoring.assessment import SUSPICION, Signal

PIT = {
    "themes": ("mining disaster",),
    "post_text": "The lamp room is open: four hundred lamps, one for every man below.",
}
FUR = {"themes": ("souffrance animale",), "post_text": "Le piège et la plume : trois siècles de trappeurs, dès samedi."}
SORRY = {"post_text": "We are sorry: the tower is closed until further notice."}


def seen(text: str, **known: object) -> Context:
    return Context(text=text, assessment=assess(text), **known)  # type: ignore[arg-type]  # test helper


@pytest.mark.parametrize(
    ("around", "text"),
    [
        (PIT, "My uncle never came up. I found his number and stood there a long while."),
        (PIT, "They knew the roof was bad. They all knew."),
        (FUR, "Je n'ai pas pu regarder jusqu'au bout, ces bêtes n'avaient rien demandé."),
        (FUR, "Et vous trouvez normal d'exposer cela devant des petits ?"),
    ],
)
def test_earnest_words_about_what_fills_the_room_are_no_place_for_a_joke(around: dict[str, object], text: str) -> None:
    ruling = rule(seen(text, **around))
    assert ruling.verdict is Verdict.HARD
    assert all(reason.words.rstrip("…") in text for reason in ruling.reasons)


@pytest.mark.parametrize(
    ("around", "text"),
    [
        (PIT, "Is the café open on Thursday evenings, and do you still do the ginger cake?"),
        (PIT, "My hair still has the shape of your helmet. Brilliant morning, thank you!"),
        (FUR, "C'est ouvert lundi ? On vient à six avec la poussette."),
        (FUR, "mdr le chapeau, on dirait mon beau-père au mariage"),
    ],
)
def test_asides_are_welcome_even_there(around: dict[str, object], text: str) -> None:
    assert rule(seen(text, **around)).verdict is Verdict.OK


def test_the_same_words_weigh_less_where_nothing_is_declared() -> None:
    text = "I stood in front of that one for a long while."
    assert tact().doubt(seen(text, **PIT)).odds > tact().doubt(seen(text)).odds


def test_what_the_house_announced_names_the_heading() -> None:
    assert surroundings(seen("", **SORRY)).setting is Setting.BLAMED
    assert tact().doubt(seen("Six of us, and nobody said a word at the till.", **SORRY)).heading is Heading.FAULT


def test_what_is_like_a_danger_gets_no_joke_whatever_else_it_says() -> None:
    text = "Thursday still stands, my friend."
    like = Signal(SignalKind.THREAT, 0, len(text), text, SUSPICION)
    plain = assess(text)
    ruling = rule(Context(text=text, assessment=structs.replace(plain, signals=(*plain.signals, like))))
    assert (ruling.verdict, ruling.reasons[0].heading) == (Verdict.HARD, Heading.THREATS)
    assert rule(Context(text=text, assessment=structs.replace(plain, signals=()))).verdict is Verdict.OK


def test_naming_an_aid_that_everybody_uses_is_no_complaint() -> None:
    assert rule(seen("Will the film have subtitles? My brother would love it.")).verdict is Verdict.OK
    assert rule(seen("No subtitles again, and my sister is deaf.")).verdict is Verdict.HARD


def test_a_text_half_in_our_languages_can_be_answered() -> None:
    mixed, foreign = "Wunderbar! We loved the little room with the clocks, danke!", "Schöne Uhren, wir kommen wieder."
    told = assess(mixed, lang="other"), assess(foreign, lang="other")
    assert rule(Context(text=mixed, assessment=told[0])).verdict is Verdict.OK
    assert rule(Context(text=foreign, assessment=told[1])).verdict is Verdict.SOFT


@pytest.mark.parametrize("text", ["", "🦊", "...", "\ud800", "\0", "a" * 20_000])
def test_any_text_has_an_answer(text: str) -> None:
    assert tact().doubt(seen(text, **PIT)).heading in Heading
