"""One text, two engines: what DuckDB and Spark must say alike, and what is known to differ."""

import importlib
import importlib.util
import shutil
import sys
from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from bolib.day import open_day
from bolib.engine import open_engine
from bolib.errors import ParameterError, RuleError

MISSING = [
    name
    for name, found in (("pyspark", importlib.util.find_spec("pyspark")), ("java", shutil.which("java")))
    if not found
]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"no {' and no '.join(MISSING)} on this machine"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
]

AS_OF = "2026-03-31"
REPORTS = ("pnl", "deadlines", "anomalies")


@pytest.fixture(scope="module")
def engines():
    """Yield both engines; Java is stopped after the last test of this file."""
    from pyspark.sql import SparkSession

    opened = {"duckdb": open_engine("duckdb"), "spark": open_engine("spark")}
    yield opened
    for engine in opened.values():
        engine.close()
    SparkSession.builder.getOrCreate().stop()


@pytest.fixture(params=["duckdb", "spark"])
def engine(request, engines):
    """Return one engine after the other."""
    return engines[request.param]


DEALS = pa.table(
    {
        "book": ["A", "A", "B", None],
        "amount": pa.array([Decimal("1.10"), Decimal("2.20"), Decimal("-3.30"), Decimal("0.01")], pa.decimal128(18, 2)),
        "day": [date(2026, 3, 30), date(2026, 3, 31), date(2026, 3, 31), date(2026, 3, 31)],
        "entered": pa.array([datetime(2026, 3, 31, 23, 59, 59, 999999)] * 4, pa.timestamp("us")),
    }
)
BOOKS = pa.table({"book": ["A", "C"], "desk": ["rates", "credit"]})


def test_a_select_with_bound_parameters_gives_the_same_rows_and_types(engine):
    engine.add("deals", DEALS)
    engine.create(
        "totals",
        """
        /* it's a "comment" with $nothing bound */
        select book, cast(sum(amount) as decimal(18,2)) as amount, count(*) as deals, max(entered) as last,
               $word as word, '$as_of \\n' as text
        from deals where day <= $as_of and entered > $since and amount > $floor group by book
        """,
        as_of=date(2026, 3, 31),
        since=datetime(2026, 3, 31, 23, 59, 59, 999998),
        floor=0.05,
        word='l\'été \\ "2026" :as_of',
    )
    found = engine.table("totals")
    assert [str(kind) for kind in found.schema.types] == [
        "string",
        "decimal128(18, 2)",
        "int64",
        "timestamp[us]",
        "string",
        "string",
    ]
    assert found.to_pylist() == [
        {
            "book": "A",
            "amount": Decimal("3.30"),
            "deals": 2,
            "last": datetime(2026, 3, 31, 23, 59, 59, 999999),
            "word": 'l\'été \\ "2026" :as_of',
            "text": "$as_of \\n",
        }
    ]


def counted(deals: pa.Table, books: pa.Table, days: pa.Table) -> pa.Table:
    """Return one row a book: its deals, whether it is declared, and its days, as one call saw them."""
    sides = [side["book"].to_pylist() for side in (deals, books, days)]
    names = sorted({name for side in sides for name in side}, key=str)
    return pa.table(
        {
            "book": pa.array(names, pa.string()),
            "deals": pa.array([sides[0].count(name) for name in names], pa.int64()),
            "declared": pa.array([name in sides[1] for name in names], pa.bool_()),
            "days": pa.array([sides[2].count(name) for name in names], pa.int64()),
        }
    )


def test_a_kernel_sees_the_rows_of_a_key_from_all_its_tables(engine, monkeypatch):
    monkeypatch.setattr(f"bolib.engine.{'duck' if engine.name == 'duckdb' else 'spark'}.ROWS_A_BUCKET", 1)
    engine.add("deals", DEALS)
    engine.add("books", BOOKS)
    days = "select distinct book, day from deals where book is not null"
    engine.run(counted, "deals", "books", days, key="book", into="counted")
    rows = engine.query("select * from counted order by book").to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        (None, 1, False, 0),
        ("A", 2, True, 2),
        ("B", 1, False, 1),
        ("C", 0, True, 0),
    ]


def narrowed(deals: pa.Table) -> pa.Table:
    """Return the books and days of all deals, a call of its own for any of them."""
    return deals.select(["book", "day"])


