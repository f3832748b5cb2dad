"""A list shows what reading every item one by one would, after whatever happened; what arrives waits until it is merged."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from builders import NOON, assessed, comment, seen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from inbox import snapshot
from inbox.events import AnyEvent, Claimed, Corrected, Forgotten, Noted, StateSet, WentAway
from inbox.item import Item, TriageState, written_at
from inbox.ledger import Ledger
from inbox.query import compile_query
from inbox.rows import Order
from inbox.store import Store
from scoring.assessment import RiskLevel, SignalKind

LATER = NOON + timedelta(hours=1)
QUERIES: dict[str, Callable[[Item], bool]] = {
    "": lambda item: item.is_open,
    "is:any": lambda _: True,
    "is:done": lambda item: not item.is_open and not item.own,
    "risk>=heated": lambda item: item.is_open and item.level >= RiskLevel.HEATED,
    "is:any wave:w1": lambda item: item.wave == "w1",
    "is:any author:noé": lambda item: item.comment.author.native_id == "noé",
    "comble": lambda item: item.is_open and "comble" in item.comment.text,
    "by:lou -is:gone": lambda item: item.is_open and "lou" in {item.claimed_by, item.changed_by} and not item.gone,
}
TEXTS = ("Salle comble", "Fermé mardi", "Encore une honte, cette salle comble")
AUTHORS = ("camille", "noé")
ORDERS: dict[Order, Callable[[Item], tuple[float, ...]]] = {
    Order.NEWEST: lambda item: (-written_at(item).timestamp(),),
    Order.OLDEST: lambda item: (written_at(item).timestamp(),),
    Order.RISK: lambda item: (-item.level, -item.risk, -written_at(item).timestamp()),
}


Said = tuple[str, str, RiskLevel, tuple[SignalKind, ...], int]
"""A comment's text, wave, level, signals, and the minute in which it was written; its number says who wrote it."""
PAGES = st.dictionaries(
    st.integers(0, 15),
    st.tuples(
        st.sampled_from(TEXTS),
        st.sampled_from(["", "w1", "w1", "w2"]),
        st.sampled_from([RiskLevel.CALM, RiskLevel.CALM, *RiskLevel]),
        st.sampled_from([(), (), (SignalKind.QUESTION,)]),
        st.integers(0, 50),
    ),
    min_size=3,
)


