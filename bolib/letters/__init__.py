"""Letters to clients, drafted from the tables for a person to check and send: nothing is sent from here."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

LANGUAGES = ("fr", "en")
TEMPLATES = {
    "REMINDER": "reminder",
    "LETTER": "reminder",
    "INFORMATION": "reminder",
    "FORMAL_NOTICE": "formal_notice",
    "FICP_NOTICE": "ficp_notice",
}
"""Steps of recovery that are a letter, and the draft of each."""

MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
}  # fmt: skip


def write_letters(folder: Path, letters: Iterable[dict]) -> list[str]:
    """Write each letter in both languages as <loan>-<step>.<language>.html; return the names without the language.

    A letter gives loan_id, customer_id, step, as_of, until (last day to pay, or None), amount, currency,
    overdue_since, instalments (due_on, unpaid), and its rule: rule_fr, rule_en, citation.
    """
    names = []
    for letter in letters:
        names.append(f"{letter['loan_id']}-{letter['step']}")
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            path = folder / f"{names[-1]}.{language}.html"
            path.write_text(drafted(letter, language), encoding="utf-8")
    return names


def drafted(letter: dict, language: str) -> str:
    """Return one letter as a page that needs nothing else."""
    template = _environment(language).get_template(f"{TEMPLATES[letter['step']]}.{language}.html.j2")
    return template.render(letter)


@cache
def _environment(language: str) -> Environment:
    """Return the templates with the dates and amounts of a language; values are escaped, an unknown name stops."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = lambda value: written_day(value, language)
    made.filters["money"] = lambda value: written_money(value, language)
    return made


def written_day(value: datetime.date, language: str) -> str:
    """Return a date as a letter writes it.

    >>> written_day(datetime.date(2026, 4, 1), "fr"), written_day(datetime.date(2026, 4, 1), "en")
    ('1er avril 2026', '1 April 2026')
    """
    number = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return f"{number} {MONTHS[language][value.month - 1]} {value.year}"


def written_money(value: Decimal, language: str) -> str:
    """Return an amount as a letter writes it, with blanks that do not break in French.

    >>> written_money(Decimal("1234.50"), "en")
    '1,234.50'
    """
    text = f"{value:,.2f}"
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",") if language == "fr" else text
