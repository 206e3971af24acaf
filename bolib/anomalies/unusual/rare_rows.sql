/* view: the records that say together what is never said together, of every table. */
select * from rare_trades
union all
select * from rare_entries
union all
select * from rare_cards
union all
select * from rare_events
