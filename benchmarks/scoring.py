"""Rarity beside PyOD on real logs and journals with known faults put in, and its cost on two million rows.

    python benchmarks/scoring.py                          # makes an environment for PyOD in a temporary folder
    python benchmarks/scoring.py --pyod ~/pyod/bin/python # or takes one that has it
    python benchmarks/scoring.py --alone                  # ours only

Five sets: BPIC 2012, 2013 and 2020 (events of loans, incidents, payment requests) and two real accounting files (FEC).
Into each go as many rare values as broken combinations: a copied record with one field replaced, by a word never seen
or seen hardly ever, or by a word of another record that never stood beside one of its own. Nothing is tuned to who
finds it; two seeds. A method sees the same fields in the same coding: ours as words, PyOD's as how often each word is
seen, both as shares and as logarithms, and the better of the two counts. KNN and LOF learn from 20,000 records.

Average precision (AP) is that of ranking all records by their score; blame is counted among the faults found within as
many records as there are faults. Processor seconds and peak memory are those of a process of its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from bolib.scoring.encoding import Field, field
from bolib.scoring.rarity import blamed, evidence

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
PYOD = "pyod==3.6.7"
METHODS = ("ECOD", "COPOD", "HBOS", "IForest", "LOF", "KNN")
SEEDS = (0, 1)
SAMPLE = 20_000


def log(name: str, fields: list[str], amount: str = "") -> pd.DataFrame:
    """Return the events of a log: who, what, after what, when, how much."""
    rows = pd.read_csv(DATA / "event_logs" / f"{name}.csv.gz", dtype=str)
    rows["when"] = (
        pd.to_datetime(rows["time:timestamp"], utc=True, format="mixed").dt.tz_localize(None).dt.as_unit("us")
    )
    rows = rows.sort_values(["case:concept:name", "when"], kind="stable")
    rows["previous"] = rows.groupby("case:concept:name")["concept:name"].shift(1)
    if amount:
        rows["amount"] = pd.to_numeric(rows[amount])
    return rows[[*fields, "previous", "when", *(["amount"] if amount else [])]].reset_index(drop=True)


def journal(name: str, separator: str, encoding: str) -> pd.DataFrame:
    """Return the lines of an accounting file: journal, account, side, the largest account against it, month, amount."""
    rows = pd.read_csv(DATA / "fec_fr" / name, sep=separator, dtype=str, encoding=encoding, index_col=False)
    rows = rows[[column for column in rows if not column.startswith("Unnamed")]]
    rows = rows.map(lambda value: value.strip() if isinstance(value, str) else value)
    debit, credit = (rows[side].str.replace(",", ".").astype(float) for side in ("Debit", "Credit"))
    rows["side"], rows["amount"] = np.where(debit > 0, "D", "C"), debit + credit
    rows["entry"] = rows.groupby(["JournalCode", "EcritureNum", "EcritureDate", "PieceRef"], dropna=False).ngroup()
    largest = rows.sort_values("amount", kind="stable").groupby(["entry", "side"])["CompteNum"].last().unstack()
    against = {side: largest[side].reindex(rows["entry"]).to_numpy() for side in "DC"}
    rows["against"] = np.where(rows["side"] == "D", against["C"], against["D"])
    rows["month"] = rows["EcritureDate"].str[4:6]
    return rows[["JournalCode", "CompteNum", "CompAuxNum", "side", "against", "month", "amount"]]


SETS = {
    "BPIC 2012": lambda: log("bpic2012", ["concept:name", "lifecycle:transition", "org:resource"], "case:AMOUNT_REQ"),
    "BPIC 2013": lambda: log(
        "bpic2013_incidents",
        ["org:group", "resource country", "organization country", "org:resource", "organization involved"]
        + ["org:role", "concept:name", "impact", "product", "lifecycle:transition"],
    ),
    "BPIC 2020": lambda: log(
        "bpic2020_RequestForPayment",
        ["(case)_OrganizationalEntity", "(case)_Project", "(case)_Task", "concept:name", "org:resource", "org:role"],
        "(case)_RequestedAmount",
    ),
    "FEC 2023": lambda: journal("000000000FEC20231231.txt", "\t", "latin1"),
    "FEC 2022": lambda: journal("111111111FEC20221231.TXT", "|", "cp850"),
}


def words(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every field as the words it is judged by: amounts by rank, moments by hours."""
    coded = {name: _coded(name, rows[name]) for name in rows}
    return pd.DataFrame({name: item.labels[item.codes] for name, item in coded.items()})


