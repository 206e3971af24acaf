/* view: every moment of a register, a filing or a deal, so that its day in Paris is computed once. */
select event_at as moment from reportable where event_at is not null
union
select event_at from filings where event_at is not null
union
select sent_at from filings where sent_at is not null
union
select acknowledged_at from filings where acknowledged_at is not null
union
select traded_at from trades where traded_at is not null
