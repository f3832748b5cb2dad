"""What a text is judged to be, end to end."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import RiskLevel, SignalKind, Thresholds, assess
from scoring.folding import MAX_EXAMINED


def kinds(text: str) -> set[SignalKind]:
    return {signal.kind for signal in assess(text).signals}


@pytest.mark.parametrize(
    "text",
    [
        "On sait où vous habitez.",
        "Je vais te retrouver, tu vas le regretter",
        "we know where you live",
        "I'll find you after work",
    ],
)
def test_a_threat_is_critical(text: str) -> None:
    assert SignalKind.THREAT in kinds(text)
    assert assess(text).level is RiskLevel.CRITICAL
    assert assess(text).is_danger


@pytest.mark.parametrize(
    "text",
    [
        "C'est ouvert à quelle heure dimanche ?",
        "Y a-t-il un tarif réduit pour les étudiants ?",
        "Is there a lift to the second floor?",
        "what time do you close on Sunday?",
        "Who do I write to about a glove I left behind?",
        "À quoi sert le petit ruban bleu, s'il vous plaît ?",
        "C'tu ouvert le lundi de Pâques",
        "remboursez-vous aussi le parking",
    ],
)
def test_a_visitors_question_is_found_and_calm(text: str) -> None:
    assert assess(text).is_question
    assert assess(text).level is RiskLevel.CALM


@pytest.mark.parametrize("text", ["Boycottez ce musée !", "Boycott this gallery, all of you", "Retirez cette toile"])
def test_a_call_to_boycott_or_remove_is_never_critical(text: str) -> None:
    assert RiskLevel.CALM < assess(text).level < RiskLevel.CRITICAL


def test_an_insult_is_heated() -> None:
    assert assess("Bande de crétins").level is RiskLevel.HEATED
    assert assess("you are a bunch of clowns").level is RiskLevel.HEATED


def test_violent_words_about_the_work_stay_calm() -> None:
    assert assess("D'une violence inouïe, la mort est partout : magnifique").level is RiskLevel.CALM
    assert assess("Killer exhibition, brutal and brilliant").level is RiskLevel.CALM


def test_a_helpline_and_work_from_home_are_nobody_s_address() -> None:
    assert not assess("Please ring the Samaritans, someone picks up on 116 123.").is_danger
    assert not assess("Neighbours working from home earn 700 a week with this").is_danger


def test_clues_of_a_long_memory_that_stand_far_apart_are_no_danger() -> None:
    lamps = "Then came the lamps, the maps and the long afternoons with tea. " * 12
    near, far = "He parks the blue Fiat behind the bakery. Nobody is about at six, just saying.", ""
    far = f"He parks the blue Fiat behind the bakery. {lamps}Nobody is about at six, just saying."
    assert assess(near).level > assess(far).level


def test_a_picture_without_words_is_never_calm() -> None:
    assert assess("", has_picture=True).level is RiskLevel.TENSE
    assert assess("🔪", has_picture=True).level > RiskLevel.CALM


def test_a_house_moves_the_thresholds() -> None:
    text = "Putain, que c'est long et chiant"
    assert assess(text, thresholds=Thresholds(tense=1.0, heated=1.0, critical=1.0, danger=9.0)).level is RiskLevel.CALM
    assert assess(text, thresholds=Thresholds(tense=0.0, heated=1.0, critical=1.0, danger=9.0)).level is RiskLevel.TENSE


@given(st.text(alphabet=st.characters(), max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_result_with_spans_of_the_text_itself(text: str) -> None:
    found = assess(text)
    assert 0 <= found.risk <= 1
    assert int(found.risk * 4 - 1e-9) == found.level
    for signal in found.signals:
        assert text[signal.start : signal.end] == signal.text


def test_spans_hold_where_folding_changes_lengths() -> None:
    text = "Nœud de cœur 👩‍🎨 e\u0301te\u0301 : bande de crétins"
    (signal,) = (s for s in assess(text).signals if s.kind is SignalKind.INSULT)
    assert signal.text == "bande de crétins"


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "🔥" * 500, "e" + "\u0301" * 5000, "а" * 100 + "漢字" * 50])
def test_hostile_text_gets_a_result(text: str) -> None:
    assert assess(text).level >= RiskLevel.CALM


def test_a_text_of_a_megabyte_costs_what_its_examined_beginning_costs() -> None:
    text = "On sait où vous habitez. " * 40_000
    assert len(text) == 1_000_000
    assert assess(text) == assess(text[:MAX_EXAMINED])


def test_praise_under_a_flagged_post_is_not_calm() -> None:
    assert assess("Bravo à toute l'équipe").level is RiskLevel.CALM
    assert assess("Bravo à toute l'équipe", flagged=True).level is RiskLevel.TENSE


def test_praise_does_not_lower_an_insult() -> None:
    assert assess("Bravo, bande de crétins, merci").level is RiskLevel.HEATED


def test_what_somebody_else_said_is_not_a_threat() -> None:
    assert assess("Dans le film il dit « je vais te tuer » et le public rit").level < RiskLevel.CRITICAL


def test_risk_sorts_as_levels_do() -> None:
    texts = ["Merci beaucoup", "Retirez cette toile", "Bande de crétins", "On sait où vous habitez"]
    found = [assess(text) for text in texts]
    assert [a.level for a in found] == sorted(RiskLevel)
    assert [a.risk for a in found] == sorted(a.risk for a in found)


def test_reasons_come_strongest_first_and_name_the_rough_words() -> None:
    found = assess("C'est nul, minable, vous êtes des menteurs")
    weights = [abs(signal.weight) for signal in found.signals]
    assert weights == sorted(weights, reverse=True)
    assert any(signal.text == "menteurs" for signal in found.signals if signal.kind is SignalKind.TONE)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nous avons adoré la visite avec les enfants", "fr"),
        ("We loved the visit with the kids", "en"),
        ("Wir haben die Ausstellung sehr gemocht und kommen wieder", "other"),
        ("La exposición es muy bonita pero la cola era larga", "other"),
    ],
)
def test_the_language_is_told_by_common_words(text: str, language: str) -> None:
    assert assess(text).language == language
    assert assess(text).sure


def test_two_words_leave_the_language_unsure() -> None:
    assert not assess("ok").sure


def test_importing_the_types_loads_no_lexicon() -> None:
    code = "import sys, scoring.assessment; print(any(m in sys.modules for m in ('vaderSentiment', 'scoring.french')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
