"""The sample day is what data/README.md says: real where it says so, consistent, wrong only where it is listed."""

import csv
import gzip
import io
import sys
import zipfile
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from bolib.formats import iso15022, mt535
from bolib.formats.custody import SHEETS
from bolib.load import load
from bolib.tables import TABLES

ROOT = Path(__file__).parent.parent
SAMPLE, SOURCE = ROOT / "data" / "sample", ROOT.parent / "shared" / "data"
AS_OF = "2026-03-31"
REAL = {
    "AAPL": "US0378331005", "MSFT": "US5949181045", "BRK_A": "US0846701086",
    "ZEN": "US98936J1016", "IBM": "US4592001014", "KO": "US1912161007",
}  # fmt: skip
SHORT_ALLOWED = {"EQ-ARB", "UST-USD"}
needs_source = pytest.mark.skipif(not SOURCE.exists(), reason="the real input is not beside the project")


def rows(name: str, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[dict]:
    """Return the lines of a file as text by column."""
    text = (SAMPLE / name).read_text(encoding=encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@cache
def irregularities() -> list[dict]:
    return yaml.safe_load((SAMPLE / "irregularities.yml").read_text(encoding="utf-8"))


def keys_set_aside(table: str) -> set[str]:
    return {row["key"] for row in irregularities() if row["table"] == table and row["effect"] == "set_aside"}


def keys_found(table: str, control: str) -> set[str]:
    return {row["key"] for row in irregularities() if (row["table"], row["control"]) == (table, control)}


@cache
def trades() -> list[dict]:
    """Return the accepted deals: those that are not listed as to be set aside."""
    bad = keys_set_aside("trades")
    return [row for row in rows("trades.csv") if f"{row['trade_id']} {row['version']}" not in bad]


@cache
def instruments() -> dict[str, dict]:
    return {row["isin"]: row for row in rows("instruments.csv")}


@cache
def prices() -> dict[tuple[str, str], Decimal]:
    return {(row["isin"], row["date"]): Decimal(row["price"]) for row in rows("prices.csv") if row["source"] == "CLOSE"}


@cache
def business_days() -> list[str]:
    return sorted({day for _, day in prices()})


def files_of(table: str) -> list[Path]:
    folder = SAMPLE / table
    return sorted(folder.glob("*.csv")) if folder.is_dir() else sorted(SAMPLE.glob(f"{table}.csv"))


def moved(text: str, weeks: int) -> str:
    return (date.fromisoformat(text) + timedelta(weeks=weeks)).isoformat()


def latest(until: str | None = None) -> list[dict]:
    """Return the deals standing, as known at the end of a day or ever."""
    found: dict[str, dict] = {}
    for row in trades():
        if until is None or row["entered_at"] <= f"{until}T18:00:00":
            kept = found.get(row["trade_id"])
            found[row["trade_id"]] = row if kept is None or int(row["version"]) > int(kept["version"]) else kept
    return [row for row in found.values() if row["action"] != "CANCEL"]


def moves(standing: list[dict]) -> list[tuple]:
    """Return book, isin, moment and signed quantity of each deal and each opening lot."""
    found = [(r["book"], r["isin"], r["opened_on"], Decimal(r["quantity"])) for r in rows("opening_lots.csv")]
    for row in standing:
        sign = 1 if row["side"] == "BUY" else -1
        found.append((row["book"], row["isin"], row["traded_at"], sign * Decimal(row["quantity"])))
        if row["from_book"]:
            found.append((row["from_book"], row["isin"], row["traded_at"], -sign * Decimal(row["quantity"])))
    return found


def factors() -> dict[str, tuple[str, Decimal]]:
    """Return by instrument the day from which quantities are multiplied, and by what."""
    found = {}
    for row in rows("corporate_actions.csv"):
        if row["type"] in ("SPLF", "SPLR"):
            found[row["isin"]] = row["ex_date"], Decimal(row["ratio_new"]) / Decimal(row["ratio_old"])
        if row["type"] == "REDM":
            found[row["isin"]] = row["ex_date"], Decimal(0)
    return found


def positions(standing: list[dict], evening: str) -> dict[tuple[str, str], Decimal]:
    held: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    split = factors()
    for book, isin, moment, quantity in moves(standing):
        if moment[:10] <= evening:
            day, factor = split.get(isin, ("9999", Decimal(1)))
            held[book, isin] += quantity * (factor if moment[:10] < day <= evening else 1)
    return held


def test_every_table_of_the_contract_has_a_file():
    assert [name for name in TABLES if not files_of(name)] == []


def test_the_sample_is_small_and_the_day_large_enough():
    size = sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
    books = rows("books.csv")
    assert size < 5_000_000
    assert len(business_days()) == 126 and business_days()[-1] == AS_OF
    assert 2_500 <= len(trades()) <= 4_000
    assert len(books) == 8 and {row["desk"] for row in books} == {"EQUITY-US", "EQUITY-EU", "RATES"}
    assert {row["cost_method"] for row in books} == {"FIFO", "PMP"} and {row["fees_in_cost"] for row in books} == {
        "true",
        "false",
    }


@needs_source
def test_prices_of_the_real_shares_are_the_sources_613_weeks_later():
    source = {}
    with zipfile.ZipFile(SOURCE / "prices_us" / "QUANDL_ARCHIVE.zip") as archive:
        for row in csv.DictReader(io.StringIO(archive.read("QUANDL_SAMPLE_TABLE.csv").decode())):
            source[REAL[row["ticker"]], moved(row["date"], 613)] = Decimal(row["close"])
    for ticker in ("IBM", "KO"):
        with gzip.open(SOURCE / "prices_us" / f"{ticker}.csv.gz", "rt") as lines:
            for row in csv.DictReader(lines):
                source[REAL[ticker], moved(row["date"], 613)] = Decimal(row["close"])
    ours = {key: price for key, price in prices().items() if key[0] in REAL.values()}
    own = {key: price for key, price in ours.items() if key in source}
    assert own == {key: source[key] for key in own} and len(own) == 5 * 122 + 33
    carried = sorted(set(ours) - set(own))
    assert {day for _, day in carried} == {"2025-10-20", "2025-11-17", "2026-01-16", "2026-02-23"}
    for isin, day in carried:
        assert ours[isin, day] == ours[isin, business_days()[business_days().index(day) - 1]]


@needs_source
def test_rates_are_those_the_ecb_published_on_the_day():
    with zipfile.ZipFile(SOURCE / "fx_ecb" / "eurofxref-hist.zip") as archive:
        published = {r["Date"]: r for r in csv.DictReader(io.StringIO(archive.read(archive.namelist()[0]).decode()))}
    ours = [row for row in rows("fx_rates.csv") if row["currency"] != "SEK"]
    assert all(Decimal(row["rate"]) == Decimal(published[row["date"]][row["currency"]]) for row in ours)
    usd = {row["date"] for row in ours if row["currency"] == "USD"}
    assert set(business_days()) <= usd


@needs_source
def test_complaints_are_the_cfpbs_595_weeks_later_up_to_the_day():
    def day(text: str) -> str:
        return moved(datetime.strptime(text, "%m/%d/%Y").date().isoformat(), 595)

    path = SOURCE / "cfpb_complaints" / "complaints_2014-10-10_31.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        source = {
            f"CFPB-{r['Complaint ID']}": (day(r["Date received"]), day(r["Date sent to company"]))
            for r in csv.DictReader(lines)
        }
    known = {key: dates for key, dates in source.items() if dates[1] <= AS_OF}
    assert {r["complaint_id"]: (r["sent_on"], r["received_on"]) for r in rows("complaints/cfpb.csv")} == known
    assert "answered_on" not in rows("complaints/cfpb.csv")[0]


def test_apple_splits_seven_for_one_and_pays_its_dividends():
    events = {(r["type"], r["ex_date"]): r for r in rows("corporate_actions.csv") if r["isin"] == REAL["AAPL"]}
    split = events["SPLF", "2026-03-09"]
    assert (split["ratio_new"], split["ratio_old"]) == ("7", "1")
    assert [(day, r["amount"]) for (kind, day), r in sorted(events.items()) if kind == "DVCA"] == [
        ("2025-11-06", "3.05"),
        ("2026-02-05", "3.29"),
    ]
    assert prices()[REAL["AAPL"], "2026-03-06"] == Decimal("645.57") and prices()[
        REAL["AAPL"], "2026-03-09"
    ] == Decimal("93.70")


def test_every_position_has_a_price_and_a_rate_each_day():
    rates = {(row["currency"], row["date"]) for row in rows("fx_rates.csv")} | {("EUR", day) for day in business_days()}
    standing = latest()
    for day in business_days():
        for (_, isin), quantity in positions(standing, day).items():
            assert not quantity or (isin, day) in prices(), f"{isin} has no price on {day}"
            assert (instruments()[isin]["currency"], day) in rates


@pytest.mark.parametrize("name", ["trades", "bookings"])
def test_amounts_of_deals_follow_from_quantity_and_price(name):
    found = trades() if name == "trades" else booked()
    for row in found:
        value = Decimal(row["quantity"]) * Decimal(row["price"]) * Decimal(instruments()[row["isin"]]["multiplier"])
        gross = value / 100 if instruments()[row["isin"]]["quotation"] == "PERCENT" else value
        assert abs(gross - Decimal(row["gross_amount"])) <= Decimal("0.005"), row["trade_id"]
        costs = Decimal(row["fees"]) + Decimal(row["taxes"])
        net = (
            Decimal(row["gross_amount"])
            + Decimal(row["accrued_interest"] or 0)
            + (costs if row["side"] == "BUY" else -costs)
        )
        assert net == Decimal(row["net_amount"]), row["trade_id"]
        assert row["currency"] == instruments()[row["isin"]]["currency"]
        assert row["settlement_date"] >= row["trade_date"]


FRENCH = {
    "reference": "trade_id", "nature": "action", "portefeuille": "book", "code_isin": "isin", "sens": "side",
    "quantite": "quantity",
    "cours": "price", "devise": "currency", "coupon_couru": "accrued_interest", "montant_brut": "gross_amount",
    "frais": "fees",
    "montant_net": "net_amount", "date_operation": "trade_date", "date_reglement": "settlement_date",
    "contrepartie": "counterparty",
    "portefeuille_cedant": "from_book",
}  # fmt: skip


@cache
def booked() -> list[dict]:
    """Return the accepted bookings under the contract's names, with ISO dates and decimal points."""
    found, bad = [], keys_set_aside("bookings")
    for row in rows("bookings.csv", "cp1252", ";")[:-1]:
        row = {FRENCH.get(name, name): text for name, text in row.items()}
        for name in ("price", "accrued_interest", "gross_amount", "fees", "taxes", "net_amount", "quantity"):
            row[name] = row[name].replace(",", ".")
        for name in ("trade_date", "settlement_date"):
            row[name] = "-".join(reversed(row[name].split("/")))
        found += [row] if f"{row['trade_id']} {row['version']}" not in bad else []
    return found


def test_the_french_file_declares_its_rows_and_its_net_amount():
    lines = rows("bookings.csv", "cp1252", ";")
    word, count, total, *_ = lines[-1].values()
    assert word == "TOTAL" and int(count) == len(lines) - 1
    assert Decimal(total.replace(",", ".")) == sum(Decimal(row["montant_net"].replace(",", ".")) for row in lines[:-1])


OTHER_FACTS = ("booked after the close", "other record")
"""Irregularities of bookings in facts that do not change the deal: when it was recorded, where it settles."""


def test_front_and_back_office_differ_where_it_is_listed_and_nowhere_else():
    def facts(row: dict) -> tuple:
        names = (
            "action",
            "book",
            "isin",
            "side",
            "quantity",
            "price",
            "net_amount",
            "trade_date",
            "settlement_date",
            "counterparty",
        )
        return tuple(Decimal(row[n]) if n in ("quantity", "price", "net_amount") else row[n] for n in names)

    front = {f"{row['trade_id']} {row['version']}": facts(row) for row in trades()}
    back = {f"{row['trade_id']} {row['version']}": facts(row) for row in booked()}
    listed = {
        row["key"]
        for row in irregularities()
        if row["table"] == "bookings" and row["effect"] == "finding" and row["control"] not in OTHER_FACTS
    }
    behind = {key.split()[0] for key in keys_found("bookings", "version behind")}
    different = {key for key in front.keys() | back.keys() if front.get(key) != back.get(key)}
    assert {key for key in different if key.split()[0] not in behind} == {
        key for key in listed if key.split()[0] not in behind
    }
    assert {key.split()[0] for key in different} >= behind


def test_books_that_may_not_be_short_are_not_on_any_evening():
    planted = {("EQ-US-EUR", REAL["IBM"])}
    for day in business_days():
        short = {key for key, quantity in positions(latest(day), day).items() if quantity < 0}
        assert {key for key in short if key[0] not in SHORT_ALLOWED} <= planted, day
    assert {
        key for key, quantity in positions(latest(), AS_OF).items() if quantity < 0 and key[0] not in SHORT_ALLOWED
    } == planted


def test_late_knowledge_of_each_kind_arrives_on_the_day_itself():
    came = Counter(row["action"] for row in trades() if row["entered_at"][:10] == AS_OF and row["trade_date"] < AS_OF)
    assert came["AMEND"] >= 3 and came["CANCEL"] >= 2 and came["NEW"] >= 2


def held_in_custody() -> list[dict]:
    """Return the holdings stated for the day: of one account as its custodian sends them, MT535."""
    fin = SAMPLE / "custody_positions_saf_eu.fin"
    names = SHEETS["custody_positions"]
    told = [dict(zip(names, values, strict=True)) for _, values in mt535.holdings(fin, iso15022.messages(fin, "utf-8"))]
    found = rows("custody_positions.csv") + told
    return [row for row in found if str(row["date"]) == AS_OF]


def test_custody_holds_what_the_books_hold_but_where_it_is_listed():
    """SAF-EU states nothing of what it lent."""
    account_of = {book: row["account"] for row in rows("account_books.csv") for book in row["book"].split("+")}
    expected: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for (book, isin), quantity in positions(latest(), AS_OF).items():
        expected[account_of[book], isin] += quantity
    for loan in rows("securities_loans.csv"):
        if loan["account"] == "SAF-EU" and loan["direction"] == "LENT" and not loan["to_date"]:
            expected[loan["account"], loan["isin"]] -= Decimal(loan["quantity"])
    stated = {(r["account"], r["isin"]): Decimal(r["quantity"]) for r in held_in_custody()
              if r["balance_type"] == "AGGR" and r["account"] != "SAF-CLIENTS"}  # fmt: skip
    wrong = {f"{AS_OF} {a} {i} AGGR" for a, i in expected | stated if expected.get((a, i), 0) != stated.get((a, i), 0)}
    assert wrong == {key for key in keys_found("custody_positions", "position differs") if "CLIENTS" not in key}


@pytest.mark.parametrize(("suffix", "encoding", "delimiter"), [(".csv", "utf-8", ","), ("_usd.txt", "latin-1", "|")])
def test_statements_prove(suffix, encoding, delimiter):
    english = {
        "StatementNo": "statement_no",
        "Amount": "amount",
        "OpeningBalance": "opening",
        "ClosingBalance": "closing",
    }

    def named(name: str) -> list[dict]:
        return [{english.get(k, k): v for k, v in row.items()} for row in rows(name + suffix, encoding, delimiter)]

    lines, balance, total = named("statement_lines"), None, Counter()
    if suffix == "_usd.txt":
        trailer = list(lines.pop().values())
        assert trailer[:2] == ["TRAILER", str(len(lines))]
        assert Decimal(trailer[2]) == sum(Decimal(row["amount"]) for row in lines)
    for row in lines:
        total[row["statement_no"]] += Decimal(row["amount"])
    for row in named("statements"):
        assert balance is None or Decimal(row["opening"]) == balance
        balance = Decimal(row["closing"])
        assert Decimal(row["opening"]) + total[row["statement_no"]] == balance


def test_the_journal_balances_but_for_one_entry_and_the_trial_balance_follows():
    bad = keys_set_aside("journal")
    lines = [r for r in rows("journal.csv") if f"{r['journal_code']} {r['entry_no']} {r['line_no']}" not in bad]
    entries: dict[str, Decimal] = defaultdict(Decimal)
    moved_by: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in lines:
        entries[f"{row['journal_code']} {row['entry_no']}"] += Decimal(row["debit"]) - Decimal(row["credit"])
        moved_by[row["entry_date"], row["account"]][0] += Decimal(row["debit"])
        moved_by[row["entry_date"], row["account"]][1] += Decimal(row["credit"])
    assert {key for key, left in entries.items() if left} == keys_found("journal", "unbalanced entry")
    wrong = set()
    for row in rows("trial_balance.csv"):
        if moved_by[row["date"], row["account"]] != [Decimal(row["debit"]), Decimal(row["credit"])]:
            wrong.add(f"{row['date']} {row['account']}")
    assert wrong - keys_set_aside("trial_balance") == keys_found("trial_balance", "balance against journal")


def test_cash_machines_count_but_where_it_is_listed():
    wrong, before = set(), {}
    for row in rows("atm_counts.csv"):
        counted = Decimal(row["counted"])
        chained = before.get(row["atm"], Decimal(row["opening"])) == Decimal(row["opening"])
        if Decimal(row["opening"]) + Decimal(row["loaded"]) - Decimal(row["dispensed"]) != counted or not chained:
            wrong.add(f"{row['atm']} {row['date']}")
        before[row["atm"]] = counted
    assert wrong == keys_found("atm_counts", "cash count")


def test_loans_end_at_zero_and_owe_what_was_not_paid():
    due: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("instalments.csv"):
        due[row["loan_id"]] += Decimal(row["principal"])
    for row in rows("loans.csv"):
        if row["granted_on"] and row["loan_id"] in due and row["product"] in ("PERSONAL",):
            assert due[row["loan_id"]] <= Decimal(row["principal"])
        assert Decimal(0) <= Decimal(row["outstanding"]) <= Decimal(row["principal"])


def test_the_load_proves_the_day_and_sets_aside_what_is_listed():
    loaded = load(SAMPLE, ROOT / "parameters", date.fromisoformat(AS_OF))
    listed = Counter(row["table"] for row in irregularities() if row["effect"] == "set_aside")
    found = {(row["source"], row["file"], row["line"]) for row in loaded.set_aside.to_pylist()}
    assert loaded.proven and set(loaded.tables) == set(TABLES)
    assert Counter(source for source, _, _ in found) == listed


def test_every_irregularity_is_in_the_table_it_names():
    texts = {name: "\n".join(path.read_text("cp1252" if name == "bookings" else "utf-8") for path in found)
             for name in TABLES for found in [files_of(name)]}  # fmt: skip
    texts["statement_lines"] += (SAMPLE / "statement_lines_usd.txt").read_text("latin-1")
    texts["statements"] += (SAMPLE / "statements_usd.txt").read_text("latin-1")
    texts["custody_positions"] += (SAMPLE / "custody_positions_saf_eu.fin").read_text()
    gone = (
        "missing",
        "not reported",
        "no booking",
        "never",
        "without an instruction",
        "not booked",
        "no filing",
        "left out",
        "nobody answers",
        "not taken",
    )
    for row in irregularities():
        assert row["table"] in TABLES and row["report"] in ("pnl", "deadlines", "anomalies")
        there = any(row["key"].split()[-1 if row["table"] == "prices" else 0] in text for text in [texts[row["table"]]])
        assert there or any(word in row["what"] for word in gone), row


@needs_source
def test_the_same_source_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "data"))
    from generator.readme import readme
    from generator.sample import build, save

    sample = build(SOURCE)
    save(sample, tmp_path / "sample")
    written = {
        path.relative_to(tmp_path / "sample"): path.read_bytes()
        for path in (tmp_path / "sample").rglob("*")
        if path.is_file()
    }
    committed = {path.relative_to(SAMPLE): path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
    assert sorted(written) == sorted(committed)
    assert [str(name) for name in written if written[name] != committed[name]] == []
    assert readme(sample, SAMPLE) == (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert "generator" in sys.modules
