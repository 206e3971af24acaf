"""What the values of one side's column are: numbers, dates, moments, or texts, and in which writing.

A column is of a kind where every value is. A value with a leading zero is no number: 007 is not 7.
"""

from dataclasses import dataclass, field

from bolib.comparison.ask import Question
from bolib.comparison.side import Side
from bolib.engine import Engine
from bolib.errors import ParameterError
from bolib.formats import literal

WHOLE = r"[+-]?(0|[1-9]\d*)"
NUMBERS = {
    "point": rf"{WHOLE}(\.\d+)?",
    "comma": rf"({WHOLE}|[+-]?[1-9]\d{{0,2}}([ .\x{{a0}}\x{{202f}}]\d{{3}})+)(,\d+)?",
    "english": rf"({WHOLE}|[+-]?[1-9]\d{{0,2}}(,\d{{3}})+)(\.\d+)?",
}
"""Ways to write a number, the plainest first."""
PLAIN = {
    "point": "{v}",
    "comma": r"replace(regexp_replace({v}, '[ .\x{{a0}}\x{{202f}}]', '', 'g'), ',', '.')",
    "english": "replace({v}, ',', '')",
}
"""A number of each writing as a plain one: no thousands, a point."""
SAID = {"point": "1234.50", "comma": "1.234,50 or 1 234,50", "english": "1,234.50"}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%Y", "%Y%m%d")
"""Ways to write a date, the day before the month where both fit."""
MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?"
DIGITS = 38
"""Digits of the widest number of the engine."""
FLOAT_SCALE = 9
"""Decimals that are taken of a binary fraction."""


@dataclass(frozen=True)
class Writing:
    """One way to write values of a kind: the SQL that tells it and the SQL of the value, of a text `{v}`; in words."""

    kind: str
    test: str
    value: str
    said: str


@dataclass(frozen=True)
class Look:
    """What a column can be: kind → SQL. `some` counts values of a kind where not all are; `odd` is one that is not.

    `writing` is, by kind, the way its values (or those that are of it) are written; `digits` those before the point,
    and after it.
    """

    forms: dict[str, str]
    present: int
    writings: dict[str, Writing] = field(default_factory=dict)
    some: dict[str, int] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)
    digits: tuple[int, int] = (1, 0)


def kind_of(own: str) -> str:
    """Return the kind of a typed column, from the name of its Arrow type."""
    if own.startswith(("int", "uint", "decimal")) or binary(own):
        return "number"
    return "date" if own.startswith("date") else "moment" if own.startswith("timestamp") else "text"


def binary(own: str) -> bool:
    """Return whether a type holds binary fractions, which are never compared as such."""
    return own.startswith(("float", "double", "halffloat"))


def typed(side: Side, name: str, own: str, engine: Engine) -> Look:
    """Return what a typed column is; its text is what it prints as, and a binary fraction that is none is missing."""
    kind = kind_of(own)
    if binary(own):
        _refuse_endless(side, name, engine)
    value = f"try_cast({name} as decimal({DIGITS},{FLOAT_SCALE}))" if binary(own) else name
    text = f"cast({value} as varchar)"
    scale = FLOAT_SCALE if binary(own) else int(own[:-1].split(",")[1]) if own.startswith("decimal") else 0
    plain = Writing(kind, "true", "{v}", "typed")
    whole = int(own[own.index("(") + 1 :].split(",")[0]) - scale if own.startswith("decimal") else 20 - scale
    return Look({kind: value, "text": text}, side.rows, {kind: plain}, {kind: side.rows}, {}, (whole, scale))


def _refuse_endless(side: Side, name: str, engine: Engine) -> None:
    """Stop at a binary fraction too large to be a decimal: only what is no number (NaN) may be read as missing."""
    wide = f"isinf({name}) or (not isnan({name}) and abs({name}) >= 1e{DIGITS - FLOAT_SCALE})"
    sql = f"select count(*) as n from {side.source} where {wide}"
    if engine.query(sql)["n"][0].as_py():
        where = f"{side.path}, column {name}"
        raise ParameterError(where, "numbers", "one without end", "Correct the values, or compare another column.")


def seen(question: Question, side: Side, name: str, engine: Engine) -> Look:
    """Return what a column of texts can be, all its values read."""
    column = side.column(name)
    ways = _ways(question)
    tests = ", ".join(f"count(*) filter (where {way.test.format(v='v')}) as w{n}" for n, way in enumerate(ways))
    sql = f"select count(v) as present, {tests} from (select {column} as v from {side.source})"
    [found] = engine.query(sql).to_pylist()
    counts = [found[f"w{number}"] for number in range(len(ways))]
    forms, writings, some, odd = {"text": column}, {}, {}, {}
    _refuse_either(side, name, ways, counts, found["present"])
    for kind in ("number", "date", "moment"):
        number = max((n for n, way in enumerate(ways) if way.kind == kind), key=lambda n: (counts[n], -n))
        writings[kind], some[kind] = ways[number], counts[number]
        if counts[number] == found["present"]:
            forms[kind] = ways[number].value.format(v=column)
        else:
            odd[kind] = _first(side, column, ways[number], engine)
    digits = _digits(side, forms["number"], engine) if "number" in forms else (1, 0)
    return Look(forms, found["present"], writings, some, odd, digits)


def _ways(question: Question) -> list[Writing]:
    styles = NUMBERS if question.decimal is None else {"comma"} if question.decimal == "," else {"point", "english"}
    ways = [
        Writing("number", f"regexp_full_match({{v}}, {_sql(NUMBERS[style])})", PLAIN[style], SAID[style])
        for style in NUMBERS
        if style in styles
    ]
    for form in (question.date,) if question.date else DATES:
        parsed = f"try_strptime({{v}}, {literal(form)})"
        ways.append(Writing("date", f"{parsed} is not null", f"cast({parsed} as date)", form))
    moment = f"regexp_full_match({{v}}, {_sql(MOMENT)})"
    return [*ways, Writing("moment", moment, "cast(replace(rtrim({v}, 'Z'), 'T', ' ') as timestamp)", "ISO")]


def _sql(pattern: str) -> str:
    return literal(pattern).replace("{", "{{").replace("}", "}}")


def _refuse_either(side: Side, name: str, ways: list[Writing], counts: list[int], present: int) -> None:
    """Stop where 1,234 could be a thousand or one and a bit: nothing in the column tells."""
    written = {way.value: count for way, count in zip(ways, counts, strict=True) if way.kind == "number"}
    both = all(written.get(PLAIN[style]) == present for style in ("comma", "english"))
    if both and written.get(PLAIN["point"]) != present:
        where = f"{side.path}, column {name}"
        found = "1,234 that may be a thousand or a fraction"
        raise ParameterError(where, "numbers written in one way", found, "Say --decimal , or --decimal .")


def _first(side: Side, column: str, way: Writing, engine: Engine) -> str:
    """Return the first value that is not of a kind, with its place."""
    sql = (
        f"select v, line from (select {column} as v, {side.line} as line from {side.source})"
        f" where v is not null and not coalesce({way.test.format(v='v')}, false) order by line limit 1"
    )
    [row] = engine.query(sql).to_pylist()
    return f"{row['v']!r} in line {row['line']}"


def _digits(side: Side, number: str, engine: Engine) -> tuple[int, int]:
    sql = (
        "select coalesce(max(length(split_part(ltrim(n, '+-'), '.', 1))), 1) as whole,"
        f" coalesce(max(length(split_part(n, '.', 2))), 0) as part from (select {number} as n from {side.source})"
    )
    [found] = engine.query(sql).to_pylist()
    return found["whole"], found["part"]
