"""The fault table: what each platform answers when something is wrong, and what must come of it on a desk.

What goes wrong everywhere stands once; what a platform says in its own words stands under its name. The words are those
of the platforms' own code and documents: Mastodon's error messages, the error names of the AT Protocol's server, the
codes of WordPress's comment controller, the error numbers of the Graph API.
"""

import json
from datetime import timedelta
from typing import Any, NamedTuple

from fault_desk import BACKOFF, NOON
from fault_server import ALWAYS, Door, End, Fault

from connectors._graph_errors import BLOCKED_PAUSE, THROTTLED_PAUSE
from connectors._model import NotSent, Rejected, Unknown
from inbox.sources import AUTH_PAUSE

EVIL = "http://evil.example"
"""Stands for the address of another host."""


class Row(NamedTuple):
    """What goes wrong, and what must come of it.

    Attributes:
        what: the fault, or what a connection meets.
        state: the source's health then.
        pause: seconds until the next poll.
        sending: what a sending that meets it is said to be.
        says: a part of what the operator reads.
        blind: what a sending is said to be where nothing else can be asked either; `sending` where that is the same.
    """

    what: Fault | Door
    state: str
    pause: float
    sending: type
    says: str
    blind: type | None = None

    @property
    def hurried(self) -> bool:
        """Whether waiting for an answer is in vain."""
        return self.what is Door.JAMMED or (isinstance(self.what, Fault) and self.what.end in {End.SILENT, End.DRIP})

    @property
    def is_late(self) -> bool:
        """Whether the platform does what it was asked and is not heard."""
        return isinstance(self.what, Fault) and self.what.late


