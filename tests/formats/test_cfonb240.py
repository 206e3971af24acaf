"""CFONB 240: batches of payments, their numbers and totals, on records written here column by column."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.cfonb240 import read

ACCOUNT = "300661077100020030401"


def record(
    kind, number, code="20", day="310326", currency="E", account=ACCOUNT, name="", words="", settled="", amount=""
):
    head = f"{kind}{number:06}{code}{day}{currency}    {account:21}{name:24}"
    return f"{head:122}REF001{words:88}{settled:6}{'':6}{amount:12}"


def read_all(tmp_path, *records, joiner="\n"):
    path = tmp_path / "payments.txt"
    path.write_text(joiner.join(records))
    return list(read(path, "utf-8"))


OPEN = record("31", 1)
FIRST = record("34", 2, name="DUPONT SA", words="FACTURE 12", settled="010426", amount="000000171200")
SECOND = record("34", 3, account="14989000012214046973Z", amount="000000000001")
TOTAL = record("39", 4, amount="000000171201")


@pytest.mark.parametrize("joiner", ["\n", "\r\n", ""])
def test_a_batch_is_payments_received_on_one_account(tmp_path, joiner):
    [one] = read_all(tmp_path, OPEN, FIRST, SECOND, TOTAL, joiner=joiner)
    assert (one.account, one.number, one.opening, one.closing) == (ACCOUNT, "2026-03-31 20", None, None)
    line = one.movements[0]
    assert (line.amount, line.currency, line.booking_date, line.value_date) == (
        Decimal("1712.00"), "EUR", date(2026, 3, 31), date(2026, 4, 1)
    )  # fmt: skip
    assert (line.counterparty, line.text, line.reference) == ("DUPONT SA", "FACTURE 12", "REF001")


def test_a_file_holds_several_batches(tmp_path):
    assert [
        len(one.movements)
        for one in read_all(tmp_path, OPEN, FIRST, SECOND, TOTAL, OPEN, record("39", 2, amount="0" * 12))
    ] == [2, 0]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([FIRST], "line 1: expected 31, a new batch, found '34'"),
        ([OPEN, OPEN], "line 2: expected 34 or 39, found '31'"),
        ([OPEN, FIRST], "line 1: expected 39, the total of the batch, found the end of the file"),
        ([OPEN, SECOND], "line 2: expected the record number 000002, found '000003'"),
        ([OPEN, FIRST, record("39", 3, amount="000000171201")], "line 3: expected a total of 1712.00, 1 payments, found 1712.01"),
        ([OPEN, record("39", 2, account="3" * 21, amount="0" * 12)], "line 2: expected account 300661077100020030401"),
        ([OPEN, record("34", 2, code="80", amount="0" * 12)], r"line 2: expected an operation code whose direction is known: 20 \(transfer received\), found '80'"),
        ([OPEN, record("34", 2, currency="F", amount="0" * 12)], "line 2: expected a currency among E in column 17, found 'F'"),
        ([OPEN, record("34", 2, amount="00000000171A")], "line 2: expected an amount in cents in columns 229 to 240"),
        ([record("31", 1, day="320326")], "line 1: expected a date DDMMYY, found '320326'"),
        ([record("31", 1, account="")], "line 1: expected bank, branch and account in columns 22 to 42"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_its_line(tmp_path, records, said):
    with pytest.raises(SourceError, match=said):
        read_all(tmp_path, *records)
