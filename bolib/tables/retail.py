"""Customers, loans, cards, complaints and estates."""

from bolib.tables import Check, table

TABLES = (
    table(
        "customers",
        "Customers.",
        "customer_id",
        """
        customer_id         text            Identifier
        kind                RETAIL|OTHER    Retail, or anyone else
        birth_year?         integer         Year of birth
        vulnerable          boolean         Financially vulnerable
        tax_residence?      country         ISO 3166
        us_person?          boolean         For FATCA
        self_certified_on?  date            CRS self-certification
        w8_valid_to?        date            End of the W-8 form
        """,
    ),
    table(
        "accounts",
        "Customer accounts.",
        "account",
        """
        account             text        Identifier
        customer_id         text        Holder
        kind                text        Nature
        opened_on           date        Opening
        closed_on?          date        Closing
        last_operation_on?  date        Last operation by the customer
        last_notice_on?     date        Told for the last time before its sums are deposited
        """,
        {"customer_id": "customers"},
        (Check("closed_on", "closed before it was opened", "closed_on >= opened_on"),),
        dated="opened_on",
    ),
    table(
        "cash_operations",
        "Cash paid in and out.",
        "operation_id",
        """
        operation_id   text        Reference
        account        text        Account
        date           date        Day
        direction      IN|OUT      Paid in or out
        amount         amount      Unsigned
        currency       currency    Of the amount
        """,
        {"account": "accounts"},
        (Check("amount", "amount is negative: direction says which way", "amount >= 0"),),
        amount="amount",
        dated="date",
    ),
    table(
        "loans",
        "Loans granted.",
        "loan_id",
        """
        loan_id         text                        Identifier
        customer_id     text                        Borrower
        product         text                        Product
        consumer        boolean                     Consumer credit
        secured         NONE|IMMOVABLE|OTHER        Security
        granted_on      date                        Start
        principal       amount                      Lent
        outstanding     amount                      Principal left
        rate            rate                        Percent a year
        currency        currency                    Of the amounts
        periodicity     text                        Of the instalments
        terminated_on?  date                        Déchéance du terme
        forborne_on?    date                        Forbearance granted
        """,
        {"customer_id": "customers"},
        (
            Check("outstanding", "negative", "outstanding >= 0"),
            Check("terminated_on", "terminated before it was granted", "terminated_on >= granted_on"),
            Check("forborne_on", "forborne before it was granted", "forborne_on >= granted_on"),
        ),
        "outstanding",
        "granted_on",
    ),
    table(
        "guarantees",
        "Guarantees of loans.",
        "guarantee_id",
        """
        guarantee_id   text        Identifier
        loan_id        text        Loan
        kind           text        Nature
        amount         amount      Covered
        currency       currency    Of the amount
        expires_on?    date        End
        """,
        {"loan_id": "loans"},
        amount="amount",
    ),
    table(
        "exposures",
        "On-balance exposure by customer, for the materiality of arrears.",
        "date customer_id",
        """
        date           date        Day
        customer_id    text        Customer
        on_balance     amount      Exposure
        currency       currency    Of the amount
        """,
        {"customer_id": "customers"},
        amount="on_balance",
        dated="date",
    ),
    table(
        "insolvency_cases",
        "Over-indebtedness files.",
        "customer_id filed_on",
        """
        customer_id    text        Customer
        filed_on       date        Filed
        admitted_on?   date        Admitted
        plan_from?     date        Plan starts
        plan_to?       date        Plan ends
        closed_on?     date        Closed
        """,
        {"customer_id": "customers"},
        (
            Check("admitted_on", "admitted before it was filed", "admitted_on >= filed_on"),
            Check("closed_on", "closed before it was filed", "closed_on >= filed_on"),
            Check("plan_to", "the plan ends before it starts", "plan_to >= plan_from"),
        ),
        dated="filed_on",
    ),
    table(
        "instalments",
        "What is due on loans.",
        "loan_id instalment_no",
        """
        loan_id        text        Loan
        instalment_no  integer     Rank
        due_date       date        Due
        principal      amount      Part
        interest       amount      Part
        fees           amount      Part
        rate?          rate        Percent a year it bears once overdue; empty = the loan's
        """,
        {"loan_id": "loans"},
        (
            Check("due_date", "due before the loan was granted", "due_date >= loans.granted_on"),
            Check("due_date", "before the year 1900", "due_date >= date '1900-01-01'"),
            Check("due_date", "beyond the year 2199", "due_date <= date '2199-12-31'"),
            Check("principal", "negative", "principal >= 0"),
            Check("interest", "negative", "interest >= 0"),
            Check("fees", "negative", "fees >= 0"),
        ),
        "principal",
        "due_date",
    ),
    table(
        "payments",
        "What customers paid on loans.",
        "payment_id",
        """
        payment_id      text       Reference
        loan_id         text       Loan
        value_date      date       Value
        received_on     date       When the bank knew
        amount          amount     Paid
        reversed_on?    date       Returned unpaid
        designated_to?  integer    Instalment the customer named
        """,
        {"loan_id": "loans"},
        (
            Check("amount", "not above zero", "amount > 0"),
            Check("value_date", "paid before the loan was granted", "value_date >= loans.granted_on"),
            Check("value_date", "beyond the year 2199", "value_date <= date '2199-12-31'"),
            Check("reversed_on", "returned before it was received", "reversed_on >= received_on"),
        ),
        "amount",
        "received_on",
    ),
    table(
        "pauses",
        "Suspensions of payment.",
        "loan_id from_date",
        """
        loan_id        text        Loan
        from_date      date        First day
        to_date        date        Last day
        kind           text        Nature
        """,
        {"loan_id": "loans"},
        (
            Check("from_date", "before the year 1900", "from_date >= date '1900-01-01'"),
            Check("to_date", "to_date is before from_date", "to_date >= from_date"),
        ),
    ),
    table(
        "collection_steps",
        "Steps of recovery.",
        "loan_id step done_on",
        """
        loan_id           text      Loan
        step              text      Step
        done_on           date      When
        promised_on?      date      Promised payment date
        promised_amount?  amount    Promised amount
        """,
        {"loan_id": "loans"},
        (
            Check("promised_on", "promised for a day before", "promised_on >= done_on"),
            Check("promised_amount", "not above zero", "promised_amount > 0"),
        ),
        dated="done_on",
    ),
    table(
        "card_authorisations",
        "Card authorisations.",
        "authorisation_id",
        """
        authorisation_id  text         Reference
        card              token        Token, never the card number
        merchant          text         Merchant
        authorised_at     timestamp    When (UTC)
        amount            amount       Authorised
        currency          currency     Of the amount
        channel           text         Chip, contactless, online ...
        """,
        amount="amount",
        dated="authorised_at",
    ),
    table(
        "card_clearings",
        "Card clearing lines.",
        "arn",
        """
        arn                text                            Acquirer reference number
        authorisation_id?  text                            Authorisation
        card               token                           Token, never the card number
        account            text                            Account debited
        cleared_on         date                            Clearing
        amount             amount                          Unsigned
        currency           currency                        Of the amount
        type               PRESENTMENT|REFUND|REVERSAL     Nature
        """,
        checks=(Check("amount", "amount is negative: type says which way", "amount >= 0"),),
        amount="amount",
        dated="cleared_on",
    ),
    table(
        "card_disputes",
        "Contested card payments.",
        "dispute_id",
        """
        dispute_id        text                  Reference
        amount            amount                Contested
        currency          currency              Of the amount
        arn               text                  Clearing line
        scheme            VISA|MASTERCARD|CB    Scheme
        reason            text                  Reason code
        unauthorised      boolean               The customer did not authorise it
        transaction_date  date                  Payment
        expected_on?      date                  What was paid for was delivered or expected
        reported_on       date                  Reported by the customer
        refunded_on?      date                  Refunded
        stage             text                  Stage
        stage_on          date                  Since
        """,
        checks=(
            Check("reported_on", "reported before the payment", "reported_on >= transaction_date"),
            Check("refunded_on", "refunded before it was reported", "refunded_on >= reported_on"),
            Check("stage_on", "at its stage before the payment", "stage_on >= transaction_date"),
        ),
        amount="amount",
        dated="reported_on",
    ),
    table(
        "atm_counts",
        "Cash machines, counted.",
        "atm date",
        """
        atm            text        Machine
        date           date        Day
        opening        amount      Before
        loaded         amount      Loaded
        dispensed      amount      Dispensed
        counted        amount      Counted
        currency       currency    Of the amounts
        """,
        amount="counted",
        dated="date",
    ),
    table(
        "complaints",
        "Complaints.",
        "complaint_id",
        """
        complaint_id        text                          Reference
        customer_id?        text                          Customer
        kind                BANKING|PAYMENT|INVESTMENT    Decides the clocks
        sent_on?            date                          Sent by the customer
        received_on         date                          Received by the bank
        channel             text                          How
        subject             text                          About what
        acknowledged_on?    date                          Acknowledged
        holding_answer_on?  date                          Holding answer
        holding_reason?     text                          Reason for the delay it gives
        holding_until?      date                          Day by which it announces the final answer
        answered_on?        date                          Final answer
        outcome?            text                          Outcome
        mediator_named?     boolean                       The answer names the mediator
        contested_key?      text                          Operation contested
        amount?             amount                        At stake
        currency?           currency                      Of the amount
        linked_key?         text                          Known break behind it
        """,
        checks=(
            Check("answered_on", "answered before it was received", "answered_on >= received_on"),
            Check("acknowledged_on", "acknowledged before it was received", "acknowledged_on >= received_on"),
            Check("holding_answer_on", "held before it was received", "holding_answer_on >= received_on"),
            Check("holding_until", "announced before the holding answer", "holding_until >= holding_answer_on"),
            Check("received_on", "received before it was sent", "received_on >= sent_on"),
        ),
        amount="amount",
        dated="received_on",
    ),
    table(
        "estates",
        "Estates of deceased customers.",
        "estate_id",
        """
        estate_id          text        Reference
        customer_id        text        Deceased
        died_on            date        Death
        notified_on        date        Known to the bank
        blocked_on?        date        Accounts blocked
        balance_at_death   amount      Balance
        currency           currency    Of the amounts
        fees_charged?      amount      Fees
        direct_heir        boolean     A direct heir claims
        minor              boolean     The deceased was a minor
        complex            boolean     Complex file
        tax_list_sent_on?  date        List sent to the tax office
        assets_paid_on?    date        Paid out
        last_claim_on?     date        Last sign of an heir
        funeral_paid?      amount      Funeral costs paid
        closed_on?         date        Closed
        last_notice_on?    date        Heirs told for the last time before the sums are deposited
        """,
        {"customer_id": "customers"},
        (
            Check("notified_on", "notified before the death", "notified_on >= died_on"),
            Check("assets_paid_on", "paid out before the death was known", "assets_paid_on >= notified_on"),
            Check("closed_on", "closed before the death was known", "closed_on >= notified_on"),
        ),
        "balance_at_death",
        "notified_on",
    ),
    table(
        "estate_documents",
        "Documents asked of heirs.",
        "estate_id document",
        """
        estate_id      text    Estate
        document       text    Document
        requested_on   date    Asked
        received_on?   date    Received
        """,
        {"estate_id": "estates"},
        (Check("received_on", "received before it was asked", "received_on >= requested_on"),),
    ),
)
