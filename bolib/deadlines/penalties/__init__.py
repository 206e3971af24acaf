"""Cash penalties: what each day of fail costs or brings, beside what the depository reports, and until when to appeal.

The views beside this file say which instructions fail and how; `fail_days` finds the days and the state of each
evening, `charge` multiplies. What the law says of places, rates, reasons and hours comes from the rulebook as tables.
"""

from functools import partial

from bolib import valuation
from bolib.day import Day
from bolib.deadlines.penalties.hours import penalty_days
from bolib.deadlines.penalties.law import add_law
from bolib.deadlines.penalties.window import add_months, add_window
from bolib.penalties import fail_days
from bolib.views import prepare as make
from bolib.views import views

TABLES = ("penalties_computed", "penalties_net", "penalties_pending", "penalty_months")


def prepare(day: Day) -> None:
    """Make the penalties of the months whose statement can still change, or has just been closed."""
    add_window(day)
    add_months(day)
    add_law(day)
    engine, prepared = day.engine, views("deadlines")
    make(engine, prepared, {"penalty_instructions", "penalty_steps"}, **day.bound)
    days = partial(fail_days, days=penalty_days(day))
    engine.run(days, "penalty_instructions", "penalty_steps", key="instruction_id", into="fail_days")
    for rows, into in (("penalty_rows", "penalty_amounts"), ("penalty_guesses", "penalty_guessed")):
        make(engine, prepared, {rows}, **day.bound)
        engine.run(valuation.charge, rows, key="instruction_id", into=into)
    make(engine, prepared, set(TABLES), **day.bound)
