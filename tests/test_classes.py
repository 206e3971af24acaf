"""Why a line is open: one drawn case a class, with the numbers that prove it, and the order in which they hold."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.matching.classes import CLASSES, classified
from bolib.matching.reasons import Grounds

DAY = date(2026, 3, 16)
KNOWN = Grounds(
    earliest=-2, latest=5, tariffs=(("T-07 transfer", "EUR", 1250),),
    fees=(("EQUITY on XPAR", "EUR", 500, Fraction(2), date(2025, 1, 1), None),),
    rates={(DAY, "USD"): Fraction("1.1498"), (DAY, "JPY"): Fraction("163.55")},
    parts={"T1": (("TAX", "the tax booked on T1", "EUR", 200), ("ACCRUED", "the accrued interest of T1", "EUR", 731))},
    withheld={"CA1": ("DVCA of US0378331005, CA.tax.US", Fraction(15))},
    interest=(("compensation agreed", "EUR", Fraction("2.5"), 360),),
)  # fmt: skip
SCHEMA = pa.schema([
    ("side", pa.string()), ("key", pa.string()), ("block", pa.string()), ("currency", pa.string()),
    ("amount", pa.decimal128(18, 2)), ("date", pa.date32()), ("reference", pa.string()), ("party", pa.string()),
    ("deal", pa.string()), ("open", pa.bool_()), ("summed", pa.bool_()),
])  # fmt: skip


def side(name, text):
    """Return lines drawn as `key | amount | days | reference | party | block | matched, or summed | deal`."""
    rows = []
    for line in filter(str.strip, text.splitlines()):
        cells = [cell.strip() or None for cell in line.split("|")] + [None] * 8
        key, amount, days, reference, party, block, state, deal = cells[:8]
        rows.append({
            "side": name, "key": key, "block": block or "N EUR", "currency": "EUR", "amount": Decimal(amount),
            "date": DAY + timedelta(int(days or 0)), "reference": reference, "party": party, "deal": deal,
            "open": state != "matched", "summed": state == "summed",
        })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def judged(left, right):
    found = classified(side("LEFT", left), side("RIGHT", right), KNOWN).to_pylist()
    return {row["side"][0] + row["key"]: row for row in found}


@pytest.mark.parametrize(
    ("name", "left", "right", "said"),
    [
        ("DUPLICATE", "a | 9.00 | 0 | R | | | matched\nb | 9.00 | 0 | R", "1 | 9.00 | 0 | R | | | matched", "amount as a"),
        ("REVERSAL", "b | 9.00 | 0 | R\nc | -9.00 | 3 | R", "", "undone by c, the opposite amount"),
        ("TIMING", "b | 9.00 | 0 | R", "1 | 9.00 | 20 | R", "1 is the same, 20 days later on their side"),
        ("FEE", "b | 500.00 | 0 | R", "1 | 487.50 | 0 | R", "the difference of -12.50 is the tariff T-07 transfer"),
        ("FEE", "b | 50000.00 | 0 | R", "1 | 49990.00 | 0 | R", "is the fee of EQUITY on XPAR on 50,000.00"),
        ("FX", "b | 1149.80 | 0 | R", "1 | 1000.20 | 0 | R", "0.8699 times ours: the rate of USD on the day is 0.8697"),
        ("ROUNDING", "b | 500.00 | 0 | R", "1 | 500.01 | 0 | R", "1 is a cent away"),
        ("TAX", "b | 333.33 | 0 | CA1", "1 | 283.33 | 0 | CA1", "283.33 is 333.33 less 15 % withheld: DVCA of US0378331005"),
        ("TAX", "b | 85.00 | 0 | CA1", "1 | 100.00 | 0 | CA1", "85.00 is 100.00 less 15 % withheld"),
        ("TAX", "b | -500.00 | 0 | R | | | | T1", "1 | -502.00 | 0 | R", "of -2.00 is the tax booked on T1"),
        ("PARTIAL", "b | 333.33 | 0 | CA1", "1 | 283.32 | 0 | CA1", "theirs is 85.0 % of the other"),  # 15 % is 283.3305
        ("PARTIAL", "b | 100.00 | 0 | R", "1 | 85.00 | 0 | R", "theirs is 85.0 % of the other"),  # of no event
        ("ACCRUED", "b | -500.00 | 0 | R", "1 | -507.31 | 0 | R | | | | T1", "of -7.31 is the accrued interest of T1"),
        ("ACCRUED", "b | 50000.00 | 0 | R", "1 | 50010.42 | 3 | R", "10.42 is 3 days of 50,000.00 at 2.5 % a year of 360"),
        ("AMOUNT", "b | 50000.00 | 0 | R", "1 | 50010.43 | 3 | R", "10.43 apart"),  # 10.4167 of interest: either rounding
        ("AMOUNT", "b | 50000.00 | 0 | R", "1 | 50010.42 | 0 | R", "10.42 apart"),  # no day, no interest
        ("PARTIAL", "b | 500.00 | 0 | R", "1 | 200.00 | 0 | R", "theirs is 40.0 % of the other: 300.00 still to come"),
        ("AMOUNT", "b | 1253.00 | 0 | R", "1 | 1235.00 | 0 | R", "-18.00 apart; the digits are the same, swapped"),
        ("MULTI", "b | 500.00 | 0 | R", "1 | 501.00 | 30 | R", "another amount (1.00 apart) and a date too far"),
        ("SIGN", "b | 500.00 | 0 | R", "1 | -500.00 | 0 | R", "1 is the same amount with the other sign"),
        ("SIGN", "b | 500.00 | 0 | | P", "1 | -500.00 | 0 | | P", "1 is the same amount with the other sign"),
        ("AGGREGATION", "b | 500.00 | 0 | | | | summed", "1 | 300.00 | 0", "several lines sum to it in one way only"),
        ("CLASSIFICATION", "b | 500.00 | 0 | R", "1 | 500.00 | 0 | R | | N2 EUR", "1 is this line on another account"),
        ("REFERENCE_DATA", "b | 500.00 | 0 | R", "1 | 500.00 | 0 | S", "1 has the same amount under S"),
        ("REFERENCE_DATA", "b | 500.00 | 0 | | P", "1 | 500.00 | 0 | | Q", "1 has the same amount under Q"),
        ("UNKNOWN", "b | 500.00 | 0", "1 | 500.00 | 0\n2 | 500.00 | 1", "2 open lines of this amount could be it"),
        (None, "b | 500.00 | 0 | R", "1 | 500.00 | 40 | S", ""),
        (None, "b | 9.00 | 0 | R\nc | -9.00 | 3 | R | | | matched", "", ""),  # what is matched undoes nothing
        (None, "b | 9.00 | 0 | R", "1 | 9.00 | 0 | R | | | matched", ""),  # and answers to nothing
    ],
)  # fmt: skip
def test_each_reason_is_told_with_its_numbers(name, left, right, said):
    row = judged(left, right)["Lb"]
    assert row["class"] == name and said in (row["explanation"] or "")


def test_the_first_reason_decides_and_the_others_are_told():
    row = judged("b | 500.00 | 0 | R\nc | 500.00 | 0 | R", "1 | 487.50 | 0 | R")["Lb"]
    assert (row["class"], row["also"], row["twin_key"]) == ("DUPLICATE", "FEE, AMOUNT", "c")
    several = "1 | -500.00 | 0 | S | P\n2 | 500.00 | 0 | S | P\n3 | 500.00 | 0 | R | P | N2 EUR\n4 | 500.00 | 0 | | P"
    row = judged("b | 500.00 | 0 | R | P", several)["Lb"]
    assert (row["class"], row["also"]) == ("SIGN", "REFERENCE_DATA, CLASSIFICATION, UNKNOWN")


def test_the_difference_is_theirs_minus_ours_seen_from_either_side():
    found = judged("b | 500.00 | 0 | R", "1 | 200.00 | 0 | R")
    assert found["Lb"]["difference"] == found["R1"]["difference"] == Decimal("-300.00")
    assert (found["Lb"]["other_amount"], found["R1"]["other_amount"]) == (Decimal("200.00"), Decimal("500.00"))


def test_a_tariff_names_a_charge_nobody_booked():
    row = judged("", "1 | -12.50 | 0")["R1"]
    assert (row["class"], row["explanation"]) == (None, "12.50 is the tariff T-07 transfer")


def test_a_tax_debited_apart_is_named_by_its_deal():
    row = judged("", "1 | -2.00 | 0 | R | | | | T1")["R1"]
    assert (row["class"], row["explanation"]) == (None, "2.00 is the tax booked on T1")


def test_what_is_matched_has_no_class_and_nothing_gives_nothing():
    assert judged("a | 1.00 | 0 | R | | | matched", "1 | 1.00 | 0 | R | | | matched") == {}
    assert classified(SCHEMA.empty_table(), SCHEMA.empty_table(), KNOWN).schema == CLASSES


PLAIN = Grounds(earliest=-3, latest=3)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["1.00", "2.00", "10.00", "-1.00", "-10.00"]), st.integers(0, 9), st.sampled_from(["", "A", "B"]),
        st.sampled_from(["", "P", "Q"]), st.sampled_from(["N EUR", "M EUR"]), st.sampled_from(["", "matched"]),
    ),
    max_size=7,
)  # fmt: skip


def table(name, rows):
    text = [" | ".join([f"{name[0].lower()}{n}", amount, str(days), *rest]) for n, (amount, days, *rest) in enumerate(rows)]
    return side(name, "\n".join(text))


def classes(left, right):
    return {(row["side"], row["key"]): (row["class"], row["also"]) for row in classified(left, right, PLAIN).to_pylist()}


@given(LINES, LINES, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_neither_order_nor_side_changes_a_class_and_every_open_line_has_one_row(left, right, chance):
    ours, theirs = table("LEFT", left), table("RIGHT", right)
    found = classes(ours, theirs)
    assert len(found) == sum(row[5] != "matched" for row in left + right)
    shuffled = [rows.take(pa.array(chance.sample(range(len(rows)), len(rows)), pa.int64())) for rows in (ours, theirs)]
    assert classes(*shuffled) == found
    names = {"LEFT": "RIGHT", "RIGHT": "LEFT"}
    other = [rows.set_column(0, "side", pa.array([names[one] for one in rows["side"].to_pylist()], pa.string()))
             for rows in (theirs, ours)]  # fmt: skip
    assert {(names[name], key): row for (name, key), row in classes(*other).items()} == found


HARD = {"MISSING_OURS": 0.7, "MISSING_THEIRS": 0.7, "AGGREGATION": 0.7}
"""Classes of which chance makes others: another line of the amount, or a sum among too many candidates."""


def test_each_kind_of_break_planted_in_a_nostro_is_found_for_what_it_is_and_the_confusion_is_printed(project, capsys):
    location = spec_from_file_location("match_classes", project / "benchmarks/match_classes.py")
    benchmark = module_from_spec(location)
    location.loader.exec_module(benchmark)
    counts = benchmark.matrix(1500, 1, 0)
    with capsys.disabled():
        print()
        benchmark.show(counts)
    shares = {name: benchmark.right(name, row) / row.total() for name, row in counts.items()}
    assert shares["SOUND"] == 1 and not any(row["MATCHED"] for name, row in counts.items() if name not in ("SOUND", "DUPLICATE"))
    assert {name: share for name, share in shares.items() if share < HARD.get(name, 0.9)} == {}
