"""One table: its rows accepted, or set aside with every reason."""

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from bolib.engine import Engine
from bolib.formats import literal
from bolib.load.identifiers import checked, fault
from bolib.load.rows import LINES, File, positions, select
from bolib.load.rules import CARD_NUMBER, Lookups, Rule, check_rules, type_rules
from bolib.tables import KNOWN_AT, TABLES, TOKEN, Column, Table

FEW = 50_000
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
    if sum(file.landed.rows for file in files) <= FEW:
        work.engine.create(f"landed_{table.name}", _union(table, files))
    lookups = Lookups()
    rules = [*type_rules(table), *_value_rules(work, table, files), *_key_rules(work, table, files)]
    checks, unchecked = check_rules(table, work.accepted, lookups)
    work.unchecked += [f"{table.name}: {reason}" for reason in unchecked]
    rules += checks
    _accept(work, table, _with_lookups(work, lookups, _rows(table, files)), rules)
    _set_aside(work, table, lookups, rules, files)
    _count(work, table, files)


def _rows(table: Table, files: list[File], only: str = "") -> str:
    """Return the table's rows as a FROM clause: kept where they are few, else computed as they stream by."""
    if sum(file.landed.rows for file in files) > FEW:
        return f"({_union(table, files, only)})"
    limit = f" where _position in (select _position from {only})" if only else ""
    return f"(select * from landed_{table.name}{limit})"


def _union(table: Table, files: list[File], only: str = "") -> str:
    return " union all by name ".join(select(file, table, only) for file in files)


def _with_lookups(work: Validation, lookups: Lookups, rows: str) -> str:
    return f"(select rows.*{_looked_up(lookups)} from {rows} rows{_joins(work, lookups)})"


def _accept(work: Validation, table: Table, rows: str, rules: list[Rule]) -> None:
    """Write the rows that break no rule.

    random() makes the engine judge a row after its values are computed: it would otherwise copy their
    expressions into the filter, and parse each value once for every rule that reads it.
    """
    columns = ", ".join(f'"{name}"' for name in table.names)
    good = " and ".join(("_excluded is null", *(f"coalesce({rule.good}, true)" for rule in rules)))
    judged = f"select *, case when random() < 2 then {good} end as _good from {rows}"
    path = work.folder / f"{table.name}.parquet"
    work.engine.write(f"select {columns}, source_file, source_line, _position from ({judged}) where _good", path)
    work.accepted[table.name] = path


def _set_aside(work: Validation, table: Table, lookups: Lookups, rules: list[Rule], files: list[File]) -> None:
    """Keep the rows that are neither accepted nor excluded as the engine's `aside_<table>`, and their reasons."""
    left, kept = f"left_{table.name}", f"aside_{table.name}"
    stood = " union all ".join(positions(file) for file in files)
    accepted = f"select _position from {work.rows(table.name)}"
    work.engine.create(left, f"select _position from ({stood}) where _position not in ({accepted})")
    work.engine.create(kept, f"select * from {_with_lookups(work, lookups, _rows(table, files, left))}")
    work.aside.append(_broken(files))
    if work.engine.query(f"select count(*) as n from {left}")["n"][0].as_py():
        reasons = " union all ".join(_reason(table, rule, files) for rule in rules)
        work.aside.append(work.engine.query(reasons).cast(ASIDE))


def _reason(table: Table, rule: Rule, files: list[File]) -> str:
    """Return the SELECT of the set-aside rows that break a rule, with the value that breaks it."""
    names = {file.number: file.arrival.source.name for file in files}
    source = " ".join(f"when {number} then {literal(name)}" for number, name in names.items())
    value = f'"text_{rule.column}"' if rule.column in table.names else "null"
    value, raw = (_masked(table, text) for text in (value, "_raw"))
    return (
        f"select case _file {source} end as source, source_file as file, source_line as line,"
        f" {literal(rule.column)} as column, {value} as value, {literal(rule.reason)} as reason, {raw} as raw"
        f" from aside_{table.name} where not coalesce({rule.good}, true)"
    )


def _masked(table: Table, text: str) -> str:
    """Return the SQL of a text in which what came for a card's token shows its first six and last four only."""
    for column in (found.name for found in table.columns if found.type == TOKEN):
        token = f'"text_{column}"'
        hidden = f"left({token}, 6) || '…' || right({token}, 4)"
        number = f"regexp_full_match({token}, {literal(CARD_NUMBER)})"
        text = f"case when {number} then replace({text}, {token}, {hidden}) else {text} end"
    return text