def said(status: int, body: object, **headers: str) -> Fault:
    """Answer with JSON; header names with "_" for "-"."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(status, json.dumps(body).encode(), {"Content-Type": "application/json", **named}, times=ALWAYS)


def page(status: int, title: str, *, late: bool = False) -> Fault:
    """Answer with a web page."""
    body = f"<!DOCTYPE html><title>{title}</title>".encode()
    return Fault(status, body, {"Content-Type": "text/html; charset=utf-8"}, late=late, times=ALWAYS)


def raw(body: bytes = b"", end: End = End.WHOLE, *, late: bool = False) -> Fault:
    """Answer with these bytes, and end like this."""
    return Fault(200, body, {"Content-Type": "application/json"}, late=late, end=end, times=ALWAYS)


def auth(what: Fault, says: str) -> Row:
    """The token is no good, or not for this."""
    return Row(what, "auth", AUTH_PAUSE, Rejected, says)


def limited(what: Fault, pause: float, says: str = "") -> Row:
    """We ask too much."""
    return Row(what, "limited", pause, NotSent, says)


def refused(what: Fault, says: str) -> Row:
    """It will not."""
    return Row(what, "broken", BACKOFF, Rejected, says)


def away(what: Fault | Door, says: str, sending: type = Unknown) -> Row:
    """It does not answer, for now."""
    return Row(what, "unreachable", BACKOFF, sending, says)


def nonsense(what: Fault, says: str) -> Row:
    """What it answers is none of what was promised."""
    return Row(what, "broken", BACKOFF, Unknown, says)


HALF = b'{"id": "1", "content": "Mer'
EVERYWHERE: dict[str, Row] = {
    "nobody listens": away(Door.SHUT, "nobody listens there", NotSent),
    "time-out before: no connection": away(Door.JAMMED, "cannot be reached", NotSent),
    "time-out before processing": away(raw(end=End.SILENT), "did not answer in time"),
    "time-out after processing": away(raw(end=End.SILENT, late=True), "did not answer in time"),
    "an answer in drops": away(raw(b"{", End.DRIP), "did not answer in time"),
    "an answer in drops, after processing": away(raw(b"{", End.DRIP, late=True), "did not answer in time"),
    "hung up before processing": away(raw(end=End.DROPPED), "cut the connection"),
    "hung up after processing": away(raw(end=End.DROPPED, late=True), "cut the connection"),
    "cut off": away(raw(HALF, End.CUT), "cut the connection"),
    "cut off after processing": away(raw(end=End.CUT, late=True), "cut the connection"),
    "500": away(said(500, {"error": "oops"}), "answered 500"),
    "502 in HTML": away(page(502, "Bad gateway"), "answered 502"),
    "503 in HTML": away(page(503, "Maintenance"), "answered 503"),
    "504 after processing": away(page(504, "Gateway time-out", late=True), "answered 504"),
    "truncated": nonsense(raw(HALF), "cannot be read"),
    "truncated after processing": nonsense(raw(HALF, late=True), "cannot be read"),
    "malformed": nonsense(raw(b"\xff\xfe{{{"), "cannot be read"),
    "empty": nonsense(raw(), "an empty body"),
    "a login page": nonsense(page(200, "Log in"), "a web page"),
    "a wrong type": nonsense(said(200, 7), "in place of a"),
    "redirected elsewhere": nonsense(Fault(302, b"", {"Location": EVIL}, times=ALWAYS), "redirects to"),
    "redirected elsewhere for good": nonsense(Fault(308, b"", {"Location": EVIL}, times=ALWAYS), "redirects to"),
    "404": refused(said(404, {"error": "Record not found"}), "answered 404"),
    "409": refused(said(409, {"error": "Conflict"}), "answered 409"),
    "410": refused(said(410, {"error": "Gone"}), "answered 410"),
    "403 of a firewall": refused(page(403, "Forbidden"), "check its rights"),
    "501": refused(said(501, {"error": "Not implemented"}), "answered 501"),
}

SOON = NOON + timedelta(seconds=300)


def mastodon(status: int, words: str, **headers: str) -> Fault:
    """Refuse as Mastodon does."""
    return said(status, {"error": words}, **headers)


def at(status: int, name: str, message: str = "no", **headers: str) -> Fault:
    """Refuse as a server of the AT Protocol does."""
    return said(status, {"error": name, "message": message}, **headers)


def wordpress(status: int, code: str, message: str = "Sorry.", **headers: str) -> Fault:
    """Refuse as WordPress does."""
    return said(status, {"code": code, "message": message, "data": {"status": status}}, **headers)


def graph(code: int, subcode: int = 0, status: int = 400, **more: Any) -> Fault:
    """Refuse as Meta does."""
    error = {"message": f"(#{code}) no", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    return said(status, {"error": error | ({"error_subcode": subcode} if subcode else {})})


def with_headers(fault: Fault, **headers: object) -> Fault:
    """Add headers whose values are JSON."""
    named = {name.replace("_", "-"): json.dumps(value) for name, value in headers.items()}
    return Fault(fault.status, fault.body, fault.headers | named, times=ALWAYS)


MASTODON = {
    "401": auth(mastodon(401, "The access token is invalid"), "The access token is invalid"),
    "401 revoked": auth(mastodon(401, "The access token was revoked"), "was revoked"),
    "403 scope": auth(mastodon(403, "This action is outside the authorized scopes"), "a new token"),
    "403 suspended": auth(mastodon(403, "Your login is currently disabled"), "log in"),
    "403 unconfirmed": auth(mastodon(403, "Your login is missing a confirmed e-mail address"), "log in"),
    "403 pending": auth(mastodon(403, "Your login is currently pending approval"), "log in"),
    "403 this one": refused(mastodon(403, "This action is not allowed"), "This action is not allowed"),
    "422": refused(mastodon(422, "Validation failed: Text can't be blank"), "Validation failed"),
    "429": limited(
        mastodon(429, "Too many requests", X_RateLimit_Remaining="0", X_RateLimit_Reset=SOON.isoformat()), 300
    ),
}
BLUESKY = {
    "401 password": auth(at(401, "AuthenticationRequired", "Invalid identifier or password"), "answered 401"),
    "401 no token": auth(at(401, "AuthMissing"), "answered 401"),
    "401 taken down": auth(at(401, "AccountTakedown", "Account has been taken down"), "taken down"),
    "401 deactivated": auth(at(401, "AccountDeactivated", "Account is deactivated"), "deactivated"),
    "403 unknown account": auth(at(403, "AccountNotFound", "Account not found"), "Account not found"),
    "400 expired": auth(at(400, "ExpiredToken", "Token has expired"), "Token has expired"),
    "400 invalid token": auth(at(400, "InvalidToken", "Bad token scope"), "Bad token scope"),
    "403 forbidden": refused(at(403, "Forbidden", "not for you"), "not for you"),
    "400": refused(at(400, "InvalidRequest", "Input must have the property"), "Input must have"),
    "502 upstream": away(at(502, "UpstreamFailure", "pipethrough"), "answered 502"),
    "429": limited(
        at(
            429,
            "RateLimitExceeded",
            "Rate Limit Exceeded",
            RateLimit_Limit="30",
            RateLimit_Remaining="0",
            RateLimit_Reset=str(int(SOON.timestamp())),
            RateLimit_Policy="30;w=300",
        ),
        300,
    ),
}
ROLES = ("rest_forbidden_context", "rest_forbidden_param", "rest_forbidden")
PLACES = ("rest_comment_closed", "rest_comment_draft_post", "rest_comment_trash_post", "rest_comment_invalid_post_id")
THIS_ONE = ("rest_cannot_read", "rest_cannot_read_post", "rest_cannot_edit", "rest_comment_invalid_author")
WORDPRESS = {
    "401 password": auth(wordpress(401, "incorrect_password"), "answered 401"),
    "401 unknown": auth(wordpress(401, "invalid_username"), "answered 401"),
    "401 login dropped": auth(wordpress(401, "rest_not_logged_in"), "answered 401"),
    "401 may not comment": auth(wordpress(401, "rest_comment_login_required"), "answered 401"),
    **{f"403 {code}": auth(wordpress(403, code), "role") for code in ROLES},
    **{f"403 {code}": refused(wordpress(403, code), "Sorry.") for code in (*PLACES, *THIS_ONE)},
    "403 rest_cookie_invalid_nonce": refused(wordpress(403, "rest_cookie_invalid_nonce"), "Sorry."),
    "404 no such comment": refused(wordpress(404, "rest_comment_invalid_id"), "answered 404"),
    "404 no such route": refused(wordpress(404, "rest_no_route"), "answered 404"),
    "409": Row(wordpress(409, "comment_duplicate"), "broken", BACKOFF, Rejected, "answered 409", blind=Unknown),
    "429 flood": limited(wordpress(429, "comment_flood"), 60),
    "429": limited(wordpress(429, "too_many_requests", Retry_After="300"), 300),
    "429 until a date": limited(wordpress(429, "too_many_requests", Retry_After="Fri, 20 Nov 2026 12:05:00 GMT"), 300),
    "500 not created": away(wordpress(500, "rest_comment_failed_create"), "answered 500"),
}
SUBCODES = {
    458: "allow it again",
    459: "log in on the platform",
    460: "the password was changed",
    463: "has expired",
    464: "log in on the platform",
    467: "was taken back",
    492: "no role on this Page",
}
PERMISSIONS = {
    3: "no such capability",
    10: "lacks a permission",
    200: "MODERATE",
    210: "a Page's own token",
    220: "may not be seen",
    230: "lacks a permission",
    240: "only the account itself",
    270: "in development",
    283: "pages_read_engagement",
    299: "lacks a permission",
}
THROTTLED = (4, 17, 32, 341, 613, 80001, 80002, 80006)
BY_MINUTES = {"17": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 9}]}
META = {
    "401 of a token": auth(graph(190, status=401), "a new token"),
    "102 of a session": auth(graph(102, status=401), "a new token"),
    **{f"190/{sub}": auth(graph(190, sub), words) for sub, words in SUBCODES.items()},
    **{f"403 of {code}": auth(graph(code, status=403), words) for code, words in PERMISSIONS.items()},
    **{f"{code} of a limit": limited(graph(code), THROTTLED_PAUSE) for code in THROTTLED},
    "403 of a limit": limited(graph(4, status=403), THROTTLED_PAUSE),
    "4 with a share": limited(with_headers(graph(4), X_App_Usage={"call_count": 100, "total_time": 12}), 600),
    "32 with a share": limited(with_headers(graph(32), X_Page_Usage={"call_count": 100}), 600),
    "80001 with minutes": limited(with_headers(graph(80001), X_Business_Use_Case_Usage=BY_MINUTES), 540),
    "429": limited(Fault(429, graph(613).body, {"Retry-After": "300"}, times=ALWAYS), 300),
    "368 of a block": limited(graph(368), BLOCKED_PAUSE, "send less"),
    "100 of a parameter": refused(graph(100), "answered 400"),
    "100/33 not there": refused(graph(100, 33), "deleted"),
    "803 not there": refused(graph(803, status=404), "deleted"),
    "506 the same words": refused(graph(506), "vary them"),
    "1 in passing": away(graph(1, status=500), "answered 500"),
    "2 in passing": away(graph(2, status=503), "answered 503"),
    "transient by its own word": away(graph(9999, is_transient=True), "answered 400"),
}
IN_ITS_OWN_WORDS: dict[str, dict[str, Row]] = {
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
    "wordpress": WORDPRESS,
    "facebook": META,
    "instagram": META,
}


def rows_of(platform: str) -> dict[str, Row]:
    """Return every fault of a platform; of a newcomer that has no words of its own, what goes wrong everywhere."""
    return EVERYWHERE | IN_ITS_OWN_WORDS.get(platform, {})
