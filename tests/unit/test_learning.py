"""A desk learns its levels from reviewed corrections, near ours, and unlearns them by removing one file."""

from datetime import timedelta
from pathlib import Path

from builders import NOON, comment, seen

from inbox.events import Corrected, StateSet
from inbox.fold import Inbox
from inbox.item import TriageState
from inbox.learning import FILE, Learned, corrections, forget, learn, read_learned, thresholds_of, write_learned
from scoring import assess
from scoring.assessment import RiskLevel
from scoring.thresholds import DEFAULT, Thresholds

SHARP = Thresholds(tense=0.0001, heated=0.9)
MILD = ("Décevant, vraiment.", "The lighting is poor and the labels are wrong.", "Bof, je m'attendais à mieux.")


def an_inbox(*texts: str, thresholds: Thresholds = DEFAULT) -> Inbox:
    """Build an inbox scored with some levels."""
    inbox = Inbox()
    assessments = tuple(assess(t, thresholds=thresholds) for t in texts)
    inbox.apply(seen(*(comment(t, id=f"c{n}") for n, t in enumerate(texts)), assessments=assessments))
    return inbox


def correct(inbox: Inbox, level: RiskLevel) -> None:
    """Correct everything to one level."""
    inbox.apply(Corrected(at=NOON, by="lou", keys=tuple(inbox.items), level=level))


def test_what_was_called_tense_too_soon_is_learned() -> None:
    inbox = an_inbox(*MILD, thresholds=SHARP)
    assert any(i.level is RiskLevel.TENSE for i in inbox.items.values())
    correct(inbox, RiskLevel.CALM)
    accepted = corrections(inbox)
    lesson = learn(accepted, inbox, SHARP)
    assert lesson.would_agree > lesson.agreed
    assert lesson.thresholds.tense > SHARP.tense


def test_without_corrections_nothing_moves() -> None:
    inbox = an_inbox(*MILD)
    assert learn(corrections(inbox), inbox, DEFAULT).thresholds == DEFAULT


def test_what_was_handled_as_it_stood_holds_the_levels_back() -> None:
    inbox = an_inbox(*MILD, thresholds=SHARP)
    tense = [k for k, i in inbox.items.items() if i.level is RiskLevel.TENSE]
    handled = an_inbox(*MILD, *MILD, *MILD, *MILD, *MILD, *MILD, thresholds=SHARP)
    keys = tuple(handled.items)
    handled.apply(StateSet(at=NOON + timedelta(minutes=1), by="lou", keys=keys[1:], state=TriageState.DONE))
    handled.apply(Corrected(at=NOON, by="lou", keys=(tense[0],), level=RiskLevel.CALM))
    lesson = learn([handled.items[tense[0]]], handled, SHARP)
    assert lesson.thresholds == SHARP


def test_a_correction_that_changes_nothing_is_none() -> None:
    inbox = an_inbox(MILD[0])
    correct(inbox, next(iter(inbox.items.values())).assessment.level)
    assert corrections(inbox) == []


def test_what_is_kept_is_read_back_and_forgotten(tmp_path: Path) -> None:
    kept = Learned(tense=0.3, heated=0.6, corrections=4, by="lou", at=NOON)
    write_learned(tmp_path, kept)
    assert read_learned(tmp_path) == kept
    assert (thresholds_of(tmp_path, None, None).tense, thresholds_of(tmp_path, None, 0.7).heated) == (0.3, 0.7)
    assert forget(tmp_path)
    assert not forget(tmp_path)
    assert thresholds_of(tmp_path, None, None) == DEFAULT


def test_an_unreadable_file_is_as_if_nothing_had_been_learned(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    assert thresholds_of(tmp_path, None, None) == DEFAULT
