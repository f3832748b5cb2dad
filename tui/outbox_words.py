"""Words for the outbox: what a sending is, how it stands, and how far an act has come; needs no terminal library."""

from collections.abc import Iterable

from inbox.outbox import DeliveryState, Kind
from inbox.progress import Progress
from inbox.tolls import Toll
from tui.i18n import N_, _, ngettext
from tui.phrases import say

TWO_MINUTES = 120
"""Seconds from which a time is said in minutes."""
UNITS = (N_("points"),)
"""What quotas count."""
DELIVERIES = {
    DeliveryState.QUEUED: N_("queued"),
    DeliveryState.SENDING: N_("sending"),
    DeliveryState.SENT: N_("sent"),
    DeliveryState.REJECTED: N_("refused"),
    DeliveryState.UNKNOWN: N_("unknown"),
    DeliveryState.TAKEN_BACK: N_("taken back"),
    DeliveryState.BY_HAND: N_("done by hand"),
    DeliveryState.RETRACTED: N_("deleted since"),
}
KINDS = {
    Kind.REPLY: N_("reply"),
    Kind.NOTICE: N_("notice"),
    Kind.UNPIN: N_("unpin"),
    Kind.THREAD: N_("thread"),
    Kind.HOUSE_COMMENT: N_("house comment"),
    Kind.INVITATION: N_("invitation"),
    Kind.HIDE: N_("hide"),
    Kind.UNHIDE: N_("unhide"),
    Kind.REMOVE: N_("deletion"),
    Kind.SPAM: N_("spam"),
    Kind.DELETE: N_("delete"),
    Kind.EDIT: N_("edit (our own words)"),
    Kind.CLOSE: N_("close the thread"),
    Kind.REOPEN: N_("open the thread again"),
    Kind.BLOCK: N_("person kept away"),
    Kind.UNBLOCK: N_("person let back in"),
}


def how_far(progress: Progress) -> str:
    """Say how far sendings have come, every one of them in one place: "57 of 200 done · 140 wait · 3 refused"."""
    said = [_("{n} of {total} done").format(n=progress.left, total=progress.total)]
    counted = (
        (progress.waiting, ngettext("{n} waits", "{n} wait", progress.waiting)),
        (progress.sending, ngettext("{n} is being sent", "{n} are being sent", progress.sending)),
        (progress.refused, ngettext("{n} refused", "{n} refused", progress.refused)),
        (progress.unknown, ngettext("{n} unknown", "{n} unknown", progress.unknown)),
        (progress.taken_back, ngettext("{n} taken back", "{n} taken back", progress.taken_back)),
    )
    said += [words.format(n=n) for n, words in counted if n]
    return " · ".join(said)


def what_it_sends(progress: Progress) -> str:
    """Name what an act sends: "200 × hide, 10 × invitation"."""
    return ", ".join(f"{n} × {_(KINDS[kind])}" for kind, n in progress.kinds)


def costs(tolls: Iterable[Toll]) -> list[str]:
    """Say what an act costs, account by account: "Bluesky (museum): 36 calls, 24 points, about 12 s, 61 % of its quota left"."""
    return [_cost(toll) for toll in tolls]


def _cost(toll: Toll) -> str:
    said = [ngettext("{n} call", "{n} calls", toll.calls).format(n=toll.calls)]
    said += [f"{toll.units:g} {_(toll.unit)}"] if toll.units else []
    said += [f"{toll.money:.2f} {toll.currency}"] if toll.money else []
    whole = round(toll.seconds)
    time = _("{n} s").format(n=whole) if whole < TWO_MINUTES else _("{n} min").format(n=whole // 60)
    said += [_("about {time}").format(time=time)] if whole else []
    said += [_("behind {n} that wait").format(n=toll.ahead)] if toll.ahead else []
    said += [_("{n} % of its quota left").format(n=round(100 * toll.left))] if toll.left is not None else []
    network = _(toll.network)  # the rehearsal is a word, a platform's own name is the same in every language
    named = network if toll.source == toll.network.lower() else f"{network} ({toll.source})"
    return _("{account}: {words}").format(account=named, words=", ".join(said))


def pause_of(progress: Progress) -> str:
    """Say why what waits waits longer than its countdown, or ""."""
    return say(progress.pause) if progress.pause else ""
