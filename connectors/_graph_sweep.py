"""Catching up with the comments under an account's own posts: those whose count moved, newest comment first."""

import logging
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

import msgspec
from msgspec import structs

from connectors._errors import ProtocolError, RateLimitedError, RejectedError, UnreachableError
from connectors._graph_way import DOUBT, Known, Resume, Way, counted, is_done, resume_of
from connectors._model import Batch, Comment, Cursor, Post
from connectors._remembered import Remembered
from connectors._text import sanitise

log = logging.getLogger(__name__)

FIRST_LOOK = 7 * 86_400.0
"""Seconds before the first visit from which comments are taken."""
OVERLAP = 900.0
"""Seconds before the newest known comment that are read again: what was held back for a moment shows up late."""
PAGES = 6
"""Pages of comments read in one poll before what is there is handed over."""
ROUTINE = 2
"""Pages read of a post in its turn although nothing seems new, for one comment may come as another goes: the newest, and
one further back, another each time."""
BUSIEST = 10
"""Conversations under a post whose answers are looked through with everything new, where lists hold answers inside."""
INSIDE_EVERY = 50.0
"""Seconds between two such looks, however often there is something new."""
CONVERSATIONS = 1000
"""Conversations of one post of which it is kept how many answers they have."""
STANDSTILL = 20
"""Pages in a row that come no further back in time, after which a list is said to go round in circles."""
DEEP_EVERY = 600.0
"""Seconds between two looks at older posts."""
POSTS = 300
"""Posts kept in the cursor, those first that were commented on or written last."""
REMEMBERED = 20_000
"""Delivered comments kept in mind; a storm's worth. What is forgotten is delivered again, which does no harm."""


class Standing(msgspec.Struct, frozen=True):
    """One post of the account as it stands now.

    Attributes:
        post: the post.
        count: its comments, answers included; None where nobody says.
        touched: when it was last changed or commented on, seconds since the epoch; 0 where nobody says.
        own_words: the post itself, where a visitor wrote it.
    """

    post: Post
    count: int | None = None
    touched: float = 0.0
    own_words: Comment | None = None


class Stretch(msgspec.Struct, frozen=True):
    """A page of a post's comments, newest first.

    Attributes:
        comments: those that people can see, and those that are hidden from them.
        after: what to ask the next page with; "" behind the last.
        oldest: when the last of them was written, seconds since the epoch.
    """

    comments: list[Comment]
    after: str
    oldest: float


IsNew = Callable[[Standing], bool]
"""Whether a post was not there when its wall was looked at last."""


class Wall(Protocol):
    """What a platform tells of an account's posts.

    Attributes:
        nests: whether a list of comments holds the answers inside what they answer, however far back that stands.
    """

    nests: bool

    async def posts(self, *, deep: bool, is_new: IsNew) -> list[Standing]:
        """Return the newest posts, or (deep) as many as are looked after; and whatever is new behind them."""

    async def comments(self, post: Post, after: str) -> Stretch:
        """Return a page of the comments under a post, answers included."""

    async def answers(self, post: Post, above: Sequence[str]) -> dict[str, list[Comment]]:
        """Return the answers to some comments under a post, none for one that is gone; asked only where `nests`."""


