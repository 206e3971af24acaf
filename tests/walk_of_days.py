"""The slow, obvious twin of `attribute`: one position after the other, one day after the other, in fractions."""

from decimal import Decimal
from fractions import Fraction

COMPONENTS = ("price_effect", "carry", "fx", "new", "fees", "taxes", "dividend", "corporate_action")


def _exact(row):
    return {name: Fraction(cell) if isinstance(cell, Decimal) else cell for name, cell in row.items()}


def level(quantity, price, mark):
    """Return the cents that millionths of a quantity are worth."""
    rate = mark["book_rate"] / mark["rate"]
    return round(Fraction(quantity, 10**6) * price * mark["multiplier"] / mark["divisor"] * rate * 100)


def converted(amounts, mark):
    """Return the cents of each amount as differences of the rounded running sums."""
    rate, levels = mark["book_rate"] / mark["rate"], [0]
    for count in range(len(amounts)):
        levels.append(round(sum(amounts[: count + 1]) * rate * 100))
    return [after - before for before, after in zip(levels, levels[1:], strict=False)]


def micro(quantity):
    return round(quantity * 10**6)


def walk_of_days(flows, marks):
    """Return the rows that `attribute` should return, in cents and millionths, as a sorted list of tuples."""
    out, flows, marks = [], *([_exact(row) for row in rows] for rows in (flows, marks))
    for key in {(row["state"], row["isin"], row["currency"], row["book"]) for row in flows}:
        days = [row for row in marks if (row["state"], row["isin"], row["currency"]) == key[:3]]
        mine = [row for row in flows if (row["state"], row["isin"], row["currency"], row["book"]) == key]
        out += _position(key, sorted(days, key=lambda row: row["day"]), mine)
    return sorted(out)


def _position(key, marks, flows):
    """The opening position is in the units of the day before the first."""
    first, last = marks[0]["day"], marks[-1]["day"]
    opening = [row for row in flows if row["day"] <= last and (row["kind"] == "OPEN" or row["day"] < first)]
    quantity = Fraction(sum(row["quantity"] for row in opening))
    before = None
    for mark in marks:
        held = micro(quantity)
        quantity *= mark["split_new"] / mark["split_old"]
        today = [row for row in flows if row["day"] == mark["day"] and row not in opening]
        q0 = micro(quantity)
        quantity += sum(row["quantity"] for row in today)
        traded = micro(quantity)
        quantity = Fraction(0) if mark["redemption"] > 0 else quantity
        then = before if before and (held or q0) else mark
        parts = _day(held, q0, traded, mark, then, today, before is None)
        if held or q0 or micro(quantity) or today:
            unknown = _unknown(mark) or _unknown(then)
            values = [None if unknown else parts[name] for name in COMPONENTS]
            state, isin, currency, book = key
            yield (state, isin, book, currency, mark["day"], q0, micro(quantity), *map(str, values))
        before = mark


def _unknown(mark):
    return mark["price"] is None or mark["rate"] is None


def _day(held, q0, traded, now, then, flows, is_first):
    if _unknown(now) or _unknown(then):
        return dict.fromkeys(COMPONENTS)
    at_old_rate = now | {"rate": then["rate"], "book_rate": then["book_rate"]}
    old_accrued = then["accrued"] * now["split_old"] / now["split_new"]
    dirty = now["price"] + now["accrued"]
    start = level(held, then["price"] + then["accrued"], then)
    price = level(q0, now["price"] + old_accrued, at_old_rate)
    carry, fx = level(q0, dirty, at_old_rate), level(q0, dirty, now)
    if is_first:
        start = price = carry = fx
    after, clean = level(traded, dirty, now), level(traded, now["price"], now) - level(q0, now["price"], now)
    gross, accrued, fees, taxes = (sum(cash) for cash in zip([0] * 4, *(_cash(row, now) for row in flows), strict=True))
    redeemed = now["redemption"] > 0
    return {
        "price_effect": price - start,
        "carry": carry - price + level(held, now["coupon"], now) + after - fx - clean + accrued,
        "fx": fx - carry,
        "new": clean + gross,
        "fees": fees,
        "taxes": taxes,
        "dividend": level(held, now["dividend"], now),
        "corporate_action": level(held, now["capital"], now)
        + (level(traded, now["redemption"], now) - after if redeemed else 0),
    }


def _cash(row, mark):
    amounts = [row["gross"], row["accrued"], row["fees"], row["taxes"]]
    if not row["kind"].startswith("TRANSFER"):
        return converted(amounts, mark)
    quantity = micro(row["quantity"])
    clean = level(quantity, mark["price"], mark)
    dirty = level(quantity, mark["price"] + mark["accrued"], mark)
    return [-clean, clean - dirty, *converted([0, 0, *amounts[2:]], mark)[2:]]
