"""What `bolib drill` writes beside its page."""

from bolib.tables import table

RESULTS = (
    table(
        "drill_faults",
        "Faults of the drill, one row each: where it was planted, and what was heard of it.",
        "fault",
        """
        fault          text       Id of the declaration
        title          text       What it is
        kind           text       Of what kind
        table          text       Table it is planted in
        field          text       What a finding should name
        decoy          boolean    Unusual but right: nothing may be heard of it
        planted        boolean    It was planted
        why            text       Why not, where it was not
        day            date       Day it happens
        key            text       Row it was planted on
        expected       text       Controls that should find it; none exists where empty
        caught         boolean    A control found it
        as_expected    boolean    One of those that should
        caught_by      text       Controls that found it
        caught_on      date       First day it was found
        field_named    boolean    A finding about it shows the field
        """,
    ),
    table(
        "drill_controls",
        "What the drill says of each control.",
        "control",
        """
        control       text                                   Control
        report        text                                   Its report
        title         text                                   What it asks
        severity      CRITICAL|MAJOR|MINOR                   How bad what it finds is
        rule          text                                   Rule it watches
        status        PROVEN|BLIND|NOT_PROVEN|NOT_IN_FORCE|OFF   Found a planted fault; was given one and found none; was given none; its rule is to come; a table it needs is absent
        why           text                                   Why it is not proven
        planted       integer                                Faults planted that it should find
        caught        integer                                Of which it found
        others        integer                                Faults it found beyond those
        clean         integer                                Findings of it in the clean copy, on the last day
        """,
    ),
    table(
        "drill_alerts",
        "Every finding the copies with faults brought beyond those of the clean copy.",
        "day control key message",
        """
        day         date                                       Day of the report
        control     text                                       Control that raised it
        key         text                                       Object concerned
        message     text                                       One sentence
        relation    FAULT|CONSEQUENCE|DECOY|UNEXPLAINED        About a fault, about what it belongs to, about a decoy, about nothing planted
        fault       text                                       Fault or decoy
        """,
    ),
)
