"""What is held at the close, with the age of each price."""

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.earnings import anchor, instrument_names
from bolib.report.tables import columns, table
from bolib.results import Result


def positions(result: Result) -> Display:
    """Return the positions of the day; an instrument leads to its result, lots and operations."""
    rows = result.tables["positions"]
    names = instrument_names(result)
    held = [_position(row, names) for row in numerals.records(rows[rows["date"] == result.day.as_of])]
    drawn = columns(
        "line|Instrument|link",
        "book|Book|word",
        "quantity|Quantity|quantity",
        "price|Price|price",
        "age|Price of|age",
        "market_value|Market value|money",
        "latent|Unrealised|change",
        "currency||word",
    )
    held.sort(key=lambda row: (row["market_value"] is not None, -abs(row["market_value"] or 0)))
    return table(held, drawn, "Positions at the close; values in the book's currency", "results/positions.csv")


def _position(row: dict, names: dict[str, str]) -> dict:
    value, cost = row["market_value"], row["cost"]
    signed_cost = -cost if row["quantity"] < 0 else cost
    return row | {
        "line": (names.get(row["isin"], row["isin"]), "#" + anchor(row["book"], row["isin"]), row["isin"]),
        "latent": None if value is None else value - signed_cost,
        "age": None if row["price"] is None else row.get("price_age_days") or 0,
    }
