"""What a run writes of clients: arrears, complaints, cash machines."""

from bolib.tables import table

RESULTS = (
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
)
