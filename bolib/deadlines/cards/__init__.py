"""Cards: refunds, disputes stage by stage, clearing that comes late, and cash machines that do not count."""

import pyarrow as pa

from bolib.day import Day
from bolib.rulebook import Rule

TABLES = ("dispute_work", "cash_counts")

STAGES = "E2.stage.known"
PRESENTMENT = ("E2.presentment.present", "E2.presentment.online")

AUTHORISED = (
    "select distinct channel, cast(authorised_at as date) as trigger_date from card_authorisations order by 1, 2"
)


def prepare(day: Day) -> None:
    """Add the stages of each scheme, and until when each authorisation may be cleared."""
    add_dispute_stages(day)
    add_presentment_limits(day)


def add_dispute_stages(day: Day) -> None:
    """Add `dispute_stages`: of every rule that names both, one row a reason. And `dispute_ends`: the last stages.

    scheme, stage, rule, since (the day it counts from), reason (empty: any), unauthorised (fraud, whatever its reason),
    beside (the rule it limits; empty: it stands for itself).
    """
    staged = [day.rulebook.rules(name)[-1] for name in day.rulebook.having("scheme", "stage")]
    kinds = {name: pa.string() for name in ("scheme", "stage", "rule", "since", "reason", "beside")}
    rows = [row for rule in staged for row in _staged(rule)]
    schema = pa.schema([*kinds.items(), ("unauthorised", pa.bool_())])
    day.engine.add("dispute_stages", pa.Table.from_pylist(rows, schema=schema))
    ended = day.rulebook.rules(STAGES)[-1].parameters["ended"]
    day.engine.add("dispute_ends", pa.table({"stage": pa.array(ended, pa.string())}))


def _staged(rule: Rule) -> list[dict]:
    told = {name: rule.parameters.get(name) for name in ("scheme", "stage", "beside")}
    told |= {"unauthorised": rule.parameters.get("unauthorised", False), "rule": rule.id, "since": rule.trigger}
    return [told | {"reason": reason} for reason in rule.parameters.get("reasons", [None])]


def add_presentment_limits(day: Day) -> None:
    """Add `presentment_limits`: channel, authorised_on, latest, arithmetic; one row a day and channel of a rule."""
    channels = {name: rule for rule in PRESENTMENT for name in day.rulebook.rules(rule)[-1].parameters["channels"]}
    rows = [row for row in day.engine.query(AUTHORISED).to_pylist() if row["channel"] in channels]
    asked = [row | {"rule": channels[row["channel"]]} for row in rows]
    kinds = {"channel": pa.string(), "rule": pa.string(), "trigger_date": pa.date32()}
    clocks = pa.Table.from_pylist(asked, schema=pa.schema(kinds.items()))
    found = day.rulebook.due_dates(day.rulebook.countable(clocks))
    shown = {"channel": "channel", "trigger_date": "authorised_on", "due_date": "latest", "arithmetic": "arithmetic"}
    day.engine.add("presentment_limits", found.select(list(shown)).rename_columns(shown))
