"""Run the notebooks on the sample day and store the outputs nbval compares; all others stay empty.

    .venv/bin/python tests/stored_outputs.py

Look at the difference before committing it: it is the day's result that changed.
"""

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

PROJECT = Path(__file__).parent.parent
COMPARED = "nbval-check-output"
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
REPORTS = ("pnl", "deadlines", "anomalies")


def store(path: Path) -> None:
    """Write the notebook with the outputs of its compared cells as they come out today."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code" and COMPARED in cell.metadata.get("tags", []):
            for output in cell.outputs:
                output.data["text/html"] = STYLE.sub("<style></style>", output.data["text/html"])
        elif cell.cell_type == "code":
            cell.execution_count, cell.outputs = None, []
    notebook.metadata = {name: notebook.metadata[name] for name in ("kernelspec", "language_info")}
    notebook.metadata.language_info = {"name": "python"}
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or REPORTS:
        store(PROJECT / "notebooks" / f"{name}.ipynb")
