"""The anomalies of a few drawn records: the two offices compared, the load's own faults, and a control of one's own."""

import shutil

import pytest
import yaml
from drawn_day import PARAMETERS, drawn_day, found

from bolib.anomalies import compute, produce
from bolib.control import catalogue, probe, save
from bolib.errors import BolibError

FRONT = """
    trade_id | version | action | book | isin | side | quantity | price | currency | gross_amount | net_amount | trade_date | settlement_date | counterparty | entered_by | approved_by | entered_at       | source_file
    AGREES   | 1       | NEW    | B    | X    | BUY  | 10       | 5.00  | EUR      | 50.00        | 50.00      | 2026-03-31 | 2026-04-02      | LEI          | ann        | bob         | 2026-03-31 09:00 | trades.csv
    MISSING  | 1       | NEW    | B    | X    | BUY  | 20       | 5.00  | EUR      | 100.00       | 100.00     | 2026-03-31 | 2026-04-02      | LEI          | ann        | bob         | 2026-03-31 09:00 | trades.csv
    DIFFERS  | 1       | NEW    | B    | X    | BUY  | 30       | 5.00  | EUR      | 150.00       | 150.00     | 2026-03-31 | 2026-04-02      | LEI          | ann        | ann         | 2026-03-31 09:00 | trades.csv
    BEHIND   | 1       | NEW    | B    | X    | BUY  | 40       | 5.00  | EUR      | 200.00       | 200.00     | 2026-03-31 | 2026-04-02      | LEI          | ann        | bob         | 2026-03-31 09:00 | trades.csv
    BEHIND   | 2       | AMEND  | B    | X    | BUY  | 41       | 5.00  | EUR      | 205.00       | 205.00     | 2026-03-31 | 2026-04-02      | LEI          | ann        | bob         | 2026-03-31 10:00 | trades.csv
"""
BACK = """
    trade_id | version | action | book | isin | side | quantity | price | currency | gross_amount | net_amount | trade_date | settlement_date | counterparty | entered_by | approved_by | entered_at       | source_file
    AGREES   | 1       | NEW    | B    | X    | BUY  | 10       | 5.00  | EUR      | 50.00        | 50.00      | 2026-03-31 | 2026-04-02      | LEI          | cid        | dee         | 2026-03-31 09:05 | bookings.csv
    EXTRA    | 1       | NEW    | B    | X    | BUY  | 25       | 5.00  | EUR      | 125.00       | 125.00     | 2026-03-31 | 2026-04-02      | LEI          | cid        | dee         | 2026-03-31 09:05 | bookings.csv
    DIFFERS  | 1       | NEW    | B    | X    | SELL | 30       | 5.10  | EUR      | 153.00       | 153.00     | 2026-03-31 | 2026-04-07      | LEI          | cid        | dee         | 2026-03-31 09:05 | bookings.csv
    BEHIND   | 1       | NEW    | B    | X    | BUY  | 40       | 5.00  | EUR      | 200.00       | 200.00     | 2026-03-31 | 2026-04-02      | LEI          | cid        | dee         | 2026-03-31 09:05 | bookings.csv
"""  # fmt: skip


def test_the_two_offices_are_compared():
    result = produce(drawn_day("anomalies", "2026-03-31", trades=FRONT, bookings=BACK))
    keys = {control: found(result, control) for control in ("COH-01", "COH-02", "COH-03", "COH-04", "COH-05")}
    assert keys == {
        "COH-01": ["MISSING"],
        "COH-02": ["EXTRA"],
        "COH-03": ["DIFFERS"],
        "COH-04": ["BEHIND"],
        "COH-05": ["front office DIFFERS 1"],
    }
    assert "4 deals differ between the offices; nothing reconciled, for want of a table" in result.verdict.text
    assert result.verdict.level == "bad"


ASIDE = """
    source   | file         | line | column       | value | reason                    | raw
    bookings | bookings.csv | 7    | price        | 5,0x  | not a number              | "MISSING",1,NEW,B,X,BUY,20
    bookings | bookings.csv | 7    | side         | B     | not one of BUY, SELL      | "MISSING",1,NEW,B,X,BUY,20
    bookings | bookings.csv | 8    | gross_amount | 1.00  | not quantity x price      | BEHIND,2,AMEND,B,X,BUY,41
    prices   | trades.csv   | 9    |              |       | the record was cut        | EXTRA;1;NEW
    trades   | trades.csv   | 9    | version      | 0     | version is below 1        | EXTRANEOUS,0,NEW
"""


