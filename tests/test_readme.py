"""The README is executed: its files written, its commands run, its SQL and Python tried."""

import datetime
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?:^([^\n]*?):?\n\n)?```(\w+)\n(.*?)```", README, re.DOTALL | re.MULTILINE)
FILES = {
    re.findall(r"`([^`]+/[^`]+\.\w+)`", before)[-1]: text
    for before, kind, text in BLOCKS
    if kind in ("text", "yaml", "sql")
}
COPIED = ("bolib", "data", "notebooks", "parameters", "pyproject.toml")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project with the files the README shows."""
    copy = tmp_path_factory.mktemp("a reader's") / "bolib"
    for name in COPIED:
        source = PROJECT / name
        ignore = shutil.ignore_patterns("__pycache__", "archive", "inbox")
        shutil.copytree(source, copy / name, ignore=ignore) if source.is_dir() else shutil.copy(source, copy / name)
    for name, text in FILES.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    return copy


def run(project: Path, command: str) -> subprocess.CompletedProcess:
    """Return how a command of the README ended, said in that copy of the project."""
    assert command.startswith("bolib "), command
    words = [sys.executable, "-c", "from bolib.cli import main; main()", *command.split("#")[0].split()[1:]]
    return subprocess.run(
        words, cwd=project, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(project)}
    )


def commands() -> list[str]:
    """Return every command line of the README's shell blocks and of its table of commands."""
    shell = [line.split("#")[0].strip() for _, kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    return shell + re.findall(r"^\| `(bolib [^`]+)` \|", README, re.MULTILINE)


def test_the_readme_shows_a_file_of_each_kind():
    assert {Path(name).suffix for name in FILES} == {".txt", ".yml", ".sql"}


def test_every_command_exists_with_its_options(project):
    for command in commands():
        if command.startswith("make "):
            assert f"{command.split()[1]}:" in (PROJECT / "Makefile").read_text(encoding="utf-8")
        else:
            name, *words = command.split()[1:]
            described = run(project, f"bolib {name} --help").stdout
            missing = [word for word in words if word.startswith("--") and word not in described]
            assert described and not missing, f"{command}: {missing}"


def test_check_says_what_is_wrong_with_the_file(project):
    checked = run(project, "bolib check --data my-folder --as-of 2026-03-31")
    assert checked.returncode == 0, checked.stderr
    line = next(line for line in checked.stdout.splitlines() if "abc" in line)
    assert "taux.txt" in line and "3" in line and "rate" in line


def test_due_tells_the_date_its_arithmetic_and_its_law(project):
    said = run(project, "bolib due F-01.ack --from 2026-03-31").stdout
    assert "2026-04-13" in said and "10 jours ouvrables" in said and "2024-R-02" in said


def test_the_next_run_counts_the_control_and_rerun_finds_the_same(project):
    ended = run(project, "bolib run --as-of 2026-03-31 --report pnl --out trial")
    assert ended.returncode == 0, ended.stderr
    results = project / "trial" / "2026-03-31" / "results"
    findings = pq.read_table(results / "findings.parquet").to_pylist()
    found = {row["key"]: row["amount"] for row in findings if row["control"] == "BANK-02"}
    held = pq.read_table(results / "positions.parquet").to_pylist()
    large = {
        f"{row['book']} {row['isin']}": row["market_value"] for row in held if abs(row["market_value"]) > 5_000_000
    }
    assert found == large and large
    assert run(project, "bolib rerun trial/2026-03-31").returncode == 0


def test_the_whole_day_is_produced_proven_and_small(project):
    ended = run(project, "bolib run --as-of 2026-03-31 --out whole")
    assert ended.returncode == 0, ended.stderr
    folder = project / "whole" / "2026-03-31"
    reports = ("index", "pnl", "deadlines", "anomalies")
    assert all("NOT PROVEN" not in (folder / f"{name}.html").read_text(encoding="utf-8") for name in reports)
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 12_000_000


def test_the_python_runs():
    books = pd.DataFrame(
        {
            "date": [datetime.date(2026, 3, 31)],
            "book": ["CASH"],
            "currency": ["EUR"],
            "total": [Decimal("10.00")],
            "flash": [Decimal("9.00")],
            "difference": [Decimal("1.00")],
        }
    )
    code = next(text for _, kind, text in BLOCKS if kind == "python")
    *before, last = code.strip().splitlines()
    names = {"books": books, "day": datetime.date(2026, 3, 31)}
    exec("\n".join(before), names)
    assert eval(last.split("#")[0], names)["book"].tolist() == ["CASH"]


def test_every_path_the_readme_links_exists():
    for path in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (PROJECT / path).exists(), path
