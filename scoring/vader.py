"""VADER's algorithm over any lexicon, one memo per distinct token; in English identical to vaderSentiment."""

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from scoring.lexemes import PLAIN, Grammar, Memo, Word
from scoring.weighing import Loose, compiled

_ALPHA = 15  # VADER's normalisation constant: approximates the greatest expected sum
_NEGATED = -0.74
_CAPITALS = 0.733
_SYMBOLS = "\u2000"  # where Unicode's letters of Europe end and its signs begin


class Tone(NamedTuple):
    """VADER's four figures for one text.

    Attributes:
        compound: the normalised sum, -1 (negative) to 1 (positive).
        pos: share of positive words, 0 to 1.
        neu: share of neutral words, 0 to 1.
        neg: share of negative words, 0 to 1.
    """

    compound: float
    pos: float
    neu: float
    neg: float


_NEUTRAL, _EMPTY = Tone(0.0, 0.0, 1.0, 0.0), Tone(0.0, 0.0, 0.0, 0.0)


class Vader:
    """The engine: a lexicon, a grammar, and the descriptions of emoji as words of that lexicon."""

    neighbours: frozenset[str] = frozenset()
    """Words that `after` asks for by name: all others that no list knows are one and the same word."""
    loose: Loose | None = None
    """How words are looked up and what `after` does, for the compiled twin of `judge`; None is English."""

    def __init__(self, lexicon: Mapping[str, float], emojis: Mapping[str, str], grammar: Grammar) -> None:
        self.lexicon = lexicon
        self.grammar = grammar
        self._words = Memo(lexicon, grammar, self.key, self.neighbours)
        self.emojis = {emoji: name for emoji, name in emojis.items() if len(emoji) == 1}
        # The conjunction may be written loosely, but only where one is also spelt out.
        self._maybe_but = re.compile("|".join(map(re.escape, grammar.but)), re.IGNORECASE).search
        self._emoji_set = frozenset(self.emojis)
        # It only rules out: two ranges and the few emoji among letters are searched quicker than every sign is looked up.
        letters = "".join(re.escape(emoji) for emoji in self.emojis if emoji < _SYMBOLS)
        symbols = min((emoji for emoji in self.emojis if emoji >= _SYMBOLS), default=_SYMBOLS)
        self._maybe_emoji = re.compile(f"[{letters}{symbols}-\U0010ffff]").search
        turn = partial(idiomatic, grammar)
        self._judge = compiled(self._words, grammar, turn, self._maybe_but, self.loose, Tone) or self.judge

    key = staticmethod(str.lower)
    """Gives the form under which the lexicon knows a word."""

    def tone(self, text: str) -> Tone:
        """Judge one text; linear in its length."""
        if not text.isascii() and self._maybe_emoji(text) and not self._emoji_set.isdisjoint(text):
            text = self._spell_emojis(text)
        return self._judge(text)

    def judge(self, text: str) -> Tone:
        """Judge a text whose emoji are spelt out; what is compiled says the same."""
        tokens = text.split()
        words = list(map(self._words.__getitem__, tokens))
        known = [i for i, word in enumerate(words) if word is not PLAIN]
        if not known:
            return _NEUTRAL if words else _EMPTY
        shouted = modified = False
        for i in known:
            word = words[i]
            modified = modified or word.modifies
            shouted = shouted or (word.upper and word.noted)
        # Capitals mean something only where not all is in capitals.
        shouted = shouted and not all(map(str.isupper, tokens))
        values: list[float] = []
        places: list[int] = []
        turn = -1
        for i in known:
            word = words[i]
            if word.turns and turn < 0:
                turn = i
            if word.active:
                value = self._value(words, i, shouted=shouted) if modified or shouted else word.valence
                if value:
                    values.append(value)
                    places.append(i)
        if turn >= 0 and values and self._maybe_but(text):
            _weigh_turn(turn, values, places)
        return _summary(values, len(words), _emphasis(text))

    def _spell_emojis(self, text: str) -> str:
        pieces: list[str] = []
        after_space = True
        for sign in text:
            name = self.emojis.get(sign)
            if name is None:
                pieces.append(sign)
                after_space = sign == " "
            else:
                if not after_space:
                    pieces.append(" ")
                pieces.append(name)
                after_space = False
        return "".join(pieces)

    def _value(self, words: list[Word], i: int, *, shouted: bool) -> float:
        """What the lexicon word at `i` is worth among its neighbours."""
        for near in words[i - 3 if i > 3 else 0 : i + 3]:
            if near.modifies:
                return self.after(words, i, self._modified(words, i, shouted=shouted))
        word = words[i]
        value = word.valence or 0.0
        if shouted and word.upper:
            value = value + _CAPITALS if value > 0 else value - _CAPITALS
        return value

    def _modified(self, words: list[Word], i: int, *, shouted: bool) -> float:
        grammar = self.grammar
        word = words[i]
        value = base = word.valence or 0.0
        if i + 1 < len(words):
            following = words[i + 1]
            if (word.lower, following.lower) == grammar.kind_of:
                return 0.0
            if word.lower == grammar.no and following.valence is not None:
                value = 0.0
        if i and self._after_no(words, i):
            value = base * _NEGATED
        if shouted and word.upper:
            value = value + _CAPITALS if value > 0 else value - _CAPITALS
        for distance in range(min(3, i)):
            before = words[i - 1 - distance]
            if before.valence is not None or (before is PLAIN and distance < 2):  # at 2 older words are looked at too
                continue
            if before.boost is not None:
                value += _boost(before, value, distance, shouted=shouted)
            value = self._negation(words, i, distance, value)
            if distance == 2 and self._near_idiom(words, i):
                value = idiomatic(self.grammar, [word.lower for word in words[i - 3 : i + 3]], value)
        return value * _NEGATED if i and self._least(words, i) else value

    def _least(self, words: list[Word], i: int) -> bool:
        last = words[i - 1]
        if last.lower != self.grammar.least or last.valence is not None:
            return False
        return i < 2 or words[i - 2].lower not in self.grammar.superlatives

    def after(self, words: list[Word], i: int, value: float) -> float:
        """Let what follows the word at `i` change its value; English looks only backwards."""
        del words, i
        return value

    def _after_no(self, words: list[Word], i: int) -> bool:
        no = self.grammar.no
        return (
            words[i - 1].lower == no
            or (i > 1 and words[i - 2].lower == no)
            or (i > 2 and words[i - 3].lower == no and words[i - 1].lower in {"or", "nor"})
        )

    def _negation(self, words: list[Word], i: int, distance: int, value: float) -> float:
        grammar = self.grammar
        before = words[i - 1 - distance]
        if distance:
            last = words[i - 1].lower
            near = words[i - distance].lower
            degree = near in grammar.degrees
            # vaderSentiment's precedence of `and` over `or` is kept: at distance 2 a last "so" is enough.
            if (before.lower == grammar.never and degree) or (distance == 2 and last in grammar.degrees):
                return value * 1.25
            if before.lower == grammar.doubt[0] and grammar.doubt[1] in {near, last}:
                return value
        return value * _NEGATED if before.negates else value

    @staticmethod
    def _near_idiom(words: list[Word], i: int) -> bool:
        return any(word.idiom for word in words[i - 3 : i + 3])


