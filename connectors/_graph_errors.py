"""Refusals of the Graph API, told apart by their code, for Meta answers nearly all of them with 400."""

from typing import NoReturn

import msgspec

from connectors._answer import Answer, complain, parse_json
from connectors._errors import AuthenticationError, ConnectorError, RateLimitedError, RejectedError, UnreachableError
from connectors._fields import Fields, count, table, text
from connectors._limits import retry_after
from connectors._text import one_line

THROTTLED = frozenset({4, 17, 32, 341, 613, *range(80000, 80015)})
"""Too many calls: of the app, the user, the Page, the app in a day, a rule of its own, a business use case."""
BLOCKED = 368
"""Meta found the account's behaviour abusive, and lets it do nothing of the kind for a while."""
DUPLICATE = 506
PASSING = frozenset({1, 2})
SESSION = frozenset({102, 190})
PERMISSION = frozenset({3, 10, *range(200, 300)})
ABSENT = frozenset({100, 803})
"""A parameter that makes no sense, or an object that is not there for us; the latter has the subcode 33."""
GONE = 33

BLOCKED_PAUSE = 3600.0
"""Seconds to wait after a block; Meta does not say how long it lasts."""
THROTTLED_PAUSE = 600.0
"""Seconds to wait after a throttled call where no header says how long."""

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
_HINTS = {
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
_NO_PERMISSION = "the token lacks a permission; make a new one with those that becalm connect names"


class NotAllowedError(AuthenticationError):
    """The token is good, and may not do this; it may do other things, and see other comments."""


class Refusal(msgspec.Struct, frozen=True):
    """What an answer says went wrong.

    Attributes:
        code: Meta's number of the reason; 0 where it gives none.
        subcode: its number of the reason's reason.
        is_transient: whether Meta itself says that it passes.
    """

    code: int = 0
    subcode: int = 0
    is_transient: bool = False


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
    return Refusal(count(fields.get("code")), count(fields.get("error_subcode")), fields.get("is_transient") is True)


def judge(answer: Answer, method: str, now: float) -> None:
    """Raise our error for a refusal that names its code; others are judged by their status.

    Args:
        answer: what came.
        method: what was asked with; "GET" changes nothing.
        now: seconds since the epoch.
    """
    if answer.status < 400 and not answer.body.lstrip().startswith(b'{"error"'):
        return
    found = refusal_in(answer.body)
    if found is not None and found.code:
        _raise(found, answer, method, now)


def _raise(found: Refusal, answer: Answer, method: str, now: float) -> NoReturn:
    said = f"{complain(answer)}{_for_people(answer.body)}"
    if found.code in THROTTLED:
        wait = retry_after(answer.headers, now, default=THROTTLED_PAUSE)
        raise RateLimitedError(said, retry_after=wait, hint="nothing to do: becalm goes on by itself")
    if found.code == BLOCKED:
        wait = retry_after(answer.headers, now, default=BLOCKED_PAUSE)
        # a sending that is put off shows its message alone
        raise RateLimitedError(
            f"{said}; send less, and vary it", retry_after=wait, hint="the platform blocks it for now"
        )
    if found.code in SESSION:
        raise AuthenticationError(said, hint=_SESSIONS.get(found.subcode, _RENEW))
    if found.code in PERMISSION:
        raise NotAllowedError(said, hint=_HINTS.get(found.code, _NO_PERMISSION))
    if found.code in PASSING or found.is_transient:
        raise UnreachableError(said, sent=method != "GET", hint="the platform has trouble; becalm tries again")
    raise RejectedError(said, status=answer.status, payload=answer.body, hint=_hint(found))


def _hint(found: Refusal) -> str:
    if _is_absent(found):
        return "it may have been deleted, or the token may not see it"
    if found.code == DUPLICATE:
        return "the same words were published just before; vary them"
    return ""


def _for_people(body: bytes) -> str:
    """Return what Meta would have people read, where it says that beside its own words."""
    error = table(table(parse_json(body)).get("error"))
    words = one_line(text(error.get("error_user_msg")), 300)
    return f" ({words})" if words else ""
