"""How far the notebooks are, on a terminal; nothing in a pipe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bolib.run import Progress, silent


@contextmanager
def on_terminal(title: str) -> Iterator[Progress]:
    """Give the function that shows a notebook's progress; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = [TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        bars.console.print(f"[bold]{title}[/bold]")
        tasks: dict[str, int] = {}

        def show(name: str, done: int, cells: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=cells)
            bars.update(tasks[name], completed=done)

        yield show
