"""The journal: numbers and surprises against slow twins, the chart, the real files, and the sample day whole."""

import shutil
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import floor, log
from pathlib import Path

import pyarrow as pa
import pytest
import yaml
from drawn_day import PARAMETERS, drawn_day, found
from drawn_ledger import OURS, judged
from hypothesis import given
from hypothesis import strategies as st

from bolib.anomalies.journal.chart import chart
from bolib.anomalies.journal.numbers import GAPS, number_gaps
from bolib.day import open_day
from bolib.errors import ParameterError
from bolib.formats.fec import year_end
from bolib.rulebook import load_rulebook
from bolib.scoring import SURPRISES, surprises

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "fec_fr"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real input is not beside the project")


def gaps(*entries: str) -> list[tuple]:
    """Return (journal, kind, first, last, missing) of entries written `JOURNAL NUMBER`."""
    pairs = [entry.split(" ", 1) for entry in entries]
    columns = {
        "journal_code": [a for a, _ in pairs],
        "entry_no": [b for _, b in pairs],
    }
    schema = pa.schema([(name, pa.string()) for name in columns])
    rows = number_gaps(pa.table(columns, schema=schema)).to_pylist()
    return [(r["journal_code"], r["kind"], r["entry_no"], r["last_no"], r["missing"]) for r in rows]


def test_gaps_by_hand():
    assert gaps("SEC 000310", "SEC 000313", "SEC 000311") == [("SEC", "GAP", "000312", "000312", 1)]
    assert gaps("A 8", "A 9", "A 12", "A 10") == [("A", "GAP", "11", "11", 1)]
    assert gaps("A VE-0009", "A VE-0010", "A AC-0001", "A AC-0002", "A VE-0012") == [
        ("A", "GAP", "VE-0011", "VE-0011", 1)
    ]
    assert gaps("A 1", "A 2", "A 3") == gaps("A 7") == []


def test_journals_may_share_one_sequence():
    assert gaps("A 1", "B 2", "A 3", "B 4", "A 6") == [("all journals", "GAP", "5", "5", 1)]
    assert gaps("A 1", "A 2", "A 4", "B 1", "B 2") == [("A", "GAP", "3", "3", 1)]


def test_numbers_that_are_no_sequence_are_told_as_one():
    assert gaps("A 5", "A 2000") == [("A", "NO_SEQUENCE", None, None, 1994)]
    assert gaps("A 0") == [("A", "NO_SEQUENCE", None, None, 0)]
    assert gaps("A x", "A y") == [("A", "NO_SEQUENCE", None, None, 0)]
    assert gaps("A x", "A 1", "A 2", "A 4") == [("A", "GAP", "3", "3", 1)]


def test_kernels_take_tables_without_rows():
    schema = pa.schema([(name, pa.string()) for name in ("journal_code", "entry_no")])
    assert number_gaps(schema.empty_table()).schema == GAPS
    kinds = [pa.string()] * 3 + [pa.int64()] * 4
    names = ("kind", "one", "other", "seen", "one_met", "other_met", "all_met")
    assert surprises(pa.schema(zip(names, kinds, strict=True)).empty_table()).schema == SURPRISES


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 30)), min_size=1, unique=True))
def test_gaps_are_those_of_a_slow_count(entries):
    """One journal after the other, number by number; journals that share numbers are left to the examples."""
    by_journal = defaultdict(set)
    for journal, number in entries:
        by_journal[journal].add(number)
    if len(by_journal) == 2 and not by_journal["A"] & by_journal["B"]:
        return
    wanted = {}
    for journal, there in by_journal.items():
        lost = [number for number in range(min(there), max(there)) if number not in there]
        wanted[journal] = "NO_SEQUENCE" if len(lost) > len(there) else {str(number) for number in lost}
    seen: dict = {journal: set() for journal in by_journal}
    for journal, kind, first, last, missing in gaps(*(f"{a} {b}" for a, b in entries)):
        if kind == "NO_SEQUENCE":
            seen[journal] = kind
        else:
            assert missing == int(last) - int(first) + 1
            seen[journal] |= {str(number) for number in range(int(first), int(last) + 1)}
    assert seen == wanted


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1))
def test_surprises_are_those_of_a_slow_count(met):
    pairs, ones, others = Counter(met), Counter(a for a, _ in met), Counter(b for _, b in met)
    rows = [("P", a, b, n, ones[a], others[b], len(met)) for (a, b), n in pairs.items()]
    names = ("kind", "one", "other", "seen", "one_met", "other_met", "all_met")
    found_ = surprises(pa.table([list(column) for column in zip(*rows, strict=True)], names=names)).to_pylist()
    for row in found_:
        left = list(met)
        left.remove((row["one"], row["other"]))
        expected = sum(a == row["one"] for a, _ in left) * sum(b == row["other"] for _, b in left) / max(len(left), 1)
        nats = max(log((expected + 0.5) / (left.count((row["one"], row["other"])) + 0.5)), 0)
        assert abs(row["expected"] - Decimal(floor(expected * 100)) / 100) <= Decimal("0.01")
        assert abs(row["nats"] - Decimal(floor(nats * 100)) / 100) <= Decimal("0.01")


