/* view: the desk that can act on an object, where the object says it. */
select 'instruction' as object_type, instruction_id as key, desk
from open_settlements
where desk is not null
