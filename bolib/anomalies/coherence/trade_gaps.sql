/* view: deals the two offices do not hold alike, one row a deal, with its class and all that differs: the front office's
   words, then the back office's. A deal cancelled in one office alone is undone there (REVERSAL). Where the side differs,
   net amount, fees and taxes follow from it. Fields of more than one kind are MULTI; a fee, a tax or accrued interest is the
   class only where it is all of the difference in net amount. */
select
    k.trade_id,
    case
        when k.recorded = 'MISSING_BACK' or k.recorded = 'VERSION' and k.version_ahead > 0 then 'MISSING_THEIRS'
        when k.recorded is not null then 'MISSING_OURS'
        when k.undone > 0 then 'REVERSAL'
        when k.dated + k.sized + k.turned + k.named + k.placed > 1 then 'MULTI'
        when k.dated > 0 then 'TIMING'
        when k.turned > 0 then 'SIGN'
        when k.named > 0 then 'REFERENCE_DATA'
        when k.placed > 0 then 'CLASSIFICATION'
        when k.valued > 0 or k.charged + k.taxed + k.accrued > 1 then 'AMOUNT'
        when k.charged > 0 then 'FEE'
        when k.taxed > 0 then 'TAX'
        when k.accrued > 0 then 'ACCRUED'
        else 'AMOUNT'
    end as class,
    case when k.recorded is null then 'front against back office: ' else '' end || k.said_first || k.said_second || k.said_third
        || k.said_fourth || case when k.fields > 4 then '; and ' || cast(k.fields - 4 as string) || ' more' else '' end as explanation,
    k.age_days, k.owner
from (
    select
        d.trade_id, min(case when d.class in ('MISSING_BACK', 'MISSING_FRONT', 'VERSION') then d.class end) as recorded,
        max(case when u.version > u.booked_version then 1 else 0 end) as version_ahead,
        max(case when d.field = 'action' then 1 else 0 end) as undone,
        max(case when d.field in ('trade_date', 'settlement_date', 'traded_at') then 1 else 0 end) as dated,
        max(case when d.field = 'side' then 1 else 0 end) as turned,
        max(case when d.field in ('isin', 'counterparty', 'currency', 'pset_bic', 'venue', 'order_id', 'trader') then 1 else 0 end) as named,
        max(case when d.field in ('book', 'from_book') then 1 else 0 end) as placed,
        max(case
            when d.field in ('quantity', 'price', 'gross_amount', 'accrued_interest') then 1
            when d.field in ('net_amount', 'fees', 'taxes') and s.trade_id is null then 1
            else 0
        end) as sized,
        max(case
            when d.field in ('quantity', 'price', 'gross_amount') then 1
            when d.field = 'net_amount' and abs(p.net_amount - p.booked_net_amount) not in (
                abs(p.fees - p.booked_fees), abs(p.taxes - p.booked_taxes),
                abs(coalesce(p.accrued_interest, 0) - coalesce(p.booked_accrued_interest, 0))
            ) then 1
            else 0
        end) as valued,
        max(case when d.field = 'fees' then 1 else 0 end) as charged,
        max(case when d.field = 'taxes' then 1 else 0 end) as taxed,
        max(case when d.field = 'accrued_interest' then 1 else 0 end) as accrued,
        count(*) as fields, max(case when d.rank = 1 then d.said end) as said_first,
        coalesce(max(case when d.rank = 2 then '; ' || d.said end), '') as said_second,
        coalesce(max(case when d.rank = 3 then '; ' || d.said end), '') as said_third,
        coalesce(max(case when d.rank = 4 then '; ' || d.said end), '') as said_fourth,
        coalesce(max(d.age_days), 0) as age_days, max(d.owner) as owner
    from (
        select
            *,
            case class
                when 'MISSING_BACK' then front || ' in the front office, none in the back office'
                when 'MISSING_FRONT' then back || ' in the back office, none in the front office'
                when 'VERSION' then 'version ' || front || ' in the front office, ' || back || ' in the back office'
                else field || ' ' || coalesce(front, 'none') || ' against ' || coalesce(back, 'none')
            end as said,
            row_number() over (partition by trade_id order by case when blocking then 0 else 1 end, field) as rank
        from differences
    ) d
    left join deal_pairs p on p.trade_id = d.trade_id
    left join unpaired_deals u on u.trade_id = d.trade_id
    left join (select distinct trade_id from differences where field = 'side') s on s.trade_id = d.trade_id
    group by d.trade_id
) k
