"""Draft letters, in French and English, for a person to read, complete and send: nothing is sent by itself.

A template is named after its letter and language (`formal_notice.fr.html.j2`); its fields come from the day's tables
and rules, every value escaped. What no table holds (name and address, signature) is left to be filled in, in brackets.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

LANGUAGES = ("fr", "en")
MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """One letter: its template, the object it is about, and its merge fields."""

    template: str
    key: str
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the name of its files, without language: the key and the template, safe as a file name.

        >>> Letter("ficp_notice", "LN00016", {}).name
        'LN00016-ficp-notice'
        """
        safe = re.sub(r"[^\w.-]", "_", self.key).lstrip(".")
        told_apart = "" if safe == self.key else f"-{hashlib.sha256(self.key.encode()).hexdigest()[:8]}"
        return f"{safe}{told_apart}-{self.template.replace('_', '-')}"


def write(folder: Path, letters: Iterable[Letter]) -> list[Path]:
    """Write each letter in each language to `<folder>/<name>.<fr|en>.html`; return the files."""
    written = []
    for letter in letters:
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            path = folder / f"{letter.name}.{language}.html"
            path.write_text(render(letter, language), encoding="utf-8")
            written.append(path)
    return written


def render(letter: Letter, language: str) -> str:
    """Return a letter as HTML; a field its template names and nobody gave is an error."""
    template = _environment(language).get_template(f"{letter.template}.{language}.html.j2")
    return template.render(letter.fields, language=language)


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    words = {"money": money, "day": day, "units": units}
    made.filters |= {name: partial(_said, word, language) for name, word in words.items()}
    return made


def _said(word: Callable, language: str, value: Any) -> str:
    return word(value, language)


def money(value: Decimal, language: str) -> str:
    r"""Return an amount as the language writes it.

    >>> money(Decimal("2341.78"), "fr"), money(Decimal("2341.78"), "en")
    ('2\u202f341,78', '2,341.78')
    """
    text = f"{value:,.2f}"
    return text if language == "en" else text.translate(str.maketrans({",": "\u202f", ".": ","}))


def units(value: Decimal, language: str) -> str:
    r"""Return a quantity as the language writes it, without zeros after its last digit.

    >>> units(Decimal("1250.500000"), "fr"), units(Decimal("1250.000000"), "en")
    ('1\u202f250,5', '1,250')
    """
    text = f"{value.normalize():,f}"
    return text if language == "en" else text.translate(str.maketrans({",": "\u202f", ".": ","}))


def day(value: date, language: str) -> str:
    """Return a date as the language writes it.

    >>> day(date(2026, 4, 1), "fr"), day(date(2026, 4, 1), "en")
    ('1er avril 2026', '1 April 2026')
    """
    number = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return f"{number} {MONTHS[language][value.month - 1]} {value.year}"