def _coded(name: str, column: pd.Series) -> Field:
    if column.dtype.kind == "f":
        return field(name, pa.chunked_array([pa.array(column.round(2), pa.float64(), from_pandas=True).cast(MONEY)]))
    return field(name, pa.chunked_array([pa.array(column, from_pandas=True)]))


MONEY = pa.decimal128(18, 2)


def with_faults(rows: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, np.ndarray, list[str]]:
    """Return the records with faults behind them, which they are, and the field of each."""
    draw = np.random.default_rng(seed)
    each = 100 if len(rows) > 10_000 else 15
    fields = [name for name in rows if name != "amount" and rows[name].nunique() > 1]
    beside = {(a, b): set(zip(rows[a], rows[b], strict=True)) for a in fields for b in rows if a != b}
    faults: list[dict] = []
    wrong: list[str] = []
    while len(faults) < 2 * each:
        copied, name = dict(rows.iloc[draw.integers(len(rows))]), fields[draw.integers(len(fields))]
        word = _rare(rows[name], draw, len(faults)) if len(faults) < each else rows[name].iloc[draw.integers(len(rows))]
        others = [other for other in rows if other != name]
        broken = any((word, copied[other]) not in beside[name, other] for other in others)
        if word != copied[name] and (len(faults) < each or broken):
            faults.append(copied | {name: word})
            wrong.append(name)
    labels = np.r_[np.zeros(len(rows), dtype=bool), np.ones(len(faults), dtype=bool)]
    return pd.concat([rows, pd.DataFrame(faults)], ignore_index=True), labels, wrong


