"""Cash penalties of drawn instructions, from the tables to the net of the month; amounts worked out by hand.

March 2026: 23 March is a Monday, Paris is one hour ahead of UTC until the 29th and two from then on.
"""

from datetime import date

import pandas as pd
from drawn_day import PARAMETERS, drawn_day, found

from bolib.deadlines import produce
from bolib.deadlines.impact import impact
from bolib.rulebook import load_rulebook

THEM = "999900PONANTXXXXXX28"
WORKED = ["2026-03-23", "2026-03-24", "2026-03-25", "2026-03-26", "2026-03-27", "2026-03-30", "2026-03-31"]
INSTRUMENTS = """
    isin  | asset_class | currency | quotation | multiplier | penalty_class
    LIQ   | EQUITY      | EUR      | UNIT      | 1          | LIQUID_SHARE
    SME   | EQUITY      | EUR      | UNIT      | 1          | SME
    SOV   | BOND        | EUR      | PERCENT   | 1          | SOVEREIGN
    USB   | BOND        | USD      | PERCENT   | 1          | OTHER_DEBT
    NEW   | EQUITY      | EUR      | UNIT      | 1          |
    UNPR  | EQUITY      | EUR      | UNIT      | 1          | LIQUID_SHARE
"""
PRICES = "date | isin | source | price | currency\n" + "\n".join(
    f"{day} | {isin} | CLOSE | 100 | {currency}"
    for day in WORKED
    for isin, currency in (("LIQ", "EUR"), ("SME", "EUR"), ("SOV", "EUR"), ("USB", "USD"), ("NEW", "EUR"))
)
RATES = "date | currency | rate\n" + "\n".join(f"{day} | USD | 1.25" for day in WORKED)
HEAD = (
    "instruction_id | movement | payment | isin | quantity | amount | currency | intended_settlement_date | matched_at"
    " | settled_on | status | reason | place | trade_venue | accepted_at | counterparty_accepted_at | settled_quantity"
    " | counterparty\n"
)
STEPS = "instruction_id | at | status | reason | settled_quantity | hold\n"


def instruction(name: str, isin: str = "LIQ", quantity: str = "10000", **more: str) -> str:
    """Return a line of instructions: 10,000 shares delivered against payment, due on Tuesday 24 March, failing."""
    usual = {
        "movement": "DELI", "payment": "APMT", "amount": "990000.00", "currency": "EUR", "due": "2026-03-24",
        "matched": "2026-03-20 09:00", "settled": "", "status": "PENF", "reason": "LACK", "place": "SICVFRPP",
        "venue": "XPAR", "ours": "2026-03-20 08:00", "theirs": "2026-03-20 09:00", "done": "0",
    }  # fmt: skip
    one = usual | more
    order = ("due", "matched", "settled", "status", "reason", "place", "venue", "ours", "theirs", "done")
    first = [name, one["movement"], one["payment"], isin, quantity, one["amount"], one["currency"]]
    return " | ".join([*first, *(one[key] for key in order), THEM])


def settled(name: str, on: str, isin: str = "LIQ", quantity: str = "10000", **more: str) -> str:
    return instruction(name, isin, quantity, settled=on, status="SETT", reason="", done=quantity, **more)


def computed(lines: list[str], steps: list[str] = (), reported: str = "", as_of: str = "2026-03-31", **tables: str):
    """Return the result of the day of these instructions, and the lines computed."""
    given = {"instruments": INSTRUMENTS, "prices": PRICES, "fx_rates": RATES} | tables
    given |= {"settlements": HEAD + "\n".join(lines)}
    given |= {"settlement_events": STEPS + "\n".join(steps)} if steps else {}
    head = "penalty_id | instruction_id | date | type | amount | currency | direction\n"
    given |= {"penalties": head + reported} if reported else {}
    result = produce(drawn_day("deadlines", as_of, **given))
    rows = result.tables["penalties_computed"].sort_values(["instruction_id", "date", "type", "direction"])
    return result, rows.to_dict("records")


def told(rows: list[dict], *columns: str) -> list[str]:
    """Return some columns of each row as one text, a missing value as -."""
    return [" ".join("-" if pd.isna(row[name]) else str(row[name]) for name in columns) for row in rows]


