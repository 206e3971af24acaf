"""What the rules of another date would make of today's objects: other deadlines, other amounts, how many and how much.

The report is made twice, with the rulebook as it is and with one in which the versions in force on that date apply to
every event, and what came out is compared. What comes out of a rule is an outcome: the due date of each clock, and what
the subjects select in their `outcomes/`, one row an object:

    object_type, key, what, rule, due_date, due_at, amount, at_stake, currency

`what` names the outcome and is the same under all versions; `amount` is what the rule sets, `at_stake` what the object
is worth.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from bolib.day import Day, filled
from bolib.deadlines import compute
from bolib.deadlines.counting import FOLDER, text
from bolib.engine import open_engine
from bolib.tables.results import RESULTS
from bolib.views import prepare, result_schema, tables_named, views

OBJECT = ["object_type", "key"]
KEY = [*OBJECT, "what"]
VALUES = ("rule", "said", "amount", "at_stake", "currency")


def impact(day: Day, on: date) -> pa.Table:
    """Return the table `impact`: each outcome that differs under the rules of the day `on`, before and after.

    A rule that is not in force then has no clock; other than that it is left as it is.
    """
    engine = filled(open_engine(day.engine.name, rows=day.loaded.rows), day.loaded, day.as_of)
    then = replace(day, rulebook=day.rulebook.frozen(on), engine=engine)
    before, after = outcomes(day), outcomes(then)
    engine.close()
    stopped = [name for name in day.rulebook.ids if not day.rulebook.in_force(name, on)]
    return _differences(before, after.filter(pc.invert(pc.is_in(after["what"], pa.array(stopped, pa.string())))))


def summary(rows: pa.Table) -> list[dict]:
    """Return, by object type and rule: objects, amounts by currency, and the first object with its before and after."""
    found: dict[tuple[str, str], dict] = {}
    for row in rows.to_pylist():
        mine = found.setdefault((row["object_type"], row["rule"]), row | {"keys": set(), "amounts": Counter()})
        mine["keys"].add(row["key"])
        if row["amount"] is not None:
            mine["amounts"][row["currency"]] += row["amount"]
    return [row | {"objects": len(row["keys"])} for _, row in sorted(found.items())]


def outcomes(day: Day) -> pa.Table:
    """Return what the rules make of each object of the day, with its date, moment or amount as text in `said`."""
    compute(day)
    selects = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/outcomes/*.sql"))]
    sql = "\nunion all\n".join([text("clock_outcomes"), *selects])
    prepare(day.engine, views("deadlines"), tables_named(sql), **day.bound)
    found = day.engine.query(sql, **day.bound)
    moments = pc.strftime(found["due_at"], "%Y-%m-%d %H:%M UTC")
    said = pc.coalesce(moments, found["due_date"].cast(pa.string()), found["amount"].cast(pa.string()))
    return found.append_column("said", said).select([*KEY, *VALUES])


def _differences(before: pa.Table, after: pa.Table) -> pa.Table:
    """Return the outcomes of one side only, or said otherwise on the other, in the columns of the result."""
    names = [*KEY, *(f"{name}_after" for name in VALUES)]
    joined = before.join(_matched(before, after).rename_columns(names), KEY, join_type="full outer")
    said, said_after = joined["said"], joined["said_after"]
    joined = joined.filter(pc.not_equal(pc.fill_null(said, ""), pc.fill_null(said_after, "")))
    change = pc.subtract(joined["amount_after"], joined["amount"])
    columns = {
        "object_type": joined["object_type"],
        "key": joined["key"],
        "rule": pc.coalesce(joined["rule_after"], joined["rule"]),
        "before": joined["said"],
        "after": joined["said_after"],
        "amount": pc.coalesce(change.cast(pa.decimal128(18, 2)), joined["at_stake"], joined["at_stake_after"]),
        "currency": pc.coalesce(joined["currency"], joined["currency_after"]),
    }
    return pa.table(columns).cast(result_schema(RESULTS["impact"])).sort_by([(name, "ascending") for name in columns])


def _matched(before: pa.Table, after: pa.Table) -> pa.Table:
    """Return `after` with the name an outcome has before, where one object has one outcome on each side alone.

    Under other rules a deal may fall under another clock: it is then one change, not an end and a beginning.
    """
    ended, began = (_alone(*sides) for sides in ((before, after), (after, before)))
    pairs = began.join(ended.rename_columns([*OBJECT, "what_before"]), OBJECT, join_type="inner")
    found = after.join(pairs, KEY, join_type="left outer")
    what = pc.coalesce(found["what_before"], found["what"])
    return found.set_column(found.schema.get_field_index("what"), "what", what).select([*KEY, *VALUES])


def _alone(one: pa.Table, other: pa.Table) -> pa.Table:
    """Return the only outcome of each object that stands on one side alone, where there is only one."""
    alone = one.select(KEY).join(other.select(KEY), KEY, join_type="left anti")
    number = alone.group_by(OBJECT).aggregate([("what", "count")])
    return alone.join(number.filter(pc.field("what_count") == 1), OBJECT, join_type="inner").select(KEY)
