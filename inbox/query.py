"""The filter language of `/`, `list` and `export`: words, key:value, risk>=level, -not."""

import re
import unicodedata
from array import array
from collections.abc import Callable
from copy import copy
from datetime import datetime
from difflib import get_close_matches
from functools import cache, lru_cache

from inbox.columns import DANGER, GONE, HELD, HIDDEN, NOTED, OPEN, OWN, PICTURE, QUESTION, STATES, Columns
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.networks import name_of
from scoring.assessment import RiskLevel

Predicate = Callable[[int], bool]
"""Whether the item of a row (`inbox/columns.py`) belongs to a view; words make it read the item, all else is in memory."""

LEVELS = {
    "calm": RiskLevel.CALM,
    "tense": RiskLevel.TENSE,
    "heated": RiskLevel.HEATED,
    "critical": RiskLevel.CRITICAL,
    "calme": RiskLevel.CALM,
    "tendu": RiskLevel.TENSE,
    "houleux": RiskLevel.HEATED,
    "critique": RiskLevel.CRITICAL,
}
"""Level names accepted in queries, in both languages."""

_TOKEN = re.compile(r'(?P<minus>-)?(?:(?P<key>[a-z]+)(?P<op>:|>=|<=|>|<|=))?(?P<value>"[^"]*"?|\S+)')
_AGE = re.compile(r"(\d+)\s*(min|m|h|d|j)$")
_UNITS = {"m": 60, "min": 60, "h": 3600, "d": 86400, "j": 86400}


class QueryError(Exception):
    """A query that is not understood; the message names the word at fault and what would do."""


def _unaccented() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if unicodedata.category(c) != "Mn")
        if bare != chr(code):
            table[code] = bare
    return table


_BARE = _unaccented()


def fold_text(text: str) -> str:
    """Fold case and the accents of Latin letters away: "scandaleux" finds "SCANDALEUX", "epee" finds "Épée"."""
    return text.lower() if text.isascii() else text.casefold().translate(_BARE)


_fold_name = lru_cache(maxsize=8192)(fold_text)
"""The same for names and titles, which come again and again."""

_ACCENTED: dict[str, str] = {}
for _code, _plain in _BARE.items():
    _ACCENTED[_plain.casefold()] = _ACCENTED.get(_plain.casefold(), "") + chr(_code)


def pattern_of(words: str) -> re.Pattern[str]:
    """Compile words into a pattern that finds them whatever their case and accents.

    Searching the text as it is takes a quarter of the time of folding every text first.
    """
    parts = [
        r"\s+" if c.isspace() else f"[{re.escape(c + c.upper() + _ACCENTED.get(c, ''))}]" for c in fold_text(words)
    ]
    return re.compile("".join(parts))


def compile_query(query: str, inbox: Inbox, *, now: datetime, operator: str = "") -> Predicate:
    """Turn a query into a predicate.

    Without a word about state (`state:`, `is:open|done|own|any`), only open items match.

    Args:
        query: words and quoted phrases (in text, author, post title), `source:fb`, `author:`, `post:`, `id:`, `lang:`,
            `by:`, `wave:`, `thread:any` (or a dedicated thread's title), `state:new`, `is:question|asking|danger|suspected|picture|wave|
            reply|claimed|mine|hidden|held|gone|note|draft|submitted|thread|open|done|own|any`, `risk>=tense`, `age<2h`, `reach>=50`; a minus in front negates.
        inbox: what is asked about, as it stands; the predicate goes on with that when everything is read anew meanwhile.
        now: the time that ages count from.
        operator: who `is:mine` means.

    Raises:
        QueryError: a key, value or level is unknown.
    """
    inbox = copy(inbox)
    hot = inbox.items.hot
    terms: list[Predicate] = []
    reading: list[Predicate] = []  # asked last: they look into the item itself
    about_state = False
    for match in _TOKEN.finditer(query):
        key, value = match["key"], match["value"].strip('"')
        if match["key"] is None and match["op"] is None and not value:
            continue
        about_state |= key == "state" or (key == "is" and value in {"open", "done", "own", "any"})
        term = _term(key, match["op"], value, inbox, now, operator)
        (reading if key in {None, "author"} else terms).append(_negate(term) if match["minus"] else term)
    if not about_state:
        terms.append(_flag(OPEN, hot))
    first, *others = terms + reading
    if not others:
        return first
    return lambda row: first(row) and all(term(row) for term in others)


def _negate(term: Predicate) -> Predicate:
    return lambda row: not term(row)


def _flag(flag: int, hot: Columns) -> Predicate:
    flags = hot.flags
    return lambda row: flags[row] & flag != 0


def _named(column: "array[int]", hot: Columns, wanted: Callable[[str], bool]) -> Predicate:
    """Ask for a name; the same name is asked about once."""
    known, asked = hot.names.known, cache(wanted)
    return lambda row: asked(known[column[row]])


