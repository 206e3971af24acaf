"""The daily result of the front office: positions, lots, value, components, and whether they agree.

The steps below are the whole calculation: views (the .sql files beside this one) prepare what
kernels compute, and other views draw the results from it. Two routes never meet before the end:
`state_results` comes from lots and booked cash, `attributed` from the attribution kernel; what one
leaves of the other is UNEXPLAINED.
"""

from bolib import lots, scoring, valuation
from bolib.day import Day
from bolib.findings import concluded, run_controls
from bolib.pnl.inputs import add_inputs, rebuild_from
from bolib.pnl.operations import operations
from bolib.pnl.summary import headline, verdict
from bolib.results import Result
from bolib.views import prepare, views

STEPS = (
    (("deal_flows",), valuation.convert, "deal_cash"),
    (("transfer_flows",), valuation.value, "transfer_values"),
    (("redemption_flows",), valuation.value, "redemption_values"),
    (("legs",), lots.match_lots, "lot_rows"),
    (("held_rows",), valuation.value, "held"),
    (("entitlement_rows",), valuation.value, "entitlements"),
    (("deal_flows", "marks"), valuation.attribute, "attributed"),
)
"""Views a kernel reads, the kernel, and the table it makes; all of one instrument together."""

UNPRICED = {"PNL-06", "PNL-07", "PNL-08"}
"""Controls of which one finding means that the result is not known: a price or a rate is missing."""

TABLES = ("pnl_lines", "pnl_books", "positions", "lots", "lot_matches")


def produce(day: Day, steps: tuple = STEPS) -> Result:
    """Return the result of the day, its positions and lots, and the findings about them.

    Other steps than the usual ones are for the drill, which makes one blind to see that the controls say so.
    """
    compute(day, steps)
    findings, checked = run_controls(day)
    day.proven = day.proven and not UNPRICED & set(findings["control"].to_pylist())
    tables = {name: day.engine.table(name) for name in (*TABLES, "totals", "books", "instruments")}
    tables["operations"] = operations(day)
    return concluded(day, tables, findings, checked, verdict(day, findings, checked), headline(day))


def compute(day: Day, steps: tuple = STEPS) -> None:
    """Make every table of the result on the day's engine."""
    engine, prepared = day.engine, views("pnl")
    add_inputs(day)
    bound = {**day.bound, "rebuild_from": rebuild_from(day)}
    for needed, kernel, into in steps:
        prepare(engine, prepared, set(needed), **bound)
        engine.run(kernel, *needed, key="isin", into=into)
    prepare(engine, prepared, {*TABLES, "total_rows", "deals_today", "price_changes", "book_changes"}, **bound)
    engine.run(valuation.convert, "total_rows", key="currency", into="total_values")
    engine.run(valuation.value, "deals_today", key="isin", into="deal_values")
    engine.run(scoring.moves, "price_changes", key="name", into="price_moves")
    engine.run(scoring.moves, "book_changes", key="name", into="book_moves")
    prepare(engine, prepared, set(prepared), **bound)
