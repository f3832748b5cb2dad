"""As much of a professional Instagram account as a desk polls: one picture, its first-level comments, answers inside."""

from collections import defaultdict
from typing import Any

from flood.arrivals import FIRST, STEP, key_of
from flood.graph import ACCOUNT_ID, Graph, RefusedError, stamp

MEDIUM = "17901"
INSIDE = 50
"""Answers that come along with a comment; the others are asked for."""


class Instagram(Graph):
    """One connection."""

    throttled = 80002
    largest = 50

    def place(self, above: str, edge: str) -> dict[str, Any]:
        """Say where an answer of the account stands: under a first-level comment alone."""
        if edge != "replies" or not self.arrivals.is_there(int(above)) or self._parent(int(above)) is not None:
            raise RefusedError(100, "Unsupported post request", 33)
        return {"parent": int(above)}

    def edge(self, above: str, edge: str, given: dict[str, str]) -> Any:
        """List the pictures, the first-level comments under one, or the answers to a comment; newest first."""
        if edge == "media":
            return {"data": [self._medium()]}
        wanted = None if above == MEDIUM else int(above)
        keys = [key for key in self.arrivals.keys if self._parent(key) == wanted]
        answers = self._answers() if wanted is None else {}
        part = self.part(keys[::-1], given, f"{above}/{edge}")
        for row in part["data"]:
            self._put_inside(row, answers)
        return part

    def node(self, native_id: str) -> dict[str, Any]:
        """Show one comment with the answers to it."""
        row = super().node(native_id)
        self._put_inside(row, self._answers())
        return row

    def _put_inside(self, row: dict[str, Any], answers: dict[int, list[int]]) -> None:
        inside = answers.get(int(row["id"]), [])
        if inside:
            row["replies"] = self.part(inside[::-1], {"limit": str(INSIDE)}, f"{row['id']}/replies")

    def _answers(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for key in self.arrivals.keys:
            above = self._parent(key)
            if above is not None:
                found[above].append(key)
        return found

    def _medium(self) -> dict[str, Any]:
        times = {"timestamp": stamp(self.arrivals.at(0)), "permalink": f"https://www.instagram.com/p/{MEDIUM}/"}
        latest = [{"id": str(key)} for key in self.arrivals.keys[-1:]]
        counted = {"comments_count": len(self.arrivals.keys), "comments": {"data": latest}}
        return {"id": MEDIUM, "caption": "La fontaine", **counted, **times}

    def _parent(self, key: int) -> int | None:
        if key in self.arrivals.own:
            return int(self.arrivals.own[key]["parent"])
        above = self.arrivals.parent(key // STEP - FIRST)
        return key_of(above) if above is not None else None

    def row(self, key: int) -> dict[str, Any]:
        """Show one comment, without the answers to it."""
        n, parent = self.arrivals.told(key), self._parent(key)
        said = self.arrivals.own.get(key)
        words = said["text"] if said else self.arrivals.text(key // STEP - FIRST)
        who = (
            {"id": ACCOUNT_ID, "username": "musee.essai"}
            if n is None
            else {"id": str(5000 + n % 997), "username": f"v{n % 997}"}
        )
        at = float(said["at"]) if said else self.arrivals.at(key // STEP - FIRST)
        row = {"id": str(key), "text": words, "timestamp": stamp(at), "username": who["username"], "from": who}
        row |= {"hidden": False, "like_count": 0, "media": {"id": MEDIUM}}
        return {**row, "parent_id": str(parent)} if parent is not None else row
