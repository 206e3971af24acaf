"""The live widgets of the investigation notebook: a day's findings to sort, filter, pick and open."""

from bolib.workbench.bench import Bench, open_bench

__all__ = ["Bench", "open_bench"]