def test_the_longest_root_of_the_chart_decides():
    rows = {row["root"]: row for row in chart(PARAMETERS, "pcg").to_pylist()}
    assert (rows["40"]["side"], rows["409"]["side"], rows["53"]["side"]) == ("EITHER", "DEBIT", "DEBIT")
    assert (rows["471"]["kind"], rows["58"]["kind"], rows["62"]["kind"], rows["51"]["kind"]) == (
        "SUSPENSE",
        "TRANSFER",
        "RESULT",
        None,
    )


def test_the_general_chart_agrees_with_the_rule():
    kinds = yaml.safe_load((PARAMETERS / "charts" / "pcg.yml").read_text(encoding="utf-8"))["kinds"]
    rule = load_rulebook(PARAMETERS / "rulebook").rules("C-10")[-1].parameters
    assert set(rule["suspense"]) <= set(kinds["SUSPENSE"]) and rule["result"] == kinds["RESULT"]
    assert rule["carried"] == kinds["CARRIED"] == [year_end.CARRIED] and rule["result"] == list(year_end.OF_RESULT)
    assert all(account.startswith(tuple(kinds["TRANSFER"])) for account in rule["internal_transfers"])


def test_a_wrong_chart_is_one_line(tmp_path):
    with pytest.raises(ParameterError, match="chart: expected one of bank, pcg, found company"):
        chart(PARAMETERS, "company")
    shutil.copytree(PARAMETERS / "charts", tmp_path / "charts")
    wrong = tmp_path / "charts" / "pcg.yml"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("  SUSPENSE:", "  WAITING:"), encoding="utf-8")
    with pytest.raises(ParameterError, match="kinds: expected names among SUSPENSE.*found .*WAITING"):
        chart(tmp_path, "pcg")


