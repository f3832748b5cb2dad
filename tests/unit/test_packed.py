"""What lies packed is what a plain dictionary would hold, whatever came, went, moved and was read anew in between."""

import tempfile
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from random import Random

from builders import NOON, assessed, comment, seen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs

from inbox import snapshot
from inbox._places import Spill
from inbox.columns import hot_of
from inbox.fold import Inbox
from inbox.groups import Groups
from inbox.item import Item, TriageState, key_of
from inbox.keys import Keys, Names
from inbox.shelf import Shelf
from inbox.texts import Texts
from scoring.assessment import RiskLevel

SOME = st.sampled_from(["", "a", "b", "c", "de", "été", "🙂", "\0", "\0\0", "\ud800"])
"""Few texts, so that they meet; some as hostile as a platform's ids may be."""
IDS = st.one_of(
    SOME,
    st.text(max_size=5),
    st.integers(0, 10**20).map(str),
    st.sampled_from(["0", "00", "007", "١٢", "²", "9" * 19, "9" * 20, "9" * 5000, "a/b"]),
)


class Colliding(Texts):
    """Texts of which most have one hash."""

    def _print(self, body: bytes) -> int:
        return 63 if len(body) < 3 else super()._print(body)


@given(texts=st.lists(st.text(max_size=6), max_size=200), collide=st.booleans())
def test_every_text_has_one_number_and_is_found_by_it_alone(texts: list[str], *, collide: bool) -> None:
    packed = Colliding() if collide else Texts()
    numbers = {text: packed.add(text) for text in texts}
    assert sorted(numbers.values()) == list(range(len(packed)))
    assert all(packed[number] == text and packed.find(text) == number for text, number in numbers.items())
    assert all(packed.add(text) == number for text, number in numbers.items())


@given(texts=st.lists(st.text(min_size=1, max_size=6), unique=True, min_size=1), chance=st.randoms())
def test_a_text_that_was_blanked_is_nowhere_and_gets_a_new_number_when_it_comes_back(
    texts: list[str], chance: Random
) -> None:
    packed = Colliding()
    for text in texts:
        packed.add(text)
    gone = [text for text in texts if text.strip("\0") and chance.random() < 0.5]
    for text in gone:
        packed.blank(packed.find(text))
    said = bytes(packed.said)
    assert all(text.encode("utf-8", "surrogatepass") not in said for text in gone if len(text) > 4)
    assert all(packed.find(text) == texts.index(text) for text in texts if text not in gone)
    assert [packed.add(text) for text in gone] == list(range(len(texts), len(texts) + len(gone)))


