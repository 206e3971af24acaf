"""Where a figure leads: to its rows, on the list of the page that holds them; report.js shows those and no others."""

from typing import Any
from urllib.parse import urlencode

CLOCKS, BEHIND, EVENINGS, COUNTS, RECEIVED = "clocks", "behind", "evenings", "counts", "received"
"""Lists a figure may lead to: clocks, loans in arrears, loans on the evenings they were counted, counts of cash,
complaints by what they are about."""


def rows_of(place: str, number: int, wanted: dict[str, Any]) -> str:
    """Return the link to the `number` rows of a list whose fields have the values wanted.

    The number goes with it, because a list draws the first rows only: the page says how many it lacks.

    >>> rows_of("behind", 3, {"band": ["1-29", "30-59"], "owner": None})
    '#behind?band=1-29&band=30-59&owner=&rows=3'
    """
    fields = {name: "" if value is None else value for name, value in wanted.items()}
    return f"#{place}?{urlencode({**fields, 'rows': number}, doseq=True)}"


def led(value: Any, place: str, number: int, wanted: dict[str, Any], note: str = "") -> Any:
    """Return a figure as a cell that leads to its rows; one that has none stays as it is.

    >>> led(3, "behind", 3, {"band": "1-29"})
    (3, '#behind?band=1-29&rows=3', '')
    """
    return (value, rows_of(place, number, wanted), note) if number and value is not None else value
