"""Kernel: which numbers a journal's entries leave out."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

GAPS = pa.schema(
    [(name, pa.string()) for name in ("journal_code", "kind", "entry_no", "last_no")]
    + [("missing", pa.int64())]
    + [(name, pa.string()) for name in ("before", "after")]
)
SHARED = "all journals"
WIDEST = 32
"""More than the digits of any number."""
LONGEST = 19
"""Digits that may not fit a whole number any more."""
NUMBER = r"^(?P<head>.*?)(?P<digits>[0-9]{1,18})$"


def number_gaps(rows: pa.Table) -> pa.Table:
    """Return each run of numbers missing inside the sequence of a journal, or of all journals where they share one.

    rows: journal_code, entry_no (one row an entry). A number is the digits an entry ends with; what stands
    before them makes a sequence of its own. More missing than there, all at zero, or no digits: NO_SEQUENCE.
    """
    journals = rows["journal_code"].combine_chunks().dictionary_encode()
    heads, words, numbers, widths = _parts(rows["entry_no"].combine_chunks())
    codes, names = journals.indices.to_numpy(zero_copy_only=False), journals.dictionary.to_pylist()
    found = _sequences(codes, heads, numbers, widths, names, words)
    if _missing(found) and len(names) > 1 and _apart(numbers):
        shared = _sequences(codes * 0, heads, numbers, widths, [SHARED], words)
        found = shared if _missing(shared) < _missing(found) else found
    return pa.Table.from_pylist(found, schema=GAPS)


def _parts(texts: pa.Array) -> tuple[np.ndarray, list[str], np.ndarray, np.ndarray]:
    """Return the place of each head in a list, the list, and each number with its digits; -1 where there is none."""
    if pc.all(pc.utf8_is_digit(texts)).as_py() and (pc.max(pc.utf8_length(texts)).as_py() or 0) < LONGEST:
        heads, digits = np.zeros(len(texts), np.int64), texts
        words = [""]
    else:
        parts = pc.extract_regex(texts, NUMBER)
        digits, found = parts.field("digits"), pc.is_valid(parts)
        named = pc.fill_null(parts.field("head"), "").dictionary_encode()
        heads, words = named.indices.to_numpy(zero_copy_only=False), named.dictionary.to_pylist()
        digits = pc.if_else(found, digits, None)
    numbers = pc.fill_null(pc.cast(digits, pa.int64()), -1).to_numpy(zero_copy_only=False)
    widths = pc.fill_null(pc.utf8_length(digits), 0).to_numpy(zero_copy_only=False)
    return heads, words, numbers, widths


def _apart(numbers: np.ndarray) -> bool:
    """Return whether no number is there twice; where there are fewer numbers than rows, that needs no sorting."""
    return int(numbers.max()) - int(numbers.min()) + 1 >= len(numbers) == len(np.unique(numbers))


def _missing(found: list[dict]) -> int:
    return sum(row["missing"] for row in found)


def _sequences(codes, heads, numbers, widths, names: list[str], words: list[str]) -> list[dict]:
    """Return the gaps of each sequence: the numbers of one journal behind one head."""
    group, numbers, widths = _sorted(codes * len(words) + heads, numbers, widths)
    starts = np.flatnonzero(np.append(True, np.diff(group) != 0)) if len(group) else []
    ends = np.append(starts[1:], len(group)) if len(group) else []
    found: list[dict] = []
    for start, end in zip(starts, ends, strict=True):
        code, head = divmod(int(group[start]), len(words))
        found += _gaps(names[code], words[head], numbers[start:end], widths[start:end])
    return found


def _sorted(group: np.ndarray, numbers: np.ndarray, widths: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the three in the order of group and number; packed in one whole number where they fit, which is faster."""
    span = int(numbers.max(initial=0)) + 2
    if (int(group.max(initial=0)) + 1) * span * WIDEST < 2**63:
        packed = np.sort(((group * span + numbers + 1) * WIDEST + widths).astype(np.int64))
        packed, widths = np.divmod(packed, WIDEST)
        group, numbers = np.divmod(packed, span)
        return group, numbers - 1, widths
    order = np.lexsort([numbers, group])
    return group[order], numbers[order], widths[order]


def _gaps(name: str, head: str, numbers: np.ndarray, widths: np.ndarray) -> Iterator[dict]:
    def written(number: int, place: int) -> str:
        return head + str(int(number)).zfill(int(widths[place]))

    first = min(int(np.searchsorted(numbers, 0)), len(numbers) - 1)  # those without digits stand before
    numbers, widths = numbers[first:], widths[first:]
    places = np.flatnonzero(np.diff(numbers) > 1)
    missing = int((np.diff(numbers)[places] - 1).sum()) if len(places) else 0
    row = {"journal_code": name, "kind": "NO_SEQUENCE", "entry_no": None, "last_no": None, "missing": missing}
    if numbers[-1] <= 0 or missing > np.count_nonzero(np.diff(numbers)) + 1:
        yield row | {"before": written(max(numbers[0], 0), 0), "after": written(max(numbers[-1], 0), -1)}
        return
    for place in places:
        low, high = numbers[place] + 1, numbers[place + 1] - 1
        ends = {"before": written(numbers[place], place), "after": written(numbers[place + 1], place + 1)}
        gap = {"kind": "GAP", "entry_no": written(low, place), "last_no": written(high, place)}
        yield row | gap | ends | {"missing": int(high - low + 1)}
