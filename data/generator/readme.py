"""data/README.md, written from the sample itself so that it cannot say anything else."""

from collections import Counter
from datetime import date
from pathlib import Path

from generator.days import SHARES_MOVED
from generator.instruments import SHORT_NAME
from generator.parties import BOOKS, SHORT_ALLOWED
from generator.sample import FILES, Sample

ZIPLINE = "quantopian/zipline test resources, Apache-2.0"
REAL = {
    "prices": (
        "real closes, lows and highs of 2014, moved 613 weeks, for six American shares; made up for the rest",
        ZIPLINE,
    ),
    "corporate_actions": (
        "dividends of the six American shares and AAPL's 7:1 split are real, moved 613 weeks; the rest made up",
        ZIPLINE,
    ),
    "fx_rates.csv": (
        "real, of the days themselves, not moved; the rate of SEK is a planted fault",
        "European Central Bank, euro reference rates, free with the source named",
    ),
    "complaints/cfpb.csv": (
        "real complaints of October 2014, moved 595 weeks",
        "Consumer Financial Protection Bureau, US Government work",
    ),
    "market_fail_balances": (
        "real balances of fails of the six American shares of 1 to 12 February 2021, moved 265 weeks; prices are of 2021",
        "US Securities and Exchange Commission, US Government work",
    ),
    "instruments": (
        "names, ISINs and markets of the six American shares are real; bonds and European securities are made up",
        "public facts",
    ),
}
"""File -> what is real in it, and where it comes from; every other file is made up from end to end."""

HEAD = """# The sample day: 31 March 2026

`data/sample/` holds one day of a bank's operations and the six months before it, small enough to read, whole enough to
run every report. It is written by `python data/make_sample.py`: the same real input gives the same bytes. This file is
written by the same script; `sample/irregularities.yml` lists what was made wrong on purpose.

**What is real**: closes, dividends and the split of six American shares, the ECB's rates, the CFPB's complaints.
**What is made up**: everything else: books, people, counterparties, deals, settlements, accounts, loans, cards.
Made-up securities and parties say "(invented)" in their name; their identifiers have right check digits and belong to nobody
(LEIs of the unassigned issuer 9999). The real companies have nothing to do with the deals shown here.

## What was moved

- Share prices and events of 2014 by exactly 613 weeks (4,291 days): 2 January 2014 becomes 2 October 2025, 9 June 2014
  (AAPL's split) becomes 9 March 2026; weekdays hold. AAPL, MSFT, BRK_A and ZEN come from the unadjusted archive; IBM
  and KO from their own files of 2014, when neither split. ZEN was first quoted on 15 May 2014, here 12 February 2026.
- CFPB complaints of October 2014 by exactly 595 weeks: `Date received` becomes `sent_on`, `Date sent to company`
  becomes `received_on`, `Company response` becomes `outcome`, product and issue become `subject`. Products `Credit card` and
  `Money transfers` are of kind PAYMENT, the others BANKING. The source has no date of answer: none is invented.
  `Timely response?`, company, state and postal code are left out.
- The ECB's rates were not moved: 2025 and 2026 as published.

## Who is who

Business days are TARGET's. Deals are known when they were entered, by 18:00 UTC; usual ones minutes after being made.
The custodian's AGGR balance is the dealt position, at SAF-EU less what is lent; AVAI what is settled and free; PLED what is pledged as collateral;
PENR and PEND what is still to be received and to be delivered. A transfer between books has the giver in `from_book` and the bank itself as counterparty.
"""

FILES_HEAD = """## Every file

Canonical form (UTF-8, comma, ISO dates, dot) except `bookings.csv` (cp1252, `;`, French names, decimal comma, a
trailer with rows and net amount), `fx_rates.csv` (with a byte order mark), the two `_usd.txt` files (Latin-1, `|`,
American dates; one with a trailer) and `custody_positions_saf_eu.fin` (SWIFT MT535). Licences and notices are in `sample/LICENSES/`.

"""

CARRIED_HEAD = """## Holidays that no longer match

On these business days the moved New York calendar of 2014 was closed. The generator carries the close before: such
rows of `prices.csv` have neither low nor high, and nothing is dealt in these shares that day.

"""
HOLIDAYS = {
    (1, 20): "Martin Luther King Day",
    (2, 17): "Washington's Birthday",
    (4, 18): "Good Friday",
    (5, 26): "Memorial Day",
}


def readme(sample: Sample, out: Path) -> str:
    """Return the text of data/README.md for the sample written into `out`."""
    parts = (HEAD, _books(), _files(sample, out), _carried(sample), _left_out(sample), _irregularities(sample))
    return "\n".join(parts)


def _table(head: str, rows: list[tuple]) -> str:
    lines = [f"| {head} |", "|" + "---|" * (head.count("|") + 1)]
    return "\n".join([*lines, *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)]) + "\n"


def _books() -> str:
    rows = [
        (book, desk, trader, currency, method, "yes" if costs else "no", "yes" if book in SHORT_ALLOWED else "no")
        for book, desk, trader, currency, method, costs in BOOKS
    ]
    return _table("book | desk | trader | currency | cost | fees in cost | may be short", rows)


def _files(sample: Sample, out: Path) -> str:
    rows = []
    for name, content in sorted(sample.rows.items()):
        file = name if "." in name else f"{name}.csv"
        table = FILES.get(name, (name,))[0]
        nature, source = REAL.get(name, ("made up", "this project"))
        size = f"{(out / file).stat().st_size / 1000:,.1f} kB"
        rows.append((f"`{file}`", f"`{table}`", len(content), size, nature, source))
    return FILES_HEAD + _table("file | table | rows | size | real or made up | source and licence", rows)


def _carried(sample: Sample) -> str:
    days: dict = {}
    for row in sample.notes["carried"]:
        days.setdefault(row["date"], []).append(SHORT_NAME[row["isin"]])
    head = "day | was | shares carried"
    return CARRIED_HEAD + _table(
        head, [(day, _was(day), ", ".join(sorted(names))) for day, names in sorted(days.items())]
    )


def _was(day: date) -> str:
    old = day - SHARES_MOVED
    return f"{old}, {HOLIDAYS[old.month, old.day]}"


def _left_out(sample: Sample) -> str:
    found: Counter = sample.notes["left out"]
    reasons = "; ".join(f"{count}: {reason}" for reason, count in sorted(found.items()))
    return (
        "## Complaints left out\n\nThe file holds what the bank could have on the evening of 31 March 2026. "
        f"Left out of the source's 7,248 rows: {reasons}.\n"
    )


def _irregularities(sample: Sample) -> str:
    entries = sample.planted.entries
    aside = sum(1 for entry in entries if entry["effect"] == "set_aside")
    names = ("id", "table", "key", "what", "control", "report")
    rows = [tuple(str(entry[name]).replace("|", "\\|") for name in names) for entry in entries]
    text = "## What was made wrong on purpose\n\n"
    text += f"{len(entries)} irregularities, {aside} of them rows that the loading must set aside.\n\n"
    return text + _table("id | table | key | what | control that should find it | report", rows)
