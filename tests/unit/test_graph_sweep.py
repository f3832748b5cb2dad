"""The sweep under a law: whatever is written, deleted, polled, lost and restarted, what people can read is delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import _graph_sweep
from connectors._graph_sweep import IsNew, Standing, Stretch, Sweep
from connectors._graph_way import resume_of
from connectors._model import Author, Comment, Post
from connectors._text import sanitise

START = 1_795_000_000.0
SIZE = 2
"""First-level comments a page: few, so that a small story has many pages."""


@dataclass
class Said:
    """One comment: when, what it answers, and whether people see it."""

    at: float
    parent: str = ""
    shown: bool = True


@dataclass
class Wall:
    """Posts in memory, told newest comment first; in two levels as Instagram tells them, or flat as Facebook does.

    Attributes:
        nests: whether answers stand inside the comment they answer, wherever that stands.
        tells_touch: whether posts say when they were last commented on.
    """

    nests: bool
    tells_touch: bool
    said: dict[str, dict[str, Said]] = field(default_factory=lambda: {"1": {}, "2": {}})
    now: float = START
    read: int = 0

    def write(self, post: str, parent: str = "") -> str:
        """Let somebody comment; an answer's answer joins the first level's."""
        self.now += 7
        native_id = f"{post}{len(self.said[post]) + 1:04}{int(self.now) % 1000}"
        above = self.said[post].get(parent)
        self.said[post][native_id] = Said(self.now, (above.parent or parent) if above else "")
        return native_id

    def delete(self, post: str, native_id: str) -> None:
        """Let a comment go, and the answers to it."""
        for each in [native_id, *(k for k, s in self.said[post].items() if s.parent == native_id)]:
            self.said[post].pop(each, None)

    def change(self, act: str, post: str, which: int) -> None:
        """Let something happen to one of a post's comments, or to none where there is none."""
        known = list(self.said[post])
        chosen = known[which % len(known)] if known else ""
        if act == "write" or (act == "answer" and not chosen):
            self.write(post)
        elif act == "answer":
            self.write(post, chosen)
        elif act == "delete" and chosen:
            self.delete(post, chosen)
        elif chosen:
            self.said[post][chosen].shown = act == "show"

    async def posts(self, *, deep: bool, is_new: IsNew) -> list[Standing]:
        """Tell every post."""
        del deep, is_new
        found = []
        for post, said in self.said.items():
            touched = max((each.at for each in said.values()), default=START) if self.tells_touch else 0.0
            found.append(Standing(post=Post(native_id=post), count=len(said), touched=touched))
        return found

    async def comments(self, post: Post, after: str) -> Stretch:
        """Tell a page."""
        self.read += 1
        said = self.said[post.native_id]
        first = [k for k, s in said.items() if not (self.nests and s.parent)]
        first.sort(key=lambda k: (said[k].at, k), reverse=True)
        at, _, name = after.partition("/")
        behind = [k for k in first if not after or (said[k].at, k) < (float(at), name)]
        page = behind[:SIZE]
        shown = [inner for k in page for inner in [k, *(r for r, s in said.items() if self.nests and s.parent == k)]]
        last = f"{said[page[-1]].at}/{page[-1]}" if len(behind) > SIZE else ""
        oldest = min((said[k].at for k in page), default=float("inf"))
        return Stretch([comment(post.native_id, k, said[k]) for k in shown if said[k].shown], last, oldest)

    async def answers(self, post: Post, above: Sequence[str]) -> dict[str, list[Comment]]:
        """Tell the answers to some comments."""
        self.read += 1
        said = self.said[post.native_id]
        shown = {k: s for k, s in said.items() if s.shown}
        return {
            each: [comment(post.native_id, k, s) for k, s in shown.items() if s.parent == each]
            for each in above
            if each in said
        }

    def everything(self) -> set[str]:
        """Name what people can read now."""
        return {k for said in self.said.values() for k, s in said.items() if s.shown}


def comment(post: str, native_id: str, said: Said) -> Comment:
    from datetime import UTC, datetime

    who = Author(native_id="5", handle=sanitise("camille"), name=sanitise("Camille"))
    at = datetime.fromtimestamp(said.at, UTC)
    return Comment(
        native_id=native_id, post_id=post, parent_id=said.parent or None, author=who, text=sanitise("x"), created_at=at
    )


acts = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from("12"), st.integers(0, 40)),
        st.tuples(st.just("answer"), st.sampled_from("12"), st.integers(0, 40)),
        st.tuples(st.just("delete"), st.sampled_from("12"), st.integers(0, 40)),
        st.tuples(st.just("hold back"), st.sampled_from("12"), st.integers(0, 40)),
        st.tuples(st.just("show"), st.sampled_from("12"), st.integers(0, 40)),
        st.tuples(st.sampled_from(["poll", "lose", "restart"]), st.just("1"), st.just(0)),
    ),
    max_size=40,
)


