"""The report as one table for a spreadsheet: a row for each figure, hour, response time, act and event."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import TextIO

from inbox.barometer import reading
from inbox.retrospect import Retrospect, Times
from scoring.assessment import RiskLevel
from tui.cli._escape import cell
from tui.cli._past import Past
from tui.telling import Names, deed_words

COLUMNS = (
    "part", "at", "name", "who", "post", "count", "calm", "tense", "heated", "critical", "level",
    "met", "median_s", "worst_s", "waiting_s", "left_open", "after_calm", "after_tense", "after_heated",
    "after_critical", "after_level", "note",
)  # fmt: skip
Row = dict[str, object]


def write(found: Retrospect, past: Past, names: Names, to: TextIO, *, texts: bool) -> None:
    """Write every row; column names and the words of `part` and `name` stay English, whoever reads."""
    if hasattr(to, "reconfigure"):
        to.reconfigure(newline="")  # RFC 4180 wants its own line ends
    writer = csv.DictWriter(to, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(found, past, names, texts=texts):
        writer.writerow({name: cell(value) for name, value in row.items()})


def _rows(found: Retrospect, past: Past, names: Names, *, texts: bool) -> Iterator[Row]:
    for name in ("comments", "people", "waves", "copies", "closed", "open_questions"):
        yield {"part": "figure", "name": name, "count": getattr(found, name)}
    for post, count in found.posts:
        yield {"part": "post", "name": past.title(post), "post": post, "count": count}
    for hour in found.hours:
        yield {"part": "hour", "at": _iso(hour.start), "level": hour.level.label, "count": sum(hour.counts)} | _levels(
            hour.counts
        )
    for level in RiskLevel:
        yield _times(level.label, found.touched[level])
    yield _times("danger", found.dangers)
    yield _times("question", found.answers)
    for act in found.acts:
        yield (
            {
                "part": "act",
                "at": _iso(act.at),
                "name": "+".join(did for did, _ in act.did),
                "who": names(act.by),
                "count": sum(n for _, n in act.did),
                "left_open": act.held,
                "level": reading(act.before).label,
                "after_level": reading(act.after).label,
                "note": "" if act.complete else "the hour after is not over",
            }
            | _levels(act.before)
            | {f"after_{name}": n for name, n in _levels(act.after).items()}
        )
    for deed in found.timeline:
        yield {
            "part": "event",
            "at": _iso(deed.at),
            "name": str(deed.kind or deed.situation or deed.did),
            "who": names(deed.by),
            "post": ";".join(deed.posts[:3]),
            "count": len(deed.keys),
            "left_open": deed.held,
            "note": deed_words(deed, texts=texts),
        }


def _levels(counts: tuple[int, ...]) -> Row:
    return {level.label: counts[level] for level in RiskLevel}


def _times(name: str, times: Times) -> Row:
    return {
        "part": "response",
        "name": name,
        "count": times.cases,
        "met": times.met,
        "median_s": _rounded(times.median),
        "worst_s": _rounded(times.worst),
        "waiting_s": _rounded(times.waiting),
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
