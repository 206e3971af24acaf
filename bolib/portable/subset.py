"""What the portable subset has, what people reach for beyond it, and what to write instead."""

from collections.abc import Callable
from typing import NamedTuple

import sqlglot
from sqlglot import exp

from bolib.portable import Fault, line, text

ALLOWED = {
    *(exp.Select, exp.Subquery, exp.CTE, exp.With, exp.Union, exp.Except, exp.Intersect, exp.Values, exp.Tuple),
    *(exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Distinct),
    *(exp.Table, exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Star, exp.Placeholder, exp.Paren),
    *(exp.Literal, exp.Boolean, exp.Null, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Var),
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Exists),
    *(exp.Is, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Like, exp.Case, exp.If, exp.Coalesce, exp.Nullif),
    *(exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Abs, exp.Greatest, exp.Least),
    *(exp.DPipe, exp.ConcatWs, exp.Substring, exp.Left, exp.Right, exp.Length, exp.Trim, exp.Lower, exp.Replace),
    *(exp.StrPosition, exp.Pad, exp.Year, exp.Month, exp.Day, exp.Extract),
    *(exp.Count, exp.Sum, exp.Min, exp.Max, exp.LogicalAnd, exp.LogicalOr),
    *(exp.Window, exp.WindowSpec, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead),
    *(exp.FirstValue, exp.LastValue),
}
"""Every kind of expression the subset has."""

KERNEL = "Do it in a kernel, in whole numbers"
CALENDAR = "Join a calendar table and subtract its day numbers"
AS_OF = "Name the day as $as_of"
LOAD = "Let the load turn text into types"
FULL_ORDER = "Number the rows with row_number() over a full order"
UNION = "Join two selects with union all"
BOTH = "Use what both engines have, or a kernel"

REFUSED = {
    exp.Div: ("a division", KERNEL),
    exp.IntDiv: ("a division", KERNEL),
    exp.Mod: ("a remainder", KERNEL),
    exp.Avg: ("avg()", "Keep sum and count, and divide in a kernel"),
    exp.Median: ("median()", KERNEL),
    exp.Round: ("round()", "Cast to decimal(18,n), which rounds half away from zero on both engines"),
    exp.TryCast: ("try_cast", LOAD),
    exp.Concat: ("concat(), which skips NULL here and becomes NULL there", "Write a || b, with coalesce where empty"),
    exp.Upper: ("upper(), whose special letters differ", "Compare with lower()"),
    exp.ILike: ("ilike", "Write lower(x) like 'pattern'"),
    exp.Escape: ("escape", "Compare with substring() or a parameter"),
    exp.AnyValue: ("any_value(), which is any", "Write min() or max()"),
    exp.First: ("first(), which is any", "Write min() or max()"),
    exp.ArgMax: ("max_by(), which picks any of equals", FULL_ORDER),
    exp.ArgMin: ("min_by(), which picks any of equals", FULL_ORDER),
    exp.GroupConcat: ("texts added up in any order", "Return the rows themselves"),
    exp.Filter: ("filter (where ...)", "Write sum(case when ... then x else 0 end)"),
    exp.Qualify: ("qualify", "Filter the window's column in an outer select"),
    exp.Limit: ("limit, which keeps any rows", f"{FULL_ORDER} and compare the number"),
    exp.Interval: ("an interval", CALENDAR),
    exp.DateDiff: ("datediff", CALENDAR),
    exp.TimestampTrunc: ("date_trunc", "Compare year(d) and month(d)"),
    exp.LastDay: ("last_day", CALENDAR),
    exp.CurrentDate: ("the clock", AS_OF),
    exp.CurrentTimestamp: ("the clock", AS_OF),
    exp.Rand: ("chance", "Order by a key"),
    exp.Uuid: ("chance", "Use the row's own key"),
    exp.Rollup: ("rollup", UNION),
    exp.Cube: ("cube", UNION),
    exp.Lateral: ("lateral", "Join on the columns of a with part"),
    exp.Bracket: ("a list", "Keep one value a row"),
    exp.Array: ("a list", "Keep one value a row"),
}
"""Kinds of expression people reach for: (what it is, what to write instead)."""

CLOCK = ("now", "today", "get_current_timestamp")
ORDERED = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
JOINS = ("asof", "natural", "positional")
WHOLE_TYPES = ("bigint", "date", "timestamp", "timestampntz", "boolean", "text")


QUOTED = ("STRING", "IDENTIFIER")

SPELLINGS = {
    "::": ("::", "Write cast(x as type)"),
    "varchar": ("varchar without its length", "Write string"),
    "decimal": ("decimal without its digits", "Write decimal(18,n)"),
}
"""What the parser forgets: (what it is, what to write instead)."""


