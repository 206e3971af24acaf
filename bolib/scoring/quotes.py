"""Kernel: prices that leave their market, and prices that have stopped moving, each against its own habits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.scoring.moves import WINDOW, hundredths
from bolib.valuation import PRICE, integers

LEAST = 20
"""Earlier moves below which a price has no habits."""

OTHERS = 5
"""Instruments that make a market: the median of fewer is the move of one of them."""

NORMAL = 1.4826
"""Median size of a move to its standard deviation, where nothing is odd."""

BASIS_POINTS = pa.decimal128(18, 2)

QUOTES = pa.schema(
    [
        *((name, pa.string()) for name in ("block", "key")),
        ("day", pa.date32()),
        *((name, pa.string()) for name in ("kind", "state")),
        ("score", pa.decimal128(18, 2)),
        ("price", PRICE),
        *((name, BASIS_POINTS) for name in ("move_bp", "market_bp", "usual_bp", "limit_bp")),
        ("since", pa.date32()),
        *((name, pa.int64()) for name in ("run", "unchanged", "known")),
    ]
)


@dataclass(frozen=True)
class Limits:
    """From where on a price is told: spreads and basis points of a move, nats of a run without one."""

    spreads: float
    least_bp: int
    nats: float


def quotes(spreads: float, least_bp: int, nats: float) -> Callable[[pa.Table], pa.Table]:
    """Return the kernel that gives the prices that moved by themselves, and those that stopped.

    Rows: block, key (the instrument), market, day, judged, price, event (a split or detachment that day).
    A move is taken less the median move of its market that day, and told from `spreads` times the usual
    size of the (at most 60) earlier ones and from `least_bp` on. Kind MOVE: PROVISIONAL on the last day known;
    a day later CONFIRMED where at least half of it went back, a wrong price, else CLOSED, a real move.

    Kind STALE, on the last judged day: a run of unchanged prices worth - run x ln p nats, p the share of days
    on which this price was unchanged before.
    """
    return partial(_judged, Limits(spreads, least_bp, nats))


@dataclass(frozen=True)
class Series:
    """The prices of one instrument, day by day; moves in hundredths of a basis point, the market's apart."""

    block: str
    key: str
    days: list[date]
    judged: np.ndarray
    prices: np.ndarray
    moves: np.ndarray
    market: np.ndarray
    event: np.ndarray


def _judged(limits: Limits, rows: pa.Table) -> pa.Table:
    rows = rows.filter(pc.is_valid(rows["price"]))
    found = []
    for series in _series(rows):
        found += [*_moved(series, limits), *_stale(series, limits)]
    return pa.Table.from_pylist(found, schema=QUOTES)


def _series(rows: pa.Table) -> Iterator[Series]:
    rows = rows.sort_by([("block", "ascending"), ("key", "ascending"), ("day", "ascending")])
    prices, days = integers(rows["price"].cast(PRICE)), rows["day"].to_pylist()
    names = list(zip(rows["block"].to_pylist(), rows["key"].to_pylist(), strict=True))
    first = np.array([not place or names[place - 1] != name for place, name in enumerate(names)], dtype=bool)
    event = pc.fill_null(rows["event"], False).to_numpy() | first
    moves = _moves(prices, first)
    market = _market(list(zip(rows["market"].to_pylist(), days, strict=True)), moves, event)
    judged = rows["judged"].to_numpy()
    starts = [*np.flatnonzero(first).tolist(), len(names)]
    for start, end in pairwise(starts):
        part = slice(start, end)
        yield Series(*names[start], days[part], judged[part], prices[part], moves[part], market[part], event[part])


def _moves(prices: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return each price's move since the one before, in hundredths of a basis point; none for the first."""
    before = np.where(first, prices, np.roll(prices, 1))
    pairs = zip(prices.tolist(), before.tolist(), strict=True)
    return np.array([hundredths(price - last, last) for price, last in pairs], dtype=np.int64)


def _market(places: list[tuple], moves: np.ndarray, event: np.ndarray) -> np.ndarray:
    """Return for each row the median move of its market that day; nothing where too few make one."""
    together: dict[tuple, list[int]] = {}
    for place, name in enumerate(places):
        if not event[place]:
            together.setdefault(name, []).append(int(moves[place]))
    median = {name: int(np.median(sizes)) for name, sizes in together.items() if len(sizes) >= OTHERS}
    return np.array([median.get(name, 0) for name in places], dtype=np.int64)


def _moved(series: Series, limits: Limits) -> Iterator[dict]:
    own = np.where(series.event, 0, series.moves - series.market)
    for place in np.flatnonzero(series.judged & ~series.event).tolist():
        before = np.abs(own[max(0, place - WINDOW) : place][~series.event[max(0, place - WINDOW) : place]])
        if len(before) < LEAST:
            continue
        usual = int(np.median(before))
        spread = max(usual * NORMAL, limits.least_bp * 100 / limits.spreads)
        score = int(np.round(own[place] / spread * 100))
        if abs(score) >= round(limits.spreads * 100):
            yield _row(series, place, score) | {
                "kind": "MOVE",
                "state": _state(own, place),
                "usual_bp": _money(usual),
                "limit_bp": _money(np.round(limits.spreads * spread)),
                "known": len(before),
            }


def _state(own: np.ndarray, place: int) -> str:
    if place + 1 >= len(own):
        return "PROVISIONAL"
    return "CONFIRMED" if 2 * abs(int(own[place] + own[place + 1])) <= abs(int(own[place])) else "CLOSED"


def _stale(series: Series, limits: Limits) -> Iterator[dict]:
    last = len(series.days) - 1
    still = series.prices[1:] == series.prices[:-1]
    run = 0
    while run < len(still) and still[len(still) - 1 - run]:
        run += 1
    earlier = still[: len(still) - run]
    if not run or not series.judged[last] or len(earlier) < LEAST:
        return
    unchanged = int(earlier.sum())
    score = int(np.round(-run * np.log((unchanged + 0.5) / (len(earlier) + 1)) * 100))
    if score >= round(limits.nats * 100):
        yield _row(series, last, score) | {
            "kind": "STALE",
            "state": "OPEN",
            "since": series.days[last - run],
            "run": run,
            "unchanged": unchanged,
            "known": len(earlier),
        }


def _row(series: Series, place: int, score: int) -> dict:
    return {
        "block": series.block,
        "key": series.key,
        "day": series.days[place],
        "score": Decimal(score).scaleb(-2),
        "price": Decimal(int(series.prices[place])).scaleb(-PRICE.scale),
        "move_bp": _money(series.moves[place]),
        "market_bp": _money(series.market[place]),
    }


def _money(hundredth: int) -> Decimal:
    return Decimal(int(hundredth)).scaleb(-2)
