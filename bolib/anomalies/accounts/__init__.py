"""Accounts: does each balance follow from the one before and the journal, and agree with what stands beside it?"""

import datetime

import pyarrow as pa

from bolib.anomalies.accounts.openings import opening_days, opening_names
from bolib.anomalies.accounts.years import fiscal_years
from bolib.day import Day
from bolib.errors import ParameterError
from bolib.results import earlier, read

TABLES = ("ledger_balances", "account_sheets", "account_journals", "ledger_comparisons")

SUBLEDGERS = pa.schema([(name, pa.string()) for name in ("sub_account", "currency", "ledger")])
RESULT_ACCOUNTS = pa.schema([(name, pa.string()) for name in ("book", "account")])
MONEY = pa.decimal128(18, 2)
BEFORE = pa.schema(
    [("date", pa.date32()), ("account", pa.string())]
    + [(name, MONEY) for name in ("closing", "journal_debit", "journal_credit")]
    + [("proven", pa.bool_()), ("as_of", pa.date32())]
)
PUBLISHED = pa.schema([("date", pa.date32()), ("book", pa.string()), ("currency", pa.string()), ("total", MONEY)])


def prepare(day: Day) -> None:
    """Add what is compared with the ledger: sub-ledgers, the results last published, the balances last proven.

    And the fiscal years, which begin the accounts of the result at nil, and how the entries that open one are told.
    """
    said = day.parameters
    opened, years = said.get("openings"), (said.get("fiscal_month", 1), said.get("fiscal_years"))
    day.engine.add("fiscal_years", fiscal_years(day.as_of, opening_days(opened), *years))
    day.engine.add("opening_names", opening_names(opened))
    day.engine.add("subledger_accounts", _parameter(day, "subledgers", SUBLEDGERS))
    day.engine.add("result_accounts", _parameter(day, "result_accounts", RESULT_ACCOUNTS))
    day.engine.add("balances_before", _published(day, "ledger_balances", BEFORE))
    day.engine.add("published_results", _last_day(_published(day, "pnl_books", PUBLISHED)))


def _parameter(day: Day, name: str, schema: pa.Schema) -> pa.Table:
    """Return the rows a parameter lists; one that names other words stops the run."""
    rows = day.parameters.get(name) or []
    wrong = [row for row in rows if not isinstance(row, dict) or set(row) != set(schema.names)]
    if wrong:
        where = f"parameters/anomalies.yml, {name}"
        raise ParameterError(where, f"the words {', '.join(schema.names)}", str(wrong[0]), "Correct the file.")
    return pa.Table.from_pylist([{key: str(value) for key, value in row.items()} for row in rows], schema=schema)


def _published(day: Day, name: str, schema: pa.Schema) -> pa.Table:
    """Return a result of the last day published before this one, with that day beside it; none where none was."""
    folder = earlier(day.history, day.as_of)
    rows = read(folder, name) if folder else None
    if rows is None:
        return schema.empty_table()
    on = datetime.date.fromisoformat(folder.parent.name)
    if "as_of" in schema.names:
        rows = rows.append_column("as_of", pa.array([on] * len(rows), pa.date32()))
    return rows.select(schema.names).cast(schema)


def _last_day(rows: pa.Table) -> pa.Table:
    """Return the rows of the last date among them."""
    last = max(rows["date"].to_pylist(), default=None)
    return rows.filter(pa.array([one == last for one in rows["date"].to_pylist()], pa.bool_()))
