"""Numbers by key, packed: as a dictionary would have them, also after a snapshot, and nothing is left of what is let go."""

import msgspec
from held import held
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.figures import MOST, Figures

KEYS = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), KEYS, st.integers(-5, 2 * MOST)),
        st.tuples(st.sampled_from(["drop", "reopen"]), KEYS, st.just(0)),
    ),
    max_size=120,
)


def reopened(figures: Figures) -> Figures:
    """Return what a snapshot would give back."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(figures), type=Figures)


@given(STEPS)
@settings(deadline=None)
def test_it_says_what_a_dictionary_says(steps: list[tuple[str, str, int]]) -> None:
    figures, plain = Figures(2), dict[str, tuple[int, ...]]()
    for act, key, number in steps:
        if act == "set":
            figures.set(key, number, 7)
            plain[key] = min(max(number, 0), MOST), 7
        elif act == "drop":
            figures.drop({key, "none such"})
            figures = figures.squeezed()
            plain.pop(key, None)
        else:
            figures = reopened(figures)
        assert dict(figures.items()) == plain
        assert len(figures) == len(plain)
        row = figures.find(key)
        assert (figures.at(row) if row >= 0 else None) == plain.get(key)
    assert reopened(figures) == figures


def test_nothing_of_a_key_is_left_once_it_is_let_go() -> None:
    figures = Figures(1)
    for number in range(10):
        figures.add(f"museum/person-{number}", number)
    figures.drop({"museum/person-3"})
    kept = msgspec.msgpack.encode(figures)
    assert b"person-3" not in kept
    assert b"person-4" in kept
    figures.drop({f"museum/person-{number}" for number in range(9)})
    assert list(figures.items()) == list(figures.squeezed().items()) == [("museum/person-9", (9,))]
    assert len(msgspec.msgpack.encode(figures.squeezed())) < 100


def test_it_takes_little_memory() -> None:
    figures = Figures(5)
    for number in range(20_000):
        figures.add(f"{number:030}", 1, 2, 3, 4, 5)
    assert held(figures) < 20_000 * (30 + 60)
