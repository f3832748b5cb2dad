"""`becalm pin`: a calming notice, published and pinned where the platform can."""

import argparse
import os
from datetime import datetime, timedelta

from tui.cli import _acts
from tui.cli._desk import now
from tui.cli._errors import CommandError
from tui.cli._house import later_argument, one_of, stamp, when
from tui.cli._table import N_
from tui.i18n import _
from tui.phrases import say
from tui.published_words import WHERE
from tui.telling import after_colon

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.desk import Act, Desk
    from inbox.published import Place

EXAMPLES = (
    ("becalm pin museum/1142 --template notice.fr --dry-run", N_("where it would stand, and how it would read")),
    ("becalm pin museum/1142 - --until 'tomorrow 9:00' < notice.txt", N_("taken down by itself then")),
    ("becalm pin museum/1142 --everywhere --until +48h 'Nous lisons tout.'", N_("on every account that can")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    _acts.arguments(parser, many=False, public=True)
    _acts.text_argument(parser, _("the notice; - reads stdin"))
    parser.add_argument("--until", metavar="WHEN", help=_("when it comes down by itself; “never” leaves it up"))
    parser.add_argument("--on", action="append", default=[], metavar="SOURCE", help=_("from this account; repeatable"))
    parser.add_argument("--everywhere", action="store_true", help=_("from every account that can"))
    parser.add_argument("--replaces", metavar="NOTICE", help=_("in place of this one; becalm notices prints the ids"))
    parser.add_argument("--by-hand", action="store_true", help=_("you put it up yourself: it is noted, nothing leaves"))
    later_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Publish and pin."""

    async def decide(desk: "Desk", keys: list[str]) -> "tuple[Act, list[str]]":
        from inbox.desk import PinNotice

        offered = await desk.drafts(keys[0], "notice") if args.template else ()
        text, template = _acts.chosen_text(args, offered)
        lasts = next((each.lasts for each in offered if each.template == template), 0)
        later = when(args.at)
        if args.until is None and lasts:
            until: datetime | None = (later or now()) + timedelta(hours=lasts)
        else:
            until = None if args.until == "never" else when(args.until)
        places = await _places(desk, keys[0], args)
        old = {notice.id for notice in await desk.notices()} if args.replaces else set()
        act = PinNotice(
            text=text,
            template=template,
            until=until,
            sources=tuple(place.source for place in places),
            replaces=one_of(args.replaces, sorted(old), _("notice")) if args.replaces else "",
            by_hand=args.by_hand,
            later=later,
        )
        shown = [
            after_colon(place.source, _(WHERE[place.where]) + (f" · {say(place.reason)}" if place.reason else ""))
            for place in places
        ]
        ends = _("comes down {when}").format(when=stamp(until)) if until else _("stays until somebody takes it down")
        return act, [*shown, ends, *_acts.quoted(text)]

    return _acts.perform(args, decide, public=True)


async def _places(desk: "Desk", key: str, args: argparse.Namespace) -> "list[Place]":
    """Return the places that are meant: the named ones, all that can, or the comment's own."""
    known = await desk.places(key, "notice")
    if args.everywhere:
        return [place for place in known if place.possible]
    if not args.on:
        return [place for place in known if place.own]
    unknown = set(args.on) - {place.source for place in known}
    if unknown:
        raise CommandError(os.EX_USAGE, _("no source is called {name}").format(name=", ".join(sorted(unknown))))
    return [place for place in known if place.source in args.on]
