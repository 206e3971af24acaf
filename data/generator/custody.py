"""What the custodians say is held: the books' positions, account by account; one of them sends MT535."""

from collections import defaultdict
from datetime import date
from decimal import Decimal as D

from generator.days import AS_OF, after
from generator.dealing import Market
from generator.instruments import ISIN
from generator.knowledge import latest, positions
from generator.parties import ACCOUNT_OF
from generator.settlement import settled_net

EVENINGS = (date(2026, 2, 27), after(AS_OF, -1), AS_OF)
CLIENT_ACCOUNT = "SAF-CLIENTS"
UNPLEDGED = {("SAF-US", "KO"): D(2_000), ("SAF-US", "MSFT"): D(0), ("SAF-UST", "UST34"): D(60_000)}
"""What is left available of the securities pledged as collateral: why deliveries of them lack securities."""
LENT_IS_OUT = ("SAF-EU",)
"""Accounts whose custodian takes securities lent out of what it states; the others show them inside it."""
MT535 = "custody_positions_saf_eu.fin"
"""The holdings of SAF-EU, as their custodian sends them."""


def custody_positions(market: Market, lots: list[dict], trades: list[dict], instructions: list[dict]) -> list[dict]:
    """Return by account and instrument AGGR = dealt, AVAI = settled and not pledged, PLED = pledged, PENR and PEND = to
    receive and to deliver. What settled is stated, whenever the bank booked it: a deal entered late stood there before."""
    rows, unpledged = [], {(account, ISIN[name]): left for (account, name), left in UNPLEDGED.items()}
    for evening in EVENINGS:
        known = [row for row in latest(trades, AS_OF) if row["trade_date"] <= evening]
        dealt = by_account(positions(lots, known, market.factor, evening))
        waiting = _waiting(known, instructions, evening)
        for account, isin in sorted(set(dealt) | {key[:2] for key in waiting}):
            received, delivered = waiting[account, isin, 1], waiting[account, isin, -1]
            held = dealt.get((account, isin), D(0)) - _lent_out(account, isin, evening)
            settled = held - received + delivered
            pledged = max(settled - unpledged.get((account, isin), settled), D(0))
            kinds = dict(AGGR=held, AVAI=settled - pledged, PLED=pledged, PENR=received, PEND=delivered)
            rows += [
                dict(date=evening, account=account, isin=isin, balance_type=kind, quantity=quantity)
                for kind, quantity in kinds.items() if quantity or kind == "AGGR" and (account, isin) in dealt
            ]  # fmt: skip
    return [*rows, *_of_clients()]


def _lent_out(account: str, isin: str, evening: date) -> D:
    """Return what the custodian no longer states because it is lent."""
    return sum((
        row["quantity"] for row in securities_loans()
        if account in LENT_IS_OUT and (row["account"], row["isin"], row["direction"]) == (account, isin, "LENT")
        and row["from_date"] <= evening and (row["to_date"] is None or row["to_date"] > evening)
    ), D(0))  # fmt: skip


def by_custodian(rows: list[dict]) -> dict[str, list[dict]]:
    """Return the rows by the file their custodian sends."""
    apart = [row for row in rows if row["account"] == "SAF-EU"]
    return {"custody_positions": [row for row in rows if row not in apart], MT535: apart}


