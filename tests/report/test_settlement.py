"""The section on settlement: what a reader sees of each fail, of what would release it, and of how often it happens."""

import report_day
from report_settlement import SCRIPT

from bolib import report


def rows(shown):
    """Return the texts of a drawn table, row by row."""
    return [[cell["text"] for cell in row] for row in shown.values["rows"]]


def made():
    return report_day.deadline_report()


def test_fails_come_oldest_first_with_what_is_left_what_holds_them_and_who_can_act():
    shown = report.open_fails(made())
    assert rows(shown) == [
        ["I3", f"receive 1,000 FR0014007TY9 from {SCRIPT}", "–", "980.10", "EUR", "NMAT: not matched", "matching", "–"],
        [
            *("I1", "deliver 150 Apple Inc. to Banque du Ponant", "5", "15,000.00", "EUR"),
            *("LACK: securities are lacking, 50 settled", "inventory", "6.00"),
        ],
        ["I2", f"receive 61 Apple Inc. from {SCRIPT}", "1", "6,100.00", "EUR", "PREA: on hold", "release", "–"],
    ]
    assert SCRIPT not in str(shown.html()) and 'href="#deadlines-A-50"' in str(shown.html())


def test_a_receipt_stands_with_the_deliveries_it_serves():
    first, second = rows(report.settlement_chains(made()))
    assert first == [
        *("I2", f"Apple Inc. from {SCRIPT}, due 30 Mar 2026", "PREA, release", "I1"),
        *("150 to Banque du Ponant, due 24 Mar 2026", "55", "15,000.00", "EUR"),
    ]
    assert second[3:] == ["I4", "99 to Banque du Ponant, due 24 Mar 2026", "6", "–", "EUR"]


def test_a_partial_settlement_says_what_it_cures():
    assert rows(report.partial_settlements(made())) == [
        ["I1", "Apple Inc. to Banque du Ponant, 5 days late", "SAF", "60", "150", "60", "6,000.00", "15,000.00", "EUR"]
    ]


def test_the_trend_is_fails_over_instructions_due():
    figure = report.fail_trend(made())
    assert figure.values["sentence"] == "Of 65 instructions due in the last 2 settlement days, 3 failed."
    assert figure.data[0]["y"] == [7.5, 0.0]


def test_the_worst_counterparty_comes_first_and_a_reason_has_no_rate():
    assert [row[1:] for row in rows(report.fail_rates(made()))] == [
        [SCRIPT, "10", "3", "30", "0"],
        ["Banque du Ponant", "40", "3", "7.5", "1"],
        ["LACK", "–", "4", "–", "1"],
        ["no reason given", "–", "2", "–", "0"],
    ]


def test_the_column_of_what_has_no_price_is_there_only_where_something_has_none():
    result = made()
    assert rows(report.ageing(result))[1] == ["5-15", "EUR", "3", "505,210.84", "4,181.40", "8", "334.51", "1"]
    result.tables["ageing"]["unpriced"] = 0
    assert len(rows(report.ageing(result))[1]) == 7


def test_the_longest_run_of_the_market_comes_first():
    assert [row[0] for row in rows(report.market_fails(made()))] == ["B", "A"]


def test_where_nothing_fails_the_section_says_what_was_looked_at():
    result = made()
    for name in ("ageing", "open_settlements", "settlement_chains", "partial_settlements", "market_fails"):
        result.tables[name] = result.tables[name].iloc[:0]
    for shown in (report.open_fails, report.settlement_chains, report.partial_settlements, report.market_fails):
        assert 'class="empty"' in str(shown(result).html())
