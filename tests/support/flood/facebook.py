"""As much of a Facebook Page as a desk polls: two posts under a flood, newest comment first, answers among them."""

from typing import Any

from flood.arrivals import FIRST, STEP, key_of
from flood.graph import HOUSE, PAGE_ID, Graph, RefusedError, stamp

POSTS = ("501", "502")
SECOND = 7
"""One visitor in so many writes under the second post, or answers there; the others under the first."""


class Facebook(Graph):
    """One connection."""

    throttled = 80001

    def place(self, above: str, edge: str) -> dict[str, Any]:
        """Say where an answer of the Page stands."""
        post, _, key = above.partition("_")
        if edge != "comments" or not self.arrivals.is_there(int(key)):
            raise RefusedError(100, "Unsupported post request", 33)
        return {"post": post, "parent": above}

    def edge(self, above: str, edge: str, given: dict[str, str]) -> Any:
        """List the Page's posts with the counts of their comments, or the comments of one, or the answers to one."""
        if edge == "feed":
            return {"data": [self._post(post) for post in POSTS]}
        page, _, last = above.partition("_")
        if page == PAGE_ID:
            keys = [key for key in self.arrivals.keys if self._post_of(key) == last]
        else:
            keys = [key for key in self.arrivals.keys if self._parent(key) == above]
        newest_first = given.get("order") == "reverse_chronological"
        return self.part(keys[::-1] if newest_first else keys, given, f"{above}/{edge}")

    def _post(self, post: str) -> dict[str, Any]:
        keys = [key for key in self.arrivals.keys if self._post_of(key) == post]
        touched = stamp(self._at(keys[-1]) if keys else self.arrivals.at(0))
        words = {"message": f"La fontaine {post}", "from": {"id": PAGE_ID, "name": HOUSE}}
        place = {"id": f"{PAGE_ID}_{post}", "permalink_url": f"https://www.facebook.com/{PAGE_ID}/posts/{post}"}
        times = {"created_time": stamp(self.arrivals.at(0)), "updated_time": touched}
        return {**place, **words, **times, "comments": {"data": [], "summary": {"total_count": len(keys)}}}

    def _post_of(self, key: int) -> str:
        if key in self.arrivals.own:
            return str(self.arrivals.own[key]["post"])
        n = key // STEP - FIRST
        above = self.arrivals.parent(n)
        return POSTS[(n if above is None else above) % SECOND == 0]

    def _parent(self, key: int) -> str:
        if key in self.arrivals.own:
            return str(self.arrivals.own[key]["parent"])
        above = self.arrivals.parent(key // STEP - FIRST)
        return f"{self._post_of(key)}_{key_of(above)}" if above is not None else ""

    def _at(self, key: int) -> float:
        said = self.arrivals.own.get(key)
        return float(said["at"]) if said else self.arrivals.at(key // STEP - FIRST)

    def row(self, key: int) -> dict[str, Any]:
        """Show one comment."""
        n, post, parent = self.arrivals.told(key), self._post_of(key), self._parent(key)
        words = self.arrivals.own[key]["text"] if n is None else self.arrivals.text(n)
        who = {"id": PAGE_ID, "name": HOUSE} if n is None else {"id": str(5000 + n % 997), "name": f"Visitor {n % 997}"}
        flags = {"is_hidden": False, "can_comment": True, "can_hide": True, "comment_count": 0, "like_count": 0}
        link = f"https://www.facebook.com/{PAGE_ID}/posts/{post}?comment_id={key}"
        place = {"id": f"{post}_{key}", "created_time": stamp(self._at(key)), "permalink_url": link}
        return {**place, "from": who, "message": words, **flags, **({"parent": {"id": parent}} if parent else {})}
