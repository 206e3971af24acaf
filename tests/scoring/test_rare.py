"""Rarity: counts and nats by hand, a slow twin, and what must not be told."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from math import log

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolib.scoring import RARE, rare
from bolib.scoring.composites import composites
from bolib.scoring.encoding import field
from bolib.scoring.pairs import entropy, pair
from bolib.scoring.rarity import evidence

START = date(2026, 3, 2)
KERNEL = rare(7.5, 30)


def rows(given, judged_from=None, **fields):
    """Return rows of (row, day number, *values); those of the last day are judged, or from a day on."""
    first = judged_from if judged_from is not None else max((row[1] for row in given), default=0)
    table = {
        "block": pa.array(["B"] * len(given), pa.string()),
        "key": pa.array([row[0] for row in given], pa.string()),
        "day": pa.array([START + timedelta(row[1]) for row in given], pa.date32()),
        "judged": pa.array([row[1] >= first for row in given], pa.bool_()),
    }
    width = len(given[0]) - 2 if given else 2
    names = list(fields) or ["account", "journal", "user"][:width]
    kinds = list(fields.values()) or [pa.string()] * width
    table |= {name: pa.array([row[2 + n] for row in given], kinds[n]) for n, name in enumerate(names)}
    return pa.table(table)


def words(name, values):
    return field(name, pa.chunked_array([pa.array(values, pa.string())]))


PURCHASES = [(f"p{n:03}", n % 20, "606", "AC", "ann") for n in range(100)]
BANK = [(f"b{n:03}", n % 20, "512", "BQ", "bob") for n in range(100)]


def test_a_broken_pair_is_told_with_its_counts():
    """100 lines 606/AC and 100 lines 512/BQ, then one 606/BQ: expected n_i n_j / n = 100 x 100 / 200 = 50, seen 0.

    Broken by ln (50.5 / 0.5) = 4.615, no less for partners: neither value has met another.
    """
    found = KERNEL(rows([*PURCHASES, *BANK, ("odd", 20, "606", "BQ", "bob")])).to_pylist()
    assert [row["key"] for row in found] == ["odd"]
    told = found[0]
    assert (told["field"], told["value"], told["other_value"]) == ("account", "606", "BQ")
    assert (told["seen"], told["seen_other"], told["expected"]) == (0, 100, Decimal("50.0"))
    assert (told["usual"], told["first_day"]) == ("512 100 %", None)


def test_the_nats_of_a_broken_pair_by_hand():
    """One pair of fields: broken ln (50.5 / 0.5); in context - ln p - H, with p = (0 + 1/2) / (100 + 1).

    m = 1: BQ has met one other value. H(account | journal) = H(both) - H(journal), Miller and Madow's term with it.
    """
    account = words("account", ["606"] * 100 + ["512"] * 100 + ["606"])
    journal = words("journal", ["AC"] * 100 + ["BQ"] * 101)
    found = evidence([account, journal], np.array([200]))
    pairs, alone = [100, 100, 1], [100, 101]
    h = lambda counts: -sum(c / 201 * log(c / 201) for c in counts) + (len(counts) - 1) / 402  # noqa: E731
    assert found.broken[:, 0] == pytest.approx([log(50.5 / 0.5)] * 2)
    assert found.context[0, 0] == pytest.approx(-log(0.5 / 101) - (h(pairs) - h(alone)))
    assert entropy(np.array(pairs)) == pytest.approx(h(pairs))
    assert found.score[0] == pytest.approx(found.context.max() + log(50.5 / 0.5))


def test_a_new_user_is_told_once_and_not_every_day():
    news = [(f"n{n}", 20 + n, "606", "AC", "zoe") for n in range(6)]
    found = KERNEL(rows([*PURCHASES, *BANK, *news], judged_from=20)).to_pylist()
    assert [(row["key"], row["field"], row["value"], row["first_day"]) for row in found] == [
        ("n0", "user", "zoe", START + timedelta(20))
    ]


def test_an_hour_never_seen_is_told_every_time():
    """A new user settles in; a booking at three at night is no habit because it was done the night before."""
    given = [(row, day, account, journal, datetime(2026, 3, 2, 10)) for row, day, account, journal, _ in PURCHASES]
    nights = [(f"n{n}", 20 + n, "606", "AC", datetime(2026, 3, 21, 3)) for n in range(3)]
    kinds = {"account": pa.string(), "journal": pa.string(), "at": pa.timestamp("us")}
    bank = [(row, day, account, journal, datetime(2026, 3, 2, 10)) for row, day, account, journal, _ in BANK]
    found = rare(3, 30)(rows([*given, *bank, *nights], judged_from=20, **kinds)).to_pylist()
    assert [row["key"] for row in found if row["field"] == "at"] == ["n0", "n1", "n2"]


def test_where_every_tenth_user_is_new_a_new_one_is_no_news():
    crowd = [(f"c{n:03}", n % 20, "606", "AC", f"user {n}" if n % 5 == 0 else "ann") for n in range(200)]
    assert KERNEL(rows([*crowd, ("next", 20, "606", "AC", "user 999")])).num_rows == 0


def test_what_is_known_later_changes_nothing():
    """A combination that becomes usual in April was still odd on the day it was first seen."""
    given = [*PURCHASES, *BANK, ("odd", 20, "606", "BQ", "bob")]
    later = [(f"l{n:03}", 21, "606", "BQ", "bob") for n in range(300)]
    both = pa.concat_tables([rows(given), rows(later).set_column(3, "judged", pa.array([False] * 300))])
    assert KERNEL(both).equals(KERNEL(rows(given)))


def test_it_is_silent_on_one_day_on_empty_columns_on_little_history_and_without_rows():
    one_day = [(f"r{n}", 0, "606" if n else "512", "AC" if n else "BQ", "ann") for n in range(200)]
    assert KERNEL(rows(one_day)).num_rows == 0
    assert KERNEL(rows([*PURCHASES[:30], ("odd", 20, "606", "BQ", "bob")])).num_rows == 0
    assert KERNEL(rows([(row, day, None, None, None) for row, day, *_ in PURCHASES])).num_rows == 0
    assert KERNEL(rows([])).schema.equals(RARE)
    half = rows([(row, day, account, journal, None) for row, day, account, journal, _ in [*PURCHASES, *BANK]])
    assert KERNEL(half).num_rows == 0


def test_an_empty_field_is_a_value_that_may_be_the_odd_one():
    found = KERNEL(rows([*PURCHASES, *BANK, ("odd", 20, "606", "AC", None)])).to_pylist()
    assert [(row["key"], row["field"], row["value"]) for row in found] == [("odd", "user", "(empty)")]


def test_moments_are_bands_and_amounts_ranks():
    moments = pa.chunked_array([pa.array([datetime(2026, 3, 27, 9, 59), datetime(2026, 3, 28, 20, 0), None])])
    found = field("at", moments)
    assert [found.labels[code] for code in found.codes] == ["weekday 08-12 h", "weekend 20-24 h", "(empty)"]
    amounts = [Decimal(n).scaleb(-2) for n in range(100, 140)] + [None]
    found = field("amount", pa.chunked_array([pa.array(amounts, pa.decimal128(18, 2))]))
    told = [found.labels[code] for code in found.codes]
    assert (told[0], told[1], told[39], told[40]) == ("1.00 to 1.01", "1.00 to 1.01", "1.38 to 1.39", "(empty)")
    assert found.size == 21


def test_three_values_of_which_every_pair_is_usual_are_found_by_taking_two_fields_as_one():
    """Buy goes with plus in Paris and with minus in London, sell the other way round: pairs say nothing."""
    usual = {
        ("buy", "paris"): "plus",
        ("sell", "paris"): "minus",
        ("buy", "london"): "minus",
        ("sell", "london"): "plus",
    }
    sides = [*usual.items()] * 100
    steady = [(f"s{n:03}", n % 20, *key, sign) for n, (key, sign) in enumerate(sides)]
    given = rows([*steady, ("odd", 20, "buy", "paris", "minus")], side=pa.string(), place=pa.string(), sign=pa.string())
    assert KERNEL(given).num_rows == 0
    found = rare(7.5, 30, wanted=2)(given).to_pylist()
    assert [row["key"] for row in found] == ["odd"]
    assert " + " in found[0]["field"] + found[0]["other"]


def test_fields_that_tell_nothing_together_are_not_taken_as_one():
    rng = np.random.default_rng(1)
    fields = [words(name, [str(n) for n in rng.integers(0, 3, 400)]) for name in "abc"]
    assert composites(fields, 3, np.arange(400)) == []


def twin(table, places):
    """Return the score of each row at `places` the slow way: by counting the other rows, one by one."""
    total, fields = len(table), range(len(table[0]))
    column = lambda f: [row[f] for row in table]  # noqa: E731

    def h(values):
        counts = Counter(values)
        return -sum(c / total * log(c / total) for c in counts.values()) + (len(counts) - 1) / (2 * total)

    scores = []
    for place in places:
        me, others = table[place], [row for n, row in enumerate(table) if n != place]
        context, broken = [], 0.0
        for i in fields:
            above = below = 0.0
            once = max(sum(count == 1 for count in Counter(column(i)).values()), 0.5) / total
            alike = sum(row[i] == me[i] for row in others)
            share = alike / len(others) if alike else once
            for j in fields:
                if j == i:
                    continue
                both = h(list(zip(column(i), column(j), strict=True)))
                told = max(0.0, h(column(i)) + h(column(j)) - both)
                weight = (told / h(column(i)) if h(column(i)) > 0 else 0.0) + 1e-9
                company = [row[i] for row in others if row[j] == me[j]]
                new = max(len(set(company)), 1)
                given = (company.count(me[i]) + new * share) / (len(company) + new)
                above += weight * (-log(given) - max(0.0, both - h(column(j))))
                below += weight
                mine = len({row[j] for row in others if row[i] == me[i]})
                expected = alike * len(company) / len(others)
                lift = log((expected + 0.5) / (company.count(me[i]) + 0.5)) - log(max(1, min(new, mine)))
                broken = max(broken, lift)
            context.append(above / below)
        scores.append(max(0.0, max(context) + broken))
    return scores


TABLES = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("mn")), min_size=3, max_size=25
)


@given(TABLES)
def test_the_kernel_and_its_slow_twin_agree(table):
    fields = [words(name, [row[place] for row in table]) for place, name in enumerate(("f", "g", "h"))]
    assert evidence(fields, np.arange(len(table))).score == pytest.approx(twin(table, range(len(table))), abs=1e-6)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(random):
    given = [*PURCHASES, *BANK, ("odd", 20, "606", "BQ", "bob"), ("new", 20, "606", "AC", "zoe")]
    kernel = rare(5, 30, wanted=2)
    straight = kernel(rows(given))
    assert straight.num_rows == 2
    assert kernel(rows(random.sample(given, len(given)))).equals(straight)


def test_a_large_pair_of_fields_is_counted_like_a_small_one(monkeypatch):
    rng = np.random.default_rng(3)
    one, other = (words(name, [str(n) for n in rng.integers(0, 9, 500)]) for name in "ab")
    small = pair(one, other)
    monkeypatch.setattr("bolib.scoring.pairs.DENSE", 1)
    large = pair(one, other)
    for name in ("values", "counts", "rows"):
        assert np.array_equal(getattr(small, name), getattr(large, name))


def test_fields_may_stand_in_any_order():
    table = [("a", "x", "m")] * 30 + [("b", "y", "n")] * 30 + [("a", "y", "m")]
    scores = []
    for order in permutations(range(3)):
        fields = [words(str(place), [row[place] for row in table]) for place in order]
        scores.append(round(float(evidence(fields, np.array([60])).score[0]), 6))
    assert len(set(scores)) == 1
