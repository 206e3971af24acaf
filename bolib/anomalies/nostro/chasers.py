"""The chasers: what each counterparty is asked today, in French and English, for a person to read and send."""

from collections import defaultdict

import pyarrow as pa

from bolib.day import Day
from bolib.letters import LANGUAGES, Letter, write

ASKED = {
    ("RIGHT", "MISSING_OURS"): "origin",
    ("RIGHT", "DUPLICATE"): "twice",
    ("LEFT", "MISSING_THEIRS"): "where",
    **{("LEFT", name): "amount" for name in ("FEE", "FX", "ROUNDING", "TAX", "PARTIAL", "ACCRUED", "MULTI", "AMOUNT")},
    ("LEFT", "SIGN"): "amount",
    ("LEFT", "TIMING"): "date",
}
"""What is asked about a line of a side and class; what only the bank can settle is not asked of others."""

COLUMNS = {"party": pa.string(), "lines": pa.int64(), "fr": pa.string(), "en": pa.string()}


def written_chasers(day: Day) -> pa.Table:
    """Write the day's chasers beside its results; return by counterparty how many lines are asked about, and the files.

    Nothing is written and nothing returned where no results are.
    """
    letters = drafts(day) if day.results is not None else []
    if letters:
        write(day.results.parent / "letters", letters)
    rows = [
        {"party": letter.key, "lines": sum(len(lines) for lines in letter.fields["asked"].values())}
        | {language: f"letters/{letter.name}.{language}.html" for language in LANGUAGES}
        for letter in letters
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(COLUMNS))


def drafts(day: Day) -> list[Letter]:
    """Return one chaser a counterparty, its lines by what is asked, the oldest first."""
    found: dict[str, dict[str, list[dict]]] = defaultdict(lambda: {question: [] for question in ASKED.values()})
    for row in sorted(day.rows("nostro_breaks"), key=lambda row: (row["date"], row["key"])):
        question = ASKED.get((row["side"], row["class"]))
        if question:
            found[row["party"] or f"Correspondent of {row['account']}"][question].append(row)
    return [
        Letter("chaser", party, {"party": party, "as_of": day.as_of, "asked": asked})
        for party, asked in sorted(found.items())
    ]
