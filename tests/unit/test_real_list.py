"""The list that `make real` prints: every check that it names is there, and the worst outcome of a fact is its own."""

import re
from pathlib import Path

import pytest
from real_list import FACTS, Fact, told

REAL = Path(__file__).parents[1] / "real"


def test_every_check_that_the_list_names_is_a_test_of_make_real() -> None:
    written = "\n".join(file.read_text() for file in REAL.glob("test_*.py"))

    there = set(re.findall(r"def (test_\w+)", written))

    assert {check for fact in FACTS for check in fact.checks} <= there


def test_what_has_no_check_says_why() -> None:
    assert [fact.words for fact in FACTS if bool(fact.checks) == bool(fact.why)] == []


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ({"a": ["passed"], "b": ["passed"]}, "passed"),
        ({"a": ["passed"], "b": ["passed", "failed"]}, "failed"),
        ({"a": ["skipped"], "b": ["passed"]}, "skipped"),
        ({"a": ["passed"]}, "not run"),
        ({}, "not run"),
    ],
)
def test_a_fact_is_told_by_the_worst_that_became_of_its_checks(outcomes: dict[str, list[str]], verdict: str) -> None:
    (line,) = told(outcomes, [Fact("S", "words", ("a", "b"))])

    assert line.split()[: len(verdict.split())] == verdict.split()
