"""Load: what is accepted, what is set aside and why, and the proof that nothing is lost."""

import gzip
import json
import os
import re
import shutil
import sys
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolib.engine import open_engine
from bolib.errors import ParameterError, SourceError
from bolib.load import load
from bolib.load.sources import Values
from bolib.load.types import typed
from bolib.tables import TABLES, Column

AS_OF = date(2026, 3, 31)
APPLE, KO = "US0378331005", "US1912161007"
INSTRUMENTS = f"""isin,name,asset_class,currency,quotation,multiplier
{APPLE},Apple,EQUITY,USD,UNIT,1
FR0000571218,OAT,BOND,EUR,PERCENT,1
"""
BOOKS = "book,desk,trader,currency,cost_method,fees_in_cost\nEQ,Equities,a.b,EUR,FIFO,true\n"
PARTIES = "lei,name,country,technical\nR0MUWSFPU8MPRO8K5P83,BNP Paribas,FR,false\n"
HEADER = (
    "trade_id,version,action,book,trader,isin,side,quantity,price,currency,gross_amount,fees,taxes,net_amount,"
    "trade_date,traded_at,settlement_date,counterparty,entered_by,entered_at"
)
TRADE = {
    "trade_id": "T1",
    "version": "1",
    "action": "NEW",
    "book": "EQ",
    "trader": "a.b",
    "isin": APPLE,
    "side": "BUY",
    "quantity": "10",
    "price": "150.25",
    "currency": "USD",
    "gross_amount": "1502.50",
    "fees": "1.50",
    "taxes": "0",
    "net_amount": "1504.00",
    "trade_date": "2026-03-30",
    "traded_at": "2026-03-30T15:04:05",
    "settlement_date": "2026-04-01",
    "counterparty": "R0MUWSFPU8MPRO8K5P83",
    "entered_by": "c.d",
    "entered_at": "2026-03-30T15:10:00Z",
}


def trades(*changes: dict) -> str:
    rows = (",".join(({**TRADE, "trade_id": f"T{n}"} | change).values()) for n, change in enumerate(changes, 1))
    return "\n".join((HEADER, *rows)) + "\n"


