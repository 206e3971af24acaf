"""Every rule that a clock or control on clients uses has an answer worked out by hand, with its source.

A rule with a clock has a date in DATES; one that gives figures has them in FIGURES; one that is a condition is proven by
a test named in PROVEN, or by the hand-made examples of its control. A rule in none of them fails.
"""

from datetime import date
from pathlib import Path

import pytest

from bolib.arrears import deductions
from bolib.control import catalogue
from bolib.coverage import watchers
from bolib.rulebook import load_rulebook

HERE = Path(__file__).parent
PARAMETERS = HERE.parents[1] / "parameters"
BOOK = load_rulebook(PARAMETERS / "rulebook")
SUBJECTS = tuple(f"deadlines/{name}" for name in ("instalments", "recovery", "complaints", "cards", "estates"))
CONTROLS = {item.id: item for item in catalogue("deadlines", PARAMETERS) if str(item.path.parent).endswith(SUBJECTS)}

DATES = {
    # rule: event, last day, source. In 2026 Good Friday is 3 April, Easter Monday 6 April (a French holiday)
    "D.instalment.due": ("2026-03-31", "2026-03-31", "the schedule: past due from the next day"),
    "D-05": ("2024-02-29", "2026-02-28", "CRR 47a: two years; no 29 February in 2026"),
    "D-12": ("2026-03-16", "2026-03-23", "C. conso. L312-36: at once; 5 days end on Saturday the 21st"),
    "D-14": ("2026-02-02", "2026-03-04", "Cass. 29 May 2024: 15 days too few, 30 taken; 26 in February, 4 in March"),
    "D-19": ("2024-02-29", "2026-02-28", "C. conso. R312-35: two years; CPC 641: no such day, the last of the month"),
    "D-20": ("2024-08-31", "2026-08-31", "C. conso. L218-2: two years"),
    "D-21": ("2021-08-31", "2026-08-31", "C. civ. 2224: five years"),
    "D-23": ("2026-03-05", "2026-03-12", "Arrêté of 26 October 2010: at once; 5 jours ouvrés are the 6th, 9th to 12th"),
    "D-23.delay": ("2026-03-02", "2026-04-01", "Arrêté of 26 October 2010, article 5: 30 days, 29 in March"),
    "D-24.declare": ("2026-03-02", "2026-04-08", "then 4 jours ouvrés: 2, 3, 7, 8 April; Easter Monday is none"),
    "D-24.remove": ("2026-03-27", "2026-04-02", "C. conso. L752-1: 4 jours ouvrés: 30, 31 March, 1, 2 April"),
    "D-24.kept": ("2021-03-31", "2026-03-31", "C. conso. L752-1: five years"),
    "D-25.decision": ("2025-11-30", "2026-02-28", "C. conso. R721-4: three months; no 30 February"),
    "D-25.stop": ("2026-03-02", "2028-03-02", "C. conso. L722-3: two years"),
    "D-26.plan": ("2024-02-29", "2031-02-28", "C. conso. L733-1: seven years"),
    "D-32.reminder": ("2026-01-01", "2026-01-06", "practice: J+5, a Tuesday"),
    "D-32.call": ("2026-01-01", "2026-01-16", "practice: J+15, a Friday"),
    "D-32.letter": ("2026-01-01", "2026-02-02", "practice: J+30 is Saturday 31 January"),
    "D-32.notice": ("2026-01-01", "2026-03-02", "practice: J+60, a Monday: 30 + 28 + 2"),
    "D-32.transfer": ("2026-01-01", "2026-04-01", "practice: J+90: 30 + 28 + 31 + 1"),
    "D-32.termination": ("2026-01-01", "2026-06-01", "practice: J+150 is Sunday 31 May"),
    "D-32.action": ("2026-05-15", "2026-11-15", "the bank's choice: six months"),
    "D-32.writeoff": ("2026-01-01", "2029-01-01", "practice: 36 months"),
    "D-32.promise": ("2026-03-20", "2026-03-20", "the day promised"),
    "D.guarantee.expiry": ("2026-03-15", "2026-03-15", "its last day"),
    "E-03": ("2026-04-30", "2026-05-04", "CMF L133-18: next business day; 1 May, then a weekend"),
    "E-05": ("2026-01-31", "2027-02-28", "CMF L133-24: 13 months; no 31 February"),
    "E-05.outside.eea": ("2026-01-31", "2026-04-11", "CMF L133-24: 70 days: 28 + 31 + 11"),
    "E-06.answer": ("2026-03-23", "2026-04-07", "CMF L133-25-1: 10 business days; banks are closed on Easter Monday"),
    "E2.visa.dispute": ("2025-12-01", "2026-03-31", "Visa: 120 days: 30 + 31 + 28 + 31"),
    "E2.visa.dispute.authorisation": ("2026-03-31", "2026-06-14", "Visa 11.x: 75 days, from memory: 30 + 31 + 14"),
    "E2.visa.dispute.delivery": ("2026-03-31", "2026-07-29", "Visa 13.x: 120 days of the delivery: 30 + 31 + 30 + 29"),
    "E2.visa.dispute.last": ("2026-03-31", "2027-09-22", "Visa 13.x: 540 days: 365 + 30 + 31 + 30 + 31 + 31 + 22"),
    "E2.visa.response": ("2026-03-12", "2026-04-11", "Visa: 30 days"),
    "E2.visa.prearbitration": ("2026-03-02", "2026-04-01", "Visa: 30 days"),
    "E2.visa.arbitration": ("2026-03-20", "2026-03-30", "Visa: 10 days, from memory"),
    "E2.mastercard.dispute": ("2026-03-02", "2026-05-31", "Mastercard: 90 days: 29 + 30 + 31"),
    "E2.mastercard.dispute.cardholder": ("2026-03-02", "2026-06-30", "Mastercard: 120 days: 29 + 30 + 31 + 30"),
    "E2.mastercard.response": ("2026-03-12", "2026-04-26", "Mastercard: 45 days: 19 + 26"),
    "E2.mastercard.prearbitration": ("2026-03-02", "2026-04-01", "Mastercard: 30 days"),
    "E2.mastercard.arbitration": ("2026-03-20", "2026-05-04", "Mastercard: 45 days: 11 + 30 + 4"),
    "E2.cb.dispute": ("2026-03-02", "2026-05-31", "CB: not public; 90 days taken"),
    "E2.cb.response": ("2026-03-12", "2026-04-11", "CB: not public; 30 days taken"),
    "E2.cb.prearbitration": ("2026-03-02", "2026-04-01", "CB: not public; 30 days taken"),
    "E2.cb.arbitration": ("2026-03-20", "2026-03-30", "CB: not public; 10 days taken"),
    "E2.presentment.present": ("2026-03-06", "2026-03-13", "7 days (Mastercard), the longer of two"),
    "E2.presentment.online": ("2026-03-06", "2026-03-16", "10 days (Visa), the longer of two"),
    "F-01.ack": ("2027-04-30", "2027-05-15", "ACPR 2024-R-02: 10 ouvrables: 3-5, 7, 10-15 May; 1, 6, 8 May are holidays"),
    "F-01.answer": ("2026-12-31", "2027-02-28", "ACPR 2024-R-02: two months, CPC 641; not put off to Monday"),
    "F-02.answer": ("2026-12-21", "2027-01-13", "CMF L133-45: 15 business days: 22-24, 28-31 December, 4-8, 11-13 January"),
    "F-02.final": ("2026-12-21", "2027-02-10", "CMF L133-45: 35 business days: 20 more are four weeks"),
    "F-02.promised": ("2026-04-05", "2026-04-05", "CMF L133-45: the day announced itself, also a Sunday"),
    "F-03.ack": ("2027-04-30", "2027-05-15", "AMF DOC-2012-07: 10 jours ouvrables"),
    "F-03.answer": ("2026-12-31", "2027-02-28", "AMF DOC-2012-07: two months"),
    "G-01": ("2026-01-23", "2026-01-26", "practice: next jour ouvré after a Friday"),
    "G-08": ("2026-03-06", "2026-03-21", "CGI 806 I: 15 days, a Saturday: not put off"),
    "G-12": ("2024-02-29", "2025-02-28", "CMF L312-19: 12 months"),
    "G-13.account": ("2025-03-31", "2026-03-31", "CMF L312-19: 12 months"),
    "G-13.savings": ("2021-02-28", "2026-02-28", "CMF L312-19: 5 years"),
    "G-14.death": ("2024-02-29", "2027-02-28", "CMF L312-20: 3 years"),
    "G-14.death.notice": ("2023-08-31", "2026-02-28", "CMF L312-20: 6 months before 3 years"),
    "G-14.inactive": ("2016-02-29", "2026-02-28", "CMF L312-20: 10 years"),
    "G-14.inactive.notice": ("2016-08-31", "2026-02-28", "CMF L312-20: 6 months before 10 years"),
    "G-14.pel": ("2006-03-31", "2026-03-31", "CMF L312-20: 20 years"),
    "G-14.pel.notice": ("2006-08-31", "2026-02-28", "CMF L312-20: 6 months before 20 years"),
}

