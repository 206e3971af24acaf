"""The pictures of the daily result: where it came from, how it sits in time, who made it."""

from collections import defaultdict
from decimal import Decimal
from itertools import accumulate
from typing import Any

from bolib.report import numerals
from bolib.report.earnings import COMPONENTS, ZERO, lines_of_day
from bolib.report.figures import (
    PALETTE,
    Figure,
    arranged,
    axis,
    bars,
    colour_of,
    panel,
    reference,
    room,
    shown,
    spread,
    title,
)
from bolib.report.tables import columns, table
from bolib.results import Result

TOTAL = "Result of the day"
HOVER = "%{x|%d %b %Y}<br>%{customdata}<extra></extra>"
WEEKENDS = {"rangebreaks": [{"bounds": ["sat", "mon"]}]}


def waterfall(result: Result) -> Figure:
    """Return the day's result built up from its components, one panel a currency."""
    sums = _by_currency(lines_of_day(result))
    shown = [name for name in COMPONENTS if any(found.get(name) for found in sums.values())]
    labels = [numerals.label(name) for name in shown] + [TOTAL]
    data, layout = [], {"height": 74 + 34 * len(labels)}
    for number, (currency, found) in enumerate(sums.items(), start=1):
        steps = [found.get(name, ZERO) for name in shown]
        data += [_links(labels, steps, number), _steps(labels, steps, currency, number)]
        layout |= _waterfall_axes(number, steps)
    layout = _side_by_side(layout, list(sums), gap=0.03)
    return Figure(data, layout, _waterfall_sentence(sums), _waterfall_table(labels, shown, sums))


def _by_currency(lines: list[dict]) -> dict[str, dict[str, Decimal]]:
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in lines:
        sums[row["currency"]][row["component"]] += row["amount"]
    return {currency: dict(sums[currency]) for currency in sorted(sums)}


def _steps(labels: list[str], steps: list[Decimal], currency: str, number: int) -> dict[str, Any]:
    total = sum(steps, ZERO)
    starts = [end - step for end, step in zip(accumulate(steps), steps, strict=True)]
    colours = [colour_of(step) for step in steps] + [PALETTE["total"]]
    return bars(
        labels,
        [*steps, total],
        currency,
        base=[float(start) for start in starts] + [0.0],
        xaxis=reference("x", number),
        yaxis=reference("y", number),
        marker={"color": colours},
    )


def _links(labels: list[str], steps: list[Decimal], number: int) -> dict[str, Any]:
    """Return the thin lines from where one step ends to where the next begins."""
    ends = [float(end) for end in accumulate(steps)]
    pairs = list(zip(ends, labels, labels[1:], strict=False))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [place for end, _, _ in pairs for place in (end, end, None)],
        "y": [place for _, one, other in pairs for place in (one, other, None)],
        "line": {"color": PALETTE["minor"], "width": 1},
        "hoverinfo": "skip",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }


def _waterfall_axes(number: int, steps: list[Decimal]) -> dict[str, Any]:
    ends = [float(end) for end in accumulate(steps)] or [0.0]
    across = axis(range=room(min(ends), max(ends)), anchor=reference("y", number), nticks=5, tickformat="~s")
    down = axis(autorange="reversed", showgrid=False, anchor=reference("x", number), showticklabels=number == 1)
    return {panel("x", number): across, panel("y", number): down}


def _side_by_side(layout: dict[str, Any], currencies: list[str], gap: float) -> dict[str, Any]:
    """Return the layout with one panel a currency side by side, one under the other on a phone."""
    count, wide = len(currencies), {}
    narrow: dict[str, Any] = {"height": layout["height"] * max(count, 1)}
    for number, share in enumerate(spread(count, gap), start=1):
        wide[f"{panel('x', number)}.domain"] = share
        narrow[f"{panel('x', number)}.domain"] = [0, 1]
        narrow[f"{panel('y', number)}.domain"] = spread(count, 0.12)[count - number]
        narrow[f"{panel('y', number)}.showticklabels"] = True
    titles = [title(f"{currency} books", number) for number, currency in enumerate(currencies, start=1)]
    return arranged(layout | {"annotations": titles}, wide, narrow)


