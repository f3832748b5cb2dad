"""Sitting: what one operator decided since sitting down at a desk, and what taking the latest of it back comes to."""

from collections.abc import Callable, Collection
from datetime import datetime

from msgspec import Struct, structs

from inbox import desk
from inbox.events import AnyEvent, Before, Delivery, SentBack, Undone
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.local_approvals import decided_by
from inbox.local_published import is_ours
from inbox.outbox import DeliveryState, OutboxEntry
from inbox.planning import Plan
from inbox.triage import standing

BACK = 20_000
"""Acts that can be taken back, and items they changed, in one sitting; the last act always can, however many it changed."""

Taken = tuple[list[AnyEvent], tuple[desk.TakenBack, set[str]]]
"""The events that take something back, what to say of it, and the acts that are then over."""


class _Act(Struct):
    """One act of this operator, for taking it back."""

    id: str
    what: str
    before: tuple[Before, ...]
    after: tuple[Before, ...] = ()

    def undone(self, inbox: Inbox) -> tuple[Before, ...]:
        """Return what taking it back restores: what somebody has changed since stays as it is."""
        restored: list[Before] = []
        for before, after in zip(self.before, self.after, strict=True):
            if before.key not in inbox.items:
                continue  # forgotten since
            now = standing(inbox.items[before.key])
            wanted = now
            if _place(after) != _place(before) and _place(now) == _place(after):
                state, hand, until = _place(before)
                wanted = structs.replace(wanted, state=state, claimed_by=hand, snoozed_until=until)
            if now.corrected == after.corrected:
                wanted = structs.replace(wanted, corrected=before.corrected)
            if now.suspected == after.suspected:
                wanted = structs.replace(wanted, suspected=before.suspected)
            if wanted != now:
                restored.append(wanted)
        return tuple(restored)


def _place(stood: Before) -> tuple[TriageState, str, datetime | None]:
    return stood.state, stood.claimed_by, stood.snoozed_until


class Sitting:
    """Remembers the acts of one operator, up to `BACK`, and finds which of them comes back next."""

    def __init__(self, operator: str, clock: Callable[[], datetime]) -> None:
        """Sit down, with nothing decided yet."""
        self._operator = operator
        self._clock = clock
        self._acts: list[_Act] = []

    def keep(self, act: desk.Act, planned: Plan, after: tuple[Before, ...]) -> None:
        """Remember an act that is done, and how the items it changed stood after it."""
        tag = type(act).__struct_config__.tag
        what = "submission" if planned.done.submitted else "sending" if planned.done.sendings else tag
        self._acts.append(_Act(planned.done.act, str(what), planned.before, after))
        while len(self._acts) > 1 and sum(1 + len(each.before) for each in self._acts) > BACK:
            del self._acts[0]

    def forget(self, acts: Collection[str]) -> None:
        """Let acts go that are over."""
        self._acts = [each for each in self._acts if each.id not in acts]

    def take_back(self, inbox: Inbox) -> Taken:
        """Decide what comes back; with it the acts that are then over."""
        last = self._acts[-1].id if self._acts else ""
        pending = (inbox.outbox[i] for i in inbox.pending)
        mine = [e for e in pending if self._operator in decided_by(e) and e.can_be_taken_back]
        # what somebody put off to a time of his own is no accident: it comes back as the last act, or in the outbox
        mine = [e for e in mine if not e.scheduled or e.act == last]
        if mine:
            return self._recall(inbox, mine[-1].act)  # the last one decided, whatever the clock said
        forgotten: set[str] = set()
        for act in reversed(self._acts):
            forgotten.add(act.id)
            if act.what == "submission":
                if act.id in inbox.approvals.waiting:
                    return self._withdraw(act.id, act.undone(inbox)), (
                        desk.TakenBack(what="submission", count=1),
                        forgotten,
                    )
            elif act.what == "sending":
                of_act = [e for e in inbox.outbox.values() if e.act == act.id]
                late = sum(map(_may_have_left, of_act))
                if late:  # said once; the act before it is not what the key was meant for
                    left = tuple(e.id for e in of_act if is_ours(e))
                    return [], (desk.TakenBack(too_late=late, left=left), forgotten)
            elif before := (*act.undone(inbox), *_followers(inbox, act.id)):
                event = Undone(at=self._clock(), by=self._operator, act=act.id, before=before)
                set_to = {str(stood.state) for stood in act.after} if act.what == "state" else {act.what}
                what = set_to.pop() if len(set_to) == 1 else act.what
                return [event], (desk.TakenBack(what=what, count=len(before)), forgotten)
        return [], (desk.TakenBack(), forgotten)

    def _recall(self, inbox: Inbox, last: str) -> Taken:
        """Take the sendings of an act back, and the act with them when none of them has left."""
        now = self._clock()
        of_act = [e for e in inbox.outbox.values() if e.act == last]
        back = [e for e in of_act if e.can_be_taken_back]
        events: list[AnyEvent] = [
            Delivery(at=now, by=self._operator, entry=e.id, state=DeliveryState.TAKEN_BACK) for e in back
        ]
        before = next((a.undone(inbox) for a in self._acts if a.id == last), ())
        before = (*before, *_followers(inbox, last))
        if before and len(back) == len(of_act):
            events.append(Undone(at=now, by=self._operator, act=last, before=before))
        late = sum(map(_may_have_left, of_act))
        return events, (desk.TakenBack(what="sending", count=len(back), too_late=late), {last})

    def _withdraw(self, submission: str, before: tuple[Before, ...]) -> list[AnyEvent]:
        """Take a submission of this operator's back, and the hand that came with it."""
        now = self._clock()
        back: list[AnyEvent] = [SentBack(at=now, by=self._operator, submission=submission)]
        return [*back, Undone(at=now, by=self._operator, act=submission, before=before)] if before else back


def _followers(inbox: Inbox, act: str) -> tuple[Before, ...]:
    """Return what opening again the late copies that followed an act restores, where nobody has touched them since."""
    items = [inbox.items[key] for key in inbox.weather.followers(act) if key in inbox.items]
    return tuple(
        structs.replace(standing(item), state=TriageState.NEW) for item in items if item.state is TriageState.DONE
    )


def _may_have_left(entry: OutboxEntry) -> bool:
    return entry.state in {DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN}
