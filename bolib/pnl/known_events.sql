/* view: the corporate actions standing in each state: their latest version known. */
select isin, state, ca_id, type, amount, ratio_new, ratio_old, ex_date, day, source_file, source_line
from (
    select
        s.state, s.last_day, e.*,
        row_number() over (partition by s.isin, s.state, e.ca_id order by e.known desc, e.learned_at desc) as rank
    from states s
    join event_versions e on e.isin = s.isin and (e.known <= s.state or e.known_day < $rebuild_from)
) latest
where rank = 1 and day <= last_day