def folder(path: Path, **files: str | bytes) -> Path:
    """Write `trades_csv="..."` as trades.csv, and so on."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = path / name.replace("__", "/").replace("_csv", ".csv").replace("_yml", ".yml").replace("_txt", ".txt")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def day(path: Path, *changes: dict, **files) -> Path:
    """Write a small day: one book, two instruments, one counterparty, and trades."""
    named = {"books_csv": BOOKS, "instruments_csv": INSTRUMENTS, "counterparties_csv": PARTIES}
    return folder(path, trades_csv=trades(*changes), **{**named, **files})


def loaded(path: Path, **options):
    return load(path, path / "none", AS_OF, **options)


def reasons(found) -> list[tuple]:
    return [(row["line"], row["column"], row["value"], row["reason"]) for row in found.set_aside.to_pylist()]


def proof(found, source: str) -> dict:
    [row] = [row for row in found.completeness.to_pylist() if row["source"] == source]
    return row


def test_a_sound_day_is_accepted_whole_typed_and_proven(tmp_path):
    found = loaded(day(tmp_path, {}, {"side": "SELL", "net_amount": "1501.00"}))
    assert found.proven
    assert reasons(found) == []
    row = found.tables["trades"].to_pylist()[0]
    assert (row["quantity"], row["price"], row["net_amount"]) == (Decimal("10"), Decimal("150.25"), Decimal("1504.00"))
    assert (row["version"], row["trade_date"], row["known_at"], row["accrued_interest"]) == (
        1,
        date(2026, 3, 30),
        None,
        None,
    )
    assert row["traded_at"].isoformat() == "2026-03-30T15:04:05"
    assert row["entered_at"].isoformat() == "2026-03-30T15:10:00"
    assert (row["source_file"], row["source_line"]) == ("trades.csv", 2)
    assert found.tables["trades"].schema.field("price").type == pa.decimal128(18, 8)
    assert found.inputs.keys() == {"books.csv", "counterparties.csv", "instruments.csv", "trades.csv"}


MOMENTS = {
    "2026-03-30T15:10:00": "2026-03-30T15:10:00",
    "2026-03-30T15:10:00Z": "2026-03-30T15:10:00",
    "2026-03-30 15:10": "2026-03-30T15:10:00",
    "2026-03-30T15:10:00.546+02:00": "2026-03-30T13:10:00.546000",
    "2026-03-30T15:10+0200": "2026-03-30T13:10:00",
    "2026-03-30T22:10:00-05": "2026-03-31T03:10:00",
    "2026-03-30T15:10:00+05:30": "2026-03-30T09:40:00",
}
"""Moments as ISO 8601 writes them, and the same in UTC."""


def test_a_moment_with_an_offset_is_the_same_moment_in_utc(tmp_path):
    found = loaded(day(tmp_path, *({"entered_at": written} for written in MOMENTS)))
    assert [moment.isoformat() for moment in found.tables["trades"]["entered_at"].to_pylist()] == [*MOMENTS.values()]


def test_an_offset_no_place_on_earth_has_is_set_aside(tmp_path):
    found = loaded(day(tmp_path, {"entered_at": "2026-03-30T15:10:00+25:00"}))
    assert reasons(found) == [(2, "entered_at", "2026-03-30T15:10:00+25:00", "not a date and time")]


def test_an_offset_counts_more_than_the_time_zone_of_its_source(tmp_path):
    declared = "sources:\n  trades:\n    files: trades.csv\n    timezone: Europe/Paris\n"
    moments = {"traded_at": "2026-03-30T15:04:05", "entered_at": "2026-03-30T15:10:00+00:00"}
    [row] = loaded(day(tmp_path, moments, sources_yml=declared)).tables["trades"].to_pylist()
    assert row["traded_at"].isoformat() == "2026-03-30T13:04:05"
    assert row["entered_at"].isoformat() == "2026-03-30T15:10:00"


def in_utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


NUMBER = ("-?[0-9]+([.][0-9]{1,2}0*)?", Decimal)
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
SHAPES = {
    "amount": (*NUMBER, "12", "-1.50", "0.00", "007.10", "1.5000"),
    "integer": ("-?[0-9]+([.]0+)?", lambda text: int(Decimal(text)), "12", "-3", "4.0"),
    "date": (DAY, date.fromisoformat, "2026-03-31", "0999-12-01"),
    "timestamp": (
        DAY + "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6}0*)?)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?",
        in_utc,
        "2026-03-31T09:05:07",
        "2026-03-31 09:05",
        "2026-03-31T09:05:07.250",
        "2026-03-31T09:05:07+02:00",
    ),
}
"""By type: what a text of it looks like, how Python reads it, and texts to spoil."""


def read_by_python(text, shape, value):
    try:
        return value(text) if re.fullmatch(shape, text) else None
    except ValueError:
        return None


@pytest.mark.parametrize("kind", SHAPES)
def test_a_text_one_character_away_from_a_value_is_read_as_python_reads_it_or_not_at_all(kind):
    shape, value, *good = SHAPES[kind]
    spoiled = {
        text[:at] + character + text[at + skipped :]
        for text in good
        for at in range(len(text) + 1)
        for skipped in (0, 1)
        for character in ("", *" +-_.,:/eETZ19\t\n٣")
    }
    texts = sorted({*spoiled, "", "infinity", "-infinity", "epoch", "NaN", "10000-01-01", "10000-01-01T00:00:00"})
    engine = open_engine()
    engine.add("given", pa.table({"text": texts}))
    read = typed(Column("x", kind, ""), "text", Values(), {})
    rows = engine.query(f"select text, {read} as value from given").to_pylist()
    engine.close()
    wrong = {row["text"]: row["value"] for row in rows if row["value"] != read_by_python(row["text"], shape, value)}
    assert not wrong and sum(row["value"] is not None for row in rows) > len(good)


BROKEN = {
    "not a whole number": ("version", "12.7"),
    "a whole number in words": ("version", "1e3", "not a whole number"),
    "too many decimals": (
        "quantity",
        "10.0000001",
        "not a number of at most 12 digits before and 6 after the decimal mark",
    ),
    "too large": ("fees", "12345678901234567", "not a number of at most 16 digits before and 2 after the decimal mark"),
    "decimal comma": ("price", "150,25", "not a number of at most 10 digits before and 8 after the decimal mark"),
    "not a date": ("trade_date", "2026-02-30"),
    "another date form": ("settlement_date", "01/04/2026", "not a date"),
    "not a date and time": ("entered_at", "2026-03-30 25:00:00"),
    "missing": ("trader", ""),
    "not one of BUY, SELL": ("side", "buy"),
    "not in books": ("book", "XX"),
    "not a currency of ISO 4217": ("currency", "USX"),
    "currency is not the instrument's": ("currency", "EUR"),
    "the check digit of the ISIN is wrong": ("isin", "US0378331006"),
    "settlement_date is before trade_date": ("settlement_date", "2026-03-27"),
    "version is below 1": ("version", "0"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_value_sets_its_row_aside_and_no_other(tmp_path, case):
    column, value, *said = BROKEN[case]
    if "," in value:
        value = f'"{value}"'
    found = loaded(day(tmp_path, {}, {column: value}, {}))
    assert (3, column, value.strip('"') or None, (said or [case])[0]) in reasons(found)
    assert {row[0] for row in reasons(found)} == {3}
    assert found.tables["trades"]["trade_id"].to_pylist() == ["T1", "T3"]
    assert found.proven


def test_every_reason_of_a_row_is_given_with_the_row_as_it_came(tmp_path):
    found = loaded(day(tmp_path, {"quantity": "-10", "side": "<script>alert(1)</script>", "book": "XX"}))
    assert [(column, reason) for _, column, _, reason in reasons(found)] == [
        ("book", "not in books"),
        (
            "gross_amount",
            "gross_amount is not quantity x price x multiplier (/ 100 in percent), to the rounding of one cent",
        ),
        ("quantity", "quantity is negative"),
        ("side", "not one of BUY, SELL"),
    ]
    raw = trades({"quantity": "-10", "side": "<script>alert(1)</script>", "book": "XX"}).splitlines()[1]
    assert set(found.set_aside["raw"].to_pylist()) == {raw}


LOANS = "loan_ref,account,isin,quantity,direction,from_date,to_date\n"


@pytest.mark.parametrize(
    ("quantity", "to_date", "said"),
    [
        ("0.000001", "2026-03-02", None),
        ("0", "", ("quantity", "0", "quantity is not positive: direction says which way")),
        ("-100", "", ("quantity", "-100", "quantity is not positive: direction says which way")),
        ("100", "2026-03-01", ("to_date", "2026-03-01", "returned before it began")),
    ],
)
def test_a_loan_of_nothing_or_less_is_set_aside_with_one_line(tmp_path, quantity, to_date, said):
    """A loan the wrong way round is written with its direction, not with a minus."""
    lent = f"{LOANS}L1,SAF,{APPLE},{quantity},LENT,2026-03-02,{to_date}\nL2,SAF,{APPLE},5,BORROWED,2026-03-02,\n"
    found = loaded(folder(tmp_path, instruments_csv=INSTRUMENTS, securities_loans_csv=lent))
    assert reasons(found) == ([(2, *said)] if said else []) and found.proven
    assert found.tables["securities_loans"]["loan_ref"].to_pylist() == ["L1"] * (not said) + ["L2"]


def test_a_sign_a_column_declares_is_checked():
    """What a meaning says of a sign is held by a check, or wrong rows would turn sums round in silence."""
    unchecked = [
        f"{name}.{column.name}"
        for name in TABLES
        for column in TABLES[name].columns
        if re.search(r"\bunsigned\b|>=? 0", column.meaning, re.IGNORECASE)
        and not any(re.search(rf"\b{column.name} >=? 0\b", check.sql) for check in TABLES[name].checks)
    ]
    assert unchecked == []


@pytest.mark.parametrize(
    ("gross", "good"), [("1502.50", True), ("1502.51", False), ("1502.49", False), ("150250", False)]
)
def test_gross_is_quantity_times_price_to_the_cent(tmp_path, gross, good):
    net = str(Decimal(gross) + Decimal("1.50"))
    found = loaded(day(tmp_path, {"gross_amount": gross, "net_amount": net}))
    assert found.tables["trades"].num_rows == good


@pytest.mark.parametrize(("gross", "good"), [("33.33", True), ("33.34", True), ("33.32", False), ("33.35", False)])
def test_either_rounding_of_a_broken_cent_is_good(tmp_path, gross, good):
    """3 x 11.1111 is 33.3333: 33.33 and 33.34 are both within one cent of it."""
    row = {"quantity": "3", "price": "11.1111", "gross_amount": gross, "net_amount": gross, "fees": "0"}
    assert loaded(day(tmp_path, row)).tables["trades"].num_rows == good


def test_a_price_in_percent_is_a_hundredth(tmp_path):
    row = {"isin": "FR0000571218", "currency": "EUR", "quantity": "100000", "price": "99.5", "fees": "0"}
    found = loaded(day(tmp_path, row | {"gross_amount": "99500", "net_amount": "99500"}))
    assert found.tables["trades"].num_rows == 1


def test_amounts_too_large_to_multiply_are_set_aside_not_a_crash(tmp_path):
    row = {"quantity": "999999999999", "price": "9999999999", "gross_amount": "9999999999999999.99", "fees": "0"}
    found = loaded(day(tmp_path, row | {"net_amount": "9999999999999999.99"}))
    assert [column for _, column, _, _ in reasons(found)] == ["gross_amount"]


def test_of_identical_rows_the_first_counts(tmp_path):
    found = loaded(day(tmp_path, {}, {"trade_id": "T1"}, {"trade_id": "T1", "quantity": "10.000"}))
    assert [row[0] for row in reasons(found)] == [3, 4]
    assert found.tables["trades"]["source_line"].to_pylist() == [2]
    assert reasons(found)[0][3] == "the same row came before (trade_id and version)"


def test_rows_of_one_key_that_differ_are_all_set_aside(tmp_path):
    found = loaded(day(tmp_path, {}, {"trade_id": "T1", "trader": "x.y"}, {}))
    assert {row[:2] for row in reasons(found)} == {(2, "trade_id"), (3, "trade_id")}
    assert found.tables["trades"]["trade_id"].to_pylist() == ["T3"]


def test_rows_of_one_key_known_at_different_times_are_all_taken(tmp_path):
    (tmp_path / "fx_rates.csv").write_text(
        "date,currency,rate,known_at\n2026-03-30,USD,1.15,\n2026-03-30,USD,1.16,2026-03-31T08:00:00\n"
        "2026-03-30,GBP,0.86,2026-03-31T08:00:00\n2026-03-30,GBP,0.87,2026-03-31T08:00:00\n",
        encoding="utf-8",
    )
    found = loaded(tmp_path)
    assert [str(rate) for rate in found.tables["fx_rates"]["rate"].to_pylist()] == ["1.15000000", "1.16000000"]
    assert [row[0] for row in reasons(found)] == [4, 5]


def test_a_card_number_is_set_aside_and_shown_masked(tmp_path):
    (tmp_path / "card_clearings.csv").write_text(
        "arn,card,account,cleared_on,amount,currency,type\n"
        "74000000000000000000001,tok_1,A1,2026-03-30,10.00,EUR,PRESENTMENT\n"
        "74000000000000000000002,4970 1012 3456 7890,A1,2026-03-30,10.00,EUR,PRESENTMENT\n",
        encoding="utf-8",
    )
    found = loaded(tmp_path)
    assert found.tables["card_clearings"]["card"].to_pylist() == ["tok_1"]
    assert reasons(found) == [(3, "card", "4970 1…7890", "looks like a card number (PAN); send a token")]
    assert found.set_aside["raw"].to_pylist() == [
        "74000000000000000000002,4970 1…7890,A1,2026-03-30,10.00,EUR,PRESENTMENT"
    ]


def test_a_row_that_refers_to_a_row_set_aside_says_so(tmp_path):
    found = loaded(day(tmp_path, {}, books_csv=BOOKS.replace("FIFO", "LIFO")))
    assert (2, "book", "EQ", "its row of books was set aside") in reasons(found)
    assert found.tables["trades"].num_rows == 0


def test_rules_on_absent_tables_are_named(tmp_path):
    data = day(tmp_path, {"isin": KO})
    (data / "instruments.csv").unlink()
    found = loaded(data)
    assert found.tables["trades"].num_rows == 1
    assert "instruments" not in found.tables
    assert "trades: isin refers to instruments, which was not received" in found.unchecked
    assert "trades: currency is not the instrument's" in found.unchecked


def test_identifiers_are_checked_by_their_digits_and_forms(tmp_path):
    parties = (
        "lei,name,bic,country,technical\n"
        "R0MUWSFPU8MPRO8K5P83,BNP Paribas,BNPAFRPP,FR,false\n"
        "R0MUWSFPU8MPRO8K5P84,wrong digits,BNPAFRPPXXX,FR,false\n"
        "R0MUWSFPU8MPRO8K5P,18 signs,BNPAZZPP,XX,false\n"
    )
    accounts = "account,customer_id,kind,opened_on\n" + "".join(
        f"{account},C1,CURRENT,2020-01-01\n"
        for account in ("FR1420041010050500013M02606", "FR1420041010050500013M02607", "ACC-1", "FR76")
    )
    found = loaded(folder(tmp_path, counterparties_csv=parties, accounts_csv=accounts))
    assert [row[1:] for row in reasons(found)] == [
        ("account", "FR1420041010050500013M02607", "not a sound IBAN: Invalid checksum digits"),
        ("lei", "R0MUWSFPU8MPRO8K5P84", "the check digits of the LEI are wrong"),
        ("bic", "BNPAZZPP", "the BIC names no country"),
        ("country", "XX", "not a country of ISO 3166"),
        ("lei", "R0MUWSFPU8MPRO8K5P", "not an LEI: 18 letters or digits and two check digits"),
    ]


def test_a_french_account_key_is_checked_inside_a_sound_iban(tmp_path):
    """FR36…07 has sound IBAN digits around a wrong RIB key (06 is right)."""
    iban = "FR8420041010050500013M02607"
    found = loaded(folder(tmp_path, account_books_csv=f"account,book\n{iban},EQ\n"))
    assert len(reasons(found)) == 1


def test_a_missing_column_stops_the_run_with_a_suggestion(tmp_path):
    data = folder(tmp_path, books_csv=BOOKS.replace("cost_method", "cost_methode"))
    with pytest.raises(SourceError) as caught:
        loaded(data)
    assert "the columns cost_method" in str(caught.value)
    assert "cost_method may be their cost_methode" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"books_csv": ""}, "an empty file"),
        ({"books_csv": BOOKS.encode("utf-16")}, "zero bytes|other bytes"),
        ({"books_csv": b"PK\3\4\0\0"}, "an Excel or zip file. Save it as CSV"),
        ({"books_csv": BOOKS.replace(",", ";")}, "Declare its separator in sources.yml: separator: ';'"),
        ({"books_csv": BOOKS, "books.parquet": b"PAR1"}, "one file or folder for books"),
        ({"readme_txt": "x"}, "files named after the tables"),
    ],
)
def test_an_unusable_file_stops_the_run(tmp_path, files, said):
    with pytest.raises(SourceError, match=said):
        loaded(folder(tmp_path, **files))


def test_a_column_that_fills_nothing_is_said(tmp_path):
    data = day(tmp_path, {}, {})
    header, *rows = (data / "trades.csv").read_text().splitlines()
    lines = [f"{header},aproved_by", *(f"{row},u.control" for row in rows)]
    (data / "trades.csv").write_text("\n".join(lines) + "\n")
    row = proof(loaded(data), "trades")
    assert row["proven"] and row["reason"] == "columns not used: aproved_by"
    assert proof(loaded(day(tmp_path / "whole", {}, {})), "trades")["reason"] == ""


def test_a_folder_that_does_not_exist_stops_the_run(tmp_path):
    with pytest.raises(SourceError, match="--data"):
        loaded(tmp_path / "nowhere")


def test_a_row_of_another_width_is_set_aside_and_counted(tmp_path):
    data = day(tmp_path, {}, {})
    with open(data / "trades.csv", "a") as file:
        file.write("T9,1,NEW\n")
    found = loaded(data)
    assert reasons(found) == [(4, None, None, "3 fields where the header has 20")]
    row = proof(found, "trades")
    assert (row["rows_read"], row["rows_accepted"], row["rows_set_aside"], row["proven"]) == (3, 2, 1, True)
    assert row["amount_read"] == row["amount_accepted"] == Decimal("3008.00")
    assert row["reason"] == "set aside without a readable net_amount, counted as 0: 1"
    assert found.rows == 6  # a book, a counterparty, two instruments and two trades


SOURCES = """
sources:
  broker:
    table: trades
    files: "broker_{date:%Y%m%d}_{sequence}.txt"
    encoding: cp850
    separator: ";"
    decimal: ","
    thousands: " "
    date: "%d.%m.%Y"
    timestamp: "%d.%m.%Y %H:%M"
    timezone: Europe/Paris
    trim: true
    empty: ["-"]
    expected: {daily: TARGET, by: "22:00"}
    trailer: {rows: '^FIN;(\\d+)', amount: '^FIN;\\d+;(.*)$'}
    constants: {version: 1, action: NEW, taxes: 0, entered_by: broker}
    values: {side: {A: BUY, V: SELL}}
    exclude:
      - {where: "Référence like 'TEST%'", reason: test trade}
    columns:
      Référence: trade_id
      Livre: book
      Négociateur: trader
      ISIN: isin
      Sens: side
      Qté: quantity
      Cours: price
      Dev: currency
      Brut: gross_amount
      Frais: fees
      Net: net_amount
      Date: trade_date
      Heure: traded_at
      Règlement: settlement_date
      Contrepartie: counterparty
      Saisie: entered_at
