"""What the configuration and the demo command may ask of the rehearsal."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from connectors._contract import Options
from connectors._rehearsal.faults import Fail


class RehearsalOptions(Options, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the rehearsal plays.

    Attributes:
        seed: chooses variations, answers and accidents; the same seed plays the same storm.
        speed: scales the script's clock; 0 lets nothing arrive.
        comments: how many comments are there at the start; None leaves it to the script.
        rate: comments a second instead of the script's clock; 0 keeps the clock.
        latency: seconds that each act on the platform takes.
        fail: what goes wrong on request.
        start: when the story began; None for the first poll.
        scenario: one of those that come along, by name; "" for the storm.
        script: a scenario of one's own, a .jsonl file or a folder of them; "" for `scenario`.
        state: a file that keeps what the platform was sent, shared with other processes; "" for memory alone.
    """

    seed: Annotated[int, Meta(ge=0)] = 1
    speed: Annotated[float, Meta(ge=0, le=10_000)] = 1.0
    comments: Annotated[int, Meta(ge=0)] | None = None
    rate: Annotated[float, Meta(ge=0, le=100_000)] = 0.0
    latency: Annotated[float, Meta(ge=0, le=600)] = 0.3
    fail: Fail = Fail()
    start: Annotated[datetime, Meta(tz=True)] | None = None
    scenario: str = ""
    script: str = ""
    state: str = ""
