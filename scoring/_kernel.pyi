from collections.abc import Callable
from typing import Self

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
        maybe_but: Callable[[str], object],
        pairs: dict[str, float],
        elisions: tuple[str, ...],
        folds: bytes,
        loose: bool,
    ) -> Self: ...
    def weigh(self, text: str) -> tuple[list[float], int]: ...
