/* view: items cleared within days of another, of about the same amount and on the same side, opening on the account: the
   new one may have paid for the old. */
select
    c.account, c.item, c.entry_date, c.letter_date, c.amount, n.item as next_item, n.entry_date as next_date,
    n.amount as next_amount, c.source_file, c.source_line, n.source_file as next_file, n.source_line as next_line
from suspense_lines c
join target_days cleared on cleared.date = c.letter_date
join suspense_lines n on n.account = c.account and n.side = c.side and n.item <> c.item
    and coalesce(n.letter, '') <> c.letter
    and n.entry_date > c.entry_date and abs(n.amount - c.amount) * 100 <= abs(c.amount) * $handover_percent
join target_days opened on opened.date = n.entry_date
where c.cleared and c.entry_date < c.letter_date and opened.day - cleared.day between -$handover_days and $handover_days
