"""What the checks before booking, of orders and of concealment must find, put on deals nothing else was done to."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after
from generator.deals import amounts
from generator.instruments import INSTRUMENTS
from generator.knowledge import latest
from generator.parties import LEI
from generator.plant_deals import recent
from generator.planting import Chooser, Planted

EVE = after(AS_OF, -1)
LEFT_STANDING = "T260224-006"
"""A deal cancelled minutes after it was made, of which the cancellation is moved beyond the end of the month."""


def plant(trades: list[dict], orders: list[dict], planted: Planted) -> list[dict]:
    """Return the deals with those made wrong; orders are changed in place."""
    touched = {word for entry in planted.entries for word in f"{entry['key']} {entry['what']}".split()}
    free = Chooser(
        [row for row in recent(trades).free if row["trade_id"] not in touched and "-9" not in row["trade_id"]]
    )
    _orders(free, {row["order_id"]: row for row in orders}, planted)
    _uncovered(orders, planted)
    _settles_on_good_friday(free, planted)
    _same_words(free, planted)
    _across_month_end(trades, planted)
    _note_consequences(trades, planted)
    _note_small(trades, planted)
    return [*trades, _dealt_again(trades, planted), _nearly_twice(free, planted)]


def _note(planted: Planted, row: dict, what: str, control: str) -> None:
    planted.add("trades", f"{row['trade_id']} {row['version']}", what, control, "anomalies")


def _orders(free: Chooser, orders: dict[str, dict], planted: Planted) -> None:
    """Make five recent deals differ from their orders, each in another way."""
    wanted = [row for row in free.free if row.get("order_id") and row["trade_date"] >= after(AS_OF, -4)][:5]
    other, more, worse, before, unknown = [free.take(trade_id=row["trade_id"]) for row in wanted]
    orders[other["order_id"]].update(side="SELL" if other["side"] == "BUY" else "BUY", limit_price=None)
    _note(planted, other, f"its order {other['order_id']} was for the other side", "order differs")
    orders[more["order_id"]]["quantity"] -= 1
    what = f"one less than {more['trade_id']} that was dealt on it"
    planted.add("orders", more["order_id"], what, "order quantity", "anomalies")
    step = D("0.10") if worse["side"] == "SELL" else D("-0.10")
    orders[worse["order_id"]]["limit_price"] = worse["price"] + step
    _note(planted, worse, f"0.10 worse than the limit of its order {worse['order_id']}", "order limit")
    orders[before["order_id"]]["ordered_at"] = before["traded_at"] + timedelta(minutes=12)
    _note(planted, before, f"dealt twelve minutes before its order {before['order_id']}", "deal before order")
    what = f"names an order nobody knows; {unknown['order_id']} is filled without a deal"
    _note(planted, unknown, what, "unknown order")
    unknown["order_id"] = f"{unknown['order_id']}X"


def _settles_on_good_friday(free: Chooser, planted: Planted) -> None:
    row, day = free.take(trade_date=EVE, currency="EUR"), date(2026, 4, 3)
    row["settlement_date"] = day
    row.update(amounts(row["isin"], row["side"], row["quantity"], row["price"], day))
    _note(planted, row, "settles on Good Friday, when no euro is paid", "settlement on a closed day")


def _same_words(free: Chooser, planted: Planted) -> None:
    words, trader = "as agreed by telephone", "c.novak"
    rows = [free.take(trader=trader) for _ in range(3)]
    for row in rows:
        row["explanation"] = words
    what = f"{trader} gives the same words to three deals: {words}"
    _note(planted, rows[0], what, "explanation reused")


def _across_month_end(trades: list[dict], planted: Planted) -> None:
    cancelled = next(row for row in trades if row["trade_id"] == LEFT_STANDING and row["action"] == "CANCEL")
    cancelled["entered_at"] = datetime(2026, 3, 3, 9, 12)
    _note(planted, cancelled, "stood at the end of February, cancelled on 3 March", "cancelled after month end")


def _dealt_again(trades: list[dict], planted: Planted) -> dict:
    """Return the deal that takes the place of one cancelled on the day before it was confirmed."""
    gone = next(row for row in trades if row["action"] == "CANCEL" and row["trade_date"] == AS_OF)
    first = next(row for row in trades if row["trade_id"] == gone["trade_id"] and row["version"] == 1)
    when = gone["entered_at"] + timedelta(minutes=6)
    again = first | dict(trade_id="T260331-910", order_id=None, traded_at=when, entered_at=when + timedelta(minutes=2))
    again |= dict(confirmed_at=when + timedelta(minutes=30), counterparty=_another(first))
    _note(planted, again, f"{gone['trade_id']}, cancelled before its confirmation, dealt again", "dealt again")
    return again


def _another(row: dict) -> str:
    return LEI["LIBERTY"] if row["counterparty"] != LEI["LIBERTY"] else LEI["HUDSON"]


def _nearly_twice(free: Chooser, planted: Planted) -> dict:
    """Return the near twin of a deal: the same three minutes later, a cent dearer."""
    row = free.take(trade_date=AS_OF, book="EQ-US-CORE")
    twin = row | dict(trade_id="T260331-911", order_id=None, entered_at=row["entered_at"] + timedelta(minutes=3))
    twin["price"] = row["price"] + D("0.01")
    twin |= amounts(row["isin"], row["side"], row["quantity"], twin["price"], row["settlement_date"])
    _note(planted, twin, f"as {row['trade_id']} but for a cent, three minutes later", "nearly a duplicate")
    return twin


def _note_small(trades: list[dict], planted: Planted) -> None:
    """List the recent deals below the smallest quantity of their bond."""
    looked_at = [row for row in latest(trades) if row["entered_at"].date() >= after(AS_OF, -9)]
    for row in looked_at:
        least = INSTRUMENTS[row["isin"]].get("minimum_quantity")
        if row["action"] != "CANCEL" and least and row["quantity"] < least:
            _note(planted, row, f"{row['quantity']} where {least} is the least", "below the minimum")


def _note_consequences(trades: list[dict], planted: Planted) -> None:
    """List what follows from what was planted elsewhere: a trader's day, leave, instructions that ended."""
    large = next(row for row in trades if row["trade_id"] == "T260331-909")
    _note(planted, large, "with it e.okafor deals sixteen times the usual amount", "unusual gross")
    for trader in ("e.okafor", "f.weiss"):
        planted.add("absences", trader, "leave not taken in six months", "no leave", "anomalies")
    ended = [
        row for row in trades
        if row["counterparty"] == LEI["ZUIDER"] and row.get("venue") == "ALXP" and row["action"] != "CANCEL"
        and row["settlement_date"] > SSI_ENDED
    ]  # fmt: skip
    for row in ended:
        _note(
            planted, row, f"no instruction of the counterparty on ALXP since {SSI_ENDED}", "no settlement instruction"
        )


