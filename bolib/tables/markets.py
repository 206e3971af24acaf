"""Instruments, books, deals and the prices that value them."""

from bolib.tables import Check, table

_DEAL_COLUMNS = """
    trade_id            text                Reference of the deal, the same in front and back office
    version             integer             1 for the first record, one more at each change
    action              NEW|AMEND|CANCEL    What this version does to the one before
    book                text                Book that holds the position (the receiver of a transfer)
    trader              text                Who dealt
    isin                isin                Instrument
    side                BUY|SELL            Direction, seen from the book
    quantity            quantity            Units, or nominal where the instrument is quoted in percent; >= 0
    price               price               Per unit, or percent of nominal, clean of accrued interest
    currency            currency            Of price and amounts
    accrued_interest?   amount              Bought or sold with the bond; >= 0
    gross_amount        amount              quantity x price x multiplier, without accrued interest; >= 0
    fees                amount              >= 0
    taxes               amount              >= 0
    net_amount          amount              BUY gross + accrued + fees + taxes; SELL gross + accrued - fees - taxes
    trade_date          date                Day of the deal at its market
    traded_at           timestamp           Time of the deal (UTC)
    settlement_date     date                Contractual settlement date
    counterparty        lei                 With whom
    venue?              mic                 Where; empty = over the counter
    pset_bic?           bic                 Place of settlement
    entered_by          text                Who recorded this version
    entered_at          timestamp           When (UTC)
    approved_by?        text                Second pair of eyes
    confirmed_at?       timestamp           When the counterparty confirmed (UTC)
    order_id?           text                Order it fills
    from_book?          text                Own-book transfer: the book that gives
    explanation?        text                Reason given for a change or an exception
"""

_DEAL_CHECKS = (
    Check("quantity", "quantity is negative", "quantity >= 0"),
    Check("gross_amount", "amount is negative", "gross_amount >= 0 and fees >= 0 and taxes >= 0"),
    Check("accrued_interest", "accrued_interest is negative", "accrued_interest >= 0"),
    Check("settlement_date", "settlement_date is before trade_date", "settlement_date >= trade_date"),
    Check(
        "net_amount",
        "net_amount is not gross + accrued + fees + taxes (BUY) or gross + accrued - fees - taxes (SELL)",
        "net_amount = gross_amount + coalesce(accrued_interest, 0)"
        " + case side when 'BUY' then fees + taxes when 'SELL' then -fees - taxes end",
    ),
    Check(
        "gross_amount",
        "gross_amount is not quantity x price x multiplier (/ 100 in percent), to the rounding of one cent",
        "value_matches(gross_amount, quantity, price, instruments.multiplier, instruments.quotation)",
    ),
    Check("version", "version is below 1", "version >= 1"),
    Check("currency", "currency is not the instrument's", "currency = instruments.currency"),
)

_DEAL_REFERENCES = {"book": "books", "from_book": "books", "isin": "instruments", "counterparty": "counterparties"}


def _deals(name: str, meaning: str):
    return table(
        name, meaning, "trade_id version", _DEAL_COLUMNS, _DEAL_REFERENCES, _DEAL_CHECKS, "net_amount", "trade_date"
    )


