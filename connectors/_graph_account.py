"""Which Page, or which Instagram account, a token acts for: found by asking whose it is, chosen where there are several."""

from collections.abc import Callable, Sequence

import msgspec

from connectors import _graph_errors
from connectors._errors import AuthenticationError, ChoiceError, ProtocolError, RejectedError
from connectors._fields import Fields, count, table, text
from connectors._graph_api import Api, is_id
from connectors._secret import Secret
from connectors._text import SafeText, one_line

_PAGE = "id,name,username,link,followers_count"
_INSTAGRAM = "id,username,name,followers_count"
_LINKED = f"instagram_business_account{{{_INSTAGRAM}}}"
_NONE = "make the token with pages_show_list, and choose the Page in Meta's window"
_MOST_PAGES = 10
"""Parts of a list of Pages read; a business of a thousand Pages."""


class Account(msgspec.Struct, frozen=True):
    """What a source acts as.

    Attributes:
        native_id: its number.
        handle: its short name, or its number.
        name: its name.
        url: its public page.
        followers: how many follow it; None where nobody says.
        token: what to speak with in its name.
        aliases: further ids and names under which its own comments appear.
    """

    native_id: str
    handle: SafeText
    name: SafeText
    url: SafeText
    followers: int | None
    token: Secret
    aliases: frozenset[str] = frozenset()


async def find_page(api: Api, token: Secret, wanted: str) -> Account:
    """Return the Page that a Page's, a person's or a system user's token acts for.

    Args:
        api: the API as the token sees it.
        token: the token.
        wanted: the Page's number, short name or name; "" where the token has only one.

    Raises:
        ChoiceError: it has several.
        AuthenticationError: it has none, or not that one.
    """
    pages = await _pages(api, f"{_PAGE},access_token")
    if pages is None:  # a Page has no Pages: the token is its own
        own = await api.get("me", [("fields", _PAGE)])
        found = [own] if text(own.get("id")) else []
    else:
        found = pages
    if not found and is_id(wanted):
        found = [await api.get_confidential(wanted, [("fields", f"{_PAGE},access_token")])]
    row = _chosen(found, wanted, "page", lambda each: (each.get("username"), each.get("name")), _NONE)
    native_id = text(row.get("id"))
    name = one_line(text(row.get("name")))
    return Account(
        native_id=native_id,
        handle=one_line(text(row.get("username"))) or name or SafeText(native_id),
        name=name or SafeText(native_id),
        url=one_line(text(row.get("link")) or f"https://www.facebook.com/{native_id}", 2000),
        followers=count(row["followers_count"]) if "followers_count" in row else None,
        token=_usable(text(row.get("access_token"))) or token,
    )


async def find_instagram(api: Api, token: Secret, wanted: str, *, by_instagram: bool) -> Account:
    """Return the professional Instagram account that a token acts for.

    Args:
        api: the API as the token sees it.
        token: the token.
        wanted: the account's number or name; "" where the token has only one.
        by_instagram: whether it was made by logging in to Instagram, and not to Facebook.

    Raises:
        ChoiceError: it has several.
        AuthenticationError: it has none, or not that one.
    """
    found: list[Fields]
    if by_instagram:
        own = await api.get("me", [("fields", "id,user_id,username,name,followers_count")])
        found = [{**own, "id": text(own.get("user_id")) or text(own.get("id")), "scoped_id": own.get("id")}]
    else:
        pages = await _pages(api, f"id,{_LINKED}")
        if pages is None:
            pages = [await api.get("me", [("fields", f"id,{_LINKED}")])]
        found = [linked for page in pages if text((linked := table(page.get("instagram_business_account"))).get("id"))]
    none = "link a professional Instagram account to the Page, and make the token with instagram_basic"
    row = _chosen(found, wanted.removeprefix("@"), "account", lambda each: (each.get("username"),), none)
    native_id, handle = text(row.get("id")), one_line(text(row.get("username")))
    known = {native_id, handle, text(row.get("scoped_id"))} - {""}
    return Account(
        native_id=native_id,
        handle=handle or SafeText(native_id),
        name=one_line(text(row.get("name"))) or handle or SafeText(native_id),
        url=one_line(f"https://www.instagram.com/{handle}/") if handle else SafeText(""),
        followers=count(row["followers_count"]) if "followers_count" in row else None,
        token=token,
        aliases=frozenset(known),
    )


async def _pages(api: Api, fields: str) -> list[Fields] | None:
    """Return the Pages of a person or a system user; None where the token is no such one's."""
    found: list[Fields] = []
    after = ""
    for _ in range(_MOST_PAGES):
        try:
            part = await api.page("me/accounts", [("fields", fields), ("limit", "100")], after)
        except RejectedError as error:
            if _graph_errors.refusal_of(error).code in _graph_errors.ABSENT:
                return None
            raise
        except ProtocolError as error:
            raise ProtocolError(
                error.message, hint=error.hint
            ) from None  # the answer holds tokens: nothing of it is kept
        found += part.rows
        after = part.after
        if not after:
            break
    return found


def _chosen(
    found: Sequence[Fields], wanted: str, option: str, names: Callable[[Fields], Sequence[object]], none: str
) -> Fields:
    """Return the one that is meant."""
    usable = [each for each in found if is_id(text(each.get("id")))]
    if wanted:
        called = wanted.casefold()
        usable = [e for e in usable if called in {text(n).casefold() for n in (e.get("id"), *names(e))}]
    if not usable:
        what = f"the token does not act for {wanted!r}" if wanted else "the token acts for no account"
        raise AuthenticationError(what, hint=none)
    if len(usable) > 1:
        labels = [(text(e.get("id")), next(filter(None, map(text, names(e))), text(e.get("id")))) for e in usable]
        raise ChoiceError(f"the token acts for {len(usable)} accounts", option=option, choices=labels)
    return usable[0]


def _usable(token: str) -> Secret | None:
    """Return a token that was read; not where it is the one we asked with, which is blotted out of every answer."""
    return Secret(token) if token.isascii() and token.isprintable() and len(token) >= 8 else None
