"""Refusals in the words of Mastodon and its kin, Bluesky and WordPress, each with the file of theirs that says so."""

from datetime import timedelta

from fault_desk import BACKOFF, NOON
from fault_rows import Row, Rows, auth, away, limited, refused, said, sourced
from fault_server import Fault

from connectors._model import NotSent, Rejected, Unknown

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


MASTODON: Rows = {
    **sourced(
        "mastodon/documentation: content/en/methods/accounts.md; RFC 6750, section 3.1, for the header",
        {
            "401": auth(mastodon(401, "The access token is invalid"), "The access token is invalid"),
            "401 revoked": auth(mastodon(401, "The access token was revoked"), "was revoked"),
            "401 expired": auth(mastodon(401, "The access token expired"), "expired"),
            "403 scope, in another language": auth(
                mastodon(403, "Hors du périmètre", WWW_Authenticate='Bearer realm="x", error="insufficient_scope"'),
                "a new token",
            ),
        },
    ),
    **sourced(
        "mastodon/mastodon: app/controllers/api/base_controller.rb, app/controllers/concerns/api/error_handling.rb",
        {
            "401 anonymous": auth(mastodon(401, "This method requires an authenticated user"), "authenticated user"),
            "403 scope": auth(mastodon(403, "This action is outside the authorized scopes"), "a new token"),
            "403 unconfirmed": auth(mastodon(403, "Your login is missing a confirmed e-mail address"), "e-mail"),
            "403 pending": auth(mastodon(403, "Your login is currently pending approval"), "not admitted"),
            "403 disabled": auth(mastodon(403, "Your login is currently disabled"), "suspended the account"),
            "403 this one": auth(mastodon(403, "This action is not allowed"), "This action is not allowed"),
            "422 of an application": auth(mastodon(422, "This method requires an authenticated user"), "no account"),
            "422": refused(mastodon(422, "Validation failed: Text can't be blank"), "Validation failed"),
            "400 parameter": refused(mastodon(400, "param is missing: status"), "param is missing"),
            "503 remote": away(mastodon(503, "Remote data could not be fetched"), "answered 503"),
            "503 race": away(mastodon(503, "There was a temporary problem serving your request"), "answered 503"),
        },
    ),
    **sourced(
        "mastodon/mastodon: app/controllers/application_controller.rb",
        {
            "403 two factors": auth(mastodon(403, "Your account requires two-factor authentication"), "set up"),
            "403 suspended": auth(mastodon(403, "Forbidden"), "Forbidden"),
            "410 self-destructed": refused(mastodon(410, "Gone"), "answered 410"),
        },
    ),
    **sourced(
        "mastodon/mastodon: config/initializers/rack_attack.rb",
        {
            "429": limited(
                mastodon(429, "Too many requests", X_RateLimit_Remaining="0", X_RateLimit_Reset=SOON.isoformat()), 300
            ),
        },
    ),
    **sourced(
        "superseriousbusiness/gotosocial: internal/api/util/auth.go, internal/middleware/throttling.go, "
        "internal/processing/status/create.go",
        {
            "401 of GoToSocial": auth(mastodon(401, "Unauthorized: token not supplied"), "token not supplied"),
            "403 scope of GoToSocial": auth(
                mastodon(403, "Forbidden: token has insufficient scope permission"), "a new token"
            ),
            "403 reply of GoToSocial": auth(
                mastodon(403, "Forbidden: you do not have permission to reply to this status"), "to reply"
            ),
            "429 of GoToSocial": limited(mastodon(429, "server overloaded, please retry", Retry_After="30"), 30),
        },
    ),
}
BLUESKY: Rows = {
    **sourced(
        "bluesky-social/atproto: packages/pds/src/auth-verifier.ts",
        {
            "401 no token": auth(at(401, "AuthMissing"), "answered 401"),
            "401 taken down": auth(at(401, "AccountTakedown", "Account has been taken down"), "to appeal"),
            "401 deactivated": auth(at(401, "AccountDeactivated", "Account is deactivated"), "activate it again"),
            "403 unknown account": auth(at(403, "AccountNotFound", "Account not found"), "has it moved"),
            "400 expired": auth(at(400, "ExpiredToken", "Token has expired"), "Token has expired"),
            "400 unverified": auth(at(400, "InvalidToken", "Token could not be verified"), "could not be verified"),
            "400 invalid token": auth(at(400, "InvalidToken", "Bad token scope"), "Bad token scope"),
        },
    ),
    **sourced(
        "bluesky-social/atproto: lexicons/chat/bsky/convo/getConvoForMembers.json, createSession.json",
        {"401 suspended": auth(at(401, "AccountSuspended", "Account has been suspended"), "for how long")},
    ),
    **sourced(
        "bluesky-social/atproto: packages/pds/src/account-manager/account-manager.ts",
        {
            "401 password": auth(
                at(401, "AuthenticationRequired", "Invalid identifier or password"), "Invalid identifier"
            ),
        },
    ),
    **sourced(
        "bluesky-social/atproto: packages/bsky/src/auth-verifier.ts",
        {"401 expired in the view": auth(at(401, "ExpiredToken", "Token has expired"), "Token has expired")},
    ),
    **sourced(
        "bluesky-social/atproto: packages/xrpc-server/src/errors.ts, packages/pds/src/pipethrough.ts",
        {
            "403 forbidden": refused(at(403, "Forbidden", "not for you"), "not for you"),
            "400": refused(at(400, "InvalidRequest", "Input must have the property"), "Input must have"),
            "413": refused(at(413, "PayloadTooLarge", "request entity too large"), "too large"),
            "500": away(at(500, "InternalServerError", "Internal Server Error"), "answered 500"),
            "502 upstream": away(at(502, "UpstreamFailure", "Upstream service unreachable"), "answered 502"),
            "503 resources": away(at(503, "NotEnoughResources", "Not Enough Resources"), "answered 503"),
            "504 upstream": away(at(504, "UpstreamTimeout", "Upstream Timeout"), "answered 504"),
        },
    ),
    **sourced(
        "bluesky-social/atproto: packages/xrpc-server/src/rate-limiter-http.ts",
        {
            "429": limited(
                at(
                    429,
                    "RateLimitExceeded",
                    "Rate Limit Exceeded",
                    RateLimit_Limit="30",
                    RateLimit_Remaining="0",
                    RateLimit_Reset=str(int(SOON.timestamp())),
                    RateLimit_Policy="30;w=300",
                    Retry_After="300",
                ),
                300,
            ),
        },
    ),
}
ROLES = ("rest_forbidden_context", "rest_forbidden_param", "rest_forbidden")
PLACES = ("rest_comment_closed", "rest_comment_draft_post", "rest_comment_trash_post", "rest_comment_invalid_post_id")
THIS_ONE = (
    "rest_cannot_read",
    "rest_cannot_read_post",
    "rest_cannot_edit",
    "rest_cannot_delete",
    "rest_comment_invalid_author",
    "rest_comment_invalid_status",
)
SWITCHED_OFF = ("application_passwords_disabled", "application_passwords_disabled_for_user")
COMMENTS = "WordPress/WordPress: wp-includes/rest-api/endpoints/class-wp-rest-comments-controller.php"
WORDPRESS: Rows = {
    **sourced(
        "WordPress/WordPress: wp-includes/user.php (wp_authenticate_application_password), wp-includes/rest-api.php",
        {
            "401 password": auth(wordpress(401, "incorrect_password"), "a new application password"),
            "401 unknown": auth(wordpress(401, "invalid_username"), "no such user"),
            "401 unknown address": auth(wordpress(401, "invalid_email"), "no such user"),
            **{f"401 {code}": auth(wordpress(401, code), "switched off") for code in SWITCHED_OFF},
            "403 rest_cookie_invalid_nonce": refused(wordpress(403, "rest_cookie_invalid_nonce"), "Sorry."),
        },
    ),
    **sourced(
        "WordPress/WordPress: wp-includes/rest-api/endpoints/class-wp-rest-users-controller.php",
        {"401 login dropped": auth(wordpress(401, "rest_not_logged_in"), "drops the login")},
    ),
    **sourced(
        COMMENTS,
        {
            "401 may not comment": auth(wordpress(401, "rest_comment_login_required"), "drops the login"),
            **{f"401 {code}": auth(wordpress(401, code), "drops the login") for code in (*ROLES, "rest_cannot_edit")},
            **{f"403 {code}": auth(wordpress(403, code), "role") for code in ROLES},
            **{f"403 {code}": refused(wordpress(403, code), "Sorry.") for code in (*PLACES, *THIS_ONE)},
            "400 flood": Row(wordpress(400, "comment_flood"), "broken", BACKOFF, NotSent, "answered 400"),
            "400 too long": refused(wordpress(400, "comment_content_column_length"), "answered 400"),
            "400 empty": refused(wordpress(400, "rest_comment_content_invalid"), "answered 400"),
            "400 parameter": refused(wordpress(400, "rest_invalid_param"), "answered 400"),
            "404 no such comment": refused(wordpress(404, "rest_comment_invalid_id"), "answered 404"),
            "409": Row(wordpress(409, "comment_duplicate"), "broken", BACKOFF, Rejected, "answered 409", blind=Unknown),
            "500 not created": away(wordpress(500, "rest_comment_failed_create"), "answered 500"),
            "500 not edited": away(wordpress(500, "rest_comment_failed_edit"), "answered 500"),
        },
    ),
    **sourced(
        "WordPress/WordPress: wp-includes/rest-api/class-wp-rest-server.php",
        {"404 no such route": refused(wordpress(404, "rest_no_route"), "answered 404")},
    ),
    **sourced(
        "WordPress/WordPress: wp-includes/comment.php (wp_check_comment_flood)",
        {"429 flood": limited(wordpress(429, "comment_flood"), 60)},
    ),
    **sourced(
        "RFC 9110, section 10.2.3: what hosts and their plugins answer with",
        {
            "401 of a plugin": auth(wordpress(401, "rest_cannot_access", "Only authenticated users."), "drops"),
            "403 of a plugin": refused(wordpress(403, "rest_disabled", "The REST API is closed."), "is closed"),
            "429": limited(wordpress(429, "too_many_requests", Retry_After="300"), 300),
            "429 until a date": limited(
                wordpress(429, "too_many_requests", Retry_After="Fri, 20 Nov 2026 12:05:00 GMT"), 300
            ),
        },
    ),
}
