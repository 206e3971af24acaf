"""What a reader sees: figures, tables, verdicts. The only package that displays.

A notebook calls these functions, each with the day's result, and shows what they return; the same
output is drawn in JupyterLab and, by `page.py`, in the static page.
"""

from bolib.report.accounts import account_sheets, journals, ledger_comparisons
from bolib.report.aged import aged_balance, aged_by_owner
from bolib.report.agenda import agenda, lateness
from bolib.report.arrears import arrears
from bolib.report.breaches import changes, findings
from bolib.report.cards import cash_counts, cash_machines, disputes
from bolib.report.causes import causes
from bolib.report.charts import contributors, history, waterfall
from bolib.report.clearing import card_legs, machine_ledger
from bolib.report.clocks import deadlines_by_rule, unjudged
from bolib.report.complaints import complaint_causes, complaints, complaints_received
from bolib.report.corporate_actions import choices, coming_events, entitlements, market_claims
from bolib.report.defaults import contagion, defaults
from bolib.report.depot import depositaries_asked, holdings_compared, holdings_open, quantity_accounting
from bolib.report.earnings import headline, results_by
from bolib.report.estates import estates, quiet_accounts
from bolib.report.filings import (
    client_documents,
    filing_faults,
    filings_by_regime,
    filings_open,
    obligations,
    obligations_after_events,
    transaction_tax,
)
from bolib.report.holdings import positions
from bolib.report.incidence import findings_by_age, findings_by_control
from bolib.report.incidents import incident_losses, incidents_to_declare
from bolib.report.oddities import unusual_amounts, unusual_series
from bolib.report.offices import deals_compared
from bolib.report.operations import checks_before_booking, funnel, office_differences, operations_by_state
from bolib.report.penalties import (
    penalties_by_day,
    penalties_by_month,
    penalties_unknown,
    penalty_differences,
    pending_penalties,
)
from bolib.report.processing import backlog, paths, repeated, slower, stock, waiting
from bolib.report.proof import completeness, controls, provenance, rules, set_aside, unwatched, verdict
from bolib.report.reconciliation import (
    breaks,
    breaks_by_class,
    breaks_by_counterparty,
    four_quadrants,
    match_sample,
    match_suggestions,
    matching_quality,
    tolerated,
    tolerated_days,
)
from bolib.report.recovery import guarantees, limitations, protected_borrowers, recovery
from bolib.report.residuals import unusual_residuals
from bolib.report.rolling import arrears_history, roll_rates, roll_trend
from bolib.report.running import deadlines_table
from bolib.report.settlement import (
    ageing,
    fail_rates,
    fail_trend,
    market_fails,
    open_fails,
    partial_settlements,
    settlement_chains,
)
from bolib.report.standing import deadlines_by_owner, standing
from bolib.report.suspense import suspense_by_age, suspense_items
from bolib.report.turnover import standing_by_control, standing_by_owner
from bolib.report.unusual import alerts

__all__ = [
    "account_sheets",
    "aged_balance",
    "aged_by_owner",
    "ageing",
    "agenda",
    "alerts",
    "arrears",
    "arrears_history",
    "backlog",
    "breaks",
    "breaks_by_class",
    "breaks_by_counterparty",
    "card_legs",
    "cash_counts",
    "cash_machines",
    "changes",
    "checks_before_booking",
    "causes",
    "choices",
    "client_documents",
    "coming_events",
    "complaint_causes",
    "complaints",
    "complaints_received",
    "completeness",
    "contagion",
    "contributors",
    "controls",
    "deadlines_by_owner",
    "deadlines_by_rule",
    "deadlines_table",
    "deals_compared",
    "defaults",
    "depositaries_asked",
    "disputes",
    "entitlements",
    "estates",
    "fail_rates",
    "fail_trend",
    "filing_faults",
    "filings_by_regime",
    "filings_open",
    "findings",
    "findings_by_age",
    "findings_by_control",
    "four_quadrants",
    "funnel",
    "guarantees",
    "headline",
    "history",
    "holdings_compared",
    "holdings_open",
    "incident_losses",
    "incidents_to_declare",
    "journals",
    "lateness",
    "ledger_comparisons",
    "limitations",
    "machine_ledger",
    "market_claims",
    "market_fails",
    "match_sample",
    "match_suggestions",
    "matching_quality",
    "obligations",
    "obligations_after_events",
    "office_differences",
    "open_fails",
    "operations_by_state",
    "partial_settlements",
    "paths",
    "penalties_by_day",
    "penalties_by_month",
    "penalties_unknown",
    "penalty_differences",
    "pending_penalties",
    "positions",
    "protected_borrowers",
    "provenance",
    "quantity_accounting",
    "quiet_accounts",
    "recovery",
    "repeated",
    "results_by",
    "roll_rates",
    "roll_trend",
    "rules",
    "set_aside",
    "settlement_chains",
    "slower",
    "standing",
    "standing_by_control",
    "standing_by_owner",
    "stock",
    "suspense_by_age",
    "suspense_items",
    "tolerated",
    "tolerated_days",
    "transaction_tax",
    "unjudged",
    "unusual_amounts",
    "unusual_residuals",
    "unusual_series",
    "unwatched",
    "verdict",
    "waiting",
    "waterfall",
]
