"""`becalm debrief`: a rehearsal held against its script: what was seen when, answered how, and what was left."""

import argparse
import os
from datetime import datetime
from typing import Any

from tui.cli._errors import CommandError
from tui.cli._table import N_
from tui.i18n import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors._rehearsal.script import Line, Script
    from inbox.chronicle import Chronicle
    from inbox.config import SourceConfig
    from inbox.debrief import Debrief, Sighting, Truth
    from tui.cli._desk import Setting

EXAMPLES = (
    ("becalm debrief", N_("how the rehearsal on this desk went")),
    ("becalm debrief --json", N_("the same for scripts")),
)
SORE = ("critical", "angry", "question", "flood")
"""Parts of a script that no joke may answer."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help=_("one JSON object, versioned"))


def run(args: argparse.Namespace) -> int:
    """Debrief the desk's rehearsals."""
    from tui.cli._desk import read_inbox, settle, wording

    setting = settle(args)
    read_inbox(setting)  # says what is wrong with the desk, if anything
    if not any(source.platform == "rehearsal" for source in setting.config.sources):
        raise CommandError(
            os.EX_CONFIG,
            _("nothing is rehearsed on this desk"),
            hint=_("becalm demo --scenario NAME tells how it went when you leave it"),
        )
    tell(setting, wording(setting.config), as_json=args.json)
    return os.EX_OK


def tell(setting: "Setting", words: Any, *, as_json: bool = False) -> None:
    """Print the debrief of a desk whose sources rehearse."""
    from inbox.chronicle import chronicle
    from inbox.debrief import debrief
    from inbox.store import Reader
    from tui.cli._desk import now
    from tui.cli._lines import emit

    told = chronicle(Reader(setting.folder).new())
    found = debrief(told, truth_of(setting, told.cases), now=now(), is_joke=words.is_joke)
    if as_json:
        emit(_record(found))
        return
    for line in lines(found, told):
        print(line)


def truth_of(setting: "Setting", arrived: "Iterable[str]" = ()) -> "Truth":
    """Read what the scripts of a desk's rehearsals know of their comments, and of the variations among those that arrived.

    Args:
        setting: the desk.
        arrived: keys of the comments on the desk.
    """
    from inbox.debrief import Aimed, Truth
    from inbox.item import key_of

    truth = Truth()
    keys_here = list(arrived)
    for source in setting.config.sources:
        if source.platform != "rehearsal":
            continue
        name = source.name
        script, told = _story(source, [key[len(name) + 1 :] for key in keys_here if key.startswith(f"{name}/")])

        def keys(*parts: str, told: "list[Line]" = told, name: str = name) -> frozenset[str]:
            return frozenset(key_of(name, line.id) for line in told if any(part in line.part for part in parts))

        aims = tuple(
            Aimed(aim.aim, key_of(name, aim.on), key_of(name, aim.since) if aim.since else "") for aim in script.aims
        )
        truth = Truth(
            aims=truth.aims + aims,
            dangers=truth.dangers | keys("critical"),
            questions=truth.questions | keys("question"),
            sore=truth.sore | keys(*SORE),
        )
    return truth


def _story(source: "SourceConfig", arrived: "list[str]") -> "tuple[Script, list[Line]]":
    """Read a rehearsal's script, and every line of it that was or may be told: its own, and variations that arrived."""
    from msgspec import convert

    from connectors._rehearsal.options import RehearsalOptions
    from connectors._rehearsal.plan import Plan
    from connectors._rehearsal.script import read_script

    chosen = convert(source.options, RehearsalOptions)
    script = read_script(chosen.script, chosen.scenario)
    plan = Plan(script, seed=chosen.seed, speed=chosen.speed, comments=chosen.comments, rate=chosen.rate)
    varied = (plan.find(id_) for id_ in arrived if id_ not in script.lines)
    return script, [*script.lines.values(), *(found[0] for found in varied if found is not None)]


