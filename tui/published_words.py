"""Words for what the house published: how notices and threads stand, and where; needs no terminal library."""

from inbox.published import NoticeState, ThreadState, Where
from tui.i18n import N_

NOTICE_STATES = {
    NoticeState.PLANNED: N_("about to leave"),
    NoticeState.PINNED: N_("up"),
    NoticeState.PUBLISHED: N_("up, not pinned"),
    NoticeState.EXPIRED: N_("past its time"),
    NoticeState.ENDING: N_("coming down"),
    NoticeState.ENDED: N_("taken down"),
    NoticeState.REPLACED: N_("replaced"),
    NoticeState.FAILED: N_("refused"),
    NoticeState.UNKNOWN: N_("unknown"),
    NoticeState.TAKEN_BACK: N_("taken back"),
}
THREAD_STATES = {
    ThreadState.PLANNED: N_("about to leave"),
    ThreadState.OPEN: N_("open"),
    ThreadState.CLOSING: N_("closing"),
    ThreadState.CLOSED: N_("closed"),
    ThreadState.ARCHIVED: N_("archived"),
    ThreadState.FAILED: N_("refused"),
    ThreadState.UNKNOWN: N_("unknown"),
    ThreadState.TAKEN_BACK: N_("taken back"),
}
WHERE = {
    Where.THREAD: N_("pinned under the post"),
    Where.PROFILE: N_("pinned to the profile"),
    Where.SITE: N_("a post kept first"),
    Where.COMMENT: N_("our own comment under the post, not pinned"),
    Where.NOWHERE: N_("published, not pinned"),
    Where.HAND: N_("by hand"),
}
