"""What a cell shows: HTML that looks right in a static page and in JupyterLab, every value escaped."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bolib.report import numerals
from bolib.rulebook import CONFIDENCE

HERE = Path(__file__).parent
ONE_WORD = re.compile(r'="([\w.-]+)"(?=[ >])')
ENDED_BY_THE_NEXT = re.compile("</(?:t[dhr]|d[dt]|li)>")
MARK = {"bolib": "display"}
"""Metadata of our own outputs; the HTML of any other origin is cleaned before it enters a page."""


class Display:
    """A piece of report: a template and its values."""

    def __init__(self, template: str, plain: str, **values: Any):
        self.template, self.plain, self.values = template, plain, values

    def html(self) -> Markup:
        """Return the HTML, without style."""
        return Markup(environment().get_template(self.template).render(self.values).strip())

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        return {"text/plain": self.plain, "text/html": style() + light(self.html())}, {"text/html": MARK}


def light(html: str) -> str:
    """Return HTML without what the standard lets out: an eighth of a page of ten thousand cells.

    Quotes around an attribute of one word, the ends of cells and list items. A text holds neither: it is escaped.
    """
    return ENDED_BY_THE_NEXT.sub("", ONE_WORD.sub(r"=\1", html))


@cache
def environment() -> Environment:
    """Return the templates' environment: values escaped, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update({name: getattr(numerals, name) for name in FILTERS})
    made.filters["confidence"] = lambda mark: CONFIDENCE.get(mark, mark)
    made.globals["count"] = numerals.count
    return made


FILTERS = ("money", "quantity", "price", "day", "long_day", "label", "parameter")


@cache
def style() -> str:
    """Return the style a notebook needs beside each display; a page has it once and leaves this out."""
    return f"<style>{text('notebook.css')}{text('display.css')}</style>"


@cache
def text(name: str) -> str:
    """Return a style sheet or script of this folder."""
    return (HERE / name).read_text(encoding="utf-8")