class _Memory:
    """What is kept in mind from one poll to the next, beside the cursor; losing it costs only time.

    Attributes:
        delivered: the hashed state of each comment that was delivered; 0 where it is to be delivered again.
        places: where the routine look at each post goes on.
        stuck: posts whose list of comments goes round in circles.
        answered: how many answers were delivered to each comment, by post.
        looked_inside: when each post was last looked through further back than what is new, seconds since the epoch.
    """

    def __init__(self) -> None:
        self.delivered = Remembered(array("q", bytes(8 * REMEMBERED)))
        self.answered: dict[str, Counter[str]] = {}
        self.looked_inside: dict[str, float] = {}
        self.places: dict[str, str] = {}
        self.stuck: set[str] = set()

    def keep(self, comment: Comment) -> None:
        """Remember that a comment is delivered."""
        self.delivered.put(comment.native_id, _state_of(comment))
        if comment.parent_id:
            answered = self.answered.setdefault(comment.post_id, Counter())
            answered[comment.parent_id] += 1
            if len(answered) > CONVERSATIONS:
                self.answered[comment.post_id] = Counter(dict(answered.most_common(CONVERSATIONS // 2)))

    def forget_all_but(self, posts: Collection[str]) -> None:
        """Forget the posts that are looked after no more."""
        for about in (self.answered, self.looked_inside, self.places):
            for post in about.keys() - posts:
                del about[post]
        self.stuck.intersection_update(posts)

    def busiest(self, post: str) -> list[str]:
        """Name the comments under a post that were answered most."""
        return [comment for comment, _ in self.answered.get(post, Counter()).most_common(BUSIEST)]


class Sweep:
    """An account's posts under watch.

    What a poll finds counts as delivered only once the next poll shows that its cursor was kept.
    """

    def __init__(self, wall: Wall) -> None:
        """Read through `wall`."""
        self._wall = wall
        self._memory = _Memory()
        self._handed: tuple[int, list[Comment]] = (0, [])
        self._deep_at = float("-inf")
        self._turn = 0

    async def poll(self, cursor: Cursor | None, now: float) -> Batch:
        """Fetch what is new since `cursor`.

        Args:
            cursor: as the last batch gave it.
            now: seconds since the epoch.
        """
        resume = resume_of(cursor) or Resume(since=now - FIRST_LOOK)
        self._kept(resume.turn)
        look = _Look(self._wall, resume, self._memory, now)
        await look.through(await self._standing(now, resume) if resume.way is None else [], self._turn)
        self._turn += 1
        batch = look.batch()
        self._handed = (resume.turn + 1, list(batch.comments))
        return batch

    def forget(self, native_id: str) -> None:
        """Deliver a comment again when it is seen again: it was gone, and may come back."""
        number = self._memory.delivered.number(native_id)
        if number:
            self._memory.delivered[number] = 0

    def warning(self) -> str:
        """Say which list of comments makes no sense, or ""."""
        post = next(iter(self._memory.stuck), "")
        return f"the list of comments under {post} goes round in circles" if post else ""

    async def _standing(self, now: float, resume: Resume) -> list[Standing]:
        def is_new(standing: Standing) -> bool:
            at = standing.post.created_at
            return standing.post.native_id not in resume.posts and (at is None or at.timestamp() >= resume.since)

        deep = now >= self._deep_at + DEEP_EVERY
        found = await self._wall.posts(deep=deep, is_new=is_new)
        if deep:
            self._deep_at = now
        return found

    def _kept(self, turn: int) -> None:
        handed_in, comments = self._handed
        if turn == handed_in:
            for comment in comments:
                self._memory.keep(comment)
        self._handed = (0, [])


class _Look:
    """One poll's way through what changed."""

    def __init__(self, wall: Wall, resume: Resume, memory: _Memory, now: float) -> None:
        self._wall = wall
        self._resume = resume
        self._memory = memory
        self._now = now
        self._known = dict(resume.posts)
        self._found: dict[str, Comment] = {}
        self._posts: dict[str, Post] = {}
        self._walked: list[Way] = []
        self._pages = 0
        self._complete = True
        self._trouble: ProtocolError | None = None

    async def through(self, standing: Sequence[Standing], turn: int) -> None:
        """Walk what was begun, else what changed, else one post in its turn; a limit met on the way ends the poll."""
        self._take_own_words(standing)
        way = self._resume.way
        try:
            if way is not None:
                self._resume = structs.replace(self._resume, way=None)
                await self._walk(way)
                self._complete = self._trouble is not None  # else the other posts are looked at at once
            for begun in self._ways(standing, turn):
                if self._pages >= PAGES:
                    self._complete = False
                    break
                await self._walk(begun)
            for walked in self._walked:
                await self._look_inside(walked)
        except (RateLimitedError, UnreachableError) as error:
            if not self._found:
                raise
            log.info("a look at new comments ends early: %s", error.message)
        if self._trouble is not None and not self._found and way is None:  # a way that breaks off is begun anew
            raise self._trouble

    def _take_own_words(self, standing: Sequence[Standing]) -> None:
        for each in standing:
            words = each.own_words
            if words is not None and words.created_at.timestamp() >= self._resume.since and self._is_news(words):
                self._found[words.native_id] = words
                self._posts[each.post.native_id] = each.post

    def _ways(self, standing: Sequence[Standing], turn: int) -> Iterable[Way]:
        idle: list[Way] = []
        for each in standing:
            way = self._way(each)
            if way is None:
                continue
            if way.routine:
                idle.append(way)
                continue
            self._posts[each.post.native_id] = each.post
            yield way
        if idle:
            yield idle[turn % len(idle)]

    def _way(self, standing: Standing) -> Way | None:
        post, known = standing.post, self._known.get(standing.post.native_id)
        aim = Known(-1 if standing.count is None else standing.count, standing.touched, known.at if known else 0.0)
        if known is None and (standing.count == 0 or 0 < standing.touched < self._resume.since):
            self._known[post.native_id] = aim
            return None
        changed = known is None or (known.count, known.touched) != (aim.count, aim.touched)
        if not changed and standing.count == 0:
            return None
        floor = max(known.at - OVERLAP, self._resume.since) if known else self._resume.since
        missing = max(0, aim.count - known.count) if known and known.count >= 0 else 0
        return Way(post.native_id, post.url, aim, floor, self._now, missing, routine=0 if changed else ROUTINE)

    async def _walk(self, way: Way) -> None:
        """Read a post's comments page by page until the rest is known."""
        while True:
            if self._pages >= PAGES:
                self._resume = structs.replace(self._resume, way=way)
                return
            try:
                stretch = await self._wall.comments(Post(native_id=way.post, url=sanitise(way.url)), way.after)
            except RejectedError as error:  # deleted meanwhile, or closed to us; the others go on
                log.info("the comments of %s cannot be read: %s", way.post, error.message)
                self._memory.places.pop(way.post, None)
                break
            except ProtocolError as error:  # looked at again with the next poll; the others go on
                self._trouble = error
                return
            except (RateLimitedError, UnreachableError):
                self._resume = structs.replace(self._resume, way=way if self._found else None)
                raise
            self._pages += 1
            before, way = way.after, self._advance(way, stretch)
            if self._ends(way, before):
                break
            if way.routine and way.pages == 1:
                way = structs.replace(way, after=self._memory.places.get(way.post) or way.after)
        if not way.routine or way.aim.at > self._at(way.post):
            self._known[way.post] = structs.replace(way.aim, count=counted(way))
        if not way.routine:
            self._walked.append(way)

    async def _look_inside(self, way: Way) -> None:
        """Look for news further back than a way led: for answers to the comments answered most, and on pages in turn."""
        memory, post = self._memory, Post(native_id=way.post, url=sanitise(way.url))
        if self._now < memory.looked_inside.get(way.post, 0.0) + INSIDE_EVERY:
            return
        memory.looked_inside[way.post] = self._now
        busiest = memory.busiest(way.post)
        try:
            answers = await self._wall.answers(post, busiest) if busiest else {}
        except (RejectedError, ProtocolError) as error:  # the pages in turn come to them as well
            log.info("the answers under %s cannot be read: %s", way.post, error.message)
            answers = {above: [] for above in busiest}
        for above in busiest:
            if above in answers:
                self._take(answers[above])
            else:
                memory.answered[way.post].pop(above)
        place, spare = memory.places.get(way.post) or way.after, min(way.pages, PAGES - self._pages)
        if place and spare > 0:
            further = Way(way.post, way.url, self._known[way.post], way.floor, after=place, pages=1, routine=1 + spare)
            await self._walk(further)

    def _ends(self, way: Way, before: str) -> bool:
        """Whether a way ends with the page that was just read, and remember how it did."""
        if way.after in {"", before} or is_done(way, 2 if self._wall.nests else 1):
            if way.routine:
                self._memory.places[way.post] = way.after
            else:
                self._memory.stuck.discard(way.post)
            return True
        if way.still >= STANDSTILL:
            self._memory.stuck.add(way.post)
            log.warning("the list of comments under %s goes round in circles", way.post)
            return True
        return False

    def _advance(self, way: Way, stretch: Stretch) -> Way:
        new = self._take(stretch.comments)
        known_at = max(self._at(way.post), self._resume.since)
        written = [each.created_at.timestamp() for each in new]
        late = sum(1 for at in written if at > way.counted_at - DOUBT)
        on_time = sum(1 for at in written if known_at <= at <= way.counted_at - DOUBT)
        newest = max((min(at, self._now) for at in written), default=0.0)
        return structs.replace(
            way,
            aim=structs.replace(way.aim, at=max(way.aim.at, newest)),
            missing=way.missing - on_time,
            late=way.late + late,
            after=stretch.after,
            pages=way.pages + 1,
            reached=min(way.reached, stretch.oldest),
            still=0 if stretch.oldest < way.reached else way.still + 1,
            known=way.known + 1 if stretch.comments and not new else 0,
            beyond=way.beyond + (1 if stretch.oldest < way.floor else 0),
        )

    def _take(self, comments: Iterable[Comment]) -> list[Comment]:
        """Take in what is new, and return it, what is older than our first visit included."""
        new = [each for each in comments if self._is_news(each)]
        self._found |= {each.native_id: each for each in new if each.created_at.timestamp() >= self._resume.since}
        return new

    def _at(self, post: str) -> float:
        known = self._known.get(post)
        return known.at if known else 0.0

    def _is_news(self, comment: Comment) -> bool:
        is_known = self._memory.delivered.get(comment.native_id) == _state_of(comment)
        return not is_known and comment.native_id not in self._found

    def batch(self) -> Batch:
        """Return what was found, oldest first."""
        comments = sorted(self._found.values(), key=lambda each: each.created_at)
        latest = sorted(self._known.items(), key=lambda each: max(each[1].at, each[1].touched), reverse=True)
        kept = dict(latest[:POSTS])
        self._memory.forget_all_but(kept)
        resume = structs.replace(self._resume, posts=kept, turn=self._resume.turn + (1 if comments else 0))
        return Batch(
            comments=tuple(comments),
            cursor=msgspec.json.encode(resume).decode(),
            posts=tuple(self._posts.values()),
            complete=self._complete and resume.way is None,
        )


def _state_of(comment: Comment) -> int:
    """Return what changes when a comment is edited, hidden or shown again, hashed; never 0."""
    return hash(f"{comment.version}{comment.moderation}") or 1
