"""Every act that a connector says it can do, met by every refusal of its platform: said to be what it is, and done afterwards."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from fault_desk import WiredDesk, wired_desk
from fault_server import Fault
from fault_table import rows_of
from in_two_languages import is_bilingual
from stages import STAGES, Stage

from connectors._model import Capability, Comment, Outcome, Outgoing, Rejected, Sent
from connectors._registry import load

DAY = 86_400


class Target(NamedTuple):
    """What an act is about.

    Attributes:
        sat: the desk on the wire.
        comment: a visitor's.
        own: the id of a comment of ours, or of a notice of ours.
    """

    sat: WiredDesk
    comment: Comment
    own: str

    def outgoing(self, text: str = "Nous ouvrons à dix heures.", *, alone: bool = False) -> Outgoing:
        """Write a text under the comment, or one that stands alone beside its post."""
        return Outgoing(
            client_id=self.sat.connector.new_client_id(),
            text=text,
            created_at=self.sat.now,
            parent_id=None if alone else self.comment.native_id,
            post_id=self.comment.post_id,
            title="Discussion",
        )


class Act(NamedTuple):
    """One call of a connector.

    Attributes:
        needs: its capability.
        begin: the call; made anew for every try.
        before: a call that has to go well first, and brings what `Target.own` is.
    """

    needs: Capability
    begin: Callable[[Target], Callable[[], Awaitable[Outcome]]]
    before: Callable[[Target], Awaitable[Outcome]] | None = None


def _sending(name: str, *, alone: bool = False) -> Callable[[Target], Callable[[], Awaitable[Outcome]]]:
    """Publish, with one text for every try."""

    def begin(at: Target) -> Callable[[], Awaitable[Outcome]]:
        outgoing = at.outgoing(alone=alone)
        return lambda: getattr(at.sat.connector, name)(outgoing)

    return begin


def _deleting(at: Target) -> Callable[[], Awaitable[Outcome]]:
    connector = at.sat.connector
    return lambda: connector.delete(at.own if connector.traits.deletes == "own" else at.comment.native_id)


class Answered(NamedTuple):
    """A fault that is an answer.

    Attributes:
        what: the fault.
        sending: what a sending that meets it is said to be.
        is_late: whether the platform does first what it was asked.
    """

    what: Fault
    sending: type[Outcome]
    is_late: bool


ACTS = {
    "reply": Act(Capability.REPLY, _sending("send_reply")),
    "pin a notice": Act(Capability.PIN_NOTICE, _sending("pin_notice", alone=True)),
    "open a thread": Act(Capability.OPEN_THREAD, _sending("open_thread", alone=True)),
    "unpin": Act(
        Capability.PIN_NOTICE,
        lambda at: lambda: at.sat.connector.unpin_notice(at.own),
        lambda at: at.sat.connector.pin_notice(at.outgoing(alone=True)),
    ),
    "edit": Act(
        Capability.EDIT_OWN,
        lambda at: lambda: at.sat.connector.edit_own(at.own, at.outgoing("Nous ouvrons à onze heures.")),
        lambda at: at.sat.connector.send_reply(at.outgoing()),
    ),
    "delete": Act(Capability.DELETE, _deleting, lambda at: at.sat.connector.send_reply(at.outgoing())),
    "hide": Act(Capability.HIDE, lambda at: lambda: at.sat.connector.hide(at.comment.native_id, hidden=True)),
    "show again": Act(
        Capability.HIDE,
        lambda at: lambda: at.sat.connector.hide(at.comment.native_id, hidden=False),
        lambda at: at.sat.connector.hide(at.comment.native_id, hidden=True),
    ),
    "spam": Act(Capability.SPAM, lambda at: lambda: at.sat.connector.mark_spam(at.comment.native_id)),
    "mute": Act(Capability.MUTE, lambda at: lambda: at.sat.connector.mute(at.comment.author.native_id, seconds=60)),
    "unmute": Act(
        Capability.MUTE,
        lambda at: lambda: at.sat.connector.mute(at.comment.author.native_id, seconds=0),
        lambda at: at.sat.connector.mute(at.comment.author.native_id, seconds=60),
    ),
    "report": Act(Capability.REPORT, lambda at: lambda: at.sat.connector.report(at.comment, reason="insult")),
    "close": Act(
        Capability.LOCK,
        lambda at: lambda: at.sat.connector.lock(at.comment.post_id, locked=True),
        lambda at: at.sat.connector.lock(at.comment.post_id, locked=False),
    ),
    "open again": Act(
        Capability.LOCK,
        lambda at: lambda: at.sat.connector.lock(at.comment.post_id, locked=False),
        lambda at: at.sat.connector.lock(at.comment.post_id, locked=True),
    ),
}
PINNED_BY_HAND = {"facebook", "instagram"}
"""Where nothing is asked of the platform to unpin a notice: no API can, and the refusal says so at once."""
CASES = [
    (name, act)
    for name in STAGES
    for act, (needed, *_) in ACTS.items()
    if load(name).capabilities[needed].can != "no" and (act, name) not in {("unpin", each) for each in PINNED_BY_HAND}
]
EXCUSED: dict[tuple[str, str], tuple[set[str], type[Outcome]]] = {
    ("bluesky", "empty"): ({"delete", "mute", "unmute"}, Sent),
    ("mastodon", "empty"): ({"delete"}, Sent),
    ("wordpress", "404 no such comment"): ({"delete"}, Sent),
    ("facebook", "100/33 not there"): ({"delete"}, Sent),
    ("facebook", "803 not there"): ({"delete"}, Sent),
    ("instagram", "100/33 not there"): ({"delete"}, Sent),
    ("instagram", "803 not there"): ({"delete"}, Sent),
    ("wordpress", "400 flood"): (set(ACTS) - {"reply"}, Rejected),
}
"""Acts that a refusal means something else for: an empty answer is their success, what is gone need not be deleted, and
only comments can come in a flood."""


@pytest.fixture
def stage(platform: str, request: pytest.FixtureRequest) -> Stage:
    return STAGES[platform](lambda: request.getfixturevalue("network"))


@pytest.mark.parametrize(("platform", "name"), CASES)
async def test_an_act_that_is_refused_says_so_and_is_done_when_it_is_tried_again(
    tmp_path: Path, stage: Stage, name: str
) -> None:
    async with wired_desk(tmp_path / "desk", stage) as sat:
        for what, row in _met(stage.name).items():
            at = await _target(sat, ACTS[name])
            act = ACTS[name].begin(at)
            sat.server.plan(row.what)
            sat.server.only_changes = True

            outcome = await act()

            assert type(outcome) in _expected(stage.name, name, what, row), (what, outcome)
            if not isinstance(outcome, Sent):
                assert not any(secret in str(outcome) for secret in stage.secrets), what
                assert is_bilingual(outcome.message, getattr(outcome, "hint", "")), (what, outcome)
            sat.server.heal()
            sat.pass_time(2 * DAY)
            assert isinstance(await act(), Sent), what


def _met(platform: str) -> dict[str, Answered]:
    """Return every fault that is an answer; those that are none are met by every kind of sending in another module."""
    return {
        what: Answered(row.what, row.sending, row.is_late)
        for what, row in rows_of(platform).items()
        if isinstance(row.what, Fault) and not row.hurried
    }


def _expected(platform: str, act: str, what: str, row: Answered) -> set[type[Outcome]]:
    acts, otherwise = EXCUSED.get((platform, what), (set(), Sent))
    if act in acts:
        return {otherwise}
    # a connector that looks at once what became of it finds it done
    return {row.sending, Sent} if row.is_late else {row.sending}


async def _target(sat: WiredDesk, act: Act) -> Target:
    native_id = sat.stage.visitor_writes("Est-ce ouvert dimanche ?")
    (comment,) = await sat.connector.fetch([native_id])
    assert isinstance(comment, Comment)
    at = Target(sat, comment, "")
    if act.before is None:
        return at
    outcome = await act.before(at)
    assert isinstance(outcome, Sent), outcome
    return at._replace(own=outcome.receipt.remote_id)


def test_every_act_of_every_connector_is_tried() -> None:
    tried = {ACTS[act].needs for _, act in CASES}
    readings = {Capability.STREAM, Capability.THREAD, Capability.READ_BACK}
    assert tried == set(Capability) - readings
