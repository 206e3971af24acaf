"""What a run writes of the daily result: its parts, its books, positions and lots."""

from bolib.tables import table

RESULTS = (
    table(
        "pnl_lines",
        "The result, by component.",
        "date book isin component",
        """
        date            date        Business day
        book            text        Book
        isin?           isin        Instrument; empty for adjustments of the book
        component       text        RESTATE, CARRY, DIVIDEND, PRICE, FX, NEW, AMEND, CANCEL, CORPORATE_ACTION, FEES, TAXES, ADJUST, UNEXPLAINED
        amount          amount      Gain positive
        currency        currency    The book's
        """,
    ),
    table(
        "pnl_books",
        "The result of each book and day; total = realised + unrealised.",
        "date book",
        """
        date            date        Business day
        book            text        Book
        currency        currency    The book's
        total           amount      Change of market value plus cash, adjustments included
        realised        amount      From lots closed, income, costs and adjustments
        unrealised      amount      Change of market value less cost of what is held
        flash?          amount      The front office's estimate
        difference?     amount      total - flash
        unexplained     amount      total - sum of the components
        mtd             amount      Sum of the days of the month
        ytd             amount      Sum of the days of the year
        """,
    ),
    table(
        "operations",
        "What stands behind each line of the day: operations, positions and their arithmetic.",
        "date book isin component kind key",
        """
        date            date        Business day
        book            text        Book
        isin?           isin        Instrument; empty for adjustments of the book
        component       text        Line of the result it belongs to
        kind            text        POSITION, TRADE, TRANSFER_IN, TRANSFER_OUT, NEW, AMEND, CANCEL, ADJUSTMENT, ROUNDING
        key             text        Deal and version, adjustment or instrument
        arithmetic      text        How the amount comes about, in words and figures
        amount?         amount      Gain positive; empty where several late deals share one effect
        currency        currency    The book's
        source_file?    text        File of its record
        source_line?    integer     Line of that file
        """,
    ),
    table(
        "positions",
        "What is held at the close.",
        "date book isin",
        """
        date            date        Business day
        book            text        Book
        isin            isin        Instrument
        quantity        quantity    Signed; short negative
        cost            amount      Of what is held, unsigned, in the book's currency
        price?          price       In the instrument's currency; empty = no price for the day
        accrued?        amount      Accrued interest included in market_value
        market_value?   amount      Signed; empty = unpriced
        currency        currency    The book's
        price_date?     date        Day of the last price known
        price_age_days? integer     Business days since
        """,
    ),
    table(
        "lots",
        "Open lots at the close.",
        "book isin trade_id",
        """
        book            text        Book
        isin            isin        Instrument
        trade_id        text        Deal that opened it; PMP = averaged pool
        opened_on       date        When
        quantity        quantity    Signed; short negative
        cost            amount      Unsigned
        currency        currency    The book's
        """,
    ),
    table(
        "lot_matches",
        "Lots closed, each with the deal that closed it.",
        "book isin close_trade_id open_trade_id",
        """
        book            text        Book
        isin            isin        Instrument
        close_trade_id  text        Deal that closed
        open_trade_id   text        Deal that had opened; PMP = averaged pool
        closed_on       date        When
        quantity        quantity    Units closed
        cost            amount      What was paid
        proceeds        amount      What was received
        result          amount      proceeds - cost
        currency        currency    The book's
        """,
    ),
)
