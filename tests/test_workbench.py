"""The workbench without a browser: what filters leave, what stands behind a finding, what the widgets are given."""

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolib.errors import ParameterError
from bolib.results import frame
from bolib.rulebook import Rule, Rulebook
from bolib.run.publish import keep
from bolib.workbench import Bench
from bolib.workbench import sheet as sheets
from bolib.workbench.bench import _finished
from bolib.workbench.detail import opened, records_at
from bolib.workbench.neighbours import ON_EACH_SIDE, around_records
from bolib.workbench.question import Question, Shelf
from bolib.workbench.screen import ROWS
from bolib.workbench.selection import Filters, amount_bound, choices, in_force, kept, prepared, status, totals

INERT = "<script>document.title = 'broken'</script>"
AS_OF = date(2026, 3, 31)

FINDINGS = """
    id    | control   | report    | severity | date       | age | amount   | currency | owner   | book  | line
    late  | SETTLE-01 | deadlines | MAJOR    | 2026-03-20 | 7   | -1200.50 | EUR      | Martin  | EQ    | 2
    small | SETTLE-01 | deadlines | MAJOR    | 2026-03-30 | 1   | 12.00    | USD      |         | EQ    | 3
    twice | DUP-01    | anomalies | CRITICAL | 2026-03-31 | 0   | 500.00   | EUR      | Martin  | BONDS | 4
    quiet | LATE-01   | anomalies | MINOR    | 2026-03-10 | 15  |          |          | Nguyen  |       | 5
    flash | PNL-02    | pnl       | MAJOR    | 2026-03-31 | 0   | 1000.00  | EUR      | Nguyen  | EQ    |
"""


def drawn(text: str) -> list[dict[str, str | None]]:
    head, *lines = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def finding(row: dict) -> dict:
    sources = [{"file": "trades.csv", "line": int(row["line"])}] if row["line"] else []
    seen = {"book": row["book"], "trade_id": f"T{row['line']}"}
    return {
        "finding_id": row["id"],
        "control": row["control"],
        "report": row["report"],
        "severity": row["severity"],
        "key": seen["trade_id"],
        "business_date": date.fromisoformat(row["date"]),
        "first_seen": AS_OF,
        "age_days": int(row["age"]),
        "amount": Decimal(row["amount"]) if row["amount"] else None,
        "currency": row["currency"],
        "message": f"{row['id']} {INERT}",
        "rule": "R-1",
        "citation": "Procedure 4",
        "owner": row["owner"],
        "team": None,
        "status": "NEW",
        "evidence": json.dumps({"row": seen, "sources": sources, "thresholds": {"floor": 10}}),
    }


def trade(line: int) -> dict:
    """Twenty-nine trades of book EQ, one a day from 2 to 30 March; lines 4 and 5 are of BONDS."""
    return {
        "trade_id": f"T{line}",
        "book": "BONDS" if line in (4, 5) else "EQ",
        "isin": "FR0000120271",
        "net_amount": Decimal(f"{line}00.00"),
        "trade_date": date(2026, 3, line),
        "explanation": INERT if line == 2 else None,
        "source_file": "trades.csv",
        "source_line": line,
    }


def book_day(day: int) -> dict:
    return {"date": date(2026, 3, day), "book": "EQ", "currency": "EUR", "total": Decimal(day), "mtd": Decimal(0)}


def rule(text: str, start: date, end: date | None) -> Rule:
    return Rule("R-1", "own", text, text, "Procedure 4", "MH", "MAJOR", start, end)


@pytest.fixture(scope="module")
def findings() -> pd.DataFrame:
    return prepared(frame(pa.Table.from_pylist([finding(row) for row in drawn(FINDINGS)])))


