"""Corporate actions as people read them: what did not come as due, who owes whom, what to choose, what comes next."""

import datetime
from collections import Counter, defaultdict
from typing import Any

from bolib.calendars import calendar
from bolib.report import numerals
from bolib.report.clocks import clocks
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

LIMIT = 40
"""Rows of one group drawn in a page; the others are counted and stand in the CSV."""

ENTITLEMENTS, CLAIMS, CHOICES = ("results/entitlements.csv", "results/market_claims.csv", "results/choices.csv")
WRONG = {"MISSING": "overdue", "DIFFERENT": "major", "LATE": "late", "UNJUDGED": "off"}
"""States of an entitlement that did not come as due, the worst first, and how they are drawn."""

CAUSES = {
    "TAX": "the wrong tax was withheld",
    "CLAIM": "market claims are unpaid",
    "CLAIM_UNTOLD": "market claims are unpaid, which ones is not told",
    "LOAN": "what was lent is not made good",
    "POSITION": "the custodian's holding is not ours",
    "CURRENCY": "another currency",
    "SHORT": "less than due",
    "OVER": "more than due",
    "NOT_ENTITLED": "no right to it",
}
EVENTS = {
    "DVCA": "dividend",
    "INTR": "coupon",
    "REDM": "redemption",
    "CAPD": "capital paid back",
    "SPLF": "split",
    "SPLR": "reverse split",
    "BONU": "bonus shares",
    "SOFF": "spin-off",
    "RHTS": "rights",
}
"""Types of event as a reader says them."""

TO_MAKE = {"OVERDUE": "overdue", "TO_ELECT": "today", "DEFAULTED": "overdue", "TOO_LATE": "overdue", "LATE": "late"}
"""States of a choice that is not in order, the most pressing first, and how they are drawn."""


def entitlements(result: Result) -> Display:
    """Return what was due on securities and did not come, or not as due; each opens on its arithmetic and rule."""
    rows = numerals.records(result.tables["entitlements"])
    wrong = [row for row in rows if row["status"] in WRONG]
    wrong.sort(key=lambda row: (list(WRONG).index(row["status"]), row["pay_date"] or row["ex_date"], row["ca_id"]))
    owners = _owners(result, "entitlement")
    drawn = [_entitlement(result, row, owners) for row in wrong]
    return _openings(f"{_checked(rows)} {_less(wrong)}", [("", "", drawn)], ENTITLEMENTS)


def _checked(rows: list[dict]) -> str:
    """Return what was compared, in a sentence."""
    states, holdings = (Counter(row[name] for row in rows) for name in ("status", "position"))
    said = (
        f"{numerals.count(len(rows), 'entitlement')} on {numerals.count(len({row['ca_id'] for row in rows}), 'event')}"
    )
    found = [
        f"{states[name]:,} {numerals.label(name).lower()}" for name in ("RECEIVED", "EXPECTED", *WRONG) if states[name]
    ]
    known = {"CUSTODY": "as the custodian states them", "DEALS": "from deals and settlements", "PROJECTED": "so far"}
    held = [f"{holdings[name]:,} {words}" for name, words in known.items() if holdings[name]]
    return f"{said}: {', '.join(found) or 'nothing to compare'}. Holdings: {', '.join(held) or 'none known'}."


def _less(wrong: list[dict]) -> str:
    """Return by how much less came than was due, by currency."""
    sums: Counter = Counter()
    for row in wrong:
        less = row["net"] if row["status"] == "MISSING" else -(row["difference"] or 0)
        if less is not None and less > 0:
            sums[row["currency"]] += less
    said = ", ".join(f"{numerals.money(amount)} {name}" for name, amount in sorted(sums.items()))
    return f"Less came than was due by {said}." if said else "" if wrong else "All that was due came as due."


def _owners(result: Result, kind: str) -> dict[str, str]:
    """Return who answers for each object of a kind."""
    rows = [row for row in clocks(result) if row["object_type"] == kind and row["owner"]]
    return {row["key"]: f"{row['owner']}, {row['team']}" for row in rows}


