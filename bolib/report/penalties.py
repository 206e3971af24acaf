"""Cash penalties as people read them: what fails cost, where the depository reports otherwise, what is to come."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis, panel, reference, shown, spread, title
from bolib.report.tables import columns, table
from bolib.results import Result

CSV = "results/penalties_computed.csv"
LINES = columns(
    "instruction_id|Instruction|key", "date|Day|date", "fail|Fail|word",
    "quantity|Not settled|quantity", "reference_price|Price|price", "points|Rate, bp|price", "signed|Computed|money",
    "signed_reported|Reported|money", "told|Difference|reason",
)  # fmt: skip
SHOWN_LINES, ZERO = 40, Decimal(0)
POINTS = Decimal("0.0001")
"""Digits of a rate on the page; the file has eight."""


def penalties_by_month(result: Result) -> Display:
    """Return by month what each counterparty owes or is owed, net by currency; each opens on its days."""
    lines = _lines(result)
    nets: dict[str, list[dict]] = defaultdict(list)
    for row in _rows(result, "penalties_net"):
        nets[row["month"]].append(row | {"lines": _opened(lines, row)})
    months = [
        row
        | {"title": _title(row["month"]), "nets": sorted(nets[row["month"]], key=_by_size)}
        | {"totals": _totals(nets[row["month"]])}
        for row in reversed(_rows(result, "penalty_months"))
        if row["month"] in nets
    ]
    rules = {name: result.day.rulebook.rules(name)[-1] for name in ("A-30", "A-31", "A-32", "A-33", "A-34.appeal")}
    plain = numerals.count(sum(len(rows) for rows in nets.values()), "net penalty", "net penalties")
    return Display("penalties.html.j2", plain=plain, months=months, rules=rules)


def _title(month: str) -> str:
    """Return a month as March 2026."""
    return f"{numerals.MONTHS[int(month[5:]) - 1]} {month[:4]}"


def _rows(result: Result, name: str) -> list[dict[str, Any]]:
    return numerals.records(result.tables[name])


def _lines(result: Result) -> dict[tuple, list[dict]]:
    """Return the penalties by month, counterparty and currency, amounts with their sign."""
    found: dict[tuple, list[dict]] = defaultdict(list)
    for row in _rows(result, "penalties_computed"):
        signs = {"signed": _signed(row, "amount"), "signed_reported": _signed(row, "reported")}
        points = row["rate_bp"].quantize(POINTS) if row["rate_bp"] is not None else None
        fail = f"{row['type']} {row['reason'] or ''}".strip()
        words = {"told": _told(row), "points": points, "fail": fail}
        found[f"{row['charged_on']:%Y-%m}", row["counterparty"], row["currency"]].append(row | signs | words)
    return found


def _told(row: dict) -> str | None:
    """Return cause and reason of a difference as one text; an amount as reported has none."""
    words = [numerals.label(row["cause"])] if row["cause"] else []
    return ": ".join([*words, *([row["why"]] if row["why"] else [])]) or None


def _signed(row: dict, name: str) -> Decimal | None:
    return -row[name] if row[name] is not None and row["direction"] == "DEBIT" else row[name]


def _opened(lines: dict[tuple, list[dict]], net: dict) -> Any:
    rows = lines[net["month"], net["counterparty"], net["currency"]]
    rows.sort(key=lambda row: (row["cause"] is None, row["date"], row["instruction_id"], row["type"]))
    return table(rows, LINES, "Day by day, the differences first", CSV, limit=SHOWN_LINES).html()


def _by_size(row: dict) -> tuple:
    return -abs(row["net"] or 0), row["counterparty"] or "", row["currency"] or ""


def _totals(nets: list[dict]) -> list[dict]:
    """Return the month's net by currency."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in nets:
        found[row["currency"] or numerals.NONE] += row["net"] or 0
    return [{"currency": currency, "net": net} for currency, net in sorted(found.items())]


def penalties_by_day(result: Result) -> Figure:
    """Return what each day of fail costs and brings, one panel a currency."""
    found: dict[tuple, dict[str, Decimal]] = defaultdict(lambda: {"DEBIT": ZERO, "CREDIT": ZERO})
    for row in _rows(result, "penalties_computed"):
        if row["amount"]:
            found[row["currency"], row["charged_on"]][row["direction"]] += row["amount"]
    rows = [
        {"currency": currency, "day": day, "paid": -sums["DEBIT"], "received": sums["CREDIT"]}
        for (currency, day), sums in sorted(found.items())
    ]
    drawn = columns("day|Day|date", "currency|Currency|word", "received|To receive|money", "paid|To pay|money")
    sentence = "Cash penalties computed, by day: to receive above, to pay below."
    return Figure(*_panels(rows), sentence, table(rows, drawn, sentence, CSV))


