"""Estates: accounts blocked, costs and fees within the law, papers asked for, money nobody claims."""

from datetime import date
from decimal import Decimal

import pyarrow as pa

from bolib.calendars import Delay, due_date
from bolib.day import Day
from bolib.rulebook import Rule
from bolib.valuation.exact import decimals, integers, multiply_divide
from bolib.views import prepare as make
from bolib.views import views

TABLES = ("estate_work", "missing_papers", "quiet_accounts")

FEES, FUNERAL = "G-05", "G-03"
INACTIVE = ("G-13.account", "G-13.savings")
DEPOSIT = ("G-14.inactive.notice", "G-14.inactive")
SOLE = ("G-14.pel.notice", "G-14.pel")
NOTICES = (DEPOSIT[0], SOLE[0])
AMOUNT = pa.decimal128(18, 2)


def prepare(day: Day) -> None:
    """Add what the law allows for each estate, and from when a quiet account comes near its clocks."""
    add_estate_limits(day)
    add_inactivity_rules(day)
    make(day.engine, views("deadlines"), {"holders"}, **day.bound)


def add_estate_limits(day: Day) -> None:
    """Add `estate_limits`: estate_id, fee_at_most with its reason, funeral_at_most; empty where no law caps it.

    The version of each rule is that of the death.
    """
    rows = day.rows("estates")
    rules = [_in_force(day, FEES, row["died_on"]) for row in rows]
    percents = [Decimal(rule.parameters["percent"]) if rule else Decimal(0) for rule in rules]
    share = _percent([row["balance_at_death"] for row in rows], percents)
    fees = [_fee(row, rule, part) for row, rule, part in zip(rows, rules, share, strict=True)]
    funeral = [_ceiling(_in_force(day, FUNERAL, row["died_on"])) for row in rows]
    day.engine.add("estate_limits", pa.table({
        "estate_id": pa.array([row["estate_id"] for row in rows], pa.string()),
        "fee_at_most": pa.array([fee for fee, _ in fees], AMOUNT),
        "reason": pa.array([reason for _, reason in fees], pa.string()),
        "funeral_at_most": pa.array(funeral, AMOUNT),
    }))  # fmt: skip


def _in_force(day: Day, rule: str, on: date) -> Rule | None:
    return day.rulebook.at(rule, on) if on >= day.rulebook.rules(rule)[0].valid_from else None


def _ceiling(rule: Rule | None) -> Decimal | None:
    return Decimal(rule.parameters["ceiling"]) if rule else None


def _percent(amounts: list[Decimal], percents: list[Decimal]) -> list[Decimal]:
    """Return so many percent of each amount, rounded once, half-even, to the cent."""
    whole = integers(pa.array(amounts, AMOUNT))
    rate = integers(pa.array(percents, AMOUNT))
    return decimals(multiply_divide([whole, rate], [100 * 100]), AMOUNT).to_pylist()


def _fee(estate: dict, rule: Rule | None, share: Decimal) -> tuple[Decimal | None, str | None]:
    """Return the highest fee the law allows, and why."""
    if rule is None:
        return None, None
    free_below, ceiling = (Decimal(rule.parameters[name]) for name in ("free_below", "ceiling"))
    if estate["minor"]:
        return Decimal(0), "the deceased was a minor"
    if estate["direct_heir"] and not estate["complex"]:
        return Decimal(0), "an heir justifies his quality and nothing is complex"
    if estate["balance_at_death"] < free_below:
        return Decimal(0), f"the total is below {free_below:,}"
    return min(share, ceiling), f"{rule.parameters['percent']} % of the balance, and at most {ceiling:,}"


def add_inactivity_rules(day: Day) -> None:
    """Add `inactivity_rules`: by kind of account, each rule with the last day of quiet that brings it near.

    `notice`: it asks for a letter. `sole`: it is for an account that is (not) its holder's only one; empty: for both.
    """
    found = {name: day.rulebook.at(name, day.as_of) for name in (*INACTIVE, *DEPOSIT, *SOLE)}
    kinds = [(kind, name) for name in INACTIVE for kind in found[name].parameters["kinds"]]
    alone = {found[name].parameters["sole_kind"] for name in SOLE}
    rows = [(kind, name, None) for kind, name in kinds]
    rows += [(kind, name, False if kind in alone else None) for kind, _ in kinds for name in DEPOSIT]
    rows += [(kind, name, True) for kind in sorted(alone) for name in SOLE]
    day.engine.add("inactivity_rules", pa.table({
        "kind": [kind for kind, _, _ in rows],
        "rule": [name for _, name, _ in rows],
        "notice": [name in NOTICES for _, name, _ in rows],
        "since": [day.rulebook.rules(name)[0].valid_from for _, name, _ in rows],
        "sole": pa.array([sole for _, _, sole in rows], pa.bool_()),
        "quiet_since": pa.array([_quiet_since(day, found[name]) for _, name, _ in rows], pa.date32()),
    }))  # fmt: skip


def _quiet_since(day: Day, rule: Rule) -> date:
    """Return the day of a last operation whose clock runs out when the notice of the report ends."""
    months = day.parameters["inactivity_notice_months"] - rule.delay
    end, _ = due_date(day.as_of, Delay(months, "months", rule.calendar))
    return end
