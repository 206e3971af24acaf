"""What is to be checked of a deal before it is booked, and which control watches it, in this report or another."""

from typing import NamedTuple


class Check(NamedTuple):
    """One check of the pack: what it asks, the controls that watch it, and what no table lets them see.

    Where the load watches it, a record that fails is set aside: `reasons` are words of those that belong to it.
    """

    id: str
    asks: str
    controls: tuple[str, ...]
    unseen: str = ""
    reasons: tuple[str, ...] = ()


COHERENCE = (
    Check("C01", "Price within the day's range and the instrument's own habits; a bond's interest and yield",
          ("COH-11", "COH-12", "COH-24", "COH-25"), "the yield as dealt: no table has it, the price gives it"),
    Check("C02", "Gross amount is quantity x price x multiplier, and net follows", ("LOAD-05",),
          reasons=("gross_amount is not quantity", "net_amount is not gross")),
    Check("C03", "Settlement date fits market, cycle and calendars", ("SETTLE-03", "SETTLE-04", "COH-09", "COH-14")),
    Check("C04", "Trade date is a day a market is open, not in the future", ("COH-08",)),
    Check("C05", "Quantity in whole lots, and not below the minimum", ("COH-13", "COH-22")),
    Check("C06", "Identifiers have their check digits", ("LOAD-05",), reasons=("check digit",)),
    Check("C07", "Counterparty, settlement instruction and place are in force",
          ("COH-15", "COH-16", "COH-17", "COH-18", "COH-23", "SETTLE-13"),
          "instructions over the counter: they are kept by market"),
    Check("C08", "Fees and taxes as the grid and the law give them", ("COH-19", "FILING-12")),
    Check("C09", "Not recorded twice, fills of one order apart", ("DUP-01", "DUP-02")),
    Check("C10", "Known to both offices", ("COH-01", "COH-02")),
    Check("C11", "In the same version, with the same fields", ("COH-03", "COH-04", "COH-10")),
    Check("C12", "Recorded on its day, before the close", ("COH-06", "COH-20")),
    Check("C13", "Not changed once confirmed", ("COH-21",)),
    Check("C14", "In the currency of the instrument", ("LOAD-05",), reasons=("currency is not the instrument's",)),
    Check("C15", "Not bought and sold back at once", ("CON-01",)),
    Check("C16", "Within limits in force that were approved", ("ORD-08", "ORD-09", "ORD-10", "PNL-16")),
    Check("C17", "Entered by one, approved by another", ("COH-05", "COH-07")),
)  # fmt: skip

CONCEALMENT = (
    Check("F01", "Cancelled before its confirmation and dealt again", ("CON-02",), "margin calls: no table has them"),
    Check("F02", "Cancelled across a reporting date", ("CON-03",)),
    Check("F03", "Counterparty technical for days", ("CON-04",)),
    Check("F04", "Start deferred beyond what is usual", ("COH-09", "SETTLE-03")),
    Check("F05", "Manual result taken back within days", ("CON-05",)),
    Check("F06", "Gross amount out of the trader's habits or limits", ("CON-06", "ORD-08")),
    Check("F07", "Not confirmed for days", ("SETTLE-11",)),
    Check("F08", "No leave, or at work while on leave", ("CON-07", "CON-08")),
    Check("F09", "The same explanation again and again", ("CON-09",)),
    Check("F10", "Cash that is not the deal's", ("CON-10", "FUN-03", "SETTLE-16"), "margins: no table has them"),
)

ORDERS = (
    Check("O1", "Dealt as ordered: side, instrument, book, currency, quantity; allotted to clients as dealt",
          ("ORD-01", "ORD-02", "ORD-12"), "whether a client exists: no table lists those of the desk"),
    Check("O2", "At the limit or better, after the order", ("ORD-03", "ORD-04")),
    Check("O3", "On an order that is known and alive", ("ORD-05",)),
    Check("O4", "Covered in securities and cash, the client's and our own", ("ORD-06", "ORD-07", "ORD-11"),
          "cash of accounts the ledger does not have"),
    Check("O5", "Instructed in time and as dealt; every operation in one state",
          ("FUN-01", "FUN-02", "FUN-03", "FUN-04", "FUN-05")),
)  # fmt: skip

PACK = (*COHERENCE, *CONCEALMENT, *ORDERS)