def _panels(rows: list[dict]) -> tuple[list[dict], dict[str, Any]]:
    currencies = sorted({row["currency"] for row in rows})
    data, titles = [], []
    layout: dict[str, Any] = {"height": 60 + 170 * max(len(currencies), 1), "barmode": "relative"}
    shares = reversed(spread(len(currencies), 0.3 / max(len(currencies), 1)))
    for number, (currency, share) in enumerate(zip(currencies, shares, strict=True), start=1):
        mine = [row for row in rows if row["currency"] == currency]
        data += [_bars(mine, name, colour, number) for name, colour in (("received", "gain"), ("paid", "loss"))]
        days = axis(showgrid=False, type="date", tickformat="%-d %b", nticks=8, anchor=reference("y", number))
        layout[panel("x", number)] = days
        layout[panel("y", number)] = axis(domain=share, nticks=5, anchor=reference("x", number))
        titles.append(title(shown(currency), number))
    return data, layout | {"annotations": titles}


def _bars(rows: list[dict], name: str, colour: str, number: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [str(row["day"]) for row in rows],
        "y": [float(row[name]) for row in rows],
        "customdata": [numerals.money(row[name], sign=True) for row in rows],
        "marker": {"color": PALETTE[colour]},
        "hovertemplate": "%{x|%a %-d %b}: %{customdata}<extra></extra>",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }


def penalty_differences(result: Result) -> Display:
    """Return the penalties that the depository reports otherwise than computed, the largest difference first."""
    until = {row["month"]: row["appeal_until"] for row in _rows(result, "penalty_months")}
    rows = [
        row | {"appeal_until": until.get(month)}
        for (month, _, _), group in _lines(result).items()
        for row in group
        if row["difference"]
    ]
    rows.sort(key=lambda row: (-abs(row["difference"]), row["instruction_id"], row["date"]))
    drawn = columns(
        "instruction_id|Instruction|key", "date|Day|date", "signed|Computed|money", "signed_reported|Reported|money",
        "difference|Difference|change", "currency|Currency|word", "told|Because|reason",
        "appeal_until|Appeal until|date",
    )  # fmt: skip
    empty = "Every penalty computed was reported at the same amount, and no other."
    return table(rows, drawn, "Reported less computed; received +, paid −", CSV, empty=empty)


def pending_penalties(result: Result) -> Display:
    """Return what fails this evening by counterparty and reason, with its cost a day and so far."""
    rows = sorted(_rows(result, "penalties_pending"), key=lambda row: (row["a_day"] or 0, row["counterparty"] or ""))
    drawn = columns(
        "who|Counterparty|text", "reason|Reason|word", "type|Penalty|word", "instructions|Instructions|integer",
        "a_day|A day|change", "so_far|So far|change", "currency|Currency|word", "not_computed|Not computable|integer",
    )  # fmt: skip
    for row in rows:
        row |= {"who": row["name"] or row["counterparty"], "not_computed": row["not_computed"] or None}
    empty = "Nothing that a depository charges for fails this evening."
    return table(rows, drawn, "What fails this evening; received +, paid −", empty=empty)


def penalties_unknown(result: Result) -> Display:
    """Return what could not be computed, by what is missing."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in _rows(result, "penalties_computed"):
        if row["cause"] == "NOT_COMPUTED":
            found[row["why"]].append(row)
    rows = [_unknown(why, group) for why, group in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))]
    drawn = columns(
        "why|What is missing|text", "instructions|Instructions|integer", "days|Days|integer", "first|First day|date",
        "last|Last day|date", "example|For instance|key",
    )  # fmt: skip
    return table(rows, drawn, "Penalties not computed", CSV, empty="Every penalty could be computed.")


def _unknown(why: str, rows: list[dict]) -> dict[str, Any]:
    days = sorted(row["date"] for row in rows)
    names = sorted({row["instruction_id"] for row in rows})
    return {"why": why[:1].upper() + why[1:], "instructions": len(names), "days": len(rows)} | {
        "first": days[0], "last": days[-1], "example": names[0],
    }  # fmt: skip
