"""Own funds of unsettled deals: CRR article 378, worked by hand."""

from decimal import Decimal

import pyarrow as pa

from bolib.deadlines.settlement.exposure import exposures

ROWS = pa.schema(
    [(name, pa.string()) for name in ("instruction_id", "movement", "payment")]
    + [(name, pa.decimal128(18, 6)) for name in ("quantity", "settled_quantity")]
    + [("amount", pa.decimal128(18, 2)), ("price", pa.decimal128(18, 8)), ("accrued", pa.decimal128(18, 8))]
    + [("multiplier", pa.decimal128(18, 6)), ("divisor", pa.int64()), ("factor", pa.int64())]
)
SHARE = {
    "movement": "RECE", "payment": "APMT", "quantity": 100, "settled_quantity": 0, "amount": "1000.00", "price": "12",
    "accrued": "0", "multiplier": 1, "divisor": 1, "factor": 50,
}  # fmt: skip


def exposure(**changes):
    """Return open quantity, open amount, price difference and own funds of one instruction, as text."""
    row = {"instruction_id": "I"} | {
        name: Decimal(value) if pa.types.is_decimal(ROWS.field(name).type) and value is not None else value
        for name, value in (SHARE | changes).items()
    }
    [found] = exposures(pa.Table.from_pylist([row], schema=ROWS)).to_pylist()
    names = ("open_quantity", "open_amount", "price_difference", "own_funds")
    return tuple(None if found[name] is None else f"{found[name]:f}" for name in names)


def test_a_purchase_may_lose_what_the_market_rose():
    """100 agreed at 1,000.00 are worth 1,200.00: 200.00 to lose, half of it in own funds from the 16th day on."""
    assert exposure() == ("100.000000", "1000.00", "200.00", "100.00")


def test_a_sale_may_lose_what_the_market_fell():
    assert exposure(movement="DELI")[2:] == ("0.00", "0.00")
    assert exposure(movement="DELI", price="7.5", factor=8)[2:] == ("250.00", "20.00")


def test_what_has_settled_is_no_longer_open():
    """60 of 100 settled: 40 left, agreed at 400.00, worth 480.00."""
    assert exposure(settled_quantity=60)[1:] == ("400.00", "80.00", "40.00")


def test_a_bond_counts_with_its_accrued_interest():
    """100,000 nominal at 98 and 1.25 accrued are worth 99,250.00; agreed at 98,000.00."""
    bond = {"quantity": 100_000, "amount": "98000.00", "price": "98", "accrued": "1.25", "divisor": 100, "factor": 8}
    assert exposure(**bond)[2:] == ("1250.00", "100.00")


def test_half_a_cent_goes_to_the_even_one():
    """8 % of 200.3125 rounded to 200.31 is 16.0248: 16.02."""
    assert exposure(price="12.003125", factor=8)[2:] == ("200.31", "16.02")
    assert exposure(price="10.0025", factor=50)[2:] == ("0.25", "0.12")


def test_without_price_payment_or_delay_nothing_is_said():
    for changes in ({"price": None}, {"payment": "FREE"}, {"factor": None}, {"accrued": None}, {"quantity": None}):
        assert exposure(**changes)[1:] == ("1000.00", None, None)
