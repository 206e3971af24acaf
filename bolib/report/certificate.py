"""The page of a drill, `drill.html`: the controls' certificate. One file that needs nothing beside it.

render_certificate(said)     `said` is a dict of plain values, as bolib.drill.record makes it:

as_of, days, seed, copies       the last day replayed, all days, the seed, the copies with faults
passed, sentence                the verdict and why
manner                          how faults were found, and what was said of nothing
shares                          [{"label", "part", "whole", "percent", "asked", "met"}]
faults, controls, alerts        rows of the results drill_faults, drill_controls and drill_alerts
clean                           {day: findings in the copy without faults}
unwatched                       rules in force nothing watches: rows of the result `rules`
own                             controls whose rule the bank alone has decided: control, title, rule, text
run                             what the foot shows
"""

from collections import defaultdict
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.notebook import Section, markdown
from bolib.report.page import render_drill
from bolib.report.proof import verdict_banner
from bolib.report.tables import columns, table
from bolib.results import Verdict

TITLE = "Drill of the controls"
ORDER = ("BLIND", "NOT_PROVEN", "NOT_IN_FORCE", "OFF", "PROVEN")
WORDS = {"FAULT": "a fault", "CONSEQUENCE": "its consequence", "DECOY": "a decoy", "UNEXPLAINED": "nothing planted"}

LEAD = """Known faults were planted in a copy of the day and the months before it, the days replayed, and what the
reports said was compared with what they say of the copy without faults. The
tables sort and filter."""

PROVING = """A control is proven here by finding a fault that was planted. **Blind**: it was given one and found none.
**Not proven**: none could be planted for it."""


def render_certificate(said: dict[str, Any]) -> str:
    """Return the page of a drill."""
    lead = Section("", "", [_verdict(said).html(), _shares(said).html(), markdown(said["manner"]), markdown(LEAD)])
    return render_drill(TITLE, said["as_of"], [lead, *_sections(said)], said["run"])


def _verdict(said: dict[str, Any]) -> Display:
    word = "good" if said["passed"] and all(row["status"] != "NOT_PROVEN" for row in said["controls"]) else "warning"
    return verdict_banner(Verdict(said["sentence"], word if said["passed"] else "bad", {}), proven=True)


def _shares(said: dict[str, Any]) -> Display:
    return Display("shares.html.j2", plain=said["sentence"], shares=said["shares"])


def _sections(said: dict[str, Any]) -> list[Section]:
    planted = [row for row in said["faults"] if row["planted"]]
    faults = [row for row in planted if not row["decoy"]]
    return [
        _section("What was missed?", _missed(faults)),
        _section("Which controls are proven?", PROVING, _controls(said["controls"])),
        _section("Who found which fault, on which day?", _found(faults)),
        _section("How much was found, by kind?", _grouped(faults, "kind", "Kind of fault")),
        _section("How much was found, by table?", _grouped(faults, "table", "Table")),
        _section("What were the false alarms?", _alarms_words(said, planted), _alarms(said["alerts"]), _clean(said)),
        _section("Which faults could not be planted?", _left([row for row in said["faults"] if not row["planted"]])),
        _section("Which rules does no control cover?", _unwatched_words(said), _unwatched(said["unwatched"])),
        _section("Which controls stand on a rule of the bank alone?", _own(said["own"])),
    ]


def _section(heading: str, *parts: str | Display) -> Section:
    anchor = "".join(letter if letter.isalnum() else "-" for letter in heading.lower()).strip("-")
    return Section(heading, anchor, [part.html() if isinstance(part, Display) else markdown(part) for part in parts])


def _missed(faults: list[dict]) -> Display:
    rows = [row | {"who": row["expected"] or "no control exists for it"} for row in faults if not row["caught"]]
    drawn = columns(
        *("kind|Kind|word", "title|Fault|text", "table|Table|word", "field|Field|text", "key|On|code"),
        "who|Should have been found by|reason",
    )
    return table(rows, drawn, "Faults nothing was heard of", empty="Every fault that was planted was found.")