def _entitlement(result: Result, row: dict, owners: dict[str, str]) -> dict[str, Any]:
    late, key = row["status"] == "LATE", f"{row['ca_id']} {row['account']}"
    rule = row["tax_rule"] if row["cause"] == "TAX" else "CA.entitlement" if row["cause"] else "CA.payment"
    cause = CAUSES.get(row["cause"], "received late" if late else "nothing received")
    pairs = {
        "Security": f"{row['name']}, {row['isin']}",
        "Dates": f"ex {numerals.day(row['ex_date'])}, record {numerals.day(row['record_date'])}",
        "Received": f"{row['outcome']}, on {numerals.day(row['received_on'])}" if row["outcome"] else "nothing",
        "Owner": owners.get(key, numerals.NONE),
        "Source": _source(row),
    }
    shown = {"state": row["status"], "level": WRONG[row["status"]], "key": key, "currency": row["currency"]}
    shown["said"] = f"{EVENTS[row['type']]} on {row['name']}: {cause}"
    shown["amount"] = row["difference"] if row["cause"] else row["amount_received"] if late else row["net"]
    shown["units"] = row["quantity_difference"] if row["cause"] else row["quantity_due"]
    shown |= {"day": row["due_date"] or row["pay_date"], "note": "due", "arithmetic": row["arithmetic"]}
    return shown | {"rule": _rule(result, rule), "pairs": pairs}


def market_claims(result: Result) -> Display:
    """Return the open claims by counterparty, with what they owe us and what we owe them."""
    rows = numerals.records(result.tables["market_claims"])
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        if row["state"] in ("OPEN", "UNTOLD", "NOT_REPLACED"):
            groups[row["counterparty_name"]].append(row)
    owners = _owners(result, "market_claim")
    drawn = [
        (name, _owed(mine), [_claim(result, row, owners) for row in mine]) for name, mine in sorted(groups.items())
    ]
    states = Counter(row["state"] for row in rows)
    words = {"PAID": "claimed and paid", "OPEN": "claimed and open", "UNTOLD": "not told by what came in"}
    words |= {"REPLACED": "replaced by the depository", "NOT_REPLACED": "still to be replaced"}
    said = ", ".join(f"{states[name]:,} {text}" for name, text in words.items() if states[name])
    lead = f"{numerals.count(len(rows), 'delivery', 'deliveries')} crossed a record date{': ' if said else ''}{said}."
    return _openings(lead, drawn, CLAIMS)


def _owed(rows: list[dict]) -> str:
    """Return "owes us 1,088.85 USD; we owe 10.00 EUR" of the open claims of one counterparty."""
    sums: Counter = Counter()
    for row in rows:
        if row["state"] == "OPEN" and row["net"] is not None:
            sums[row["direction"], row["currency"]] += row["net"]
    words = {"TO_US": "owes us", "BY_US": "we owe"}
    return "; ".join(f"{words[way]} {numerals.money(sums[way, name])} {name}" for way, name in sorted(sums))


def _claim(result: Result, row: dict, owners: dict[str, str]) -> dict[str, Any]:
    ours = row["direction"] == "TO_US"
    replaced = row["kind"] == "TRANSFORMATION"
    kind = "instruction to be replaced" if replaced else f"{numerals.label(row['kind']).lower()} {_way(ours)}"
    pairs = {
        "Deal": f"{numerals.day(row['trade_date'])}, to settle {numerals.day(row['intended_settlement_date'])}",
        "Settled": numerals.day(row["settled_on"]),
        "Record date": numerals.day(row["record_date"]),
        "Matched": "yes" if row["matched_at"] else "no",
        "Owner": owners.get(f"{row['ca_id']} {row['reference']}", numerals.NONE),
        "Source": _source(row),
    }
    sign = 1 if ours else -1
    shown = {"state": row["state"], "level": "overdue" if row["state"] == "OPEN" else "major"}
    shown |= {"key": f"{row['ca_id']} {row['reference']}", "currency": row["currency"], "units": row["quantity_due"]}
    shown |= {"said": f"{kind}, {numerals.quantity(row['quantity'])} {row['isin']}"}
    shown |= {"amount": None if row["net"] is None else sign * row["net"], "day": row["due_date"], "note": "due"}
    rule = "CA.transformation" if replaced else "CA.claim"
    return shown | {"arithmetic": row["arithmetic"], "rule": _rule(result, rule), "pairs": pairs}


def _way(ours: bool) -> str:
    return "on them" if ours else "on us"


def choices(result: Result) -> Display:
    """Return the choices to make and those made late, with our deadline, the market's and what applies without one."""
    rows = numerals.records(result.tables["choices"])
    shown = [row for row in rows if row["state"] in TO_MAKE]
    shown.sort(
        key=lambda row: (list(TO_MAKE).index(row["state"]), row["market_deadline"], row["ca_id"], row["account"])
    )
    made = sum(row["state"] == "ELECTED" for row in rows)
    lead = (
        f"{numerals.count(len(rows), 'choice')} on events that offer some: {made:,} made in time, {len(shown):,} not."
    )
    owners = _owners(result, "election")
    return _openings(lead, [("", "", [_choice(result, row, owners) for row in shown])], CHOICES)


