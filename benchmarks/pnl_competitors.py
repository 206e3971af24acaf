"""The competitors of `pnl_kernels.py`, run as `python pnl_competitors.py NAME FOLDER OUT MEMORY`.

Each loads the Parquet files of a folder and returns cents as an array: for lots by book the results and
the remaining costs by FIFO and PMP; for attribution by component, book and day. The loops of numba and
the SQL know that these deals have no splits, transfers, redemptions or missing prices, and that prices
and rates have few digits; the kernels do not.
"""

import sys
from pathlib import Path

import numpy as np

DAYS, BOOKS = 250, 200
COMPONENTS = ("price_effect", "carry", "fx", "new", "fees")


def lots_kernel(folder: Path, memory: str | None) -> np.ndarray:
    """Both methods by our kernel, in the buckets of the engine."""
    from bolib.engine import open_engine
    from bolib.lots import results_by_method

    engine = open_engine("duckdb", memory)
    engine.run(results_by_method, f"select * exclude trade_id from '{folder}/legs.parquet'", key="isin", into="results")
    answer = np.zeros((BOOKS, 4), np.int64)
    for row in engine.query("""
        select book, method, cast(sum(result) as decimal(18,2)) as result,
               cast(sum(cost_change) as decimal(18,2)) as cost
        from results group by book, method""").to_pylist():
        place = 0 if row["method"] == "FIFO" else 2
        answer[int(row["book"][1:]), place : place + 2] = int(row["result"] * 100), int(row["cost"] * 100)
    return answer


def lots_trail(folder: Path, memory: str | None) -> np.ndarray:
    """The whole trail of FIFO by our kernel: matches, lots and positions by day, kept as a table."""
    from bolib.engine import open_engine
    from bolib.lots import match_lots

    engine = open_engine("duckdb", memory)
    engine.run(match_lots, f"select * from '{folder}/legs.parquet'", key="isin", into="trail")
    rows = engine.query("select count(*) as n from trail")
    return np.array(rows["n"].to_pylist())


def lots_sql(folder: Path, memory: str | None) -> np.ndarray:
    """The same in SQL for DuckDB: FIFO as a join of overlapping intervals, PMP as a fold over a list."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": memory} if memory else {})
    connection.execute("""
        create macro share(n, m) as n // m + case when 2 * (n % m) + (n // m) % 2 > m then 1 else 0 end""")
    connection.execute(f"""
        create table t as
        select hash(isin, book) as place, cast(book[2:] as int) as book, seq,
               cast(quantity as bigint) as q, cast(amount * 100 as bigint) as a
        from '{folder}/legs.parquet'""")
    fifo = """
        with b as (select place, book, a // q as price, sum(q) over w - q as lo, sum(q) over w as hi
                   from t where q > 0 window w as (partition by place order by seq)),
             s as (select place, book, a // -q as price, sum(-q) over w + q as lo, sum(-q) over w as hi
                   from t where q < 0 window w as (partition by place order by seq)),
             total as (select place, coalesce(sum(q) filter (q > 0), 0) as bought,
                              coalesce(sum(-q) filter (q < 0), 0) as sold from t group by place)
        select book, sum(result) as result, sum(cost) as cost from (
            select b.book, (least(b.hi, s.hi) - greatest(b.lo, s.lo)) * (s.price - b.price) as result, 0 as cost
            from b join s on b.place = s.place and b.lo < s.hi and s.lo < b.hi
            union all
            select book, 0, (hi - greatest(lo, sold)) * price from b join total using (place) where hi > sold
            union all
            select book, 0, (hi - greatest(lo, bought)) * price from s join total using (place) where hi > bought)
        group by book"""
    closed = "case when x.q * y.q < 0 then least(abs(x.q), abs(y.q)) else 0 end"
    drawn = f"case {closed} when abs(x.q) then x.c when 0 then 0 else share(x.c * {closed}, abs(x.q)) end"
    proceeds = f"y.c * {closed} // abs(y.q)"
    fold = f"""
        lambda x, y: {{q: x.q + y.q, c: x.c - {drawn} + y.c - {proceeds},
                       r: x.r + sign(x.q) * ({proceeds} - {drawn})}}"""
    pmp = f"""
        select book, sum(x.r) as result, sum(x.c) as cost from (
            select book, list_reduce(list({{q: q, c: a, r: cast(0 as bigint)}} order by seq), {fold}) as x
            from t group by place, book)
        group by book"""
    answer = np.zeros((BOOKS, 4), np.int64)
    for place, text in ((0, fifo), (2, pmp)):
        for book, result, cost in connection.execute(text).fetchall():
            answer[book, place : place + 2] = result, cost
    return answer


