"""Operational incidents: what an authority must be told by which hour, which losses count, which causes come back."""

from bolib.day import Day
from bolib.deadlines.incidents.candidates import add_candidates, add_windows
from bolib.deadlines.incidents.losses import add_event_types, add_thresholds
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ("incident_reports", "incident_losses")


def prepare(day: Day) -> None:
    """Add the clock that binds each incident at each stage, and what its loss and its cause are measured by."""
    prepared = views("deadlines")
    prepare_views(day.engine, prepared, {"incident_triggers"}, **day.bound)
    add_candidates(day)
    add_windows(day)
    add_thresholds(day)
    add_event_types(day)
    prepare_views(day.engine, prepared, {"incident_clocks"}, **day.bound)
