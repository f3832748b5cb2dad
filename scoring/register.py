"""The register of danger and of anger: word beginnings weighed by examples, for what no rule foresees."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files

_STEM = 6  # letters that are enough to bring the forms of a word together
_HUNDRED = 100
_BOUND = 4.0  # a long text must not win by its length


class Register:
    """Word -> log-odds of danger (real part) and of anger (imaginary part): one sum weighs a text for both.

    Weights are kept in hundredths, as they were learned: whole numbers sum to the same in any order.
    """

    def __init__(self, danger: Mapping[str, float], anger: Mapping[str, float], bias: Iterable[float]) -> None:
        self._bias = _hundredths(*bias)
        self._stems = {stem: _hundredths(danger.get(stem, 0.0), anger.get(stem, 0.0)) for stem in {*danger, *anger}}

    def weight(self, token: str) -> complex:
        """Return what one word says, in hundredths."""
        return self._stems.get(token[:_STEM] if token[0] >= "a" else stem_of(token), 0j)

    def judge(self, weight: complex) -> tuple[float, float]:
        """Return the log-odds of danger and of anger, each bounded, from the summed weights of a text's distinct words."""
        both = self._bias + weight
        return max(-_BOUND, min(_BOUND, both.real / _HUNDRED)), max(-_BOUND, min(_BOUND, both.imag / _HUNDRED))


def _hundredths(danger: float, anger: float) -> complex:
    return complex(round(danger * _HUNDRED), round(anger * _HUNDRED))


def stem_of(token: str) -> str:
    """Return the beginning of a word; all numbers are one, sentence ends are nothing."""
    if token[0].isalpha():
        return token[:_STEM]
    return "#" if token[0].isdigit() else ""


def load_register() -> Register:
    """Load the register that ships."""
    learned = json.loads(files("scoring").joinpath("data", "register.json").read_text("utf-8"))
    return Register(learned["danger"], learned["anger"], learned["bias"])
