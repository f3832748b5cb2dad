"""Words about approvals: why something waits, how a word was given, and the same to copy out; needs no terminal library."""

import re
from datetime import datetime, timedelta

from inbox.approval import Approval, Given, How, Pending, Stand, Why
from tui.i18n import N_, _
from tui.phrases import say

WHYS = {
    Why.HOUSE: N_("the house wants two to see it"),
    Why.CRISIS: N_("crisis mode is on"),
    Why.TEMPLATE: N_("its template asks for it"),
    Why.JOKE: N_("a joke against the gate"),
}
STANDS = {
    Stand.WAITING: N_("waits"),
    Stand.APPROVED: N_("approved"),
    Stand.SENT_BACK: N_("sent back"),
    Stand.WITHDRAWN: N_("withdrawn"),
    Stand.TAKEN_BACK: N_("taken back"),
}
WHATS = {
    "reply": N_("reply"),
    "notice": N_("notice"),
    "thread": N_("thread"),
    "hide": N_("hide"),
    "block": N_("block"),
    "play": N_("play"),
    "edit_own": N_("edit"),
    "close_thread": N_("last word in a thread"),
}
FIELDS = {
    "title": N_("title"),
    "text": N_("text"),
    "words": N_("text"),
    "house_comment": N_("house comment"),
    "invitation": N_("invitation"),
    "reason": N_("reason"),
}
HOWS = {
    How.PHONE: N_("by phone"),
    How.MAIL: N_("by mail"),
    How.PERSON: N_("in person"),
}
_SAID = {
    How.PHONE: {"phone", "telephone", "téléphone", "tel", "tél"},
    How.MAIL: {"mail", "email", "e-mail", "courriel", "mél", "sms"},
    How.PERSON: {"person", "personne", "voix", "oral", "voice"},
}
_CLOCK = re.compile(r"(\d{1,2})[:h](\d{2})")


def approved_by(word: Approval) -> str:
    """Say whose word it was and how it was given: "approved by Claire by phone, 21:40 (noted by marta)"."""
    at = f"{word.at.astimezone():%H:%M}"
    if word.how is How.ALONE:
        return _("{who} was alone, {at}: {why}").format(who=word.by, at=at, why=word.note)
    if word.how is How.HERE:
        return _("approved by {who}, {at}").format(who=word.by, at=at)
    words = _("approved by {who} {how}, {at} (noted by {by})")
    return words.format(who=word.by, how=_(HOWS[word.how]), at=at, by=word.noted_by)


def label(field: str) -> str:
    """Name a text of a submission, with the colon of the interface's language."""
    return _("{field}: {value}").format(field=_(FIELDS[field]), value="").rstrip(" ")


def whys(pending: Pending) -> str:
    """Say why it waits; of a joke against the gate also what the gate and its author say."""
    submission = pending.submission
    said = [_(WHYS[why]) for why in submission.why]
    if submission.heading:
        said.append(say(submission.heading))
    if submission.reason:
        said.append(_("“{words}”").format(words=submission.reason))
    return " · ".join(said)


def word_given(typed: str, now: datetime) -> Given:
    """Read "Claire, phone, 21:40": a name, how it was given, and when; the last two may be left out.

    Args:
        typed: what somebody typed.
        now: the present moment, in the operator's own zone: a time that has not come today was yesterday's.

    Raises:
        ValueError: nobody is named, or a part is neither a way nor a time.
    """
    name, *rest = (part.strip() for part in typed.split(","))
    if not name:
        raise ValueError(_("whose word is it?"))
    how, at = How.PHONE, None
    for part in filter(None, rest):
        found = _CLOCK.fullmatch(part)
        ways = [way for way, names in _SAID.items() if names & set(part.casefold().split())]
        if ways:
            how = ways[0]
        elif found and int(found[1]) < 24 and int(found[2]) < 60:
            at = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
            at = at - timedelta(days=1) if at > now else at
        else:
            raise ValueError(_("“{part}” is neither a way (phone, mail, person) nor a time (21:40)").format(part=part))
    return Given(by=name, how=how, at=at)


def letter(pending: Pending) -> str:
    """Return a submission as a text to send by mail: what is asked, about what, every word of it, and its number."""
    submission = pending.submission
    lines = [
        _("May this be published? Please answer yes or no, with the number {id}.").format(id=submission.id),
        "",
        _("{what} by {who}, for {source}").format(
            what=_(WHATS.get(pending.what, pending.what)), who=submission.by, source=pending.source or "-"
        ),
        _("Why we ask: {why}").format(why=whys(pending)),
    ]
    if pending.excerpt:
        lines += ["", _("{who} wrote:").format(who=pending.to), *(f"> {line}" for line in pending.excerpt.split("\n"))]
    for words in pending.words:
        lines += ["", label(words.field), words.text]
    return "\n".join(lines) + "\n"
