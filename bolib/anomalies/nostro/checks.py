"""The sample of automatic matches a person checks; what was decided is read back from `dispositions`."""

from collections import defaultdict

import pyarrow as pa

from bolib.day import Day
from bolib.matching.precision import sampled
from bolib.tables.results import RESULTS
from bolib.views import result_schema

CONFIRMED, WRONG = "CONFIRMED", "WRONG"
"""What a person says of a match, as the decision on its match_id."""


def sample(day: Day) -> pa.Table:
    """Return the day's sample, and every match that was ever checked: `match_sample`."""
    groups = _groups(day)
    checked = {match_id: row for match_id, row in _decisions(day).items() if match_id in groups}
    chosen = sampled(list(groups), day.as_of.isoformat(), day.parameters["nostro_sample_size"])
    rows = [_row(match_id, groups[match_id], checked.get(match_id)) for match_id in dict.fromkeys([*chosen, *checked])]
    return pa.Table.from_pylist(rows, schema=result_schema(RESULTS["match_sample"]))


def _groups(day: Day) -> dict[str, list[dict]]:
    """Return the rows of each automatic match."""
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in day.rows("matched_lines"):
        groups[row["match_id"]].append(row)
    return groups


def _decisions(day: Day) -> dict[str, dict]:
    """Return the last check of each match known by the end of the day."""
    known = [row for row in day.rows("dispositions") if row["decision"] in (CONFIRMED, WRONG)]
    rows = sorted((row for row in known if row["decided_at"].date() <= day.as_of), key=lambda row: row["decided_at"])
    return {row["finding_id"]: row for row in rows}


def _row(match_id: str, members: list[dict], check: dict | None) -> dict:
    sides = {side: sorted(row["key"] for row in members if row["side"] == side) for side in ("LEFT", "RIGHT")}
    of = [row for row in members if row["side"] == ("RIGHT" if sides["RIGHT"] else "LEFT")]
    return {
        "reconciliation": "NOSTRO",
        "match_id": match_id,
        "pass": members[0]["pass"],
        "ours": ", ".join(sides["LEFT"]),
        "theirs": ", ".join(sides["RIGHT"]),
        "amount": sum(row["amount"] for row in of),
        "currency": members[0]["currency"],
        "residual": sum(row["residual"] for row in members),
        "decision": check and check["decision"],
        "decided_by": check and check["actor"],
        "decided_on": check and check["decided_at"].date(),
    }
