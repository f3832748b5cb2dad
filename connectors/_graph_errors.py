"""Refusals of the Graph API, told apart by their code, for Meta answers nearly all of them with 400.

Sources, by the numbers in the comments: (1) developers.facebook.com/docs/graph-api/guides/error-handling, (2)
.../graph-api/overview/rate-limiting, (3) .../instagram-platform/instagram-graph-api/reference/error-codes, (4) the
vendor's own client, facebook_business/utils/fberrcodes.py, (5) the list of error codes of the API before it, which
answers still keep to, (6) answers that people recorded: no document names them.
"""

import re
from typing import NoReturn

import msgspec

from connectors._answer import Answer, complain, parse_json
from connectors._errors import AuthenticationError, ConnectorError, RateLimitedError, RejectedError, UnreachableError
from connectors._fields import Fields, count, table, text
from connectors._http import TROUBLE_HINT
from connectors._limits import asked_to_wait, retry_after
from connectors._text import one_line

THROTTLED = frozenset({4, 9, 17, 32, 341, 613, *range(80000, 80015)})
"""Too many calls: of the app, of one kind, the user, the Page, the app in a day, a rule of its own, a business use case
(1, 2, and 3 for 9)."""
BLOCKED = 368
"""Meta found the account's behaviour abusive, and lets it do nothing of the kind for a while (1)."""
SPAM = 2207051
"""Instagram's subcode for the same, under the code of a limit (3)."""
RESTRICTED = 25
"""The Instagram account is restricted, or waits for its owner to confirm something (3: 2207050)."""
DUPLICATE = 506
PASSING = frozenset({-3, -2, -1, 1, 2})
"""Trouble of their own (1; 3 for -1 and -2; 4 for -3)."""
SESSION = frozenset({102, 104, 190})
"""The token is over (1), or did not arrive (6: 104)."""
PERMISSION = frozenset({3, 5, 10, *range(200, 300)})
"""The app or the token may not do this (1), or not from here (5: 5)."""
MOVED = 21
"""The Page was merged into another (6)."""
ABSENT = frozenset({100, 803})
"""A parameter that makes no sense, or an object that is not there for us; the latter has the subcode 33."""
GONE = 33

BLOCKED_PAUSE = 3600.0
"""Seconds to wait after a block; Meta does not say how long it lasts."""
THROTTLED_PAUSE = 600.0
"""Seconds to wait after a throttled call where no header says how long."""

_NUMBER = re.compile(r"-?[0-9]{1,9}")
_REFUSED = re.compile(rb'\s*\{\s*"error"\s*:')
"""How a refusal begins, whatever its status says."""

_RENEW = "make a new token and connect the account again (becalm connect --replace)"
_SESSIONS = {
    458: "the app was removed from the account; allow it again, then make a new token",
    459: "the account has to confirm something: log in on the platform, then make a new token",
    460: "the password was changed, which ends every token; make a new one",
    463: "the token has expired; make a new one (one of a system user can be made without an end)",
    464: "the account is not confirmed: log in on the platform, then make a new token",
    467: "the token was taken back, or its owner logged out; make a new one",
    492: "who made the token has no role on this Page any more; make one with an account that has",
}
_NOT_ARRIVED = "the token did not reach the platform: a proxy in between drops it"
_HINTS = {
    5: "the app takes calls from certain addresses alone: add this machine's on developers.facebook.com",
    3: "the app has no such capability; check it on developers.facebook.com",
    10: "the app or the token lacks a permission: becalm connect names those that are needed",
    200: "the token lacks a permission, or its owner a task on the Page: moderating needs MODERATE",
    210: "a Page's own token is needed: leave the option page out, or name the Page it belongs to",
    220: "it may not be seen by this account",
    230: "the token lacks a permission for messages, which becalm does not use",
    240: "only the account itself may do this",
    270: "the app is in development: only people with a role in it are seen; switch it live",
    283: "the token lacks pages_read_engagement",
    299: "the token lacks a permission; make a new one with those that becalm connect names",
}
_PROOF = "the app asks for its secret with every call, and for the right one: check the options app_id and app_secret"
_NO_PERMISSION = "the token lacks a permission; make a new one with those that becalm connect names"


class NotAllowedError(AuthenticationError):
    """The token is good, and may not do this; it may do other things, and see other comments."""