def _controls(controls: list[dict]) -> Display:
    ordered = sorted(controls, key=lambda row: (ORDER.index(row["status"]), row["control"]))
    drawn = columns(
        "control|Control|word",
        "title|Asks|text",
        "status|Drill|status",
        "caught|Found|integer",
        "planted|Of|integer",
        "others|Other faults found|integer",
        "why|Why not|reason",
    )
    return table(ordered, drawn, "Controls, those not proven first", "results/drill_controls.csv")


def _found(faults: list[dict]) -> Display:
    rows = [row | {"named": "yes" if row["field_named"] else "no"} for row in faults if row["caught"]]
    drawn = columns(
        *("table|Table|word", "title|Fault|text", "key|On|code", "day|Happens|date", "caught_on|Found|date"),
        *("caught_by|By|text", "field|Field|text", "named|Named|word"),
    )
    return table(rows, drawn, "Faults found", "results/drill_faults.csv", empty="No fault was found.")


def _grouped(faults: list[dict], name: str, heading: str) -> Display:
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in faults:
        groups[row[name]].append(row)
    rows = [
        {
            name: group,
            "found": sum(row["caught"] for row in found),
            "planted": len(found),
            "named": sum(row["field_named"] for row in found),
            "missed": ", ".join(row["title"] for row in found if not row["caught"]) or None,
        }
        for group, found in sorted(groups.items())
    ]
    total = {name: "All"} | {key: sum(row[key] for row in rows) for key in ("found", "planted", "named")}
    drawn = columns(
        f"{name}|{heading}|text",
        "found|Found|integer",
        "planted|Of|integer",
        "named|Field named|integer",
        "missed|Missed|reason",
    )
    return table(rows, drawn, f"Faults by {name}", total=total)


def _alarms_words(said: dict[str, Any], planted: list[dict]) -> str:
    decoys = [row for row in planted if row["decoy"]]
    quiet = sum(not row["caught"] for row in decoys)
    near = sum(row["relation"] == "CONSEQUENCE" for row in said["alerts"])
    return (
        f"Of {len(said['alerts']):,} new findings {near:,} are consequences: about a book, security, account or "
        f"another name a fault touches. {quiet} of {numerals.count(len(decoys), 'decoy')}, unusual but right, passed "
        "without a word: "
        f"{'; '.join(row['title'].lower() for row in decoys) or 'none was planted'}."
    )


def _alarms(alerts: list[dict]) -> Display:
    rows = [row | {"about": WORDS[row["relation"]]} for row in alerts if row["relation"] in ("DECOY", "UNEXPLAINED")]
    drawn = columns(
        "day|Day|date", "control|Control|word", "message|What it said|text", "about|About|text", "fault|Decoy|code"
    )
    return table(
        rows,
        drawn,
        "Findings no planted fault explains",
        "results/drill_alerts.csv",
        empty="No finding is about a decoy, or about nothing that was planted.",
    )


def _clean(said: dict[str, Any]) -> Display:
    rows = [{"day": day, "findings": number} for day, number in sorted(said["clean"].items())]
    drawn = columns("day|Day|date", "findings|Findings in the copy without faults|integer")
    return table(rows, drawn, "What was there before anything was planted: it does not count, here or above")


def _left(left: list[dict]) -> Display:
    drawn = columns("kind|Kind|word", "title|Fault|text", "table|Table|word", "expected|For|text", "why|Why not|reason")
    return table(left, drawn, "Faults not planted", empty="Every fault was planted.")


def _unwatched_words(said: dict[str, Any]) -> str:
    rules = numerals.count(len(said["unwatched"]), "rule")
    return f"{rules} in force on the day that neither a control nor a clock acts on."


def _unwatched(rules: list[dict]) -> Display:
    drawn = columns("rule|Rule|word", "subject|Subject|word", "text_en|What it asks|text", "citation|Source|reason")
    return table(rules, drawn, "Rules no control covers", empty="Every rule in force is covered.")


def _own(own: list[dict]) -> Display:
    drawn = columns("control|Control|word", "title|Asks|text", "rule|Rule|word", "text|What the bank decided|text")
    return table(
        own,
        drawn,
        "Controls that neither a law nor a practice of the market names",
        empty="Every control rests on a law or a practice of the market.",
    )
