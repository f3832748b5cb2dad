"""Progress counts every sending in exactly one place, and says when what waits may leave."""

from datetime import timedelta

from builders import NOON
from hypothesis import given
from hypothesis import strategies as st

from inbox.outbox import DeliveryState, Kind, OutboxEntry
from inbox.progress import leaves_at, progress_of, together

MINUTES = st.integers(0, 60).map(lambda minutes: NOON + timedelta(minutes=minutes))
ENTRIES = st.lists(
    st.builds(
        OutboxEntry,
        id=st.uuids().map(str),
        act=st.sampled_from(["a1", "a2"]),
        kind=st.sampled_from(Kind),
        source=st.sampled_from(["fb", "ma"]),
        by=st.sampled_from(["marta", "lou"]),
        queued_at=MINUTES,
        due_at=MINUTES,
        state=st.sampled_from(DeliveryState),
        message=st.sampled_from(["", "slow down"]),
    ),
    max_size=30,
)


@given(ENTRIES)
def test_every_sending_is_counted_in_exactly_one_place(entries: list[OutboxEntry]) -> None:
    far = progress_of(entries)
    assert far.total == len(entries)
    assert far.total == far.left + far.sending + far.waiting + far.refused + far.unknown + far.taken_back
    assert sum(count for _, count in far.kinds) == far.total


@given(ENTRIES)
def test_what_is_over_is_left_out_when_acts_are_counted_together(entries: list[OutboxEntry]) -> None:
    acts = [progress_of([e for e in entries if e.act == act]) for act in ("a1", "a2")]
    both = together(acts)
    assert both.waiting + both.sending + both.unknown == sum(e.is_pending for e in entries)
    assert both.total == sum(act.total for act in acts if act.under_way)


@given(ENTRIES)
def test_nothing_is_said_to_leave_before_its_time_or_before_its_account_may(entries: list[OutboxEntry]) -> None:
    leaves = leaves_at(entries)
    assert set(leaves) == {e.id for e in entries if e.state is DeliveryState.QUEUED}
    for entry in entries:
        if entry.id in leaves:
            pauses = [e.due_at for e in entries if e.id in leaves and e.source == entry.source and e.message]
            assert leaves[entry.id] == max([entry.due_at, *pauses])
