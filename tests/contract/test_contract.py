"""The contract, put to every connector that the registry lists: a new one is taken in with no line changed here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hostile import CERTAIN, DOUBTFUL, FAULTS, TOKEN, Asleep, Platform, Respond, example_options

from connectors import _registry
from connectors._contract import API_VERSION, Connector, Options
from connectors._errors import ConnectorError, UnsupportedError
from connectors._http import Http
from connectors._model import (
    Author,
    Batch,
    Capability,
    Comment,
    Gone,
    Idempotency,
    Identity,
    Measure,
    NotSent,
    Outgoing,
    Receipt,
    Rejected,
    Sent,
    Support,
    Traits,
    Unknown,
)
from connectors._text import sanitise

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
COMMENT = Comment(
    native_id="1",
    post_id="2",
    author=Author(native_id="3", handle=sanitise("camille"), name=sanitise("Camille")),
    text=sanitise("hello"),
    created_at=NOW,
)
REPLY = Outgoing(client_id="c", text="@camille hello", created_at=NOW, parent_id="1", post_id="2")
NOTICE = Outgoing(client_id="c", text="Let us stay civil", created_at=NOW, title="A notice")

METHODS: dict[Capability, tuple[str, ...]] = {
    Capability.STREAM: ("stream",),
    Capability.THREAD: ("thread",),
    Capability.READ_BACK: ("read_back",),
    Capability.HIDE: ("hide",),
    Capability.DELETE: ("delete",),
    Capability.SPAM: ("mark_spam",),
    Capability.MUTE: ("mute",),
    Capability.REPORT: ("report",),
    Capability.LOCK: ("lock",),
    Capability.PIN_NOTICE: ("pin_notice", "unpin_notice"),
    Capability.OPEN_THREAD: ("open_thread",),
    Capability.EDIT_OWN: ("edit_own",),
}

READS: dict[str, Callable[[Connector], Awaitable[Any]]] = {
    "identify": lambda c: c.identify(),
    "poll": lambda c: c.poll(None),
    "fetch": lambda c: c.fetch(["1", "2"]),
    "thread": lambda c: c.thread(COMMENT),
    "read_back": lambda c: c.read_back(REPLY),
}
SENDINGS: dict[str, Callable[[Connector], Awaitable[Any]]] = {
    "send_reply": lambda c: c.send_reply(REPLY),
    "pin_notice": lambda c: c.pin_notice(NOTICE),
    "unpin_notice": lambda c: c.unpin_notice("1"),
    "open_thread": lambda c: c.open_thread(NOTICE),
    "hide": lambda c: c.hide("1", hidden=True),
    "delete": lambda c: c.delete("1"),
    "mark_spam": lambda c: c.mark_spam("1"),
    "mute": lambda c: c.mute("3", seconds=60),
    "report": lambda c: c.report(COMMENT, reason="a threat"),
    "lock": lambda c: c.lock("2", locked=True),
    "edit_own": lambda c: c.edit_own("1", REPLY),
}

STREAM: dict[str, Callable[[Connector], Awaitable[Any]]] = {"stream": lambda c: anext(aiter(c.stream()))}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a connector that keeps files does so beside nobody's work


@pytest.fixture(params=_registry.names())
def kind(request: pytest.FixtureRequest) -> type[Connector]:
    return _registry.load(request.param)


@pytest.fixture
def connector(kind: type[Connector]) -> Connector:
    return Platform(FAULTS["500"]).connect(kind)


def is_offered(kind: type[Connector], method: str) -> bool:
    capability = next((c for c, methods in METHODS.items() if method in methods), None)
    return capability is None or kind.capabilities[capability].can != "no"


# -- what it declares ----------------------------------------------------------------------------------


def test_its_name_is_the_registrys(kind: type[Connector]) -> None:
    assert kind.name in _registry.names()
    assert _registry.load(kind.name) is kind


def test_it_was_written_for_this_contract(kind: type[Connector]) -> None:
    assert kind.api == API_VERSION


def test_its_traits_can_be_read_without_an_account(kind: type[Connector]) -> None:
    traits = kind.traits

    assert isinstance(traits, Traits)
    assert traits.label
    assert len(traits.code) == 2
    assert traits.code.isascii()
    assert traits.code.islower()
    assert traits.poll_interval > 0
    assert traits.bulk_size >= 1
    assert (traits.key_ttl > 0) == (traits.idempotency is Idempotency.KEY)


def test_its_code_is_its_own(kind: type[Connector]) -> None:
    codes = [_registry.load(name).traits.code for name in _registry.names()]

    assert codes.count(kind.traits.code) == 1


@pytest.mark.parametrize("capability", list(Capability))
def test_every_capability_has_its_reason(kind: type[Connector], capability: Capability) -> None:
    support = kind.capabilities[capability]

    assert isinstance(support, Support)
    assert len(support.reason.split()) >= 3
    assert support.reason == sanitise(support.reason, single_line=True)


@pytest.mark.parametrize("capability", METHODS)
def test_what_is_declared_is_there(kind: type[Connector], capability: Capability) -> None:
    if kind.capabilities[capability].can == "no":
        return
    for method in METHODS[capability]:
        assert getattr(kind, method) is not getattr(Connector, method)


@pytest.mark.parametrize("method", [m for methods in METHODS.values() for m in methods])
async def test_what_is_not_declared_is_refused_with_its_reason(connector: Connector, method: str) -> None:
    capability = next(c for c, methods in METHODS.items() if method in methods)
    support = connector.capabilities[capability]
    if support.can != "no":
        return

    with pytest.raises(UnsupportedError) as caught:
        await (READS | SENDINGS | STREAM)[method](connector)

    assert caught.value.capability == capability
    assert caught.value.hint == sanitise(support.reason)


def test_a_notice_that_can_be_pinned_has_a_place(kind: type[Connector], connector: Connector) -> None:
    if kind.capabilities[Capability.PIN_NOTICE].can == "no":
        assert kind.traits.pin_scope == "none"
    else:
        assert kind.traits.pin_scope != "none"
        assert kind.traits.pin_limit >= 1
    assert connector.where_pinned()


def test_its_options_can_be_made_from_what_they_declare(kind: type[Connector]) -> None:
    options = example_options(kind.options_type)

    assert isinstance(options, Options)
    assert TOKEN not in repr(options)


def test_making_one_asks_nobody_anything(kind: type[Connector]) -> None:
    platform = Platform(FAULTS["500"])

    platform.connect(kind)

    assert not platform.asked


# -- its facts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "Bonjour", "é" * 3000, "👩🏽‍🎨 https://example.org/x @a@b.example", "a\nb"])
def test_it_measures_any_text(connector: Connector, text: str) -> None:
    measure = connector.measure(text)

    assert isinstance(measure, Measure)
    assert measure.limit > 0
    assert measure.used >= 0
    assert connector.measure("").used == 0


def test_a_mention_prefix_is_safe_and_parted_from_the_text(connector: Connector) -> None:
    prefix = connector.mention_prefix(COMMENT)

    assert prefix == sanitise(prefix)
    assert not prefix or prefix.endswith(" ")


def test_client_ids_are_new_each_time(connector: Connector) -> None:
    assert len({connector.new_client_id() for _ in range(100)}) == 100


# -- a platform at its worst ---------------------------------------------------------------------------


def leaks(thing: object) -> bool:
    return TOKEN in f"{thing} {thing!r} {getattr(thing, '__dict__', '')}"


def is_honest(method: str, result: object) -> bool:
    """Whether a read gave what its signature promises."""
    if method == "identify":
        return isinstance(result, Identity)
    if method == "poll":
        return isinstance(result, Batch) and isinstance(result.cursor, str)
    if method == "read_back":
        return result is None or isinstance(result, Receipt)
    kinds = (Comment, Gone) if method == "fetch" else (Comment,)
    return isinstance(result, list) and all(isinstance(each, kinds) for each in result)


async def tried(act: Callable[[Connector], Awaitable[Any]], connector: Connector) -> tuple[Any, ConnectorError | None]:
    """Return what came of it; anything but our errors goes through and fails the test."""
    try:
        async with asyncio.timeout(10):
            return await act(connector), None
    except ConnectorError as error:
        return None, error
    finally:
        await connector.aclose()


def platforms(faults: Mapping[str, Respond], *, only_sendings: bool = False) -> Iterator[tuple[str, Platform]]:
    """Go through the faults; a connector that asked its platform nothing cannot tell one from the other."""
    for fault, respond in faults.items():
        platform = Platform(respond, only_sendings)
        yield fault, platform
        if not platform.asked:
            return


@pytest.mark.parametrize("method", READS)
async def test_a_read_ends_in_its_result_or_in_our_error(kind: type[Connector], method: str) -> None:
    if not is_offered(kind, method):
        return
    for fault, platform in platforms(FAULTS):
        result, error = await tried(READS[method], platform.connect(kind))

        assert not leaks(error), fault
        assert error.message if error else is_honest(method, result), fault


async def test_a_failing_platform_makes_no_comment_gone(kind: type[Connector]) -> None:
    for fault, platform in platforms(DOUBTFUL):
        found, error = await tried(READS["fetch"], platform.connect(kind))

        assert error or not platform.asked or not [each for each in found if isinstance(each, Gone)], fault


async def test_a_stream_nudges_waits_or_ends_in_our_error(kind: type[Connector]) -> None:
    if not is_offered(kind, "stream"):
        return
    for fault, platform in platforms(FAULTS):
        with suppress(Asleep, StopAsyncIteration):
            nudge, error = await tried(STREAM["stream"], platform.connect(kind))

            assert nudge is None, fault
            assert not leaks(error), fault


@pytest.mark.parametrize("only_sendings", [False, True], ids=["every answer", "only to sendings"])
@pytest.mark.parametrize("method", SENDINGS)
async def test_a_sending_ends_in_an_honest_outcome(kind: type[Connector], method: str, *, only_sendings: bool) -> None:
    if not is_offered(kind, method):
        return
    for fault, platform in platforms(FAULTS, only_sendings=only_sendings):
        outcome, error = await tried(SENDINGS[method], platform.connect(kind))

        assert error is None, f"{fault}: a sending answers with an outcome"
        assert isinstance(outcome, Sent | Rejected | Unknown | NotSent), fault
        assert not leaks(outcome), fault
        if platform.was_sent_something and fault in DOUBTFUL:
            assert isinstance(outcome, Sent | Unknown), f"{fault}: it may have been carried out"
        if platform.asked and fault in CERTAIN and not isinstance(outcome, Sent):
            assert isinstance(outcome, Rejected | NotSent), f"{fault}: it certainly was not"


async def test_a_limit_is_handed_on_with_its_time(kind: type[Connector]) -> None:
    platform = Platform(FAULTS["429"])

    outcome, _ = await tried(SENDINGS["send_reply"], platform.connect(kind))

    assert not platform.asked or (isinstance(outcome, NotSent) and outcome.retry_after == 600)


async def test_closing_twice_does_no_harm(connector: Connector) -> None:
    await connector.aclose()
    await connector.aclose()
    await Http().aclose()
