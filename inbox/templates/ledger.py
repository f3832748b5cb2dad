"""The ledger: which texts were used where, towards whom and when; reads past uses, keeps nothing itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from inbox.templates.template import Template

MEMORY = timedelta(days=30)
"""How long a joke told to somebody counts against the next one."""


class Use(Struct, frozen=True):
    """One text that left.

    Attributes:
        template: its template's id.
        thread: where, by the thread's key; "" when unknown.
        author: to whom, by the author's key; "" when to nobody in particular.
        at: when, aware.
        variant: which wording.
        joke: whether it was an offbeat reply.
    """

    template: str
    thread: str
    author: str
    at: datetime
    variant: int = 0
    joke: bool = True


def joked_with(uses: Iterable[Use], author: str, at: datetime | None) -> bool:
    """Tell whether a person was answered with a joke in the 30 days before `at` (None: ever)."""
    return bool(author) and any(u.joke and u.author == author and (at is None or u.at > at - MEMORY) for u in uses)


def _same_day(use: Use, at: datetime | None) -> bool:
    return at is not None and use.at.astimezone(at.tzinfo).date() == at.date()


def spent(template: Template, uses: Sequence[Use], *, thread: str, author: str, at: datetime | None) -> str:
    """Say which ration of a template is used up: "thread", "day" or "author"; "" when it may be used.

    A day is the calendar day of `at` in its own time zone; without `at` the day is not counted. Versions in the other
    language count as the same text.
    """
    mine = [u for u in uses if u.template.rsplit(".", 1)[0] == template.stem]
    if template.per_thread and thread and sum(u.thread == thread for u in mine) >= template.per_thread:
        return "thread"
    if template.per_day and sum(_same_day(u, at) for u in mine) >= template.per_day:
        return "day"
    if template.per_author and author and sum(u.author == author for u in mine) >= template.per_author:
        return "author"
    return ""


def next_variant(template: Template, uses: Iterable[Use], thread: str) -> int | None:
    """Choose the first wording a thread has not read yet; None when it has read them all."""
    read = {u.variant % len(template.bodies) for u in uses if u.template == template.id and u.thread == thread}
    return next((v for v in range(len(template.bodies)) if v not in read), None)


def last_used(template: Template, uses: Iterable[Use]) -> datetime | None:
    """Return when a template was last used anywhere, or None."""
    return max((u.at for u in uses if u.template == template.id), default=None)


def may_send_joke(template: Template, recipients: Sequence[str]) -> bool:
    """Tell whether a text may go to these people at once: a joke is told to one person at a time."""
    return not template.is_joke or len(set(recipients)) <= 1
