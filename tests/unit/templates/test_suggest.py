"""What is offered under a comment, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.templates import (
    NO_REPLY,
    Context,
    Facts,
    Kind,
    Library,
    Suggestion,
    Template,
    Use,
    load,
    may_send_joke,
    suggest,
)
from inbox.templates.facts import examples
from inbox.templates.lengths import excess
from inbox.templates.render import render
from inbox.templates.topics import TOPICS, topics
from scoring import assess

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
LIBRARY = load()


def offered(text: str, *, library: Library = LIBRARY, facts: Facts | None = None, **known: object) -> Suggestion:
    context = Context(text=text, assessment=assess(text), **known)  # type: ignore[arg-type]  # test helper
    return suggest(context, library, facts or examples())


def kinds(suggestion: Suggestion) -> list[Kind]:
    return [LIBRARY.templates[i].kind for i in suggestion.ids if i != NO_REPLY]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Bonjour, à quelle heure ouvrez-vous dimanche ?", "hours.fr"),
        ("Peut-on venir en fauteuil roulant ?", "access.fr"),
        ("J'ai oublié mon écharpe hier, l'avez-vous ?", "lost-property.fr"),
        ("Les textes sont-ils traduits en anglais ?", "translation.fr"),
        ("How much is it for students?", "price.en"),
        ("Can I take photos inside?", "photos.en"),
        ("Where can we leave our bags?", "bags.en"),
        ("Until when is the exhibition on?", "dates.en"),
    ],
)
def test_a_question_gets_its_fact_first(text: str, first: str) -> None:
    assert offered(text).ids[0] == first


def test_every_plain_answer_can_be_reached_by_its_topic() -> None:
    assert {tag for t in LIBRARY.of(Kind.PLAIN) for tag in t.tags} == TOPICS


def test_a_grumble_without_a_question_gets_no_opening_hours() -> None:
    assert Kind.PLAIN not in kinds(offered("Votre façade est affreuse, on dirait une heure de fermeture."))


def test_a_provoker_is_first_of_all_not_answered() -> None:
    assert offered("Encore une croûte. Bravo les artistes.", provoker=True).ids[0] == NO_REPLY


def test_a_provoker_with_a_real_question_gets_its_fact_first() -> None:
    assert offered("Et vous ouvrez à quelle heure, vos croûtes ?", provoker=True).ids[0] == "hours.fr"


def test_silence_is_always_among_the_offers() -> None:
    assert offered("Une théière !").ids[-1] == NO_REPLY


def test_all_24_jokes_are_offered_where_a_joke_is_welcome() -> None:
    assert kinds(offered("Une théière, vraiment.")).count(Kind.OFFBEAT) == 24


def test_no_joke_is_offered_beside_a_coffin() -> None:
    suggestion = offered("Ma grand-mère nous a quittés, elle aimait ce tableau.")
    assert Kind.OFFBEAT not in kinds(suggestion)
    assert suggestion.ids[0] == "condolences.fr"
    assert suggestion.needs_second_person


def test_under_a_threat_silence_comes_first() -> None:
    assert offered("We know where she lives, tell her to watch her back.").ids[0] == NO_REPLY


def test_the_same_joke_is_never_offered_twice_in_a_thread() -> None:
    uses: tuple[Use, ...] = ()
    seen: list[str] = []
    for visitor in range(24):
        context_free = offered("Une théière.", thread="t", author=f"a{visitor}", uses=uses, at=NOON)
        joke = next(i for i in context_free.ids if i != NO_REPLY)
        seen.append(joke)
        uses = (*uses, Use(template=joke, thread="t", author=f"a{visitor}", at=NOON))
    assert len(set(seen)) == 24
    assert offered("Une théière.", thread="t", author="z", uses=uses, at=NOON).ids == (NO_REPLY,)


def test_a_joke_used_elsewhere_comes_after_the_fresh_ones() -> None:
    first = offered("Une théière.", thread="t1").ids[0]
    uses = (Use(template=first, thread="t0", author="x", at=NOON - timedelta(days=2)),)
    later = offered("Une théière.", thread="t1", uses=uses, at=NOON)
    assert later.ids.index(first) > len(later.ids) // 2


def test_a_joke_is_told_three_times_a_day_at_most() -> None:
    first = offered("Une théière.", at=NOON).ids[0]
    uses = tuple(Use(template=first, thread=f"t{i}", author=f"a{i}", at=NOON) for i in range(3))
    assert first not in offered("Une théière.", thread="t9", uses=uses, at=NOON).ids
    assert first in offered("Une théière.", thread="t9", uses=uses, at=NOON + timedelta(days=1)).ids


def test_facts_are_not_rationed_and_change_their_wording_first() -> None:
    uses: tuple[Use, ...] = (Use(template="hours.fr", thread="t", author="a", at=NOON, joke=False),)
    asked = "Vous ouvrez à quelle heure ?"
    assert offered(asked, thread="t", author="b", uses=uses, at=NOON).repeats == ()
    uses += (Use(template="hours.fr", thread="t", author="b", at=NOON, variant=1, joke=False),)
    again = offered(asked, thread="t", author="c", uses=uses, at=NOON)
    assert again.repeats == ("hours.fr",)
    assert "hours.fr" in again.ids


def test_a_joke_whose_object_the_text_names_comes_first() -> None:
    assert offered("Un enfant de cinq ans aurait pu le faire.").ids[0] == "cinq-ans.fr"


def test_what_the_facts_fill_comes_before_what_has_a_hole() -> None:
    facts = Facts({"": {"hours": "10 h - 18 h"}})
    first = next(i for i in offered("Une théière.", facts=facts).ids)
    assert render(LIBRARY.templates[first], facts).ready


def test_nothing_too_long_for_the_platform_is_offered() -> None:
    for id_ in offered("Where is the entrance for wheelchairs?", platform="x").ids:
        if id_ != NO_REPLY:
            assert excess(render(LIBRARY.templates[id_], examples()).text, "x") == 0


def joke(**fields: object) -> Library:
    body = {"id": "x.en", "kind": Kind.OFFBEAT, "language": "en", "body": "Come in.", **fields}
    return Library({"x.en": Template(**body)})  # type: ignore[arg-type]  # test helper


def test_a_text_is_not_offered_after_its_last_day() -> None:
    library = joke(expires=NOON.date())
    assert "x.en" in offered("A teapot.", library=library, at=NOON).ids
    assert "x.en" not in offered("A teapot.", library=library, at=NOON + timedelta(days=1)).ids


def test_a_text_is_offered_only_on_the_networks_it_is_written_for() -> None:
    library = joke(networks=("mastodon",))
    assert "x.en" in offered("A teapot.", library=library, platform="mastodon").ids
    assert "x.en" not in offered("A teapot.", library=library, platform="facebook").ids


def test_a_text_is_never_offered_under_a_theme_it_avoids() -> None:
    library = joke(avoid=("Childhood",))
    asked = {"post_text": "Tickets and queue times.", "library": library}
    assert "x.en" in offered("Nice tea in the cafe.", themes=("war",), **asked).ids  # type: ignore[arg-type]  # the same
    assert "x.en" not in offered("Nice tea in the cafe.", themes=("stolen childhood",), **asked).ids  # type: ignore[arg-type]  # the same


@given(st.text(max_size=200), st.sampled_from(["", "x", "mastodon"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_text_gets_offers_each_once_with_silence_among_them(text: str, platform: str, provoker: bool) -> None:
    suggestion = offered(text, platform=platform, provoker=provoker)
    assert NO_REPLY in suggestion.ids
    assert len(set(suggestion.ids)) == len(suggestion.ids)
    assert (suggestion.reason is None) is (suggestion.verdict == "ok")
    assert suggestion.verdict != "hard" or Kind.OFFBEAT not in kinds(suggestion)
    assert suggestion.verdict != "soft" or kinds(suggestion)[:1] != [Kind.OFFBEAT]


def test_a_feud_is_offered_an_appeal() -> None:
    assert Kind.APPEAL in kinds(offered("Vous n'y connaissez rien aux épées.", situations=("feud",)))


def test_the_answer_s_language_can_be_chosen() -> None:
    ids = offered("Une théière.", language="en").ids
    assert all(i.endswith(".en") for i in ids if i != NO_REPLY)


def test_a_suggestion_is_the_same_every_time() -> None:
    assert offered("Une théière.", thread="t", author="a") == offered("Une théière.", thread="t", author="a")


def test_a_joke_goes_to_one_person_at_a_time_and_facts_to_anybody() -> None:
    joke, fact = LIBRARY.templates["le-clou.fr"], LIBRARY.templates["hours.fr"]
    assert may_send_joke(joke, ["a"])
    assert not may_send_joke(joke, ["a", "b"])
    assert may_send_joke(fact, ["a", "b"])


def test_topics_are_listed_most_specific_first() -> None:
    assert topics("Is the lift working and what time do you open?") == ("access", "hours")
