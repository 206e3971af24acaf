"""The steps of the deals of the last weeks, from their entry to their settlement: invented like the deals."""

import random
from datetime import date, datetime, time, timedelta

EVENTS_FROM = date(2026, 2, 16)
KINDS = {"NEW": "CAPTURED", "AMEND": "AMENDED", "CANCEL": "CANCELLED"}
CHECKERS = ("bo.amiel", "bo.bret", "bo.costa")


def events(trades: list[dict], instructions: list[dict]) -> list[dict]:
    """Return what was done to each deal: entered, confirmed, checked by the back office, instructed, settled.

    A transfer between own books ends when it is booked; a cancelled deal is not instructed any more.
    """
    cancelled = {row["trade_id"]: row["entered_at"] for row in trades if row["action"] == "CANCEL"}
    instructions = [row for row in instructions if row["accepted_at"] < cancelled.get(row["trade_id"], datetime.max)]
    instructed = {row["trade_id"]: row["accepted_at"] for row in instructions}
    draw, found = random.Random("checks"), []
    for row in trades:
        if row["trade_date"] >= EVENTS_FROM:
            found.append(_event(row["trade_id"], KINDS[row["action"]], row["entered_at"], row["entered_by"], "FRONT"))
            if row.get("confirmed_at"):
                found.append(_event(row["trade_id"], "CONFIRMED", row["confirmed_at"], "mo.auto", "CONFIRMATIONS"))
                checked = row["confirmed_at"] + timedelta(seconds=draw.randint(300, 1_500))
                if checked < instructed.get(row["trade_id"], datetime.min):
                    found.append(_event(row["trade_id"], "CHECKED", checked, draw.choice(CHECKERS), "BACK"))
                if row.get("from_book"):
                    booked = row["confirmed_at"] + timedelta(minutes=20)
                    found.append(_event(row["trade_id"], "BOOKED", booked, "bo.auto", "BACK"))
    for row in instructions:
        if row["accepted_at"].date() >= EVENTS_FROM:
            found.append(_event(row["trade_id"], "INSTRUCTED", row["accepted_at"], "bo.auto", "BACK"))
            if row.get("settled_on"):
                settled = datetime.combine(row["settled_on"], time(8, 30))
                found.append(_event(row["trade_id"], "SETTLED", settled, None, "DEPOSITORY"))
    return sorted(found, key=lambda row: (row["object_id"], row["at"], row["activity"]))


def _event(object_id: str, activity: str, moment: datetime, actor: str | None, source: str) -> dict:
    return dict(object_type="trade", object_id=object_id, activity=activity, at=moment, actor=actor, source=source)
