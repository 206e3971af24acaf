/* view: deals standing on the evening of the day, with `days_back`: business days since their latest version was
   entered (a weekend's counts with the business day after it). */
select f.*, cast(f.entered_at as date) as entered_on, now.day - entered.day as days_back
from fo_deals f
join target_days now on now.date = $as_of
join target_days entered on entered.date = cast(f.entered_at as date)
where f.action <> 'CANCEL'
