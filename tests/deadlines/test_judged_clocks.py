"""How clocks stand that count hours, or end at an hour: moments worked out by hand, in UTC, two hours behind Paris."""

from datetime import date, time

from drawn import drawn
from drawn_day import drawn_day

from bolib.deadlines import judge
from bolib.rulebook import Rule, Rulebook

TYPES = {
    **dict.fromkeys(("object_type", "key", "rule", "currency"), "varchar"),
    **dict.fromkeys(("trigger_date", "done_on"), "date"),
    **dict.fromkeys(("triggered_at", "done_at"), "timestamp"),
    "recorded": "boolean",
    "amount": "decimal(18,2)",
}
MOMENTS = """
    object_type | key          | rule  | trigger_date | triggered_at     | done_on    | done_at          | recorded | amount | currency
    incident    | in time      | HOURS | 2026-03-31   | 2026-03-31 08:00 | 2026-03-31 | 2026-03-31 12:00 | true     |        |
    incident    | minutes late | HOURS | 2026-03-31   | 2026-03-31 08:00 | 2026-03-31 | 2026-03-31 12:01 | true     |        |
    incident    | later moment | HOURS | 2026-03-31   | 2026-03-31 09:30 | 2026-03-31 | 2026-03-31 13:30 | true     |        |
    incident    | not done     | HOURS | 2026-03-30   | 2026-03-30 09:30 |            |                  | true     |        |
    trade       | before 23:00 | HOUR  | 2026-03-31   | 2026-03-31 08:00 | 2026-03-31 | 2026-03-31 20:59 | true     |        |
    trade       | after 23:00  | HOUR  | 2026-03-31   | 2026-03-31 08:05 | 2026-03-31 | 2026-03-31 21:01 | true     |        |
    trade       | hour unknown | HOUR  | 2026-03-31   |                  | 2026-03-31 |                  | true     |        |
"""
BEYOND = """
    object_type | key          | rule  | trigger_date | triggered_at     | done_on    | done_at          | recorded | amount | currency
    incident    | no moment    | HOURS | 2026-03-31   |                  |            |                  | true     |        |
    trade       | before       | HOUR  | 2019-12-31   |                  |            |                  | true     |        |
    trade       | first day    | HOUR  | 2020-01-01   |                  |            |                  | true     |        |
    trade       | last day     | HOUR  | 2026-03-30   |                  |            |                  | true     |        |
    trade       | after        | HOUR  | 2026-03-31   |                  |            |                  | true     |        |
    trade       | no day       | HOUR  |              |                  |            |                  | true     |        |
    incident    | mistyped     | HOURS | 2206-03-31   | 2206-03-31 08:00 |            |                  | true     |        |
    incident    | done before  | HOURS | 2026-03-31   | 2026-03-31 08:00 | 1890-03-31 | 1890-03-31 08:00 | true     |        |
"""


def judged(clocks, until=None):
    """Return the day of these clocks, under a rule of four hours and one that ends at 23:00 in Paris."""
    day = drawn_day("deadlines", "2026-03-31")
    shared = ("own", "A rule.", "Une règle.", "Somewhere", "V1", "MAJOR", date(2020, 1, 1))
    clock = {"trigger": "event", "calendar": "CALENDAR", "time_zone": "Europe/Paris"}
    hours = Rule("HOURS", *shared, delay=4, unit="hours", **clock)
    hour = Rule("HOUR", *shared, delay=0, unit="days", at=time(23), valid_to=until, **clock)
    day.rulebook = Rulebook({"HOURS": (hours,), "HOUR": (hour,)})
    day.engine.add("clocks", drawn("clocks", clocks, TYPES))
    judge(day)
    return day


def test_a_clock_with_an_hour_is_judged_by_the_moment():
    day = judged(MOMENTS)
    found = [(row["key"], f"{row['due_at']:%d %H:%M}", row["status"]) for row in day.rows("deadlines")]
    assert sorted(found) == [
        ("after 23:00", "31 21:00", "LATE"),
        ("before 23:00", "31 21:00", "DONE"),
        ("hour unknown", "31 21:00", "DONE"),
        ("in time", "31 12:00", "DONE"),
        ("later moment", "31 13:30", "DONE"),
        ("minutes late", "31 12:00", "LATE"),
        ("not done", "30 13:30", "OVERDUE"),
    ]
    assert len(day.rows("due_dates")) == 4  # three moments that count; one day of a rule to which moments do not


def test_a_clock_without_a_rule_a_calendar_or_its_moment_is_counted_and_not_judged():
    day = judged(BEYOND, until=date(2026, 3, 30))
    assert sorted(row["key"] for row in day.rows("deadlines")) == ["done before", "first day", "last day"]
    found = [(row["rule"], row["reason"], row["clocks"]) for row in day.rows("unjudged")]
    assert sorted(found) == [("HOUR", "NOT_IN_FORCE", 3), ("HOURS", "NO_CALENDAR", 1), ("HOURS", "NO_MOMENT", 1)]
