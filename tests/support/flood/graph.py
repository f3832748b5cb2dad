"""What a Page and an Instagram account under a flood have in common: Meta's Graph API, its lists, refusals and limits."""

import json
from abc import abstractmethod
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from graph_fake import refusal

from flood.arrivals import Arrivals
from flood.limits import GraphLimit
from flood.wire import Handler

PAGE_ID, ACCOUNT_ID, VERSION = "1700", "17841400", "v25.0"
TOKEN, PAGE_TOKEN = "EAAuser-t0ken-of-the-museum", "EAApage-t0ken-of-the-museum"
HOUSE = "Musée d’Essai"
DEFAULT_PART, LARGEST_PART = 25, 100

Answer = tuple[int, Any]


class RefusedError(Exception):
    """The API refuses."""

    def __init__(self, code: int, message: str, subcode: int = 0) -> None:
        """Keep Meta's numbers for the reason."""
        super().__init__(message)
        self.body = refusal(code, message, subcode=subcode)


class Graph(Handler):
    """One connection.

    Attributes:
        arrivals: the account's.
        limit: on its calls.
        throttled: the number by which Meta refuses those beyond it.
        largest: the most objects in one part of a list.
    """

    arrivals: Arrivals
    limit: GraphLimit
    throttled: int
    largest: int = LARGEST_PART

    def get(self) -> None:
        """Answer."""
        self._handle("GET", dict(self.query()))

    def post(self) -> None:
        """Publish."""
        self._handle("POST", self.form())

    def _handle(self, method: str, given: dict[str, str]) -> None:
        parts: list[dict[str, str]] = json.loads(given.get("batch", "[]"))
        ids = given.get("ids", "").split(",")
        within, told = self.limit.spend(len(parts) or len(ids))
        path = self.asked_path.removeprefix(f"/{VERSION}/")
        if not within:
            self.send(400, refusal(self.throttled, "There have been too many calls from this account"), told)
            return
        try:
            with self.arrivals.lock:
                self.arrivals.now()
                status, value = (
                    (200, [self._of_batch(each) for each in parts]) if parts else self._do(method, path, given)
                )
        except RefusedError as refused:
            self.send(400, refused.body, told)
        else:
            self.answer(status, value, told)

    def _of_batch(self, part: dict[str, str]) -> dict[str, Any]:
        asked = urlsplit(part["relative_url"])
        try:
            status, value = self._do(part["method"], asked.path, dict(parse_qsl(asked.query)))
        except RefusedError as refused:
            return {"code": 400, "body": refused.body.decode()}
        return {"code": status, "body": json.dumps(value)}

    def _do(self, method: str, path: str, given: dict[str, str]) -> Answer:
        if method == "POST" and path:
            words, (above, _, edge) = given.get("message", ""), path.partition("/")
            key, heard = self.arrivals.publish(f"{datetime.now(UTC)} {words}", words, **self.place(above, edge))
            return (200, {"id": self.row(key)["id"]}) if heard else (504, {})
        if path in {"debug_token", "me/permissions"}:
            raise RefusedError(100, "The token may not inspect itself")
        if path == "":
            return 200, {each: self.node(each) for each in given["ids"].split(",")}
        if path == "me/accounts":
            account = {"id": ACCOUNT_ID, "username": "musee.essai", "name": HOUSE}
            page = {"id": PAGE_ID, "name": HOUSE, "access_token": PAGE_TOKEN, "instagram_business_account": account}
            return 200, {"data": [page]}
        above, _, edge = path.partition("/")
        return 200, self.edge(above, edge, given) if edge else self.node(above)

    @abstractmethod
    def place(self, above: str, edge: str) -> dict[str, Any]:
        """Say where something stands that the house writes under `above`."""

    @abstractmethod
    def edge(self, above: str, edge: str, given: dict[str, str]) -> Any:
        """Answer with a part of a list."""

    @abstractmethod
    def row(self, key: int) -> dict[str, Any]:
        """Show one comment."""

    def node(self, native_id: str) -> dict[str, Any]:
        """Show one comment asked for by its id."""
        last = native_id.rpartition("_")[2]
        if not last.isdecimal() or not self.arrivals.is_there(int(last)):
            message = f"Unsupported get request. Object with ID '{native_id}' does not exist, or cannot be loaded"
            raise RefusedError(100, message, 33)
        return self.row(int(last))

    def part(self, keys: list[int], given: dict[str, str], path: str) -> dict[str, Any]:
        """Show a part of a list of comments that is newest first, with the address of the next, which holds the token."""
        size = min(int(given.get("limit", DEFAULT_PART)), self.largest)
        after = given.get("after", "")
        start = next((at for at, key in enumerate(keys) if key < int(after)), len(keys)) if after else 0
        here = keys[start : start + size]
        paging: dict[str, Any] = {"cursors": {"before": str(here[0]), "after": str(here[-1])}} if here else {}
        if start + size < len(keys):
            query = urlencode({"access_token": PAGE_TOKEN, "limit": str(size), "after": str(here[-1])})
            paging["next"] = f"http://{self.headers['Host']}/{VERSION}/{path}?{query}"
        return {"data": [self.row(key) for key in here], "paging": paging}


def stamp(at: float) -> str:
    """Write a time as Meta does: whole seconds."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
