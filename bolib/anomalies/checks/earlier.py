"""Matches drawn on an earlier evening and checked since: daily files hold none of the days before.

Each publication keeps what was ever checked, so that the last one has nearly all; what was decided since then is looked
for in the samples of the days before it.
"""

from bolib.day import Day
from bolib.results import earlier_days, read
from bolib.tables.results import RESULTS
from bolib.views import complete

KEPT = RESULTS["match_sample"]


def drawn_before(day: Day, wanted: list[str]) -> list[dict]:
    """Return the rows of the wanted matches as the last publication that drew them said them; some may be in none."""
    found: dict[str, dict] = {}
    for folder in reversed(earlier_days(day.history, day.as_of)[-day.parameters["match_looked_back"] :]):
        lacking = set(wanted) - set(found)
        if not lacking:
            break
        rows = complete(KEPT, read(folder, KEPT.name)).to_pylist()
        found |= {row["match_id"]: row for row in rows if row["match_id"] in lacking}
    return [found[match_id] for match_id in wanted if match_id in found]
