"""The days an instruction is charged for, against a slow twin and by hand; what a rate takes, against fractions.

Hours are written in UTC as on winter days in Paris: nothing settles from 15:00 against payment, from 17:00 free of
payment, and the next day opens at 17:45.
"""

import datetime
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import evening_by_evening
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bolib.penalties import FAIL_DAYS, PenaltyDays, fail_days
from bolib.valuation import AMOUNT, PRICE, QUANTITY, charge, decimals, integers

DATES = [datetime.date(2026, 2, day) for day in (2, 3, 4, 5, 6, 9, 10, 11)]
CLOCKS = {"APMT": datetime.time(15), "FREE": datetime.time(17), "end": datetime.time(17, 45)}
HOURS = {day: {name: datetime.datetime.combine(day, time) for name, time in CLOCKS.items()} for day in DATES}
SINCE = DATES[1]

INSTRUCTIONS = pa.schema(
    [("instruction_id", pa.string()), ("payment", pa.string()), ("quantity", QUANTITY)]
    + [("intended_settlement_date", pa.date32()), ("matched_at", pa.timestamp("us")), ("settled_on", pa.date32())]
    + [("settled_quantity", QUANTITY), ("status", pa.string()), ("reason", pa.string())]
)
STEPS = pa.schema(
    [("instruction_id", pa.string()), ("payment", pa.string()), ("at", pa.timestamp("us")), ("status", pa.string())]
    + [("reason", pa.string()), ("settled_quantity", QUANTITY), ("hold", pa.bool_())]
)


def days() -> PenaltyDays:
    moments = {name: np.array([HOURS[day][name] for day in DATES], "datetime64[us]") for name in CLOCKS}
    dates, since = np.array(DATES, "datetime64[D]"), np.datetime64(SINCE)
    return PenaltyDays(dates, moments["end"], {name: moments[name] for name in ("APMT", "FREE")}, since)


def rows(instructions: list[dict], steps: list[dict]) -> list[tuple]:
    given = pa.Table.from_pylist(instructions, schema=INSTRUCTIONS), pa.Table.from_pylist(steps, schema=STEPS)
    found = fail_days(*given, days())
    assert found.schema == FAIL_DAYS
    return sorted((tuple(row.values()) for row in found.to_pylist()), key=lambda row: (row[0], row[1]))


def instruction(key: str, due: datetime.date, matched: datetime.datetime | None, **more) -> dict:
    usual = {"payment": "APMT", "quantity": Decimal(100), "settled_on": None, "settled_quantity": Decimal(0)}
    usual |= {"status": "PENF", "reason": "LACK"}
    return usual | {"instruction_id": key, "intended_settlement_date": due, "matched_at": matched} | more


def step(at: datetime.datetime, status: str, reason: str | None, settled: int = 0, hold: bool | None = None) -> dict:
    named = {"instruction_id": "I", "payment": "APMT", "at": at, "status": status, "reason": reason, "hold": hold}
    return named | {"settled_quantity": Decimal(settled)}


