"""Faults in who answers for what."""

from generator.planting import Planted


def plant_owner(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the owners without that of the card disputes."""
    planted.add("owners", "card", "nobody answers for cards", "owner missing", "anomalies")
    return [row for row in rows if row["object_type"] != "card"]
