"""How an entitlement comes about, in words and figures."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bolib.deadlines.corporate_actions.amounts import REPLACED
from bolib.holdings.units import written as units


def cents(value: int) -> str:
    """Return an amount in cents as a reader writes it: 1,234.50."""
    return f"{Decimal(value).scaleb(-2):,.2f}"


@dataclass(frozen=True)
class Wording:
    """What the sentences on all accounts of an event share; price and ratio are empty where it has none."""

    record_date: str
    price: str
    rate: str
    ratio: str
    replaced: bool


def wording(event: dict) -> Wording:
    """Return the wording of an event, from its terms."""
    price = ratio = ""
    if event["amount"] is not None:
        times = "" if event["multiplier"] == 1 else f" × {_plain(event['multiplier'])}"
        by = " / 100" if event["quotation"] == "PERCENT" else ""
        price = f"{_plain(event['amount'])} {event['currency']}{times}{by}"
    if event["ratio_new"] is not None:
        ratio = f"{_plain(event['ratio_new'])} / {_plain(event['ratio_old'])}"
    counted, rate = event["record_date"], event["tax_rate"]
    day = f"{counted.day} {counted:%b %Y}" if counted else ""
    return Wording(day, price, "" if rate is None else f"{_plain(rate)} %", ratio, event["type"] in REPLACED)


def position(said: Wording, to_come: bool, eligible: int, entitled: int) -> str:
    """Return how the quantity entitled follows from what was held; quantities in millionths."""
    if to_come:
        return f"{units(entitled)} so far"
    held = f"{units(eligible)} settled on {said.record_date}"
    crossed = entitled - eligible
    return f"{held}, {units(abs(crossed))} {'to receive' if crossed > 0 else 'to deliver'} over it" if crossed else held


def brought(said: Wording, quantity: int, due: int, fraction: int, gross: int, tax: int) -> str:
    """Return how the cash (cents) and the securities (millionths) of a quantity come about.

    >>> brought(Wording("", "3.29 USD", "15 %", "", False), 100_000_000, 0, 0, 32_900, 4_935)
    '100 × 3.29 USD = 329.00, less 15 % tax 49.35 = 279.65'
    """
    parts = [_cash(said, quantity, gross, tax)] if said.price else []
    return "; ".join([*parts, _securities(said, quantity, due, fraction)] if said.ratio else parts)


def _cash(said: Wording, quantity: int, gross: int, tax: int) -> str:
    product = f"{units(quantity)} × {said.price} = {cents(gross)}"
    return f"{product}, less {said.rate} tax {cents(tax)} = {cents(gross - tax)}" if tax else product


def _securities(said: Wording, quantity: int, due: int, fraction: int) -> str:
    """Return "34,276 × 7 / 1 = 239,932, in place of 34,276"."""
    product = f"{units(quantity)} × {said.ratio} = {units(due + quantity if said.replaced else due)}"
    rest = f" and {units(abs(fraction))} of a unit in cash (CA.fractions)" if fraction else ""
    return product + rest + (f", in place of {units(quantity)}" if said.replaced else "")


def outcome(said: Wording, came: tuple[int, int, int, str | None], cash: int, quantity: int) -> str:
    """Return what came in (net, tax, units, currency), and how it compares by its differences.

    >>> outcome(Wording("", "0.305 USD", "15 %", "", False), (10_149_638, 1_791_112, 0, "USD"), -108_884, 0)
    '101,496.38 USD after tax of 17,911.12, 1,088.84 less than due'
    """
    net, tax, received, currency = came
    parts = []
    if said.price or currency:
        withheld = f" after tax of {cents(tax)}" if tax else ""
        parts.append(f"{cents(net)} {currency or ''}{withheld}" + (_against(cash, cents) if said.price else ""))
    if said.ratio or received:
        parts.append(f"{units(received)} units" + (_against(quantity, units) if said.ratio else ""))
    return "; ".join(parts)


def _against(difference: int, written: Callable[[int], str]) -> str:
    if not difference:
        return ", as due"
    return f", {written(abs(difference))} {'more' if difference > 0 else 'less'} than due"


def _plain(value: Decimal) -> str:
    """Return a decimal without the zeros it ends in."""
    return f"{value.normalize():f}"
