"""How right the automatic matches are, beside two other ways: first wins greedy, and optimal assignment.

    python benchmarks/match_precision.py [--operations 2000] [--seeds 5]

A nostro is generated of which the truth is known: operations with lost references, fees, dates that lag, batches
booked as one line on one side, twins (two real operations alike in all), and operations that are on one side only.
Printed for each way: matches decided, how many of them are right (precision), how many of the true pairs were found
(recall), and how many come out the same when the lines arrive in another order. What ours does not decide is no loss:
it is suggested to a person, with its score.

The assignment needs scipy, which is no dependency of the project: `pip install --target build/scipy scipy`, then run
with `PYTHONPATH=build/scipy`; without it, its line says so.
"""

import argparse
import random
from datetime import date, timedelta
from decimal import Decimal
from importlib.util import find_spec

import numpy as np
import pyarrow as pa

from bolib.matching import matched
from bolib.matching.passes import Settings, Tolerance

FIRST = date(2026, 1, 5)
SETTINGS = Settings(tolerances=(Tolerance("charge 12.50", -1250, -1250), Tolerance("rounding", -1, 1)))
SCHEMA = pa.schema([
    ("block", pa.string()), ("key", pa.string()), ("amount", pa.decimal128(18, 2)), ("currency", pa.string()),
    ("date", pa.date32()), ("reference", pa.string()), ("batch", pa.string()), ("party", pa.string()),
])  # fmt: skip
WAYS = ("first wins", "optimal assignment", "bolib")
FAR = 10**9
DAYS = 60
"""Days over which the operations fall: the fewer, the more look alike."""


def nostro(seed: int, operations: int) -> tuple[list[dict], list[dict], set[frozenset]]:
    """Return our lines, theirs, and the true matches as sets of keys ("L…" ours, "R…" theirs)."""
    chance, ours, theirs, truth = random.Random(seed), [], [], set()
    number = 0
    while number < operations:
        kind = chance.random()
        size = chance.randint(3, 8) if kind < 0.03 else 2 if kind < 0.05 else 1
        rows = [_operation(chance, number + place) for place in range(size)]
        number += size
        if kind < 0.03:
            _batch(chance, rows, ours, theirs, truth)
        elif kind < 0.05:  # twins: the same reference, amount and day, both real
            for row in rows:
                _pair(chance, {**rows[0], "key": row["key"]}, ours, theirs, truth, exact=True)
        else:
            _pair(chance, rows[0], ours, theirs, truth)
    return ours, theirs, truth


def _operation(chance: random.Random, number: int) -> dict:
    """Return one operation: a third of the amounts are round, so that they come again."""
    cents = chance.randint(1, 60) * 10_000 if chance.random() < 0.35 else chance.randint(100, 9_000_000)
    amount = Decimal(cents if chance.random() < 0.5 else -cents).scaleb(-2)
    party = f"PARTY {chance.randint(1, 40)}"
    day = FIRST + timedelta(chance.randint(0, DAYS))
    return {"block": "N EUR", "currency": "EUR", "key": f"{number:06d}", "amount": amount, "date": day,
            "reference": f"R{number:06d}", "batch": None, "party": party}  # fmt: skip


def _pair(chance: random.Random, row: dict, ours: list, theirs: list, truth: set, exact: bool = False) -> None:
    """Add an operation to both sides, or, one in thirty, to one; theirs may be late, charged, without reference."""
    alone = 0 if exact else chance.random()
    if alone < 0.985:
        named = exact or chance.random() > 0.1
        ours.append(row | {"key": f"L{row['key']}", "reference": row["reference"] if named else None})
    if alone < 0.97 or alone >= 0.985:
        charge = Decimal("12.50") if not exact and chance.random() < 0.05 else Decimal(0)
        later = 0 if exact else chance.choice([0, 0, 0, 1, 2])
        reference = row["reference"] if exact or chance.random() > 0.15 else None
        party = row["party"] if chance.random() > 0.5 else None
        theirs.append(row | {"key": f"R{row['key']}", "amount": row["amount"] - charge, "reference": reference,
                             "date": row["date"] + timedelta(later), "party": party})  # fmt: skip
    if alone < 0.97:
        truth.add(frozenset((f"L{row['key']}", f"R{row['key']}")))


def _batch(chance: random.Random, rows: list[dict], ours: list, theirs: list, truth: set) -> None:
    """Add operations of one party and sign that the correspondent books as one line; half name their batch."""
    first = rows[0]
    batch = f"B{first['key']}" if chance.random() < 0.5 else None
    sign = 1 if first["amount"] > 0 else -1
    parts = [row | {"key": f"L{row['key']}", "amount": sign * abs(row["amount"]), "date": first["date"], "batch": batch,
                    "party": first["party"]} for row in rows]  # fmt: skip
    ours += parts
    whole = first | {"key": f"R{first['key']}", "amount": sum(row["amount"] for row in parts), "batch": batch}
    theirs.append(whole | {"reference": None})
    truth.add(frozenset([row["key"] for row in parts] + [whole["key"]]))


