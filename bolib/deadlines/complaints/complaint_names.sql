/* What each complaint names: the operation it contests, and the break the bank has linked it to. */
select complaint_id, contested_key as named from complaints where contested_key is not null
union
select complaint_id, linked_key as named from complaints where linked_key is not null
