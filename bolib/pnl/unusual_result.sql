/*
id: PNL-13
title: Which results are out of proportion with the exposure?
rule: PC.unusual
severity: MAJOR
key: book
amount: total
date: date
owner: book
needs: [trades, prices]
thresholds: {times: 6, floor_bp: 100}
message: "{book}: {total} {currency} is {move_bp} bp of its exposure, {times_usual} times its usual {usual_bp} bp."
*/
select r.date, r.book, r.currency, r.total, m.move_bp, m.usual_bp, m.times as times_usual
from book_moves m
join pnl_days d on d.day = m.day
join pnl_books r on r.book = m.name and r.date = d.date
where r.date = $as_of and m.times > $times and abs(m.move_bp) > $floor_bp
