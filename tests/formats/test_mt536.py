"""MT536: movements between two balances, on messages written here from the public field specifications."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.iso15022 import messages
from bolib.formats.mt536 import closings, movements
from bolib.load import load

APPLE = "US0378331005"
PAGE = """{{1:F01CUSTFRPPAXXX0000000000}}{{2:O5361200260331BANKFRPPXXXX00000000002603311200N}}{{4:
:16R:GENL
:28E:{page}
:13A::STAT//031
:20C::SEME//M031
:23G:NEWM
:69A::STAT//20260301/20260331
:97A::SAFE//SAF-1
:17B::ACTI//Y
:16S:GENL
:16R:SUBSAFE
:16R:FIN
:35B:ISIN US0378331005
:93B::{opens}//UNIT/{opening}
:93B::{closes}//UNIT/{closing}
{moves}:16S:FIN
:16S:SUBSAFE
-}}
"""


def move(direction, size, name="I-1", kind="SETT", more=""):
    link = f":16R:LINK\n:20C::RELA//{name}\n:16S:LINK\n" if name else ""
    return (
        f":16R:TRAN\n{link}:16R:TRANSDET\n:36B::PSTA//UNIT/{size}\n:22F::TRAN//{kind}\n:22H::REDE//{direction}\n"
        f":22H::PAYM//APMT\n:98A::ESET//20260310\n{more}:16S:TRANSDET\n:16S:TRAN\n"
    )


def page(*moves, opening="100,", closing="130,", page="1/ONLY", opens="FIOP", closes="FICL"):
    given = {"opening": opening, "closing": closing, "page": page, "opens": opens, "closes": closes}
    return PAGE.format(moves="".join(moves), **given)


def read(tmp_path, reader, *pages):
    path = tmp_path / "moves.fin"
    path.write_text("".join(pages))
    return [values for _, values in reader(path, messages(path, "utf-8"))]


BOUGHT, SOLD = move("RECE", "50,"), move("DELI", "20,", "I-2")


def test_what_had_settled_is_a_holding_and_each_movement_a_step(tmp_path):
    assert read(tmp_path, closings, page(BOUGHT, SOLD)) == [["2026-03-31", "SAF-1", APPLE, "SETT", Decimal(130), None, None]]
    assert read(tmp_path, movements, page(BOUGHT, SOLD)) == [
        ["I-1", "2026-03-10T00:00:00", "SETT", None, Decimal(50), None, ""],
        ["I-2", "2026-03-10T00:00:00", "SETT", None, Decimal(20), None, ""],
    ]


def test_parts_of_one_instruction_add_up_and_a_reversal_takes_back(tmp_path):
    back = move("RECE", "30,", more=":25D::MOVE//REVE\n")
    rows = read(tmp_path, movements, page(move("RECE", "60,"), back, closing="130,"))
    assert [(row[2], row[4]) for row in rows] == [("SETT", 60), ("PEND", 30)]


def test_what_settles_no_instruction_is_counted_apart(tmp_path):
    [row] = read(tmp_path, movements, page(move("RECE", "30,", "", "CORP")))
    assert (row[0], row[6]) == ("", "NOT_SETTLEMENT")


def test_pages_open_where_the_one_before_closes(tmp_path):
    first = page(BOUGHT, page="1/MORE", closing="150,", closes="INCL")
    second = page(SOLD, page="2/LAST", opening="150,", opens="INOP")
    assert read(tmp_path, closings, first, second) == [["2026-03-31", "SAF-1", APPLE, "SETT", Decimal(130), None, None]]
    with pytest.raises(SourceError, match=r"line 44: expected a page that opens with 150, .* found 149"):
        read(tmp_path, closings, first, page(SOLD, page="2/LAST", opening="149,", closing="129,", opens="INOP"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (page(BOUGHT, closing="151,"), "line 15: expected a closing balance of 150, 100 and 1 movements, found 151"),
        (page(BOUGHT.replace("RECE", "BOTH")), "line 23: expected RECE or DELI, found 'BOTH'"),
        (page(BOUGHT.replace(":36B::PSTA//UNIT/50,\n", "")), "line 20: expected :36a::PSTA in TRANSDET, found none"),
        (page(":16R:TRAN\n:16S:TRAN\n"), "line 16: expected TRANSDET, what moved, found none"),
    ],
)
def test_what_is_broken_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(SourceError, match=said):
        read(tmp_path, movements, text)


def test_a_file_read_as_two_tables_is_one_statement_under_the_name_of_the_one_that_names_accounts(tmp_path):
    declared = """sources:
      closings: {table: custody_positions, files: '*.fin', format: mt536, values: {account: {SAF-1: OURS-1}}}
      steps: {table: settlement_events, files: '*.fin', format: mt536}
    """
    (tmp_path / "sources.yml").write_text(declared)
    (tmp_path / "moves.fin").write_text(page(BOUGHT, closing="150,"))
    [head] = load(tmp_path, tmp_path, date(2026, 3, 31)).heads
    assert (head["kind"], head["account"], head["number"], head["part"]) == ("MOVEMENTS", "OURS-1", "031", None)
