"""Spark: the same SQL and the same kernels, where one machine is too small.

`BOLIB_SPARK_MASTER` names a cluster (`spark://host:7077`, `yarn`); without it two threads of this
machine do the work. Settings make Spark read a text as DuckDB does: times without zone, errors
instead of NULL, "quoted" names.
"""

import functools
import os
import re
import shutil
import sys
import tempfile
import warnings
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from bolib import errors
from bolib.engine import PARAMETER, ROWS_A_BUCKET, Kernel, Promises, canonical, used
from bolib.errors import ParameterError, RuleError

MASTER = "BOLIB_SPARK_MASTER"
"""Environment variable that names the cluster."""

ALIKE = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
}
"""What makes the same text mean the same as on DuckDB."""

PLANNED = {"spark.sql.constraintPropagation.enabled": "false"}
"""Spark else infers each condition again for every alias of its columns: two records of twenty fields take it hours."""

QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}

HERE = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.warehouse.dir": f"{tempfile.gettempdir()}/bolib-spark",
}
"""What keeps two threads of one machine quick; a cluster has its own.

Of a day of this size, writing and compiling Java for each query, planning it again after each of its steps, and
Java's own second compiler and parallel collector took two thirds of the processor time.
"""

FEW = 4 * 2**20
"""Bytes of a table that Spark may take from this process again for each query; a larger one it keeps."""

INSTALL = 'Run: pip install "bolib[spark]", with Java 17 on the PATH; or use --engine duckdb.'

KERNEL_ERROR = re.compile(r"bolib\.errors\.(\w+): (.*): expected (.*), found (.*?)\. (.*)")
"""Last line of what Spark reports when a kernel stopped: the error's class and its four parts."""


class Spark(Promises):
    """Tables in a Spark session of its own; engines of one process share the Java machine."""

    name = "spark"

    def __init__(self, memory: str | None = None):
        super().__init__()
        self._session = _start(os.environ.get(MASTER, "local[2]"), memory).newSession()
        for setting, value in (ALIKE | PLANNED).items():
            self._session.conf.set(setting, value)
        self._frames: dict[str, Any] = {}

    def _add(self, name: str, rows: pa.Table) -> None:
        frame = self._session.createDataFrame(rows)
        self._keep(name, frame if rows.nbytes < FEW else frame.localCheckpoint(eager=False))

    def create(self, name: str, sql: str, **parameters: Any) -> None:
        with _explained(name):
            self._keep(name, self._select(sql, parameters).localCheckpoint())

    def query(self, sql: str, **parameters: Any) -> pa.Table:
        with _explained("SQL"):
            return canonical(self._select(sql, parameters).toArrow())

    def run(self, kernel: Kernel, *tables: str, key: str | None, into: str) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

        self._fetch(*tables)
        frames = [self._frames[table] if table in self._frames else self._select(table, {}) for table in tables]
        taken = [canonical(to_arrow_schema(frame.schema).empty_table()).schema for frame in frames]
        given = canonical(kernel(*(schema.empty_table() for schema in taken))).schema
        buckets = max(frame.count() for frame in frames) // ROWS_A_BUCKET + 1
        rows = functools.reduce(_below, (_side(frame, side, key, buckets) for side, frame in enumerate(frames)))
        apply, schema = _on_a_bucket(kernel, taken, given), from_arrow_schema(given, prefer_timestamp_ntz=True)
        with _explained(into):
            self._keep(into, rows.groupBy("bucket").applyInArrow(apply, schema).localCheckpoint())

    def _select(self, sql: str, parameters: dict[str, Any]):
        self._fetch(sql)
        values = {name: _literal(value) for name, value in used(sql, parameters).items()}
        return self._session.sql(PARAMETER.sub(_as_spark_reads, sql), values)

    def _keep(self, name: str, frame) -> None:
        frame.createOrReplaceTempView(name)
        self._frames[name] = frame

    def table(self, name: str) -> pa.Table:
        return self.query(f'select * from "{name}"')

    def names(self) -> set[str]:
        return set(self._frames) | set(self._promised)

    def close(self) -> None:
        for name in self._frames:
            self._session.catalog.dropTempView(name)
        self._frames.clear()


