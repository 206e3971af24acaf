"""The sample day, whole: what the controls on deadlines find is what was planted for them, and nothing else."""

import re

import yaml

PLANTED = {
    "SETTLE-01": "unsettled past due",
    "SETTLE-05": "matched late",
    "PENAL-01": "penalty differs",
    "PENAL-02": "penalty without fail",
    "PENAL-03": "penalty missing",
    "PENAL-04": "penalty appeal",
    "PENAL-05": "penalty not computable",
    "FILING-01": "filing missing",
    "FILING-02": "filing rejected",
    "FILING-03": "filing deadline",
    "FILING-04": "filing unanswered",
    "FILING-05": "filing twice",
    "FILING-06": "filing scope",
    "FILING-07": "filing without object",
    "FILING-08": "exemption reason",
    "FILING-09": "unknown regime",
    "FILING-11": "declared amount",
    "FILING-13": "self-certification",
    "FILING-14": "W-8 form",
    "CORPACT-01": "event without receipt",
    "CORPACT-02": "receipt late",
    "CORPACT-03": "receipt differs",
    "CORPACT-04": "tax differs",
    "CORPACT-06": "claim unpaid",
    "CORPACT-07": "claim owed",
    "CORPACT-08": "election due",
    "SETTLE-08": "cut-off missed",
    "SETTLE-09": "unmatched before its date",
    "SETTLE-10": "on hold before its date",
    "SETTLE-11": "unconfirmed deal",
    "SETTLE-12": "free delivery unpaid",
    "SETTLE-13": "settlement place",
    "COMPL-03": "complaint deadline",
    "COMPL-05": "complaint deadline",
    "CARD-01": "refund by the next business day",
    "CARD-03": "late presentment",
    "CARD-04": "cash count",
    "COMPL-09": "mediator not named",
    "COMPL-13": "break behind a complaint",
    "ESTATE-01": "estate blocking",
    "ESTATE-02": "estate tax list",
    "ESTATE-03": "estate fee",
    "ESTATE-05": "missing document",
    "INCID-01": "incident deadline",
    "INCID-02": "incident deadline",
    "INCID-03": "incident deadline",
    "INCID-04": "incident deadline",
    "INCID-05": "significant incident",
    "INCID-07": "loss data set",
    "INCID-08": "recurring incident",
    "PROC-01": "slow step",
    "ARREARS-01": "overdue instalment",
    "ARREARS-05": "duplicate payment",
    "ARREARS-06": "overlapping pauses",
    "ARREARS-07": "exposure missing",
    "ARREARS-08": "forborne again late",
    "ARREARS-11": "unknown instalment",
    "RECOV-01": "step late",
    "RECOV-02": "forclusion",
    "RECOV-05": "borrower not told",
    "RECOV-06": "incident not told",
    "RECOV-07": "incident not declared",
    "RECOV-08": "incident not removed",
    "RECOV-09": "terminated too early",
    "RECOV-10": "step while stopped",
    "RECOV-11": "payment while stopped",
    "RECOV-12": "guarantee expired",
}
"""Controls, and the words of `irregularities.yml` for what each finds."""

ALSO = {
    "SETTLE-02": "SETTLE-01",
    "ARREARS-02": "ARREARS-01",
    "ARREARS-03": "ARREARS-01",
    "ARREARS-04": "ARREARS-01",
}
"""Controls that only find what another control found too, and that one."""

STANDING = {
    "COMPL-08": ["complaints/cfpb.csv"],
}
"""Controls that find what lies in the real data, and what that is."""


def test_what_is_found_is_what_was_planted(sample, sample_result):
    listed = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    rows = sample_result("deadlines").findings
    found = {control: sorted(rows.loc[rows["control"] == control, "key"]) for control in set(rows["control"])}
    for words in set(PLANTED.values()):
        wanted = sorted(_object(row) for row in listed if row["control"] == words)
        controls = [control for control, said in PLANTED.items() if said == words]
        assert sorted(key for control in controls for key in found.pop(control, [])) == wanted, words
    for control, keys in STANDING.items():
        assert found.pop(control) == keys
    rows_of = {control: set(rows.loc[rows["control"] == control, "key"]) for control in ALSO.values()}
    for control, other in ALSO.items():
        assert set(found.pop(control)) <= rows_of[other]
    assert found == {}, "found, and neither planted nor explained"


COMPUTED = {"penalty_month"}
"""Objects that no one row holds."""


def test_each_clock_names_the_row_it_was_read_from(sample, sample_result):
    tables = sample_result("deadlines").tables
    clocks = set(tables["deadlines"][["object_type", "key"]].itertuples(index=False, name=None))
    rows = {(row.object_type, row.key): row.source for row in tables["clock_rows"].itertuples()}
    files = {source.rpartition(":")[0] for source in rows.values()}
    lines = {name: (sample / name).read_text(encoding="utf-8").splitlines() for name in files}
    for (_, key), source in rows.items():
        name, _, line = source.rpartition(":")
        assert any(word in lines[name][int(line) - 1] for word in re.split("[ /]", key)), (key, source)
    without = [(kind, key) for kind, key in clocks - set(rows) if kind not in COMPUTED]
    assert sorted(without) == [("filing", "COSI C00042 2026-03"), ("filing", "FICOBA A00153-2 2026-03-11")]
    # those nobody listed nor sent: the scope alone tells of them


def _object(row: dict) -> str:
    """Return the key of what is wrong; a deal is the same in all its versions."""
    return row["key"].split()[0] if row["table"] == "trades" else row["key"]