"""
BROKER = (
    "Référence;Livre;Négociateur;ISIN;Sens;Qté;Cours;Dev;Brut;Frais;Net;Date;Heure;Règlement;Contrepartie;Saisie\n"
    f"B1;EQ;é.è;{APPLE};A;1 000;150,25 ;USD;150 250,00;1,50;150 251,50;30.03.2026;30.03.2026 17:04;01.04.2026;"
    "R0MUWSFPU8MPRO8K5P83;30.03.2026 17:10\n"
    f"TEST1;EQ;x;{APPLE};V;1;1;USD;1,00;-;1,00;30.03.2026;30.03.2026 17:04;01.04.2026;R0MUWSFPU8MPRO8K5P83;30.03.2026 17:10\n"
)


def broker_day(path: Path, name="broker_20260331_7.txt", trailer="FIN;2;150 252,50\n") -> Path:
    data = day(path, {}, sources_yml=SOURCES)
    (data / "trades.csv").unlink()
    (data / name).write_bytes((BROKER + trailer).encode("cp850"))
    os.utime(data / name, (1774983600, 1774983600))  # 2026-03-31 19:00 UTC
    return data


def test_a_broker_file_in_its_own_dialect_becomes_trades(tmp_path):
    found = loaded(broker_day(tmp_path))
    [row] = found.tables["trades"].to_pylist()
    assert (row["trade_id"], row["trader"], row["side"], row["quantity"]) == ("B1", "é.è", "BUY", Decimal(1000))
    assert (row["net_amount"], row["trade_date"]) == (Decimal("150251.50"), date(2026, 3, 30))
    assert row["traded_at"].isoformat() == "2026-03-30T15:04:00"  # Paris is two hours ahead in summer
    row = proof(found, "broker")
    assert (row["rows_read"], row["rows_accepted"], row["rows_excluded"], row["declared_rows"]) == (2, 1, 1, 2)
    assert (row["declared_amount"], row["amount_excluded"]) == (Decimal("150252.50"), Decimal("1.00"))
    assert found.proven
    assert found.findings == []


def test_declared_totals_that_disagree_are_not_proven(tmp_path):
    found = loaded(broker_day(tmp_path, trailer="FIN;3;150 252,50\n"))
    assert not found.proven
    assert proof(found, "broker")["reason"] == "rows declared 3, read 2"
    assert [one["control"] for one in found.findings] == ["LOAD-04"]


def test_a_trailer_that_is_not_there_stops_the_run(tmp_path):
    with pytest.raises(SourceError, match="declared totals"):
        loaded(broker_day(tmp_path, trailer=""))


def test_a_control_file_declares_totals(tmp_path):
    sources = "sources: {books: {files: books.csv, control: {file: '{stem}.ctl', rows: 'ROWS=(.+)'}}}"
    data = folder(tmp_path, books_csv=BOOKS, sources_yml=sources)
    (data / "books.ctl").write_text("ROWS=2")
    assert proof(loaded(data), "books")["reason"] == "rows declared 2, read 1"
    (data / "books.ctl").unlink()
    with pytest.raises(SourceError, match="control file"):
        loaded(data)


def test_a_missing_or_late_file_is_a_finding(tmp_path):
    [late] = loaded(broker_day(tmp_path / "a", name="broker_20260330_1.txt")).findings
    assert (late["control"], late["key"]) == ("LOAD-02", "broker 2026-03-31")
    data = broker_day(tmp_path / "b")
    os.utime(data / "broker_20260331_7.txt", (1774994700, 1774994700))  # 22:05 UTC
    [late] = loaded(data).findings
    assert late["message"] == "broker_20260331_7.txt came at 2026-03-31 22:05 UTC, due 2026-03-31 22:00:00 UTC."


def test_a_gap_in_file_numbers_is_a_finding(tmp_path):
    data = broker_day(tmp_path)
    header = (BROKER.splitlines()[0] + "\nFIN;0;0\n").encode("cp850")
    (data / "broker_20260330_3.txt").write_bytes(header)
    [gap] = loaded(data).findings
    assert (gap["control"], gap["key"]) == ("LOAD-03", "broker 4")
    assert json.loads(gap["evidence"]) == {"first": 4, "last": 6}


def test_a_file_that_came_twice_counts_once(tmp_path):
    data = folder(tmp_path, books__a_csv=BOOKS, books__b_csv=BOOKS)
    with gzip.open(data / "books" / "c.csv.gz", "wb") as packed:
        packed.write(BOOKS.encode())
    found = loaded(data)
    assert found.tables["books"].num_rows == 1
    assert [(one["control"], one["key"]) for one in found.findings] == [
        ("LOAD-01", "books/b.csv"),
        ("LOAD-01", "books/c.csv.gz"),
    ]
    assert [(row["rows_accepted"], row["rows_excluded"]) for row in found.completeness.to_pylist()] == [
        (1, 0),
        (0, 1),
        (0, 1),
    ]
    assert found.proven


def test_a_file_no_source_reads_is_a_finding(tmp_path):
    found = loaded(folder(tmp_path, books_csv=BOOKS, trade_csv="a\n", README_txt="x"))
    assert [(one["control"], one["key"]) for one in found.findings] == [("LOAD-06", "trade.csv")]


def test_packed_and_other_formats_are_found_by_the_name_of_their_table(tmp_path):
    (tmp_path / "books.csv.gz").write_bytes(gzip.compress(BOOKS.encode()))
    with zipfile.ZipFile(tmp_path / "counterparties.zip", "w") as archive:
        archive.writestr("counterparties.csv", PARTIES)
    pq.write_table(
        pa.table({"subject": ["a.b"], "kind": ["x"], "valid_from": [AS_OF], "amount": [1.5], "currency": ["EUR"]}),
        tmp_path / "limits.parquet",
    )
    (tmp_path / "absences.jsonl").write_text('{"person": "a.b", "from_date": "2026-03-30", "to_date": "2026-03-31"}\n')
    found = loaded(tmp_path)
    assert {name: rows.num_rows for name, rows in found.tables.items()} == dict.fromkeys(
        ("absences", "books", "counterparties", "limits"), 1
    )
    assert found.tables["limits"]["amount"].to_pylist() == [Decimal("1.50")]
    assert found.tables["counterparties"]["source_file"].to_pylist() == ["counterparties.zip/counterparties.csv"]


def test_a_query_is_a_source_like_another(tmp_path, monkeypatch):
    from sqlalchemy import create_engine, text

    url = f"sqlite:///{tmp_path}/bank.db"
    with create_engine(url).begin() as connection:
        connection.execute(text("create table leave (who text, start text, finish text)"))
        connection.execute(
            text("insert into leave values ('a.b', '2026-03-30', '2026-03-31'), ('c.d', 'soon', '2026-04-01')")
        )
    monkeypatch.setenv("BANK_URL", url)
    sources = (
        "sources: {hr: {table: absences, query: select * from leave, url_env: BANK_URL,"
        " columns: {who: person, start: from_date, finish: to_date}}}"
    )
    found = loaded(folder(tmp_path, sources_yml=sources), archive=tmp_path / "archive")
    assert found.tables["absences"]["person"].to_pylist() == ["a.b"]
    assert reasons(found) == [(2, "from_date", "soon", "not a date")]
    assert proof(found, "hr")["file"] == "query hr"
    assert (tmp_path / "archive" / "inputs" / found.inputs["query hr"][:2]).is_dir()


@pytest.mark.parametrize(
    ("yml", "said"),
    [
        ("sources: {a: {table: books, file: x.csv}}", "Did you mean files"),
        ("source: {}", "Did you mean sources"),
        ("defaults: {encodin: x}", "Did you mean encoding"),
        ("sources: {a: {table: book, files: x.csv}}", "Did you mean books"),
        ("sources: {a: {table: books, files: x.csv, columns: {A: boook}}}", "Did you mean book"),
        ("sources: {a: {table: books}}", "files, or query with url_env"),
        ("sources: {books: {files: x.csv, separator: '||'}}", "one character"),
        ("sources: {books: {files: x.csv, trailer: {rows: 'no group'}}}", "one .group. around the figure"),
        ("sources: {books: {files: x.csv, booleans: {oui: [1]}}}", "booleans"),
        ("sources: [", "YAML"),
        ("sources: {books: {files: books.csv, exclude: [{where: nothing > 1, reason: x}]}}", "conditions on the file"),
        ("sources: {books: {files: absent.csv, required: true}}", "Ask the sender of books"),
    ],
)
def test_a_wrong_declaration_stops_the_run(tmp_path, yml, said):
    with pytest.raises((ParameterError, SourceError), match=said):
        loaded(folder(tmp_path, books_csv=BOOKS, sources_yml=yml))


def test_the_declaration_of_the_data_folder_comes_before_that_of_the_parameters(tmp_path):
    wrong = folder(tmp_path / "parameters", sources_yml="sources: {books: {files: absent.csv, required: true}}")
    data = folder(tmp_path / "data", books_csv=BOOKS)
    with pytest.raises(SourceError):
        load(data, wrong, AS_OF)
    (data / "sources.yml").write_text("sources: {}")
    assert load(data, wrong, AS_OF).proven


def test_columns_become_rows_and_empty_cells_are_excluded(tmp_path):
    """The ECB's file: one column a currency, N/A where there is none, a comma at the end of each line."""
    sources = """
sources:
  ecb: {table: fx_rates, files: ecb.csv, columns: {Date: date}, unpivot: {name: currency, value: rate}, empty: [N/A]}
"""
    found = loaded(
        folder(tmp_path, ecb_csv="Date,USD,JPY,\n2026-03-31,1.1498,183.39,\n2026-03-30,1.1,N/A,\n", sources_yml=sources)
    )
    rows = [
        (str(row["date"]), row["currency"], row["rate"], row["source_line"])
        for row in found.tables["fx_rates"].to_pylist()
    ]
    assert rows == [
        ("2026-03-30", "USD", Decimal("1.1"), 3),
        ("2026-03-31", "JPY", Decimal("183.39"), 2),
        ("2026-03-31", "USD", Decimal("1.1498"), 2),
    ]
    row = proof(found, "ecb")
    assert (row["rows_read"], row["rows_excluded"], row["proven"]) == (4, 1, True)


