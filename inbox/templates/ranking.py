"""Ranking: which texts to offer under a comment, in which order, and whether a joke may be among them."""

from collections.abc import Iterable
from hashlib import blake2b

from msgspec import Struct

from inbox.templates.context import Context
from inbox.templates.facts import Facts, canonical
from inbox.templates.gate import Ruling, Verdict, rule
from inbox.templates.headings import Heading
from inbox.templates.ledger import last_used, next_variant, spent
from inbox.templates.lengths import excess
from inbox.templates.packs import Library
from inbox.templates.render import placeholders, render
from inbox.templates.search import fold
from inbox.templates.template import Kind, Template
from inbox.templates.topics import topics

NO_REPLY = "no-reply"
"""The id of saying nothing: first of all for a provoker, always among the offers."""

_SILENT = frozenset({Heading.THREATS, Heading.HATE})
_PERSON_FIRST = _SILENT | {Heading.SELF_HARM, Heading.SAFETY, Heading.MINORS, Heading.GRIEF}


class Suggestion(Struct, frozen=True):
    """What to offer.

    Attributes:
        verdict: whether a joke is welcome: ok, soft (a plain reply is better) or hard (refused).
        ruling: every reason, with its words.
        ids: ids of templates, and `NO_REPLY`, in the order to show them.
        repeats: those of `ids` of which this thread has read every wording.
    """

    verdict: Verdict
    ruling: Ruling
    ids: tuple[str, ...]
    repeats: tuple[str, ...] = ()

    @property
    def reason(self) -> Heading | None:
        """The gravest heading against a joke, or None."""
        return self.ruling.reasons[0].heading if self.ruling.reasons else None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that caused the refusal, the gravest heading's first."""
        return tuple(r.words for r in self.ruling.reasons if r.words)

    @property
    def needs_second_person(self) -> bool:
        """Whether sending a joke all the same needs somebody else's agreement."""
        return self.verdict is Verdict.HARD


def _dice(template: Template, context: Context) -> int:
    """Shuffle equals, the same way for the same thread and author: every conversation opens with another text."""
    key = f"{context.thread}\0{context.author}\0{context.text}\0{template.id}"
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest())


def _fits(template: Template, context: Context, facts: Facts) -> bool:
    if template.networks and context.platform and context.platform not in template.networks:
        return False
    return not excess(render(template, facts).text, context.platform)


def _offered(templates: Iterable[Template], context: Context, facts: Facts) -> list[Template]:
    themes = {fold(t) for t in context.themes}
    today = context.at.date() if context.at else None
    return [
        t
        for t in templates
        if not (t.expires and today and today > t.expires)
        and not any(fold(a) in theme for a in t.avoid for theme in themes)
        and not spent(t, context.uses, thread=context.thread, author=context.author, at=context.at)
        and _fits(t, context, facts)
    ]


def _holes(template: Template, facts: Facts) -> int:
    known = facts.of(template.language)
    return sum(canonical(n) not in known for n in placeholders(template.body))


def _jokes(library: Library, context: Context, facts: Facts) -> list[str]:
    fresh = [
        t
        for t in _offered(library.of(Kind.OFFBEAT, language=context.answer_language), context, facts)
        if next_variant(t, context.uses, context.thread) is not None
    ]
    text = fold(context.text)
    lately = {t.register for t in library.of(Kind.OFFBEAT) if last_used(t, context.uses)}

    def order(template: Template) -> tuple[object, ...]:
        used = last_used(template, context.uses)
        return (
            _holes(template, facts),
            -sum(fold(tag) in text for tag in template.tags),
            bool(template.situation) and not set(template.situation) & set(context.situations),
            used is not None,
            used.timestamp() if used else 0.0,
            template.register in lately,
            _dice(template, context),
        )

    return [t.id for t in sorted(fresh, key=order)]


def _facts_first(library: Library, context: Context, facts: Facts) -> list[str]:
    asked = topics(context.text)
    if not asked:
        return []
    plain = _offered(library.of(Kind.PLAIN, language=context.answer_language), context, facts)
    ranked = [(min(asked.index(t) for t in p.tags if t in asked), p) for p in plain if set(p.tags) & set(asked)]
    return [p.id for _, p in sorted(ranked, key=lambda pair: (pair[0], _holes(pair[1], facts)))]


def _sober(library: Library, context: Context, facts: Facts, ruling: Ruling) -> list[str]:
    headings = [r.heading.id for r in ruling.reasons]
    texts = _offered(library.of(Kind.SOBER, language=context.answer_language), context, facts)
    ranked = [
        (min(headings.index(t) for t in s.tags if t in headings), s.id) for s in texts if set(s.tags) & set(headings)
    ]
    forwarded = _offered(library.of(Kind.FORWARDED, language=context.answer_language), context, facts)
    return [id_ for _, id_ in sorted(ranked, key=lambda pair: pair[0])] + [f.id for f in forwarded]


def suggest(context: Context, library: Library, facts: Facts | None = None) -> Suggestion:
    """Rank what may be said under a comment.

    Facts come first for a question, saying nothing comes first for a provoker and under a threat, then the offbeat
    replies that fit the text, the situation and the platform, never one this thread has read. Where the gate advises
    against a joke, plain answers come before it; where it refuses, they come instead.

    Args:
        context: the comment and what surrounds it.
        library: the packs.
        facts: the house's facts; texts they fill completely come before those with a hole.
    """
    facts = facts or Facts()
    ruling = rule(context)
    answers = _facts_first(library, context, facts)
    silent = (context.provoker and not answers) or any(r.heading in _SILENT for r in ruling.reasons)
    plain = _sober(library, context, facts, ruling)
    if ruling.verdict is Verdict.OK:
        # whoever asks gets an answer, or somebody who has one; a joke is not what they came for
        ids = [*answers, *(plain if context.assessment.is_question else ()), *_jokes(library, context, facts)]
    else:
        person_first = ruling.reasons[0].heading in _PERSON_FIRST
        ids = [*plain[:1], *answers, *plain[1:]] if person_first else [*answers, *plain]
        if ruling.verdict is Verdict.SOFT:  # a plain reply is better; the operator may think otherwise
            ids += _jokes(library, context, facts)
    if "feud" in context.situations:
        appeals = _offered(library.of(Kind.APPEAL, language=context.answer_language), context, facts)
        ids += [t.id for t in sorted(appeals, key=lambda t: _dice(t, context))]
    if "flood" in context.situations and context.assessment.is_question:
        ids += [t.id for t in _offered(library.of(Kind.INVITATION, language=context.answer_language), context, facts)]
    ids = list(dict.fromkeys([NO_REPLY, *ids] if silent else [*ids, NO_REPLY]))
    read = tuple(
        i for i in ids if i != NO_REPLY and next_variant(library.templates[i], context.uses, context.thread) is None
    )
    return Suggestion(ruling.verdict, ruling, tuple([i for i in ids if i not in read] + list(read)), read)
