"""Two files compared, as people read it: one sentence, a line a class, then the rows themselves."""

from collections.abc import Iterator
from decimal import Decimal

import bolib
from bolib.comparison import CLASSES, Outcome
from bolib.comparison.told import MATCHED
from bolib.report import numerals, page
from bolib.report.display import Display
from bolib.report.notebook import Section
from bolib.report.proof import verdict_banner
from bolib.report.tables import columns, table
from bolib.results import Verdict

LIMIT = 400
"""Rows of a table drawn in the page."""


def sentence(outcome: Outcome) -> str:
    """Return the verdict: all the same, or how many rows of either file are not."""
    left, right = outcome.names
    if not any(total["rows"] for total in outcome.totals.values()):
        return f"{left} and {right} hold no row: nothing was compared."
    if not outcome.broken:
        return f"{left} and {right} agree: {numerals.count(outcome.matched, 'pair')}, every row matched{_but(outcome)}."
    counts = [
        f"{_rows(outcome, side.word):,} of {numerals.count(outcome.totals[side.word]['rows'], 'row')} of {name}"
        for side, name in zip(outcome.sides, outcome.names, strict=True)
    ]
    matched = f"{numerals.count(outcome.matched, 'pair')} {'matches' if outcome.matched == 1 else 'match'}"
    return f"{left} and {right} differ: {' and '.join(counts)} have no equal; {matched}{_but(outcome)}."


def _but(outcome: Outcome) -> str:
    """Return how many of the pairs are equal only within a tolerance."""
    rows = sum(row["rows"] for row in outcome.accepted)
    return f", {numerals.count(rows, 'value')} within a tolerance" if rows else ""


def _rows(outcome: Outcome, word: str) -> int:
    return sum(row["rows"] for row in outcome.tallies if row["side"] == word and row["class"] != MATCHED)


def classes(outcome: Outcome) -> list[dict]:
    """Return a row a class and currency: rows and amounts on either side, and how far they are apart."""
    words = {MATCHED: "the same on both sides"} | {
        name: said.format(left=outcome.names[0], right=outcome.names[1]) for name, said in CLASSES.items()
    }
    found: dict[tuple, dict] = {}
    for row in outcome.tallies:
        kept = found.setdefault((row["class"], row["currency"]), {"class": row["class"], "currency": row["currency"]})
        kept[row["side"]] = row["rows"]
        kept[f"{row['side']}_amount"] = row["amount"]
    order = list(words)
    rows = sorted(found.values(), key=lambda row: (order.index(row["class"]), row["currency"] or ""))
    return [row | {"words": words[row["class"]], "apart": _apart(row)} for row in rows]


def _apart(row: dict) -> Decimal | None:
    left, right = row.get("LEFT_amount"), row.get("RIGHT_amount")
    return None if left is None and right is None else (right or Decimal(0)) - (left or Decimal(0))


def lines(outcome: Outcome) -> Iterator[str]:
    """Yield what a terminal shows: the sentence, a line a class, what was accepted, the proof."""
    yield sentence(outcome)
    rows = [_cells(row, outcome) for row in classes(outcome)]
    drawn = [HEADINGS[: len(rows[0])], *rows] if rows else []
    wide = [max(len(row[place]) for row in drawn) for place in range(len(drawn[0]))] if drawn else []
    for first, *others in drawn:
        yield "  ".join(
            ["", f"{first:{wide[0]}}", *(f"{text:>{size}}" for text, size in zip(others, wide[1:], strict=True))]
        )
    for row in outcome.accepted:
        unit = f" {row['unit']}" if row["unit"] else ""
        count = numerals.count(row["rows"], "value")
        yield f"  Accepted for {row['reason']}: {count} of {row['column']}, {row['total']:+}{unit} in all."
    for column in outcome.texts.compare:
        if column.mixed:
            yield f"  Compared as text: {column.pair.said}, as {column.mixed}."
    yield f"  {proof_sentence(outcome)}"


HEADINGS = ["", "rows left", "rows right", "amount left", "amount right", "apart", ""]


def _cells(row: dict, outcome: Outcome) -> list[str]:
    cells = [row["words"], f"{row.get('LEFT', 0):,}", f"{row.get('RIGHT', 0):,}"]
    if outcome.texts.amount is not None:
        cells += [numerals.money(row.get("LEFT_amount")), numerals.money(row.get("RIGHT_amount"))]
        cells += [
            numerals.NONE if row["apart"] is None else numerals.money(row["apart"], sign=True),
            row["currency"] or "",
        ]
    return cells


def proof_sentence(outcome: Outcome) -> str:
    """Return whether every row and cent of either file is in one class."""
    counts = " and ".join(numerals.count(outcome.totals[side.word]["rows"], "row") for side in outcome.sides)
    amount = outcome.texts.compare[outcome.texts.amount].pair.said if outcome.texts.amount is not None else ""
    sums = f", and so is the sum of {amount}" if amount else ""
    return f"Proof: {counts} read, each in one class{sums}." if outcome.proven else "NOT PROVEN: rows are missing."


