"""A file of comments read at once: the answer that `becalm situations` prints."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from threads import START

from inbox.situations.batch import Row, situations

PETITION = "Nous exigeons que le musée rende la fontaine du square et publie le contrat signé avec la banque du port"


def row(number: int, post: str = "p", *, text: str = PETITION, author: str = "", parent: int | None = None) -> Row:
    return Row(
        id=number,
        post=post,
        author=author or f"v{number}",
        at=START + timedelta(minutes=2 * number),
        text=text,
        parent=parent,
    )


def test_a_quiet_post_has_an_empty_answer() -> None:
    (answer,) = situations([row(1, text="Très belle lumière"), row(2, text="On revient dimanche")])
    assert (answer.post, answer.situation, answer.since, answer.waves) == ("p", (), None, ())


def test_no_rows_no_answers() -> None:
    assert situations([]) == []


@given(st.randoms(use_true_random=False))
def test_rows_may_come_unsorted_and_twice(random: Random) -> None:
    rows = [row(i, post=random.choice("ab")) for i in range(14)]
    jumbled = [*rows, *rows[:5]]
    random.shuffle(jumbled)
    assert situations(jumbled) == situations(rows)


def test_ids_come_back_as_they_were_given() -> None:
    (answer,) = situations([row(i) for i in range(10, 18)])
    assert answer.since == 13
    assert answer.waves[0].comments == tuple(range(10, 18))
    assert answer.waves[0].authors == 8


def test_a_wave_that_crosses_posts_has_one_id() -> None:
    first, second = situations([row(i, post="ab"[i % 2]) for i in range(8)])
    assert first.waves[0].id == second.waves[0].id
    assert set(first.waves[0].comments).isdisjoint(second.waves[0].comments)


def test_questions_and_threats_inside_a_wave_are_held_back() -> None:
    rows = [row(i) for i in range(5)]
    rows.append(row(5, text=PETITION + ". À quelle heure ouvre le musée dimanche ?"))
    rows.append(row(6, text=PETITION + ". Je sais où tu habites, on va te crever"))
    (answer,) = situations(rows)
    assert answer.waves[0].held == (5, 6)


def test_times_without_an_offset_are_taken_as_utc() -> None:
    naive = [Row(id=i, post="p", author=f"v{i}", at=START.replace(tzinfo=None), text="bonjour") for i in range(3)]
    aware = [Row(id=i + 3, post="p", author=f"v{i}", at=START, text="bonsoir") for i in range(3)]
    assert len(situations([*naive, *aware])) == 1


def test_the_graver_of_two_situations_gives_since() -> None:
    rows = [row(i) for i in range(5)]
    quarrel = ["Ce n'est pas du bronze", "Si, imbécile", "Pauvre type", "Espèce d'abruti", "Ferme ta gueule", "Connard"]
    rows += [
        row(100 + i, text=text, author="ab"[i % 2], parent=99 + i if i else None) for i, text in enumerate(quarrel)
    ]
    (answer,) = situations(rows)
    assert answer.situation == ("flood", "feud")
    assert answer.since == 3
    assert answer.why.count(";") == 1
