"""Days drawn one after the other, of which each carries over what the one before left open; some subjects alone."""

from drawn_day import drawn_day

from bolib.anomalies import cards, coherence, depot, machines, nostro, sequences
from bolib.anomalies.carried import add_carried
from bolib.findings import breaches_of
from bolib.results import frame, write
from bolib.tables.results import CARRIED
from bolib.views import prepare, views

MADE = {
    coherence: set(),
    nostro: {"nostro_breaks", "open_lines"},
    depot: {"open_holdings"},
    sequences: set(),
    cards: {"card_breaks", "account_breaks", "account_pairs", "open_authorisations", "open_clearings", "open_entries"}
    | {"matched_clearings"},
    machines: {"machine_breaks", "open_counts"},
}
"""The views of each subject that a run would make for its page and for the next evening."""


def evening(as_of, history, *subjects, **drawn):
    """Return the day of the drawn tables with some subjects made, once it is published where the next day looks."""
    day = drawn_day("anomalies", as_of, **drawn)
    day.history = history
    add_carried(day)
    for subject in subjects:
        subject.prepare(day)
        prepare(day.engine, views("anomalies"), MADE[subject], **day.bound)
    published(day, history)
    return day


def published(day, folder):
    """Write what a day left open where the next day looks for it; return the folder of the history."""
    results = folder / day.as_of.isoformat() / "results"
    results.mkdir(parents=True)
    for declared in CARRIED.values():
        if declared.name in day.engine.names():
            write(results, declared.name, frame(day.engine.table(declared.name)))
    return folder


def told(day, *controls):
    """Return the keys some controls find."""
    return [breach.key for item in day.controls if item.id in controls for breach in breaches_of(day, item) or []]
