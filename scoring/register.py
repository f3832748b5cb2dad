"""The register of danger and of anger: word beginnings weighed by examples, for what no rule foresees."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files

_STEM = 6  # letters that are enough to bring the forms of a word together
_BOUND = 4.0  # a long text must not win by its length


class Register:
    """Word -> log-odds of danger (real part) and of anger (imaginary part): one sum weighs a text for both."""

    def __init__(self, danger: Mapping[str, float], anger: Mapping[str, float], bias: Iterable[float]) -> None:
        self._bias = complex(*bias)
        self._stems = {stem: complex(danger.get(stem, 0.0), anger.get(stem, 0.0)) for stem in {*danger, *anger}}

    def weight(self, token: str) -> complex:
        """Return what one word says."""
        return self._stems.get(stem_of(token), 0j)

    def judge(self, weights: Iterable[complex]) -> tuple[float, float]:
        """Return the log-odds of danger and of anger, each bounded, from the weights of the distinct words of a text."""
        both = sum(weights, self._bias)
        return max(-_BOUND, min(_BOUND, both.real)), max(-_BOUND, min(_BOUND, both.imag))


def stem_of(token: str) -> str:
    """Return the beginning of a word; all numbers are one, sentence ends are nothing."""
    if token[0].isalpha():
        return token[:_STEM]
    return "#" if token[0].isdigit() else ""


def load_register() -> Register:
    """Load the register that ships."""
    learned = json.loads(files("scoring").joinpath("data", "register.json").read_text("utf-8"))
    return Register(learned["danger"], learned["anger"], learned["bias"])
