"""Words of the screen: ages, times, levels and states in the language of the interface."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from inbox.glance import Announcement
from inbox.item import TriageState
from inbox.networks import NETWORKS, label_of
from inbox.published import Place, Where
from scoring.assessment import RiskLevel
from tui.i18n import N_, _, ngettext
from tui.phrases import say
from tui.published_words import WHERE
from tui.telling import SITUATIONS
from tui.widgets.paint import row_safe

COUNTED_ABOVE = 20
"""Comments from which an act on a platform asks for their number, typed."""
LEVELS = (N_("calm"), N_("tense"), N_("heated"), N_("critical"))
STATES = {
    TriageState.NEW: N_("new"),
    TriageState.CLAIMED: N_("claimed"),
    TriageState.SNOOZED: N_("waiting"),
    TriageState.ANSWERED: N_("answered"),
    TriageState.ESCALATED: N_("escalated"),
    TriageState.DONE: N_("done"),
}
MODERATION = {"held": N_("on hold"), "spam": N_("spam"), "hidden": N_("hidden there")}
"""Where a platform keeps a comment from the public, whoever put it there."""
ORDERS = {"newest": N_("newest first"), "oldest": N_("oldest first"), "risk": N_("riskiest first")}
TAKEN_BACK: dict[str, str] = {
    **{str(state): word for state, word in STATES.items()},
    "state": N_("state"),
    "suspect": N_("suspicion"),
    "submission": N_("what waited for a second person"),
    "claim": N_("claim"),
    "correction": N_("correction"),
    "play": N_("play"),
}

MINUTE, HOUR, DAY = 60, 3600, 86400


def age(then: datetime, now: datetime) -> str:
    """Say how long ago, short: "0 min", "12 min", "3 h", "5 d"; what lies ahead is "0 min" too."""
    seconds = max(0.0, (now - then).total_seconds())
    if seconds < HOUR:
        return _("{n} min").format(n=int(seconds // MINUTE))
    if seconds < 2 * DAY:
        return _("{n} h").format(n=int(seconds // HOUR))
    return _("{n} d").format(n=int(seconds // DAY))


def span(seconds: float) -> str:
    """Say a short wait: "7 s", "2 min"."""
    whole = max(0, round(seconds))
    return _("{n} s").format(n=whole) if whole < 2 * MINUTE else _("{n} min").format(n=whole // MINUTE)


def clock(at: datetime) -> str:
    """Say the time of day where the operator is."""
    return at.astimezone().strftime("%H:%M")


def place_words(place: Place) -> str:
    """Say where a notice or a thread would appear: "Mastodon: pinned to the profile, 3rd of 5 · <why>"."""
    said = _(WHERE[place.where])
    if place.limit and place.where in {Where.THREAD, Where.PROFILE, Where.SITE}:
        said += ", " + _("{n} of {limit}").format(n=place.standing + 1, limit=place.limit)
    why = say(row_safe(place.reason))
    named = _("{source}: {where}").format(source=source_word(place.source, place.network), where=said)
    return named + (f" · {why}" if why else "")


def day_and_time(at: datetime, now: datetime) -> str:
    """Say when something is due where the operator is: "at 18:30", "on 24 Nov at 9:00" by its numbers."""
    local, today = at.astimezone(), now.astimezone()
    if local.date() == today.date():
        return _("at {time}").format(time=local.strftime("%H:%M"))
    return _("on {day} at {time}").format(day=local.strftime("%d/%m"), time=local.strftime("%H:%M"))


def verb(infinitive: str) -> str:
    """Word a command in a hint: English goes without the "to" that tells the verb from the noun in the catalogues."""
    return infinitive.removeprefix("to ")


def network_word(network: str) -> str:
    """Name a platform: its own name, which no language changes; the rehearsal is a word."""
    return _("Rehearsal") if network == "rehearsal" else label_of(network)


def source_word(name: str, network: str) -> str:
    """Name a source: the name it was given, or the platform's where it was given none of its own."""
    return network_word(network) if name == network else row_safe(name)


def account_word(source: str) -> str:
    """Name the account that something leaves from; one that is called like its platform is the platform."""
    return source_word(source, source if source in NETWORKS else "")


def quoted(text: str) -> str:
    """Put what somebody said between the quotation marks of the interface's language."""
    return _("“{words}”").format(words=text)


def level_word(level: RiskLevel) -> str:
    """Name a level in the interface's language."""
    return _(LEVELS[level])


def comments(count: int) -> str:
    """Count comments."""
    return ngettext("{n} comment", "{n} comments", count).format(n=count)


def people(count: int) -> str:
    """Count people."""
    return ngettext("{n} person", "{n} people", count).format(n=count)


def held_back(reasons: list[str]) -> str:
    """Say what an act leaves alone: "keeps 2 (1 critical, 1 question)"."""
    return _("keeps {n} ({parts})").format(n=len(reasons), parts=_counted(reasons)) if reasons else ""


def not_kept(reasons: list[str]) -> str:
    """Say what a batch would have left alone and this act does not: "not left alone: 17 questions"."""
    return _("not left alone: {parts}").format(parts=_counted(reasons)) if reasons else ""


def _counted(reasons: list[str]) -> str:
    return ", ".join(held_reason(reason, count) for reason, count in Counter(reasons).items())


def held_reason(reason: str, count: int) -> str:
    """Count the items held back for one reason: "critical", "question", "claimed:lou", "unsupported"."""
    word, _colon, who = reason.partition(":")
    match word:
        case "critical":
            said = ngettext("{n} critical", "{n} critical", count)
        case "question":
            said = ngettext("{n} question", "{n} questions", count)
        case "claimed":
            said = ngettext("{n} in {who}'s hands", "{n} in {who}'s hands", count)
        case "answered":
            said = ngettext("{n} answered by {who}", "{n} answered by {who}", count)
        case "unsupported":
            said = ngettext("{n} not possible there", "{n} not possible there", count)
        case "on its way":
            said = ngettext("{n} on its way already", "{n} on their way already", count)
        case "kept away":
            said = ngettext("{n} kept away already", "{n} kept away already", count)
        case _:
            said = "{n} " + word
    return said.format(n=count, who=who)


def situation_names(situations: Iterable[str]) -> str:
    """Name what goes on under a post, gravest first; "" when only counts speak."""
    return " + ".join(_(SITUATIONS[name]) for name in situations)


def announced(news: Announcement, key: str) -> str:
    """Say that a situation began or ended under a post."""
    name, title = _(SITUATIONS[news.situation]), row_safe(news.title) or _("(untitled)")
    if news.ended:
        return _("{situation} is over: {title}").format(situation=name, title=title)
    return _("{situation} begins ({key}): {title}").format(situation=name, title=title, key=key)
