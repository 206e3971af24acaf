"""The slow, obvious twin of `match_lots`: one event after the other, lots in a queue, fractions for quantities."""

from decimal import Decimal
from fractions import Fraction

NO_LATER_DAY = 99_999_999


class Book:
    """The lots of a position: [open_trade_id, opened_on, units > 0, cents], the oldest first."""

    def __init__(self, average):
        self.average, self.lots, self.sign, self.days = average, [], 1, {}

    @property
    def units(self):
        return self.sign * sum(lot[2] for lot in self.lots)

    def open(self, sign, units, cents, trade_id, opened_on):
        self.sign = sign
        if self.average and self.lots:
            self.lots[0][2] += units
            self.lots[0][3] += cents
        elif units:
            self.lots.append(["PMP" if self.average else trade_id, opened_on, units, cents])

    def close(self, units, cents):
        """Return (open_trade_id, opened_on, units, cost cents, dealt cents) for each lot that `units` are taken from."""
        pieces = []
        while units:
            lot = self.lots[0]
            part = min(units, lot[2])
            drawn, dealt = share(lot[3], part, lot[2]), share(cents, part, units)
            pieces.append((lot[0], lot[1], part, drawn, dealt))
            lot[2], lot[3], units, cents = lot[2] - part, lot[3] - drawn, units - part, cents - dealt
            if not lot[2]:
                self.lots.pop(0)
        return pieces

    def leg(self, units, cents, trade_id, opened_on):
        """Close, then open with the rest; return the sign that was closed, the pieces, and what was opened."""
        held = self.units
        closed = min(abs(units), abs(held)) if held * units < 0 else 0
        for_closed = share(cents, closed, abs(units)) if closed else 0
        sign, pieces = self.sign, self.close(closed, for_closed)
        if abs(units) > closed:
            self.open(1 if units > 0 else -1, abs(units) - closed, cents - for_closed, trade_id, opened_on)
        return sign, pieces, abs(units) - closed

    def note(self, day, result=0, event=True):
        """Remember the position after an event of the day."""
        before = self.days.get(day, (0, 0, 0, False))
        cents = sum(lot[3] for lot in self.lots)
        self.days[day] = (self.units, cents, before[2] + result, before[3] or event)


def share(cents, part, whole):
    return round(cents * Fraction(part) / Fraction(whole))


def queue_of_lots(rows):
    """Return the rows that `match_lots` should return, as a sorted list of tuples."""
    markets = {}
    for row in rows:
        markets.setdefault((row["state"], row["isin"]), []).append(row)
    return sorted(line for key, events in markets.items() for line in _market(key, events))


def _market(key, events):
    books, out = {}, []
    for row in sorted(events, key=lambda row: row["seq"]):
        _event(key, row, books, out)
    for name, book in books.items():
        for open_id, opened_on, units, cents in book.lots:
            if _micro(units) or cents:
                out.append(_line(key, name, "LOT", open_id, "", opened_on, 0, 0, book.sign * units, cents))
        shown = sorted((day, state) for day, state in book.days.items() if state[3] or state[0])
        untils = [day for day, _ in shown[1:]] + [NO_LATER_DAY]
        for (day, (units, cents, result, _)), until in zip(shown, untils, strict=True):
            out.append(_line(key, name, "POSITION", "", "", None, day, until, units, cents, 0, result))
    return out


def _event(key, row, books, out):
    if row["kind"] == "SPLIT":
        for book in books.values():
            for lot in book.lots:
                lot[2] *= Fraction(row["ratio_new"]) / Fraction(row["ratio_old"])
            book.note(row["day"], event=False)
        return
    book = books.setdefault(row["book"], Book(row["method"] == "PMP"))
    units = -book.units if row["kind"] == "REDEEM" else Fraction(row["quantity"])
    sign, pieces, opened = book.leg(units, _cents(row["amount"]), row["trade_id"], row["opened_on"])
    _matches(key, row, row["book"], book, sign, pieces, out)
    if row["kind"] == "TRANSFER":
        other = books.setdefault(row["to_book"], Book(row["to_method"] == "PMP"))
        _arrive(key, row, other, units, sign, pieces, opened, out)


def _matches(key, row, name, book, sign, pieces, out):
    for open_id, opened_on, units, drawn, dealt in pieces:
        cost, proceeds = (drawn, dealt) if sign > 0 else (dealt, drawn)
        closing = (open_id, row["trade_id"], opened_on, row["day"])
        out.append(_line(key, name, "MATCH", *closing, 0, units, cost, proceeds, proceeds - cost))
    book.note(row["day"], sum(sign * (dealt - drawn) for *_, drawn, dealt in pieces))


def _arrive(key, row, book, units, sign, pieces, opened, out):
    amount, to_amount = _cents(row["amount"]), _cents(row["to_amount"])
    closed = abs(units) - opened
    rest, to_close = closed, share(to_amount, closed, abs(units))
    last = to_amount - to_close
    for open_id, opened_on, part, drawn, _ in pieces:
        value = share(to_close, part, rest)
        rest, to_close = rest - part, to_close - value
        carried = drawn if amount in (0, to_amount) else round(Fraction(drawn * to_amount, amount))
        cost, proceeds = (value, carried) if sign > 0 else (carried, value)
        side, closes, _ = book.leg(sign * part, carried, open_id, opened_on)
        _matches(key, row, row["to_book"], book, side, closes, out)
        if cost or proceeds:
            arriving = (open_id, row["trade_id"], opened_on, row["day"])
            out.append(_line(key, row["to_book"], "MATCH", *arriving, 0, 0, cost, proceeds, proceeds - cost))
        book.note(row["day"], proceeds - cost)
    if opened:
        side, closes, _ = book.leg((-1 if units > 0 else 1) * opened, last, row["trade_id"], row["opened_on"])
        _matches(key, row, row["to_book"], book, side, closes, out)


def _line(key, book, kind, open_id, close_id, opened_on, day, until, units, cost, proceeds=0, result=0):
    return (
        *key,
        book,
        kind,
        open_id,
        close_id,
        str(opened_on or ""),
        day,
        until,
        _micro(units),
        cost,
        proceeds,
        result,
    )


def _micro(units):
    return round(Fraction(units) * 10**6)


def _cents(amount: Decimal) -> int:
    return int(amount * 100)
