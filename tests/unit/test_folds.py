"""Folding: every comment is in the list once, a wave is one row, unfolding and folding are each other's undoing."""

from hypothesis import given
from hypothesis import strategies as st

from inbox.folds import Folds


def arrange(folds: Folds[str], ordered: list[tuple[str, str]]) -> list[str]:
    return folds.arrange([key for key, _ in ordered], {key: wave for key, wave in ordered if wave})


Lists = st.lists(st.sampled_from(["", "", "a", "b", "c"]), max_size=30).map(
    lambda waves: [(f"k{n}", wave) for n, wave in enumerate(waves)]
)


def stood_for(folds: Folds[str], rows: list[str]) -> list[str]:
    return sorted(key for row in rows for key in folds.stands_for(row))


@given(Lists)
def test_every_comment_is_in_the_list_exactly_once(ordered: list[tuple[str, str]]) -> None:
    folds: Folds[str] = Folds()
    rows = arrange(folds, ordered)
    assert stood_for(folds, rows) == sorted(key for key, _ in ordered)


@given(Lists)
def test_a_wave_is_one_row_where_its_first_copy_stands(ordered: list[tuple[str, str]]) -> None:
    folds: Folds[str] = Folds()
    rows = arrange(folds, ordered)
    waves = dict(ordered)
    for row in rows:
        if folds.is_head(row):
            assert row == next(key for key, wave in ordered if wave == waves[row])
    order = [key for key, _ in ordered]
    assert [order.index(row) for row in rows] == sorted(order.index(row) for row in rows)


@given(Lists, st.data())
def test_folding_undoes_unfolding_and_nothing_else_moves(ordered: list[tuple[str, str]], data: st.DataObject) -> None:
    folds: Folds[str] = Folds()
    rows = arrange(folds, ordered)
    heads = [row for row in rows if folds.is_folded(row)]
    if not heads:
        return
    head = data.draw(st.sampled_from(heads))
    before = list(rows)
    assert folds.unfold(rows, head)
    inside = folds.groups[head][1:]
    assert [row for row in rows if row not in inside] == before
    assert rows[rows.index(head) + 1 :][: len(inside)] == inside
    assert all(folds.is_within(row) for row in inside)
    assert folds.stands_for(head) == [head]
    assert stood_for(folds, rows) == sorted(key for key, _ in ordered)
    assert folds.fold(rows, data.draw(st.sampled_from([head, *inside]))) == head
    assert rows == before


@given(Lists, st.data())
def test_what_is_peeled_off_stands_alone_and_stays_so(ordered: list[tuple[str, str]], data: st.DataObject) -> None:
    folds: Folds[str] = Folds()
    rows = arrange(folds, ordered)
    if not rows:
        return
    for _ in range(3):
        row = data.draw(st.sampled_from(rows))
        if data.draw(st.booleans()):
            folds.unfold(rows, row)
        key = data.draw(st.sampled_from(rows))
        if folds.peel(rows, key):
            assert folds.stands_for(key) == [key]
            assert not folds.is_head(key)
        assert stood_for(folds, rows) == sorted(k for k, _ in ordered)
    again = arrange(folds, ordered)
    assert stood_for(folds, again) == sorted(key for key, _ in ordered)


def test_late_copies_join_their_wave_without_moving_anything() -> None:
    folds: Folds[str] = Folds()
    rows = arrange(folds, [("a", "w"), ("x", ""), ("b", "w")])
    assert rows == ["a", "x"]
    assert folds.join(rows, "late", "w")
    assert rows == ["a", "x"]
    assert folds.stands_for("a") == ["a", "b", "late"]
    folds.unfold(rows, "a")
    folds.join(rows, "later", "w")
    assert rows == ["a", "b", "late", "later", "x"]
    assert not folds.join(rows, "other", "unknown")


def test_a_copy_that_turns_out_dangerous_leaves_its_folded_wave() -> None:
    folds: Folds[str] = Folds()
    arrange(folds, [("a", "w"), ("b", "w"), ("c", "w")])
    assert folds.leave("b")
    assert folds.stands_for("a") == ["a", "c"]
    assert not folds.leave("a")  # its row is to be seen anyway
    assert not folds.leave("b")