FIGURES = {
    # rule: day, figures, source
    "D-01": ("2026-03-31", {"days": 90}, "CRR 178(1)(b)"),
    "D-02": ("2026-03-31", {"thresholds": {"RETAIL": {"level": "FACILITY", "amount": 100, "percent": 1},
                                           "OTHER": {"level": "OBLIGOR", "amount": 500, "percent": 1}}}, "2018/171, 1"),
    "D-04": ("2026-03-31", {"months": 3, "forborne_months": 12}, "EBA/GL/2016/07, 71 and 72"),
    "D-07": ("2026-03-31", {"days": 30}, "IFRS 9, 5.5.11"),
    "D-08": ("2026-03-31", {"days": 90}, "IFRS 9, B5.5.37"),
    "D-15": ("2026-03-31", {"percent": 8}, "C. conso. D312-16"),
    "D-16": ("2026-03-31", {"percent": 8, "postponed_percent": 4}, "C. conso. D312-17"),
    "D-17": ("2026-03-31", {"points": 3, "percent": 7}, "C. conso. R313-26 and R313-28"),
    "G-03": ("2026-01-01", {"ceiling": "5965.00"}, "CMF L312-1-4; arrêté of 24 December 2025"),
    "G-05": ("2026-01-01", {"free_below": "5965.00", "percent": "1", "ceiling": "857.00"}, "CMF D312-1-3; 2025-1363"),
}  # fmt: skip

