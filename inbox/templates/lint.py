"""Lint: the tone of the house as rules, checked on every text before it is ever offered."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template as Dollar

from inbox.templates.facts import NAMES, Facts, canonical, did_you_mean, examples
from inbox.templates.faults import Fault, locate
from inbox.templates.lengths import LIMITS, excess
from inbox.templates.render import fill, placeholders
from inbox.templates.template import LANGUAGES, Kind, Template
from inbox.templates.typography import typeset

_STOP = re.compile(r"[.!?…]+(?=[\s\u00a0\u202f»”’)]*(?:[\s\u00a0\u202f]+(?P<next>\S)|$))")
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_WEAPONS = re.compile(
    "[\u2694\u2620\U0001f52b\U0001f4a3\U0001f5e1\U0001f52a\U0001fa93\U0001f3f9\U0001f9e8\U0001f480\U0001f4a5]"
)
_CAPITALS = re.compile(r"\b[^\W\d_a-zà-ÿ]{5,}\b")
_PERSON = re.compile(
    r"\b(?:trolls?|haters?|rageux|orthographe|spelling|imb[ée]ciles?|idiote?s?|calmez[- ]vous|calm down|"
    r"gens comme vous|people like you|vous [êe]tes (?:un|une)|you are (?:a|an)|you’re (?:a|an)|à votre [âa]ge|at your age)\b",
    re.IGNORECASE,
)
_CAMPS = re.compile(
    r"@|\b(?:camps?|clans?|both sides|each side|les pro|les anti|partisans?|opposants?|adversaires?|opponents?|supporters?)\b",
    re.IGNORECASE,
)
_FAMILIAR = re.compile(r"\b(?:tu|toi)\b|\bt’", re.IGNORECASE)
_GLUED_FR = re.compile(r"[^\s\u00a0\u202f?!…][;?!](?=\s|$)|\w:(?=\s|$)|«\S|[^\s\u00a0\u202f]»")
_LOOSE_EN = re.compile(r"[\s\u00a0\u202f][;?!:](?=\s|$)")
_GUILLEMETS_OK = re.compile(r"«\u00a0|\u00a0»")
_STRAIGHT = re.compile(r'"')
_DOUBLE = re.compile(r"[^\S\n]{2,}| +$", re.MULTILINE)
_OPEN_DOOR = re.compile(
    r"[$\d]|\b(?:venez|revenez|passez|attend\w*|bienvenue?s?|ouverte?s?|porte|restez|rendez-vous|demandez|entrez|vous dira|"
    r"come|welcome|open|waits?|waiting|ask|door|bring|visit|see you|stay|tells?)\b",
    re.IGNORECASE,
)
_COMBINED = "!"


def sentences(text: str) -> list[str]:
    """Split a text into sentences: a stop followed by a small letter ends none ("« Ah ? » dit le vase.")."""
    parts, start = [], 0
    for stop in _STOP.finditer(text):
        following = stop["next"]
        if following and (following.islower() or following in "—–-,;"):
            continue
        parts.append(text[start : stop.end()])
        start = stop.end()
    if re.search(r"\w", text[start:]):
        parts.append(text[start:])
    return [p.strip() for p in parts]


def _dollars(text: str, known: set[str]) -> Iterator[tuple[str, str, bool]]:
    template = Dollar(text)
    if not template.is_valid():
        lone = re.search(r"\$(?![a-zA-Z_{$]).{0,8}|\$\{[^}]*(?:\}|$)|\$[A-Z]\w*", text)
        words = lone[0] if lone else "$"
        yield f"a lone $ ({words.strip()!r}): write $$ for the sign, or a name after it", words.split("\n")[0], False
        return
    for name in placeholders(text):
        if canonical(name) not in known:
            yield f"unknown placeholder ${name}{did_you_mean(name, known | set(NAMES))}", name, False


def _marks(text: str, template: Template) -> Iterator[tuple[str, str, bool]]:
    for pattern, message in (
        (_STRAIGHT, 'a straight " : use « » in French, “ ” in English'),
        (_DOUBLE, "two spaces, or one at the end of a line"),
        (_WEAPONS, "no emoji of weapons"),
        (_CAPITALS, "a word in capitals shouts"),
    ):
        if found := pattern.search(text):
            yield message, found[0], False
    glued = _GLUED_FR.search(_GUILLEMETS_OK.sub("", text)) if template.language == "fr" else None
    if glued:
        yield f"French wants a space at {glued[0]!r}", glued[0], False
    if template.language == "en" and (loose := _LOOSE_EN.search(text)):
        yield f"English wants no space before {loose[0].strip()!r}", loose[0].strip(), False
    allowed = 1 if template.kind is Kind.OFFBEAT else 0
    if len(_EMOJI.findall(text)) > allowed:
        yield f"{allowed or 'no'} emoji at most", "", False
    if text.count(_COMBINED) > 1:
        yield "one exclamation mark at most", _COMBINED, False


def _tone(text: str, template: Template) -> Iterator[tuple[str, str, bool]]:
    if found := _PERSON.search(text):
        yield f"{found[0]!r} lands on the person; let it land on the object or the house", found[0], False
    if template.language == "fr" and (found := _FAMILIAR.search(text)):
        yield f"{found[0]!r}: the house says vous", found[0], True
    if template.kind in {Kind.APPEAL, Kind.NOTICE} and (found := _CAMPS.search(text)):
        yield f"{found[0]!r}: name nobody and no camp", found[0], False
    if template.kind is Kind.OFFBEAT:
        parts = sentences(text)
        if len(parts) > 2:
            yield f"{len(parts)} sentences; an offbeat reply has two at most", "", False
        if parts and not _OPEN_DOOR.search(parts[-1]):
            yield "ends with no fact, no date and no door left open", "", True


def _shape(template: Template) -> Iterator[tuple[str, str, bool]]:
    if template.language not in LANGUAGES:
        yield f"language {template.language!r}: write fr or en", "language", False
    if template.kind is Kind.OFFBEAT and template.register is None:
        yield "an offbeat reply needs its register", "", False
    if template.kind is Kind.PLAIN and not template.tags:
        yield "a plain answer needs tags: what the question is about", "", False
    if template.kind is Kind.NOTICE and template.lasts <= 0:
        yield "a notice needs lasts: the hours it stays up", "lasts", False
    if template.kind is Kind.THREAD:
        if not (template.title and template.rules and template.announcement):
            yield "a thread needs a title, rules and an announcement", "", False
        elif "link" not in map(canonical, placeholders(template.announcement)):
            yield "the announcement must hold $link ($lien)", "announcement", False
    for network in template.networks:
        if network not in LIMITS:
            near = did_you_mean(network, LIMITS)
            yield f"we know no length for {network!r}{near}", "networks", not near


def _fits(template: Template, facts: Facts) -> Iterator[tuple[str, str, str, bool]]:
    shown = Facts({k: {**examples().of(k), **facts.of(k)} for k in LANGUAGES})
    for key, body in (*(("body", b) for b in template.bodies), ("announcement", template.announcement)):
        text = fill(body, shown, template.language).text
        for network in template.networks:
            if over := excess(text, network):
                limit = LIMITS[network]
                words = f"{over} {limit.unit} too long for {network} ({limit.most} with room for the mention)"
                yield key, words, "", False


def check(template: Template, path: Path, source: str, table: str, facts: Facts) -> list[Fault]:
    """Check one template against the tone rules.

    Args:
        template: what was read.
        path: its file.
        source: the file's text, to name lines.
        table: the template's table in it.
        facts: the house's own facts: their names are known placeholders, their lengths are measured.

    Returns:
        Its faults, in the order of the fields; none for a text that may be used.
    """
    known = set(NAMES.values()) | facts.names()
    faults = [Fault(path, locate(source, table, key), table, m, warning=w) for m, key, w in _shape(template)]
    fields = (
        ("title", (template.title,)),
        ("body", (template.body,)),
        ("variants", template.variants),
        ("rules", template.rules),
        ("announcement", (template.announcement,)),
    )
    if not template.body.strip():
        faults.append(Fault(path, locate(source, table, "body"), table, "the body is empty"))
    sound = True
    for key, texts in fields:
        for text in filter(str.strip, texts):
            broken = list(_dollars(text, known))
            sound = sound and not any("lone" in m for m, _, _ in broken)
            set_text = typeset(text, template.language)
            for message, words, warning in (*broken, *_marks(set_text, template), *_tone(set_text, template)):
                line = locate(source, table, key, words)
                faults.append(Fault(path, line, table, message, warning=warning))
    if sound:
        faults += [
            Fault(path, locate(source, table, key), table, message, warning=warning)
            for key, message, _, warning in _fits(template, facts)
        ]
    return faults
