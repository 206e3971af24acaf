"""One table: its rows accepted, or set aside with every reason."""

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from bolib.engine import Engine
from bolib.formats import literal
from bolib.load.identifiers import checked, fault
from bolib.load.rows import File, select
from bolib.load.rules import Lookups, Rule, check_rules, type_rules
from bolib.tables import Table

FEW = 200_000
"""Rows a table may have to be kept in memory while it is validated."""

ASIDE = pa.schema(
    [(name, pa.string()) for name in ("source", "file")]
    + [("line", pa.int64())]
    + [(name, pa.string()) for name in ("column", "value", "reason", "raw")]
)


@dataclass
class Validation:
    """Where tables are validated: `accepted` holds their Parquet files, `aside` their set-aside rows and reasons.

    `unchecked` lists the rules nobody could check because another table was not received.
    """

    engine: Engine
    folder: Path
    accepted: dict[str, Path] = field(default_factory=dict)
    aside: list[pa.Table] = field(default_factory=list)
    counts: list[dict] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    def rows(self, table: str) -> str:
        """Return the accepted rows of a table, as a FROM clause."""
        return f"read_parquet({literal(self.accepted[table])})"


def validate(work: Validation, table: Table, files: list[File]) -> None:
    """Write the accepted rows of the table; note the others and, for each file, counts and amounts."""
    landed = _landed(work, table, files)
    lookups = Lookups()
    rules = [*type_rules(table), *_value_rules(work, table, landed), *_key_rules(work, table, landed)]
    checks, unchecked = check_rules(table, work.accepted, lookups)
    work.unchecked += [f"{table.name}: {reason}" for reason in unchecked]
    rules += checks
    rows = f"(select rows.*{_looked_up(lookups)} from {landed} rows{_joins(work, lookups)})"
    _accept(work, table, rows, rules)
    _set_aside(work, table, rows, rules, files)
    _count(work, table, landed, files)


def _landed(work: Validation, table: Table, files: list[File]) -> str:
    """Return the rows of all files as a FROM clause; few rows are typed once and kept, many are streamed."""
    rows = " union all by name ".join(select(file, table) for file in files)
    if sum(file.landed.rows for file in files) > FEW:
        return f"({rows})"
    work.engine.create(f"landed_{table.name}", rows)
    return f"landed_{table.name}"


def _accept(work: Validation, table: Table, rows: str, rules: list[Rule]) -> None:
    columns = ", ".join(f'"{name}"' for name in table.names)
    good = " and ".join(("_excluded is null", *(f"coalesce({rule.good}, true)" for rule in rules)))
    path = work.folder / f"{table.name}.parquet"
    work.engine.write(f"select {columns}, source_file, source_line, _position from {rows} where {good}", path)
    work.accepted[table.name] = path


def _set_aside(work: Validation, table: Table, rows: str, rules: list[Rule], files: list[File]) -> None:
    """Keep the rows that are neither accepted nor excluded as the engine's `aside_<table>`, and their reasons."""
    kept = f"aside_{table.name}"
    work.engine.create(
        kept,
        f"select * from {rows} where _excluded is null"
        f" and _position not in (select _position from {work.rows(table.name)})",
    )
    work.aside.append(_broken(files))
    if not work.engine.query(f"select count(*) as n from {kept}")["n"][0].as_py():
        return
    sources = {file.number: file.arrival.source.name for file in files}
    source = " ".join(f"when {number} then {literal(name)}" for number, name in sources.items())
    text = "select case _file {} end as source, source_file as file, source_line as line, {} as column, {} as value,"
    text += " {} as reason, _raw as raw from {} where not coalesce({}, true)"
    names = set(table.names)
    reasons = (
        text.format(
            source,
            literal(rule.column),
            f'"text_{rule.column}"' if rule.column in names else "null",
            literal(rule.reason),
            kept,
            rule.good,
        )
        for rule in rules
    )
    work.aside.append(work.engine.query(" union all ".join(reasons)).cast(ASIDE))


def _broken(files: list[File]) -> pa.Table:
    rows = [
        (file.arrival.source.name, file.name, broken.line, None, None, broken.reason, broken.raw)
        for file in files
        if not file.excluded
        for broken in file.landed.broken
    ]
    return pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(ASIDE), schema=ASIDE)


def _value_rules(work: Validation, table: Table, landed: str) -> list[Rule]:
    """Return the rules on identifiers and references, settled once for each distinct value."""
    rules = []
    for column in table.columns:
        other = table.references.get(column.name)
        refers = other in work.accepted
        if other and not refers and other != table.name:
            work.unchecked.append(f"{table.name}: {column.name} refers to {other}, which was not received")
        if refers or checked(column):
            rules += _faulty(work, table, column, landed, other if refers else None)
    return rules


