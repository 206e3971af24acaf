"""Amounts against their kind: spreads counted by hand, and what must not move them."""

from datetime import date, timedelta
from decimal import Decimal
from math import exp, log, sqrt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolib.scoring import OUTLIERS, outliers

START = date(2026, 3, 2)
LOG, MONEY = outliers(4.2, True, 0.05), outliers(4.2, False, 100.0)


def rows(*given, block="B"):
    """Return rows of (row, day number, group, parent, amount); those of the last day are judged."""
    last = max((row[1] for row in given), default=0)
    return pa.table(
        {
            "block": pa.array([block] * len(given), pa.string()),
            "key": pa.array([row[0] for row in given], pa.string()),
            "day": pa.array([START + timedelta(row[1]) for row in given], pa.date32()),
            "judged": pa.array([row[1] == last for row in given], pa.bool_()),
            "kind": pa.array([row[2] for row in given], pa.string()),
            "wider": pa.array([row[3] for row in given], pa.string()),
            "amount": pa.array([None if row[4] is None else Decimal(row[4]) for row in given], pa.decimal128(18, 2)),
        }
    )


def history(group, parent, amounts):
    return [(f"{group} {number}", number, group, parent, amount) for number, amount in enumerate(amounts)]


TEN = ["96", "98", "99", "100", "100", "100", "100", "101", "102", "104"]


def test_what_was_seen_less_what_was_expected_by_hand():
    """Median 100, distances 4 2 1 0 0 0 0 1 2 4: their median 1, so s = 1.4826; one group, so D = s.

    108 stands 8 / 1.4826 = 5.40 spreads away; 106.20 would not be told (100 + 4.2 x 1.4826 = 106.23).
    """
    found = MONEY(rows(*history("g", "p", TEN), ("odd", 10, "g", "p", "108"))).to_pylist()
    assert found == [
        {
            "block": "B",
            "key": "odd",
            "day": START + timedelta(10),
            "score": Decimal("5.40"),
            "kind": "g",
            "amount": Decimal("108.00"),
            "usual": Decimal("100.00"),
            "known": 10,
            "low": Decimal("93.77"),
            "high": Decimal("106.23"),
        }
    ]
    assert MONEY(rows(*history("g", "p", TEN), ("fine", 10, "g", "p", "106.20"))).num_rows == 0


def test_how_many_times_larger_by_hand():
    """Constant amounts have no spread: the floor of 0.05 stands in, so 1.3 times is told and 1.2 times is not."""
    steady = history("g", "p", ["200"] * 10)
    found = LOG(rows(*steady, ("odd", 10, "g", "p", "-260"))).to_pylist()
    assert found[0]["score"] == Decimal(str(round(log(1.3) / 0.05, 2)))
    assert found[0]["usual"] == Decimal("200.00")
    assert LOG(rows(*steady, ("fine", 10, "g", "p", "240"))).num_rows == 0


def test_a_group_without_history_asks_its_parent_and_then_nobody():
    others = history("other", "p", TEN)
    assert MONEY(rows(*others, ("odd", 10, "new", "p", "500"))).to_pylist()[0]["kind"] == "p"
    assert MONEY(rows(*others, ("odd", 10, "new", "q", "500"))).num_rows == 0
    assert MONEY(rows(*others[:7], ("odd", 10, "other", "p", "500"))).num_rows == 0


def test_a_narrow_group_is_shrunk_to_the_spread_within_groups_not_to_that_between_them():
    """Groups around 100 and around 10,000, both with s = 1.4826: D is that, whatever lies between the groups."""
    far = history("far", "p", [str(10000 + int(amount) - 100) for amount in TEN])
    steady = history("steady", "p", ["100"] * 10)
    given = rows(*far, *history("g", "p", TEN), *steady, ("odd", 10, "steady", "p", "110"))
    one = outliers(4.2, False, 1.0)(given).to_pylist()
    assert one[0]["score"] == Decimal(str(round(10 / sqrt(5 * 1.4826**2 / 15), 2)))


