"""What was open on the evening before: a sender of daily files says a thing once, and it stays open until it is not.

A view takes what was carried over beside what was received today, under the same key and date, so that its age goes on;
what today's files cover again is theirs to tell, and what they no longer hold of a day they cover was withdrawn.
"""

from bolib.day import Day
from bolib.results import earlier, read
from bolib.tables.results import CARRIED
from bolib.views import complete


def add_carried(day: Day) -> None:
    """Add what the last publication left open, as the tables of CARRIED; all empty where there is no history."""
    folder = earlier(day.history, day.as_of)
    for name, declared in CARRIED.items():
        day.engine.add(name, complete(declared, read(folder, declared.name) if folder else None))
