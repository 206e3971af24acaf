"""The pages in a real browser, from files and without a network: what a reader sees and can do."""

import copy
import shutil
from importlib.util import find_spec

import pytest
import report_day

from bolib import report
from bolib.report import page
from bolib.report.display import MARK
from bolib.report.notebook import sections
from bolib.report.numerals import unwritten

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ABSENT = [name for name, found in (("playwright", find_spec("playwright")), ("chromium", CHROMIUM)) if not found]
browsing = pytest.mark.skipif(bool(ABSENT), reason=f"needs {' and '.join(ABSENT)}")
PAGES = ("index", "pnl", "deadlines", "anomalies")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the pages of a proven day; its name has a space."""
    made = tmp_path_factory.mktemp("the day")
    report_day.write_pages(made)
    return made


@pytest.fixture(scope="module")
def unproven(tmp_path_factory):
    """Return a folder with the pages of a day whose prices file does not add up."""
    made = tmp_path_factory.mktemp("unproven")
    report_day.write_pages(made, proven=False)
    return made


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def visit(browser):
    """Return a function that opens a page offline; at the end nothing may have failed or left the folder."""
    contexts, troubles = [], []

    def opened(path, width=1280, anchor="", **options):
        options = {"viewport": {"width": width, "height": 900}, "offline": True, **options}
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.on("console", lambda message: troubles.append(message.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or troubles.append(asked.url))
        tab.goto(path.as_uri() + anchor)
        if options.get("java_script_enabled", True):
            tab.wait_for_selector("html[data-ready=yes]", state="attached")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@browsing
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_no_page_scrolls_sideways(visit, folder, name, width):
    tab = visit(folder / f"{name}.html", width)
    tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@browsing
@pytest.mark.parametrize("name", PAGES)
def test_a_script_in_a_label_is_text(visit, folder, name):
    tab = visit(folder / f"{name}.html")
    assert tab.evaluate("window.broken") is None
    assert report_day.INERT in tab.evaluate("document.body.textContent")


@browsing
def test_the_policy_stops_a_script_that_came_through(browser, folder):
    """Even markup that claims to be our own cannot run: only the page's script, by its hash."""
    html = "<p class=evil>x</p><script>window.broken = true</script><img src=x onerror='window.broken = true'>"
    output = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {"text/html": MARK}}
    notebook = {"cells": [{"cell_type": "code", "source": "x", "metadata": {}, "outputs": [output]}]}
    path = folder / "evil.html"
    path.write_text(page.render_page(notebook, "pnl", report_day.summary()), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.wait_for_selector("html[data-ready=yes]", state="attached")
    assert tab.locator(".evil").count() == 1 and tab.evaluate("window.broken") is None
    tab.close()
    path.unlink()


@browsing
def test_a_heading_sorts_its_column_both_ways(visit, folder):
    tab = visit(folder / "pnl.html")
    table = tab.locator("table", has_text="Positions at the close").first
    heading = table.locator("thead th", has_text="Quantity")

    def read():
        cells = table.locator("tbody td:nth-child(3)")
        return [float(unwritten(text)) for text in cells.evaluate_all("cells => cells.map(cell => cell.textContent)")]

    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending" and read() == sorted(read())
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending" and read() == sorted(read(), reverse=True)


@browsing
def test_what_has_no_value_sorts_last(visit, folder):
    tab = visit(folder / "pnl.html")
    table = tab.locator("table", has_text="Positions at the close").first
    for _ in range(2):
        table.locator("thead th", has_text="Market value").get_by_role("button").click()
        assert "unpriced" in table.locator("tbody tr").last.inner_text()


@browsing
def test_words_filter_a_table_and_say_how_many_remain(visit, folder):
    tab = visit(folder / "pnl.html")
    section = tab.locator("section", has=tab.locator("h2", has_text="What do we hold"))
    section.get_by_role("searchbox").fill("eq-prop apple")
    assert section.locator("tbody tr:visible").count() == 1
    assert section.locator("output").inner_text() == "1 of 15"


@browsing
def test_findings_filter_by_severity_and_words(visit, folder):
    tab = visit(folder / "pnl.html")
    section = tab.locator("section", has=tab.locator("h2", has_text="What needs a decision"))
    section.get_by_label("Severity").select_option("MINOR")
    assert section.locator(".finding:visible").count() == 3 and section.locator(".control:visible").count() == 1
    section.get_by_role("searchbox").fill("pnl-060001")
    assert section.locator("output").inner_text() == "1 of 14"


@browsing
def test_a_finding_opens_on_its_evidence_and_source_rows(visit, folder):
    tab = visit(folder / "pnl.html")
    finding = tab.locator(".finding").first
    finding.locator("summary").press("Enter")
    assert finding.locator("code", has_text="prices.csv:812").is_visible()
    assert finding.get_by_text("US0378331005").is_visible()


@browsing
def test_the_result_opens_from_desk_to_operation(visit, folder):
    tab = visit(folder / "pnl.html")
    drill = tab.locator(".drill").first
    row = drill.locator("details")
    for _ in range(3):
        row.first.locator("> summary").click()
        row = row.first.locator("details")
    table = drill.locator("details[open] details[open] details[open] table").first
    assert table.is_visible() and ".csv:" in table.inner_text()


@browsing
def test_a_position_leads_to_its_operations(visit, folder):
    tab = visit(folder / "pnl.html")
    tab.locator(".grid a[href='#line-EQ-CASH-US1912161007']").first.click()
    assert tab.locator("#line-EQ-CASH-US1912161007 table").first.is_visible()


@browsing
def test_a_link_from_outside_opens_what_is_folded(visit, folder):
    tab = visit(folder / "pnl.html", anchor="#finding-PNL-050003")
    assert tab.locator("#finding-PNL-050003 .inside").is_visible()


WALK = """async () => {
  const walked = [];
  const said = (list) => (list.closest(".scroll") ?? list).previousElementSibling.querySelector("output").textContent;
  for (const link of document.querySelectorAll("a[href*='?']")) {
    const led = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash === link.hash ? link.click() : (link.click(), await led);
    const [place, query] = link.getAttribute("href").slice(1).split("?");
    const list = document.getElementById(place);
    const rows = [...(list.tBodies?.[0].rows ?? list.querySelectorAll(".finding"))].filter((row) => row.checkVisibility());
    walked.push({
      place, query, figure: link.textContent, said: said(list), asked: Number(new URLSearchParams(query).get("rows")), shown: rows.length,
      amounts: rows.map((row) => row.querySelector("summary .number")?.textContent.split(" ")[0] ?? ""),
    });
  }
  return walked;
}"""


def _cents(text):
    return int(text.replace(",", "").replace(".", "")) if text else 0


@browsing
@pytest.mark.parametrize("width", [390, 1280])
def test_every_figure_leads_to_the_rows_it_counts_or_adds_up(visit, folder, width):
    walked = visit(folder / "deadlines.html", width).evaluate(WALK)
    assert {one["place"] for one in walked} == {"clocks", "behind", "evenings", "counts", "received"}
    for one in walked:
        assert one["shown"] <= one["asked"] > 0 and one["said"].startswith(f"{one['shown']} of {one['asked']}"), one
        if one["shown"] < one["asked"]:  # of the clocks that were met the last ones are drawn, some complaints of each cause
            silent = one["place"] == "received" and "not judged" in one["said"]
            assert silent or any(word in one["query"] for word in ("done", "late", "week")), one
            others = "complaints_received" if silent else "deadlines"
            assert one["said"].endswith(f"; the others in results/{others}.csv"), one  # the page says where all stand
            continue
        if one["place"] in ("clocks", "behind") and "." in one["figure"]:
            assert sum(map(_cents, one["amounts"])) == _cents(one["figure"]), one
        elif one["place"] != "evenings" and "." not in one["figure"]:
            assert int(one["figure"]) == one["asked"], one


@browsing
def test_what_a_figure_led_to_is_said_and_can_be_let_go(visit, folder):
    tab = visit(folder / "deadlines.html", anchor="#behind?band=180-359&owner=n.roy&rows=3")
    box = tab.locator("#behind").locator("xpath=preceding-sibling::*[1]")
    said = box.locator("output").inner_text()
    assert said == "0 of 3 (band: 180-359, owner: n.roy); the others in results/arrears.csv"
    box.get_by_role("button", name="Show all").click()
    assert tab.locator("#behind .finding:visible").count() == 3 and box.locator("output").inner_text() == ""


@browsing
def test_a_bar_of_the_aged_balance_leads_to_its_loans(visit, folder):
    tab = visit(folder / "deadlines.html")
    tab.evaluate("""() => {
        const plot = [...document.querySelectorAll(".plot.leads")].find(({ data: [bar] }) => bar.meta.leads.join().includes("#evenings"));
        const data = plot.data.findLast((trace) => trace.meta.leads.at(-1));
        plot.emit("plotly_click", { points: [{ data, pointIndex: data.meta.leads.length - 1 }] });
    }""")
    tab.wait_for_function("location.hash.startsWith('#evenings')")
    tab.wait_for_selector("#evenings tbody tr[hidden]", state="attached")
    assert tab.locator("#evenings tbody tr:visible th").all_inner_texts() == ["L2", "L3"]  # 141 and 111 days behind


@browsing
def test_charts_are_drawn_without_a_way_out(visit, folder):
    tab = visit(folder / "pnl.html")
    assert tab.locator(".plot").count() == tab.locator(".plot .main-svg:first-child").count() == 3
    assert tab.locator(".modebar-btn").count() == 0
    assert "plotly.com" not in tab.evaluate("document.body.innerHTML").replace("www.w3.org", "")


@browsing
def test_charts_follow_the_reader_into_the_dark(visit, folder):
    tab = visit(folder / "pnl.html", color_scheme="light")
    fill = "getComputedStyle(document.querySelector('.plot .bars path')).fill"
    assert tab.evaluate(fill) == "rgb(192, 85, 59)"
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_timeout(500)
    assert tab.evaluate(fill) == "rgb(224, 132, 104)"


CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const read = (text) => text.match(/[\\d.]+/g).map((part, i) => part * (text.startsWith('color(srgb') && i < 3 ? 255 : 1));
  const behind = (part) => {
    for (let up = part; up; up = up.parentElement) {
      const colour = read(getComputedStyle(up).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const part of document.querySelectorAll('main *, header *, footer *')) {
    const own = [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !part.checkVisibility() || part.closest('svg, noscript, script')) continue;
    const [a, b] = [light(read(getComputedStyle(part).color)), light(behind(part))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push(`${part.className}: ${part.textContent.trim().slice(0, 40)} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@browsing
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_text_stands_out_from_its_ground(visit, folder, name, scheme):
    tab = visit(folder / f"{name}.html", color_scheme=scheme)
    tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert tab.evaluate(CONTRAST) == []


@browsing
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_aloud(visit, folder, name):
    """Headings step down one level at a time, tables are named, cells have their headings, links have words."""
    tab = visit(folder / f"{name}.html")
    levels = tab.locator("main :is(h1,h2,h3,h4)").evaluate_all("found => found.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False) if after < 4)
    assert tab.locator("table:not(:has(caption))").count() == 0
    assert tab.locator("thead th:not([scope])").count() == 0
    assert tab.locator("a").evaluate_all("found => found.filter(one => !one.textContent.trim()).length") == 0
    assert tab.locator("figure:not([aria-label])").count() == 0
    assert tab.locator("html").get_attribute("lang") == "en"
    assert tab.locator("[id]").evaluate_all("found => found.length - new Set(found.map(one => one.id)).size") == 0


@browsing
def test_the_keyboard_reaches_the_report_first(visit, folder):
    tab = visit(folder / "pnl.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the report"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


@browsing
def test_the_report_reads_without_scripts(visit, folder):
    tab = visit(folder / "pnl.html", java_script_enabled=False)
    tab.locator(".drill details").first.locator("summary").first.click()
    assert tab.locator(".drill .level1").first.is_visible()
    assert tab.locator(".filters").count() == 0, "no control that would do nothing"


@browsing
def test_print_leaves_out_what_paper_cannot_do(visit, folder):
    tab = visit(folder / "pnl.html")
    tab.emulate_media(media="print")
    assert not tab.locator(".contents").is_visible() and not tab.locator(".filters").first.is_visible()
    assert tab.locator(".verdict").first.is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")


@browsing
def test_a_minus_is_copied_as_a_spreadsheet_reads_it(visit, folder):
    tab = visit(folder / "pnl.html")
    copied = tab.evaluate("""() => {
        getSelection().selectAllChildren(document.querySelector('.headline'));
        const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), cancelable: true, bubbles: true });
        document.dispatchEvent(event);
        return event.clipboardData.getData('text/plain');
    }""")
    assert "-3,920.30" in copied and "−" not in copied


@browsing
@pytest.mark.parametrize("name", PAGES)
def test_a_day_that_is_not_proven_says_so_everywhere(visit, unproven, name):
    tab = visit(unproven / f"{name}.html")
    assert tab.title().startswith("NOT PROVEN")
    assert tab.get_by_text("NOT PROVEN").first.is_visible()
    assert tab.get_by_text("declares 1,212 rows, holds 1,210").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_was_moved_and_leads_to_the_others(folder, name):
    html = (folder / f"{name}.html").read_text(encoding="utf-8")
    assert "moved forward by <strong>613 weeks</strong>" in html
    assert all(f'href="{other}.html"' in html for other in PAGES)
    assert "http://" not in html.replace("http://www.w3.org", "") and "https://" not in html


def test_a_day_is_small(folder):
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 3_000_000


def test_code_is_folded_away_but_there(folder):
    html = (folder / "pnl.html").read_text(encoding="utf-8")
    assert '<details class="code"><summary>Parameters and set-up</summary>' in html
    assert "open_day" in html


# a notebook that failed


@pytest.fixture
def failed():
    notebook = copy.deepcopy(report_day.executed(report_day.pnl()))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code[5]["outputs"] = [
        {
            "output_type": "error",
            "ename": "KeyError",
            "evalue": report_day.INERT,
            "traceback": ["\x1b[31mTrace\x1b[0m of it"],
        }
    ]
    for cell in code[6:]:
        cell["outputs"] = []
    return notebook


@browsing
def test_a_failed_page_says_why_and_keeps_what_there_was(visit, folder, failed):
    path = folder / "failed.html"
    path.write_text(page.render_failure("pnl", f"cell 11: KeyError {report_day.INERT}", failed), encoding="utf-8")
    tab = visit(path)
    path.unlink()
    assert tab.title().startswith("FAILED") and tab.get_by_text("do not rely on this page").is_visible()
    assert tab.get_by_text("cell 11: KeyError").is_visible() and tab.evaluate("window.broken") is None
    assert not tab.get_by_text("Trace of it").is_visible() and tab.get_by_text("Where in the code").is_visible()
    assert tab.locator(".headline").is_visible(), "what came before the failure stays"


def test_a_notebook_that_never_started_has_a_page():
    assert "no kernel" in page.render_failure("pnl", "no kernel", None)


# other outputs a notebook may hold


def drawn(output) -> str:
    notebook = {"cells": [{"cell_type": "code", "source": ["show()"], "metadata": {}, "outputs": [output]}]}
    return "".join(sections(notebook)[0].parts)


def test_a_frame_shown_by_an_analyst_is_reduced_to_a_plain_table():
    html = "<style>td{color:red}</style><table class='dataframe'><td style='color:red' onclick='x()'>7</td></table><script>y()</script>"
    found = drawn({"output_type": "display_data", "data": {"text/html": html}, "metadata": {}})
    assert "<table" in found and ">7</td>" in found
    assert all(word not in found for word in ("style=", "onclick", "script", "color:red", "y()"))


def test_a_widget_is_a_line_of_text():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Dropdown()"}
    assert "open the notebook in JupyterLab" in drawn({"output_type": "display_data", "data": widget, "metadata": {}})


def test_text_and_pictures_are_kept_and_escaped():
    said = drawn({"output_type": "stream", "name": "stdout", "text": ["\x1b[1m<b>x</b>\x1b[0m"]})
    assert said == '<pre class="stream stdout">&lt;b&gt;x&lt;/b&gt;</pre>'
    picture = drawn(
        {"output_type": "display_data", "data": {"image/png": "iVBO\nRw==", "text/plain": "a <plot>"}, "metadata": {}}
    )
    assert 'src="data:image/png;base64,iVBORw=="' in picture and 'alt="a &lt;plot&gt;"' in picture
    value = drawn({"output_type": "execute_result", "data": {"text/plain": "<Day>"}, "metadata": {}})
    assert "&lt;Day&gt;" in value


def test_markdown_is_read_and_its_tags_are_text():
    notebook = {
        "cells": [{"cell_type": "markdown", "source": "# Title\n\nLead *word*.\n\n## Why?\n\n<script>x</script>"}]
    }
    lead, why = sections(notebook)
    assert lead.heading == "Title" and "<em>word</em>" in lead.parts[0]
    assert why.anchor == "why" and "&lt;script&gt;" in why.parts[0]


def test_every_display_is_used_by_a_notebook():
    """A function nobody shows is dead; a name that does not exist fails here, not in the morning."""
    texts = "".join(
        (report_day.PROJECT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8") for name in PAGES[1:]
    )
    assert [name for name in report.__all__ if f"report.{name}(" not in texts] == []
