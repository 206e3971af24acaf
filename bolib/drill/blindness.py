"""Faults of the calculation itself: a kernel of the daily result, or a table of the anomalies, that misses something.

No row of a bank's data can make the two routes to the result disagree, leave a cent unexplained, or lose an operation
of the funnel; only a calculation that is wrong can. So one step is made blind, for one replay.
"""

from collections.abc import Callable, Collection, Iterable
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from bolib import anomalies, pnl
from bolib.day import Day
from bolib.engine import Kernel
from bolib.results import Result


def without_fees(kernel: Kernel) -> Kernel:
    """Return the kernel on deals that cost no fees."""

    def blind(flows: pa.Table, *others: pa.Table) -> pa.Table:
        none = pc.subtract(flows["fees"], flows["fees"]).cast(flows.schema.field("fees").type)
        return kernel(flows.set_column(flows.schema.get_field_index("fees"), "fees", none), *others)

    return blind


def without_losses(kernel: Kernel) -> Kernel:
    """Return the kernel with every loss on a closed lot at zero."""

    def blind(*tables: pa.Table) -> pa.Table:
        rows = kernel(*tables)
        none = pc.subtract(rows["result"], rows["result"]).cast(rows.schema.field("result").type)
        seen = pc.if_else(pc.less(rows["result"], none), none, rows["result"])
        return rows.set_column(rows.schema.get_field_index("result"), "result", seen)

    return blind


def without_waiting(states: pa.Table) -> pa.Table:
    """Return the funnel without the operations that wait for another step."""
    return states.filter(pc.equal(states["waiting"], 0))


KERNELS: dict[str, tuple[str, Callable[[Kernel], Kernel]]] = {
    "fees": ("attributed", without_fees),
    "losses": ("lot_rows", without_losses),
}
"""What a step of the daily result may be blind to: the table it makes, and the step made blind."""

VIEWS: dict[str, tuple[str, Callable[[pa.Table], pa.Table]]] = {"waiting": ("funnel", without_waiting)}
"""What a table of the anomalies may be blind to: the table, and what is left of it."""

BLINDNESSES = {*KERNELS, *VIEWS}


def reports_of(blind_to: Collection[str]) -> list[str]:
    """Return the reports of which something is blind."""
    return [name for name, kinds in (("pnl", KERNELS), ("anomalies", VIEWS)) if set(kinds) & set(blind_to)]


def produced(report: str, day: Day, blind_to: Collection[str]) -> Result:
    """Return a report of which something is blind."""
    return pnl.produce(day, steps(blind_to)) if report == "pnl" else anomalies.produce(day, partial(_spoil, blind_to))


def steps(blind_to: Iterable[str]) -> tuple:
    """Return the steps of the daily result, some of them blind."""
    blinding = dict(KERNELS[name] for name in blind_to if name in KERNELS)
    return tuple(
        (views, blinding[into](kernel) if into in blinding else kernel, into) for views, kernel, into in pnl.STEPS
    )


def _spoil(blind_to: Iterable[str], day: Day) -> None:
    for table, blind in (VIEWS[name] for name in blind_to if name in VIEWS):
        day.engine.add(table, blind(day.engine.table(table)))
