"""Real statements of many banks: each loads with opening + lines = closing, or is refused with one line that says where.

The files of `../shared/data` are tests of other libraries: many hold balances that were made up, and those must be refused.
"""

import base64
import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bolib.errors import SourceError
from bolib.formats import Dialect, camt, cfonb120, cfonb240, iso15022, land, mt54x, mt535, mt940
from bolib.formats.statements import prove, whole
from bolib.load import load

SHARED = Path(__file__).parents[3] / "shared/data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the real statements are not beside the project")

NOT_A_STATEMENT = "opens a statement"
"""A file of single fields, without :20:."""

BALANCE = "a closing balance of"
"""Balances that the lines do not give, worked out by hand for those with a comment."""

MT940 = {
    "171011_01234945": 3,
    "abnamro": BALANCE,  # 3236.28 - 321.44 = 2914.84, and the file says 876.84
    **dict.fromkeys(
        ("account_balance_credit", "account_balance_debit", "account_identification_iban"), NOT_A_STATEMENT
    ),
    **dict.fromkeys(("account_identification_legacy", "amount_formats", "available_balance"), NOT_A_STATEMENT),
    **dict.fromkeys(("closing_balance", "currency_in_25", "empty_86", "empty_entry_date"), NOT_A_STATEMENT),
    **dict.fromkeys(("empty_non_swift", "invalid_statement", "missing_crlf_at_end", "sparkassen"), NOT_A_STATEMENT),
    **dict.fromkeys(("statement_details", "statement_line", "statement_number"), NOT_A_STATEMENT),
    **dict.fromkeys(("details_60-63", "malformed_details", "overly_long_details", "whitespace"), BALANCE),
    **dict.fromkeys(("empty_line", "reference"), "the number of the statement"),
    "february_30": 1,
    "generic": 2,
    "gv_codes": "the closing balance",
    "ing": BALANCE,  # 0.00 - 25.03 - 3.03 - 1.11 - 20.00 - 1.10 + 3.68 + 1.00 = -45.59, and the file says 3.47
    "knab": BALANCE,
    "long_statement_number": 0,
    "mt940": 16,
    "mt942": 1,
    "postfinance": BALANCE,  # 229.20 - 79.90 + 10.10 = 159.40, and the file says 159.60
    "rabobank": BALANCE,
    "rabobank-iban": 4,
    "raiffeisen-cmi": BALANCE,
    "raphaelm": "a balance as",  # :62M: without a currency
    "sepa_mt9401": 97,
    "sepa_snippet": BALANCE,
    "sepa_snippet_broken": "one field :25:",  # a line of :86: lost its tag
    "sns": 2,
    "transaction_details_wrapped": 1,
    "triodos": BALANCE,  # 4975.09 - 15.70 - 700.00 = 4259.39, and the file says 4370.79
    "with_binary_character": 4,
    "with_newline_in_tnr": BALANCE,  # 0.46 + 45.00 + 44.00 = 89.46, and the file says 860.17
    "wrapped_timestamp": 1,
}
"""Lines of each file that is proven, or why it is refused."""

WRONG_CURRENCY = "amounts in EUR"
CAMT = {
    **dict.fromkeys(("camt052.v1", "camt052.v2", "camt052.v2.other-account", "camt052.v2.with-account-name"), 1),
    **dict.fromkeys(("camt052.v4", "camt052.v6", "camt052.v6.Amt-zero", "camt052.v8"), 1),
    **dict.fromkeys(("camt054.v2", "camt054.v2.with-account-name", "camt054.v4", "camt054.v8"), 1),
    **dict.fromkeys(("camt054.v8-with-UETR", "camt054.v8-with-financial-institution"), 1),
    "camt053.v2.all-balance-types": BALANCE,  # 1.01 + 8.85 = 9.86, and the file says 4.04
    "camt053.v2.five.decimals": BALANCE,  # 18.15 + 8.85 = 27.00, and the file says 27.05
    **dict.fromkeys(("camt053.v2.minimal", "camt053.v2.minimal.ultimate"), WRONG_CURRENCY),  # closes in SEK
    **dict.fromkeys(("camt053.v2.with-party-ids", "camt053.v3", "camt053.v4", "camt053.v8"), WRONG_CURRENCY),
    "camt053.v2.multi.statement": 2,
    "camt053.v2.with-account-name": "the booked balances",
    "camt053.v2.wrong": "one of Stmt, Rpt, Ntfctn",
    "camt53.only-Dt-with-DtTm": "the booked balances",
}
CFONB240 = {
    "cfonb.240-complex-test": "line 4: expected a total of 4584.80"
}  # 1712.00 + 2872.80, and the file says 4652.70
CFONB = {
    "simple-test": 0,
    "complex-test": 5,
    "non-strict-test": 5,
    "test-unused-parts": 0,
}
SETS = {
    "mt940": (mt940, MT940, "*.sta"),
    "camt": (camt, CAMT, "*.xml"),
    "cfonb": (cfonb120, CFONB, "?[!f]*.txt"),
    "cfonb240": (cfonb240, CFONB240, "cfonb.240*.txt"),
}
"""Reader, outcomes and files of each set."""


