/* view: the name of each journal: one a journal, so that no entry need carry its own. */
select journal_code, min(journal_label) as journal_label from journal group by journal_code
