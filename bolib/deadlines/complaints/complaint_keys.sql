/* The names complaints give, each once. */
select distinct named from complaint_names
