"""Filings, processing events, incidents, owners and decisions."""

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
