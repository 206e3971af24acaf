/* view: every operation with its state, what comes next and by when; `skipped` names a step before its state of which
   there is no evidence. Due dates count TARGET business days; what is older than the calendar was due on its own day. A
   record set aside is to be corrected the same day. */
select
    o.operation, o.kind, o.state, n.step as next_step,
    case o.state
        when 'ORDERED' then o.trade_date
        when 'DEALT' then coalesce(entered.next_open, o.entered_on)
        when 'BOOKED' then coalesce(confirmed.date, o.trade_date)
        when 'CONFIRMED' then coalesce(instructed.date, o.trade_date)
        when 'INSTRUCTED' then coalesce(matched.date, o.settlement_date)
        when 'MATCHED' then o.settlement_date
        when 'SETTLED' then coalesce(accounted.date, o.settled_on)
        when 'SET_ASIDE' then $as_of
    end as next_due,
    case when o.kind <> 'DEAL' or o.state = 'CANCELLED' then null
         when not o.dealt then 'DEALT'
         when not o.booked and o.state <> 'DEALT' then 'BOOKED'
         when not o.confirmed and o.state not in ('DEALT', 'BOOKED', 'TRANSFERRED') then 'CONFIRMED'
    end as skipped,
    o.book, o.isin, o.amount, o.currency, o.trade_date, o.settlement_date, w.owner, w.team, o.source_file, o.source_line
from staged_operations o
left join (
    values ('ORDERED', 'deal'), ('DEALT', 'book'), ('BOOKED', 'confirm'), ('CONFIRMED', 'instruct'),
        ('INSTRUCTED', 'match'), ('MATCHED', 'settle'), ('SETTLED', 'account'), ('SET_ASIDE', 'correct')
) n(state, step) on n.state = o.state
left join target_days entered on entered.date = o.entered_on
left join target_days traded on traded.date = o.trade_date
left join target_days due on due.date = o.settlement_date
left join target_days settled on settled.date = o.settled_on
left join target_days confirmed on confirmed.open and confirmed.day = traded.day + $confirm_days
left join target_days instructed on instructed.open and instructed.day = traded.day + $instruct_days
left join target_days matched on matched.open and matched.day = due.day - $match_days
left join target_days accounted on accounted.open and accounted.day = settled.day + $account_days
left join owners w on w.object_type = 'trade' and w.match = '*'