def test_inputs_are_archived_by_content_and_loads_kept(tmp_path, monkeypatch):
    data, archive = day(tmp_path / "data", {}, {"side": "?"}), tmp_path / "archive"
    first = loaded(data, archive=archive)
    for name, sha256 in first.inputs.items():
        assert (archive / "inputs" / sha256[:2] / f"{sha256}.csv").read_bytes() == (data / name).read_bytes()
    monkeypatch.setattr("bolib.load.validate", lambda *_: pytest.fail("validated again"))
    again = loaded(data, archive=archive)
    assert again.folder == first.folder
    assert again.tables["trades"] == first.tables["trades"]
    assert (again.set_aside, again.completeness, again.findings) == (
        first.set_aside,
        first.completeness,
        first.findings,
    )


def test_another_content_is_another_load(tmp_path):
    data, archive = day(tmp_path / "data", {}), tmp_path / "archive"
    loaded(data, archive=archive)
    (data / "trades.csv").write_text(trades({}, {}))
    assert loaded(data, archive=archive).tables["trades"].num_rows == 2


@pytest.mark.parametrize("damage", ["books.parquet", "loaded.json"])
def test_a_damaged_load_is_made_again(tmp_path, damage):
    data, archive = day(tmp_path / "data", {}), tmp_path / "archive"
    kept = loaded(data, archive=archive)
    (kept.folder / damage).write_bytes(b"damaged")
    again = loaded(data, archive=archive)
    assert again.tables["books"].num_rows == 1
    assert not list((archive / "loaded").glob(".*"))


