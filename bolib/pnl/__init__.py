"""The daily result of the front office: positions, lots, value, components, and whether they agree.

The steps below are the whole calculation: views (the .sql files beside this one) prepare what
kernels compute, and other views draw the results from it. Two routes never meet before the end:
`state_results` comes from lots and booked cash, `attributed` from the attribution kernel; what one
leaves of the other is UNEXPLAINED.
"""

import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from bolib import lots, scoring, valuation
from bolib.day import Day
from bolib.findings import gone, run_controls
from bolib.pnl.operations import operations
from bolib.pnl.summary import headline, verdict
from bolib.results import Result, earlier, frame, read, save
from bolib.tables.results import RESULTS
from bolib.views import complete, prepare, views

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

TABLES = ("pnl_lines", "pnl_books", "positions", "lots", "lot_matches")


def produce(day: Day) -> Result:
    """Return the result of the day, its positions and lots, and the findings about them."""
    compute(day)
    findings, checked = run_controls(day)
    tables = {name: frame(day.engine.table(name)) for name in (*TABLES, "totals", "books", "instruments")}
    tables["operations"] = frame(operations(day))
    result = Result(
        report="pnl",
        day=day,
        tables=tables,
        findings=frame(findings),
        gone=frame(gone(day, findings, checked)),
        checked=checked,
        verdict=verdict(day, findings, checked),
        headline=headline(day),
    )
    save(result)
    return result


def compute(day: Day) -> None:
    """Make every table of the result on the day's engine."""
    engine, prepared = day.engine, views("pnl")
    add_days(day)
    add_published(day)
    engine.add("accruals", accruals(day))
    bound = {**day.bound, "rebuild_from": rebuild_from(day)}
    for needed, kernel, into in STEPS:
        prepare(engine, prepared, set(needed), **bound)
        engine.run(kernel, *needed, key="isin", into=into)
    prepare(engine, prepared, {*TABLES, "total_rows", "price_changes", "book_changes"}, **bound)
    engine.run(valuation.convert, "total_rows", key="currency", into="total_values")
    engine.run(scoring.moves, "price_changes", key="name", into="price_moves")
    engine.run(scoring.moves, "book_changes", key="name", into="book_moves")
    prepare(engine, prepared, set(prepared), **bound)


def add_days(day: Day) -> None:
    """Add the business days of the result with their evening cut-offs, and the small tables of parameters."""
    first = day.engine.query("select min(date) as first from prices")["first"][0].as_py() or day.as_of
    days = [row for row in day.engine.table("target_days").to_pylist() if row["open"] and first <= row["date"] <= day.as_of]
    cut_offs = [_cut_off(day, row["date"]) for row in days]
    after = [datetime.datetime(1, 1, 1), *cut_offs[:-1]]
    dates = [row["date"] for row in days]
    day.engine.add("pnl_days", pa.table({
        "date": pa.array(dates, pa.date32()),
        "day": pa.array([row["day"] for row in days], pa.int64()),
        "after": pa.array(after[: len(days)], pa.timestamp("us")),
        "cut_off": pa.array(cut_offs, pa.timestamp("us")),
        "month": pa.array([date.month for date in dates], pa.int64()),
        "year": pa.array([date.year for date in dates], pa.int64()),
    }))
    sources = day.parameters["price_sources"]
    day.engine.add("price_sources", pa.table({"source": pa.array(sources, pa.string()), "rank": pa.array(range(len(sources)), pa.int64())}))
    day.engine.add("short_books", pa.table({"book": pa.array(day.parameters["short_books"], pa.string())}))


def _cut_off(day: Day, date: datetime.date) -> datetime.datetime:
    """Return the moment, in UTC, until which what becomes known still counts on that date."""
    time = datetime.time.fromisoformat(day.parameters["cut_off"])
    local = datetime.datetime.combine(date, time, ZoneInfo(day.parameters["time_zone"]))
    return local.astimezone(datetime.UTC).replace(tzinfo=None)


def add_published(day: Day) -> None:
    """Add what earlier days published: their lines and their books; nothing where there is no history."""
    folder = earlier(day.history, day.as_of)
    for name, into in (("pnl_lines", "published_lines"), ("pnl_books", "published_books")):
        rows = complete(RESULTS[name], read(folder, name) if folder else None)
        day.engine.add(into, rows.filter(pc.less(rows["date"], pa.scalar(day.as_of))))


def rebuild_from(day: Day) -> int:
    """Return the first business day whose late knowledge is told apart: the one after the last published."""
    numbers = dict(zip(*(day.engine.table("pnl_days")[name].to_pylist() for name in ("date", "day")), strict=True))
    published = pc.max(day.engine.table("published_lines")["date"]).as_py()
    return numbers[published] + 1 if published in numbers else numbers[day.as_of] - day.parameters["rebuild_days"]


def accruals(day: Day) -> pa.Table:
    """Return the accrued interest of each bond on each business day, in percent of nominal."""
    bonds = day.engine.query("select * from instruments where coupon_rate is not null")
    return valuation.accrued_interest(bonds, day.engine.table("pnl_days")["date"])
