"""Ten million journal lines through the journal's controls, beside hand-written DuckDB SQL and plain pandas.

    python benchmarks/journal.py                     # 10 million lines, 2.5 million entries
    python benchmarks/journal.py --lines 200000
    python benchmarks/journal.py --memory ""         # without the limit on DuckDB, under our controls and in SQL

Every competitor reads the same Parquet files in a process of its own, one after the other, and must name the same
breaches of every control of the journal, and of ACC-09, which reads its lines too. Wall and processor time hold all:
start, imports, reading. Processor time is what to compare where a machine is shared, and what a bill counts. Ours are
the SELECTs of the anomalies report as they ship, on the engine, their views first; the SQL and pandas are written for
these columns, as an analyst would, and make what several controls need once.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

AS_OF = date(2026, 3, 31)
LINES_AN_ENTRY = 4
JOURNALS, ACCOUNTS, PERSONS = 20, 400, 40
NAMES = ("bolib", "sql", "pandas")
MEMORY = "1400MB"
CONTROLS = (*(f"JRN-{number:02d}" for number in range(1, 30)), "ACC-09")
EVENTS = 10
"""One entry in so many is of a settled operation, which the scheme says how to record."""
UNNUMBERED = JOURNALS - 1
"""The journal that counts by threes: no sequence."""


def make_journal(folder: Path, lines: int) -> None:
    """Write the tables: interfaces write 98 entries of a hundred, people the others; one in some thousand is wrong."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from bolib.calendars import calendar

    days = calendar("TARGET", date(2023, 4, 1), date(2028, 3, 31))
    pq.write_table(days, folder / "target_days.parquet")
    numbers = days["date"].to_numpy()[days["open"].to_numpy(zero_copy_only=False)].astype("datetime64[D]")
    numbers = numbers[(numbers >= np.datetime64("2025-04-01")) & (numbers <= np.datetime64(AS_OF))].astype(np.int64)
    roots = [f"{root:02d}" for root in range(10, 98)]
    sides = ["DEBIT" if root < "50" and root != "12" else "CREDIT" for root in roots]  # root 12 stands on the wrong one
    chart = {"root": roots, "chart_label": roots, "side": sides}
    pq.write_table(pa.table(chart | {"kind": pa.nulls(len(roots), pa.string())}), folder / "chart.parquet")
    _write_closings(folder)
    _write_scheme_and_rates(folder, days)
    operations = []
    with pq.ParquetWriter(folder / "journal.parquet", _schema("journal")) as writer:
        entries, step = lines // LINES_AN_ENTRY, 250_000
        for start in range(0, entries, step):
            drawn = _drawn(start, min(step, entries - start), entries, numbers)
            writer.write_table(_lines(start, drawn))
            operations.append(_operations(drawn))
    for name, columns in zip(("settlements", "trades"), zip(*operations, strict=True), strict=True):
        pq.write_table(pa.concat_tables(columns), folder / f"{name}.parquet")


