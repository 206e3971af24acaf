"""CFONB 120: over-punched signs, complements, and accounts, on records written here."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.cfonb120 import read
from bolib.formats.statements import prove

ACCOUNT = "00012345603"


def record(code, day, amount="", operation="  ", label="", value="", reference="", account=ACCOUNT):
    """Return a record of 120 characters, written column by column."""
    return f"{code}10278    02204EUR2 {account}{operation}{day}  {value:6}{label:31}  {'':7}  {amount:14}{reference:16}"


def read_all(tmp_path, *records, joiner="\n"):
    path = tmp_path / "statement.txt"
    path.write_text(joiner.join(records))
    found = list(read(path, "utf-8"))
    for one in found:
        prove(path, one)
    return found


OPENING, CLOSING = record("01", "300326", "0000000010000{"), record("07", "310326", "0000000007499E")
DEBIT = record("04", "310326", "0000000002500N", "B1", "PRLV SEPA FOURNISSEUR", "300326", "REF-1")
"""Over-punched by hand: { is +0, N is -5, E is +5: 1,000.00 - 250.05 = 749.95."""


@pytest.mark.parametrize("joiner", ["\n", "\r\n", ""])
def test_the_last_digit_carries_the_sign(tmp_path, joiner):
    [one] = read_all(tmp_path, OPENING, DEBIT, CLOSING, joiner=joiner)
    [line] = one.movements
    assert (one.account, one.number, one.opening.amount) == ("102780220400012345603", "2026-03-31", Decimal("1000.00"))
    assert (line.amount, line.value_date, line.reference) == (Decimal("-250.05"), date(2026, 3, 30), "REF-1")


def test_what_is_said_of_a_movement_stays_with_it(tmp_path):
    party = f"{record('05', '310326', operation='B1')[:45]}NPYDUPONT SA".ljust(120)
    words = f"{record('05', '310326', operation='B1')[:45]}LIBFACTURE 12".ljust(120)
    [one] = read_all(tmp_path, OPENING, DEBIT, party, words, CLOSING)
    assert (one.movements[0].counterparty, one.movements[0].text) == (
        "DUPONT SA", "PRLV SEPA FOURNISSEUR DUPONT SA FACTURE 12"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([DEBIT], "line 1: expected 01, the balance before, found '04'"),
        ([OPENING, DEBIT], "line 1: expected 07, the balance after, found the end of the file"),
        ([OPENING, OPENING], "line 2: expected 07, the balance after, found 01, a new statement"),
        ([OPENING, record("04", "310326", "0000000002500N", account="00099999903")], "line 2: expected account 1027802204"),
        ([OPENING, record("07", "310326", "000000000X499E")], "line 2: expected an amount as 0000000166956E"),
        ([OPENING, record("07", "320326", "0000000007499E")], "line 2: expected a date DDMMYY, found '320326'"),
        ([OPENING, CLOSING], "line 1: expected a closing balance of 1000.00, 1000.00 and 0 lines, found 749.95"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_its_line(tmp_path, records, said):
    with pytest.raises(SourceError) as error:
        read_all(tmp_path, *records)
    assert str(error.value).removeprefix(f"{tmp_path}/statement.txt, ").startswith(said)
