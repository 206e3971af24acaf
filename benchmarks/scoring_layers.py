"""What each layer of the anomalies adds: faults put into the sample day and the days before it, and who finds them.

    python benchmarks/scoring_layers.py            # one seed
    python benchmarks/scoring_layers.py --seeds 3

Each kind of fault goes into a few records of the last five business days, chosen by chance among those nothing was
said of before. The day is then run once. A fault is found by a layer if a control, a reconciliation, a robust z or the
rarity names its record and did not before; `unusual` alerts below the line or grouped elsewhere do not count. Small and
made by the same hand as the controls: it shows what the layers add to each other, not what they would find elsewhere.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from bolib import anomalies
from bolib.day import Day, open_day

AS_OF = "2026-03-31"
FIRST = date(2026, 3, 25)
EACH = 4
"""Records given each kind of fault."""

LAYERS = ("controls", "reconciliation", "robust z", "rarity")
RECONCILING = ("COH-01", "COH-02", "COH-03", "COH-04", "NOSTRO")
ROBUST, RARE = ("AMOUNT", "MOVE", "STALE"), ("RARE", "FIRST")

Row = dict[str, Any]


def other(name: str, near: str) -> Callable[[Row, list[Row], np.random.Generator], None]:
    """Return a fault that gives a field a word it never has beside another field of the record."""

    def fault(row: Row, rows: list[Row], draw: np.random.Generator) -> None:
        usual = {found[name] for found in rows if found[near] == row[near]}
        words = sorted({found[name] for found in rows if found[name] is not None} - usual)
        row[name] = words[draw.integers(len(words))] if words else "9X9"

    return fault


def times(factor: str, *names: str) -> Callable[[Row, list[Row], np.random.Generator], None]:
    """Return a fault that multiplies amounts of the record."""

    def fault(row: Row, rows: list[Row], draw: np.random.Generator) -> None:
        for name in names:
            row[name] = (row[name] * Decimal(factor)).quantize(row[name]) if row[name] is not None else None

    return fault


def side(row: Row, rows: list[Row], draw: np.random.Generator) -> None:
    """Turn a purchase into a sale, and the other way round."""
    row["side"] = "SELL" if row["side"] == "BUY" else "BUY"


def night(row: Row, rows: list[Row], draw: np.random.Generator) -> None:
    """Enter the record on a Sunday at three in the morning."""
    row["entered_at"] = datetime.combine(row["entry_date"] - timedelta(row["entry_date"].isoweekday()), time(3))


def unapproved(row: Row, rows: list[Row], draw: np.random.Generator) -> None:
    """Approve the deal by who entered it."""
    row["approved_by"] = row["entered_by"]


MONEY = ("gross_amount", "net_amount", "quantity")
FAULTS = {
    "deal: ten times the amount in both offices": (("trades", "bookings"), "trade_id", times("10", *MONEY)),
    "deal: side turned in the front office": (("trades",), "trade_id", side),
    "deal: counterparty the book never deals with": (("trades", "bookings"), "trade_id", other("counterparty", "book")),
    "deal: settled at a place of another book": (("trades", "bookings"), "trade_id", other("pset_bic", "book")),
    "deal: approved by its author": (("trades",), "trade_id", unapproved),
    "entry: account its journal never has": (("journal",), "entry_no", other("account", "journal_code")),
    "entry: entered on a Sunday night": (("journal",), "entry_no", night),
    "nostro: amount booked with a digit more": (("ledger_lines",), "entry_id", times("10", "amount")),
    "price: up by a sixth": (("prices",), "isin", times("1.17", "price", "low", "high")),
    "card: forty times the amount": (("card_authorisations",), "authorisation_id", times("40", "amount")),
    "cash: forty times the amount": (("cash_operations",), "operation_id", times("40", "amount")),
    "payment: a tenth of the instalment": (("payments",), "payment_id", times("0.1", "amount")),
    "step: by a source that never does it": (("events",), "object_id", other("source", "activity")),
}
DATES = {
    "trades": "trade_date",
    "journal": "entry_date",
    "ledger_lines": "booking_date",
    "prices": "date",
    "card_authorisations": "authorised_at",
    "cash_operations": "date",
    "payments": "received_on",
    "events": "at",
}


def put_in(day: Day, draw: np.random.Generator, avoided: set[str]) -> dict[str, list[str]]:
    """Change records on the day's engine, and return by kind of fault which."""
    tables = {name: day.engine.table(name) for names, *_ in FAULTS.values() for name in names}
    rows = {name: found.to_pylist() for name, found in tables.items()}
    usual = {name: [dict(row) for row in found] for name, found in rows.items()}
    put: dict[str, list[str]] = {}
    taken = set(avoided)
    for kind, (names, key, fault) in FAULTS.items():
        free = sorted({row[key] for row in rows[names[0]] if _recent(row, names[0]) and row[key] not in taken})
        chosen = [str(name) for name in draw.permutation(free)[: 1 if key == "isin" else EACH]]
        taken |= set(chosen)
        seed = int(draw.integers(1 << 30))
        for name in names:
            _change(rows[name], usual[name], key, chosen, fault, seed, name)
        put[kind] = chosen
    for name, found in rows.items():
        day.engine.add(name, pa.Table.from_pylist(found, schema=tables[name].schema))
    return put


