"""MT535: balances, places and pages, on messages written here from the public field specifications."""

from datetime import date
from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.iso15022 import messages
from bolib.formats.mt535 import holdings
from bolib.load import load

HEAD = "{{1:F01CUSTFRPPAXXX0000000000}}{{2:I535BANKFRPPXXXXN}}{{4:\n"
GENERAL = """:16R:GENL
:28E:{page}
:13A::STAT//090
:20C::SEME//S{page}
:23G:{function}
:98A::STAT//20260331
:22F::SFRE//DAIL
:22F::CODE//{code}
:22F::STBA//{basis}
:97A::SAFE//{account}
:17B::ACTI//{active}
:16S:GENL
"""
APPLE, COCA = "US0378331005", "US1912161007"


def fin(isin, *balances, subs=()):
    """Return a block FIN: balances as ("AGGR", "100,"), sub-balances as the text after the tag."""
    inside = "".join(f":93B::{name}//UNIT/{size}\n" for name, size in balances)
    inside += "".join(f":16R:SUBBAL\n:{sub}\n:16S:SUBBAL\n" for sub in subs)
    return f":16R:FIN\n:35B:ISIN {isin}\nSOME SHARE\n{inside}:16S:FIN\n"


def page(*fins, sub="", page="1/ONLY", function="NEWM", code="COMP", basis="TRAD", account="SAF-1", active="Y"):
    said = GENERAL.format(page=page, function=function, code=code, basis=basis, account=account, active=active)
    inside = f":16R:SUBSAFE\n{sub}{''.join(fins)}:16S:SUBSAFE\n" if fins else ""
    return HEAD.format() + said + inside + "-}\n"


def read(tmp_path, *pages):
    path = tmp_path / "holdings.fin"
    path.write_text("".join(pages))
    return [tuple(values) for _, values in holdings(path, messages(path, "utf-8"))]


def refusal(tmp_path, *pages):
    with pytest.raises(SourceError) as error:
        read(tmp_path, *pages)
    return str(error.value).removeprefix(f"{tmp_path}/holdings.fin, ")


def test_a_holding_and_what_it_is_made_of(tmp_path):
    subs = ("93C::AVAI//UNIT/AVAI/60,", "93C::PLED//UNIT/NAVL/30,", "93C::PENR//UNIT/NAVL/20,", "93B::PEND//UNIT/10,")
    rows = read(tmp_path, page(fin(APPLE, ("AGGR", "100,"), subs=subs)))
    assert [(row[3], row[4]) for row in rows] == [
        ("AGGR", 100), ("AVAI", 60), ("PLED", 30), ("PENR", 20), ("PEND", 10)
    ]  # fmt: skip
    assert {row[:3] for row in rows} == {(date(2026, 3, 31), "SAF-1", APPLE)}


def test_the_sub_account_comes_before_the_account_and_places_are_one_holding(tmp_path):
    here = fin(APPLE, ("AGGR", "100,"), subs=("93B::AGGR//UNIT/70,", "93B::AGGR//UNIT/30,"))
    there = fin(APPLE, ("AGGR", "N5,"))
    rows = read(tmp_path, page(here, there, sub=":97A::SAFE//SUB-2\n"))
    assert rows == [(date(2026, 3, 31), "SUB-2", APPLE, "AGGR", Decimal(95), "090", None)]


def test_a_holding_keeps_the_places_it_is_the_sum_of(tmp_path):
    """Two parts at two places; another holding at the place of the whole account; a third nowhere in particular."""
    at = [f"93B::AGGR//UNIT/{size},\n:94F::SAFE//{place}" for size, place in ((70, "CUST/PARBFRPP"), (30, "NCSD/SICVFRPP"))]
    first = page(fin(APPLE, ("AGGR", "100,"), subs=at), fin(COCA, ("AGGR", "7,")), sub=":94F::SAFE//ICSD/CEDELULL\n")
    second = page(fin(APPLE, ("AGGR", "5,")), account="SAF-2")
    assert [(row[1], row[3], row[4], row[6]) for row in read(tmp_path, first, second)] == [
        ("SAF-1", "AGGR", 100, "CUST/PARBFRPP, NCSD/SICVFRPP"), ("SAF-1", "AGGR", 7, "ICSD/CEDELULL"),
        ("SAF-2", "AGGR", 5, None),
    ]  # fmt: skip


def test_the_aggregate_of_what_has_settled_says_so(tmp_path):
    rows = read(tmp_path, page(fin(APPLE, ("AGGR", "100,"), subs=("93B::PENR//UNIT/20,",)), basis="SETT"))
    assert [(row[3], row[4]) for row in rows] == [("AGGR", 100), ("SETT", 100), ("PENR", 20)]


def test_the_amortised_face_is_the_same_holding_once_more(tmp_path):
    text = page(fin(APPLE, ("AGGR", "100,"))).replace(":93B", ":93B::AGGR//AMOR/80,\n:93B")
    assert [row[4] for row in read(tmp_path, text)] == [100]


