from datetime import UTC, datetime, timedelta

from inbox.situations.waves import Waves

START = datetime(2031, 5, 4, 12, tzinfo=UTC)
PROTEST = "Nous demandons à la maison de décrocher cette installation avant dimanche et de publier enfin les comptes du mécénat"


def test_an_edited_copy_joins_the_wave_of_the_first() -> None:
    waves = Waves(capacity=100)
    assert waves.add("a", PROTEST, "ana", START) is None
    wave = waves.add("b", "Une amie m'a transmis ceci : " + PROTEST.upper() + " !!! #comptes", "bo", START)
    assert wave is not None
    assert [m.key for m in waves.members(wave)] == ["a", "b"]
    assert waves.wave_of("a") == wave


def test_short_thanks_never_make_a_wave() -> None:
    waves = Waves(capacity=100)
    assert {waves.add(str(i), "Bravo et merci à toutes", str(i), START) for i in range(20)} == {None}


def test_authors_count_once_and_only_within_the_window() -> None:
    waves = Waves(capacity=100)
    for i, author in enumerate(["ana", "bo", "ana", "cy"]):
        wave = waves.add(str(i), PROTEST, author, START + timedelta(hours=i))
    assert wave is not None
    assert waves.authors(wave) == 3
    assert waves.authors(wave, since=START + timedelta(hours=2)) == 2


def test_the_same_comment_twice_counts_once() -> None:
    waves = Waves(capacity=100)
    waves.add("a", PROTEST, "ana", START)
    assert waves.add("a", PROTEST, "ana", START) is None