def bolib(ours: list[dict], theirs: list[dict]) -> set[frozenset]:
    """Return what bolib decides without a person."""
    sides = (pa.Table.from_pylist(rows, schema=SCHEMA) for rows in (ours, theirs))
    groups: dict[str, set] = {}
    for row in matched(*sides, SETTINGS).to_pylist():
        if row["status"] == "AUTO":
            groups.setdefault(row["match_id"], set()).add(row["key"])
    return {frozenset(keys) for keys in groups.values()}


def cost(mine: dict, other: dict) -> int | None:
    """Return how far two lines are from being one; None where they cannot be."""
    days = (other["date"] - mine["date"]).days
    gap = other["amount"] - mine["amount"]
    if not SETTINGS.earliest <= days <= SETTINGS.latest or gap not in (0, Decimal("-12.50")):
        return None
    if mine["reference"] and other["reference"] and mine["reference"] != other["reference"]:
        return None
    named = bool(mine["reference"]) and mine["reference"] == other["reference"]
    parted = bool(mine["party"] and other["party"] and mine["party"] != other["party"])
    return (0 if named else 20) + (8 if gap else 0) + (15 if parted else 0) + abs(days)


def first_wins(ours: list[dict], theirs: list[dict]) -> set[frozenset]:
    """Return what a loop decides that takes, line by line, the first of the other side that fits."""
    left = {}
    for row in theirs:
        left.setdefault(row["amount"], []).append(row)
    found = set()
    for mine in ours:
        there = [row for gap in (Decimal(0), Decimal("-12.50")) for row in left.get(mine["amount"] + gap, [])]
        hit = next((row for row in there if cost(mine, row) is not None), None)
        if hit is not None:
            left[hit["amount"]].remove(hit)
            found.add(frozenset((mine["key"], hit["key"])))
    return found


def optimal_assignment(ours: list[dict], theirs: list[dict]) -> set[frozenset]:
    """Return what the cheapest assignment decides, all of it confirmed."""
    places: dict[Decimal, list[int]] = {}
    for place, row in enumerate(theirs):
        places.setdefault(row["amount"], []).append(place)
    costs = np.full((len(ours), len(theirs)), FAR, np.int64)
    for line, mine in enumerate(ours):
        for gap in (Decimal(0), Decimal("-12.50")):
            for place in places.get(mine["amount"] + gap, []):
                found = cost(mine, theirs[place])
                costs[line, place] = FAR if found is None else found
    from scipy.optimize import linear_sum_assignment

    pairs = zip(*linear_sum_assignment(costs), strict=True)
    return {frozenset((ours[a]["key"], theirs[b]["key"])) for a, b in pairs if costs[a, b] < FAR}


DECIDE = dict(zip(WAYS, (first_wins, optimal_assignment, bolib), strict=True))


def measured(way: str, seed: int, operations: int) -> dict[str, float]:
    """Return decided, precision, recall and the share that is the same in another order, of one generated nostro."""
    ours, theirs, truth = nostro(seed, operations)
    chance = random.Random(seed + 1)
    chance.shuffle(theirs)
    found = DECIDE[way](ours, theirs)
    again = DECIDE[way](chance.sample(ours, len(ours)), chance.sample(theirs, len(theirs)))
    # Twins are alike in all: which of two equal lines is whose cannot be known, and does not matter.
    alike = {row["key"]: (row["amount"], row["date"], row["reference"]) for row in ours + theirs}
    known = [sorted(map(str, (alike[key] for key in keys))) for keys in truth]
    right = sum(keys in truth or sorted(map(str, (alike[key] for key in keys))) in known for keys in found)
    return {"decided": len(found), "precision": right / len(found), "recall": right / len(truth),
            "stable": len(found & again) / len(found | again)}  # fmt: skip


def table(operations: int, seeds: int, ways: tuple[str, ...] = WAYS) -> dict[str, dict[str, float]]:
    """Return the mean of each figure by way, over several nostros."""
    runs = {way: [measured(way, seed, operations) for seed in range(seeds)] for way in ways}
    return {way: {name: sum(run[name] for run in ran) / seeds for name in ran[0]} for way, ran in runs.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{arguments.seeds} nostros of {arguments.operations:,} operations")
    print(f"{'':20}{'decided':>9}{'precision':>11}{'recall':>9}{'same order':>12}")
    absent = () if find_spec("scipy") else ("optimal assignment",)
    ways = tuple(way for way in WAYS if way not in absent)
    for way, found in table(arguments.operations, arguments.seeds, ways).items():
        figures = f"{found['precision']:11.4f}{found['recall']:9.4f}{found['stable']:12.4f}"
        print(f"{way:20}{found['decided']:9.0f}{figures}")
    for way in absent:
        print(f"{way:20} needs scipy")


if __name__ == "__main__":
    main()