def _side(frame, side: int, key: str | None, buckets: int):
    """Return the rows of one table of a kernel, marked with their table and the bucket of their key or cells."""
    from pyspark.sql import functions as F

    columns = [frame[f"`{name}`"].alias(f"{side}_{name}") for name in frame.columns]
    cells = [frame[f"`{name}`"].cast("string") for name in ([key] if key else frame.columns)]
    bucket = F.pmod(F.hash(*cells), F.lit(buckets))
    return frame.select(bucket.alias("bucket"), F.lit(side).alias("side"), *columns)


def _below(upper, lower):
    return upper.unionByName(lower, allowMissingColumns=True)


def _on_a_bucket(kernel: Kernel, taken: list[pa.Schema], given: pa.Schema):
    """Return `kernel` as Spark calls it: all its tables in one, below each other, side by side in columns."""

    def apply(rows: pa.Table) -> pa.Table:
        tables = []
        for side, schema in enumerate(taken):
            own = rows.filter(pa.compute.equal(rows["side"], side))
            tables.append(pa.table([own[f"{side}_{name}"] for name in schema.names], names=schema.names).cast(schema))
        return canonical(kernel(*tables)).select(given.names).cast(given)

    return apply


def _as_spark_reads(found: re.Match) -> str:
    """Return a parameter as `:name`, and a text with its backslashes doubled, since Spark halves them."""
    if found[1]:
        return f":{found[1]}"
    return found[0].replace("\\", "\\\\") if found[0].startswith("'") else found[0]


def _literal(value: Any) -> Any:
    """Return `value` as Spark takes it; a time has no zone, which Python's own does not say."""
    if not isinstance(value, datetime):
        return value
    from pyspark.sql import functions as F

    return F.expr(f"timestamp_ntz'{value.isoformat(' ')}'")


def _start(master: str, memory: str | None):
    """Return the Spark session of this process, started with its Java machine on the first call."""
    session_type = _installed()
    local = master.split("[")[0] == "local"
    settings = {"spark.app.name": "bolib", **QUIET, **ALIKE, **PLANNED, **(HERE if local else {}), **_memory(memory)}
    if local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = functools.reduce(lambda built, pair: built.config(*pair), settings.items(), session_type.builder)
    with tempfile.TemporaryFile() as log, _errors_to(log):
        try:
            session = builder.master(master).getOrCreate()
        except Exception as error:
            found = f"{type(error).__name__}: {str(error).splitlines()[0]}"
            remedy = f"{INSTALL} {MASTER} names a cluster."
            raise ParameterError("--engine spark", f"Spark to start on {master}", found, remedy) from error
    _hush()
    if not local:
        _ship(session.sparkContext.applicationId, session.sparkContext)
    return session


def _installed():
    """Return pyspark's session type; without pyspark or Java, one line says what to install."""
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    if not shutil.which(java):
        raise ParameterError("--engine spark", "Java", f"no {java}", INSTALL)
    try:
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ParameterError("--engine spark", "pyspark", "none", INSTALL) from error
    return SparkSession


def _hush() -> None:
    """Keep pyspark from printing each error before it raises it."""
    from pyspark.logger import PySparkLogger

    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        PySparkLogger.getLogger(name).disabled = True


def _memory(memory: str | None) -> dict[str, str]:
    """Return the memory settings for a size as DuckDB reads it, "2GB" or "512 MiB"."""
    if not memory:
        return {}
    size = re.fullmatch(r"(\d+)\s*([kmgt])i?b?", memory.strip().lower())
    if not size:
        raise ParameterError("--memory", "a size as in 2GB", memory, "Write the size so.")
    return {"spark.driver.memory": size[1] + size[2], "spark.executor.memory": size[1] + size[2]}


@functools.cache
def _ship(application: str, context) -> tempfile.TemporaryDirectory:
    """Give the machines of a cluster this library, which their kernels import; return the folder they fetch it from."""
    place = tempfile.TemporaryDirectory(prefix="bolib-")
    context.addPyFile(shutil.make_archive(f"{place.name}/bolib", "zip", Path(__file__).parents[2], "bolib"))
    return place


@contextmanager
def _errors_to(log):
    """Send what this process and those it starts write as errors to `log`: Java greets with warnings."""
    kept = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _explained(where: str):
    """Turn what Spark says about a text into the one line a user reads; what a kernel says, it says itself."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        lines = str(error).strip().splitlines()
        own = KERNEL_ERROR.fullmatch(lines[-1])
        if own:
            raise getattr(errors, own[1])(*own.groups()[1:]) from None
        raise RuleError(where, "a SELECT the engine can run", lines[0].rstrip("."), "Correct the text.") from error
