/* view: the open items as they are handed on. */
select
    item, account, entry_date, amount, age_days, band, owner, label, document_ref, stage, proposal, approver, percent, provision
from suspense_items
