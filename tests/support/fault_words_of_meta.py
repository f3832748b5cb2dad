"""Refusals in Meta's numbers, each with the page of theirs that names it, or where the answer was recorded."""

import json
from typing import Any

from fault_rows import Rows, auth, away, limited, refused, said, sourced
from fault_server import ALWAYS, Fault

from connectors._graph_errors import BLOCKED_PAUSE, THROTTLED_PAUSE

HANDLING = "developers.facebook.com/docs/graph-api/guides/error-handling"
LIMITS = "developers.facebook.com/docs/graph-api/overview/rate-limiting"
INSTAGRAM = "developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes"
CLIENT = "facebook/facebook-python-business-sdk: facebook_business/utils/fberrcodes.py"
BEFORE = "the list of error codes of the REST API (2011), which the Graph API's numbers continue"
RECORDED = "answers that users of the API recorded in public; no page of Meta's names them"

SUBCODES = {
    458: "allow it again",
    459: "log in on the platform",
    460: "the password was changed",
    463: "has expired",
    464: "log in on the platform",
    467: "was taken back",
    492: "no role on this Page",
}
PERMISSIONS = {3: "no such capability", 10: "lacks a permission", 200: "MODERATE", 299: "lacks a permission"}
MORE_PERMISSIONS = {
    210: "a Page's own token",
    220: "may not be seen",
    230: "lacks a permission",
    240: "only the account itself",
    270: "in development",
    283: "pages_read_engagement",
}
BY_MINUTES = {"17": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 9}]}


def graph(code: int, subcode: int = 0, status: int = 400, words: str = "", **more: Any) -> Fault:
    """Refuse as Meta does."""
    error = {"message": words or f"(#{code}) no", "type": "OAuthException", "code": code, "fbtrace_id": "A1", **more}
    return said(status, {"error": error | ({"error_subcode": subcode} if subcode else {})})


def spaced(fault: Fault, status: int) -> Fault:
    """Say the same in the layout that Meta gives browsers, and under this status."""
    return Fault(status, json.dumps(json.loads(fault.body), indent=3).encode(), fault.headers, times=ALWAYS)


def with_headers(fault: Fault, **headers: object) -> Fault:
    """Add headers whose values are JSON."""
    named = {name.replace("_", "-"): json.dumps(value) for name, value in headers.items()}
    return Fault(fault.status, fault.body, fault.headers | named, times=ALWAYS)


META: Rows = {
    **sourced(
        HANDLING,
        {
            "401 of a token": auth(graph(190, status=401), "a new token"),
            "102 of a session": auth(graph(102, status=401), "a new token"),
            "102/463": auth(graph(102, 463), "has expired"),
            **{f"190/{sub}": auth(graph(190, sub), words) for sub, words in SUBCODES.items()},
            "190 with an unknown subcode": auth(graph(190, 461), "a new token"),
            **{f"403 of {code}": auth(graph(code, status=403), words) for code, words in PERMISSIONS.items()},
            "341 of a limit": limited(graph(341), THROTTLED_PAUSE),
            "368 of a block": limited(graph(368), BLOCKED_PAUSE, "send less"),
            "506 the same words": refused(graph(506), "vary them"),
            "1609005 a link": refused(graph(1609005), "answered 400"),
            "1 in passing": away(graph(1, status=500), "answered 500"),
            "1 in passing, under 400": away(graph(1), "answered 400"),
            "2 in passing": away(graph(2, status=503), "answered 503"),
            "in the account's own words": refused(
                graph(100, error_user_title="Non", error_user_msg="Ce commentaire est fermé."), "est fermé"
            ),
        },
    ),
    **sourced(
        LIMITS,
        {
            **{f"{code} of a limit": limited(graph(code), THROTTLED_PAUSE) for code in (4, 17, 32, 613)},
            **{
                f"{code} of a business use case": limited(graph(code), THROTTLED_PAUSE)
                for code in (80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014)
            },
            "403 of a limit": limited(graph(4, status=403), THROTTLED_PAUSE),
            "4 with a share": limited(with_headers(graph(4), X_App_Usage={"call_count": 100, "total_time": 12}), 600),
            "32 with a share": limited(with_headers(graph(32), X_Page_Usage={"call_count": 100}), 600),
            "80001 with minutes": limited(with_headers(graph(80001), X_Business_Use_Case_Usage=BY_MINUTES), 540),
            "429": limited(Fault(429, graph(613).body, {"Retry-After": "300"}, times=ALWAYS), 300),
        },
    ),
    **sourced(
        INSTAGRAM,
        {
            "4/2207051 of spam": limited(graph(4, 2207051), BLOCKED_PAUSE, "send less"),
            "9/2207042 of a limit": limited(graph(9, 2207042), THROTTLED_PAUSE),
            "25/2207050 restricted": auth(graph(25, 2207050), "log in with the app"),
            "-1/2207001 in passing": away(graph(-1, 2207001), "answered 400"),
            "-2/2207003 in passing": away(graph(-2, 2207003), "answered 400"),
            "transient by its own word": away(graph(9999, is_transient=True), "answered 400"),
        },
    ),
    **sourced(
        CLIENT,
        {
            "-3 too much data": away(graph(-3, status=500), "answered 500"),
            "100 of a parameter": refused(graph(100), "answered 400"),
        },
    ),
    **sourced(
        BEFORE,
        {
            "5 from this address": auth(graph(5, words="(#5) Unauthorized source IP address"), "this machine's"),
            **{f"403 of {code}": auth(graph(code, status=403), words) for code, words in MORE_PERMISSIONS.items()},
        },
    ),
    **sourced(
        RECORDED,
        {
            "104 no token": auth(graph(104, words="An access token is required to request this resource."), "a proxy"),
            "2500 no token": auth(
                graph(2500, words="An active access token must be used to query information about the current user."),
                "a proxy",
            ),
            "2500 of a path": refused(graph(2500, words="Unknown path components: /x"), "answered 400"),
            "100 without proof": auth(
                graph(100, words="API calls from the server require an appsecret_proof argument"), "app_secret"
            ),
            "100 with a wrong proof": auth(
                graph(100, words="Invalid appsecret_proof provided in the API argument"), "app_secret"
            ),
            "100/33 not there": refused(graph(100, 33), "deleted"),
            "803 not there": refused(graph(803, status=404), "deleted"),
            "21 merged": refused(graph(21, words="(#21) Page ID 1 was migrated to page ID 2."), "into another"),
            "368/1390008 too fast": limited(graph(368, 1390008), BLOCKED_PAUSE, "send less"),
            "190 under a 200": auth(spaced(graph(190, 463), 200), "has expired"),
            "2 under a 200": away(spaced(graph(2), 200), "answered 200"),
        },
    ),
}
