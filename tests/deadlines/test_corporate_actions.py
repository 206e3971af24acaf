"""What securities bring, worked out by hand: holdings, claims, tax, securities, choices, and why a receipt differs.

Apple's dividends of 3.29 and 0.47 and its 7:1 split are those of 2014, 613 weeks later: 5 February, 7 May and 9 March
2026. New York settles the next day, Paris two days later; 3 and 6 April 2026 are holidays of TARGET.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from drawn_day import PARAMETERS, drawn_day, found

from bolib.deadlines import produce
from bolib.deadlines.corporate_actions.terms import CLAIM, DUE_BILL, TRANSFORMATION
from bolib.deadlines.impact import impact
from bolib.rulebook import load_rulebook

APPLE, STEEL, GLASS, BOND, FUND = "US0378331005", "FR0099Z00116", "FR0099Z00124", "XS0099Z00059", "LU0099Z00134"
WORLD = {
    "instruments": """
        isin         | asset_class | currency | quotation | multiplier
        US0378331005 | EQUITY      | USD      | UNIT      | 1
        FR0099Z00116 | EQUITY      | EUR      | UNIT      | 1
        FR0099Z00124 | EQUITY      | EUR      | UNIT      | 1
        XS0099Z00059 | BOND        | EUR      | PERCENT   | 1
        LU0099Z00134 | ETF         | EUR      | UNIT      | 1
        JP3435000009 | EQUITY      | JPY      | UNIT      | 1
    """,
    "account_books": """
        account | book
        SAF     | CASH+HEDGE
    """,
    "opening_lots": """
        book  | isin         | trade_id | opened_on  | quantity
        CASH  | US0378331005 | T0       | 2025-06-02 | 1000
        CASH  | FR0099Z00116 | T0       | 2025-06-02 | 1005
        CASH  | FR0099Z00124 | T0       | 2025-06-02 | 1003
        CASH  | XS0099Z00059 | T0       | 2025-06-02 | 500000
        HEDGE | LU0099Z00134 | T0       | 2025-06-02 | -10
        CASH  | JP3435000009 | T0       | 2025-06-02 | 100
    """,
    "counterparties": """
        lei                  | name
        999900PONANTXXXXXX28 | Banque du Ponant
    """,
}
TRADES = """
    trade_id | version | action | book | isin         | side | quantity | trade_date | settlement_date | counterparty         | pset_bic | entered_at
    first    | 1       | NEW    | CASH | FR0099Z00124 | BUY  | 1        | 2025-10-02 | 2025-10-06      | 999900PONANTXXXXXX28 | SICVFRPP | 2025-10-02 09:00
"""
INSTRUCTIONS = """
    instruction_id | trade_id | movement | isin | quantity | intended_settlement_date | settled_quantity | settled_on | status | counterparty | place | matched_at
"""
DIVIDEND = """
    ca_id | isin         | type | ex_date    | record_date | pay_date   | amount | currency
    D1    | US0378331005 | DVCA | 2026-02-05 | 2026-02-05  | 2026-02-12 | 3.29   | USD
