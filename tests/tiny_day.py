"""A day small enough to fail on purpose: three notebooks of a few cells, no data, and a load that proves nothing.

As a script it runs such a day, so that a test can kill it: `python tiny_day.py FOLDER`.
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
from nbformat import v4

import bolib.load
from bolib.cli import main
from bolib.run import Limits, Request
from bolib.tables.results import RESULTS
from bolib.views import complete

PARAMETERS = """\
as_of = "2026-03-31"  # business day
data = "data/sample"
parameters = "parameters"
thresholds = {}
results = ""
history = ""
archive = ""
engine = "duckdb"
memory = ""
"""

# What results.save leaves: no findings, one sentence.
SAVES = """\
import json
import pyarrow as pa, pyarrow.parquet as pq
from pathlib import Path
from bolib.tables.results import RESULTS
from bolib.views import complete
parts = Path(results) / "parts"
parts.mkdir(parents=True, exist_ok=True)
findings = complete(RESULTS["findings"], None)
pq.write_table(findings.select([c for c in findings.column_names if c != "known_at"]), parts / "{report}.parquet")
verdict = {{"text": "{report} looked at " + as_of, "level": "good", "counts": {{}}}}
proven = "unpriced" not in globals()
part = {{"proven": proven, "verdict": verdict, "headline": [], "checked": []}}
(parts / "{report}.json").write_text(json.dumps(part))
"""


def request(folder: Path, **settings) -> Request:
    """Return the request of a tiny day under `folder`, with three notebooks; those not yet written succeed."""
    for name in ("data", "parameters", "notebooks"):
        (folder / name).mkdir(exist_ok=True)
    for report in ("pnl", "deadlines", "anomalies"):
        if not (folder / "notebooks" / f"{report}.ipynb").exists():
            notebook(folder, report)
    places = {name: folder / name for name in ("data", "parameters", "notebooks", "out", "archive")}
    given = Request(date(2026, 3, 31), **places, limits=Limits(cell=20, notebook=30))
    return replace(given, **settings)


def notebook(folder: Path, report: str, *cells: str) -> None:
    """Write the notebook of `report`: its parameters, the cells given, and the cell that saves its results."""
    tagged = v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    body = [v4.new_code_cell(cell) for cell in (*cells, SAVES.format(report=report), "as_of")]
    whole = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {report}"), tagged, *body])
    (folder / "notebooks").mkdir(exist_ok=True)
    nbformat.write(whole, folder / "notebooks" / f"{report}.ipynb")


def load(*_, proven: bool = True) -> SimpleNamespace:
    """Return what `bolib.load.load` returns, of a day without any file."""
    tables = {name: complete(RESULTS[name], None).drop(["known_at"]) for name in ("completeness", "set_aside")}
    return SimpleNamespace(**tables, inputs={}, proven=proven)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    bolib.load.load = load
    bolib.run.Request = lambda as_of, **given: request(folder, as_of=as_of, **given)
    notebook(folder, "pnl", *sys.argv[2:])
    sys.argv[1:] = ["run", "--as-of", "2026-03-31"]
    main()