@pytest.fixture(scope="module")
def bench(findings) -> Bench:
    versions = (rule("Old text", date(2020, 1, 1), date(2026, 3, 15)), rule("New text", date(2026, 3, 16), None))
    return Bench(
        findings=findings,
        tables={"trades": frame(pa.Table.from_pylist([trade(line) for line in range(2, 31)]))},
        results={"pnl_books": frame(pa.Table.from_pylist([book_day(day) for day in range(1, 32)]))},
        rulebook=Rulebook({"R-1": versions}),
        titles={"SETTLE-01": "Unsettled", "DUP-01": "Booked twice"},
        origin="Drawn for a test.",
    )


@pytest.fixture
def screen(bench):
    bench.show()
    return bench.screen


def ids(rows: pd.DataFrame) -> list[str]:
    return rows["finding_id"].tolist()


def row(findings: pd.DataFrame, name: str) -> dict:
    return findings[findings["finding_id"] == name].iloc[0].to_dict()


def detail(bench: Bench, name: str):
    return opened(row(bench.findings, name), bench.tables, bench.results, bench.rulebook)


def test_findings_stand_worst_first_then_by_amount_without_sign(findings):
    assert ids(findings) == ["twice", "late", "flash", "small", "quiet"]


def test_no_filter_keeps_all(findings):
    assert ids(kept(findings, Filters())) == ids(findings) and not Filters()


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(control=frozenset({"SETTLE-01"})), ["late", "small"]),
        (Filters(report=frozenset({"pnl", "anomalies"})), ["twice", "flash", "quiet"]),
        (Filters(severity=frozenset({"MAJOR"}), book=frozenset({"EQ"})), ["late", "flash", "small"]),
        (Filters(owner=frozenset({"—"})), ["small"]),
        (Filters(book=frozenset({"—"})), ["quiet"]),
        (Filters(age_from=1, age_to=7), ["late", "small"]),
        (Filters(amount_from=Decimal("1000.00")), ["late", "flash"]),
        (Filters(amount_to=Decimal("500.00")), ["twice", "small"]),
        (Filters(picked=frozenset({"quiet", "late"}), severity=frozenset({"MINOR"})), ["quiet"]),
        (Filters(picked=frozenset({"late"}), severity=frozenset({"MINOR"})), []),
    ],
)
def test_filters_keep_what_passes_every_one_of_them(findings, filters, left):
    assert ids(kept(findings, filters)) == left


@given(low=st.decimals(0, 2000, places=2), high=st.decimals(0, 2000, places=2))
def test_an_amount_is_inside_its_bounds_or_on_them(low, high):
    findings = prepared(frame(pa.Table.from_pylist([finding(row) for row in drawn(FINDINGS)])))
    inside = kept(findings, Filters(amount_from=low, amount_to=high))["size"]
    assert sorted(inside) == sorted(size for size in findings["size"] if size is not None and low <= size <= high)


def test_amounts_are_summed_by_currency_exactly_and_without_netting(findings):
    assert totals(findings) == {"EUR": Decimal("2700.50"), "USD": Decimal("12.00")}


def test_the_status_counts_and_sums(findings):
    rows = kept(findings, Filters(control=frozenset({"SETTLE-01"})))
    assert status(rows, 5) == "2 of 5 findings: 2 major. Amounts, signs left out: EUR 1,200.50 · USD 12.00."
    assert status(kept(findings, Filters(age_from=99)), 5) == "0 of 5 findings: none. Amounts, signs left out: none."


def test_filters_in_force_are_said():
    filters = Filters(book=frozenset({"EQ"}), age_from=2, amount_to=Decimal("1000.00"), picked=frozenset({"a", "b"}))
    assert in_force(filters) == ["book EQ", "age from 2 days", "amount up to 1,000.00", "2 picked in the picture"]


def test_choices_count_their_findings(findings):
    assert choices(findings, "severity") == [
        ("CRITICAL  (1)", "CRITICAL"),
        ("MAJOR  (3)", "MAJOR"),
        ("MINOR  (1)", "MINOR"),
    ]
    assert choices(findings, "control", {"SETTLE-01": "Unsettled"})[0] == ("Unsettled  (2)", "SETTLE-01")