"""
PONANT = "999900PONANTXXXXXX28"


def deals(*rows: str) -> str:
    """Return the trades drawn so far and those of `rows`: id, book, isin, side, quantity, dealt, due."""
    text = TRADES
    for row in rows:
        name, book, isin, side, quantity, dealt, due = (part.strip() for part in row.split("|"))
        place = "DTCYUS33" if isin == APPLE else "SICVFRPP"
        text += f"    {name} | 1 | NEW | {book} | {isin} | {side} | {quantity} | {dealt} | {due} | {PONANT} | {place} | {dealt} 09:00\n"
    return text


def instructions(*rows: str) -> str:
    """Return settlements of `rows`: id, isin, RECE or DELI, quantity, due, settled quantity, settled on, matched at."""
    text = INSTRUCTIONS
    for row in rows:
        name, isin, movement, quantity, due, part, settled, matched = (cell.strip() for cell in row.split("|"))
        state, place = "SETT" if settled else "PENF", "DTCYUS33" if isin == APPLE else "SICVFRPP"
        text += f"    I-{name} | {name} | {movement} | {isin} | {quantity} | {due} | {part} | {settled} | {state} | {PONANT} | {place} | {matched}\n"
    return text


def day_of(as_of: str, **tables: str):
    """Return the day of the drawn tables in the world above, and its result."""
    day = given(as_of, **tables)
    return day, produce(day)


def given(as_of: str, **tables: str):
    """Return the day of the drawn tables in the world above."""
    return drawn_day("deadlines", as_of, **{"trades": TRADES, "settlements": INSTRUCTIONS, **WORLD, **tables})


def entitlement(result, ca_id: str, account: str = "SAF") -> dict:
    """Return what one account is entitled to on an event."""
    rows = result.tables["entitlements"]
    [row] = rows[(rows["ca_id"] == ca_id) & (rows["account"] == account)].to_dict("records")
    return {name: None if value is None or value != value else value for name, value in row.items()}


def claims(result) -> list[tuple]:
    """Return event, instruction, kind, direction, net or units, and state of each claim."""
    rows = result.tables["market_claims"].sort_values(["ca_id", "reference"]).astype(object)
    rows = rows.where(rows.notna(), None)
    kept = ("ca_id", "reference", "kind", "direction", "quantity", "net", "quantity_due", "state")
    return [tuple(str(row[name]) for name in kept) for row in rows.to_dict("records")]


RECEIPT = "ca_id | account | received_on | quantity | amount | tax | currency\n"


def test_a_dividend_is_the_holding_times_the_amount_less_the_tax():
    _, result = day_of("2026-02-12", corporate_actions=DIVIDEND)
    row = entitlement(result, "D1")
    assert (row["gross"], row["tax"], row["net"]) == (Decimal("3290.00"), Decimal("493.50"), Decimal("2796.50"))
    assert (row["position"], row["status"], row["tax_rule"]) == ("DEALS", "EXPECTED", "CA.tax.US")
    assert row["arithmetic"] == (
        "1,000 settled on 5 Feb 2026: 1,000 × 3.29 USD = 3,290.00, less 15 % tax 493.50 = 2,796.50"
    )


def test_apple_seven_for_one_and_the_dividend_after_it_on_the_new_shares():
    events = DIVIDEND + """
        S     | US0378331005 | SPLF | 2026-03-09 | 2026-03-06  | 2026-03-09 |        |
        D2    | US0378331005 | DVCA | 2026-05-07 | 2026-05-07  | 2026-05-14 | 0.47   | USD
    """
    lines = [line for line in events.strip().splitlines() if line.strip()]
    lines = [f"{lines[0]} | ratio_new | ratio_old"] + [f"{line} | {'7 | 1' if ' SPLF ' in line else ' | '}" for line in lines[1:]]
    deal = deals(f"before | HEDGE | {APPLE} | SELL | 300 | 2026-03-05 | 2026-03-06", f"after | CASH | {APPLE} | BUY | 70 | 2026-03-09 | 2026-03-10")
    _, result = day_of("2026-05-08", corporate_actions="\n".join(lines), trades=deal)
    split, dividend = entitlement(result, "S"), entitlement(result, "D2")
    assert (split["entitled_quantity"], split["quantity_due"], split["fraction"]) == (700, 4200, 0)
    # 700 x 7 + 70 = 4,970 new shares
    assert (dividend["entitled_quantity"], dividend["gross"]) == (4970, Decimal("2335.90"))


def test_a_coupon_is_per_hundred_of_nominal_and_a_redemption_pays_it_back():
    events = """
        ca_id | isin         | type | ex_date    | record_date | pay_date   | amount | currency
        C     | XS0099Z00059 | INTR | 2026-03-20 | 2026-03-19  | 2026-03-20 | 4.10   | EUR
        R     | XS0099Z00059 | REDM | 2026-03-20 | 2026-03-19  | 2026-03-20 | 100    | EUR
    """
    _, result = day_of("2026-03-31", corporate_actions=events)
    assert (entitlement(result, "C")["net"], entitlement(result, "R")["net"]) == (Decimal("20500.00"), Decimal("500000.00"))


def test_a_short_position_pays():
    events = """
        ca_id | isin         | type | ex_date    | record_date | pay_date   | amount | currency
        F     | LU0099Z00134 | DVCA | 2026-03-04 | 2026-03-05  | 2026-03-18 | 0.85   | EUR
    """
    receipt = RECEIPT + "F | SAF | 2026-03-18 | | -8.50 | 0.00 | EUR"
    _, result = day_of("2026-03-31", corporate_actions=events, ca_receipts=receipt)
    row = entitlement(result, "F")
    assert (row["net"], row["status"], row["tax_rule"]) == (Decimal("-8.50"), "RECEIVED", "CA.tax.LU")


@pytest.mark.parametrize(
    ("terms", "isin", "held", "due", "fraction"),
    [
        ("SPLR | 1 | 5", GLASS, 1004, -804, "0.8"),  # 1,003 and the one of the first deal: 200 new and 4/5 in cash
        ("BONU | 1 | 10", STEEL, 1005, 100, "0.5"),  # one more for ten
        ("SOFF | 3 | 20", STEEL, 1005, 150, "0.75"),
        ("RHTS | 1 | 1", STEEL, 1005, 1005, "0"),
        ("SPLR | 1 | 3", FUND, -10, 7, "-0.333333"),  # short: three are owed in place of ten, a third is paid
    ],
)
def test_securities_come_in_whole_units_and_the_fraction_in_cash(terms, isin, held, due, fraction):
    event = f"""
        ca_id | isin | type | ratio_new | ratio_old | ex_date    | record_date | pay_date
        S     | {isin} | {terms} | 2026-01-19 | 2026-01-20  | 2026-01-21
    """
    _, result = day_of("2026-02-02", corporate_actions=event)
    row = entitlement(result, "S")
    assert (row["entitled_quantity"], row["quantity_due"], row["fraction"]) == (held, due, Decimal(fraction))


CROSSING = (
    f"late | CASH | {APPLE} | BUY | 100 | 2026-02-04 | 2026-02-05",
    f"sold | HEDGE | {APPLE} | SELL | 40 | 2026-02-03 | 2026-02-04",
    f"early | CASH | {APPLE} | BUY | 7 | 2026-02-05 | 2026-02-05",
    f"quick | CASH | {APPLE} | SELL | 2 | 2026-02-05 | 2026-02-05",
    f"fine | CASH | {APPLE} | BUY | 10 | 2026-02-04 | 2026-02-05",
    f"ex | CASH | {APPLE} | BUY | 1000 | 2026-02-05 | 2026-02-06",
)
OF_CROSSING = (
    f"late | {APPLE} | RECE | 100 | 2026-02-05 | 100 | 2026-02-09 | 2026-02-04 10:00",
    f"sold | {APPLE} | DELI | 40 | 2026-02-04 | 0 |  | 2026-02-03 10:00",
    f"early | {APPLE} | RECE | 7 | 2026-02-05 | 7 | 2026-02-05 | 2026-02-05 10:00",
    f"quick | {APPLE} | DELI | 2 | 2026-02-05 | 2 | 2026-02-05 | 2026-02-05 10:00",
    f"fine | {APPLE} | RECE | 10 | 2026-02-05 | 10 | 2026-02-05 | 2026-02-04 10:00",
    f"ex | {APPLE} | RECE | 1000 | 2026-02-06 | 1000 | 2026-02-06 | 2026-02-05 10:00",
)


def test_deals_on_the_wrong_side_of_the_record_date_are_claims():
    tables = {"trades": deals(*CROSSING), "settlements": instructions(*OF_CROSSING)}
    _, result = day_of("2026-02-13", corporate_actions=DIVIDEND, ca_receipts=RECEIPT, **tables)
    row = entitlement(result, "D1")
    # settled: 1,000 + 7 - 2 + 10; dealt with the right: 1,000 + 100 - 40 + 10
    assert (row["eligible_quantity"], row["claimed_quantity"], row["entitled_quantity"]) == (1015, 55, 1070)
    assert claims(result) == [
        ("D1", "I-early", "REVERSE", "BY_US", "7.000000", "19.58", "None", "OPEN"),  # 23.03 less 3.45
        ("D1", "I-late", "CLAIM", "TO_US", "100.000000", "279.65", "None", "OPEN"),  # 329.00 less 49.35
        ("D1", "I-quick", "REVERSE", "TO_US", "2.000000", "5.59", "None", "OPEN"),  # 6.58 less 0.99
        ("D1", "I-sold", "CLAIM", "BY_US", "40.000000", "111.86", "None", "OPEN"),  # 131.60 less 19.74
    ]
    assert found(result, "CORPACT-06") == ["D1 I-late", "D1 I-quick"]
    assert found(result, "CORPACT-07") == ["D1 I-early", "D1 I-sold"]


@pytest.mark.parametrize(
    ("units", "cause", "states"),
    [
        (1070, None, "PAID PAID PAID PAID"),
        (1015, "CLAIM", "OPEN OPEN OPEN OPEN"),
        (970, "CLAIM", "PAID OPEN PAID PAID"),  # 1,070 without the 100 of `late`: early, late, quick, sold
        (1110, "CLAIM", "PAID PAID PAID OPEN"),
        (1077, "CLAIM", "OPEN PAID PAID PAID"),
        (1000, "SHORT", "UNTOLD UNTOLD UNTOLD UNTOLD"),
        (2000, "OVER", "UNTOLD UNTOLD UNTOLD UNTOLD"),
    ],
)
def test_the_claims_paid_are_read_off_what_came_in(units, cause, states):
    gross = Decimal("3.29") * units
    tax = (gross * Decimal("0.15")).quantize(Decimal("0.01"))
    receipt = RECEIPT + f"D1 | SAF | 2026-02-12 | | {gross - tax} | {tax} | USD"
    tables = {"trades": deals(*CROSSING), "settlements": instructions(*OF_CROSSING)}
    _, result = day_of("2026-02-13", corporate_actions=DIVIDEND, ca_receipts=receipt, **tables)
    assert entitlement(result, "D1")["cause"] == cause
    assert " ".join(row[-1] for row in claims(result)) == states


def test_where_two_claims_explain_it_alike_neither_is_called_unpaid():
    pair = [f"{name} | CASH | {APPLE} | BUY | 50 | 2026-02-04 | 2026-02-05" for name in ("one", "two")]
    open_ = [f"{name} | {APPLE} | RECE | 50 | 2026-02-05 | 0 | | 2026-02-04 10:00" for name in ("one", "two")]
    receipt = RECEIPT + "D1 | SAF | 2026-02-12 | | 2936.32 | 518.18 | USD"  # of 1,050
    tables = {"trades": deals(*pair), "settlements": instructions(*open_)}
    day, result = day_of("2026-02-13", corporate_actions=DIVIDEND, ca_receipts=receipt, **tables)
    assert [row[-1] for row in claims(result)] == ["UNTOLD", "UNTOLD"]
    assert found(result, "CORPACT-03") == ["D1 SAF"] and found(result, "CORPACT-06") == []
    assert [row["clocks"] for row in day.rows("unjudged") if row["rule"] == "CA.claim"] == [2]


def test_each_difference_has_its_cause():
    def cause(receipt: str, **tables: str) -> tuple:
        _, result = day_of("2026-02-16", corporate_actions=DIVIDEND, ca_receipts=RECEIPT + receipt, **tables)
        row = entitlement(result, "D1")
        return row["status"], row["cause"], str(row["difference"]), str(row["tax_difference"])

    assert cause("D1 | SAF | 2026-02-12 | | 2796.50 | 493.50 | USD") == ("RECEIVED", None, "0.00", "0.00")
    assert cause("D1 | SAF | 2026-02-12 | | 2796.48 | 493.52 | USD") == ("RECEIVED", None, "-0.02", "0.00")
    assert cause("D1 | SAF | 2026-02-16 | | 2796.50 | 493.50 | USD") == ("LATE", None, "0.00", "0.00")
    assert cause("D1 | SAF | 2026-02-12 | | 2303.00 | 987.00 | USD") == ("DIFFERENT", "TAX", "-493.50", "493.50")
    assert cause("D1 | SAF | 2026-02-12 | | 2796.50 | 493.50 | EUR") == ("DIFFERENT", "CURRENCY", "0.00", "0.00")
    assert cause("D1 | SAF | 2026-02-12 | | 2796.00 | 493.50 | USD") == ("DIFFERENT", "SHORT", "-0.50", "0.00")
    assert cause("D1 | SAF | 2026-02-12 | | 2800.00 | 493.50 | USD") == ("DIFFERENT", "OVER", "3.50", "0.00")
    assert cause("X | SAF | 2026-02-12 | | 2796.50 | 493.50 | USD") == ("MISSING", None, "None", "None")
    lent = "loan_ref | account | isin | quantity | direction | from_date | to_date\nL | SAF | US0378331005 | 200 | LENT | 2026-01-05 |"
    # 800 x 3.29 = 2,632.00 less 394.80
    assert cause("D1 | SAF | 2026-02-12 | | 2237.20 | 394.80 | USD", securities_loans=lent) == (
        "DIFFERENT", "LOAN", "-559.30", "0.00",
    )  # fmt: skip


def test_parts_of_a_payment_are_added_up_and_two_accounts_are_not():
    parts = RECEIPT + "D1 | SAF | 2026-02-12 | | 2000.00 | 400.00 | USD\nD1 | SAF | 2026-02-13 | | 796.50 | 93.50 | USD"
    _, result = day_of("2026-02-16", corporate_actions=DIVIDEND, ca_receipts=parts)
    assert entitlement(result, "D1")["status"] == "LATE"
    elsewhere = RECEIPT + "D1 | OTHER | 2026-02-12 | | 2796.50 | 493.50 | USD"
    _, result = day_of("2026-02-16", corporate_actions=DIVIDEND, ca_receipts=elsewhere)
    assert entitlement(result, "D1")["status"] == "MISSING"
    assert found(result, "CORPACT-14") == ["D1 OTHER"]


def test_the_custodians_statement_goes_before_the_settlements_and_a_break_shows():
    stated = """
        date       | account | isin         | balance_type | quantity
        2026-02-05 | SAF     | US0378331005 | AGGR         | 950
        2026-02-05 | SAF     | US0378331005 | PENR         | 60
        2026-02-05 | SAF     | US0378331005 | PEND         | 10
        2026-02-06 | SAF     | US0378331005 | AGGR         | 5000
    """
    receipt = RECEIPT + "D1 | SAF | 2026-02-12 | | 2516.85 | 444.15 | USD"  # of 900
    _, result = day_of("2026-02-13", corporate_actions=DIVIDEND, ca_receipts=receipt, custody_positions=stated)
    row = entitlement(result, "D1")
    assert (row["position"], row["eligible_quantity"], row["entitled_quantity"]) == ("CUSTODY", 900, 1000)
    assert (row["cause"], row["difference"]) == ("POSITION", Decimal("-279.65"))
    assert found(result, "CORPACT-03") == ["D1 SAF"]


def test_an_account_without_books_is_known_by_its_statement_or_its_clients():
    stated = "date | account | isin | balance_type | quantity\n2026-02-05 | NOMINEE | US0378331005 | SETT | 30"
    clients = """
        date       | client_account | isin         | quantity | custody_account
        2026-02-05 | C1             | US0378331005 | 11       | OMNIBUS
        2026-02-05 | C2             | US0378331005 | 9        | OMNIBUS
        2026-02-05 | C2             | US0378331005 | 9        | NOMINEE
    """
    _, result = day_of("2026-02-16", corporate_actions=DIVIDEND, custody_positions=stated, client_positions=clients, ca_receipts=RECEIPT)
    assert entitlement(result, "D1", "NOMINEE")["entitled_quantity"] == 30
    assert entitlement(result, "D1", "OMNIBUS")["gross"] == Decimal("65.80")
    assert found(result, "CORPACT-01") == ["D1 NOMINEE", "D1 OMNIBUS", "D1 SAF"]


def test_what_settled_in_part_is_no_claim_for_that_part():
    deal, sent = deals(CROSSING[0]), instructions(f"late | {APPLE} | RECE | 100 | 2026-02-05 | 70 | | 2026-02-04 10:00")
    steps = """
        instruction_id | at               | status | settled_quantity
        I-late         | 2026-02-05 16:00 | PENF   | 30
        I-late         | 2026-02-06 16:00 | PENF   | 70
    """
    _, result = day_of("2026-02-13", corporate_actions=DIVIDEND, trades=deal, settlements=sent, settlement_events=steps)
    assert entitlement(result, "D1")["claimed_quantity"] == 70
    _, result = day_of("2026-02-13", corporate_actions=DIVIDEND, trades=deal, settlements=sent)
    assert entitlement(result, "D1")["claimed_quantity"] == 30  # when the 70 came is not told


SPLITS = """
    ca_id | isin         | type | ratio_new | ratio_old | ex_date    | record_date | pay_date
    A     | US0378331005 | SPLF | 7         | 1         | 2026-03-09 | 2026-03-06  | 2026-03-09
    G     | FR0099Z00124 | SPLR | 1         | 5         | 2026-03-09 | 2026-03-10  | 2026-03-11
