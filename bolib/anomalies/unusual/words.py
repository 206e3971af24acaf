"""An alert in a sentence: what was seen, what was expected, and what is usual instead."""

from decimal import Decimal
from typing import Any

from bolib.findings import shown

NAMES = {
    "other_account": "other account",
    "settles_in": "settlement",
    "traded_at": "time of the deal",
    "entered_at": "time of entry",
    "authorised_at": "time",
    "at": "time",
    "entered_by": "entered by",
    "object_type": "kind of object",
    "previous": "step before",
    "activity": "step",
    "author": "user",
}
"""Fields in words, where the column's name is not the word."""


def said(field: str) -> str:
    """Return a field in words; of fields taken together, each."""
    return " + ".join(NAMES.get(name, name) for name in field.split(" + "))


def sentence(row: dict[str, Any]) -> str:
    """Return what an alert says, with the counts it was judged by."""
    return SENTENCES[row["kind"]](row)


def scope(row: dict[str, Any]) -> str:
    """Return what a decision on the alert holds for beyond it: the pair, the kind of amount, or the instrument."""
    if row["kind"] in ("RARE", "FIRST"):
        pair = sorted([(row["field"], row["value"]), (row["other"], row["other_value"])])
        return f"{row['block']}: " + " & ".join(f"{field}={value}" for field, value in pair)
    return f"{row['block']}: {row['kind'].lower()} of {row['other_value']}"


def _pair(row: dict[str, Any]) -> str:
    return f"{said(row['field'])} {row['value']} with {said(row['other'])} {row['other_value']}"


def _rare(row: dict[str, Any]) -> str:
    usual = f"; usual here: {row['usual']}" if row["usual"] else ""
    chance = f", expected {_count(row['expected'])}" if row["seen"] < row["expected"] else ""
    others = f"{row['seen_other']:,} other records with {said(row['other'])} {row['other_value']}"
    seen = f"{row['seen']:,}" if row["seen"] else "none"
    return f"{said(row['field'])} {row['value']} in {seen} of {others}{chance}{usual}"


def _first(row: dict[str, Any]) -> str:
    usual = f"; usual here: {row['usual']}" if row["usual"] else ""
    return f"first seen: {_pair(row)}, which has {row['seen_other']:,} other records{usual}"


def _amount(row: dict[str, Any]) -> str:
    amount, usual = Decimal(row["value"]), row["usual_amount"]
    times = f"{abs(amount / usual):,.1f} times the usual {shown(usual)}" if usual else f"where {shown(usual)} is usual"
    return (
        f"amount {shown(amount)} is {times} of {row['other_value']} ({row['known']:,} earlier);"
        f" {shown(row['low'])} to {shown(row['high'])} would not be told"
    )


def _result(row: dict[str, Any]) -> str:
    return (
        f"the official result is {shown(Decimal(row['value']))} away from the front office's estimate where"
        f" {shown(row['usual_amount'])} is usual of {row['other_value']} ({row['known']:,} earlier days);"
        f" {shown(row['low'])} to {shown(row['high'])} would not be told"
    )


def _schedule(row: dict[str, Any]) -> str:
    asked, due = Decimal(row["value"]), row["usual_amount"]
    much = "much" if asked > due else "little"
    return (
        f"{row['field']} {shown(asked)} where the schedule of {row['other_value']} makes it {shown(due)}:"
        f" {shown(abs(asked - due))} too {much}; {shown(row['low'])} to {shown(row['high'])} apart would not be told"
        f" ({row['known']:,} earlier)"
    )


def _position(row: dict[str, Any]) -> str:
    told = {
        "PROVISIONAL": "provisional, the next statement will tell",
        "CONFIRMED": "it was not put right the next evening",
        "CLOSED": "it was right again the next evening",
    }
    stated, expected = Decimal(row["value"]), Decimal(row["usual"])
    return (
        f"{_units(stated)} stated where {_units(expected)} follow from what was stated on {row['since']:%-d %B} and"
        f" what moved since: {_units(abs(stated - expected))} too {_much(stated - expected)}; {told[row['state']]}"
    )


def _units(quantity: Decimal) -> str:
    return shown(quantity) if quantity % 1 else f"{quantity:,.0f}"


def _much(difference: Decimal) -> str:
    return "many" if difference > 0 else "few"


def _move(row: dict[str, Any]) -> str:
    told = {
        "PROVISIONAL": "provisional, the next close will tell",
        "CONFIRMED": "it went back the next day: a wrong price",
        "CLOSED": "it stayed the next day: a real move",
    }
    return (
        f"price {_plain(row['value'])} moved {row['move_bp']:+,.0f} bp where its market moved"
        f" {row['market_bp']:+,.0f} bp and {row['usual_amount']:,.0f} bp a day is usual"
        f" ({row['known']:,} earlier days); {told[row['state']]}"
    )


def _stale(row: dict[str, Any]) -> str:
    return (
        f"price {_plain(row['value'])} unmoved for {row['seen']:,} days, since {row['since']:%-d %B};"
        f" before, it was unmoved on {row['seen_other']:,} of {row['known']:,} days"
    )


def _plain(value: str) -> str:
    return shown(Decimal(value))


def _count(expected: Decimal) -> str:
    return f"{expected:,.0f}" if expected >= 10 else f"{expected:,.1f}"


SENTENCES = {
    "RARE": _rare,
    "FIRST": _first,
    "AMOUNT": _amount,
    "MOVE": _move,
    "STALE": _stale,
    "RESULT": _result,
    "SCHEDULE": _schedule,
    "POSITION": _position,
}
"""How each kind of alert is said."""
