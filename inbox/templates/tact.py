"""Tact: what examples teach of whether a joke is welcome, for comments that no heading's own words decide."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from msgspec import Struct

from inbox.templates.context import Context
from inbox.templates.headings import Heading
from inbox.templates.surroundings import Setting, Surroundings, circumstances, surroundings
from inbox.templates.themes import is_aside
from scoring.folding import fold
from scoring.register import features, stem_of
from scoring.signals import Places, Words, cut

TAKEN_AMISS = {Setting.PLAIN: 1.25, Setting.TOUCHY: 1.5, Setting.BLAMED: 0.25}
"""Log-odds from which a joke is refused: under harmless posts few comments forbid one. See docs/templates.md."""
STEEPED = -0.75
"""The same where the exhibition's subject fills the room and the comment is no mere aside: the doubt is against the joke."""

_HUNDRED = 100
_END = "."
_SHOWN = 80  # signs of a sentence that are enough to know it again
_SETTINGS = tuple(Setting)
_NOTHING = (0,) * len(_SETTINGS)


class Doubt(Struct, frozen=True):
    """How a joke under a comment would be taken.

    Attributes:
        odds: log-odds that it would be taken amiss, above those from which it is refused.
        heading: the heading the comment is most like, if it would.
        words: the sentence that weighs most against a joke, as written.
    """

    odds: float
    heading: Heading
    words: str


class Tact:
    """Weights in hundredths of log-odds, as `bench/gate_learn.py` learned them."""

    def __init__(
        self, learned: Mapping[str, Mapping[str, Sequence[int]]], headings: Mapping[str, Mapping[str, int]]
    ) -> None:
        """Take what was learned.

        Args:
            learned: "words" and "features" (as `scoring.register.features` writes them) -> three weights, one a
                setting in its order; "circumstances" -> one weight, "" among them what speaks before anything does.
            headings: heading's id -> feature or circumstance -> weight, "" as above.
        """
        self._words, self._features = learned["words"], learned["features"]
        self._circumstances = learned["circumstances"]
        self._headings = headings

    def doubt(self, context: Context) -> Doubt:
        """Judge how a joke under a comment would be taken."""
        words = cut(fold(context.text))
        around = surroundings(context)
        place = _SETTINGS.index(around.setting)
        told = list(features(words.tokens, context.text))
        held = ["", *circumstances(context, around)]
        weight = sum(self._circumstances.get(name, _NOTHING)[0] for name in held)
        weight += sum(self._features.get(key, _NOTHING)[place] for key in told)
        weight += self._said(words.tokens, place)
        limit = STEEPED if around.steeped and not is_aside(context.text) else TAKEN_AMISS[around.setting]
        odds = weight / _HUNDRED - limit
        return Doubt(odds, self._heading(around, [*told, *held]), self._strongest(context.text, words, place))

    def _said(self, tokens: Sequence[str], place: int) -> int:
        return sum(self._words.get(token, _NOTHING)[place] for token in set(tokens))

    def _heading(self, around: Surroundings, told: Sequence[str]) -> Heading:
        """Name the likeliest heading; what the house itself announced or declared speaks before what was learned."""
        if around.grave is not None:
            return around.grave
        if around.setting is not Setting.PLAIN:
            return Heading.FAULT if around.setting is Setting.BLAMED else Heading.SENSITIVE
        return Heading[max(self._headings, key=lambda name: sum(self._headings[name].get(key, 0) for key in told))]

    def _strongest(self, text: str, words: Words, place: int) -> str:
        """Return the sentence whose words weigh most against a joke."""
        borders = [number for number, token in enumerate(words.tokens) if stem_of(token) == _END]
        sentences = [(one + 1, two) for one, two in pairwise(borders) if two > one + 1]
        if not sentences:
            return ""
        start, end = max(sentences, key=lambda ends: self._said(words.tokens[slice(*ends)], place))
        first, last = Places(text, words).span(start, end)
        told = text[first:last]
        return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"


@cache
def tact() -> Tact:
    """Return what ships, read once."""
    learned = json.loads(files("inbox.templates").joinpath("data", "tact.json").read_text("utf-8"))
    return Tact(learned["weights"], learned["headings"])
