"""Faults of the calculation itself: a kernel of the daily result that does not see something.

No row of a bank's data can make the two routes to the result disagree, or leave a cent unexplained; only a calculation
that is wrong can. So one step is made blind, for one replay.
"""

from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from bolib import pnl
from bolib.engine import Kernel


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


BLINDNESSES: dict[str, tuple[str, Callable[[Kernel], Kernel]]] = {
    "fees": ("attributed", without_fees),
    "losses": ("lot_rows", without_losses),
}
"""What a step may be blind to: the table it makes, and the step made blind."""


def steps(blind_to: Iterable[str]) -> tuple:
    """Return the steps of the daily result, some of them blind."""
    blinding = dict(BLINDNESSES[name] for name in blind_to)
    return tuple(
        (views, blinding[into](kernel) if into in blinding else kernel, into) for views, kernel, into in pnl.STEPS
    )