def _recent(row: Row, table: str) -> bool:
    day = row[DATES[table]]
    day = day.date() if isinstance(day, datetime) else day
    last = date.fromisoformat(AS_OF)
    return (day == last if table == "prices" else FIRST <= day <= last) and row.get("version", 1) == 1


def _change(rows: list[Row], usual: list[Row], key: str, chosen: list[str], fault, seed: int, table: str) -> None:
    draw = np.random.default_rng(seed)
    for name in chosen:
        mine = [row for row in rows if row[key] == name and (table != "prices" or row["date"].isoformat() == AS_OF)]
        for row in mine if key != "object_id" else mine[:1]:
            fault(row, usual, draw)
            if key == "entry_no" and fault is not night:
                break


def told(day: Day) -> dict[str, list[tuple[str, str]]]:
    """Return by layer what is said: control and key; alerts as findings of their kind."""
    result = anomalies.produce(day)
    found = defaultdict(list)
    kinds = {row["alert_id"]: row["kind"] for row in day.rows("alerts")}
    for row in result.findings.to_dict("records"):
        kind = kinds.get(row["finding_id"])
        layer = "robust z" if kind in ROBUST else "rarity" if kind in RARE else "controls"
        layer = "reconciliation" if row["control"].startswith(RECONCILING) else layer
        found[layer].append((row["control"], row["key"]))
    for row in day.rows("alerts"):
        if row["place"] == "GROUPED":
            found["robust z" if row["kind"] in ROBUST else "rarity"].append((row["control"], row["key"]))
    return found


def main() -> None:
    """Print how many faults each layer finds, alone and with those before it, and what is told beside them."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seeds", type=int, default=1)
    seeds = words.parse_args().seeds
    before = told(open_day("anomalies", AS_OF))
    avoided = {word for keys in before.values() for _, key in keys for word in key.split()}
    by_kind: dict[str, Counter] = {kind: Counter() for kind in FAULTS}
    extra = Counter()
    for seed in range(seeds):
        day = open_day("anomalies", AS_OF)
        put = put_in(day, np.random.default_rng(seed), avoided)
        after = {layer: Counter(keys) - Counter(before[layer]) for layer, keys in told(day).items()}
        _count(put, after, by_kind, extra)
    _print(by_kind, extra, seeds)


def _count(put: dict[str, list[str]], after: dict[str, Counter], by_kind: dict[str, Counter], extra: Counter) -> None:
    named = {name for names in put.values() for name in names}
    words = {layer: {word for _, key in keys for word in key.split()} for layer, keys in after.items()}
    for kind, names in put.items():
        for name in names:
            layers = [layer for layer in LAYERS if name in words.get(layer, ())]
            by_kind[kind].update(["faults", *layers, *([f"first {layers[0]}"] if layers else [])])
    for layer, keys in after.items():
        extra[layer] += sum(count for (_, key), count in keys.items() if not set(key.split()) & named)


def _print(by_kind: dict[str, Counter], extra: Counter, seeds: int) -> None:
    print(f"{'fault':<46}{'put in':>7}", *(f"{layer:>15}" for layer in LAYERS))
    for kind, counts in by_kind.items():
        print(f"{kind:<46}{counts['faults']:>7}", *(f"{counts[layer]:>15}" for layer in LAYERS))
    total = sum((counts for counts in by_kind.values()), Counter())
    print(f"{'found by it':<46}{total['faults']:>7}", *(f"{total[layer]:>15}" for layer in LAYERS))
    recall, so_far = [], 0
    for layer in LAYERS:
        so_far += total[f"first {layer}"]
        recall.append(so_far / total["faults"])
    print(f"{'recall with those before it':<53}", *(f"{share:>15.2f}" for share in recall))
    print(f"{'told of other records, a run':<53}", *(f"{extra[layer] / seeds:>15.1f}" for layer in LAYERS))


if __name__ == "__main__":
    main()
