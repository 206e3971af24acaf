"""The notebooks as a user has them: a real JupyterLab, driven in a headless browser, with nothing from outside."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ABSENT = [name for name in ("jupyterlab", "playwright") if find_spec(name) is None] + ([] if CHROMIUM else ["chromium"])

pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"needs {' and '.join(ABSENT)}")

PATIENCE = 60_000
"""Milliseconds a busy machine may take for one step."""

IDLE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = panel.content.widgets.filter((cell) => cell.model.type === "code");
    const failed = cells.some((cell) => cell.model.outputs.toJSON().some((output) => output.output_type === "error"));
    const done = cells.every((cell) => cell.model.executionCount !== null);
    return panel.context.sessionContext.session?.kernel?.status === "idle" && (failed || done);
}"""

OUTPUTS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter((cell) => cell.model.type === "code").flatMap((cell) => cell.model.outputs.toJSON())"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings(home: Path) -> dict[str, str]:
    """Return an environment in which JupyterLab has folders of its own and asks nobody for news."""
    quiet = home / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    folders = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
    private = {f"JUPYTER_{name}": str(home / folder) for name, folder in folders.items()}
    lab = {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    return os.environ | private | lab | {"IPYTHONDIR": str(home / "ipython")}


def start(home: Path, root: Path, port: int) -> subprocess.Popen:
    options = {
        "ip": "127.0.0.1",
        "port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.password": "",
        "ServerApp.root_dir": root,
        "IdentityProvider.token": "",
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *words]
    log = (home / "log.txt").open("w")
    return subprocess.Popen(command, env=settings(home), stdout=log, stderr=log, start_new_session=True)


def wait_until_up(address: str, server: subprocess.Popen, home: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError((home / "log.txt").read_text())


@pytest.fixture(scope="module")
def lab(tmp_path_factory, project, sample):
    """The address of a JupyterLab on copies of the notebooks, so that a test never saves over ours."""
    home, root = tmp_path_factory.mktemp("jupyter"), tmp_path_factory.mktemp("notebooks")
    for path in (project / "notebooks").glob("*.ipynb"):
        shutil.copy(path, root)
    port = free_port()
    server = start(home, root, port)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, home)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def opened(browser, lab: str, name: str):
    """Return a page on the notebook `name`, all its cells run; what it asked for outside is in `page.outside`."""
    page = browser.new_page(viewport={"width": 1500, "height": 1300})
    page.set_default_timeout(PATIENCE)
    page.outside, page.errors = [], []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("request", lambda request: page.outside.append(request.url) if is_outside(request.url, lab) else None)
    page.goto(f"{lab}/lab/tree/{name}.ipynb?reset")
    page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.context?.isReady")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.context.sessionContext.ready")
    run_all(page)
    return page


def is_outside(url: str, lab: str) -> bool:
    return not url.startswith((lab, lab.replace("http", "ws"), "data:", "blob:"))


def run_all(page) -> None:
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(IDLE)
    failed = [output for output in page.evaluate(OUTPUTS) if output["output_type"] == "error"]
    assert not failed, "\n".join(failed[0]["traceback"])


@pytest.fixture(scope="module")
def investigate(lab, browser):
    page = opened(browser, lab, "investigate")
    page.wait_for_selector(".bo-findings table.dataTable tbody tr td + td")
    page.wait_for_selector(".bo-top .js-plotly-plot .points path", state="attached")
    page.locator(".bo-top").scroll_into_view_if_needed()
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.wait_for_function("() => document.querySelector('.bo-findings').tabIndex === 0")
    yield page
    page.close()


@pytest.fixture
def page(investigate):
    """The investigation notebook with every finding shown again, its pictures in sight for the mouse."""
    clear = investigate.get_by_role("button", name="Clear filters")
    if clear.is_enabled():
        clear.click()
    investigate.locator(".bo-findings input[type=search]").first.fill("")
    until_status(investigate, f"{total(investigate)} of ")
    investigate.locator(".bo-top").scroll_into_view_if_needed()
    return investigate


def status(page) -> str:
    return page.locator(".bo-line .bo-status").inner_text()


def total(page) -> int:
    return int(status(page).split(" of ")[1].split()[0])


