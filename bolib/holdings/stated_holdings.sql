/* view: what each account holds on the evenings it is stated: settled, by the custodian (SETT, else AGGR less what is
   still to be received and plus what is still to be delivered); for an account no custodian states that evening, what
   the bank holds in it for its clients. */
with stated as (
    select
        date, account, isin,
        max(case when balance_type = 'SETT' then quantity end) as settled,
        cast(sum(case balance_type
            when 'AGGR' then quantity when 'PENR' then -quantity when 'PEND' then quantity else 0
        end) as decimal(18,6)) as derived
    from custody_positions
    where date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
    group by date, account, isin
)
select date, account, isin, coalesce(settled, derived) as quantity
from stated
union all
select c.date, c.custody_account as account, c.isin, cast(sum(c.quantity) as decimal(18,6)) as quantity
from client_positions c
left join (select distinct date, account from stated) s on s.date = c.date and s.account = c.custody_account
where s.account is null and c.date <= $as_of and (c.known_at is null or cast(c.known_at as date) <= $as_of)
group by c.date, c.custody_account, c.isin
