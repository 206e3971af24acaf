"""What a run leaves to be read: pages, executed notebooks, merged findings, and `run.json` that names everything."""

import json
import platform
import subprocess
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree
from time import monotonic
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow.parquet as pq

import bolib
from bolib import PROJECT
from bolib.report import notebook, page
from bolib.results import LEVELS, frame, read, write
from bolib.run.notebook import Attempt, Failure
from bolib.run.publish import keep, sha256

if TYPE_CHECKING:
    from bolib.run import Proof, Start

PACKAGES = ("duckdb", "numpy", "pandas", "papermill", "plotly", "pyarrow")
SEVERITIES = ("CRITICAL", "MAJOR", "MINOR")


class Record:
    """Writes the folder of one run, from its first second."""

    def __init__(self, start: "Start"):
        self.request, self.prepared = start.request, start.prepared
        self.started_at, self.begun = start.at, start.clock

    @property
    def start(self) -> dict[str, Any]:
        """Return what is known before anything ran."""
        return {
            "as_of": self.request.name,
            "started_at": f"{self.started_at:%Y-%m-%dT%H:%M:%SZ}",
            "previous": previous(self.request.history or self.request.out, self.request.name),
            "parameters": self.request.for_notebooks(self.request.out / self.request.name / "results"),
            "versions": versions(),
        }

    def complete(self, proof: "Proof", attempts: list[Attempt]) -> dict[str, Any]:
        """Write everything of a run that reached its end; return what `run.json` says."""
        results = self.prepared / "results"
        findings = merged_findings(results, [attempt.name for attempt in attempts])
        reports = {attempt.name: _report(results, attempt) for attempt in attempts}
        rmtree(results / "parts")  # each stands in the findings and in the summary
        proven = proof.proven and all(report["proven"] for report in reports.values())
        summary = {
            **self.start,
            "proven": proven,
            "verdict": verdict(proven, list(reports.values())),
            "findings": {name: int((findings["severity"] == name).sum()) for name in SEVERITIES},
            "reports": reports,
            "inputs": proof.inputs,
            "results": hashes(results),
        }
        self._pages(summary, attempts)
        summary["durations"] |= {attempt.name: round(attempt.seconds, 3) for attempt in attempts}
        summary["durations"]["load"] = round(proof.seconds, 3)
        summary["durations"]["total"] = round(monotonic() - self.begun, 3)
        places = {"data": self.request.data, "parameters": self.request.parameters}
        summary["kept"] = {name: keep(place, self.request.archive) for name, place in places.items()}
        self._write(summary)
        return summary

    def _pages(self, summary: dict[str, Any], attempts: list[Attempt]) -> None:
        """Write the index, each report's page and each executed notebook; note how long the pages took."""
        begun = monotonic()
        shown = self._shown(summary)
        page.copy_assets(self.prepared)
        for attempt in attempts:
            self._notebook(attempt)
            self._page(attempt.name, page.render_page(attempt.notebook, attempt.name, shown))
        self._page("index", page.render_index(shown))
        summary["durations"] = {"pages": round(monotonic() - begun, 3)}

    def _shown(self, summary: dict[str, Any]) -> dict[str, Any]:
        """Return what the pages show of a run, in the words of `bolib.report.page`."""
        notice = self.request.data / "NOTICE.md"
        return {
            **{name: summary[name] for name in ("as_of", "proven", "reports")},
            "completeness": read(self.prepared / "results", "completeness").to_pylist(),
            "headline": [number for found in summary["reports"].values() for number in found["headline"]],
            "notice": notice.read_text(encoding="utf-8") if notice.exists() else "",
            "run": {"started_at": summary["started_at"], "engine": self.request.engine, **summary["versions"]},
        }

    def failed(self, failures: list[Failure], attempts: list[Attempt]) -> dict[str, Any]:
        """Write the pages of a run that failed: which cell and why, and every notebook as far as it ran."""
        summary = {**self.start, "proven": False, "failures": [asdict(failure) for failure in failures]}
        page.copy_assets(self.prepared)
        notebooks = {attempt.name: attempt.notebook for attempt in attempts if attempt.done}
        for attempt in [found for found in attempts if found.done]:
            self._notebook(attempt)
        for failure in failures:
            self._page(failure.name, page.render_failure(failure.name, failure.sentence, notebooks.get(failure.name)))
        told, first = " ".join(f"{failure.name}: {failure.sentence}" for failure in failures), failures[0].name
        self._page("index", page.render_failure(first, told, notebooks.get(first)))
        self._write(summary)
        return summary

    def _page(self, name: str, html: str) -> None:
        (self.prepared / f"{name}.html").write_text(html, encoding="utf-8")

    def _notebook(self, attempt: Attempt) -> None:
        """Write the executed notebook; run again by hand it must not write over the published results."""
        unwritten = str(self.prepared / "results")
        for cell in attempt.notebook.cells:
            for moment in ("start_time", "end_time"):  # how long each took is said beside
                cell.metadata.get("papermill", {}).pop(moment, None)
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace(unwritten, "")
        attempt.notebook.metadata.papermill["parameters"]["results"] = ""
        attempt.notebook.metadata.papermill["input_path"] = f"{attempt.name}.ipynb"  # not all of it once more
        notebook.with_style_once(attempt.notebook)
        packed = json.dumps(attempt.notebook, ensure_ascii=False, separators=(",", ":"))  # a chart has a line a number
        (self.prepared / f"{attempt.name}.ipynb").write_text(packed, encoding="utf-8")

    def _write(self, summary: dict[str, Any]) -> None:
        text = json.dumps(summary, indent=1, ensure_ascii=False, default=str)
        (self.prepared / "run.json").write_text(text, encoding="utf-8")


def _report(results: Path, attempt: Attempt) -> dict[str, Any]:
    """Return a report in short: its verdict, its headline numbers, how many of its controls ran."""
    part = json.loads((results / "parts" / f"{attempt.name}.json").read_text(encoding="utf-8"))
    ran = sum(control["status"] == "ran" for control in part["checked"])
    counted = {"ran": ran, "off": len(part["checked"]) - ran, "seconds": round(attempt.seconds, 3)}
    return {**part["verdict"], **counted, "proven": part["proven"], "headline": part["headline"]}


def merged_findings(results: Path, reports: list[str]) -> pd.DataFrame:
    """Write the findings of all reports as one table; return it."""
    parts = [frame(pq.read_table(results / "parts" / f"{name}.parquet")) for name in reports]
    findings = pd.concat(parts, ignore_index=True)
    write(results, "findings", findings)
    return findings


def verdict(proven: bool, verdicts: list[dict]) -> dict[str, str]:
    """Return the day in one verdict: the worst level, every sentence."""
    worst = max((found["level"] for found in verdicts), key=LEVELS.index)
    text = " ".join(found["text"] for found in verdicts)
    return {"text": text if proven else f"NOT PROVEN. {text}", "level": worst if proven else LEVELS[-1]}


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each result by the name of its file."""
    return {path.name: sha256(path) for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".parquet")}


def previous(reports: Path, name: str) -> str | None:
    """Return the last day published before `name`, or None."""
    days = [run.parent.name for run in reports.glob("????-??-??/run.json") if run.parent.name < name]
    return max(days, default=None)


def versions() -> dict[str, str]:
    """Return the versions that made the run: Python, bolib with its commit, and the packages that compute."""
    found = {"python": platform.python_version(), "bolib": bolib.__version__}
    commit = subprocess.run(["git", "-C", PROJECT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    if commit.returncode == 0:
        found["commit"] = commit.stdout.strip()
    return found | {name: version(name) for name in PACKAGES}
