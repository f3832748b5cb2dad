"""Erasure: what names a person in a desk's events, taken out of them; and the keyed hash that keeps the person out.

Works on any event, also on kinds made later: what is theirs is dropped, what points at it is dropped or emptied, and
their names in what others wrote are blanked. Captured evidence is left as it is.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec
from msgspec import Raw, Struct, structs

from connectors._model import Comment
from inbox._segments import frame, unframe
from inbox.events import decode
from inbox.fold import Inbox
from inbox.item import Item, key_of
from inbox.paths import write_private
from inbox.shelf import Named
from inbox.store_errors import DamagedError, StoreError
from inbox.weighing import forget
from scoring.assessment import Assessment

T = TypeVar("T")
KEY_FILE = "erased.key"
_KEY_BYTES = 32
HELD = frozenset({"captured"})
"""Kinds of events that are evidence: erasing them would destroy what a court may ask for."""
BLANK = "…"
_PAGE = b'{"e":"comment.seen"'
_PACKED = (bytearray,)
"""What is no text: figures (`inbox/figures.py`), whose keys go with the comments they are of."""
_SHORTEST = 3
_SHORTEST_NUMBER = 6
"""Letters of a name, and digits of an id, below which it is too common to be looked for by itself."""


class UnknownPersonError(StoreError):
    """Nobody on this desk is called so, or several are."""


class Person(Struct, frozen=True):
    """Whom to forget.

    Attributes:
        accounts: (source, native id) of each of their accounts.
        names: texts that name them: ids, handles, addresses, and display names that are not just a first name.
        keys: keys of their comments.
    """

    accounts: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


def find(inbox: Inbox, author: str) -> Person:
    """Find whom `author` means: a native id, a handle (with or without "@"), or a display name only one person has.

    Raises:
        UnknownPersonError: nobody, or a display name that several have.
    """
    wanted = author.strip().removeprefix("@")
    by_id: dict[tuple[str, str], list[str]] = {}
    by_name: dict[tuple[str, str], list[str]] = {}
    for account in list(inbox.items.authors()):
        keys = inbox.items.of_author(*account)
        authors = {(a.handle.casefold(), a.name.casefold()) for a in map(partial(_author, inbox), keys)}
        if account[1] == wanted or any(handle == wanted.casefold() for handle, _ in authors):
            by_id[account] = keys
        elif any(name == wanted.casefold() for _, name in authors):
            by_name[account] = keys
    if not by_id and len(by_name) > 1:
        ids = ", ".join(sorted(native for _, native in by_name))
        raise UnknownPersonError(f"several people are called {author}", hint=f"say which: {ids}")
    found = by_id or by_name
    if not found:
        raise UnknownPersonError(f"nobody on this desk is called {author}", hint="becalm list author:NAME is:any")
    theirs = [key for keys in found.values() for key in keys]
    names = {native_id for _, native_id in found}
    for comment in (inbox.items[key].comment for key in theirs):
        names |= {comment.author.handle, comment.author.url, comment.url}
        if " " in comment.author.name:
            names.add(comment.author.name)
    hot = inbox.items.hot
    ours = {hot.names.known[number] for number in {*hot.claimed_by, *hot.changed_by}}
    names -= ours  # a colleague of that name stays who did what
    return Person(frozenset(found), frozenset(filter(is_telling, names)), frozenset(theirs))


def _author(inbox: Inbox, key: str) -> Named:
    return inbox.items.words(inbox.items.hot.ids.find(key)).comment.author


def is_telling(text: str) -> bool:
    """Tell whether a text is rare enough to be looked for by itself."""
    return len(text) >= (_SHORTEST_NUMBER if text.isdigit() else _SHORTEST)


# -- the keyed hash ----------------------------------------------------------------------------------


def marks(folder: Path, accounts: Iterable[tuple[str, str]]) -> list[str]:
    """Return what stands for these accounts once they are erased: useless to whoever has not this desk's key."""
    key = _key(folder)
    return [hmac.new(key, f"{source}\n{native}".encode(), hashlib.sha256).hexdigest() for source, native in accounts]


def _key(folder: Path) -> bytes:
    path = folder / KEY_FILE
    if not path.exists():
        _write_key(path, os.urandom(_KEY_BYTES))
    content = path.read_bytes()
    if len(content) == _KEY_BYTES:  # of a desk from before there were two copies
        return content
    for line in content.splitlines(keepends=True):
        body = unframe(line)
        if body is not None:
            return bytes.fromhex(body.decode())
    raise DamagedError(path, 0, "by this file those who were erased are recognised, and it cannot be read")


def _write_key(path: Path, key: bytes) -> None:
    write_private(os.fspath(path), 2 * frame(key.hex().encode()))


def mend_key(folder: Path) -> bool:
    """Write the key's file anew from the copy in it that is good; tells whether that was needed.

    Raises:
        DamagedError: no copy is good.
        OSError: it could not be written.
    """
    path = folder / KEY_FILE
    if not path.exists():
        return False
    key, content = _key(folder), path.read_bytes()
    if content == 2 * frame(key.hex().encode()):
        return False
    _write_key(path, key)
    return len(content) != _KEY_BYTES


