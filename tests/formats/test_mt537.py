"""MT537: what is pending, and the penalties for it, on messages written here from the public field specifications."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.iso15022 import messages
from bolib.formats.mt537 import _penalties, pending
from bolib.load import load

PAGE = """{{1:F01CUSTFRPPAXXX0000000000}}{{2:I537BANKFRPPXXXXN}}{{4:
:16R:GENL
:28E:1/ONLY
:20C::SEME//P090
:23G:NEWM
:98C::STAT//20260331190000
:22H::STST//STAT
:97A::SAFE//SAF-1
:17B::ACTI//Y
:16S:GENL
{body}-}}
"""


def transaction(name, block="TRAN", more="", status=""):
    return (
        f":16R:{block}\n:16R:LINK\n:20C::RELA//{name}\n:16S:LINK\n:16R:TRANSDET\n:35B:ISIN US0378331005\n"
        f":36B::PSTA//UNIT/500,\n{more}:22F::TRAN//SETT\n:22H::REDE//DELI\n:16S:TRANSDET\n{status}:16S:{block}\n"
    )


def status(kind, code, reason="", inside=""):
    why = f":16R:REAS\n:24B::{code}//{reason}\n:16S:REAS\n" if reason else ""
    return f":16R:STAT\n:25D::{kind}//{code}\n{why}{inside}:16S:STAT\n"


def read(tmp_path, reader, body):
    path = tmp_path / "pending.fin"
    path.write_text(PAGE.format(body=body))
    return [values for _, values in reader(path, messages(path, "utf-8"))]


def test_a_status_heads_its_transactions(tmp_path):
    body = status("SETT", "PENF", "LACK", transaction("I-1") + transaction("I-2", more=":36B::PSTT//UNIT/200,\n"))
    at = "2026-03-31T19:00:00"
    assert read(tmp_path, pending, body) == [
        ["I-1", at, "PENF", "LACK", Decimal(0), False, ""], ["I-2", at, "PENF", "LACK", Decimal(200), False, ""]
    ]  # fmt: skip


def test_or_a_transaction_heads_its_statuses_and_settlement_says_more_than_matching(tmp_path):
    said = status("MTCH", "MACH") + status("SETT", "PEND", "PREA")
    [row] = read(tmp_path, pending, transaction("I-3", "TRANS", status=said))
    assert row[2:] == ["PEND", "PREA", Decimal(0), True, ""]


def test_a_status_of_the_processing_alone_is_counted_apart(tmp_path):
    [row] = read(tmp_path, pending, status("IPRC", "PPRC", inside=transaction("I-4")))
    assert (row[2], row[6]) == ("", "PROCESSING")


def penalty(reference, amount, kind="SEFP", status="ACTV", name="I-1"):
    return (
        f":16R:PENDET\n:20C::PCOM//C{reference}\n:20C::PREF//{reference}\n:22F::PNTP//{kind}\n:25D::PNST//{status}\n"
        f":19A::AMCO//{amount}\n:16R:CALDET\n:98A::PEDA//20260311\n:16S:CALDET\n"
        f":16R:RELTRAN\n:16R:LINK\n:20C::RELA//{name}\n:16S:LINK\n:16S:RELTRAN\n:16S:PENDET\n"
    )


def penalties(*parts, sums=":19A::AGDE//NEUR12,50\n:19A::AGCR//EUR4,\n:19A::GBNT//NEUR8,50\n"):
    return (
        ":16R:PENA\n:22F::CODE//CURR\n:16R:PENACUR\n:11A::PECU//EUR\n:98A::DACO//20260312\n"
        f"{sums}{''.join(parts)}:16S:PENACUR\n:16S:PENA\n"
    )


def counterparty(net, *details):
    return f":16R:PENACOUNT\n:95P::REPA//PONTFRPPXXX\n:19A::AGNT//{net}\n{''.join(details)}:16S:PENACOUNT\n"


OWED = counterparty("NEUR12,50", penalty("P1", "NEUR13,"), penalty("P2", "EUR0,50", "LMFP"))
DUE = counterparty("EUR4,", penalty("P3", "EUR4,", name="I-9"), penalty("P4", "EUR99,", status="REMO"))


def test_penalties_have_their_direction_their_day_and_their_instruction(tmp_path):
    rows = read(tmp_path, _penalties, penalties(OWED, DUE))
    day = date(2026, 3, 12)
    assert rows == [
        ["P1", "I-1", day, "SEFP", Decimal(13), "EUR", "DEBIT", ""],
        ["P2", "I-1", day, "LMFP", Decimal("0.50"), "EUR", "CREDIT", ""],
        ["P3", "I-9", day, "SEFP", Decimal(4), "EUR", "CREDIT", ""],
        ["P4", "I-1", day, "SEFP", Decimal(99), "EUR", "CREDIT", "NOT_DUE"],
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            penalties(OWED.replace("NEUR12,50", "NEUR12,51"), DUE),
            "AGNT of -12.50, the sum of 2 penalties, found -12.51",
        ),
        (penalties(OWED, DUE, sums=":19A::GBNT//EUR8,50\n"), "GBNT of -8.50, the sum of 2 bilateral nets, found 8.50"),
        (penalties(OWED, DUE, sums=":19A::AGDE//NEUR12,\n"), "AGDE of -12.50, .* found -12"),
        (penalties(penalty("P9", "EUR1,"), sums=""), "1 penalties, each under the net of a counterparty, found 0"),
        (penalties(OWED.replace(":19A::AMCO//NEUR13,\n", ""), DUE), ":19A::AMCO in PENDET, found none"),
        (penalties(OWED, DUE).replace("20260312", "20261312"), "a date YYYYMMDD"),
    ],
)
def test_sums_that_do_not_agree_are_refused_with_their_line(tmp_path, body, said):
    with pytest.raises(SourceError, match=rf"pending\.fin, line \d+: expected {said}"):
        read(tmp_path, _penalties, body)


def test_what_was_removed_is_read_and_not_counted(tmp_path):
    declared = "sources:\n  csd: {table: penalties, files: '*.fin', format: mt537}\n"
    (tmp_path / "sources.yml").write_text(declared)
    (tmp_path / "day.fin").write_text(PAGE.format(body=penalties(OWED, DUE)))
    found = load(tmp_path, tmp_path, date(2026, 3, 31))
    [proof] = [row for row in found.completeness.to_pylist() if row["source"] == "csd"]
    assert (proof["rows_read"], proof["rows_accepted"], proof["rows_excluded"]) == (4, 3, 1) and found.proven
    assert [row["penalty_id"] for row in found.tables["penalties"].to_pylist()] == ["P1", "P2", "P3"]


def test_each_statement_leaves_its_number_though_it_holds_nothing(tmp_path):
    """Pending transactions and penalties of one custodian; the second evening nothing was pending."""
    declared = "sources:\n  custodian: {table: settlement_events, files: '*.fin', format: mt537}\n"
    (tmp_path / "sources.yml").write_text(declared)
    numbered = PAGE.replace(":28E:1/ONLY\n", ":28E:1/ONLY\n:13A::STAT//{number}\n")
    bodies = {"088": status("SETT", "PENF", inside=transaction("I-1")), "089": "", "412": penalties(OWED, DUE)}
    for number, body in bodies.items():
        (tmp_path / f"{number}.fin").write_text(numbered.format(number=number, body=body))
    found = load(tmp_path, tmp_path, date(2026, 3, 31))
    assert len(found.tables["settlement_events"]) == 1
    heads = [(head["kind"], head["account"], head["number"], head["day"], head["file"]) for head in found.heads]
    assert heads == [
        ("PENDING", "SAF-1", "088", "2026-03-31", "088.fin"), ("PENDING", "SAF-1", "089", "2026-03-31", "089.fin"),
        ("PENALTIES", "SAF-1", "412", "2026-03-31", "412.fin"),
    ]  # fmt: skip