def lines(found: "Debrief", told: "Chronicle") -> list[str]:
    """Say how it went, a fact a line: ✓ well, ✗ not yet, · neither."""
    said = [_("Debrief"), ""]
    said += [_sighted(sighting, told) for sighting in found.sightings]
    return [*said, *_dangers(found), *_questions(found), *_tone(found)]


def _sighted(sighting: "Sighting", told: "Chronicle") -> str:
    from tui.cli._rows import one_line
    from tui.telling import SITUATIONS, after_colon, did_word

    known = told.posts.get(sighting.post)
    title = one_line((known.title or known.text[:60]) if known else sighting.post)
    noise = sighting.situation == "none"
    facts = [_("noise, no storm") if noise else _(SITUATIONS[sighting.situation])]
    if not noise:
        facts.append(_since(_("called"), sighting.visible, sighting.called) or _("not called by the desk"))
    elif sighting.called is not None:
        facts.append(_("called all the same"))
    if sighting.answered is not None:
        facts.append(_since(_("answered"), sighting.visible, sighting.answered))
        facts.append(", ".join(did_word(how, 1) if how != "done" else _("comments done") for how in sighting.how))
    elif not noise:
        facts.append(_("nothing done"))
    return f"{'✓' if sighting.fitting else '✗'} {after_colon(title, ' · '.join(facts))}"


def _since(what: str, visible: datetime | None, moment: datetime | None) -> str:
    """Say how long after it could be seen something happened."""
    from tui.telling import duration

    if visible is None or moment is None:
        return ""
    late = (moment - visible).total_seconds()
    return f"{what} {_('after {time}').format(time=duration(late)) if late >= 1 else _('at once')}"


def _dangers(found: "Debrief") -> list[str]:
    from tui.telling import duration

    total, looked = found.dangers.cases, found.dangers.met
    if not total:
        return []
    said = _("dangers looked at: {n} of {total}").format(n=looked, total=total)
    if found.dangers.median is not None and found.dangers.worst is not None:
        said += " · " + _("median {median}, worst {worst}").format(
            median=duration(found.dangers.median), worst=duration(found.dangers.worst)
        )
    parts = [f"{'✓' if looked == total else '✗'} {said}"]
    if found.unseen:
        many = ngettext("{n} of them the desk did not see", "{n} of them the desk did not see", len(found.unseen))
        parts.append("· " + many.format(n=len(found.unseen)))
    if found.swept:
        many = ngettext(
            "{n} danger was closed together with others",
            "{n} dangers were closed together with others",
            len(found.swept),
        )
        parts.append("✗ " + many.format(n=len(found.swept)))
    return parts


def _questions(found: "Debrief") -> list[str]:
    from tui.telling import duration

    total, met = found.questions.cases, found.questions.met
    if not total:
        return []
    said = _("questions answered: {n} of {total}").format(n=met, total=total)
    if found.questions.median is not None:
        said += " · " + _("median {median}").format(median=duration(found.questions.median))
    if found.questions.waiting is not None:
        said += " · " + _("longest still waiting {time}").format(time=duration(found.questions.waiting))
    parts = [f"{'✓' if met == total else '✗'} {said}"]
    if found.swept_questions:
        count = len(found.swept_questions)
        many = ngettext("{n} question was closed with a wave", "{n} questions were closed with a wave", count)
        parts.append("✗ " + many.format(n=count))
    return parts


def _tone(found: "Debrief") -> list[str]:
    count = len(found.jokes)
    jokes = ngettext("{n} joke told where none should be", "{n} jokes told where none should be", count)
    parts = [f"{'✗' if count else '✓'} {jokes.format(n=count)}"]
    if found.needless:
        parts.append("✗ " + _("crisis mode on, with no flood to be seen"))
    elif found.crisis:
        parts.append("✓ " + _("crisis mode on during the flood"))
    return parts


def _record(found: "Debrief") -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(found)
    return {"v": 1} | plain
