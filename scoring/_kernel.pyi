from collections.abc import Callable
from typing import Any, Self

def cut(folded: str) -> list[str]: ...
def signs(text: str) -> tuple[bool, bool]: ...

class Weigher:
    def __new__(
        cls,
        *,
        words: list[tuple[str, int, float, float]],
        numbers: dict[str, int],
        joined: int,
        joint: str,
        slow: dict[str, int],
        idiom: Callable[[list[str], float], float],
        total: Callable[[list[float]], float],
        tone: type[tuple[float, ...]],
        maybe_but: Callable[[str], object],
        pairs: dict[str, float],
        elisions: tuple[str, ...],
        folds: bytes,
        loose: bool,
    ) -> Self: ...
    def tone(self, text: str) -> Any: ...

class Reader:
    def __new__(
        cls,
        *,
        words: dict[str, int],
        stems: dict[str, int],
        heads: dict[str, int],
        weights: list[tuple[float, float]],
        entries: list[tuple[int, int, float, float, list[int], list[tuple[int, tuple[tuple[str, ...], ...]]]]],
        phrases: list[tuple[int, int, bool, int, list[tuple[int, int, bool]]]],
        rules: list[tuple[object, int, int]],
        dangers: list[tuple[int, int]],
        places: list[int],
        any_word: int,
        number: int,
        end: int,
        digits: int,
        short: int,
        middling: int,
        long: int,
        stop: int,
        families: int,
        languages: int,
    ) -> Self: ...
    def read(self, tokens: list[str]) -> tuple[int, complex, list[tuple[Any, int, int]], bool]: ...
    def rough(self, tokens: list[str]) -> list[tuple[str, int]]: ...
