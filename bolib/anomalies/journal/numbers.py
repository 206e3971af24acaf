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
NUMBER = r"^(?P<head>.*?)(?P<digits>[0-9]{1,18})$"


def number_gaps(rows: pa.Table) -> pa.Table:
    """Return each run of numbers missing inside the sequence of a journal, or of all journals where they share one.

    rows: whole, journal_code, entry_no (one row an entry). A number is the digits an entry ends with; what stands
    before them makes a sequence of its own. More missing than there, all at zero, or no digits: NO_SEQUENCE.
    """
    journals = rows["journal_code"].combine_chunks().dictionary_encode()
    parts = pc.extract_regex(rows["entry_no"].combine_chunks(), NUMBER)
    heads, digits = (parts.field(place) if len(rows) else pa.nulls(0, pa.string()) for place in (0, 1))
    numbered = pc.is_valid(parts).to_numpy(zero_copy_only=False)
    numbers = pc.fill_null(pc.cast(pc.if_else(numbered, digits, None), pa.int64()), -1).to_numpy(zero_copy_only=False)
    widths = pc.fill_null(pc.utf8_length(digits), 0).to_numpy(zero_copy_only=False)
    heads = pc.fill_null(heads, "").dictionary_encode()
    codes = journals.indices.to_numpy(zero_copy_only=False)
    names, words = journals.dictionary.to_pylist(), heads.dictionary.to_pylist()
    of_head = heads.indices.to_numpy(zero_copy_only=False)
    own = _sequences(codes, of_head, numbers, widths, names, words)
    shared = _sequences(codes * 0, of_head, numbers, widths, [SHARED], words) if _may_share(codes, numbers) else own
    found = shared if _missing(shared) < _missing(own) else own
    return pa.Table.from_pylist(found, schema=GAPS)


def _may_share(codes: np.ndarray, numbers: np.ndarray) -> bool:
    """Return whether several journals have numbers, and no number stands in two of them."""
    pairs = np.unique(np.stack([codes, numbers]), axis=1)
    return len(np.unique(codes)) > 1 and len(np.unique(pairs[1])) == pairs.shape[1]


def _missing(found: list[dict]) -> int:
    return sum(row["missing"] for row in found)


def _sequences(codes, heads, numbers, widths, names: list[str], words: list[str]) -> list[dict]:
    """Return the gaps of each sequence: the numbers of one journal behind one head."""
    order = np.lexsort([widths, numbers, heads, codes])
    codes, heads, numbers, widths = (values[order] for values in (codes, heads, numbers, widths))
    starts = np.flatnonzero(np.append(True, (np.diff(codes) != 0) | (np.diff(heads) != 0))) if len(codes) else []
    ends = np.append(starts[1:], len(codes)) if len(codes) else []
    found: list[dict] = []
    for start, end in zip(starts, ends, strict=True):
        name, head = names[codes[start]], words[heads[start]]
        found += _gaps(name, head, numbers[start:end], widths[start:end])
    return found


def _gaps(name: str, head: str, numbers: np.ndarray, widths: np.ndarray) -> Iterator[dict]:
    def written(number: int, place: int) -> str:
        return head + str(int(number)).zfill(int(widths[place]))

    places = np.flatnonzero(np.diff(numbers) > 1)
    missing = int((np.diff(numbers)[places] - 1).sum()) if len(places) else 0
    row = {"journal_code": name, "kind": "NO_SEQUENCE", "entry_no": None, "last_no": None, "missing": missing}
    if numbers[-1] <= 0 or missing > len(np.unique(numbers)):
        yield row | {"before": written(max(numbers[0], 0), 0), "after": written(max(numbers[-1], 0), -1)}
        return
    for place in places:
        low, high = numbers[place] + 1, numbers[place + 1] - 1
        ends = {"before": written(numbers[place], place), "after": written(numbers[place + 1], place + 1)}
        gap = {"kind": "GAP", "entry_no": written(low, place), "last_no": written(high, place)}
        yield row | gap | ends | {"missing": int(high - low + 1)}