class Refusal(msgspec.Struct, frozen=True):
    """What an answer says went wrong.

    Attributes:
        code: Meta's number of the reason; 0 where it gives none.
        subcode: its number of the reason's reason.
        is_transient: whether Meta itself says that it passes.
        words: its message for developers, always in English.
    """

    code: int = 0
    subcode: int = 0
    is_transient: bool = False
    words: str = ""


def refusal_in(body: bytes) -> Refusal | None:
    """Read Meta's own refusal out of an answer; None where there is none."""
    try:
        value = parse_json(body)
    except ValueError:
        return None
    return _refusal(table(value).get("error"))


def refusal_of(error: ConnectorError) -> Refusal:
    """Return the refusal behind an error of ours; an empty one where Meta did not refuse it."""
    payload = error.payload if isinstance(error, RejectedError) else b""
    return refusal_in(payload) or Refusal()


def is_gone(error: ConnectorError) -> bool:
    """Whether an object is not there for us: deleted, or not for our eyes; Meta does not tell the two apart."""
    return _is_absent(refusal_of(error))


def _is_absent(found: Refusal) -> bool:
    return (found.code in ABSENT and found.subcode == GONE) or found.code == 803


def _refusal(error: object) -> Refusal | None:
    if not isinstance(error, dict):
        return None
    fields: Fields = error
    is_transient, words = fields.get("is_transient") is True, text(fields.get("message"))
    return Refusal(_code(fields.get("code")), count(fields.get("error_subcode")), is_transient, words)


def _code(value: object) -> int:
    """Read a number of a reason; some are negative."""
    return int(found.group()) if (found := _NUMBER.fullmatch(text(value))) else 0


def judge(answer: Answer, method: str, now: float) -> None:
    """Raise our error for a refusal that names its code; others are judged by their status.

    Args:
        answer: what came.
        method: what was asked with; "GET" changes nothing.
        now: seconds since the epoch.
    """
    if answer.status < 400 and not _REFUSED.match(answer.body):
        return
    found = refusal_in(answer.body)
    if found is not None and found.code:
        _raise(found, answer, method, now)


def _raise(found: Refusal, answer: Answer, method: str, now: float) -> NoReturn:
    said = f"{complain(answer)}{_for_people(answer.body)}"
    if found.code == BLOCKED or found.subcode == SPAM:
        wait = retry_after(answer.headers, now, default=BLOCKED_PAUSE)
        # a sending that is put off shows its message alone
        raise RateLimitedError(
            f"{said}; send less, and vary it", retry_after=wait, hint="the platform blocks it for now"
        )
    if found.code in THROTTLED:
        wait = retry_after(answer.headers, now, default=THROTTLED_PAUSE)
        raise RateLimitedError(said, retry_after=wait, hint="nothing to do: becalm goes on by itself")
    if found.code in SESSION or _is_tokenless(found):
        arrived = found.code in {102, 190}
        raise AuthenticationError(said, hint=_SESSIONS.get(found.subcode, _RENEW) if arrived else _NOT_ARRIVED)
    if found.code in PERMISSION:
        raise NotAllowedError(said, hint=_HINTS.get(found.code, _NO_PERMISSION))
    if found.code == RESTRICTED:
        raise AuthenticationError(said, hint="the account is restricted: log in with the app to see why")
    if "appsecret_proof" in found.words:  # (6), under the code of any other wrong parameter
        raise AuthenticationError(said, hint=_PROOF)
    if found.code in PASSING or found.is_transient:
        wait = asked_to_wait(answer.headers, now)
        raise UnreachableError(said, sent=method != "GET", retry_after=wait, hint=TROUBLE_HINT)
    raise RejectedError(said, status=answer.status, payload=answer.body, hint=_hint(found))


def _is_tokenless(found: Refusal) -> bool:
    """Whether a question about "me" came without anybody's token (6: 2500, which stands for wrong paths as well)."""
    return found.code == 2500 and "access token" in found.words


def _hint(found: Refusal) -> str:
    if _is_absent(found):
        return "it may have been deleted, or the token may not see it"
    if found.code == MOVED:
        return "the Page was merged into another, whose number stands there: name it in the option page"
    if found.code == DUPLICATE:
        return "the same words were published just before; vary them"
    return ""


def _for_people(body: bytes) -> str:
    """Return what Meta would have people read, where it says that beside its own words."""
    error = table(table(parse_json(body)).get("error"))
    words = one_line(text(error.get("error_user_msg")), 300)
    return f" ({words})" if words else ""