def proven(reader, path, encoding="latin-1"):
    """Return the statements of a file, proven."""
    found = whole(path, list(reader.read(path, encoding)))
    for statement in found:
        prove(path, statement)
    return found


def outcome(reader, path):
    """Return the lines of a file that is proven and whether it has balances; or what refuses it, on one line."""
    try:
        found = proven(reader, path)
    except SourceError as error:
        assert error.where.startswith(f"{path}, line ") or error.where == str(path)
        assert "\n" not in str(error)
        return f"line {error.where.rpartition(' ')[2]}: expected {error.expected}, found {error.found}"
    return sum(len(one.movements) for one in found), all(one.opening and one.closing for one in found)


def printed(path, said):
    """Return what the table says of a file: loaded and proven, or refused and where; and what its .yml has."""
    if isinstance(said, str):
        words = f"refused, {said}"
    else:
        words = (
            f"loaded, {said[0]} lines, {'opening + lines = closing' if said[1] else 'a report without both balances'}"
        )
    beside = path.with_suffix(".yml")
    return f"{words}; its .yml has {len(stored(beside))} lines" if beside.exists() else words


@needs_shared
@pytest.mark.parametrize("folder", SETS)
def test_every_real_file_is_proven_or_refused_for_a_reason(folder, capsys):
    reader, expected, pattern = SETS[folder]
    paths = sorted((SHARED / folder.removesuffix("240")).glob(pattern))
    found = {path.stem: outcome(reader, path) for path in paths}
    with capsys.disabled():
        print(f"\n{folder}: {sum(not isinstance(said, str) for said in found.values())} of {len(found)} files loaded")
        for path in paths:
            print(f"  {path.name:38} {printed(path, found[path.stem])}")
    assert set(found) == set(expected)
    for name, said in found.items():
        wanted = expected[name]
        assert said[0] == wanted if isinstance(wanted, int) else wanted in str(said), name


NO_ENVELOPE = "-}, the end of the message"
OTHER = "an envelope {2: of MT540 to MT548, found "
SWIFT = {
    "MT535_MT535ParserTest_1": "line 14: expected a holding, as :17B::ACTI//Y says, found 0",
    "MT540_MT540Test_19": "a request to cancel, counted apart",
    "MT541_MT541ParserTest_2": "line 14: expected the end of TRADDET, found that of TRADFOO",
    **{f"MT541_MT541ParserTest_{number}": "RECE APMT FR1234567890" for number in (3, 4)},
    "MT541_MT541ParserTest_5": "RECE APMT DE1234567890",
    "MT541_MT541ParserTest_6": "RECE APMT US1234567890",
    "MT543_MT543ParserTest_7": "DELI APMT US1234567890",
    "MT543_MT543ParserTest_8": "DELI APMT FR1234567890",
    "MT543_MT543ParserTest_9": "DELI APMT AR1234567890",
    "MT543_MT543ParserTest_10": "DELI APMT PR1234567890",
    "MT543_MT543ParserTest_11": "DELI APMT CA1234567890",
    **{f"MT564_MT564ParserTest_{number}": f"{OTHER}564" for number in (12, 13, 14)},
    "MT564_MT564Test_20": f"{OTHER}564",
    **{f"MT900_MT900ParserTest_{number}": NO_ENVELOPE for number in (15, 16)},  # they end with } alone
    "MT920_MT920Test_21": f"{OTHER}920",
    "MT940_MT940ParserTest_17": 14,
    "MT950_MT950ParserTest_18": 1,
}
"""What each message of the folder gives: an instruction, a statement's lines, or a refusal."""


def of_custody(path):
    """Return in words what a message gives, read by the reader of its kind."""
    found = iso15022.messages(path, "utf-8")
    if found[0].kind == "535":
        return f"{len(list(mt535.holdings(path, found)))} balances"
    [(_, row)] = mt54x.settlements(path, found)
    return " ".join(row[2:5]) if row[2] else "a request to cancel, counted apart"


@needs_shared
def test_every_swift_message_is_read_or_refused_for_a_reason(capsys):
    found = {}
    for path in sorted((SHARED / "swift_mt5xx").glob("*.fin")):
        if path.name.startswith(("MT940", "MT950")):
            said = outcome(mt940, path)
            found[path.stem] = said[0] if isinstance(said, tuple) else f"refused, {said}"
            continue
        try:
            found[path.stem] = of_custody(path)
        except SourceError as error:
            assert error.where.startswith(f"{path}, line ") and "\n" not in str(error)
            found[path.stem] = f"line {error.where.rpartition(' ')[2]}: expected {error.expected}, found {error.found}"
    with capsys.disabled():
        print("\nswift_mt5xx:")
        for name, said in found.items():
            print(f"  {name:38} {said}")
    assert set(found) == set(SWIFT)
    for name, said in found.items():
        assert said == SWIFT[name] if isinstance(SWIFT[name], int) else SWIFT[name] in str(said), name


