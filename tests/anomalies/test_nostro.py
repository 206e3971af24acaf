"""Nostro: the bank's own record against statements, drawn by hand, and the sample day whole."""

from collections import Counter
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
import yaml
from carried_over import evening, published, told
from drawn_day import drawn_day, found

from bolib.anomalies import checks, coherence, depot, nostro, produce
from bolib.anomalies.carried import add_carried
from bolib.anomalies.nostro.settings import caps, settings
from bolib.errors import ParameterError
from bolib.matching.passes import Tolerance
from bolib.report import numerals
from bolib.report.reconciliation import RECONCILIATIONS, match_sample, qualities
from bolib.results import frame, write
from bolib.views import prepare, views

LEDGER = """
    account | entry_id | booking_date | value_date | amount  | currency | reference | counterparty
    N-EUR   | agreed   | 2026-03-26   | 2026-03-26 | 100.00  | EUR      | R1        | Dupont
    N-EUR   | rounded  | 2026-03-26   | 2026-03-26 | 50.00   | EUR      | R2        | Dupont
    N-EUR   | early    | 2026-03-26   | 2026-03-26 | 70.00   | EUR      | R3        | Dupont
    N-EUR   | other    | 2026-03-26   | 2026-03-26 | 500.00  | EUR      | R4        | Dupont
    N-EUR   | phantom  | 2026-03-24   | 2026-03-24 | 11.00   | EUR      | R5        | Dupont
    N-EUR   | new      | 2026-03-31   | 2026-03-31 | 22.00   | EUR      | R6        | Dupont
    N-EUR   | tomorrow | 2026-04-01   | 2026-04-01 | 33.00   | EUR      | R7        | Dupont
"""
LINES = """
    account | statement_no | line_no | booking_date | value_date | amount | currency | reference | counterparty
    N-EUR   | 7            | 1       | 2026-03-26   | 2026-03-26 | 100.00 | EUR      | R1        | Dupont
    N-EUR   | 7            | 2       | 2026-03-26   | 2026-03-26 | 50.01  | EUR      | R2        | Dupont
    N-EUR   | 7            | 3       | 2026-03-30   | 2026-03-30 | 70.00  | EUR      | R3        | Dupont
    N-EUR   | 7            | 4       | 2026-03-26   | 2026-03-26 | 530.00 | EUR      | R4        | Dupont
    N-EUR   | 7            | 5       | 2026-03-27   | 2026-03-27 | -12.50 | EUR      |           | Bank
    N-EUR   | 7            | 6       | 2026-03-26   | 2026-03-26 | 100.00 | EUR      | R1        | Dupont
"""
STATEMENTS = """
    account | statement_no | currency | from_date  | to_date    | opening | closing
    N-EUR   | 7            | EUR      | 2026-03-26 | 2026-03-31 | 1000.00 | 1837.51
"""


def test_each_line_is_matched_accepted_or_open_for_a_reason():
    day = drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)
    result = produce(day)
    classes = {row["key"]: row["class"] for row in day.rows("breaks")}
    assert classes == {
        "N-EUR other": "AMOUNT",
        "N-EUR 7 4": "AMOUNT",
        "N-EUR phantom": "MISSING_THEIRS",
        "N-EUR new": "TIMING_EXPECTED",
        "N-EUR 7 5": "MISSING_OURS",
        "N-EUR 7 6": "DUPLICATE",
    }
    assert found(result, "NOSTRO-01") == ["N-EUR 7 5", "N-EUR 7 6"]
    assert found(result, "NOSTRO-02") == ["N-EUR phantom"]
    assert found(result, "NOSTRO-03") == ["N-EUR other"]
    assert found(result, "NOSTRO-04") == ["N-EUR early"]
    assert found(result, "NOSTRO-05") == []
    late = result.tables["breaks"]["class"] != "TIMING_EXPECTED"
    assert f"{late.sum()} lines and holdings do not agree with the other side" in result.verdict.text


