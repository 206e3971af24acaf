"""Chasers: what the other side is asked today, in French and English, for a person to read and send."""

import pyarrow as pa

from bolib.day import Day
from bolib.letters import LANGUAGES, Letter, write

COLUMNS = {"party": pa.string(), "lines": pa.int64(), "fr": pa.string(), "en": pa.string()}


def written(day: Day, letters: list[Letter]) -> pa.Table:
    """Write chasers beside the day's results; return for each who is asked about how many lines, and the files.

    A letter's field `asked` holds its lines by question. Nothing is written and nothing returned where no results are.
    """
    kept = letters if day.results is not None else []
    if kept:
        write(day.results.parent / "letters", kept)
    rows = [
        {"party": letter.key, "lines": sum(len(lines) for lines in letter.fields["asked"].values())}
        | {language: f"letters/{letter.name}.{language}.html" for language in LANGUAGES}
        for letter in kept
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(COLUMNS))
