"""MT940: signs, dates, references and pages, on messages written here."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.mt940 import read
from bolib.formats.statements import prove, whole

HEAD = ":20:REF\n:25:FR7630006000011234567890189\n:28C:12/1\n:60F:C260330EUR1000,00\n"


def statements(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "statement.sta"
    path.write_bytes(text.encode(encoding))
    found = whole(path, list(read(path, "utf-8")))
    for one in found:
        prove(path, one)
    return found


def refusal(tmp_path, text, encoding="utf-8"):
    with pytest.raises(SourceError) as error:
        statements(tmp_path, text, encoding)
    return str(error.value).removeprefix(f"{tmp_path}/statement.sta, ")


@pytest.mark.parametrize(
    ("mark", "amount", "reversal"),
    [("C", "25.50", False), ("D", "-25.50", False), ("RC", "-25.50", True), ("RD", "25.50", True)],
)
def test_a_reversal_goes_the_other_way(tmp_path, mark, amount, reversal):
    closing = f"{Decimal(1000) + Decimal(amount):.2f}".replace(".", ",")
    [one] = statements(tmp_path, f"{HEAD}:61:2603310331{mark}25,50NTRFNONREF\n:62F:C260331EUR{closing}\n")
    [line] = one.movements
    assert (line.amount, line.reversal) == (Decimal(amount), reversal)


def test_a_line_keeps_its_references_party_and_words(tmp_path):
    [one] = statements(
        tmp_path,
        f"{HEAD}:61:2603310330CR25,50NTRFours-1//theirs-9\nmore\n"
        ":86:166?00GUTSCHRIFT?20EREF+E2E 22?21KREF+X?32Dupont SA?33Lyon\n:62F:C260331EUR1025,50\n",
    )
    [line] = one.movements
    assert (line.reference, line.end_to_end_id, line.counterparty) == ("theirs-9", "E2E 22", "Dupont SA Lyon")
    assert (line.booking_date, line.value_date, line.place) == (date(2026, 3, 30), date(2026, 3, 31), 5)


def test_the_entry_date_takes_the_year_nearest_to_the_value_date(tmp_path):
    [one] = statements(tmp_path, f"{HEAD}:61:2701021231D0,50NCHGNONREF\n:62F:C270102EUR999,50\n")
    assert one.movements[0].booking_date == date(2026, 12, 31)


def test_pages_are_one_statement_and_must_follow_one_another(tmp_path):
    first = f"{HEAD}:61:2603310331C1,00NTRFNONREF\n:62M:C260331EUR1001,00\n"
    second = ":20:REF\n:25:FR7630006000011234567890189\n:28C:12/{page}\n:60M:C260331EUR{opening}\n"
    second += ":61:2603310331C2,00NTRFNONREF\n:62F:C260331EUR1003,00\n"
    [one] = statements(tmp_path, first + second.format(page=2, opening="1001,00"))
    assert (one.number, one.page, len(one.movements), one.closing.amount) == ("12", 2, 2, Decimal("1003.00"))
    assert refusal(tmp_path, first + second.format(page=3, opening="1001,00")) == (
        "line 7: expected page 2 of statement 12, found page 3. Ask the sender for the file again."
    )
    assert "page 2 to open with 1001.00" in refusal(tmp_path, first + second.format(page=2, opening="1001,01"))


def test_pages_that_come_one_a_file_are_told_apart_by_their_number(tmp_path):
    """So that the second is no repetition of the first, and one that never comes is a gap in the numbers."""
    first = f"{HEAD}:61:2603310331C1,00NTRFNONREF\n:62M:C260331EUR1001,00\n"
    second = ":20:REF\n:25:FR7630006000011234567890189\n:28C:12/2\n:60M:C260331EUR1001,00\n:62F:C260331EUR1001,00\n"
    last = f"{HEAD}:62F:C260331EUR1000,00\n"
    third = ":20:REF\n:25:FR7630006000011234567890189\n:28C:12/3\n:60M:C260331EUR1001,00\n:62F:C260331EUR1001,00\n"
    middle = second.replace(":62F:", ":62M:")
    texts = (first, middle, third, first + second, last, middle + third, first + middle)
    numbers = [[one.number for one in statements(tmp_path, text)] for text in texts]
    assert numbers == [["12/1"], ["12/2"], ["12/3"], ["12"], ["12"], ["12/2-3"], ["12/1-2"]]
    parts = [(one.first, one.last) for text in texts for one in statements(tmp_path, text)]
    assert parts == [(True, False), (False, False), (False, True), (True, True), (True, True), (False, True), (True, False)]
    [opened] = statements(tmp_path, first.replace(":60F:", ":60M:"))  # no page comes before the first
    assert opened.first and not opened.last


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: expected :20:, which opens a statement, found none."),
        (HEAD, "line 1: expected :62F:, the closing balance, found none."),
        (f"{HEAD}:61:260331X1,00NTRF\n:62F:C260331EUR1,00\n", "line 5: expected a line as 2603310331C12,50NTRFreference"),
        (f"{HEAD}:61:261331C1,00NTRFX\n:62F:C260331EUR1,00\n", "line 5: expected a date YYMMDD, found 261331."),
        (f"{HEAD}:62F:C260331USD1000,00\n", "line 1: expected amounts in EUR, the currency of the opening balance, found USD."),
        (f"{HEAD}:62F:C260331EUR1000,01\n", "line 1: expected a closing balance of 1000.00, 1000.00 and 0 lines, found 1000.01."),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_its_line(tmp_path, text, said):
    assert refusal(tmp_path, text).startswith(said)


def test_bytes_of_another_encoding_are_named(tmp_path):
    text = f"{HEAD}:86:Société\n:62F:C260331EUR1000,00\n"
    assert refusal(tmp_path, text, "latin-1").startswith("line 5: expected bytes of the encoding utf-8, found 0xe9.")
