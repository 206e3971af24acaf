"use strict";
(() => {
  const all = (where, selector) => [...where.querySelectorAll(selector)];
  const made = (tag, fields) => Object.assign(document.createElement(tag), fields);

  /* Tables: a click on a heading sorts; numbers by value, text by the reader's language. */
  const said = (part) => !part.classList?.contains("note");
  const written = (cell) => [...cell.childNodes].filter(said).map((part) => part.textContent).join("").trim();
  function value(row, index) {
    const cell = row.cells[index];
    const text = cell ? cell.dataset.v ?? written(cell) : "";
    if (/^[+−]?\d[\d,.]*$/.test(text)) return text.replaceAll(",", "").replace("−", "-");
    return text === "–" ? "" : text;
  }
  function compare(one, other) {
    if (one === "" || other === "") return (one === "") - (other === "");
    const [a, b] = [Number(one), Number(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other, undefined, { numeric: true }) : a - b;
  }
  function sort(table, heading, index) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    all(table, "thead th").forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const filled = (row) => value(row, index) !== "";
    const rows = [...table.tBodies[0].rows];
    rows.sort((one, other) => {
      if (!filled(one) || !filled(other)) return filled(other) - filled(one);
      return (down ? -1 : 1) * compare(value(one, index), value(other, index));
    });
    table.tBodies[0].append(...rows);
  }
  function sortable(table) {
    all(table, "thead th").forEach((heading, index) => {
      if (!heading.textContent.trim()) return;
      const button = made("button", { type: "button", textContent: heading.textContent });
      button.addEventListener("click", () => sort(table, heading, index));
      heading.replaceChildren(button);
    });
  }

  /* What is long shows its beginning, and the rest when asked; a filter, a print or a link shows all. */
  function fold(part, number, noun) {
    part.classList.add("fold");
    const button = made("button", { type: "button", className: "unfold", textContent: `Show all ${number} ${noun}` });
    button.addEventListener("click", () => unfold(part));
    (part.closest(".scroll") ?? part.lastElementChild).after(button);
  }
  function unfold(part) {
    if (!part?.classList.contains("fold")) return;
    part.classList.remove("fold");
    const after = part.closest(".scroll")?.nextElementSibling ?? part.querySelector(".unfold");
    if (after?.classList.contains("unfold")) after.remove();
  }
  function foldLong() {
    all(document, ".bo table.grid").forEach((table) => {
      const number = table.tBodies[0]?.rows.length ?? 0;
      if (number > 15) fold(table, number, "rows");
    });
    all(document, ".findings .control").forEach((group) => {
      const number = all(group, ".finding").length;
      if (number > 6) fold(group, number, "shown here");
    });
  }

  /* Filters: words typed keep the rows that hold them all; a figure led to by #list?field=value keeps its own. */
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (row, wanted) => wanted.every((word) => row.textContent.toLowerCase().includes(word));
  const led = new Map();
  function choice(label, values) {
    const select = made("select", { ariaLabel: label });
    select.append(made("option", { value: "", textContent: label }));
    values.forEach((text) => select.append(made("option", { value: text, textContent: text })));
    return select;
  }
  function filter(list, label, rows, read, fields, changed) {
    const box = made("div", { className: "filters" });
    const input = made("input", { type: "search", placeholder: "Filter", ariaLabel: label });
    const output = made("output", { ariaLive: "polite" });
    const all_ = made("button", { type: "button", textContent: "Show all", hidden: true });
    const chosen = fields.map(([name, heading]) => {
      const values = [...new Set(rows.map((row) => read(row, name)).filter(Boolean))];
      return values.length > 1 ? { name, select: choice(heading, values) } : null;
    }).filter(Boolean);
    let figure = null;
    function apply() {
      const wanted = words(input.value);
      const asked = chosen.filter(({ select }) => select.value).map(({ name, select }) => [name, [select.value]]);
      if (figure) asked.push(...figure.fields);
      rows.forEach((row) => { row.hidden = !(asked.every(([name, values]) => values.includes(read(row, name))) && holds(row, wanted)); });
      const shown = rows.filter((row) => !row.hidden).length;
      output.textContent = figure ? saying(shown) : shown === rows.length ? "" : `${shown} of ${rows.length}`;
      all_.hidden = !figure;
      changed(Boolean(wanted.length || asked.length));
    }
    function saying(shown) {
      const why = figure.fields.filter(([, [first]]) => first).map(([name, values]) => `${name}: ${values.join(" or ")}`).join(", ");
      const lacks = shown < figure.rows ? `; the others in ${list.dataset.csv}` : "";
      return `${shown} of ${figure.rows}${why && ` (${why})`}${lacks}`;
    }
    function show(fields, number) {
      figure = fields && { fields, rows: number };
      input.value = "";
      chosen.forEach(({ select }) => { select.value = ""; });
      apply();
      box.scrollIntoView();
    }
    input.addEventListener("input", apply);
    chosen.forEach(({ select }) => select.addEventListener("change", apply));
    all_.addEventListener("click", () => show(null));
    box.append(input, ...chosen.map(({ select }) => select), output, all_);
    (list.closest(".scroll") ?? list).before(box);
    if (list.id) led.set(list.id, show);
  }
  function filterTable(table) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 9 && !table.id) return;
    const headings = all(table, "thead th").map((heading) => heading.textContent);
    const read = (row, name) => value(row, headings.indexOf(name));
    filter(table, `Filter ${table.caption?.textContent ?? "the table"}`, rows, read, [], () => unfold(table));
  }
  function filterFindings(list) {
    const rows = all(list, ".finding");
    if (rows.length < 4 && !list.id) return;
    const groups = all(list, ".control");
    const read = (row, name) => row.dataset[name] ?? row.closest(".control")?.dataset[name] ?? "";
    const fields = [["severity", "Severity"], ["control", "Control"], ["status", "State"]];
    filter(list, "Filter findings", rows, read, fields, (asked) => groups.forEach((group) => {
      unfold(group);
      group.hidden = !all(group, ".finding:not([hidden])").length;
      if (asked) group.open = true;
    }));
  }

  /* The drill-down opens as a whole, or level by level. */
  function opener(drill) {
    const box = made("div", { className: "filters" });
    const button = made("button", { type: "button", textContent: "Open all levels" });
    const rows = all(drill, "details").filter((row) => row.querySelector("details"));
    button.addEventListener("click", () => {
      const open = !rows.every((row) => row.open);
      rows.forEach((row) => { row.open = open; });
      button.textContent = open ? "Close all" : "Open all levels";
    });
    if (rows.length) { box.append(button); drill.before(box); }
  }

  /* A link to something folded away opens what hides it. */
  function reveal() {
    const [place, query] = location.hash.slice(1).split("?");
    const target = place && document.getElementById(decodeURIComponent(place));
    if (!target) return;
    for (let up = target; up; up = up.parentElement) { if (up.tagName === "DETAILS") up.open = true; unfold(up); }
    target.scrollIntoView();
    if (query) rowsOf(place, new URLSearchParams(query));
  }
  function rowsOf(place, wanted) {
    const number = Number(wanted.get("rows"));
    wanted.delete("rows");
    led.get(place)?.([...new Set(wanted.keys())].map((name) => [name, wanted.getAll(name)]), number);
  }
  function again(event) {
    if (event.target.closest?.("a[href]")?.hash === location.hash) reveal();
  }

  /* Charts: Plotly JSON in the page, in the page's own colours, re-arranged on a narrow one. */
  const palette = JSON.parse(document.getElementById("palette")?.textContent ?? "{}");
  const narrow = matchMedia("(max-width: 720px)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  function coloured(text) {
    const style = getComputedStyle(document.documentElement);
    for (const [name, hex] of Object.entries(palette)) text = text.replaceAll(hex, style.getPropertyValue(`--${name}`).trim());
    return JSON.parse(text);
  }
  function put(layout, path, content) {
    const keys = path.split(".");
    const last = keys.pop();
    keys.reduce((part, key) => (part[key] ??= {}), layout)[last] = content;
  }
  function draw(source) {
    const { data, layout } = coloured(source.textContent);
    if (narrow.matches) Object.entries(layout.meta?.narrow ?? {}).forEach(([path, content]) => put(layout, path, content));
    const style = getComputedStyle(document.documentElement);
    layout.hoverlabel = { ...layout.hoverlabel, bgcolor: style.getPropertyValue("--paper").trim(), bordercolor: style.getPropertyValue("--muted").trim(), font: { color: style.getPropertyValue("--ink").trim(), size: 13 } };
    const plot = document.getElementById(source.dataset.for);
    const config = { displayModeBar: false, displaylogo: false, responsive: true, showSendToCloud: false, plotlyServerURL: "" };
    return window.Plotly.react(plot, data, layout, config).then(() => data.some((trace) => trace.meta?.leads) && lead(plot));
  }
  function lead(plot) {
    plot.classList.add("leads");
    plot.removeAllListeners("plotly_click");
    plot.on("plotly_click", ({ points: [bar] }) => { location.hash = bar.data.meta.leads[bar.pointIndex] || location.hash; });
  }
  function drawAll() {
    if (window.Plotly) all(document, "script[data-for]").forEach(draw);
  }

  /* The section being read is marked in the contents. */
  function follow() {
    const links = new Map(all(document, ".contents a").map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
      if (!entry.isIntersecting) return;
      links.forEach((link) => link.classList.remove("here"));
      links.get(entry.target.id)?.classList.add("here");
    }), { rootMargin: "0px 0px -70% 0px" });
    all(document, "h2[id]").forEach((heading) => seen.observe(heading));
    if (matchMedia("(max-width: 1079px)").matches) all(document, ".contents details").forEach((part) => { part.open = false; });
  }

  /* Amounts copied into a spreadsheet carry a hyphen, which it reads as a minus sign. */
  function copied(event) {
    const text = document.getSelection().toString();
    if (!text.includes("\u2212")) return;
    event.clipboardData.setData("text/plain", text.replaceAll("\u2212", "-"));
    event.preventDefault();
  }

  all(document, ".bo table.grid:not(.plain)").forEach((table) => { if (table.tBodies.length) { sortable(table); filterTable(table); } });
  all(document, ".findings").forEach(filterFindings);
  all(document, ".drill").forEach(opener);
  foldLong();
  drawAll();
  [narrow, dark].forEach((query) => query.addEventListener("change", drawAll));
  addEventListener("beforeprint", drawAll);
  addEventListener("hashchange", reveal);
  document.addEventListener("click", again);
  document.addEventListener("copy", copied);
  if ("IntersectionObserver" in window) follow();
  reveal();
  document.documentElement.dataset.ready = "yes";
})();
