"""The filter language of `/`, `list` and `export`: words, key:value, risk>=level, -not."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from difflib import get_close_matches

from inbox.fold import Inbox
from inbox.item import Item, TriageState
from inbox.networks import name_of
from scoring.assessment import RiskLevel

Predicate = Callable[[Item], bool]
"""Whether an item belongs to a view."""

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


def fold_text(text: str) -> str:
    """Fold case and accents away, so that "scandaleux" finds "SCANDALEUX" and "exposition" finds "éxposition"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def compile_query(query: str, inbox: Inbox, *, now: datetime, operator: str = "") -> Predicate:
    """Turn a query into a predicate.

    Without a word about state (`state:`, `is:open|done|own|any`), only open items match.

    Args:
        query: words and quoted phrases (in text, author, post title), `source:fb`, `author:`, `post:`, `id:`, `lang:`,
            `by:`, `wave:`, `state:new`, `is:question|danger|picture|wave|reply|claimed|mine|hidden|gone|note|open|done|
            own|any`, `risk>=tense`, `age<2h`; a minus in front negates.
        inbox: where posts are looked up.
        now: the time that ages count from.
        operator: who `is:mine` means.

    Raises:
        QueryError: a key, value or level is unknown.
    """
    terms: list[Predicate] = []
    about_state = False
    for match in _TOKEN.finditer(query):
        key, value = match["key"], match["value"].strip('"')
        if match["key"] is None and match["op"] is None and not value:
            continue
        about_state |= key == "state" or (key == "is" and value in {"open", "done", "own", "any"})
        term = _term(key, match["op"], value, inbox, now, operator)
        terms.append(_negate(term) if match["minus"] else term)
    if not about_state:
        terms.append(lambda item: item.is_open)
    if len(terms) == 1:
        return terms[0]
    return lambda item: all(term(item) for term in terms)


def _negate(term: Predicate) -> Predicate:
    return lambda item: not term(item)


def _term(key: str | None, op: str | None, value: str, inbox: Inbox, now: datetime, operator: str) -> Predicate:
    if key is None:
        return _words(value, inbox)
    if key in {"risk", "level"}:
        return _risk(op or ":", value)
    if key == "age":
        return _age(op or ":", value, now)
    if op not in {":", "="}:
        raise QueryError(f"“{key}{op}{value}”: only risk and age can be compared")
    if key == "is":
        return _is(value, operator)
    fields: dict[str, Predicate] = {
        "source": lambda item: value in {item.source, item.source.split(":")[0]} or item.network == name_of(value),
        "network": lambda item: item.network == name_of(value),
        "author": lambda item: (
            folded in fold_text(item.comment.author.name)
            or folded in fold_text(item.comment.author.handle)
            or item.comment.author.native_id == value
        ),
        "post": lambda item: item.comment.post_id == value or folded in fold_text(_title(item, inbox)),
        "lang": lambda item: item.assessment.language == value,
        "by": lambda item: fold_text(item.claimed_by) == folded or fold_text(item.changed_by) == folded,
        "state": lambda item: item.state == value,
        "wave": lambda item: item.wave == value,
        "id": lambda item: value in {item.key, item.comment.native_id},
    }
    folded = fold_text(value)
    if key == "state" and value not in set(TriageState):
        raise QueryError(f"“state:{value}”: states are {', '.join(TriageState)}")
    if key not in fields:
        raise QueryError(f"“{key}:” is unknown{_did_you_mean(key, [*fields, 'is', 'risk', 'age'])}")
    return fields[key]


def _title(item: Item, inbox: Inbox) -> str:
    post = inbox.post_of(item)
    return (post.title or post.text) if post else ""


def _words(value: str, inbox: Inbox) -> Predicate:
    folded = fold_text(value)

    def matches(item: Item) -> bool:
        comment = item.comment
        return (
            folded in fold_text(comment.text)
            or folded in fold_text(comment.author.name)
            or folded in fold_text(comment.author.handle)
            or folded in fold_text(_title(item, inbox))
        )

    return matches


def _risk(op: str, value: str) -> Predicate:
    level = LEVELS.get(value)
    if level is None:
        raise QueryError(f"“{value}” is no level{_did_you_mean(value, list(LEVELS))}: calm, tense, heated, critical")
    compare: dict[str, Predicate] = {
        ":": lambda item: item.level == level,
        "=": lambda item: item.level == level,
        ">=": lambda item: item.level >= level,
        ">": lambda item: item.level > level,
        "<=": lambda item: item.level <= level,
        "<": lambda item: item.level < level,
    }
    return compare[op]


def _age(op: str, value: str, now: datetime) -> Predicate:
    match = _AGE.match(value)
    if match is None:
        raise QueryError(f"“age{op}{value}”: write age<2h, age>30min or age<3d")
    edge = now - timedelta(seconds=int(match[1]) * _UNITS[match[2]])
    if op in {"<", "<=", ":", "="}:
        return lambda item: item.comment.created_at >= edge
    return lambda item: item.comment.created_at <= edge


def _is(value: str, operator: str) -> Predicate:
    kinds: dict[str, Predicate] = {
        "question": lambda item: item.is_question,
        "danger": lambda item: item.is_danger,
        "picture": lambda item: bool(item.comment.attachments),
        "wave": lambda item: bool(item.wave),
        "reply": lambda item: item.comment.parent_id is not None,
        "claimed": lambda item: bool(item.claimed_by),
        "mine": lambda item: item.claimed_by == operator,
        "hidden": lambda item: item.hidden,
        "gone": lambda item: bool(item.gone),
        "note": lambda item: bool(item.notes),
        "open": lambda item: item.is_open,
        "done": lambda item: not item.is_open and not item.own,
        "own": lambda item: item.own,
        "any": lambda _: True,
    }
    if value not in kinds:
        raise QueryError(f"“is:{value}” is unknown{_did_you_mean(value, list(kinds))}: {', '.join(kinds)}")
    return kinds[value]


def _did_you_mean(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f" (did you mean “{close[0]}”?)" if close else ""
