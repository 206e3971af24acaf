"""How the entries that open a fiscal year are told: by the name or code of their journal, and by their date."""

import pyarrow as pa

from bolib.errors import ParameterError
from bolib.formats.fec.irregular import OPENING, OPENING_CODES, OPENING_DAYS

USUAL = {"words": list(OPENING), "codes": list(OPENING_CODES), "days": OPENING_DAYS}
"""What a file without the parameter means: what the reader of the FEC goes by."""
LONGEST = 31
"""More days than a month has are no first days of a year."""
NAMES = pa.schema([("word", pa.string()), ("code", pa.string())])


def opening_names(said: object) -> pa.Table:
    """Return one row a word or code, in small letters, by which a journal is one of opening entries."""
    known = _checked(said)
    rows = [{"word": word.lower(), "code": None} for word in known["words"]]
    return pa.Table.from_pylist(rows + [{"word": None, "code": code.lower()} for code in known["codes"]], schema=NAMES)


def opening_days(said: object) -> int:
    """Return on how many of the first days of a fiscal year its opening entries are dated."""
    return _checked(said)["days"]


def _checked(said: object) -> dict:
    """Return words, codes and days; anything else stops the run."""
    known = USUAL if said is None else said
    if not isinstance(known, dict) or set(known) != set(USUAL):
        raise _wrong("openings", f"the words {', '.join(USUAL)}", known)
    for name in ("words", "codes"):
        if not isinstance(known[name], list) or not all(isinstance(one, str) and one.strip() for one in known[name]):
            raise _wrong(f"openings, {name}", "a list of texts, as [nouveau, ouverture]", known[name])
    if type(known["days"]) is not int or not 1 <= known["days"] <= LONGEST:
        raise _wrong("openings, days", f"a number of days from 1 to {LONGEST}", known["days"])
    return known


def _wrong(name: str, wanted: str, found: object) -> ParameterError:
    return ParameterError(f"parameters/anomalies.yml, {name}", wanted, str(found), "Correct the file.")
