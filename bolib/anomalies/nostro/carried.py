"""What was open on the evening before: a sender of daily files says a line once, and it stays open until it is not."""

import pyarrow as pa

from bolib.day import Day
from bolib.results import earlier, read
from bolib.tables.results import RESULTS
from bolib.views import complete


def carried_lines(day: Day) -> pa.Table:
    """Return the open lines of the last publication; none where there is no history."""
    folder = earlier(day.history, day.as_of)
    found = read(folder, "open_lines") if folder else None
    return complete(RESULTS["open_lines"], found)
