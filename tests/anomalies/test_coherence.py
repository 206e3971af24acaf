"""The differences between the offices against a slow comparison, deal by deal and field by field; as breaks, their sums."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.tables import TABLES
from bolib.views import complete, select, views

AS_OF = date(2026, 3, 31)
TOLERANCES = {"cash_tolerance": 2, "price_tick": Decimal("0.00001")}
EXACT = ("action", "book", "isin", "side", "quantity", "currency", "trade_date", "settlement_date", "counterparty")
OTHER = ("trader", "venue", "pset_bic", "order_id", "fees", "taxes", "traded_at")


def cents(most: int) -> st.SearchStrategy:
    """Draw amounts a few cents apart, around the tolerance of two euros."""
    return st.integers(most - 3, most).map(lambda number: Decimal(number).scaleb(-2))


DEAL = st.fixed_dictionaries({
    "version": st.integers(1, 3), "action": st.sampled_from(("NEW", "CANCEL")), "book": st.sampled_from("AB"),
    "isin": st.sampled_from("XY"), "side": st.sampled_from(("BUY", "SELL")), "currency": st.just("EUR"),
    "quantity": st.integers(1, 2).map(Decimal), "trade_date": st.just(date(2026, 3, 30)),
    "price": st.integers(0, 2).map(lambda step: Decimal("5") + step * Decimal("0.000005")),
    "settlement_date": st.sampled_from((date(2026, 4, 1), date(2026, 4, 2))), "counterparty": st.just("LEI"),
    "from_book": st.sampled_from((None, "C")), "accrued_interest": st.none() | cents(203) | cents(2),
    "gross_amount": cents(10_203) | cents(10_002), "net_amount": cents(10_203) | cents(10_002),
    "trader": st.just("ann"), "venue": st.sampled_from((None, "XPAR")), "pset_bic": st.sampled_from((None, "SICVFRPP")),
    "order_id": st.none(), "fees": cents(5), "taxes": st.just(Decimal("0.00")),
    "traded_at": st.sampled_from((datetime(2026, 3, 30, 9), datetime(2026, 3, 30, 10))),
})  # fmt: skip
OFFICE = st.dictionaries(st.sampled_from(("T1", "T2", "T3")), st.lists(DEAL, min_size=1, max_size=2))


def rows_of(office: dict[str, list[dict]]) -> list[dict]:
    """Return one row a deal and version, the last drawn of a version standing."""
    found = {(key, deal["version"]): deal for key, deals in office.items() for deal in deals}
    return [deal | {"trade_id": key, "entered_at": datetime(2026, 3, 30, 11)} for (key, _), deal in found.items()]


def by_hand(front: list[dict], back: list[dict]) -> set[tuple[str, str, str]]:
    """Return deal, class and field of every difference, by walking over the deals one after the other."""
    ours, theirs = (
        {row["trade_id"]: row for row in sorted(rows, key=lambda row: row["version"])} for rows in (front, back)
    )
    found = set()
    for key in ours.keys() | theirs.keys():
        one, other = ours.get(key), theirs.get(key)
        if other is None:
            found |= {(key, "MISSING_BACK", "record")} if one["action"] != "CANCEL" else set()
        elif one is None:
            found |= {(key, "MISSING_FRONT", "record")} if other["action"] != "CANCEL" else set()
        elif one["version"] != other["version"]:
            found.add((key, "VERSION", "version"))
        else:
            found |= {(key, "ECONOMIC", name) for name in economic(one, other)}
            found |= {(key, "OTHER", name) for name in OTHER if one[name] != other[name]}
    return found


def economic(one: dict, other: dict) -> list[str]:
    """Return the economic fields in which two records differ beyond their tolerance."""
    names = [name for name in (*EXACT, "from_book") if one[name] != other[name]]
    names += ["price"] if abs(one["price"] - other["price"]) >= TOLERANCES["price_tick"] else []
    names += [name for name in ("gross_amount", "net_amount") if abs(one[name] - other[name]) > 2]
    accrued = one["accrued_interest"], other["accrued_interest"]
    if accrued.count(None) == 1 or accrued.count(None) == 0 and abs(accrued[0] - accrued[1]) > 2:
        names.append("accrued_interest")
    return names


@settings(max_examples=60)
@given(OFFICE, OFFICE)
def test_the_differences_are_those_of_a_slow_comparison(front, back):
    front, back = rows_of(front), rows_of(back)
    tables = {
        name: pa.Table.from_pylist(rows, schema=complete(TABLES[name], None).schema)
        for name, rows in (("trades", front), ("bookings", back))
    }
    found = select("anomalies", views("anomalies")["differences"], tables, AS_OF, TOLERANCES).to_pylist()
    assert {(row["trade_id"], row["class"], row["field"]) for row in found} == by_hand(front, back)
    assert len(found) == len(by_hand(front, back))
    assert all(row["blocking"] == (row["class"] != "OTHER") for row in found)


BASE = {
    "version": 1, "action": "NEW", "book": "A", "isin": "X", "side": "BUY", "currency": "EUR", "quantity": Decimal(1),
    "trade_date": date(2026, 3, 30), "price": Decimal("5"), "settlement_date": date(2026, 4, 1), "counterparty": "LEI",
    "from_book": None, "accrued_interest": None, "gross_amount": Decimal("5.00"), "net_amount": Decimal("5.00"),
    "trader": "ann", "venue": "XPAR", "pset_bic": "SICVFRPP", "order_id": None, "fees": Decimal("0.00"),
    "taxes": Decimal("0.00"), "traded_at": datetime(2026, 3, 30, 9), "entered_at": datetime(2026, 3, 30, 11),
}  # fmt: skip
CHANGED = {
    "action": "CANCEL", "book": "B", "isin": "Y", "side": "SELL", "currency": "USD", "quantity": Decimal("1.000001"),
    "trade_date": date(2026, 3, 27), "price": Decimal("5.00001"), "settlement_date": date(2026, 4, 2),
    "counterparty": "OTHER", "from_book": "B", "accrued_interest": Decimal("0.00"), "gross_amount": Decimal("7.01"),
    "net_amount": Decimal("7.01"), "trader": "bob", "venue": None, "pset_bic": "DAKVDEFF", "order_id": "O1",
    "fees": Decimal("0.01"), "taxes": Decimal("0.01"), "traded_at": datetime(2026, 3, 30, 9, 0, 1),
}  # fmt: skip


def test_each_field_alone_is_a_difference():
    """One deal a field, changed in the back office by the least that is more than its tolerance."""
    sides = {
        "trades": [BASE | {"trade_id": name} for name in CHANGED],
        "bookings": [BASE | {"trade_id": name, name: value} for name, value in CHANGED.items()],
    }
    tables = {
        name: pa.Table.from_pylist(rows, schema=complete(TABLES[name], None).schema) for name, rows in sides.items()
    }
    found = select("anomalies", views("anomalies")["differences"], tables, AS_OF, TOLERANCES).to_pylist()
    wanted = {(name, "OTHER" if name in OTHER else "ECONOMIC", name) for name in CHANGED}
    assert {(row["trade_id"], row["class"], row["field"]) for row in found} == wanted and len(found) == len(wanted)


KINDS = {
    "action": "REVERSAL", "book": "CLASSIFICATION", "from_book": "CLASSIFICATION", "isin": "REFERENCE_DATA",
    "side": "SIGN", "quantity": "AMOUNT", "price": "AMOUNT", "currency": "REFERENCE_DATA", "trade_date": "TIMING",
    "settlement_date": "TIMING", "counterparty": "REFERENCE_DATA", "accrued_interest": "ACCRUED",
    "gross_amount": "AMOUNT", "net_amount": "AMOUNT", "trader": "REFERENCE_DATA", "venue": "REFERENCE_DATA",
    "pset_bic": "REFERENCE_DATA", "order_id": "REFERENCE_DATA", "fees": "FEE", "taxes": "TAX", "traded_at": "TIMING",
}  # fmt: skip


def compared(front: list[dict], back: list[dict], wanted: str) -> list[dict]:
    """Return a view of the two offices, its differences made as a day makes them."""
    tables = {
        name: pa.Table.from_pylist(rows, schema=complete(TABLES[name], None).schema)
        for name, rows in (("trades", front), ("bookings", back))
    }
    made = views("anomalies")
    tables["differences"] = select("anomalies", made["differences"], tables, AS_OF, TOLERANCES)
    return select("anomalies", made[wanted], tables, AS_OF, {}).to_pylist()


def changed(**deals: dict) -> list[dict]:
    """Return deals by name, each the base with what is given."""
    return [BASE | {"trade_id": name} | changes for name, changes in deals.items()]


def test_a_field_alone_gives_its_class():
    front = changed(**{name: {} for name in CHANGED})
    found = compared(front, changed(**{name: {name: value} for name, value in CHANGED.items()}), "trade_gaps")
    assert {row["trade_id"]: row["class"] for row in found} == KINDS


@pytest.mark.parametrize(
    ("back", "wanted"),
    [
        ({"fees": Decimal("3.00"), "net_amount": Decimal("8.00")}, "FEE"),
        ({"fees": Decimal("3.00"), "net_amount": Decimal("8.01")}, "AMOUNT"),  # the fee is not all of it
        ({"taxes": Decimal("3.00"), "net_amount": Decimal("8.00")}, "TAX"),
        ({"accrued_interest": Decimal("3.00"), "net_amount": Decimal("8.00")}, "ACCRUED"),
        ({"fees": Decimal("3.00"), "taxes": Decimal("3.00")}, "AMOUNT"),
        ({"side": "SELL", "net_amount": Decimal("9.00"), "fees": Decimal("3.00")}, "SIGN"),  # both follow from the side
        ({"side": "SELL", "quantity": Decimal(2)}, "MULTI"),
        ({"book": "B", "counterparty": "OTHER"}, "MULTI"),
        ({"action": "CANCEL", "book": "B"}, "REVERSAL"),
        ({"version": 2}, "MISSING_OURS"),
        ({"version": 0}, "MISSING_THEIRS"),
    ],
)
def test_a_deal_has_one_class_whatever_differs(back, wanted):
    [row] = compared(changed(one={}), changed(one=back), "trade_gaps")
    assert row["class"] == wanted


def test_a_break_says_what_each_office_wrote():
    front, back = changed(one={}, ours={}), changed(one={"book": "B", "isin": "Y"}, theirs={}, late={"version": 2})
    front += changed(late={})
    said = {row["key"]: row["explanation"] for row in compared(front, back, "trade_breaks")}
    assert said == {
        "one": "front against back office: book A against B; isin X against Y",
        "ours": "version 1 in the front office, none in the back office",
        "theirs": "version 1 in the back office, none in the front office",
        "late": "version 1 NEW in the front office, 2 NEW in the back office",
    }


def signed(row: dict) -> Decimal:
    """Return the net amount of a deal as the bank receives it."""
    return row["net_amount"] * (-1 if row["side"] == "BUY" else 1)


@settings(max_examples=15)
@given(OFFICE, OFFICE)
def test_each_deal_of_each_office_is_in_one_class_with_its_amount(front, back):
    front, back = rows_of(front), rows_of(back)
    rows = compared(front, back, "trade_rows")
    differ, known = {deal for deal, _, _ in by_hand(front, back)}, []
    for side, office in (("LEFT", front), ("RIGHT", back)):
        latest = {row["trade_id"]: row for row in sorted(office, key=lambda row: row["version"])}
        known.append(latest.keys())
        found = [row for row in rows if row["side"] == side]
        assert sorted((row["trade_id"], row["amount"]) for row in found) == sorted(
            (name, signed(row)) for name, row in latest.items()
        )
    for row in rows:
        alone = not all(row["trade_id"] in names for names in known)
        wanted = "CANCELLED" if alone else "MATCHED"
        assert (row["class"] == wanted) == (row["trade_id"] not in differ)


def test_deals_that_agree_and_have_not_settled_are_matches_with_what_was_tolerated():
    dates = {"last": date(2026, 3, 30), "today": AS_OF, "cents": AS_OF}
    front = changed(**{name: {"settlement_date": day} for name, day in dates.items()})
    back = [row | ({"net_amount": Decimal("6.50")} if row["trade_id"] == "cents" else {}) for row in front]
    rows = compared(front, back, "trade_pairs")
    told = {(row["match_id"], row["side"]): (row["residual"], row["reason"]) for row in rows}
    assert told == {
        ("TRADE today 1", "LEFT"): (0, None), ("TRADE today 1", "RIGHT"): (0, None), ("TRADE cents 1", "LEFT"): (0, "within the tolerance of cash"),
        ("TRADE cents 1", "RIGHT"): (Decimal("-1.50"), "within the tolerance of cash"),
    }  # fmt: skip