def child(node, *names):
    """Return a node of a YAML document by its path; the document holds objects of the library, and loops."""
    for name in names:
        node = next(value for key, value in node.value if key.value == name)
    return node


def stored(path):
    """Return (value date, amount) of each line, as the library mt-940 read them."""
    lines = []
    for transaction in child(yaml.compose(path.read_text(encoding="utf-8")), "transactions").value:
        data = child(transaction, "data")
        if "amount" in [key.value for key, _ in data.value]:
            packed = child(data, "date").value[0].value
            year, month, day = struct.unpack(">HBB", base64.b64decode(packed))
            lines.append((f"{year}-{month:02}-{day:02}", Decimal(child(data, "amount", "amount").value[0].value)))
    return lines


@needs_shared
@pytest.mark.parametrize("name", [name for name, lines in MT940.items() if isinstance(lines, int)])
def test_a_proven_file_has_the_lines_its_yml_says(name):
    """The library gives a reversal (RC, RD) the sign of what it reverses; the balances of the same file say otherwise."""
    path = SHARED / "mt940" / f"{name}.sta"
    lines = [line for one in proven(mt940, path) for line in one.movements]
    read = [(str(line.value_date), -line.amount if line.reversal else line.amount) for line in lines]
    assert read == stored(path.with_suffix(".yml"))


MESSAGES = """
sources:
  bank statements: {table: statements, files: "*.sta", format: mt940}
  bank lines: {table: statement_lines, files: "*.sta", format: mt940}
  notices: {table: statement_lines, files: "*.xml", format: camt}
"""
STATEMENT = (
    ":20:REF\n:25:FR76\n:28C:12/1\n:60F:C260330EUR1000,00\n"
    ":61:2603310331C25,50NTRFNONREF//theirs\n:62F:C260331EUR1025,50\n"
)
NOTICE = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<Ntfctn><Id>N1</Id><Acct><Id><Othr><Id>FR99</Id></Othr></Id></Acct>
<Ntry><Amt Ccy="EUR">3.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2026-03-31</Dt></ValDt></Ntry>
<Ntry><Amt Ccy="EUR">4.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><ValDt><Dt>2026-04-01</Dt></ValDt></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""


def test_a_message_becomes_statements_and_lines_and_the_pending_ones_are_counted_apart(tmp_path):
    for name, text in {"sources.yml": MESSAGES, "a.sta": STATEMENT, "n.xml": NOTICE}.items():
        (tmp_path / name).write_text(text)
    found = load(tmp_path, tmp_path, date(2026, 3, 31))
    [statement] = found.tables["statements"].to_pylist()
    assert (statement["account"], statement["opening"], statement["closing"]) == ("FR76", 1000, Decimal("1025.50"))
    lines = [(row["account"], row["amount"], row["source_file"], row["source_line"]) for row in
             found.tables["statement_lines"].to_pylist()]  # fmt: skip
    assert lines == [("FR76", Decimal("25.50"), "a.sta", 5), ("FR99", Decimal("3.00"), "n.xml", 3)]
    proof = {(row["source"], row["file"]): (row["rows_read"], row["rows_accepted"], row["rows_excluded"]) for row in
             found.completeness.to_pylist()}  # fmt: skip
    assert proof["notices", "n.xml"] == (2, 1, 1) and found.proven


@pytest.mark.parametrize("form", ["mt940", "cfonb120", "cfonb240", "mt535", "mt54x"])
def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch, form):
    monkeypatch.setattr("bolib.formats.statements.LARGEST", 10)
    (tmp_path / "big.txt").write_text(STATEMENT)
    sheet = "custody_positions" if form == "mt535" else "settlements" if form == "mt54x" else "statements"
    with pytest.raises(SourceError, match=r"big\.txt: expected at most 10 bytes, found \d+\. Split the file\."):
        land(tmp_path / "big.txt", form, Dialect(sheet=sheet), tmp_path / "out.parquet", None)


def test_a_statement_that_does_not_add_up_stops_the_load_with_its_place(tmp_path):
    (tmp_path / "sources.yml").write_text(MESSAGES)
    (tmp_path / "a.sta").write_text(STATEMENT.replace("1025,50", "1025,51"))
    with pytest.raises(SourceError, match=r"a\.sta, line 1: expected a closing balance of 1025\.50"):
        load(tmp_path, tmp_path, date(2026, 3, 31))
