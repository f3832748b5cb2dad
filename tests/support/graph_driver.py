"""Drives a Graph API with Meta's own Python client, and tells what it saw as JSON; run by an interpreter that has it.

`python graph_driver.py talk URL` goes through a scenario; `python graph_driver.py judge` reads requests as JSON Lines
on stdin and says which of their parameters and fields the client's own tables do not know.
"""

import json
import sys
from typing import Any

from facebook_business import apiconfig
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

KINDS = {
    "user": User,
    "page": Page,
    "post": PagePost,
    "comment": Comment,
    "iguser": IGUser,
    "media": IGMedia,
    "igcomment": IGComment,
}
EDGES = {
    ("user", "GET", "accounts"): ("get_accounts", "page"),
    ("page", "GET", "feed"): ("get_feed", "post"),
    ("page", "POST", "feed"): ("create_feed", "post"),
    ("post", "GET", "comments"): ("get_comments", "comment"),
    ("post", "POST", "comments"): ("create_comment", "comment"),
    ("comment", "GET", "comments"): ("get_comments", "comment"),
    ("comment", "POST", "comments"): ("create_comment", "comment"),
    ("comment", "POST", ""): ("api_update", "comment"),
    ("comment", "DELETE", ""): ("api_delete", "comment"),
    ("iguser", "GET", "media"): ("get_media", "media"),
    ("media", "GET", "comments"): ("get_comments", "igcomment"),
    ("media", "POST", "comments"): ("create_comment", "igcomment"),
    ("media", "POST", ""): ("api_update", "media"),
    ("igcomment", "GET", "replies"): ("get_replies", "igcomment"),
    ("igcomment", "POST", "replies"): ("create_reply", "igcomment"),
    ("igcomment", "POST", ""): ("api_update", "igcomment"),
    ("igcomment", "DELETE", ""): ("api_delete", "igcomment"),
}
"""What the client calls each of them, and what comes back."""
ANYWHERE = {"fields", "limit", "after", "before", "summary", "appsecret_proof", "ids"}
"""Parameters that every part of the API takes."""


def talk(url: str, token: str, secret: str, names: dict[str, str]) -> dict[str, Any]:
    """Read and write as the client does."""
    FacebookSession.GRAPH = url
    session = FacebookSession(app_secret=secret, access_token=token)
    api = FacebookAdsApi(session, api_version="v25.0")
    apiconfig.ads_api_config["STRICT_MODE"] = True
    page, post, top = Page(names["page"], api=api), PagePost(names["post"], api=api), Comment(names["comment"], api=api)
    fields = ["id", "message", "from", "parent", "created_time", "is_hidden", "like_count", "comment_count"]
    stream = {"filter": "stream", "order": "reverse_chronological", "limit": 2}
    seen: dict[str, Any] = {}
    seen["pages"] = [row["name"] for row in User("me", api=api).get_accounts(fields=["name", "access_token"])]
    seen["feed"] = [row["message"] for row in page.get_feed(fields=["message"], params={"limit": 2})]
    seen["comments"] = [_plain(row) for row in post.get_comments(fields=fields, params=stream)]
    seen["toplevel"] = [row["message"] for row in post.get_comments(fields=["message"])]
    made = top.create_comment(fields=["id", "message"], params={"message": "par le client de Meta"})
    seen["made"] = _plain(made)
    top.api_update(params={"is_hidden": True})
    seen["hidden"] = top.api_get(fields=["is_hidden"])["is_hidden"]
    Comment(made["id"], api=api).api_delete()
    seen["deleted"] = _refused(lambda: Comment(made["id"], api=api).api_get(fields=["message"]))
    seen["batch"] = _in_one_batch(api, [names["comment"], made["id"]])
    seen["unknown field"] = _refused(lambda: api.call("GET", (names["comment"],), {"fields": "no_such_field"}))
    seen["new post"] = page.create_feed(params={"message": "un fil"})["id"]
    seen |= _instagram(api, names)
    return seen


