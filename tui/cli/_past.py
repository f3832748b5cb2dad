"""The past of a desk: which period and which comments a command looks back on, read from the journal itself."""

import argparse
import os
import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from tui.cli._errors import CommandError
from tui.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inbox.chronicle import Case, Chronicle
    from inbox.retrospect import Scope

_AGO = re.compile(r"(\d+)\s*(min|m|h|d|j)")
_UNITS = {"m": 1, "min": 1, "h": 60, "d": 1440, "j": 1440}
_ALWAYS = datetime.min.replace(tzinfo=UTC)


class Past(Struct, frozen=True):
    """What a command looks back on.

    Attributes:
        chronicle: everything that happened on the desk.
        scope: what of it is meant.
        desk: the desk's name.
        now: the moment of looking.
    """

    chronicle: "Chronicle"
    scope: "Scope"
    desk: str
    now: datetime

    def title(self, post: str) -> str:
        """Name a post ("SOURCE/POST") in one safe line: its title, its first words, or its id."""
        from tui.cli._rows import one_line

        known = self.chronicle.posts.get(post)
        said = (known.title or known.text[:60]) if known else ""
        return one_line(said or post.partition("/")[2])


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say which part of the past is meant."""
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("which comments, in the words of becalm list; none: all")
    )
    parser.add_argument(
        "--post", metavar="WORDS", help=_("only under posts whose title, exhibition or id has these words")
    )
    parser.add_argument("--since", metavar="WHEN", help=_("from when: 24h, 7d, 2026-11-20, 2026-11-20T18:00"))
    parser.add_argument("--until", metavar="WHEN", help=_("up to when, said the same way"))


def read(args: argparse.Namespace) -> Past:
    """Read the journal of a desk, beside whoever runs it, and what of it is meant.

    Raises:
        CommandError: there is no such desk, or a time is not understood.
    """
    from inbox.chronicle import chronicle
    from inbox.retrospect import Scope
    from inbox.store import Reader
    from tui.cli._desk import desk_name, now, read_inbox, settle

    moment = now()
    setting = settle(args)
    chosen = _chosen(args, setting) if args.query else None
    if chosen is None:
        read_inbox(setting)  # says what is wrong with the desk, if anything
    found = chronicle(Reader(setting.folder).new())
    posts = None if args.post is None else _posts(found, args.post)

    def belongs(case: "Case") -> bool:
        return (chosen is None or case.key in chosen) and (posts is None or case.post in posts)

    scope = Scope(
        since=_moment(args.since, moment) or _ALWAYS,
        until=_moment(args.until, moment) or moment,
        chosen=belongs,
        whole=chosen is None and posts is None,
    )
    return Past(found, scope, desk_name(args), moment)


def _chosen(args: argparse.Namespace, setting: "object") -> frozenset[str]:
    """Return the keys of the comments that match now, open and done."""
    from inbox.query import compile_query
    from tui.cli._desk import Setting, known_operator, now, read_inbox

    assert isinstance(setting, Setting)
    inbox, _following = read_inbox(setting)
    query = " ".join(args.query)
    if not re.search(r"(^|\s)-?(state:|is:(open|done|own|any))", query):
        query += " is:any"
    matches = compile_query(query, inbox, now=now(), operator=known_operator(setting.config))
    return frozenset(inbox.items.hot.ids[row] for row in inbox.items.hot.rows() if matches(row))


def _posts(found: "Chronicle", words: str) -> frozenset[str]:
    from inbox.query import fold_text

    wanted = fold_text(words)
    named = {
        key for key, post in found.posts.items() if wanted in fold_text(f"{post.title} {post.exhibition} {post.text}")
    }
    return frozenset(named | {case.post for case in found.cases.values() if wanted in fold_text(case.post)})


def _moment(text: str | None, now: datetime) -> datetime | None:
    """Read "24h", "7d" or an ISO date, local time where no offset is said."""
    if text is None:
        return None
    ago = _AGO.fullmatch(text.strip().lower())
    if ago is not None:
        return now - timedelta(minutes=min(int(ago[1]) * _UNITS[ago[2]], 5_000_000))
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise CommandError(
            os.EX_USAGE,
            _("“{text}” is not a time").format(text=text),
            hint=_("24h, 7d, 2026-11-20 or 2026-11-20T18:00"),
        ) from error
    return moment if moment.tzinfo else moment.astimezone()