def _rare(column: pd.Series, draw: np.random.Generator, number: int) -> str:
    counts = column.value_counts()
    rare = counts[counts <= max(1, len(column) // 20_000)].index
    return f"new {number}" if draw.random() < 0.5 or not len(rare) else rare[draw.integers(len(rare))]


def average_precision(labels: np.ndarray, scores: np.ndarray) -> float:
    """Return the mean precision over the faults, records of equal score taken together."""
    order = np.argsort(-scores, kind="stable")
    found, ends = np.cumsum(labels[order]), np.r_[np.flatnonzero(np.diff(scores[order])), len(order) - 1]
    steps = np.diff(np.r_[0, found[ends]]) / found[-1]
    return float((steps * found[ends] / (ends + 1)).sum())


def ours(rows: pd.DataFrame, labels: np.ndarray, wrong: list[str]) -> dict[str, float]:
    """Return average precision, the share of faults found whose field is blamed first or second, and seconds."""
    fields = [field(name, pa.chunked_array([pa.array(rows[name], pa.string())])) for name in rows]
    start = time.process_time()
    found = evidence(fields, np.arange(len(rows)))
    seconds, scores = time.process_time() - start, np.round(found.score, 2)
    first, second = blamed(found)
    limit = np.sort(scores)[-labels.sum()]
    blame = [
        (wrong[n] == fields[first[place]].name, wrong[n] in (fields[first[place]].name, fields[second[place]].name))
        for n, place in enumerate(np.flatnonzero(labels))
        if scores[place] >= limit
    ]
    one, two = np.mean(blame, axis=0)
    ap = average_precision(labels, scores)
    return {"AP": ap, "found": len(blame) / labels.sum(), "first": one, "in two": two, "seconds": seconds}


THEIRS = """
import importlib, json, sys, time, warnings
import numpy as np
warnings.filterwarnings("ignore")
given, methods, sample = sys.argv[1], sys.argv[2].split(","), int(sys.argv[3])
data = np.load(given)
places = {"ECOD": "ecod", "COPOD": "copod", "HBOS": "hbos", "IForest": "iforest", "LOF": "lof", "KNN": "knn"}
for method in methods:
    for coding in ("share", "log"):
        rows = data[coding][:, data[coding].std(0) > 0]
        made = getattr(importlib.import_module("pyod.models." + places[method]), method)
        model = made(random_state=0) if method == "IForest" else made()
        few = method in ("LOF", "KNN") and len(rows) > sample
        start = time.process_time()
        model.fit(rows[np.random.default_rng(0).choice(len(rows), sample, replace=False)] if few else rows)
        scores = model.decision_function(rows) if few else model.decision_scores_
        np.save(f"{given}.{method}.{coding}.npy", np.nan_to_num(scores))
        print(json.dumps([method, coding, time.process_time() - start]), flush=True)
"""


def theirs(python: str, rows: pd.DataFrame, labels: np.ndarray, folder: Path) -> dict[str, float]:
    """Return the average precision of each PyOD detector, in the better of two codings."""
    counts = np.column_stack([rows[name].map(rows[name].value_counts()).to_numpy() for name in rows])
    given = folder / "rows.npz"
    np.savez(given, share=counts / len(rows), log=np.log(counts))
    script = folder / "theirs.py"
    script.write_text(THEIRS, encoding="utf-8")
    arguments = [python, str(script), str(given), ",".join(METHODS), str(SAMPLE)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    found = dict.fromkeys(METHODS, 0.0)
    for line in done.stdout.splitlines():
        method, coding, _ = json.loads(line)
        scores = np.load(f"{given}.{method}.{coding}.npy")
        found[method] = max(found[method], average_precision(labels, scores))
    return found


def environment(folder: Path) -> str | None:
    """Return the Python of a fresh environment with PyOD; None, with the reason said, where it cannot be made."""
    print(f"making an environment with {PYOD} ...", file=sys.stderr)
    venv.create(folder / "pyod", with_pip=True)
    python = folder / "pyod" / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "-q", PYOD], capture_output=True, text=True)
    if done.returncode:
        print(f"PyOD left out: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return str(python)


def compare(python: str | None, folder: Path) -> None:
    """Print the sets, a line each, and the means."""
    names = ["ours", *(METHODS if python else ())]
    print(f"{'set':<11}{'records':>9}{'faults':>7}", *(f"{name:>8}" for name in names), "  found  first  in two  cpu s")
    lines = []
    for name, read in SETS.items():
        rows = words(read())
        for seed in SEEDS:
            given, labels, wrong = with_faults(rows, seed)
            mine = ours(given, labels, wrong)
            found = {"ours": mine["AP"]} | (theirs(python, given, labels, folder) if python else {})
            lines.append((found, mine))
            told = " ".join(f"{found[method]:>8.3f}" for method in names)
            blame = f"{mine['found']:>7.2f}{mine['first']:>7.2f}{mine['in two']:>8.2f}{mine['seconds']:>7.2f}"
            print(f"{name:<11}{len(given):>9,}{labels.sum():>7} {told}{blame}", flush=True)
    means = {method: np.mean([found[method] for found, _ in lines]) for method in names}
    two = np.average([mine["in two"] for _, mine in lines], weights=[mine["found"] for _, mine in lines])
    print(f"{'mean':<27}", *(f"{means[method]:>8.3f}" for method in names), f"  blamed in the first two: {two:.3f}")
    behind = [max(found.values()) - found["ours"] for found, _ in lines]
    print(f"farthest behind the best of the others on a set: {max(behind):.3f}")


def scale(rows: int) -> None:
    """Print what it costs to score `rows` records of eight fields, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--scale-only", str(rows)], capture_output=True, text=True, check=True
    )
    print(done.stdout.strip())


def scale_only(rows: int) -> None:
    """Score drawn records, words in and scores out, and say what it took; the memory is that of the whole process."""
    given = drawn(rows)
    start = time.process_time()
    scores = evidence([field(name, given[name]) for name in given.column_names], np.arange(rows)).score
    seconds, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = f"{seconds:.1f} s of processor, peak {peak:,.0f} MB, highest {scores.max():.1f} nats"
    print(f"{rows:,} records x {given.num_columns} fields: {said}")


def drawn(rows: int) -> pa.Table:
    """Return records of eight fields of 7 to 1,500 words, four in five of which follow from one hidden word."""
    draw = np.random.default_rng(0)
    base = draw.integers(0, 40, rows)
    columns = {}
    for number, size in enumerate((12, 60, 300, 40, 25, 8, 1500, 7)):
        codes = np.where(draw.random(rows) < 0.8, (base * (number + 3)) % size, draw.integers(0, size, rows))
        words = pa.array([f"{value:05}" for value in range(size)])
        columns[f"field {number}"] = words.take(pa.array(codes.astype(np.int32)))
    return pa.table(columns)


def main() -> None:
    """Run what was asked."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--pyod", help="a Python that has PyOD")
    words.add_argument("--alone", action="store_true", help="without PyOD")
    words.add_argument("--rows", type=int, default=2_000_000, help="records to score for the cost")
    words.add_argument("--scale-only", type=int, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.scale_only:
        scale_only(given.scale_only)
        return
    if not DATA.exists():
        sys.exit(f"{DATA}: expected the real input, found none. Nothing was compared.")
    with tempfile.TemporaryDirectory() as name:
        python = None if given.alone else given.pyod or environment(Path(name))
        compare(python, Path(name))
    scale(given.rows)


if __name__ == "__main__":
    main()