def lots_numba(folder: Path, memory: str | None) -> np.ndarray:
    """The same as a loop: a queue of lots and an average for each position."""
    from numba import njit

    @njit
    def share(n, m):
        return n // m + (2 * (n % m) + (n // m) % 2 > m)

    @njit
    def loop(first, book, quantity, amount, answer):
        lot_q, lot_c = np.empty(len(quantity), np.int64), np.empty(len(quantity), np.int64)
        for place in range(len(first) - 1):
            head = tail = 0
            held = cost = 0
            into = answer[book[first[place]]]
            for row in range(first[place], first[place + 1]):
                q, a = quantity[row], amount[row]
                size = abs(q)
                closed = min(abs(held), size) if held * q < 0 else 0
                sign = 1 if held > 0 else -1
                if closed:
                    proceeds = share(a * closed, size)
                    drawn = cost if closed == abs(held) else share(cost * closed, abs(held))
                    into[2] += sign * (proceeds - drawn)
                    cost += a - proceeds - drawn
                else:
                    cost += a
                held += q
                rest, paid = closed, share(a * closed, size)
                a -= paid
                while rest:
                    part = min(rest, lot_q[head])
                    drawn, dealt = share(lot_c[head] * part, lot_q[head]), share(paid * part, rest)
                    into[0] += sign * (dealt - drawn)
                    lot_q[head] -= part
                    lot_c[head] -= drawn
                    rest -= part
                    paid -= dealt
                    head += lot_q[head] == 0
                if size > closed:
                    lot_q[tail], lot_c[tail] = size - closed, a
                    tail += 1
            into[1] += lot_c[head:tail].sum()
            into[3] += cost

    book, quantity, amount, isin, seq = _columns(folder / "legs.parquet", "book", "quantity", "amount", "isin", "seq")
    place = isin * BOOKS + book
    order = np.lexsort((seq, place))
    place, quantity = place[order], quantity[order] // 1_000_000
    first = np.flatnonzero(np.diff(place, prepend=-1, append=-1))
    answer = np.zeros((BOOKS, 4), np.int64)
    loop(first, book[order], quantity, amount[order], answer)
    return answer


def _columns(file: Path, *names: str) -> list[np.ndarray]:
    """Return columns of a file as whole numbers: decimals unscaled, of a text its number, of a currency whether USD."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(file, columns=list(names), read_dictionary=["isin", "book", "currency"])
    columns = [table[name].combine_chunks() for name in names]
    return [
        np.array([_number(text) for text in column.dictionary.to_pylist()])[column.indices.to_numpy()]
        if pa.types.is_dictionary(column.type)
        else np.frombuffer(column.buffers()[1], np.int64)[:: 2 if pa.types.is_decimal(column.type) else 1]
        for column in columns
    ]


def _number(text: str) -> int:
    digits = "".join(filter(str.isdigit, text))
    return int(digits) if digits else int(text == "USD")


def attribution_kernel(folder: Path, memory: str | None) -> np.ndarray:
    """The daily result by our kernel, in the buckets of the engine."""
    from bolib.engine import open_engine
    from bolib.valuation import attribute_books, integers

    engine = open_engine("duckdb", memory)
    deals, marks = (f"select * from '{folder}/{name}.parquet'" for name in ("flows", "marks"))
    engine.run(attribute_books, deals, marks, key="isin", into="results")
    sums = ", ".join(f"cast(sum({name}) as decimal(18,2)) as {name}" for name in COMPONENTS)
    rows = engine.query(f"select cast(book[2:] as bigint) as book, day, {sums} from results group by book, day")
    answer = np.zeros((len(COMPONENTS), BOOKS, DAYS), np.int64)
    for cents, name in zip(answer, COMPONENTS, strict=True):
        cents[rows["book"].to_numpy(), rows["day"].to_numpy()] = integers(rows[name])
    return answer


def attribution_sql(folder: Path, memory: str | None) -> np.ndarray:
    """The same in SQL for DuckDB: quantities by window, one row for each position and day, then the levels."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": memory} if memory else {})
    connection.execute("create macro cents(n, m) as cast(n / m as bigint)")  # rounds half-even, exact below 2^52
    connection.execute(f"""
        create table marks as
        select cast(isin[3:] as int) as isin, currency, day, p, a, x, b,
               lag(p, 1, p) over w as p0, lag(a, 1, a) over w as a0,
               lag(x, 1, x) over w as x0, lag(b, 1, b) over w as b0
        from (select *, cast(price * 100 as bigint) as p, cast(accrued * 100 as bigint) as a,
                     cast(rate * 10000 as bigint) as x, cast(book_rate * 10000 as bigint) as b
              from '{folder}/marks.parquet')
        window w as (partition by isin, currency order by day)""")
    connection.execute(f"""
        create table cells as
        with flows as (
            select cast(isin[3:] as int) as isin, cast(book[2:] as int) as book, currency, day,
                   cast(quantity as bigint) as q, cast(gross * 100 as bigint) as g, cast(accrued * 100 as bigint) as i,
                   cast(fees * 100 as bigint) as f
            from '{folder}/flows.parquet'),
        paid as (
            select f.*, cents(g * b, x) as l1, cents((g + i) * b, x) as l2, cents((g + i + f) * b, x) as l3
            from flows f join marks m using (isin, currency, day)),
        net as (
            select isin, book, currency, day, sum(q) as n, sum(l1) as gross, sum(l2 - l1) as interest,
                   sum(l3 - l2) as fees
            from paid group by isin, book, currency, day)
        select *, cast(sum(n) over w as bigint) as q1, lead(day, 1, {DAYS - 1}) over w as until
        from net window w as (partition by isin, book order by day)""")
    rows = connection.execute("""
        with held as (select isin, book, currency, q1 as q, unnest(range(day + 1, until + 1)) as day from cells
                      where q1 <> 0),
        hold as (
            select book, day, cents(q * (p + a0) * b0, x0) - cents(q * (p0 + a0) * b0, x0) as price_effect,
                   cents(q * (p + a) * b0, x0) - cents(q * (p + a0) * b0, x0) as carry,
                   cents(q * (p + a) * b, x) - cents(q * (p + a) * b0, x0) as fx
            from held join marks using (isin, currency, day)),
        trade as (
            select book, day, fees, gross + cents(q1 * p * b, x) - cents((q1 - n) * p * b, x) as new,
                   cents(q1 * (p + a) * b, x) - cents((q1 - n) * (p + a) * b, x) as step, gross, interest
            from cells join marks using (isin, currency, day))
        select book, day, sum(price_effect), sum(carry), sum(fx), sum(new), sum(fees)
        from (select book, day, price_effect, carry, fx, 0 as new, 0 as fees from hold
              union all
              select book, day, 0, step - (new - gross) + interest, 0, new, fees from trade)
        group by book, day""").fetchnumpy()
    book, day, *sums = rows.values()
    answer = np.zeros((len(COMPONENTS), BOOKS, DAYS), np.int64)
    for cents, values in zip(answer, sums, strict=True):
        cents[book, day] = values.astype(np.int64)
    return answer


