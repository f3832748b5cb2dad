"""The latest texts are remembered with their values, and nothing else; memory stays as it is."""

import pytest
from held import held
from hypothesis import given
from hypothesis import strategies as st

from connectors._remembered import Remembered

STEPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1_000)), max_size=150)


@given(st.integers(1, 20), STEPS)
def test_the_latest_texts_have_the_value_put_down_with_them_last(places: int, steps: list[tuple[int, int]]) -> None:
    memory = Remembered([0] * places)
    for count, (text, value) in enumerate(steps, 1):
        assert memory.put(f"{text}", value) == memory.count == count
    latest = {f"{text}": value for text, value in steps[-places:]}
    assert {text: memory.get(text) for text in map(str, range(31))} == {t: latest.get(t) for t in map(str, range(31))}
    assert len(memory) == min(len(steps), places)


def test_a_value_may_be_changed_by_its_number() -> None:
    memory = Remembered([""] * 3)
    number = memory.put("a", "old")
    memory.put("b", "")
    memory[number] = "new"
    assert memory.get("a") == memory[memory.number("a")] == "new"


def test_what_is_put_down_again_is_the_latest() -> None:
    memory = Remembered(bytearray(2))
    for text in ("a", "b", "a", "c"):
        memory.put(text, 1)
    assert [text for text in "abc" if memory.number(text)] == ["a", "c"]


def test_memory_stays_as_it_is() -> None:
    memory = Remembered(bytearray(1_000))
    before = held(memory)
    for number in range(20_000):
        memory.put(f"https://a.example/a/long/address/{number}", 1)
    assert held(memory) <= before + 100
    assert before < 1_000 * 20


def test_a_memory_needs_a_place() -> None:
    with pytest.raises(ValueError, match="needs a place"):
        Remembered(bytearray())
