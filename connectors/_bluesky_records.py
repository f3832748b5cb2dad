"""What we write into our repository: posts that arrive once, and records that others may change while we do."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from connectors._bluesky_api import Api, Record
from connectors._bluesky_entities import web_url
from connectors._bluesky_facets import facets, handles
from connectors._bluesky_ids import POST, PROFILE, THREADGATE, AtUri, is_tid, parse_uri, post_uri
from connectors._bluesky_options import Repliers
from connectors._errors import ConnectorError, ProtocolError, RejectedError, UnreachableError
from connectors._fields import Fields, moment, rows, table, text
from connectors._model import Outgoing, Receipt
from connectors._text import sanitise

MAX_HIDDEN = 300
"""Replies that one threadgate hides; source: lexicon app.bsky.feed.threadgate."""
_TRIES = 5
_RULES: Mapping[Repliers, list[str] | None] = {
    "everyone": None,
    "mentioned": ["mentionRule"],
    "followers": ["followerRule"],
    "followed": ["followingRule"],
    "nobody": [],
}


def iso(at: datetime) -> str:
    """Write a time as the network does: UTC, milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def receipt_of(record: Record, warning: str = "") -> Receipt:
    """Acknowledge one of our own posts."""
    address = parse_uri(record.uri)
    if address is None:
        raise ProtocolError("the server names an address that is none")
    at = moment(record.value.get("createdAt")) or datetime.now(UTC)
    return Receipt(remote_id=record.uri, at=at, url=web_url(address), warning=sanitise(warning))


# -- posts ---------------------------------------------------------------------------------------------


async def find_post(api: Api, outgoing: Outgoing) -> Record | None:
    """Look for what was published under the key of `outgoing`; None when it is certainly not there."""
    return await api.record(POST, outgoing.client_id) if is_tid(outgoing.client_id) else None


async def publish(api: Api, outgoing: Outgoing) -> Record:
    """Publish a text under its own key, once however often it is tried.

    The key is ours, so what stands under it is this text; where it stands already nothing is written.

    Raises:
        ConnectorError: it is not published, or nobody can tell.
    """
    if not is_tid(outgoing.client_id):
        raise RejectedError(f"{outgoing.client_id!r} is no key for a post", hint="write the text again")
    if (there := await find_post(api, outgoing)) is not None:
        return there
    value = await _post(api, outgoing)
    try:
        written = await api.put(POST, outgoing.client_id, value, swap=None)
    except (UnreachableError, ProtocolError) as doubt:
        if isinstance(doubt, UnreachableError) and (not doubt.sent or doubt.retry_after):
            raise
        written = await api.settled(POST, outgoing.client_id, doubt)
        if written is None:  # it may still be on its way
            raise
        return written
    if written is None:  # another try was faster
        written = await find_post(api, outgoing)
    if written is None:
        raise UnreachableError("the server cannot decide whether the text is there", sent=True)
    return written


async def _post(api: Api, outgoing: Outgoing) -> dict[str, Any]:
    value: dict[str, Any] = {"$type": POST, "text": outgoing.text, "createdAt": iso(outgoing.created_at)}
    if outgoing.language:
        value["langs"] = [outgoing.language]
    if outgoing.parent_id is not None:
        value["reply"] = await _place(api, outgoing.parent_id)
    found = facets(outgoing.text, await _dids(api, outgoing.text))
    if found:
        value["facets"] = found
    return value


async def _place(api: Api, parent_id: str) -> dict[str, Any]:
    """Return what a reply names: its parent and the thread's root, each with its version."""
    view = await view_of(api, parent_id)
    if table(view.get("viewer")).get("replyDisabled") is True:
        raise RejectedError("who opened this thread does not let this account reply", hint="open it on the platform")
    parent = {"uri": text(view.get("uri")), "cid": text(view.get("cid"))}
    root = table(table(table(view.get("record")).get("reply")).get("root"))
    return {"root": dict(root) if text(root.get("uri")) and text(root.get("cid")) else parent, "parent": parent}


async def view_of(api: Api, uri: str) -> Fields:
    """Read one post.

    Raises:
        RejectedError: it is not there (any more).
        ConnectorError: nobody can tell.
    """
    if post_uri(uri) is None:
        raise RejectedError(f"{uri!r} is no post")
    posts = await api.query("app.bsky.feed.getPosts", [("uris", uri)])
    if not isinstance(posts.get("posts"), list):
        raise UnreachableError("the server does not say whether the post is there")
    view = next((each for each in rows(posts["posts"]) if text(each.get("uri")) == uri), None)
    if view is None and posts["posts"]:  # it was asked for one, and what it shows is another, or none at all
        raise UnreachableError("the server does not say whether the post is there")
    if view is None:
        raise RejectedError("the comment is no longer there", status=404, hint="its author may have deleted it")
    return view