def _choice(result: Result, row: dict, owners: dict[str, str]) -> dict[str, Any]:
    left = row["days_left"]
    note = "today" if left == 0 else f"{numerals.count(abs(left), 'day')} {'left' if left > 0 else 'over'}"
    held = "holding not known" if row["quantity"] is None else f"{numerals.quantity(row['quantity'])} {row['isin']}"
    pairs = {
        "Chosen": f"{row['option']} on {numerals.day(row['elected_on'])}" if row["option"] else "nothing",
        "Without a choice": row["default_option"] or "not known",
        "Owner": owners.get(f"{row['ca_id']} {row['account']}", numerals.NONE),
        "Market's deadline": f"{row['market_deadline']:%-d %b %Y %H:%M} UTC",
        "Source": _source(row),
    }
    shown = {"state": row["state"], "level": TO_MAKE[row["state"]], "key": f"{row['ca_id']} {row['account']}"}
    closes = numerals.day(row["market_deadline"].date())
    shown["said"] = f"{EVENTS[row['type']]}, {held}; the market closes {closes}"
    shown |= {"amount": row["net"], "currency": row["currency"], "units": None, "day": row["due_date"], "note": note}
    return shown | {"arithmetic": row["arithmetic"], "rule": _rule(result, "CA.election"), "pairs": pairs}


def coming_events(result: Result, days: int = 20) -> Display:
    """Return what happens on the securities held in the next `days` business days, in order of time."""
    first, end = result.day.as_of, _end(result.day.as_of, days)
    held = numerals.records(result.tables["entitlements"])
    open_choices = [row for row in numerals.records(result.tables["choices"]) if not row["option"]]
    steps = [step for row in held for step in _steps(row)] + [step for row in open_choices for step in _deadlines(row)]
    rows = [row for row in steps if row["day"] and first < row["day"] <= end]
    rows.sort(key=lambda row: (row["day"], row["ca_id"], row["account"], row["step"]))
    drawn = columns(
        *("day|Day|date", "step|What|word", "ca_id|Event|key", "isin|Security|key", "account|Account|word"),
        *(
            "entitled_quantity|Held|quantity",
            "net|Cash after tax|money",
            "currency||word",
            "quantity_due|Units|quantity",
        ),
    )
    empty = f"Nothing happens on the securities held until {numerals.day(end)}."
    return table(rows, drawn, f"Events on securities held until {numerals.day(end)}", ENTITLEMENTS, empty=empty)


def _steps(row: dict) -> list[dict]:
    """Return what happens to an entitlement, and when."""
    words = {"ex_date": "dealt without the right", "record_date": "holders are counted", "pay_date": "paid"}
    return [row | {"day": row[name], "step": f"{EVENTS[row['type']]}, {said}"} for name, said in words.items()]


def _deadlines(row: dict) -> list[dict]:
    """Return until when a choice may be made."""
    shared = row | {"entitled_quantity": row["quantity"]}
    event = EVENTS[row["type"]]
    ours = shared | {"day": row["due_date"], "step": f"{event}, our deadline to choose"}
    return [ours, shared | {"day": row["market_deadline"].date(), "step": f"{event}, the market's deadline"}]


def _end(as_of: datetime.date, days: int) -> datetime.date:
    """Return the day so many TARGET days after `as_of`."""
    rows = calendar("TARGET", as_of, as_of + datetime.timedelta(2 * days + 15)).to_pylist()
    return next(row["date"] for row in rows if row["day"] == rows[0]["day"] + days)


def _openings(lead: str, groups: list[tuple[str, str, list[dict]]], csv: str) -> Display:
    """Return groups of rows that open: title, note and rows of each; what was checked is said before."""
    drawn = [
        {"title": title, "note": note, "rows": rows[:LIMIT], "left_out": max(len(rows) - LIMIT, 0)}
        for title, note, rows in groups
        if rows
    ]
    return Display("openings.html.j2", plain=lead, lead=lead, groups=drawn, csv=csv)


def _rule(result: Result, rule: str) -> Any:
    return result.day.rulebook.rules(rule)[-1]


def _source(row: dict) -> str:
    return f"{row['source_file']}:{row['source_line']}" if row["source_file"] else "none"
