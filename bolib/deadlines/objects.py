"""The things that have a clock, as a reader says them."""

OBJECTS = {
    "instruction": ("settlement", "settlements"),
    "trade": ("trade", "trades"),
    "allocation": ("allocation", "allocations"),
    "penalty": ("penalty", "penalties"),
    "penalty_month": ("month of penalties", "months of penalties"),
    "filing": ("filing", "filings"),
    "document": ("client document", "client documents"),
    "entitlement": ("entitlement", "entitlements"),
    "election": ("election", "elections"),
    "market_claim": ("market claim", "market claims"),
    "incident": ("incident", "incidents"),
    "instalment": ("client instalment", "client instalments"),
    "promise": ("promise to pay", "promises to pay"),
    "loan": ("loan", "loans"),
    "insolvency_case": ("over-indebtedness case", "over-indebtedness cases"),
    "guarantee": ("guarantee", "guarantees"),
    "complaint": ("complaint", "complaints"),
    "refund": ("refund", "refunds"),
    "dispute": ("card dispute", "card disputes"),
    "estate": ("estate", "estates"),
    "quiet_account": ("quiet account", "quiet accounts"),
}
"""Object types: one, and many."""


def said(kind: str, number: int = 1) -> str:
    """Return the word for `number` objects of a type; a type of a bank's own is its own word.

    >>> said("instruction"), said("instruction", 2), said("margin_call", 2)
    ('settlement', 'settlements', 'margin call')
    """
    one, many = OBJECTS.get(kind, (kind.replace("_", " "),) * 2)
    return one if number == 1 else many


def counted(number: int, kind: str) -> str:
    """Return "1 settlement" or "1,200 settlements"."""
    return f"{number:,} {said(kind, number)}"