def test_a_load_that_fails_leaves_nothing_behind(tmp_path):
    data, archive = folder(tmp_path / "data", books_csv="book\nEQ\n"), tmp_path / "archive"
    with pytest.raises(SourceError):
        loaded(data, archive=archive)
    assert list((archive / "loaded").iterdir()) == []


def test_many_rows_are_validated_as_few_are(tmp_path, monkeypatch):
    data = day(tmp_path, *({"side": side} for side in ("BUY", "?", "BUY")), {"trade_id": "T1"})
    few = loaded(data)
    monkeypatch.setattr(sys.modules["bolib.load.validate"], "FEW", 0)
    many = loaded(data)
    assert few.set_aside == many.set_aside
    assert few.completeness == many.completeness
    assert all(few.tables[name] == many.tables[name] for name in few.tables)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "trade_id": st.sampled_from(["T1", "T2", "", "T 3", "é<script>"]),
        "version": st.sampled_from(["1", "2", "x", "1.5"]),
        "side": st.sampled_from(["BUY", "SELL", "HOLD"]),
        "isin": st.sampled_from([APPLE, KO, "FR0000571218", ""]),
        "net_amount": st.sampled_from(["1504.00", "1501.00", "-1", "1e3", "n/a", "99999999999999999"]),
        "book": st.sampled_from(["EQ", "XX", ""]),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(CHANGES, max_size=12),
    broken=st.lists(st.sampled_from(["a,b", "x" * 9, ",,,"]), max_size=3),
    seed=st.randoms(),
)
def test_nothing_is_lost_and_the_order_of_rows_decides_nothing(tmp_path, changes, broken, seed):
    rows = trades(*changes).splitlines()[1:] + broken
    shuffled = seed.sample(rows, len(rows))
    found, other = loaded(_written(tmp_path / "a", rows)), loaded(_written(tmp_path / "b", shuffled))
    row = proof(found, "trades")
    assert row["proven"]
    assert row["rows_read"] == len(rows) == row["rows_accepted"] + row["rows_set_aside"] + row["rows_excluded"]
    assert len({line for line, *_ in reasons(found)}) == row["rows_set_aside"]
    assert _content(found) == _content(other)
    raws = [
        set(zip(one.set_aside["raw"].to_pylist(), one.set_aside["reason"].to_pylist(), strict=True))
        for one in (found, other)
    ]
    assert raws[0] == raws[1]


