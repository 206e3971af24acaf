"""Settlement, custody and what depositories report."""

from bolib.tables import Check, table

TABLES = (
    table(
        "settlements",
        "Settlement instructions.",
        "instruction_id",
        """
        instruction_id             text                                 Reference
        trade_id                   text                                 Deal it settles
        movement                   DELI|RECE                            Securities delivered or received
        payment                    APMT|FREE                            Against payment or free
        isin                       isin                                 Instrument
        quantity                   quantity                             Instructed; >= 0
        amount                     amount                               Instructed, unsigned
        currency                   currency                             Of the amount
        intended_settlement_date   date                                 Contractual date
        accepted_at?               timestamp                            Accepted by the depository (UTC)
        counterparty_accepted_at?  timestamp                            The other side's acceptance (UTC)
        matched_at?                timestamp                            Matched (UTC)
        settled_quantity           quantity                             Settled so far; >= 0
        settled_on?                date                                 Fully settled on
        status                     MACH|NMAT|PEND|PENF|SETT|CANC        ISO 15022 status
        reason?                    text                                 ISO reason code: LACK, MONY, PREA, PRCY, CMIS ...
        counterparty               lei                                  The other side
        place                      bic                                  Place of settlement
        trade_venue?               mic                                  Where the deal was made
        """,
        {"isin": "instruments", "counterparty": "counterparties"},
        (
            Check("quantity", "quantity is negative", "quantity >= 0 and amount >= 0"),
            Check("settled_quantity", "settled_quantity is negative", "settled_quantity >= 0"),
            Check("settled_quantity", "settled more than instructed", "settled_quantity <= quantity"),
            Check("matched_at", "matched before it was accepted", "matched_at >= accepted_at"),
            Check(
                "matched_at",
                "matched before the counterparty's instruction was accepted",
                "matched_at >= counterparty_accepted_at",
            ),
            Check("settled_on", "status SETT without settled_on", "status <> 'SETT' or settled_on is not null"),
        ),
        "amount",
        "intended_settlement_date",
    ),
    table(
        "settlement_events",
        "Life of an instruction, step by step.",
        "instruction_id at",
        """
        instruction_id    text                             Instruction
        at                timestamp                        When (UTC)
        status            MACH|NMAT|PEND|PENF|SETT|CANC    Status from then on
        reason?           text                             ISO reason code
        settled_quantity  quantity                         Settled so far; >= 0
        hold?             boolean                          On hold
        """,
        {"instruction_id": "settlements"},
        (Check("settled_quantity", "settled_quantity is negative", "settled_quantity >= 0"),),
        dated="at",
    ),
    table(
        "penalties",
        "Cash penalties reported by the depository.",
        "penalty_id",
        """
        penalty_id        text             Reference
        instruction_id    text             Instruction
        date              date             Day of the fail
        type              SEFP|LMFP        Settlement fail or late matching fail
        amount            amount           Unsigned
        currency          currency         Of the amount
        direction         DEBIT|CREDIT     The bank pays or receives
        """,
        checks=(Check("amount", "amount is negative", "amount >= 0"),),
        amount="amount",
        dated="date",
    ),
    table(
        "custody_positions",
        "Holdings as the custodian states them.",
        "date account isin balance_type",
        """
        date              date         As of the close of
        account           text         Safekeeping account
        isin              isin         Instrument
        balance_type      text         ISO 15022 balance: AGGR, AVAI, PEND ...
        quantity          quantity     Units
        statement_no?     text         Number of the statement it stands in
        places?           text         Places of safekeeping it is the sum of (ISO 15022, field 94a SAFE)
        """,
        {"isin": "instruments"},
        dated="date",
    ),
    table(
        "client_positions",
        "What the bank holds for its clients.",
        "date client_account isin",
        """
        date              date         As of the close of
        client_account    text         Client
        isin              isin         Instrument
        quantity          quantity     Units
        custody_account   text         Where the bank holds them
        """,
        {"isin": "instruments"},
        dated="date",
    ),
    table(
        "securities_loans",
        "Securities lent and borrowed.",
        "loan_ref",
        """
        loan_ref          text             Reference
        account           text             Safekeeping account
        isin              isin             Instrument
        quantity          quantity         Units; > 0
        direction         LENT|BORROWED    Which way
        from_date         date             First day
        to_date?          date             Return
        """,
        {"isin": "instruments"},
        (
            Check("quantity", "quantity is not positive: direction says which way", "quantity > 0"),
            Check("to_date", "returned before it began", "to_date >= from_date"),
        ),
        dated="from_date",
    ),
    table(
        "account_books",
        "Which books a custody account holds.",
        "account",
        """
        account           text         Safekeeping account
        book              text         Book, or several joined by +
        """,
    ),
    table(
        "market_fail_balances",
        "Balances of fails to deliver by security, as a market or its authority publishes them: not single fails.",
        "date security",
        """
        date              date         Settlement day
        security          text         ISIN, or the identifier the market uses (CUSIP)
        symbol?           text         As it is quoted
        name?             text         Name of the security
        quantity          quantity     Units not delivered by the end of the day, from whatever day; >= 0
        price             price        Close used by the publisher
        """,
        checks=(Check("quantity", "quantity is negative", "quantity >= 0"),),
        amount="quantity",
        dated="date",
    ),
)
