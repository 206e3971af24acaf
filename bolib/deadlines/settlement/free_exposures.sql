/* view: free deliveries of which the bank has done its leg, and the day the other leg came: securities delivered before
   they were paid, or cash paid before the securities came. Both legs on one day are no exposure. */
select *
from (
    select
        l.*, case when movement = 'DELI' then delivered_on else paid_on end as own_leg_on,
        case when movement = 'DELI' then paid_on else delivered_on end as other_leg_on
    from free_legs l
) legs
where own_leg_on is not null and (other_leg_on is null or other_leg_on > own_leg_on)
