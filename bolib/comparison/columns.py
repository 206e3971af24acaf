"""A column of both sides: of which kind it is on both, and the SQL that makes its values comparable."""

from dataclasses import dataclass

from bolib.comparison.ask import Pair, Question
from bolib.comparison.kinds import DIGITS, Look, binary, kind_of, seen, typed
from bolib.comparison.side import Side
from bolib.engine import Engine
from bolib.errors import ParameterError

SHORT = 18
"""Digits of a number that the engine holds in one machine word."""
KINDS = {"date": "dates", "moment": "moments", "number": "numbers"}
"""Kinds that are tried before text, and in words."""
TRAILING = r"\.0*$|(\.\d*?[1-9])0+$"


@dataclass(frozen=True)
class Column:
    """A column of both sides: its kind, the SQL of its value on either, of one type, and in words how it is written.

    `mixed` says which value makes it text that would else be of another kind, and where it stands.
    """

    pair: Pair
    kind: str
    left: str
    right: str
    writing: str = "typed in both files"
    mixed: str = ""


def settled(question: Question, left: Side, right: Side, engine: Engine) -> list[Column]:
    """Return every column of the question with its kind; columns of different types stop with a value that shows it."""
    return [_settled(question, pair, (left, right), engine) for pair in question.pairs]


def _settled(question: Question, pair: Pair, sides: tuple[Side, Side], engine: Engine) -> Column:
    named = list(zip(sides, (pair.left, pair.right), strict=True))
    columns = [side.column(name) for side, name in named]
    types = [side.types.get(name, "") for side, name in named]
    if types[0] and types[0] == types[1] and not binary(types[0]):
        found = Column(pair, kind_of(types[0]), *columns)
    else:
        looks = [
            typed(side, side.column(name), own, engine)
            if own and kind_of(own) != "text"
            else seen(question, side, name, engine)
            for (side, name), own in zip(named, types, strict=True)
        ]
        found = _joined(question, pair, sides, looks)
    _check_tolerance(question, found)
    return found


def _joined(question: Question, pair: Pair, sides: tuple[Side, Side], looks: list[Look]) -> Column:
    wanted = _tolerated(question, pair)
    for kind in sorted(KINDS, key=lambda kind: kind != wanted):  # values that are of several kinds, or none at all
        if all(kind in look.forms for look in looks):
            values = _numbers(pair, sides, looks) if kind == "number" else [look.forms[kind] for look in looks]
            said = dict.fromkeys(look.writings[kind].said for look in looks)
            return Column(pair, kind, *values, ", ".join(said))
    for one, other in ((0, 1), (1, 0)):
        kind = next((kind for kind in KINDS if kind in looks[one].forms and looks[one].present), None)
        if kind and looks[other].present:
            none_is = not looks[other].some.get(kind) and pair in question.compare
            dated = kind != "number" and "number" in looks[other].forms or kind == "number" and _dated(looks[other])
            if none_is or dated or pair.left in question.tolerances:
                _refuse(pair, sides, looks, one, kind)
    return Column(pair, "text", *(_text(look) for look in looks), "as it stands", _mixed(sides, looks))


def _mixed(sides: tuple[Side, Side], looks: list[Look]) -> str:
    """Return the first value that is not of the kind of all others, on one side or on both."""
    for kind, words in KINDS.items():
        known = [kind in look.forms or look.some.get(kind) for look in looks]
        odd = [(side, look.odd[kind]) for side, look in zip(sides, looks, strict=True) if kind in look.odd]
        if all(known) and odd:
            return f"{odd[0][1]} of {odd[0][0].path.name} is among {words}"
    return ""


def _dated(look: Look) -> bool:
    return "date" in look.forms or "moment" in look.forms


def _refuse(pair: Pair, sides: tuple[Side, Side], looks: list[Look], one: int, kind: str) -> None:
    """Stop at a column that is of one kind on one side and of another on the other."""
    other = 1 - one
    name = (pair.left, pair.right)[other]
    own = next((KINDS[kind] for kind in KINDS if kind in looks[other].forms), "")
    found = looks[other].odd.get(kind) or own or "other types"
    where, wanted = f"{sides[other].path}, column {name}", f"{KINDS[kind]} as in {sides[one].path}"
    raise ParameterError(where, wanted, found, "Correct the values, or compare another column.")


def _numbers(pair: Pair, sides: tuple[Side, Side], looks: list[Look]) -> list[str]:
    """Return both values as decimals of one width."""
    whole, scale = (max(look.digits[place] for look in looks) for place in (0, 1))
    if whole + scale > DIGITS:
        wide = max((0, 1), key=lambda place: sum(looks[place].digits))
        found = f"one of {whole + scale}"
        where = f"{sides[wide].path}, column {pair.said}"
        raise ParameterError(where, f"numbers of at most {DIGITS} digits", found, "Compare another column.")
    width = SHORT if whole + scale <= SHORT else DIGITS
    return [f"cast({look.forms['number']} as decimal({width},{scale}))" for look in looks]


def _text(look: Look) -> str:
    """Return the value as text, in which a number is written in one way: 100.00 is 100."""
    text = look.forms["text"]
    way = look.writings.get("number")
    if way is None:
        return text
    plain = f"regexp_replace(ltrim({way.value.format(v=text)}, '+'), '{TRAILING}', '\\1')"
    return f"case when {way.test.format(v=text)} then {plain} else {text} end"


def _tolerated(question: Question, pair: Pair) -> str | None:
    """Return the kind of values the tolerance of a column is about; None where it has none."""
    tolerance = question.tolerances.get(pair.left)
    return tolerance and ("date" if tolerance.days else "number")


def _check_tolerance(question: Question, column: Column) -> None:
    tolerance = question.tolerances.get(column.pair.left)
    if tolerance and column.kind != _tolerated(question, column.pair):
        given = "days" if tolerance.days else "an amount"
        found = f"{given} on {KINDS.get(column.kind, 'texts')}"
        expected = f"{'dates' if tolerance.days else 'numbers'} in column {column.pair.said}"
        raise ParameterError("--tolerance", expected, found, "Correct it: amount=0.01, value_date=2d.")
