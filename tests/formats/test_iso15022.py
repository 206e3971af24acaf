"""ISO 15022: envelopes, blocks and fields, on messages written here from the public field specifications."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.iso15022 import Field, amount, day, messages, moment, number, quantity

BODY = ":16R:GENL\n:20C::SEME//REF-1\n:16R:LINK\n:20C::RELA//OURS-9\n:16S:LINK\n:16S:GENL\n:16R:FIN\n:35B:ISIN US0378331005\nAPPLE INC\n:16S:FIN\n"
HEAD = "{1:F01CUSTFRPPAXXX0000000000}{2:I535BANKFRPPXXXXN}{4:\n"


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "m.fin"
    path.write_bytes(text.encode(encoding))
    return messages(path, "utf-8")


def refusal(tmp_path, text, encoding="utf-8"):
    with pytest.raises(SourceError) as error:
        read(tmp_path, text, encoding)
    return str(error.value).removeprefix(f"{tmp_path}/m.fin, ")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), [(HEAD, "-}{5:{CHK:0123456789AB}}\n"), ("", "")])
def test_blocks_hold_fields_and_blocks_and_know_their_lines(tmp_path, ending, before, after):
    [one] = read(tmp_path, (before + BODY + after).replace("\n", ending))
    shift = len(before.splitlines())
    assert one.kind == ("535" if before else "")
    assert [(block.name, block.place - shift) for block in one.body.blocks] == [("GENL", 1), ("FIN", 7)]
    [link] = one.block("GENL").all("LINK")
    assert (link.first("20C", "RELA").value, link.first("20C", "RELA").place - shift) == ("OURS-9", 4)
    assert one.block("FIN").first("35B").value == "ISIN US0378331005\nAPPLE INC"


def test_a_file_holds_several_messages_with_or_without_envelopes(tmp_path):
    closed = HEAD + BODY + "-}"
    kinds = [one.kind for one in read(tmp_path, closed + closed.replace("I535", "O536") + "\n\n" + closed)]
    assert kinds == ["535", "536", "535"]
    assert [one.place for one in read(tmp_path, BODY + BODY)] == [1, 11]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: expected a message: {4:, or :16R:GENL, found none."),
        ("date,account\n1,2\n", "line 1: expected a message: {4:, or :16R:GENL, found none."),
        (HEAD + BODY, "line 1: expected -}, the end of the message, found the end of the file."),
        (HEAD + BODY.replace(":16S:LINK\n", "") + "-}", "line 6: expected the end of LINK, found that of GENL."),
        (HEAD + BODY.replace(":16S:FIN\n", "") + "-}", "line 8: expected the end of the block FIN, found none."),
        (HEAD + ":16S:GENL\n-}", "line 2: expected the end of no block, found that of GENL."),
        (HEAD + "stray\n-}", "line 2: expected a field as :16R:GENL, found 'stray'."),
        (HEAD + ":16R:A\n" * 20 + "-}", "line 14: expected at most 12 blocks inside one another, found more."),
    ],
)
def test_what_is_broken_is_refused_with_its_line(tmp_path, text, said):
    assert refusal(tmp_path, text).startswith(said)


def test_bytes_of_another_encoding_are_named(tmp_path):
    said = refusal(tmp_path, HEAD + BODY.replace("APPLE", "SOCIÉTÉ") + "-}", "latin-1")
    assert said.startswith("line 10: expected bytes of the encoding utf-8, found 0xc9.")


@pytest.mark.parametrize(
    ("value", "size"),
    [("UNIT/100,", "100"), ("UNIT/N100,5", "-100.5"), ("FAMT/AVAI/N0,25", "-0.25"), ("UNIT/1250", "1250")],
)
def test_a_quantity_has_its_sign_and_its_comma(tmp_path, value, size):
    assert quantity(tmp_path, Field(3, "93B", "AGGR", value)) == Decimal(size)


@pytest.mark.parametrize("text", ["", "N", "1.5", "1,5,5", "-1,", "1e5", "٣", "1" * 16 + ",", "NaN"])
def test_what_is_no_number_is_refused(tmp_path, text):
    with pytest.raises(SourceError, match="line 3: expected a number as 1250, or N1250,5"):
        number(tmp_path, 3, text)


@pytest.mark.parametrize(
    ("value", "read"), [("EUR12,50", ("EUR", Decimal("12.50"))), ("NEUR0,01", ("EUR", Decimal("-0.01"))),
                        ("NOK5,", ("NOK", Decimal(5))), ("NNOK5,", ("NOK", Decimal(-5)))],
)  # fmt: skip
def test_an_amount_may_be_to_be_paid_and_norway_has_a_currency(tmp_path, value, read):
    assert amount(tmp_path, Field(1, "19A", "SETT", value)) == read


@pytest.mark.parametrize(
    ("value", "at"),
    [("20260331", "2026-03-31T00:00:00"), ("20260331173000", "2026-03-31T17:30:00"),
     ("20260331173000,250/N0330", "2026-03-31T17:30:00-03:30"), ("20260331173000/02", "2026-03-31T17:30:00+02:00")],
)  # fmt: skip
def test_a_moment_keeps_its_offset(tmp_path, value, at):
    field = Field(1, "98E", "PREP", value)
    assert (moment(tmp_path, field), day(tmp_path, field)) == (at, date(2026, 3, 31))


@pytest.mark.parametrize("value", ["20260231", "2026033", "", "20260331256000", "SYST"])
def test_what_is_no_date_is_refused(tmp_path, value):
    with pytest.raises(SourceError, match="line 1: expected a date YYYYMMDD, or with its time"):
        day(tmp_path, Field(1, "98A", "STAT", value))