@pytest.mark.parametrize(
    ("balances", "subs", "basis", "wanted"),
    [
        ((("AGGR", "100,"), ("AVAI", "60,"), ("NAVL", "30,")), (), "SETT", "90"),
        ((("AGGR", "100,"),), ("93B::AGGR//UNIT/70,", "93B::AGGR//UNIT/31,"), "SETT", "101"),
        ((("AGGR", "100,"), ("AVAI", "60,")), ("93B::PLED//UNIT/30,",), "SETT", "90"),
        ((("AGGR", "100,"), ("AVAI", "60,")), ("93B::PEND//UNIT/10,", "93B::PENR//UNIT/51,"), "TRAD", "101"),
        ((("AGGR", "100,"), ("AVAI", "60,")), ("93B::BLOK//UNIT/30,", "93B::PENR//UNIT/50,"), "SETT", "90"),
    ],
)
def test_parts_that_do_not_give_the_aggregate_are_refused_on_its_line(tmp_path, balances, subs, basis, wanted):
    said = refusal(tmp_path, page(fin(APPLE, *balances, subs=subs), basis=basis))
    assert said.startswith(f"line 18: expected an aggregate balance of {wanted}, as its parts give, found 100.")


@pytest.mark.parametrize("sub", ["93B::NOMI//UNIT/100,", "93B::COLA//UNIT/60,"])
def test_balances_that_overlap_prove_nothing(tmp_path, sub):
    assert len(read(tmp_path, page(fin(APPLE, ("AGGR", "100,"), ("AVAI", "100,"), subs=(sub,))))) == 3


def test_pages_are_one_statement(tmp_path):
    first = page(fin(APPLE, ("AGGR", "100,")), page="1/MORE")
    rows = read(tmp_path, first, page(fin(COCA, ("AGGR", "7,")), page="2/LAST"))
    assert [(row[2], row[4]) for row in rows] == [(APPLE, 100), (COCA, 7)]
    assert "expected page 2 of the statement, found 3/LAST" in refusal(
        tmp_path, first, page(fin(COCA, ("AGGR", "7,")), page="3/LAST")
    )
    assert "expected page 2 of the statement, found 1/ONLY" in refusal(tmp_path, first, page(fin(COCA, ("AGGR", "7,"))))
    other = page(fin(COCA, ("AGGR", "7,")), page="2/LAST", account="SAF-2")
    assert "expected a page of SAF-1 090, found SAF-2 090." in refusal(tmp_path, first, other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (page(), "line 12: expected a holding, as :17B::ACTI//Y says, found 0."),
        (page(fin(APPLE, ("AGGR", "1,")), active="N"), "line 12: expected no holding, as :17B::ACTI//N says, found 1."),
        (page(fin(APPLE, ("AVAI", "1,"))), "line 15: expected :93B::AGGR, the aggregate balance, found none."),
        (
            page(fin("APPLE", ("AGGR", "1,"))),
            "line 16: expected ISIN and twelve letters or digits, found 'ISIN APPLE'.",
        ),
        (page(fin(APPLE, ("AGGR", "1.5"))), "line 18: expected a number as 1250, or N1250,5, found '1.5'."),
        (page(fin(APPLE, ("AGGR", "1,")), code="DELT"), "line 9: expected COMP, every holding, found DELT"),
        (page(fin(APPLE, ("AGGR", "1,")), function="CANC"), "line 6: expected NEWM, a new statement, found CANC."),
        (page(fin(APPLE, ("AGGR", "1,")), page="1/SOME"), "line 3: expected a page as 1/ONLY, 1/MORE or 2/LAST, found"),
        (page(fin(APPLE, ("AGGR", "1,")), page="2/ONLY"), "line 3: expected page 1 of the statement, found 2/ONLY."),
        (page(fin(APPLE, ("AGGR", "1,"))).replace("I535", "I536"), "line 1: expected MT535, found MT536."),
    ],
)
def test_what_is_broken_is_refused_with_its_line(tmp_path, text, said):
    assert refusal(tmp_path, text).startswith(said)


def test_a_source_of_holdings_becomes_custody_positions(tmp_path):
    declared = "sources:\n  holdings: {table: custody_positions, files: '*.fin', format: mt535}\n"
    (tmp_path / "sources.yml").write_text(declared)
    (tmp_path / "day.fin").write_text(page(fin(APPLE, ("AGGR", "1000000000,5"))))
    found = load(tmp_path, tmp_path, date(2026, 3, 31))
    [row] = found.tables["custody_positions"].to_pylist()
    assert (row["account"], row["isin"], row["balance_type"], row["quantity"], row["source_line"]) == (
        "SAF-1", APPLE, "AGGR", Decimal("1000000000.5"), 18
    )  # fmt: skip
    assert found.proven


MAPPED = """
sources:
  holdings:
    table: custody_positions
    files: '*.fin'
    format: mt535
    values: {account: {SAF-1: OURS-1}}
    constants: {known_at: "2026-03-31 18:00"}
    timezone: Europe/Paris
"""


def test_pages_one_a_file_are_read_and_their_heads_are_mapped_as_the_rows_are(tmp_path):
    """As UTC, and under the bank's own name of the account; the number says which page came."""
    (tmp_path / "sources.yml").write_text(MAPPED)
    (tmp_path / "1.fin").write_text(page(fin(APPLE, ("AGGR", "100,")), page="1/MORE"))
    (tmp_path / "2.fin").write_text(page(fin(COCA, ("AGGR", "7,")), page="2/LAST"))
    found = load(tmp_path, tmp_path, date(2026, 3, 31))
    rows = found.tables["custody_positions"].to_pylist()
    assert [(row["account"], row["isin"], row["statement_no"]) for row in rows] == [("OURS-1", APPLE, "090"), ("OURS-1", COCA, "090")]
    names = ("account", "number", "part", "known_at", "file")
    assert [tuple(head[name] for name in names) for head in found.heads] == [
        ("OURS-1", "090/1", "FIRST", "2026-03-31T16:00:00", "1.fin"), ("OURS-1", "090/2", "LAST", "2026-03-31T16:00:00", "2.fin"),
    ]  # fmt: skip