@pytest.mark.parametrize(
    ("typed", "read"), [("1,000.50", Decimal("1000.50")), ("1 000", Decimal(1000)), ("", None), ("0", Decimal(0))]
)
def test_amounts_are_read_as_people_type_them(typed, read):
    assert amount_bound(typed) == read


@pytest.mark.parametrize("typed", ["ten", "1.2.3", "NaN", "Infinity"])
def test_what_is_not_an_amount_is_refused(typed):
    with pytest.raises(ParameterError, match=r"amount: expected a number as 1,000\.50"):
        amount_bound(typed)


def test_the_rule_is_the_version_of_the_business_date(bench):
    assert detail(bench, "quiet").rule.text_en == "Old text"
    assert detail(bench, "late").rule.text_en == "New text"


def test_source_rows_are_those_at_file_and_line(bench):
    assert detail(bench, "late").sources["trades"]["trade_id"].tolist() == ["T2"]
    assert records_at([("other.csv", 2)], bench.tables) == {}


def test_a_place_without_a_row_is_said(bench):
    lost = row(bench.findings, "late") | {"evidence": {"row": {}, "sources": [{"file": "gone.csv", "line": 9}]}}
    assert opened(lost, bench.tables, bench.results, bench.rulebook).lost == ["gone.csv, line 9"]


def test_neighbours_are_the_rows_of_the_same_book_and_instrument_around_the_date(bench):
    trades = bench.tables["trades"]
    found = around_records("trades", trades[trades["trade_id"] == "T15"], bench.tables)
    assert found.subject == {"book": "EQ", "isin": "FR0000120271"} and found.measure == "net_amount"
    assert found.rows["trade_id"].tolist() == [f"T{day}" for day in range(15 - ON_EACH_SIDE, 16 + ON_EACH_SIDE)]
    assert found.rows["trade_id"][found.this].tolist() == ["T15"]


def test_a_finding_without_records_has_the_days_of_its_book_around_it(bench):
    found = detail(bench, "flash").neighbours
    assert found.table == "pnl_books" and found.measure == "total"
    assert [day.day for day in found.rows["date"]] == list(range(31 - ON_EACH_SIDE, 32))


def test_the_sheet_shows_sentence_rule_arithmetic_and_place(bench):
    shown = detail(bench, "late")
    page = sheets.head(shown) + sheets.body(shown) + sheets.around(shown.neighbours)
    for words in (
        "late &lt;script&gt;",
        "New text",
        "Procedure 4",
        "MH: from memory",
        "trades.csv, line 2",
        "-1,200.50 EUR",
    ):
        assert words in page
    assert "in force from 2026-03-16, no end; 2 of 2" in page


def test_nothing_a_source_wrote_is_markup(bench, screen):
    screen.select("late")
    hover = "".join(screen.picture.figure.data[0].text)
    for text in (screen.head.value, screen.body.value, screen.around.value, screen.status.value, hover):
        assert "<script" not in text
    assert "<script" not in screen.grid._dt_args["data_json"]


def test_a_changed_filter_reaches_grid_picture_and_status(screen):
    screen.controls["severity"].value = ("CRITICAL",)
    assert ids(screen.rows) == ["twice"] and len(screen.grid.df) == 1
    assert list(screen.picture.figure.data[0].customdata) == ["twice"]
    assert "1 of 5 findings: 1 critical." in screen.status.value and "severity CRITICAL" in screen.status.value


def test_a_wrong_amount_is_said_and_changes_nothing(screen):
    screen.controls["amount_from"].value = "lots"
    assert "expected a number" in screen.status.value and len(screen.rows) == 5
    screen.controls["amount_from"].value = "1000"
    assert ids(screen.rows) == ["late", "flash"]


