"""The register of danger: what examples taught, on texts that are none of them."""

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import DANGERS, RiskLevel, SignalKind, assess
from scoring.assessment import SUSPICION, Assessment, Signal
from scoring.folding import fold
from scoring.frames import classes, shapes_in
from scoring.register import features, load_register, stem_of
from scoring.signals import cut

REGISTER = load_register()
LEARNED = json.loads(files("scoring").joinpath("data", "register.json").read_text("utf-8"))["weights"]
OBLIQUE = {
    SignalKind.THREAT: (
        "Je sais par quelle rue votre gardienne rentre le soir, et elle rentre seule.",
        "Votre conservateur ferait mieux de regarder sous sa voiture avant de partir.",
        "I know which street your curator walks down at night, and he walks alone.",
        "Tell your director he should check under his car before he leaves.",
    ),
    SignalKind.DOXING: (
        "La médiatrice habite au 17 rue des Cordiers, deuxième étage, elle rentre vers 19 h.",
        "The guide lives at 17 Cooper Street, second floor, she is home by seven.",
    ),
    SignalKind.RENDEZVOUS: (
        "Samedi 10 h devant la grille, venez tous avec des chaînes, personne n'entre.",
        "Saturday at ten by the gates, everyone bring chains, nobody gets in.",
    ),
    SignalKind.SELF_HARM: (
        "Je n'ai plus envie de me réveiller demain, j'ai donné mes clés et mes papiers.",
        "I'm tired and I don't want to wake up tomorrow. I've given my keys and my cat away.",
    ),
    SignalKind.DANGER: (
        "Un câble pend du plafond au-dessus des enfants et il fait des étincelles.",
        "A cable is hanging from the ceiling over the children and it's throwing sparks.",
    ),
    SignalKind.HATE: (
        "Ces migrants sont de la vermine, on devrait tous les renvoyer par bateau.",
        "Those migrants are vermin and should all be shipped back on a boat.",
    ),
}
HARMLESS = (
    "La gardienne de la rue des Cordiers nous a indiqué le chemin, merci à elle.",
    "Le chemin de fer passait sous la voiture du directeur, la maquette est superbe.",
    "Samedi à 10 h nous étions tous devant la grille, quelle belle visite.",
    "Je n'ai plus envie de quitter cette salle, les enfants non plus.",
    "Le câble du premier ascenseur date de 1889, quelle prouesse.",
    "The guard in Cooper Street showed us the way, thanks to her.",
    "The train ran under the director's car, the model is superb.",
    "We were all at the gates on Saturday at ten, what a lovely visit.",
    "I don't want to leave this room and neither do the children.",
    "The cable of the first lift dates from 1889, what a feat.",
)


@pytest.mark.parametrize("text", [text for texts in OBLIQUE.values() for text in texts])
def test_an_oblique_danger_that_is_no_example_is_at_least_heated(text: str) -> None:
    assert assess(text).level >= RiskLevel.HEATED
    assert {signal.kind for signal in assess(text).signals} & DANGERS


def test_a_likeness_alone_names_a_danger_and_neither_masks_nor_holds_back() -> None:
    signals = (Signal(SignalKind.THREAT, 0, 3, "une", SUSPICION),)
    alike = Assessment(0.0, 0.6, RiskLevel.HEATED, "fr", signals=signals)
    assert not alike.is_danger
    ruled = (Signal(SignalKind.THREAT, 0, 3, "une", 3.0),)
    assert Assessment(0.0, 0.9, RiskLevel.CRITICAL, "fr", signals=ruled).is_danger


@pytest.mark.parametrize("text", HARMLESS)
def test_the_same_words_in_a_harmless_comment_are_no_danger(text: str) -> None:
    assert assess(text).level < RiskLevel.HEATED
    assert not assess(text).is_danger


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in OBLIQUE.items() for text in texts])
def test_a_danger_is_named(kind: SignalKind, text: str) -> None:
    assert REGISTER.kind(cut(fold(text)).tokens, text) is kind


def test_the_reason_shown_is_the_sentence_that_says_it() -> None:
    said = "Votre gardien rentre seul ce soir et je sais par où"
    reason = next(s for s in assess(f"Bonjour à tous. {said}. Belle journée.").signals if s.kind in DANGERS)
    assert reason.text in f"{said}."


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("au 12 bis, rue du Four", "address"),
        ("she is at 9 Linden Close", "address"),
        ("06 12 34 56 78", "phone"),
        ("call 07700 900 123", "phone"),
        ("AB-123-CD", "plate"),
        ("vers 18 h", "clock"),
        ("at 7 pm", "clock"),
    ],
)
def test_digits_are_seen_for_what_they_are(text: str, shape: str) -> None:
    assert shape in shapes_in(text)


@pytest.mark.parametrize(
    "text", ["peint en 1889", "12 euros la place", "room 12", "25 tableaux et 3 dessins", "salle 7"]
)
def test_other_digits_are_no_shape(text: str) -> None:
    assert not shapes_in(text)


def test_every_word_of_a_class_is_folded() -> None:
    _, words = classes()
    assert [word for word in words if fold(word) != word] == []


@given(
    st.lists(
        st.sampled_from(
            ("je", "sais", "ou", "vous", "habitez", ".", "rue", "12", "merci", "gates", "know", "!", "where")
        ),
        max_size=25,
    )
)
def test_a_text_is_weighed_by_its_features_and_words_alone(parts: list[str]) -> None:
    text = " ".join(parts)
    tokens = cut(fold(text)).tokens
    learned = LEARNED
    tables = {**learned["stems"], **learned["pairs"]}
    tables.update({f"={key}": pair for key, pair in learned["frames"].items()})
    tables.update({f"@{key}": pair for key, pair in learned["shapes"].items()})
    total = learned["bias"][""][0] + sum(tables[key][0] for key in features(tokens, text) if key in tables)
    total += sum(learned["words"].get(token, [0])[0] for token in set(tokens))
    by_stem = sum(learned["stems"].get(stem_of(token), [0])[0] for token in set(tokens))
    total += by_stem - sum(learned["stems"].get(stem, [0])[0] for stem in {stem_of(token) for token in tokens})
    alone = total - sum(tables[key][0] for key in features(tokens, text) if key in tables and key[0] in "=@")
    alone -= sum(tables[key][0] for key in features(tokens, text) if key in tables and " " in key)
    weight = sum((REGISTER.weight(token) for token in set(tokens)), 0j)
    assert REGISTER.judge(weight, tokens, text)[0] == pytest.approx(
        max(-8, min(8, (total if alone >= -200 else alone) / 100))
    )