def spelling(sql: str) -> list[Fault]:
    """Return what is lost once a text is parsed: `::`, a type without its size."""
    tokens = [token for token in sqlglot.tokenize(sql, dialect="duckdb") if token.token_type.name not in QUOTED]
    found = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        word = token.text.lower()
        if word in SPELLINGS and not (after and after.text == "("):
            found.append(Fault(token.line, *SPELLINGS[word]))
    return found


def outside(tree: exp.Expression) -> list[Fault]:
    """Return every node of a parsed text that the subset does not have."""
    return [Fault(line(node), *told) for node in tree.walk() for told in [_told(node)] if told]


def _told(node: exp.Expression) -> tuple[str, str] | None:
    kind = type(node)
    if kind in REFUSED:
        return REFUSED[kind]
    if kind is exp.Anonymous:
        return ("the clock", AS_OF) if node.name.lower() in CLOCK else (f"the function {node.name}()", BOTH)
    if kind not in ALLOWED:
        return f"{node.key} in {text(node)}", BOTH
    detail = DETAILS.get(kind)
    return (f"{detail.found} in {text(node)}", detail.remedy) if detail and detail.wrong(node) else None


def _binary(node: exp.Literal) -> bool:
    return not node.is_string and "e" in node.this.lower()


def _day_of_week(node: exp.Extract) -> bool:
    return node.name.lower() not in ("year", "month", "day")


def _cast_elsewhere(node: exp.Cast) -> bool:
    sizes = [int(part.name) for part in node.to.expressions]
    if node.to.is_type("decimal"):
        return len(sizes) != 2 or sizes[0] > 18
    return not node.to.is_type(*WHOLE_TYPES)


def _sum_uncast(node: exp.Sum) -> bool:
    return not isinstance(node.find_ancestor(exp.Cast, exp.Select), exp.Cast)


def _product(node: exp.Mul) -> bool:
    """A whole number or one bound threshold may be a factor: both are exact in 38 digits on either engine."""
    sides = [side.this if isinstance(side, exp.Neg) else side for side in (node.this, node.expression)]
    return not any(side.is_int or isinstance(side, exp.Placeholder) for side in sides)


def _unordered(node: exp.Window) -> bool:
    return isinstance(node.this, ORDERED) and not node.args.get("order")


def _odd_join(node: exp.Join) -> bool:
    return any(str(node.args.get(word) or "").lower() in JOINS for word in ("method", "kind", "side"))


def _starts_at_zero(node: exp.Substring) -> bool:
    start = node.args.get("start")
    return not (start is not None and start.is_int and start.is_number and int(start.name) >= 1)


def _no_count(node: exp.Expression) -> bool:
    return not isinstance(node.expression, exp.Literal)


def _pattern(node: exp.Like) -> bool:
    return not node.expression.is_string or "\\" in node.expression.name


def _several(node: exp.Distinct) -> bool:
    return bool(node.args.get("on")) or (isinstance(node.parent, exp.Count) and len(node.expressions) > 1)


def _has(*words: str) -> Callable[[exp.Expression], bool]:
    return lambda node: any(node.args.get(word) for word in words)


class Detail(NamedTuple):
    """What is wrong with some expressions of an allowed kind."""

    wrong: Callable[[exp.Expression], bool]
    found: str
    remedy: str


DETAILS = {
    exp.Literal: Detail(_binary, "a binary fraction", "Write the decimal out"),
    exp.Cast: Detail(_cast_elsewhere, "a cast", "Cast to bigint, decimal(18,n), date, timestamp, boolean or string"),
    exp.Sum: Detail(_sum_uncast, "no type", "Write cast(sum(x) as decimal(18,2)), or as bigint"),
    exp.Mul: Detail(_product, "a product", KERNEL),
    exp.Window: Detail(_unordered, "no order", "Add order by with columns that name one row"),
    exp.Join: Detail(_odd_join, "an odd join", "Join on comparisons written out"),
    exp.Star: Detail(_has("except", "except_", "replace", "rename"), "a changed star", "Name the columns"),
    exp.Group: Detail(_has("all", "grouping_sets", "totals"), "odd groups", "Name the columns"),
    exp.Distinct: Detail(_several, "distinct of several", "Use row_number(), or count a select distinct"),
    exp.With: Detail(_has("recursive"), "recursion", "Do it in a kernel"),
    exp.Union: Detail(_has("by_name"), "union by name", "Name the columns in the same order"),
    exp.Substring: Detail(_starts_at_zero, "a start that may be 0", "Start at a number from 1"),
    exp.Left: Detail(_no_count, "a length that may be negative", "Give the length as a number"),
    exp.Right: Detail(_no_count, "a length that may be negative", "Give the length as a number"),
    exp.Like: Detail(_pattern, "a pattern with a backslash or none", "Write the pattern out, with % and _ only"),
    exp.Extract: Detail(_day_of_week, "part of a date", "Take it from a calendar table"),
}
"""What to look at closer in an allowed kind of expression."""