TABLES = (
    table(
        "instruments",
        "Securities and listed contracts, one row each.",
        "isin",
        """
        isin                  isin                                      Identifier
        name                  text                                      Short name
        cfi?                  text                                      ISO 10962 classification
        asset_class           EQUITY|BOND|FUND|ETF|FUTURE|OPTION        What it is
        currency              currency                                  In which it is quoted
        quotation             UNIT|PERCENT                              Price per unit, or in percent of nominal
        multiplier            quantity                                  Units of underlying per unit held; > 0
        lot_size?             quantity                                  Step of the quantities dealt
        minimum_quantity?     quantity                                  Smallest quantity dealt, where it is more than a lot
        coupon_rate?          rate                                      Percent a year
        coupon_frequency?     integer                                   Coupons a year: 1, 2 or 4; empty = 1
        day_count?            ACT/ACT|ACT/360|ACT/365|30E/360           Accrual convention
        maturity_date?        date                                      Redemption; coupon dates are its anniversaries
        shares_outstanding?   quantity                                  For holdings in percent
        market?               mic                                       Main market
        csd?                  bic                                       Issuer depository
        penalty_class?        LIQUID_SHARE|ILLIQUID_SHARE|SME|SOVEREIGN|OTHER_DEBT|SME_DEBT|OTHER   Row of the CSDR penalty table
        ttf?                  boolean                                   Subject to the French transaction tax
        """,
        checks=(
            Check("multiplier", "multiplier is not positive", "multiplier > 0"),
            Check("minimum_quantity", "minimum_quantity is negative", "minimum_quantity >= 0"),
            Check(
                "coupon_rate",
                "a coupon needs day_count and maturity_date",
                "coupon_rate is null or (day_count is not null and maturity_date is not null)",
            ),
            Check("coupon_frequency", "coupon_frequency is not 1, 2 or 4", "coupon_frequency in (1, 2, 4)"),
        ),
    ),
    table(
        "books",
        "Trading books.",
        "book",
        """
        book            text        Identifier
        desk            text        Desk it belongs to
        trader          text        Who runs it
        currency        currency    Of its result
        cost_method     FIFO|PMP    First in first out, or weighted average cost
        fees_in_cost    boolean     Fees and taxes are part of the cost of a lot
        """,
    ),
    table(
        "counterparties",
        "With whom the bank deals.",
        "lei",
        """
        lei             lei         Legal entity identifier
        name            text        Name
        bic?            bic         For messages
        country         country     ISO 3166
        technical       boolean     A placeholder, not a real party
        lei_valid_to?   date        Last day the LEI is current
        """,
    ),
    table(
        "ssis",
        "Standing settlement instructions, by period.",
        "lei market valid_from",
        """
        lei             lei         Counterparty
        market          mic         Market
        valid_from      date        First day
        valid_to?       date        Last day
        account         text        Safekeeping account
        agent_bic       bic         Settlement agent
        pset_bic        bic         Place of settlement
        changed_by      text        Who changed it
        approved_by?    text        Second pair of eyes
        """,
        {"lei": "counterparties"},
    ),
    _deals("trades", "Deals of the front office, one row a version."),
    _deals("bookings", "The same deals as the back office recorded them, one row a version."),
    table(
        "orders",
        "Orders before they became deals.",
        "order_id",
        """
        order_id        text        Reference
        book            text        For which book
        account?        text        For which client
        isin            isin        Instrument
        side            BUY|SELL    Direction
        quantity        quantity    Units; >= 0
        limit_price?    price       Worst price allowed; empty = at market
        currency        currency    Of the limit
        ordered_at      timestamp   When (UTC)
        entered_by      text        By whom
        status          text        State of the order
        parent_order_id?    text        Order it was grouped into with others, and dealt as
        allocated_quantity? quantity    Of what was dealt on that order, units allotted to it; >= 0
        allocated_at?   timestamp   When (UTC)
        """,
        {"book": "books", "isin": "instruments"},
        (
            Check("quantity", "quantity is negative", "quantity >= 0"),
            Check("allocated_quantity", "allocated_quantity is negative", "allocated_quantity >= 0"),
        ),
        dated="ordered_at",
    ),
    table(
        "limits",
        "Limits by trader, book or counterparty.",
        "subject kind valid_from",
        """
        subject         text        Trader, book or LEI
        kind            text        SINGLE_DEAL, DAILY (gross dealt), UNSETTLED (gross not yet due to settle), EXPOSURE (of positions)
        valid_from      date        First day
        amount          amount      Limit
        currency        currency    Of the limit
        valid_to?       date        Last day
        approved_by?    text        Who approved
        """,
    ),
    table(
        "fee_grid",
        "What a deal should cost.",
        "venue asset_class valid_from",
        """
        venue           mic         Market
        asset_class     text        Asset class
        valid_from      date        First day
        rate_bp?        rate        Basis points of gross
        minimum?        amount      Smallest fee
        currency        currency    Of the minimum
        valid_to?       date        Last day
        """,
    ),
    table(
        "absences",
        "Leave of staff.",
        "person from_date",
        """
        person          text        Who
        from_date       date        First day
        to_date         date        Last day
        """,
    ),
    table(
        "opening_lots",
        "Lots held before the first deal of `trades`.",
        "book isin trade_id",
        """
        book            text        Book
        isin            isin        Instrument
        trade_id        text        Deal that opened the lot
        opened_on       date        When
        quantity        quantity    Units left; negative = short
        cost            amount      Cost of what is left, in `currency`; unsigned
        currency        currency    The book's
        """,
        {"book": "books", "isin": "instruments"},
        (Check("cost", "cost is negative", "cost >= 0"),),
        amount="cost",
        dated="opened_on",
    ),
    table(
        "prices",
        "Closing prices.",
        "date isin source",
        """
        date            date        Day of the close
        isin            isin        Instrument
        source          text        Who gives it
        price           price       Per unit, or percent of nominal, clean
        currency        currency    Of the price
        low?            price       Lowest of the day
        high?           price       Highest of the day
        """,
        {"isin": "instruments"},
        (
            Check("price", "price is not positive", "price > 0"),
            Check("low", "price is outside low and high", "low <= price and price <= high"),
            Check("currency", "currency is not the instrument's", "currency = instruments.currency"),
        ),
        dated="date",
    ),
    table(
        "fx_rates",
        "Reference rates.",
        "date currency",
        """
        date            date        Day of the fixing
        currency        currency    Quoted currency
        rate            rate        Units of that currency for 1 EUR
        """,
        checks=(Check("rate", "rate is not positive", "rate > 0"),),
        dated="date",
    ),
    table(
        "corporate_actions",
        "Events on securities (opérations sur titres).",
        "ca_id",
        """
        ca_id             text                                                   Reference
        isin              isin                                                   Instrument
        type              DVCA|SPLF|SPLR|BONU|SOFF|RHTS|CAPD|INTR|REDM           ISO 15022 event
        ex_date           date                                                   First day without the right
        record_date?      date                                                   Day positions are counted
        pay_date?         date                                                   Day of payment
        amount?           price                                                  Cash per unit, or per 100 of nominal in percent
        currency?         currency                                               Of amount
        ratio_new?        quantity                                               New units ...
        ratio_old?        quantity                                               ... for so many old ones
        market_deadline?  timestamp                                              Last moment to elect (UTC)
        new_isin?         isin                                                   Instrument received
        """,
        {"isin": "instruments"},
        (
            Check("ratio_new", "ratio is not positive", "ratio_new > 0 and ratio_old > 0"),
            Check(
                "ratio_new",
                "a split or distribution needs ratio_new and ratio_old",
                "type not in ('SPLF', 'SPLR', 'BONU', 'SOFF', 'RHTS') or (ratio_new is not null and ratio_old is not null)",
            ),
            Check(
                "amount",
                "a cash event needs amount and currency",
                "type not in ('DVCA', 'INTR', 'CAPD', 'REDM') or (amount is not null and currency is not null)",
            ),
            Check("currency", "currency is not the instrument's", "currency = instruments.currency"),
            Check("pay_date", "paid before positions are counted", "pay_date >= record_date"),
        ),
        dated="ex_date",
    ),
    table(
        "elections",
        "Choices made on events with options.",
        "ca_id account",
        """
        ca_id           text        Event
        account         text        Custody account
        option?         text        Choice
        elected_on?     date        When
        """,
        {"ca_id": "corporate_actions"},
        (Check("elected_on", "a choice without its day", "option is null or elected_on is not null"),),
    ),
    table(
        "ca_receipts",
        "What was received on events.",
        "ca_id account received_on",
        """
        ca_id           text        Event
        account         text        Custody account
        received_on     date        When
        quantity?       quantity    Securities received
        amount?         amount      Cash received
        tax?            amount      Withheld
        currency?       currency    Of amount and tax
        """,
        {"ca_id": "corporate_actions"},
        (
            Check("amount", "neither cash nor securities", "amount is not null or quantity is not null"),
            Check("currency", "cash without its currency", "amount is null or currency is not null"),
        ),
        amount="amount",
        dated="received_on",
    ),
    table(
        "pnl_flash",
        "The front office's own estimate of its result.",
        "date book",
        """
        date            date        Day
        book            text        Book
        amount          amount      Result of the day; gain positive
        currency        currency    The book's
        """,
        {"book": "books"},
        amount="amount",
        dated="date",
    ),
    table(
        "adjustments",
        "Manual adjustments of the result.",
        "adjustment_id",
        """
        adjustment_id   text        Reference
        date            date        Day it counts
        book            text        Book
        amount          amount      Gain positive
        currency        currency    The book's
        reason          text        Why
        author          text        Who proposed
        approver?       text        Who approved
        expires_on?     date        Last day it may stand
        """,
        {"book": "books"},
        amount="amount",
        dated="date",
    ),
)
