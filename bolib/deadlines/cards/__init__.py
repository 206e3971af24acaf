"""Cards: refunds, disputes stage by stage, clearing that comes late, and cash machines that do not count."""

import pyarrow as pa

from bolib.day import Day

TABLES = ("dispute_work", "cash_counts")

PRESENTMENT = ("E2.presentment.present", "E2.presentment.online")


def prepare(day: Day) -> None:
    """Add the stages of each scheme, and until when each authorisation may be cleared."""
    add_dispute_stages(day)
    add_presentment_limits(day)


def add_dispute_stages(day: Day) -> None:
    """Add `dispute_stages`: scheme, stage, rule; of every rule that names a scheme and a stage."""
    rules = [day.rulebook.rules(name)[-1] for name in day.rulebook.ids]
    staged = [rule for rule in rules if {"scheme", "stage"} <= set(rule.parameters)]
    columns = {name: [rule.parameters[name] for rule in staged] for name in ("scheme", "stage")}
    day.engine.add("dispute_stages", pa.table({**columns, "rule": [rule.id for rule in staged]}))


def add_presentment_limits(day: Day) -> None:
    """Add `presentment_limits`: channel, authorised_on, rule, latest, arithmetic; one row a day and channel."""
    channels = {name: rule for rule in PRESENTMENT for name in day.rulebook.rules(rule)[-1].parameters["channels"]}
    select = (
        "select distinct channel, cast(authorised_at as date) as authorised_on from card_authorisations order by 1, 2"
    )
    rows = [row for row in day.engine.query(select).to_pylist() if row["channel"] in channels]
    found = [day.rulebook.due(channels[row["channel"]], row["authorised_on"]) for row in rows]
    day.engine.add("presentment_limits", pa.table({
        "channel": pa.array([row["channel"] for row in rows], pa.string()),
        "authorised_on": pa.array([row["authorised_on"] for row in rows], pa.date32()),
        "latest": pa.array([due.due_date for due in found], pa.date32()),
        "arithmetic": pa.array([due.arithmetic for due in found], pa.string()),
    }))  # fmt: skip
