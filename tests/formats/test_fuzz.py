"""Files cut short or with bytes changed: each reader gives rows, or one line that says where; never anything else."""

import re

import pytest
from formats.test_camt import DOCUMENT, ENTRY, PART
from formats.test_cfonb120 import CLOSING, DEBIT, OPENING
from formats.test_cfonb240 import FIRST, OPEN, SECOND, TOTAL
from formats.test_mt54x import advised, confirmed, sold, status
from formats.test_mt535 import APPLE, fin
from formats.test_mt535 import page as holdings
from formats.test_mt536 import BOUGHT, SOLD
from formats.test_mt536 import page as moves
from formats.test_mt537 import DUE, OWED, PAGE, penalties, transaction
from formats.test_mt537 import status as heading
from formats.test_mt940 import HEAD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolib.errors import BolibError
from bolib.formats import Dialect, land

SUBS = ("93C::AVAI//UNIT/AVAI/60,", "93C::PLED//UNIT/NAVL/40,")
WHOLE = DOCUMENT.format(
    version="08", closing="60.00", entries=ENTRY.format(
        amount="40.00", side="DBIT", more="<Sts><Cd>BOOK</Cd></Sts>",
        details=PART.format(id="A", amount="15.00", name="Dupont") + PART.format(id="B", amount="25.00", name="Martin"),
    ) + "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>40.00</Sum></TtlNtries></TxsSummry>"
    "<StmtPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>",
)  # fmt: skip
PENDING = heading("SETT", "PENF", "LACK", transaction("I-1")) + penalties(OWED, DUE)
SOUND = {
    ("camt", "statement_lines"): WHOLE,
    (
        "mt940",
        "statement_lines",
    ): f"{HEAD}:61:2603310331C25,50NTRFX//Y\n:86:/EREF/E2E//NAME/Dupont/\n:62F:C260331EUR1025,50\n",
    ("cfonb120", "statement_lines"): "\n".join((OPENING, DEBIT, CLOSING)),
    ("cfonb240", "statement_lines"): "\n".join((OPEN, FIRST, SECOND, TOTAL)),
    ("mt535", "custody_positions"): holdings(fin(APPLE, ("AGGR", "100,"), subs=SUBS)),
    ("mt536", "custody_positions"): moves(BOUGHT, SOLD),
    ("mt536", "settlement_events"): moves(BOUGHT, SOLD),
    ("mt537", "settlement_events"): PAGE.format(body=PENDING),
    ("mt537", "penalties"): PAGE.format(body=PENDING),
    ("mt54x", "settlements"): sold() + advised(status("MTCH", "MACH")) + confirmed(":36B::ESTT//UNIT/1000,"),
    ("mt54x", "settlement_events"): sold() + advised(status("SETT", "PENF", "LACK")),
}
"""A sound file of each format and sheet."""

PIECES = (*(f"{line}\n" for line in (":16R:GENL", ":16S:GENL", ":35B:ISIN", ":93B::AGGR//UNIT/", "-}", "{4:", ":62M:")),
          "\x00", "é", "\ufeff", "٣", ",", "/", "N", "<", "0", "9" * 20, "E", "\n", "2026-13-41")  # fmt: skip
EDIT = st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from(("", *PIECES)))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def outcome(folder, form, sheet, raw):
    """Return the rows of a file, or the line that refuses it; anything else comes through as it is."""
    path = folder / "file.txt"
    path.write_bytes(raw)
    try:
        return land(path, form, Dialect(sheet=sheet), folder / "landed.parquet", None).rows
    except BolibError as error:
        assert str(error.where).startswith(str(path)) and "\n" not in str(error)
        return str(error)


@pytest.mark.parametrize(("form", "sheet"), SOUND)
def test_a_sound_file_gives_rows(scratch, form, sheet):
    assert outcome(scratch, form, sheet, SOUND[form, sheet].encode()) > 0


@pytest.mark.parametrize(("form", "sheet"), SOUND)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, min_size=1, max_size=4), cut=st.none() | st.integers(0, 10**6))
def test_a_broken_file_gives_rows_or_one_line(scratch, form, sheet, edits, cut):
    raw = SOUND[form, sheet].encode()
    for at, length, piece in edits:
        place = at % (len(raw) + 1)
        raw = raw[:place] + piece.encode() + raw[place + length :]
    outcome(scratch, form, sheet, raw if cut is None else raw[: cut % (len(raw) + 1)])


@pytest.mark.parametrize(("form", "sheet"), SOUND)
def test_any_word_of_a_file_may_be_wrong(scratch, form, sheet):
    """Each word, number and code of the file in turn: lost, and replaced by what is none."""
    text = SOUND[form, sheet]
    for word in re.finditer(r"[A-Za-z0-9.]+", text):
        for wrong in ("", "x", "9" * 30, "NaN", "-1"):
            outcome(scratch, form, sheet, (text[: word.start()] + wrong + text[word.end() :]).encode())


@pytest.mark.parametrize(("form", "sheet"), SOUND)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=st.binary(max_size=200))
def test_bytes_of_no_format_are_refused(scratch, form, sheet, raw):
    assert isinstance(outcome(scratch, form, sheet, raw), str)
