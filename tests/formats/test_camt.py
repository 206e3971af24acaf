"""camt: versions, batches and reversals, on messages written here."""

from decimal import Decimal

import pytest

from bolib.errors import SourceError
from bolib.formats.camt import read
from bolib.formats.statements import prove, whole

DOCUMENT = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt><Id>S1</Id>
<ElctrncSeqNb>7</ElctrncSeqNb><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-30</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>
{entries}
</Stmt></BkToCstmrStmt></Document>
"""
ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}<BookgDt><Dt>2026-03-31</Dt></BookgDt>
<AcctSvcrRef>BANK-1</AcctSvcrRef><NtryDtls>{details}</NtryDtls><AddtlNtryInf>Batch of suppliers</AddtlNtryInf></Ntry>"""
PART = """<TxDtls><Refs><EndToEndId>{id}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt>
<RltdPties><Cdtr><Nm>{name}</Nm></Cdtr></RltdPties></TxDtls>"""


def statement(tmp_path, entries, closing="100.00", version="02"):
    path = tmp_path / "statement.xml"
    path.write_text(DOCUMENT.format(entries=entries, closing=closing, version=version), encoding="utf-8")
    [one] = whole(path, list(read(path, "utf-8")))
    prove(path, one)
    return one


def entry(amount, side="DBIT", more="<Sts>BOOK</Sts>", details=""):
    return ENTRY.format(amount=amount, side=side, more=more, details=details)


@pytest.mark.parametrize("status", ["<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", ""])
@pytest.mark.parametrize("version", ["02", "08"])
def test_versions_differ_in_how_a_status_is_said(tmp_path, version, status):
    one = statement(tmp_path, entry("40.00", more=status), "60.00", version)
    assert [(line.amount, line.status) for line in one.movements] == [(Decimal("-40.00"), "BOOK")]


def test_a_batch_is_told_apart_only_where_its_parts_give_the_entry(tmp_path):
    parts = PART.format(id="A", amount="15.00", name="Dupont") + PART.format(id="B", amount="25.00", name="Martin")
    one = statement(tmp_path, entry("40.00", details=parts), "60.00")
    assert [(line.amount, line.end_to_end_id, line.counterparty, line.text) for line in one.movements] == [
        (Decimal("-15.00"), "A", "Dupont", None), (Decimal("-25.00"), "B", "Martin", None)
    ]  # fmt: skip
    one = statement(tmp_path, entry("41.00", details=parts), "59.00")
    assert [(line.amount, line.text) for line in one.movements] == [(Decimal("-41.00"), "Batch of suppliers")]


def test_a_reversal_is_marked_and_its_sign_is_left_alone(tmp_path):
    one = statement(tmp_path, entry("40.00", "CRDT", "<RvslInd>true</RvslInd><Sts>BOOK</Sts>"), "140.00")
    assert [(line.amount, line.reversal) for line in one.movements] == [(Decimal("40.00"), True)]


def test_what_is_pending_is_read_and_not_counted(tmp_path):
    one = statement(tmp_path, entry("40.00", more="<Sts>PDNG</Sts>"))
    assert [line.status for line in one.movements] == ["PDNG"]


def test_declared_totals_are_part_of_the_proof(tmp_path):
    declared = "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>40.00</Sum></TtlNtries></TxsSummry>"
    with pytest.raises(SourceError, match="expected 2 entries, as TtlNtries declares, found 1"):
        statement(tmp_path, declared + entry("40.00"), "60.00")
