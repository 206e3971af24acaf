"""Settlement, custody and what depositories report; what a run writes of them."""

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

RESULTS = (
    table(
        "penalties_computed",
        "Cash penalties by instruction and day: computed from own data, reported, and why they differ.",
        "instruction_id date type direction penalty_id",
        """
        instruction_id      text            Instruction
        date                date            Day of the fail
        type                SEFP|LMFP       Settlement fail or late matching fail
        quantity?           quantity        Not settled that evening; the amount where no securities are exchanged
        reference_price?    price           Of the day
        rate_bp?            price           Basis points a day
        amount?             amount          Unsigned; 0 = nothing is due; empty = not computable
        currency?           currency        Of the amounts
        direction?          DEBIT|CREDIT    The bank pays or receives; empty = not computable
        reported?           amount          By the depository, unsigned
        difference?         amount          Reported less computed, received +, paid -; empty = not comparable
        cause?              text            PRICE, RATE, QUANTITY, DAYS, SCOPE, TYPE, DIRECTION, CURRENCY, DUPLICATE, ROUNDING, UNEXPLAINED, NOT_COMPUTED
        why?                text            What explains the difference, or is missing
        charged_on          date            Day on which the depository takes it: of LMFP, the day of matching
        counterparty?       lei             The other side
        isin?               isin            Instrument
        reason?             text            ISO code of the fail
        rule?               text            Rule of the rate
        penalty_id?         text            The depository's reference
        """,
    ),
    table(
        "open_settlements",
        "Instructions not settled by the evening: what is open, what holds it, who can act, what it could cost.",
        "instruction_id",
        """
        instruction_id             text            Reference
        trade_id                   text            Deal it settles
        movement                   DELI|RECE       Securities delivered or received
        payment                    APMT|FREE       Against payment or free
        isin                       isin            Instrument
        account?                   text            Custody account of the deal's book
        place                      bic             Place of settlement
        counterparty               lei             The other side
        intended_settlement_date   date            Contractual date
        days_late?                 integer         Settlement days since; negative = to come, empty = older than the calendar
        matched_at?                timestamp       Matched (UTC)
        status?                    text            ISO 15022 status, as of the evening
        reason?                    text            ISO reason code
        hold                       boolean         On hold
        cause?                     text            securities, cash, hold, matching, other
        desk?                      text            Who can act, by reason and movement
        settled_quantity?          quantity        Settled so far
        open_quantity?             quantity        Left to settle
        open_amount?               amount          Amount in proportion to it
        currency                   currency        Of the amounts
        price?                     price           Last close
        price_date?                date            Its day
        price_difference?          amount          Loss a settlement at the close would save or cost; empty = no price, free, not late
        factor?                    integer         Percent of it that own funds must cover (CRR 378)
        own_funds?                 amount          price_difference x factor
        """,
    ),
    table(
        "settlement_chains",
        "Which receipt, once settled, would release which delivery of the same security, account and depository.",
        "receipt delivery",
        """
        receipt                 text        Instruction by which we receive
        delivery                text        Instruction by which we deliver
        isin                    isin        Instrument
        account?                text        Custody account
        place                   bic         Place of settlement
        quantity                quantity    Units the one gives the other
        releases                boolean     With it, and what is due before it, the delivery is covered in full
        receipt_due             date        Contractual date of the receipt
        receipt_days_late?      integer     Settlement days since
        receipt_reason?         text        ISO reason code that holds the receipt
        receipt_cause?          text        securities, cash, hold, matching, other
        receipt_counterparty    lei         Who should deliver to us
        receipt_desk?           text        Who can act on the receipt
        delivery_due            date        Contractual date of the delivery
        delivery_days_late?     integer     Settlement days since
        delivery_counterparty   lei         Who waits for us
        open_quantity           quantity    Units the delivery still wants
        released_amount?        amount      Open amount of the delivery, where `releases`
        currency                currency    Of the amount
        """,
    ),
    table(
        "partial_settlements",
        "Failing deliveries that the available stock would cure, in whole or in part, for the largest amount.",
        "instruction_id",
        """
        instruction_id             text        Instruction by which we deliver
        isin                       isin        Instrument
        account?                   text        Custody account
        place                      bic         Place of settlement
        counterparty               lei         Who waits for us
        intended_settlement_date   date        Contractual date
        days_late?                 integer     Settlement days since
        available                  quantity    Stock the custodian states as available
        open_quantity              quantity    Left to settle
        partial_quantity           quantity    To settle now
        open_amount                amount      At stake
        cured_amount               amount      Of which cured
        currency                   currency    Of the amounts
        desk?                      text        Who can act
        """,
    ),
    table(
        "market_fails",
        "By security, the balance of fails its market last published, and for how long it has not been without one.",
        "security",
        """
        security        text        ISIN, or the identifier the market uses
        symbol?         text        As it is quoted
        name?           text        Name of the security
        failing_since   date        First settlement day of the unbroken run
        date            date        Last day published
        days            integer     Settlement days of the run
        balance         quantity    On the last day
        standing        quantity    Smallest balance of the run: the most that can have failed all the time
        price           price       As published
        """,
    ),
)