def until_status(page, start: str) -> None:
    """Wait until the status line starts so, and the grid under it says the same number of rows."""
    page.wait_for_function(
        "start => document.querySelector('.bo-line .bo-status').innerText.startsWith(start)", arg=start
    )
    page.wait_for_function(
        "n => document.querySelectorAll('.bo-findings tbody tr td + td').length === 0 ? n === 0 : "
        "document.querySelectorAll('.bo-findings tbody tr').length === Math.min(n, 10)",
        arg=int(start.split()[0]),
    )


def column(page, number: int) -> list[str]:
    return page.locator(f".bo-findings tbody tr td:nth-child({number})").all_inner_texts()


def findings_drawn(page) -> list[dict]:
    """Return where on the page each finding is drawn, and its id."""
    return page.evaluate("""() => {
        const plot = document.querySelector(".bo-top .js-plotly-plot");
        const { xaxis, yaxis, _size } = plot._fullLayout, frame = plot.getBoundingClientRect();
        const { x, y, customdata } = plot._fullData[0];
        return Array.from(customdata, (id, n) => ({ id,
            x: frame.x + xaxis._offset + xaxis.d2p(x[n]), y: frame.y + yaxis._offset + yaxis.d2p(y[n]) }));
    }""")


def loneliest(points: list[dict]) -> dict:
    """Return the point farthest from its nearest neighbour: a click there can only mean it."""

    def room(point: dict) -> float:
        others = [other for other in points if other is not point]
        return min((other["x"] - point["x"]) ** 2 + (other["y"] - point["y"]) ** 2 for other in others)

    return max(points, key=room)


def widest_gap(values) -> float:
    """Return the middle of the widest gap between two values: an edge drawn there cuts no point."""
    ordered = sorted(values)
    low, high = max(zip(ordered, ordered[1:], strict=False), key=lambda pair: pair[1] - pair[0])
    return (low + high) / 2


def drag(page, points: list[tuple[float, float]]) -> None:
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=5)
    page.mouse.up()


def count_shown(page, before: str) -> int:
    """Wait until the status is another than `before`; return how many findings it counts."""
    page.wait_for_function("before => document.querySelector('.bo-line .bo-status').innerText !== before", arg=before)
    return int(status(page).split(" of ")[0])


def test_every_finding_of_the_day_is_shown_at_first(page):
    assert total(page) > 0 and status(page).startswith(f"{total(page)} of {total(page)} findings:")
    assert f"of {total(page)} entries" in page.locator(".bo-findings .dt-info").first.inner_text()


def test_a_filter_leaves_only_its_findings(page):
    before = status(page)
    page.locator(".bo-rail select").nth(1).select_option(index=0)
    until_status(page, f"{count_shown(page, before)} of")
    assert page.locator(".bo-filters").inner_text() == "severity CRITICAL"
    assert set(column(page, 1)) == {"CRITICAL"}


def test_a_click_on_a_point_opens_its_finding(page):
    page.locator(".bo-top .js-plotly-plot").scroll_into_view_if_needed()
    before, point = status(page), loneliest(findings_drawn(page))
    page.mouse.click(point["x"], point["y"])
    assert count_shown(page, before) == 1
    page.wait_for_selector(f".bo-head:has-text('{point['id']}')")
    until_status(page, "1 of")


def test_a_box_around_points_keeps_them_and_a_double_click_lets_go(page):
    page.locator(".bo-top .js-plotly-plot").scroll_into_view_if_needed()
    before, points = status(page), findings_drawn(page)
    edge, top, bottom = widest_gap(p["x"] for p in points), min(p["y"] for p in points), max(p["y"] for p in points)
    inside = [p for p in points if p["x"] < edge]
    drag(page, [(min(p["x"] for p in points) - 8, top - 8), (edge, bottom + 8)])
    assert count_shown(page, before) == len(inside)
    until_status(page, f"{len(inside)} of")
    page.mouse.dblclick(edge + 12, (top + bottom) / 2)
    until_status(page, f"{len(points)} of")


