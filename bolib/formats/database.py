"""A query on a SQL database, whose address is an environment variable and never a file."""

import os
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from bolib.errors import SourceError
from bolib.formats import Landed, land_rows
from bolib.formats.excel import text as canonical


def land_query(name: str, query: str, variable: str, into: Path) -> Landed:
    """Return the rows of the query; the line is the rank of the row in the answer, the first being 1."""
    url = os.environ.get(variable)
    if not url:
        raise SourceError(
            f"source {name}", f"the database's address in {variable}", "none", f"Set {variable} to a SQLAlchemy URL."
        )
    try:
        return _land(name, query, url, into)
    except (SQLAlchemyError, ImportError) as error:
        found = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        raise SourceError(f"source {name}", "an answer to its query", found, "Correct the query or the URL.") from error


def _land(name: str, query: str, url: str, into: Path) -> Landed:
    database = create_engine(url)
    try:
        with database.connect() as connection:
            answer = connection.execution_options(stream_results=True).execute(text(query))
            rows = ((line, [canonical(cell) for cell in row]) for line, row in enumerate(answer, 1))
            return land_rows(Path(name), list(answer.keys()), rows, into)
    finally:
        database.dispose()
