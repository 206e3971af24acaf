"""Own processing times: by hand on a few deals, against a slow twin on drawn cases, and on a real log of a bank."""

import shutil
import time
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
import yaml
from drawn_day import drawn_day, found
from hypothesis import given
from hypothesis import strategies as st

from bolib.day import open_day
from bolib.deadlines import processing, produce
from bolib.deadlines.processing.opening import opening_hours
from bolib.deadlines.processing.readable import readable
from bolib.deadlines.processing.steps import steps
from bolib.deadlines.processing.traces import traces
from bolib.errors import ParameterError
from bolib.views import prepare, views

AS_OF = date(2026, 3, 31)
PARIS = ZoneInfo("Europe/Paris")
HOURS = {"calendar": "OUVRE", "from": "08:00", "to": "18:00", "time_zone": "Europe/Paris"}

# Paris is one hour ahead of UTC until Sunday 29 March, two hours from then on; open from 8:00 to 18:00.
EVENTS = """
    object_type | object_id | activity  | at                  | source_file | source_line
    trade       | T1        | CAPTURED  | 2026-03-26 08:00:00 | e.csv       | 2
    trade       | T1        | CONFIRMED | 2026-03-26 08:30:00 | e.csv       | 3
    trade       | T1        | SETTLED   | 2026-03-27 08:30:00 | e.csv       | 4
    trade       | T2        | CAPTURED  | 2026-03-27 16:00:00 | e.csv       | 5
    trade       | T2        | CONFIRMED | 2026-03-27 16:30:00 | e.csv       | 6
    trade       | T2        | AMENDED   | 2026-03-30 07:00:00 | e.csv       | 7
    trade       | T2        | CONFIRMED | 2026-03-30 07:15:00 | e.csv       | 8
    trade       | T2        | SETTLED   | 2026-03-31 06:00:00 | e.csv       | 9
    trade       | T3        | CAPTURED  | 2026-03-30 09:00:00 | e.csv       | 10
    trade       | T3        | SETTLED   | 2026-04-01 08:30:00 | e.csv       | 11
    mandate     | M1        | RECEIVED  | 2026-03-30 09:00:00 | e.csv       | 12
    mandate     | M1        | SIGNED    | 2026-03-30 10:30:00 | e.csv       | 13
"""


def processed(text: str, as_of: str = "2026-03-31"):
    """Return the day of the drawn events with its processing times."""
    day = drawn_day("deadlines", as_of, events=text)
    processing.prepare(day)
    prepare(day.engine, views("deadlines"), set(processing.TABLES), **day.bound)
    return day


def row(day, table: str, **wanted) -> dict:
    """Return the one row of a table with the wanted values."""
    [match] = [row for row in day.rows(table) if all(row[name] == value for name, value in wanted.items())]
    return match


def test_a_step_is_waited_for_since_the_one_before_and_in_opening_hours():
    day = processed(EVENTS)
    confirmed = row(day, "process", object_type="trade", activity="CONFIRMED")
    assert (confirmed["cases"], confirmed["events"], confirmed["rework"], confirmed["repeats"]) == (2, 3, 1, 1)
    # half an hour, half an hour, a quarter: the middle one, and the longest
    assert (confirmed["median_hours"], confirmed["p95_hours"]) == (Decimal("0.50"), Decimal("0.50"))
    amended = row(day, "process", object_type="trade", activity="AMENDED")
    # Friday 17:30 to Monday 9:00 in Paris, the clocks having changed: half an hour on Friday, an hour on Monday
    assert (amended["median_hours"], amended["median_business_hours"]) == (Decimal("62.50"), Decimal("1.50"))
    settled = row(day, "process", object_type="trade", activity="SETTLED")
    # T1: Thursday 9:30 to Friday 9:30, 24 hours, 10 of them open; T2: Monday 9:15 to Tuesday 8:00, 22.75 and 8.75
    assert (settled["median_hours"], settled["p95_hours"]) == (Decimal("22.75"), Decimal("24.00"))
    assert (settled["median_business_hours"], settled["p95_business_hours"]) == (Decimal("8.75"), Decimal("10.00"))
    # 18.75 of the 0.5 + 10 + 0.5 + 1.5 + 0.25 + 8.75 business hours waited for trades
    assert settled["waiting_share"] == Decimal("87.21")
    assert (settled["follows"], amended["follows"]) == ("CONFIRMED", "CONFIRMED")


