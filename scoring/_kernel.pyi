from collections.abc import Callable
from typing import Any, Self

def cut(folded: str) -> list[str]: ...
def signs(text: str) -> tuple[bool, bool]: ...

class Weigher:
    def __new__(
        cls,
        *,
        special: list[tuple[str, int, float, float]],
        plain: dict[str, float],
        joint: str,
        slow: dict[str, tuple[str, bool] | None],
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
        words: list[str],
        stems: list[str],
        counted: dict[str, int],
        asks: dict[str, int],
        weights: dict[str, complex],
        heads: dict[str, complex],
        classes: dict[str, int],
        pairs: dict[str, float],
        frames: list[tuple[int, int, float]],
        phrases: list[tuple[tuple[frozenset[str], ...], int, bool, int, list[tuple[int, int, bool]]]],
        elements: list[list[tuple[str | int, tuple[str, ...]]]],
        rules: list[tuple[object, int, int]],
        dangers: list[tuple[int, int]],
        places: list[int],
        families: int,
        languages: int,
    ) -> Self: ...
    def read(self, tokens: list[str]) -> tuple[int, complex, list[tuple[Any, int, int]], bool]: ...
    def together(self, tokens: list[str]) -> float: ...
    def rough(self, tokens: list[str]) -> list[tuple[str, int]]: ...