"""


def test_over_a_split_paris_replaces_the_instruction_and_new_york_owes_the_new_shares():
    deal = deals(
        f"ny | CASH | {APPLE} | BUY | 100 | 2026-03-06 | 2026-03-09",
        f"kept | CASH | {GLASS} | SELL | 500 | 2026-03-03 | 2026-03-05",
        f"replaced | CASH | {GLASS} | SELL | 250 | 2026-03-03 | 2026-03-05",
    )
    sent = instructions(
        f"ny | {APPLE} | RECE | 100 | 2026-03-09 | 100 | 2026-03-09 | 2026-03-06 10:00",
        f"kept | {GLASS} | DELI | 500 | 2026-03-05 | 0 | | 2026-03-03 10:00",
        f"replaced | {GLASS} | DELI | 50 | 2026-03-05 | 0 | | 2026-03-03 10:00",
    )
    receipts = RECEIPT + "A | SAF | 2026-03-09 | 6600 | | |\nG | SAF | 2026-03-11 | -804 | | |"
    _, result = day_of("2026-03-12", corporate_actions=SPLITS, trades=deal, settlements=sent, ca_receipts=receipts)
    assert claims(result) == [
        ("A", "I-ny", "DUE_BILL", "TO_US", "100.000000", "None", "600.000000", "PAID"),
        ("G", "I-kept", "TRANSFORMATION", "BY_US", "500.000000", "None", "400.000000", "NOT_REPLACED"),
        ("G", "I-replaced", "TRANSFORMATION", "BY_US", "250.000000", "None", "200.000000", "REPLACED"),
    ]
    # 1,004 held by the custodian, 750 of them sold: their replacement delivers them, not the account's receipt
    row = entitlement(result, "G")
    assert (row["eligible_quantity"], row["entitled_quantity"], row["quantity_due"]) == (1004, 1004, -804)
    assert (row["status"], entitlement(result, "A")["status"]) == ("RECEIVED", "RECEIVED")
    assert found(result, "CORPACT-10") == ["G I-kept"]


def test_nothing_that_was_known_later_is_used():
    late = DIVIDEND.replace("currency\n", "currency | known_at\n").replace("| USD", "| USD | 2026-02-06 09:00")
    _, result = day_of("2026-02-05", corporate_actions=late)
    assert result.tables["entitlements"].empty
    later = RECEIPT + "D1 | SAF | 2026-02-12 | | 2796.50 | 493.50 | USD"
    sent = instructions(f"late | {APPLE} | RECE | 100 | 2026-02-05 | 100 | 2026-02-09 | 2026-02-04 10:00")
    tables = {"corporate_actions": late, "trades": deals(CROSSING[0]), "settlements": sent, "ca_receipts": later}
    _, result = day_of("2026-02-06", **tables)
    row = entitlement(result, "D1")
    assert (row["status"], row["received_on"], row["claimed_quantity"]) == ("EXPECTED", None, 100)
    _, result = day_of("2026-02-11", **tables)
    assert result.tables["market_claims"]["settled_on"].tolist() == [date(2026, 2, 9)]


def test_before_the_record_date_the_holding_so_far_stands_for_it():
    _, result = day_of("2026-02-04", corporate_actions=DIVIDEND, trades=deals(CROSSING[0]))
    row = entitlement(result, "D1")
    assert (row["position"], row["entitled_quantity"], row["status"]) == ("PROJECTED", 1100, "EXPECTED")
    assert row["arithmetic"].startswith("1,100 so far: 1,100 × 3.29 USD")
    assert result.tables["market_claims"].empty


def test_the_books_of_an_account_share_its_entitlement_to_the_cent():
    deal = deals(f"h | HEDGE | {APPLE} | BUY | 1 | 2026-01-05 | 2026-01-06", f"c | CASH | {APPLE} | SELL | 998 | 2026-01-05 | 2026-01-06")
    event = DIVIDEND.replace("3.29  ", "0.335 ")
    _, result = day_of("2026-02-13", corporate_actions=event, trades=deal)
    rows = result.tables["entitlements_by_book"].sort_values("book").to_dict("records")
    # 3 x 0.335 = 1.005 -> 1.00; of CASH 2 x 0.335 = 0.67; each alone would be 0.67 and 0.34
    assert [(row["book"], row["quantity"], str(row["gross"])) for row in rows] == [("CASH", 2, "0.67"), ("HEDGE", 1, "0.33")]
    assert str(entitlement(result, "D1")["gross"]) == "1.00"


def test_a_book_in_two_accounts_tells_the_holding_of_neither():
    shared = "account | book\nSAF | CASH+HEDGE\nSAF2 | CASH"
    _, result = day_of("2026-02-13", corporate_actions=DIVIDEND, account_books=shared)
    assert result.tables["entitlements"].empty


def test_without_receipts_nothing_is_called_missing():
    _, result = day_of("2026-02-16", corporate_actions=DIVIDEND)
    assert entitlement(result, "D1")["status"] == "UNJUDGED"
    assert {item["status"] for item in result.checked if item["control"] in ("CORPACT-01", "CORPACT-06")} == {"off"}
    assert found(result, "CORPACT-01") == []


def test_no_rule_of_tax_is_a_finding_not_a_guess():
    event = """
        ca_id | isin         | type | ex_date    | record_date | pay_date   | amount | currency
        J     | JP3435000009 | DVCA | 2026-02-05 | 2026-02-06  | 2026-02-12 | 10     | JPY
    """
    receipt = RECEIPT + "J | SAF | 2026-02-12 | | 846.85 | 153.15 | JPY"
    _, result = day_of("2026-02-13", corporate_actions=event, ca_receipts=receipt)
    row = entitlement(result, "J")
    assert (row["tax_rate"], row["status"], row["difference"]) == (None, "RECEIVED", 0)
    assert found(result, "CORPACT-13") == ["JP DVCA"]


OPTIONAL = """
    ca_id | isin         | type | ex_date    | record_date | pay_date   | amount | currency | market_deadline
    O     | FR0099Z00116 | DVCA | 2026-03-31 | 2026-04-01  | 2026-04-20 | 0.35   | EUR      | 2026-04-10 15:00
