"""What a run writes of corporate actions: entitlements, claims and choices."""

from bolib.tables import table

RESULTS = (
    table(
        "entitlements",
        "What each account is due on each event of its securities, and what it got.",
        "ca_id account",
        """
        ca_id                 text                                              Event
        account               text                                              Custody account
        isin                  isin                                              Security held
        name                  text                                              Its name
        type                  text                                              ISO 15022 event
        ex_date               date                                              First day without the right
        record_date?          date                                              Day positions are counted
        pay_date?             date                                              Day of payment
        due_date?             date                                              Day it is due: pay_date, or the next open one
        position              PROJECTED|CUSTODY|DEALS|NONE                      How the holding is known: so far, as the custodian states it, from deals and settlements
        eligible_quantity?    quantity                                          Settled on the evening of the record date
        claimed_quantity      quantity                                          Dealt but on the wrong side of it: + to receive, - to deliver
        entitled_quantity?    quantity                                          What the right bears on
        lent_quantity         quantity                                          Of which lent (+) or borrowed (-)
        new_isin?             isin                                              Security received
        quantity_due?         quantity                                          Units of it; negative = to give up
        fraction?             quantity                                          Part of a unit paid in cash
        gross?                amount                                            Received positive
        tax_rate?             rate                                              Percent of gross; empty = no rule
        tax?                  amount                                            Withheld at source
        net?                  amount                                            gross - tax
        currency?             currency                                          Of the amounts
        received_on?          date                                              Last receipt
        quantity_received?    quantity                                          Securities received
        amount_received?      amount                                            Cash received, after tax
        tax_received?         amount                                            Withheld
        currency_received?    currency                                          Of the cash received
        quantity_difference?  quantity                                          Received less due
        difference?           amount                                            Received less due, after tax; before it where the rate is unknown
        tax_difference?       amount                                            Withheld less due, where it differs
        status                EXPECTED|RECEIVED|LATE|MISSING|DIFFERENT|UNJUDGED State as of the day
        cause?                text                                              Of a difference: TAX, CLAIM, CLAIM_UNTOLD, LOAN, POSITION, CURRENCY, SHORT, OVER, NOT_ENTITLED
        tax_rule?             text                                              Rule that gives the rate
        arithmetic?           text                                              How it comes about, in words and figures
        outcome?              text                                              What came in, and by how much it differs
        source_file?          text                                              File of the receipt, or of the event
        source_line?          integer                                           Line of that file
        """,
    ),
    table(
        "entitlements_by_book",
        "What of each entitlement falls on each book; the books add up to the account.",
        "ca_id account book",
        """
        ca_id           text        Event
        account         text        Custody account
        book            text        Book
        isin            isin        Security held
        type            text        ISO 15022 event
        pay_date?       date        Day of payment
        quantity        quantity    What the right bears on
        quantity_due?   quantity    Units to receive
        gross?          amount      Received positive
        tax?            amount      Withheld at source
        net?            amount      gross - tax
        currency?       currency    Of the amounts
        """,
    ),
    table(
        "market_claims",
        "Deliveries on the wrong side of a record date: who owes whom what the event brought.",
        "ca_id reference",
        """
        ca_id                     text                                      Event
        reference                 text                                      Instruction, or the deal where it has none
        account                   text                                      Custody account
        isin                      isin                                      Security
        type                      text                                      ISO 15022 event
        kind                      CLAIM|REVERSE|DUE_BILL|TRANSFORMATION     What the market does about it
        counterparty              lei                                       The other side
        counterparty_name         text                                      Its name
        direction                 TO_US|BY_US                               Who is owed
        quantity                  quantity                                  Units open over the record date
        trade_date                date                                      Day of the deal
        intended_settlement_date  date                                      Contractual date
        settled_on?               date                                      When it settled
        record_date               date                                      Day positions were counted
        due_date?                 date                                      Day the claim is due
        quantity_due?             quantity                                  Units claimed
        gross?                    amount                                    Claimed, unsigned
        tax?                      amount                                    On it, at the rate of the event
        net?                      amount                                    gross - tax
        currency?                 currency                                  Of the amounts
        state                     PAID|OPEN|UNTOLD|REPLACED|NOT_REPLACED    What became of it; UNTOLD: what came in does not say
        instructed_quantity?      quantity                                  Of the instruction now
        matched_at?               timestamp                                 When it was matched (UTC)
        arithmetic?               text                                      How it comes about, in words and figures
        source_file?              text                                      File of the instruction
        source_line?              integer                                   Line of that file
        """,
    ),
    table(
        "choices",
        "Choices to make on events that offer some.",
        "ca_id account",
        """
        ca_id             text                                                    Event
        account           text                                                    Custody account
        isin              isin                                                    Security
        type              text                                                    ISO 15022 event
        quantity?         quantity                                                Held
        net?              amount                                                  Cash at stake, after tax
        currency?         currency                                                Of the cash
        option?           text                                                    Choice made
        elected_on?       date                                                    When
        default_option?   text                                                    What applies without a choice
        due_date          date                                                    Our own deadline
        market_deadline   timestamp                                               The market's (UTC)
        state             ELECTED|LATE|TOO_LATE|TO_ELECT|OVERDUE|DEFAULTED        State as of the day
        days_left         integer                                                 Open days to our deadline; negative = past
        arithmetic        text                                                    How our deadline comes about
        source_file?      text                                                    File of the choice, or of the event
        source_line?      integer                                                 Line of that file
        """,
    ),
)
