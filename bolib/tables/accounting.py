"""Cash statements, ledgers and the journal (FEC names in English)."""

from bolib.tables import Check, table

TABLES = (
    table(
        "statements",
        "Account statements received.",
        "account statement_no",
        """
        account        text        Account at the correspondent
        statement_no   text        Number of the statement
        currency       currency    Of the balances
        from_date      date        First day
        to_date        date        Last day
        opening        amount      Balance before
        closing        amount      Balance after
        part?          FIRST|MIDDLE|LAST  Pages that came apart from the others: which part of the statement, its number then naming them (12/2)
        """,
        checks=(Check("to_date", "to_date is before from_date", "to_date >= from_date"),),
        amount="closing",
        dated="to_date",
    ),
    table(
        "statement_lines",
        "Lines of the statements.",
        "account statement_no line_no",
        """
        account         text        Account
        statement_no    text        Statement
        line_no         integer     Rank in the statement
        booking_date    date        Booked by the correspondent
        value_date      date        Value
        amount          amount      Credit positive
        currency        currency    Of the amount
        reference?      text        Reference of the correspondent
        end_to_end_id?  text        Reference of the payer
        counterparty?   text        Other party
        text?           text        Free text
        reversal        boolean     Undoes an earlier line
        """,
        amount="amount",
        dated="booking_date",
    ),
    table(
        "ledger_lines",
        "The bank's own record of its accounts at correspondents, of customers' card payments, of its cash machines.",
        "account entry_id",
        """
        account         text        Account
        entry_id        text        Entry
        booking_date    date        Booked
        value_date      date        Value
        amount          amount      Received positive
        currency        currency    Of the amount
        reference?      text        Reference
        trade_id?       text        Deal behind it
        counterparty?   text        Other party
        text?           text        Free text
        """,
        amount="amount",
        dated="booking_date",
    ),
    table(
        "journal",
        "Accounting entries, one row a line (fichier des écritures comptables).",
        "journal_code entry_no line_no",
        """
        journal_code      text           JournalCode
        entry_no          text           EcritureNum
        line_no           integer        Rank in the entry
        journal_label     text           JournalLib
        entry_date        date           EcritureDate
        account           text           CompteNum
        account_label     text           CompteLib
        aux_account?      text           CompAuxNum
        aux_label?        text           CompAuxLib
        document_ref      text           PieceRef
        document_date     date           PieceDate
        label             text           EcritureLib
        debit             amount         Debit; a minus takes one back, as a credit does
        credit            amount         Credit; a minus takes one back, as a debit does
        letter?           text           EcritureLet
        letter_date?      date           DateLet
        validated_on?     date           ValidDate
        currency_amount?  amount         Montantdevise
        currency?         currency       Idevise
        user?             text           Who entered it
        origin?           AUTO|MANUAL    How
        event_id?         text           Event that caused it
        entered_at?       timestamp      When (UTC)
        approved_by?      text           Second pair of eyes
        reverses?         text           Entry it undoes
        """,
        checks=(Check("debit", "a line has a debit or a credit, not both", "debit = 0 or credit = 0"),),
        amount="debit",
        dated="entry_date",
    ),
    table(
        "closings",
        "Locked periods.",
        "journal_code period",
        """
        journal_code   text         Journal
        period         text         YYYY-MM or YYYY-MM-DD
        locked_at      timestamp    From when (UTC)
        """,
    ),
    table(
        "trial_balance",
        "Balance of each account.",
        "date account",
        """
        date           date         Day
        account        text         Account
        opening        amount       Debit positive
        debit          amount       Movements of the day
        credit         amount       Movements of the day
        closing        amount       Debit positive
        """,
        checks=(Check("closing", "opening + debit - credit is not closing", "opening + debit - credit = closing"),),
        amount="closing",
        dated="date",
    ),
    table(
        "accounting_scheme",
        "Entries each kind of event must give.",
        "event_type line_no",
        """
        event_type     text            Kind of event
        line_no        integer         Rank
        account        text            Account
        side           DEBIT|CREDIT    Side
        amount_field   text            Amount of the event it carries
        """,
    ),
)

RESULTS = (
    table(
        "ledger_balances",
        "Balances of the last weeks, proven or not: tomorrow proves them again.",
        "account date",
        """
        date             date       Day
        account          text       Account
        account_label?   text       Its name in the journal, or in the chart
        kind?            text       SUSPENSE, TRANSFER or RESULT, by the chart
        opening          amount     Debit positive
        debit            amount     Movements by the trial balance
        credit           amount     Movements by the trial balance
        closing          amount     Debit positive
        journal_debit    amount     Movements by the journal, since the balance before
        journal_credit   amount     Movements by the journal, since the balance before
        proven           boolean    Opens as it closed, and moves as the journal says
        """,
    ),
    table(
        "suspense",
        "Open items of the suspense accounts, one row an item, never netted.",
        "item",
        """
        item           text                              Journal, entry and line
        account        text                              Suspense account
        entry_date     date                              Since when
        amount         amount                            Debit positive
        age_days       integer                           Calendar days
        band           text                              Of the rule on suspense accounts
        owner?         text                              Who answers for the account
        label?         text                              What the entry says
        document_ref?  text                              Document
        stage          WATCHED|ESCALATED|LOSS_REVIEW     By the rule on suspense accounts
        proposal       text                              What to do, for a person to decide
        approver?      text                              Who signs it
        percent        integer                           Of the amount to provide for
        provision      amount                            What that makes
        """,
    ),
)