def test_a_deal_that_lacks_because_its_record_was_set_aside_says_so():
    """The first reason of the first record is told; a name that only begins alike is another deal's."""
    result = produce(drawn_day("anomalies", "2026-03-31", trades=FRONT, bookings=BACK, set_aside=ASIDE))
    said = result.findings.set_index("control")["message"]
    record = "; a record of it was set aside: {}."
    assert said["COH-01"].endswith("back office" + record.format("bookings.csv, line 7, price: not a number"))
    assert said["COH-02"].endswith("front office" + record.format("trades.csv, line 9, record: the record was cut"))
    assert said["COH-04"].endswith(record.format("bookings.csv, line 8, gross_amount: not quantity x price"))


def test_the_fields_that_differ_are_named_and_both_records_are_cited():
    result = produce(drawn_day("anomalies", "2026-03-31", trades=FRONT, bookings=BACK))
    finding = result.findings[result.findings["control"] == "COH-03"].iloc[0]
    assert "differs in side price settlement_date gross_amount net_amount:" in finding["message"]
    assert "trades.csv" in finding["evidence"] and "bookings.csv" in finding["evidence"]


def test_one_office_alone_is_not_an_agreement():
    result = produce(drawn_day("anomalies", "2026-03-31", trades=FRONT))
    off = [item["control"] for item in result.checked if item["status"] == "off"]
    assert {"COH-01", "COH-02", "COH-03", "COH-04"} <= set(off)
    assert "front and back office not compared, for want of a table" in result.verdict.text


def test_without_tables_only_the_load_is_checked():
    result = produce(drawn_day("anomalies", "2026-03-31"))
    assert {item["control"][:4] for item in result.checked if item["status"] == "ran"} == {"LOAD"}
    assert result.findings.empty


def test_yesterday_is_seen_as_yesterday_saw_it():
    later = BACK.replace("2026-03-31 09:05", "2026-04-01 09:05")
    result = produce(drawn_day("anomalies", "2026-03-31", trades=FRONT, bookings=later))
    assert found(result, "COH-01") == ["AGREES", "BEHIND", "DIFFERS", "MISSING"]
    assert found(result, "COH-02") == []


PROOF = """
    source | file       | rows_read | rows_accepted | rows_set_aside | declared_rows | proven | reason
    trades | trades.csv | 12        | 10            | 2              | 12            | true   |
    prices | prices.csv | 30        | 30            | 0              | 31            | {}     | {}
"""


def test_what_the_load_says_of_itself_becomes_findings():
    aside = """
        source | file       | line | column | value | reason       | raw
        trades | trades.csv | 7    | price  | 12,x  | not a number | T7,12,x
        trades | trades.csv | 9    | price  | 1O    | not a number | T9,1O
    """
    fault = {
        "control": "LOAD-01",
        "severity": "MAJOR",
        "key": "t2.csv",
        "message": "t2.csv came twice.",
        "evidence": "{}",
    }
    day = drawn_day("anomalies", "2026-03-31", faults=[fault], completeness=PROOF.format("true", ""), set_aside=aside)
    result = produce(day)
    assert found(result, "LOAD-01") == ["t2.csv"]
    assert found(result, "LOAD-05") == ["trades.csv price not a number"]
    message = result.findings.loc[result.findings["control"] == "LOAD-05", "message"].iloc[0]
    assert message == "trades.csv: not a number. Records set aside: 2, the first in line 7, price 12,x."
    assert "all 42 records of 2 files accounted for, 2 of them set aside with their reasons" in result.verdict.text
    assert result.tables["set_aside"]["line"].tolist() == [7, 9]


def test_a_file_that_does_not_add_up_is_in_the_verdict():
    day = drawn_day("anomalies", "2026-03-31", completeness=PROOF.format("false", "rows declared 31, read 30"))
    result = produce(day)
    assert found(result, "LOAD-04") == ["prices.csv"]
    assert "1 of 2 files are NOT PROVEN" in result.verdict.text
    assert result.verdict.level == "bad"


def test_a_select_in_a_cell_becomes_a_control_that_the_next_run_counts(tmp_path):
    """The analyst's path: see what a SELECT finds today, keep it, run again."""
    shutil.copytree(PARAMETERS, tmp_path / "parameters")
    sql = "select trade_id, quantity, net_amount, currency from fo_deals where quantity > $most"
    day = drawn_day("anomalies", "2026-03-31", trades=FRONT, bookings=BACK)
    compute(day)
    assert sorted(probe(day, sql, most=25)["trade_id"]) == ["BEHIND", "DIFFERS"]
    header = {
        "id": "BANK-02", "title": "Which deals are large?", "rule": "BANK.free.delivery", "severity": "MINOR",
        "key": "trade_id", "amount": "net_amount", "thresholds": {"most": 25}, "message": "{trade_id}: {quantity} units.",
    }  # fmt: skip
    path = save(sql, "anomalies", "large_deal", tmp_path / "parameters", **header)
    assert path.exists()
    day.controls = catalogue("anomalies", tmp_path / "parameters")
    assert found(produce(day), "BANK-02") == ["BEHIND", "DIFFERS"]