SETTLED = """
    instruction_id | trade_id | movement | payment | quantity | status | settled_quantity | settled_on
    I1             | T1       | RECE     | APMT    | 10       | SETT   | 10               | 2026-03-30
    I2             | T2       | DELI     | FREE    | 10       | SETT   | 10               | 2026-03-30
    I3             | T1       | RECE     | APMT    | 10       | PEND   | 0                |
"""
DEALS = """
    trade_id | version | action | side | currency | gross_amount | accrued_interest | fees | taxes | net_amount
    T1       | 1       | NEW    | BUY  | USD      | 90.00        |                  | 1.00 | 0.00  | 91.00
    T1       | 2       | AMEND  | BUY  | USD      | 100.00       |                  | 1.00 | 0.00  | 101.00
    T2       | 1       | NEW    | SELL | EUR      | 50.00        | 2.00             | 0.50 | 0.00  | 51.50
"""
SCHEME = """
    event_type        | line_no | account | side   | amount_field
    SETTLED BUY       | 1       | 303100  | DEBIT  | gross_amount
    SETTLED BUY       | 2       | 608100  | DEBIT  | fees
    SETTLED BUY       | 3       | 112000  | CREDIT | net_amount
    SETTLED SELL FREE | 1       | 303100  | CREDIT | gross_amount
    SETTLED SELL FREE | 2       | 303900  | CREDIT | accrued_interest
    SETTLED SELL FREE | 3       | 608100  | DEBIT  | fees
    SETTLED SELL FREE | 4       | 472000  | DEBIT  | net_amount
"""
ENTRIES = """
    journal_code | entry_no | line_no | entry_date | account | debit | credit | event_id | currency_amount | currency | origin
    SEC          | 1        | 1       | 2026-03-30 | 303100  | 90.00 | 0.00   | I1       | 100.00          | USD      | AUTO
    SEC          | 1        | 2       | 2026-03-30 | 608100  | 0.90  | 0.00   | I1       | 1.00            | USD      | AUTO
    SEC          | 1        | 3       | 2026-03-30 | 112200  | 0.00  | 90.90  | I1       | 101.00          | USD      | AUTO
    SEC          | 2        | 1       | 2026-03-30 | 303100  | 0.00  | 50.00  | I2       |                 |          | AUTO
    SEC          | 2        | 2       | 2026-03-30 | 303900  | 0.00  | 2.00   | I2       |                 |          | AUTO
    SEC          | 2        | 3       | 2026-03-30 | 608100  | 0.50  | 0.00   | I2       |                 |          | AUTO
    SEC          | 2        | 4       | 2026-03-30 | 472000  | 51.50 | 0.00   | I2       |                 |          | AUTO
"""


@pytest.mark.parametrize(
    ("entries", "otherwise", "without", "twice"),
    [
        (ENTRIES, [], [], []),
        (ENTRIES.replace("| 101.00 ", "| 100.00 "), ["SEC 1"], [], []),
        (ENTRIES.replace("| 472000 ", "| 112100 "), ["SEC 2"], [], []),
        ("\n".join(line for line in ENTRIES.splitlines() if "I2" not in line), [], ["I2"], []),
        (
            ENTRIES.replace("SEC          | 2        | 4 ", "SEC          | 3        | 1 "),
            ["SEC 2", "SEC 3"],
            [],
            ["I2"],
        ),
    ],
)
def test_every_operation_gives_its_entries_once_and_right(entries, otherwise, without, twice):
    day = drawn_day(
        "anomalies", "2026-03-31", journal=entries, settlements=SETTLED, trades=DEALS, accounting_scheme=SCHEME
    )
    result = judged(day)
    assert found(result, "JRN-21") == otherwise
    assert found(result, "JRN-19") == without
    assert found(result, "JRN-20") == twice


DOLLARS = """
    journal_code | entry_no | line_no | entry_date | account | debit    | credit  | currency_amount | currency
    SEC          | 1        | 1       | 2026-03-30 | 112200  | 1000.00  | 0.00    | 1170.00         | USD
    SEC          | 1        | 2       | 2026-03-30 | 303100  | 0.00     | 1000.00 | 1170.00         | USD
    OD           | 2        | 1       | 2026-03-30 | 112200  | -1000.00 | 0.00    | -1170.00        | USD
    OD           | 2        | 2       | 2026-03-30 | 303100  | 0.00     | -1000.00 | -1170.00       | USD
    OD           | 3        | 1       | 2026-03-30 | 112200  | -2000.00 | 0.00    | -1170.00        | USD
    OD           | 3        | 2       | 2026-03-30 | 303100  | 0.00     | -2000.00 | 1170.00        | USD
"""
RATES = """
    date       | currency | rate
    2026-03-30 | USD      | 1.17
"""


def test_a_side_written_with_a_minus_is_as_far_off_its_rate_as_any_other():
    result = judged(drawn_day("anomalies", "2026-03-31", journal=DOLLARS, fx_rates=RATES))
    assert found(result, "JRN-29") == ["OD 3 USD"] and found(result, "JRN-02") == []
    [message] = result.findings.loc[result.findings["control"] == "JRN-29", "message"]
    assert "4,000.00 EUR booked for 2,340.00 USD, 2,000.00 at the rate 1.17" in message
    assert message.endswith("2,000.00 apart on 2 lines, the first on 112200.")


