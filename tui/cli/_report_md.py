"""The report as a page of Markdown: in brief, by hour, how fast, what the house did and what then, and the timeline."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from inbox.barometer import reading
from inbox.chronicle import Deed, Did
from inbox.retrospect import Act, Retrospect, Times
from scoring.assessment import RiskLevel
from tui.cli._escape import markdown
from tui.cli._past import Past
from tui.cli._rows import SYMBOLS
from tui.i18n import _, ngettext
from tui.telling import Names, after_colon, deed_words, did_word, duration, span

POSTS = 12
"""Posts that are named; the others are counted."""


def page(found: Retrospect, past: Past, names: Names, *, texts: bool) -> str:
    """Write the whole page; `texts` quotes our own words and gives the addresses of what was dangerous."""
    parts = [
        [f"# {_('Looking back: {desk}').format(desk=markdown(past.desk))}", "", _period(found)],
        _brief(found, past),
        _hours(found),
        _fast(found),
        _done(found, names),
        _dangers(found, past) if texts else [],
        _timeline(found, past, names, texts=texts),
        _about(),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _period(found: Retrospect) -> str:
    return _("From {since} to {until} ({length}), local time.").format(
        since=_when(found.since), until=_when(found.until), length=span(found.until - found.since)
    )


def _brief(found: Retrospect, past: Past) -> list[str]:
    lines = [
        f"## {_('In brief')}",
        "",
        "- "
        + ", ".join(
            (
                ngettext("{n} comment", "{n} comments", found.comments).format(n=found.comments),
                ngettext("{n} person", "{n} people", found.people).format(n=found.people),
                ngettext("{n} post", "{n} posts", len(found.posts)).format(n=len(found.posts)),
            )
        ),
        "- "
        + ", ".join(
            f"{SYMBOLS[level]} {_(level.label)} {found.counts[level]} ({_share(found.counts[level], found.comments)})"
            for level in RiskLevel
        ),
    ]
    if found.waves:
        copied = ngettext("{n} copied text", "{n} copied texts", found.waves).format(n=found.waves)
        lines.append(
            "- "
            + _("{texts}: {n} comments, {share} of all").format(
                texts=copied, n=found.copies, share=_share(found.copies, found.comments)
            )
        )
    lines.append("- " + after_colon(_("suspected dangers"), _how_fast(found.dangers, _("looked at"))))
    lines.append("- " + after_colon(_("visitors' questions"), _how_fast(found.answers, _("answered"))))
    if found.open_questions:
        still = ngettext("{n} question still open", "{n} questions still open", found.open_questions)
        lines.append("- " + still.format(n=found.open_questions))
    lines.append("- " + ngettext("{n} comment closed", "{n} comments closed", found.closed).format(n=found.closed))
    lines += [
        f"- {_when(deed.at)} · {after_colon(_places(deed, past), markdown(deed_words(deed)))}"
        for deed in found.timeline
        if deed.did is Did.BEGAN
    ]
    named = ["- " + after_colon(markdown(past.title(post)), f"{count}") for post, count in found.posts[:POSTS]]
    if len(found.posts) > POSTS:
        named.append("- " + _("and {n} more").format(n=len(found.posts) - POSTS))
    return [*lines, "", f"### {_('Comments by post')}", "", *named]


def _how_fast(times: Times, verb: str) -> str:
    said = f"{times.cases}"
    if not times.cases:
        return said
    said += " · " + after_colon(verb, f"{times.met}")
    if times.median is not None and times.worst is not None:
        said += f", {_('median {median}, worst {worst}').format(median=duration(times.median), worst=duration(times.worst))}"
    if times.waiting is not None:
        said += f" · {_('longest still waiting {time}').format(time=duration(times.waiting))}"
    return said


def _hours(found: Retrospect) -> list[str]:
    head = [_("hour"), _("barometer"), *(_(level.label) for level in RiskLevel), _("all")]
    rows = [
        [
            _when(hour.start),
            f"{SYMBOLS[hour.level]} {_(hour.level.label)}",
            *(f"{n}" for n in hour.counts),
            f"{sum(hour.counts)}",
        ]
        for hour in found.hours
    ]
    return [f"## {_('Hour by hour')}", "", *_table(head, rows)]


def _fast(found: Retrospect) -> list[str]:
    head = [_("level"), _("comments"), _("looked at"), _("median"), _("worst"), _("longest still waiting")]
    named = [(f"{SYMBOLS[level]} {_(level.label)}", found.touched[level]) for level in reversed(RiskLevel)]
    named += [(f"‼ {_('suspected dangers')}", found.dangers), (f"? {_('questions, until our answer')}", found.answers)]
    rows = [
        [name, f"{t.cases}", f"{t.met}", *(("–" if s is None else duration(s)) for s in (t.median, t.worst, t.waiting))]
        for name, t in named
    ]
    note = _("From the first sight of a comment by the desk to the first thing a person did about it.")
    return [f"## {_('How fast')}", "", note, "", *_table(head, rows)]


def _done(found: Retrospect, names: Names) -> list[str]:
    title = f"## {_('What the house did, and what then')}"
    if not found.acts:
        return [title, "", _("Nothing left the house, nothing was closed.")]
    head = [_("when"), _("who"), _("what"), _("left open"), _("the hour before"), _("the hour after")]
    rows = [
        [
            _when(act.at),
            markdown(names(act.by)),
            ", ".join(did_word(did, n) for did, n in act.did),
            f"{act.held or '–'}",
            _mood(act.before),
            _after(act),
        ]
        for act in found.acts
    ]
    return [title, "", *_table(head, rows)]


def _mood(counts: Sequence[int]) -> str:
    level = reading(counts)
    return f"{SYMBOLS[level]} {_(level.label)} ({sum(counts)})"


def _after(act: Act) -> str:
    trend = {1: _("calmer"), 0: _("as before"), -1: _("graver")}[act.eased]
    said = f"{_mood(act.after)}, {trend}"
    return said if act.complete else f"{said} ({_('not over')})"


def _dangers(found: Retrospect, past: Past) -> list[str]:
    """List suspected dangers with their addresses, for whoever has to report them; their texts stay on the desk."""
    keys = [key for deed in found.timeline if deed.did is Did.DANGER for key in deed.keys]
    cases = [past.chronicle.cases[key] for key in dict.fromkeys(keys) if key in past.chronicle.cases]
    if not cases:
        return []
    head = [_("first seen"), _("post"), _("looked at after"), _("now"), _("address")]
    rows = [
        [
            _when(case.seen),
            markdown(past.title(case.post)),
            "–" if case.touched is None else duration((case.touched - case.seen).total_seconds()),
            _(str(case.state)),
            markdown(case.url or case.key),
        ]
        for case in cases
    ]
    return [f"## {_('Suspected dangers')}", "", *_table(head, rows)]


def _timeline(found: Retrospect, past: Past, names: Names, *, texts: bool) -> list[str]:
    lines = [f"## {_('Timeline')}", ""] if found.timeline else []
    for deed in found.timeline:
        who = f" · {markdown(names(deed.by))}" if deed.by else ""
        lines.append(
            f"- {_when(deed.at)}{who} · {after_colon(_places(deed, past), markdown(deed_words(deed, texts=texts)))}"
        )
    return lines


def _places(deed: Deed, past: Past) -> str:
    titles = list(dict.fromkeys(markdown(past.title(post)) for post in deed.posts))
    return ", ".join(titles[:2]) + (f" (+{len(titles) - 2})" if len(titles) > 2 else "")


def _about() -> list[str]:
    return [
        f"## {_('About these figures')}",
        "",
        _(
            "They are the house's, not any colleague's. Levels are what the desk showed, corrections included; a suspected danger is a suspicion until somebody has looked. What happened after an act did not necessarily happen because of it. Visitors' names and texts are not in this report; becalm export has them."
        ),
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _share(part: int, whole: int) -> str:
    return _("{n} %").format(n=round(100 * part / whole) if whole else 0)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