def mt535(rows: list[dict]) -> str:
    """Return holdings as MT535 messages, one an evening: balances by deals, receipts and deliveries apart."""
    evenings: dict[date, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        evenings[row["date"]][row["isin"]].append(row)
    return "".join(_message(number, day, held) for number, (day, held) in enumerate(sorted(evenings.items()), 1))


def _message(number: int, day: date, held: dict[str, list[dict]]) -> str:
    name = {isin: short for short, isin in ISIN.items()}
    lines = [
        "{1:F01AUBRFRPPAXXX0000000000}{2:O5351900" + f"{day:%y%m%d}" + "PARBFRPPAXXX0000000000" + f"{day:%y%m%d}1900N}}{{4:",
        ":16R:GENL", ":28E:1/ONLY", f":13A::STAT//{number:03}", f":20C::SEME//SAFEU{day:%Y%m%d}", ":23G:NEWM",
        f":98A::STAT//{day:%Y%m%d}", ":22F::SFRE//DAIL", ":22F::CODE//COMP", ":22F::STTY//CUST", ":22F::STBA//TRAD",
        f":97A::SAFE//{next(iter(held.values()))[0]['account']}", ":17B::ACTI//Y", ":17B::CONS//N", ":16S:GENL",
        ":16R:SUBSAFE",
    ]  # fmt: skip
    for isin, rows in held.items():
        balances = {row["balance_type"]: _units(row["quantity"]) for row in rows}
        lines += [":16R:FIN", f":35B:ISIN {isin}", name[isin], f":93B::AGGR//{balances.pop('AGGR', 'UNIT/0,')}"]
        for kind, size in balances.items():
            lines += [":16R:SUBBAL", f":93B::{kind}//{size}", ":16S:SUBBAL"]
        lines.append(":16S:FIN")
    return "\n".join([*lines, ":16S:SUBSAFE", "-}", ""])


def _units(quantity: D) -> str:
    whole, _, fraction = f"{abs(quantity).normalize():f}".partition(".")
    return f"UNIT/{'N' * (quantity < 0)}{whole},{fraction}"


def by_account(held: dict[tuple[str, str], D]) -> dict[tuple[str, str], D]:
    """Return quantities by custody account and instrument from those by book; empty positions are left out."""
    total: dict[tuple[str, str], D] = {}
    for (book, isin), quantity in held.items():
        key = ACCOUNT_OF[book], isin
        total[key] = total.get(key, D(0)) + quantity
    return {key: quantity for key, quantity in total.items() if quantity}


def _waiting(known: list[dict], instructions: list[dict], evening: date) -> dict[tuple[str, str, int], D]:
    book = {row["trade_id"]: row["book"] for row in known}
    found: dict[tuple[str, str, int], D] = defaultdict(D)
    for (trade_id, isin), left in settled_net(instructions, evening).items():
        if trade_id in book:
            sign = 1 if left > 0 else -1
            found[ACCOUNT_OF[book[trade_id]], isin, sign] += abs(left)
    return found


_CLIENTS = (
    ("CLI-0001", "AAPL", 1400), ("CLI-0001", "KO", 3000), ("CLI-0002", "MSFT", 2500), ("CLI-0003", "ACI", 900),
    ("CLI-0004", "VAL32", 250_000), ("CLI-0005", "IBM", 310), ("CLI-0006", "ETF", 1200), ("CLI-0007", "ACI", 4100),
    ("CLI-0008", "AAPL", 700), ("CLI-0009", "BUN29", 100_000), ("CLI-0010", "MSFT", 640), ("CLI-0011", "VER", 5200),
)  # fmt: skip


def client_positions() -> list[dict]:
    """Return what clients hold on the day; the custodian keeps it in one account."""
    return [
        dict(date=AS_OF, client_account=client, isin=ISIN[name], quantity=D(quantity), custody_account=CLIENT_ACCOUNT)
        for client, name, quantity in _CLIENTS
    ]


def _of_clients() -> list[dict]:
    total: dict[str, D] = {}
    for row in client_positions():
        total[row["isin"]] = total.get(row["isin"], D(0)) + row["quantity"]
    return [
        dict(date=AS_OF, account=CLIENT_ACCOUNT, isin=isin, balance_type="AGGR", quantity=quantity)
        for isin, quantity in sorted(total.items())
    ]


def securities_loans() -> list[dict]:
    """Return securities lent and borrowed; what EQ-ARB and UST-USD sold short was borrowed."""
    rows = (
        ("SL-0001", "SAF-US", "KO", 60_000, "BORROWED", date(2025, 9, 15), None),
        ("SL-0002", "SAF-UST", "UST28", 12_000_000, "BORROWED", date(2025, 9, 1), None),
        ("SL-0003", "SAF-BONDS", "VAL32", 1_000_000, "LENT", date(2026, 1, 12), date(2026, 2, 12)),
        ("SL-0004", "SAF-US", "AAPL", 9_100, "LENT", date(2026, 3, 10), date(2026, 3, 24)),
        ("SL-0005", "SAF-EU", "ACI", 6_000, "LENT", date(2026, 3, 2), None),
    )
    names = ("loan_ref", "account", "isin", "quantity", "direction", "from_date", "to_date")
    return [dict(zip(names, (*row[:2], ISIN[row[2]], D(row[3]), *row[4:]), strict=True)) for row in rows]
