"""What the day earned: headline totals, and the result opened from desk to operation."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

COMPONENTS = (
    *("RESTATE", "CARRY", "DIVIDEND", "PRICE", "FX", "NEW", "AMEND", "CANCEL"),
    *("CORPORATE_ACTION", "FEES", "TAXES", "ADJUST", "UNEXPLAINED"),
)
SHOWN_COMPONENTS, SHOWN_LEAVES, SHOWN_OPERATIONS, SHOWN_LOTS = 6, 60, 40, 20
LEVELS = {"desk": ("desk", "book", "isin"), "book": ("book", "isin"), "isin": ("isin", "book")}
ZERO = Decimal(0)
NOTHING_BEHIND = {"id": "", "see": "", "components": [], "lots": None}


def headline(result: Result) -> Display:
    """Return the day's, the month's and the year's result, by currency of the books, and the day's in EUR."""
    totals = numerals.records(result.tables["totals"])
    converted = [row["total_eur"] for row in totals if row["total_eur"] is not None]
    complete = len(converted) == len(totals)
    return Display(
        "headline.html.j2",
        plain="; ".join(f"{row['currency']} {numerals.money(row['total'])}" for row in totals),
        totals=totals,
        together=sum(converted, ZERO) if complete and len(totals) > 1 else None,
    )


def lines_of_day(result: Result) -> list[dict[str, Any]]:
    """Return the day's rows of `pnl_lines` with desk and instrument name."""
    rows = result.tables["pnl_lines"]
    names, books = instrument_names(result), _books(result)
    return [
        {"desk": numerals.NONE, "trader": "", "cost_method": ""}
        | books.get(row["book"], {})
        | row
        | {"name": names.get(row["isin"], row["isin"])}
        for row in numerals.records(rows[rows["date"] == result.day.as_of])
    ]


def instrument_names(result: Result) -> dict[str, str]:
    """Return instrument names by ISIN."""
    return {row["isin"]: row["name"] for row in numerals.records(result.tables["instruments"])}


def _books(result: Result) -> dict[str, dict[str, str]]:
    known = result.tables["books"][["book", "desk", "trader", "cost_method"]]
    return {row["book"]: row for row in numerals.records(known)}


def anchor(book: str, isin: str | None) -> str:
    """Return the place of a book's instrument in the page."""
    return f"line-{book}-{isin or 'book'}".replace(" ", "_")


def results_by(result: Result, by: str = "desk") -> Display:
    """Return the day's result by "desk", "book" or "isin"; each row opens, down to the operations.

    Those by "isin" lead to the operations under "desk", so that a page holds them once.
    """
    lines = lines_of_day(result)
    shown, others = _component_columns(lines)
    behind = {"others": others, "operations": {}, "lots": {}, "places": set()}
    if by == "isin":
        behind["places"] = _places(_nodes(lines, LEVELS["desk"], behind, "desk"))
    else:
        behind |= {"operations": _operations(result), "lots": _lots(result)}
    rows = _nodes(lines, LEVELS[by], behind, by)
    return Display(
        "drill.html.j2",
        plain=f"Result by {by}: " + "; ".join(f"{row['label']} {numerals.money(row['total'])}" for row in rows),
        rows=rows,
        totals=_totals(lines, others),
        components=shown + (["OTHER"] if others else []),
        heading={"desk": "Desk, book, instrument", "book": "Book, instrument", "isin": "Instrument, book"}[by],
        width=len(shown) + bool(others),
        digits=_digits(rows + _totals(lines, others)),
    )


def _places(nodes: list[dict]) -> set[str]:
    """Return the places of the instruments drawn at or under the nodes."""
    return {node["id"] for node in nodes if node["id"]}.union(*(_places(node["children"]) for node in nodes))


def _digits(rows: list[dict]) -> int:
    """Return how many characters the longest amount of a component takes, so that columns are no wider."""
    texts = [numerals.money(amount) for row in rows for amount in row["sums"].values()]
    return min(max(map(len, texts), default=8), 16)


def _component_columns(lines: list[dict]) -> tuple[list[str], set[str]]:
    size: dict[str, Decimal] = defaultdict(Decimal)
    for row in lines:
        size[row["component"]] += abs(row["amount"])
    by_size = sorted((name for name in size if size[name]), key=lambda name: -size[name])
    kept = by_size if len(by_size) <= SHOWN_COMPONENTS else by_size[: SHOWN_COMPONENTS - 1]
    return [name for name in COMPONENTS if name in kept], set(by_size) - set(kept)