async def _dids(api: Api, words: str) -> dict[str, str]:
    """Ask who is behind each handle; a name that nobody has stays words."""
    found: dict[str, str] = {}
    for handle in handles(words):
        try:
            said = await api.query("com.atproto.identity.resolveHandle", [("handle", handle)])
        except RejectedError:
            continue
        if text(said.get("did")).startswith("did:"):
            found[handle] = text(said.get("did"))
    return found


# -- records that others change too ----------------------------------------------------------------------

Change = Callable[[Fields], Fields | None]
"""Returns a record's new content; None where it is as it should be."""


async def change(api: Api, collection: str, rkey: str, new: Change) -> Record | None:
    """Read one of our records, change it and write it back only if nobody else did in between; else begin again.

    Returns:
        The record as it was before, None where there was none.

    Raises:
        ConnectorError: it is not as it should be, or nobody can tell.
    """
    for _ in range(_TRIES):
        before = await api.record(collection, rkey)
        value = new(before.value if before is not None else {})
        if value is None:
            return before
        value = {"$type": collection, **value}
        try:
            written = await api.put(collection, rkey, value, swap=before.cid if before is not None else None)
        except (UnreachableError, ProtocolError) as doubt:
            if isinstance(doubt, UnreachableError) and (not doubt.sent or doubt.retry_after):
                raise
            if not await _is_settled(api, collection, rkey, new, doubt):
                raise
            return before
        if written is not None:
            return before
    raise UnreachableError("somebody else keeps changing the same record; try again in a moment")


async def _is_settled(api: Api, collection: str, rkey: str, new: Change, doubt: ConnectorError) -> bool:
    there = await api.settled(collection, rkey, doubt)
    return there is not None and new(there.value) is None


async def pin(api: Api, post: Record) -> str:
    """Pin a post to the profile; return the address of the post whose place it took, or ""."""
    wanted = {"uri": post.uri, "cid": post.cid}

    def pinned(profile: Fields) -> Fields | None:
        return None if profile.get("pinnedPost") == wanted else {**profile, "pinnedPost": wanted}

    before = await change(api, PROFILE, "self", pinned)
    replaced = text(table(before.value.get("pinnedPost")).get("uri")) if before is not None else ""
    return "" if replaced == post.uri else replaced


async def unpin(api: Api, uri: str) -> None:
    """Take a post off the profile; one that is not pinned there is left alone."""

    def unpinned(profile: Fields) -> Fields | None:
        if text(table(profile.get("pinnedPost")).get("uri")) != uri:
            return None
        return {name: value for name, value in profile.items() if name != "pinnedPost"}

    await change(api, PROFILE, "self", unpinned)


async def hide(api: Api, root: AtUri, uri: str, *, hidden: bool, at: datetime) -> None:
    """Hide a reply under our post `root`, or show it again.

    Raises:
        RejectedError: as many as fit are hidden already.
    """

    def gated(gate: Fields) -> Fields | None:
        listed = gate.get("hiddenReplies")
        uris = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
        if (uri in uris) == hidden:
            return None
        if hidden and len(uris) >= MAX_HIDDEN:
            raise RejectedError(f"{MAX_HIDDEN} replies are hidden under this post already", hint="lock it instead")
        changed = [*uris, uri] if hidden else [each for each in uris if each != uri]
        return {**_gate(gate, root, at), "hiddenReplies": changed}

    await change(api, THREADGATE, root.rkey, gated)


async def let_reply(api: Api, root: AtUri, repliers: Repliers, *, at: datetime) -> None:
    """Say who may reply under our post `root`; what is there stays."""
    rules = _RULES[repliers]
    wanted = None if rules is None else [{"$type": f"{THREADGATE}#{rule}"} for rule in rules]

    def gated(gate: Fields) -> Fields | None:
        if gate.get("allow") == wanted:
            return None
        opened = {name: value for name, value in _gate(gate, root, at).items() if name != "allow"}
        return opened if wanted is None else {**opened, "allow": wanted}

    await change(api, THREADGATE, root.rkey, gated)


def _gate(gate: Fields, root: AtUri, at: datetime) -> Fields:
    return {"post": str(root), "createdAt": iso(at), **gate}
