"""Forms and check digits of identifiers, checked on distinct values."""

import re
from collections.abc import Callable

import pycountry
import stdnum.bic
import stdnum.isin
import stdnum.lei
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from bolib.tables import IDENTIFIERS, Column

ACCOUNTS = ("account", "client_account", "custody_account", "iban")
"""Text columns whose values may be IBANs; what looks like one must be one."""

CURRENCIES = frozenset(currency.alpha_3 for currency in pycountry.currencies)
COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries)


def checked(column: Column) -> bool:
    """Return whether values of the column have a form of their own."""
    return column.type in IDENTIFIERS or column.name in ACCOUNTS


def fault(column: Column, value: str) -> str | None:
    """Return why `value` cannot stand in the column, None where it can.

    >>> fault(Column("isin", "isin", ""), "US0378331005"), fault(Column("isin", "isin", ""), "US0378331006")
    (None, 'the check digit of the ISIN is wrong')
    """
    return _FAULTS[column.type if column.type in IDENTIFIERS else "account"](value)


def _isin(value: str) -> str | None:
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", value):
        return "not an ISIN: two letters, nine letters or digits, a check digit"
    if stdnum.isin.calc_check_digit(value[:-1]) != value[-1]:
        return "the check digit of the ISIN is wrong"
    return None


def _lei(value: str) -> str | None:
    # The library checks the digits of a text of any length.
    if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", value):
        return "not an LEI: 18 letters or digits and two check digits"
    return None if stdnum.lei.is_valid(value) else "the check digits of the LEI are wrong"


def _bic(value: str) -> str | None:
    if not re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", value):
        return "not a BIC: 8 or 11 letters and digits, the country at the fifth"
    return None if value[4:6] in COUNTRIES or value[4:6] == "XK" else "the BIC names no country"


def _account(value: str) -> str | None:
    """Return what is wrong with a value that has the form and the length of an IBAN of its country."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", value) or value[:2] not in COUNTRIES:
        return None
    iban = IBAN(value, allow_invalid=True)
    if len(value) != _length(iban):
        return None
    try:
        iban.validate(validate_bban=True)
    except SchwiftyException as error:
        return f"not a sound IBAN: {error}"
    return None


def _length(iban: IBAN) -> int | None:
    try:
        return iban.spec.iban_length
    except SchwiftyException:
        return None


def _form(expression: str, words: str) -> Callable[[str], str | None]:
    return lambda value: None if re.fullmatch(expression, value) else words


_FAULTS: dict[str, Callable[[str], str | None]] = {
    "isin": _isin,
    "lei": _lei,
    "bic": _bic,
    "mic": _form(r"[A-Z0-9]{4}", "not a MIC: four letters or digits"),
    "currency": lambda value: None if value in CURRENCIES else "not a currency of ISO 4217",
    "country": lambda value: None if value in COUNTRIES else "not a country of ISO 3166",
    "account": _account,
}