def fails(name: str, day: str = "2026-03-24", reason: str = "LACK", done: str = "0", hold: str = "false") -> str:
    return f"{name} | {day} 16:30 | PENF | {reason} | {done} | {hold}"


def test_the_examples_of_the_reference_sheet():
    lines = [settled("share", "2026-03-27"), settled("state", "2026-03-31", "SOV", "10000000")]
    result, rows = computed(lines, [fails("share"), fails("state")])
    amounts = result.tables["penalties_computed"].groupby("instruction_id")["amount"].sum()
    # 1,000,000 of liquid shares, 3 days; 10 million of sovereign debt, 5 days
    assert {name: str(amount) for name, amount in amounts.items()} == {"share": "300.00", "state": "500.00"}
    assert told(rows, "date")[:3] == ["2026-03-24", "2026-03-25", "2026-03-26"]
    assert {row["direction"] for row in rows} == {"DEBIT"}


WHO_FAILS = {
    # movement, payment, reason -> who pays at which rate; cash is 2.40 % a year: 1,000,000 x 2.40 % / 360 = 66.67
    "DELI APMT LACK": ["DEBIT 100.00 1.00000000"],
    "RECE APMT LACK": ["CREDIT 100.00 1.00000000"],
    "RECE APMT CLAC": ["CREDIT 100.00 1.00000000"],
    "RECE APMT MONY": ["DEBIT 66.67 0.66666667"],
    "DELI APMT MONY": ["CREDIT 66.67 0.66666667"],
    "DELI APMT CMON": ["CREDIT 66.67 0.66666667"],
    "DELI APMT PREA": ["DEBIT 100.00 1.00000000"],
    "RECE APMT PREA": ["DEBIT 66.67 0.66666667"],
    "RECE FREE PREA": ["DEBIT 100.00 1.00000000"],
    "DELI APMT PRCY": ["CREDIT 66.67 0.66666667"],
    "DELI APMT BOTH": ["CREDIT 66.67 0.66666667", "DEBIT 100.00 1.00000000"],
}


def test_the_reason_says_who_pays_and_at_which_rate():
    sides = {name: dict(zip(("movement", "payment"), name.split(), strict=False)) for name in WHO_FAILS}
    lines = [settled(name, "2026-03-25", **side) for name, side in sides.items()]
    _, rows = computed(lines, [fails(name, reason=name[-4:]) for name in WHO_FAILS])
    by_name = {name: [row for row in rows if row["instruction_id"] == name] for name in WHO_FAILS}
    assert {name: told(mine, "direction", "amount", "rate_bp") for name, mine in by_name.items()} == WHO_FAILS


def test_an_instruction_on_hold_fails_by_its_side_whatever_the_reason_says():
    steps = [fails("ours", reason="LACK", hold="true"), fails("both", reason="PRCY", hold="true")]
    _, rows = computed([settled(name, "2026-03-25", movement="RECE") for name in ("ours", "both")], steps)
    assert told(rows, "instruction_id", "direction", "amount") == [
        "both CREDIT 100.00", "both DEBIT 66.67", "ours DEBIT 66.67",
    ]  # fmt: skip


def test_what_settles_in_part_is_no_longer_charged_from_that_day():
    part = "one | 2026-03-25 10:00 | PEND | LACK | 4000 | false"
    steps = [fails("one"), part, fails("one", "2026-03-26", done="4000")]
    _, rows = computed([settled("one", "2026-03-27")], steps)
    assert told(rows, "date", "quantity", "amount") == [
        "2026-03-24 10000.000000 100.00", "2026-03-25 6000.000000 60.00", "2026-03-26 6000.000000 60.00",
    ]  # fmt: skip


