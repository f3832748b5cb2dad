"""Words of plays: a situation, what was done about it and what an answer means, as painted lines."""

from collections.abc import Sequence
from datetime import datetime

from inbox.desk import Done
from inbox.play import Answer, PlayOption, PostPlays, Taken
from inbox.situations.reasons import STIRS
from tui.i18n import N_, _, ngettext
from tui.outbox_words import KINDS, costs
from tui.phrases import say
from tui.telling import reason_words
from tui.themes import RISK_ROLES, RISK_SYMBOLS
from tui.widgets.paint import Line, Span, fit, row_safe, safe, spread, width_of, wrapped
from tui.widgets.words import (
    age,
    clock,
    comments,
    held_back,
    network_word,
    quoted,
    situation_names,
    span,
)

ANSWERS = {
    Answer.THREAD: N_("a thread of its own, one house comment with its link, the wave done"),
    Answer.WAVE: N_("nothing leaves the house, the wave done"),
    Answer.APPEAL: N_("an appeal for calm in the thread, nobody named"),
    Answer.NOTICE: N_("a calming notice, nobody named"),
    Answer.SILENCE: N_("no reply: the barbs are done, the thread goes on"),
    Answer.OFFBEAT: N_("one offbeat reply, the other barbs done"),
}
"""Each answer in a line."""
CLOSED = {"done": N_("done"), "followed": N_("late copy, done with its wave")}
"""What was done that is no sending."""
HEATED, CRITICAL = 2, 3
QUOTES = 4
"""Columns that quotation marks take, in the language that takes more."""


def heading(post: PostPlays, now: datetime, width: int) -> Line:
    """Name the situation, the post and since when."""
    names = situation_names(call.situation for call in post.calls)
    left: list[Span] = [(names, RISK_ROLES[HEATED]), (" · ", "faint")] if names else []
    left += [(row_safe(post.title) or _("(untitled)"), "title"), (" · " + network_word(post.network), "dim")]
    right: list[Span] = []
    if post.calls:
        at = post.calls[0].at
        words = _("since {time}, {age}").format(time=clock(at), age=age(at, now))
        right = [(words + " ", "faint")]
    return spread(left, right, width)


def why(post: PostPlays, width: int) -> list[Line]:
    """Say why each situation was called, or what a lively thread is."""
    lines: list[Line] = [line for call in post.calls for line in wrapped(reason_words(call.reason), width)]
    if not lines and post.stir is not None:
        lines = [[(_(STIRS[post.stir]), "dim")]]
    return lines


def standing(post: PostPlays, now: datetime, width: int) -> list[Line]:
    """Count what is open under it, what cannot wait first; in a second line what one has no room for."""
    said: list[Span] = []
    if post.dangers:
        many = ngettext("{n} suspected danger", "{n} suspected dangers", len(post.dangers))
        said.append((f"{RISK_SYMBOLS[CRITICAL]} {many.format(n=len(post.dangers))}  ", RISK_ROLES[CRITICAL]))
    if post.questions and post.oldest_question is not None:
        many = ngettext("{n} question, {age}", "{n} questions, the oldest {age}", post.questions)
        said.append(("? " + many.format(n=post.questions, age=age(post.oldest_question, now)) + "  ", "question"))
    counts = [ngettext("{n} open", "{n} open", post.open).format(n=post.open)]
    counts += [ngettext("{n} copy", "{n} copies", post.copies).format(n=post.copies)] if post.copies > 1 else []
    counts += [ngettext("{n} person", "{n} people", post.people).format(n=post.people)] if post.people else []
    whole: Line = [*said, (", ".join(counts), "dim")]
    return [whole] if width_of(whole) <= width else [said, whole[-1:]]


def witnesses(post: PostPlays, width: int, *, most: int = 2) -> list[Line]:
    """Quote a few comments; what may be dangerous stays masked."""
    shown = [w for w in post.witnesses if not w.danger][:most]
    return [[(quoted(fit(row_safe(w.text), max(0, width - QUOTES))), "faint")] for w in shown]


def done_so_far(post: PostPlays, width: int) -> list[Line]:
    """Say what the house did under it already."""
    if not post.taken:
        return [[(_("nothing was done here yet"), "faint")]]
    said = _("done so far: {what}").format(what=", ".join(_taken(taken) for taken in post.taken))
    return [*wrapped(said, width, "dim")]


def _taken(taken: Taken) -> str:
    kinds: dict[str, str] = {str(kind): word for kind, word in KINDS.items()} | CLOSED
    many = f"{taken.count} × " if taken.count > 1 else ""
    return f"{many}{_(kinds[taken.what])} {clock(taken.at)} {row_safe(taken.by)}"


def offered(option: PlayOption) -> Line:
    """Say what the fitting answer is."""
    return [(_("play: {answer}").format(answer=_(ANSWERS[option.play.answer])), "")]


# -- one answer in full ----------------------------------------------------------------------------


def preview(option: PlayOption, done: Done, width: int, wait: float) -> list[Line]:
    """Say everything an answer comes to: what appears where, who is named, what is done, what is held back, the cost."""
    lines: list[Line] = []
    play = option.play
    if option.refused:
        lines += _point(say(option.refused), width, "warn")
    lines += _closing(option, done, width)
    if done.sendings:
        lines += _point(_("leaves in {time}").format(time=span(wait)) + ", " + _("z takes all of it back"), width)
        for cost in costs(done.tolls):
            lines += _point(row_safe(cost), width)
    if play.answer is Answer.THREAD:
        pinned = _("pinned, {where}").format(where=say(option.pin_where)) if play.pin else _("not pinned")
        lines += _point(_("one comment of the house under the post, {pinned}").format(pinned=pinned), width)
        lines += _quote(play.house_comment, width)
        lines += _point(_("nobody is invited personally"), width)
        lines += _point(_("a page of its own: {where}").format(where=say(option.where)), width)
        lines += [[("   ", ""), (row_safe(play.title), "strong")], *_quote(play.text, width)]
    elif play.text:
        lines += _point(say(option.where), width)
        lines += _quote(option.mention + play.text, width)
        if option.mention and play.answer is Answer.APPEAL:
            words = _("the platform puts {who} in front: whoever is named is addressed")
            lines += _point(words.format(who=row_safe(option.mention.strip())), width, "warn")
    return lines


def _closing(option: PlayOption, done: Done, width: int) -> list[Line]:
    if not option.play.close:
        return []
    closed = sum(key in set(option.play.close) for key in done.keys)
    said = _("done: {what}").format(what=comments(closed))
    if option.waves:
        said += " " + ngettext("in {n} wave", "in {n} waves", option.waves).format(n=option.waves)
    if option.posts > 1:
        said += ", " + ngettext("under {n} post", "under {n} posts", option.posts).format(n=option.posts)
    kept = held_back([reason for _key, reason in done.held_back])
    lines = _point(said + (" · " + kept if kept else ""), width, "strong")
    if option.waves:
        follow = _("copies that come later follow for a day, threats and questions never")
        lines += _point(follow if option.play.follow else _("copies that come later wait for somebody"), width)
    return lines


def _point(text: str, width: int, role: str = "") -> list[Line]:
    return [[(" › " if n == 0 else "   ", "key"), *line] for n, line in enumerate(wrapped(text, width - 4, role))]


def _quote(text: str, width: int) -> Sequence[Line]:
    return [[("   │ ", "rule"), *line] for line in wrapped(safe(text), min(96, width - 6), "dim")]
