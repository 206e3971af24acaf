/* view: the fiscal years, each with the last one up to it that the journal begins with opening entries (à nouveaux);
   0 where none does. What such a year opens with is in its entries: the years before are not counted once more. */
select f.year, f.first_date, f.until_date, cast(coalesce(max(o.year), 0) as bigint) as opened
from fiscal_years f
left join (
    select distinct y.year
    from (
        select distinct j.entry_date
        from journal j
        join opening_journals o on o.journal_code = j.journal_code
        where j.entry_date <= $as_of and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
    ) d
    join fiscal_years y on d.entry_date >= y.first_date and d.entry_date < y.opening_until
) o on o.year <= f.year
group by f.year, f.first_date, f.until_date