def test_a_kernel_without_a_key_sees_every_row_once(engine, monkeypatch):
    monkeypatch.setattr(f"bolib.engine.{'duck' if engine.name == 'duckdb' else 'spark'}.ROWS_A_BUCKET", 1)
    engine.add("deals", DEALS)
    engine.run(narrowed, "deals", key=None, into="narrowed")
    assert engine.query("select * from narrowed order by book, day") == engine.query(
        "select book, day from deals order by book, day"
    )


def test_a_kernel_on_tables_without_rows_gives_its_columns(engine):
    engine.add("none", DEALS.slice(0, 0))
    engine.run(counted, "none", "none", "none", key="book", into="nothing")
    assert engine.table("nothing").num_rows == 0
    assert engine.table("nothing").column_names == ["book", "deals", "declared", "days"]


def refused(deals: pa.Table) -> pa.Table:
    """Return the rows, or stop where there are some."""
    if deals.num_rows:
        raise ParameterError("deals", "none", f"{deals.num_rows}. A full stop", "Send none.")
    return deals


def test_what_a_kernel_says_reaches_the_user_as_it_was_said(engine):
    engine.add("deals", DEALS)
    with pytest.raises(ParameterError) as caught:
        engine.run(refused, "deals", key="book", into="none")
    assert str(caught.value) == "deals: expected none, found 4. A full stop. Send none."


def test_a_text_that_cannot_run_is_one_line_that_names_the_table(engine):
    for wrong in ("select nope from deals", "select from where"):
        with pytest.raises(RuleError, match="late: expected a SELECT the engine can run, found .{10}") as caught:
            engine.create("late", wrong)
        assert "\n" not in str(caught.value)


def test_engines_of_one_process_do_not_see_each_others_tables(engine):
    engine.add("mine", BOOKS)
    other = open_engine(engine.name)
    assert other.names() == set()
    with pytest.raises(RuleError):
        other.query("select * from mine")
    other.close()


def test_an_unreadable_memory_limit_is_refused(engine):
    with pytest.raises(ParameterError, match="a size as in 2GB"):
        open_engine(engine.name, "much")


def test_without_java_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ParameterError, match=r'expected Java, found no .*pip install "bolib\[spark\]", with Java 17'):
        open_engine("spark")


def test_without_pyspark_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ParameterError, match=r'expected pyspark, found none. Run: pip install "bolib\[spark\]"'):
        open_engine("spark")


DIFFER = {
    "cast(2.5 as int)": ("3", "2"),
    "cast(-2.5 as int)": ("-3", "-2"),
    "cast(cast(2.7 as decimal(18,8)) as bigint)": ("3", "2"),
    "try_cast('12.7' as int)": ("13", "None"),
    "try_cast('1e3' as bigint)": ("1000", "None"),
    "cast(1e10 as string)": ("10000000000.0", "1.0E10"),
    "cast(1 as varchar)": ("1", "error"),
    "cast(7 as decimal(18,2)) / 2": ("3.5", "3.500000"),
    "1 / 0": ("inf", "error"),
    "cast(cast(1.5 as decimal(38,10)) * cast(1.5 as decimal(38,10)) as string)": ("2.25000000000000000000", "2.250000"),
    "ln(0)": ("-inf", "None"),
    "log(100)": ("2.0", "4.605170185988092"),
    "concat('a', null, 'b')": ("ab", "None"),
    "substr('hello', 0, 3)": ("he", "hel"),
    "left('hello', -1)": ("hell", ""),
    "upper('straße')": ("STRAẞE", "STRASSE"),
    "strpos('hello', 'l')": ("3", "error"),
    "starts_with('abc', 'a')": ("True", "error"),
    r"'a_b' like 'a\_b'": ("False", "True"),
    "regexp_replace('aaa', 'a', 'b')": ("baa", "bbb"),
    "regexp_extract('ab12', '[0-9]+')": ("12", "error"),
    "5 // 2": ("2", "error"),
    "date '2026-03-31' - date '2026-03-01'": ("30", "30 days, 0:00:00"),
    "date '2026-03-31' + interval 1 day": ("2026-04-01 00:00:00", "2026-04-01"),
    "datediff('day', date '2026-03-01', date '2026-03-31')": ("30", "error"),
    "extract(dow from date '2026-03-29')": ("0", "1"),
    "dayofweek(date '2026-03-29')": ("0", "1"),
    "weekday(date '2026-03-29')": ("0", "6"),
    "extract(second from timestamp '2026-03-31 10:00:01.5')": ("1", "1.500000"),
    "strftime(date '2026-03-31', '%Y')": ("2026", "error"),
    "case when null then 1 else 2 end": ("2", "error"),
    "nvl(null, 1)": ("error", "1"),
    "typeof(1)": ("INTEGER", "int"),
    "avg(x) from (values (1.10), (2.25)) t(x)": ("1.675", "1.675000"),
    "any_value(x) from (values (null), (2)) t(x)": ("2", "None"),
    "count(distinct x, y) from (values (1, 2), (1, null)) t(x, y)": ("error", "1"),
    "last_value(x ignore nulls) over (order by x) from (values (2)) t(x)": ("2", "error"),
}
"""Expressions that say one thing on DuckDB and another on Spark: (DuckDB, Spark). None is portable."""

