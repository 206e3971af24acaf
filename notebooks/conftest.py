"""nbval compares what a cell shows by its words and numbers, not by how they are dressed."""

from pathlib import Path


def pytest_configure(config):
    """Name the file of what to leave out of the comparison, unless the command line names one."""
    if getattr(config.option, "nbval_sanitize_with", "absent") is None:
        config.option.nbval_sanitize_with = str(Path(__file__).parent / "nbval.cfg")