def test_a_case_lasts_to_its_ending_step_and_is_open_without_one():
    day = processed(EVENTS)
    whole = row(day, "process", object_type="trade", activity="*")
    # T1: Thursday 9:00 to Friday 9:30; T2: Friday 17:00 to Tuesday 8:00
    assert (whole["cases"], whole["waits"], whole["rework"]) == (3, 2, 1)
    assert (whole["median_hours"], whole["p95_hours"]) == (Decimal("24.50"), Decimal("86.00"))
    assert (whole["median_business_hours"], whole["p95_business_hours"]) == (Decimal("10.50"), Decimal("11.00"))
    still = row(day, "process_cases", object_id="T3")
    # Monday 11:00 in Paris to Tuesday midnight UTC: 7 hours on Monday, 10 on Tuesday
    assert (still["state"], still["variant"], still["lead_hours"]) == ("OPEN", None, None)
    assert (still["age_hours"], still["age_business_hours"]) == (Decimal("39.00"), Decimal("17.00"))
    stock = row(day, "process_stock", object_type="trade")
    assert (stock["last_activity"], stock["cases"], stock["oldest"]) == ("CAPTURED", 1, "T3")


def test_of_a_kind_without_declared_ends_nobody_says_which_cases_are_open():
    day = processed(EVENTS)
    case = row(day, "process_cases", object_id="M1")
    assert (case["state"], case["lead_hours"], case["age_hours"]) == ("UNKNOWN", Decimal("1.50"), None)
    assert {row["object_type"] for row in day.rows("process_stock")} == {"trade"}
    assert {row["object_type"] for row in day.rows("process_flow")} == {"trade"}


def test_variants_are_the_ways_of_ended_cases_the_most_frequent_first():
    third = (
        EVENTS
        + "    trade | T4 | CAPTURED | 2026-03-26 08:00:00 | e.csv | 14\n    trade | T4 | CONFIRMED | 2026-03-26 09:00:00 | e.csv | 15\n    trade | T4 | SETTLED | 2026-03-26 10:00:00 | e.csv | 16\n"
    )
    day = processed(third)
    first, second = sorted(
        (row for row in day.rows("process_variants") if row["object_type"] == "trade"), key=lambda row: row["variant"]
    )
    assert (first["path"], first["cases"], first["cases_share"]) == (
        "CAPTURED → CONFIRMED → SETTLED", 2, Decimal("66.67"),
    )  # fmt: skip
    assert second["path"] == "CAPTURED → CONFIRMED → AMENDED → CONFIRMED → SETTLED"
    assert row(day, "process", object_type="trade", activity="*")["variant_share"] == Decimal("66.67")
    assert row(day, "process", object_type="trade", activity="AMENDED")["variant_share"] == Decimal("100.00")


def test_the_flow_counts_what_came_what_ended_and_what_stayed_in_the_evening():
    flow = {row["date"]: row for row in processed(EVENTS).rows("process_flow")}
    counted = [
        tuple(flow[date(2026, 3, day)][name] for name in ("arrived", "ended", "open_cases")) for day in (26, 27, 30, 31)
    ]
    assert counted == [(1, 0, 1), (1, 1, 1), (1, 0, 2), (0, 1, 1)]
    assert len(flow) == 20


def test_steps_of_one_instant_keep_the_order_in_which_they_were_recorded():
    text = """
        object_type | object_id | activity | at                  | source_file | source_line
        trade       | T1        | ALPHA    | 2026-03-26 08:00:00 | e.csv       | 9
        trade       | T1        | ZULU     | 2026-03-26 08:00:00 | e.csv       | 3
        trade       | T1        | SETTLED  | 2026-03-26 08:00:00 | e.csv       | 10
    """
    assert [row["path"] for row in processed(text).rows("process_variants")] == ["ZULU → ALPHA → SETTLED"]


