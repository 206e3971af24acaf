"""Moves against their own history: hundredths of a basis point, by hand."""

from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bolib.scoring import MOVES, moves


def rows(names, days, changes, bases):
    return pa.table(
        {
            "name": pa.array(names),
            "day": pa.array(days, pa.int64()),
            "change": pa.array([Decimal(value) for value in changes], pa.decimal128(18, 8)),
            "base": pa.array([Decimal(value) for value in bases], pa.decimal128(18, 2)),
        }
    )


def test_a_move_is_told_in_basis_points_of_its_base():
    """-1.5 on 200 is -0.75 %, that is -75 basis points; there is no history to compare it with."""
    found = moves(rows(["A"], [1], ["-1.5"], ["200"])).to_pylist()
    assert found == [{"name": "A", "day": 1, "move_bp": Decimal("-75.00"), "usual_bp": None, "times": None}]


def test_a_move_is_compared_with_the_median_of_the_earlier_ones():
    """Twenty moves of 10 bp, then one of 85 bp: 8.5 times the usual."""
    found = moves(rows(["A"] * 21, list(range(21)), ["0.1"] * 20 + ["-0.85"], ["100"] * 21)).to_pylist()
    assert found[19]["usual_bp"] is None
    assert (found[20]["move_bp"], found[20]["usual_bp"], found[20]["times"]) == (
        Decimal("-85.00"),
        Decimal("10.00"),
        Decimal("8.50"),
    )


def test_another_name_starts_its_own_history():
    found = moves(rows(["A"] * 20 + ["B"], list(range(20)) + [20], ["0.1"] * 21, ["100"] * 21)).to_pylist()
    assert found[20]["usual_bp"] is None


def test_no_rows_give_no_moves():
    assert moves(rows([], [], [], [])).schema.equals(MOVES)


@given(st.permutations(list(range(24))))
def test_the_order_of_the_rows_changes_nothing(order):
    names, changes = ["A", "B"] * 12, [f"{(n * 7) % 5 - 2}" for n in range(24)]
    straight = moves(rows(names, list(range(24)), changes, ["100"] * 24))
    shuffled = moves(rows([names[n] for n in order], list(order), [changes[n] for n in order], ["100"] * 24))
    assert straight.equals(shuffled)
