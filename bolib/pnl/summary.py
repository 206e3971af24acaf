"""The result in one sentence, and in the few numbers a manager reads first."""

from collections import Counter

import pyarrow as pa

from bolib.day import Day
from bolib.findings import shown
from bolib.results import Verdict, judged

NEEDED = ("instruments", "books", "prices")
"""Tables without which there is no result."""


def verdict(day: Day, findings: pa.Table, checked: list[dict]) -> Verdict:
    """Return the sentence: the result by currency, whether it is explained, what stands against it."""
    absent = [name for name in NEEDED if name not in day.present]
    if absent:
        text = f"Result of {day.as_of:%-d %B %Y}: not computed, for want of {', '.join(absent)}."
        return Verdict(text, "bad", dict(Counter(findings["severity"].to_pylist())))
    amounts = " and ".join(f"{shown(row['total'])} {row['currency']}" for row in by_currency(day))
    unexplained = [row for row in by_currency(day) if row["unexplained"]]
    explained = (
        "all of it explained"
        if not unexplained
        else "; ".join(f"{shown(row['unexplained'])} {row['currency']} unexplained" for row in unexplained)
    )
    said = f"Result of {day.as_of:%-d %B %Y}: {amounts or 'no book'}, {explained}."
    return judged(day, said, findings, checked)


def headline(day: Day) -> list[dict]:
    """Return label, value, unit and note of the numbers shown first."""
    rows = by_currency(day)
    return [
        {"label": label, "value": shown(row[name]), "unit": row["currency"], "note": note}
        for label, name, note in (
            ("Day", "total", "change of value plus cash"),
            ("Month", "mtd", "sum of its days"),
            ("Year", "ytd", "sum of its days"),
        )
        for row in rows
    ]


def by_currency(day: Day) -> list[dict]:
    """Return the day, month, year and unexplained part of all books, by currency."""
    return day.engine.query(
        "select currency, cast(sum(total) as decimal(18,2)) as total, cast(sum(mtd) as decimal(18,2)) as mtd,"
        " cast(sum(ytd) as decimal(18,2)) as ytd, cast(sum(unexplained) as decimal(18,2)) as unexplained"
        " from pnl_books where date = $as_of group by currency order by currency",
        as_of=day.as_of,
    ).to_pylist()