def _broken(files: list[File]) -> pa.Table:
    rows = [
        (file.arrival.source.name, file.name, broken.line, None, None, broken.reason, broken.raw)
        for file in files
        if not file.excluded
        for broken in file.landed.broken
    ]
    return pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(ASIDE), schema=ASIDE)


def _value_rules(work: Validation, table: Table, files: list[File]) -> list[Rule]:
    """Return the rules on identifiers and references, settled once for each distinct value."""
    rules = []
    for column in table.columns:
        other = table.references.get(column.name)
        refers = other in work.accepted
        if other and not refers and other != table.name:
            work.unchecked.append(f"{table.name}: {column.name} refers to {other}, which was not received")
        if refers or checked(column):
            rules += _faulty(work, table, column, files, other if refers else None)
    return rules


def _faulty(work: Validation, table: Table, column: Column, files: list[File], other: str | None) -> list[Rule]:
    distinct = f'select distinct "{column.name}" as value from {_rows(table, files)} where "{column.name}" is not null'
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
    key = TABLES[other].key[0]
    known = set(work.engine.query(f'select distinct "{key}" as k from {work.rows(other)}')["k"].to_pylist())
    aside = set(work.engine.query(f'select distinct "{key}" as k from aside_{other}')["k"].to_pylist())
    why = {True: f"its row of {other} was set aside", False: f"not in {other}"}
    return [(value, why[value in aside]) for value in values if value not in known]


def _key_rules(work: Validation, table: Table, files: list[File]) -> list[Rule]:
    """Return the rules on keys that come more than once.

    Of identical rows the first counts. Rows that differ are all set aside: nobody knows which is right,
    unless each says when it was known.
    """
    keys = ", ".join(f'"{name}"' for name in (*table.key, KNOWN_AT.name))
    words = " and ".join(table.key)
    again, repeated = f"again_{table.name}", f"repeated_{table.name}"
    counted = f"from {_rows(table, files)} where _excluded is null"
    # Hashes first: they take a third of the memory of the keys, and equal keys have equal hashes.
    hashes = f"select h from (select hash({keys}) as h {counted}) group by h having count(*) > 1"
    work.engine.create(again, f"select _position {counted} and hash({keys}) in ({hashes})")
    if not work.engine.query(f"select count(*) as n from {again}")["n"][0].as_py():
        return []
    content = ", ".join(f'coalesce(cast("{name}" as varchar), "text_{name}")' for name in table.names)
    present = " and ".join(f'"{name}" is not null' for name in table.key)
    work.engine.create(
        repeated,
        "select * from (select _position, min(_position) over same as first_position,"
        f" count(distinct row({content})) over same as contents from {_rows(table, files, again)} where {present}"
        f" window same as (partition by {keys})) where contents > 1 or _position > first_position",
    )
    found = f"_position not in (select _position from {repeated} where contents {{}} 1)"
    return [
        Rule(table.key[0], f"the same row came before ({words})", found.format("=")),
        Rule(table.key[0], f"rows with the same {words} differ; none is taken", found.format(">")),
    ]


def _looked_up(lookups: Lookups) -> str:
    return "".join(f', {table}_{own}."{column}" as {name}' for (own, table, column), name in lookups.needed.items())


def _joins(work: Validation, lookups: Lookups) -> str:
    pairs = dict.fromkeys((own, table) for own, table, _ in lookups.needed)
    return "".join(
        f' left join {work.rows(table)} {table}_{own} on {table}_{own}."{TABLES[table].key[0]}" = rows."{own}"'
        for own, table in pairs
    )


def _count(work: Validation, table: Table, files: list[File]) -> None:
    """Note, for each file, the rows and the amounts of what was read, accepted, set aside and excluded."""
    amount = f'"{table.amount}"' if table.amount else "cast(null as decimal(18,2))"
    parts = {
        "read": (_rows(table, files), "true"),
        "excluded": (_rows(table, files), "_excluded is not null"),
        "set_aside": (f"aside_{table.name}", "true"),
        "accepted": (f"(select *, _position // {LINES} as _file from {work.rows(table.name)})", "true"),
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