def test_the_four_quadrants_agree_to_the_cent_by_hand():
    day = drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)
    produce(day)
    [proof] = day.rows("nostro_proof")
    # ours 100 + 50 + 70 + 500 + 11 + 22; theirs not booked 530 - 12.50 + 100; ours not there 500 + 11 + 22
    wanted = {"ours": "753.00", "open_theirs": "617.50", "tolerated": "0.01", "theirs": "837.51", "open_ours": "533.00"}
    wanted |= {"their_credits": "630.00", "their_debits": "-12.50", "our_credits": "533.00", "our_debits": "0.00"}
    assert {name: proof[name] for name in wanted} == {name: Decimal(text) for name, text in wanted.items()}
    assert (
        proof["gap"]
        == 0
        == Decimal("753.00") + Decimal("617.50") + Decimal("0.01") - Decimal("837.51") - Decimal("533.00")
    )


def test_a_statement_that_does_not_add_up_is_told():
    wrong = STATEMENTS.replace("1837.51", "1837.52")
    day = drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, statements=wrong)
    assert found(produce(day), "NOSTRO-05") == ["N-EUR EUR"]


def test_an_unknown_setting_stops_the_run(project):
    with pytest.raises(ParameterError, match="nostro: expected the words .*, found latest_day"):
        settings({"latest_day": 3})
    given = yaml.safe_load((project / "parameters/anomalies.yml").read_text(encoding="utf-8"))["nostro"]
    assert settings(given).tolerances[1] == Tolerance("rounding", -100, 100, "JPY")
    with pytest.raises(ParameterError, match="expected reason, from and to of each tolerance, .* found reason, from, upto"):
        settings(given | {"tolerances": [{"reason": "rounding", "from": 0, "upto": 1}]})


def test_on_the_sample_what_is_open_is_what_was_planted(sample, sample_result):
    listed = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    result = sample_result("anomalies")
    theirs = {row["key"] for row in listed if row["control"] == "statement line without ledger"}
    ours = {row["what"]: row["key"] for row in listed if row["control"] == "ledger against statement"}
    not_booked = set(found(result, "NOSTRO-01"))
    assert theirs < not_booked and len(not_booked - theirs) == 1  # and the one whose entry was taken out of the ledger
    assert found(result, "NOSTRO-02") == [ours["never received"]]
    assert found(result, "NOSTRO-03") == [ours["270.00 away from the statement"]]
    assert found(result, "NOSTRO-04") == [ours["booked two days before the statement"]]
    assert found(result, "NOSTRO-05") == []
    accepted = [row["key"] for row in listed if row["effect"] == "accepted"]
    assert result.tables["tolerated"]["theirs"].tolist() == accepted != []
    assert found(result, "NOSTRO-06") == found(result, "NOSTRO-07") == []
    left_out = [row["key"] for row in listed if (row["table"], row["control"]) == ("statements", "sequence gap")]
    assert left_out == ["NOSTRO-USD-01 2026/0057"] and found(result, "NOSTRO-08") == ["NOSTRO-USD-01 2026/0058"]
    [told_of] = result.findings.loc[result.findings["control"] == "NOSTRO-08", "message"]
    assert told_of.endswith("comes after 2026/0056: one between them never came; the balance goes on.")


@pytest.mark.parametrize("given", [[{"currency": "EUR"}], [{"currency": "EUR", "amount": 5}] * 2])
def test_a_cap_that_lacks_its_amount_or_comes_twice_is_one_line(given):
    with pytest.raises(ParameterError, match="caps: expected currency and amount, each currency once"):
        caps({"caps": given})


def test_an_accepted_difference_is_a_line_to_book_and_counts_against_the_cap_of_its_day():
    day = drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)
    produce(day)
    [line] = day.rows("tolerated")
    assert (line["ours"], line["theirs"], line["residual"], line["reason"]) == (
        "N-EUR rounded", "N-EUR 7 2", Decimal("0.01"), "rounding"
    )  # fmt: skip
    lower = drawn_day("anomalies", "2026-03-31", thresholds={"NOSTRO-06": {"cap": Decimal("0.00")}},
                      ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)  # fmt: skip
    assert found(produce(lower), "NOSTRO-06") == ["N-EUR EUR 2026-03-26"]
    yen = {name: text.replace("EUR ", "JPY ") for name, text in (("ledger_lines", LEDGER), ("statement_lines", LINES))}
    japan = drawn_day("anomalies", "2026-03-31", **yen)
    add_carried(japan)
    nostro.prepare(japan)
    prepare(japan.engine, views("anomalies"), {"tolerated_days"}, **japan.bound)
    assert [row["own_cap"] for row in japan.rows("tolerated_days")] == [500]
    assert found(produce(day), "NOSTRO-06") == []


