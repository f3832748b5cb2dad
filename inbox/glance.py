"""Glance: what the summary of a desk is made of: sources, posts that are not quiet, what was announced."""

from datetime import datetime

from msgspec import Struct

from inbox.situations.model import Reason, Situation


class SourceHealth(Struct, frozen=True, kw_only=True):
    """How one source is doing.

    Attributes:
        name: the source's name.
        network: its connector.
        state: "starting" (until its first round is over), "ok", "limited", "unreachable", "auth" or "broken".
        last_at: when it last answered well, or None.
        message: what is wrong, or will soon be although the state is "ok"; or "".
        hint: what to do about it, or "".
        heard_at: when its latest comment was written, or None.
        silent: whether it has been quiet for much longer than it usually is.
        budget: the share of the platform's requests that is left, 0 to 1; None where nobody says.
        budget_until: when that begins anew, or None.
        ends_at: when its token ends; None where it does not, or nobody says.
    """

    name: str
    network: str
    state: str
    last_at: datetime | None = None
    message: str = ""
    hint: str = ""
    heard_at: datetime | None = None
    silent: bool = False
    budget: float | None = None
    budget_until: datetime | None = None
    ends_at: datetime | None = None


class PostHeat(Struct, frozen=True, kw_only=True):
    """One post that is not quiet: what goes on there, and simple counts.

    Attributes:
        source: where it stands.
        post_id: which post.
        title: its title.
        open: open comments under it.
        heated: how many of them are heated or critical.
        copies: size of its largest wave.
        people: how many authors wrote the heated ones and copies.
        since: when the situation was called; without one, when the first of them came.
        situations: what goes on there, gravest first; empty when only the counts speak.
        reason: why the gravest was called, for the interface to phrase.
    """

    source: str
    post_id: str
    title: str
    open: int
    heated: int
    copies: int
    people: int
    since: datetime
    situations: tuple[Situation, ...] = ()
    reason: Reason | None = None


class Announcement(Struct, frozen=True, kw_only=True):
    """A situation that began or ended, to be said once.

    Attributes:
        number: how many were announced before it, on this desk.
        situation: which.
        title: the post's title.
        ended: whether it ended.
        at: when it was announced.
    """

    number: int
    situation: Situation
    title: str
    ended: bool
    at: datetime