def test_a_control_without_its_rule_is_not_kept(tmp_path):
    with pytest.raises(BolibError, match="no "):
        save(
            "select 1 as n",
            "anomalies",
            "bad",
            tmp_path,
            id="BANK-03",
            title="t",
            severity="MINOR",
            key="n",
            message="m",
        )
    assert not list(tmp_path.rglob("*.sql"))


WORDS = {
    "missing in the back office": "COH-01",
    "missing in the front office": "COH-02",
    "version behind": "COH-04",
    "late entry": "COH-06",
    "closed day": "COH-08",
    "settlement cycle": "COH-09",
    "duplicate deal": "DUP-01",
    "nearly a duplicate": "DUP-02",
    "other record": "COH-10",
    "off-market price": "COH-11",
    "lot size": "COH-13",
    "settlement on a closed day": "COH-14",
    "lapsed LEI": "COH-15",
    "no settlement instruction": "COH-16",
    "fee against the grid": "COH-19",
    "booked after the close": "COH-20",
    "amended after confirmation": "COH-21",
    "wash pair": "CON-01",
    "dealt again": "CON-02",
    "cancelled after month end": "CON-03",
    "technical counterparty": "CON-04",
    "adjustment reversed": "CON-05",
    "no leave": "CON-07",
    "absence": "CON-08",
    "order differs": "ORD-01",
    "order quantity": "ORD-02",
    "order limit": "ORD-03",
    "deal before order": "ORD-04",
    "unknown order": "ORD-05",
    "missing instruction": "FUN-02",
    "instruction differs": "FUN-03",
    "below the minimum": "COH-22",
    "order allocation": "ORD-12",
}
"""Controls by the words the sample's own list of irregularities uses; fields that differ are all COH-03."""

NAMED_OTHERWISE = {
    "COH-12": "T260331-017",
    "COH-17": "999900LIBERTYXXXXX21 XNYS 2024-01-01",
    "COH-18": "T260323-006",
    "CON-06": "e.okafor 2026-03-31",
    "CON-09": "c.novak as agreed by telephone",
    "CON-10": "T260320-007 L260324-00789",
    "ORD-06": "CLI-0004 US0378331005",
    "ORD-08": "e.okafor SINGLE_DEAL T260331-909",
    "ORD-09": "c.novak SINGLE_DEAL 2025-01-02",
    "ORD-10": "f.weiss",
}
"""What follows from a listed irregularity under another key: a trader, a client, a line of the ledger."""

NOTHING_TO_FIND = {"COH-23", "COH-24", "COH-25", "FUN-01", "FUN-04", "FUN-05", "ORD-07", "ORD-11"}
"""No account is changed before its use; the states add up; nothing is instructed for more than was dealt, or for a deal
that does not stand; the sample has no cash of clients, and enough of its own; its bonds carry their interest. The drill
plants what these find."""


@pytest.fixture
def result(sample_result):
    """Return the anomalies of the sample day."""
    return sample_result("anomalies")


@pytest.fixture(scope="module")
def listed(sample) -> list[dict]:
    """Return what was made wrong on purpose and must be found."""
    rows = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    return [row for row in rows if row["effect"] == "finding"]


def test_on_the_sample_every_listed_irregularity_is_found(result, listed):
    seen = {(row["control"], key) for row in result.findings.to_dict("records") for key in row["key"].split()}
    wanted = {(row["control"], row["key"].split()[0]) for row in listed if row["report"] == "anomalies"}
    for word, key in wanted:
        control = WORDS.get(word) or ("COH-03" if word.endswith(" differs") and key.startswith("T") else None)
        assert control is None or (control, key) in seen, (word, key)
    for control, key in NAMED_OTHERWISE.items():
        assert key in found(result, control), control


def test_on_the_sample_nothing_else_is_found(result, listed):
    """No false alarm: each finding names a record, or a person, of the list."""
    documented = {word for row in listed for word in (row["key"] + " " + row["what"]).replace(",", " ").split()}
    deals = result.findings[~result.findings["control"].str.startswith(("LOAD", "NOSTRO", "JRN", "ACC", "SUS", "DEPOT", "ODD"))]
    assert [key for key in deals["key"] if not set(key.split()) & documented] == []


def test_every_amount_has_its_currency(result):
    rows = result.findings
    assert rows.loc[rows["amount"].notna() & rows["currency"].isna(), "control"].tolist() == []


def test_every_control_on_deals_has_a_fault_in_the_sample(result):
    ours = ("COH", "DUP", "CON", "ORD", "FUN")
    silent = {row["control"] for row in result.checked if row["control"].startswith(ours) and not row["findings"]}
    assert silent == NOTHING_TO_FIND
