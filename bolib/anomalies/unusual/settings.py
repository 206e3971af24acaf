"""What may differ from bank to bank, from the parameters of the report."""

from dataclasses import dataclass, fields
from typing import Any

from bolib.errors import ParameterError


@dataclass(frozen=True)
class Settings:
    """From where on something is told, and how much of it a day."""

    budget: int
    """Alerts shown a day and table, the rest counted and listed below the line."""
    nats: float
    """Evidence of fields never said together from which a record is told."""
    spreads: float
    """Spreads from the usual amount from which an amount is told."""
    floor: float
    """Least spread of amounts, as a logarithm: 0.05 is five in a hundred."""
    result_floor: int
    """Least spread of what parts estimate and official result, in the currency of the book."""
    schedule_floor: int
    """Least spread of what parts an instalment from its schedule, in hundredths of the currency of the loan."""
    young_days: int
    """Days within which a new account or user is told once, and not again."""
    composites: int
    """Pairs of fields also taken as one."""
    price_spreads: float
    """Spreads beyond its market from which a price is told."""
    price_bp: int
    """Basis points below which a price never is."""
    stale_nats: float
    """Evidence from which a price that does not move is told."""


def settings(given: dict[str, Any]) -> Settings:
    """Return the settings; a word that is missing or unknown stops the run."""
    words = [item.name for item in fields(Settings)]
    if not isinstance(given, dict) or set(given) != set(words):
        found = ", ".join(given) if isinstance(given, dict) else repr(given)
        where = "parameters/anomalies.yml, unusual"
        raise ParameterError(where, f"the words {', '.join(words)}", found, "Correct the file.")
    return Settings(**given)
