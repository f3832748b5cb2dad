"""Taking in what was exported brings every comment to where it stood, and a second time changes nothing."""

from datetime import timedelta

import pytest
from builders import NOON, comment, seen

from inbox.desk import Arrival
from inbox.fold import Inbox
from inbox.importing import decided
from inbox.item import TriageState


@pytest.mark.parametrize("claimed_by", ["", "lou"])
@pytest.mark.parametrize("state", [None, *TriageState])
@pytest.mark.parametrize("hours", [None, 1])
def test_a_second_import_decides_nothing(state: TriageState | None, claimed_by: str, hours: int | None) -> None:
    until = None if hours is None or state is not TriageState.SNOOZED else NOON + timedelta(hours=hours)
    one = comment(id="c1")
    arrival = Arrival(source="museum", comment=one, state=state, claimed_by=claimed_by, snoozed_until=until)
    inbox = Inbox()
    inbox.apply(seen(one))
    for event in decided(inbox, [arrival], by="marta", now=NOON):
        inbox.apply(event)
    item = inbox.items["museum/c1"]
    assert item.claimed_by == claimed_by
    lost = state is TriageState.SNOOZED and until is None
    assert state is None or item.state is (TriageState.NEW if lost else state)
    assert decided(inbox, [arrival], by="marta", now=NOON) == []