def test_what_is_expected_expires_and_keeps_its_identity():
    classes = {}
    for as_of in ("2026-04-02", "2026-04-07"):
        day = drawn_day("anomalies", as_of, ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)
        produce(day)
        classes[as_of] = {row["key"]: (row["class"], row["age_days"]) for row in day.rows("breaks")}
    # booked on Tuesday 31 March: expected for two business days, Good Friday and Easter Monday being none
    assert classes["2026-04-02"]["N-EUR new"] == ("TIMING_EXPECTED", 2)
    assert classes["2026-04-07"]["N-EUR new"] == ("MISSING_THEIRS", 3)


CHECKED = """
    finding_id | decided_at          | decision  | actor
    {0}        | 2026-03-31T09:00:00 | WRONG     | u.control
    {0}        | 2026-03-31T10:00:00 | CONFIRMED | u.control
    {1}        | 2026-03-31T10:00:00 | WRONG     | u.control
    another    | 2026-03-31T10:00:00 | CONFIRMED | u.control
"""


def said_of(result, reconciliation="correspondents"):
    """Return what the table of precision says of a reconciliation, by column."""
    [row] = [row for row in qualities(result) if row["of"] == reconciliation]
    return row


def test_the_sample_says_not_checked_yet_and_then_how_many_were_right():
    drawn = {"ledger_lines": LEDGER, "statement_lines": LINES, "statements": STATEMENTS}
    result = produce(drawn_day("anomalies", "2026-03-31", **drawn))
    before = result.tables["match_sample"]
    assert len(before) == 3 and before["decision"].isna().all()
    # agreed, rounded and early on both sides; five lines of LEDGER and LINES and one expected are open
    assert [said_of(result)[name] for name in ("matched", "open", "rate", "precision")] == [6, 6, 50.0, None]
    ids = sorted(before["match_id"])
    again = produce(drawn_day("anomalies", "2026-03-31", dispositions=CHECKED.format(*ids), **drawn))
    after = again.tables["match_sample"]
    assert dict(zip(after["match_id"], after["decision"].fillna(""), strict=True)) == {
        ids[0]: "CONFIRMED", ids[1]: "WRONG", ids[2]: ""
    }  # fmt: skip
    said = said_of(again)
    assert (said["checked"], said["right"], said["precision"]) == (2, 1, 50.0)
    assert (round(said["low"], 1), round(said["high"], 1)) == (9.5, 90.5)  # by hand


def test_every_reconciliation_of_the_sample_is_drawn_from_and_says_what_is_to_be_checked(sample_result):
    result = sample_result("anomalies")
    rows = numerals.records(result.tables["match_sample"])
    assert Counter(row["reconciliation"] for row in rows) == dict.fromkeys(RECONCILIATIONS, 10)
    for row in rows:  # a holding is checked by its sum, a machine by its cash; lines of files by themselves
        opening = {"DEPOT": " dealt", "ATM": "loaded "}.get(row["reconciliation"])
        assert (row["said"] is None) if opening is None else (opening in row["said"] or "of clients" in row["said"])
    assert {row["amount"] is None for row in rows if row["reconciliation"] == "DEPOT"} == {True}
    assert [row["of"] for row in qualities(result)] == list(RECONCILIATIONS.values())


