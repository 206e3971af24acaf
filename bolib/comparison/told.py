"""What was found, as rows a person reads: breaks with their class and in words why, differences column by column."""

from bolib.comparison.columns import Column
from bolib.comparison.texts import KEYLESS, REPEATED, WORDS, Texts
from bolib.formats import literal

CENT = "0.01"
MATCHED = "MATCHED"


def found(texts: Texts) -> str:
    """Return the pairs that are not plainly equal, with the values of both sides and their class."""
    left, right = texts.sources
    values = "".join(f", l.v{number} as l{number}, r.v{number} as r{number}" for number in range(len(texts.compare)))
    copies = "select side, line, lefts, rights from repeated"
    return (
        f"select p.*{values}, case when p.lrow is not null then cl.lefts else cr.lefts end as lefts,"
        f" case when p.lrow is not null then cl.rights else cr.rights end as rights, {_class(texts)} as class"
        " from (select * from pairs where differs <> 0 or tolerated <> 0 or lrow is null or rrow is null) p"
        f" left join {left} l on l.line = p.lrow left join {right} r on r.line = p.rrow"
        f" left join ({copies}) cl on cl.side = 'LEFT' and cl.line = p.lrow"
        f" left join ({copies}) cr on cr.side = 'RIGHT' and cr.line = p.rrow"
    )


def _class(texts: Texts) -> str:
    """Return the class of a pair, the first that is true: its numbers stand in the order of the classes."""
    single = [f"when p.differs = {1 << number} then {_of_column(number, column)}"
              for number, column in enumerate(texts.compare)]  # fmt: skip
    return (
        f"case when p.kind = {REPEATED} then 'DUPLICATE' when p.lrow is null then 'MISSING_OURS'"
        f" when p.rrow is null then 'MISSING_THEIRS' when p.differs = 0 then '{MATCHED}'"
        f" {' '.join(single)} else 'MULTI' end"
    )


def _of_column(number: int, column: Column) -> str:
    if column.kind == "number":
        left, right = f"l.v{number}", f"r.v{number}"
        return (
            f"case when {left} = -{right} then 'SIGN' when abs({right} - {left}) <= {CENT} then 'ROUNDING'"
            " else 'AMOUNT' end"
        )
    return f"'{'TIMING' if column.kind in ('date', 'moment') else 'REFERENCE_DATA'}'"


def tallies(texts: Texts) -> str:
    """Return rows and amounts by side, class and currency; of pairs that are plainly equal too."""
    equal = "differs = 0 and tolerated = 0 and lrow is not null and rrow is not null"
    parts = []
    for word in WORDS:
        row, amount, currency = (f"{word[0].lower()}{name}" for name in ("row", "_amount", "_currency"))
        amount = amount if texts.amount is not None else "cast(null as decimal(18,2))"
        currency = currency if texts.currency is not None else "cast(null as varchar)"
        for source, name in (("pairs", f"'{MATCHED}'"), ("found", "class")):
            kept = equal if source == "pairs" else f"{row} is not null"
            columns = f"{name} as class, {currency} as currency, {amount} as amount"
            parts.append(f"select '{word}' as side, {columns} from {source} where {kept}")
    return (
        "select side, class, currency, count(*) as rows, cast(sum(amount) as varchar) as amount"
        f" from ({' union all '.join(parts)}) group by side, class, currency order by side, class, currency"
    )


def total(texts: Texts, word: str) -> str:
    """Return the rows and the amount of one whole side, from its file."""
    amount = f"v{texts.amount}" if texts.amount is not None else "null"
    source = texts.sources[WORDS.index(word)]
    return f"select count(*) as rows, cast(sum({amount}) as varchar) as amount from {source}"


def differences(texts: Texts) -> str:
    """Return what differs, a row a column: key, class, both values as text, and how far numbers and dates are apart."""
    parts = [
        f"select key, class, {literal(column.pair.said)} as \"column\", cast(l{number} as varchar) as \"left\","
        f" cast(r{number} as varchar) as \"right\", {_apart(number, column)} as difference, lrow as left_line,"
        f" rrow as right_line, (tolerated & {1 << number}) <> 0 as tolerated from found"
        f" where ((differs | tolerated) & {1 << number}) <> 0"
        for number, column in enumerate(texts.compare)
    ]  # fmt: skip
    nothing = (
        "select key, class, '' as \"column\", '' as \"left\", '' as \"right\", '' as difference, lrow as left_line,"
    )
    nothing += " rrow as right_line, false as tolerated from found limit 0"
    return " union all ".join(parts) if parts else nothing


