"""Arrivals: what visitors write to one account by the clock, what they change of it later, and what the desk was told."""

import random
import re
import threading
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import UTC, datetime
from typing import Any

WORDS = re.findall(
    r"\w+",
    "salle lumière fontaine épée tableau gardien entrée billet enfants visite dimanche merci honte bravo magnifique "
    "fermé ouvert pourquoi quand file attente escalier ascenseur catalogue affiche artiste musée scandale superbe",
)
LOST = 5
"""Of so many replies to an account the first is published and its answer lost."""
EDITED, EDITED_AFTER = 40, 12.0
"""One comment in so many is edited, that many seconds after it was written."""
DELETED, LEAVES, DELETED_AFTER = 60, 11, 5.0
"""One comment in so many is deleted: the LEAVESth, that many seconds after somebody read it."""
ANSWERS, FAMOUS, OLD = 9, 180, 5
"""One comment in so many answers another; one in so many answers the one that everybody reads, the OLDth."""
SPAN = 90
"""How far back the others answer, in comments."""
FIRST, STEP = 1000, 10
"""Visitors' n-th comment is numbered (FIRST + n) * STEP; what the house writes is numbered in between."""
CORRECTED = " (corrigé)"


def key_of(n: int) -> int:
    """Return the number under which a platform keeps visitors' n-th comment."""
    return (FIRST + n) * STEP


def number_of(native_id: str) -> int:
    """Return which comment it is from its id on any platform, whose last digits are its number there."""
    return int(re.findall(r"\d+", native_id)[-1]) // STEP - FIRST


class Arrivals:
    """The comments to one account: which there are follows from the time alone, until visitors change their minds.

    Attributes:
        number: which account.
        total: how many comments arrive in all.
        began: when the first arrived, seconds since the epoch; None before anybody looked.
        keys: the numbers of what stands there, visitors' and the house's, in the order in which it came.
        own: what the house wrote, by number.
        lock: held by whoever answers a request.
    """

    def __init__(self, number: int, rate: float, seconds: float, seed: int, *, edits: bool = True) -> None:
        """Let `rate` comments a second arrive for `seconds`; `edits` says whether the platform lets visitors edit."""
        self.number = number
        self.rate = rate
        self.total = int(rate * seconds)
        self.began: float | None = None
        self.keys: list[int] = []
        self.own: dict[int, dict[str, Any]] = {}
        self.said: dict[str, int] = {}
        self.lock = threading.RLock()
        self._edits = edits
        self._seed = seed
        self._came = 0
        self._leaving: dict[int, float] = {}
        self._gone: set[int] = set()
        self._told_edited: set[int] = set()
        self._told_gone: set[int] = set()
        self._texts: Counter[str] = Counter()
        self._unheard = 0

    # -- the clock ---------------------------------------------------------------------------------

    def now(self) -> list[int]:
        """Let come and go what did so by now, and return the numbers of what stands there."""
        at = time.time()
        if self.began is None:
            self.began = at
        count = min(self.total, 1 + int(self.rate * (at - self.began)))
        self.keys += map(key_of, range(self._came, count))
        self._came = max(self._came, count)
        for key in [key for key, leaves in self._leaving.items() if leaves <= at]:
            del self._leaving[key]
            self._gone.add(key)
            self.keys.pop(bisect_left(self.keys, key))
        return self.keys

    def at(self, n: int) -> float:
        """Return when the n-th was written, seconds since the epoch."""
        return (self.began or 0.0) + n / self.rate

    def came(self) -> int:
        """Return how many visitors' comments came so far, those that went again included."""
        self.now()
        return self._came

    # -- what visitors write -------------------------------------------------------------------------

    def parent(self, n: int) -> int | None:
        """Return which earlier comment the n-th answers, always one of the first level that stays; None for most."""
        if n <= SPAN or n % ANSWERS != 4:
            return None
        if n % FAMOUS < ANSWERS:
            return OLD
        above = n - 1 - random.Random(self._seed * 31 + n).randrange(SPAN - 10)
        while above % ANSWERS == 4 or above % DELETED == LEAVES:
            above -= 1
        return above

    def text(self, n: int) -> str:
        """Write the n-th comment, as it reads now; every tenth is a copy."""
        edited = CORRECTED if self.edited_at(n) is not None else ""
        if n % 10 == 0:
            return f"Rendez la fontaine au square, et publiez le contrat signé avec la banque du port{edited}"
        chance = random.Random(self._seed * 1_000_003 + n)
        return f"{' '.join(chance.choices(WORDS, k=12))} {self.number}-{n}{edited}"

    def edited_at(self, n: int) -> float | None:
        """Return when the n-th was edited; None where it was not, or not yet."""
        at = self.at(n) + EDITED_AFTER
        return at if self._edits and n % EDITED == 7 and at <= time.time() else None

    # -- what the desk is told -----------------------------------------------------------------------

    def told(self, key: int) -> int | None:
        """Remember that the desk is told of a comment as it is now; return which visitors' it is, None for the house's."""
        if key in self.own:
            return None
        n = key // STEP - FIRST
        if self.edited_at(n) is not None:
            self._told_edited.add(n)
        if n % DELETED == LEAVES and key not in self._gone:
            self._leaving.setdefault(key, time.time() + DELETED_AFTER)
        return n

    def is_there(self, key: int) -> bool:
        """Whether a comment asked for by its number is there; where it is not, the desk is told so."""
        self.now()
        if key in self.own or (key not in self._gone and 0 <= key // STEP - FIRST < self._came):
            return True
        if key in self._gone:
            self._told_gone.add(key // STEP - FIRST)
        return False

    def below(self, key: int, limit: int) -> list[int]:
        """Return what came before a number, newest first."""
        end = bisect_left(self.keys, key)
        return self.keys[max(0, end - limit) : end][::-1]

    def above(self, key: int, limit: int) -> list[int]:
        """Return what came after a number, oldest first."""
        start = bisect_right(self.keys, key)
        return self.keys[start : start + limit]

    # -- what the house writes -----------------------------------------------------------------------

    def publish(self, once: str, words: str, **fields: Any) -> tuple[int, bool]:
        """Publish a text of the house, once under each `once`.

        Returns:
            Its number, and whether the answer is heard.
        """
        self.now()
        if once in self.said:
            return self.said[once], True
        key = (self.keys[-1] if self.keys else 0) + 1
        assert key % STEP, "the house writes faster than its texts can be numbered"
        self.said[once] = key
        self.own[key] = {"text": words, "at": time.time(), **fields}
        self.keys.append(key)
        self._texts[words] += 1
        lost = self._texts.total() % LOST == 1
        self._unheard += lost
        return key, not lost

    def account(self) -> dict[str, Any]:
        """Say what came and what was told."""
        return {
            "began": self.began,
            "rate": self.rate,
            "total": self.total,
            "published": self._texts.total(),
            "published twice": sum(n > 1 for n in self._texts.values()),
            "answers lost": self._unheard,
            "edited": sorted(self._told_edited),
            "gone": sorted(self._told_gone),
        }


def iso(at: float) -> str:
    """Write a time with microseconds."""
    return datetime.fromtimestamp(at, UTC).isoformat()
