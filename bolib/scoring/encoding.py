"""Fields as codes: what a field says, as whole numbers in the order of the words, the same for rows in any order."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

EMPTY = "(empty)"
"""How an empty field is called: missing is a value like another, and may be the unusual one."""

BINS = 20
"""Ranks an amount is cut into: a field says where an amount stands, the amount itself is judged elsewhere."""

HOURS = 4
"""Hours in a band of the day."""


@dataclass(frozen=True)
class Field:
    """A field of every row: `codes` into `labels`, which are sorted."""

    name: str
    codes: np.ndarray
    labels: np.ndarray
    parts: tuple[str, ...] = ()
    """The fields it is made of, where it is several taken together."""
    named: bool = True
    """Whether its words are names that somebody may be new under; hours and ranks are not."""

    def made_of(self, other: "Field") -> bool:
        """Return whether one of the two is, or shares, a part of the other."""
        return bool({self.name, *self.parts} & {other.name, *other.parts})

    @property
    def size(self) -> int:
        """Return how many values the field has."""
        return len(self.labels)


def field(name: str, column: pa.ChunkedArray) -> Field:
    """Return a column as a field: words as they are, moments as weekday or weekend and hours, numbers by rank."""
    named = pa.types.is_string(column.type)
    if pa.types.is_timestamp(column.type):
        column = _band(column)
    elif pa.types.is_decimal(column.type) or pa.types.is_integer(column.type):
        column = _rank(column)
    found = pc.fill_null(column.cast(pa.string()), EMPTY).combine_chunks().dictionary_encode()
    words = np.asarray(found.dictionary.to_pylist(), dtype=object)
    return replace(coded(name, found.indices.to_numpy(zero_copy_only=False), words), named=named)


def coded(name: str, codes: np.ndarray, words: np.ndarray, parts: tuple[str, ...] = ()) -> Field:
    """Return a field of which `codes` point into `words`, with its words sorted."""
    order = np.argsort(words, kind="stable")
    place = np.empty(len(words), dtype=np.int32)
    place[order] = np.arange(len(words), dtype=np.int32)
    return Field(name, place[codes], words[order], parts)


def _band(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return each moment as its kind of day and hours: "weekday 08-12 h"."""
    start = pc.multiply(pc.divide(pc.hour(column), HOURS), HOURS).cast(pa.int64())
    hours = [pc.utf8_lpad(pc.cast(value, pa.string()), 2, "0") for value in (start, pc.add(start, HOURS))]
    kind = pc.if_else(pc.greater_equal(pc.day_of_week(column), 5), "weekend", "weekday")
    return pc.binary_join_element_wise(kind, pc.binary_join_element_wise(*hours, "-"), "h", " ")


def _rank(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return each number as the smallest and largest of its twentieth: "120.00 to 450.00"."""
    known = pc.drop_null(column).sort() if len(column) else column
    if len(known) == 0:
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    starts = sorted({known[len(known) * number // BINS].as_py() for number in range(BINS)})
    ends = [known[_before(known, start) - 1].as_py() for start in starts[1:]] + [known[-1].as_py()]
    pairs = zip(starts, ends, strict=True)
    words = pa.array([f"{low:,} to {high:,}" if low != high else f"{low:,}" for low, high in pairs])
    number = _above(column, starts)
    return pa.chunked_array([words.take(number)])


def _before(known: pa.Array, start: object) -> int:
    return pc.sum(pc.less(known, pa.scalar(start, known.type))).as_py()


def _above(column: pa.ChunkedArray, starts: list) -> pa.Array:
    """Return the number of the last start that each value reaches; empty where the value is."""
    reached = pa.chunked_array([pa.array([-1] * len(column), pa.int64())])
    for start in starts:
        reached = pc.add(reached, pc.greater_equal(column, pa.scalar(start, column.type)).cast(pa.int64()))
    return reached.combine_chunks()
