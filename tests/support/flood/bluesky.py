"""As much of a data server of the AT Protocol as a desk polls, with accounts under a flood that share its limit."""

import json
from base64 import urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from flood.arrivals import FIRST, STEP, Arrivals, key_of
from flood.limits import BlueskyLimit
from flood.wire import Handler

PASSWORD = "abcd-efgh-ijkl-mnop"
COLLECTION = "app.bsky.feed.post"
BACK_DATED, DATED_BACK = 97, 3600.0
"""The author of one post in so many claims to have written it that many seconds earlier."""


def handle_of(number: int) -> str:
    """Return how the account of a number is called."""
    return f"museum{number}.test"


def _did_of(number: int) -> str:
    return f"did:plc:museum{number}"


class Bluesky(Handler):
    """One connection.

    Attributes:
        accounts: those that live on the server, by DID.
        limit: on everybody behind one address.
    """

    accounts: Mapping[str, Arrivals]
    limit: BlueskyLimit

    def get(self) -> None:
        """Answer a query."""
        self._call(b"")

    def post(self) -> None:
        """Carry out a procedure."""
        self._call(self.body())

    def _call(self, body: bytes) -> None:
        within, told = self.limit.spend()
        name = self.asked_path.rpartition(".")[2]
        if not within:
            status, value = 429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
        elif name == "createSession":
            status, value = self._session(json.loads(body))
        else:
            account = self.accounts[self.headers["Authorization"].rpartition(".")[2]]
            with account.lock:
                status, value = _Desk(account).call(name, self.query(), body)
        self.answer(status, value, told)

    def _session(self, given: dict[str, str]) -> tuple[int, Any]:
        did = next((d for d, a in self.accounts.items() if handle_of(a.number) == given["identifier"]), "")
        if not did or given["password"] != PASSWORD:
            return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
        scope = urlsafe_b64encode(json.dumps({"scope": "com.atproto.appPass"}).encode()).decode().rstrip("=")
        tokens = {"accessJwt": f"access.{scope}.{did}", "refreshJwt": f"refresh.{scope}.{did}"}
        return 200, {"did": did, "handle": given["identifier"], "didDoc": {}, **tokens}


