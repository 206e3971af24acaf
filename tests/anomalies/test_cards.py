"""Cards: what the sample holds is found and nothing else; each payment is in one class, and a twin is told apart."""

import yaml
from drawn_day import drawn_day, found

from bolib.anomalies import produce
from bolib.day import open_day
from bolib.report.clearing import card_legs

PLANTED = {
    "clearing without authorisation": "CLEAR-01",
    "duplicate presentment": "CLEAR-02",
    "clearing above authorisation": "CLEAR-03",
    "clearing not on the account": "CLEAR-05",
}
AUTHORISED = """
    authorisation_id | card | authorised_at       | amount | currency | merchant | channel
    AU1              | tok1 | 2026-03-26T10:00:00 | 10.00  | EUR      | Shop     | CHIP
    AU2              | tok1 | 2026-03-26T11:00:00 | 20.00  | EUR      | Shop     | CHIP
    AU3              | tok1 | 2026-03-27T11:00:00 | 30.00  | EUR      | Shop     | CHIP
    AU4              | tok1 | 2026-03-27T12:00:00 | 30.00  | EUR      | Shop     | CHIP
"""
CLEARED = """
    arn | authorisation_id | card | account | cleared_on | amount | currency | type
    1   | AU1              | tok1 | A1      | 2026-03-27 | 9.00   | EUR      | PRESENTMENT
    2   |                  | tok1 | A1      | 2026-03-27 | 20.00  | EUR      | PRESENTMENT
    3   |                  | tok1 | A1      | 2026-03-30 | 30.00  | EUR      | PRESENTMENT
"""


def test_on_the_sample_every_irregularity_of_cards_is_found_and_nothing_else(sample):
    listed = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    wanted = {(PLANTED[row["control"]], row["key"]) for row in listed if row["control"] in PLANTED}
    result = produce(open_day("anomalies", "2026-03-31", str(sample)))
    rows = result.findings[result.findings["control"].str.startswith("CLEAR")]
    assert {(row["control"], row["key"]) for row in rows.to_dict("records")} == wanted and len(wanted) == 4


def test_a_clearing_without_a_name_is_suggested_only_where_one_authorisation_fits():
    day = drawn_day("anomalies", "2026-03-31", card_authorisations=AUTHORISED, card_clearings=CLEARED)
    result = produce(day)
    rows = [row for row in day.rows("matches") if row["reconciliation"] == "CARDS"]
    assert {(row["side"], row["key"], row["status"]) for row in rows} == {
        ("LEFT", "AU1", "AUTO"), ("RIGHT", "1", "AUTO"), ("LEFT", "AU2", "SUGGESTED"), ("RIGHT", "2", "SUGGESTED"),
    }  # fmt: skip
    [less] = [row for row in rows if row["key"] == "1"]
    assert (str(less["residual"]), less["reason"]) == ("-1.00", "cleared for less")
    assert found(result, "CLEAR-01") == ["2", "3"]  # 3 could be AU3 or AU4


def test_every_clearing_is_matched_or_broken_and_none_is_both():
    day = drawn_day("anomalies", "2026-03-31", card_authorisations=AUTHORISED, card_clearings=CLEARED)
    produce(day)
    matched = {row["key"] for row in day.rows("matches") if row["side"] == "RIGHT" and row["status"] == "AUTO"}
    broken = {row["key"] for row in day.rows("breaks") if row["side"] == "RIGHT"}
    assert matched | broken == {"1", "2", "3"} and not matched & broken


def test_an_account_of_which_nothing_was_received_is_counted_and_not_judged():
    day = drawn_day("anomalies", "2026-03-31", card_authorisations=AUTHORISED, card_clearings=CLEARED)
    result = produce(day)
    html = str(card_legs(result).html())
    assert "Clearings on accounts of which we have no record" in html
    assert not [row for row in day.rows("breaks") if row["reconciliation"] == "CARD_ACCOUNTS"]
