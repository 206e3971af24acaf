/* view: how much of each instruction had settled by each evening, by the steps of its life; an instruction whose life
   was not told by then is not here. */
select e.evening, v.instruction_id, max(v.settled_quantity) as quantity
from (select distinct evening from depot_evenings) e
join settlement_events v on cast(v.at as date) <= e.evening
group by e.evening, v.instruction_id
