"""Following: copies that come later are done like the wave that was decided, unless they may be a danger or ask something."""

from collections import Counter
from collections.abc import Iterable, Sequence

from inbox.events import AnyEvent, WaveFollowed, WaveInherited
from inbox.item import Item
from inbox.planning import Context, held_back_from_bulk
from inbox.views import SMALLEST_WAVE
from inbox.weather import FOLLOWS_FOR


def decided_waves(items: Sequence[Item], context: Context) -> tuple[str, ...]:
    """Name the waves that one decision is about: at least three copies of each, and more than are left open.

    Two copies among forty that somebody picked out say nothing of the others, and of those that are to come.
    """
    inbox = context.inbox
    decided = Counter(item.wave for item in items if item.wave)
    return tuple(
        wave
        for wave, count in decided.items()
        if count >= SMALLEST_WAVE and 2 * count > sum(inbox.items.hot[key].is_open for key in inbox.items.in_wave(wave))
    )


def follow(waves: Iterable[str], act_id: str, context: Context) -> list[AnyEvent]:
    """Let later copies of these waves follow for a day."""
    named = tuple(dict.fromkeys(waves))
    until = context.now + FOLLOWS_FOR
    return [WaveFollowed(at=context.now, by=context.by, waves=named, act=act_id, until=until)] if named else []


def no_longer(items: Iterable[Item], act_id: str, context: Context) -> list[AnyEvent]:
    """Stop what follows a wave that is opened again: it is somebody's to decide; one copy or two stand for themselves."""
    opened = Counter(item.wave for item in items if item.wave in context.inbox.weather.followed)
    waves = tuple(wave for wave, count in opened.items() if count >= SMALLEST_WAVE)
    return [WaveFollowed(at=context.now, by=context.by, waves=waves, act=act_id, until=context.now)] if waves else []


def latecomers(waves: Iterable[str], known: Iterable[str], act_id: str, context: Context) -> list[AnyEvent]:
    """Let copies follow that came while somebody was still deciding: of these waves, and not among the `known`."""
    inbox, seen = context.inbox, set(known)
    keys = [key for wave in waves for key in inbox.items.in_wave(wave) if key not in seen]
    came = [inbox.items[key] for key in keys if inbox.items.hot[key].is_open]
    late = tuple(item.key for item in came if not held_back_from_bulk(item, context.by))
    return [WaveInherited(at=context.now, by=context.by, keys=late, act=act_id)] if late else []