BRIDGED = """
    journal_code | entry_no | line_no | entry_date | account | debit | credit | origin | user | entered_at
    OD           | 1        | 1       | 2026-03-27 | 618000  | 5.00  | 0.00   | MANUAL | ann  | 2026-03-27 12:00
    OD           | 1        | 2       | 2026-03-27 | 467000  | 0.00  | 5.00   | MANUAL | ann  | 2026-03-27 12:00
"""


def test_an_entry_of_a_day_the_bank_says_it_is_closed_is_told():
    """27 March 2026 is a Friday like any other, but for a bank that says so."""
    day = drawn_day("anomalies", "2026-03-31", journal=BRIDGED)
    day.rulebook = replace(day.rulebook, closing_days={"OUVRE": (date(2026, 3, 27),)})
    result = judged(day)
    assert found(result, "JRN-08") == ["OD 2026-03-27"] and found(result, "JRN-09") == ["OD 1"]
    messages = result.findings.loc[result.findings["control"].isin(["JRN-08", "JRN-09"]), "message"]
    assert messages.str.contains("the bank is closed").all()
    other = judged(drawn_day("anomalies", "2026-03-31", journal=BRIDGED))
    assert found(other, "JRN-08") == found(other, "JRN-09") == []


SILENT = {
    "JRN-09": ["journal.entered_at", "journal.origin"], "JRN-10": ["journal.entered_at"], "JRN-11": ["journal.origin"],
    "JRN-12": ["journal.origin"], "JRN-15": ["journal.user"], "JRN-16": ["journal.reverses"],
    "JRN-20": ["journal.event_id"], "JRN-23": ["journal.approved_by", "journal.user"], "JRN-24": ["journal.origin"],
    "JRN-25": ["journal.origin", "journal.user"],
}  # fmt: skip
"""What a control of the journal alone cannot judge where a file has but the fields of the law."""
LAWFUL = """
    journal_code | entry_no | line_no | entry_date | account | debit | credit
    OD           | 1        | 1       | 2026-03-30 | 618000  | 10.00 | 0.00
    OD           | 1        | 2       | 2026-03-30 | 112100  | 0.00  | 10.00
"""


def lacking(result) -> dict[str, list[str]]:
    """Return the controls of the journal that are off for want of its columns, and of which."""
    off = {item["control"]: item["missing"] for item in result.checked if item["status"] == "off"}
    return {name: missing for name, missing in off.items() if all(one.startswith("journal.") for one in missing)}


def test_a_journal_that_says_nothing_of_who_wrote_it_and_when_is_no_journal_without_a_fault():
    assert lacking(judged(drawn_day("anomalies", "2026-03-31", journal=LAWFUL))) == SILENT
    said = LAWFUL.replace("credit\n", "credit | user\n").replace(" 0.00\n", " 0.00 | ann\n").replace("10.00\n", "10.00 |\n")
    now = lacking(judged(drawn_day("anomalies", "2026-03-31", journal=said)))
    assert set(SILENT) - set(now) == {"JRN-15"} and now["JRN-23"] == ["journal.approved_by"]


def test_an_entry_dated_too_early_does_not_ask_for_those_before_the_journal():
    before = SETTLED + "    I0 | T1 | RECE | APMT | 10 | SETT | 10 | 2026-02-16\n"
    early = ENTRIES.replace(
        "SEC          | 2        | 1       | 2026-03-30", "SEC          | 2        | 1       | 2026-02-16"
    )
    day = drawn_day(
        "anomalies", "2026-03-31", journal=early, settlements=before, trades=DEALS, accounting_scheme=SCHEME
    )
    result = judged(day)
    assert found(result, "JRN-21") == ["SEC 2"]
    assert found(result, "JRN-19") == []


