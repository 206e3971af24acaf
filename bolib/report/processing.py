"""Own processing times as people read them: where work waits, what is done twice, what is still open."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from typing import Any

from bolib.deadlines.objects import said
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis, panel, reference, shown, spread, title
from bolib.report.tables import columns, table
from bolib.results import Result

WHOLE = "*"
STEPS, PATHS = 10, 10
"""Steps and ways drawn of each kind of object; the results hold all."""

CSV, VARIANTS_CSV, CASES_CSV = "results/process.csv", "results/process_variants.csv", "results/process_cases.csv"
NOTHING = "No events were received: own processing times are not known."


def _steps(result: Result, wanted: Callable[[dict], bool]) -> list[dict[str, Any]]:
    """Return the rows of `process` that are wanted, those of a kind of object together."""
    rows = [row | {"kind": said(row["object_type"])} for row in numerals.records(result.tables["process"])]
    return sorted((row for row in rows if wanted(row)), key=lambda row: (row["object_type"], row["activity"]))


def waiting(result: Result) -> Display:
    """Return where the hours go that cases wait, one panel a kind of object, the step most waited for first."""
    rows = _steps(result, lambda row: row["activity"] != WHOLE)
    rows.sort(key=lambda row: (row["object_type"], -(row["waiting_share"] or Decimal(0)), row["activity"]))
    drawn = columns(
        *("kind|Of a|word", "activity|Step|text", "follows|Mostly after|text", "waits|Waits|integer"),
        *("median_business_hours|Median, open h|money", "p95_business_hours|95 %, open h|money"),
        *("median_hours|Median, all h|money", "p95_hours|95 %, all h|money", "waiting_share|Share, %|money"),
        "batch_share|In batches, %|money",
    )
    numbers = table(rows, drawn, "Waits before each step", CSV, empty=NOTHING)
    kinds = [list(of_kind)[:STEPS] for _, of_kind in groupby(rows, lambda row: row["object_type"])]
    if not kinds:
        return numbers
    data, layout = _shares(kinds)
    return Figure(data, layout, " ".join(_longest(rows[0]) for rows in kinds), numbers)


def _longest(row: dict[str, Any]) -> str:
    half, most = (numerals.money(row[name]) for name in ("median_business_hours", "p95_business_hours"))
    kind = said(row["object_type"], 2).capitalize()
    return (
        f"{kind}: of the opening hours they wait, {row['waiting_share']:.0f} % are waited for {row['activity']}"
        f" (half of the waits at most {half} h, 95 % at most {most} h)."
    )


def _shares(kinds: list[list[dict]]) -> tuple[list[dict], dict[str, Any]]:
    layout: dict[str, Any] = {"height": 60 + sum(30 * len(rows) + 44 for rows in kinds)}
    places = list(reversed(spread(len(kinds), 0.4 / len(kinds)))) if len(kinds) > 1 else [[0, 1]]
    data, titles = [], []
    for number, (rows, place) in enumerate(zip(kinds, places, strict=True), start=1):
        labels = [shown(row["activity"], 30) for row in rows]
        data.append(_bars(rows, labels, number))
        across, down = {"range": [0, 118], "showticklabels": False}, {"autorange": "reversed", "domain": place}
        layout[panel("x", number)] = axis(showgrid=False, anchor=reference("y", number), **across)
        layout[panel("y", number)] = axis(showgrid=False, anchor=reference("x", number), **down)
        kind = said(rows[0]["object_type"], 2).capitalize()
        titles.append(title(shown(f"{kind}: share of the hours waited", 60), number))
    return data, layout | {"annotations": titles}


def _bars(rows: list[dict], labels: list[str], number: int) -> dict[str, Any]:
    shares = [row["waiting_share"] or Decimal(0) for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "x": [float(share) for share in shares],
        "text": [f"{share:.0f} %" if share >= 1 else "" for share in shares],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": PALETTE["ink"], "size": 12},
        "customdata": [_hover(row) for row in rows],
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
        "marker": {"color": [PALETTE["major"]] + [PALETTE["gain"]] * (len(rows) - 1)},
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }


def _hover(row: dict[str, Any]) -> str:
    half, most = (numerals.money(row[name]) for name in ("median_business_hours", "p95_business_hours"))
    return f"{numerals.count(row['waits'], 'wait')}, median {half} h, 95 % {most} h in opening hours"


def slower(result: Result) -> Display:
    """Return how long each step is waited for this month against the months before, what was lost most first."""
    rows = _steps(result, lambda row: row["month_waits"] and row["usual_waits"])
    for row in rows:
        row["gained"] = row["usual_business_hours"] - row["month_business_hours"]
        row["step"] = "from beginning to end" if row["activity"] == WHOLE else row["activity"]
    rows.sort(key=lambda row: (row["gained"], row["object_type"], row["activity"]))
    drawn = columns(
        *("step|Step|text", "kind|Of a|word", "month_business_hours|This month, open h|money"),
        *("month_waits|waits|integer", "usual_business_hours|Usually, open h|money", "usual_waits|waits|integer"),
        "gained|Gained, h|change",
    )
    months = result.day.parameters["usual_months"]
    empty = f"No step was done both this month and in the {months} months before it."
    return table(rows, drawn, f"Median waits of this month against the {months} months before", CSV, empty=empty)


def repeated(result: Result) -> Display:
    """Return the steps that come again in the same case, the most often repeated first."""
    rows = _steps(result, lambda row: row["repeats"] and row["activity"] != WHOLE)
    for row in rows:
        row["share"] = (100 * Decimal(row["rework"]) / row["cases"]).quantize(Decimal("0.01"))
    rows.sort(key=lambda row: (-row["repeats"], row["object_type"], row["activity"]))
    drawn = columns(
        *("activity|Step|text", "kind|Of a|word", "cases|Cases|integer", "rework|With it again|integer"),
        *("share|%|money", "repeats|Times again|integer", "follows|Mostly after|text"),
    )
    cases = sum(row["cases"] for row in _steps(result, lambda row: row["activity"] == WHOLE))
    empty = f"In {numerals.count(cases, 'case')}, no step came twice." if cases else NOTHING
    return table(rows, drawn, "Steps done more than once in a case", CSV, empty=empty)


def paths(result: Result) -> Display:
    """Return the ways most cases went from beginning to end, one after the other of each kind of object."""
    found = numerals.records(result.tables["process_variants"])
    rows = sorted(
        (row for row in found if row["variant"] <= PATHS), key=lambda row: (row["object_type"], row["variant"])
    )
    rows = [row | {"kind": said(row["object_type"]), "way": _short(row["path"])} for row in rows]
    drawn = columns(
        *("variant|Way|integer", "kind|Of a|word", "way|Steps in order|reason", "cases|Cases|integer"),
        *("cases_share|%|money", "median_business_hours|Median, open h|money", "example|Example|key"),
    )
    ways = numerals.count(len(found), "way", "ways")
    empty = "No case has ended." if len(result.tables["process"]) else NOTHING
    return table(rows, drawn, f"The most frequent of {ways} cases went", VARIANTS_CSV, empty=empty)


def _short(path: str) -> str:
    """Return a way with steps that follow themselves counted.

    >>> _short("A → B → B → B → A")
    'A → B ×3 → A'
    """
    counted = [(step, len(list(same))) for step, same in groupby(path.split(" → "))]
    return " → ".join(step if number == 1 else f"{step} ×{number}" for step, number in counted)


def backlog(result: Result) -> Display:
    """Return how many cases were open each evening, and how many came and ended, one panel a kind of object."""
    rows = numerals.records(result.tables["process_flow"])
    rows.sort(key=lambda row: (row["object_type"], row["date"]))
    drawn = columns(
        *("kind|Of a|word", "date|Day|date", "arrived|Came|integer", "ended|Ended|integer"),
        "open_cases|Open in the evening|integer",
    )
    sentence = "Cases that came and ended on each business day, and those open in the evening."
    numbers = table([row | {"kind": said(row["object_type"])} for row in rows], drawn, sentence, empty=_no_ends(result))
    kinds: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        kinds[row["object_type"]].append(row)
    if not kinds:
        return numbers
    data, layout = _flows(kinds)
    return Figure(data, layout, sentence, numbers)


def _no_ends(result: Result) -> str:
    unnamed = "The parameters name the ending steps of no kind of object received: which cases are open is not known."
    return unnamed if len(result.tables["process"]) else NOTHING


def _flows(kinds: dict[str, list[dict]]) -> tuple[list[dict], dict[str, Any]]:
    layout: dict[str, Any] = {"height": 60 + 200 * len(kinds), "barmode": "group", "showlegend": True}
    layout["legend"] = {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top"}
    data, titles = [], []
    places = reversed(spread(len(kinds), 0.3 / len(kinds)))
    for number, ((kind, rows), place) in enumerate(zip(kinds.items(), places, strict=True), start=1):
        data += [_bars_of(rows, "arrived", "Came", PALETTE["minor"], number)]
        data += [_bars_of(rows, "ended", "Ended", PALETTE["gain"], number), _open_line(rows, number)]
        layout[panel("x", number)] = axis(
            showgrid=False, tickformat="%-d %b", nticks=6, type="date", anchor=reference("y", number),
            rangebreaks=[{"bounds": ["sat", "mon"]}],
        )  # fmt: skip
        layout[panel("y", number)] = axis(rangemode="tozero", nticks=4, domain=place, anchor=reference("x", number))
        titles.append(title(shown(said(kind, 2).capitalize()), number))
    return data, layout | {"annotations": titles}


def _bars_of(rows: list[dict], name: str, words: str, colour: str, number: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": words,
        "showlegend": number == 1,
        "x": [str(row["date"]) for row in rows],
        "y": [row[name] for row in rows],
        "marker": {"color": colour},
        "hovertemplate": f"%{{x|%a %-d %b}}: %{{y}} {words.lower()}<extra></extra>",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }


def _open_line(rows: list[dict], number: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Open in the evening",
        "showlegend": number == 1,
        "x": [str(row["date"]) for row in rows],
        "y": [row["open_cases"] for row in rows],
        "line": {"color": PALETTE["total"], "width": 2},
        "hovertemplate": "%{x|%a %-d %b}: %{y} open<extra></extra>",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }


def stock(result: Result) -> Display:
    """Return the open cases by the last step done: how many stand there, for how long, and the oldest of them."""
    rows = [row | {"kind": said(row["object_type"])} for row in numerals.records(result.tables["process_stock"])]
    rows.sort(key=lambda row: (row["object_type"], -row["cases"], row["last_activity"]))
    drawn = columns(
        *("last_activity|Last step|text", "kind|Of a|word", "cases|Open|integer"),
        *(
            "median_idle_business_hours|Stand, median open h|money",
            "longest_idle_business_hours|longest|money",
        ),
        *("oldest|Oldest|key", "oldest_since|since (UTC)|moment"),
    )
    empty = _no_ends(result) if not len(result.tables["process_flow"]) else "No case is open."
    return table(rows, drawn, "Open cases by the last step done", CASES_CSV, empty=empty)