def test_a_month_is_compared_with_the_months_before():
    lines = [
        f"trade | {month}{number} | {step} | 2026-0{month}-10 {hour}:{minute:02}:00 | e.csv | {number}"
        for month, late in ((2, 12), (3, 48))
        for number in range(20)
        for step, hour, minute in (("CAPTURED", "09", 0), ("CHECKED", "09", late), ("SETTLED", "10", 0))
    ]
    head = "object_type | object_id | activity | at | source_file | source_line"
    day = drawn_day("deadlines", "2026-03-31", events="\n".join((head, *lines)))
    result = produce(day)
    checked = row(day, "process", activity="CHECKED")
    assert (checked["month_waits"], checked["month_business_hours"]) == (20, Decimal("0.80"))
    assert (checked["usual_waits"], checked["usual_business_hours"]) == (20, Decimal("0.20"))
    assert checked["batch_share"] == Decimal("100.00")  # twenty in one second
    assert found(result, "PROC-01") == ["trade CHECKED"]


@pytest.mark.parametrize(("number", "half", "most"), [(1, 1, 1), (20, 10, 19), (21, 11, 20), (40, 20, 38)])
def test_a_percentile_is_the_smallest_that_so_many_do_not_exceed(number, half, most):
    # waits of 1, 2 ... hours: of 20, the 95th percentile is the 19th, since 19 is the first to reach 95 % of them
    lines = [
        f"trade | {wait} | {step} | {moment} | e.csv | {wait}"
        for wait in range(1, number + 1)
        for step, moment in (
            ("CAPTURED", datetime(2026, 3, 16)),
            ("SETTLED", datetime(2026, 3, 16) + timedelta(hours=wait)),
        )
    ]
    day = processed("\n".join(("object_type | object_id | activity | at | source_file | source_line", *lines)))
    for activity in ("SETTLED", "*"):
        measured = row(day, "process", activity=activity)
        assert (measured["median_hours"], measured["p95_hours"]) == (half, most)


def test_nothing_later_than_the_day_is_known():
    early = processed(EVENTS, "2026-03-27")
    assert {row["object_id"] for row in early.rows("process_cases")} == {"T1", "T2"}
    assert row(early, "process_cases", object_id="T2")["state"] == "OPEN"


def test_without_events_there_is_nothing_and_the_control_is_off():
    result = produce(drawn_day("deadlines", "2026-03-31"))
    assert all(result.tables[name].empty for name in processing.TABLES)
    assert [item["status"] for item in result.checked if item["control"] == "PROC-01"] == ["off"]


@pytest.mark.parametrize("said", [{"from": "18:00"}, {"from": "8"}, {"to": None}, {"time_zone": "Paris"}])
def test_opening_hours_that_are_none_stop_the_run(said):
    with pytest.raises(ParameterError, match="opening"):
        opening_hours(HOURS | said, AS_OF, AS_OF, {})


def test_hours_and_shares_are_rounded_once_half_to_even():
    rows = pa.table({"wait_seconds": [18, 54, None, 1], "late_part": [1, 2, 1, 0], "late_whole": [3, 3, 0, 4]})
    assert readable(rows).to_pydict() == {
        "wait_hours": [Decimal("0.00"), Decimal("0.02"), None, Decimal("0.00")],  # 0.005 and 0.015 go to the even one
        "late_share": [Decimal("33.33"), Decimal("66.67"), None, Decimal("0.00")],
    }


# The slow twin: one case after the other, one day after the other.


def worked(since: datetime, until: datetime) -> int:
    """Return the whole seconds between two moments (UTC) that lie between 8:00 and 18:00 in Paris on open days."""
    start, end = (
        moment.replace(microsecond=0, tzinfo=ZoneInfo("UTC")).astimezone(PARIS).replace(tzinfo=None)
        for moment in (since, until)
    )
    seconds, day = 0, start.date()
    while day <= end.date():
        if day.weekday() < 5:  # no French holiday between 16 and 31 March
            opened, closed = (
                datetime.combine(day, datetime.min.time().replace(hour=8)),
                datetime.combine(day, datetime.min.time().replace(hour=18)),
            )
            seconds += max(0, int((min(end, closed) - max(start, opened)).total_seconds()))
        day += timedelta(days=1)
    return seconds


