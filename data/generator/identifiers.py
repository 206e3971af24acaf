"""Identifiers with right check digits; those of invented parties say by their text that they are invented."""


def _digits(text: str) -> str:
    return "".join(str(int(character, 36)) for character in text)


def isin(body: str) -> str:
    """Return the ISIN of an 11-character body.

    >>> isin("US037833100")
    'US0378331005'
    """
    total = 0
    for place, digit in enumerate(reversed(_digits(body))):
        total += sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
    return f"{body}{-total % 10}"


def lei(name: str) -> str:
    """Return an LEI of the unassigned issuer 9999 for a short name.

    >>> lei("PONANT")
    '999900PONANTXXXXXX28'
    """
    body = f"999900{name:X<12}"
    return f"{body}{98 - int(_digits(body + '00')) % 97:02d}"