def test_a_lasso_picks_like_a_box(page):
    page.locator(".bo-top .js-plotly-plot").scroll_into_view_if_needed()
    page.locator(".bo-top .js-plotly-plot").hover()
    page.locator(".bo-top [data-title='Lasso Select']").click()
    before, points = status(page), findings_drawn(page)
    left, top = min(p["x"] for p in points) - 8, min(p["y"] for p in points) - 8
    right, bottom = max(p["x"] for p in points) + 8, max(p["y"] for p in points) + 8
    drag(page, [(left, top), (right, top), (left, bottom), (left, top)])
    assert 0 < count_shown(page, before) < len(points)
    page.locator(".bo-top .js-plotly-plot").hover()
    page.locator(".bo-top [data-title='Box Select']").click()


def test_a_bar_keeps_its_control(page):
    page.locator(".bo-top .js-plotly-plot").scroll_into_view_if_needed()
    before, bar = status(page), page.locator(".bo-top .bars .point path").last.bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    until_status(page, f"{count_shown(page, before)} of")
    assert len(set(column(page, 2))) == 1


def test_a_heading_sorts_the_grid(page):
    heading = page.locator(".bo-findings thead th", has_text="Control").first
    heading.locator(".dt-column-order").click()
    page.wait_for_function("() => document.querySelector('.bo-findings thead th.dt-ordering-asc')")
    assert column(page, 2) == sorted(column(page, 2))


def test_a_row_opens_the_sheet_of_its_finding(page):
    page.locator(".bo-findings input[type=search]").first.fill("T260")
    row = page.locator(".bo-findings tbody tr").first
    sentence = row.locator("td").nth(3).inner_text()
    row.locator("td").nth(2).click()
    page.wait_for_function("said => document.querySelector('.bo-head').innerText.includes(said)", arg=sentence)
    page.wait_for_selector(".bo-around tr.bo-this", state="attached")  # what is drawn last
    assert "in force from" in page.locator(".bo-rule").inner_text()
    assert page.locator(".bo-cards h4", has_text="Arithmetic").count() == 1
    assert ".csv, line " in page.locator(".bo-source .bo-place").first.inner_text()
    assert page.locator(".bo-picture .js-plotly-plot").count() == 2


def test_arrow_keys_walk_the_grid(page):
    page.locator(".bo-findings tbody tr").nth(2).locator("td").nth(2).click()
    third, fourth = column(page, 4)[2:4]
    said = "said => document.querySelector('.bo-head').innerText.includes(said)"
    page.wait_for_function(said, arg=third)
    page.locator(".bo-findings").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(said, arg=fourth)


def test_a_question_shows_its_rows_and_writes_nothing_unasked(page, project):
    page.get_by_text("rows today").scroll_into_view_if_needed()  # JupyterLab draws no cell out of sight
    page.wait_for_selector(r".bo-status:text-matches('^[1-9]\d* rows today')")
    before = sorted(project.glob("parameters/controls/**/*"))
    page.get_by_role("button", name="Save as control").click()
    page.wait_for_selector(".bo-wrong:has-text('expected every word of a control')")
    assert sorted(project.glob("parameters/controls/**/*")) == before


def test_nothing_leaves_the_machine(page):
    page.locator(".bo-top .js-plotly-plot").hover()
    titles = page.locator(".modebar-btn").evaluate_all("found => found.map(one => one.dataset.title)")
    assert titles and not [title for title in titles if title and ("Share" in title or "loud" in title)]
    assert page.outside == [] and page.errors == []


def test_the_pnl_notebook_runs_and_follows_a_changed_parameter(lab, browser):
    page = opened(browser, lab, "pnl")
    told = json.dumps(page.evaluate(OUTPUTS))
    page.evaluate("""() => {
        const cell = window.jupyterapp.shell.currentWidget.content.widgets.find(
            (one) => one.model.getMetadata("tags")?.includes("parameters"));
        cell.model.sharedModel.setSource(cell.model.sharedModel.source.replace("2026-03-31", "2026-03-30"));
        window.jupyterapp.shell.currentWidget.content.widgets.forEach((one) => one.model.clearExecution?.());
    }""")
    run_all(page)
    changed = json.dumps(page.evaluate(OUTPUTS))
    assert changed != told and "2026-03-30" in changed
    assert page.outside == [] and page.errors == []
    page.close()
