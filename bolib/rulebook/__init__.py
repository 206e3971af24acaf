"""The rules as data with dates: parameters/rulebook/*.yml, one file a subject.

A rule has a text, a citation and one or more dated versions; the version is chosen by the date
of the event, never by the date of the run. Loading checks the whole book. A bank adds its own
rules, and limits stricter than the law's (limits.py), in own.yml without touching the others.

    rules:
      - id: F-02.answer
        text: {en: ..., fr: ...}
        trigger: received_on           # the event that starts the clock
        delay: 15                      # -2: before the event; without delay and fixed_date: no clock
        unit: business_days            # days, business_days, months (by quantième), hours (from a moment)
        calendar: PSP                  # counted on, or rolled on
        severity: MAJOR
        citation: CMF L133-45
        confidence: V1
        valid_from: 2018-01-13         # valid_to: open
        versions: [...]                # or several, each with the fields it changes
        followed_by: F-09              # the rule that replaces it the day after valid_to

How the end is found, where it is not simply so many days after the event:

        counted_from: month_end        # the count starts at the end of the event's month (quarter_end, year_end):
                                       # "before the 6th of the following month" is 5 days from month_end
        fixed_date: 07-15              # instead of delay and unit: the first 15 July after the event, or after the
                                       # end of its year where counted_from says so
        roll: following                # an end on a closed day moves (following, preceding); none: it stays
        roll_calendar: TARGET          # closed on this calendar, where it is another than the one counted on
        at: "23:00"                    # the hour of the last day, on the clocks of time_zone: due_at; of a rule in
                                       # hours with a roll, the hour of the open day an end on a closed day moves to
        time_zone: Europe/Paris
        then: {delay: 2, unit: business_days, calendar: TARGET} # a second delay, counted from the end of the first

Acting on a rule needs no more than its data: `parameters` (rates, thresholds, lists; decimals in quotes, since a binary
fraction is no tenth) and `escalation`, a ladder of steps {after: 3, to: head of desk, action: chase, at: "15:30"} of
which `after` counts days late on the rule's calendar. `lacking` says which facts no table holds, where nothing can
watch the rule for want of them.
"""

from bolib.rulebook.book import Due, Rulebook
from bolib.rulebook.files import load_rulebook
from bolib.rulebook.rule import CONFIDENCE, SEVERITIES, Rule

__all__ = ["CONFIDENCE", "SEVERITIES", "Due", "Rule", "Rulebook", "load_rulebook"]