class ListsAreWhatReadingAllWouldShow(RuleBasedStateMachine):
    """A desk's lists beside its items, read one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._made = tempfile.TemporaryDirectory()
        self.folder = Path(self._made.name) / "desk"
        self.ledger = Ledger(Store(self.folder, holder="the test"))
        self.opened: dict[int, tuple[str, Order]] = {}
        self.merged: set[int] = set()
        self.in_order: set[int] = set()

    def teardown(self) -> None:
        self.ledger.close()
        self._made.cleanup()

    def _happened(self, event: AnyEvent) -> None:
        self.ledger.record([event])
        self.merged.clear()

    def _some(self, data: st.DataObject) -> tuple[str, ...]:
        return tuple(data.draw(st.sets(st.sampled_from(list(self.ledger.inbox.items)), min_size=1, max_size=3)))

    # -- what happens ------------------------------------------------------------------------------

    @initialize(said=PAGES)
    def begins(self, said: dict[int, Said]) -> None:
        self.arrive(said)

    @rule(said=PAGES)
    def arrive(self, said: dict[int, Said]) -> None:
        """Let a page arrive: of new comments, and of known ones that were edited."""
        comments = tuple(
            comment(text, id=f"c{number}", author=AUTHORS[number % 2], at=NOON + timedelta(minutes=minutes))
            for number, (text, _, _, _, minutes) in said.items()
        )
        waves = {f"museum/c{number}": wave for number, (_, wave, _, _, _) in said.items() if wave}
        levels = tuple(assessed(level, *kinds) for _, _, level, kinds, _ in said.values())
        self._happened(seen(*comments, assessments=levels, waves=waves, at=LATER))

    @precondition(lambda self: self.ledger.inbox.items)
    @rule(data=st.data(), state=st.sampled_from(TriageState))
    def is_decided(self, data: st.DataObject, state: TriageState) -> None:
        self._happened(StateSet(at=LATER, by="lou", keys=self._some(data), state=state))

    @precondition(lambda self: self.ledger.inbox.items)
    @rule(data=st.data(), level=st.sampled_from(RiskLevel), what=st.integers(0, 3))
    def is_touched(self, data: st.DataObject, level: RiskLevel, what: int) -> None:
        keys = self._some(data)
        touches: tuple[AnyEvent, ...] = (
            Claimed(at=LATER, by="marta", keys=keys),
            Corrected(at=LATER, by="lou", keys=keys, level=level),
            WentAway(at=LATER, keys=keys, why="deleted"),
            Noted(at=LATER, by="lou", key=keys[0], text="vu"),
        )
        self._happened(touches[what])

    @precondition(lambda self: self.ledger.inbox.items)
    @rule(data=st.data())
    def is_forgotten(self, data: st.DataObject) -> None:
        self._happened(Forgotten(at=LATER, keys=self._some(data), counts={}))

    @precondition(lambda self: any(i.comment.author.native_id == "noé" for i in self.ledger.inbox.items.values()))
    @rule()
    def somebody_is_erased(self) -> None:
        self.ledger.erase("noé", by="lou", now=LATER)
        self.merged.clear()

    @rule()
    def everything_is_read_anew(self) -> None:
        self.ledger.reload()
        self.merged.clear()

    @rule()
    def items_settle_in_a_snapshot(self) -> None:
        seq = len(list(self.folder.iterdir())) + 10_000
        snapshot.write(self.ledger.inbox, seq, self.folder, sync=lambda _: None)
        self.ledger.settle()
        (self.folder / f"snap-{seq:016d}").unlink()

    # -- what is looked at -------------------------------------------------------------------------

    @precondition(lambda self: len(self.opened) < 5)
    @rule(query=st.sampled_from(list(QUERIES)), order=st.sampled_from(Order), fold=st.booleans())
    def opens(self, query: str, order: Order, *, fold: bool) -> None:
        def compiled() -> Callable[[int], bool]:
            return compile_query(query, self.ledger.inbox, now=LATER, operator="lou")

        view = self.ledger.open_view(query, order, compiled, fold)
        self.opened[view.id] = query, order
        self.merged.add(view.id)
        self.in_order.add(view.id)

    @precondition(lambda self: self.opened)
    @rule(data=st.data())
    def merges(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(list(self.opened)))
        self.ledger.merge_view(number)
        self.merged.add(number)
        self.in_order.add(number)

    @precondition(lambda self: self.opened)
    @rule(data=st.data())
    def closes(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(list(self.opened)))
        self.ledger.views.close(number)
        del self.opened[number]
        self.merged.discard(number)

    @precondition(lambda self: self.opened)
    @rule(data=st.data(), what=st.sampled_from(["unfold", "fold", "peel"]))
    def looks_into_a_wave(self, data: st.DataObject, what: str) -> None:
        number = data.draw(st.sampled_from(list(self.opened)))
        shown = self._shown(number)
        if shown:
            key = data.draw(st.sampled_from(shown))
            if what == "peel":
                self.ledger.views.peel(number, key)
                self.in_order.discard(number)  # it stands beside its wave until the list is merged again
            else:
                self.ledger.views.unfold(number, key, unfolded=what == "unfold")

    # -- what must hold ----------------------------------------------------------------------------

    def _shown(self, number: int) -> list[str]:
        return [row.key for row in self.ledger.views.page(number, 0, 1000).rows]

    def _members(self, number: int) -> list[str]:
        views = self.ledger.views
        return [key for key in self.ledger.inbox.items if views.locate(number, key) is not None]

    @invariant()
    def a_list_just_merged_has_what_matches_and_nothing_waits(self) -> None:
        items = self.ledger.inbox.items
        for number in self.merged:
            query, _ = self.opened[number]
            assert self._members(number) == [key for key, item in items.items() if QUERIES[query](item)]
            assert self.ledger.views.page(number, 0, 0).view.waiting == 0

    @invariant()
    def what_matches_is_in_a_list_or_waits(self) -> None:
        items = self.ledger.inbox.items
        for number, (query, _) in self.opened.items():
            members = set(self._members(number))
            waits = [key for key, item in items.items() if QUERIES[query](item) and key not in members]
            assert self.ledger.views.page(number, 0, 0).view.waiting == len(waits)

    @invariant()
    def rows_stand_once_and_in_order_and_stand_for_every_member_once(self) -> None:
        items, views = self.ledger.inbox.items, self.ledger.views
        for number, (_, order) in self.opened.items():
            page = views.page(number, 0, 1000)
            assert page.view.total == len(page.rows) == len({row.key for row in page.rows})
            assert set(views.keys(number, 0, 1000)) == set(self._members(number))
            assert all(views.locate(number, row.key) == at for at, row in enumerate(page.rows))
            if number in self.merged & self.in_order:
                heads = [ORDERS[order](items[row.key]) for row in page.rows if not row.within]
                assert heads == sorted(heads)


TestLists = ListsAreWhatReadingAllWouldShow.TestCase
TestLists.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_a_search_goes_on_with_what_it_began_with_when_everything_is_read_anew_meanwhile(tmp_path: Path) -> None:
    ledger = Ledger(Store(tmp_path, holder="the test"))
    for number in range(3):
        ledger.record([seen(comment(f"Salle {number}", id=f"c{number}"), at=LATER)])
    ledger.record([Forgotten(at=LATER, keys=("museum/c0",), counts={})])
    snapshot.write(ledger.inbox, 4, tmp_path)  # in which every item has another row than here

    def compiled() -> Callable[[int], bool]:
        return compile_query("is:any 2", ledger.inbox, now=LATER)

    number = ledger.views.open("is:any 2", Order.RISK, compiled)
    search = ledger.views.merge(number)
    ledger.reload()
    assert search()().total == 1
    assert ledger.views.keys(number, 0, 9) == ["museum/c2"]
    ledger.close()
