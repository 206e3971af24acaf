"""What the result needs beside the tables: its business days, earlier publications, accrued interest, parameters."""

import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from bolib import valuation
from bolib.day import Day
from bolib.results import earlier, read
from bolib.tables.results import RESULTS
from bolib.views import complete


def add_inputs(day: Day) -> None:
    """Add to the day's engine what the views of the result name and no user sends."""
    dates = business_days(day)
    day.engine.add("pnl_days", with_cut_offs(day, dates))
    for name, into in (("pnl_lines", "published_lines"), ("pnl_books", "published_books")):
        day.engine.add(into, published(day, name))
    day.engine.add("price_sources", _ranked("source", day.parameters["price_sources"]))
    day.engine.add("short_books", _ranked("book", day.parameters["short_books"]))
    bonds = day.engine.query("select * from instruments where coupon_rate is not null")
    day.engine.add("accruals", valuation.accrued_interest(bonds, pa.array(list(dates), pa.date32())))


def business_days(day: Day) -> dict[datetime.date, int]:
    """Return the TARGET business days from the first price to the day, each with its running number."""
    first = pc.min(day.engine.table("prices")["date"]).as_py() or day.as_of
    days = day.engine.query(
        "select date, day from target_days where open and date >= $first and date <= $as_of order by date",
        first=first,
        as_of=day.as_of,
    )
    return dict(zip(days["date"].to_pylist(), days["day"].to_pylist(), strict=True))


def with_cut_offs(day: Day, dates: dict[datetime.date, int]) -> pa.Table:
    """Return the business days, each with the evening (UTC) until which what becomes known counts on it."""
    cut_offs = [_cut_off(day, date) for date in dates]
    columns = {
        "date": pa.array(list(dates), pa.date32()),
        "day": pa.array(list(dates.values()), pa.int64()),
        "after": pa.array([datetime.datetime.min, *cut_offs][: len(dates)], pa.timestamp("us")),
        "cut_off": pa.array(cut_offs, pa.timestamp("us")),
        "month": pa.array([date.month for date in dates], pa.int64()),
        "year": pa.array([date.year for date in dates], pa.int64()),
    }
    return pa.table(columns)


def _cut_off(day: Day, date: datetime.date) -> datetime.datetime:
    time = datetime.time.fromisoformat(day.parameters["cut_off"])
    local = datetime.datetime.combine(date, time, ZoneInfo(day.parameters["time_zone"]))
    return local.astimezone(datetime.UTC).replace(tzinfo=None)


def published(day: Day, name: str) -> pa.Table:
    """Return what earlier days published of a result; no row where there is no history."""
    folder = earlier(day.history, day.as_of)
    rows = complete(RESULTS[name], read(folder, name) if folder else None)
    return rows.filter(pc.less(rows["date"], pa.scalar(day.as_of)))


def rebuild_from(day: Day) -> int:
    """Return the first business day whose late knowledge is told apart: the one after the last published."""
    numbers = dict(zip(*(day.engine.table("pnl_days")[name].to_pylist() for name in ("date", "day")), strict=True))
    last = pc.max(day.engine.table("published_lines")["date"]).as_py()
    return numbers[last] + 1 if last in numbers else max(numbers.values(), default=0) - day.parameters["rebuild_days"]


def _ranked(column: str, values: list[str]) -> pa.Table:
    return pa.table({column: pa.array(values, pa.string()), "rank": pa.array(range(len(values)), pa.int64())})