@pytest.mark.parametrize("tells_touch", [False, True], ids=["untold", "touched"])
@pytest.mark.parametrize("nested", [False, True], ids=["flat", "nested"])
@settings(max_examples=150, deadline=None)
@given(crowd=st.integers(0, 24), story=acts)
async def test_what_people_can_read_is_delivered_whatever_happened(
    crowd: int, story: list[tuple[str, str, int]], *, nested: bool, tells_touch: bool
) -> None:
    wall = Wall(nested, tells_touch)
    sweep, cursor, delivered = Sweep(wall), None, set[str]()
    for _ in range(crowd):
        wall.write("1")
    for act, post, which in [("poll", "1", 0)] * (crowd // 4) + story:
        if act == "restart":
            sweep = Sweep(wall)
        elif act in {"poll", "lose"}:
            batch = await sweep.poll(cursor, wall.now)
            if act == "poll":
                cursor, delivered = batch.cursor, delivered | {each.native_id for each in batch.comments}
        else:
            wall.change(act, post, which)

    for _ in range(80):
        batch = await sweep.poll(cursor, wall.now)
        cursor, delivered = batch.cursor, delivered | {each.native_id for each in batch.comments}

    assert wall.everything() <= delivered


async def test_a_quiet_wall_costs_little_and_changes_no_cursor() -> None:
    wall = Wall(nests=True, tells_touch=False)
    for _ in range(30):
        wall.write("1")
    sweep, cursor, complete = Sweep(wall), None, False
    while not complete:
        batch = await sweep.poll(cursor, wall.now)
        cursor, complete = batch.cursor, batch.complete
    wall.read = 0

    for _ in range(20):
        batch = await sweep.poll(cursor, wall.now)
        assert batch.cursor == cursor
        assert not batch.comments

    assert wall.read <= 40


class Busy(Wall):
    """A wall on which somebody writes between the moment when it is counted and the one when it is read."""

    async def comments(self, post: Post, after: str) -> Stretch:
        """Tell a page, after one more comment where it is the first."""
        if not after:
            self.write(post.native_id)
        return await super().comments(post, after)


@pytest.mark.parametrize("nests", [False, True], ids=["flat", "nested"])
async def test_comments_that_come_while_we_read_bring_nothing_back_that_is_known(*, nests: bool) -> None:
    wall = Busy(nests, tells_touch=True)
    sweep, cursor, delivered, most = Sweep(wall), None, list[str](), 0
    for _ in range(60):
        for _ in range(4):
            wall.write("1")
        wall.read, complete = 0, False
        while not complete:
            batch = await sweep.poll(cursor, wall.now)
            cursor, complete = batch.cursor, batch.complete
            delivered += [each.native_id for each in batch.comments]
        most = max(most, wall.read)

    assert len(delivered) == len(set(delivered))
    assert wall.everything() == set(delivered)
    assert most <= 14  # three pages are new, as many again are looked through in turn, for either post


async def test_an_answer_far_back_is_found_at_once_where_others_were_answered_before_although_one_went() -> None:
    wall = Wall(nests=True, tells_touch=False)
    famous = wall.write("1")
    crowd = [wall.write("1") for _ in range(40)]
    wall.write("1", famous)
    sweep, cursor, complete = Sweep(wall), None, False
    while not complete:
        batch = await sweep.poll(cursor, wall.now)
        cursor, complete = batch.cursor, batch.complete
    await sweep.poll(cursor, wall.now)
    wall.now += 60

    wall.write("1")
    wall.delete("1", crowd[20])
    answer = wall.write("1", famous)
    batch = await sweep.poll(cursor, wall.now)

    assert answer in {each.native_id for each in batch.comments}


async def test_posts_looked_after_no_more_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_graph_sweep, "POSTS", 3)
    wall = Wall(nests=True, tells_touch=False, said={})
    sweep, cursor = Sweep(wall), None
    for number in range(8):
        wall.said = {post: said for post, said in wall.said.items() if int(post) > number - 3} | {f"{number}": {}}
        first = wall.write(f"{number}")
        for _ in range(12):
            wall.write(f"{number}")
            wall.write(f"{number}", first)
            cursor = (await sweep.poll(cursor, wall.now)).cursor
            wall.now += 60
    resume, memory = resume_of(cursor), sweep._memory
    assert resume is not None
    assert set(resume.posts) == {"5", "6", "7"}
    assert {*memory.answered, *memory.looked_inside, *memory.places, *memory.stuck} == set(resume.posts)