def pick(screen, *points: tuple[int, str]) -> None:
    """Say what the page says when the reader picks points: (trace, customdata)."""
    count = screen.picture.browser.picked.get("count", 0) + 1
    screen.picture.browser.picked = {"kind": "selected", "points": list(points), "selections": [], "count": count}


def test_points_picked_filter_the_grid_and_the_picture_keeps_all(screen):
    pick(screen, (0, "late"), (0, "quiet"))
    assert ids(screen.rows) == ["late", "quiet"] and len(screen.picture.figure.data[0].customdata) == 5
    assert screen.selected is None
    pick(screen)
    assert len(screen.rows) == 5


def test_one_point_picked_opens_its_finding(screen):
    pick(screen, (0, "small"))
    assert screen.selected == "small" and screen.grid.selected_rows == [0] and "small" in screen.head.value


def test_a_bar_filters_its_control(screen):
    pick(screen, (2, "SETTLE-01"))
    assert screen.controls["control"].value == ("SETTLE-01",) and ids(screen.rows) == ["late", "small"]


def test_clear_shows_every_finding_again(screen):
    screen.controls["age"].value = (0, 3)
    pick(screen, (0, "small"))
    screen.clear.click()
    assert len(screen.rows) == 5 and not screen.filters and screen.clear.disabled
    assert screen.controls["age"].value == (0, 15)
    assert screen.picture.figure.data[0].selectedpoints is None


def test_the_row_chosen_opens_and_choosing_another_never_closes_between(screen):
    screen.grid.selected_rows = [0]
    screen.grid.selected_rows = []
    assert screen.selected == "twice"
    screen.grid.selected_rows = [1]
    assert screen.selected == "late" and "trades.csv, line 2" in screen.body.value


def test_a_finding_the_filters_hide_is_closed(screen):
    screen.select("late")
    screen.controls["severity"].value = ("MINOR",)
    assert screen.selected is None and "Select a row" in screen.head.value


def test_the_notebook_jumps_to_a_finding(bench, screen):
    screen.controls["severity"].value = ("CRITICAL",)
    screen.select("quiet")
    assert screen.selected == "quiet" and len(screen.rows) == 5
    with pytest.raises(ParameterError, match="finding: expected the finding_id"):
        bench.show("nobody")


def test_the_page_of_the_grid_that_holds_the_finding_is_shown(findings, bench):
    many = pd.concat([findings.assign(finding_id=[f"{name}{n}" for name in ids(findings)]) for n in range(5)])
    bench = Bench(many.reset_index(drop=True), bench.tables, bench.results, bench.rulebook, {}, "")
    bench.show("quiet4")
    assert bench.screen.grid._dt_args["displayStart"] == 24 // ROWS * ROWS == 20


def test_every_row_is_sent_to_the_grid(findings, bench):
    many = pd.concat([findings.assign(finding_id=[f"{name}{n}" for name in ids(findings)]) for n in range(400)])
    bench = Bench(many.reset_index(drop=True), bench.tables, bench.results, bench.rulebook, {}, "")
    bench.show()
    assert len(json.loads(bench.screen.grid._dt_args["data_json"])) == 2000


def test_no_chart_offers_to_upload_itself(screen):
    for figure in (screen.picture.figure, screen.strip.figure):
        assert "sendChartToCloud" in figure.layout.modebar.remove


def test_a_day_without_findings_says_so(findings, bench):
    empty = Bench(findings.iloc[:0], bench.tables, bench.results, bench.rulebook, {}, "")
    empty.show()
    assert "0 of 0 findings" in empty.screen.status.value


def test_a_table_is_opened_by_name(bench):
    assert len(bench.table("trades")) == 29
    with pytest.raises(ParameterError, match="table: expected one of pnl_books, trades, found trade"):
        bench.table("trade")