def test_a_match_checked_once_its_file_is_gone_still_counts_and_so_it_does_on_the_days_after(tmp_path):
    """Drawn on the 26th, checked on the 27th; the files of the 27th and the 30th hold nothing of it."""
    agreed = {name: "\n".join(text.splitlines()[:3]) for name, text in (("ledger_lines", LEDGER), ("statement_lines", LINES))}
    quiet = {"ledger_lines": "account | booking_date", "statement_lines": "account | statement_no | booking_date"}
    [drawn] = _checked_on("2026-03-26", tmp_path, agreed)
    told = f"finding_id | decided_at | decision | actor\n{drawn['match_id']} | 2026-03-27T09:00:00 | WRONG | u.control"
    for as_of in ("2026-03-27", "2026-03-30"):
        [row] = _checked_on(as_of, tmp_path, quiet, told)
        assert (row["ours"], row["decision"], str(row["decided_on"])) == ("N-EUR agreed", "WRONG", "2026-03-27")


def _checked_on(as_of, history, drawn, dispositions="finding_id | decided_at | decision | actor"):
    """Return the sample of an evening, published where the next one looks."""
    day = evening(as_of, history, coherence, nostro, depot, **drawn, dispositions=dispositions)
    checks.prepare(day)
    write(history / as_of / "results", "match_sample", frame(day.engine.table("match_sample")))
    return day.rows("match_sample")


def test_a_match_judged_wrong_that_no_publication_has_is_named():
    told = "finding_id | decided_at | decision | actor\nlost | 2026-03-30T09:00:00 | WRONG | u\nalert | 2026-03-30T09:00:00 | CONFIRMED | u"
    result = produce(drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, dispositions=told))
    plain = str(match_sample(result).html())
    assert "3 of 3 to check; judged wrong, and in none of the publications looked back over: lost<" in plain


def test_each_counterparty_is_asked_once_in_two_languages(tmp_path):
    day = drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)
    day.results = tmp_path / "results"
    produce(day)
    assert {row["party"]: row["lines"] for row in day.rows("chasers")} == {"Bank": 1, "Dupont": 3}
    texts = {path.name: path.read_text() for path in (tmp_path / "letters").iterdir()}
    assert sorted(texts) == [f"{who}-chaser.{language}.html" for who in ("Bank", "Dupont") for language in ("en", "fr")]
    assert "500,00 EUR" in texts["Dupont-chaser.fr.html"] and "530,00 EUR" in texts["Dupont-chaser.fr.html"]
    assert "They are" not in texts["Bank-chaser.en.html"] and "−12.50" not in texts["Dupont-chaser.en.html"]
    assert "R7" not in texts["Dupont-chaser.fr.html"] and "R6" not in texts["Dupont-chaser.fr.html"]  # expected still


RATES = """
    date       | currency | rate | known_at
    2026-03-26 | USD      | 1.15 |
    2026-03-26 | USD      | 1.30 | 2026-04-01 08:00
"""


def test_a_rate_corrected_later_explains_nothing_this_evening():
    ledger = "\n".join([*LEDGER.splitlines()[:2], LEDGER.splitlines()[2].replace("100.00 ", "1150.00")])
    lines = "\n".join(LINES.splitlines()[:3]).replace("100.00", "1000.00")
    classes = {}
    for as_of in ("2026-03-31", "2026-04-01"):
        day = drawn_day("anomalies", as_of, ledger_lines=ledger, statement_lines=lines, fx_rates=RATES)
        produce(day)
        classes[as_of] = {row["class"] for row in day.rows("nostro_breaks")}
    assert classes == {"2026-03-31": {"FX"}, "2026-04-01": {"PARTIAL"}}


TOMORROW_LINES = """
    account | statement_no | line_no | booking_date | value_date | amount | currency | reference | counterparty
    N-EUR   | 8            | 1       | 2026-04-01   | 2026-03-31 | 22.00  | EUR      | R6        | Dupont
"""
TOMORROW_STATEMENT = """
    account | statement_no | currency | from_date  | to_date    | opening | closing
    N-EUR   | 8            | EUR      | 2026-04-01 | 2026-04-01 | 1837.51 | 1859.51
"""
TOMORROW_LEDGER = """
    account | entry_id | booking_date | value_date | amount  | currency | reference | counterparty
    N-EUR   | charge   | 2026-04-01   | 2026-03-27 | -12.50  | EUR      |           | Bank
"""


