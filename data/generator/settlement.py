"""Settlement instructions and their life at the depository."""

import random
from datetime import date, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after, at, business_day, days_between
from generator.knowledge import latest

OPEN_FAILS = (1, 1, 2, 3, 4, 6, 9, 13, 18, 24, 33, 47, 61)
"""Ages, in business days, of the instructions still unsettled on the sample's day."""
EVENTS_FROM = date(2026, 2, 2)
LATE_MATCHES = {"T260202-003": ("accepted_at", 25_500), "T260316-002": ("counterparty_accepted_at", 33_900)}
"""Deals of which one side instructed only the day after the settlement date: which, and when (seconds UTC)."""
STORIES = {
    "T260206-001": (("LACK", 0), ("LACK", 0), ("LACK", 5_000), ("PRCY", 5_000), ("PRCY", 5_000)),
    "T260303-020": (("MONY", 0),),
    "T260304-004": (("BOTH", 0),),
}
"""Deals that settled late for other reasons than a plain lack of securities: reason and quantity settled, by evening."""
LIFE_LOST = "T260220-010"
"""A deal that settled late, of which no step was kept."""
OVER_RECORD_DATE = "T260311-009"
"""A purchase of KO that settles three days late, over the record date of its dividend."""


def settlements(trades: list[dict]) -> list[dict]:
    """Return one instruction for each deal with another party; a deal cancelled later has its instruction cancelled."""
    draw = random.Random("settlements")
    live = {row["trade_id"]: row for row in latest(trades)}
    last = {row["trade_id"]: row for row in trades if not row.get("from_book")}
    failing = _failing(draw, [row for row in live.values() if row["trade_id"] in last])
    rows = []
    for trade_id, row in sorted(last.items()):
        instruction = _instruction(draw, row)
        late = failing.get(trade_id, 0) if trade_id in live else None
        rows.append(instruction | _outcome(draw, row, late, instruction))
    return rows


