/* Accounts that are inactive or come near: the last sign of their holder, and how many accounts he has. */
select
    a.account, a.customer_id, a.kind, a.opened_on, h.last_sign_on, h.open_accounts, a.last_notice_on, a.source_file,
    a.source_line
from accounts a
join holders h on h.customer_id = a.customer_id
join (
    select distinct key from deadlines
    where object_type = 'quiet_account' and status in ('OVERDUE', 'TODAY', 'OPEN')
) d on d.key = a.account