class _Desk:
    """What one account is shown, and writes."""

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self._did = _did_of(arrivals.number)
        self._root = f"at://{self._did}/{COLLECTION}/3lroot"

    def call(self, name: str, query: list[tuple[str, str]], body: bytes) -> tuple[int, Any]:
        """Answer one query or procedure."""
        self._arrivals.now()
        asked = dict(query)
        if name == "getPosts":
            uris = [uri for key, uri in query if key == "uris"]
            return 200, {"posts": [self._view(uri) for uri in uris if self._is_there(uri)]}
        if name == "listNotifications":
            return 200, self._notifications(int(asked["limit"]), asked.get("cursor", ""))
        if name == "getAuthorFeed":
            return 200, {"feed": [{"post": self._view(self._root)}]}
        if name == "getPostThread":
            return self._thread(asked["uri"])
        if name == "getRecord":
            return self._record(asked["rkey"])
        if name == "putRecord":
            return self._put(json.loads(body))
        return 200, {"did": self._did, "handle": handle_of(self._arrivals.number)}

    # -- reading -----------------------------------------------------------------------------------

    def _uri(self, key: int) -> str:
        if key in self._arrivals.own:
            return f"at://{self._did}/{COLLECTION}/{self._arrivals.own[key]['rkey']}"
        return f"at://did:plc:v{(key // STEP - FIRST) % 997}/{COLLECTION}/3l{key}"

    def _is_there(self, uri: str) -> bool:
        if uri == self._root:
            return True
        rkey = uri.rpartition("/")[2]
        if uri.startswith(f"at://{self._did}/"):
            return rkey in self._arrivals.said
        return self._arrivals.is_there(int(rkey.removeprefix("3l")))

    def _view(self, uri: str) -> dict[str, Any]:
        rkey = uri.rpartition("/")[2]
        if uri == self._root:
            record = {"$type": COLLECTION, "text": "Ouvre demain", "createdAt": _stamp(self._arrivals.at(0))}
            return self._seen(uri, self._did, record, self._arrivals.at(0))
        if rkey in self._arrivals.said:
            said = self._arrivals.own[self._arrivals.said[rkey]]
            return self._seen(uri, self._did, said["record"], said["at"])
        n = self._arrivals.told(int(rkey.removeprefix("3l")))
        assert n is not None
        return self._seen(uri, uri.split("/")[2], self._written(n), self._arrivals.at(n))

    def _written(self, n: int) -> dict[str, Any]:
        """Return the record of visitors' n-th post."""
        above = self._arrivals.parent(n)
        root = {"uri": self._root, "cid": "bafyroot"}
        parent = {"uri": self._uri(key_of(above)), "cid": f"bafy{above}"} if above is not None else root
        at = _stamp(self._listed_at(n))
        return {
            "$type": COLLECTION,
            "text": self._arrivals.text(n),
            "createdAt": at,
            "reply": {"root": root, "parent": parent},
        }

    def _seen(self, uri: str, did: str, record: dict[str, Any], at: float) -> dict[str, Any]:
        author = {"did": did, "handle": f"{did.removeprefix('did:plc:')}.test"}
        return {"uri": uri, "cid": _cid(record), "author": author, "record": record, "indexedAt": _stamp(at)}

    def _listed_at(self, n: int) -> float:
        """Return the time by which the n-th is sorted: what its author claims, where that is earlier."""
        return self._arrivals.at(n) - (DATED_BACK if n % BACK_DATED == 50 else 0.0)

    def _notifications(self, limit: int, cursor: str) -> dict[str, Any]:
        """List newest first, by the earlier of two times; the cursor is the time of the last, and begins below it."""
        before = datetime.fromisoformat(cursor).timestamp() if cursor else float("inf")
        there = [key for key in self._arrivals.keys if key not in self._arrivals.own]
        plain = [key for key in there if (key // STEP - FIRST) % BACK_DATED != 50]
        dated = [key for key in there if (key // STEP - FIRST) % BACK_DATED == 50]
        found = [*self._before(dated, before, limit), *self._before(plain, before, limit)]
        found = sorted(found, key=self._when, reverse=True)[:limit]
        page: dict[str, Any] = {"notifications": [{**self._view(self._uri(key)), "reason": "reply"} for key in found]}
        if len(found) == limit:
            page["cursor"] = _stamp(self._when(found[-1]))
        return page

    def _before(self, keys: list[int], before: float, limit: int) -> list[int]:
        end = bisect_left(keys, before, key=self._when)
        return keys[max(0, end - limit) : end]

    def _when(self, key: int) -> float:
        """Return the time by which it is listed, in the milliseconds that the cursor has."""
        return datetime.fromisoformat(_stamp(self._listed_at(key // STEP - FIRST))).timestamp()

    def _thread(self, uri: str) -> tuple[int, Any]:
        if not self._is_there(uri):
            return 400, {"error": "NotFound", "message": "Post not found"}
        if uri != self._root:
            return 200, {"thread": {"post": self._view(uri), "replies": []}}
        top: list[dict[str, Any]] = []
        below = {key: list[dict[str, Any]]() for key in self._arrivals.keys}
        for key in self._arrivals.keys:
            node = {"post": self._view(self._uri(key)), "replies": below[key]}
            below.get(self._above(key) or 0, top).append(node)
        return 200, {"thread": {"post": self._view(uri), "replies": top}}

    def _above(self, key: int) -> int | None:
        """Return the number of the visitors' post that this one answers."""
        if key in self._arrivals.own:
            return int(self._arrivals.own[key]["record"]["reply"]["parent"]["uri"].rpartition("/3l")[2])
        above = self._arrivals.parent(key // STEP - FIRST)
        return key_of(above) if above is not None else None

    # -- writing -----------------------------------------------------------------------------------

    def _record(self, rkey: str) -> tuple[int, Any]:
        if rkey not in self._arrivals.said:
            return 400, {"error": "RecordNotFound", "message": "Could not locate record"}
        record = self._arrivals.own[self._arrivals.said[rkey]]["record"]
        return 200, {"uri": f"at://{self._did}/{COLLECTION}/{rkey}", "cid": _cid(record), "value": record}

    def _put(self, given: dict[str, Any]) -> tuple[int, Any]:
        rkey, record = given["rkey"], given["record"]
        if rkey in self._arrivals.said and _cid(self._record(rkey)[1]["value"]) != _cid(record):
            return 400, {"error": "InvalidSwap", "message": "Record was there"}
        _, heard = self._arrivals.publish(rkey, record["text"], rkey=rkey, record=record)
        if not heard:
            return 504, {}
        return 200, {"uri": f"at://{self._did}/{COLLECTION}/{rkey}", "cid": _cid(record)}


def accounts_of(arrivals: list[Arrivals]) -> dict[str, Arrivals]:
    """Give each its account on one server."""
    return {_did_of(each.number): each for each in arrivals}


def _cid(record: Any) -> str:
    return f"bafy{sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:24]}"


def _stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
