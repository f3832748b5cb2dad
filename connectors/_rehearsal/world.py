"""The pretended public space: script, clock and platform memory put together into Comments and Posts."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zlib import crc32

from connectors._model import Attachment, Author, Comment, Gone, Post, Receipt
from connectors._rehearsal.plan import Plan
from connectors._rehearsal.platform import Memory, SentItem, sent_item, within
from connectors._rehearsal.script import Line, Script, Stage, seconds
from connectors._rehearsal.visitors import Reaction, reaction_id, reactions, said
from connectors._text import SafeText, sanitise

BASE = "https://rehearsal.example"
"""Where everything pretends to be; `.example` never resolves (RFC 2606)."""

_DECLARES_LANGUAGE = {"mastodon", "bluesky"}
_NOT_HANDLE = re.compile(r"[^a-z0-9._]+")


def handle_of(name: str) -> str:
    """Derive a handle from a display name: "Léa Fontanel" becomes "lea.fontanel"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return _NOT_HANDLE.sub(".", plain).strip(".") or f"u{crc32(name.encode()):08x}"


class World:
    """One moment-independent view of the story; every method takes the moment it is asked at."""

    def __init__(self, script: Script, plan: Plan, *, seed: int, speed: float, start: datetime) -> None:
        """Fix the story and its start."""
        self.script = script
        self.plan = plan
        self.start = start
        self._seed = seed
        self._speed = speed
        self._reactions: list[Reaction] = []
        self._reacted = 0
        self._children: dict[str, list[Line]] = {}
        for line in script.lines.values():
            if line.re:
                self._children.setdefault(line.re, []).append(line)

    # -- time --------------------------------------------------------------------------------------

    def elapsed(self, now: datetime) -> float:
        """Return how many seconds ago the story began."""
        return (now - self.start).total_seconds()

    def reactions(self, memory: Memory) -> list[Reaction]:
        """List what visitors say because of us, past and future, by time."""
        if len(memory.sent) < self._reacted:  # the state file was taken away: another platform, so to speak
            self._reactions, self._reacted = [], 0
        if len(memory.sent) > self._reacted:
            new = reactions(memory, self._reacted, self.script, seed=self._seed, speed=self._speed)
            self._reactions = sorted(self._reactions + new)
            self._reacted = len(memory.sent)
        return self._reactions

    def ready(self, memory: Memory, last: Reaction | None, now: datetime) -> list[Reaction]:
        """List the reactions after `last` that are due."""
        known = self.reactions(memory)
        first = 0 if last is None else bisect_right(known, last)
        return known[first : bisect_right(known, now.timestamp(), key=lambda reaction: reaction.due)]

    # -- one comment -------------------------------------------------------------------------------

    def arrival(self, n: int, memory: Memory, now: datetime) -> Comment | None:
        """Return what arrival `n` brings to a reader at `now`; None when nothing of it is to be seen (any more)."""
        event = self.plan.event(n)
        line, due = (event, self.plan.due(n)) if isinstance(event, Line) else self.plan.scripted(event.id)
        written = self.start + timedelta(seconds=due)
        author = self._author_id(line)
        if within(memory.muted, author, written) or within(memory.locked, line.on, written):
            return None
        comment = self._story_comment(line, written, now)
        return None if comment is None or comment.native_id in memory.deleted else comment

    def _story_comment(self, line: Line, written: datetime, now: datetime, *, count: bool = False) -> Comment | None:
        changes = self.plan.changes(line.id, self.elapsed(now))
        text: SafeText | None = changes[-1].text if changes else line.text
        if text is None:
            return None
        replies = self._replies(line.id, now) if count else 0
        return self._comment(line, text, written, version=str(len(changes) + 1), replies=replies)

    def _replies(self, native_id: str, now: datetime) -> int:
        return sum(self.written(child.id, now) is not None for child in self._children.get(native_id, ()))

    def written(self, native_id: str, now: datetime) -> tuple[Line, datetime] | None:
        """Return a comment of the story and when it was written; None when it is not (yet) there."""
        found = self.plan.find(native_id)
        if found is None or found[1] > self.elapsed(now):
            return None
        return found[0], self.start + timedelta(seconds=found[1])

    def network(self, post_id: str) -> str:
        """Return the network a post stands on; "" for threads opened on the rehearsal itself."""
        stage = self.script.posts.get(post_id)
        return stage.network if stage else ""

    def _author_id(self, line: Line) -> str:
        return f"{self.network(line.on) or 'rehearsal'}:{handle_of(line.by)}"

    def _comment(self, line: Line, text: SafeText, at: datetime, *, version: str = "1", replies: int = 0) -> Comment:
        network, handle = self.network(line.on), handle_of(line.by)
        picture = line.picture
        return Comment(
            native_id=line.id,
            post_id=line.on,
            parent_id=line.re or None,
            author=Author(
                native_id=self._author_id(line),
                handle=SafeText(handle),
                name=line.by,
                url=SafeText(f"{BASE}/{network or 'u'}/@{handle}"),
            ),
            text=text,
            created_at=at,
            url=self.url(line.on, line.id),
            network=network,
            language=line.lang if network in _DECLARES_LANGUAGE else "",
            version=version,
            attachments=()
            if picture is None
            else (Attachment(kind="image", url=SafeText(f"{BASE}/media/{line.id}.jpg"), description=picture),),
            reactions=line.likes,
            replies=replies,
            raw=line.raw if text == line.text else "",
        )

    # -- our own -----------------------------------------------------------------------------------

    def url(self, post_id: str, native_id: str = "") -> SafeText:
        """Return the permanent address of a post, or of a comment under it."""
        path = "/".join(part for part in (self.network(post_id) or "threads", post_id, native_id) if part)
        return sanitise(f"{BASE}/{path}", single_line=True)

    def receipt(self, item: SentItem, warning: str = "") -> Receipt:
        """Return the platform's acknowledgement of a publication."""
        url = self.url(item.remote_id) if item.kind == "thread" else self.url(item.outgoing.post_id, item.remote_id)
        return Receipt(remote_id=item.remote_id, at=item.at, url=url, warning=sanitise(warning))

    def echo(self, item: SentItem, memory: Memory) -> Comment:
        """Return our own publication as the platform shows it to everybody."""
        edited = memory.edited.get(item.remote_id)
        house, outgoing = self.script.house, item.outgoing
        network = self.network(outgoing.post_id)
        answers_post = outgoing.parent_id in {None, outgoing.post_id}
        return Comment(
            native_id=item.remote_id,
            post_id=item.remote_id if item.kind == "thread" else outgoing.post_id,
            parent_id=None if answers_post else outgoing.parent_id,
            author=Author(
                native_id=f"house:{house.handle}",
                handle=sanitise(house.handle, single_line=True),
                name=sanitise(house.house, single_line=True),
                url=SafeText(BASE),
                is_self=True,
            ),
            text=sanitise(outgoing.text if edited is None else edited),
            created_at=item.at,
            url=self.receipt(item).url,
            network=network,
            language=outgoing.language,
            version="1" if edited is None else "2",
            visibility=outgoing.visibility,
        )

    def reaction(self, reaction: Reaction, memory: Memory) -> Comment | None:
        """Return what a visitor says because of us; None when he is muted, or the place is locked."""
        at = datetime.fromtimestamp(reaction.due, tz=UTC)
        outgoing = memory.sent[reaction.item].outgoing
        answered = self.plan.find(outgoing.parent_id or "")
        line = said(memory, reaction, self.script, answered[0] if answered else None, seed=self._seed)
        silent = within(memory.muted, self._author_id(line), at) or within(memory.locked, line.on, at)
        return None if silent or line.id in memory.deleted else self._comment(line, line.text, at)

    # -- what may be asked -------------------------------------------------------------------------

    def look_up(self, native_id: str, memory: Memory, now: datetime) -> Comment | Gone | None:
        """Return a comment as it is at `now`, why it is gone, or None for an id that the platform never saw."""
        if native_id in memory.deleted:
            return Gone(native_id=native_id, why="deleted")
        if native_id in memory.hidden:
            return Gone(native_id=native_id, why="hidden")
        return self.ever(native_id, memory, now)

    def ever(self, native_id: str, memory: Memory, now: datetime) -> Comment | Gone | None:
        """Return a comment whatever we did to it; Gone when its author deleted it, None when it never was."""
        ours = sent_item(memory, native_id)
        if ours is not None:
            return self.echo(ours[1], memory)
        for reaction in self._reactions_to(native_id, memory):
            if reaction.due <= now.timestamp():
                return self.reaction(reaction, memory)
        found = self.written(native_id, now)
        if found is None:
            return None
        return self._story_comment(*found, now, count=True) or Gone(native_id=native_id, why="deleted")

    def _reactions_to(self, native_id: str, memory: Memory) -> list[Reaction]:
        head, _, tail = native_id.rpartition("-")
        ours = sent_item(memory, head)
        if ours is None or not tail.isdecimal():
            return []
        return [r for r in self.reactions(memory) if r.item == ours[0] and r.number == int(tail) - 1]

    def conversation(self, comment: Comment, memory: Memory, now: datetime) -> list[Comment]:
        """Return the thread around a comment: its first comment and every answer below, oldest first."""
        answers: dict[str, list[str]] = {}
        parents: dict[str, str] = {}
        for child, parent in self._links(memory, now):
            answers.setdefault(parent, []).append(child)
            parents[child] = parent
        if comment.parent_id:
            parents[comment.native_id] = comment.parent_id
            answers.setdefault(comment.parent_id, []).append(comment.native_id)
        root = comment.native_id
        while root in parents:
            root = parents[root]
        ids, waiting = {comment.native_id}, [root]
        while waiting:
            ids.add(native_id := waiting.pop())
            waiting += answers.get(native_id, ())
        found = (self.look_up(native_id, memory, now) for native_id in ids)
        return sorted((c for c in found if isinstance(c, Comment)), key=lambda c: (c.created_at, c.native_id))

    def _links(self, memory: Memory, now: datetime) -> Iterable[tuple[str, str]]:
        for line in self.script.lines.values():
            if line.re and self.written(line.id, now):
                yield line.id, line.re
        for item in memory.sent:
            if item.kind != "thread" and item.outgoing.parent_id not in {None, item.outgoing.post_id}:
                yield item.remote_id, item.outgoing.parent_id or ""
        for reaction in self.reactions(memory):
            if reaction.due <= now.timestamp() and memory.sent[reaction.item].kind == "reply":
                yield reaction_id(memory, reaction), memory.sent[reaction.item].remote_id

    def post(self, post_id: str, memory: Memory) -> Post | None:
        """Return a post of the script, or a thread that we opened."""
        stage: Stage | None = self.script.posts.get(post_id)
        if stage is not None:
            return Post(
                native_id=post_id,
                text=sanitise(stage.text),
                title=sanitise(stage.title, single_line=True),
                url=self.url(post_id),
                created_at=self.start + timedelta(seconds=seconds(stage.at)),
                exhibition=sanitise(stage.exhibition, single_line=True),
            )
        ours = sent_item(memory, post_id)
        if ours is None or ours[1].kind != "thread":
            return None
        return Post(
            native_id=post_id,
            text=sanitise(ours[1].outgoing.text),
            title=sanitise(ours[1].outgoing.title, single_line=True),
            url=self.url(post_id),
            created_at=ours[1].at,
        )