def test_daily_files_carry_over_what_was_open_under_the_same_key(tmp_path):
    """The next day's files hold that day alone: yesterday's lines stay open, meet, and leave; the proof holds."""
    drawn = {"ledger_lines": LEDGER, "statement_lines": LINES, "statements": STATEMENTS}
    first = drawn_day("anomalies", "2026-03-31", **drawn)
    before = {row["key"] for row in first.rows("breaks")} if produce(first) else None
    history = published(first, tmp_path)
    second = drawn_day("anomalies", "2026-04-01", ledger_lines=TOMORROW_LEDGER, statement_lines=TOMORROW_LINES,
                       statements=TOMORROW_STATEMENT)  # fmt: skip
    second.history = history
    result = produce(second)
    after = {row["key"]: row["class"] for row in second.rows("breaks")}
    # R6, booked on 31 March, is on their statement of 1 April; their charge of 27 March is booked on 1 April.
    assert set(after) == before - {"N-EUR new", "N-EUR 7 5"}
    assert after["N-EUR phantom"] == "MISSING_THEIRS"
    [proof] = second.rows("nostro_proof")
    assert proof["gap"] == 0 and proof["of_statements"] == Decimal("22.00")
    assert found(result, "NOSTRO-05") == []


def test_what_stood_twice_still_does_once_its_twin_is_matched_and_gone(tmp_path):
    """On the second and the third day no file holds the first of the two lines: the second is no unknown movement."""
    drawn = {"ledger_lines": LEDGER, "statement_lines": LINES, "statements": STATEMENTS}
    said = []
    for as_of in ("2026-03-31", "2026-04-01", "2026-04-02"):
        day = evening(as_of, tmp_path, nostro, **drawn)
        said += [row for row in day.rows("nostro_breaks") if row["key"] == "N-EUR 7 6"]
        drawn = {"ledger_lines": TOMORROW_LEDGER, "statement_lines": TOMORROW_LINES, "statements": TOMORROW_STATEMENT}
    assert [(row["class"], row["twin_key"], row["age_days"]) for row in said] == [
        ("DUPLICATE", "N-EUR 7 1", 3), ("DUPLICATE", "N-EUR 7 1", 4), ("DUPLICATE", "N-EUR 7 1", 5)
    ]  # fmt: skip
    assert {row["explanation"] for row in said} == {"the same reference and amount as N-EUR 7 1"}


def test_what_was_carried_as_a_twin_meets_what_is_booked_for_it(tmp_path):
    evening("2026-03-31", tmp_path, nostro, ledger_lines=LEDGER, statement_lines=LINES)
    booked = TOMORROW_LEDGER + "    N-EUR | second | 2026-04-01 | 2026-03-26 | 100.00 | EUR | R1 | Dupont\n"
    second = evening("2026-04-01", tmp_path, nostro, ledger_lines=booked, statement_lines=TOMORROW_LINES)
    assert "N-EUR 7 6" not in {row["key"] for row in second.rows("nostro_breaks")}


def test_lines_published_before_twins_were_are_carried_over(tmp_path):
    evening("2026-03-31", tmp_path, nostro, ledger_lines=LEDGER, statement_lines=LINES)
    file = tmp_path / "2026-03-31" / "results" / "open_lines.parquet"
    pq.write_table(pq.read_table(file).drop_columns("twin_key"), file)
    second = evening("2026-04-01", tmp_path, nostro, ledger_lines=TOMORROW_LEDGER, statement_lines=TOMORROW_LINES)
    assert "N-EUR phantom" in {row["key"] for row in second.rows("nostro_breaks")}


def test_a_line_withdrawn_from_the_days_a_file_covers_is_not_carried_over(tmp_path):
    first = drawn_day("anomalies", "2026-03-31", ledger_lines=LEDGER, statement_lines=LINES, statements=STATEMENTS)
    produce(first)
    without = "\n".join(line for line in LEDGER.splitlines() if "phantom" not in line)
    covers = without.replace("agreed   | 2026-03-26   | 2026-03-26", "agreed   | 2026-03-24   | 2026-03-26")
    second = drawn_day("anomalies", "2026-04-01", ledger_lines=covers, statement_lines=LINES, statements=STATEMENTS)
    second.history = published(first, tmp_path)
    produce(second)
    assert "N-EUR phantom" not in {row["key"] for row in second.rows("breaks")}


