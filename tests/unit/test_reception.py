"""What is read again at a start is what is there, whatever is forgotten or read anew while that goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, comment, seen

from inbox import snapshot
from inbox.events import Forgotten
from inbox.fold import Inbox
from inbox.ledger import Ledger
from inbox.reception import Reception
from inbox.store import Store
from scoring.thresholds import DEFAULT

LATER = NOON + timedelta(minutes=10)


class Interrupted(Ledger):
    """A ledger to which something happens as soon as somebody has looked."""

    then: Callable[[], None] | None = None

    @contextmanager
    def reading(self) -> Iterator[Inbox]:
        """Hold the state still, then let it happen."""
        with super().reading() as inbox:
            yield inbox
        happening, self.then = self.then, None
        if happening:
            happening()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Interrupted]:
    """A desk that has heard three copies."""
    ledger = Interrupted(Store(tmp_path, holder="the test"))
    text = "Nous demandons au musée de rouvrir enfin la salle basse à tous"
    for number in range(3):
        said = comment(text, id=f"c{number}", author=f"a{number}", at=NOON + timedelta(minutes=number))
        ledger.record([seen(said, at=LATER)])
    yield ledger
    ledger.close()


def read_again(ledger: Ledger) -> Reception:
    reception = Reception(ledger, {"museum": "mastodon"}, clock=lambda: LATER, thresholds=DEFAULT)
    reception.remember()
    assert reception.remembered.is_set()
    return reception


def test_a_comment_forgotten_while_the_past_is_read_again_is_passed_over(ledger: Interrupted) -> None:
    ledger.then = lambda: ledger.record([Forgotten(at=LATER, keys=("museum/c1",), counts={})])
    read_again(ledger)
    assert list(ledger.inbox.items) == ["museum/c0", "museum/c2"]


def test_the_past_is_read_to_its_end_when_everything_else_is_read_anew_meanwhile(
    ledger: Interrupted, tmp_path: Path
) -> None:
    ledger.record([Forgotten(at=LATER, keys=("museum/c0",), counts={})])
    snapshot.write(ledger.inbox, 4, tmp_path)  # in which every item has another row than here
    ledger.then = ledger.reload
    read_again(ledger)
    assert ledger.inbox.items["museum/c2"].comment.native_id == "c2"
