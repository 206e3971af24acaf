"""Every SQL file stays in what both engines read alike, and the checker refuses what they do not."""

from pathlib import Path

import pyarrow as pa
import pytest

from bolib.errors import RuleError
from bolib.portable import faults, refuse
from bolib.tables import TABLES
from bolib.views import SHARED

PROJECT = Path(__file__).parent.parent
FILES = sorted([*PROJECT.glob("bolib/**/*.sql"), *PROJECT.glob("parameters/controls/**/*.sql")])
REPORTS = ("pnl", "deadlines", "anomalies")

PAIRS = {
    "division": ("select amount / 2 from t", "select amount from t"),
    "whole division": ("select n // 2 from t", "select n - 2 from t"),
    "remainder": ("select n % 2 from t", "select n from t"),
    "product of two columns": ("select quantity * price from t", "select day * 4 from t"),
    "product with a fraction": ("select amount * 1.05 from t", "select amount * -1 from t"),
    "product with a sum": ("select amount * (n + 1) from t", "select amount * 100 > $percent * limit_amount from t"),
    "average": ("select avg(n) from t", "select cast(sum(n) as bigint), count(*) from t"),
    "median": ("select median(n) from t", "select max(n) from t"),
    "rounding": ("select round(amount, 1) from t", "select cast(amount as decimal(18,1)) from t"),
    "uncast sum": ("select sum(amount) from t", "select cast(sum(amount) as decimal(18,2)) from t"),
    "uncast running sum": (
        "select sum(n) over (order by d) from t",
        "select cast(sum(n) over (order by d) as bigint) from t",
    ),
    "try_cast": ("select try_cast(n as bigint) from t", "select cast(n as bigint) from t"),
    "cast to a binary fraction": ("select cast(n as double) from t", "select cast(n as decimal(18,8)) from t"),
    "cast to a wide decimal": ("select cast(n as decimal(38,2)) from t", "select cast(n as decimal(18,2)) from t"),
    "cast to a decimal without digits": ("select cast(n as decimal) from t", "select cast(n as decimal(18,0)) from t"),
    "cast to a small whole number": ("select cast(n as int) from t", "select cast(n as bigint) from t"),
    "cast with ::": ("select n::bigint from t", "select cast(n as bigint) as \"a::b\", '::' from t"),
    "varchar": (
        "select cast(n as varchar) from t",
        "select cast(n as string), cast(null as varchar(9)), 'varchar' from t",
    ),
    "a number with an exponent": ("select 1e3 from t", "select 1000.00 from t"),
    "as-of join": ("select 1 from t asof join u on t.d >= u.d", "select 1 from t join u on t.d >= u.d"),
    "natural join": ("select 1 from t natural join u", "select 1 from t join u using (n)"),
    "positional join": ("select 1 from t positional join u", "select 1 from t cross join u"),
    "filter": (
        "select count(*) filter (where n > 1) from t",
        "select count(case when n > 1 then 1 end) from t",
    ),
    "qualify": (
        "select n from t qualify row_number() over (order by n) = 1",
        "select n from (select n, row_number() over (order by n) as rank from t) s where rank = 1",
    ),
    "row_number without an order": (
        "select row_number() over (partition by n) from t",
        "select row_number() over (partition by n order by d) from t",
    ),
    "lag without an order": ("select lag(n) over () from t", "select lag(n) over (order by d) from t"),
    "last_value without an order": (
        "select last_value(n) over (partition by d) from t",
        "select max(n) over (partition by d) from t",
    ),
    "limit": ("select n from t order by n limit 1", "select min(n) from t"),
    "distinct on": ("select distinct on (n) n, d from t", "select distinct n, d from t"),
    "group by all": ("select n, count(*) from t group by all", "select n, count(*) from t group by n"),
    "rollup": ("select n from t group by rollup (n)", "select n from t group by n union all select null"),
    "star with exclude": ("select * exclude (n) from t", "select t.* from t"),
    "star with replace": ("select * replace (1 as n) from t", "select * from t"),
    "recursion": (
        "with recursive a as (select 1 as n union all select n + 1 from a) select n from a",
        "with a as (select 1 as n) select n from a",
    ),
    "union by name": ("select n from t union all by name select n from u", "select n from t union all select n from u"),
    "concat": ("select concat(a, b) from t", "select a || coalesce(b, '') from t"),
    "upper": ("select upper(a) from t", "select lower(a) from t"),
    "substring from 0": ("select substr(a, 0, 3) from t", "select substr(a, 1, 3) from t"),
    "substring from a column": ("select substr(a, n, 3) from t", "select substr(a, 2) from t"),
    "left with a column": ("select left(a, n) from t", "select left(a, 2) from t"),
    "right with a negative number": ("select right(a, -1) from t", "select right(a, 1) from t"),
    "a backslash in a pattern": (
        r"select 1 from t where a like 'x\_y'",
        r"select 1 from t where a like 'x%' or a = '\'",
    ),
    "ilike": ("select 1 from t where a ilike 'x%'", "select 1 from t where lower(a) like 'x%'"),
    "a regular expression": ("select regexp_matches(a, 'x') from t", "select replace(a, 'x', '') from t"),
    "a function of one engine": ("select strptime(a, '%Y') from t", "select length(trim(a)) from t"),
    "texts added up": ("select string_agg(a, ',') from t", "select min(a) from t"),
    "any value": ("select any_value(a) from t", "select max(a) from t"),
    "max_by": ("select max_by(a, n) from t", "select max(a) from t"),
    "count of several": ("select count(distinct a, b) from t", "select count(distinct a) from t"),
    "interval": ("select d + interval 1 day from t", "select next_open from target_days"),
    "datediff": ("select datediff('day', d, e) from t", "select due.day - now.day from due join now on due.n = now.n"),
    "date_trunc": ("select date_trunc('month', d) from t", "select year(d), extract(month from d) from t"),
    "day of the week": ("select extract(dow from d) from t", "select extract(day from d) from t"),
    "last day of the month": ("select last_day(d) from t", "select max(d) from t"),
    "today": ("select 1 from t where d = current_date", "select 1 from t where d = $as_of"),
    "now": ("select now() from t", "select cast($as_of as timestamp) from t"),
    "chance": ("select random() from t", "select n from t order by n"),
    "list": ("select list(n) from t", "select count(n) from t"),
    "element of a list": ("select n[1] from t", "select n from t where n in (1, 2)"),
    "lambda": ("select list_transform(n, x -> x + 1) from t", "select n + 1 from t"),
    "unnest": ("select unnest(n) from t", "select x from (values (1), (2)) v(x)"),
    "a file": ("select n from read_csv('t.csv')", "select n from t"),
    "pivot": ("select * from t pivot (max(n) for a in ('x'))", "select max(case when a = 'x' then n end) from t"),
    "sample": ("select n from t tablesample 10%", "select n from t"),
    "two statements": ("select 1; drop table t", "select 1;"),
    "no select": ("create table t as select 1", "(select 1)"),
}
"""What is refused, with an example, and what passes in its place."""