@pytest.fixture
def question(tmp_path) -> Question:
    rows = pd.DataFrame({"trade_id": ["T2"], "net_amount": [Decimal("200.00")]})
    shelf = Shelf("anomalies", tmp_path, ["R-1"], {"SETTLE-01": tmp_path / "unsettled.sql"})
    return Question("select trade_id, net_amount from trades", rows, {"floor": 10}, shelf)


def fill(question: Question, **words: str) -> None:
    for name, value in ({"id": "BANK-01", "title": "Large", "message": "{trade_id} is large"} | words).items():
        question.fields[name].value = value


def test_a_question_is_saved_as_a_control_of_the_bank(question, tmp_path):
    fill(question)
    question.save.click()
    written = (tmp_path / "controls/anomalies/bank_01.sql").read_text(encoding="utf-8")
    assert "id: BANK-01" in written and "key: trade_id" in written and "floor: 10" in written
    assert "Saved as" in question.answer.value


def test_a_question_with_a_blank_word_or_a_taken_id_is_not_saved(question, tmp_path):
    question.save.click()
    assert "no id and no title and no message" in question.answer.value
    fill(question, id="SETTLE-01")
    question.save.click()
    assert "one no control has" in question.answer.value and not (tmp_path / "controls").exists()


def test_a_page_that_is_late_starts_from_what_is_drawn(bench):
    bench.show("late")
    figure = bench.screen.picture.figure
    assert figure._widget_data[0]["customdata"] == ["twice", "late", "flash", "small", "quiet"]
    assert len(figure._widget_data[1]["x"]) == 1


@pytest.fixture
def run_folder(tmp_path):
    """A finished run on inputs {"trades.csv": "abc"} with one parameters file, and the results it wrote."""
    parameters, results = tmp_path / "parameters", tmp_path / "2026-03-31/results"
    parameters.mkdir()
    results.mkdir(parents=True)
    (parameters / "pnl.yml").write_text("thresholds: {}\n")
    pq.write_table(pa.Table.from_pylist([finding(row) for row in drawn(FINDINGS)]), results / "findings.parquet")
    pq.write_table(pa.Table.from_pylist([book_day(31)]), results / "pnl_books.parquet")
    record = {
        "as_of": "2026-03-31",
        "reports": {"pnl": {}, "deadlines": {}, "anomalies": {}},
        "inputs": {"trades.csv": "abc"},
        "kept": {"parameters": keep(parameters, tmp_path / "archive")},
        "parameters": {"thresholds": {}},
        "started_at": "2026-03-31T19:00:00Z",
    }
    (tmp_path / "2026-03-31/run.json").write_text(json.dumps(record))
    return results


def on_inputs(**inputs: str) -> SimpleNamespace:
    files = {name.replace("_", "."): value for name, value in inputs.items()}
    return SimpleNamespace(as_of=AS_OF, loaded=SimpleNamespace(inputs=files))


def test_a_finished_run_of_the_same_inputs_and_parameters_is_read(run_folder, tmp_path):
    found = _finished(run_folder, on_inputs(trades_csv="abc"), tmp_path / "parameters")
    assert len(found.findings) == 5 and found.results["pnl_books"]["total"][0] == Decimal(31)
    assert found.origin == "As published in 2026-03-31, run at 2026-03-31T19:00:00Z."


def test_a_run_of_another_day_is_not(run_folder, tmp_path):
    day = on_inputs(trades_csv="abc")
    day.as_of = date(2026, 3, 30)
    assert _finished(run_folder, day, tmp_path / "parameters") is None


def test_a_run_of_other_inputs_or_parameters_is_not(run_folder, tmp_path):
    assert _finished(run_folder, on_inputs(trades_csv="other"), tmp_path / "parameters") is None
    (tmp_path / "parameters/pnl.yml").write_text("thresholds: {PNL-02: {floor: 1}}\n")
    assert _finished(run_folder, on_inputs(trades_csv="abc"), tmp_path / "parameters") is None
    assert _finished(tmp_path / "nowhere/results", on_inputs(), tmp_path / "parameters") is None
