"""What a run writes: results/<name>.parquet with a .csv twin, and the tables controls may name."""

from bolib.tables import accounting, corporate_actions, drill, table

RESULTS = {
    found.name: found
    for found in (
        table(
            "completeness",
            "Proof, file by file: what was read is what was accepted, set aside or excluded.",
            "source file",
            """
            source              text       Entry of sources.yml, or the table's own name
            file                text       File, relative to the data folder
            sha256              text       Of its bytes
            rows_read           integer    Records found
            rows_accepted       integer    Given to the reports
            rows_set_aside      integer    Failing a check, with their reasons in set_aside
            rows_excluded       integer    Left out on purpose, with the reason
            amount_read         amount     Total of the table's amount column
            amount_accepted     amount     Of which accepted
            amount_set_aside    amount     Of which set aside
            amount_excluded     amount     Of which excluded
            declared_rows?      integer    Number of records the source declares
            declared_amount?    amount     Total the source declares
            proven              boolean    Everything adds up
            reason              text       Why, or why not
            """,
        ),
        table(
            "set_aside",
            "Rows that failed a check, one row a reason.",
            "file line column reason",
            """
            source      text       Entry of sources.yml
            file        text       File
            line        integer    Line of the file, the header being line 1
            column?     text       Column at fault
            value?      text       What it holds
            reason      text       What is wrong
            raw?        text       The record as it was read
            """,
        ),
        table(
            "findings",
            "Rows that break a rule, one row a breach.",
            "finding_id",
            """
            finding_id      text                      Same breach, same id, every day
            control         text                      Which control found it
            report          text                      In which report
            severity        CRITICAL|MAJOR|MINOR      How bad
            key             text                      Object concerned
            business_date   date                      Day of the breach
            first_seen      date                      First report that showed it
            age_days        integer                   TARGET business days from business_date to the day
            amount?         amount                    At stake
            currency?       currency                  Of the amount
            message         text                      One sentence
            rule            text                      Rule broken
            citation?       text                      Where the rule stands; of a rule not read in a source, with the warning
            owner?          text                      Person
            team?           text                      Team
            status          text                      NEW, OPEN
            evidence        text                      JSON: row, sources, thresholds
            """,
        ),
        table(
            "deadlines",
            "Every clock that runs or ran out.",
            "object_type key rule",
            """
            object_type     text                                   Settlement, complaint ...
            key             text                                   Which one
            rule            text                                   Rule that sets the date
            trigger_date    date                                   What starts the clock
            due_date        date                                   Last day
            due_at?         timestamp                              The moment, UTC, where the rule names an hour; empty = end of the day
            calendar        text                                   Calendar counted on
            arithmetic      text                                   How the date comes about
            done_on?        date                                   When it was done
            status          DONE|LATE|OPEN|TODAY|OVERDUE           State as of the day
            days_left       integer                                Days on that calendar; negative = overdue
            amount?         amount                                 At stake
            currency?       currency                               Of the amount
            owner?          text                                   Person
            team?           text                                   Team
            step?           text                                   Step of the escalation reached
            next_step?      text                                   Step that comes next
            next_step_from? date                                   First day on which it may be taken
            recorded        boolean                                Its source records when such a thing is done
            """,
        ),
        table(
            "arrears",
            "Every loan on the day: what is past due and for how long, default, stage, what may come next.",
            "loan_id",
            """
            loan_id             text        Loan
            customer_id         text        Borrower
            overdue_since?      date        Due date of the oldest instalment not wholly paid
            days_past_due       integer     Calendar days since, those of a pause left out
            amount_past_due     amount      What is left of the instalments past due
            bucket              text        Band of the days past due
            material_since?     date        Day before the first on which both thresholds were exceeded without a break
            days_material       integer     Calendar days since, those of a pause left out; more than 90 = default
            in_default          boolean     By the prudential counter, its probation included
            obligor_in_default  boolean     Any loan of the borrower is
            stage               integer     IFRS 9 stage, by days past due and default
            next_step?          text        Most urgent step that may come next; a person decides
            next_step_from?     date        First day on which it is lawful
            limitation_on?      date        Last day to go to court
            next_step_by?       date        Last day of the step
            default_since?      date        First day of the default
            default_until?      date        First day on which it may end; empty while arrears are material
            backstop_on?        date        Day from which own funds bear all of it (CRR 47c)
            """,
        ),
        table(
            "arrears_history",
            "The loans past due on the day or on a month end before it, on each of these evenings.",
            "loan_id day",
            """
            loan_id             text        Loan
            customer_id         text        Borrower
            currency            text        Of the loan
            day                 date        Evening, with what was known then
            bucket              text        Band of the days past due
            rank                integer     Of the band, the youngest first; 0 = nothing is past due
            days_past_due       integer     Calendar days, those of a pause left out
            amount_past_due     amount      What was left of the instalments past due
            in_default          boolean     By the prudential counter, its probation included
            """,
        ),
        table(
            "complaint_causes",
            "What the complaints received up to the day are about.",
            "cause",
            """
            cause               integer                         Its number, the most frequent first
            kind                BANKING|PAYMENT|INVESTMENT      Of the complaints
            subject             text                            What they are about
            complaints          integer                         Received
            unanswered          integer                         Without a recorded answer
            upheld              integer                         Found right
            first_received      date                            Of them
            last_received       date                            Of them
            """,
        ),
        table(
            "complaints_received",
            "Every complaint received up to the day; its clocks are in deadlines under its key.",
            "complaint_id",
            """
            complaint_id        text        Key
            cause               integer     What it is about: a number of complaint_causes
            answered_on?        date        Its answer
            upheld?             boolean     True where it was found right
            not_judged?         text        Rules whose clocks have run out in a source that never records an answer
            """,
        ),
        table(
            "cash_counts",
            "The counts of the cash machines up to the day.",
            "atm date",
            """
            atm                 text        Machine
            date                date        Day
            opening             amount      Before
            loaded              amount      Loaded
            dispensed           amount      Dispensed
            counted             amount      Counted
            currency            currency    Of the amounts
            expected            amount      Opening + loaded − dispensed
            difference          amount      Counted − expected
            counted_before?     amount      Counted the day before in the table
            date_before?        date        That day
            """,
        ),
        table(
            "rules",
            "The rulebook: every version of every rule, and what watches it.",
            "rule valid_from",
            """
            rule            text                      Id
            subject         text                      File of the rulebook it stands in
            text_en         text                      What it asks, in English
            text_fr         text                      and in French
            citation        text                      Where it stands
            confidence      text                      V1, V2 read in a source; MH, MM, ML from memory; BANK the bank's own
            verified        boolean                   Read in a source, or the bank's own
            severity        CRITICAL|MAJOR|MINOR      How bad a breach is
            valid_from      date                      First day in force
            valid_to?       date                      Last day in force; empty = open
            in_force        boolean                   On the day of the report
            trigger?        text                      What starts its clock
            ends?           text                      When its clock ends
            watched_by?     text                      Controls by id, clocks and preparations by file; empty = nothing
            lacking?        text                      Facts no table holds, for want of which nothing watches it
            """,
        ),
        table(
            "impact",
            "What the rules of another date would change.",
            "object_type key rule before after",
            """
            object_type     text        Settlement, trade, estate ...
            key             text        Which one
            rule            text        Rule in force on that date; where there is none, the one in force now
            before?         text        Due date, moment (UTC) or amount as it is; empty = none
            after?          text        The same under the rules of that date; empty = none
            amount?         amount      At stake; where an amount changes, after - before
            currency?       currency    Of the amount
            """,
        ),
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
            "obligations",
            "What must be filed in the next twelve months, by period; for what follows an event, when one of today is due.",
            "due_date rule period",
            """
            due_date        date                          Last day
            send_by         date                          Last business day up to it
            rule            text                          Rule that sets the date
            regime?         text                          Reporting regime; empty = a step of one
            event           text                          What is filed about, or the step
            span            DAY|MONTH|QUARTER|YEAR        What one filing covers; DAY = each event
            period?         text                          Month, quarter or year filed
            calendar        text                          Calendar counted on
            arithmetic      text                          How the date comes about
            known           integer                       Objects known to be filed by then, and not yet filed
            owner?          text                          Person
            team?           text                          Team
            """,
        ),
        table(
            "filings_by_regime",
            "Proof by regime: in_scope = filed + filed_late + exempted + unexplained + running + overdue.",
            "regime",
            """
            regime            text                          Reporting regime
            rule              text                          Rule that gives its deadline
            span              DAY|MONTH|QUARTER|YEAR        What one filing covers
            registered_from?  date                          First event registered or filed; what is older is not judged
            source?           text                          Tables the scope is computed again from
            source_from?      date                          Their first day
            not_seen?         text                          What no table tells
            in_scope          integer                       Obligations, each once
            filed             integer                       Accepted, sent in time
            filed_late        integer                       Accepted, sent late
            exempted          integer                       Left out with a reason
            unexplained       integer                       Left out without a reason
            running           integer                       Not filed, not yet past due
            overdue           integer                       Not filed, past due
            rejected          integer                       Of running and overdue: rejected and not sent again
            unlisted          integer                       Of in_scope: by the tables only, not in the register
            undecided         integer                       Not counted: the tables do not tell whether in scope
            strays            integer                       Not counted: filed or listed, but the tables show nothing
            next_due?         date                          First due date of what is not filed
            """,
        ),
        table(
            "ttf_computed",
            "Tax on financial transactions, by share and contractual settlement day, all books together.",
            "isin settlement_date currency",
            """
            isin             isin        Share
            settlement_date  date        Contractual settlement
            currency         currency    Of the amounts
            deals            integer     Purchases and sales
            bought           quantity    Units
            sold             quantity    Units
            net_quantity     quantity    bought - sold, not below 0
            paid             amount      Value of the purchases
            base             amount      paid x net_quantity / bought
            rate_percent     price       Rate of the day
            tax_due          amount      base x rate, rounded once
            tax_booked       amount      On the deals
            difference       amount      tax_booked - tax_due
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
        table(
            "process",
            'Own processing times: each activity of each kind of object, and "*", the case from beginning to end.',
            "object_type activity",
            """
            object_type             text        Kind of object
            activity                text        Step; * = the whole case, over the cases that have ended
            cases                   integer     Cases that passed it
            median_hours?           amount      Half of the waits for it since the step before lasted no longer (nearest rank)
            p95_hours?              amount      95 % of them lasted no longer
            rework                  integer     Cases in which it came again
            variant_share?          amount      Of the ended cases that passed it, those that went the most frequent way, %
            events                  integer     Times it was done
            repeats                 integer     Of which again in the same case
            follows?                text        Step it mostly follows
            waits                   integer     Waits measured
            median_business_hours?  amount      As median_hours, in opening hours
            p95_business_hours?     amount      As p95_hours, in opening hours
            waiting_share?          amount      Share of all business hours waited by its kind of object, %
            batch_share?            amount      Times it was done in one second with several other cases, %
            month_waits             integer     Waits that ended in the month of the day
            month_business_hours?   amount      Their median, in opening hours
            usual_waits             integer     Waits that ended in the months before
            usual_business_hours?   amount      Their median, in opening hours
            """,
        ),
        table(
            "process_variants",
            "The ways ended cases went from beginning to end.",
            "object_type variant",
            """
            object_type             text        Kind of object
            variant                 integer     1 = the most frequent
            path                    text        Activities in order
            cases                   integer     Cases that went so
            cases_share?            amount      Of all ended cases of the kind, %
            median_hours            amount      Half of them took no longer
            median_business_hours   amount      The same in opening hours
            example                 text        One of the cases
            """,
        ),
        table(
            "process_cases",
            "Every case of own processing.",
            "object_type object_id",
            """
            object_type             text                    Kind of object
            object_id               text                    Object
            state                   OPEN|CLOSED|UNKNOWN     UNKNOWN = nobody says which steps end a case of its kind
            variant?                integer                 Way it went; empty while open
            steps                   integer                 Steps so far
            repeats                 integer                 Of which done before in the same case
            first_at                timestamp               First step (UTC)
            last_at                 timestamp               Last step so far (UTC)
            ended_at?               timestamp               Last of its ending steps (UTC)
            last_activity           text                    Last step so far
            lead_hours?             amount                  From the first step to the end
            lead_business_hours?    amount                  The same in opening hours
            age_hours?              amount                  Open: from the first step to the evening of the day
            age_business_hours?     amount                  The same in opening hours
            idle_hours?             amount                  Open: since the last step
            idle_business_hours?    amount                  The same in opening hours
            """,
        ),
        table(
            "causes",
            "What shares a cause: each deal of which several controls say something, and what they say, the earliest first.",
            "object rank",
            """
            object      text        The deal
            rank        integer     From 1, in the order in which a mistake shows: deal, order, operation, cash, position, entries
            control     text        The control
            key         text        The object its finding is about
            sentence    text        Its question, or what its alert says
            """,
        ),
        table(
            "alerts",
            "What is unusual and breaks no rule, each alert with what was expected and seen.",
            "alert_id",
            """
            alert_id        text                                        Same record and reason, same id, every day
            control         text                                        The control that makes it a finding, where shown
            severity        CRITICAL|MAJOR|MINOR                        Of that control
            block           text                                        Table of the record
            key             text                                        The record
            day             date                                        Day on which it was judged, by what was known then
            kind            RARE|FIRST|AMOUNT|MOVE|STALE|RESULT|SCHEDULE|POSITION    Never said together, first seen, amount, price moved or still, result, instalment or position apart from what is expected
            state           OPEN|PROVISIONAL|CONFIRMED|CLOSED           Of a price: until the next close, and after it
            place           SHOWN|BELOW|GROUPED|ACCEPTED|CLOSED         On the list, below the day's line, under a cause, decided, over
            cause?          text                                        Alert or finding it is grouped under; decision that accepts it
            sentence        text                                        What was seen, what was expected, what is usual
            field           text                                        Field to blame first
            value           text                                        What it says
            other           text                                        The field it does not go with
            other_value     text                                        What that says
            seen?           integer                                     Other records with both values; days a price is unmoved
            seen_other?     integer                                     Other records with the second value
            expected?       rate                                        Records with both, if the fields had nothing to do with each other
            usual?          text                                        What the first field mostly says beside the second
            usual_amount?   amount                                      Middle of the earlier amounts; basis points, of a price
            low?            amount                                      From here
            high?           amount                                      To here it would not have been told
            known?          integer                                     Earlier amounts or days it is compared with
            score           amount                                      Nats of evidence, or spreads from the usual
            scope           text                                        What a decision on it may hold for
            object          text                                        What it is about: a deal and its entries are one
            amount?         amount                                      At stake
            currency?       currency                                    Of the amount
            priority        integer                                     Severity x chance x euros, to order by
            chance          text                                        How often its kind was confirmed
            confirmed       integer                                     Of the decisions on its kind, those that confirmed
            decided         integer                                     Decisions on its kind
            source_file?    text                                        Where the record was read
            source_line?    integer                                     And its line
            """,
        ),
        *corporate_actions.RESULTS,
        *accounting.RESULTS,
        *drill.RESULTS,
    )
}

CARRIED = {
    **{
        f"carried_{name}": RESULTS[f"open_{name}"]
        for name in ("lines", "authorisations", "clearings", "counts", "entries", "holdings")
    },
    "carried_statements": RESULTS["last_statements"],
    "carried_matches": RESULTS["matched_clearings"],  # after the clearings: those carried over name some
}
"""What was open on the evening before, the last statements, and the card payments that agreed on earlier evenings and
are named today, by the name a SELECT of the day gives it."""
