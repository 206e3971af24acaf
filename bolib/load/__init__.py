"""Sources -> declared tables, set-aside rows and the proof that nothing was lost. The only package that reads input.

A row that breaks a rule is set aside with every reason; a file that cannot be read as its table
stops the run with one line. Nothing is dropped, rounded or filled in silence.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bolib.engine import open_engine
from bolib.errors import SourceError
from bolib.formats import Landed
from bolib.load import archive as keeping
from bolib.load.arrivals import Arrival, control_files, find, unread
from bolib.load.faults import arrival_faults, proof_faults, unread_fault
from bolib.load.landing import ask, land_all
from bolib.load.proof import completeness
from bolib.load.sources import Source, read_sources, sources_file
from bolib.tables import PROVENANCE, TABLES

MEMORY = "600MB"
"""What the engine may take while loading; beyond it, it spills to disk."""


class Accepted(Mapping[str, pa.Table]):
    """The accepted tables by name, in the order of their keys; a table is read when it is asked for."""

    def __init__(self, folder: Path, names: list[str], keeper: tempfile.TemporaryDirectory | None):
        self._folder, self._names, self._keeper = folder, names, keeper
        self._read: dict[str, pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._read:
            table = TABLES[name]
            columns = [*table.names, *(column.name for column in PROVENANCE)]
            rows = pq.read_table(self._folder / f"{name}.parquet", columns=columns)
            rows = rows.sort_by([(column, "ascending") for column in table.key])
            # The file says which columns happen to hold no NULL; the schema of a table says what may be.
            self._read[name] = pa.Table.from_arrays(rows.columns, names=columns)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class Loaded:
    """What a load gives. `inputs` is file -> sha256; `findings` are about the files, `unchecked` the rules
    nobody could check because another table was not received; `heads` the numbered statements that files hold, with
    or without rows; `folder` holds the tables as Parquet."""

    tables: Mapping[str, pa.Table]
    completeness: pa.Table
    set_aside: pa.Table
    findings: list[dict]
    inputs: dict[str, str]
    proven: bool
    unchecked: list[str]
    folder: Path
    heads: list[dict] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return how many rows were accepted, in all tables."""
        return pc.sum(self.completeness["rows_accepted"]).as_py() or 0


def load(data: Path, parameters: Path, as_of: date, archive: Path | None = None) -> Loaded:
    """Return the day's tables from the folder `data`, as `sources.yml` there, or in `parameters`, declares them.

    With an `archive`, inputs are kept there by content, and the same inputs are not validated twice.
    """
    data, declaration = Path(data), sources_file(Path(data), Path(parameters))
    sources = read_sources(declaration)
    with tempfile.TemporaryDirectory(prefix="bolib-") as scratch:
        answers = ask(sources, Path(scratch))
        arrivals = [*find(data, sources), *answers]
        if not arrivals:
            raise SourceError(str(data), "files named after the tables", "none", "Name another folder with --data.")
        folder, keeper = _folder(archive, arrivals, declaration)
        summary = keeping.read_load(folder)
        if archive:
            keeping.keep_inputs(Path(archive), arrivals)
        if summary is None:
            summary = _publish(folder, arrivals, answers, Path(scratch))
        return _loaded(folder, keeper, summary, _about_files(data, sources, arrivals, as_of), arrivals)


def _folder(archive: Path | None, arrivals, declaration) -> tuple[Path, tempfile.TemporaryDirectory | None]:
    if archive is None:
        keeper = tempfile.TemporaryDirectory(prefix="bolib-loaded-")
        return Path(keeper.name) / "loaded", keeper
    folder = Path(archive) / "loaded" / keeping.key(arrivals, declaration)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder, None


def _publish(folder: Path, arrivals: list[Arrival], answers: dict[Arrival, Landed], scratch: Path) -> dict:
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        summary = _validate_all(draft, arrivals, answers, scratch)
        keeping.write_summary(draft, summary)
        keeping.publish(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return summary


def _validate_all(draft: Path, arrivals: list[Arrival], answers: dict[Arrival, Landed], scratch: Path) -> dict:
    """Write the tables, the set-aside rows and the proof into `draft`; return the rest."""
    from bolib.load.validate import ASIDE, Validation, validate  # of no use to inputs the archive knows already

    engine = open_engine("duckdb", MEMORY)
    try:
        files, faults, heads = land_all(arrivals, answers, scratch, engine)
        work = Validation(engine, draft)
        for name in _in_order(files):
            validate(work, TABLES[name], files[name])
    finally:
        engine.close()
    aside = pa.concat_tables([ASIDE.empty_table(), *work.aside])
    aside = aside.sort_by([(name, "ascending") for name in ("source", "file", "line", "column", "reason")])
    proof = completeness(work.counts)
    pq.write_table(aside, draft / "_set_aside.parquet")
    pq.write_table(proof, draft / "_completeness.parquet")
    return {"tables": sorted(files), "unchecked": sorted(set(work.unchecked)), "duplicates": faults, "heads": heads}


def _in_order(names: Iterable[str]) -> Iterator[str]:
    """Yield tables so that each comes after those it refers to."""
    names = set(names)
    needs = {name: set(TABLES[name].references.values()) & names - {name} for name in names}
    return TopologicalSorter(needs).static_order()


def _about_files(data: Path, sources: list[Source], arrivals: list[Arrival], as_of: date) -> list[dict]:
    ignored = control_files(arrivals)
    return [*arrival_faults(sources, arrivals, as_of), *map(unread_fault, unread(data, arrivals, ignored))]


def _loaded(folder: Path, keeper, summary: dict, faults: list[dict], arrivals: list[Arrival]) -> Loaded:
    proof, aside = (pq.read_table(folder / f"_{name}.parquet") for name in ("completeness", "set_aside"))
    findings = [*summary["duplicates"], *faults, *proof_faults(proof, aside)]
    return Loaded(
        tables=Accepted(folder, summary["tables"], keeper),
        completeness=proof,
        set_aside=aside,
        findings=sorted(findings, key=lambda one: (one["control"], one["key"])),
        inputs={arrival.name: arrival.sha256 for arrival in arrivals},
        proven=all(proof["proven"].to_pylist()),
        unchecked=summary["unchecked"],
        folder=folder,
        heads=summary["heads"],
    )
