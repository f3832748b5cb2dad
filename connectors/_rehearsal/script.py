"""The scenario format: JSON Lines of posts, comments, edits and answers, read and checked with file and line."""

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from connectors._errors import ConnectorError
from connectors._text import SafeText, sanitise

NETWORKS = (
    "facebook",
    "instagram",
    "mastodon",
    "bluesky",
    "youtube",
    "x",
    "threads",
    "wordpress",
    "reddit",
    "discourse",
)
"""What `Comment.network` may say in a scenario."""

STORM = "storm"
"""The scenario that is played where none is named."""
SITUATIONS = ("flood", "feud", "lone_troll", "none")
"""What an aim may be."""

_TIME = re.compile(r"(-?)(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)")


class ScriptError(ConnectorError):
    """A scenario cannot be played; the message names file, line and what is wrong there."""


class House(Struct, forbid_unknown_fields=True):
    """Who the museum is: `{"house": "Musée X", "handle": "musee_x"}`."""

    house: str
    handle: str = "museum"


class Stage(Struct, forbid_unknown_fields=True):
    """One publication of the house: `{"post": "film-fb", "network": "facebook", "text": "…", "at": "-26:00:00"}`."""

    post: str
    network: str
    text: str
    at: str
    title: str = ""
    exhibition: str = ""


class Say(Struct, forbid_unknown_fields=True):
    """One comment: `{"at": "1:05", "on": "film-fb", "by": "Léa M.", "text": "…"}`."""

    at: str
    on: str
    by: str
    text: str = ""
    id: str = ""
    re: str = ""
    lang: str = ""
    part: str = "quiet"
    likes: int = 0
    picture: str | None = None


class Edit(Struct, forbid_unknown_fields=True):
    """A comment's author rewrites it: `{"edit": "its id", "at": "5:20", "text": "…"}`."""

    edit: str
    at: str
    text: str


class Delete(Struct, forbid_unknown_fields=True):
    """A comment's author removes it: `{"delete": "its id", "at": "6:00"}`."""

    delete: str
    at: str


class Answer(Struct, forbid_unknown_fields=True):
    """What a visitor may say back when the museum replied: `{"answer": "Merci !", "lang": "fr"}`."""

    answer: str
    lang: str


class Guest(Struct, forbid_unknown_fields=True):
    """What visitors write in a thread the museum opens: `{"guest": "…", "by": "Ada", "lang": "en"}`."""

    guest: str
    by: str
    lang: str


class Spice(Struct, forbid_unknown_fields=True):
    """What variations are seasoned with: `{"spice": "fr", "openings": […], "closings": […]}`."""

    spice: str
    openings: list[str] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)


class About(Struct, forbid_unknown_fields=True):
    """What a scenario is about, for whoever chooses one: `{"about": "A sponsor…", "lang": "en"}`."""

    about: str
    lang: str


class Aim(Struct, forbid_unknown_fields=True):
    """What a careful person would see under a post, for the debrief: `{"aim": "flood", "on": "film-fb", "since": "an id"}`.

    `aim` is flood, feud, lone_troll, or none where noise is no storm; `since` is the comment at which it can be seen.
    """

    aim: str
    on: str
    since: str = ""


class Names(Struct, forbid_unknown_fields=True):
    """People for the variations: `{"names": ["Ada", …], "surnames": ["Quill", …]}`."""

    names: list[str]
    surnames: list[str]


class Line(Struct, frozen=True, gc=False):
    """One comment as it will be played, safe for a screen.

    Attributes:
        id: its native id, which tells nothing about its role.
        on: id of the post it stands under.
        by: the author's display name.
        text: what it says.
        re: native id of the comment it answers, or "".
        lang: "fr" or "en", for the choice of answers and variations.
        part: its role in the story ("quiet", "question", "flood-a", ...); never shown.
        likes: reactions it has.
        picture: alternative text of its picture ("" where its author gave none), or None without one.
        raw: the text as the script has it, when sanitising changed it.
    """

    id: str
    on: str
    by: SafeText
    text: SafeText
    re: str = ""
    lang: str = ""
    part: str = "quiet"
    likes: int = 0
    picture: SafeText | None = None
    raw: str = ""


class Rewrite(Struct, frozen=True, gc=False):
    """A moment at which comment `id` gets another text, or none any more (`text` is None)."""

    id: str
    text: SafeText | None