DEDUCTED = {
    # rule: from the first day of which year as non-performing, how much own funds bear. CRR 47c, of 29 February 2024
    "D-09": {"2026-02-28": 35, "2027-02-28": 100},
    "D-10": {"2027-02-28": 25, "2028-02-29": 35, "2029-02-28": 55, "2030-02-28": 70, "2031-02-28": 80,
             "2032-02-29": 85, "2033-02-28": 100},
    "D-11": {"2027-02-28": 25, "2028-02-29": 35, "2029-02-28": 55, "2030-02-28": 80, "2031-02-28": 100},
}  # fmt: skip

PROVEN = {
    "D.payment.once": "ARREARS-05",
    "D.payment.named": "ARREARS-11",
    "D.pause.once": "ARREARS-06",
    "D-06.pause": "test_days_of_a_pause_are_left_out_of_both_counts_once",
    "D-13": "test_what_is_due_comes_first_then_the_most_onerous_then_the_oldest_then_in_proportion",
    "D-13.interest": "test_a_part_payment_pays_fees_and_interest_first_and_termination_makes_the_capital_due",
    "D-32": "RECOV-01",
    "E2.atm.count": "CARD-04",
    "E2.stage.known": "CARD-05",
    "F-02.holding": "COMPL-14",
    "F-06": "COMPL-09",
    "F.repeated": "COMPL-10",
    "F.linked": "COMPL-13",
    "F.answer.recorded": "COMPL-08",
    "F-07": "test_a_complaint_that_contests_a_payment_owes_the_earliest_of_its_clocks",
    "G.documents": "ESTATE-05",
}
"""Conditions: the control whose examples were made by hand, or the test, that proves each."""


def used():
    """Return the rules that a clock, a control or a preparation on clients acts on."""
    found = watchers(BOOK, PARAMETERS)
    return sorted(rule for rule, names in found.items() if any(n in CONTROLS or n.startswith(SUBJECTS) for n in names))


@pytest.mark.parametrize("rule", used())
def test_a_rule_on_clients_has_an_answer_worked_out_by_hand(rule):
    assert any(rule in known for known in (DATES, FIGURES, DEDUCTED, PROVEN)), "work out an answer by hand, with its source"


@pytest.mark.parametrize("rule", DATES)
def test_the_last_day_is_the_one_worked_out_by_hand(rule):
    event, last, source = DATES[rule]
    due = BOOK.due(rule, date.fromisoformat(event))
    assert (due.rule.id, str(due.due_date)) == (rule, last), source


@pytest.mark.parametrize("rule", FIGURES)
def test_the_figures_are_those_of_the_text(rule):
    day, figures, source = FIGURES[rule]
    found = BOOK.at(rule, date.fromisoformat(day)).parameters
    assert {name: found[name] for name in figures} == figures, source


@pytest.mark.parametrize("rule", DEDUCTED)
def test_own_funds_bear_as_much_as_the_regulation_says_year_by_year(rule):
    found = deductions(date(2024, 2, 29), BOOK.rules(rule)[-1].parameters["percents"])
    assert {str(row.day): row.percent for row in found} == DEDUCTED[rule]


@pytest.mark.parametrize("rule", PROVEN)
def test_a_condition_is_proven_by_a_control_or_a_test_that_exists(rule):
    name = PROVEN[rule]
    paths = (*HERE.glob("test_*.py"), HERE.parent / "test_arrears.py")
    texts = "".join(path.read_text(encoding="utf-8") for path in paths)
    assert CONTROLS[name].rule == rule if name in CONTROLS else f"def {name}(" in texts


@pytest.mark.parametrize("rule", sorted(set(DATES) - {"E-05", "E-05.outside.eea"}))
def test_a_clock_on_clients_says_who_must_know_and_when(rule):
    """Limits that open no clock of their own, and notices that others wait for, need no ladder."""
    waits = {"D-05", "D-14", "D-23.delay", "D-25.stop", "D-26.plan", "E2.presentment.present", "E2.presentment.online"}
    assert bool(BOOK.rules(rule)[-1].escalation) == (rule not in waits)