def _sums(lines: list[dict], others: set[str]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in lines:
        sums["OTHER" if row["component"] in others else row["component"]] += row["amount"]
    return dict(sums)


def _total(lines: list[dict]) -> Decimal:
    return sum((row["amount"] for row in lines), ZERO)


def _totals(lines: list[dict], others: set[str]) -> list[dict]:
    found = _grouped(lines, lambda row: row["currency"])
    return [
        {"label": f"All {currency} books", "currency": currency, "total": _total(rows), "sums": _sums(rows, others)}
        for currency, rows in sorted(found.items())
    ]


def _grouped(lines: list[dict], key) -> dict[Any, list[dict]]:
    found: dict[Any, list[dict]] = defaultdict(list)
    for row in lines:
        found[key(row)].append(row)
    return found


def _nodes(lines: list[dict], levels: tuple[str, ...], behind: dict, by: str) -> list[dict]:
    """Return one row a value of the first level and currency, the largest result first, with its children."""
    groups = _grouped(lines, lambda row: (row[levels[0]] or "", row["currency"]))
    ordered = sorted(groups.items(), key=lambda item: (-abs(_total(item[1])), item[0]))
    nodes = [_node(rows, levels, behind, by) for _, rows in ordered[:SHOWN_LEAVES]]
    return nodes + _rest([rows for _, rows in ordered[SHOWN_LEAVES:]], behind)


def _node(rows: list[dict], levels: tuple[str, ...], behind: dict, by: str) -> dict[str, Any]:
    first, leaf = rows[0], len(levels) == 1
    label, note = _label(first, levels[0])
    node = {
        "label": label,
        "note": note,
        "currency": first["currency"],
        "total": _total(rows),
        "sums": _sums(rows, behind["others"]),
        "children": [] if leaf else _nodes(rows, levels[1:], behind, by),
    }
    return node | (_leaf(rows, behind, by) if leaf else NOTHING_BEHIND)


def _label(row: dict, level: str) -> tuple[str, str]:
    if level == "isin":
        return (row["name"], row["isin"]) if row["isin"] else ("Book as a whole", "")
    return (row["desk"], f"in {row['currency']}") if level == "desk" else (row["book"], _book_note(row))


def _book_note(row: dict) -> str:
    return ", ".join(text for text in (row["trader"], row["cost_method"]) if text)


def _leaf(rows: list[dict], behind: dict, by: str) -> dict[str, Any]:
    book, isin = rows[0]["book"], rows[0]["isin"]
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        amounts[row["component"]] += row["amount"]
    place = anchor(book, isin)
    return {
        "id": place if by == "desk" else "",
        "see": place if place in behind["places"] else "",
        "lots": behind["lots"].get((book, isin)),
        "components": [
            {"name": name, "amount": amounts[name], "operations": behind["operations"].get((book, isin, name))}
            for name in COMPONENTS
            if name in amounts
        ],
    }


def _rest(groups: list[list[dict]], behind: dict) -> list[dict]:
    """Return the row that stands for the groups not drawn, one a currency, so that sums still hold."""
    nodes = []
    left_out = [row for group in groups for row in group]
    for currency, rows in _grouped(left_out, lambda row: row["currency"]).items():
        number = sum(group[0]["currency"] == currency for group in groups)
        nodes.append(
            {"label": numerals.count(number, "more line"), "note": "in results/pnl_lines.csv", "currency": currency}
            | {"total": _total(rows), "sums": _sums(rows, behind["others"]), "children": [], **NOTHING_BEHIND}
        )
    return nodes


def _operations(result: Result) -> dict[tuple, Any]:
    drawn = columns(
        "kind|What|word", "key|Reference|key", "arithmetic|Arithmetic|code", "amount|Amount|money", "source|Row|key"
    )
    rows = result.tables["operations"]
    of_day = [_with_source(row) for row in numerals.records(rows[rows["date"] == result.day.as_of])]
    found = _grouped(of_day, lambda row: (row["book"], row["isin"], row["component"]))
    more = "results/operations.csv"
    return {
        key: table(group, drawn, f"Operations behind {numerals.label(key[2])}", more, limit=SHOWN_OPERATIONS).html()
        for key, group in found.items()
    }


def _with_source(row: dict) -> dict:
    file, line = row.get("source_file"), row.get("source_line")
    source = f"{file}:{line}" if file and line is not None else file
    return row | {"source": source, "kind": numerals.label(row["kind"])}


def _lots(result: Result) -> dict[tuple, Any]:
    drawn = columns("trade_id|Opened by|key", "opened_on|On|date", "quantity|Quantity|quantity", "cost|Cost|money")
    found = _grouped(numerals.records(result.tables["lots"]), lambda row: (row["book"], row["isin"]))
    return {
        key: table(group, drawn, "Lots held at the close", "results/lots.csv", limit=SHOWN_LOTS).html()
        for key, group in found.items()
    }
