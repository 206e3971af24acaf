// What only the page itself can do for the workbench: tell which points are picked, keep figures as wide as
// their frame, and let the arrow keys walk the grid.
//
// FigureWidget sends hover and selection through one trait, where a hover in the same instant overwrites the
// selection; here each pick has a trait of its own.

function tell(model, kind, event) {
  const points = (event?.points ?? []).map((point) => [point.curveNumber, point.customdata]);
  const count = (model.get("picked").count ?? 0) + 1;
  model.set("picked", { kind, points, selections: event?.selections ?? [], count });
  model.save_changes();
}

function hearPicks(model, bench) {
  const figure = bench.querySelector(".bo-top .js-plotly-plot");
  if (!figure?.on || figure.boHeard) return;
  figure.boHeard = true;
  figure.on("plotly_selected", (event) => event && tell(model, "selected", event));
  figure.on("plotly_deselect", () => tell(model, "deselected", null));
}

// A figure measures its frame when it is first drawn, often before the frame has its width.
function keepWidths(bench) {
  const resized = new ResizeObserver(() => window.dispatchEvent(new Event("resize")));
  bench.querySelectorAll(".bo-picture").forEach((frame) => resized.observe(frame));
  return resized;
}

function walk(event) {
  const down = event.key === "ArrowDown";
  if (!(down || event.key === "ArrowUp") || event.target.matches("input, select")) return;
  event.preventDefault();
  const grid = event.currentTarget;
  const rows = [...grid.querySelectorAll("table.dataTable tbody tr")];
  const at = rows.findIndex((row) => row.classList.contains("selected"));
  const next = at < 0 ? rows[0] : rows[at + (down ? 1 : -1)];
  next?.querySelector("td")?.click();
  next?.scrollIntoView({ block: "nearest" });
}

function walkWithArrows(bench) {
  const grid = bench.querySelector(".bo-findings");
  grid.tabIndex = 0;
  grid.setAttribute("role", "group");
  grid.setAttribute("aria-label", "Findings; arrow up and down open the next one");
  grid.addEventListener("keydown", walk);
  // JupyterLab would take arrow keys to move between cells.
  bench.querySelectorAll(".bo-findings, select").forEach((part) => part.setAttribute("data-lm-suppress-shortcuts", "true"));
}

function render({ model, el }) {
  el.style.display = "none";
  let resized = null;
  const waiting = setInterval(() => {
    const bench = el.closest(".bo-bench");
    if (!bench) return;
    hearPicks(model, bench);
    if (!resized && bench.querySelector(".bo-findings table")) {
      resized = keepWidths(bench);
      walkWithArrows(bench);
    }
  }, 200);
  return () => {
    clearInterval(waiting);
    resized?.disconnect();
  };
}

export default { render };
