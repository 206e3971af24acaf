"""The kernel: both counters of every loan, as of several evenings, with what was known on each."""

import numpy as np
import pyarrow as pa

from bolib.arrears.contractual import counted_pauses, days_past_due, overdue_since
from bolib.arrears.default import Defaults, defaults
from bolib.arrears.materiality import Runs, by_unit, lasting, limits, running_steps, runs
from bolib.arrears.paths import Events, Steps, counting, events, last_amounts, past_due, turning_days, with_walks
from bolib.arrears.portfolio import (
    NEVER,
    Dues,
    Exposures,
    Loans,
    Pauses,
    Places,
    Receipts,
    in_euro,
    read_dues,
    read_exposures,
    read_loans,
    read_pauses,
    read_receipts,
)
from bolib.arrears.terms import Terms
from bolib.valuation.exact import AMOUNT, decimals

COLUMNS = pa.schema(
    [("day", pa.date32()), ("loan", pa.int64()), ("overdue_since", pa.date32()), ("days_past_due", pa.int64())]
    + [("amount_past_due", AMOUNT), ("arrears_since", pa.date32()), ("cleared_on", pa.date32())]
    + [("material_since", pa.date32()), ("days_material", pa.int64()), ("default_since", pa.date32())]
    + [("default_until", pa.date32()), ("in_default", pa.bool_()), ("obligor_in_default", pa.bool_())]
)
"""Result of `count_days`, one row a loan and evening.

overdue_since: due date of the oldest instalment not wholly paid; days_past_due: days since, pauses left out.
arrears_since: due date since which something has always been past due; cleared_on: last day on which nothing was
any more. material_since: day before the first on which both thresholds were exceeded without a break; days_material:
days since, pauses left out. default_until: first day on which the default may end, empty while arrears are material.
"""


class Portfolio:
    """The tables of one call, read once and looked at on several evenings."""

    def __init__(self, tables: tuple[pa.Table, ...], terms: Terms):
        loans, instalments, payments, pauses, exposures = tables
        self.terms = terms
        self.loans: Loans = read_loans(loans, terms)
        places = Places(self.loans.loan)
        self.dues: Dues = read_dues(instalments, places)
        self.receipts: Receipts = read_receipts(payments, places)
        self.pauses: Pauses = read_pauses(pauses, places)
        self.exposures: Exposures = read_exposures(exposures)
        self.events: Events = events(self.dues, self.receipts)


def count_days(
    loans: pa.Table,
    instalments: pa.Table,
    payments: pa.Table,
    pauses: pa.Table,
    exposures: pa.Table,
    *,
    evenings: tuple[int, ...],
    terms: Terms,
) -> pa.Table:
    """Return both counters of each loan on each of the evenings (`COLUMNS`).

    loans: obligor, loan (whole numbers), kind, outstanding, forborne_on, per_euro (units of its
    currency for one euro: the thresholds are in euro). instalments: loan, instalment_no, due_on,
    amount, onerous (the higher, the more so), known_on, until_on (counts on evenings from the one and before the
    other). payments: loan, value_date, amount, known_on, until_on (likewise; also when it was returned),
    designated_to. pauses: loan, from_date, to_date, known_on. exposures: obligor, date, on_balance, per_euro.
    """
    if not loans.num_rows:
        return COLUMNS.empty_table()
    portfolio = Portfolio((loans, instalments, payments, pauses, exposures), terms)
    return pa.concat_tables([_evening(portfolio, day) for day in evenings])


def _evening(portfolio: Portfolio, day: int) -> pa.Table:
    loans, number = portfolio.loans, len(portfolio.loans.loan)
    found = counting(portfolio.events, day)
    steps, walked = with_walks(past_due(found), portfolio.dues, portfolio.receipts, number, day)
    amounts, turned = last_amounts(steps, number), turning_days(steps, number)
    since, pauses = overdue_since(found, walked, amounts), counted_pauses(portfolio.pauses, day)
    found_runs = _material_runs(portfolio, steps, pauses, day)
    forborne = _forborne(loans, day)
    state = defaults(found_runs, forborne, portfolio.terms, day)
    late = amounts > 0
    columns = [np.full(number, day), loans.loan, since, days_past_due(since, pauses, day), amounts]
    columns += [np.where(late, turned - 1, NEVER), np.where(late, NEVER, turned)]
    return _table([*columns, *_prudential(loans, found_runs, state)])


def _material_runs(portfolio: Portfolio, steps: Steps, pauses: Pauses, day: int) -> Runs:
    """Return the runs of material arrears of the units that were ever past due."""
    loans, terms = portfolio.loans, portfolio.terms
    steps = lasting(steps, loans, terms.default_after)
    steps.cents = in_euro(steps.cents, loans.per_euro[steps.owner])
    ever = np.zeros(len(loans.loan), bool)
    ever[steps.owner] = True
    chosen = ever[pauses.place]
    mine = Pauses(*(values[chosen] for values in vars(pauses).values()))
    owed = by_unit(steps, loans.unit)
    active = by_unit(running_steps(steps, mine), loans.unit) if len(mine.place) else owed
    limit = limits(loans, portfolio.exposures, np.unique(owed.owner), terms, day)
    return runs(owed, active, limit, day, terms.default_after)


def _forborne(loans: Loans, day: int) -> np.ndarray:
    """Return by place of the unit the last forbearance granted by the evening of `day`."""
    granted = np.where(loans.forborne <= day, loans.forborne, -NEVER)
    last = np.full(len(granted), -NEVER)
    np.maximum.at(last, loans.unit, granted)
    return np.where(last == -NEVER, NEVER, last)


def _prudential(loans: Loans, found: Runs, state: Defaults) -> list[np.ndarray]:
    """Return the prudential columns of each loan: those of its unit."""
    since, days = np.full(len(loans.loan), NEVER), np.zeros(len(loans.loan), np.int64)
    lasting = found.end == NEVER
    since[found.unit[lasting]] = found.start[lasting] - 1
    days[found.unit[lasting]] = found.counted[lasting]
    mine = state.since[loans.unit] < NEVER
    any_loan = np.zeros(len(mine), bool)
    np.logical_or.at(any_loan, loans.first_of_obligor, mine)
    own = loans.unit
    return [since[own], days[own], state.since[own], state.until[own], mine, any_loan[loans.first_of_obligor]]


def _table(columns: list[np.ndarray]) -> pa.Table:
    return pa.table(
        [_column(values, kind) for values, kind in zip(columns, COLUMNS.types, strict=True)], schema=COLUMNS
    )


def _column(values: np.ndarray, kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind):
        return pa.array(values.astype(np.int32), mask=values >= NEVER).cast(kind)
    return decimals(values, kind) if pa.types.is_decimal(kind) else pa.array(values, kind)
