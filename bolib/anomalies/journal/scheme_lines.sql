/* view: the lines each settled instruction must give, by the scheme of its kind of event: SETTLED BUY or SELL, and FREE
   where it was settled without payment. `root` is the account of the scheme without its last zeros. */
select
    event_id, trade_id, event_type, settled_on, line_no, root, side, amount, currency, source_file, source_line
from (
    select
        s.event_id, s.trade_id, s.event_type, s.settled_on, a.line_no, trim(trailing '0' from a.account) as root, a.side, s.currency,
        s.source_file, s.source_line,
        case a.amount_field
            when 'gross_amount' then s.gross_amount
            when 'accrued_interest' then s.accrued_interest
            when 'fees' then s.fees
            when 'taxes' then s.taxes
            when 'net_amount' then s.net_amount
        end as amount
    from scheme_events s
    join accounting_scheme a on a.event_type = s.event_type
) expected
where amount <> 0
