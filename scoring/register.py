"""The register of danger and of anger: beginnings of words weighed by examples written for it, for what no rule foresees."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files

from msgspec import Struct

_STEM = 6  # letters that are enough to bring the forms of a word together
_LEAST, _MOST = -4.0, 4.0  # a long text must not win by its length


class Register(Struct, frozen=True):
    """What the examples have taught.

    Attributes:
        danger: stem -> log-odds that somebody is in danger.
        anger: stem -> log-odds that the text is heated or worse.
        bias: the log-odds without any known stem, for danger and for anger.
    """

    danger: Mapping[str, float]
    anger: Mapping[str, float]
    bias: tuple[float, float]

    def judge(self, tokens: Iterable[str]) -> tuple[float, float]:
        """Return the log-odds of danger and of anger, each bounded."""
        stems = stems_of(tokens)
        danger = self.bias[0] + sum([self.danger[stem] for stem in stems if stem in self.danger])
        anger = self.bias[1] + sum([self.anger[stem] for stem in stems if stem in self.anger])
        return max(_LEAST, min(_MOST, danger)), max(_LEAST, min(_MOST, anger))


def stems_of(tokens: Iterable[str]) -> set[str]:
    """Return the beginnings of the words; all numbers are one."""
    return {token[:_STEM] if token[0].isalpha() else "#" for token in tokens if token[0].isalnum()}


def load_register() -> Register:
    """Load the register that ships."""
    learned = json.loads(files("scoring").joinpath("data", "register.json").read_text("utf-8"))
    return Register(learned["danger"], learned["anger"], tuple(learned["bias"]))
