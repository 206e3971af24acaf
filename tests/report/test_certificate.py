"""The page of a drill: verdict first, alone in its file, true to its rows, and safe with any text."""

import re
import shutil
from datetime import date
from importlib.util import find_spec

import pytest

from bolib.report.certificate import render_certificate

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ABSENT = [name for name, found in (("playwright", find_spec("playwright")), ("chromium", CHROMIUM)) if not found]
browsing = pytest.mark.skipif(bool(ABSENT), reason=f"needs {' and '.join(ABSENT)}")

DAY = date(2026, 3, 31)
EVIL = "<script>window.broken = true</script>"
HEADINGS = (
    *("What was missed?", "Which controls are proven?", "Who found which fault, on which day?"),
    *("How much was found, by kind?", "How much was found, by table?", "What were the false alarms?"),
    *("Which faults could not be planted?", "Which rules does no control cover?"),
    "Which controls stand on a rule of the bank alone?",
)


def fault(name: str, caught_by: str | None = None, **said) -> dict:
    """Return a row of `drill_faults`."""
    usual = {"fault": name, "title": f"The fault {name}", "kind": "wrong side", "table": "trades", "field": "side"}
    usual |= {"decoy": False, "planted": True, "why": None, "day": DAY, "key": f"T-{name}", "expected": "COH-03"}
    usual |= {"caught": bool(caught_by), "as_expected": bool(caught_by), "caught_by": caught_by}
    return usual | {"caught_on": DAY if caught_by else None, "field_named": bool(caught_by)} | said


def control(name: str, status: str, why: str | None = None) -> dict:
    """Return a row of `drill_controls`."""
    numbers = {"planted": 1, "caught": int(status == "PROVEN"), "others": 0, "clean": 0}
    said = {"title": f"What does {name} ask?", "severity": "MAJOR", "rule": "C-24", "report": "anomalies"}
    return {"control": name, "status": status, "why": why} | said | numbers


def said(**other) -> dict:
    """Return a drill of three faults and two decoys, of which one was taken for a fault."""
    share = {"label": "Faults found, of all", "part": 1, "whole": 2, "percent": 50.0, "asked": 85, "met": False}
    decoys = [fault("quiet", decoy=True, expected=None), fault("loud", "COH-03", decoy=True, expected=None)]
    left = fault("left", planted=False, why="no row of the day fits it", day=None, key=None)
    alert = {"day": DAY, "control": "COH-03", "key": "T-loud", "message": f"T-loud {EVIL}", "relation": "DECOY"}
    return {
        "as_of": DAY,
        "passed": False,
        "sentence": f"1 of 2 planted faults were found {EVIL}.",
        "manner": f"Of 1 fault found 1 was on the day it happened {EVIL}.",
        "shares": [share],
        "faults": [fault("found", "COH-03"), fault("missed", title=f"Missed {EVIL}"), *decoys, left],
        "controls": [control("COH-03", "PROVEN"), control("COH-01", "BLIND", "did not find missed")],
        "alerts": [alert | {"fault": "loud"}],
        "clean": {DAY: 169},
        "unwatched": [{"rule": "X-1", "subject": "time", "text_en": "Nobody looks.", "citation": "Article 1"}],
        "own": [{"control": "BANK-01", "title": "Large?", "rule": "BANK.x", "text": "Above a million."}],
        "run": {"seed": 1},
    } | other


def section(html: str, heading: str) -> str:
    """Return the text of one section of the page."""
    part = html.split(f">{heading}</h2>", 1)[1].split("</section>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_the_page_answers_its_questions_in_order_after_the_verdict():
    html = render_certificate(said())
    assert tuple(re.findall(r"<h2[^>]*>([^<]+)</h2>", html)) == HEADINGS
    assert html.index('class="verdict bad"') < html.index("Known faults were planted") < html.index("<h2")


def test_each_row_stands_where_a_reader_looks_for_it():
    html = render_certificate(said())
    assert "T-missed" in section(html, HEADINGS[0]) and "T-found" not in section(html, HEADINGS[0])
    assert section(html, HEADINGS[1]).index("COH-01") < section(html, HEADINGS[1]).index("COH-03")  # not proven first
    assert "T-found" in section(html, HEADINGS[2])
    assert "All 1 2 1" in section(html, HEADINGS[3])
    assert "1 of 2 decoys" in section(html, HEADINGS[5]) and "169" in section(html, HEADINGS[5])
    assert "no row of the day fits it" in section(html, HEADINGS[6])
    assert "Nobody looks." in section(html, HEADINGS[7])
    assert "Above a million." in section(html, HEADINGS[8])


def test_a_drill_that_passed_is_good_unless_a_control_is_not_proven():
    good = said(passed=True, controls=[control("COH-03", "PROVEN")])
    assert 'class="verdict good"' in render_certificate(good)
    doubtful = said(passed=True, controls=[control("COH-03", "NOT_PROVEN", "no fault is declared for it")])
    assert 'class="verdict warning"' in render_certificate(doubtful)


def test_nothing_to_say_is_said():
    empty = said(faults=[], controls=[], alerts=[], unwatched=[], own=[])
    html = render_certificate(empty)
    assert "Every fault that was planted was found." in section(html, HEADINGS[0])
    assert "Every fault was planted." in section(html, HEADINGS[6])


@browsing
@pytest.mark.parametrize("width", [390, 1280])
def test_it_opens_alone_and_offline_and_does_not_scroll_sideways(tmp_path, width):
    from playwright.sync_api import sync_playwright

    path, troubles = tmp_path / "drill.html", []
    path.write_text(render_certificate(said()), encoding="utf-8")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = running.new_context(viewport={"width": width, "height": 900}, offline=True).new_page()
        tab.on("console", lambda message: troubles.append(message.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("request", lambda asked: asked.url == path.as_uri() or troubles.append(asked.url))
        tab.goto(path.as_uri())
        tab.wait_for_selector("html[data-ready=yes]", state="attached")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate("window.broken") is None and troubles == []
        running.close()
