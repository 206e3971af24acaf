"""The promises of an engine, held by DuckDB; `test_spark.py` holds Spark to the same."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.engine import canonical, duck, open_engine, used
from bolib.errors import ParameterError, RuleError


@pytest.fixture(params=[0, None], ids=["of few rows", "of any number"])
def engine(request):
    opened = open_engine(rows=request.param)
    yield opened
    opened.close()


def test_a_parameter_is_bound_and_never_pasted(engine):
    hostile = "x'; drop table t; --"
    assert engine.query("select $word as word", word=hostile).to_pylist() == [{"word": hostile}]


def test_a_dollar_in_a_text_a_name_or_a_comment_is_no_parameter():
    sql = """/* $one */ select '$two', 'it''s $three' as "$four", $five -- $six"""
    assert used(sql, {"five": 5, "six": 6}) == {"five": 5}


def test_a_parameter_without_a_value_stops_with_its_name(engine):
    with pytest.raises(ParameterError, match=r"none for \['until'\]"):
        engine.query("select 1 where $as_of < $until", as_of=date(2026, 3, 31))


def test_a_fraction_is_bound_as_the_decimal_it_was_written_as():
    assert used("select $share", {"share": 0.1}) == {"share": Decimal("0.1")}


def test_a_text_the_engine_cannot_run_is_one_line_that_names_the_table(engine):
    with pytest.raises(RuleError) as caught:
        engine.create("late", "select nope from (values (1)) t(x)")
    assert str(caught.value).startswith("late: expected a SELECT the engine can run, found Binder Error")
    assert "\n" not in str(caught.value)


def test_an_unknown_engine_is_refused():
    with pytest.raises(ParameterError, match="expected duckdb or spark, found sparc"):
        open_engine("sparc")


def test_an_unreadable_memory_limit_is_refused():
    with pytest.raises(ParameterError, match="a size as in 2GB, found much"):
        open_engine("duckdb", "much")


def test_types_are_the_same_whatever_the_engine_made_of_them():
    rows = pa.table(
        {
            "count": pa.array([1], pa.int32()),
            "total": pa.array([Decimal("1.50")], pa.decimal128(38, 2)),
            "number": pa.array([Decimal("7")], pa.decimal128(38, 0)),
            "text": pa.array(["a"], pa.large_string()),
            "nothing": pa.nulls(1),
            "at": pa.array([datetime(2026, 3, 31)], pa.timestamp("ns")),
        }
    )
    kinds = [str(kind) for kind in canonical(rows).schema.types]
    assert kinds == ["int64", "decimal128(18, 2)", "int64", "string", "string", "timestamp[us]"]


def test_a_total_beyond_eighteen_digits_stops_rather_than_wraps(engine):
    with pytest.raises(RuleError, match="at most 18 digits"):
        engine.query("select sum(x) as x from (values (9223372036854775807), (1)) t(x)")


def test_beyond_its_memory_limit_it_spills_to_disk_and_loses_nothing():
    engine = open_engine("duckdb", "60MB")
    numbers = "select range as n, md5(cast(range as string)) || md5(cast(-range as string)) as text from range(1000000)"
    engine.create("wide", numbers)
    engine.create("sorted", "select *, row_number() over (order by text) as rank from wide")
    spilled = engine.query("select cast(sum(size) as bigint) as bytes from duckdb_temporary_files()")
    assert spilled["bytes"][0].as_py() > 10_000_000
    assert engine.query("select count(*) as n, max(rank) as last from sorted").to_pylist() == [
        {"n": 1_000_000, "last": 1_000_000}
    ]
    engine.close()


def test_a_limit_too_small_for_the_work_is_one_line():
    engine = open_engine("duckdb", "10MB")
    with pytest.raises(ParameterError, match="Allow the engine more"):
        engine.query("select string_agg(md5(cast(range as string)), '') as text from range(2000000)")
    engine.close()


def met(left: pa.Table, right: pa.Table) -> pa.Table:
    """Return one row a call and key: how many rows of either side met there."""
    keys = sorted({*left["key"].to_pylist(), *right["key"].to_pylist()}, key=str)
    rows = [[pc.sum(pc.equal(side["key"], key)).as_py() or 0 for key in keys] for side in (left, right)]
    return pa.table(
        [pa.array(keys, pa.int64()), pa.array(rows[0], pa.int64()), pa.array(rows[1], pa.int64())],
        names=["key", "left", "right"],
    )


@settings(max_examples=50)
@given(st.lists(st.integers(-5, 5)), st.lists(st.integers(-5, 5)), st.integers(1, 4))
def test_a_kernel_always_sees_all_rows_of_a_key_together(left, right, bucket):
    engine = open_engine()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duck, "ROWS_A_BUCKET", bucket)
        engine.add("l", pa.table({"key": pa.array(left, pa.int64())}))
        engine.add("r", pa.table({"key": pa.array(right, pa.int64())}))
        engine.run(met, "l", "select key from r", key="key", into="met")
    rows = engine.query("select * from met order by key").to_pylist()
    expected = [{"key": key, "left": left.count(key), "right": right.count(key)} for key in sorted({*left, *right})]
    assert rows == expected
    engine.close()


def test_few_rows_that_a_select_makes_many_of_come_in_buckets_all_the_same():
    engine, seen = open_engine(rows=0), []
    engine.run(lambda given: seen.append(len(given)) or given, "select range as n from range(400000)", key="n", into="t")
    assert max(seen) < 2 * duck.ROWS_A_BUCKET and engine.table("t").num_rows == 400_000
    engine.close()


def doubled(given: pa.Table) -> pa.Table:
    """Return each number twice as large, and how many rows came with it."""
    return pa.table([pc.multiply(given["n"], 2), pa.array([len(given)] * len(given), pa.int64())], names=["n", "met"])


def test_without_a_key_each_row_is_judged_alone_and_none_is_lost(engine, monkeypatch):
    monkeypatch.setattr(duck, "ROWS_A_BUCKET", 4_000)
    engine.add("one", pa.table({"n": [1]}))
    engine.create("many", "select range as n from range(20001)")
    engine.run(doubled, "select m.n from many m left join one o on o.n = m.n", key=None, into="t")
    rows = engine.table("t")
    assert sorted(rows["n"].to_pylist()) == list(range(0, 40_002, 2)) and max(rows["met"].to_pylist()) < 20_001


def test_a_bucket_larger_than_what_streams_by_at_once_stays_whole(engine):
    engine.create("l", "select range % 11 as key from range(400000)")
    engine.run(met, "l", "select range + 3 as key from range(20)", key="key", into="met")
    rows = engine.query("select * from met order by key").to_pylist()
    expected = [(key, 36364 if key < 7 else 36363 if key < 11 else 0, int(key > 2)) for key in range(23)]
    assert [tuple(row.values()) for row in rows] == expected


def test_of_two_tables_of_one_name_the_later_is_read_however_it_came(engine):
    few, many = pa.table({"n": [1, 2]}), pa.table({"n": range(duck.ROWS_LENT)})
    for make, rows in (
        (lambda: engine.add("t", few), 2),
        (lambda: engine.create("t", "select 1 as n from range(7)"), 7),
        (lambda: engine.add("t", few), 2),
        (lambda: engine.add("t", many), duck.ROWS_LENT),
        (lambda: engine.add("t", few), 2),
        (lambda: engine.create("t", "select n from t where n > 1"), 1),
        (lambda: engine.run(lambda given: given, "select range as n from range(9)", key="n", into="t"), 9),
        (lambda: engine.run(lambda given: given, "select range as n from range(300000)", key="n", into="t"), 300_000),
        (lambda: engine.add("t", few), 2),
        (lambda: engine.create("T", "select 1 as n from range(3)"), 3),  # a name is one in capitals too
    ):
        make()
        assert engine.table("t").num_rows == rows


def test_a_kernel_that_cannot_be_fed_is_one_line(monkeypatch):
    engine = open_engine()
    monkeypatch.setattr(duck, "ROWS_A_BUCKET", 1)
    engine.add("l", pa.table({"key": [1, 2, 3]}))
    with pytest.raises(RuleError, match="expected a SELECT the engine can run, found .*nope"):
        engine.run(met, "l", "l", key="nope", into="met")
    engine.close()


def test_what_is_held_has_a_name_until_the_engine_closes(engine):
    engine.add("one", pa.table({"x": [1]}))
    engine.create("two", "select x + 1 as x from one")
    assert engine.names() == {"one", "two"}
    assert engine.table("two").to_pylist() == [{"x": 2}]


def test_a_table_given_as_a_function_is_made_when_a_text_first_names_it(engine):
    calls = []
    engine.add("late", lambda: calls.append(1) or pa.table({"n": [1, 2]}))
    assert engine.names() == {"late"} and not calls
    engine.create("sums", "select cast(sum(n) as bigint) as n from late")
    assert engine.table("late")["n"].to_pylist() == [1, 2]
    assert engine.table("sums")["n"].to_pylist() == [3] and calls == [1]
