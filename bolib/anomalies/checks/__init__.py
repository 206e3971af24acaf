"""The sample of automatic matches a person checks; what was decided is read back from `dispositions`."""

from collections import defaultdict

import pyarrow as pa

from bolib.anomalies.checks.earlier import drawn_before
from bolib.day import Day
from bolib.matching.precision import sampled
from bolib.tables.results import RESULTS
from bolib.views import prepare as prepare_views
from bolib.views import result_schema, views

TABLES = ("match_sample", "matches_not_found")

CONFIRMED, WRONG = "CONFIRMED", "WRONG"
"""What a person says of a match, as the decision on its match_id."""

NOT_FOUND = pa.schema([("match_id", pa.string()), ("decided_by", pa.string()), ("decided_on", pa.date32())])


def prepare(day: Day) -> None:
    """Add the day's sample of each reconciliation, and every match that was ever checked: `match_sample`.

    A match checked after its day may be in no file of today: it is taken from the publication it was drawn in. One
    judged wrong that none of them has is in `matches_not_found`; what was confirmed may be an alert.
    """
    prepare_views(day.engine, views("anomalies"), {"matched_lines"}, **day.bound)
    checked = _decisions(day)
    chosen = dict.fromkeys([*_chosen(day), *checked])
    groups = _groups(day, list(chosen))
    rows = [_row(groups[match_id]) for match_id in chosen if match_id in groups]
    rows += drawn_before(day, [match_id for match_id in checked if match_id not in groups])
    said = [row | _check(checked.get(row["match_id"])) for row in rows]
    day.engine.add("match_sample", pa.Table.from_pylist(said, schema=result_schema(RESULTS["match_sample"])))
    wrong = {name: _check(one) for name, one in checked.items() if one["decision"] == WRONG}
    known = {row["match_id"] for row in rows}
    lost = [{"match_id": name} | check for name, check in wrong.items() if name not in known]
    day.engine.add("matches_not_found", pa.Table.from_pylist(lost, schema=NOT_FOUND))


def _chosen(day: Day) -> list[str]:
    """Return the matches drawn today, of each reconciliation as many."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for row in day.engine.query("select distinct reconciliation, match_id from matched_lines").to_pylist():
        by_name[row["reconciliation"]].append(row["match_id"])
    size = day.parameters["match_sample_size"]
    return [one for _, ids in sorted(by_name.items()) for one in sampled(ids, day.as_of.isoformat(), size)]


def _groups(day: Day, wanted: list[str]) -> dict[str, list[dict]]:
    """Return the rows of the wanted matches, those that are matches today."""
    day.engine.add("match_wanted", pa.table({"match_id": pa.array(wanted, pa.string())}))
    groups: dict[str, list[dict]] = defaultdict(list)
    found = day.engine.query("select m.* from matched_lines m join match_wanted w on w.match_id = m.match_id")
    for row in sorted(found.to_pylist(), key=lambda row: (row["side"], row["key"])):
        groups[row["match_id"]].append(row)
    return groups


def _decisions(day: Day) -> dict[str, dict]:
    """Return the last check of each match known by the end of the day."""
    known = [row for row in day.rows("dispositions") if row["decision"] in (CONFIRMED, WRONG)]
    rows = sorted((row for row in known if row["decided_at"].date() <= day.as_of), key=lambda row: row["decided_at"])
    return {row["finding_id"]: row for row in rows}


def _row(members: list[dict]) -> dict:
    sides = {side: sorted(row["key"] for row in members if row["side"] == side) for side in ("LEFT", "RIGHT")}
    of = [row for row in members if row["side"] == ("RIGHT" if sides["RIGHT"] else "LEFT")]
    amounts = [row["amount"] for row in of if row["amount"] is not None]
    return {
        "reconciliation": members[0]["reconciliation"],
        "match_id": members[0]["match_id"],
        "pass": members[0]["pass"],
        "ours": ", ".join(sides["LEFT"]),
        "theirs": ", ".join(sides["RIGHT"]),
        "amount": sum(amounts) if amounts else None,
        "currency": members[0]["currency"],
        "residual": sum(row["residual"] for row in members),
        "said": members[0]["said"],
    }


def _check(check: dict | None) -> dict:
    """Return what a person said of a match, nothing where nobody has."""
    on = check and check["decided_at"].date()
    return {"decision": check and check["decision"], "decided_by": check and check["actor"], "decided_on": on}
