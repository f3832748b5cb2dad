"""Offers: what goes on under a post with all that counts there, and the answers that fit, in the house's own words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from connectors._contract import Connector
from connectors._model import Capability, Support
from inbox.columns import DANGER, GONE, OWN, QUESTION, Hot
from inbox.desk import Suggestion
from inbox.fold import Inbox
from inbox.item import CLOSED, Item, key_of, written_at
from inbox.outbox import COUNTS, TO_A_PERSON, Kind
from inbox.play import Answer, Play, PlayOption, PostPlays, Taken, Witness
from inbox.plays import dangers_under
from inbox.situations.model import Call, PostState, Situation
from inbox.templates.template import LANGUAGES
from inbox.views import EXCERPT, SMALLEST_WAVE
from inbox.wording import Wording

WITNESSES = 3
"""Comments shown of a situation."""
THREAD_HEARD = 50
"""Latest comments by which the language of a thread is told."""
NOT_CONNECTED = Support("no", "this source is not connected: its comments can be read, not answered")


class Place(Struct, frozen=True, kw_only=True):
    """Where an answer is looked for.

    Attributes:
        inbox: the inbox as it stands; only read.
        source: the account of the post.
        post_id: the post.
        state: what the detector says of it.
        wording: the house's templates.
        connector: the live connector, or None.
        language: the language to speak there; "" for the comments' own.
    """

    inbox: Inbox
    source: str
    post_id: str
    state: PostState
    wording: Wording
    connector: Connector | None
    language: str = ""

    def hot(self) -> list[Hot]:
        """List the visitors' comments under the post, in the order we saw them: what can be counted of them."""
        hot = self.inbox.items.hot
        rows = hot.posts.rows(key_of(self.source, self.post_id))
        return [hot.hot(row) for row in rows if not hot.flags[row] & OWN]

    def support(self, capability: Capability) -> Support:
        """Say whether the platform can do something."""
        if self.connector is None:
            return NOT_CONNECTED
        return self.connector.capabilities.get(capability, NOT_CONNECTED)


def plays_of(place: Place) -> PostPlays | None:
    """Say what goes on under a post and what may be done about it; None where nobody commented."""
    items = place.hot()
    if not items:
        return None
    waiting = [item for item in items if item.is_open]
    asked = [item.written_at for item in waiting if item.key in place.inbox.questions]
    post = place.inbox.posts.get((place.source, place.post_id))
    calls = place.state.calls
    return PostPlays(
        source=place.source,
        post_id=place.post_id,
        title=(post.title or post.text[:60]) if post else "",
        network=items[-1].network,
        calls=calls,
        stir=place.state.stir,
        open=len(waiting),
        people=len({item.author for item in waiting}),
        copies=max(Counter(item.wave for item in waiting if item.wave).values(), default=0),
        questions=len(asked),
        oldest_question=min(asked, default=None),
        dangers=dangers_under(place.inbox, place.source, place.post_id),
        witnesses=_witnesses(place.inbox, calls),
        taken=_taken(place, items),
        options=tuple(option for call in calls for option in _options(place, call, items)),
    )


def _witnesses(inbox: Inbox, calls: Sequence[Call]) -> tuple[Witness, ...]:
    keys = calls[0].reason.texts if calls else ()
    found = [inbox.items[key] for key in keys if key in inbox.items]
    return tuple(
        Witness(
            key=item.key,
            author=item.comment.author.name or item.comment.author.handle,
            text=" ".join(item.comment.text[:EXCERPT].split()),
            at=written_at(item),
            danger=item.is_danger,
        )
        for item in found[:WITNESSES]
    )


def _taken(place: Place, items: Sequence[Hot]) -> tuple[Taken, ...]:
    """Say what left the house under the post, by kind, and what was closed."""
    found: dict[str, Taken] = {}
    for entry in place.inbox.outbox.values():
        target = place.inbox.items.hot.get(entry.target)
        post = target.post if target else entry.outgoing.post_id if entry.outgoing else ""
        if entry.source == place.source and post == place.post_id and entry.state in COUNTS:
            known = found.get(entry.kind)
            count = known.count + 1 if known else 1
            found[entry.kind] = Taken(what=str(entry.kind), count=count, at=entry.queued_at, by=entry.by)
    closed = [item for item in items if item.state in CLOSED]
    if closed:
        last = place.inbox.items[closed[-1].key]
        at = last.changed_at or last.first_seen
        found["done"] = Taken(what="done", count=len(closed), at=at, by=last.changed_by)
    late = [item.key for item in closed if item.key in place.inbox.weather.inherited]
    if late:
        last = place.inbox.items[late[-1]]
        at = last.changed_at or last.first_seen
        found["followed"] = Taken(what="followed", count=len(late), at=at, by=last.changed_by)
    return tuple(sorted(found.values(), key=lambda taken: taken.at, reverse=True))


# -- the answers -----------------------------------------------------------------------------------


def _options(place: Place, call: Call, items: Sequence[Hot]) -> Iterable[PlayOption]:
    anchor = _anchor(place, call, items)
    if anchor is None:  # nothing there but what may be a danger: no play goes before it
        return ()
    if call.situation is Situation.FLOOD:
        return _against_a_flood(place, call, anchor)
    if call.situation is Situation.FEUD:
        return (_appeal(place, anchor), _notice(place, anchor))
    return _for_a_provoker(place, call, items)


def _anchor(place: Place, call: Call, items: Sequence[Hot]) -> Item | None:
    """Choose the comment in whose place is spoken: the latest that shows the situation and is no danger."""
    there = [item.key for item in items if not item.flags & (GONE | DANGER)]
    shown = [key for key in there if key in call.reason.texts]
    best = shown or there
    return place.inbox.items[best[-1]] if best else None