# -- taking out --------------------------------------------------------------------------------------


class Eraser:
    """Takes one person out of transactions.

    Attributes:
        person: whom.
        held: pieces of evidence that name the person and stay.
        touched: keys of other people's comments that were written otherwise than they had been.
    """

    def __init__(self, person: Person) -> None:
        """Prepare to forget `person`."""
        self.person = person
        ids = {key.partition("/")[2] for key in person.keys}
        self._ids = person.keys | {each for each in ids if is_telling(each)}
        self._tags = frozenset(map(_bytes, self._ids))
        self._theirs = frozenset(map(_bytes, ids | {native for _, native in person.accounts}))
        self._quoted = any(b'"' in each for each in self._tags | self._theirs)
        self._words = _least(person.names)
        self._names = tuple(map(_bytes, self._words))
        self._numbers = frozenset(map(_bytes, {key.partition("/")[2] for key in person.keys}))
        # a comment may have been heard of first under another author, whom the platform did not name yet
        found = [
            rb'"(?:parent|native)_id":"([^"]+)"',
            *(b'"%b/([^"]+)"' % re.escape(_bytes(s)) for s, _ in person.accounts),
        ]
        self._tokens = tuple(map(re.compile, dict.fromkeys(found)))
        self.held = 0
        self.touched: set[str] = set()
        self._gone: set[str] = set()

    @cached_property
    def _named(self) -> re.Pattern[str]:
        found = "|".join(re.escape(name) for name in sorted(self.person.names, key=len, reverse=True))
        return re.compile(rf"(?<![0-9A-Za-z])@?(?:{found})(?![0-9A-Za-z])") if found else re.compile(r"(?!)")

    def names(self, content: bytes) -> bool:
        """Tell whether lines of the log name the person, or point at their comments."""
        if any(_stands_in(name, content) for name in self._names):
            return True
        return any(not self._numbers.isdisjoint(token.findall(content)) for token in self._tokens)

    def names_plainly(self, content: bytes) -> bool:
        """Tell the same of any other text: every byte of it is looked at for every name and number."""
        numbers = filter(is_telling, (key.partition("/")[2] for key in self.person.keys))
        return any(_stands_in(each, content) for each in (*self._names, *map(_bytes, numbers)))

    def erase(self, payload: bytes) -> bytes:
        """Return a transaction without the person; `null` when nothing is left of it."""
        left: list[list[Any]] = []
        for operation in msgspec.json.decode(payload, type=list[list[Raw]]):
            if msgspec.json.decode(operation[0]) != "events":
                left.append(operation)
            elif documents := self._documents(msgspec.json.decode(operation[2], type=list[Raw])):
                left.append([*operation[:2], documents])
        return msgspec.json.encode(left) if left else b"null"

    def _documents(self, documents: Iterable[Raw]) -> list[Raw]:
        erased = (self._page(each) if bytes(each).startswith(_PAGE) else self._other(each) for each in documents)
        return [each for each in erased if each is not None]

    def is_held(self, payload: bytes) -> bool:
        """Tell whether only captured evidence names the person in this transaction."""
        for operation in msgspec.json.decode(payload) or ():
            said: list[Any] = operation[2] if operation[0] == "events" else [operation]
            if any(self.names(msgspec.json.encode(each)) for each in said if not _is_held(each)):
                return False
        return True

    def _other(self, document: Raw) -> Raw | None:
        erased = self._event(msgspec.json.decode(document))
        return None if erased is None else Raw(msgspec.json.encode(erased))

    def _page(self, document: Raw) -> Raw:
        """Return a page of comments without theirs; other people's stay as they lie, but for those that name them."""
        page = msgspec.json.decode(document, type=dict[str, Raw])
        source = msgspec.json.decode(page["source"], type=str)
        comments, assessments = (
            msgspec.json.decode(page[each], type=list[Raw]) for each in ("comments", "assessments")
        )
        pairs = zip(comments, assessments, strict=True)
        left = [(kept, self._assessment(a)) for c, a in pairs if (kept := self._comment(source, c)) is not None]
        rest = {
            name: msgspec.json.decode(each) for name, each in page.items() if name not in {"comments", "assessments"}
        }
        for blank in (True, False):
            said = self._value(rest, blank=blank)
            said |= {"comments": [c for c, _ in left], "assessments": [a for _, a in left]}
            erased = msgspec.json.encode(said)
            with suppress(msgspec.ValidationError):
                decode(erased)
                break
        return Raw(erased)

    def _comment(self, source: str, raw: Raw) -> Raw | None:
        content = bytes(raw)
        if self._is_free(content) and self._theirs.isdisjoint(content.split(b'"')):
            return raw
        comment = msgspec.json.decode(content)
        if self._is_theirs(source, comment):
            return None
        if key_of(source, comment["parent_id"] or "") in self.person.keys:
            comment["parent_id"] = None
        erased = self.cleaned(comment, Comment)
        if erased != msgspec.json.decode(content):
            self.touched.add(key_of(source, comment["native_id"]))
        return Raw(msgspec.json.encode(erased))

    def _assessment(self, raw: Raw) -> Raw:
        if self._is_free(bytes(raw)):
            return raw
        return Raw(msgspec.json.encode(self.cleaned(msgspec.json.decode(raw), Assessment)))

    def _event(self, event: dict[str, Any]) -> dict[str, Any] | None:
        if _is_held(event):
            self.held += self.names(msgspec.json.encode(event))
            return event
        if event.get("key") in self.person.keys or event.get("entry") in self._gone:
            return None
        keys = event.get("keys")
        for blank in (True, False):  # a name may be a word of ours as well ("done"): then the word stays
            erased: dict[str, Any] = self._value(event, blank=blank)
            if keys and not erased["keys"]:
                return None
            try:
                decode(msgspec.json.encode(erased))
            except msgspec.ValidationError:
                continue
            if "key" in event and erased != event:
                self.touched.add(event["key"])
            return erased
        return None  # it was about nothing else

    def cleaned(self, value: T, kind: Any) -> T:
        """Return a value, or the plain form of one, of a type that events are made of, without the person."""
        for blank in (True, False):  # as for an event
            with suppress(msgspec.ValidationError):
                said: T = self._value(msgspec.to_builtins(value, builtin_types=_PACKED), blank=blank)
                cleaned: T = msgspec.convert(said, kind)
                return said if isinstance(value, dict) and kind is Comment else cleaned
        return value

    def _is_theirs(self, source: str, comment: dict[str, Any]) -> bool:
        theirs = (source, comment["author"]["native_id"]) in self.person.accounts
        return theirs or key_of(source, comment["native_id"]) in self.person.keys

    def _value(self, value: Any, *, blank: bool) -> Any:
        if isinstance(value, str) and self._points(value):
            return ""
        if isinstance(value, str) and blank and any(word in value for word in self._words):
            return self._named.sub(BLANK, value)
        if isinstance(value, list):
            left = [each for each in value if not self._is_about(each)]
            return [self._value(each, blank=blank) for each in left]
        if isinstance(value, dict):
            return {name: self._value(each, blank=blank) for name, each in value.items() if not self._points(name)}
        return value

    def _is_free(self, content: bytes) -> bool:
        """Tell whether a comment is of nobody's business: a page's other comments need not be walked through."""
        free = not self._quoted and not any(name in content for name in self._names)
        return free and self._tags.isdisjoint(content.split(b'"'))

    def _points(self, text: str) -> bool:
        return text in self._ids

    def _is_about(self, each: Any) -> bool:
        """Tell whether a member of a list is nothing but about them: their id, how their comment stood, an answer."""
        if isinstance(each, str):
            return self._points(each) or each in self.person.names
        if isinstance(each, list):
            return bool(each) and isinstance(each[0], str) and self._points(each[0])
        if isinstance(each, dict) and each.get("target") in self.person.keys:
            self._gone.add(str(each.get("id")))
            return True
        return False


