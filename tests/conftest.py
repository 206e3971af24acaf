"""What several tests need; a property test may take its time on a busy machine."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("bolib", deadline=None)
settings.load_profile("bolib")

PROJECT = Path(__file__).parent.parent


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