def _waterfall_sentence(sums: dict[str, dict[str, Decimal]]) -> str:
    totals = [f"{numerals.money(sum(found.values(), ZERO), sign=True)} {currency}" for currency, found in sums.items()]
    return f"The day's result by component: {'; '.join(totals)}."


def _waterfall_table(labels: list[str], shown: list[str], sums: dict[str, dict[str, Decimal]]):
    rows = [
        {"component": label} | {currency: found.get(name) for currency, found in sums.items()}
        for label, name in zip(labels, shown, strict=False)
    ]
    total = {"component": TOTAL} | {currency: sum(found.values(), ZERO) for currency, found in sums.items()}
    drawn = columns("component|Component|text", *(f"{currency}|{currency}|money" for currency in sums))
    return table(rows, drawn, "The result by component", "results/pnl_lines.csv", total=total)


def history(result: Result, days: int = 60) -> Figure:
    """Return the last business days: each day's result, and the month's and year's running sums."""
    series = _series(result, days)
    data = []
    for column, (currency, rows) in enumerate(series.items()):
        data += _daily(rows, currency, 2 * column + 1) + _running(rows, currency, 2 * column + 2)
    layout = _history_axes(list(series), height=440)
    drawn = columns(
        "date|Day|date", "currency|Books in|text", "total|Result|money", "mtd|Month|money", "ytd|Year|money"
    )
    newest = [row for rows in series.values() for row in reversed(rows)]
    sentence = f"The result of the last {days} business days, with the running sums of month and year."
    return Figure(data, layout, sentence, table(newest, drawn, sentence, "results/pnl_books.csv"))


def _series(result: Result, days: int) -> dict[str, list[dict]]:
    books = numerals.records(result.tables["pnl_books"])
    last = sorted({row["date"] for row in books if row["date"] <= result.day.as_of})[-days:]
    kept, sums = set(last), {}
    for row in books:
        if row["date"] in kept:
            found = sums.setdefault(row["currency"], {}).setdefault(row["date"], defaultdict(Decimal))
            for name in ("total", "mtd", "ytd"):
                found[name] += row[name]
    return {
        currency: [{"date": day, "currency": currency, **by_day[day]} for day in sorted(by_day)]
        for currency, by_day in sorted(sums.items())
    }


def _daily(rows: list[dict], currency: str, number: int) -> list[dict]:
    values = [row["total"] for row in rows]
    upright = {"orientation": "v", "x": [str(row["date"]) for row in rows], "y": [float(value) for value in values]}
    place = {"xaxis": reference("x", number), "yaxis": reference("y", number), "textposition": "none"}
    colours = {"color": [colour_of(value) for value in values], "opacity": [0.5] * (len(values) - 1) + [1.0]}
    place["marker"] = colours
    return [bars([], values, currency, **upright, **place, hovertemplate=HOVER)]


def _running(rows: list[dict], currency: str, number: int) -> list[dict]:
    lines = (("mtd", "Month", PALETTE["gain"], 1.6), ("ytd", "Year", PALETTE["total"], 2.2))
    return [_line(rows, name, label, colour, width, currency, number) for name, label, colour, width in lines]


def _line(rows: list[dict], name: str, label: str, colour: str, width: float, currency: str, number: int) -> dict:
    points = _broken(rows, name)
    values = [row[name] for row in points]
    return {
        "type": "scatter",
        "mode": "lines+text",
        "x": [str(row["date"]) for row in points],
        "y": [None if value is None else float(value) for value in values],
        "text": [""] * (len(points) - 1) + [f" {label} {numerals.short_money(values[-1])}"],
        "textposition": "middle right",
        "textfont": {"color": colour, "size": 12},
        "cliponaxis": False,
        "customdata": [f"{label} {numerals.money(value, sign=True)} {currency}" for value in values],
        "hovertemplate": HOVER,
        "line": {"color": colour, "width": width},
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }


