"""From text to Assessment: tone, words and signals become one risk and one level."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from scoring.assessment import DANGERS, SUSPICION, Assessment, RiskLevel, Signal, SignalKind
from scoring.folding import MAX_EXAMINED, fold
from scoring.language import verdict
from scoring.lexis import Known, Lexis
from scoring.register import load_register
from scoring.signals import Places, Words, cut
from scoring.signals.evidence import dangers
from scoring.signals.posted import posted
from scoring.signals.question import question
from scoring.signals.reactions import shouting
from scoring.signals.targets import targets
from scoring.thresholds import DEFAULT, Thresholds
from scoring.tone import engines
from scoring.words import WordModel, load, shapes_of, signs_of

_OPINIONS = frozenset({SignalKind.CALL_TO_ACT, SignalKind.REMOVAL_DEMAND, SignalKind.CENSORSHIP, SignalKind.ACCUSATION})
_TARGETED = frozenset({SignalKind.INSULT, SignalKind.INSULT_STAFF, SignalKind.INSULT_ARTIST})
_ANGER = _TARGETED | _OPINIONS | DANGERS | {SignalKind.TONE}
_MOCKING = frozenset({SignalKind.SARCASM, SignalKind.IRONY})
_FURY = _TARGETED | _MOCKING | {SignalKind.ACCUSATION, SignalKind.CALL_TO_ACT, SignalKind.THREAT, SignalKind.HATE}
_DOXING = (SignalKind.DOXING,)
_SARCASTIC = (SignalKind.SARCASM,)
_THANKFUL = (SignalKind.THANKS,)
_SHOUTING_WEIGHT = 0.8
_POSTED_WEIGHT = 4.0
_EVIDENCE_WEIGHT = {RiskLevel.HEATED: 1.5, RiskLevel.CRITICAL: 3.0}
_QUOTABLE = frozenset({SignalKind.THREAT, SignalKind.HATE, SignalKind.INSULT, SignalKind.CALL_TO_ACT})
_QUOTED = (0.3, RiskLevel.CALM)  # what somebody else said: worth knowing, not what the writer does
_QUOTES = re.compile(r"«[^»]{2,300}»|“[^”]{2,300}”|\"[^\"]{2,300}\"|(?<!\w)['‘][^'’\n]{2,300}['’](?!\w)")
_OFFHAND = frozenset({SignalKind.TONE, SignalKind.SARCASM, SignalKind.IRONY})
_BRIEF = 45  # words; in a longer text one sharp word does not set the level, the score does
_EXPLAINED = 3  # words named as reasons when the score alone raised the level
_BIAS = -3.0
_ROUGH = 1.0  # how much the word model counts beside the rules
_ANGRY = 0.2  # how much the register of anger counts beside the words
_CURT = 6  # words, sentence ends among them: one contemptuous word is the whole message
_SHORT, _TERSE = 20, 1.15  # words, and log-odds of danger more that are asked of fewer: they say too little
_LONG, _PER_WORD = 40, 0.02  # words, and log-odds more that each further one asks for: they gather chance
_EXPLAINED_BY = frozenset(
    {
        SignalKind.QUESTION,
        SignalKind.THANKS,
        SignalKind.REMOVAL_DEMAND,
        SignalKind.CALL_TO_ACT,
        SignalKind.CENSORSHIP,
        SignalKind.REFUND,
        SignalKind.STRIKE,
        SignalKind.STAFF_CONDUCT,
        SignalKind.LEGAL,
        SignalKind.PRESS,
        SignalKind.GRIEF,
        SignalKind.DISABILITY,
        SignalKind.SHOUTING,
        SignalKind.COLONIAL,
        SignalKind.SPAM,
    }
)
_BESIDE = 1.75  # log-odds more that are asked of a text that one of these explains
_LENGTH = 0.3  # anger explains itself: each factor e of words, up to e**4
_LONGEST = math.exp(4)
_CERTAIN = 30.0  # log-odds beyond which nothing changes


class _Found(NamedTuple):
    """What a rule, clues or a question say: the signal, its floor and weight, and the range of tokens."""

    kind: SignalKind
    floor: RiskLevel
    weight: float
    start: int
    end: int


class _Hit(Struct, frozen=True, gc=False):
    """A rule that held: its signal, and the level below which it lets nothing be shown."""

    signal: Signal
    floor: RiskLevel


class Scorer:
    """The whole scorer over given word models, one a language."""

    def __init__(self, models: Mapping[str, WordModel]) -> None:
        self._models = models
        self._tones = {code: engines(code) for code in models}
        self._learned = frozenset(word for model in models.values() for word in model.learned)
        self._register = load_register()
        self._lexis = Lexis(models, self._register)

    def assess(
        self,
        text: str,
        *,
        lang: str | None = None,
        flagged: bool = False,
        has_picture: bool = False,
        thresholds: Thresholds = DEFAULT,
    ) -> Assessment:
        """Judge one text; see `scoring.assess`."""
        examined = text[:MAX_EXAMINED]
        words = cut(fold(examined))
        known = self._lexis.look_up(words.tokens)
        language, sure = _language(lang, known.votes, len(words.tokens))
        codes = (language,) if sure and language in self._models else tuple(self._models)
        capitals, digits = signs_of(examined)
        places = Places(examined, words)
        rough, sentiment = self._rough(examined, words.tokens, known.counts, codes[0], capitals)
        for code in codes[1:]:
            rough, sentiment = max(
                (rough, sentiment), self._rough(examined, words.tokens, known.counts, code, capitals)
            )
        hits = _hits(examined, words, places, known, sentiment)
        loud = shouting(examined) if capitals else None
        if loud is not None and (sentiment < 0 or _told(hits, _ANGER)):
            signal = Signal(SignalKind.SHOUTING, *loud, examined[slice(*loud)], _SHOUTING_WEIGHT)
            hits.append(_Hit(signal, RiskLevel.CALM))
        told = posted(examined, words.tokens) if digits else None  # no address is without one
        if told is not None and not _told(hits, _DOXING):
            signal = Signal(SignalKind.DOXING, *told, examined[slice(*told)], _POSTED_WEIGHT)
            hits.append(_Hit(signal, RiskLevel.CRITICAL))
        danger, anger = self._register.judge(known.weight, words.tokens, examined, self._lexis.together)
        score = _score(rough + _ANGRY * anger, len(words.tokens), hits)
        level = _level(score, hits, thresholds)
        if self._suspect(danger, len(words.tokens), hits, thresholds):
            level = max(level, RiskLevel.HEATED)
            if not _told(hits, DANGERS):
                hits.append(self._suspicion(examined, words, places))
        if level is RiskLevel.CALM and (_wordless(words, has_picture=has_picture) or _doubtful(hits, flagged=flagged)):
            level = RiskLevel.TENSE
        if len(words.tokens) <= _CURT and _told(hits, _SARCASTIC):
            level = max(level, RiskLevel.TENSE)
        signals = [hit.signal for hit in hits]
        if score >= thresholds.tense:
            signals.extend(self._rough_words(examined, words, places, codes))
        if len(signals) > 1:
            signals.sort(key=lambda signal: -abs(signal.weight))
        return Assessment(sentiment, (level + score) / len(RiskLevel), level, language, sure, tuple(signals))

    @staticmethod
    def _suspect(danger: float, size: int, hits: Sequence[_Hit], thresholds: Thresholds) -> bool:
        """Whether the register of danger alone is ground enough to show a text as heated."""
        if danger < thresholds.danger:
            return False
        limit = thresholds.danger + (_TERSE if size < _SHORT else _PER_WORD * max(0, size - _LONG))
        if danger < limit:
            return False
        return danger >= limit + _BESIDE or not _told(hits, _EXPLAINED_BY)

    def _suspicion(self, text: str, words: Words, places: Places) -> _Hit:
        """Name the danger a text is most like, and the sentence that says so."""
        start, end = self._register.strongest(words.tokens)
        first, last = places.span(start, end)
        kind = self._register.kind(words.tokens, text)
        return _Hit(Signal(kind, first, last, text[first:last], SUSPICION), RiskLevel.HEATED)

    def _rough(self, text: str, tokens: Sequence[str], packed: int, code: str, capitals: bool) -> tuple[float, float]:
        model = self._models[code]
        counts = model.unpack(self._lexis.counts(packed, code))
        engine, without_subjects = self._tones[code]
        tone = engine.tone(text)
        sentiment = tone.compound
        if counts[-1] and without_subjects is not engine:
            tone = without_subjects.tone(text)
        return model.logit(tokens, shapes_of(text, counts, len(tokens), tone, capitals=capitals), counts), sentiment

    def _rough_words(self, text: str, words: Words, places: Places, codes: Sequence[str]) -> list[Signal]:
        """Name the words that weighed most in the score."""
        shares: dict[str, float] = {}
        candidates = self._lexis.rough(words.tokens)
        if self._learned:
            rough = dict(candidates)
            distinct = dict.fromkeys(words.tokens)
            candidates = [(one, rough.get(one, 0)) for one in distinct if one in rough or one in self._learned]
        for token, packed in candidates:
            share = max([self._models[code].share(token, self._lexis.counts(packed, code)) for code in codes])
            if share > 0:
                shares[token] = share
        if not shares:
            return []
        strongest = sorted(shares, key=lambda token: -shares[token])[:_EXPLAINED]
        scale = _ROUGH / math.sqrt(max(3, len(words.tokens)))
        signals = []
        for token in strongest:
            place = words.tokens.index(token)
            first, last = places.span(place, place + 1)
            signals.append(Signal(SignalKind.TONE, first, last, text[first:last], round(shares[token] * scale, 2)))
        return signals


def _language(lang: str | None, votes: int, size: int) -> tuple[str, bool]:
    if lang in {"fr", "en"}:
        return lang, True
    if lang is not None and lang != "auto":
        return "other", True
    told = verdict(votes, size)
    return told.code, told.sure


def _told(hits: Sequence[_Hit], kinds: Collection[SignalKind]) -> bool:
    """Whether a signal of one of these kinds is among them."""
    return bool(hits) and not {hit.signal.kind for hit in hits}.isdisjoint(kinds)


def _hits(text: str, words: Words, places: Places, known: Known, sentiment: float) -> list[_Hit]:
    """Return one hit for each kind of signal found: families of rules may say the same, the gravest speaks for all."""
    all_found = _found(words, known, sentiment)
    if not all_found:
        return []
    if len(all_found) > 1:
        all_found.sort(key=lambda one: (one.floor, abs(one.weight)))
    best: dict[SignalKind, _Found] = {found.kind: found for found in all_found}
    hits = []
    for kind, floor, weight, start, end in best.values():
        first, last = places.span(start, end)
        quoted = kind in _QUOTABLE and any(a <= first and last <= b for a, b in _quotes(text))
        counted, least = _QUOTED if quoted else (weight, floor)
        if kind in _OFFHAND and len(words.tokens) > _BRIEF:
            least = RiskLevel.CALM
        hits.append(_Hit(Signal(kind, first, last, text[first:last], counted), least))
    return hits


def _found(words: Words, told: Known, sentiment: float) -> list[_Found]:
    found: list[_Found] = []
    if not told.said and not told.asks and "?" not in words.folded:
        return found
    clues: dict[str, tuple[int, int]] = {}
    for rule, start, end in told.said:
        if rule.clue:
            clues[rule.clue] = start, end
        else:
            found.append(_Found(rule.kind, rule.floor, rule.weight, start, end))
    insult = next((one for one in found if one.kind is SignalKind.INSULT), None)
    if insult is not None:
        found += [insult._replace(kind=kind) for kind in targets(words.tokens, insult.start, insult.end)]
    known = {kind for kind, *_ in found}
    if known & _MOCKING:  # praise in it was not meant
        found = [one for one in found if one.kind is not SignalKind.THANKS]
    for kind, floor, start, end in dangers(clues, words.tokens) if len(clues) > 1 else ():
        thanked = SignalKind.THANKS in known and sentiment > 0 and floor < RiskLevel.CRITICAL
        if kind not in known and not thanked:
            found.append(_Found(kind, floor, _EVIDENCE_WEIGHT[floor], start, end))
    asked = None
    if told.asks or "?" in words.folded:
        asked = question(words, angry=bool(known & _FURY) or (sentiment < 0 and bool(known & _ANGER)))
    if asked is not None:
        found.append(_Found(SignalKind.QUESTION, RiskLevel.CALM, -0.9, *asked))
    return found


def _quotes(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTES.finditer(text)]


def _score(rough: float, size: int, hits: Sequence[_Hit]) -> float:
    logit = _BIAS + _ROUGH * rough + _LENGTH * (math.log(max(3, size)) if size < _LONGEST else 4.0)
    if hits:
        insults = [hit.signal.weight for hit in hits if hit.signal.kind in _TARGETED]
        others = [hit.signal.weight for hit in hits if hit.signal.kind not in _TARGETED]
        logit = logit + sum(others) + max(insults, default=0.0)
    if not -_CERTAIN < logit < _CERTAIN:
        logit = _CERTAIN if logit > 0 else -_CERTAIN
    return 1 / (1 + math.exp(-logit))


def _level(score: float, hits: Sequence[_Hit], thresholds: Thresholds) -> RiskLevel:
    level = max([hit.floor for hit in hits]) if hits else RiskLevel.CALM
    if score >= thresholds.critical:
        kinds = {hit.signal.kind for hit in hits}
        if kinds & _TARGETED and not kinds & _OPINIONS:
            return RiskLevel.CRITICAL
    if score >= thresholds.heated:
        return max(level, RiskLevel.HEATED)
    if score >= thresholds.tense:
        return max(level, RiskLevel.TENSE)
    return level


def _wordless(words: Words, *, has_picture: bool) -> bool:
    return has_picture and not any(token.isalnum() for token in words.tokens)


def _doubtful(hits: Sequence[_Hit], *, flagged: bool) -> bool:
    """Under a post that is under fire praise may be irony: it must not make a comment calm."""
    return flagged and _told(hits, _THANKFUL)


@cache
def scorer() -> Scorer:
    """Return the scorer over the models that ship."""
    return Scorer({code: load(code) for code in ("fr", "en")})