BACK_DATED = {
    "ledger_lines": TOMORROW_LEDGER + "    N-EUR | late | 2026-03-24 | 2026-03-24 | 5.00 | EUR | L1 | Dupont\n",
    "statement_lines": TOMORROW_LINES + "    N-EUR | 8 | 2 | 2026-03-24 | 2026-03-24 | 6.00 | EUR | L2 | Dupont\n",
}


def test_a_line_dated_back_in_a_daily_file_drops_nothing_that_was_open_since(tmp_path):
    """One late line on each side: what both sides hold open is still there, and meets what came for it."""
    first = evening("2026-03-31", tmp_path, nostro, ledger_lines=LEDGER, statement_lines=LINES)
    before = {row["key"] for row in first.rows("nostro_breaks")}
    second = evening("2026-04-01", tmp_path, nostro, **BACK_DATED)
    after = {row["key"] for row in second.rows("nostro_breaks")}
    # R6 is on their statement and their charge is booked, as without the late lines
    assert {"N-EUR phantom", "N-EUR 7 4"} < before
    assert after == before - {"N-EUR new", "N-EUR 7 5"} | {"N-EUR late", "N-EUR 8 2"}


def test_a_line_said_again_but_known_only_later_stays_as_it_was_carried(tmp_path):
    evening("2026-03-31", tmp_path, nostro, ledger_lines=LEDGER, statement_lines=LINES)
    later = """
        account | entry_id | booking_date | value_date | amount | currency | reference | known_at
        N-EUR   | phantom  | 2026-03-24   | 2026-03-24 | 12.00  | EUR      | R5        | 2026-04-02 08:00
    """
    second = evening("2026-04-01", tmp_path, nostro, ledger_lines=later, statement_lines=TOMORROW_LINES)
    [phantom] = [row for row in second.rows("nostro_breaks") if row["key"] == "N-EUR phantom"]
    assert phantom["amount"] == Decimal("11.00")


PARTS = """
    account | entry_id | booking_date | value_date | amount  | currency | reference | trade_id
    N-EUR   | a        | 2026-03-26   | 2026-03-26 | 100.00  | EUR      | A         | T1
    N-EUR   | b        | 2026-03-26   | 2026-03-26 | 200.00  | EUR      | B         | T1
    N-EUR   | c        | 2026-03-26   | 2026-03-26 | 400.00  | EUR      | C         | T2
"""
SETTLED = """
    account | statement_no | line_no | booking_date | value_date | amount | currency | reference | end_to_end_id
    N-EUR   | 7            | 1       | 2026-03-26   | 2026-03-26 | 120.00 | EUR      | X         | T1
    N-EUR   | 7            | 2       | 2026-03-26   | 2026-03-26 | 180.00 | EUR      | Y         | T1
    N-EUR   | 7            | 3       | 2026-03-26   | 2026-03-26 | 399.00 | EUR      | Z         | T2
"""


def test_the_parts_of_one_deal_meet_many_to_many_where_their_sums_agree():
    day = drawn_day("anomalies", "2026-03-31", ledger_lines=PARTS, statement_lines=SETTLED)
    produce(day)
    rows = [row for row in day.rows("matches") if row["status"] == "AUTO"]
    assert {(row["side"], row["key"], row["pass"]) for row in rows} == {
        ("LEFT", "N-EUR a", "BATCH"), ("LEFT", "N-EUR b", "BATCH"),
        ("RIGHT", "N-EUR 7 1", "BATCH"), ("RIGHT", "N-EUR 7 2", "BATCH"),
    }  # fmt: skip