def _faulty(work: Validation, table: Table, column, landed: str, other: str | None) -> list[Rule]:
    distinct = f'select distinct "{column.name}" as value from {landed} where "{column.name}" is not null'
    values = work.engine.query(distinct)["value"].to_pylist()
    faults = [(v, why) for v in values if checked(column) and (why := fault(column, v))]
    faults += _unresolved(work, other, values) if other else []
    if not faults:
        return []
    name = f"faults_{table.name}_{column.name}"
    work.engine.add(name, pa.table({"value": [v for v, _ in faults], "reason": [why for _, why in faults]}))
    return [
        Rule(column.name, why, f'"{column.name}" not in (select value from {name} where reason = {literal(why)})')
        for why in sorted({why for _, why in faults})
    ]


def _unresolved(work: Validation, other: str, values: list[str]) -> list[tuple[str, str]]:
    from bolib.tables import TABLES

    key = TABLES[other].key[0]
    known = set(work.engine.query(f'select distinct "{key}" as k from {work.rows(other)}')["k"].to_pylist())
    aside = set(work.engine.query(f'select distinct "{key}" as k from aside_{other}')["k"].to_pylist())
    why = {True: f"its row of {other} was set aside", False: f"not in {other}"}
    return [(value, why[value in aside]) for value in values if value not in known]


def _key_rules(work: Validation, table: Table, landed: str) -> list[Rule]:
    """Return the rule on keys that come more than once.

    Of identical rows the first counts. Rows that differ are all set aside: nobody knows which is right.
    """
    keys = ", ".join(f'"{name}"' for name in table.key)
    counted = f"from {landed} where _excluded is null"
    # Hashes first: they take a third of the memory of the keys, and equal keys have equal hashes.
    again = f"(select h from (select hash({keys}) as h {counted}) group by h having count(*) > 1)"
    if not work.engine.query(f"select count(*) as n from {again}")["n"][0].as_py():
        return []
    content = ", ".join(f'coalesce(cast("{c}" as varchar), "text_{c}")' for c in table.names)
    present = " and ".join(f'"{name}" is not null' for name in table.key)
    name = f"repeated_{table.name}"
    work.engine.create(
        name,
        f"select * from (select _position, count(*) over same as n, min(_position) over same as first_position,"
        f" count(distinct row({content})) over same as contents {counted} and {present} and hash({keys}) in {again}"
        f" window same as (partition by {keys})) where n > 1 and (contents > 1 or _position > first_position)",
    )
    label = table.key[0]
    found = f"_position not in (select _position from {name} where contents {{}} 1)"
    words = " and ".join(table.key)
    return [
        Rule(label, f"the same row came before ({words})", found.format("=")),
        Rule(label, f"rows with the same {words} differ; none is taken", found.format(">")),
    ]


def _looked_up(lookups: Lookups) -> str:
    return "".join(f', {table}_{own}."{column}" as {name}' for (own, table, column), name in lookups.needed.items())


def _joins(work: Validation, lookups: Lookups) -> str:
    from bolib.tables import TABLES

    pairs = dict.fromkeys((own, table) for own, table, _ in lookups.needed)
    return "".join(
        f' left join {work.rows(table)} {table}_{own} on {table}_{own}."{TABLES[table].key[0]}" = rows."{own}"'
        for own, table in pairs
    )


def _count(work: Validation, table: Table, landed: str, files: list[File]) -> None:
    """Note, for each file, the rows and the amounts of what was read, accepted, set aside and excluded."""
    amount = f'"{table.amount}"' if table.amount else "cast(null as decimal(18,2))"
    parts = {
        "read": (landed, "true"),
        "excluded": (landed, "_excluded is not null"),
        "set_aside": (f"aside_{table.name}", "true"),
        "accepted": (f"(select *, _position // {2**40} as _file from {work.rows(table.name)})", "true"),
    }
    found: dict[int, dict] = {file.number: {"file": file, "table": table} for file in files}
    sums = (
        f"select '{part}' as part, _file, count(*) as n, cast(sum({amount}) as decimal(38,2)) as amount,"
        f" count(*) filter ({amount} is null) as without from {rows} where {where} group by _file"
        for part, (rows, where) in parts.items()
    )
    for row in work.engine.query(" union all ".join(sums)).to_pylist():
        found[row["_file"]][row["part"]] = row
    work.counts += found.values()