def _written(path: Path, rows: list[str]) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    data = day(path, {})
    (data / "trades.csv").write_text("\n".join((HEADER, *rows)) + "\n")
    return data


def _content(found) -> Counter:
    kept = found.tables["trades"].drop_columns(["source_line"])
    return Counter(tuple(row.values()) for row in kept.to_pylist())


def test_the_sample_day_is_proven(sample, project, tmp_path):
    found = load(sample, project / "parameters", AS_OF)
    assert found.proven
    assert all(
        row["rows_read"] == row["rows_accepted"] + row["rows_set_aside"] for row in found.completeness.to_pylist()
    )
    assert {one["control"] for one in found.findings} == {"LOAD-05"}


REAL = Path(__file__).parents[2] / "shared" / "data"


def real(*parts: str) -> Path:
    path = REAL.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not on this machine")
    return path


def test_the_fails_to_deliver_of_the_sec_are_read_and_their_trailer_proven(tmp_path):
    """Two trailer lines declare 48,215 rows and 1,988,791,343 shares, kept here as an amount."""
    sources = """
sources:
  sec:
    table: pnl_flash
    files: "cnsfails*.zip"
    encoding: cp1252
    separator: "|"
    quote: ""
    date: "%Y%m%d"
    columns: {SETTLEMENT DATE: date, CUSIP: book, QUANTITY (FAILS): amount}
    constants: {currency: USD}
    trailer: {lines: 2, rows: 'record count (\\d+)', amount: 'shares (\\d+)'}
"""
    data = folder(tmp_path, sources_yml=sources)
    shutil.copy(real("sec_fails_to_deliver", "cnsfails202101a.zip"), data)
    found = loaded(data)
    row = proof(found, "sec")
    assert (row["rows_read"], row["declared_rows"], row["declared_amount"]) == (48215, 48215, Decimal(1988791343))
    assert row["proven"], row["reason"]