def take_out(inbox: Inbox, eraser: Eraser) -> None:
    """Take a person out of memory, whom `eraser` has taken out of the files; nobody may read or write meanwhile.

    The whole log need not be folded again for that; what the two may differ in until the next start is how far a comment of
    somebody else carried because of an answer that is no more, and when an operator last decided something, if that was about
    this person alone.
    """
    keys = eraser.person.keys
    forget(inbox, keys, [entry for key in keys for entry in inbox.sendings_for.get(key, ())])
    for key in eraser.touched & inbox.items.keys():
        item = inbox.items[key]
        if key_of(item.source, item.comment.parent_id or "") in keys:
            item = structs.replace(item, comment=structs.replace(item.comment, parent_id=None))
        inbox.put(eraser.cleaned(item, Item))
    hints = get_type_hints(Inbox)
    for name in _SAYING:
        setattr(inbox, name, eraser.cleaned(getattr(inbox, name), hints[name]))


_SAYING = ("posts", "outbox", "unsent", "weather", "duty", "approvals")
"""The fields of an inbox, beside its items, that hold what somebody wrote."""


def _is_held(event: Any) -> bool:
    return isinstance(event, dict) and event.get("e") in HELD


def _least(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that no other of them stands in: where a longer one is, so is the shorter one in it."""
    least: list[str] = []
    for name in sorted(names, key=lambda each: (len(each), each)):
        if not any(_stands_in(_bytes(known), _bytes(name)) for known in least):
            least.append(name)
    return tuple(least)


def _bytes(text: str) -> bytes:
    """Return a text as it stands inside a JSON string."""
    return msgspec.json.encode(text)[1:-1]


def _stands_in(needle: bytes, content: bytes) -> bool:
    """Tell whether `needle` stands somewhere by itself, and not within a longer word or number."""
    at = content.find(needle)
    while at >= 0:
        if not content[at - 1 : at].isalnum() and not content[at + len(needle) : at + len(needle) + 1].isalnum():
            return True
        at = content.find(needle, at + 1)
    return False