def _term(key: str | None, op: str | None, value: str, inbox: Inbox, now: datetime, operator: str) -> Predicate:
    hot = inbox.items.hot
    if key is None:
        return _words(value, inbox)
    if key in {"risk", "level"}:
        return _risk(op or ":", value, hot)
    if key == "age":
        return _age(op or ":", value, now, hot)
    if key == "reach":
        return _reach(op or ":", value, inbox)
    if op not in {":", "="}:
        raise QueryError(f"“{key}{op}{value}”: only risk, age and reach can be compared")
    if key == "is":
        return _is(value, operator, inbox)
    network = _named(hot.network, hot, lambda name: name == name_of(value))
    source = _named(hot.source, hot, lambda name: value in {name, name.split(":")[0]})
    claimed = _named(hot.claimed_by, hot, lambda name: fold_text(name) == folded)
    changed = _named(hot.changed_by, hot, lambda name: fold_text(name) == folded)
    fields: dict[str, Predicate] = {
        "source": lambda row: source(row) or network(row),
        "network": network,
        "author": _author(value, inbox),
        "post": lambda row: hot.post(row) == value or folded in _fold_name(_title(row, inbox)),
        "lang": _named(hot.language, hot, lambda name: name == value),
        "by": lambda row: claimed(row) or changed(row),
        "state": lambda row: STATES[hot.state[row]] == value,
        "wave": lambda row: hot.waves.text(row) == value,
        "thread": lambda row: _in_thread(row, inbox) and (value == "any" or folded in _fold_name(_title(row, inbox))),
        "id": lambda row: value in {hot.ids[row], hot.ids[row].partition("/")[2]},
    }
    folded = fold_text(value)
    if key == "state" and value not in set(TriageState):
        raise QueryError(f"“state:{value}”: states are {', '.join(TriageState)}")
    if key not in fields:
        raise QueryError(f"“{key}:” is unknown{_did_you_mean(key, [*fields, 'is', 'risk', 'age', 'reach'])}")
    return fields[key]


def _place(row: int, hot: Columns) -> tuple[str, str]:
    return hot.names.known[hot.source[row]], hot.post(row)


def _title(row: int, inbox: Inbox) -> str:
    post = inbox.posts.get(_place(row, inbox.items.hot))
    return (post.title or post.text) if post else ""


def _words(value: str, inbox: Inbox) -> Predicate:
    folded = fold_text(value)
    search = pattern_of(value).search

    def matches(row: int) -> bool:
        comment = inbox.items.words(row).comment
        return (
            search(comment.text) is not None
            or folded in _fold_name(comment.author.name)
            or folded in _fold_name(comment.author.handle)
            or folded in _fold_name(_title(row, inbox))
        )

    return matches


def _author(value: str, inbox: Inbox) -> Predicate:
    folded, hot = fold_text(value), inbox.items.hot

    def matches(row: int) -> bool:
        if hot.author(row) == value:
            return True
        author = inbox.items.words(row).comment.author
        return folded in _fold_name(author.name) or folded in _fold_name(author.handle)

    return matches


def _risk(op: str, value: str, hot: Columns) -> Predicate:
    level = LEVELS.get(value)
    if level is None:
        raise QueryError(f"“{value}” is no level{_did_you_mean(value, list(LEVELS))}: calm, tense, heated, critical")
    levels = hot.level
    compare: dict[str, Predicate] = {
        ":": lambda row: levels[row] == level,
        "=": lambda row: levels[row] == level,
        ">=": lambda row: levels[row] >= level,
        ">": lambda row: levels[row] > level,
        "<=": lambda row: levels[row] <= level,
        "<": lambda row: levels[row] < level,
    }
    return compare[op]


def _reach(op: str, value: str, inbox: Inbox) -> Predicate:
    if not value.isdecimal():
        raise QueryError(f"“reach{op}{value}”: write reach>=50, the reactions, answers and shares of a comment")
    touches, ids, least = inbox.reach.touches, inbox.items.hot.ids, int(value)
    compare: dict[str, Predicate] = {
        ">": lambda row: touches(ids[row]) > least,
        "<": lambda row: touches(ids[row]) < least,
        "<=": lambda row: touches(ids[row]) <= least,
    }
    return compare.get(op, lambda row: touches(ids[row]) >= least)


def _age(op: str, value: str, now: datetime, hot: Columns) -> Predicate:
    match = _AGE.match(value)
    if match is None:
        raise QueryError(f"“age{op}{value}”: write age<2h, age>30min or age<3d")
    edge, at = now.timestamp() - int(match[1]) * _UNITS[match[2]], hot.at
    if op in {"<", "<=", ":", "="}:
        return lambda row: at[row] >= edge
    return lambda row: at[row] <= edge


def _in_thread(row: int, inbox: Inbox) -> bool:
    return _place(row, inbox.items.hot) in inbox.thread_posts


def _is(value: str, operator: str, inbox: Inbox) -> Predicate:
    hot = inbox.items.hot
    ids, flags = hot.ids, hot.flags
    kinds: dict[str, Predicate] = {
        "question": _flag(QUESTION, hot),
        "asking": lambda row: ids[row] in inbox.questions,
        "danger": _flag(DANGER, hot),
        "suspected": _flag(DANGER, hot),
        "picture": _flag(PICTURE, hot),
        "wave": lambda row: hot.waves.of[row] != 0,
        "reply": lambda row: hot.answers.of[row] != 0,
        "claimed": lambda row: hot.claimed_by[row] != 0,
        "mine": _named(hot.claimed_by, hot, lambda name: name == operator),
        "hidden": _flag(HIDDEN, hot),
        "held": _flag(HELD, hot),
        "gone": _flag(GONE, hot),
        "note": _flag(NOTED, hot),
        "draft": lambda row: bool(inbox.unsent.of(operator, ids[row])),
        "submitted": lambda row: ids[row] in inbox.approvals.keys(),  # noqa: SIM118 - not a dictionary's
        "thread": lambda row: _in_thread(row, inbox),
        "open": _flag(OPEN, hot),
        "done": lambda row: not flags[row] & (OPEN | OWN),
        "own": _flag(OWN, hot),
        "any": lambda _: True,
    }
    if value not in kinds:
        raise QueryError(f"“is:{value}” is unknown{_did_you_mean(value, list(kinds))}: {', '.join(kinds)}")
    return kinds[value]


def _did_you_mean(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f" (did you mean “{close[0]}”?)" if close else ""
