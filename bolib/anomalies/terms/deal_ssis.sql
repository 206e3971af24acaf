/* view: the settlement instruction in force on the settlement date of each recent deal on a venue; none: `account` is
   empty. A counterparty of whom no instruction was ever recorded is there too. */
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.net_amount, r.currency, r.counterparty, r.venue,
    r.pset_bic, r.trade_date, r.settlement_date, r.days_back, r.source_file, r.source_line, s.valid_from, s.account,
    s.agent_bic, s.pset_bic as ssi_pset_bic, s.changed_by, s.approved_by, s.source_file as ssi_file,
    s.source_line as ssi_line
from recent_deals r
left join ssi_spans s on s.lei = r.counterparty and s.market = r.venue and s.valid_from <= r.settlement_date
    and (s.valid_to is null or r.settlement_date <= s.valid_to)
    and (s.next_from is null or r.settlement_date < s.next_from)
where r.venue is not null
