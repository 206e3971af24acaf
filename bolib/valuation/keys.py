"""Number the rows of a table by their key, so that a kernel works on whole numbers.

Numbers follow the ascending order of the values: the order of the rows does not matter.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def ranks(*columns: pa.ChunkedArray) -> tuple[list[np.ndarray], pa.Array]:
    """Return each column's values as ranks among all the distinct ones, and these, ascending."""
    chunks = [chunk for column in columns for chunk in column.chunks]
    together = pa.chunked_array(chunks, columns[0].type).combine_chunks().dictionary_encode()
    together = together.combine_chunks() if isinstance(together, pa.ChunkedArray) else together
    order = pc.sort_indices(together.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    found = rank[together.indices.to_numpy()]
    return np.split(found, np.cumsum([len(column) for column in columns])[:-1]), together.dictionary.take(order)


def combined(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a number for each distinct pair, and the two parts of each number, ascending.

    >>> combined(np.array([1, 0, 1]), np.array([5, 7, 5]))[0].tolist()
    [1, 0, 1]
    """
    width = int(second.max(initial=0)) + 1
    pair = first * width + second
    distinct, number = _distinct(pair, (int(first.max(initial=0)) + 1) * width)
    return number, distinct // width, distinct % width


def _distinct(values: np.ndarray, below: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct values, ascending, and the rank of each row's; by a table where one is not too long."""
    if below > 8 * len(values) + 100_000:
        return np.unique(values, return_inverse=True)
    present = np.zeros(below, bool)
    present[values] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[values]


def starts(sorted_numbers: np.ndarray) -> np.ndarray:
    """Return where each run of equal numbers begins."""
    if not len(sorted_numbers):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], sorted_numbers[1:] != sorted_numbers[:-1])))


def ends(sorted_numbers: np.ndarray) -> np.ndarray:
    """Return the last place of each run of equal numbers."""
    return np.append(starts(sorted_numbers)[1:], len(sorted_numbers))[: len(starts(sorted_numbers))] - 1


def spans(first: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (i, j) with first[i] <= j < end[i], by i, then j; none for an i that ends before it begins.

    >>> [part.tolist() for part in spans(np.array([0, 2]), np.array([2, 3]))]
    [[0, 0, 1], [0, 1, 2]]
    """
    size = np.maximum(end - first, 0)
    owner = np.repeat(np.arange(len(first)), size)
    return owner, np.arange(len(owner)) + (first - np.cumsum(size) + size)[owner]


def running(values: np.ndarray, sorted_numbers: np.ndarray) -> np.ndarray:
    """Return the running sum inside each run of equal numbers.

    Sums wrap around 2^64 between the runs, which does no harm to the differences taken inside one.
    """
    total, first = np.cumsum(values), starts(sorted_numbers)
    return total - np.repeat(total[first] - values[first], np.diff(first, append=len(values)))


def in_order(major: np.ndarray, minor: np.ndarray) -> np.ndarray:
    """Return the rows by `major`, then `minor`; of two equal ones the first stays first.

    >>> in_order(np.array([1, 0, 1]), np.array([5, 7, 3])).tolist()
    [1, 2, 0]
    """
    return np.lexsort((_narrow(minor), _narrow(major)))


def _narrow(values: np.ndarray) -> np.ndarray:
    """Return `values` from zero on, in as few bytes as they need: numbers of two bytes are sorted in linear time."""
    least = int(values.min(initial=0))
    return (values - least).astype(np.min_scalar_type(int(values.max(initial=0)) - least))
