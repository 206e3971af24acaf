"""The SELECTs by which rows meet, written for their columns: `k0` … are the key, `v0` … what is compared.

`pairs` has a row for each two rows that met, and for each that met none: their lines, a bit in `differs` for each
column that differs, a bit in `tolerated` for each that differs for an accepted reason. It stays narrow, since it is as
long as the files; the values are fetched again for what differs only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bolib.comparison.ask import Tolerance
from bolib.comparison.columns import Column
from bolib.comparison.side import Side
from bolib.formats import literal

WORDS = ("LEFT", "RIGHT")
MET, REPEATED, KEYLESS = 0, 1, 2
"""Kinds of a row of `pairs`: by its key; a row of a repeated key that may be several things; a row without a key."""


@dataclass(frozen=True)
class Texts:
    """What the SELECTs are written from. `sources` are both sides as rows of `line`, key and values."""

    on: list[Column]
    compare: list[Column]
    tolerances: dict[str, Tolerance]
    sources: tuple[str, str]
    amount: int | None
    currency: int | None

    @property
    def keys(self) -> str:
        """Return the columns of the key, by comma."""
        return ", ".join(f"k{number}" for number in range(len(self.on)))

    @property
    def values(self) -> str:
        """Return the columns compared, each after a comma."""
        return "".join(f", v{number}" for number in range(len(self.compare)))

    @property
    def keyed(self) -> str:
        """Return what is true of a row of which no part of the key is missing."""
        return " and ".join(f"k{number} is not null" for number in range(len(self.on)))

    @property
    def same_key(self) -> str:
        """Return what is true of two rows of one key."""
        return " and ".join(f"l.k{number} = r.k{number}" for number in range(len(self.on)))

    def key(self, alias: str) -> str:
        """Return the key of a row as one text."""
        parts = [f"cast({alias}.k{number} as varchar)" for number in range(len(self.on))]
        return parts[0] if len(parts) == 1 else f"concat_ws(' ', {', '.join(parts)})"

    def twice(self) -> str:
        """Return the hashes of keys that stand more than once on a side; another key of that hash does no harm."""
        hashes = (f"select hash({self.keys}) as h from {source} where {self.keyed}" for source in self.sources)
        return " union ".join(f"select h from ({one}) group by h having count(*) > 1" for one in hashes)

    def repeated(self) -> str:
        """Return the rows of those keys: `copy` tells rows equal in everything apart, `number` all of one key."""
        rows = " union all ".join(
            f"select {literal(word)} as side, line, {self.keys}{self.values} from {source}"
            f" where {self.keyed} and hash({self.keys}) in (select h from twice)"
            for word, source in zip(WORDS, self.sources, strict=True)
        )
        lefts, rights = (f"count(*) filter (where side = {literal(word)})" for word in WORDS)
        return (
            f"select *, row_number() over (partition by side, {self.keys}{self.values} order by line) as copy,"
            f" row_number() over (partition by side, {self.keys} order by {self.keys}{self.values}, line) as number,"
            f" {lefts} over (partition by {self.keys}) as lefts, {rights} over (partition by {self.keys}) as rights"
            f" from ({rows})"
        )

    def equal_copies(self) -> str:
        """Return the rows of repeated keys that are equal in everything, one for one."""
        same = "".join(f" and l.v{number} is not distinct from r.v{number}" for number in range(len(self.compare)))
        sides = "l.side = 'LEFT' and r.side = 'RIGHT' and l.copy = r.copy"
        met = f"{sides} and {self.same_key}{same}"
        return f"select l.line as lrow, r.line as rrow from repeated l join repeated r on {met}"

    def rest(self) -> str:
        """Return the other rows of repeated keys; where one of them is on each side, `alone` says that they are one."""
        ones = " and ".join(
            f"count(*) filter (where side = {literal(word)}) over (partition by {self.keys}) = 1" for word in WORDS
        )
        used = "select 'LEFT' as side, lrow as line from equal_copies union all select 'RIGHT', rrow from equal_copies"
        return (
            f"select t.*, {ones} as alone from repeated t anti join ({used}) u on u.side = t.side and u.line = t.line"
        )

    def pairs(self) -> str:
        """Return all rows of both sides as pairs and singles, each row once."""
        left, right = self.sources
        once = f"{self.keyed} and hash({self.keys}) not in (select h from twice)"
        plain = f"coalesce({self.key('l')}, {self.key('r')})" if len(self.on) == 1 else (
            f"case when l.line is null then {self.key('r')} else {self.key('l')} end"
        )  # fmt: skip
        copies, rest = self._both("repeated"), self._both("rest where alone")
        pair = "l.line = e.lrow join {r} on r.line = e.rrow"
        return " union all ".join([
            f"select {self._judged(MET, plain)} from (select * from {left} where {once}) l"
            f" full join (select * from {right} where {once}) r on {self.same_key}",
            f"select {self._judged(MET, self._numbered('l'))} from equal_copies e join {copies[0]} on "
            + pair.format(r=copies[1]),
            f"select {self._judged(MET, self._numbered('l'))} from {rest[0]} join {rest[1]} on {self.same_key}",
            *self._singles(REPEATED, [f"(select * from rest where side = '{word}' and not alone)" for word in WORDS]),
            *self._singles(KEYLESS, [f"(select * from {one} where not ({self.keyed}))" for one in self.sources]),
        ])  # fmt: skip

    @staticmethod
    def _both(rows: str) -> tuple[str, str]:
        name, _, condition = rows.partition(" where ")
        extra = f" and {condition}" if condition else ""
        return tuple(
            f"(select * from {name} where side = '{word}'{extra}) {alias}"
            for word, alias in zip(WORDS, "lr", strict=True)
        )

    def _singles(self, kind: int, rows: list[str]) -> list[str]:
        """Return the rows of either side as pairs with nothing; a table without rows stands for the other side."""
        named: Callable[[str], str] = self._numbered if kind == REPEATED else self._by_line
        return [
            f"select {self._judged(kind, named(mine))} from {one} {mine} left join"
            f" (select * from {self.sources[0]} limit 0) {other} on false"
            for one, mine, other in zip(rows, "lr", "rl", strict=True)
        ]

    def _numbered(self, alias: str) -> str:
        return f"{self.key(alias)} || ' #' || cast({alias}.number as varchar)"

    @staticmethod
    def _by_line(alias: str) -> str:
        return f"'line ' || cast({alias}.line as varchar)"

    def _judged(self, kind: int, key: str) -> str:
        """Return the columns of `pairs`."""
        met = "l.line is not null and r.line is not null"
        differs, tolerated = [], []
        for number, column in enumerate(self.compare):
            differ, accepted = f"l.v{number} is distinct from r.v{number}", self._accepted(number, column)
            bit = f"then {1 << number} else 0 end"
            differs.append(f"case when {met} and {differ}{f' and not {accepted}' if accepted else ''} {bit}")
            if accepted:
                tolerated.append(f"case when {met} and {differ} and {accepted} {bit}")
        said = f"l.line as lrow, r.line as rrow, cast({kind} as tinyint) as kind, {key} as key"
        for name, number in (("amount", self.amount), ("currency", self.currency)):
            said += f", l.v{number} as l_{name}, r.v{number} as r_{name}" if number is not None else ""
        bits = (f"cast({' + '.join(one) or '0'} as bigint)" for one in (differs, tolerated))
        return "{}, {} as differs, {} as tolerated".format(said, *bits)

    def _accepted(self, number: int, column: Column) -> str:
        tolerance = self.tolerances.get(column.pair.left)
        if tolerance is None:
            return ""
        gap = f"date_diff('day', l.v{number}, r.v{number})" if tolerance.days else f"r.v{number} - l.v{number}"
        return f"coalesce(abs({gap}) <= {tolerance.limit}, false)"


def typed_rows(side: Side, on: list[Column], compare: list[Column]) -> str:
    """Return the rows of a side as `line`, the key and what is compared."""
    place = WORDS.index(side.word)
    named = [(f"k{number}", column) for number, column in enumerate(on)]
    named += [(f"v{number}", column) for number, column in enumerate(compare)]
    values = "".join(f", {(column.left, column.right)[place]} as {name}" for name, column in named)
    return f"(select {side.line} as line{values} from {side.source})"
