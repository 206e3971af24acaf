/* view: the journals that take up the balances of the year before (à nouveaux), by a word of their name or by their code. */
select distinct l.journal_code
from journal_labels l
join opening_names n on position(n.word in lower(l.journal_label)) > 0 or n.code = lower(l.journal_code)
