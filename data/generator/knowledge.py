"""What was known of the deals on an evening: the latest version of each, cancellations out."""

from datetime import date
from decimal import Decimal as D

from generator.days import known_day


def latest(trades: list[dict], evening: date | None = None) -> list[dict]:
    """Return the last version of each deal known on the evening of a day (or ever), without cancelled ones."""
    found = {}
    for row in trades:
        if evening is None or known_day(row["entered_at"]) <= evening:
            kept = found.get(row["trade_id"])
            found[row["trade_id"]] = row if kept is None or row["version"] > kept["version"] else kept
    return [row for row in found.values() if row["action"] != "CANCEL"]


def legs(trades: list[dict]) -> list[dict]:
    """Return what each deal does to books: one leg, or two for a transfer; quantity and cash are signed."""
    found = []
    for row in trades:
        sign = 1 if row["side"] == "BUY" else -1
        for book, side in ((row["book"], sign), (row.get("from_book"), -sign)):
            if book:
                found.append(dict(
                    book=book, isin=row["isin"], day=row["trade_date"], at=row["traded_at"], trade_id=row["trade_id"],
                    quantity=side * row["quantity"], cash=-side * row["net_amount"], currency=row["currency"],
                ))  # fmt: skip
    return found


def positions(lots: list[dict], trades: list[dict], splits: dict, evening: date) -> dict[tuple[str, str], D]:
    """Return the quantity held at the close by book and instrument; `splits` are factors by instrument and ex-date."""
    moves = [(row["book"], row["isin"], row["opened_on"], row["quantity"]) for row in lots]
    moves += [(row["book"], row["isin"], row["day"], row["quantity"]) for row in legs(trades) if row["day"] <= evening]
    held: dict[tuple[str, str], D] = {}
    for book, isin, day, quantity in moves:
        for (split, ex_date), factor in splits.items():
            if split == isin and day < ex_date <= evening:
                quantity *= factor
        held[book, isin] = held.get((book, isin), D(0)) + quantity
    return held
