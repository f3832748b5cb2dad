"""When: a time as people type it, in French or in English, into a moment that lies ahead."""

import re
from datetime import datetime, timedelta

_UNITS = {"min": 60, "m": 60, "h": 3600, "d": 86400, "j": 86400}
_AFTER = re.compile(r"(?:\+|in |dans )\s*(\d+)\s*(min|m|h|d|j)\w*")
_CLOCK = re.compile(r"(?:(?:at|à|a)\s+)?(\d{1,2})\s*(?::|h)\s*(\d{2})?\s*(am|pm)?|(?:at\s+)?(\d{1,2})\s*(am|pm)")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAYS = {"today": 0, "aujourd'hui": 0, "tonight": 0, "ce soir": 0, "tomorrow": 1, "demain": 1}
_WEEK = (
    ("monday", "lundi"),
    ("tuesday", "mardi"),
    ("wednesday", "mercredi"),
    ("thursday", "jeudi"),
    ("friday", "vendredi"),
    ("saturday", "samedi"),
    ("sunday", "dimanche"),
)
SHORTEST_NAME = 3
"""Letters of a weekday that tell it from the others."""


class WhenError(Exception):
    """A time that is not understood, or does not lie ahead; the message is an English sentence."""


def moment(words: str, now: datetime) -> datetime:
    """Read a time: "18:30", "18h30", "6 pm", "tomorrow 9:00", "demain 9h", "lundi 10h", "+2h", "in 3 d", "2026-12-01 9:00".

    Args:
        words: as typed; a time without a day is the next one that comes.
        now: the present moment, aware; its zone is the one that clock times are meant in.

    Raises:
        WhenError: it is not understood, or lies behind us.
    """
    text = " ".join(words.casefold().replace("’", "'").split())
    after = _AFTER.fullmatch(text)
    if after is not None:
        return _ahead(now, int(after[1]) * _UNITS[after[2]])
    day, rest = _day(text, now)
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        raise WhenError("a time is written like 18:30, tomorrow 9:00, monday 10:00, +2h or 2026-12-01 9:00")
    hour, minute = int(clock[1] or clock[4]), int(clock[2] or 0)
    half = clock[3] or clock[5]
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        found = _local(day or now, hour, minute)
    except ValueError:
        raise WhenError("there is no such time of day") from None
    if day is None and found <= now:
        found = _local(now + timedelta(days=1), hour, minute)
    if found <= now:
        raise WhenError("this time lies behind us")
    return found


def _ahead(now: datetime, seconds: int) -> datetime:
    if not seconds:
        raise WhenError("this time lies behind us")
    try:
        return now + timedelta(seconds=seconds)
    except OverflowError:
        raise WhenError("this time is too far ahead") from None


def _local(day: datetime, hour: int, minute: int) -> datetime:
    """Return a time of day where `day` is told; a named zone decides its own summer time."""
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _day(text: str, now: datetime) -> tuple[datetime | None, str]:
    """Take the day off the front of a text."""
    date = _DATE.match(text)
    if date is not None:
        try:
            day = now.replace(year=int(date[1]), month=int(date[2]), day=int(date[3]))
        except ValueError:
            raise WhenError("there is no such day") from None
        return day, text[date.end() :].strip()
    for name, days in _DAYS.items():
        if text.startswith(name):
            return now + timedelta(days=days), text[len(name) :].strip()
    word, _space, rest = text.partition(" ")
    for number, names in enumerate(_WEEK):
        if len(word) >= SHORTEST_NAME and any(name.startswith(word) for name in names):
            return now + timedelta(days=(number - now.weekday() - 1) % 7 + 1), rest
    return None, text
