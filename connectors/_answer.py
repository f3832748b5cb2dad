"""Answer: what a platform sent back, its JSON read with suspicion and its complaints put in one safe line."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from connectors._errors import ProtocolError
from connectors._text import SafeText, one_line

T = TypeVar("T", dict[str, Any], list[Any])

_COMPLAINT_KEYS = ("error_description", "message", "detail", "error", "errors", "title", "reason")
"""Where platforms put their words: Mastodon and OAuth, Bluesky and WordPress, problem+json, Meta, Discourse, Reddit."""

_MARK = b"\xef\xbb\xbf"
"""The mark of UTF-8 that a carelessly saved file of a site puts before everything (RFC 8259, 8.1: may be ignored)."""
_LONE = re.compile("[\ud800-\udfff]")
"""Half a character: JSON may escape one, and nothing can write it down again."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform sent back.

    Attributes:
        url: what was asked, without its query.
        status: the HTTP status.
        headers: the answer's, with lower-case names.
        body: its bytes, decompressed.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Answer({self.status} from {self.url}, {len(self.body)} bytes)"

    @property
    def is_json(self) -> bool:
        """Whether the body is a JSON object, which a proxy's or a firewall's page is not."""
        try:
            return isinstance(parse_json(self.body), dict)
        except ValueError:
            return False

    def json(self, expected: type[T]) -> T:
        """Return the body as JSON of the expected outer shape (dict or list).

        Raises:
            ProtocolError: it is not JSON (HTML, cut short, empty, nested without end) or of another shape.
        """
        try:
            value = parse_json(self.body)
        except ValueError as error:
            raise self._nonsense(self._instead() or f"JSON that cannot be read ({error})") from None
        if not isinstance(value, expected):
            raise self._nonsense(f"a JSON {type(value).__name__} in place of a {expected.__name__}")
        return value

    def confirmation(self, *, silent: bool = False) -> dict[str, Any]:
        """Return the object that a success was announced with.

        Args:
            silent: whether the platform may say nothing at all.

        Raises:
            ProtocolError: a web page, what makes no sense, or a refusal under the status of a success.
        """
        value: dict[str, Any] = {} if silent and not self.body.strip() else self.json(dict)
        if value.get("error"):
            raise self._nonsense("an error under the status of a success")
        return value

    def _instead(self) -> str:
        if not self.body.strip():
            return "an empty body"
        html = "html" in self.headers.get("content-type", "") or self.body.lstrip()[:1] == b"<"
        return "a web page" if html else ""

    def _nonsense(self, what: str) -> ProtocolError:
        return ProtocolError(
            f"{urlsplit(self.url).netloc} answered {what} where JSON was expected ({self.status} from {self.url})",
            payload=self.body,
            hint="check the server's address; a proxy or a login page may stand in between",
        )


def parse_json(body: bytes) -> Any:
    """Read JSON, forgiving broken Unicode inside its strings (one hostile comment must not hide a page of others).

    Raises:
        ValueError: it is no JSON, or nested too deep.
    """
    body = body.removeprefix(_MARK)
    try:
        return msgspec.json.decode(body)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:
            value = json.loads(body.decode("utf-8", "replace"))
            return json.loads(_LONE.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
        except (ValueError, RecursionError):
            raise ValueError(str(error)) from None


def complain(answer: Answer) -> SafeText:
    """Put a refusal in one safe line: which host, which status, and the platform's own words where it gives any."""
    try:
        words = _words(parse_json(answer.body))
    except ValueError:
        words = ""
    said = f": {one_line(words, 300)}" if words else ""
    return SafeText(f"{urlsplit(answer.url).netloc} answered {answer.status}{said}")


def _words(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth < 3:
        return "; ".join(filter(None, (_words(item, depth + 1) for item in value[:5])))
    if isinstance(value, dict) and depth < 3:
        found = (_words(value.get(key), depth + 1) for key in _COMPLAINT_KEYS)
        return next(filter(None, found), "")
    return ""
