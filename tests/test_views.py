"""Views: found by the words of a text, made in the order of the tables they name."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from bolib.engine import open_engine
from bolib.errors import RuleError
from bolib.views import prepare, select, tables_named

PROJECT = Path(__file__).parent.parent


def test_the_tables_a_text_names_are_those_a_parser_finds():
    """Every SELECT of the project, against sqlglot."""
    import sqlglot
    from sqlglot import exp

    texts = [path.read_text(encoding="utf-8") for path in sorted(PROJECT.glob("bolib/**/*.sql"))]
    assert len(texts) > 80
    for text in texts:
        tree = sqlglot.parse_one(text, dialect="duckdb")
        own = {part.alias for part in tree.find_all(exp.CTE)}
        assert tables_named(text) == {found.name for found in tree.find_all(exp.Table)} - own, text


def test_a_view_is_made_after_those_it_names_and_only_once():
    engine = open_engine()
    engine.add("rows", pa.table({"n": [1, 2, 3]}))
    views = {
        "last": "select cast(max(n) as bigint) as n from middle",
        "middle": "select n from rows where n < $top",
        "unasked": "select n from nowhere",
    }
    prepare(engine, views, {"last"}, top=3)
    assert engine.table("last")["n"].to_pylist() == [2]
    prepare(engine, views, {"last"}, top=2)
    assert engine.table("last")["n"].to_pylist() == [2]
    assert engine.names() == {"rows", "middle", "last"}


def test_a_table_that_nobody_declares_stops_with_its_name():
    with pytest.raises(RuleError, match="tables and views that exist or are given, found moonbeams"):
        select("pnl", "select * from moonbeams", {}, date(2026, 3, 31), {})
