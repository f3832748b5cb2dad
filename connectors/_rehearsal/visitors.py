"""What visitors say because of us: answers to the museum's replies, and guests in the threads it opens."""

from random import Random
from zlib import crc32

from msgspec import Struct

from connectors._rehearsal.platform import Memory, SentItem
from connectors._rehearsal.script import Line, Script
from connectors._text import sanitise

ANSWER_AFTER = 9.0
"""Seconds of the story's clock after which a visitor answers a reply."""
ANSWERED_SHARE = 0.34
GUEST_EVERY = 6.0
"""Seconds of the story's clock between two guests in a thread that the museum opened."""
GUESTS = 6


class Reaction(Struct, frozen=True, order=True):
    """One comment that exists because of something sent; ordered by when it is due.

    Attributes:
        due: POSIX seconds.
        item: index of what was sent.
        number: which reaction to it.
    """

    due: float
    item: int
    number: int


def _luck(seed: int, item: SentItem) -> Random:
    return Random(seed ^ crc32(item.outgoing.client_id.encode()))  # noqa: S311  repeatable over restarts, not secret


def _of(item: SentItem, index: int, script: Script, seed: int, speed: float) -> list[Reaction]:
    sent = item.at.timestamp()
    if item.kind == "thread":
        guests = min(GUESTS, len(script.guests))
        return [Reaction(sent + GUEST_EVERY * (j + 1) / speed, index, j) for j in range(guests)]
    if item.kind == "reply" and script.answers and _luck(seed, item).random() < ANSWERED_SHARE:
        return [Reaction(sent + ANSWER_AFTER / speed, index, 0)]
    return []


def reactions(memory: Memory, first: int, script: Script, *, seed: int, speed: float) -> list[Reaction]:
    """List every reaction, past and future, to what was sent from index `first` on; none at speed 0."""
    if speed == 0:
        return []
    return [r for i in range(first, len(memory.sent)) for r in _of(memory.sent[i], i, script, seed, speed)]


def reaction_id(memory: Memory, reaction: Reaction) -> str:
    """Return the native id of a reaction."""
    return f"{memory.sent[reaction.item].remote_id}-{reaction.number + 1}"


def said(memory: Memory, reaction: Reaction, script: Script, answered: Line | None, *, seed: int) -> Line:
    """Return the words of a reaction.

    Args:
        memory: the platform's memory that it reacts to.
        reaction: one of `reactions`.
        script: where the words come from.
        answered: the visitor's comment that our reply answered, or None; its author answers in its language.
        seed: chooses the words.
    """
    item = memory.sent[reaction.item]
    luck, native_id = _luck(seed, item), reaction_id(memory, reaction)
    if item.kind == "thread":
        start = luck.randrange(len(script.guests))
        guest = script.guests[(start + reaction.number) % len(script.guests)]
        name = sanitise(guest.by, single_line=True)
        return Line(id=native_id, on=item.remote_id, by=name, text=sanitise(guest.guest), lang=guest.lang)
    luck.random()  # the draw that decided there is an answer at all
    lang = answered.lang if answered else item.outgoing.language
    answers = [a for a in script.answers if a.lang == lang] or script.answers
    by = answered.by if answered else sanitise(script.names.names[0], single_line=True)
    text = sanitise(luck.choice(answers).answer)
    return Line(id=native_id, on=item.outgoing.post_id, by=by, text=text, re=item.remote_id, lang=lang)