def render(outcome: Outcome, shown: dict[str, list[dict]], files: list[str]) -> str:
    """Return the page."""
    level = "good" if not outcome.broken else "warning"
    banner = verdict_banner(Verdict(sentence(outcome), level, {}), outcome.proven)
    parts = [
        Section("", "", [banner.html()]),
        _section("How many rows are the same, and what are the others?", classes_table(outcome), proof(outcome)),
        _section("Which values differ?", differences(shown["different"], outcome, "Values that differ")),
        _section("Which rows have no partner?", alone(shown["alone"], outcome)),
    ]
    if outcome.accepted:
        drawn = differences(shown["tolerated"], outcome, "Differences accepted, each with its reason")
        parts.append(_section("What was accepted?", accepted(outcome), drawn))
    parts.append(_section("What was compared?", compared_columns(outcome)))
    left, right = outcome.names
    run = {"left": str(outcome.question.left), "right": str(outcome.question.right), "bolib": bolib.__version__}
    return page.render_comparison(f"{left} against {right}", parts, files, run)


def _section(heading: str, *displays: Display) -> Section:
    anchor = "".join(letter if letter.isalnum() else "-" for letter in heading.lower()).strip("-")
    return Section(heading, anchor, [display.html() for display in displays])


def classes_table(outcome: Outcome) -> Display:
    """Return rows and amounts by class."""
    left, right = outcome.names
    amounts = (f"LEFT_amount|{left}, amount|money", f"RIGHT_amount|{right}, amount|money", "apart|apart|change")
    drawn = columns(
        *("words|What|text", f"LEFT|{left}, rows|integer", f"RIGHT|{right}, rows|integer"),
        *(amounts if outcome.texts.amount is not None else ()),
        *(("currency|Currency|word",) if outcome.texts.currency is not None else ()),
    )
    total = {"words": "all rows"} | {side.word: outcome.totals[side.word]["rows"] for side in outcome.sides}
    if outcome.texts.currency is None:
        total |= {f"{side.word}_amount": outcome.totals[side.word]["amount"] for side in outcome.sides}
    return table(classes(outcome), drawn, "Rows by class", total=total)


def proof(outcome: Outcome) -> Display:
    """Return the rows and amounts that came in against those in a class."""
    rows = []
    for side, name in zip(outcome.sides, outcome.names, strict=True):
        mine = [row for row in outcome.tallies if row["side"] == side.word]
        placed = sum((row["amount"] or Decimal(0) for row in mine), Decimal(0))
        state = "PROVEN" if outcome.accounted(side.word) else "NOT_PROVEN"
        total = outcome.totals[side.word]
        rows.append({"file": name, "read": total["rows"], "placed": sum(row["rows"] for row in mine), "state": state,
                     "amount": total["amount"], "in_classes": placed})  # fmt: skip
    amounts = ("amount|Amount read|money", "in_classes|in a class|money") if outcome.texts.amount is not None else ()
    drawn = columns(
        "file|File|key", "read|Rows read|integer", "placed|in a class|integer", *amounts, "state|Proof|status"
    )
    return table(rows, drawn, "Every row is in one class")


def differences(rows: list[dict], outcome: Outcome, caption: str) -> Display:
    """Return values that differ, the largest difference first."""
    left, right = outcome.names
    drawn = columns(
        *("key|Key|key", "column|Column|word", f"left|{left}|word", f"right|{right}|word", "difference|apart|word"),
        *("words|Class|text", "left_line|Line, left|integer", "right_line|Line, right|integer"),
    )
    words = {MATCHED: "accepted"} | CLASSES
    said = [row | {"words": words[row["class"]]} for row in rows]
    return table(said, drawn, caption, "differences.parquet", empty="No value differs where both sides have the row.")


def alone(rows: list[dict], outcome: Outcome) -> Display:
    """Return rows of one side alone, and rows that stand more than once."""
    names = dict(zip(("LEFT", "RIGHT"), outcome.names, strict=True))
    said = [row | {"file": names[row["side"]], "sum": _decimal(row["amount"])} for row in rows]
    amounts = ("sum|Amount|money",) if outcome.texts.amount is not None else ()
    drawn = columns("key|Key|key", "file|File|word", "line|Line|integer", *amounts, "explanation|Why|reason")
    return table(said, drawn, "Rows without a partner", "breaks.parquet", empty="Every row has a partner.")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def accepted(outcome: Outcome) -> Display:
    """Return the tolerated differences by column."""
    drawn = columns(
        *("column|Column|word", "reason|Reason|text", "rows|Values|integer", "total|Sum, signed|change"),
        "gross|Sum of sizes|money",
    )
    return table(outcome.accepted, drawn, "Accepted differences")


def compared_columns(outcome: Outcome) -> Display:
    """Return each column with the way its values were read."""
    used = [("key", column) for column in outcome.texts.on] + [("compared", column) for column in outcome.texts.compare]
    reasons = {name: tolerance.reason for name, tolerance in outcome.question.tolerances.items()}
    rows = [
        {"left": column.pair.left, "right": column.pair.right, "use": use, "kind": column.kind,
         "how": "; ".join(filter(None, (column.writing, column.mixed))), "tolerance": reasons.get(column.pair.left)}
        for use, column in used
    ]  # fmt: skip
    left, right = outcome.names
    drawn = columns(
        *(f"left|{left}|key", f"right|{right}|word", "use|Use|word", "kind|Read as|word", "how|Written as|text"),
        "tolerance|Tolerance|word",
    )
    return table(rows, drawn, "Columns")
