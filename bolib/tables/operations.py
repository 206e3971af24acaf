"""Filings, processing events, incidents, owners and decisions; what a run writes of filings and of work."""

from bolib.tables import Check, table

CALENDARS_FROM = "1982-01-01"
"""Before, no calendar of the bank's country is known: what is dated so is a default of some system, not a moment."""

BEFORE_CALENDARS = "before any business calendar begins"

TABLES = (
    table(
        "reportable",
        "What must be filed, or why it need not be.",
        "regime object_id event_at",
        """
        regime             text         Reporting regime: MIFIR, EMIR ...
        object_id          text         Deal, account, client ...
        event_at           timestamp    What starts the clock (UTC)
        in_scope           boolean      Must be filed
        exemption_reason?  text         Why not
        amount?            amount       At stake
        currency?          currency     Of the amount
        """,
        amount="amount",
        dated="event_at",
    ),
    table(
        "filings",
        "What was filed with authorities.",
        "filing_id",
        """
        filing_id        text                         Reference
        regime           text                         Reporting regime
        object_id        text                         Deal, account, client ...
        event_at         timestamp                    What started the clock (UTC)
        sent_at?         timestamp                    Sent (UTC)
        status           PENDING|ACCEPTED|REJECTED    Answer of the authority
        acknowledged_at? timestamp                    Answered (UTC)
        replaces?        text                         Filing it corrects
        """,
        checks=(
            Check("sent_at", "answered, but never sent", "status = 'PENDING' or sent_at is not null"),
            Check("acknowledged_at", "answered before it was sent", "acknowledged_at >= sent_at"),
        ),
        dated="event_at",
    ),
    table(
        "events",
        "What was done to each object, step by step.",
        "object_type object_id activity at",
        """
        object_type    text         Kind of object
        object_id      text         Object
        activity       text         Step
        at             timestamp    When (UTC)
        actor?         text         Who
        source?        text         System
        """,
        checks=(Check("at", BEFORE_CALENDARS, f"\"at\" >= timestamp '{CALENDARS_FROM}'"),),
        dated="at",
    ),
    table(
        "incidents",
        "Operational incidents.",
        "incident_id",
        """
        incident_id        text         Reference
        aware_at           timestamp    Known (UTC)
        classified_at?     timestamp    Classified (UTC)
        major              boolean      Major under DORA
        initial_at?        timestamp    Initial notification (UTC)
        intermediate_at?   timestamp    Intermediate report (UTC)
        final_at?          timestamp    Final report (UTC)
        loss?              amount       Loss
        currency?          currency     Of the loss
        event_type?        text         Basel event type
        cause?             text         Root cause
        """,
        checks=(
            Check("aware_at", BEFORE_CALENDARS, f"aware_at >= timestamp '{CALENDARS_FROM}'"),
            Check("classified_at", "classified before it was known", "classified_at >= aware_at"),
            Check("initial_at", "notified before it was known", "initial_at >= aware_at"),
            Check("intermediate_at", "reported before the initial notification", "intermediate_at >= initial_at"),
            Check(
                "intermediate_at",
                "no initial notification before it",
                "intermediate_at is null or initial_at is not null",
            ),
            Check("final_at", "reported before the intermediate report", "final_at >= intermediate_at"),
            Check("final_at", "no intermediate report before it", "final_at is null or intermediate_at is not null"),
            Check("currency", "a loss without its currency", "loss is null or currency is not null"),
        ),
        amount="loss",
        dated="aware_at",
    ),
    table(
        "owners",
        "Who answers for what.",
        "object_type match",
        """
        object_type    text    Kind of object: book, control, counterparty ...
        match          text    Which one; * = all others
        owner          text    Person
        team           text    Team
        """,
    ),
    table(
        "dispositions",
        "Decisions on findings.",
        "finding_id decided_at",
        """
        finding_id     text         Finding
        decided_at     timestamp    When (UTC)
        decision       text         What
        scope?         text         For which others it also holds
        expires_on?    date         Until when
        actor          text         Who
        comment?       text         Why
        """,
    ),
)

RESULTS = (
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
)
