"""Static pages: one a report, and the index of the day. They need no network, no kernel, no widget state.

`run.py` calls four functions, all with plain values; every text they are given is escaped.

    copy_assets(folder)                        the shared copy of Plotly into folder/_assets
    render_page(notebook, name, summary)       folder/<name>.html from an executed notebook
    render_index(summary)                      folder/index.html
    render_failure(name, error, notebook)      the page of a notebook that did not run to its end

`summary` is a dict (JSON values; amounts and dates as text or as Decimal and date):

    as_of         "2026-03-31"
    proven        bool
    reports       {name: {"text", "level", "counts", "headline", "ran", "off", "seconds"}} in order of
                  reading; text, level and counts are the Verdict's; headline, ran and off (numbers of
                  its controls) and seconds may be absent
    completeness  rows of the result `completeness`, as dicts
    headline      [{"label", "value", "unit", "note", "href"}], value as written; only label and value are
                  required; drawn where no report brings a headline of its own
    notice        what of the data was moved or made up, in Markdown; "" for a bank's own data
    run           {"run_id", "started_at", "seconds", "version", "engine", ...}: shown at the foot, in this order

A page's markup comes from the outputs of our own displays; HTML of any other origin (a frame shown
by an analyst) is reduced to plain tables. A content security policy allows nothing but the page's
own style and script, by hash, and the copy of Plotly beside it.
"""

import base64
import hashlib
import shutil
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bolib.report import display, figures, numerals
from bolib.report.notebook import Section, markdown, sections, title_of
from bolib.report.proof import completeness_of, verdict_banner
from bolib.results import Verdict

PLOTLY = "plotly-basic-4.1.1.min.js"
TITLES = {"pnl": "Daily P&L", "deadlines": "Deadlines", "anomalies": "Anomalies"}


def copy_assets(folder: Path) -> None:
    """Put what the pages of a folder share beside them."""
    target = folder / "_assets"
    target.mkdir(parents=True, exist_ok=True)
    for source in (display.HERE / "assets").iterdir():
        shutil.copyfile(source, target / source.name)


def render_page(notebook: Any, name: str, summary: dict[str, Any]) -> str:
    """Return the page of an executed notebook."""
    found = sections(notebook)
    return _page(
        "report.html.j2",
        name=name,
        title=_title(name, summary["proven"]),
        summary=_summary(summary),
        heading=title_of(found) or TITLES.get(name, name),
        lead=found[0],
        sections=found[1:],
        figures=any(section.has_figure for section in found),
        banner="",
    )


def render_index(summary: dict[str, Any]) -> str:
    """Return the first page of the day: verdicts, proof, headline numbers, the way to the reports."""
    return _page(
        "index.html.j2",
        name="index",
        title=_title("index", summary["proven"]),
        summary=_summary(summary),
        proof=completeness_of(summary["completeness"], summary["proven"]).html(),
        figures=False,
    )


def render_comparison(title: str, parts: list[Section], files: list[str], run: dict[str, Any]) -> str:
    """Return the page of two files compared: `parts` are its sections, the first the verdict; `files` stand beside."""
    return _page(
        "match.html.j2",
        name="match",
        title=title,
        summary={"as_of": None, "reports": {}, "notice": "", "run": run, "proven": True},
        heading=title,
        lead=parts[0],
        sections=parts[1:],
        figures=False,
        banner="",
        files=files,
    )


def render_drill(title: str, as_of: date, parts: list[Section], run: dict[str, Any]) -> str:
    """Return the page of a drill, which stands alone; the first part has no heading of its own."""
    return _page(
        "certificate.html.j2",
        name="certificate",
        title=title,
        summary={"as_of": as_of, "reports": {}, "notice": "", "run": run, "proven": True},
        heading=title,
        lead=parts[0],
        sections=parts[1:],
        figures=False,
        banner="",
    )


def render_failure(name: str, error: str, notebook: Any) -> str:
    """Return the page of a notebook that stopped: why, where, and what it had shown until then."""
    found = sections(notebook) if notebook else [Section("", "")]
    failure = Verdict(f"This report did not run to its end: {error}", "bad", {})
    return _page(
        "report.html.j2",
        name=name,
        title=f"FAILED – {TITLES.get(name, name)}",
        summary={"as_of": None, "reports": {}, "notice": "", "run": {}, "proven": True},
        heading=title_of(found) or TITLES.get(name, name),
        lead=found[0],
        sections=found[1:],
        figures=any(section.has_figure for section in found),
        banner=display.environment().get_template("failure.html.j2").render(text=failure.text),
    )


def _title(name: str, proven: bool) -> str:
    return ("" if proven else "NOT PROVEN – ") + TITLES.get(name, "The day" if name == "index" else name)


def _summary(summary: dict[str, Any]) -> dict[str, Any]:
    """Return the summary with its day as a date and each report's banner drawn."""
    reports = {name: _report(name, found, summary["proven"]) for name, found in summary["reports"].items()}
    as_of = summary["as_of"]
    day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
    groups = [
        (reports[name]["title"], reports[name]["headline"], f"{name}.html")
        for name in reports
        if reports[name]["headline"]
    ]
    groups = groups or [("", _numbers(summary["headline"]), "")]
    return summary | {"as_of": day, "reports": reports, "headline": groups, "notice": markdown(summary["notice"])}


def _report(name: str, found: dict[str, Any], proven: bool) -> dict[str, Any]:
    verdict = Verdict(found["text"], found["level"], found["counts"])
    banner = verdict_banner(verdict, proven, found.get("ran"), found.get("off", 0))
    drawn = {"title": TITLES.get(name, name), "banner": banner.html(), "shown": banner.values}
    return {"seconds": None} | found | drawn | {"headline": _numbers(found.get("headline", []))}


def _numbers(headline: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return headline numbers for the template; those of the same label stand together, one a unit."""
    groups = [(label, list(items)) for label, items in groupby(headline, key=lambda item: item["label"])]
    return [
        {"label": label, "note": items[0].get("note", ""), "href": items[0].get("href", "")}
        | {"numbers": [_number(item) for item in items]}
        for label, items in groups
    ]


def _number(item: dict[str, Any]) -> dict[str, Any]:
    text = str(item["value"])
    negative = text[:1] in ("-", numerals.MINUS)
    return {
        "value": numerals.MINUS + text[1:] if negative else text,
        "unit": item.get("unit", ""),
        "negative": negative,
    }


def _page(template: str, **values: Any) -> str:
    css = display.text("report.css") + display.text("display.css")
    script = display.text("report.js")
    return (
        display.environment()
        .get_template(template)
        .render(
            css=Markup(css),
            script=Markup(script),
            policy=_policy(css, script),
            plotly=PLOTLY,
            palette=figures.PALETTE,
            names=TITLES,
            **values,
        )
    )


def _policy(css: str, script: str) -> str:
    """Return the content security policy of a page with this style and script."""
    parts = {
        "default-src": "'none'",
        "script-src": f"'self' {_hash(script)}",
        "style-src": _hash(css),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
