"""An executed notebook, cut into the sections of a page.

Walked directly rather than through nbconvert, which takes half a second to import, cannot draw
Plotly's type without a network and brings 240 kB of style; Markdown is read by its parser, mistune.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from bolib.report.display import MARK, environment, style
from bolib.report.figures import MIMETYPE

SETUP_TAGS = {"parameters", "injected-parameters", "setup"}
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
IMAGES = ("image/png", "image/jpeg", "image/svg+xml")
TABLE_TAGS = ("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass
class Section:
    """A heading with what stands under it: drawn outputs, and the code behind them."""

    heading: str
    anchor: str
    parts: list[Markup] = field(default_factory=list)
    code: list[Markup] = field(default_factory=list)
    has_figure: bool = False


def sections(notebook: Any) -> list[Section]:
    """Return the page's sections; the first, without a heading of its own, is what precedes them."""
    found = [Section("", "")]
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "markdown":
            _add_markdown(found, _joined(cell["source"]))
        elif cell["cell_type"] == "code" and _joined(cell["source"]).strip():
            _add_code(found[-1], cell, number)
    return found


def with_style_once(notebook: Any) -> None:
    """Take the style out of all displays but the first: it holds for the whole notebook, and weighs more than most."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    ours = [output["data"] for output in outputs if output.get("metadata", {}).get("text/html") == MARK]
    for data in ours[1:]:
        data["text/html"] = _joined(data["text/html"]).removeprefix(style())


def title_of(found: list[Section]) -> str:
    """Return the notebook's own title, its first `# ` line."""
    return found[0].heading


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _add_markdown(found: list[Section], source: str) -> None:
    """Start a section at each `## ` line; `# ` names the page."""
    for block in re.split(r"^(?=#{1,2} )", source, flags=re.MULTILINE):
        line, _, rest = block.partition("\n")
        if line.startswith("## "):
            heading = line[3:].strip()
            found.append(Section(heading, re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")))
        elif line.startswith("# "):
            found[-1].heading = line[2:].strip()
        else:
            rest = block
        if rest.strip():
            found[-1].parts.append(Markup('<div class="prose">{}</div>').format(markdown(rest)))


def markdown(source: str) -> Markup:
    """Return Markdown as HTML; tags inside it are text."""
    import mistune

    return Markup(mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])(source))


def _add_code(section: Section, cell: Any, number: int) -> None:
    for position, output in enumerate(cell.get("outputs", [])):
        part = _output(output, f"figure-{number}-{position}")
        section.has_figure |= MIMETYPE in output.get("data", {})
        if part:
            section.parts.append(part)
    section.code.append(highlighted(_joined(cell["source"])))


def highlighted(source: str) -> Markup:
    """Return Python with its words in classes."""
    lexer, formatter = _highlighter()
    from pygments import highlight

    return Markup(highlight(source, lexer, formatter))


@cache
def _highlighter() -> tuple[Any, Any]:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonLexer

    return PythonLexer(), HtmlFormatter(nowrap=True)


def _output(output: Any, name: str) -> Markup | None:
    kind = output["output_type"]
    if kind == "stream":
        return _stream(output)
    if kind == "error":
        trace = ANSI.sub("", "\n".join(output["traceback"]))
        return _drawn("error.html.j2", message=f"{output['ename']}: {output['evalue']}", trace=trace)
    return _rich(output["data"], output.get("metadata", {}), name)


def _stream(output: Any) -> Markup:
    text = ANSI.sub("", _joined(output["text"]))
    return Markup('<pre class="stream {}">{}</pre>').format(output["name"], text)


def _rich(data: Any, metadata: Any, name: str) -> Markup | None:
    """Return the richest form of an output a static page can hold."""
    markup = Markup("")
    if MIMETYPE in data:
        markup += _figure(data, name)
    if WIDGET in data:
        return Markup('<p class="note">An interactive view: open the notebook in JupyterLab to use it.</p>')
    if "text/html" in data:
        return markup + _html(_joined(data["text/html"]), metadata)
    image = next((kind for kind in IMAGES if kind in data), None)
    if image:
        return markup + _image(image, _joined(data[image]), _joined(data.get("text/plain", "")))
    if "text/markdown" in data:
        return markup + Markup('<div class="prose">{}</div>').format(markdown(_joined(data["text/markdown"])))
    return markup or Markup('<pre class="stream">{}</pre>').format(_joined(data.get("text/plain", "")))


def _figure(data: Any, name: str) -> Markup:
    chart = {part: data[MIMETYPE].get(part, {}) for part in ("data", "layout")}
    content = json.dumps(chart, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    sentence = _joined(data.get("text/plain", "A chart."))
    return _drawn("chart.html.j2", name=name, content=Markup(content), sentence=sentence)


def _html(html: str, metadata: Any) -> Markup:
    """Return our own HTML without its style, which the page has once; other HTML reduced to plain tables."""
    if metadata.get("text/html") == MARK:
        return Markup(html.removeprefix(style()))
    import bleach

    names = [*TABLE_TAGS, "p", "div", "span", "b", "i", "em", "strong", "code", "pre", "ul", "ol", "li", "a", "br"]
    allowed = {"th": ["scope", "colspan", "rowspan"], "td": ["colspan", "rowspan"], "table": ["class"], "a": ["href"]}
    inert = re.sub(r"(?is)<(style|script)\b.*?</\1\s*>", "", html)
    return Markup('<div class="foreign scroll">{}</div>').format(
        Markup(bleach.clean(inert, names, allowed, strip=True))
    )


def _image(kind: str, content: str, alternative: str) -> Markup:
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode()
    address = f"data:{kind};base64,{''.join(content.split())}"
    return Markup('<p><img src="{}" alt="{}"></p>').format(escape(address), alternative)


def _drawn(template: str, **values: Any) -> Markup:
    return Markup(environment().get_template(template).render(values))