def at(number: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(DATES[number], datetime.time(hour, minute))


def charged(instructions: list[dict], steps: list[dict]) -> list[str]:
    """Return the days charged as text: `2 LMFP 100` or `3 SEFP 60 LACK`."""
    found = rows(instructions, steps)
    return [
        " ".join(str(part) for part in (DATES.index(row[1]), row[3], row[4] and row[4].normalize(), row[5]) if part)
        for row in found
    ]


EARLY = datetime.datetime(2026, 1, 30, 9)


def test_the_settlement_date_is_charged_and_the_day_it_settles_is_not():
    failing = [instruction("I", DATES[2], EARLY, settled_on=DATES[4], status="SETT")]
    assert charged(failing, [step(at(2, 15, 30), "PENF", "LACK")]) == ["2 SEFP 1E+2 LACK", "3 SEFP 1E+2 LACK"]


def test_what_settles_in_part_is_free_from_that_day_on_and_the_reason_may_change():
    life = [step(at(2, 15, 30), "PENF", "LACK"), step(at(3, 9), "PEND", "LACK", 40)]
    life.append(step(at(4, 15, 30), "PENF", "MONY", 40))
    failing = [instruction("I", DATES[2], EARLY, settled_on=DATES[5], status="SETT")]
    assert charged(failing, life) == ["2 SEFP 1E+2 LACK", "3 SEFP 6E+1 LACK", "4 SEFP 6E+1 MONY"]


@pytest.mark.parametrize(
    ("payment", "moment", "expected"),
    [
        (
            "APMT",
            (4, 14, 59),
            ["2 LMFP 1E+2", "3 LMFP 1E+2", "4 SEFP 1E+2 LACK"],
        ),  # before the cut-off: it could settle
        ("APMT", (4, 15, 0), ["2 LMFP 1E+2", "3 LMFP 1E+2", "4 LMFP 1E+2"]),  # at the cut-off: it could not
        ("APMT", (4, 17, 46), ["2 LMFP 1E+2", "3 LMFP 1E+2", "4 LMFP 1E+2"]),  # the evening belongs to the day after
        ("FREE", (4, 16, 59), ["2 LMFP 1E+2", "3 LMFP 1E+2", "4 SEFP 1E+2 LACK"]),
        ("FREE", (4, 17, 0), ["2 LMFP 1E+2", "3 LMFP 1E+2", "4 LMFP 1E+2"]),
        ("APMT", (2, 14, 59), ["2 SEFP 1E+2 LACK", "3 SEFP 1E+2 LACK", "4 SEFP 1E+2 LACK"]),
        ("APMT", (2, 15, 0), ["2 LMFP 1E+2", "3 SEFP 1E+2 LACK", "4 SEFP 1E+2 LACK"]),
    ],
)
def test_matching_before_or_at_the_cut_off_divides_late_matching_from_failing(payment, moment, expected):
    late = [instruction("I", DATES[2], at(*moment), payment=payment, settled_on=DATES[5], status="SETT")]
    life = [step(at(2, 8), "PENF", "LACK") | {"payment": payment}]
    assert charged(late, life) == expected


def test_what_is_cancelled_before_the_cut_off_is_free_that_day_and_after_it_is_not():
    life = [step(at(2, 15, 30), "PENF", "LACK")]
    matched = [instruction("I", DATES[2], EARLY, status="CANC", reason="CANI")]
    assert charged(matched, [*life, step(at(4, 14), "CANC", "CANI")]) == ["2 SEFP 1E+2 LACK", "3 SEFP 1E+2 LACK"]
    assert len(charged(matched, [*life, step(at(4, 16), "CANC", "CANI")])) == 3


def test_a_release_after_the_cut_off_no_longer_helps_the_day():
    life = [step(at(2, 9), "PENF", "PREA", hold=True), step(at(2, 16), "PEND", "LACK", hold=False)]
    held = [instruction("I", DATES[2], EARLY, settled_on=DATES[4], status="SETT")]
    assert charged(held, life) == ["2 SEFP 1E+2 PREA", "3 SEFP 1E+2 LACK"]


def test_without_steps_only_the_last_evening_is_told():
    open_one = [instruction("I", DATES[5], EARLY, settled_quantity=Decimal(30))]
    assert [(row[1], row[4], row[7]) for row in rows(open_one, [])] == [
        (DATES[5], None, False), (DATES[6], None, False), (DATES[7], Decimal(70), True),
    ]  # fmt: skip


def test_what_is_not_matched_is_charged_to_nobody_yet_and_never_if_cancelled():
    waiting = instruction("I", DATES[6], None, status="NMAT", reason="CMIS")
    assert [(row[1], row[2], row[3]) for row in rows([waiting], [])] == [
        (DATES[6], None, "LMFP"), (DATES[7], None, "LMFP"),
    ]  # fmt: skip
    assert rows([waiting | {"status": "CANC"}], [step(at(7, 9), "CANC", "CANI")]) == []


def test_what_was_charged_before_the_first_day_asked_for_is_left_out():
    late = [instruction("I", DATES[0], at(0, 16), settled_on=DATES[2], status="SETT")]
    assert charged(late, [step(at(1, 15, 30), "PENF", "LACK")]) == ["1 SEFP 1E+2 LACK"]


MOMENTS = st.builds(at, st.integers(0, 7), st.integers(7, 18), st.sampled_from((0, 44, 45, 46)))
AMOUNTS = st.integers(0, 3).map(Decimal)


@st.composite
def lives(draw) -> tuple[dict, list[dict]]:
    payment = draw(st.sampled_from(("APMT", "FREE")))
    one = instruction(
        draw(st.sampled_from("ABC")), draw(st.sampled_from(DATES)), draw(st.none() | st.just(EARLY) | MOMENTS),
        payment=payment, quantity=draw(AMOUNTS), settled_on=draw(st.none() | st.sampled_from(DATES)),
        status=draw(st.sampled_from(("PENF", "MACH", "SETT", "NMAT"))), reason=draw(st.sampled_from((None, "MONY"))),
    )  # fmt: skip
    one["settled_quantity"] = draw(st.sampled_from((Decimal(0), one["quantity"])))
    told = st.tuples(
        MOMENTS, st.sampled_from(("PENF", "PEND", "MACH", "CANC")), st.sampled_from((None, "LACK", "PREA"))
    )
    steps = draw(st.lists(st.tuples(told, st.integers(0, 3), st.sampled_from((None, True, False))), max_size=5))
    own = {"instruction_id": one["instruction_id"], "payment": payment}
    by_moment = {found[0]: step(*found, settled, hold) | own for found, settled, hold in steps}
    return one, list(by_moment.values())


@settings(max_examples=150, deadline=None)
@given(st.lists(lives(), max_size=3, unique_by=lambda life: life[0]["instruction_id"]), st.randoms())
def test_the_kernel_finds_the_days_a_walk_from_evening_to_evening_finds(drawn, chance):
    instructions, steps = [one for one, _ in drawn], [found for _, life in drawn for found in life]
    chance.shuffle(steps)
    wanted = evening_by_evening.fail_days(instructions, steps, HOURS, SINCE)
    assert rows(instructions, steps) == wanted


FACTORS = dict.fromkeys(("price", "charge_rate", "rate", "book_rate"), PRICE)
FACTORS |= {"quantity": QUANTITY, "multiplier": QUANTITY, "divisor": pa.int64(), "charge_divisor": pa.int64()}
SHARE = {"multiplier": "1", "divisor": "1", "charge_divisor": "10000", "rate": "1", "book_rate": "1"}


def charge_of(**factors: str | None) -> pa.Table:
    return charge(
        pa.table({name: pa.array([(SHARE | factors)[name]], pa.string()).cast(FACTORS[name]) for name in FACTORS})
    )


def amount_of(**factors: str | None) -> str:
    return str(charge_of(**factors)["amount"][0].as_py())


def test_amounts_of_the_reference_sheet_and_of_the_framework():
    liquid = {"quantity": "10000", "price": "100", "charge_rate": "1.00"}
    assert amount_of(**liquid) == "100.00"  # 1,000,000 EUR of liquid shares, 3 days are 300.00
    sovereign = {"quantity": "10000000", "price": "100", "charge_rate": "0.10", "divisor": "100"}
    assert amount_of(**sovereign) == "100.00"  # 10 million of sovereign debt, 5 days are 500.00
    assert amount_of(quantity="1000", price="100", charge_rate="1") == "10.00"  # Clearstream's example
    # ECSDA framework 7.1.1: 5,000 shares at 25 and 27, for lack of cash at 0.25 % a year
    cash = {"quantity": "5000", "charge_rate": "0.25", "charge_divisor": "36000"}
    assert [amount_of(price=price, **cash) for price in ("25", "27")] == ["0.87", "0.94"]
    # the same on a growth market: 3.125 and 3.375, which the framework rounds up to 3.13 and 3.38
    growth = [amount_of(quantity="5000", price=price, charge_rate="0.25") for price in ("25", "27")]
    assert growth == ["3.12", "3.38"]


def test_a_charge_in_another_currency_is_converted_at_the_quoted_rates():
    # 1,000,000 USD of bonds at 98 %: 980,000 USD x 0.20 bp = 19.60 USD; 1 EUR = 1.12 USD
    bond = {"quantity": "1000000", "price": "98", "divisor": "100", "charge_rate": "0.20", "rate": "1.12"}
    assert amount_of(**bond) == "17.50"


@pytest.mark.parametrize("factor", FACTORS)
def test_without_one_of_its_factors_a_charge_has_no_amount(factor):
    share = {"quantity": "10000", "price": "100", "charge_rate": "1.00"}
    found = charge_of(**share, **{factor: None}) if factor not in share else charge_of(**share | {factor: None})
    assert found["amount"].to_pylist() == [None]
    assert (found["rate_bp"].to_pylist() == [None]) == (factor in ("charge_rate", "charge_divisor"))


def test_the_rate_is_told_in_basis_points():
    assert charge_of(quantity="1", price="1", charge_rate="2.40", charge_divisor="36000")["rate_bp"].to_pylist() == [
        Decimal("0.66666667")
    ]


NUMBERS = st.integers(1, 10**9)


@settings(max_examples=200, deadline=None)
@given(NUMBERS, NUMBERS, st.integers(1, 10**9), st.sampled_from((10_000, 36_000)), NUMBERS, NUMBERS)
@example(5_000_000_000, 2_500_000_000, 25_000_000, 10_000, 10**8, 10**8)
def test_a_charge_is_exact_and_rounded_once(quantity, price, charge_rate, charge_divisor, rate, book_rate):
    units = {"quantity": quantity, "multiplier": 10**6, "price": price, "charge_rate": charge_rate}
    units |= {"rate": rate, "book_rate": book_rate}
    columns = {name: decimals(np.array([value]), FACTORS[name]) for name, value in units.items()}
    found = charge(pa.table(columns | {"divisor": [100], "charge_divisor": [charge_divisor]}))
    factors = {name: column[0].as_py() for name, column in columns.items()}
    wanted = evening_by_evening.charged(**factors, divisor=100, charge_divisor=charge_divisor)
    assert integers(found["amount"]).tolist() == [wanted]


def test_no_row_gives_the_columns():
    assert (
        charge(pa.table({name: pa.array([], kind) for name, kind in FACTORS.items()})).schema.field("amount").type
        == AMOUNT
    )


def test_the_benchmark_finds_the_penalties_it_made_up():
    script = Path(__file__).parent.parent / "benchmarks" / "penalties.py"
    ran = subprocess.run([sys.executable, script, "--rows", "5000"], capture_output=True, text=True, check=True)
    assert "EUR as expected" in ran.stdout and "MB at most" in ran.stdout
