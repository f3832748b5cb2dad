"""Words for the outbox: what a sending is, how it stands, and how far an act has come; needs no terminal library."""

from inbox.outbox import DeliveryState, Kind
from inbox.progress import Progress
from tui.i18n import N_, _, ngettext
from tui.phrases import say

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
    Kind.DELETE: N_("delete"),
    Kind.EDIT: N_("edit (our own words)"),
    Kind.CLOSE: N_("close the thread"),
    Kind.REOPEN: N_("open the thread again"),
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


def pause_of(progress: Progress) -> str:
    """Say why what waits waits longer than its countdown, or ""."""
    return say(progress.pause) if progress.pause else ""