def test_it_is_silent_on_one_day_on_empty_amounts_and_without_rows():
    assert MONEY(rows(*[(f"r{n}", 0, "g", "p", "100") for n in range(20)])).num_rows == 0
    assert MONEY(rows(*[(f"r{n}", n, "g", "p", None) for n in range(20)])).num_rows == 0
    assert MONEY(rows()).schema.equals(OUTLIERS)
    assert MONEY(rows(*[(f"r{n}", n, None, None, "100") for n in range(20)])).num_rows == 0


def test_what_is_known_later_changes_nothing():
    given = rows(*history("g", "p", TEN), ("odd", 10, "g", "p", "108"))
    later = rows(*[(f"later {n}", 11 + n, "g", "p", "900") for n in range(20)])
    later = later.set_column(3, "judged", pa.array([False] * 20))
    assert MONEY(pa.concat_tables([given, later])).equals(MONEY(given))


def twin(given, relative, floor):
    """Return row → score the slow way: a list for every group, a median by sorting."""
    found = {}
    last = max(row[1] for row in given)
    size = (lambda text: log(max(abs(Decimal(text)) * 100, 1))) if relative else (lambda text: float(text) * 100)

    def middle(values):
        values = sorted(values)
        half = len(values) // 2
        return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2

    def habits(kind):
        groups = {}
        for row in given:
            if row[1] < last and row[4] is not None and row[kind] is not None:
                groups.setdefault(row[kind], []).append(size(row[4]))
        known = {name: values for name, values in groups.items() if len(values) >= 8}
        spread = {n: 1.4826 * middle([abs(v - middle(values)) for v in values]) for n, values in known.items()}
        typical = middle(list(spread.values())) if spread else 0
        return {
            n: (
                middle(known[n]),
                max(floor, sqrt((len(known[n]) * spread[n] ** 2 + 5 * typical**2) / (len(known[n]) + 5))),
            )
            for n in known
        }

    groups, parents = habits(2), habits(3)
    for row in given:
        habit = groups.get(row[2]) or parents.get(row[3])
        if row[1] == last and row[4] is not None and habit:
            score = (size(row[4]) - habit[0]) / habit[1]
            if abs(score) >= 4.2 - 1e-9:
                found[row[0]] = score
    return found


DRAWN = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from("abc"), st.sampled_from("pq"), st.one_of(st.none(), st.integers(-999, 9999))
    ),
    min_size=1,
    max_size=80,
)


@pytest.mark.parametrize(("kernel", "relative", "floor"), [(LOG, True, 0.05), (MONEY, False, 100.0)])
@given(DRAWN, st.randoms(use_true_random=False))
def test_the_kernel_and_its_slow_twin_agree_whatever_the_order(kernel, relative, floor, drawn, random):
    named = [(f"{n:03}", day, group, parent, amount) for n, (day, group, parent, amount) in enumerate(drawn)]
    found = {row["key"]: float(row["score"]) for row in kernel(rows(*named)).to_pylist()}
    expected = twin(named, relative, floor)
    close = {name for name, score in expected.items() if abs(score) < 4.21}
    assert set(found) - close == set(expected) - close
    assert all(abs(found[name] - expected[name]) < 0.011 for name in found)
    shuffled = random.sample(named, len(named))
    assert kernel(rows(*shuffled)).equals(kernel(rows(*named)))


def test_the_limits_are_those_of_the_score():
    """An amount at the upper limit told is one the threshold does not tell."""
    found = LOG(rows(*history("g", "p", TEN), ("odd", 10, "g", "p", "900"))).to_pylist()[0]
    assert found["low"] < found["usual"] < found["high"]
    assert abs(log(float(found["high"]) / float(found["usual"])) / 4.2 * float(found["score"]) - log(9)) < 0.02
    assert exp(0.05) < float(found["high"]) / float(found["usual"])