class GroupsAreLists(RuleBasedStateMachine):
    """Groups beside a list of rows for every text."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = Groups()
        self.of: list[str] = []
        self.joined: dict[str, list[int]] = {}

    def _leave(self, row: int) -> None:
        if self.of[row]:
            self.joined[self.of[row]].remove(row)
        self.of[row] = ""

    def _join(self, row: int, text: str) -> None:
        self.of[row] = text
        if text:
            self.joined.setdefault(text, []).append(row)

    @rule(text=SOME)
    def append(self, text: str) -> None:
        self.groups.append(text)
        self.of.append("")
        self._join(len(self.of) - 1, text)

    @precondition(lambda self: self.of)
    @rule(data=st.data(), text=SOME)
    def move(self, data: st.DataObject, text: str) -> None:
        row = data.draw(st.sampled_from(range(len(self.of))))
        self.groups.move(row, text)
        if self.of[row] != text:
            self._leave(row)
            self._join(row, text)

    @precondition(lambda self: self.of)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        rows = data.draw(st.sets(st.sampled_from(range(len(self.of)))))
        self.groups.leave(rows)
        for row in rows:
            self._leave(row)

    @invariant()
    def every_text_has_its_rows_in_the_order_in_which_they_joined(self) -> None:
        assert [self.groups.text(row) for row in range(len(self.of))] == self.of
        assert sorted(self.groups.all()) == sorted(text for text, rows in self.joined.items() if rows)
        for text, rows in self.joined.items():
            assert self.groups.rows(text) == rows
            assert self.groups.rows(text, 2) == rows[-2:]
            assert self.groups.size(text) == len(rows)


class ShelfIsADictionary(RuleBasedStateMachine):
    """A shelf beside a dictionary of items: put, changed, removed, settled in a snapshot, read back from one."""

    def __init__(self) -> None:
        super().__init__()
        self._made = tempfile.TemporaryDirectory()
        self.folder = Path(self._made.name)
        self.shelf = Shelf(spill=Spill(self.folder))
        self.items: dict[str, Item] = {}
        self.written = 0

    def teardown(self) -> None:
        self._made.cleanup()

    def _put(self, item: Item) -> None:
        old, new = self.shelf.put(item)
        known = self.items.get(item.key)
        assert old == (hot_of(known) if known is not None else None)
        assert new == hot_of(item)
        self.items[item.key] = item

    @rule(
        number=st.integers(0, 12),
        author=st.sampled_from(["camille", "noé", ""]),
        parent=st.sampled_from([None, "c1", "c99"]),
        wave=st.sampled_from(["", "w1", "w2"]),
        level=st.sampled_from(RiskLevel),
        long=st.booleans(),
    )
    def put(self, number: int, author: str, parent: str | None, wave: str, level: RiskLevel, *, long: bool) -> None:
        id_ = f"c{number}"
        text = "Salle comble " * (6000 if long else 1)
        said = comment(text, id=id_, author=author, parent=parent, post=f"p{number % 3}")
        key = key_of("museum", id_)
        self._put(Item(key=key, source="museum", comment=said, assessment=assessed(level), first_seen=NOON, wave=wave))

    @precondition(lambda self: self.items)
    @rule(data=st.data(), state=st.sampled_from(TriageState), by=st.sampled_from(["", "lou", "marta"]))
    def act(self, data: st.DataObject, state: TriageState, by: str) -> None:
        item = self.items[data.draw(st.sampled_from(list(self.items)))]
        self._put(structs.replace(item, state=state, claimed_by=by, changed_by=by))

    @rule(numbers=st.sets(st.integers(0, 14)))
    def remove(self, numbers: set[int]) -> None:
        keys = {f"museum/c{number}" for number in numbers}
        left = self.shelf.remove(keys)
        assert {hot.key: hot for hot in left} == {k: hot_of(i) for k, i in self.items.items() if k in keys}
        self.items = {key: item for key, item in self.items.items() if key not in keys}

    @rule(later=st.integers(0, 4))
    def settle(self, later: int) -> None:
        """Settle in a snapshot, after which some items have changed."""
        path = self._snapshot()
        for item in list(islice(self.items.values(), later)):
            self._put(structs.replace(item, changed_by="later"))
        file, lines = snapshot.items_in(path)
        self.shelf.settle(file, lines, Spill(self.folder), nullcontext())

    @rule()
    def read_back(self) -> None:
        self.shelf = snapshot.read(self._snapshot(), Spill(self.folder)).items

    def _snapshot(self) -> Path:
        self.written += 1
        return snapshot.write(Inbox(items=self.shelf), self.written, self.folder, sync=lambda _: None)

    @invariant()
    def it_reads_as_the_dictionary(self) -> None:
        shelf, items = self.shelf, self.items
        assert list(shelf.items()) == list(items.items())
        assert list(shelf.hot.values()) == [hot_of(item) for item in items.values()]
        assert len(shelf) == len(shelf.hot) == len(items)
        assert {f"museum/c{n}" for n in range(15) if f"museum/c{n}" in shelf} == set(items)

    @invariant()
    def it_knows_who_wrote_what_where(self) -> None:
        shelf, items = self.shelf, self.items.values()
        for post in {item.comment.post_id for item in items} | {"p0"}:
            assert set(shelf.under("museum", post)) == {i.key for i in items if i.comment.post_id == post}
        authors = {item.comment.author.native_id for item in items}
        assert sorted(shelf.authors()) == sorted(("museum", author) for author in authors)
        for author in authors:
            theirs = {i.key for i in items if i.comment.author.native_id == author}
            assert set(shelf.of_author("museum", author)) == theirs
        for wave in ("w1", "w2"):
            assert set(shelf.in_wave(wave)) == {i.key for i in items if i.wave == wave}
        for parent in ("c1", "c99"):
            answers = {i.key for i in items if i.comment.parent_id == parent}
            assert set(shelf.answers_to(f"museum/{parent}")) == answers


SLOW = settings(max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
TestGroups = GroupsAreLists.TestCase
TestShelf = ShelfIsADictionary.TestCase
TestShelf.settings = SLOW


def test_a_key_that_is_no_text_of_any_platform_is_simply_not_there() -> None:
    inbox = Inbox()
    inbox.apply(seen(comment(id="c1")))
    assert "museum/\udcff" not in inbox.items
    assert inbox.items.get("museum/\udcff") is None


@given(keys=st.lists(st.tuples(SOME.filter(lambda source: "/" not in source), IDS), max_size=60))
def test_every_key_is_found_and_read_as_it_was_whatever_its_id_is_made_of(keys: list[tuple[str, str]]) -> None:
    packed = Keys(Names())
    numbers = {f"{source}/{id_}": packed.add(f"{source}/{id_}") for source, id_ in keys}
    assert sorted(numbers.values()) == list(range(len(packed)))
    assert all(packed[number] == key and packed.find(key) == number for key, number in numbers.items())
    others = {f"{source}/0{id_}" for source, id_ in keys} | {id_ for _, id_ in keys} | {"nobody/7"}
    assert all(packed.find(other) == -1 for other in others - numbers.keys())


def test_a_key_of_digits_takes_half_of_what_it_says() -> None:
    packed = Keys(Names())
    packed.add("museum/109876543210987654")
    assert len(packed.said) <= 10


def test_a_key_looked_for_before_its_source_was_known_is_found_once_it_is_there() -> None:
    packed = Keys(Names())
    assert packed.find("museum/c1") == -1
    packed.add("museum/c1")
    assert packed.find("museum/c1") == 0
