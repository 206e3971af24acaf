"""Kernels of corporate actions against slow twins in fractions and loops, on drawn and on random holdings."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pyarrow as pa
from drawn_day import drawn_day
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.deadlines import corporate_actions
from bolib.deadlines.corporate_actions.judging import MOST_CLAIMS, judge
from bolib.deadlines.corporate_actions.sharing import share
from bolib.valuation.exact import AMOUNT, PRICE, QUANTITY

POSITIONS = pa.schema([
    ("ca_id", pa.string()), ("account", pa.string()), ("type", pa.string()), ("record_date", pa.date32()),
    ("amount", PRICE), ("currency", pa.string()), ("ratio_new", QUANTITY), ("ratio_old", QUANTITY),
    ("quotation", pa.string()), ("multiplier", QUANTITY), ("tax_rate", PRICE), ("tolerance", AMOUNT),
    ("to_come", pa.bool_()), ("held", QUANTITY), ("stated", QUANTITY), ("claimed", QUANTITY), ("transformed", QUANTITY),
    ("lent", QUANTITY), ("received_on", pa.date32()), ("quantity_received", QUANTITY), ("amount_received", AMOUNT),
    ("tax_received", AMOUNT), ("currency_received", pa.string()), ("other_currency", pa.string()),
])  # fmt: skip
CLAIMS = pa.schema([("ca_id", pa.string()), ("account", pa.string()), ("reference", pa.string()), ("kind", pa.string()), ("quantity", QUANTITY)])  # fmt: skip
PARTS = pa.schema([("ca_id", pa.string()), ("account", pa.string()), ("book", pa.string()), *[field for field in POSITIONS if field.name in ("amount", "currency", "multiplier", "quotation", "type", "ratio_new", "ratio_old", "tax_rate")], ("quantity", QUANTITY)])  # fmt: skip

quantities = st.decimals(-10**7, 10**7, places=0) | st.decimals(-1000, 1000, places=3)
prices = st.decimals("0.00000001", 500, places=8)
rates = st.sampled_from([Decimal(0), Decimal(15), Decimal("26.375"), Decimal(35)])


def terms(**given: object) -> dict:
    """Return the terms of a dividend in euro, with the given ones in their place."""
    usual = {"type": "DVCA", "amount": None, "currency": "EUR", "ratio_new": None, "ratio_old": None}
    return usual | {"quotation": "UNIT", "multiplier": Decimal(1), "tax_rate": None} | given


def position(**given: object) -> dict:
    """Return a row of `ca_positions` of an account that holds nothing and got nothing, with the given columns."""
    usual = dict.fromkeys(("claimed", "transformed", "lent"), Decimal(0))
    usual |= {"ca_id": "E", "account": "A", "record_date": date(2026, 2, 5), "to_come": False}
    return terms() | usual | {"tolerance": Decimal("0.02")} | given


def judged(rows: list[dict], claims: list[dict] = ()) -> list[dict]:
    """Return what the kernel makes of rows."""
    tables = pa.Table.from_pylist(rows, schema=POSITIONS), pa.Table.from_pylist(list(claims), schema=CLAIMS)
    return judge(*tables).to_pylist()


def cents(value: Fraction) -> Decimal:
    """Return a fraction rounded to the cent, a half to the even one."""
    return Decimal(round(value * 100)).scaleb(-2)


def net_of(quantity: Decimal, amount: Decimal, rate: Decimal, divisor: int = 1) -> tuple[Decimal, Decimal]:
    """Return gross and tax, in fractions."""
    gross = cents(Fraction(quantity) * Fraction(amount) / divisor)
    return gross, cents(Fraction(gross) * Fraction(rate) / 100)


@given(quantity=quantities, amount=prices, rate=rates, percent=st.booleans())
def test_cash_is_the_product_rounded_once_and_its_tax_once(quantity, amount, rate, percent):
    quotation = "PERCENT" if percent else "UNIT"
    [row] = judged([position(held=quantity, amount=amount, tax_rate=rate, quotation=quotation)])
    gross, tax = net_of(quantity, amount, rate, 100 if percent else 1)
    assert (row["gross"], row["tax"], row["net"]) == (gross, tax, gross - tax)


@given(
    quantity=st.integers(-10**6, 10**6).map(Decimal),
    new=st.integers(1, 50),
    old=st.integers(1, 50),
    kind=st.sampled_from(["SPLF", "SPLR", "BONU", "SOFF", "RHTS"]),
)
def test_securities_are_whole_and_with_the_fraction_are_all_there_is(quantity, new, old, kind):
    [row] = judged([position(held=quantity, type=kind, ratio_new=Decimal(new), ratio_old=Decimal(old))])
    exact = abs(Fraction(quantity)) * new / old
    whole = int(exact) if quantity >= 0 else -int(exact)
    assert row["quantity_due"] == whole - (quantity if kind in ("SPLF", "SPLR") else 0)
    assert abs(Fraction(row["fraction"]) - (exact - int(exact)) * (1 if quantity >= 0 else -1)) < Fraction(1, 10**6)


@given(
    quantities=st.lists(st.integers(-300, 300).filter(bool), max_size=6),
    eligible=st.integers(0, 2000),
    paid=st.lists(st.booleans(), min_size=6, max_size=6),
    wrong=st.sampled_from([0, 0, 0, 1]),
)
@settings(max_examples=150)
def test_the_claims_found_unpaid_are_the_fewest_that_explain_the_receipt(quantities, eligible, paid, wrong):
    amount, rate = Decimal("1.37"), Decimal(15)
    claims = [{"reference": f"I{number}", "quantity": Decimal(q)} for number, q in enumerate(quantities)]
    got = eligible + sum(q for q, was in zip(quantities, paid, strict=False) if was) + Fraction(wrong, 2)
    gross, tax = net_of(got, amount, rate)
    row = position(
        held=Decimal(eligible + sum(quantities)), claimed=Decimal(sum(quantities)), amount=amount, tax_rate=rate,
        received_on=date(2026, 2, 12), amount_received=gross - tax, tax_received=tax, currency_received="EUR",
        other_currency="EUR",
    )  # fmt: skip
    account, *found = judged([row], [{"ca_id": "E", "account": "A", "kind": "CLAIM"} | claim for claim in claims])
    states = [claim["state"] for claim in found]
    sets = open_sets(quantities, eligible, gross)
    if not sets:
        assert set(states) <= {"UNTOLD"} and account["state"] in ("SHORT", "OVER", "NOT_ENTITLED")
    elif len(sets) == 1 or () in sets:
        unpaid = () if () in sets else sets[0]
        assert [state == "OPEN" for state in states] == [number in unpaid for number in range(len(states))]
        assert account["state"] == ("CLAIM" if unpaid else None)
    else:
        assert set(states) == {"UNTOLD"} and account["state"] == "CLAIM_UNTOLD"


def open_sets(quantities: list[int], eligible: int, gross: Decimal) -> list[tuple]:
    """Return the smallest sets of claims that, unpaid, leave what came in: each tried, by size."""
    whole = eligible + sum(quantities)
    for size in range(len(quantities) + 1):
        sets = combinations(range(len(quantities)), size)
        found = [some for some in sets if abs(cents(Fraction("1.37") * (whole - sum(quantities[n] for n in some))) - gross) <= Decimal("0.02")]
        if found:
            return found
    return []


def test_where_claims_are_too_many_only_all_or_none_are_told():
    many = [{"ca_id": "E", "account": "A", "kind": "CLAIM", "reference": f"I{n:02}", "quantity": Decimal(2**n)} for n in range(MOST_CLAIMS + 1)]
    total = Decimal(2 ** (MOST_CLAIMS + 1) - 1)
    for units, state in ((100, "OPEN"), (100 + total - 1, "UNTOLD")):
        row = position(
            held=100 + total, claimed=total, amount=Decimal(1), tax_rate=Decimal(0), received_on=date(2026, 2, 12),
            amount_received=Decimal(units), tax_received=Decimal(0), currency_received="EUR", other_currency="EUR",
        )  # fmt: skip
        _, *found = judged([row], many)
        assert {claim["state"] for claim in found} == {state}


@given(
    parts=st.dictionaries(st.sampled_from("ABCDEF"), quantities, min_size=1),
    amount=prices,
    rate=rates,
    ratio=st.tuples(st.integers(1, 9), st.integers(1, 9)),
)
def test_books_add_up_to_their_account(parts, amount, rate, ratio):
    given_terms = terms(amount=amount, tax_rate=rate, ratio_new=Decimal(ratio[0]), ratio_old=Decimal(ratio[1]))
    rows = [{"ca_id": "E", "account": "A", "book": book, "quantity": q} | given_terms for book, q in parts.items()]
    other = [row | {"account": "B"} for row in rows]
    shared = share(pa.Table.from_pylist(rows[::-1] + other, schema=PARTS)).to_pylist()
    [whole] = judged([position(**given_terms | {"held": sum(parts.values())})])
    for account in ("A", "B"):
        mine = [row for row in shared if row["account"] == account]
        assert {row["book"]: row["quantity"] for row in mine} == parts
        for name in ("quantity_due", "gross", "tax", "net"):
            assert sum(row[name] for row in mine) == whole[name], name


FIRST = date(2026, 1, 5)
days = st.integers(0, 40).map(lambda number: FIRST + timedelta(number))
DEALS = st.lists(
    st.tuples(st.sampled_from(["ONE", "TWO"]), st.integers(-500, 500).filter(bool), days, st.integers(0, 20)), max_size=12
)
EVENTS = st.lists(st.tuples(days, st.integers(0, 3)), min_size=1, max_size=3, unique_by=lambda event: event[0])
SPLITS = st.lists(st.tuples(days, st.sampled_from([(2, 1), (7, 1), (1, 4)])), max_size=2, unique_by=lambda split: split[0])


@given(deals=DEALS, events=EVENTS, splits=SPLITS)
@settings(max_examples=25, deadline=None)
def test_holdings_and_claims_are_those_of_a_walk_through_every_deal(deals, events, splits):
    """Each deal settles on its day or so many days late; each dividend counts holders some days after its ex-date."""
    day = drawn_day("deadlines", "2026-03-31", **tables_of(deals, events, splits))
    corporate_actions.prepare(day)
    found = day.engine.query("select * from ca_judged order by ca_id, account, reference nulls first").to_pylist()
    positions = {(r["ca_id"], r["account"]): (r["eligible"], r["entitled"]) for r in found if not r["reference"]}
    claims = {(r["ca_id"], r["reference"]): r["entitled"] for r in found if r["reference"]}
    for number, (ex, after) in enumerate(events):
        for account, opening in (("S-ONE", 1000), ("S-TWO", 0)):
            mine = [deal for deal in enumerate(deals) if f"S-{deal[1][0]}" == account]
            eligible, entitled, open_claims = walked(mine, opening, ex, ex + timedelta(after), splits)
            if (f"D{number}", account) in positions:
                assert positions[f"D{number}", account] == (eligible, entitled)
            else:
                assert (eligible, entitled) == (0, 0)
            assert {name: claims.pop((f"D{number}", name), None) for name in open_claims} == open_claims
    assert {key for key in claims if key[0].startswith("D")} == set()


def walked(deals: list, opening: int, ex: date, record: date, splits: list) -> tuple:
    """Return what settled and what is entitled in one account, and its claims, deal by deal."""
    eligible = entitled = opening * factor(FIRST - timedelta(1), ex, splits)
    open_claims = {}
    for number, (_, quantity, dealt, late) in deals:
        units = quantity * factor(dealt, ex, splits)
        with_right, settled = dealt < ex, dealt + timedelta(late) <= record
        eligible, entitled = eligible + units * settled, entitled + units * with_right
        if with_right != settled:
            open_claims[f"I{number}"] = exact(units if with_right else -units)
    return exact(eligible), exact(entitled), open_claims


def factor(dealt: date, ex: date, splits: list) -> Fraction:
    """Return the units on the ex-date in one unit of the day of a deal."""
    found = Fraction(1)
    for day, (new, old) in splits:
        if dealt < day < ex:
            found *= Fraction(new, old)
    return found


def exact(value: Fraction) -> Decimal:
    """Return a fraction as a quantity: splits here divide by 16 at most, which six digits hold."""
    return Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)


def tables_of(deals: list, events: list, splits: list) -> dict[str, str]:
    """Return the drawn tables of a security held in two accounts."""
    isin, other = "US0378331005", "999900PONANTXXXXXX28"
    head = "trade_id | version | action | book | isin | side | quantity | trade_date | settlement_date | counterparty | pset_bic | entered_at"
    trades = [f"start | 1 | NEW | ONE | FR0099Z00116 | BUY | 1 | {FIRST} | {FIRST} | {other} | DTCYUS33 | {FIRST} 09:00"]
    sent = ["instruction_id | trade_id | movement | quantity | intended_settlement_date | settled_quantity | settled_on | status | counterparty | place"]
    for n, (book, quantity, dealt, late) in enumerate(deals):
        side, movement, size, done = "BUY" if quantity > 0 else "SELL", "RECE" if quantity > 0 else "DELI", abs(quantity), dealt + timedelta(late)
        trades.append(f"T{n} | 1 | NEW | {book} | {isin} | {side} | {size} | {dealt} | {dealt} | {other} | DTCYUS33 | {dealt} 09:00")
        sent.append(f"I{n} | T{n} | {movement} | {size} | {dealt} | {size} | {done} | SETT | {other} | DTCYUS33")
    actions = ["ca_id | isin | type | ex_date | record_date | pay_date | amount | currency | ratio_new | ratio_old"]
    actions += [f"D{n} | {isin} | DVCA | {ex} | {ex + timedelta(after)} | 2026-03-20 | 1 | USD | | " for n, (ex, after) in enumerate(events)]
    actions += [f"S{n} | {isin} | SPLF | {ex} | {ex} | {ex} | | | {new} | {old}" for n, (ex, (new, old)) in enumerate(splits)]
    return {
        "trades": "\n".join([head, *trades]), "settlements": "\n".join(sent), "corporate_actions": "\n".join(actions),
        "instruments": f"isin | asset_class | currency | quotation | multiplier\n{isin} | EQUITY | USD | UNIT | 1",
        "account_books": "account | book\nS-ONE | ONE\nS-TWO | TWO",
        "opening_lots": f"book | isin | trade_id | opened_on | quantity\nONE | {isin} | T | 2025-06-02 | 1000",
    }  # fmt: skip
