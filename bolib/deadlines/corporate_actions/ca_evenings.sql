/* view: for each event and account, the evening on which its holding is stated: that of the record date; before it,
   the last one, which stands for it until then. */
select e.ca_id, e.isin, h.account, max(h.date) as date
from known_events e
join target_days d on d.date = e.record_date
join (select distinct date, account from stated_holdings) h
    on e.record_date <= $as_of and h.date >= d.previous_open and h.date <= e.record_date
    or e.record_date > $as_of and h.date <= $as_of
group by e.ca_id, e.isin, h.account
