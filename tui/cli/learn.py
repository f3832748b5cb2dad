"""`becalm learn`: review the levels you corrected; what you accept moves this desk's levels, visibly and reversibly."""

import argparse
import os
import sys

from tui.cli._table import N_
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.item import Item
    from inbox.learning import Lesson

EXAMPLES = (
    ("becalm learn", N_("look at each correction, then decide")),
    ("becalm learn --dry-run --yes", N_("what accepting all of them would change")),
    ("becalm learn --forget", N_("back to the levels that ship")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--yes", action="store_true", help=_("accept every correction and what comes of it"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    parser.add_argument("--forget", action="store_true", help=_("forget what was learned"))


def run(args: argparse.Namespace) -> int:
    """Review, learn, keep."""
    from inbox.learning import corrections, forget, learn, thresholds_of
    from tui.cli._desk import operator, read_inbox, settle

    setting = settle(args)
    if args.forget:
        print(_("forgotten: the levels that ship hold again") if forget(setting.folder) else _("nothing was learned"))
        return os.EX_OK
    who = operator(setting, no_input=args.no_input)
    inbox, _following = read_inbox(setting)
    risk = setting.config.risk
    accepted = [item for item in corrections(inbox) if args.yes or _accepts(item, no_input=args.no_input)]
    if not accepted:
        print(_("no correction was accepted: nothing to learn"))
        return os.EX_OK
    lesson = learn(accepted, inbox, thresholds_of(setting.folder, risk.tense, risk.heated))
    _tell(lesson)
    if not args.dry_run:
        _keep(args, lesson, setting.folder, who)
    return os.EX_OK


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


def _keep(args: argparse.Namespace, lesson: "Lesson", folder: "os.PathLike[str]", who: str) -> None:
    from pathlib import Path

    from inbox.learning import Learned, write_learned
    from tui.cli._desk import now
    from tui.cli._prompt import confirm

    if lesson.would_agree <= lesson.agreed:
        print(_("no other levels would agree better: nothing changes"))
        return
    confirm(_("keep these levels for this desk?"), yes=args.yes, no_input=args.no_input)
    levels = lesson.thresholds
    write_learned(
        Path(folder),
        Learned(tense=levels.tense, heated=levels.heated, corrections=lesson.corrections, by=who, at=now()),
    )
    print(_("kept: they hold from the engine's next start; becalm learn --forget takes them back"))
