"""Rows put apart by bucket, on disk: read once as they stream by, held in memory a bucket at a time."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa


def spread(rows: pa.RecordBatchReader, by: str, buckets: int, folder: Path) -> list[Path]:
    """Write each row to the file of the bucket whose number is in its column `by`; return the files in that order.

    The column is left out; rows of a bucket keep their order.
    """
    files = [folder / f"{bucket}.arrow" for bucket in range(buckets)]
    schema = rows.schema.remove(rows.schema.get_field_index(by))
    with ExitStack() as stack:
        writers = [stack.enter_context(pa.ipc.new_stream(str(file), schema)) for file in files]
        for batch in rows:
            numbers = batch[by].to_numpy().astype(np.uint16)  # which numpy sorts by radix
            order = np.argsort(numbers, kind="stable")
            edges = np.searchsorted(numbers[order], np.arange(buckets + 1))
            sorted_rows = batch.drop_columns(by).take(pa.array(order))
            for writer, start, end in zip(writers, edges, edges[1:], strict=False):
                writer.write_batch(sorted_rows.slice(start, end - start))
    return files


def gathered(file: Path) -> pa.Table:
    """Return the rows of one bucket."""
    with pa.OSFile(str(file)) as source:
        return pa.ipc.open_stream(source).read_all()
