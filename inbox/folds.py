"""Folds: a list in which every wave of copies is one row, to be unfolded, with exceptions that stand on their own."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, MutableSequence, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Folds(Generic[K]):
    """How one list is folded; who owns the list keeps its keys and asks here.

    Only what may be decided together is folded: whoever calls gives the wave of a comment, or "" for one that stands
    alone (a danger, a question, one that is closed or in somebody's hands).

    Attributes:
        groups: for each folded row what it stands for, itself first.
    """

    def __init__(self) -> None:
        """Begin with every wave folded and nothing peeled off."""
        self.groups: dict[K, list[K]] = {}
        self._heads: dict[str, K] = {}
        self._wave_of: dict[K, str] = {}
        self._unfolded: set[str] = set()
        self._peeled: set[K] = set()

    def arrange(self, keys: Sequence[K], waves: Mapping[K, str]) -> list[K]:
        """Fold a list anew; costs what the copies cost, not what the list does.

        Args:
            keys: the comments in the list's order.
            waves: the wave of those that are folded together, in the same order; the others stand alone.

        Returns:
            Its rows: a wave stands where its first copy stands, its copies right below it when unfolded.
        """
        folded = {key: wave for key, wave in waves.items() if key not in self._peeled}
        sizes = Counter(folded.values())
        self._wave_of = {key: wave for key, wave in folded.items() if sizes[wave] > 1}
        self.groups, self._heads = {}, {}
        for key, wave in self._wave_of.items():
            self.groups.setdefault(self._heads.setdefault(wave, key), []).append(key)
        below = self._wave_of.keys() - self.groups.keys()
        rows = [key for key in keys if key not in below] if below else list(keys)
        for wave in self._unfolded & self._heads.keys():
            at = rows.index(self._heads[wave]) + 1
            _insert(rows, at, self.groups[self._heads[wave]][1:])
        return rows

    def stands_for(self, key: K) -> list[K]:
        """List the comments that a row stands for: all copies of a folded wave, itself elsewhere."""
        return list(self.groups.get(key, [key])) if self.is_folded(key) else [key]

    def is_head(self, key: K) -> bool:
        """Whether a row is the first of a wave, folded or not."""
        return key in self.groups

    def head_of(self, key: K) -> K:
        """Return the row under which a copy is folded or shown; itself for one that stands alone."""
        return self._heads.get(self._wave_of.get(key, ""), key)

    def shown_as(self, key: K) -> K:
        """Return the row in which a comment is seen: its wave's where that is folded, else its own."""
        return key if self.is_within(key) else self.head_of(key)

    def is_folded(self, key: K) -> bool:
        """Whether a row stands for a whole wave."""
        return key in self.groups and self._wave_of[key] not in self._unfolded

    def is_within(self, key: K) -> bool:
        """Whether a row is a copy shown under the head of its unfolded wave."""
        wave = self._wave_of.get(key)
        return wave is not None and wave in self._unfolded and self._heads[wave] != key

    def unfold(self, rows: MutableSequence[K], key: K) -> bool:
        """Show the copies of a wave below its row; tell whether that changed anything. `rows` follows."""
        if not self.is_folded(key):
            return False
        self._unfolded.add(self._wave_of[key])
        at = rows.index(key) + 1
        _insert(rows, at, self.groups[key][1:])
        return True

    def fold(self, rows: MutableSequence[K], key: K) -> K | None:
        """Fold the wave that a row belongs to; returns its row, or None where there is nothing to fold."""
        wave = self._wave_of.get(key, "")
        if wave not in self._unfolded:
            return None
        self._unfolded.discard(wave)
        head = self._heads[wave]
        inside = set(self.groups[head][1:])
        left = [row for row in rows if row not in inside]
        del rows[:]
        rows.extend(left)
        return head

    def peel(self, rows: MutableSequence[K], key: K) -> bool:
        """Let one copy stand on its own from now on; what is decided of its wave leaves it alone.

        The head of a wave gives its place to the next copy.
        """
        wave = self._wave_of.get(key, "")
        if not wave:
            return False
        was_head = self._heads[wave] == key
        self._peeled.add(key)
        group = self._drop(key, wave)
        if was_head and group and wave not in self._unfolded:
            rows.insert(rows.index(key) + 1, group[0])
        return True

    def join(self, rows: MutableSequence[K], key: K, wave: str) -> bool:
        """Take a late copy into a wave that is in the list; tell whether there is one. Nothing above it moves."""
        head = self._heads.get(wave)
        if head is None or key in self._peeled:
            return False
        group = self.groups[head]
        if wave in self._unfolded:
            rows.insert(rows.index(group[-1]) + 1, key)
        group.append(key)
        self._wave_of[key] = wave
        return True

    def leave(self, key: K) -> bool:
        """Take a copy that may no longer be decided with the others out of a folded wave; tell whether it was in one."""
        wave = self._wave_of.get(key, "")
        if not wave or wave in self._unfolded or self._heads[wave] == key:
            return False
        self._drop(key, wave)
        return True

    def _drop(self, key: K, wave: str) -> list[K]:
        head = self._heads[wave]
        group = self.groups.pop(head)
        group.remove(key)
        del self._wave_of[key]
        if group:
            self._heads[wave] = group[0]
            self.groups[group[0]] = group
        else:
            del self._heads[wave]
        return group


def _insert(rows: MutableSequence[K], at: int, keys: Iterable[K]) -> None:
    """Insert many at once, into an array as into a list."""
    below = rows[at:]
    del rows[at:]
    rows.extend(keys)
    rows.extend(below)