DEALS = """
    trade_id | version | action | isin         | side | quantity | price  | gross_amount | fees | taxes | accrued_interest | net_amount | currency | trade_date | settlement_date | entered_at
    T1       | 1       | NEW    | FR0000120271 | BUY  | 1000     | 50.00  | 50000.00     | 0.00 | 0.00  |                  | 50000.00   | EUR      | 2026-03-24 | 2026-03-26      | 2026-03-24T09:00:00
    T2       | 1       | NEW    | FR0000120271 | BUY  | 10       | 50.00  | 500.00       | 0.00 | 2.01  |                  | 502.01     | EUR      | 2026-03-24 | 2026-03-26      | 2026-03-24T09:00:00
    T3       | 1       | NEW    | FR0013508470 | BUY  | 9000     | 100.00 | 9000.00      | 0.00 | 0.00  | 41.44            | 9041.44    | EUR      | 2026-03-24 | 2026-03-26      | 2026-03-24T09:00:00
"""
PAID = """
    isin         | name    | asset_class | currency | quotation | multiplier | ttf
    FR0000120271 | Share   | EQUITY      | EUR      | UNIT      | 1          | true
    FR0013508470 | Bond    | BOND        | EUR      | PERCENT   | 1          | false
    US0378331005 | Foreign | EQUITY      | USD      | UNIT      | 1          | false
"""
PARTED_LEDGER = """
    account | entry_id | booking_date | value_date | amount    | currency | reference | trade_id | counterparty
    N-EUR   | duty     | 2026-03-26   | 2026-03-26 | -50000.00 | EUR      | I1        | T1       | Broker
    N-EUR   | booked   | 2026-03-26   | 2026-03-26 | -502.01   | EUR      | I2        | T2       | Broker
    N-EUR   | clean    | 2026-03-26   | 2026-03-26 | -9000.00  | EUR      | I3        | T3       | Broker
    N-USD   | gross    | 2026-03-26   | 2026-03-26 | 1000.00   | USD      | CA7-SAF   |          | Depository
    N-EUR   | late     | 2026-03-26   | 2026-03-26 | 90000.00  | EUR      | R9        |          | Client
"""
PARTED_LINES = """
    account | statement_no | line_no | booking_date | value_date | amount    | currency | reference | counterparty
    N-EUR   | 7            | 1       | 2026-03-26   | 2026-03-26 | -50200.00 | EUR      | I1        | Broker
    N-EUR   | 7            | 2       | 2026-03-26   | 2026-03-26 | -500.00   | EUR      | I2        | Broker
    N-EUR   | 7            | 3       | 2026-03-26   | 2026-03-26 | -9041.44  | EUR      | I3        | Broker
    N-USD   | 7            | 1       | 2026-03-26   | 2026-03-26 | 850.00    | USD      | CA7-SAF   | Depository
    N-EUR   | 7            | 4       | 2026-03-30   | 2026-03-30 | 90020.00  | EUR      | R9        | Client
"""
DIVIDEND = """
    ca_id | isin         | type | ex_date    | pay_date   | amount | currency
    CA7   | US0378331005 | DVCA | 2026-03-20 | 2026-03-26 | 1.00   | USD
"""


def test_taxes_and_interest_of_deals_and_events_explain_what_one_side_left_out(tmp_path):
    day = evening("2026-03-31", tmp_path, nostro, ledger_lines=PARTED_LEDGER, statement_lines=PARTED_LINES,
                  bookings=DEALS, instruments=PAID, corporate_actions=DIVIDEND)  # fmt: skip
    ours = [row for row in day.rows("nostro_breaks") if row["side"] == "LEFT"]
    said = {row["key"]: (row["class"], row["explanation"]) for row in ours}
    # 0.4 % of 50,000.00 since 1 April 2025; 15 % of a US dividend; 90,000.00 x 4 days x 2 % / 360
    assert said == {
        "N-EUR duty": ("TAX", "the difference of -200.00 is the tax on financial transactions of T1, 0.4 % of 50,000.00"),
        "N-EUR booked": ("TAX", "the difference of 2.01 is the tax booked on T2"),
        "N-EUR clean": ("ACCRUED", "the difference of -41.44 is the accrued interest of T3"),
        "N-USD gross": ("TAX", "850.00 is 1,000.00 less 15 % withheld: DVCA of US0378331005, CA.tax.US"),
        "N-EUR late": (
            "ACCRUED", "the difference of 20.00 is 4 days of 90,000.00 at 2 % a year of 360 days: compensation agreed"
        ),
    }  # fmt: skip
    assert sorted(told(day, "NOSTRO-03")) == sorted(said)