def test_late_matching_is_charged_to_the_last_to_instruct_until_the_day_it_matched():
    # 25 March, 14:59 UTC is 15:59 in Paris: it could still settle that day; a minute later it could not
    before = instruction("before", matched="2026-03-25 14:59", theirs="2026-03-25 14:59")
    after = instruction("after", matched="2026-03-25 15:00", ours="2026-03-25 15:00")
    steps = [fails(name, "2026-03-26") for name in ("before", "after")]
    _, rows = computed([before, after], [*steps, fails("before", "2026-03-25")], as_of="2026-03-26")
    assert told(rows, "instruction_id", "date", "type", "direction", "charged_on") == [
        "after 2026-03-24 LMFP DEBIT 2026-03-25",
        "after 2026-03-25 LMFP DEBIT 2026-03-25",
        "after 2026-03-26 SEFP DEBIT 2026-03-26",
        "before 2026-03-24 LMFP CREDIT 2026-03-25",
        "before 2026-03-25 SEFP DEBIT 2026-03-25",
        "before 2026-03-26 SEFP DEBIT 2026-03-26",
    ]
    # receiving against payment, the late side lacks cash: ours on the first, theirs delivers on the second
    assert [str(row["amount"]) for row in rows if row["type"] == "LMFP"] == ["100.00", "100.00", "66.67"]


def test_the_cut_off_follows_the_clocks_of_paris():
    # on 30 March, in summer, 16:00 in Paris is 14:00 UTC
    summer = instruction("one", due="2026-03-30", matched="2026-03-30 14:00", ours="2026-03-30 14:00")
    _, rows = computed([summer], [fails("one", "2026-03-31")])
    assert told(rows, "date", "type") == ["2026-03-30 LMFP", "2026-03-31 SEFP"]


def test_where_no_securities_are_exchanged_the_amount_is_charged_at_the_cash_rate():
    one = settled("one", "2026-03-25", quantity="0", movement="RECE", amount="1000000.00")
    _, rows = computed([one], [fails("one", reason="MONY")])
    assert told(rows, "quantity", "amount", "direction") == ["1000000.000000 66.67 DEBIT"]


def test_a_day_on_which_the_payment_system_is_closed_is_charged_free_of_payment_only():
    # Good Friday is 3 April, Easter Monday the 6th: the depositories are open, the euro does not settle
    free = instruction("free", payment="FREE", due="2026-04-02")
    dear = instruction("against", due="2026-04-02")
    prices = PRICES + "\n2026-04-02 | LIQ | CLOSE | 100 | EUR\n2026-04-07 | LIQ | CLOSE | 101 | EUR"
    steps = [fails("free", "2026-04-02"), fails("against", "2026-04-02")]
    _, rows = computed([free, dear], steps, as_of="2026-04-07", prices=prices)
    assert told(rows, "instruction_id", "date", "reference_price") == [
        "against 2026-04-02 100.00000000",
        "against 2026-04-07 101.00000000",
        "free 2026-04-02 100.00000000",
        "free 2026-04-03 100.00000000",
        "free 2026-04-06 100.00000000",
        "free 2026-04-07 101.00000000",
    ]


def test_the_growth_market_rate_needs_a_deal_made_on_one():
    there = settled("there", "2026-03-25", "SME", venue="ALXP")
    elsewhere = settled("elsewhere", "2026-03-25", "SME", venue="")
    _, rows = computed([there, elsewhere], [fails("there"), fails("elsewhere")])
    assert told(rows, "instruction_id", "amount", "why") == [
        "elsewhere - growth market instrument dealt elsewhere, its class there not told", "there 25.00 -",
    ]  # fmt: skip


def test_international_depositories_charge_in_euros_and_those_outside_csdr_nothing():
    lines = [settled(place, "2026-03-25", "USB", currency="USD", place=place) for place in ("MGTCBEBE", "DTCYUS33")]
    _, rows = computed(lines, [fails("MGTCBEBE"), fails("DTCYUS33")])
    # 10,000 at 100 % x 0.20 bp = 0.20 USD = 0.16 EUR at 1.25
    assert told(rows, "instruction_id", "amount", "currency") == ["MGTCBEBE 0.16 EUR"]