def _write_closings(folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [(f"J{place:02d}", f"2025-{month:02d}") for place in range(JOURNALS) for month in range(4, 13)]
    locked = [np.datetime64(f"{period}-01") + np.timedelta64(40, "D") for _, period in rows]
    columns = {"journal_code": [code for code, _ in rows], "period": [period for _, period in rows]}
    columns |= {"locked_at": pa.array(np.array(locked, "datetime64[us]"))}
    pq.write_table(pa.table(columns), folder / "closings.parquet")


def _write_scheme_and_rates(folder: Path, days) -> None:
    """Write how a settled operation is recorded, by whole classes of accounts, and one rate for all days."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    scheme = {"event_type": ["SETTLED BUY"] * 2, "line_no": [1, 2], "account": ["100000", "500000"]}
    scheme |= {"side": ["DEBIT", "CREDIT"], "amount_field": ["gross_amount", "net_amount"]}
    pq.write_table(pa.table(scheme), folder / "accounting_scheme.parquet")
    rates = {"date": days["date"].to_pylist(), "currency": ["USD"] * len(days), "rate": ["1.1"] * len(days)}
    pq.write_table(_whole("fx_rates", rates, len(days)), folder / "fx_rates.parquet")


def _whole(name: str, columns: dict, rows: int):
    """Return a declared table with the columns that are given, the others empty."""
    import pyarrow as pa

    schema = _schema(name)
    given = {field.name: pa.array(columns[field.name]).cast(field.type) for field in schema if field.name in columns}
    empty = {field.name: pa.nulls(rows, field.type) for field in schema if field.name not in columns}
    return pa.table(given | empty).select(schema.names)


def _operations(drawn: dict[str, np.ndarray]):
    """Return the settled instructions and deals of some entries."""
    import pyarrow as pa

    from bolib.valuation import decimals

    chosen = drawn["number"] % EVENTS == 3
    number = drawn["number"][chosen].tolist()
    money = decimals(drawn["amounts"][chosen, 1:].sum(axis=1), pa.decimal128(18, 2))
    day = pa.array(drawn["day"][chosen].astype(np.int32)).cast(pa.date32())
    trades = [f"T{n:09d}" for n in number]
    sent = {"instruction_id": [f"E{n:09d}" for n in number], "trade_id": trades, "settled_on": day}
    dealt = {"trade_id": trades, "gross_amount": money, "net_amount": money}
    same = {
        "status": "SETT",
        "payment": "APMT",
        "quantity": "1",
        "settled_quantity": "1",
        "version": 1,
        "action": "NEW",
    }
    same |= {"side": "BUY", "currency": "EUR", "source_file": "operations", "source_line": 2}
    same = {name: [value] * len(number) for name, value in same.items()}
    return _whole("settlements", same | sent, len(number)), _whole("trades", same | dealt, len(number))


def _schema(name: str):
    import pyarrow as pa

    from bolib.tables import PROVENANCE, TABLES
    from bolib.views import arrow_type

    columns = (*TABLES[name].columns, *PROVENANCE)
    return pa.schema([(column.name, arrow_type(column.sql_type)) for column in columns])


def _drawn(start: int, count: int, whole: int, days: np.ndarray) -> dict[str, np.ndarray]:
    """Return what is drawn of some entries: whole entries, their journals in turn, their dates in order."""
    random = np.random.default_rng(start)

    def rare(share: float) -> np.ndarray:
        return random.random(count) < share

    number = start + np.arange(count)
    hand = rare(0.02)
    split = hand & rare(0.02)
    pair = random.integers(0, ACCOUNTS // 4, (2, count))
    pair = np.where(hand & rare(0.99), pair % 10, np.maximum(pair, 10))
    cents = random.integers(1_00, 90_000_00, (3, count))
    amounts = np.stack([cents.sum(axis=0), *cents], axis=1)
    amounts[:, 0] += rare(1e-5)
    amounts[split] = np.array([9_600_00, 9_500_00, 50_00, 50_00])
    amounts[hand & rare(1e-3)] = np.array([50_000_00, 20_000_00, 20_000_00, 10_000_00])
    double = np.arange(count) - np.where(rare(1e-5), JOURNALS, 0)
    double = np.where(double < 0, np.arange(count), double)
    person = np.where(hand, random.integers(0, PERSONS, count), PERSONS)
    person = np.where(split, number // 1000 % PERSONS, person)
    day = days[number * len(days) // whole]
    late = np.where(rare(1e-4), random.integers(3, 90, count), 0)
    return {
        "number": number, "hand": hand, "pair": np.where(split, 3, pair[:, double]), "amounts": amounts[double],
        "document": number[double], "person": person, "odd": hand & rare(2e-3), "day": day,
        "entered": (day + late) * 86_400 + np.where(hand & rare(0.01), 3 * 3600, 14 * 3600),
        "event": number - rare(1e-5), "dollars": rare(0.2), "off": rare(1e-5), "torn": rare(1e-5),
        "approver": np.where(rare(1e-3), person, (person + 1) % PERSONS), "unapproved": rare(1e-4),
        "validated": day - rare(1e-5), "unvalidated": rare(1e-5), "lost": rare(1e-5),
        "newest": number >= whole - 3, "lettered": random.random(count * LINES_AN_ENTRY) < 1e-3,
        "misrated": rare(1e-5),
    }  # fmt: skip


def _lines(start: int, drawn: dict[str, np.ndarray]):
    """Return the table of the lines of entries that were drawn."""
    import pyarrow as pa

    from bolib.valuation import decimals

    count = len(drawn["number"])
    row, place = np.repeat(np.arange(count), LINES_AN_ENTRY), np.tile(np.arange(LINES_AN_ENTRY), count)
    of = {name: values[row] for name, values in drawn.items() if values.shape == (count,)}
    flat, debit = drawn["amounts"].ravel(), place == 0
    account = np.where(debit, 100_000 + drawn["pair"][0][row] * 1_000, 500_000 + (drawn["pair"][1][row] + place) * 500)
    account = np.where(of["odd"] & (place == 1), 990_000, account)
    account = np.where(of["newest"] & (place == 2), 995_000, account)
    foreign = np.where(debit, (drawn["amounts"][:, 1:] * 11 // 10).sum(axis=1)[row], flat * 11 // 10)
    foreign = foreign * np.where(of["misrated"], 2, 1)
    collective = (account >= 500_000) & (account % 3_500 == 0)
    unnamed = ~collective | (of["number"] % 100_003 == 0)
    letter = np.where((place == 2) & drawn["lettered"], of["number"] // 2, -1)
    money, zero, persons = (
        pa.decimal128(18, 2),
        flat * 0,
        pa.array([f"person{n:02d}" for n in range(PERSONS)] + ["batch"]),
    )
    codes = pa.array([f"J{n:02d}" for n in range(JOURNALS)])

    def named(form: str, numbers: np.ndarray) -> pa.Array:
        return pa.array([form.format(n) for n in numbers.tolist()]).take(pa.array(row))

    def dates(days: np.ndarray, none: np.ndarray | None = None) -> pa.Array:
        return pa.array(days.astype(np.int32), mask=none).cast(pa.date32())

    columns = {
        "journal_code": codes.take(pa.array(of["number"] % JOURNALS)),
        "entry_no": named("{:08d}", _numbered(drawn["number"])),
        "document_ref": named("D{:09d}", drawn["document"]),
        "event_id": named("E{:09d}", drawn["event"]),
        "account": pa.array(account.astype(str)),
        "user": persons.take(pa.array(of["person"])),
        "approved_by": persons.take(pa.array(of["approver"], mask=of["unapproved"])),
        "origin": pa.array(["AUTO", "MANUAL"]).take(pa.array(of["hand"].astype(np.int64))),
        "currency": pa.array(np.where(of["dollars"], "USD", None), pa.string()),
        "aux_account": pa.array([f"X{n:02d}" for n in range(50)]).take(pa.array(account // 500 % 50, mask=unnamed)),
        "letter": pa.array([f"L{n}" if n >= 0 else None for n in letter.tolist()], pa.string()),
        "letter_date": dates(of["day"], letter < 0),
        "entry_date": dates(of["day"] + ((place == 3) & of["torn"])),
        "document_date": dates(of["day"]),
        "validated_on": dates(of["validated"], of["unvalidated"]),
        "entered_at": pa.array(of["entered"] * 1_000_000).cast(pa.timestamp("us")),
        "line_no": pa.array(place + 1),
        "debit": decimals(np.where(debit, flat, zero), money),
        "credit": decimals(np.where(debit, zero, flat), money),
        "currency_amount": decimals(foreign + (of["off"] & debit), money, ~of["dollars"]),
        "source_line": pa.array(start * LINES_AN_ENTRY + np.arange(len(row)) + 2),
        **{name: pa.repeat(name, len(row)) for name in ("journal_label", "account_label", "label", "source_file")},
    }
    return _whole("journal", columns, len(row)).filter(pa.array(~of["lost"]))


def _numbered(number: np.ndarray) -> np.ndarray:
    return (number // JOURNALS + 1) * np.where(number % JOURNALS == UNNUMBERED, 3, 1)


def bolib(folder: Path, memory: str | None) -> dict[str, list[str]]:
    """The controls of the anomalies report and their views, on the files themselves."""
    import pyarrow.parquet as pq
    import yaml

    from bolib import valuation
    from bolib.anomalies.accounts.openings import opening_names
    from bolib.anomalies.accounts.years import fiscal_years
    from bolib.anomalies.journal import NUMBERED, OFF_RATE
    from bolib.anomalies.journal.numbers import number_gaps
    from bolib.control import catalogue
    from bolib.engine import open_engine
    from bolib.scoring import surprises
    from bolib.tables import TABLES
    from bolib.views import complete, prepare, views

    engine = open_engine("duckdb", memory)
    for name in ("chart", "target_days"):
        engine.add(name, pq.read_table(folder / f"{name}.parquet"))
    engine.add("closings", complete(TABLES["closings"], pq.read_table(folder / "closings.parquet")))
    engine.add("trial_balance", complete(TABLES["trial_balance"], None))
    engine.add("fiscal_years", fiscal_years(AS_OF))
    engine.add("opening_names", opening_names(None))
    engine.add("t2s_days", pq.read_table(folder / "target_days.parquet"))
    for name in ("accounting_scheme", "fx_rates"):
        engine.add(name, complete(TABLES[name], pq.read_table(folder / f"{name}.parquet")))
    made = {name: _on_file(text, folder) for name, text in views("anomalies").items()}
    items = {item.id: item for item in catalogue("anomalies")}
    floor = items[OFF_RATE].thresholds["floor"]
    prepare(engine, made, {"entries", "entry_pairs", "foreign_lines"}, as_of=AS_OF, floor=floor)
    engine.run(valuation.booked_apart, "foreign_lines", key=None, into="foreign_apart")
    engine.add("number_gaps", number_gaps(engine.query(NUMBERED)))
    engine.run(surprises, "entry_pairs", key="one", into="entry_rarity")
    settings = yaml.safe_load(
        (Path(__file__).parent.parent / "parameters" / "anomalies.yml").read_text(encoding="utf-8")
    )
    found = {}
    for name in CONTROLS:
        item = items[name]
        bound = {"as_of": AS_OF, **item.thresholds, **(settings["thresholds"].get(name) or {})}
        prepare(engine, made, item.tables, **bound)
        rows = engine.query(_on_file(item.sql, folder), **bound)
        columns = [rows[key].cast("string").fill_null("").to_pylist() for key in item.keys]
        found[name] = [" ".join(values) for values in zip(*columns, strict=True)]
    return found


def _on_file(text: str, folder: Path) -> str:
    """Return a SELECT on the files of the large tables themselves."""
    return re.sub(r"\b(from|join) (journal|settlements|trades)\b", rf"\1 read_parquet('{folder}/\2.parquet')", text)


SQL = """
create temp table e as
    select journal_code as j, entry_no as no, min(entry_date) as d, max(entry_date) as d2, count(*) as n,
        sum(debit) as dr, sum(credit) as cr, count(currency) as nc, min(currency) as c, max(currency) as c2,
        sum(case when debit <> 0 then abs(currency_amount) else -abs(currency_amount) end) as cb,
        min(account) filter (debit <> 0) as da, min(account) filter (credit <> 0) as ca, min(document_ref) as ref,
        min(label) as label, max(origin) as o, min(user) as u, min(approved_by) as a, min(entered_at) as t,
        min(validated_on) as v, count(validated_on) as nv, min(event_id) as ev, min(reverses) as r
    from L where entry_date <= date '{as_of}' and (entered_at is null or entered_at::date <= date '{as_of}')
    group by all;
create temp table unnumbered as
    select j from e group by j having max(no::bigint) - min(no::bigint) + 1 > 2 * count(*);
create temp table ops as
    select instruction_id as ev, settled_on, gross_amount as gross, net_amount as net
    from '{folder}/settlements.parquet' s join '{folder}/trades.parquet' using (trade_id)
    where s.status = 'SETT' and settled_on <= date '{as_of}' and s.settled_quantity = s.quantity and settled_on >= (
        select min(d) from e join '{folder}/settlements.parquet' o on o.instruction_id = ev and o.settled_on <= d);
create temp table use as
    select account, count(*) as n, count(*) filter (origin = 'MANUAL') as hand, sum(debit - credit) as s
    from L where entry_date <= date '{as_of}' and entered_at::date <= date '{as_of}' group by all;
create temp table pairs as
    with met as (
        select 'A' as k, da as x, ca as y, count(*) as n from e where da is not null and ca is not null group by all
        union all
        select 'P', u, y, count(*) from (select u, da as y from e union all select u, ca from e)
        where u is not null and y is not null group by all),
    scored as (
        select *, greatest(sum(n) over (partition by k) - 1, 1) as whole, (sum(n) over (partition by k, x) - 1) as nx,
            (sum(n) over (partition by k, y) - 1) as ny from met)
    select *, nx * (ny::double / whole) as expected,
        floor(greatest(ln((nx * (ny::double / whole) + 0.5) / (n - 0.5)), 0) * 100) as nats from scored;
"""
QUERIES = {
    "JRN-01": "select j || ' ' || no from e where dr <> cr",
    "JRN-02": "select j || ' ' || no from e where nc = n and c = c2 and dr = cr and cb <> 0",
    "JRN-03": """select distinct j from (select l.journal_code as j, l.entry_date from L l
        join e on e.j = l.journal_code and e.no = l.entry_no
        where dr = cr and d <> d2 and l.entry_date <= date '{as_of}' group by all having sum(debit) <> sum(credit))""",
    "JRN-04": """select j || ' ' || lpad((before + 1)::varchar, 8, '0') from (
        select j, no::bigint as n, lag(no::bigint) over (partition by j order by no::bigint) as before from e)
        where n > before + 1 and j not in (select j from unnumbered)""",
    "JRN-05": "select j from unnumbered",
    "JRN-06": """with twins as (select *, lag(no) over w as t, lag(d) over w as td from e
            where (j, ref) in (select (j, ref) from e group by j, ref having count(*) between 2 and 4)
            window w as (partition by j, ref, label, n, dr, cr, da, ca order by d, no))
        select j || ' ' || no from twins where t is not null and d - td <= 10""",
    "JRN-07": """select j || ' ' || no from e join '{folder}/closings.parquet' k on k.journal_code = j
        and k.period = strftime(d, '%Y-%m') and t >= k.locked_at""",
    "JRN-08": """select distinct j || ' ' || d from e join '{folder}/target_days.parquet' k on k.date = d
        where not k.open and coalesce(o, 'MANUAL') <> 'AUTO'""",
    "JRN-09": """select j || ' ' || no from e join '{folder}/target_days.parquet' k on k.date = t::date
        where o = 'MANUAL' and (not k.open or strftime(t, '%H:%M') not between '05:00' and '21:00')""",
    "JRN-10": """select j || ' ' || no from e join '{folder}/target_days.parquet' x on x.date = d
        join '{folder}/target_days.parquet' y on y.date = t::date where y.day - x.day > 5""",
    "JRN-11": "select j || ' ' || no from e where o = 'MANUAL' and dr >= 20000 and dr % 10000 = 0",
    "JRN-12": """select journal_code || ' ' || entry_no || ' ' || account from L join use using (account)
        where origin = 'MANUAL' and entry_date <= date '{as_of}' and entered_at::date <= date '{as_of}'
        and n >= 50 and hand * 100 <= 2 * n""",
    "JRN-13": """with met as (
            select account, entry_date as d, lag(entry_date) over (partition by account order by entry_date) as l,
                min(entry_date) over () as began
            from (select distinct account, entry_date from L
                where entry_date <= date '{as_of}' and (entered_at is null or entered_at::date <= date '{as_of}')))
        select account || ' ' || d from met join '{folder}/target_days.parquet' n on n.date = date '{as_of}'
        join '{folder}/target_days.parquet' o on o.date = d left join '{folder}/target_days.parquet' b on b.date = l
        join '{folder}/target_days.parquet' f on f.date = began
        where n.day - o.day < 5 and case when l is null then o.day - f.day >= 60 else o.day - b.day > 250 end""",
    "JRN-14": """select j || ' ' || no from e join pairs p on k = 'A' and x = da and y = ca
        where nats >= 750 and p.n <= 3 and r is null and coalesce(o, 'MANUAL') <> 'AUTO'""",
    "JRN-15": """select distinct x || ' ' || y from e join pairs p on k = 'P' and x = u and (y = da or y = ca)
        where nats >= 750 and p.n <= 3 and coalesce(o, 'MANUAL') <> 'AUTO'""",
    "JRN-16": """select e.j || ' ' || e.no from e left join e o on o.j || ' ' || o.no = e.r
        where e.r is not null and (o.j is null or o.dr <> e.cr or o.da <> e.ca)""",
    "JRN-17": "select account from use where left(account, 2) not in (select root from '{folder}/chart.parquet')",
    "JRN-18": """select account from use join '{folder}/chart.parquet' on root = left(account, 2)
        where side = 'DEBIT' and s < 0 or side = 'CREDIT' and s > 0""",
    "JRN-19": "select ev from ops where ev not in (select ev from e where ev is not null)",
    "JRN-20": "select ev from e where ev is not null and r is null group by ev having count(*) > 1",
    "JRN-21": """select j || ' ' || no from e join ops using (ev) left join (
            select journal_code as j, entry_no as no, sum(debit) filter (account like '1%') as dbt,
                sum(credit) filter (account like '5%') as crd,
                count(*) filter (not (debit <> 0 and account like '1%' or credit <> 0 and account like '5%')) as other
            from L join ops on event_id = ev where entry_date <= date '{as_of}' group by all) using (j, no)
        where r is null and (dbt is distinct from gross or crd is distinct from net or other > 0 or d <> settled_on)""",
    "JRN-22": """select account || ' ' || coalesce(aux_account, '') || ' ' || letter from L
        where letter is not null and entry_date <= date '{as_of}' and letter_date <= date '{as_of}'
        group by account, aux_account, letter having sum(debit) <> sum(credit) or count(letter_date) < count(*)""",
    "JRN-23": "select j || ' ' || no from e where u = a",
    "JRN-24": "select j || ' ' || no from e where o = 'MANUAL' and a is null and dr >= 0",
    "JRN-25": """select u || ' ' || da || ' ' || ca || ' ' || d from e
        where o = 'MANUAL' and dr < 10000 and dr >= 9000 group by u, da, ca, d having count(*) > 1""",
    "JRN-26": "select j || ' ' || no from e where v < d",
    "JRN-27": """select distinct j from e join '{folder}/target_days.parquet' x on x.date = d
        join '{folder}/target_days.parquet' y on y.date = date '{as_of}' where nv < n and y.day - x.day > 22""",
    "JRN-28": "select j || ' ' || no from e where d <> d2",
    "JRN-29": """select distinct journal_code || ' ' || entry_no || ' ' || l.currency
        from L l join '{folder}/fx_rates.parquet' f on f.date = entry_date and f.currency = l.currency
        where l.currency <> 'EUR' and currency_amount is not null and entry_date <= date '{as_of}'
        and coalesce(entered_at::date, date '{as_of}') <= date '{as_of}'
        and abs(debit + credit - round(abs(currency_amount)::double / rate::double, 2)) > 5
        and abs(debit + credit - round(abs(currency_amount)::double / rate::double, 2)) * 100
            > 3 * round(abs(currency_amount)::double / rate::double, 2)""",
    "ACC-09": """select account from L where entry_date <= date '{as_of}' and entered_at::date <= date '{as_of}'
        group by account having count(aux_account) between 1 and count(*) - 1 and 2 * count(aux_account) >= count(*)""",
}


def sql(folder: Path, memory: str | None) -> dict[str, list[str]]:
    """One table of entries, one of accounts, one of pairs, and a query a control."""
    import duckdb

    config = {"memory_limit": memory, "temp_directory": str(folder / "spill")} if memory else {}
    connection = duckdb.connect(config=config)

    def told(text: str) -> str:
        lines = re.sub(r"\bL\b", f"read_parquet('{folder}/journal.parquet')", text)
        return lines.replace("{folder}", str(folder)).replace("{as_of}", str(AS_OF))

    for statement in SQL.split(";\n"):
        if statement.strip():
            connection.execute(told(statement)).fetchall()
    return {name: [row[0] for row in connection.execute(told(text)).fetchall()] for name, text in QUERIES.items()}


def pandas(folder: Path, memory: str | None) -> dict[str, list[str]]:
    """Groupbys and boolean masks, as an analyst writes them, on whole cents and days as numbers."""
    import pandas as pd

    lines = _frame(folder, "journal", *COLUMNS)
    days = _frame(folder, "target_days", "date", "open", "day").set_index("date")
    keys = lines["journal_code"].astype(str) + " " + lines["entry_no"].astype(str)
    lines["key"] = keys.astype("category")
    del keys
    end = (AS_OF - date(1970, 1, 1)).days
    lines["moment"] = lines.pop("entered_at")
    known = lines[(lines["entry_date"] <= end) & (lines["moment"] // 86_400_000_000 <= end)]
    e = _entries_of(known)
    made: dict[str, list] = {
        "JRN-01": list(e.index[e["debit"] != e["credit"]]),
        "JRN-02": list(e.index[(e["nc"] == e["n"]) & (e["debit"] == e["credit"]) & (e["cb"] != 0)]),
        "JRN-23": list(e.index[e["user"] == e["approved_by"]]),
        "JRN-24": list(e.index[(e["origin"] == "MANUAL") & e["approved_by"].isna()]),
        "JRN-26": list(e.index[e["validated_on"] < e["entry_date"]]),
        "JRN-28": list(e.index[e["entry_date"] != e["last"]]),
        "ACC-09": _collective(known),
        "JRN-16": [],
    }
    several = e.index[(e["debit"] == e["credit"]) & (e["entry_date"] != e["last"])]
    apart = (
        known[known["key"].isin(several)]
        .groupby(["journal_code", "entry_date"], observed=True)[["debit", "credit"]]
        .sum()
    )
    made["JRN-03"] = list({j for (j, _), row in apart.iterrows() if row["debit"] != row["credit"]})
    e["number"] = e["entry_no"].astype(np.int64)
    numbers = e.sort_values(["journal_code", "number"])
    before = numbers.groupby("journal_code", observed=True)["number"].shift()
    span = e.groupby("journal_code", observed=True)["number"].agg(["min", "max", "size"])
    made["JRN-05"] = list(span.index[span["max"] - span["min"] + 1 > 2 * span["size"]])
    gaps = numbers[(numbers["number"] > before + 1) & ~numbers["journal_code"].isin(made["JRN-05"])]
    starts = before[gaps.index].astype(np.int64) + 1
    made["JRN-04"] = [f"{j} {n:08d}" for j, n in zip(gaps["journal_code"], starts, strict=True)]
    made["JRN-06"] = list(e.index[e.duplicated(["journal_code", "document_ref", "debit", "credit", "n", "da", "ca"])])
    seldom = {"JRN-13": _seldom(known, days["day"], end)}
    operations = _by_operation(e, known, folder) | _by_rate(known, folder)
    return made | seldom | operations | _by_hand(e, known, days, end) | _by_account(e, known, folder, end, pd)


COLUMNS = (
    *("journal_code", "entry_no", "entry_date", "account", "debit", "credit", "currency_amount", "currency"),
    *(
        "document_ref",
        "event_id",
        "user",
        "approved_by",
        "origin",
        "validated_on",
        "letter",
        "letter_date",
        "entered_at",
        "aux_account",
    ),
)


def _collective(known) -> list[str]:
    named = known["aux_account"].notna().groupby(known["account"], observed=True).agg(["sum", "size"])
    return list(named.index[(named["sum"] > 0) & (named["sum"] < named["size"]) & (2 * named["sum"] >= named["size"])])


def _by_operation(e, known, folder: Path) -> dict[str, list]:
    sent = _frame(folder, "settlements", "instruction_id", "trade_id", "settled_on", "status")
    sent = sent.merge(_frame(folder, "trades", "trade_id", "gross_amount", "net_amount"), on="trade_id")
    dated = e.reset_index().merge(sent, left_on="event_id", right_on="instruction_id")
    began = dated.loc[dated["settled_on"] <= dated["entry_date"], "entry_date"].min()
    sent, dated = sent[sent["settled_on"] >= began], dated[dated["settled_on"] >= began]
    lines = known[known["key"].isin(dated["key"])]
    first = lines["account"].astype(str).str[0]
    lines = lines.assign(
        paid=lines["debit"].where(first == "1", 0), got=lines["credit"].where(first == "5", 0),
        other=~((lines["debit"] != 0) & (first == "1") | (lines["credit"] != 0) & (first == "5")),
    )  # fmt: skip
    recorded = lines.groupby("key", observed=True)[["paid", "got", "other"]].sum()
    found = dated.merge(recorded, left_on="key", right_index=True)
    wrong = (found["paid"] != found["gross_amount"]) | (found["got"] != found["net_amount"]) | (found["other"] > 0)
    wrong |= found["entry_date"] != found["settled_on"]
    absent = ~sent["instruction_id"].isin(e["event_id"])
    return {"JRN-19": list(sent.loc[absent, "instruction_id"]), "JRN-21": list(found.loc[wrong, "key"])}


def _by_rate(known, folder: Path) -> dict[str, list]:
    lines = known.loc[known["currency"].notna() & (known["currency"] != "EUR")]
    lines = lines[["key", "entry_date", "currency", "debit", "credit", "currency_amount"]]
    rates = _frame(folder, "fx_rates", "date", "currency", "rate")
    lines = lines.merge(rates, left_on=["entry_date", "currency"], right_on=["date", "currency"])
    due = (lines["currency_amount"].abs() / (lines["rate"] / 1e8)).round()
    apart = (lines["debit"] + lines["credit"] - due).abs()
    lines = lines[(apart > 500) & (apart * 100 > 3 * due)]
    return {"JRN-29": list((lines["key"].astype(str) + " " + lines["currency"].astype(str)).unique())}


def _entries_of(known):
    groups = known.groupby("key", observed=True, sort=False)
    e = groups.agg(
        journal_code=("journal_code", "first"), entry_no=("entry_no", "first"), entry_date=("entry_date", "min"),
        last=("entry_date", "max"), n=("debit", "size"), debit=("debit", "sum"), credit=("credit", "sum"),
        nc=("currency", "count"), document_ref=("document_ref", "first"), event_id=("event_id", "first"),
        user=("user", "first"), approved_by=("approved_by", "first"), origin=("origin", "first"),
        validated_on=("validated_on", "min"), nv=("validated_on", "count"), moment=("moment", "min"),
    )  # fmt: skip
    signed = known["currency_amount"].abs().where(known["debit"] != 0, -known["currency_amount"].abs())
    e["cb"] = signed.groupby(known["key"], observed=True, sort=False).sum()
    for name, side in (("da", "debit"), ("ca", "credit")):
        part = known[known[side] != 0]
        e[name] = part["account"].astype(np.int64).groupby(part["key"], observed=True, sort=False).min().astype(str)
    return e


def _seldom(known, day, end: int) -> list[str]:
    met = known[["account", "entry_date"]].drop_duplicates().sort_values(["account", "entry_date"])
    own, last = met["entry_date"].map(day), met.groupby("account", observed=True)["entry_date"].shift().map(day)
    first = day[met["entry_date"].min()]
    silent = (own - last > 250) | (last.isna() & (own - first >= 60))
    found = met[silent & (day[end] - own < 5)]
    return [f"{a} {np.datetime64(d, 'D')}" for a, d in zip(found["account"], found["entry_date"], strict=True)]


def _by_hand(e, known, days, end: int) -> dict[str, list]:
    hand, entered = e["origin"] == "MANUAL", e["moment"] // 86_400_000_000
    is_open, day = days["open"], days["day"]
    minute = e["moment"] % 86_400_000_000 // 60_000_000
    night = (minute < 300) | (minute > 1260) | ~entered.map(is_open)
    month = e["entry_date"].to_numpy().astype("datetime64[D]").astype("datetime64[M]")
    locked = (month.astype("datetime64[D]").astype(np.int64) + 40) * 86_400_000_000
    until = np.datetime64("2025-12")
    twice = e[e["origin"].eq("MANUAL") & (e["debit"] < 1_000_000) & (e["debit"] >= 900_000)]
    twice = twice.groupby(["user", "da", "ca", "entry_date"], observed=True).size()
    dated = [f"{u} {a} {b} {np.datetime64(d, 'D')}" for (u, a, b, d), n in twice.items() if n > 1]
    closed = e[hand & ~e["entry_date"].map(is_open)]
    closed_days = set(zip(closed["journal_code"], closed["entry_date"], strict=True))
    return {
        "JRN-07": list(e.index[(month <= until) & (e["moment"] >= locked)]),
        "JRN-08": [f"{j} {np.datetime64(d, 'D')}" for j, d in closed_days],
        "JRN-09": list(e.index[hand & night]),
        "JRN-10": list(e.index[entered.map(day) - e["entry_date"].map(day) > 5]),
        "JRN-11": list(e.index[hand & (e["debit"] >= 2_000_000) & (e["debit"] % 1_000_000 == 0)]),
        "JRN-20": list(e["event_id"].value_counts().loc[lambda n: n > 1].index),
        "JRN-25": dated,
        "JRN-27": list(set(e.loc[(e["nv"] < e["n"]) & (day[end] - e["entry_date"].map(day) > 22), "journal_code"])),
    }  # fmt: skip


def _by_account(e, known, folder: Path, end: int, pd) -> dict[str, list]:
    lettered = known[known["letter"].notna() & (known["letter_date"] <= end)]
    by = ["account", "aux_account", "letter"]
    sums = lettered.groupby(by, observed=True, dropna=False)[["debit", "credit"]].sum()
    apart = sums.index[sums["debit"] != sums["credit"]]
    use = known.groupby("account", observed=True)["origin"].value_counts().unstack(fill_value=0)
    use["n"] = use.sum(axis=1)
    sums = known.groupby("account", observed=True)[["debit", "credit"]].sum()
    balance = sums["debit"] - sums["credit"]
    auto = use.index[(use["n"] >= 50) & (use["MANUAL"] * 100 <= 2 * use["n"])]
    hand = known[(known["origin"] == "MANUAL") & known["account"].isin(auto)]
    sides = _frame(folder, "chart", "root", "side").set_index("root")["side"].to_dict()
    accounts, people = _surprising(e, "da", "ca"), None
    met = pd.concat([e[["user", "da"]].rename(columns={"da": "y"}), e[["user", "ca"]].rename(columns={"ca": "y"})])
    people = _surprising(met, "user", "y")
    by_hand = e[e["origin"] == "MANUAL"]
    written = set(zip(by_hand["user"], by_hand["da"], strict=True)) | set(
        zip(by_hand["user"], by_hand["ca"], strict=True)
    )
    pairs = pd.MultiIndex.from_frame(by_hand[["da", "ca"]])
    return {
        "JRN-12": [f"{k} {a}" for k, a in zip(hand["key"], hand["account"], strict=True)],
        "JRN-14": list(by_hand.index[pairs.isin(accounts)]),
        "JRN-15": [f"{u} {a}" for u, a in people if (u, a) in written],
        "JRN-17": [account for account in use.index if account[:2] not in sides],
        "JRN-18": [
            account
            for account, left in balance.items()
            if (sides.get(account[:2]) == "DEBIT" and left < 0) or (sides.get(account[:2]) == "CREDIT" and left > 0)
        ],
        "JRN-22": [f"{account} {'' if aux != aux else aux} {letter}" for account, aux, letter in apart],
    }


def _surprising(frame, one: str, other: str) -> list[tuple]:
    """Return the pairs of two columns met at most three times, at 7.5 nats or more."""
    met = frame.groupby([one, other], observed=True).size()
    ones, others = frame[one].value_counts(), frame[other].value_counts()
    left = met.index.get_level_values(0).map(ones).to_numpy() - 1
    right = met.index.get_level_values(1).map(others).to_numpy() - 1
    expected = left * (right / max(len(frame) - 1, 1))
    nats = np.floor(np.maximum(np.log((expected + 0.5) / (met.to_numpy() - 0.5)), 0) * 100)
    return list(met.index[(nats >= 750) & (met.to_numpy() <= 3)])


def _frame(folder: Path, name: str, *columns: str):
    """Return columns as pandas: whole cents, days and moments as numbers, texts as categories where they repeat."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from bolib.valuation import integers

    table = pq.read_table(folder / f"{name}.parquet", columns=list(columns))
    for place, column in enumerate(table.columns):
        if pa.types.is_decimal(column.type):
            values = pa.array(integers(column, null=0))
        elif pa.types.is_date(column.type):
            values = column.cast(pa.int32())
        elif pa.types.is_timestamp(column.type):
            values = column.cast(pa.int64())
        else:
            continue
        table = table.set_column(place, columns[place], values)
    repeated = [
        name
        for name in ("journal_code", "account", "aux_account", "user", "approved_by", "origin", "currency")
        if name in columns
    ]
    return table.to_pandas(categories=repeated)


@dataclass
class Run:
    """What one competitor cost."""

    name: str
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB of resident memory


def run(name: str, folder: Path, memory: str) -> Run:
    """Run a competitor in its own process; its answer stays in the folder."""
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, "--only", name, "--folder", folder, "--memory", memory])
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{name} failed with status {status}")
    return Run(name, time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(folder: Path, memory: str, names: list[str]) -> None:
    """Run the competitors and print them; stop if two answers differ."""
    print(f"{'':8} {'wall s':>7} {'cpu s':>7} {'peak MB':>8}   cpu against the SQL")
    runs = [run(name, folder, memory) for name in names]
    base = next((one.cpu for one in runs if one.name == "sql"), runs[0].cpu)
    for one in runs:
        print(f"{one.name:8} {one.wall:7.1f} {one.cpu:7.1f} {one.peak:8.0f}   {one.cpu / base:5.2f}")
    answers = {name: json.loads((folder / f"{name}.json").read_text()) for name in names}
    first = answers[names[0]]
    for name, answer in answers.items():
        wrong = [control for control in CONTROLS if answer[control] != first[control]]
        if wrong:
            sys.exit(f"{names[0]} and {name} differ: " + "; ".join(f"{c} {first[c]} {answer[c]}" for c in wrong))
    found = ", ".join(f"{control[4:]} {first[control][0]:,}" for control in CONTROLS)
    print(f"the same breaches of {len(CONTROLS)} controls from all: {found}")


def answer(found: dict[str, list[str]]) -> dict[str, list]:
    """Return the count of each control's breaches and a hash of their keys in order."""
    return {
        name: [len(keys), hashlib.sha256("\n".join(sorted(map(str, keys))).encode()).hexdigest()[:12]]
        for name, keys in found.items()
    }


def main() -> None:
    """Make the tables and compare, or be one competitor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--memory", default=MEMORY)
    parser.add_argument("--names", nargs="+", default=list(NAMES))
    parser.add_argument("--only", choices=("make", *NAMES))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.only == "make":
        make_journal(asked.folder, asked.lines)
    elif asked.only:
        found = {"bolib": bolib, "sql": sql, "pandas": pandas}[asked.only](asked.folder, asked.memory or None)
        (asked.folder / f"{asked.only}.json").write_text(json.dumps(answer(found)))
    if asked.only:
        return
    with tempfile.TemporaryDirectory() as folder:
        # in its own process: a child begins with the peak of the one it comes from
        made = ["--only", "make", "--folder", folder, "--lines", str(asked.lines)]
        subprocess.run([sys.executable, __file__, *made], check=True)
        print(f"{asked.lines:,} lines, {os.path.getsize(Path(folder) / 'journal.parquet') / 1e6:.0f} MB of Parquet")
        compare(Path(folder), asked.memory, asked.names)


if __name__ == "__main__":
    main()
