/* view: what the depository reports for the days asked for; `copy` counts the rows that look alike. */
select
    p.penalty_id, p.instruction_id, p.date, p.type, p.direction, p.amount, p.currency, p.source_file, p.source_line,
    row_number() over (
        partition by p.instruction_id, p.date, p.type, p.direction, p.currency order by p.penalty_id
    ) as copy
from penalties p
join penalty_window w on p.date >= w.since
where p.date <= $as_of