def _broken(rows: list[dict], name: str) -> list[dict]:
    """Return the points of a running sum, with a gap where a month or year starts it afresh."""
    period = (lambda day: (day.year, day.month)) if name == "mtd" else (lambda day: day.year)
    points = []
    for row in rows:
        if points and period(points[-1]["date"]) != period(row["date"]):
            points.append({"date": row["date"], name: None})
        points.append(row)
    return points


def _history_axes(currencies: list[str], height: int) -> dict[str, Any]:
    count, layout, wide, narrow = len(currencies), {}, {}, {"height": height * len(currencies)}
    titles = []
    for column, currency in enumerate(currencies):
        low, high = spread(count, 0.1)[count - 1 - column]
        for number, heading, share in (
            (2 * column + 1, "each day", (0.58, 1.0)),
            (2 * column + 2, "month and year so far", (0.0, 0.42)),
        ):
            layout[panel("x", number)] = axis(
                showgrid=False, anchor=reference("y", number), tickformat="%b", dtick="M1", **WEEKENDS
            )
            layout[panel("y", number)] = axis(
                anchor=reference("x", number), nticks=5, tickformat="~s", domain=list(share)
            )
            wide[f"{panel('x', number)}.domain"] = [spread(count, 0.14)[column][0], spread(count, 0.14)[column][1]]
            narrow[f"{panel('x', number)}.domain"] = [0, 1]
            narrow[f"{panel('y', number)}.domain"] = [round(low + (high - low) * part, 4) for part in share]
            titles.append(title(f"{currency} books, {heading}", number))
    margin = {"l": 12, "r": 92, "t": 34, "b": 28}
    return arranged(layout | {"annotations": titles, "margin": margin, "height": height}, wide, narrow)


def contributors(result: Result, number: int = 8) -> Figure:
    """Return the largest gains and losses by book and instrument, compared in EUR at the day's ECB rate."""
    rates = {row["currency"]: row["rate"] for row in numerals.records(result.tables["totals"])}
    ranked = sorted(_contributions(lines_of_day(result), rates), key=lambda row: row["eur"])
    losses = [row for row in ranked if row["eur"] < 0][:number]
    gains = [row for row in reversed(ranked) if row["eur"] > 0][:number]
    rows = gains + losses[::-1]
    labels = [f"{shown(row['name'])} · {shown(row['book'])}" for row in rows]
    data = [bars(labels, [row["eur"] for row in rows], "EUR")]
    drawn = columns(
        "name|Instrument|text", "book|Book|text", "eur|EUR|money", "amount|Own currency|money", "currency|Currency|text"
    )
    sentence = f"The {len(gains)} largest gains and {len(losses)} largest losses, in EUR."
    layout = _ranking(rows, labels)
    return Figure(data, layout, sentence, table(rows, drawn, sentence, "results/pnl_lines.csv"))


def _ranking(rows: list[dict], labels: list[str]) -> dict[str, Any]:
    """Return the layout of a ranking; on a phone the book stands under the instrument."""
    ends = [float(row["eur"]) for row in rows] or [0.0]
    across = axis(range=room(min(ends), max(ends)), nticks=6, tickformat="~s")
    short = [f"{shown(row['name'], 19)}<br>{shown(row['book'], 19)}" for row in rows]
    narrow = {"yaxis.tickmode": "array", "yaxis.tickvals": labels, "yaxis.ticktext": short, "xaxis.nticks": 3}
    layout = {"xaxis": across, "yaxis": axis(autorange="reversed", showgrid=False), "height": 60 + 29 * len(rows)}
    margin = {"margin": {"l": 12, "r": 12, "t": 10, "b": 34}}
    return arranged(layout | margin, {}, narrow | {"height": 60 + 42 * len(rows)})


def _contributions(lines: list[dict], rates: dict[str, Decimal | None]) -> list[dict]:
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in lines:
        sums[row["book"], row["name"] or "Book as a whole", row["currency"]] += row["amount"]
    return [
        {"book": book, "name": name, "currency": currency, "amount": amount}
        | {"eur": (amount / rates[currency]).quantize(Decimal("0.01"))}
        for (book, name, currency), amount in sums.items()
        if rates.get(currency)
    ]
