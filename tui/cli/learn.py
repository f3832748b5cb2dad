"""`becalm learn`: review the levels you corrected; what you accept moves this desk's levels, visibly and reversibly."""

import argparse
import os
import sys

from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from inbox.item import Item
    from inbox.learning import Lesson

EXAMPLES = (
    ("becalm learn", N_("look at each correction, then decide")),
    ("becalm learn --dry-run --yes", N_("what accepting all of them would change")),
    ("becalm learn --json", N_("the corrections and what they would change, for scripts: nothing is changed")),
    ("becalm learn --forget", N_("back to the levels that ship")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--yes", action="store_true", help=_("accept every correction and what comes of it"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    parser.add_argument("--forget", action="store_true", help=_("forget what was learned"))
    parser.add_argument("--json", action="store_true", help=_("JSON, one object a line, versioned; asks nothing"))


def run(args: argparse.Namespace) -> int:
    """Review, learn, keep."""
    from inbox.learning import corrections, learn, thresholds_of
    from tui.cli._desk import operator, read_inbox, settle

    setting = settle(args)
    if args.forget:
        return _forget(args, setting.folder)
    who = "" if args.json and not args.yes else operator(setting, no_input=args.no_input)
    inbox, _following = read_inbox(setting)
    risk = setting.config.risk
    asked = not (args.yes or args.json)
    accepted = [item for item in corrections(inbox) if not asked or _accepts(item, no_input=args.no_input)]
    lesson = learn(accepted, inbox, thresholds_of(setting.folder, risk.tense, risk.heated)) if accepted else None
    if args.json:
        kept = lesson is not None and args.yes and not args.dry_run and _is_better(lesson)
        if lesson is not None and kept:
            _write(lesson, setting.folder, who)
        _emit(accepted, lesson, kept=kept)
    elif lesson is None:
        print(_("no correction was accepted: nothing to learn"))
    else:
        _tell(lesson)
        if not args.dry_run:
            _keep(args, lesson, setting.folder, who)
    return os.EX_OK


def _forget(args: argparse.Namespace, folder: "Path") -> int:
    from inbox.learning import forget
    from tui.cli._lines import emit

    known = forget(folder)
    if args.json:
        emit({"v": 1, "forgotten": known})
    else:
        print(_("forgotten: the levels that ship hold again") if known else _("nothing was learned"))
    return os.EX_OK


def _emit(accepted: "list[Item]", lesson: "Lesson | None", *, kept: bool) -> None:
    """Print each correction, then what comes of them."""
    from tui.cli._lines import emit

    for item in accepted:
        assert item.corrected is not None
        said = {"scored": item.assessment.level.label, "corrected": item.corrected.label}
        emit({"v": 1, "id": item.key, **said, "text": item.comment.text})
    emit(
        {
            "v": 1,
            "corrections": len(accepted),
            "agreed": lesson.agreed if lesson else 0,
            "would_agree": lesson.would_agree if lesson else 0,
            "changed": lesson.changed if lesson else 0,
            "tense": lesson.thresholds.tense if lesson else None,
            "heated": lesson.thresholds.heated if lesson else None,
            "kept": kept,
        }
    )


def _accepts(item: "Item", *, no_input: bool) -> bool:
    from tui.cli._prompt import ask
    from tui.cli._rows import one_line

    assert item.corrected is not None
    print(
        f"{_(item.assessment.level.label)} → {_(item.corrected.label)}  {one_line(item.comment.text)}", file=sys.stderr
    )
    answer = ask(_("learn from this one? [y/n]"), no_input=no_input, instead=_("give --yes to accept every correction"))
    return answer.casefold() in {"y", "o", "yes", "oui"}


def _tell(lesson: "Lesson") -> None:
    print(
        _("{n} corrections: {m} agree today, {k} with tense from {tense:.2f} and heated from {heated:.2f}").format(
            n=lesson.corrections,
            m=lesson.agreed,
            k=lesson.would_agree,
            tense=lesson.thresholds.tense,
            heated=lesson.thresholds.heated,
        )
    )
    print(_("{n} handled comments that nobody corrected would change their level").format(n=lesson.changed))


def _is_better(lesson: "Lesson") -> bool:
    return lesson.would_agree > lesson.agreed


def _keep(args: argparse.Namespace, lesson: "Lesson", folder: "Path", who: str) -> None:
    from tui.cli._prompt import confirm

    if not _is_better(lesson):
        print(_("no other levels would agree better: nothing changes"))
        return
    confirm(_("keep these levels for this desk?"), yes=args.yes, no_input=args.no_input)
    _write(lesson, folder, who)
    print(_("kept: they hold from the engine's next start; becalm learn --forget takes them back"))


def _write(lesson: "Lesson", folder: "Path", who: str) -> None:
    from inbox.learning import Learned, write_learned
    from tui.cli._desk import now

    levels = lesson.thresholds
    learned = Learned(tense=levels.tense, heated=levels.heated, corrections=lesson.corrections, by=who, at=now())
    write_learned(folder, learned)
