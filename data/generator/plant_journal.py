"""Entries by hand that no total betrays: split, doubled, on the wrong account, lettered wrongly, or waiting for too long."""

from datetime import date
from decimal import Decimal as D

from generator.accounting import manual_entry
from generator.days import AS_OF, after
from generator.planting import Planted

EVE = after(AS_OF, -1)
SPLIT_DAY, TWICE_DAY, LETTERED = date(2026, 3, 27), date(2026, 3, 26), dict(letter="B", letter_date=date(2026, 3, 30))


def habits(planted: Planted) -> list[dict]:
    """Return the entries; the controls that find them look at how people write, not at sums."""
    _note(
        planted, "r.simon 618000 467000 2026-03-27", "9,600 and 9,850, just under the limit of approval", "split entry"
    )
    _note(planted, "MAN 000013", "the market data subscription of 25 March a second time", "duplicate entry")
    _note(planted, "MAN 000014 303100", "by hand on an account that interfaces keep", "manual on automated account")
    _note(planted, "467000 — B", "200.00 and 190.00 lettered together", "lettering")
    _note(planted, "MAN 000017 1", "in suspense since 16 February", "old suspense item")
    doubled = manual_entry(13, TWICE_DAY, "618000", "467000", D("910.40"), "abonnement données de marché")
    return [
        *manual_entry(11, SPLIT_DAY, "618000", "467000", D("9600.00"), "honoraires, acompte"),
        *manual_entry(12, SPLIT_DAY, "618000", "467000", D("9850.00"), "honoraires, solde"),
        *(line | dict(document_ref="OD-0005") for line in doubled),
        *manual_entry(14, SPLIT_DAY, "303100", "467000", D("1512.30"), "écart de valorisation"),
        *_lettered(manual_entry(15, date(2026, 3, 24), "618000", "467000", D("200.00"), "frais de dossier"), "467000"),
        *_lettered(manual_entry(16, date(2026, 3, 30), "467000", "702900", D("190.00"), "remboursement"), "467000"),
        *manual_entry(17, date(2026, 2, 16), "472000", "467000", D("4310.00"), "virement sans référence"),
    ]


def misrecord(lines: list[dict], planted: Planted) -> None:
    """Record the loss of one book 9,000.00 above what it was, on both lines of its entry."""
    book = "GOV-EUR"
    for line in lines:
        if line["document_ref"] == f"RES-{book}-{EVE:%Y%m%d}":
            side = "debit" if line["debit"] else "credit"
            line[side] += D("9000.00")
    _note(planted, f"{book} {EVE}", "a loss 9,000.00 above the book's own", "result against ledger")


def _note(planted: Planted, key: str, what: str, control: str) -> None:
    planted.add("journal", key, what, control, "anomalies")


def _lettered(lines: list[dict], account: str) -> list[dict]:
    return [line | LETTERED if line["account"] == account else line for line in lines]
