"""Planning: what every act is decided with: who acts and when, a refusal, the checks of a text, an entry of the outbox."""

from collections.abc import Callable, Mapping
from datetime import datetime
from string import Template
from uuid import uuid4

from msgspec import Struct, structs

from connectors._contract import Connector
from connectors._model import Capability, Comment, Measure, Outgoing, Support, Writing
from inbox import desk
from inbox.approval import FourEyes
from inbox.charter import Charter, shipped
from inbox.events import AnyEvent, Before, Queued
from inbox.fold import Inbox
from inbox.item import Item
from inbox.outbox import ABOUT_ONE, Countdown, Kind, OutboxEntry
from inbox.tolls import tolls, waiting

JokeGate = Callable[[Item, str], str]
"""Given an item and a template id: why this joke must not be told, or ""."""
NOT_CONNECTED = "this source is not connected: its comments can be read, not answered"


class Context(Struct, frozen=True, kw_only=True):
    """Who acts, when, and through what.

    Attributes:
        inbox: the inbox as it stands; only read.
        by: the operator.
        now: the moment of the decision.
        connectors: the live connectors by source name; a source may be missing (an import).
        joke_gate: asks the templates whether a joke may be told.
        countdown: how long what leaves the house waits first.
        is_joke: tells of a template whether it is an offbeat reply.
        wants_approval: tells of a template whether a second person must see it first.
        four_eyes: what needs a second person's word.
        charter: the reasons for which comments may be hidden and people blocked.
    """

    inbox: Inbox
    by: str
    now: datetime
    connectors: Mapping[str, Connector]
    joke_gate: JokeGate
    countdown: Countdown = Countdown()
    is_joke: Callable[[str], bool] = lambda _: False
    wants_approval: Callable[[str], bool] = lambda _: False
    four_eyes: FourEyes = FourEyes()
    charter: Charter = shipped()

    def due(self, count: int, later: datetime | None = None) -> datetime:
        """When an act that sends `count` things leaves: after its countdown, or at the time it was given."""
        soon = self.countdown.due_after(self.now, count)
        return soon if later is None else max(soon, later)


class Plan(Struct, frozen=True):
    """What an act comes to.

    Attributes:
        done: the answer to the operator.
        events: what the journal will keep; empty when refused.
        before: how the items stood, for taking it back.
    """

    done: desk.Done
    events: tuple[AnyEvent, ...] = ()
    before: tuple[Before, ...] = ()


def priced(plan: Plan, context: Context) -> Plan:
    """Say beside a plan what it costs each account."""
    entries = [entry for event in plan.events if isinstance(event, Queued) for entry in event.entries]
    if not entries:
        return plan
    pending = (context.inbox.outbox[i] for i in context.inbox.pending)
    cost = tolls(entries, waiting(pending, context.now), context.connectors)
    return structs.replace(plan, done=structs.replace(plan.done, tolls=cost))


def refuse(why: str, hint: str = "") -> Plan:
    """Refuse an act with a reason and, where there is one, a way on."""
    return Plan(desk.Done(refused=why, hint=hint))


def standing(item: Item) -> Before:
    """Return how an item stands, as far as an act of triage can change it."""
    return Before(item.key, item.state, item.claimed_by, item.corrected, item.snoozed_until, item.suspected)


def supported(context: Context, source: str, capability: Capability) -> tuple[Connector | None, str]:
    """Return the connector of a source if it can do this, else why not."""
    connector = context.connectors.get(source)
    if connector is None:
        return None, NOT_CONNECTED
    support = connector.capabilities.get(capability, Support("no", ""))
    return (connector, "") if support.can != "no" else (None, support.reason)


def unfilled(text: str, *, link: bool = False) -> list[str]:
    """List the `$placeholders` left in a text; they block sending."""
    names = Template(text).get_identifiers()
    return [name for name in names if not (link and name == "link")]


def text_fault(text: str, measure: Measure, *, link: bool = False) -> Plan | None:
    """Refuse a text that is empty, has gaps, or is not as the platform takes it."""
    if not text.strip():
        return refuse("the text is empty")
    missing = unfilled(text, link=link)
    if missing:
        return refuse(f"{', '.join('$' + m for m in missing)} is empty", "fill it in before sending")
    return None if measure.fits else refuse(measure.refusal, measure.way_on)


def measured_beside(item: Item, connector: Connector, text: str, writing: Writing = Writing.COMMENT) -> Measure:
    """Count a text as the network will on which it would stand beside `item`; elsewhere as the account's own does."""
    network = item.network if connector.source == item.source else ""
    return connector.measure_under(network, text, writing)


def charter_fault(context: Context, reason: str) -> Plan | None:
    """Refuse a reason that is not on the house's charter."""
    if not context.charter.reasons:
        return refuse("the house's charter cannot be read", "becalm charter --lint says where")
    if not context.charter.record(reason):
        names = ", ".join(known.id for known in context.charter.reasons)
        return refuse("hiding needs a reason from the house's charter", names)
    return None


def time_fault(context: Context, later: datetime | None) -> Plan | None:
    """Refuse a time to leave that has no zone or lies behind us."""
    if later is not None and (later.tzinfo is None or later <= context.now):
        return refuse("send it when?", "name a time that lies ahead")
    return None


def held_back_from_bulk(item: Item, by: str) -> str:
    """Why a bulk act leaves an item alone: "critical", "question", "claimed:NAME", or "" when it does not."""
    if item.is_danger:
        return "critical"
    if item.is_question:
        return "question"
    if item.claimed_by and item.claimed_by != by:
        return f"claimed:{item.claimed_by}"
    return ""


def entry_of(
    kind: Kind,
    item: Item,
    connector: Connector,
    context: Context,
    act_id: str,
    due_at: datetime,
) -> OutboxEntry:
    """Build the sending of one act about one item; what it says is filled in by the caller."""
    return OutboxEntry(
        id=connector.new_client_id(),
        act=act_id,
        kind=kind,
        source=item.source,
        by=context.by,
        queued_at=context.now,
        due_at=due_at,
        target=item.key if kind in ABOUT_ONE else "",
        native_id=item.comment.native_id,
    )


def upkeep(
    kind: Kind, entry: OutboxEntry, *, act: str, by: str, now: datetime, due_at: datetime, native_id: str
) -> OutboxEntry:
    """Build a sending that changes what another one published: it carries no text and may be repeated."""
    return OutboxEntry(
        id=uuid4().hex,
        act=act,
        kind=kind,
        source=entry.source,
        by=by,
        queued_at=now,
        due_at=due_at,
        target=entry.target,
        native_id=native_id,
        about=entry.id,
    )


def answer(client_id: str, text: str, comment: Comment, context: Context, parent_id: str) -> Outgoing:
    """Write a text that stands under a comment, or under its post."""
    return Outgoing(
        client_id=client_id,
        text=text,
        created_at=context.now,
        parent_id=parent_id,
        post_id=comment.post_id,
        visibility=comment.visibility,
    )
