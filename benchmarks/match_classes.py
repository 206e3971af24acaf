"""How right the reason of an open line is: a nostro into which every kind of break was planted, found against planted.

    python benchmarks/match_classes.py [--operations 3000] [--lost 0.1] [--seeds 3]

Sound operations are the same on both sides, a third of them of round amounts, some without their reference. Among them
stand breaks of every class, of which some lost their reference too (`--lost`): without it a fee is no fee any more, but
a line that nothing answers to. Printed is the confusion matrix, a row for each class planted: how many lines, how many
were found open for that very reason, and what the others were taken for; MATCHED is a break that went unseen.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from bolib.matching import matched
from bolib.matching.classes import classified
from bolib.matching.passes import Settings
from bolib.matching.reasons import Grounds

FIRST, DAYS = date(2026, 1, 5), 60
SETTINGS = Settings()
GROUNDS = Grounds(
    earliest=SETTINGS.earliest, latest=SETTINGS.latest, tariffs=(("T-07 transfer", "EUR", 1250),),
    rates={(FIRST + timedelta(day), "USD"): Fraction("1.1498") for day in range(DAYS + 1)},
    parts={f"D{number}": (("ACCRUED", "the accrued interest", "EUR", 731),) for number in range(100_000)},
    withheld={f"CA{number}": ("DVCA", Fraction(15)) for number in range(100_000)},
)  # fmt: skip
SCHEMA = pa.schema([
    ("side", pa.string()), ("block", pa.string()), ("key", pa.string()), ("amount", pa.decimal128(18, 2)),
    ("currency", pa.string()), ("date", pa.date32()), ("reference", pa.string()), ("batch", pa.string()),
    ("party", pa.string()), ("deal", pa.string()),
])  # fmt: skip

Lines = list[dict]
"""Lines of both sides, each with the class its operation was planted as, and "SOUND" where it is none."""


class Nostro:
    """Lines of both sides as they are made; `lost` is the share of broken operations without a reference."""

    def __init__(self, seed: int, lost: float):
        self.chance, self.lost, self.lines, self.number = random.Random(seed), lost, [], 0

    def operation(self) -> dict:
        """Return one operation: a third of the amounts are round, so that they come again."""
        self.number += 1
        cents = (
            self.chance.randint(1, 60) * 10_000 if self.chance.random() < 0.35 else self.chance.randint(5000, 9_000_000)
        )
        signed = cents if self.chance.random() < 0.5 else -cents
        day = FIRST + timedelta(self.chance.randint(0, DAYS - 20))
        return {"block": "N EUR", "currency": "EUR", "amount": signed, "date": day, "reference": f"R{self.number}",
                "party": f"PARTY {self.chance.randint(1, 40)}", "batch": None, "deal": None}  # fmt: skip

    def add(self, planted: str, left: Lines, right: Lines) -> None:
        """Add the lines of one operation to both sides; some lose their reference, on one side."""
        nameless = self.chance.choice(("LEFT", "RIGHT")) if self.chance.random() < self.lost else ""
        for side, rows in (("LEFT", left), ("RIGHT", right)):
            for row in rows:
                key = f"{side[0]}{len(self.lines):06}"
                kept = row["reference"] if side != nameless else None
                self.lines.append(row | {"side": side, "key": key, "planted": planted, "reference": kept})


def _changed(**change) -> Callable:
    """Return what plants a pair of which theirs is ours with some columns as a function of the line makes them."""

    def plant(nostro: Nostro) -> tuple[Lines, Lines]:
        ours = nostro.operation()
        return [ours], [ours | {name: made(ours) for name, made in change.items()}]

    return plant


def _named(prefix: str, gap: Callable) -> Callable:
    """Return what plants a pair whose reference names a deal or an event, theirs less by a part of it."""

    def plant(nostro: Nostro) -> tuple[Lines, Lines]:
        row = nostro.operation()
        ours = row | {"reference": f"{prefix}{nostro.number}", "amount": abs(row["amount"])}
        return [ours], [ours | {"amount": ours["amount"] - gap(ours["amount"])}]

    return plant


def _twice(nostro: Nostro) -> tuple[Lines, Lines]:
    row = nostro.operation()
    return [row, row], [row]


def _undone(nostro: Nostro) -> tuple[Lines, Lines]:
    row = nostro.operation()
    return [row, row | {"amount": -row["amount"], "date": row["date"] + timedelta(3)}], []


def _whole(nostro: Nostro) -> tuple[Lines, Lines]:
    """Three payments of a party booked as one by the other side; one of them lost its party, so that it is not sure."""
    parts = [nostro.operation() for _ in range(3)]
    party, day = f"HOUSE {nostro.number}", parts[0]["date"]
    ours = [row | {"amount": abs(row["amount"]) + 1, "date": day, "party": party} for row in parts]
    ours[2] |= {"party": None}
    return ours, [ours[0] | {"amount": sum(row["amount"] for row in ours), "reference": None}]


PLANTS = {
    "SOUND": _changed(),
    "DUPLICATE": _twice,
    "REVERSAL": _undone,
    "MISSING_THEIRS": lambda nostro: ([nostro.operation()], []),
    "MISSING_OURS": lambda nostro: ([], [nostro.operation()]),
    "TIMING": _changed(date=lambda row: row["date"] + timedelta(14)),
    "FEE": _changed(amount=lambda row: row["amount"] - 1250),
    "FX": _changed(amount=lambda row: round(row["amount"] / Fraction("1.1498"))),
    "ROUNDING": _changed(amount=lambda row: row["amount"] + 1),
    "TAX": _named("CA", lambda amount: round(amount * Fraction(15, 100))),
    "PARTIAL": _changed(amount=lambda row: row["amount"] * 2 // 5),
    "ACCRUED": _named("D", lambda amount: 731),
    "SIGN": _changed(amount=lambda row: -row["amount"]),
    "AMOUNT": _changed(amount=lambda row: row["amount"] + 3777),
    "MULTI": _changed(amount=lambda row: row["amount"] + 3777, date=lambda row: row["date"] + timedelta(18)),
    "REFERENCE_DATA": _changed(reference=lambda row: f"X{row['reference']}"),
    "CLASSIFICATION": _changed(block=lambda row: "M EUR"),
    "AGGREGATION": _whole,
}
"""What each class is, planted: the lines of an operation on our side and on theirs."""

SHARE = 0.02
"""Of the operations, those broken by each class; the others are sound."""


def nostro(seed: int, operations: int, lost: float) -> Lines:
    """Return the lines of a nostro with breaks of every class among its sound operations."""
    made = Nostro(seed, lost)
    for name, plant in PLANTS.items():
        share = SHARE if name != "SOUND" else 1 - SHARE * (len(PLANTS) - 1)
        for _ in range(round(operations * share)):
            made.add(name, *plant(made))
    made.chance.shuffle(made.lines)
    return made.lines


def found(lines: Lines) -> dict[str, str]:
    """Return what bolib says of each line by its key: MATCHED, a class, or which side lacks it."""
    rows = [row | {"amount": Decimal(row["amount"]).scaleb(-2)} for row in lines]
    sides = [
        pa.Table.from_pylist([row for row in rows if row["side"] == side], schema=SCHEMA) for side in ("LEFT", "RIGHT")
    ]
    pairs = matched(*sides, SETTINGS).to_pylist()
    auto = {row["key"] for row in pairs if row["status"] == "AUTO"}
    summed = {row["key"] for row in pairs if row["status"] == "SUGGESTED" and row["pass"] == "SUM"}
    flags = [
        side.append_column("open", pa.array([key not in auto for key in side["key"].to_pylist()]))
        .append_column("summed", pa.array([key in summed for key in side["key"].to_pylist()]))
        for side in sides
    ]  # fmt: skip
    missing = {"LEFT": "MISSING_THEIRS", "RIGHT": "MISSING_OURS"}
    said = classified(*(side.drop_columns(["batch"]) for side in flags), GROUNDS).to_pylist()
    return dict.fromkeys(auto, "MATCHED") | {row["key"]: row["class"] or missing[row["side"]] for row in said}


def matrix(operations: int, seeds: int, lost: float) -> dict[str, Counter]:
    """Return by class planted, in the order of PLANTS, how often each was found, over several nostros."""
    counts: dict[str, Counter] = {name: Counter() for name in PLANTS}
    for seed in range(seeds):
        lines = nostro(seed, operations, lost)
        said = found(lines)
        for row in lines:
            counts[row["planted"]][said[row["key"]]] += 1
    return counts


def main() -> None:
    """Print the matrix."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--operations", type=int, default=3000)
    parser.add_argument("--lost", type=float, default=0.1)
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    show(matrix(arguments.operations, arguments.seeds, arguments.lost))


def show(counts: dict[str, Counter]) -> None:
    """Print a row for each class planted: lines, those found for what they are, and what the others were taken for."""
    print(f"{'planted':16}{'lines':>7}{'right':>7}{'share':>9}  taken for")
    for name, row in counts.items():
        others = ", ".join(f"{other} {count}" for other, count in row.most_common() if other not in RIGHT[name])
        print(f"{name:16}{row.total():7}{right(name, row):7}{right(name, row) / row.total():9.1%}  {others}")


def right(name: str, row: Counter) -> int:
    """Return how many lines of a class planted were found for what they are."""
    return sum(row[one] for one in RIGHT[name])


RIGHT = {name: (name,) for name in PLANTS} | {"SOUND": ("MATCHED",), "DUPLICATE": ("DUPLICATE", "MATCHED")}
"""What is right of the lines of a class; of two twins and their counterpart one is in excess, and two are matched."""

if __name__ == "__main__":
    main()