class Scene(Struct, frozen=True, gc=False):
    """Something that happens `at` seconds after the story's start (before it when negative)."""

    at: float
    event: Line | Rewrite


class Script(Struct, kw_only=True):
    """A whole scenario, checked and in order of time."""

    house: House
    posts: dict[str, Stage] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    spices: dict[str, Spice] = field(default_factory=dict)
    abouts: dict[str, str] = field(default_factory=dict)
    aims: list[Aim] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names(names=["Visitor"], surnames=["A.", "B.", "C."]))


Record = House | Stage | Say | Edit | Delete | Answer | Guest | Spice | About | Aim | Names
_KINDS: dict[str, type[Record]] = {
    "house": House,
    "post": Stage,
    "edit": Edit,
    "delete": Delete,
    "answer": Answer,
    "guest": Guest,
    "spice": Spice,
    "about": About,
    "aim": Aim,
    "names": Names,
    "by": Say,
}


def seconds(at: str) -> float:
    """Read "45", "1:05", "2:10:00" or "-26:00:00" as seconds after the story's start.

    Raises:
        ValueError: it is no such time.
    """
    match = _TIME.fullmatch(at)
    if match is None:
        raise ValueError(f"{at!r} is not a time; write seconds, m:ss or h:mm:ss, with - for before the start")
    sign, first, second, rest = match.groups()
    hours, minutes = (first, second) if second else ("0", first or "0")
    return (int(hours) * 3600 + int(minutes) * 60 + float(rest)) * (-1 if sign else 1)


def _record(text: str) -> Record:
    found: Any = msgspec.json.decode(text)
    if not isinstance(found, dict):
        raise ValueError("each line is one JSON object")  # noqa: TRY004  reported like every other fault of a line
    for key, kind in _KINDS.items():
        if key in found:
            return msgspec.convert(found, kind)
    raise ValueError(f"no known kind of line: one of {', '.join(_KINDS)} must be there")


def native_id(name: str) -> str:
    """Return the id on the platform of a comment that the script calls `name`: its role must not be read from it."""
    return f"c{blake2b(name.encode(), digest_size=5).hexdigest()}"