def _play(place: Place, answer: Answer, anchor: Item, draft: Suggestion | None, close: Sequence[str] = ()) -> Play:
    return Play(
        source=place.source,
        post_id=place.post_id,
        answer=answer,
        anchor=anchor.key,
        text=draft.text if draft else "",
        template=draft.template if draft else "",
        close=tuple(close),
        dangers=dangers_under(place.inbox, place.source, place.post_id),
    )


def _drafts(place: Place, anchor: Item, what: str) -> tuple[Suggestion, ...]:
    """Return texts in the language most of the thread is written in: they speak to all of it, not to one comment."""
    return place.wording.drafts(place.inbox, anchor, place.connector, what, place.language or _spoken(place.hot()))


def _spoken(items: Sequence[Hot]) -> str:
    languages = Counter(item.language for item in items[-THREAD_HEARD:])
    known = [language for language, _ in languages.most_common() if language in LANGUAGES]
    return known[0] if known else ""


def _against_a_flood(place: Place, call: Call, anchor: Item) -> Iterable[PlayOption]:
    """A place of its own, the way there under the post, the copies done; or the copies alone."""
    copies, waves, posts = _copies(place, call)
    openings = _drafts(place, anchor, "thread")
    opening = openings[0] if openings else None
    links = {draft.template: draft for draft in _drafts(place, anchor, "house_comment")}
    link = links.get(opening.template) if opening else None
    support, pins = place.support(Capability.OPEN_THREAD), place.support(Capability.PIN_NOTICE)
    pinned = pins.can != "no" and place.connector is not None and place.connector.traits.pin_scope == "thread"
    play = structs.replace(
        _play(place, Answer.THREAD, anchor, opening, copies),
        title=opening.label if opening else "",
        house_comment=link.text if link else "$link",
        pin=pinned,
        follow=bool(copies),
    )
    missing = (*(opening.missing if opening else ()), *(link.missing if link else ()))
    yield PlayOption(
        play=play,
        missing=tuple(dict.fromkeys(missing)),
        where=support.reason,
        pin_where=pins.reason if pins.can != "no" else "",
        refused=support.reason if support.can == "no" else "",
        waves=waves,
        posts=posts,
    )
    if copies:
        wave = structs.replace(_play(place, Answer.WAVE, anchor, None, copies), follow=True)
        yield PlayOption(play=wave, waves=waves, posts=posts)
    yield _notice(place, anchor)


def _copies(place: Place, call: Call) -> tuple[list[str], int, int]:
    """List the open copies of the texts that make the flood, under every post; count those texts and the posts.

    Whoever speaks in words of their own is read, not swept away: a crowd without copies closes nothing.
    """
    hot = place.inbox.items.hot
    there = Counter(item.wave for item in place.hot() if item.is_open and item.wave)
    waves = [wave for wave, count in there.items() if count >= SMALLEST_WAVE or wave == call.reason.wave]
    keys = [key for wave in waves for key in place.inbox.items.in_wave(wave) if hot[key].is_open]
    return keys, len(waves), len({(hot[key].source, hot[key].post) for key in keys})


def _appeal(place: Place, anchor: Item) -> PlayOption:
    support = place.support(Capability.REPLY)
    drafts = _drafts(place, anchor, "appeal")
    return PlayOption(
        play=_play(place, Answer.APPEAL, anchor, drafts[0] if drafts else None),
        missing=drafts[0].missing if drafts else (),
        where=support.reason,
        refused=support.reason if support.can == "no" else "",
        mention=place.connector.mention_prefix(anchor.comment) if place.connector else "",
    )


def _notice(place: Place, anchor: Item) -> PlayOption:
    support = place.support(Capability.PIN_NOTICE)
    drafts = _drafts(place, anchor, "notice")
    return PlayOption(
        play=_play(place, Answer.NOTICE, anchor, drafts[0] if drafts else None),
        missing=drafts[0].missing if drafts else (),
        where=support.reason,
        refused=support.reason if support.can == "no" else "",
    )


def _for_a_provoker(place: Place, call: Call, items: Sequence[Hot]) -> Iterable[PlayOption]:
    """Silence first, since he fishes; or one joke, where the gate allows one, at his latest comment."""
    barbs = [item for item in items if item.author in call.reason.authors and not item.flags & GONE]
    last = next((item.key for item in reversed(barbs) if not item.flags & (DANGER | QUESTION)), None)
    if last is None:
        return
    at = place.inbox.items[last]
    close = [item.key for item in barbs if item.is_open]
    yield PlayOption(play=_play(place, Answer.SILENCE, at, None, close))
    picker = place.wording.picker(place.inbox, at, place.connector, place.language, place.state)
    joke = next((suggestion for suggestion in picker.suggestions if suggestion.offbeat), None)
    answered = any(
        entry.kind in TO_A_PERSON and entry.state in COUNTS and entry.kind is not Kind.INVITATION
        for item in barbs
        for entry in place.inbox.sendings(item.key)
    )
    support = place.support(Capability.REPLY)
    refused = (
        support.reason
        if support.can == "no"
        else "one joke was told already: silence now"
        if answered
        else ""
        if joke
        else f"no joke here: {picker.reason}"
    )
    yield PlayOption(
        play=_play(place, Answer.OFFBEAT, at, joke, close),
        missing=joke.missing if joke else (),
        where=support.reason,
        refused=refused,
        mention=picker.prefix,
    )