def slow_cases(events: list[dict]) -> dict[tuple, dict]:
    """Return, by case, its activities in order, its waits and what was done again."""
    cases: dict[tuple, list[dict]] = {}
    for event in sorted(events, key=lambda event: (event["at"], event["source_line"], event["activity"])):
        cases.setdefault((event["object_type"], event["object_id"]), []).append(event)
    found = {}
    for key, done in cases.items():
        moments = [event["at"].replace(microsecond=0) for event in done]
        pairs = list(zip(moments, moments[1:], strict=False))
        names = [event["activity"] for event in done]
        ends = [place for place, event in enumerate(done) if event["ending"]]
        told = done[0]["told"]
        end = (moments[ends[-1]] if ends else None) if told else moments[-1]
        found[key] = {
            "path": " → ".join(names),
            "waits": [int((later - earlier).total_seconds()) for earlier, later in pairs],
            "worked": [worked(earlier, later) for earlier, later in pairs],
            "again": [name in names[:place] for place, name in enumerate(names)],
            "state": ("CLOSED" if ends else "OPEN") if told else "UNKNOWN",
            "lead": None if end is None else int((end - moments[0]).total_seconds()),
            "lead_worked": None if end is None else worked(moments[0], end),
        }
    return found


EVENT = st.builds(
    dict,
    object_type=st.sampled_from(["trade", "mandate"]),
    object_id=st.sampled_from(["1", "2", "3"]),
    activity=st.sampled_from(["A", "B", "C", "END"]),
    at=st.datetimes(datetime(2026, 3, 16), datetime(2026, 3, 31, 23)) | st.sampled_from(
        [datetime(2026, 3, 20, 17), datetime(2026, 3, 28, 23, 30), datetime(2026, 3, 29, 1)]
    ),
)  # fmt: skip


