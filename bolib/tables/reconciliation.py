"""What a run writes of comparisons: front and back office, the funnel, both sides of an account, what stays open."""

from bolib.tables import table

RESULTS = (
    table(
        "differences",
        "What front and back office do not agree on, one row a deal and field.",
        "trade_id class field",
        """
        trade_id        text          Deal
        version         integer       Version compared
        class           text          MISSING_BACK, MISSING_FRONT, VERSION, ECONOMIC, OTHER (no effect on the economics)
        field           text          Which field; `record` where one side has none
        blocking        boolean       To be settled before the deal is booked: all but OTHER
        front?          text          What the front office wrote
        back?           text          What the back office wrote
        book?           text          Book
        amount?         amount        Net amount of the deal
        currency?       currency      Of the amount
        trade_date      date          Day of the deal
        age_days?       integer       TARGET business days since
        owner?          text          Person
        team?           text          Team
        """,
    ),
    table(
        "operation_states",
        "Every operation taken on, in the one state it has come to, with what comes next.",
        "operation",
        """
        operation       text                        Deal, order nothing was dealt on, or file and line set aside
        kind            DEAL|ORDER|SET_ASIDE        What it is
        state           text                        ORDERED, DEALT, BOOKED, CONFIRMED, INSTRUCTED, MATCHED, SETTLED, ACCOUNTED; SETTLED_EARLIER (no accounts received of that day), TRANSFERRED (own books), CANCELLED, REJECTED, SET_ASIDE
        next_step?      text                        deal, book, confirm, instruct, match, settle, account; empty = none
        next_due?       date                        Day by which
        skipped?        text                        A state before of which there is no evidence
        book?           text                        Book
        isin?           text                        Instrument
        amount?         amount                      Net amount of the deal
        currency?       currency                    Of the amount
        trade_date?     date                        Day of the deal or order
        settlement_date?  date                      Contractual settlement
        owner?          text                        Person
        team?           text                        Team
        """,
    ),
    table(
        "funnel",
        "The operations by state; counts and amounts add up to the operations taken on.",
        "state currency",
        """
        state           text            As in operation_states
        currency        text            Of the amount; empty where none is known
        operations      integer         How many
        amount?         amount          Net amounts added up
        waiting         integer         That have a next step
        overdue         integer         Past the due date of their next step
        due_today       integer         Whose next step is due today
        next_due?       date            The earliest of them
        skipped         integer         With a step before without evidence
        """,
    ),
    table(
        "matches",
        "What belongs together on two sides, or may.",
        "reconciliation match_id side key",
        """
        reconciliation  text              Which one: NOSTRO, CARDS, CARD_ACCOUNTS, ATM, DEPOT, TRADES (deals that settle on the day or later)
        match_id        text              The same every day for the same rows
        side            LEFT|RIGHT        Ours, or theirs
        key             text              Row
        pass            text              How it was found
        status          AUTO|SUGGESTED    Decided, or for a person to decide
        residual        amount            Theirs minus ours that was accepted; on one row of the match
        reason?         text              Why a difference was accepted, or the match is suggested
        """,
    ),
    table(
        "breaks",
        "What two sides do not agree on.",
        "reconciliation side key",
        """
        reconciliation  text          Which one: NOSTRO, CARDS, CARD_ACCOUNTS, ATM, DEPOT, TRADES
        key             text          Row; of DEPOT account and ISIN; of TRADES the deal
        side            LEFT|RIGHT    Ours, or theirs; of DEPOT who has more; of TRADES front office, or back office
        class           text          DUPLICATE, REVERSAL, MISSING_OURS, MISSING_THEIRS, TIMING_EXPECTED, TIMING, FEE, FX, ROUNDING, TAX, PARTIAL, ACCRUED, AMOUNT, MULTI, SIGN, AGGREGATION, CLASSIFICATION, REFERENCE_DATA, UNKNOWN; of DEPOT also COMPENSATING, CORPORATE_ACTION
        amount?         amount        Of the row; of DEPOT what the units not explained are worth at the last close; of TRADES the net amount, a purchase negative
        currency?       currency      Of the amount
        age_days        integer       TARGET business days since its value date; of TRADES since the day of the deal
        owner?          text          Person
        explanation     text          In words
        """,
    ),
    table(
        "open_lines",
        "Lines of nostros open this evening, whole: the next day carries over what its files no longer cover.",
        "side key",
        """
        side          LEFT|RIGHT  Ours, or theirs
        key           text        Line, the same every day
        account       text        Account
        currency      currency    Of the amount
        amount        amount      Received positive
        date          date        Value
        booking_date  date        Booked
        reference?    text        Reference
        batch?        text        Deal or payment it is a part of
        party?        text        Other party
        text?         text        Free text
        twin_key?     text        Line of the same reference and amount on its side, which it stands beside twice
        file?         text        Where it was first read
        line?         integer     And its line
        """,
    ),
    table(
        "open_authorisations",
        "Card authorisations of which something is open this evening: not presented yet, or cleared otherwise.",
        "authorisation_id",
        """
        authorisation_id  text         Reference
        card              token        Token
        merchant          text         Merchant
        authorised_at     timestamp    When (UTC)
        amount            amount       Authorised
        currency          currency     Of the amount
        channel           text         Chip, contactless, online ...
        file?             text         Where it was first read
        line?             integer      And its line
        """,
    ),
    table(
        "open_clearings",
        "Card clearings that do not agree this evening with what was authorised or with the account, and their kin.",
        "arn",
        """
        arn                text                            Acquirer reference number
        authorisation_id?  text                            Authorisation
        card               token                           Token
        account            text                            Account debited
        cleared_on         date                            Clearing
        amount             amount                          Unsigned
        currency           currency                        Of the amount
        type               PRESENTMENT|REFUND|REVERSAL     Nature
        file?              text                            Where it was first read
        line?              integer                         And its line
        """,
    ),
    table(
        "matched_clearings",
        "Card payments and refunds that agree this evening: a later refund or dispute looks for them here.",
        "arn",
        """
        arn                 text                            Acquirer reference number
        authorisation_id    text                            Authorisation
        card                token                           Token
        account             text                            Account debited
        cleared_on          date                            Clearing
        amount              amount                          Cleared, unsigned
        currency            currency                        Of the amounts
        type                PRESENTMENT|REFUND|REVERSAL     Nature
        merchant?           text                            Merchant
        authorised_at?      timestamp                       When (UTC)
        authorised?         amount                          Authorised; of a payment
        channel?            text                            Chip, contactless, online ...
        file?               text                            Where the clearing was first read
        line?               integer                         And its line
        authorisation_file? text                            Where the authorisation was first read
        authorisation_line? integer                         And its line
        """,
    ),
    table(
        "open_counts",
        "Counts of cash machines of the days that do not agree with the ledger this evening.",
        "atm date",
        """
        atm        text        Machine
        date       date        Day
        loaded     amount      Loaded
        dispensed  amount      Dispensed
        currency   currency    Of the amounts
        file?      text        Where it was first read
        line?      integer     And its line
        """,
    ),
    table(
        "open_entries",
        "Entries of the ledger under clearings of cards and days of cash machines that do not agree this evening.",
        "account entry_id",
        """
        account       text        Account
        entry_id      text        Entry
        booking_date  date        Booked
        amount        amount      Received positive
        currency      currency    Of the amount
        reference?    text        Reference
        file?         text        Where it was first read
        line?         integer     And its line
        """,
    ),
    table(
        "open_holdings",
        "Holdings of depositaries that are not explained this evening, and since when.",
        "account isin",
        """
        account   text        Safekeeping account
        isin      isin        Instrument
        residual  quantity    Theirs less ours, once everything is explained
        since     date        First evening, without a gap up to this one, on which the same was left over
        """,
    ),
    table(
        "last_statements",
        "The last statement received of each account, cash and custody: the next has to follow it.",
        "kind account currency",
        """
        kind          CASH|CUSTODY|MOVEMENTS|PENDING|PENALTIES  Of what
        account       text          Account
        currency?     currency      Of the balances
        statement_no  text          Number of the statement
        from_date     date          First day
        to_date       date          Last day
        opening?      amount        Balance before
        closing?      amount        Balance after
        part?         FIRST|MIDDLE|LAST  Pages that came apart from the others: which part of the statement
        file?         text          Where it was read
        line?         integer       And its line
        """,
    ),
    table(
        "tolerated",
        "Differences accepted for a named reason: each is a line to book.",
        "ours theirs",
        """
        account       text        Account
        currency      currency    Of the amounts
        date          date        Booked by the correspondent
        ours          text        Our line
        theirs        text        Their line
        our_amount    amount      Ours
        their_amount  amount      Theirs
        residual      amount      Theirs minus ours, to book
        reason        text        Why it was accepted
        match_id      text        The match
        """,
    ),
    table(
        "match_sample",
        "Automatic matches drawn at random for a person to check, and those ever checked.",
        "reconciliation match_id",
        """
        reconciliation  text        Which one: NOSTRO, CARDS, CARD_ACCOUNTS, DEPOT, ATM
        match_id        text        The match; a person's decision CONFIRMED or WRONG goes to dispositions under it
        pass            text        How it was found
        ours            text        Our rows
        theirs          text        Their rows
        amount?         amount      Of their rows, or of ours where there are none; a holding has none
        currency?       currency    Of the amount
        residual        amount      Theirs minus ours that was accepted
        said?           text        What is to be checked where it is no line of a file: the sum that makes a holding
        decision?       text        CONFIRMED or WRONG; empty = not checked yet
        decided_by?     text        Who
        decided_on?     date        When
        """,
    ),
)