def test_the_reference_rates_of_the_ecb_are_read_as_published(tmp_path):
    sources = """
sources:
  ecb: {table: fx_rates, files: "*.zip", columns: {Date: date}, unpivot: {name: currency, value: rate}, empty: [N/A]}
"""
    data = folder(tmp_path, sources_yml=sources)
    shutil.copy(real("fx_ecb", "eurofxref-hist.zip"), data)
    found = loaded(data)
    rates = found.tables["fx_rates"]
    assert found.proven
    last = {
        row["currency"]: row["rate"]
        for row in rates.slice(rates.num_rows - 45).to_pylist()
        if row["date"] == date(2026, 4, 13)
    }
    assert (last["USD"], last["JPY"]) == (Decimal("1.1684"), Decimal("186.75"))
    # Currencies of the past are no longer in ISO 4217 today: their rows are set aside by name.
    assert {row["reason"] for row in found.set_aside.to_pylist()} <= {"not a currency of ISO 4217"}


def test_the_benchmark_finds_the_same_rows_by_every_way(tmp_path):
    """A few rows: the figures mean nothing, the counts must agree and must not be all good."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "load_trades", Path(__file__).parents[1] / "benchmarks" / "load_trades.py"
    )
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    found = benchmark.compare(30_000, 1, ("bolib", "duckdb", "pandas"))
    assert len({(run["good"], run["bad"]) for run in found}) == 1, found
    assert found[0]["bad"] > 200