def _apart(number: int, column: Column) -> str:
    if column.kind == "number":
        return f"cast(r{number} - l{number} as varchar)"
    if column.kind == "date":
        days = f"date_diff('day', l{number}, r{number})"
        return f"cast({days} as varchar) || case when abs({days}) = 1 then ' day' else ' days' end"
    return "cast(null as varchar)"


def accepted(texts: Texts) -> str:
    """Return the tolerated differences by column: how many, and their sum."""
    parts = [
        f"select {number} as place, count(*) as rows, cast(sum({_gap(number, column)}) as varchar) as total,"
        f" cast(sum(abs({_gap(number, column)})) as varchar) as gross from found"
        f" where (tolerated & {1 << number}) <> 0 and class = '{MATCHED}'"
        for number, column in enumerate(texts.compare)
        if column.pair.left in texts.tolerances
    ]
    return " union all ".join(parts)


def _gap(number: int, column: Column) -> str:
    return f"r{number} - l{number}" if column.kind == "number" else f"date_diff('day', l{number}, r{number})"


def breaks(texts: Texts, reconciliation: str, names: tuple[str, str]) -> str:
    """Return the result `breaks`: a row for each row of either side that has no equal on the other."""
    parts = []
    for word in WORDS:
        one = word[0].lower()
        amount = f"{one}_amount" if texts.amount is not None else "null"
        currency = f"{one}_currency" if texts.currency is not None else "null"
        parts.append(
            f"select {literal(reconciliation)} as reconciliation, key, '{word}' as side, class,"
            f" {amount} as amount, cast({currency} as varchar) as currency, cast(null as bigint) as age_days,"
            f" cast(null as varchar) as owner, {_why(texts, names)} as explanation, {one}row as line"
            f" from found where {one}row is not null and class <> '{MATCHED}'"
        )
    return " union all ".join(parts)


def _why(texts: Texts, names: tuple[str, str]) -> str:
    said = [
        f"case when (differs & {1 << number}) <> 0 then {literal(column.pair.said + ' ')}"
        f" || {_or_none(f'l{number}')} || ' against ' || {_or_none(f'r{number}')} end"
        for number, column in enumerate(texts.compare)
    ]
    copies = "'the key stands ' || {} || ' times in ' || {} || ', ' || {} || ' in ' || {}".format(
        "cast(lefts as varchar)", literal(names[0]), "cast(rights as varchar)", literal(names[1])
    )
    columns = ", ".join(column.pair.said for column in texts.on)
    missing = (
        f"case when kind = {KEYLESS} then {literal(f'no value in {columns}: nothing to find it by')}"
        f" when lrow is null then {literal(f'no row of this key in {names[0]}')}"
        f" else {literal(f'no row of this key in {names[1]}')} end"
    )
    return (
        f"case when class = 'DUPLICATE' then {copies} when lrow is null or rrow is null then {missing}"
        f" else concat_ws('; ', {', '.join(said) or 'null'}) end"
    )


def _or_none(value: str) -> str:
    return f"coalesce(cast({value} as varchar), 'none')"


def matches(texts: Texts, reconciliation: str) -> str:
    """Return the result `matches`: both rows of each pair, and the difference that was accepted with its reason."""
    reasons = [
        f"case when (p.tolerated & {1 << number}) <> 0 then {literal(texts.tolerances[column.pair.left].reason)} end"
        for number, column in enumerate(texts.compare)
        if column.pair.left in texts.tolerances
    ]
    reason = f"nullif(concat_ws(', ', {', '.join(reasons)}), '')" if reasons else "cast(null as varchar)"
    residual = "p.r_amount - p.l_amount" if texts.amount is not None else "null"
    shared = f"select {literal(reconciliation)} as reconciliation, substr(md5(p.key), 1, 16) as match_id"
    parts = [
        f"{shared}, '{word}' as side, p.key, 'KEY' as pass, 'AUTO' as status, {gap} as residual, {reason} as reason,"
        f" p.{word[0].lower()}row as line from pairs p where p.differs = 0 and p.lrow is not null"
        " and p.rrow is not null"
        for word, gap in zip(WORDS, ("0", residual), strict=True)
    ]
    return " union all ".join(parts)
