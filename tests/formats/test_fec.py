"""FEC: every dialect gives the same journal, what is irregular is told, nothing is lost, whatever the bytes."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolib.errors import SourceError
from bolib.formats import Dialect
from bolib.formats.fec import COLUMNS, FIELDS, land
from bolib.load import load

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "fec_fr"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real input is not beside the project")

NAMES = [
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
]
LINES = [
    ["VE", "Ventes", "1", "20261102", "411000", "Clients", "C1", "Élan", "F-1", "20261102", "Été", "120,00", "0,00", "A", "20261130", "20261103", "-130,50", "USD"],
    ["VE", "Ventes", "1", "20261102", "707000", "Ventes", "", "", "F-1", "20261102", "Été", "0,00", "100,00"] + [""] * 2 + ["20261103", "", ""],
    ["VE", "Ventes", "1", "20261102", "445710", "TVA", "", "", "F-1", "20261102", "Été", "0,00", "20,00"] + [""] * 2 + ["20261103", "", ""],
    ["VE", "Ventes", "2", "20261104", "411000", "Clients", "C1", "Élan", "F-2", "20261104", "Hiver", "7,30", "0,00"] + [""] * 2 + ["20261105", "", ""],
]  # fmt: skip
SIREN = "732829320"
NAMED = f"{SIREN}FEC20261231.txt"


def written(lines=LINES, names=NAMES, separator="\t", end="\r\n", encoding="utf-8", pad=0, trailing="") -> bytes:
    """Return a FEC in some dialect."""
    rows = [separator.join(value.ljust(pad) for value in row) + trailing for row in [names, *lines]]
    return "".join(row + end for row in rows).encode(encoding)


def landed(tmp_path, content: bytes, name=NAMED, **dialect):
    path = tmp_path / "file"
    path.write_bytes(content)
    found = land(path, Dialect(name=name, **dialect), tmp_path / "landed.parquet", None)
    rows = pq.read_table(found.path).to_pylist()
    return found, [{name: row[f"c{i}"] for i, name in enumerate(found.columns)} for row in rows]


def reasons(found) -> list[str]:
    return [f"{one.rule} {one.reason}" for one in found.irregular]


def test_dates_amounts_and_ranks_by_hand(tmp_path):
    found, rows = landed(tmp_path, written())
    assert found.rows == 4 and not found.broken and reasons(found) == []
    assert found.columns == COLUMNS
    first, last = rows[0], rows[3]
    assert (first["entry_date"], first["debit"], first["credit"], first["currency_amount"]) == (
        "2026-11-02",
        "120.00",
        "0.00",
        "-130.50",
    )
    assert (first["aux_label"], first["letter"], first["letter_date"], first["currency"]) == (
        "Élan",
        "A",
        "2026-11-30",
        "USD",
    )
    assert [row["line_no"] for row in rows] == ["1", "2", "3", "1"]
    assert last["letter"] is None


DIALECTS = {
    "bars": ({"separator": "|"}, []),
    "byte order mark": ({"encoding": "utf-8-sig"}, []),
    "line feeds": ({"end": "\n"}, []),
    "returns": ({"end": "\r"}, []),
    "ISO 8859-15": ({"encoding": "iso8859-15"}, []),
    "CR CR LF": ({"end": "\r\r\n"}, ["C-02 lines end in CR CR LF"]),
    "padded CP850": ({"encoding": "cp850", "pad": 12, "separator": "|"}, ["C-03 characters of cp850, not of ASCII, ISO 8859-15 or UTF-8"]),
    "UTF-16": ({"encoding": "utf-16"}, ["C-03 characters of UTF-16, not of ASCII, ISO 8859-15 or UTF-8"]),
    "a trailing separator": (
        {"separator": "|", "trailing": "|"},
        ["C-02 a separator after the last field", "C-02 a separator after the last name of the header"],
    ),
    "semicolons": ({"separator": ";"}, ["C-02 fields are separated by ';', not by a tab or a bar"]),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_the_same_journal(tmp_path, dialect):
    how, told = DIALECTS[dialect]
    _, wanted = landed(tmp_path, written())
    found, rows = landed(tmp_path, written(**how))
    assert (rows, reasons(found)) == (wanted, told)


def test_twenty_two_fields_keep_the_other_four(tmp_path):
    names = [*NAMES, "DateRglt", "ModeReglt", "NatOp", "IdClient"]
    found, rows = landed(tmp_path, written([[*line, "20261130", "CH", "", "K7"] for line in LINES], names))
    assert found.columns == (*COLUMNS, "daterglt", "modereglt", "natop", "idclient")
    assert (rows[0]["daterglt"], rows[0]["modereglt"], rows[0]["natop"], rows[0]["idclient"]) == (
        "20261130",
        "CH",
        None,
        "K7",
    )
    assert reasons(found) == []


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("+1", "-1"), ("1", "-1")])
def test_an_amount_and_its_side_are_a_debit_or_a_credit(tmp_path, debit, credit):
    names = ["Montant" if name == "Debit" else "Sens" if name == "Credit" else name for name in NAMES]
    lines = [
        [*row[:11], row[11] if row[11] != "0,00" else row[12], debit if row[11] != "0,00" else credit, *row[13:]]
        for row in LINES
    ]
    found, rows = landed(tmp_path, written(lines, names))
    assert [(row["debit"], row["credit"]) for row in rows] == [
        ("120.00", "0"),
        ("0", "100.00"),
        ("0", "20.00"),
        ("7.30", "0"),
    ]
    assert reasons(found) == []


def test_xml_gives_the_same_journal(tmp_path):
    def entry(rows):
        above = "".join(f"<{name}>{rows[0][NAMES.index(name)]}</{name}>" for name in ("EcritureNum", "EcritureDate", "EcritureLib", "PieceRef", "PieceDate", "ValidDate"))  # fmt: skip
        own = [name for name in NAMES[4:] if f"<{name}>" not in above and name != "EcritureLib"]
        below = "".join("<ligne>" + "".join(f"<{name}>{row[NAMES.index(name)].replace(',', '.')}</{name}>" for name in own) + "</ligne>" for row in rows)  # fmt: skip
        return f"<ecriture>{above}{below}</ecriture>\n"

    text = "<?xml version='1.0' encoding='UTF-8'?>\n<comptabilite><exercice><DateCloture>2026-12-31</DateCloture>\n"
    text += "<journal><JournalCode>VE</JournalCode><JournalLib>Ventes</JournalLib>\n"
    text += entry(LINES[:3]) + entry(LINES[3:]) + "</journal></exercice></comptabilite>"
    _, wanted = landed(tmp_path, written())
    found, rows = landed(tmp_path, text.encode(), name=f"{SIREN}FEC20261231.xml")
    assert (rows, reasons(found)) == (wanted, [])


def closing(to: str, sales="100,00", costs="0,00"):
    """Return the entry that closes sales and costs to an account."""
    where = ["OD", "Divers", "9", "20261231"]
    rest = ["", "", "cl", "20261231", "Solde"]
    paid = [["607000", "Achats", *rest, "0,00", costs]] if costs != "0,00" else []
    lines = [["707000", "Ventes", *rest, sales, "0,00"], *paid, [to, "Résultat", *rest, "0,00", sales]]
    return [[*where, *line, "", "", "20261231", "", ""] for line in lines]


IRREGULAR = {
    "no SIREN": (written(), "123456789FEC20261231.txt", ["C-01 123456789 is no SIREN: its check digit is wrong"]),
    "no such name": (written(), "journal.txt", ["C-01 the name is not SIREN, FEC and closing date, as 123456789FEC20261231.txt"]),
    "no date": (written(), f"{SIREN}FEC20261331.txt", ["C-01 20261331 in the name is no date"]),
    "another year": (written(), f"{SIREN}FEC20251231.txt", ["C-01 entries dated after 2025-12-31, the closing date in the name"]),
    "a year before": (written(), f"{SIREN}FEC20271231.txt", ["C-01 entries dated more than a year before 2027-12-31"]),
    "dots": (written().replace(b"7,30", b"7.30"), NAMED, ["C-03 amounts with a dot for their decimals"]),
    "dates with dashes": (written().replace(b"20261104\tHiver", b"2026-11-04\tHiver"), NAMED, ["C-03 dates not written AAAAMMJJ"]),
    "an empty credit": (written().replace(b"7,30\t0,00", b"7,30\t"), NAMED, ["C-02 lines with an empty Debit or Credit, read as zero"]),
    "not validated": (written().replace(b"\t20261105", b"\t"), NAMED, ["C-04 lines without ValidDate: the order of validation cannot be told"]),
    "validated out of order": (written(LINES[3:] + LINES[:3]), NAMED, ["C-04 lines validated before the line above them"]),
    "opening balances late": (written([*LINES, ["AN", "A nouveaux", "3", "20260105", *LINES[3][4:]]]), NAMED, ["C-04 opening balances stand after other entries"]),
    "opening balances late, told by their code": (written([*LINES, ["AN", "OD54", "3", "20260101", *LINES[3][4:]]]), NAMED, ["C-04 opening balances stand after other entries"]),
    "an account opened late in the year": (written([*LINES, ["OC", "Ouverture de comptes", "3", "20260106", *LINES[3][4:]]]), NAMED, []),
    "opening balances late, in a file of another year than its name": (written([*LINES, ["AN", "A nouveaux", "3", "20261106", *LINES[3][4:]]]), f"{SIREN}FEC20251231.txt", ["C-01 entries dated after 2025-12-31, the closing date in the name", "C-04 opening balances stand after other entries"]),
    "the result closed": (written([*LINES, *closing("120000")]), NAMED, ["C-04 entries that close accounts of classes 6 and 7 to account 12"]),
    "centralised": (written([*LINES, ["CT", "Centralisation", "1", *LINES[3][3:]]]), NAMED, ["C-04 lines that centralise others"]),
    "another order of fields": (written([[*line[:15], *line[16:], line[15]] for line in LINES], [*NAMES[:15], *NAMES[16:], NAMES[15]]), NAMED, ["C-02 fields are not in the order of the law"]),
}  # fmt: skip


@pytest.mark.parametrize("case", IRREGULAR)
def test_what_is_irregular_is_told_and_read_all_the_same(tmp_path, case):
    content, name, told = IRREGULAR[case]
    found, rows = landed(tmp_path, content, name=name)
    assert reasons(found) == told
    assert len(rows) == found.rows and not found.broken


BOUGHT = [
    ["AC", "Achats", "1", "20261105", account, "Achats", "", "", "F-9", "20261105", "Fruits", *sides, "", "", "20261106", "", ""]
    for account, sides in (("607000", ("40,00", "0,00")), ("401000", ("0,00", "40,00")))
]  # fmt: skip
AT_NIL = "C-04 the accounts of classes 6 and 7 all end at nil, as after entries that close them"


@pytest.mark.parametrize(
    ("costs", "amount", "told"),
    [
        ("40,00", "60,00", [AT_NIL]),  # to an account of another chart than the French
        ("39,99", "60,01", []),  # one cent is left in one of them: nothing closed them
        ("none", "60,00", []),  # what is no amount proves nothing
    ],
)
def test_accounts_of_the_result_that_all_end_at_nil_were_closed(tmp_path, costs, amount, told):
    entry = closing("590000", costs=costs)
    entry[-1][12] = amount
    found, _ = landed(tmp_path, written([*LINES, *BOUGHT, *entry]))
    assert [one for one in reasons(found) if one.startswith("C-04")] == told


def test_a_line_of_another_width_is_kept_as_it_stands(tmp_path):
    found, rows = landed(tmp_path, written() + b"VE\tVentes\t3\r\n")
    assert found.rows == 5 and len(rows) == 4
    [broken] = found.broken
    assert (broken.line, broken.reason, broken.raw) == (6, "3 fields where the header has 18", "VE\tVentes\t3")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "expected a header naming the columns, found none"),
        (written(LINES, NAMES)[400:], "header: expected the fields journalcode"),
        (written([line[:17] for line in LINES], NAMES[:17]), "expected the fields idevise, found JournalCode"),
        (b"<comptabilite><exercice>", "expected well-formed XML"),
        (b"<Document/>", "expected the element comptabilite, found Document"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path, content, said):
    with pytest.raises(SourceError) as error:
        landed(tmp_path, content)
    assert said in str(error.value) and "\n" not in str(error.value)


CELLS = st.text(
    st.characters(exclude_characters="\t\r\n\x1a\x1c\x1d\x1e\x0b\x0c\x85\u2028\u2029|", codec="utf-8"), max_size=6
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=18, max_size=18), max_size=6))
def test_every_line_is_read_or_kept_aside_whatever_it_holds(tmp_path, rows):
    lines = [row for row in rows if "".join(row).strip()]
    found, read = landed(tmp_path, written(lines))
    assert found.rows == len(lines) == len(read) + len(found.broken)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(junk=st.binary(max_size=200), at=st.integers(0, 700), cut=st.integers(0, 700))
def test_damaged_bytes_give_rows_or_one_line(tmp_path, junk, at, cut):
    whole = written(separator="|")
    try:
        found, rows = landed(tmp_path, whole[:at] + junk + whole[at + cut :])
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert found.rows == len(rows) + len(found.broken)


@needs_real
def test_the_two_real_files_load_whole_and_balanced(tmp_path):
    (tmp_path / "sources.yml").write_text("sources: {fec: {table: journal, format: fec, files: '*FEC*'}}\n")
    for path in REAL.glob("?????????FEC*.[tT]*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    loaded = load(tmp_path, tmp_path, date(2026, 3, 31))
    assert loaded.proven and loaded.set_aside.num_rows == 0
    rows = {row["file"]: row for row in loaded.completeness.to_pylist()}
    assert {name: (row["rows_read"], row["rows_accepted"]) for name, row in rows.items()} == {
        "000000000FEC20231231.txt": (2102, 2102),
        "111111111FEC20221231.TXT": (934, 934),
    }
    totals: dict = {}
    for row in loaded.tables["journal"].to_pylist():
        debit, credit = totals.get(row["source_file"], (0, 0))
        totals[row["source_file"]] = debit + row["debit"], credit + row["credit"]
    assert totals == {
        "000000000FEC20231231.txt": (Decimal("1265350.82"),) * 2,  # summed from the files by another program
        "111111111FEC20221231.TXT": (Decimal("225682.23"),) * 2,
    }
    late = {one["key"].partition(": ")[0] for one in loaded.findings if "stand after other entries" in one["key"]}
    assert late == {"000000000FEC20231231.txt", "111111111FEC20221231.TXT"}  # no accounts closed, nothing centralised
    told = {(one["control"], one["key"].partition(": ")[2]) for one in loaded.findings}
    assert told == {
        ("LOAD-07", "111111111 is no SIREN: its check digit is wrong"),
        ("LOAD-07", "entries dated after 2022-12-31, the closing date in the name"),
        ("LOAD-07", "entries dated more than a year before 2023-12-31"),
        ("LOAD-08", "a separator after the last field"),
        ("LOAD-08", "a separator after the last name of the header"),
        ("LOAD-09", "characters of cp850, not of ASCII, ISO 8859-15 or UTF-8"),
        ("LOAD-10", "lines without ValidDate: the order of validation cannot be told"),
        ("LOAD-10", "opening balances stand after other entries"),
    }


def test_every_field_of_the_law_has_a_column():
    assert len(FIELDS) == 18 == len(NAMES) and [name.lower() for name in NAMES] == list(FIELDS)