def test_what_cannot_be_known_is_listed_and_never_guessed():
    today = {"due": "2026-03-31"}
    lines = {
        "no penalty class of the instrument": ("NEW", today),
        "no price of the day": ("UNPR", today),
        "depository not known to charge penalties or not": ("LIQ", today | {"place": "INSECHZZ"}),
        "no reason given": ("LIQ", today | {"reason": ""}),
        "reason does not say who failed": ("LIQ", today | {"reason": "CYCL"}),
        "no overnight rate of the currency known for the day": ("LIQ", today | {"currency": "USD", "reason": "MONY"}),
        "no step tells quantity and reason of that evening": ("LIQ", {"settled": "2026-03-25", "status": "SETT"}),
        "cancelled on a day no step tells": ("LIQ", {"status": "CANC"}),
        "matched at a moment no step tells": ("LIQ", today | {"matched": ""}),
        "who instructed last is not told": (
            "LIQ",
            {"matched": "2026-03-25 09:00", "settled": "2026-03-25", "status": "SETT", "theirs": ""},
        ),
    }
    result, rows = computed([instruction(why, isin, **more) for why, (isin, more) in lines.items()])
    assert told(rows, "instruction_id", "amount", "cause", "why") == [
        f"{why} - NOT_COMPUTED {why}" for why in sorted(lines)
    ]
    assert [key.rsplit(" ", 1)[0] for key in found(result, "PENAL-05")] == sorted(lines)


def test_after_the_last_rate_known_a_lack_of_cash_is_listed():
    prices = PRICES.replace("2026-03-23", "2026-11-03").replace("2026-03-24", "2026-11-04")
    one = instruction("one", due="2026-11-03", matched="2026-11-02 09:00", reason="MONY")
    steps = [fails("one", "2026-11-03", "MONY")]
    _, rows = computed([one], steps, as_of="2026-11-04", prices=prices)
    # 1,000,000 x 2.90 % / 360 = 80.56 until the day before the next decision could count
    assert told(rows, "date", "amount") == ["2026-11-03 80.56", "2026-11-04 -"]


LIVES = [fails("one"), fails("two")]
REPORTED = {
    # for 24 March, of which 100.00 DEBIT is due -> difference, cause
    "as due": ("SEFP | 100.00 | EUR | DEBIT", "0.00 -"),
    "cent": ("SEFP | 100.01 | EUR | DEBIT", "-0.01 ROUNDING"),
    "half": ("SEFP | 50.00 | EUR | DEBIT", "50.00 RATE"),
    "price": ("SEFP | 99.00 | EUR | DEBIT", "1.00 PRICE"),
    "unknown": ("SEFP | 77.77 | EUR | DEBIT", "22.23 UNEXPLAINED"),
    "side": ("SEFP | 100.00 | EUR | CREDIT", "200.00 DIRECTION"),
    "kind": ("LMFP | 100.00 | EUR | DEBIT", "0.00 TYPE"),
    "dollars": ("SEFP | 100.00 | USD | DEBIT", "- CURRENCY"),
}


def test_a_difference_has_its_cause():
    prices = PRICES.replace("2026-03-23 | LIQ | CLOSE | 100", "2026-03-23 | LIQ | CLOSE | 99")
    reported = "\n".join(f"P-{name} | {name} | 2026-03-24 | {line}" for name, (line, _) in REPORTED.items())
    lines = [settled(name, "2026-03-25") for name in REPORTED]
    _, rows = computed(lines, [fails(name) for name in REPORTED], reported, prices=prices)
    wanted = sorted(f"{name} {expected}" for name, (_, expected) in REPORTED.items())
    assert told(rows, "instruction_id", "difference", "cause") == wanted


def test_days_reported_and_not_due_due_and_not_reported_and_not_yet_reported():
    reported = """
        P1 | one      | 2026-03-24 | SEFP | 100.00 | EUR | DEBIT
        P2 | one      | 2026-03-24 | SEFP | 100.00 | EUR | DEBIT
        P3 | one      | 2026-03-26 | SEFP | 100.00 | EUR | DEBIT
        P4 | abroad   | 2026-03-26 | SEFP | 7.00   | EUR | CREDIT
        P5 | nobody's | 2026-03-26 | SEFP | 7.00   | EUR | CREDIT
        P6 | two      | 2026-03-27 | SEFP | 9.00   | EUR | DEBIT
    """
    lines = [instruction("one"), settled("abroad", "2026-03-25", place="CRSTGB22"), settled("two", "2026-03-24")]
    result, rows = computed(lines, LIVES, reported.strip())
    assert told(rows, "instruction_id", "date", "penalty_id", "difference", "cause") == [
        "abroad 2026-03-26 P4 7.00 SCOPE",
        "nobody's 2026-03-26 P5 7.00 SCOPE",
        "one 2026-03-24 P1 0.00 -",
        "one 2026-03-24 P2 -100.00 DUPLICATE",
        "one 2026-03-25 - 100.00 DAYS",
        "one 2026-03-26 P3 0.00 -",
        "one 2026-03-27 - 100.00 DAYS",
        "one 2026-03-30 - 100.00 DAYS",
        "one 2026-03-31 - - -",  # the report of the day comes the day after
        "two 2026-03-27 P6 -9.00 DAYS",
    ]
    assert found(result, "PENAL-02") == ["P2", "P4", "P5", "P6"]
    assert found(result, "PENAL-03") == [f"one 2026-03-{day} SEFP" for day in (25, 27, 30)]