def _failing(draw: random.Random, rows: list[dict]) -> dict[str, int]:
    """Return the deals that settle late -> business days late; -1 for those not settled yet."""
    past = [row for row in rows if row["settlement_date"] < AS_OF]
    late = {row["trade_id"]: draw.choice((1, 1, 1, 2, 2, 3, 5)) for row in past if draw.random() < 0.03}
    late = {
        t: n
        for t, n in late.items()
        if after(next(r for r in past if r["trade_id"] == t)["settlement_date"], n) <= AS_OF
    }
    for age in OPEN_FAILS:
        due = after(AS_OF, -age)
        free = [row["trade_id"] for row in past if row["settlement_date"] == due and row["trade_id"] not in late]
        late[free[len(free) // 2]] = -1
    return late | {OVER_RECORD_DATE: 3}


def replaced(rows: list[dict], trades: list[dict], events: list[dict]) -> list[dict]:
    """Return the instructions, those open over the record date of a reverse split being for the new shares."""
    dealt = {row["trade_id"]: row["trade_date"] for row in trades}
    for event in (event for event in events if event["type"] == "SPLR"):
        for row in open_over(event, rows, dealt):
            row["quantity"] *= event["ratio_new"] / event["ratio_old"]
            row["settled_quantity"] = row["quantity"] if row["status"] == "SETT" else row["settled_quantity"]
    return rows


def open_over(event: dict, rows: list[dict], dealt: dict[str, date]) -> list[dict]:
    """Return the instructions of deals made before the ex-date that had not settled on the record date."""
    return [
        row for row in rows
        if row["isin"] == event["isin"] and row["status"] != "CANC" and dealt[row["trade_id"]] < event["ex_date"]
        and (row.get("settled_on") or date.max) > event["record_date"]
    ]  # fmt: skip


def _instruction(draw: random.Random, row: dict) -> dict:
    accepted = at(row["trade_date"], 62_000 + draw.randrange(9_000))
    theirs = accepted + timedelta(minutes=draw.randint(-40, 150))
    moments = dict(accepted_at=accepted, counterparty_accepted_at=theirs)
    if row["trade_id"] in LATE_MATCHES:
        side, seconds = LATE_MATCHES[row["trade_id"]]
        moments[side] = at(after(row["settlement_date"], 1), seconds)
    return dict(
        instruction_id=f"I{row['trade_id'][1:]}", trade_id=row["trade_id"],
        movement="RECE" if row["side"] == "BUY" else "DELI",
        payment="APMT", isin=row["isin"], quantity=row["quantity"], amount=row["net_amount"], currency=row["currency"],
        intended_settlement_date=row["settlement_date"], **moments,
        matched_at=max(moments.values()) + timedelta(seconds=30), settled_quantity=D(0),
        counterparty=row["counterparty"],
        place=row["pset_bic"], trade_venue=row.get("venue"),
    )  # fmt: skip


def _outcome(draw: random.Random, row: dict, late: int | None, instruction: dict) -> dict:
    """Return what became of an instruction; `late` is None when cancelled, -1 when it still fails."""
    due = row["settlement_date"]
    if late is None:
        return dict(status="CANC", reason="CANI")
    if due > AS_OF:
        return dict(status="MACH")
    if late >= 0:
        return dict(status="SETT", settled_on=after(due, late), settled_quantity=row["quantity"])
    reason = draw.choice(("LACK", "LACK", "MONY", "PREA", "CMIS"))
    if reason == "CMIS":
        return dict(status="NMAT", reason=reason, counterparty_accepted_at=None, matched_at=None)
    part = row["quantity"] // 2 if reason == "LACK" and draw.random() < 0.4 else D(0)
    return dict(status="PENF", reason=reason, settled_quantity=part)


def settlement_events(rows: list[dict]) -> list[dict]:
    """Return the steps of the instructions due since February, cancelled or still open."""
    found = []
    for row in rows:
        kept = row["intended_settlement_date"] >= EVENTS_FROM or row["status"] in ("PENF", "NMAT", "CANC")
        found += _steps(row) if kept and row["trade_id"] != LIFE_LOST else []
    return sorted(found, key=lambda step: (step["instruction_id"], step["at"]))


def _steps(row: dict) -> list[dict]:
    base = dict(instruction_id=row["instruction_id"], settled_quantity=D(0))
    steps = [base | dict(at=row["accepted_at"], status="NMAT", hold=False)]
    if row.get("matched_at"):
        steps.append(base | dict(at=row["matched_at"], status="MACH", hold=False))
    if row["status"] == "PEND":
        held = row["matched_at"] + timedelta(minutes=20)
        steps.append(base | dict(at=held, status="PEND", reason=row["reason"], hold=True))
    if row["status"] == "CANC":
        steps.append(base | dict(at=row["accepted_at"] + timedelta(hours=14), status="CANC", reason="CANI"))
    for day in failing_days(row):
        reason, part = evening(row, day)
        steps.append(base | dict(at=at(day, 57_600), status="PENF", reason=reason, settled_quantity=part,
                                 hold=reason in ("PREA", "BOTH")))  # fmt: skip
    if row.get("settled_on"):
        steps.append(base | dict(at=at(row["settled_on"], 30_600), status="SETT", settled_quantity=row["quantity"]))
    return steps


def _part(row: dict) -> D:
    return D(0) if row["status"] == "SETT" else row["settled_quantity"]


def evening(row: dict, day: date) -> tuple[str, D]:
    """Return why an instruction had not settled at the end of one of its failing days, and how much of it had."""
    if row["trade_id"] in STORIES:
        reason, part = STORIES[row["trade_id"]][failing_days(row).index(day)]
        return reason, D(part)
    return row.get("reason") or "LACK", _part(row)


def unmatched_days(row: dict) -> list[date]:
    """Return the business days from the settlement date to the one before it matched; it always matches in time."""
    if row["trade_id"] not in LATE_MATCHES:
        return []
    last = row["matched_at"].date() - timedelta(days=1)
    return [day for day in days_between(row["intended_settlement_date"], last) if business_day(day)]


def failing_days(row: dict) -> list[date]:
    """Return the business days at whose end a matched instruction had not settled."""
    if row["status"] in ("CANC", "MACH", "NMAT"):
        return []
    last = (row.get("settled_on") or after(AS_OF, 1)) - timedelta(days=1)
    days = [day for day in days_between(row["intended_settlement_date"], last) if business_day(day)]
    return days[len(unmatched_days(row)) :]


def settled_net(rows: list[dict], evening: date) -> dict[tuple[str, str], D]:
    """Return quantity still to receive (+) or deliver (-) by deal and instrument at the close of `evening`."""
    open_now = {}
    for row in rows:
        done = row["quantity"] if row.get("settled_on") and row["settled_on"] <= evening else _part(row)
        left = D(0) if row["status"] == "CANC" else row["quantity"] - done
        if left:
            open_now[row["trade_id"], row["isin"]] = left if row["movement"] == "RECE" else -left
    return open_now
