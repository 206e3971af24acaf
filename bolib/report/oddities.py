"""The pictures of what is unusual: amounts among those of their kind, prices against their own past."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, arranged, axis, panel, reference, shown, spread, title
from bolib.report.tables import columns, table
from bolib.report.unusual import CSV
from bolib.results import Result

MOST = 8
"""Alerts drawn in one picture, the first in rank."""


def _told(result: Result, kinds: tuple[str, ...]) -> list[dict]:
    """Return the shown alerts of some kinds with their points, the first in rank first."""
    points: dict[str, list[dict]] = defaultdict(list)
    for point in numerals.records(result.tables["alert_points"]):
        points[point["alert_id"]].append(point)
    rows = [row for row in numerals.records(result.tables["alerts"]) if row["place"] == "SHOWN"]
    rows.sort(key=lambda row: (-row["priority"], row["alert_id"]))
    return [row | {"points": points[row["alert_id"]]} for row in rows if row["kind"] in kinds][:MOST]


def unusual_amounts(result: Result) -> Display:
    """Return each amount told beside the earlier ones of its kind, on a logarithmic line."""
    rows = _told(result, ("AMOUNT",))
    drawn = columns(
        *("key|Record|key", "other_value|Kind|text", "amount_seen|Amount|money", "usual_amount|Usual|money"),
        *("low|From|money", "high|To|money", "known|Earlier|integer"),
    )
    for row in rows:
        row["amount_seen"] = next((point["value"] for point in row["points"] if point["marked"]), None)
    empty = "No amount of the last days is far from those of its kind."
    numbers = table(rows, drawn, "Amounts far from their kind", CSV, empty=empty)
    if not rows:
        return numbers
    data = [trace for row in rows for trace in _strip(row)]
    labels = [_label(row) for row in rows]
    down = axis(autorange="reversed", showgrid=False, categoryorder="array", categoryarray=labels)
    layout = {"height": 80 + 64 * len(rows), "xaxis": axis(type="log", nticks=6, tickformat="~s"), "yaxis": down}
    layout = arranged(layout, {}, {"xaxis.dtick": 1})
    sentence = f"{numerals.count(len(rows), 'amount')} far from the earlier ones of the same kind, marked."
    return Figure(data, layout, sentence, numbers)


def _label(row: dict[str, Any]) -> str:
    return f"{shown(numerals.masked(row['key']), 24)}<br>{shown(numerals.masked(row['other_value']), 24)}"


def _strip(row: dict[str, Any]) -> list[dict]:
    """Return the earlier amounts as thin marks, what would not be told as a bar, the alert as a point."""
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [float(max(row["low"], 1)), float(row["high"])],
        "y": [_label(row)] * 2,
        "line": {"color": PALETTE["rule"], "width": 16},
        "hoverinfo": "skip",
    }
    return [band, *(_marks(row, marked) for marked in (False, True))]


def _marks(row: dict[str, Any], marked: bool) -> dict:
    points = [point for point in row["points"] if point["marked"] == marked and point["value"] > 0]
    look = (
        {"color": PALETTE["loss"], "size": 13, "symbol": "diamond"}
        if marked
        else {"color": PALETTE["total"], "size": 9, "symbol": "line-ns-open", "opacity": 0.6}
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(point["value"]) for point in points],
        "y": [_label(row)] * len(points),
        "customdata": [f"{numerals.money(point['value'])} on {numerals.day(point['day'])}" for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": look,
    }


def unusual_series(result: Result) -> Display:
    """Return each price, result or instalment told with its past, one panel each, the odd days marked."""
    rows = _told(result, tuple(WORDS))
    drawn = columns(
        *("other_value|Of|key", "day|Day|date", "usual_amount|Usual|money", "known|Earlier days|integer"),
        *("state|State|status", "sentence|What|text"),
    )
    empty = "No price left its market or stopped moving, no result or instalment parted from what is expected of it."
    numbers = table(rows, drawn, "Prices, results and instalments that left what is usual", CSV, empty=empty)
    if not rows:
        return numbers
    data = [trace for number, row in enumerate(rows, 1) for trace in (*_band(row, number), _line(row, number))]
    data += [_odd(row, number) for number, row in enumerate(rows, 1)]
    sentence = f"{numerals.count(len(rows), 'series', 'series')} against their own last days; the odd days are marked."
    return Figure(data, _panels(rows), sentence, numbers)


def _panels(rows: list[dict]) -> dict[str, Any]:
    layout: dict[str, Any] = {"height": 40 + 200 * len(rows)}
    narrow: dict[str, Any] = {}
    titles = []
    for number, (row, place) in enumerate(zip(rows, reversed(spread(len(rows), 0.4 / len(rows))), strict=True), 1):
        layout[panel("x", number)] = axis(showgrid=False, anchor=reference("y", number), tickformat="%d %b", nticks=6)
        layout[panel("y", number)] = axis(anchor=reference("x", number), nticks=4, domain=place)
        narrow[f"{panel('x', number)}.nticks"] = 3
        titles.append(title(f"{shown(row['other_value'], 20)}: {WORDS[row['kind']]}", number))
    return arranged(layout | {"annotations": titles}, {}, narrow)


WORDS = {
    "MOVE": "left its market",
    "STALE": "stopped moving",
    "RESULT": "parted from its estimate",
    "SCHEDULE": "parted from its schedule",
}
"""What is drawn day by day, and in the heading of its panel what it did."""

APART = ("RESULT", "SCHEDULE")
"""Drawn as what parts them from what is expected, between two fixed ends."""


def _band(row: dict[str, Any], number: int) -> list[dict]:
    """Return what would not have been told: the price before, up and down by the limit; or what is usually apart."""
    if row["high"] is None:
        return []
    if row["kind"] in APART:
        days, ends = [point["day"] for point in row["points"]], [[float(row[end])] * len(row["points"]) for end in ENDS]
    else:
        pairs = list(pairwise(row["points"]))
        days = [point["day"] for _, point in pairs]
        ends = [[float(before["value"]) * (1 + float(row[end]) / 10_000) for before, _ in pairs] for end in ENDS]
    place = {"xaxis": reference("x", number), "yaxis": reference("y", number), "hoverinfo": "skip"}
    line = {"type": "scatter", "mode": "lines", "x": [str(day) for day in days], "line": {"width": 0}, **place}
    return [line | {"y": ends[0]}, line | {"y": ends[1], "fill": "tonexty", "fillcolor": "rgba(128,134,140,.16)"}]


ENDS = ("low", "high")


def _line(row: dict[str, Any], number: int) -> dict:
    return _drawn(row["points"], number) | {"mode": "lines", "line": {"color": PALETTE["total"], "width": 1.6}}


def _odd(row: dict[str, Any], number: int) -> dict:
    marked = [point for point in row["points"] if point["marked"]]
    return _drawn(marked, number) | {"mode": "markers", "marker": {"color": PALETTE["loss"], "size": 8}}


def _drawn(points: list[dict], number: int) -> dict:
    return {
        "type": "scatter",
        "x": [str(point["day"]) for point in points],
        "y": [float(point["value"]) for point in points],
        "customdata": [numerals.price(point["value"]) for point in points],
        "hovertemplate": "%{x|%d %b %Y}<br>%{customdata}<extra></extra>",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }
