"""The real fails to deliver of the US market through a sources file of a bank: proven, set aside where it must, aged."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from drawn_day import drawn_day

from bolib.day import open_day
from bolib.deadlines import produce
from bolib.load import load

HERE = Path(__file__).parent
PARAMETERS = HERE.parents[2] / "parameters"
REAL = HERE.parents[3] / "shared" / "data" / "sec_fails_to_deliver"
AS_OF = date(2026, 3, 31)
needs_source = pytest.mark.skipif(not REAL.exists(), reason="the real fails to deliver are not beside the project")


@pytest.fixture(scope="module")
def received(tmp_path_factory) -> Path:
    """Return a folder with the two half-months the SEC published, and the sources file that reads them."""
    folder = tmp_path_factory.mktemp("sec")
    (folder / "sources.yml").write_bytes((HERE / "sec_sources.yml").read_bytes())
    for path in REAL.glob("*.zip"):
        (folder / path.name).symlink_to(path)
    return folder


@needs_source
def test_the_trailers_are_proven_and_lines_without_a_price_set_aside(received):
    """The figures of the trailers, and of the lines that end in a dot, were read off the files with grep."""
    loaded = load(received, PARAMETERS, AS_OF)
    proof = {row["file"].split("/")[-1]: row for row in loaded.completeness.to_pylist()}
    first, second = proof["cnsfails202101a.txt"], proof["cnsfails202102a.txt"]
    assert loaded.proven and len(proof) == 2
    assert (first["declared_rows"], first["rows_read"], first["rows_set_aside"]) == (48215, 48215, 637)
    assert (second["declared_rows"], second["rows_read"], second["rows_set_aside"]) == (59224, 59224, 720)
    assert (first["declared_amount"], first["amount_read"]) == (Decimal(1988791343), Decimal(1988791343))
    assert (second["declared_amount"], second["amount_read"]) == (Decimal(3242854991), Decimal(3242854991))
    reasons = {(row["column"], row["value"]) for row in loaded.set_aside.to_pylist()}
    assert reasons == {("price", ".")}


@needs_source
def test_fails_age_by_security_over_the_settlement_days_of_the_market(received):
    result = produce(open_day("deadlines", str(AS_OF), str(received)))
    aged = result.tables["market_fails"].set_index("security")
    # 36467W109, GME: published on each settlement day of 1 to 12 February; the smallest of its balances stands
    game = aged.loc["36467W109"]
    assert (game["symbol"], game["failing_since"], game["date"], game["days"]) == (
        "GME", date(2021, 2, 1), date(2021, 2, 12), 10,
    )  # fmt: skip
    lines = _lines("36467W109")
    assert (game["balance"], game["standing"]) == (lines[-1], min(lines))


def _lines(cusip: str) -> list[Decimal]:
    """Return the balances of a security in the second file, day by day, read apart from the loader."""
    import zipfile

    with zipfile.ZipFile(REAL / "cnsfails202102a.zip") as archive:
        text = archive.read("cnsfails202102a.txt").decode("latin-1")
    return [Decimal(line.split("|")[3]) for line in text.splitlines() if f"|{cusip}|" in line]


def test_a_day_without_a_balance_ends_a_run_and_a_holiday_does_not():
    """16 January was a Friday, 19 January 2026 Martin Luther King Day: no US settlement."""
    day = drawn_day("deadlines", "2026-01-21", market_fail_balances="""
        date       | security | quantity | price
        2026-01-15 | gap      | 900      | 1
        2026-01-16 | run      | 500      | 1
        2026-01-20 | run      | 300      | 1
        2026-01-21 | run      | 400      | 1
        2026-01-20 | gap      | 100      | 1
        2026-01-21 | gap      | 200      | 1
        2026-01-20 | over     | 700      | 1
        2026-01-22 | later    | 700      | 1
    """)  # fmt: skip
    produce(day)
    found = {row["security"]: row for row in day.rows("market_fails")}
    assert sorted(found) == ["gap", "run"]
    run, gap = found["run"], found["gap"]
    assert (run["failing_since"], run["days"], run["balance"], run["standing"]) == (date(2026, 1, 16), 3, 400, 300)
    assert (gap["failing_since"], gap["days"], gap["balance"], gap["standing"]) == (date(2026, 1, 20), 2, 200, 100)