def _uncovered(rows: list[dict], planted: Planted) -> None:
    """Add the order of a client to sell what it does not hold."""
    row = next(row for row in rows if row["side"] == "BUY" and row.get("account") and row["status"] == "OPEN")
    row["side"] = "SELL"
    key = f"{row['account']} {row['isin']}"
    planted.add("orders", row["order_id"], f"{key} is not held and ordered to be sold", "order cover", "anomalies")


SSI_ENDED = date(2026, 3, 20)


def plant_ssis(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the settlement instructions, one of them ended and not replaced."""
    row = next(row for row in rows if row["lei"] == LEI["ZUIDER"] and row["market"] == "ALXP")
    row["valid_to"] = SSI_ENDED
    planted.add("ssis", f"{row['lei']} ALXP {row['valid_from']}", "ended and not replaced", "instruction ended", "anomalies")  # fmt: skip
    return rows


def plant_limits(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the limits, one approved by nobody and one ended that its trader still deals under."""
    row = next(row for row in rows if row["subject"] == "c.novak")
    row["approved_by"] = None
    planted.add("limits", f"c.novak SINGLE_DEAL {row['valid_from']}", "approved by nobody", "limit", "anomalies")
    row = next(row for row in rows if row["subject"] == "f.weiss")
    row["valid_to"] = date(2026, 3, 20)
    planted.add(
        "limits", f"f.weiss SINGLE_DEAL {row['valid_from']}", "ended, and f.weiss deals on", "limit", "anomalies"
    )
    return rows


def plant_adjustments(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the adjustments with one taken back three business days later."""
    made = dict(book="UST-USD", currency="USD", author="z.abadie", approver="u.control")
    first = made | dict(adjustment_id="ADJ-0009", date=date(2026, 3, 25), amount=D("24000.00"), reason="margin to come",
                        expires_on=date(2026, 4, 30))  # fmt: skip
    back = made | dict(adjustment_id="ADJ-0010", date=date(2026, 3, 30), amount=D("-24000.00"), reason="margin not come",
                       expires_on=date(2026, 4, 30))  # fmt: skip
    planted.add("adjustments", "ADJ-0009", "taken back by ADJ-0010 three business days later", "adjustment reversed",
                "anomalies")  # fmt: skip
    return [*rows, first, back]
