"""What a drill leaves: `drill.html`, and its rows under `results/`, as Parquet and CSV."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa

from bolib import __version__
from bolib.coverage import register
from bolib.drill.certificate import NOISE, Certificate, Share
from bolib.report.certificate import render_certificate
from bolib.results import frame, write
from bolib.rulebook import Rulebook
from bolib.tables.results import RESULTS
from bolib.views import result_schema

PAGE = "drill.html"
ROWS = {"drill_faults": "faults", "drill_controls": "controls", "drill_alerts": "alerts"}


def record(found: Certificate, book: Rulebook, parameters: Path, folder: Path) -> Path:
    """Write the page and the rows of a drill into `folder`, which is replaced whole; return the page."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "results").mkdir(parents=True)
    for name, rows in ROWS.items():
        schema = result_schema(RESULTS[name])
        write(draft / "results", name, frame(pa.Table.from_pylist(getattr(found, rows), schema=schema)))
    (draft / PAGE).write_text(render_certificate(said(found, book, parameters)), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return folder / PAGE


def said(found: Certificate, book: Rulebook, parameters: Path) -> dict[str, Any]:
    """Return what the page shows, in plain values."""
    rules = register(book, parameters, found.as_of).to_pylist()
    return {
        "as_of": found.as_of,
        "passed": found.passed,
        "sentence": sentence(found),
        "manner": manner(found),
        "shares": shares(found),
        "faults": found.faults,
        "controls": found.controls,
        "alerts": found.alerts,
        "clean": found.clean,
        "unwatched": [row for row in rules if row["in_force"] and not row["watched_by"]],
        "own": _own(found, book),
        "run": {
            "days": ", ".join(map(str, found.days)),
            "seed": found.seed,
            "copies": found.copies,
            "version": __version__,
        },
    }


def sentence(found: Certificate) -> str:
    """Return the verdict in one or two sentences."""
    share, alarms = found.recall_over_all, len(found.false_alarms)
    kinds = len({row["kind"] for row in found.faults if row["planted"] and not row["decoy"]})
    blind = f"blind: {', '.join(row['control'] for row in found.blind)}" if found.blind else "none is blind"
    text = (
        f"{share.part} of {share.whole} planted faults of {kinds} kinds were found. {len(found.proven)} "
        f"of {found.tried} controls are proven, {blind}. {alarms:,} of {len(found.alerts):,} "
        "new findings are false alarms."
    )
    short = [one["label"].lower() for one in shares(found) if not one["met"]]
    text += f" Below what is asked: {', '.join(short)}." if short else ""
    return f"{text} Too many statistical alerts without a cause." if found.noise > NOISE else text


def manner(found: Certificate) -> str:
    """Return how the faults were found: on which day, with which field; what was said of nothing; and what was lent."""
    caught = [row for row in found.faults if row["caught"] and not row["decoy"]]
    at_once = sum(row["caught_on"] == row["day"] for row in caught)
    named = sum(row["field_named"] for row in caught)
    text = (
        f"Of {len(caught)} faults found {at_once} were on the day they happened, and {named} with the field that is "
        f"wrong. Statistical alerts nothing planted explains: {found.noise} at most in a copy and day; {NOISE} are "
        "allowed."
    )
    return f"{text} {found.lent}".rstrip()


def shares(found: Certificate) -> list[dict[str, Any]]:
    """Return the shares of a drill, each with what is asked of it."""
    decoys = found.count(decoy=True, planted=True)
    return [
        _share("Faults found that a control exists for", found.recall),
        _share("Faults found, of all", found.recall_over_all),
        _share("New findings a fault explains", found.precision),
        _share("Controls proven", Share(len(found.proven), found.tried, 0)),
        _share("Decoys left in peace", Share(decoys - found.count(decoy=True, caught=True), decoys, 0)),
    ]


def _share(label: str, share: Share) -> dict[str, Any]:
    return {"label": label, "met": share.met, "percent": share.percent} | vars(share)


def _own(found: Certificate, book: Rulebook) -> list[dict[str, Any]]:
    """Return the controls whose rule is the bank's own decision."""
    rules = {row["control"]: book.closest(row["rule"], found.as_of) for row in found.controls}
    return [
        {"control": row["control"], "title": row["title"], "rule": row["rule"], "text": rules[row["control"]].text_en}
        for row in found.controls
        if rules[row["control"]].confidence == "BANK"
    ]
