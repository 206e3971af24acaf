/* An instruction past its date is cancelled by its depository some days after its last change of status, where a rule
   says so for that depository. */
select
    'instruction' as object_type, instruction_id as key, rule, trigger_date, cast(null as timestamp) as triggered_at,
    cast(null as date) as done_on, cast(null as timestamp) as done_at, true as recorded, amount, currency
from (
    select
        o.instruction_id, p.rule, p.valid_from, o.amount, o.currency,
        case when c.changed_on > o.intended_settlement_date then c.changed_on else o.intended_settlement_date end
            as trigger_date
    from open_instructions o
    join rule_places p on p.place = substr(o.place, 1, 8) and p.matched = (o.matched_at is not null)
    left join status_changes c on c.instruction_id = o.instruction_id
    where o.intended_settlement_date < $as_of
) purged
where trigger_date >= valid_from
