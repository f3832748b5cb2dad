"""Telling: situations, their reasons and what was done about them, in words of the interface; needs no terminal library."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from msgspec import structs

from inbox.chronicle import Deed, Did
from inbox.outbox import Kind
from inbox.situations.model import Reason
from inbox.situations.reasons import PATTERNS, TARGETS
from tui.i18n import N_, _, ngettext

SITUATIONS = {"flood": N_("FLOOD"), "feud": N_("FEUD"), "lone_troll": N_("LONE TROLL")}
"""What goes on under a post, in a word that stands out; it names the thread's state, never a person."""
EXCERPT = 80
"""Characters shown of our own words."""

_SENDINGS = {
    Kind.REPLY: N_("reply"),
    Kind.NOTICE: N_("notice"),
    Kind.UNPIN: N_("notice taken down"),
    Kind.THREAD: N_("thread"),
    Kind.HOUSE_COMMENT: N_("house comment"),
    Kind.INVITATION: N_("invitation"),
    Kind.HIDE: N_("hide"),
    Kind.UNHIDE: N_("show again"),
    Kind.DELETE: N_("delete"),
    Kind.EDIT: N_("edit (our own words)"),
    Kind.CLOSE: N_("close the thread"),
    Kind.REOPEN: N_("open the thread again"),
    Kind.BLOCK: N_("person kept away"),
    Kind.UNBLOCK: N_("person let back in"),
}
_PLAIN = {
    Did.DANGER: N_("suspected danger first seen"),
    Did.NOTED: N_("note left for colleagues"),
    Did.CAPTURED: N_("kept as evidence"),
    Did.SUSPECTED: N_("suspected of being unlawful"),
    Did.CLEARED: N_("not suspected after all"),
    Did.SUBMITTED: N_("submitted to a second pair of eyes"),
    Did.APPROVED: N_("approved"),
    Did.SENT_BACK: N_("sent back, or withdrawn"),
    Did.HIDDEN: N_("hidden from the public"),
    Did.SHOWN: N_("shown to the public again"),
    Did.HELD: N_("everything held back"),
    Did.LET_GO: N_("what was held back may leave"),
    Did.CRISIS_ON: N_("crisis mode on"),
    Did.CRISIS_OFF: N_("crisis mode off"),
}
_SENT = {
    Did.DECIDED: N_("{what} decided"),
    Did.SENT: N_("{what} sent"),
    Did.REJECTED: N_("{what} refused by the platform"),
    Did.UNKNOWN: N_("{what}: nobody knows whether it left"),
}


def reason_words(reason: Reason) -> str:
    """Say why a situation was called, in numbers: no names, no texts."""
    facts = structs.asdict(reason) | {"target": _(TARGETS[reason.target])}
    return _(PATTERNS[reason.code]).format(**facts)


def sending_word(kind: Kind) -> str:
    """Name what a sending does."""
    return _(_SENDINGS[kind])


def did_word(did: str, count: int) -> str:
    """Name a part of an act, a kind of sending or what was done to comments, with how many."""
    if did in set(Kind):
        return f"{_(_SENDINGS[Kind(did)])} ({count})" if count > 1 else _(_SENDINGS[Kind(did)])
    return _counted(Did(did), count)


def deed_words(deed: Deed, *, texts: bool = True) -> str:
    """Say what happened in one line, without who did it.

    Args:
        deed: what happened.
        texts: whether our own words, and what a platform answered, are quoted.
    """
    said = _said(deed)
    if deed.held:
        left = ngettext("{n} danger or question left open", "{n} dangers or questions left open", deed.held)
        said += f" · {left.format(n=deed.held)}"
    if deed.text and texts:
        text = " ".join(deed.text.split())
        said = after_colon(said, text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…")
    return said


def _said(deed: Deed) -> str:
    if deed.situation is not None:
        name = _(SITUATIONS[deed.situation])
        if deed.did is Did.ENDED:
            return _("{situation} over").format(situation=name)
        called = _("{situation} called").format(situation=name)
        return after_colon(called, reason_words(deed.reason)) if deed.reason else called
    if deed.kind is not None:
        pattern = _("{what} done by hand") if deed.by_hand else _(_SENT[deed.did])
        return pattern.format(what=sending_word(deed.kind))
    return _counted(deed.did, len(deed.keys))


_COUNTED: dict[Did, Callable[[int], str]] = {
    Did.CLAIMED: lambda n: ngettext("hand on {n} comment", "hand on {n} comments", n),
    Did.RELEASED: lambda n: ngettext("hand off {n} comment", "hand off {n} comments", n),
    Did.DONE: lambda n: ngettext("{n} comment done", "{n} comments done", n),
    Did.REOPENED: lambda n: ngettext("{n} comment reopened", "{n} comments reopened", n),
    Did.SNOOZED: lambda n: ngettext("{n} comment put off", "{n} comments put off", n),
    Did.ESCALATED: lambda n: ngettext("{n} comment passed on", "{n} comments passed on", n),
    Did.FOLLOWED: lambda n: ngettext("{n} late copy followed its wave", "{n} late copies followed their wave", n),
    Did.CORRECTED: lambda n: ngettext("level of {n} comment corrected", "level of {n} comments corrected", n),
    Did.UNDONE: lambda n: ngettext("taken back for {n} comment", "taken back for {n} comments", n),
    Did.GONE: lambda n: ngettext("{n} comment gone from the platform", "{n} comments gone from the platform", n),
}


def _counted(did: Did, count: int) -> str:
    return _COUNTED[did](count).format(n=count) if did in _COUNTED else _(_PLAIN[did])


def after_colon(subject: str, said: str) -> str:
    """Write "subject: said" as the interface's language spaces it; just `said` without a subject."""
    return _("{subject}: {said}").format(subject=subject, said=said) if subject else said


def duration(seconds: float) -> str:
    """Say how long something took, to two units: "42 s", "3 min 20 s", "2 h 5 min", "3 d 4 h"."""
    whole = max(0, round(seconds))
    parts = [(whole // 86_400, _("{n} d")), (whole // 3600 % 24, _("{n} h")), (whole // 60 % 60, _("{n} min"))]
    parts.append((whole % 60, _("{n} s")))
    first = next((i for i, (n, _word) in enumerate(parts) if n), len(parts) - 1)
    return " ".join(word.format(n=n) for n, word in parts[first : first + 2] if n or first == len(parts) - 1)


def span(length: timedelta) -> str:
    """Say how long a stretch of time is."""
    return duration(length.total_seconds())


class Names:
    """People's names as they are, or letters in their place, the same person always the same letter."""

    def __init__(self, *, hidden: bool, words: Mapping[str, str] | None = None) -> None:
        """Show names, or hide them; `words` begins with what some are called."""
        self._hidden = hidden
        self._given = dict(words or {})

    def __call__(self, name: str) -> str:
        """Return what a person is called here; "" stays "", it is nobody."""
        if not name or not self._hidden:
            return name
        if name not in self._given:
            self._given[name] = _("colleague {letter}").format(letter=_letters(len(self._given)))
        return self._given[name]


def _letters(number: int) -> str:
    letters = ""
    while True:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
        if number < 0:
            return letters
