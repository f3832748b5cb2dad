"""Charter: the reasons for which a house hides and blocks, in its own words; one that is not on it is no reason."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from inbox.templates.faults import Fault, locate

SHIPPED = Path(__file__).with_name("charter.toml")
"""Ours: an example that a house makes its own."""
LANGUAGES = ("fr", "en")
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}", re.ASCII)
LONGEST = 80
"""Characters of a reason: it stands in a list and in every record."""
CRITICISM = re.compile(
    r"\b(critiqu\w*|d[ée]saccord|critic\w*|disagree\w*|boycott\w*|mauvais go[uû]t|bad taste)\b", re.IGNORECASE
)
"""Words that make a reason of somebody's opinion."""
_ARTICLE = re.compile(r"(?:charter|charte|article|art\.?)?\s*([0-9][0-9a-z.]*)", re.IGNORECASE)


class Reason(Struct, frozen=True, kw_only=True):
    """One reason of the charter.

    Attributes:
        id: its name in the file.
        fr: what it says in French.
        en: what it says in English.
        article: where it stands in the published charter, or "".
        unlawful: whether what falls under it is likely against the law.
    """

    id: str
    fr: str
    en: str
    article: str = ""
    unlawful: bool = False

    def words(self, language: str) -> str:
        """Return what it says in a language."""
        return self.en if language == "en" else self.fr


class Charter(Struct, frozen=True, kw_only=True):
    """A house's charter.

    Attributes:
        name: how records call it.
        version: which edition.
        url: where visitors can read it, or "".
        reasons: its reasons, in the file's order.
        own: whether it is the house's own, not our example.
    """

    name: str = "charter"
    version: str = ""
    url: str = ""
    reasons: tuple[Reason, ...] = ()
    own: bool = False

    def find(self, words: str) -> tuple[Reason, str] | None:
        """Return the reason that these words name and what they add to it ("threat: against the guards"), or None."""
        named, _colon, more = (part.strip() for part in words.partition(":"))
        folded = named.casefold()
        article = _ARTICLE.fullmatch(named)
        for reason in self.reasons:
            called = {reason.id, reason.fr.casefold(), reason.en.casefold()}
            if folded in called or (article and reason.article and article[1] == reason.article.casefold()):
                return reason, more
        return None

    def record(self, words: str) -> str:
        """Write a reason as records keep it: its words, what was added, edition and article; "" where it is none."""
        found = self.find(words)
        if found is None:
            return ""
        reason, more = found
        said = reason.en if words.partition(":")[0].strip().casefold() == reason.en.casefold() else reason.fr
        place = f"{self.name} {self.version}".strip() + (f", {reason.article}" if reason.article else "")
        return f"{said}{f': {more}' if more else ''} [{place}; {reason.id}]"


class _Reason(Struct, forbid_unknown_fields=True, kw_only=True):
    fr: str
    en: str
    article: str = ""
    unlawful: bool = False


class _File(Struct, forbid_unknown_fields=True, kw_only=True):
    reasons: dict[str, _Reason]
    name: str = "charter"
    version: str = ""
    url: str = ""


def read(path: Path) -> tuple[Charter, tuple[Fault, ...]]:
    """Read a charter, and name what is wrong with it; of one that cannot be read nothing is left, and nothing is hidden."""
    try:
        text = path.read_bytes().decode()
        file = msgspec.convert(tomllib.loads(text), _File)
    except msgspec.ValidationError as error:
        return Charter(own=True), (_misshapen(path, text, error),)
    except (OSError, ValueError) as error:  # ValueError: neither UTF-8 nor TOML
        return Charter(own=True), (Fault.of(path, error),)
    reasons = tuple(
        Reason(id=id_, fr=r.fr.strip(), en=r.en.strip(), article=r.article.strip(), unlawful=r.unlawful)
        for id_, r in file.reasons.items()
    )
    charter = Charter(name=file.name, version=file.version, url=file.url, reasons=reasons, own=path != SHIPPED)
    return charter, tuple(_faults(charter, path, text))


def _misshapen(path: Path, text: str, error: msgspec.ValidationError) -> Fault:
    """Say where a key is missing, unknown or of a wrong type: msgspec names the place as `$.reasons[...].fr`."""
    message, _at, place = str(error).partition(" - at `$")
    named = re.search(r"field `(\w+)`", message)
    ids = re.findall(r"^\[reasons\.([^\]]+)\]", text, re.MULTILINE)
    if "[...]" in place:  # msgspec does not name keys of a table: the first reason that is misshapen is meant
        where = next((id_ for id_ in ids if _is_misshapen(text, id_)), "")
        return Fault(path, locate(text, f"reasons.{where}", named[1] if named else ""), where, message)
    return Fault(path, locate(text, "", named[1] if named else place.strip(".`")), "", message)


def _is_misshapen(text: str, id_: str) -> bool:
    try:
        msgspec.convert(tomllib.loads(text)["reasons"][id_], _Reason)
    except msgspec.ValidationError:
        return True
    return False


def _faults(charter: Charter, path: Path, text: str) -> Iterator[Fault]:
    if not charter.reasons:
        yield Fault(path, 1, "", "a charter without a reason forbids nothing: nothing can be hidden")
    said: dict[str, str] = {}
    for reason in charter.reasons:
        for key, message in _wrong(reason, said):
            yield Fault(path, locate(text, f"reasons.{reason.id}", key), reason.id, message)


def _wrong(reason: Reason, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the key and what is wrong with it; `said` is what the reasons before say."""
    if not ID.fullmatch(reason.id):
        yield "", "a name is made of small letters, digits, - and _"
    for language in LANGUAGES:
        words = reason.words(language)
        if not words or len(words) > LONGEST or not words.isprintable() or ":" in words:
            yield language, f"one line of 1 to {LONGEST} characters, without a colon"
        if CRITICISM.search(words):
            yield language, "criticism is not a reason to hide"
        if said.setdefault(f"{language} {words.casefold()}", reason.id) != reason.id:
            yield language, f"says the same as {said[f'{language} {words.casefold()}']}"
    if reason.article and said.setdefault(f"article {reason.article}", reason.id) != reason.id:
        yield "article", f"is also {said[f'article {reason.article}']}"


@cache
def shipped() -> Charter:
    """Return our example."""
    return read(SHIPPED)[0]


def plain(charter: Charter) -> dict[str, Any]:
    """Return a charter as plain values, for scripts."""
    return {"v": 1, **msgspec.to_builtins(charter)}