@pytest.mark.parametrize("what", PAIRS)
def test_the_checker_refuses_what_differs_and_passes_what_does_not(what):
    refused, passed = PAIRS[what]
    assert faults(refused), refused
    assert faults(passed) == [], passed


TYPED = {
    "a column that is not there": ("select volume from trades", "select quantity from trades"),
    "a column of two tables": (
        "select isin from trades t join prices p on p.isin = t.isin",
        "select t.isin from trades t join prices p on p.isin = t.isin",
    ),
    "a name carried twice": (
        "select t.*, p.* from trades t join prices p on p.isin = t.isin",
        "select t.*, p.price as close from trades t join prices p on p.isin = t.isin",
    ),
    "date minus date": (
        "select settlement_date - trade_date from trades",
        "select version - 1 from trades",
    ),
    "time minus time": ("select confirmed_at - traded_at from trades", "select max(traded_at) from trades"),
    "text compared with a number": (
        "select 1 as x from trades where trade_id = 1",
        "select 1 as x from trades where trade_id = '1'",
    ),
    "date compared with text": (
        "select 1 as x from trades where trade_date > '2026-03-31'",
        "select 1 as x from trades where trade_date > date '2026-03-31' and trade_date <= $as_of",
    ),
    "a number in a list of texts": (
        "select 1 as x from trades where version in ('1', '2')",
        "select 1 as x from trades where version in (1, 2)",
    ),
    "number read as text": (
        "select trade_id || version as key from trades",
        "select trade_id || '/' || cast(version as string) as key from trades",
    ),
    "text where a number is missing": (
        "select coalesce(version, 'none') as x from trades",
        "select coalesce(version, 0) as x from trades",
    ),
    "text turned into a number": (
        "select cast(trade_id as bigint) as n from trades",
        "select cast(version as decimal(18,2)) as n from trades",
    ),
    "decimal turned into a whole number": (
        "select cast(quantity as bigint) as n from trades",
        "select cast(quantity as decimal(18,0)) as n from trades",
    ),
    "sum of decimals turned into a whole number": (
        "select cast(sum(quantity) as bigint) as n from trades",
        "select cast(sum(version) as bigint) as n from trades",
    ),
}
"""What shows only with the types of the declared tables."""


@pytest.mark.parametrize("what", TYPED)
def test_with_known_tables_columns_and_implicit_casts_are_seen(what):
    refused, passed = TYPED[what]
    assert faults(refused), refused
    assert faults(passed) == [], passed


def test_a_table_that_is_not_known_is_checked_without_types():
    assert faults("select m.x || 1 as y from made_by_a_kernel m") == []
    assert faults("select m.x || 1 as y from made_by_a_kernel m", {"made_by_a_kernel": {"x": "varchar"}})


def test_a_refusal_names_file_line_what_and_what_instead():
    sql = "/*\nid: X\n*/\nselect trade_id,\n  net_amount / quantity as unit\nfrom trades"
    with pytest.raises(RuleError) as caught:
        refuse(sql, "own/x.sql")
    assert str(caught.value) == (
        "own/x.sql, line 5: expected portable SQL, found a division. Do it in a kernel, in whole numbers."
    )


def test_a_text_that_is_no_sql_is_a_fault_of_its_line():
    assert [fault.line for fault in faults("select 1\nfrom (select")] == [2]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_file_is_portable(path):
    refuse(path.read_text(encoding="utf-8"), str(path.relative_to(PROJECT)))


SQL_TYPES = {pa.int64(): "bigint", pa.date32(): "date", pa.timestamp("us"): "timestamp", pa.bool_(): "boolean"}


def sql_type(kind: pa.DataType) -> str:
    """Return the SQL type of a column an engine returned."""
    return f"decimal({kind.precision},{kind.scale})" if pa.types.is_decimal(kind) else SQL_TYPES.get(kind, "varchar")


@pytest.mark.parametrize("report", REPORTS)
def test_every_file_of_a_report_names_real_columns_and_casts_nothing_in_silence(report, sample_result):
    day, columns = sample_result(report).day, {}
    for name in day.engine.names() - set(TABLES):
        schema = day.engine.query(f'select * from "{name}" where 1 = 0').schema
        columns[name] = {field.name: sql_type(field.type) for field in schema}
    for path in FILES:
        if {report, *SHARED.get(report, ())} & set(path.parts):
            refuse(path.read_text(encoding="utf-8"), str(path.relative_to(PROJECT)), columns)
