"""Who can act on an instruction that has not settled: the bank's own desks, by ISO reason code and movement."""

import pyarrow as pa

from bolib.day import Day
from bolib.errors import ParameterError

CAUSES = ("securities", "cash", "hold", "matching", "other")
"""What can hold an instruction; SELECTs know these words."""

WORDS = {"cause", "deliver", "receive"}
MOVEMENTS = {"deliver": "DELI", "receive": "RECE"}
COLUMNS = pa.schema([(name, pa.string()) for name in ("reason", "movement", "cause", "desk")])


def add_reason_desks(day: Day) -> None:
    """Add reason, movement, cause and desk, from `reasons` in the report's parameters."""
    rows = []
    for code, said in (day.parameters.get("reasons") or {}).items():
        _check(code, said)
        for word, movement in MOVEMENTS.items():
            rows.append({"reason": code, "movement": movement, "cause": said["cause"], "desk": said[word]})
    day.engine.add("reason_desks", pa.Table.from_pylist(rows, schema=COLUMNS))


def _check(code: str, said: dict) -> None:
    where = f"deadlines.yml, reasons, {code}"
    if not isinstance(said, dict) or set(said) != WORDS:
        raise ParameterError(where, f"the words {', '.join(sorted(WORDS))}", str(said), "Correct the parameters file.")
    if said["cause"] not in CAUSES:
        raise ParameterError(
            where, f"a cause among {', '.join(CAUSES)}", str(said["cause"]), "Correct the parameters file."
        )


def add_book_accounts(day: Day) -> None:
    """Add the custody account of each book; an account may hold several, joined by +."""
    pairs = [(book, row["account"]) for row in day.rows("account_books") for book in row["book"].split("+")]
    columns = {"book": [book for book, _ in pairs], "account": [account for _, account in pairs]}
    day.engine.add("book_accounts", pa.table(columns, schema=pa.schema([(name, pa.string()) for name in columns])))
