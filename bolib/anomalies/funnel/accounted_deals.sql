/* view: deals of which the accounts speak: an entry of the journal on the deal or its instruction, or a ledger line. */
select trade_id from ledger_lines where trade_id is not null and booking_date <= $as_of
union
select s.trade_id from settlements s join journal j on j.event_id = s.instruction_id where j.entry_date <= $as_of
union
select f.trade_id from fo_deals f join journal j on j.event_id = f.trade_id where j.entry_date <= $as_of
