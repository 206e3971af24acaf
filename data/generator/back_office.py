"""The back office's own record of the deals, in the dialect of its French system."""

import random
from datetime import timedelta

from generator.writing import Dialect

FRENCH = Dialect(
    encoding="cp1252", separator=";", decimal=",", date="%d/%m/%Y", timestamp="%d/%m/%Y %H:%M:%S", end="\r\n",
    trailer=("TOTAL", "net_amount"),
    names=dict(
        trade_id="reference", version="version", action="nature", book="portefeuille", trader="operateur",
        isin="code_isin",
        side="sens", quantity="quantite", price="cours", currency="devise", accrued_interest="coupon_couru",
        gross_amount="montant_brut", fees="frais", taxes="taxes", net_amount="montant_net", trade_date="date_operation",
        traded_at="heure_operation", settlement_date="date_reglement", counterparty="contrepartie", venue="place",
        pset_bic="depositaire", entered_by="saisi_par", entered_at="saisi_le", approved_by="valide_par",
        confirmed_at="confirme_le", order_id="ordre", from_book="portefeuille_cedant", explanation="motif libellé",
    ),
)  # fmt: skip


def bookings(trades: list[dict]) -> list[dict]:
    """Return one booking for each version of each deal, entered and approved by the back office minutes later."""
    draw = random.Random("bookings")
    return [_booking(row, draw) for row in trades]


def _booking(row: dict, draw: random.Random) -> dict:
    entered = row["entered_at"] + timedelta(minutes=draw.randint(3, 20))
    clerk, checker = draw.choice((("bo.amiel", "bo.costa"), ("bo.bret", "bo.costa"), ("bo.costa", "bo.amiel")))
    why = None if row.get("explanation") is None else f"voir front-office (réf. {row['trade_id']})"
    return row | dict(entered_at=entered, entered_by=clerk, approved_by=checker, explanation=why)