def attribution_numba(folder: Path, memory: str | None) -> np.ndarray:
    """The same as a loop over positions and days."""
    from numba import njit

    @njit
    def level(n, m):
        whole = n // m
        return whole + (2 * (n - whole * m) + (whole & 1) > m)

    @njit
    def loop(first, isin, book, day, quantity, gross, accrued, fees, price, interest, rate, book_rate, answer):
        for place in range(len(first) - 1):
            row, end = first[place], first[place + 1]
            into, which, abroad, held = answer[:, book[row]], isin[row], book[row] % 2, 0
            for today in range(DAYS):
                p, a = price[which, today], interest[which, today]
                x, b = rate[which, today], book_rate[abroad, today]
                close = level(held * (p + a) * b, x)
                if held and today:
                    a0, x0, b0 = interest[which, today - 1], rate[which, today - 1], book_rate[abroad, today - 1]
                    start = level(held * (price[which, today - 1] + a0) * b0, x0)
                    after_price, after_carry = level(held * (p + a0) * b0, x0), level(held * (p + a) * b0, x0)
                    into[0, today] += after_price - start
                    into[1, today] += after_carry - after_price
                    into[2, today] += close - after_carry
                before, cash = held, 0
                while row < end and day[row] == today:
                    held += quantity[row]
                    one = level(gross[row] * b, x)
                    two = level((gross[row] + accrued[row]) * b, x)
                    into[3, today] += one
                    into[1, today] += two - one
                    into[4, today] += level((gross[row] + accrued[row] + fees[row]) * b, x) - two
                    row += 1
                    cash = 1
                if cash:
                    clean = level(held * p * b, x) - level(before * p * b, x)
                    into[3, today] += clean
                    into[1, today] += level(held * (p + a) * b, x) - close - clean

    flows = _columns(folder / "flows.parquet", "isin", "book", "day", "quantity", "gross", "accrued", "fees")
    place = flows[0] * BOOKS + flows[1]
    order = np.lexsort((flows[2], place))
    place, flows = place[order], [column[order] for column in flows]
    flows[3] = flows[3] // 1_000_000
    first = np.flatnonzero(np.diff(place, prepend=-1, append=-1))
    marks = _columns(folder / "marks.parquet", "isin", "day", "currency", "price", "accrued", "rate", "book_rate")
    grids = [np.ones((int(marks[0].max()) + 1, DAYS), np.int64) for _ in range(3)]
    for grid, column, unit in zip(grids, marks[3:6], (10**6, 10**6, 10**4), strict=True):
        grid[marks[0], marks[1]] = column // unit
    book_rate = np.ones((2, DAYS), np.int64)
    book_rate[marks[2], marks[1]] = marks[6] // 10**4
    answer = np.zeros((len(COMPONENTS), BOOKS, DAYS), np.int64)
    loop(first, *flows, *grids, book_rate, answer)
    return answer


if __name__ == "__main__":
    name, data, out, memory = sys.argv[1:]
    np.save(out, globals()[name](Path(data), memory or None))
