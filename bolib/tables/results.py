"""What a run writes: results/<name>.parquet with a .csv twin, and the tables controls may name.

Here stand those of every report; the others stand beside the tables of their subject.
"""

from bolib.tables import (
    accounting,
    clients,
    corporate_actions,
    drill,
    earnings,
    operations,
    reconciliation,
    settlement,
    table,
)

OF_EVERY_REPORT = (
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
)

SUBJECTS = (clients, reconciliation, settlement, operations, earnings, corporate_actions, accounting, drill)

RESULTS = {
    found.name: found for part in (OF_EVERY_REPORT, *(subject.RESULTS for subject in SUBJECTS)) for found in part
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
