"""What several tests need; a property test may take its time on a busy machine."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

from bolib.day import open_day
from bolib.results import Result

settings.register_profile("bolib", deadline=None)
settings.load_profile("bolib")

PROJECT = Path(__file__).parent.parent

LONGEST = ("test_spark.py", "test_lab.py", "test_readme.py", "test_corporate_actions.py", "deadlines.ipynb")
"""Files begun first: of two processes that share the files, neither is then left waiting for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first; the others stay in order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder that holds `bolib/`, `parameters/`, `notebooks/` and `data/`."""
    return PROJECT


@pytest.fixture(scope="session")
def sample(project) -> Path:
    """Return the folder of the sample day; a test that needs it is skipped where it is absent."""
    folder = project / "data" / "sample"
    if not (folder / "trades.csv").exists():
        pytest.skip("data/sample is absent")
    return folder


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory) -> Path:
    """Return the folder that keeps the loaded sample day."""
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="session")
def sample_result(sample, sample_archive, tmp_path_factory) -> Callable[[str], Result]:
    """Return what gives a report of the sample day, produced once for all tests; none may change it."""
    folder = tmp_path_factory.mktemp("sample_day")

    @cache
    def produced(report: str) -> Result:
        places = {"archive": str(sample_archive), "results": str(folder / report / "results")}
        return import_module(f"bolib.{report}").produce(open_day(report, "2026-03-31", str(sample), **places))

    return produced