CONTROLS = {
    "unbalanced entry": "JRN-01",
    "sequence gap": "JRN-04",
    "duplicate entry": "JRN-06",
    "locked period": "JRN-07",
    "unusual manual entry": "JRN-09",
    "manual on automated account": "JRN-12",
    "reversal without original": "JRN-16",
    "lettering": "JRN-22",
    "four eyes": "JRN-23",
    "split entry": "JRN-25",
    "old suspense item": "SUS-01",
    "balance against journal": "ACC-02",
    "opening against closing": "ACC-01",
    "result against ledger": "ACC-05",
}
"""Controls by the words the sample's own list of irregularities uses."""
CONSEQUENCES = {
    ("JRN-10", "MAN 000009"): "entered into a locked month, and nineteen days late",
    ("JRN-11", "MAN 000007"): "a round amount",
    ("JRN-24", "MAN 000007"): "approved by nobody",
    ("JRN-21", "SEC 000233"): "the entry that does not balance is not as its scheme says",
    ("JRN-19", "I260319-011"): "the operation of the missing number has no entry",
    ("ACC-04", "112200 I260319-011"): "and no line in the general ledger",
    ("ACC-04", "112100 I260320-004"): "the movement taken out of the bank's own record of its nostro",
    ("ACC-04", "112100 I260320-007"): "the movement whose digits were swapped there",
    ("ACC-04", "112200 I260327-020"): "the movement booked there two days early",
    ("ACC-04", "112200 MANUAL"): "the movement nobody received",
}
"""What else a planted irregularity breaks, and why."""


def test_on_the_sample_what_was_planted_is_found_and_nothing_else(sample, sample_result):
    listed = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    tables = ("journal", "trial_balance")
    planted = {
        (CONTROLS[row["control"]], row["key"])
        for row in listed
        if row["table"] in tables and row["effect"] == "finding"
    }
    result = sample_result("anomalies")
    seen = {(row["control"], row["key"]) for row in result.findings.to_dict("records") if row["control"][:3] in OURS}
    assert seen == planted | set(CONSEQUENCES)
    assert [item["control"] for item in result.checked if item["control"][:3] in OURS and item["status"] == "off"] == []


def company(tmp_path, name: str):
    """Return the result of one real file, judged as a company's by the general chart."""
    shutil.copy(REAL / name, tmp_path)
    (tmp_path / "sources.yml").write_text("sources: {fec: {table: journal, format: fec, files: '*FEC*'}}\n")
    shutil.copytree(PARAMETERS, tmp_path / "parameters")
    settings = tmp_path / "parameters" / "anomalies.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("chart: bank", "chart: pcg"), encoding="utf-8")
    return judged(open_day("anomalies", "2023-12-29", str(tmp_path), str(tmp_path / "parameters")))


@needs_real
def test_a_real_file_without_numbers_is_told_journal_by_journal(tmp_path):
    result = company(tmp_path, "000000000FEC20231231.txt")
    assert found(result, "JRN-05") == found(result, "JRN-27") == ["AD", "ac", "bq", "ca", "od", "ve"]
    assert found(result, "JRN-03") == ["AD"]  # opening balances in detail, each line under its old date
    for control in ("JRN-01", "JRN-04", "JRN-06", "JRN-17", "JRN-18", "JRN-22", "ACC-09"):
        assert found(result, control) == [], control


@needs_real
def test_a_real_file_that_numbers_its_entries(tmp_path):
    result = company(tmp_path, "111111111FEC20221231.TXT")
    assert found(result, "JRN-17") == ["63000000"]  # a tax on drinks, which the chart has under 635 or 637
    assert found(result, "JRN-18") == ["63511000"]  # a tax refunded beyond what was charged
    assert found(result, "SUS-01") == ["CIC 00000175 1"]
    assert lacking(result) == SILENT
    for control in ("JRN-01", "JRN-03", "JRN-04", "JRN-05", "JRN-06", "JRN-22", "JRN-26", "JRN-28", "ACC-09"):
        assert found(result, control) == [], control
