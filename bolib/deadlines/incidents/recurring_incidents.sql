/*
id: INCID-08
title: Which incidents come back, and must be assessed as one?
rule: H-05
severity: MINOR
key: root
amount: loss
date: last_aware
owner: incident
needs: [incidents]
message: "{root}: {incidents} incidents that are not major, from {first_aware} to {last_aware} ({first_incident} to {last_incident}), {loss} {currency} in all: assess them together, every month until {watched_until}."
*/
select * from incident_recurrences where watched_until >= $as_of
