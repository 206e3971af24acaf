"""The results of a comparison beside its page: matches, breaks and differences, as Parquet and CSV."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bolib.comparison import told
from bolib.comparison.judge import CLASSES, Outcome
from bolib.engine import Engine
from bolib.formats import literal

CSV_ROWS = 1_000_000
"""Rows up to which a result is written as CSV too: beyond, no spreadsheet opens it."""
ORDER = {"breaks": "class, key, side, line", "differences": 'key, "column"', "matches": ""}
PAGE = "match.html"
FILES = (PAGE, *(f"{name}.{kind}" for name in ORDER for kind in ("parquet", "csv")))
"""What a comparison leaves in its folder."""


def reconciliation(outcome: Outcome) -> str:
    """Return what the comparison is called in its results."""
    return " / ".join(outcome.names)


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """Give a place to write to; once all is written, it replaces what an earlier comparison left in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".bolib-", dir=folder) as place:
        yield Path(place)
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        for path in Path(place).iterdir():
            path.rename(folder / path.name)


def write(outcome: Outcome, folder: Path, engine: Engine) -> list[str]:
    """Write every result; return the names of the files. The rows a reader could not read are among the breaks."""
    named, texts = reconciliation(outcome), outcome.texts
    selects = {
        "breaks": all_breaks(outcome),
        "differences": told.differences(texts),
        "matches": told.matches(texts, named),
    }
    rows = {"breaks": outcome.broken, "differences": outcome.broken, "matches": 2 * outcome.matched}
    written = []
    for name, select in selects.items():
        ordered = f"select * from ({select}) order by {ORDER[name]}" if ORDER[name] else select
        engine.write(ordered, folder / f"{name}.parquet")
        written.append(f"{name}.parquet")
        csv = folder / f"{name}.csv"
        if rows[name] <= CSV_ROWS:
            engine.write(f"select * from read_parquet({literal(folder / f'{name}.parquet')})", csv)
            written.insert(-1, csv.name)
    return written


def all_breaks(outcome: Outcome) -> str:
    """Return the result `breaks` as a SELECT, the rows no reader could split included."""
    return told.breaks(outcome.texts, reconciliation(outcome), outcome.names) + unreadable(outcome)


def unreadable(outcome: Outcome) -> str:
    """Return the rows no reader could split, as SQL that continues the breaks."""
    named, nothing = literal(reconciliation(outcome)), "null, null, null, null"
    rows = [
        f" union all select {named}, {literal(f'line {one.line}')}, '{side.word}', 'UNREADABLE', {nothing},"
        f" {literal(one.reason)}, {one.line}"
        for side in outcome.sides
        for one in side.broken
    ]
    return "".join(rows)


def shown(outcome: Outcome, engine: Engine, limit: int) -> dict[str, list[dict]]:
    """Return the first rows of each result as a person reads them: the largest differences first."""
    texts, order = outcome.texts, " ".join(f"when '{name}' then {place}" for place, name in enumerate(CLASSES))
    size = "abs(coalesce(try_cast(difference as decimal(38,9)), 0)) desc, key"
    big = "abs(coalesce(amount, 0)) desc" if texts.amount is not None else "side"
    different = f"select * from ({told.differences(texts)}) where"
    return {
        "different": engine.query(f"{different} not tolerated order by {size} limit {limit}").to_pylist(),
        "tolerated": engine.query(f"{different} tolerated order by {size} limit {limit}").to_pylist(),
        "alone": engine.query(
            "select side, key, class, cast(amount as varchar) as amount, currency, explanation, line"
            f" from ({all_breaks(outcome)})"
            " where class in ('DUPLICATE', 'MISSING_OURS', 'MISSING_THEIRS', 'UNREADABLE')"
            f" order by case class {order} end, {big}, key, side limit {limit}"
        ).to_pylist(),
    }