def _sources(path: str, scenario: str) -> list[tuple[str, Traversable]]:
    here = files("connectors._rehearsal")
    if not path and scenario not in {"", STORM}:
        shelf = here / "scenarios"
        if scenario not in scenario_names():
            known = ", ".join(scenario_names())
            raise ScriptError(f"there is no scenario {scenario!r}", hint=f"there are: {known}")
        return [(str(f), f) for f in (shelf / "cast.jsonl", shelf / f"{scenario}.jsonl")]
    root: Traversable = Path(path).expanduser() if path else here / "storm"
    if not root.is_dir():
        return [(str(root), root)]
    found = sorted((f for f in root.iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)
    return [(str(f), f) for f in found]


def scenario_names() -> tuple[str, ...]:
    """Name the scenarios that come along: the storm of the demo first."""
    shelf = files("connectors._rehearsal") / "scenarios"
    stems = {f.name.removesuffix(".jsonl") for f in shelf.iterdir() if f.name.endswith(".jsonl")}
    return (STORM, *sorted(stems - {"cast"}))


def _records(path: str, scenario: str) -> Iterator[tuple[str, str, Record]]:
    """Yield (where, stem-and-line, record) for every line that is neither empty nor a `#` comment."""
    for name, source in _sources(path, scenario):
        try:
            content = source.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ScriptError(
                f"{name}: the scenario cannot be read: {error}", hint="give a .jsonl file or a folder of them"
            ) from error
        for number, text in enumerate(content.split("\n"), start=1):
            if text.strip() and not text.startswith("#"):
                where = f"{name}:{number}"
                with_place = _placed(where)
                yield where, f"{source.name.removesuffix('.jsonl')}-{number}", with_place(_record, text)


def _placed(where: str) -> Callable[..., Any]:
    """Return a caller that turns any complaint into a ScriptError that begins with `where`."""

    def call(function: Callable[..., Any], *args: Any) -> Any:
        try:
            return function(*args)
        except ValueError as error:  # msgspec's errors are ValueErrors
            raise ScriptError(f"{where}: {error}", hint="docs/rehearsal.md shows every kind of line") from error

    return call


class _Reader:
    def __init__(self) -> None:
        self.script = Script(house=House(house="Museum"))
        self.written: dict[str, float] = {}
        self.waiting: list[tuple[str, str, Say | Edit | Delete | Aim]] = []

    def take(self, where: str, auto_id: str, record: Record) -> None:
        script = self.script
        match record:
            case House():
                script.house = record
            case Stage():
                self._post(record)
            case Say() | Edit() | Delete() | Aim():
                self.waiting.append((where, auto_id, record))
            case Answer():
                script.answers.append(record)
            case Guest():
                script.guests.append(record)
            case Spice():
                script.spices[record.spice] = record
            case About():
                script.abouts[record.lang] = record.about
            case Names():
                if not (record.names and record.surnames):
                    raise ValueError("names and surnames want at least one each")
                script.names = record

    def _post(self, post: Stage) -> None:
        if post.post in self.script.posts:
            raise ValueError(f"the post {post.post!r} is there twice")
        if post.network not in NETWORKS:
            raise ValueError(f"the network {post.network!r} is not one of {', '.join(NETWORKS)}")
        seconds(post.at)
        self.script.posts[post.post] = post

    def comment(self, auto_id: str, say: Say) -> None:
        name = say.id or auto_id
        native = native_id(name)
        if native in self.script.lines or name in self.script.posts:
            raise ValueError(f"the id {name!r} is there twice")
        if say.on not in self.script.posts:
            raise ValueError(f"there is no post {say.on!r}")
        if not say.text.strip() and say.picture is None:
            raise ValueError("a comment wants a text or a picture")
        line = Line(
            id=native,
            on=say.on,
            by=sanitise(say.by, single_line=True),
            text=sanitise(say.text),
            re=native_id(say.re) if say.re else "",
            lang=say.lang,
            part=say.part,
            likes=say.likes,
            picture=None if say.picture is None else sanitise(say.picture, single_line=True),
            raw="" if sanitise(say.text) == say.text else say.text,
        )
        self.script.lines[native] = line
        self.written[native] = seconds(say.at)
        self.script.scenes.append(Scene(seconds(say.at), line))

    def rewrite(self, record: Edit | Delete) -> None:
        name, text = (record.edit, sanitise(record.text)) if isinstance(record, Edit) else (record.delete, None)
        line = self._later(name, record.at)
        self.script.scenes.append(Scene(seconds(record.at), Rewrite(line.id, text)))

    def _known(self, name: str) -> Line:
        line = self.script.lines.get(native_id(name))
        if line is None:
            raise ValueError(f"there is no comment with the id {name!r}")
        return line

    def _later(self, name: str, at: str) -> Line:
        line = self._known(name)
        if seconds(at) <= self.written[line.id]:
            raise ValueError(f"it answers or changes {name!r} before that one is written")
        return line

    def aim(self, aim: Aim) -> Aim:
        if aim.aim not in SITUATIONS:
            raise ValueError(f"the aim {aim.aim!r} is not one of {', '.join(SITUATIONS)}")
        if aim.on not in self.script.posts:
            raise ValueError(f"there is no post {aim.on!r}")
        return Aim(aim=aim.aim, on=aim.on, since=self._known(aim.since).id if aim.since else "")

    def answers(self, say: Say) -> None:
        if say.re and self._later(say.re, say.at).on != say.on:
            raise ValueError(f"it answers {say.re!r}, which stands under another post")

    def finish(self) -> Script:
        for where, auto_id, record in self.waiting:
            if isinstance(record, Say):
                _placed(where)(self.comment, auto_id, record)
        for where, _, record in self.waiting:
            if isinstance(record, Say):
                _placed(where)(self.answers, record)
            elif isinstance(record, Aim):
                self.script.aims.append(_placed(where)(self.aim, record))
            else:
                _placed(where)(self.rewrite, record)
        self.script.scenes.sort(key=lambda scene: scene.at)
        return self.script


def read_script(path: str = "", scenario: str = "") -> Script:
    """Read a scenario: a JSON Lines file, a folder of them, or ("") one that comes with becalm, the storm unless named.

    Raises:
        ScriptError: it cannot be read or played; the message names file and line.
    """
    reader = _Reader()
    for where, auto_id, record in _records(path, scenario):
        _placed(where)(reader.take, where, auto_id, record)
    script = reader.finish()
    if not script.lines:
        raise ScriptError(f"{path}: the scenario has no comments", hint="docs/rehearsal.md shows every kind of line")
    return script