def _instagram(api: Any, names: dict[str, str]) -> dict[str, Any]:
    account, medium = IGUser(names["iguser"], api=api), IGMedia(names["media"], api=api)
    media = [_plain(row) for row in account.get_media(fields=["caption", "comments_count"])]
    comments = [_plain(row) for row in medium.get_comments(fields=["text", "username", "timestamp"])]
    first = IGComment(comments[-1]["id"], api=api)
    reply = first.create_reply(params={"message": "réponse"})
    replies = [row["text"] for row in first.get_replies(fields=["text", "parent_id"])]
    deeper = _refused(lambda: IGComment(reply["id"], api=api).create_reply(params={"message": "trop profond"}))
    first.api_update(params={"hide": True})
    answered = _refused(lambda: first.create_reply(params={"message": "à un commentaire masqué"}))
    medium.api_update(params={"comment_enabled": False})
    closed = medium.api_get(fields=["is_comment_enabled"])["is_comment_enabled"]
    return {
        "media": media,
        "ig comments": comments,
        "replies": replies,
        "deeper": deeper,
        "to hidden": answered,
        "open": closed,
    }


def _in_one_batch(api: Any, comments: list[str]) -> list[Any]:
    """Read comments by one request: the words of each, or why it may not be read."""
    told: list[Any] = []
    batch = api.new_batch()
    for native_id in comments:
        Comment(native_id, api=api).api_get(
            fields=["message"],
            batch=batch,
            success=lambda response: told.append(response.json()["message"]),
            failure=lambda response: told.append([response.status(), response.error().api_error_subcode()]),
        )
    batch.execute()
    return told


def _plain(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(row.export_all_data(), default=lambda each: each.export_all_data()))
    return found


def _refused(act: Any) -> list[int | None]:
    try:
        act()
    except FacebookRequestError as error:
        return [error.http_status(), error.api_error_code(), error.api_error_subcode()]
    return []


def judge(request: dict[str, Any]) -> list[str]:
    """Say what of a request the client's tables do not know."""
    kind, method, edge = request["kind"], request["method"], request["edge"]
    if edge or method != "GET":
        if (kind, method, edge) not in EDGES:
            return [f"{method} {kind}/{edge}"]
        name, answered = EDGES[kind, method, edge]
        pending = getattr(KINDS[kind]("1", api=FacebookAdsApi(FacebookSession(access_token="t"))), name)(pending=True)
        checker = pending._param_checker
    else:
        answered, checker = kind, None
    wrong = [
        f"{kind}/{edge} {key}={value}"
        for key, value in request["params"].items()
        if key not in ANYWHERE and (checker is None or not checker.is_valid_key(key) or not _fits(checker, key, value))
    ]
    return wrong + _unknown_fields(answered, request["fields"])


def _fits(checker: Any, key: str, value: str) -> bool:
    kind = checker.get_type(key)
    return bool(checker.is_valid_pair(key, checker.convert_string_to_prim_type(kind, value)))


INSIDE = {
    ("post", "comments"): "comment",
    ("comment", "comments"): "comment",
    ("media", "comments"): "igcomment",
    ("igcomment", "replies"): "igcomment",
    ("comment", "parent"): "comment",
    ("igcomment", "media"): "media",
    ("page", "instagram_business_account"): "iguser",
}


def _unknown_fields(kind: str, fields: dict[str, Any]) -> list[str]:
    known = {value for name, value in vars(KINDS[kind].Field).items() if not name.startswith("_")}
    wrong: list[str] = []
    for name, inner in fields.items():
        is_edge = (kind, name) in INSIDE and hasattr(KINDS[kind], f"get_{name}")
        if name not in known and not is_edge:
            wrong.append(f"{kind}.{name}")
        elif inner and (kind, name) in INSIDE:
            wrong += _unknown_fields(INSIDE[kind, name], inner)
    return wrong


def main() -> None:
    """Do what the first argument says."""
    if sys.argv[1] == "talk":
        print(json.dumps(talk(**json.loads(sys.stdin.read()))))
        return
    print(json.dumps(sorted({each for line in sys.stdin for each in judge(json.loads(line))})))


if __name__ == "__main__":
    main()
