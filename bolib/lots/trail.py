"""Write what the slices say as rows: matches, lots and positions."""

import numpy as np
import pyarrow as pa

from bolib.lots.events import Events
from bolib.lots.legs import Legs
from bolib.lots.pools import Lots, Path, Slices, cost_after, earned
from bolib.lots.transfers import openers
from bolib.valuation.exact import AMOUNT, QUANTITY, decimals, multiply_divide
from bolib.valuation.keys import ends, running

NO_LATER_DAY = 99_999_999
"""`until_day` of a position's last row."""

COLUMNS = pa.schema(
    [
        ("state", pa.int64()),
        ("isin", pa.string()),
        ("book", pa.string()),
        ("kind", pa.string()),  # MATCH, LOT or POSITION
        ("open_trade_id", pa.string()),  # MATCH, LOT; PMP where the method is PMP
        ("close_trade_id", pa.string()),  # MATCH
        ("opened_on", pa.date32()),  # MATCH, LOT
        ("day", pa.int64()),  # MATCH: of the close; POSITION: from this day...
        ("until_day", pa.int64()),  # ...to the day before this one
        ("quantity", QUANTITY),  # MATCH: > 0, units of the day; LOT, POSITION: signed
        ("cost", AMOUNT),  # >= 0; of a short MATCH the buy-back, of a short LOT the sale
        ("proceeds", AMOUNT),  # MATCH
        ("result", AMOUNT),  # MATCH: proceeds - cost; POSITION: realised on the day
    ]
)
"""The result of `match_lots`; a column that does not concern a kind is empty in its rows."""


def trail_rows(events: Events, legs: Legs, way: Path, slices: Slices, lots: Lots) -> pa.Table:
    """Return matches, lots and positions as rows of `COLUMNS`."""
    parts = (
        _matches(events, legs, way, slices),
        _compensations(events, legs),
        _lots(events, legs, way, lots),
        _positions(events, legs, way, slices),
    )
    return pa.concat_tables(parts)


def _rows(events: Events, kind: str, position: np.ndarray, **columns: np.ndarray | pa.Array) -> pa.Table:
    """Return rows of one kind; what is not given is missing."""
    places = events.positions
    given = {name: getattr(places, name).take(position) for name in ("state", "isin", "book")}
    given |= {"kind": pa.repeat(kind, len(position))} | columns
    return pa.table([_column(given.get(field.name), field.type, len(position)) for field in COLUMNS], schema=COLUMNS)


def _column(values: np.ndarray | pa.Array | None, kind: pa.DataType, rows: int) -> pa.Array:
    if values is None:
        return pa.nulls(rows, kind)
    if isinstance(values, pa.Array):
        return values
    return decimals(values, kind) if pa.types.is_decimal(kind) else pa.array(values, _INTEGER[kind]).view(kind)


_INTEGER = {pa.int64(): pa.int64(), pa.date32(): pa.int32()}


def _quantity(events: Events, position: np.ndarray, units: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return common units as millionths of a quantity in the units of a day."""
    return multiply_divide([units, events.positions.unit[position]], [factor])


def _matches(events: Events, legs: Legs, way: Path, slices: Slices) -> pa.Table:
    """Return what each closing leg took from each lot; of a short the sale came first."""
    position, long = legs.position[slices.leg], way.before[slices.leg] > 0
    cost, proceeds = np.where(long, (slices.drawn, slices.dealt), (slices.dealt, slices.drawn))
    return _rows(
        events, "MATCH", position,
        open_trade_id=events.trade_id.take(openers(events, legs, slices.pool)),
        close_trade_id=events.trade_id.take(legs.row[slices.leg]),
        opened_on=legs.opened_on[slices.pool], day=legs.day[slices.leg],
        quantity=_quantity(events, position, slices.units, legs.factor[slices.leg]),
        cost=cost, proceeds=proceeds, result=proceeds - cost,
    )  # fmt: skip


def _compensations(events: Events, legs: Legs) -> pa.Table:
    """Return what arrivals of transfers realise: the giver's result with the other sign."""
    at = legs.take((legs.proceeds != 0) | (legs.cost != 0))
    return _rows(
        events, "MATCH", at.position,
        open_trade_id=events.trade_id.take(at.opener), close_trade_id=events.trade_id.take(at.row),
        opened_on=at.opened_on, day=at.day, quantity=np.zeros(len(at.row), np.int64),
        cost=at.cost, proceeds=at.proceeds, result=at.proceeds - at.cost,
    )  # fmt: skip


def _lots(events: Events, legs: Legs, way: Path, lots: Lots) -> pa.Table:
    """Return what is left; a remainder too small for a unit or a cent is not shown."""
    position = legs.position[lots.pool]
    last = ends(legs.position)
    sign = np.sign(way.after[last])[position]
    units = _quantity(events, position, sign * lots.units, events.positions.factor[position])
    shown = np.flatnonzero((units != 0) | (lots.cents != 0))
    return _rows(
        events, "LOT", position[shown],
        open_trade_id=events.trade_id.take(openers(events, legs, lots.pool[shown])),
        opened_on=legs.opened_on[lots.pool[shown]], quantity=units[shown], cost=lots.cents[shown],
    )  # fmt: skip


def _positions(events: Events, legs: Legs, way: Path, slices: Slices) -> pa.Table:
    """Return each position after each day on which something happened to it."""
    day_number = np.cumsum((np.diff(legs.day, prepend=0) != 0) | (np.diff(legs.position, prepend=-1) != 0))
    last = ends(day_number)
    result = running(earned(legs, way, slices), day_number)[last]
    dealt = running(np.where(events.splits[legs.row], 0, 1), day_number)[last]
    shown = (dealt > 0) | (way.after[last] != 0)
    last, result = last[shown], result[shown]

    position, day = legs.position[last], legs.day[last]
    same = np.diff(position, append=-1) == 0
    return _rows(
        events, "POSITION", position, day=day, until_day=np.where(same, np.roll(day, -1), NO_LATER_DAY),
        quantity=_quantity(events, position, way.after[last], legs.factor[last]),
        cost=cost_after(way, slices, legs.position)[last], result=result,
    )  # fmt: skip
