"""Faults that meet are kept apart, and one that cannot be planted says why."""

from datetime import date

from bolib.drill.faults import Fault
from bolib.drill.groups import arranged
from bolib.drill.planting import Planted

DAY = date(2026, 3, 31)


def fault(id: str, **said) -> Fault:
    return Fault(**{"id": id, "title": id, "kind": "x", "table": "trades", **said})


def on(one: Fault, mark: str, row: int = 0, near: str = "") -> Planted:
    changed = {"trades": {row: {}}} if row else {}
    return Planted(one, DAY, mark, frozenset({mark}), frozenset(near.split()), changed)


def grouped(*faults: tuple[Fault, list[Planted]], barred=lambda fault: "", known=lambda one: False):
    ways = {one.id: found for one, found in faults}
    groups, left = arranged([one for one, _ in faults], lambda one: ways[one.id], barred, known)
    return [[one.fault.id for one in group.planted] for group in groups], {one.fault.id: one.why for one in left}


def test_faults_of_other_names_and_rows_share_a_copy():
    a, b = fault("a"), fault("b")
    assert grouped((a, [on(a, "T1", 1)]), (b, [on(b, "T2", 2)])) == ([["a", "b"]], {})


def test_the_same_row_or_name_is_never_taken_twice_where_there_is_another():
    a, b = fault("a"), fault("b")
    assert grouped((a, [on(a, "T1", 1)]), (b, [on(b, "T1", 2), on(b, "T3", 3)])) == ([["a", "b"]], {})
    assert grouped((a, [on(a, "T1", 1)]), (b, [on(b, "T9", 1)])) == ([["a"], ["b"]], {})


def test_one_that_changes_a_whole_table_has_it_for_itself():
    a, b = fault("a"), fault("b", apart=True)
    assert grouped((b, [on(b, "T2", 2)]), (a, [on(a, "T1", 1)])) == ([["a"], ["b"]], {})


def test_one_that_takes_away_a_price_meets_nobody_who_stands_on_it():
    a, b = fault("a"), fault("b", spreads=True, table="prices")
    assert grouped((a, [on(a, "T1", 1, near="ISIN")]), (b, [on(b, "ISIN")])) == ([["a"], ["b"]], {})


def test_one_that_takes_away_a_row_meets_nobody_who_stands_on_it():
    a, b, c = fault("a", table="settlements"), fault("b", drop=("trades",)), fault("c")
    assert grouped((a, [on(a, "I1", 1, near="T1")]), (b, [on(b, "T1", 2)])) == ([["a"], ["b"]], {})
    assert grouped((a, [on(a, "I1", 1, near="T1")]), (b, [on(b, "T1", 2), on(b, "T2", 3)])) == ([["a", "b"]], {})
    assert grouped((a, [on(a, "I1", 1, near="T1")]), (c, [on(c, "T1", 2)])) == ([["a", "c"]], {})


def test_one_that_touches_the_record_of_a_name_meets_nobody_who_shows_that_name():
    """The tax of an event is changed in one copy, the receipt of the same event is late in another."""
    a, b = fault("a", table="ca_receipts"), fault("b", table="corporate_actions")
    event = Planted(b, DAY, "XS DVCA", frozenset({"XS DVCA"}), heads=frozenset({"CA1"}))
    assert grouped((a, [on(a, "CA1 SAF", 1, near="CA1")]), (b, [event])) == ([["a"], ["b"]], {})
    assert grouped((a, [on(a, "CA2 SAF", 1, near="CA2")]), (b, [event])) == ([["a", "b"]], {})


def test_one_that_changes_a_row_meets_nobody_who_copies_it():
    a, b = fault("a"), fault("b")
    twin = Planted(b, DAY, "T1-W", frozenset({"T1-W"}), copied=frozenset({("trades", 1)}))
    assert grouped((a, [on(a, "T1", 1)]), (b, [twin])) == ([["a"], ["b"]], {})
    assert grouped((b, [twin]), (a, [on(a, "T1", 1)])) == ([["b"], ["a"]], {})
    assert grouped((a, [on(a, "T2", 2)]), (b, [twin])) == ([["a", "b"]], {})


def test_a_blind_calculation_stands_on_unharmed_data():
    a, b = fault("a"), fault("b", blind="fees")
    assert grouped((a, [on(a, "T1", 1)]), (b, [on(b, "BOOK")])) == ([["a"], ["b"]], {})


def test_why_a_fault_is_not_planted():
    a, b, c, d = fault("a"), fault("b"), fault("c"), fault("d", asks="an account 46")
    barred = {"c": "the table trades was not received"}
    groups, why = grouped(
        (a, []),
        (b, [on(b, "T1", 1)]),
        (c, []),
        (d, []),
        barred=lambda one: barred.get(one.id, ""),
        known=lambda one: True,
    )
    assert groups == []
    assert why == {
        "a": "no row of the day fits it",
        "b": "every row that fits is a breach already",
        "c": "the table trades was not received",
        "d": "no row of the day fits it: it asks for an account 46",
    }
