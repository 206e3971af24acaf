"""What each display says: exact sums, honest limits, escaped values, the worst first."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs

import pandas as pd
import pytest
import report_day
from hypothesis import given
from hypothesis import strategies as st

from bolib import report
from bolib.report import breaches, charts, display, earnings, figures, numerals, proof, running, tables


@pytest.fixture(scope="module")
def pnl():
    return report_day.pnl()


# numerals


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0.00"), ("1234.5", "1,234.50"), ("-1234567.89", "−1,234,567.89"), ("-0.01", "−0.01")],
)
def test_money_has_two_decimals_and_a_true_minus(value, text):
    assert numerals.money(Decimal(value)) == text


def test_money_can_carry_a_plus_and_nothing_is_a_dash():
    assert numerals.money(Decimal("3"), sign=True) == "+3.00"
    assert numerals.money(Decimal("0"), sign=True) == "0.00"
    assert numerals.money(None) == "–"


def test_quantities_and_prices_lose_only_zeros():
    assert numerals.quantity(Decimal("1200.000000")) == "1,200"
    assert numerals.quantity(Decimal("-0.500000")) == "−0.5"
    assert numerals.quantity(100) == "100"
    assert numerals.price(Decimal("99.12500000")) == "99.125"
    assert numerals.price(Decimal("182.00000000")) == "182.00"


def test_chart_amounts_are_short():
    amounts = [Decimal("812"), Decimal("-34512"), Decimal("1249999"), Decimal("2500000000")]
    assert [numerals.short_money(amount) for amount in amounts] == ["+812", "−34.5 k", "+1.2 m", "+2.5 bn"]


def test_days_and_labels_read_as_people_write():
    assert numerals.day(date(2026, 3, 31)) == "31 Mar 2026"
    assert numerals.long_day(date(2026, 3, 31)) == "Tuesday 31 March 2026"
    assert numerals.label("CORPORATE_ACTION") == "Corporate action"
    assert numerals.label("source_isin") == "Source ISIN"


def test_what_may_be_a_card_number_is_masked_and_an_isin_is_not():
    assert numerals.masked("A1,4970101234567890,FR0014007TY9,120.79") == "A1,497010…7890,FR0014007TY9,120.79"
    assert numerals.masked("74888888888888888888888") == "74888888888888888888888"


def test_nothing_in_a_frame_becomes_none():
    frame = pd.DataFrame({"a": [pd.NA, 1], "b": [float("nan"), 2.0], "c": [pd.NaT, pd.NaT]}).astype({"a": "Int64"})
    assert numerals.records(frame)[0] == {"a": None, "b": None, "c": None}


# tables


def test_a_table_states_how_many_rows_it_leaves_out():
    drawn = tables.table(
        [{"n": n} for n in range(7)], tables.columns("n|N|integer"), "Numbers", "results/n.csv", limit=5
    )
    assert drawn.html().count("<tr>") == 1 + 5
    assert "2 more rows in" in drawn.html() and 'href="results/n.csv"' in drawn.html()


def test_every_value_of_a_table_is_escaped():
    row = {"text": report_day.INERT, "link": (report_day.INERT, "#x", report_day.INERT), "status": report_day.INERT}
    drawn = tables.table([row], tables.columns("text|T|text", "link|L|link", "status|S|status"), report_day.INERT)
    assert "<script" not in drawn.html()
    assert drawn.html().count("&lt;script&gt;window.broken") >= 5


def test_a_table_without_rows_says_so():
    assert (
        "Nothing is overdue." in tables.table([], tables.columns("n|N"), "Numbers", empty="Nothing is overdue.").html()
    )


# the result, opened


def opened(rows):
    for row in rows:
        yield row
        yield from opened(row["children"])


def test_the_drill_down_adds_up_at_every_level(pnl):
    rows = report.results_by(pnl, "desk").values["rows"]
    for row in opened(rows):
        assert row["total"] == sum(row["sums"].values())
        if row["children"]:
            assert row["total"] == sum(child["total"] for child in row["children"])
        if row["components"]:
            assert row["total"] == sum(part["amount"] for part in row["components"])


@pytest.mark.parametrize("by", ["desk", "book", "isin"])
def test_every_way_of_opening_the_result_comes_to_the_same(pnl, by):
    values = report.results_by(pnl, by).values
    for total in values["totals"]:
        same = [row["total"] for row in values["rows"] if row["currency"] == total["currency"]]
        assert sum(same) == total["total"]
        books = numerals.records(pnl.tables["pnl_books"])
        published = [
            row["total"] for row in books if row["date"] == pnl.day.as_of and row["currency"] == total["currency"]
        ]
        assert total["total"] == sum(published)


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
lines = st.fixed_dictionaries(
    {
        "isin": st.sampled_from([f"XS{n:010}" for n in range(150)]),
        "amount": amounts,
        "currency": st.sampled_from(["EUR", "USD"]),
    }
)


@given(st.lists(lines, max_size=200))
def test_what_a_page_leaves_out_still_counts(rows):
    """Beyond the limit, one row stands for the others, so that the sums hold."""
    drawn = [row | {"book": "B", "desk": "D", "name": row["isin"], "component": "PRICE"} for row in rows]
    behind = {"operations": {}, "lots": {}, "others": set(), "places": set()}
    nodes = earnings._nodes([row | {"trader": "", "cost_method": ""} for row in drawn], ("isin",), behind, "book")
    for currency in ("EUR", "USD"):
        total = sum((row["amount"] for row in rows if row["currency"] == currency), Decimal(0))
        assert sum((node["total"] for node in nodes if node["currency"] == currency), Decimal(0)) == total
    assert len(nodes) <= earnings.SHOWN_LEAVES + 2


def test_an_instrument_opens_on_its_operations_with_file_and_line(pnl):
    html = report.results_by(pnl, "desk").html()
    panel = html[html.index('id="line-EQ-CASH-US1912161007"') :]
    assert "corporate_actions.csv:" in panel and "1,525.00" in panel and "T0000" in panel


def test_what_html_lets_out_is_left_out_and_nothing_else():
    cell = '<tr class="a b"><td class="word" data-v="1-29" title="">="x" &lt;/td&gt;</td></tr>\n<li><input value="v"/></li>'
    escaped = cell.replace('="x"', "=&#34;x&#34;")
    expected = '<tr class="a b"><td class=word data-v=1-29 title="">=&#34;x&#34; &lt;/td&gt;\n<li><input value="v"/>'
    assert display.light(escaped) == expected


def test_by_instrument_the_same_operations_are_a_link_away(pnl):
    html, under = report.results_by(pnl, "isin").html(), report.results_by(pnl, "desk").html()
    links = re.findall(r'href="#(line-[^"]+)"', html)
    assert "line-EQ-CASH-US1912161007" in links and all(f'id="{link}"' in under for link in links)
    assert "corporate_actions.csv:" not in html


def test_components_beyond_the_columns_are_summed_as_other(pnl):
    values = report.results_by(pnl, "desk").values
    assert len(values["components"]) == earnings.SHOWN_COMPONENTS and values["components"][-1] == "OTHER"


def test_headline_adds_currencies_only_at_the_rate(pnl):
    values = report.headline(pnl).values
    assert values["together"] == sum(row["total_eur"] for row in values["totals"])


def test_headline_without_a_rate_does_not_add():
    made = report_day.pnl()
    made.tables["totals"] = pd.DataFrame(numerals.records(made.tables["totals"])).astype({"total_eur": object})
    made.tables["totals"].loc[1, "total_eur"] = None
    assert report.headline(made).values["together"] is None


# charts


def test_the_waterfall_ends_at_the_total(pnl):
    figure = report.waterfall(pnl)
    for trace in (trace for trace in figure.data if trace["type"] == "bar"):
        last_step = trace["base"][-2] + trace["x"][-2]
        assert last_step == pytest.approx(trace["x"][-1]) and trace["base"][-1] == 0.0


def test_running_sums_break_where_a_month_begins():
    rows = [{"date": date(2026, 2, day), "mtd": 1} for day in (26, 27)] + [{"date": date(2026, 3, 2), "mtd": 2}]
    assert [point["mtd"] for point in charts._broken(rows, "mtd")] == [1, 1, None, 2]


FIGURES = [
    *(("pnl", name) for name in ("waterfall", "history", "contributors")),
    *(("deadline_report", name) for name in ("lateness", "findings_by_control")),
]


@pytest.mark.parametrize(("day", "name"), FIGURES)
def test_a_chart_is_valid_plotly_and_never_offers_an_upload(day, name):
    bundle, _ = getattr(report, name)(getattr(report_day, day)())._repr_mimebundle_()
    chart = bundle[figures.MIMETYPE]
    assert chart["config"]["showSendToCloud"] is False and chart["config"]["plotlyServerURL"] == ""
    assert chart["layout"]["modebar"] == {"remove": ["sendChartToCloud"]}
    getattr(report, name)(getattr(report_day, day)()).plotly().to_json()
    assert "<table" in bundle["text/html"], "a chart's numbers also stand as a table"
    json.dumps(bundle)


def test_labels_of_a_chart_are_text(pnl):
    labels = [label for trace in report.contributors(pnl).data for label in trace["y"]]
    assert any("&lt;script&gt;" in label for label in labels)
    assert not any("<script" in label for label in labels)


def test_the_palette_is_the_light_page():
    light = display.text("report.css").split("@media", 1)[0]
    assert {f"--{name}:{colour}" for name, colour in figures.PALETTE.items()} <= set(re.split(r"[;{]", light))


# proof and findings


def test_a_day_that_is_not_proven_is_never_good():
    made = report_day.pnl(proven=False)
    found = proof.verdict_banner(type(made.verdict)("All is well.", "good", {}), proven=False)
    assert found.values["level"] == "bad" and found.plain.startswith("NOT PROVEN")
    assert "NOT PROVEN" in found.html()


def test_the_proof_opens_on_the_file_that_fails():
    shown = report.completeness(report_day.day("pnl", proven=False))
    assert "<details open>" in shown.html() and "declares 1,212 rows" in shown.html()
    assert shown.html().index("prices.csv") < shown.html().index("trades.csv")
    assert report.completeness(report_day.day("pnl")).plain == "Proven: 8,741 rows in 5 files"


def test_the_proof_of_the_sample_day_adds_up():
    totals = report.completeness(report_day.day("pnl")).values["totals"]
    assert totals["rows_read"] == totals["rows_accepted"] + totals["rows_set_aside"] + totals["rows_excluded"]


def test_the_most_severe_findings_come_first(pnl):
    groups = report.findings(pnl).values["groups"]
    assert [group["severity"] for group in groups] == ["CRITICAL", "MAJOR", "MAJOR", "MINOR"]
    assert [group["count"] for group in groups] == [1, 9, 1, 3]


def test_findings_beyond_the_limit_are_counted(pnl, monkeypatch):
    monkeypatch.setattr(breaches, "LIMIT", 4)
    assert "5 more findings of PNL-05" in report.findings(pnl).html()


def test_a_report_without_findings_says_what_ran():
    made = report_day.result("pnl", {}, [])
    made.checked[:] = [row | {"findings": 0} for row in made.checked]
    assert "No finding: 5 controls ran and none found a breach." in report.findings(made).html()


def test_changes_count_new_open_and_gone(pnl):
    assert report.changes(pnl).plain == "4 new, 2 gone, 10 still open"


def test_changes_name_the_publication_they_are_against(tmp_path):
    (tmp_path / "2026-03-27" / "results").mkdir(parents=True)
    made = report_day.pnl()
    made.day.history = tmp_path
    html = report.changes(made).html()
    assert "Friday 27 March 2026" in html and "Findings that are gone" in html
    assert 'href="#finding-PNL-010000"' in html


def test_the_move_is_between_the_last_two_days(pnl):
    (eur, usd) = report.changes(pnl).values["moves"]
    assert usd["corrections"] == Decimal("-812.40") and eur["corrections"] == 0
    assert eur["move"] == eur["now"] - eur["before"] and eur["day"] == report_day.AS_OF


def test_a_control_that_is_off_says_what_it_lacks(pnl):
    assert "needs limits" in report.controls(pnl).html()


def test_a_card_number_set_aside_is_masked():
    made = report_day.day("anomalies")
    rows = made.loaded.set_aside.to_pylist()
    rows[0] |= {"value": "4970101234567890", "raw": "x,4970101234567890,y"}
    made.loaded.set_aside = type(made.loaded.set_aside).from_pylist(rows)
    assert "4970101234567890" not in report.set_aside(made).html()


def test_an_unpriced_position_comes_first_and_is_not_zero(pnl):
    html = report.positions(pnl).html()
    assert html.index("unpriced") < html.index("today")
    assert 'class="chip old">7 days' in html


def test_a_deadline_opens_on_its_arithmetic_and_its_next_step():
    made = report_day.deadline_report()
    groups = report.deadlines_table(made).values["groups"]
    assert [group["rule"].id for group in groups] == ["A-61", "A-50"]
    for group in groups:
        states = [row["status"] for row in group["rows"]]
        assert states == sorted(states, key=("OVERDUE", "TODAY", "OPEN", "LATE", "DONE").index)
        assert states.count("DONE") == min(group["tally"]["DONE"], 1)
        assert group["tally"].total() == len(group["rows"]) + group["left_out"]
    html = str(report.deadlines_table(made).html())
    assert "J+10 jours ouvrés" in html and "2 of 3: head of desk, from 2 Apr 2026" in html
    drawn = {row["key"]: row["source"] for group in groups for row in group["rows"]}
    lines = {row["key"]: f"day.csv:{line}" for line, row in enumerate(report_day.deadlines(), start=2)}
    assert all(source == (lines[key] if key != "K0139" else None) for key, source in drawn.items())
    assert all(f"Row {source}." in html for source in drawn.values() if source)


def test_of_the_clocks_that_ended_the_page_says_how_many_of_how_many_it_draws():
    made = report_day.deadline_report()
    for group in report.deadlines_table(made).values["groups"]:
        number, states = group["tally"], [row["status"] for row in group["rows"]]
        cut = [(name, limit) for name, limit in (("LATE", 6), ("DONE", 1)) if number[name] > limit]
        said = {"LATE": f"the last 6 of {number['LATE']} late", "DONE": f"the last one of {number['DONE']} done"}
        assert group["last"] == [said[name] for name, _ in cut]
        assert [states.count(name) for name, _ in cut] == [limit for _, limit in cut] and cut
        more = f"{', '.join(group['last'])}. {group['left_out']} more deadlines of {group['rule'].id} in"
        assert f"Of those that ended: {more}" in str(report.deadlines_table(made).html())


def test_the_rules_nothing_watches_are_listed_by_subject_with_how_they_are_known():
    made = report.unwatched(report_day.deadline_report())
    html = " ".join(str(made.html()).split())
    assert "1 of 3 rules in force are watched by nothing; 2 of 3 are not verified." in html
    assert 'Settlement</span><span class="number">1 of 3</span><span class="age">2 not verified' in html
    assert "<code>A-60</code> A rule. <cite>CSDR</cite>" in html and "(from memory, sure; to be verified)" in html
    assert "A-53" not in html and "A-61" not in html


def test_what_is_at_stake_is_summed_by_owner_and_currency():
    made = report_day.deadline_report()
    (fails,) = [row for row in report.deadlines_by_owner(made).values["rows"] if row[2]["text"] == "settlement"]
    rows = [row for row in report_day.deadlines() if row["object_type"] == "instruction"]
    overdue = [row["amount"] for row in rows if row["status"] == "OVERDUE"]
    assert [fails[4]["text"], fails[5]["text"]] == [str(len(overdue)), f"{sum(overdue):,.2f}"]


def test_the_agenda_holds_twenty_business_days_and_what_ends_on_a_closed_one():
    made = report_day.deadline_report()
    cells = [cell for week in report.agenda(made).values["weeks"] for cell in week]
    days = [cell["day"] for cell in cells]
    # Good Friday and Easter Monday are closed: the 20th TARGET day after 31 March 2026 is 30 April
    assert (days[0], days[-1]) == (date(2026, 3, 30), date(2026, 4, 30)) and len(days) == 32
    assert [cell["day"].day for cell in cells if not cell["open"] and not cell["weekend"]] == [3, 6]
    coming = [row for row in report_day.deadlines() if date(2026, 3, 31) <= row["due_date"] <= days[-1]]
    assert sum(len(cell["rows"]) + cell["left_out"] for cell in cells) == len(coming)


def test_lateness_counts_each_clock_of_the_past_weeks_once():
    made = report_day.deadline_report()
    figure = report.lateness(made, "instruction", "complaint")
    past = [row for row in report_day.deadlines() if date(2026, 1, 6) < row["due_date"] < date(2026, 3, 31)]
    late = [row for row in past if row["status"] in ("LATE", "OVERDUE")]
    titles = [note["text"] for note in figure.layout["annotations"]]
    counts = [re.search(r": (\d+) of (\d+) late", text).groups() for text in titles]
    assert [sum(int(pair[n]) for pair in counts) for n in (0, 1)] == [len(late), len(past)]
    led = [re.search(r"rows=(\d+)$", link) for trace in figure.data for link in trace["meta"]["leads"] if link]
    assert sum(int(one.group(1)) for one in led) == len(late)  # a bar leads to the clocks it counts


def test_what_ended_is_found_by_the_fields_its_figures_ask_for(monkeypatch):
    """Were all of them drawn, a figure by rule or by week would lead to as many clocks as it says."""
    monkeypatch.setattr(running, "ENDED", {"LATE": 1000, "DONE": 1000})
    made = report_day.deadline_report()
    drawn = [
        row["fields"] | {"control": group["rule"].id}
        for group in report.deadlines_table(made).values["groups"]
        for row in group["rows"]
    ]
    trend = report.lateness(made, "instruction", "complaint")
    shown = f"{report.deadlines_by_rule(made).html()}{trend.html()}"
    links = {unescape(link) for link in re.findall(r'href="(#clocks[^"]+)"', shown)}
    assert any("week=" in link for link in links) and any("status=done" in link for link in links)
    for link in links:
        wanted = parse_qs(link.partition("?")[2], keep_blank_values=True)
        number = int(wanted.pop("rows")[0])
        assert sum(all((row.get(name) or "") in words for name, words in wanted.items()) for row in drawn) == number, link


def test_a_rule_from_memory_says_so(pnl):
    assert "to be verified" in display.environment().from_string("{{ 'MM'|confidence }}").render()


def test_a_display_carries_its_style_into_a_notebook_and_its_words_into_a_log(pnl):
    bundle, metadata = report.verdict(pnl)._repr_mimebundle_()
    assert bundle["text/html"].startswith("<style>") and metadata == {"text/html": display.MARK}
    assert bundle["text/plain"] == pnl.verdict.text


def test_the_counterparty_of_open_lines_is_one_click_from_its_chaser():
    drawn = str(report.breaks_by_counterparty(report_day.anomalies()).html())
    assert '<a href="letters/b.fr.html">French</a>' in drawn and '<a href="letters/b.en.html">English</a>' in drawn
    assert "<b>Bank</b>" not in drawn and drawn.count("<tr>") == 2  # what is expected in the coming days is asked of nobody


def test_both_sides_of_the_four_quadrants_make_the_same_sum():
    drawn = str(report.four_quadrants(report_day.anomalies()).html())
    ours, theirs = drawn[drawn.index("<tbody>") :].split("<tr>")[1:]
    assert "62.50" in ours and "−12.50" in ours and "50.00" in ours and "Proven" not in ours
    assert "45.00" in theirs and "5.00" in theirs and "50.00" in theirs and "Proven" in theirs
    assert "ours, in EUR" in ours and "theirs, to 31 Mar 2026" in theirs and "145.00" in theirs


def test_accepted_differences_are_shown_against_the_cap_of_their_day():
    result = report_day.anomalies()
    assert "+0.01" in str(report.tolerated(result).html()) and "rounding" in str(report.tolerated(result).html())
    drawn = str(report.tolerated_days(result).html())
    assert "6.00" in drawn and "5.00" in drawn and "Over" in drawn


def test_the_sample_shows_what_is_left_to_check_first_and_its_precision():
    drawn = str(report.match_sample(report_day.anomalies()).html())
    assert drawn.index("beef") < drawn.index("c0ffee")
    assert "1 of 2 to check" in drawn
    quality = str(report.matching_quality(report_day.anomalies()).html())
    assert "100.0 %" in quality and "20.7 %" in quality


def test_card_payments_are_told_leg_by_leg_and_machines_day_by_day():
    drawn = str(report.card_legs(report_day.anomalies()).html())
    assert "Clearings on accounts of which we have no record" in drawn and "20.00" in drawn
    assert "20.00" in str(report.machine_ledger(report_day.anomalies()).html())