"""


@pytest.mark.parametrize(
    ("as_of", "choice", "state", "controls"),
    [
        ("2026-03-31", "", "TO_ELECT", ["CORPACT-08"]),
        ("2026-03-27", "", "TO_ELECT", []),  # 6 TARGET days before 8 April
        ("2026-04-09", "", "OVERDUE", ["CORPACT-08"]),
        ("2026-04-10", "", "DEFAULTED", ["CORPACT-09"]),
        ("2026-04-09", "O | SAF | SECU | 2026-04-08", "ELECTED", []),
        ("2026-04-10", "O | SAF | SECU | 2026-04-09", "LATE", ["CORPACT-09"]),
        ("2026-04-13", "O | SAF | SECU | 2026-04-13", "TOO_LATE", ["CORPACT-09"]),
        ("2026-04-07", "O | SAF | SECU | 2026-04-08", "TO_ELECT", ["CORPACT-08"]),  # chosen tomorrow
        ("2026-04-07", "O | SAF | | ", "TO_ELECT", ["CORPACT-08"]),
    ],
)
def test_a_choice_is_made_two_business_days_before_the_market_closes(as_of, choice, state, controls):
    elections = f"ca_id | account | option | elected_on\n{choice}".strip()
    _, result = day_of(as_of, corporate_actions=OPTIONAL, elections=elections)
    [row] = result.tables["choices"].to_dict("records")
    # Good Friday and Easter Monday are closed: 8 April is two days before the 10th
    assert (row["state"], str(row["due_date"]), row["default_option"]) == (state, "2026-04-08", "CASH")
    assert row["arithmetic"] == "2 TARGET days before 10 Apr 2026 → 8 Apr 2026"
    assert (row["quantity"], row["net"]) == (1005, Decimal("351.75"))
    assert sorted({name for name in result.findings["control"] if name.startswith("CORPACT")}) == controls


def test_an_unmatched_delivery_must_be_matched_before_the_depository_stops_looking():
    event = OPTIONAL.replace("2026-03-31 | 2026-04-01", "2026-03-03 | 2026-03-04").replace("2026-04-10 15:00", "")
    deal = deals(f"open | CASH | {STEEL} | BUY | 200 | 2026-03-02 | 2026-03-04")
    sent = instructions(f"open | {STEEL} | RECE | 200 | 2026-03-04 | 0 | | ")
    day, result = day_of("2026-03-31", corporate_actions=event, trades=deal, settlements=sent)
    # 20 days of T2S from 4 March: 19 until the 31st, 1 April
    [clock] = [row for row in day.rows("deadlines") if row["rule"] == "CA.claim.detection"]
    assert (clock["key"], str(clock["due_date"]), clock["days_left"]) == ("O I-open", "2026-04-01", 1)
    assert found(result, "CORPACT-11") == ["O I-open"]


def test_a_type_of_event_has_one_way_of_settling_claims_in_each_place():
    book = load_rulebook(PARAMETERS / "rulebook")
    given = [book.rules(name)[0].parameters for name in (CLAIM, TRANSFORMATION, DUE_BILL)]
    pairs = [(kind, place) for rule in given for kind in rule["types"] for place in rule.get("places", [""])]
    assert len(pairs) == len(set(pairs))
    everywhere = {kind for kind, place in pairs if not place}
    assert everywhere == {"DVCA", "INTR", "CAPD", "BONU", "SOFF", "RHTS", "SPLF", "SPLR", "REDM"}


def test_what_a_rate_of_another_date_would_withhold_is_an_outcome():
    day = given("2026-02-12", corporate_actions=DIVIDEND)
    rule = day.rulebook.rules("CA.tax.US")[0]
    today, later = (replace(rule, parameters={"rates": {"DVCA": rate}}) for rate in (15, 30))
    today = replace(today, valid_to=date(2026, 12, 31))
    versions = day.rulebook.versions | {"CA.tax.US": (today, replace(later, valid_from=date(2027, 1, 1)))}
    day.rulebook = replace(day.rulebook, versions=versions)
    [row] = [row for row in impact(day, date(2027, 1, 4)).to_pylist() if row["rule"] == "CA.tax.US"]
    assert (row["key"], row["before"], row["after"], row["amount"]) == ("D1 SAF", "493.50", "987.00", Decimal("493.50"))


def test_the_banks_own_tax_status_goes_before_the_rule_of_the_country():
    day = given("2026-02-12", corporate_actions=DIVIDEND)
    own = replace(day.rulebook.rules("CA.tax.US")[0], id="CA.tax.US.bank", parameters={"rates": {"DVCA": 30}})
    day.rulebook = replace(day.rulebook, versions=day.rulebook.versions | {"CA.tax.US.bank": (own,)})
    row = entitlement(produce(day), "D1")
    assert (row["tax_rule"], row["tax"]) == ("CA.tax.US.bank", Decimal("987.00"))


def test_a_stricter_limit_of_the_banks_own_is_a_second_clock_and_no_second_row():
    day = given("2026-04-07", corporate_actions=OPTIONAL, elections="ca_id | account | option | elected_on")
    own = replace(day.rulebook.rules("CA.election")[0], id="CA.election.own", delay=-4, stricter_than="CA.election")
    day.rulebook = replace(day.rulebook, versions=day.rulebook.versions | {"CA.election.own": (own,)})
    result = produce(day)
    clocks = [(row["rule"], str(row["due_date"])) for row in day.rows("deadlines") if row["object_type"] == "election"]
    assert sorted(clocks) == [("CA.election", "2026-04-08"), ("CA.election.own", "2026-04-02")]
    assert len(result.tables["choices"]) == len(result.tables["entitlements"]) == 1
