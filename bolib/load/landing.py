"""From files as received to rows of text on the engine, whatever they were packed in, and the numbered statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from bolib.engine import Engine
from bolib.errors import SourceError
from bolib.formats import READERS, SUFFIXES, Landed, land, literal
from bolib.formats.containers import unpack
from bolib.load.arrivals import Arrival, digest
from bolib.load.faults import duplicate_fault, irregular_fault
from bolib.load.rows import File, check_exclusions
from bolib.load.sources import Source
from bolib.load.types import typed
from bolib.tables import KNOWN_AT, TABLES


def ask(sources: Iterable[Source], scratch: Path) -> dict[Arrival, Landed]:
    """Return the answers of the sources that are queries; an answer is archived like a file."""
    answers = {}
    for number, source in enumerate((source for source in sources if source.query), 1):
        from bolib.formats.database import land_query  # SQLAlchemy, which most runs do not need

        landed = land_query(source.name, source.query, source.url_env, scratch / f"answer-{number}.parquet")
        answers[Arrival(source, landed.path, f"query {source.name}", digest(landed.path))] = landed
    return answers


def land_all(
    arrivals: list[Arrival], answers: dict[Arrival, Landed], scratch: Path, engine: Engine
) -> tuple[dict[str, list[File]], list[dict], list[dict]]:
    """Return the files of each table, landed; a finding for each that repeats another or breaks its format; and the
    numbered statements they hold, each with its file.
    """
    files, faults, heads, seen = defaultdict(list), [], [], {}
    for number, (arrival, name, plain) in enumerate(_plain(arrivals, scratch), 1):
        into = scratch / f"landed-{number}.parquet"
        dialect = replace(arrival.source.dialect, name=name)
        landed = answers.get(arrival) or land(plain, _form(arrival, plain), dialect, into, engine)
        sha256 = arrival.sha256 if plain == arrival.path else digest(plain)
        first = seen.setdefault((arrival.source.table, sha256), name)
        repeats = first != name and landed.rows > 0
        faults += [duplicate_fault(name, first, sha256)] if repeats else []
        faults += [irregular_fault(name, one) for one in landed.irregular]
        heads += _heads(landed, arrival.source, name, engine)
        file = File(number, arrival, name, landed, f"same content as {first}" if repeats else "")
        if arrival.source.exclude:
            check_exclusions(file, engine)
        files[arrival.source.table].append(file)
    return dict(files), faults, _once(heads)


def _heads(landed: Landed, source: Source, name: str, engine: Engine) -> list[dict]:
    """Return the statements a file holds, named and known as the source's constants and values make its rows."""
    if not landed.heads:
        return []
    known_at, ours = _known_at(source, engine), {"account": "account", "number": "statement_no"}
    found = [{**asdict(head), "file": name, "table": source.table, "known_at": known_at} for head in landed.heads]
    for told, column in ours.items():
        for head in found:
            text = source.constants.get(column, head[told])
            head[told] = source.values.get(column, {}).get(text, text)
    return found


def _known_at(source: Source, engine: Engine) -> str | None:
    """Return when the bank knew all of a source's rows, where it says so, in UTC."""
    if "known_at" not in source.constants:
        return None
    moment = typed(KNOWN_AT, literal(source.constants["known_at"]), source.written, source.values.get("known_at", {}))
    [row] = engine.query(f"select {moment} as moment").to_pylist()
    return row["moment"] and row["moment"].isoformat()


def _once(heads: list[dict]) -> list[dict]:
    """Return each head once where several tables are read from a file: as the one that names accounts has it."""
    named = {name for name, table in TABLES.items() if "account" in table.names}
    known = {(head["file"], head["line"]) for head in heads if head["table"] in named}
    return [head for head in heads if head["table"] in named or (head["file"], head["line"]) not in known]


def _plain(arrivals: list[Arrival], scratch: Path) -> Iterator[tuple[Arrival, str, Path]]:
    """Yield (arrival, name, plain file) of each file, those inside a zip one by one."""
    for number, arrival in enumerate(arrivals, 1):
        folder = scratch / f"unpacked-{number}"
        folder.mkdir()
        folder_of = arrival.name.removesuffix(arrival.path.name)
        members = [(name, plain) for name, plain in unpack(arrival.path, folder) if _wanted(arrival, plain)]
        if not members:
            raise SourceError(
                str(arrival.path),
                f"a file of {', '.join(SUFFIXES)} inside",
                "none",
                "Declare its format in sources.yml.",
            )
        for name, plain in members:
            yield arrival, folder_of + name if plain != arrival.path else arrival.name, plain


def _wanted(arrival: Arrival, plain: Path) -> bool:
    return bool(arrival.source.format) or plain.suffix.lower() in SUFFIXES


def _form(arrival: Arrival, plain: Path) -> str:
    form = arrival.source.format or SUFFIXES[plain.suffix.lower()]
    if form not in READERS:
        known = ", ".join(sorted(READERS))
        raise SourceError(f"source {arrival.source.name}", f"a format among {known}", form, "Correct sources.yml.")
    return form
