"""Settlement as people read it: what failed, what holds it, what would release it, and how often it happens."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis
from bolib.report.tables import columns, table
from bolib.results import Result

CLOCK = "#deadlines-A-50"
"""Where each fail opens on its arithmetic and the step of its escalation."""

WORDS = {"DELI": ("deliver", "to"), "RECE": ("receive", "from")}
MARKET_ROWS = 25
"""Securities drawn of those a market fails on; all stand in the CSV."""


def ageing(result: Result) -> Display:
    """Return what is past its settlement date by age band, with what own funds must cover of a change of price."""
    rows = sorted(numerals.records(result.tables["ageing"]), key=lambda row: (row["from_day"], row["currency"]))
    drawn = columns(
        *("band|Business days late|word", "currency|Currency|word", "instructions|Instructions|integer"),
        *("amount|Not settled|money", "price_difference|Loss at today's close|money"),
        *("factor|Own funds, % of it|integer", "own_funds|Own funds|money"),
        *(("unpriced|Without a price|integer",) if any(row["unpriced"] for row in rows) else ()),
    )
    caption, empty = "Unsettled instructions past their date, by age", "No instruction is past its settlement date."
    return table(rows, drawn, caption, "results/open_settlements.csv", empty=empty)


def open_fails(result: Result) -> Display:
    """Return each instruction past its date: what holds it, who can act and what is left of it, the oldest first."""
    names = _names(result)
    rows = [
        row | {"instruction": _clock(row["instruction_id"]), "task": _task(names, row), "state": _state(row)}
        for row in numerals.records(result.tables["open_settlements"])
        if row["intended_settlement_date"] < result.day.as_of and (row["days_late"] is None or row["days_late"] > 0)
    ]
    rows.sort(key=lambda row: (row["intended_settlement_date"], row["instruction_id"]))
    drawn = columns(
        *("instruction|Instruction|link", "task|Left to do|reason", "days_late|Days late|integer"),
        *("open_amount|At stake|money", "currency||word", "state|Held by|text", "desk|Who can act|word"),
        "own_funds|Own funds|money",
    )
    empty = "Every instruction that was due has settled."
    return table(rows, drawn, "Settlement fails, the oldest first", "results/open_settlements.csv", empty=empty)


def _clock(key: str) -> tuple[str, str, str]:
    return key, CLOCK, ""


def _task(names: dict[str, str], row: dict[str, Any]) -> str:
    """Return what is left to do: deliver 3,050 Coca-Cola Co to Liberty Point Dealers."""
    verb, towards = WORDS.get(row["movement"], ("settle", "with"))
    security, party = _name(names, row["isin"]), _name(names, row["counterparty"])
    return f"{verb} {numerals.quantity(row['open_quantity'])} {security} {towards} {party}"


def _state(row: dict[str, Any]) -> str:
    """Return what holds an instruction: its reason, whether it is on hold or not matched, what of it has settled."""
    lacks = {"securities": "securities are lacking", "cash": "cash is lacking"}.get(row["cause"])
    words = [lacks] if lacks else []
    words += ["on hold"] if row["hold"] else []
    words += ["not matched"] if row["matched_at"] is None else []
    words += [f"{numerals.quantity(row['settled_quantity'])} settled"] if row["settled_quantity"] else []
    return f"{row['reason'] or row['status'] or numerals.NONE}{': ' if words else ''}{', '.join(words)}"


def _names(result: Result) -> dict[str, str]:
    return {row["code"]: row["name"] for row in numerals.records(result.tables["known_names"])}


def _name(names: dict[str, str], code: str | None) -> str:
    return names.get(code, code) or numerals.NONE


def settlement_chains(result: Result) -> Display:
    """Return which receipt would release which deliveries, the receipt that releases the largest amount first."""
    names, rows = _names(result), numerals.records(result.tables["settlement_chains"])
    released: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        released[row["receipt"]] += row["released_amount"] or 0
    rows.sort(key=lambda row: (-released[row["receipt"]], row["receipt"], row["delivery_due"], row["delivery"]))
    shown = [row | _link(names, row) for row in rows]
    drawn = columns(
        *("first|Receipt|link", "of|Of|reason", "held|Held by|text", "then|Delivery|link", "wanted|Wants|text"),
        *("quantity|Gives it|quantity", "released_amount|Releases|money", "currency||word"),
    )
    empty = "No delivery waits for a receipt: all receipts and deliveries due by the next days were compared."
    caption = "Receipts and the deliveries that wait for them"
    return table(shown, drawn, caption, "results/settlement_chains.csv", empty=empty)


def _link(names: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    """Return the receipt and the delivery of a row, each with what there is to say of it."""
    giver, taker = _name(names, row["receipt_counterparty"]), _name(names, row["delivery_counterparty"])
    wanted = numerals.quantity(row["open_quantity"])
    return {
        "first": _clock(row["receipt"]),
        "of": f"{_name(names, row['isin'])} from {giver}, due {numerals.day(row['receipt_due'])}",
        "held": ", ".join(word for word in (row["receipt_reason"], row["receipt_desk"]) if word) or "not yet due",
        "then": _clock(row["delivery"]),
        "wanted": f"{wanted} to {taker}, due {numerals.day(row['delivery_due'])}",
    }


def partial_settlements(result: Result) -> Display:
    """Return the deliveries to settle in part with the stock available, the largest amount cured first."""
    names, rows = _names(result), numerals.records(result.tables["partial_settlements"])
    rows.sort(key=lambda row: (-(row["cured_amount"] or 0), row["instruction_id"]))
    shown = [row | {"instruction": _clock(row["instruction_id"]), "wanted": _wanted(names, row)} for row in rows]
    drawn = columns(
        *("instruction|Delivery|link", "wanted|Of|reason", "account|Account|word", "available|Available|quantity"),
        *("open_quantity|Left|quantity", "partial_quantity|Settle now|quantity", "cured_amount|Cures|money"),
        *("open_amount|of|money", "currency||word"),
    )
    empty = "No failing delivery can be cured in part: no stock is available of what they lack."
    return table(shown, drawn, "Partial settlements worth asking for", "results/partial_settlements.csv", empty=empty)


def _wanted(names: dict[str, str], row: dict[str, Any]) -> str:
    late = f", {numerals.count(row['days_late'], 'day')} late" if row["days_late"] else ""
    return f"{_name(names, row['isin'])} to {_name(names, row['counterparty'])}{late}"


def fail_trend(result: Result) -> Figure:
    """Return the share of the instructions due on each of the last settlement days that failed that evening."""
    rows = sorted(numerals.records(result.tables["fail_trend"]), key=lambda row: row["day"])
    rows = [row | {"rate": _percent(row["failed"], row["due"])} for row in rows]
    due, failed = sum(row["due"] for row in rows), sum(row["failed"] for row in rows)
    instructions = numerals.count(due, "instruction")
    sentence = f"Of {instructions} due in the last {len(rows)} settlement days, {failed:,} failed."
    drawn = columns("day|Due on|date", *_COUNTED)
    layout = {
        "height": 260,
        "xaxis": axis(showgrid=False, tickformat="%-d %b", nticks=8, type="date"),
        "yaxis": axis(rangemode="tozero", ticksuffix=" %", nticks=4),
    }
    return Figure([_bars(rows)], layout, sentence, table(rows, drawn, "Fails by due day", limit=60))


def _bars(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [str(row["day"]) for row in rows],
        "y": [float(row["rate"]) for row in rows],
        "text": [f"{row['rate']:.0f} %" if row["failed"] else "" for row in rows],
        "textposition": "outside",
        "textfont": {"size": 12},
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": [f"{row['failed']:,} of {row['due']:,} failed, {row['unsettled']:,} still open" for row in rows],
        "marker": {"color": PALETTE["major"]},
        "hovertemplate": "%{x|%a %-d %b}: %{customdata}<extra></extra>",
    }


_COUNTED = (
    *("due|Due|integer", "failed|Failed that evening|integer", "rate|Rate, %|quantity"),
    "unsettled|Still open|integer",
)


def _percent(part: int, whole: int | None) -> Decimal | None:
    """Return part in percent of whole, to one digit; None where there is no whole."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def fail_rates(result: Result) -> Display:
    """Return the rate of fails of each counterparty, and how many fails each reason made, the worst first."""
    reasons = result.day.parameters.get("reasons", {})
    rows = [
        row | {"rate": _percent(row["failed"], row["due"]), "said": _said(row, reasons)}
        for row in numerals.records(result.tables["fail_rates"])
    ]
    rows.sort(key=lambda row: (row["kind"], -(row["rate"] or 0), -row["failed"], row["said"]))
    drawn = columns("label|By|word", "said|Counterparty or reason|text", *_COUNTED)
    shown = [row | {"label": numerals.label(row["kind"])} for row in rows]
    empty = "Nothing was due in the last settlement days."
    return table(shown, drawn, "Fails of the last settlement days", empty=empty)


def _said(row: dict[str, Any], reasons: dict[str, dict]) -> str:
    cause = reasons.get(row["name"], {}).get("cause") if row["kind"] == "REASON" else None
    return "no reason given" if row["name"] == "—" else f"{row['name']} ({cause})" if cause else row["name"]


def market_fails(result: Result) -> Display:
    """Return the securities a market has failed on for longest, by its own published balances."""
    rows = numerals.records(result.tables["market_fails"])
    rows.sort(key=lambda row: (-row["days"], -row["standing"], row["security"]))
    drawn = columns(
        *("security|Security|key", "name|Name|text", "days|Days in a row|integer"),
        *("failing_since|Since|date", "date|Last published|date", "balance|Balance|quantity"),
        "standing|Never below|quantity",
    )
    empty = "No balances of fails published by a market were received (table market_fail_balances)."
    caption = "Securities the market fails on"
    return table(rows, drawn, caption, "results/market_fails.csv", empty=empty, limit=MARKET_ROWS)