@given(st.lists(EVENT, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_the_kernels_do_what_a_slow_twin_does_whatever_the_order_of_the_rows(events, chance):
    drawn_events = [
        event | {"source_file": "e.csv", "source_line": line, "actor": None, "told": event["object_type"] == "trade",
                 "ending": event["object_type"] == "trade" and event["activity"] == "END"}
        for line, event in enumerate(events)
    ]  # fmt: skip
    wanted = slow_cases(drawn_events)
    chance.shuffle(drawn_events)
    opening = opening_hours(HOURS, date(2026, 3, 16), AS_OF, {})
    done = steps(pa.Table.from_pylist(drawn_events), opening, AS_OF)
    got: dict[tuple, list[dict]] = {}
    for event in done.to_pylist():
        got.setdefault((event["object_type"], event["object_id"]), []).append(event)
    assert {key: [event["wait_seconds"] for event in case][1:] for key, case in got.items()} == {
        key: case["waits"] for key, case in wanted.items()
    }
    assert {key: [event["wait_business_seconds"] for event in case][1:] for key, case in got.items()} == {
        key: case["worked"] for key, case in wanted.items()
    }
    assert {key: [event["again"] for event in case] for key, case in got.items()} == {
        key: case["again"] for key, case in wanted.items()
    }
    whole = {(case["object_type"], case["object_id"]): case for case in traces(done, opening, AS_OF).to_pylist()}
    told = {"path": "path", "state": "state", "lead_seconds": "lead", "lead_business_seconds": "lead_worked"}
    assert {key: {other: case[name] for name, other in told.items()} for key, case in whole.items()} == {
        key: {name: case[name] for name in told.values()} for key, case in wanted.items()
    }
    waited = Counter()
    for key, case in got.items():
        waited[key] = sum(event["wait_seconds"] or 0 for event in case)
    untold = [key for key, case in whole.items() if case["state"] == "UNKNOWN"]
    assert all(waited[key] == whole[key]["lead_seconds"] for key in untold)  # the waits of a case add up


def test_cases_cut_into_buckets_give_the_same(monkeypatch):
    whole = processed(EVENTS)
    monkeypatch.setattr("bolib.engine.duck.ROWS_A_BUCKET", 2)
    for name in processing.TABLES:
        one, other = (sorted(map(str, day.rows(name))) for day in (whole, processed(EVENTS)))
        assert one == other


LOG = Path(__file__).parents[3] / "shared" / "data" / "event_logs" / "bpic2012.csv.gz"


@pytest.fixture(scope="module")
def applications(tmp_path_factory):
    """Return the folder of the real log, mapped onto `events`."""
    if not LOG.exists():
        pytest.skip(f"the real log {LOG.name} is not beside the project")
    folder = tmp_path_factory.mktemp("bpic2012")
    (folder / LOG.name).symlink_to(LOG)
    shutil.copy(Path(__file__).parent / "bpic2012.yml", folder / "sources.yml")
    return folder


def applied(folder: Path, ends: dict):
    """Return the day of the real log's last event, with the processing times of the loan applications."""
    day = open_day("deadlines", "2012-03-14", str(folder))
    day.parameters["process_ends"] = ends
    processing.prepare(day)
    return day


def test_the_real_log_of_a_bank_shows_what_is_published_of_it(applications, capsys):
    began, used = time.perf_counter(), time.process_time()
    day = applied(applications, {})
    with capsys.disabled():
        spent = f"{time.perf_counter() - began:.1f} s, {time.process_time() - used:.1f} s of CPU"
        print(f"\n262,200 events of 13,087 loan applications, loaded and processed: {spent}")
    # win.tue.nl/bpi 2012: "some 262.200 events in 13.087 cases"
    assert (day.loaded.proven, day.loaded.completeness["rows_accepted"].to_pylist()) == (True, [262_200])
    whole = row(day, "process", activity="*")
    assert (whole["cases"], whole["events"]) == (13_087, 262_200)
    # bupaR's summary of the log: 24 activities, from 2011-09-30 22:38:44 until 2012-03-14 15:04:54 (UTC)
    assert len(day.rows("process")) == 24 + 1
    cases = day.engine.query("select min(first_at) as first_at, max(last_at) as last_at from process_cases").to_pylist()
    assert [str(moment)[:19] for moment in cases[0].values()] == ["2011-09-30 22:38:44", "2012-03-14 15:04:54"]
    # 4,366 variants, of which the most frequent, declined at once, has 3,429 cases
    variants = sorted(day.rows("process_variants"), key=lambda row: row["variant"])
    assert (len(variants), variants[0]["cases"]) == (4_366, 3_429)
    assert variants[0]["path"] == "A_SUBMITTED → A_PARTLYSUBMITTED → A_DECLINED"
    assert whole["variant_share"] == Decimal("26.20")


def test_of_the_real_applications_those_never_decided_are_still_open(applications):
    # 7,635 declined, 2,807 cancelled and 2,246 activated of 13,087: 399 are undecided when the log ends
    day = applied(applications, {"application": ["A_DECLINED", "A_CANCELLED", "A_ACTIVATED"]})
    counted = Counter(row["state"] for row in day.rows("process_cases"))
    assert counted == {"CLOSED": 7_635 + 2_807 + 2_246, "OPEN": 399}
    assert sum(row["cases"] for row in day.rows("process_stock")) == 399
    decided = {row["activity"]: row["cases"] for row in day.rows("process")}
    assert [decided[name] for name in ("A_DECLINED", "A_CANCELLED", "A_ACTIVATED")] == [7_635, 2_807, 2_246]


def test_a_log_of_beginnings_and_ends_is_cut_to_the_ends_in_its_declaration(applications, tmp_path):
    for name in (LOG.name, "sources.yml"):
        shutil.copy(applications / name, tmp_path / name, follow_symlinks=False)
    declared = yaml.safe_load((tmp_path / "sources.yml").read_text(encoding="utf-8"))
    ends = {"where": "\"lifecycle:transition\" <> 'COMPLETE'", "reason": "scheduled or begun, not done"}
    declared["sources"]["loan_applications"]["exclude"] = [ends]
    (tmp_path / "sources.yml").write_text(yaml.safe_dump(declared), encoding="utf-8")
    loaded = open_day("deadlines", "2012-03-14", str(tmp_path)).loaded
    # the completed events, as papers on this log count them: 164,506, of the same 13,087 cases
    [proof] = loaded.completeness.to_pylist()
    assert (proof["rows_accepted"], proof["rows_excluded"], loaded.proven) == (164_506, 97_694, True)
    assert len(loaded.tables["events"]["object_id"].unique()) == 13_087
