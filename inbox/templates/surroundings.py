"""Surroundings: what a comment stands under, and what holds of it apart from its words, by name."""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from inbox.templates.context import Context
from inbox.templates.headings import Heading
from inbox.templates.refusals import refusals
from inbox.templates.themes import (
    THEMES,
    announces_bad_news,
    declared_themes,
    is_aside,
    is_earnest,
    is_merry,
    is_practical,
    names_practical,
    spoken_of,
)
from scoring import RiskLevel

_EMOJI = re.compile(r"[\U0001f300-\U0001faff]")
_SHORT, _MIDDLE, _LONG, _VERY_LONG = 6, 14, 25, 45  # words
_PLEASED, _SORRY = 0.3, -0.3  # compound
_RISKY = 0.1


class Setting(StrEnum):
    """What a comment stands under: the same words weigh differently there."""

    PLAIN = "plain"
    TOUCHY = "touchy"
    BLAMED = "blamed"


class Surroundings(Struct, frozen=True):
    """What the post and the exhibition say before any comment does.

    Attributes:
        setting: touchy when a declared subject fills the exhibition, blamed when the post brings bad or grave news.
        steeped: whether nothing but the visit is free of that subject here: the post speaks of it, or of no visit.
        marks: what holds of them, by name.
        grave: the hard heading the post itself falls under, if any.
    """

    setting: Setting
    steeped: bool
    marks: tuple[str, ...]
    grave: Heading | None


def surroundings(context: Context) -> Surroundings:
    """Tell what a comment stands under."""
    subjects = [theme for theme in declared_themes(context.themes) if theme.pervades]
    always = [theme for theme in THEMES if theme.always]
    grave = next((heading for heading, _ in refusals(context.post_text) if heading.is_hard), None)
    bad = bool(announces_bad_news(context.post_text))
    speaks = bool(subjects) and bool(spoken_of(context.post_text, [*subjects, *always]))
    practical = is_practical(context.post_text)
    held = {
        "touchy": bool(subjects),
        "bad": bad,
        "grave": grave is not None,
        "speaks": speaks,
        "visit": not speaks and practical,
        "themes": bool(context.themes),
    }
    setting = Setting.TOUCHY if subjects else Setting.BLAMED if bad or grave else Setting.PLAIN
    steeped = bool(subjects) and (not practical or bool(spoken_of(context.post_text, subjects)))
    return Surroundings(setting, steeped, tuple(name for name, holds in held.items() if holds), grave)


def circumstances(context: Context, around: Surroundings) -> Iterator[str]:
    """Yield what holds of a comment apart from its words, alone and together with what it stands under."""
    text, told = context.text, context.assessment
    size = len(text.split())
    held = {
        "asks": told.is_question or "?" in text,
        "merry": is_merry(text),
        "aside": is_aside(text),
        "practical": names_practical(text),
        "earnest": is_earnest(text),
        "loud": "!" in text,
        "emoji": _EMOJI.search(text) is not None,
        "short": size <= _SHORT,
        "middle": _SHORT < size <= _MIDDLE,
        "long": size >= _LONG,
        "very long": size >= _VERY_LONG,
        "pleased": told.sentiment > _PLEASED,
        "sorry": told.sentiment < _SORRY,
        "risky": told.risk > _RISKY,
        "tense": told.level >= RiskLevel.TENSE,
        "heated": told.level >= RiskLevel.HEATED,
    }
    for mark in around.marks:
        yield f":{mark}"
    for name, holds in held.items():
        if holds:
            yield name
            yield from (f"{name}:{mark}" for mark in around.marks)
