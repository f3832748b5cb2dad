"""The status file: the desk in a few hundred bytes that `becalm status` reads without an engine or a store."""

import json
import os

from inbox.paths import write_private

TYPE_CHECKING = False  # the typing module alone would cost a quarter of `becalm status`
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from inbox.desk import Summary

VERSION = 1
STATUS_FILE = "status.json"
STALE = 60.0
"""Seconds after which the status of a running engine is no longer to be trusted; it writes every few."""


# -- the engine's side -----------------------------------------------------------------------------


def _seconds(moment: "datetime | None") -> float | None:
    """Seconds since the epoch: what a reader without the datetime module can count with."""
    return None if moment is None else round(moment.timestamp(), 1)


def snapshot(summary: "Summary", now: "datetime") -> "dict[str, Any]":
    """Put a summary into plain values; moments are seconds since the epoch."""
    return {
        "v": VERSION,
        "at": _seconds(now),
        "desk": summary.desk,
        "operator": summary.operator,
        "rehearsal": summary.rehearsal,
        "open": dict(zip(("calm", "tense", "heated", "critical"), summary.open_by_level, strict=True)),
        "total": summary.total,
        "questions": summary.questions,
        "oldest_question": _seconds(summary.oldest_question),
        "per_hour": summary.per_hour,
        "posts": [
            {
                "source": post.source,
                "post": post.post_id,
                "title": post.title,
                "open": post.open,
                "heated": post.heated,
                "copies": post.copies,
                "people": post.people,
                "since": _seconds(post.since),
                "situations": [str(situation) for situation in post.situations],
            }
            for post in summary.hottest
        ],
        "barometer": [
            {
                "exhibition": gauge.exhibition,
                "level": gauge.level.label,
                "comments": gauge.comments,
                "trend": [level.label for level in gauge.trend],
            }
            for gauge in summary.barometer
        ],
        "crisis": {
            "on": summary.crisis.on,
            "by": summary.crisis.by,
            "until": _seconds(summary.crisis.until),
            "advice": str(summary.crisis.advice),
        },
        "outbox": {
            "pending": summary.outbox_pending,
            "unknown": summary.outbox_unknown,
            "rejected": summary.outbox_rejected,
            "next_due": _seconds(summary.next_due),
            "held_by": summary.held_by,
        },
        "silent_threads": len(summary.silent_threads),
        "hands": list(summary.hands),
        "watch": summary.watch,
        "watch_since": _seconds(summary.watch_since),
        "handover": summary.handover,
        "oldest_danger": _seconds(summary.oldest_danger),
        "sources": [
            {
                "name": source.name,
                "platform": source.network,
                "state": source.state,
                "last_at": _seconds(source.last_at),
                "message": source.message,
                "heard_at": _seconds(source.heard_at),
                "silent": source.silent,
                "budget": source.budget,
                "budget_until": _seconds(source.budget_until),
                "ends_at": _seconds(source.ends_at),
            }
            for source in summary.sources
        ],
        "storage": summary.storage,
        "retention": {
            "forgotten": summary.retention.forgotten,
            "by_source": summary.retention.counts,
            "last": _seconds(summary.retention.last),
            "begins": _seconds(summary.retention.begins),
            "waiting": summary.retention.waiting,
        },
    }


def write_status(folder: str, summary: "Summary", now: "datetime") -> None:
    """Replace the status file of the desk in `folder`.

    Raises:
        OSError: it cannot be written; the old one is untouched.
    """
    data = json.dumps(snapshot(summary, now), ensure_ascii=False, separators=(",", ":"))
    write_private(os.path.join(folder, STATUS_FILE), data.encode("utf-8", "replace"), durable=False)


# -- the reader's side -----------------------------------------------------------------------------


def read_status(folder: str) -> "dict[str, Any] | None":
    """Return the last status that was written, or None where no engine ever ran.

    Raises:
        ValueError: the file is not a status file of this version.
    """
    try:
        with open(os.path.join(folder, STATUS_FILE), "rb") as file:
            data = json.loads(file.read())
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not isinstance(data, dict) or data.get("v") != VERSION or not isinstance(data.get("at"), (int, float)):
        raise ValueError("not a status file of this version")
    return data
