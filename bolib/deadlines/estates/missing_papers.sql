/* view: papers asked of heirs that had not come by the evening of the day. */
select d.*
from estate_documents d
where d.requested_on <= $as_of and (d.received_on is null or d.received_on > $as_of)
    and (d.known_at is null or cast(d.known_at as date) <= $as_of)