def idiomatic(grammar: Grammar, around: Sequence[str], value: float) -> float:
    """Change the value of a word by the idioms and boosters of several words around it.

    Args:
        grammar: of the language.
        around: the three words before it, the word, and up to two behind it, in lower case.
        value: what it was worth.
    """
    third, second, first, zero, *ahead = around
    idioms = grammar.idioms
    behind = (f"{third} {second} {first}", f"{third} {second}", f"{second} {first}")
    for phrase in (f"{first} {zero}", f"{second} {first} {zero}", behind[2], behind[0], behind[1]):
        if phrase in idioms:
            value = idioms[phrase]
            break
    for k in range(len(ahead)):
        value = idioms.get(" ".join((zero, *ahead[: k + 1])), value)
    for phrase in behind:
        value = value + grammar.boosters.get(phrase, 0.0)
    return value


def _weigh_turn(turn: int, values: list[float], places: list[int]) -> None:
    """Halve what stands before the first "but", raise what stands after it, as vaderSentiment does.

    Its look-up by value, which meets an equal earlier word first, is kept: the answers must be identical.
    """
    for k in range(len(values)):
        value = values[k]
        first = values.index(value)
        if places[first] < turn:
            values[first] = value * 0.5
        elif places[first] > turn:
            values[first] = value * 1.5


def _boost(before: Word, value: float, distance: int, *, shouted: bool) -> float:
    boost = before.boost or 0.0
    if value < 0:
        boost *= -1
    if shouted and before.upper:
        boost = boost + _CAPITALS if value > 0 else boost - _CAPITALS
    return boost * (1.0, 0.95, 0.9)[distance] if distance else boost


def _emphasis(text: str) -> float:
    marks = min(text.count("!"), 4) * 0.292 if "!" in text else 0.0  # to count costs more than to ask
    asked = text.count("?") if "?" in text else 0
    if asked > 1:
        marks += asked * 0.18 if asked <= 3 else 0.96
    return marks


def _summary(values: list[float], count: int, emphasis: float) -> Tone:
    total = float(sum(values))
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    compound = total / math.sqrt(total * total + _ALPHA)
    positive = negative = 0.0
    for value in values:  # every word counts one, so that neutral words weigh as much
        if value > 0:
            positive += value + 1
        else:
            negative += value - 1
    if positive > -negative:
        positive += emphasis
    elif positive < -negative:
        negative -= emphasis
    neutral = count - len(values)
    whole = positive - negative + neutral
    return Tone(
        round(compound, 4),
        _thousandths(positive / whole) if positive else 0.0,
        _thousandths(neutral / whole),
        _thousandths(-negative / whole) if negative else 0.0,
    )


def _thousandths(share: float) -> float:
    """Return `round(share, 3)` several times quicker; where an error of the last digit could tell, `round` itself."""
    scaled = share * 1000
    whole = int(scaled)
    rest = scaled - whole
    if 0.499999 < rest < 0.500001:
        return round(share, 3)
    return (whole + (rest > 0.5)) / 1000


@cache
def english() -> Vader:
    """Return the engine over vaderSentiment 3.3.2's own lexicon, emoji and word lists."""
    from vaderSentiment import vaderSentiment

    source = vaderSentiment.SentimentIntensityAnalyzer()
    grammar = Grammar(
        boosters=vaderSentiment.BOOSTER_DICT,
        negations=frozenset(vaderSentiment.NEGATE),
        idioms=vaderSentiment.SPECIAL_CASES,
        but=frozenset({"but"}),
        no="no",
        never="never",
        degrees=frozenset({"so", "this"}),
        doubt=("without", "doubt"),
        least="least",
        superlatives=frozenset({"at", "very"}),
        kind_of=("kind", "of"),
        joined_negation="n't",
    )
    return Vader(source.lexicon, source.emojis, grammar)
