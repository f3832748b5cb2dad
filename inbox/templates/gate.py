"""The joke gate: whether humour would be welcome here, and if not, under which heading and because of which words."""

import re
from collections.abc import Iterator
from datetime import time
from enum import StrEnum

from msgspec import Struct, structs

from inbox.templates.context import Context
from inbox.templates.headings import Heading
from inbox.templates.ledger import joked_with
from inbox.templates.refusals import refusals
from inbox.templates.tact import Tact, tact
from inbox.templates.template import LANGUAGES
from inbox.templates.themes import (
    THEMES,
    announces_bad_news,
    declared_themes,
    is_merry,
    is_practical,
    spoken_of,
)
from scoring import SignalKind, assess
from scoring.folding import MAX_EXAMINED, fold

NIGHT = time(22), time(6)
"""From when to when it is too late for jokes, in the house's local time."""
BUSY = 20
"""Comments an hour in a thread above which a joke is lost or misread."""

_TELLING = frozenset({Heading.TOLD, Heading.IRONY, Heading.YOUNG})
"""Soft headings whose own words say enough: no likeness to other comments makes them graver."""

_EVERYBODYS = re.compile(r"(?:sous[- ]titr\w*|subtitl\w*)$")
"""Aids that everybody uses: naming one is no complaint."""

_HEADINGS = {
    SignalKind.INSULT: Heading.UNSURE,
    SignalKind.INSULT_ARTIST: Heading.UNSURE,
    SignalKind.SPAM: Heading.UNSURE,
    SignalKind.THREAT: Heading.THREATS,
    SignalKind.DOXING: Heading.THREATS,
    SignalKind.RENDEZVOUS: Heading.THREATS,
    SignalKind.SELF_HARM: Heading.SELF_HARM,
    SignalKind.DANGER: Heading.SAFETY,
    SignalKind.HATE: Heading.HATE,
    SignalKind.GRIEF: Heading.GRIEF,
    SignalKind.LEGAL: Heading.LEGAL,
    SignalKind.PRESS: Heading.PRESS,
    SignalKind.DISABILITY: Heading.DISABILITY,
    SignalKind.STAFF_CONDUCT: Heading.STAFF,
    SignalKind.STRIKE: Heading.STAFF,
    SignalKind.REFUND: Heading.REFUND,
    SignalKind.RELIGION: Heading.SENSITIVE,
    SignalKind.COLONIAL: Heading.SENSITIVE,
}


class Verdict(StrEnum):
    """What the gate says of a joke."""

    OK = "ok"
    SOFT = "soft"
    HARD = "hard"


class Reason(Struct, frozen=True):
    """One heading that speaks against a joke.

    Attributes:
        heading: which.
        words: the words that caused it, as written; "" when the state of the thread did.
    """

    heading: Heading
    words: str = ""


class Ruling(Struct, frozen=True):
    """What the gate says.

    Attributes:
        verdict: ok, soft or hard.
        reasons: every heading that holds, the gravest first.
    """

    verdict: Verdict = Verdict.OK
    reasons: tuple[Reason, ...] = ()

    def permits(self, operator: str, second: str = "") -> bool:
        """Tell whether a joke may leave.

        Args:
            operator: who wants to send it.
            second: who agrees; a hard refusal is lifted only by another person, a soft one by the operator.
        """
        return self.verdict is not Verdict.HARD or bool(second and second.casefold() != operator.casefold())


def _from_signals(context: Context) -> Iterator[Reason]:
    for signal in context.assessment.signals:
        heading = _HEADINGS.get(signal.kind)
        if (
            heading
            and not signal.is_suspicion
            and not (heading is Heading.DISABILITY and _EVERYBODYS.match(fold(signal.text)))
        ):
            yield Reason(heading, signal.text)


def _from_text(context: Context) -> Iterator[Reason]:
    for heading, words in refusals(context.text):
        yield Reason(heading, words)
    for text in context.above:  # whoever answers a mourner stands at the same grave
        for heading, words in refusals(text):
            if heading.is_hard:
                yield Reason(heading, words)


def _from_subject(context: Context) -> Iterator[Reason]:
    """What the exhibition is about: its declared themes where they are spoken of."""
    always = [t for t in THEMES if t.always]
    if words := spoken_of(context.text, always):
        yield Reason(Heading.SENSITIVE, words)
        return
    themes = list(declared_themes(context.themes))
    words = spoken_of(context.text, themes)
    if words and not is_practical(context.text):  # praise beside the subject's own words may well be bitter
        yield Reason(Heading.SENSITIVE, words)


def _from_post(context: Context) -> Iterator[Reason]:
    """What the house announced: under bad news of its own making, only questions and thanks are taken lightly."""
    if context.assessment.is_question or "?" in context.text or is_merry(context.text):
        return
    if bad_news := announces_bad_news(context.post_text):
        yield Reason(Heading.FAULT, bad_news)


def _from_examples(context: Context, learned: Tact) -> Iterator[Reason]:
    """What comments like this one taught, under posts like this one; whatever is like a danger, as heavy as it may be."""
    suspicion = next((signal for signal in context.assessment.signals if signal.is_suspicion), None)
    if suspicion is not None:
        yield Reason(_HEADINGS[suspicion.kind], suspicion.text)
        return
    doubt = learned.doubt(context)
    if doubt.odds >= 0:
        yield Reason(doubt.heading, doubt.words)


def _from_state(context: Context) -> Iterator[Reason]:
    if context.rung >= 3 or "flood" in context.situations:
        yield Reason(Heading.CRISIS)
    if context.at_fault:
        yield Reason(Heading.FAULT)
    if context.misread:
        yield Reason(Heading.IRONY)
    if joked_with(context.uses, context.author, context.at):
        yield Reason(Heading.TOLD)
    if context.rate is not None and context.rate > BUSY:
        yield Reason(Heading.BUSY)
    if context.assessment.language not in LANGUAGES and assess(context.text).language not in LANGUAGES:
        yield Reason(Heading.UNSURE)
    if context.at is not None and (context.at.time() >= NIGHT[0] or context.at.time() < NIGHT[1]):
        yield Reason(Heading.LATE)


def rule(context: Context, *, learned: Tact | None = None) -> Ruling:
    """Judge whether a joke would be welcome under a comment; facts may always be given.

    Args:
        context: the comment and what surrounds it.
        learned: what examples taught; None: what ships.
    """
    if len(context.text) > MAX_EXAMINED:
        half = MAX_EXAMINED // 2
        context = structs.replace(context, text=f"{context.text[:half]}\n{context.text[-half:]}")
    found: dict[Heading, Reason] = {}
    for reason in (
        *_from_signals(context),
        *_from_text(context),
        *_from_subject(context),
        *_from_post(context),
        *_from_state(context),
    ):
        found.setdefault(reason.heading, reason)
    if not any(heading.is_hard or heading in _TELLING for heading in found):
        found.update((reason.heading, reason) for reason in _from_examples(context, learned or tact()))
    reasons = tuple(sorted(found.values(), key=lambda r: r.heading.rank))
    if not reasons:
        return Ruling()
    verdict = Verdict.HARD if any(r.heading.is_hard for r in reasons) else Verdict.SOFT
    return Ruling(verdict, reasons)
