"""Compiled or not, scoring says the same; and it is compiled wherever it can be."""

import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, assess
from scoring.folding import fold
from scoring.register import load_register
from scoring.risk import scorer
from scoring.signals import Words, all_rules, cut
from scoring.signals._rule import Step
from scoring.signals._words import tokens_of
from scoring.signals.question import question
from scoring.tone import engines
from scoring.words import load, signs_in, signs_of

ROOT = Path(__file__).parents[2]
PURE = """
import sys
sys.modules["scoring._kernel"] = None
from scoring import assess
import json, msgspec
for line in sys.stdin:
    said = msgspec.to_builtins(assess(json.loads(line)))
    sys.stdout.write(json.dumps(said) + "\\n")
"""
REGISTER = load_register()
SIGNS = "aeéèçœæ'’ .,!?nt tISİßſµΣς₂½\u200b\u0301😀❤*@$\n\t\x00\x1f\xa0\ud80019"


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    pytest.importorskip("scoring._kernel", reason="no C compiler or no headers of Python were there at the install")


def own_words() -> list[str]:
    """Every text the tests and the examples of the register hold, written for becalm."""
    lines = (ROOT / "tests/unit/signals.tsv").read_text("utf-8").splitlines()
    found = [line.split("\t")[-1] for line in lines]
    examples = ROOT / "bench/data/register.jsonl"
    found += [json.loads(line)["text"] for line in examples.read_text("utf-8").splitlines()[::3]]
    return found


def mixed(texts: list[str], count: int) -> list[str]:
    rng = random.Random(4)
    made = []
    for _ in range(count):
        words = f"{rng.choice(texts)} {rng.choice(texts)}".split()
        for place, word in enumerate(words):
            spelt = (word, word.upper(), word + rng.choice(SIGNS), f"l'{word}", f"qu’{word}", word + word[-1] * 3)
            words[place] = rng.choice(spelt) if rng.random() < 0.3 else word
        if rng.random() < 0.2:
            rng.shuffle(words)
        made.append(rng.choice((" ", " ", "  ", "\n")).join(words))
    return made


def test_the_whole_scorer_says_the_same_compiled_and_in_python() -> None:
    texts = own_words()
    texts += [*mixed(texts, 1500), "", "\x00", "\ud800", "🔥" * 50, "e" + "\u0301" * 500, "!?" * 400, "x" * 20_000]
    said = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([sys.executable, "-c", PURE], input=said, capture_output=True, text=True, check=True, cwd="/")
    pure = [json.loads(line) for line in done.stdout.splitlines()]
    differ = [text for text, other in zip(texts, pure, strict=True) if plain(assess(text)) != other]
    assert differ == []


def plain(assessment: Assessment) -> object:
    return json.loads(json.dumps(msgspec.to_builtins(assessment)))


@given(st.text(max_size=80) | st.text(SIGNS, max_size=60), st.sampled_from(["fr", "en"]))
@settings(max_examples=800, deadline=None)
def test_any_signs_weigh_the_same_compiled_and_in_python(text: str, language: str) -> None:
    for engine in engines(language):
        assert engine._judge(text) == engine.judge(text)


@given(st.text(max_size=20) | st.text("ABÉÞ×’'-a 1٣²", max_size=12))
@settings(max_examples=800, deadline=None)
def test_capitals_and_digits_are_seen_the_same_compiled_and_in_python(text: str) -> None:
    assert signs_of(text) == signs_in(text)


@given(st.text("ab1*@$.!?\n é漢", max_size=40))
@settings(max_examples=800, deadline=None)
def test_texts_are_cut_the_same_compiled_and_in_python(text: str) -> None:
    assert cut(text).tokens == tokens_of(text)


@given(st.lists(st.integers(0, 10**6), max_size=16), st.randoms(use_true_random=False), st.sampled_from(["fr", "en"]))
@settings(max_examples=1500, deadline=None)
def test_words_of_the_lexicons_weigh_the_same_compiled_and_in_python(
    places: list[int], rng: random.Random, language: str
) -> None:
    engine, _ = engines(language)
    grammar = engine.grammar
    around = [*grammar.boosters, *grammar.negations, *grammar.idioms, *grammar.but, *engine.neighbours]
    known = [*sorted(around) * 3, *sorted(engine.lexicon)[::15]]
    words = [known[place % len(known)] for place in places]
    words = [word.upper() if rng.random() < 0.15 else word + rng.choice(["", "", "!", ",", "eee"]) for word in words]
    text = " ".join(words)
    assert engine._judge(text) == engine.judge(text)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=24), st.randoms(use_true_random=False))
@settings(max_examples=1500, deadline=None)
def test_words_of_the_rules_say_the_same_compiled_and_in_python(places: list[int], rng: random.Random) -> None:
    words = [known_words()[place % len(known_words())] for place in places]
    words = [rng.choice((word, word, word, word + "s", word + word[-1] * 2, "12", "le", "you")) for word in words]
    lexis = scorer()._lexis
    for tokens in (words, cut(fold(" ".join(words) + " ! " + "? ".join(words))).tokens):
        quick, slow = lexis.look_up(tokens), lexis.look_up_slowly(tokens)
        assert (quick.said, quick.votes, quick.weight, quick.counts) == (
            slow.said,
            slow.votes,
            slow.weight,
            slow.counts,
        )
        assert quick.asks or question(Words("", tokens), angry=False) is None
        assert lexis.rough(tokens) == lexis.rough_slowly(tokens)
        assert lexis.together(tokens) == REGISTER.together(tokens)


@cache
def known_words() -> list[str]:
    """Words that wake phrases, stand in them, or have families, votes or weights."""
    phrases = [phrase for rule in all_rules() for phrase in (*rule.phrases, *rule.unless)]
    found = [part for phrase in phrases for step in phrase.steps for part in "_".join(spelt(step)).split("_")]
    found += [word for code in ("fr", "en") for word in load(code).families.words]
    found += [word for table in REGISTER.tables for word in table]
    found += [word for pair in REGISTER.dangers[0] for word in pair.split()]
    return sorted({word for word in found if word.isascii() and word.isalnum()})


def spelt(step: Step) -> list[str]:
    return ["_".join([first, *rest]).replace("*", "") for first, rest in step.element.alternatives]


@pytest.mark.parametrize("compiler", ["/nowhere/cc", "false"])
def test_without_a_compiler_the_wheel_is_pure_and_whole(compiler: str, tmp_path: Path) -> None:
    if not (ROOT / "scoring" / "kernel" / "build.py").exists():
        pytest.skip("no source tree: nothing to build")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "CC": compiler},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "scoring stays in Python" in built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
