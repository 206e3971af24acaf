"""MT540 to MT548: one chain of steps an instruction, on messages written here from the public field specifications."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.iso15022 import messages
from bolib.formats.mt54x import events, settlements
from bolib.load import load

PONANT = "9695005MSX1OYEMGDF46"


def message(kind, name, *blocks, function="NEWM", linked="", deal=""):
    links = "".join(
        f":16R:LINK\n:20C::{word}//{value}\n:16S:LINK\n" for word, value in (("RELA", linked), ("TRRF", deal)) if value
    )
    status = "".join(block for block in blocks if block.startswith(":16R:STAT"))
    rest = "".join(block for block in blocks if not block.startswith(":16R:STAT"))
    return (
        f"{{1:F01CUSTFRPPAXXX0000000000}}{{2:I{kind}BANKFRPPXXXXN}}{{4:\n:16R:GENL\n:20C::SEME//{name}\n:23G:{function}\n"
        f":98C::PREP//20260331090000\n{links}{status}:16S:GENL\n{rest}-}}\n"
    )


def terms(
    settled="", quantity=":36B::SETT//UNIT/1000,", amount=":19A::SETT//EUR98765,43", party=f":95L::ALTE//{PONANT}\n"
):
    effective = f":98A::ESET//{settled}\n" if settled else ""
    paid = f":16R:AMT\n{amount}\n:16S:AMT\n" if amount else ""
    return (
        f":16R:TRADDET\n:94B::TRAD//EXCH/XPAR\n:98A::SETT//20260402\n{effective}:98A::TRAD//20260331\n"
        ":35B:ISIN FR0000120271\nTOTALENERGIES\n:16S:TRADDET\n"
        f":16R:FIAC\n{quantity}\n:97A::SAFE//SAF-EU\n:16S:FIAC\n"
        f":16R:SETDET\n:22F::SETR//TRAD\n:16R:SETPRTY\n:95P::BUYR//PONTFRPPXXX\n{party}:16S:SETPRTY\n"
        f":16R:SETPRTY\n:95P::PSET//SICVFRPPXXX\n:16S:SETPRTY\n{paid}:16S:SETDET\n"
    )


def status(kind, code, reason=""):
    why = f":16R:REAS\n:24B::{code}//{reason}\n:16S:REAS\n" if reason else ""
    return f":16R:STAT\n:25D::{kind}//{code}\n{why}:16S:STAT\n"


def read(tmp_path, reader, *parts):
    path = tmp_path / "instructions.fin"
    path.write_text("".join(parts))
    return [values for _, values in reader(path, messages(path, "utf-8"))]


def sold(**given):
    return message("543", "I-1", terms(**given), deal="T-1")


def advised(*statuses, at="20260331090000", matched=""):
    details = f":16R:SETTRAN\n:98C::MTCH//{matched}\n:16S:SETTRAN\n" if matched else ""
    return message("548", "A", *statuses, details, linked="I-1").replace("20260331090000", at)


def confirmed(quantities, at="20260402", function="NEWM"):
    return message("547", "C", terms(at, quantities, ":19A::ESTT//EUR98765,43"), linked="I-1", function=function)


def test_an_instruction_alone_is_unmatched_and_says_its_terms(tmp_path):
    [row] = read(tmp_path, settlements, sold())
    assert row == [
        "I-1", "T-1", "DELI", "APMT", "FR0000120271", Decimal(1000), Decimal("98765.43"), "EUR", date(2026, 4, 2), "", "",
        Decimal(0), "", "NMAT", "", PONANT, "SICVFRPPXXX", "XPAR", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "movement", "payment"),
    [("540", "RECE", "FREE"), ("541", "RECE", "APMT"), ("542", "DELI", "FREE"), ("543", "DELI", "APMT")],
)
def test_the_number_says_which_way_and_whether_for_money(tmp_path, kind, movement, payment):
    free = payment == "FREE"
    [row] = read(tmp_path, settlements, message(kind, "I-1", terms(amount="" if free else ":19A::SETT//EUR1,")))
    assert (row[2], row[3], row[7]) == (movement, payment, "XXX" if free else "EUR")


def test_an_instruction_stands_as_its_last_step_leaves_it(tmp_path):
    steps = [
        sold(),
        advised(status("IPRC", "PACK"), at="20260331100000"),
        advised(status("MTCH", "MACH"), at="20260331110000", matched="20260331105500"),
        advised(status("SETT", "PENF", "LACK"), at="20260402180000"),
        confirmed(":36B::ESTT//UNIT/400,\n:36B::RSTT//UNIT/600,", "20260403"),
        confirmed(":36B::ESTT//UNIT/600,\n:36B::PSTT//UNIT/400,\n:36B::RSTT//UNIT/0,", "20260407").replace(
            "20260331090000", "20260407090000"
        ),
    ]
    [row] = read(tmp_path, settlements, *steps)
    assert row[9:15] == ["2026-03-31T10:00:00", "2026-03-31T10:55:00", Decimal(1000), "2026-04-07", "SETT", ""]
    told = [(row[1][:10], row[2], row[3], row[4]) for row in read(tmp_path, events, *steps)]
    assert told == [
        ("2026-03-31", "NMAT", "", 0), ("2026-03-31", "MACH", "", 0), ("2026-04-02", "PENF", "LACK", 0),
        ("2026-03-31", "PEND", "PART", 400), ("2026-04-07", "SETT", "", 1000),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), [("CPRC", "CAND"), ("IPRC", "CAND"), ("IPRC", "REJT")])
def test_what_is_cancelled_or_refused_will_not_settle(tmp_path, kind, code):
    [row] = read(tmp_path, settlements, sold(), advised(status("MTCH", "MACH")), advised(status(kind, code)))
    assert row[13] == "CANC"


def test_a_status_of_the_processing_leaves_the_instruction_as_it_is(tmp_path):
    steps = sold(), advised(status("MTCH", "MACH")), advised(status("IPRC", "CANP"))
    [row] = read(tmp_path, settlements, *steps)
    assert row[13] == "MACH" and [row[6] for row in read(tmp_path, events, *steps)] == ["", "PROCESSING"]


def test_a_reversal_takes_the_settlement_back(tmp_path):
    back = confirmed(":36B::ESTT//UNIT/1000,\n:36B::PSTT//UNIT/1000,", "20260403", "RVSL")
    [row] = read(tmp_path, settlements, sold(), confirmed(":36B::ESTT//UNIT/1000,"), back)
    assert (row[11], row[12], row[13]) == (0, "", "PEND")


def test_a_confirmation_alone_gives_the_terms_of_what_settled(tmp_path):
    [row] = read(tmp_path, settlements, confirmed(":36B::ESTT//UNIT/1000,"))
    assert (row[0], row[5], row[6], row[11], row[12], row[13]) == (
        "I-1", 1000, Decimal("98765.43"), 1000, "2026-04-02", "SETT"
    )  # fmt: skip


def test_a_party_without_lei_is_named_as_written(tmp_path):
    [row] = read(tmp_path, settlements, sold(party=""))
    assert row[15] == "PONTFRPPXXX"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([sold(), sold()], "one instruction I-1, found another"),
        ([sold(amount="")], ":19A::SETT, the amount to pay, found none"),
        ([message("548", "A", status("MTCH", "MACH"))], ":20C::RELA, the instruction it is about, found none"),
        ([message("999", "A")], "an envelope {2: of MT540 to MT548, found 999"),
        ([sold(quantity=":36B::SETT//UNIT/ten")], "a number as 1250, or N1250,5, found 'ten'"),
    ],
)
def test_what_is_broken_is_refused_with_its_line(tmp_path, parts, said):
    with pytest.raises(SourceError, match=rf"instructions\.fin, line \d+: expected {said}"):
        read(tmp_path, settlements, *parts)


DECLARED = """
sources:
  instructions: {table: settlements, files: "*.fin", format: mt54x, values: {counterparty: {PONTFRPPXXX: PONANT}}}
  steps: {table: settlement_events, files: "*.fin", format: mt54x}
""".replace("PONANT", PONANT)


def test_two_tables_come_from_one_file_and_requests_are_counted_apart(tmp_path):
    (tmp_path / "sources.yml").write_text(DECLARED)
    parts = sold(party=""), advised(status("MTCH", "MACH")), message("543", "I-2", function="CANC")
    (tmp_path / "day.fin").write_text("".join(parts))
    found = load(tmp_path, tmp_path, date(2026, 3, 31))
    proof = {row["source"]: (row["rows_read"], row["rows_accepted"], row["rows_excluded"]) for row in
             found.completeness.to_pylist()}  # fmt: skip
    assert proof == {"instructions": (2, 1, 1), "steps": (1, 1, 0)}
    [row] = found.tables["settlements"].to_pylist()
    assert (row["counterparty"], row["status"], row["source_line"]) == (PONANT, "MACH", 1)
