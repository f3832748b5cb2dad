"""Times as people type them."""

from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.when import WhenError, moment

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 20, 14, 5, tzinfo=PARIS)  # a Friday


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("18:30", "2026-11-20T18:30"),
        ("18h30", "2026-11-20T18:30"),
        ("à 18 h", "2026-11-20T18:00"),
        ("6 pm", "2026-11-20T18:00"),
        ("at 6:15 pm", "2026-11-20T18:15"),
        ("9:00", "2026-11-21T09:00"),
        ("12 am", "2026-11-21T00:00"),
        ("Demain 9h", "2026-11-21T09:00"),
        ("tomorrow 9:00", "2026-11-21T09:00"),
        ("lundi 10h", "2026-11-23T10:00"),
        ("fri 10:00", "2026-11-27T10:00"),
        ("2026-12-01 9:00", "2026-12-01T09:00"),
        ("+2h", "2026-11-20T16:05"),
        ("in 30 min", "2026-11-20T14:35"),
        ("dans 3 jours", "2026-11-23T14:05"),
    ],
)
def test_a_time_is_read_as_it_is_typed(words: str, then: str) -> None:
    assert moment(words, NOW) == datetime.fromisoformat(then).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    "words", ["", "soon", "25:00", "9:75", "today 9:00", "2026-02-30 9:00", "+0h", "demain", "+999999999999d"]
)
def test_what_is_no_time_ahead_says_so(words: str) -> None:
    with pytest.raises(WhenError):
        moment(words, NOW)


def test_tomorrow_at_nine_is_nine_o_clock_whatever_the_clocks_do_that_night() -> None:
    eve = datetime(2026, 10, 24, 20, 0, tzinfo=PARIS)
    found = moment("tomorrow 9:00", eve)
    assert (found.hour, found.utcoffset()) == (9, timedelta(hours=1))


@given(st.text(max_size=20), st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001 - given its zone below
def test_whatever_is_typed_is_ahead_or_refused(words: str, now: datetime) -> None:
    aware = now.replace(tzinfo=PARIS)
    with suppress(WhenError):
        assert moment(words, aware) > aware