def test_without_a_report_nothing_is_compared():
    result, rows = computed([instruction("one")], LIVES[:1])
    assert set(told(rows, "reported", "difference", "cause")) == {"- - -"}
    assert {item["control"]: item["status"] for item in result.checked}["PENAL-03"] == "off"


def test_a_late_match_reported_in_one_row_is_compared_with_the_total_of_its_days():
    late = settled("one", "2026-03-27", matched="2026-03-26 09:00", ours="2026-03-26 09:00")
    whole = "P | one | 2026-03-26 | LMFP | 210.00 | EUR | DEBIT"
    _, rows = computed([late], [fails("one", "2026-03-26")], whole)
    assert told(rows, "date", "type", "amount", "reported", "difference", "cause") == [
        "2026-03-24 LMFP 100.00 - - -",
        "2026-03-25 LMFP 100.00 210.00 -10.00 UNEXPLAINED",
        "2026-03-26 SEFP 100.00 - 100.00 DAYS",
    ]


def test_the_net_of_a_month_adds_up_and_its_differences_are_those_of_its_lines():
    reported = "P | one | 2026-03-24 | SEFP | 90.00 | EUR | DEBIT\nQ | two | 2026-03-24 | SEFP | 66.67 | EUR | CREDIT"
    lines = [settled("one", "2026-03-25"), settled("two", "2026-03-25")]
    result, _ = computed(lines, [fails("one"), fails("two", reason="MONY")], reported)
    [net] = result.tables["penalties_net"].to_dict("records")
    names = ("month", "to_pay", "to_receive", "net", "reported_net", "difference", "disputed", "appeal_until")
    assert " ".join(str(net[name]) for name in names) == "2026-03 100.00 66.67 -33.33 -23.33 10.00 10.00 2026-04-14"


def test_what_fails_this_evening_is_told_by_counterparty_with_its_cost_so_far():
    waiting = instruction("waiting", matched="", theirs="", status="NMAT", reason="CMIS", due="2026-03-30")
    result, rows = computed([instruction("one", due="2026-03-27"), waiting], [fails("one", "2026-03-27")])
    pending = result.tables["penalties_pending"].sort_values("type").to_dict("records")
    assert told(pending, "type", "reason", "direction", "a_day", "so_far") == [
        "LMFP NMAT CREDIT 66.67 133.34",  # theirs has not come: it lacks cash, for two days
        "SEFP LACK DEBIT -100.00 -300.00",
    ]
    assert {row["instruction_id"] for row in rows} == {"one"}  # nothing is charged before it matches


CYCLE = {  # of the month before; appeal, report, payment
    2026: {12: (14, 18, 24)},
    2027: {1: (15, 21, 27), 2: (12, 18, 24), 3: (12, 18, 24), 4: (14, 20, 26), 5: (14, 20, 26), 6: (14, 18, 24),
           7: (14, 20, 26), 8: (13, 19, 25), 9: (14, 20, 24), 10: (14, 20, 26), 11: (12, 18, 24)},
}  # fmt: skip


def test_the_dates_of_the_monthly_cycle():
    book = load_rulebook(PARAMETERS / "rulebook")
    for year, months in CYCLE.items():
        for month, wanted in months.items():
            before = date(year, month - 1, 9) if month > 1 else date(year - 1, 12, 9)
            due = [book.due(rule, before).due_date for rule in ("A-34.appeal", "A-34.report", "A-34.payment")]
            assert due == [date(year, month, day) for day in wanted]
    # December 2024: the 18th penalty day is 26 December, on which TARGET is closed; before April 2023 it was the 17th
    assert book.due("A-34.payment", date(2024, 11, 5)).due_date == date(2024, 12, 27)
    assert book.due("A-34.payment", date(2023, 2, 6)).due_date == date(2023, 3, 23)
    assert book.due("A-34.payment", date(2023, 3, 6)).due_date == date(2023, 4, 26)


