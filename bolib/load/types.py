"""From what was written to a typed value: all or nothing, never a rounding.

A cast of the engine alone would turn '12.7' into the integer 13 and ' 1e3' into 1000, so that the shape of
a text is checked before it is cast; what does not have the shape becomes NULL and its row is set aside.
"""

from bolib.formats import literal
from bolib.load.sources import Values
from bolib.tables import DECIMALS, Column

DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
OFFSET = "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
TIMESTAMP = DATE + f"[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}([.][0-9]{{1,6}}0*)?)?{OFFSET}?"
TIME_FROM = len("2026-03-31T")


def typed(column: Column, text: str, written: Values, words: dict[str, str]) -> str:
    """Return the SQL of the value of `text` in the column's type, NULL where it is not one."""
    text = _translated(text, words)
    if column.type in DECIMALS:
        digits = rf"-?[0-9]+([.][0-9]{{1,{DECIMALS[column.type]}}}0*)?"
        return _shaped(_number(text, written), digits, column.sql_type)
    if column.type == "integer":
        return _shaped(_number(text, written), "-?[0-9]+([.]0+)?" if written.decimal == "." else "-?[0-9]+", "bigint")
    if column.type == "date":
        return f"cast({_moment(text, written.date)} as date)" if written.date else _shaped(text, DATE, "date")
    if column.type == "timestamp":
        return _timestamp(text, written)
    return _boolean(text, written) if column.type == "boolean" else text


def shape(column: Column, written: Values | None = None) -> str:
    """Return, in words, what a value of the column's type looks like."""
    if column.type in DECIMALS:
        decimals = DECIMALS[column.type]
        return f"a number of at most {18 - decimals} digits before and {decimals} after the decimal mark"
    return {"integer": "a whole number", "date": "a date", "timestamp": "a date and time", "boolean": "true or false"}[
        column.type
    ]


def _translated(text: str, words: dict[str, str]) -> str:
    if not words:
        return text
    cases = " ".join(f"when {literal(theirs)} then {literal(ours)}" for theirs, ours in words.items())
    return f"case {text} {cases} else {text} end"


def _shaped(text: str, expression: str, kind: str) -> str:
    """Return the value of a text of that shape. One that its value prints as has it, which is told faster."""
    value = f"try_cast({text} as {kind})"
    whole = f"{text} like '____-__-__'" if kind == "date" else f"not ends_with({text}, '.')"
    printed = f"starts_with(cast({value} as varchar), {text}) and {whole}"
    return f"case when {printed} then {value} when regexp_full_match({text}, '{expression}') then {value} end"


def _number(text: str, written: Values) -> str:
    """Return the text with a dot for decimal mark; where another mark is declared, a dot is no number."""
    if written.thousands:
        text = f"translate({text}, {literal(written.thousands)}, '')"
    if written.decimal == ".":
        return text
    return f"translate({text}, {literal(written.decimal + '.')}, {literal('.' + written.decimal)})"


def _moment(text: str, form: str) -> str:
    """Return the moment written as `form`; what would not be written back the same is not one."""
    parsed = f"try_strptime({text}, {literal(form)})"
    return f"case when strftime({parsed}, {literal(form)}) = {text} then {parsed} end"


def _timestamp(text: str, written: Values) -> str:
    """Return the moment in UTC: by its own offset where it has one, else on the clocks of the source."""
    if written.timestamp:
        return _on_clocks(_moment(text, written.timestamp), written)
    # a cast to a timestamp alone reads the clock and drops the offset behind it
    with_offset = f"regexp_matches(substr({text}, {TIME_FROM}), '[Z+-]')"
    own = f"cast(try_cast({text} as timestamptz) as timestamp)"
    local = _on_clocks(f"try_cast({text} as timestamp)", written)
    read = f"case when {with_offset} then {own} else {local} end"
    printed = f"strftime(try_cast({text} as timestamp), '%Y-%m-%dT%H:%M:%S') = {text} and {text} like '____-__-__T%'"
    return f"case when {printed} then {local} when regexp_full_match({text}, '{TIMESTAMP}') then {read} end"


def _on_clocks(moment: str, written: Values) -> str:
    return f"cast(timezone({literal(written.timezone)}, {moment}) as timestamp)" if written.timezone else moment


def _boolean(text: str, written: Values) -> str:
    said = {"true": written.true, "false": written.false}
    cases = [f"when lower({text}) in ({', '.join(map(literal, words))}) then {value}" for value, words in said.items()]
    return f"case {' '.join(cases)} end"