ALIKE = {
    "cast(1.005 as decimal(18,2))": "1.01",
    "cast(-1.005 as decimal(18,2))": "-1.01",
    "cast(cast(1.50 as decimal(18,2)) as string)": "1.50",
    "cast(date '2026-03-01' as string)": "2026-03-01",
    "cast(timestamp '2026-03-01 23:59:59.9' as date)": "2026-03-01",
    "cast(1.5 as decimal(18,2)) + cast(1.00000001 as decimal(18,8))": "2.50000001",
    "cast('hello' as varchar(2))": "hello",
    "cast(123.45 as decimal(18,2)) * 0.125": "15.43125",
    "'a' || null": "None",
    "'a' < 'B'": "False",
    "'é' > 'z'": "True",
    "'a' = 'a '": "False",
    "1 in (2, null)": "None",
    "substr('hello', 2, 3)": "ell",
    r"'a\n' || 'it''s'": r"a\nit's",
    "x from (values (1), (null)) t(x) order by x limit 1": "None",
    "row_number() over (order by x) from (values (null)) t(x)": "1",
    "lag(x, 1, 0) over (order by x) from (values (7)) t(x)": "0",
    "max(x > 1) from (values (1), (2)) t(x)": "True",
    "cast(sum(x) as decimal(18,2)) from (values (1.10), (2.25)) t(x)": "3.35",
    "sum(x) from (values (1)) t(x) where x > 1": "None",
    "cast(99999999999999999 as decimal(18,2))": "error",
    "9223372036854775807 + 1": "error",
}
"""Expressions of the portable subset whose value a user relies on, the same on both."""


def said(engine, expression: str) -> str:
    """Return what an engine makes of an expression, as text; "error" where it refuses."""
    try:
        return str(engine.query(f"select {expression}").column(0)[0].as_py())
    except RuleError:
        return "error"


@pytest.mark.parametrize("expression", DIFFER)
def test_a_known_difference_is_still_the_same_difference(engines, expression):
    assert (said(engines["duckdb"], expression), said(engines["spark"], expression)) == DIFFER[expression]


@pytest.mark.parametrize("expression", ALIKE)
def test_a_portable_expression_has_one_value(engines, expression):
    assert {said(one, expression) for one in engines.values()} == {ALIKE[expression]}


def plain(rows: pd.DataFrame) -> list[str]:
    """Return the rows as sorted texts, so that two tables compare whatever their order."""
    return sorted(map(repr, rows.itertuples(index=False, name=None)))


@pytest.mark.parametrize("report", REPORTS)
def test_the_sample_day_is_the_same_on_both(engines, sample, sample_archive, sample_result, tmp_path, report):
    one = sample_result(report)
    places = {"archive": str(sample_archive), "results": str(tmp_path / "results")}
    day = open_day(report, AS_OF, data=str(sample), engine="spark", **places)
    other = importlib.import_module(f"bolib.{report}").produce(day)
    day.engine.close()
    assert one.tables.keys() == other.tables.keys()
    for name in one.tables:
        assert list(one.tables[name].columns) == list(other.tables[name].columns), name
        assert list(one.tables[name].dtypes) == list(other.tables[name].dtypes), name
        assert plain(one.tables[name]) == plain(other.tables[name]), name
    assert len(one.findings) > 0
    assert plain(one.findings) == plain(other.findings)
    assert one.checked == other.checked
    assert one.verdict == other.verdict