def test_clocks_run_until_the_dates_of_the_cycle_and_end_with_them():
    reported = "P | one | 2026-03-24 | SEFP | 77.77 | EUR | DEBIT"
    for as_of, wanted in (
        ("2026-04-14", ["A-34.appeal 2026-04-14", "A-34.payment 2026-04-24", "A-34.report 2026-04-20"]),
        ("2026-04-15", ["A-34.payment 2026-04-24", "A-34.report 2026-04-20"]),
        ("2026-04-27", []),
    ):
        result, _ = computed([settled("one", "2026-03-25")], LIVES[:1], reported, as_of=as_of)
        clocks = result.tables["deadlines"].query("object_type == 'penalty_month'").sort_values("rule")
        assert told(clocks.to_dict("records"), "rule", "due_date") == wanted
        assert found(result, "PENAL-04") == [f"2026-03 {THEM} EUR"]  # coming, or gone by for less than 20 days


def test_a_difference_of_price_is_no_ground_for_an_appeal():
    prices = PRICES.replace("2026-03-23 | LIQ | CLOSE | 100", "2026-03-23 | LIQ | CLOSE | 99")
    reported = "P | one | 2026-03-24 | SEFP | 99.00 | EUR | DEBIT"
    result, _ = computed([settled("one", "2026-03-25")], LIVES[:1], reported, as_of="2026-04-14", prices=prices)
    assert found(result, "PENAL-01") == ["P"]
    assert found(result, "PENAL-04") == []


def test_the_rules_of_another_date_change_the_amounts():
    lines = HEAD + "\n".join([settled("one", "2026-03-25"), settled("two", "2026-03-25")])
    steps = STEPS + "\n".join([fails("one", reason="MONY"), fails("two")])
    given = {"instruments": INSTRUMENTS, "prices": PRICES, "fx_rates": RATES}
    day = drawn_day("deadlines", "2026-03-31", settlements=lines, settlement_events=steps, **given)
    [changed] = [row for row in impact(day, date(2026, 9, 16)).to_pylist() if row["object_type"] == "penalty"]
    # from 2.40 % to 2.90 % a year on 1,000,000; the rate on shares stays
    told_of = ("key", "rule", "before", "after", "amount")
    assert told([changed], *told_of) == ["one 2026-03-24 SEFP CREDIT A3.overnight.EUR 66.67 80.56 13.89"]


def test_what_became_known_later_is_not_used():
    dated = PRICES.replace("EUR", "EUR |").replace("USD", "USD |").replace("currency", "currency | known_at")
    prices = f"{dated}\n2026-03-24 | LIQ | CLOSE | 200 | EUR | 2026-04-01 09:00"
    steps = [fails("one"), "one | 2026-04-01 09:00 | PEND | LACK | 9000 | false"]
    _, rows = computed([settled("one", "2026-04-01")], steps, prices=prices)
    assert {str(row["amount"]) for row in rows} == {"100.00"}
    _, later = computed([settled("one", "2026-04-01")], steps, prices=prices, as_of="2026-04-01")
    assert [str(row["amount"]) for row in later] == ["200.00", *["100.00"] * 5]


def test_on_the_sample_all_penalties_agree_but_those_made_wrong_each_with_its_cause(sample_result):
    rows = sample_result("deadlines").tables["penalties_computed"]
    causes = rows[rows["cause"].notna()].set_index("penalty_id")["cause"].to_dict()
    assert {key: cause for key, cause in causes.items() if isinstance(key, str)} == {
        "P260206-001-0211C": "PRICE",
        "P260206-001-0212C": "QUANTITY",
        "P260220-010-0224C": "NOT_COMPUTED",
        "P260223-019-0304C": "UNEXPLAINED",
        "P260310-999": "DAYS",
        "P260313-007-0317": "RATE",
        "P260327-998": "SCOPE",
    }
    rest = rows[rows["cause"].isna()]
    assert len(rest) == 34 and (rest["amount"] == rest["reported"]).all()
