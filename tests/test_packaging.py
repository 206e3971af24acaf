"""What a fresh machine installs is locked, and the same for conda users."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml


def pins(lock: str) -> set[str]:
    """Return `name==version` of every package of a lock, with the condition it holds under."""
    return {re.sub(r"\s*\\$", "", line) for line in lock.splitlines() if re.match(r"[a-z0-9]", line)}


@pytest.fixture
def locks(project) -> dict[str, str]:
    """Return the text of each lock by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (project / "requirements").glob("*.lock")}


def test_conda_users_get_the_locked_versions(project, locks):
    declared = yaml.safe_load((project / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (from_pip,) = [found["pip"] for found in declared if isinstance(found, dict)]
    assert set(from_pip) - {"-e ."} == pins(locks["run"])
    assert from_pip[-1] == "-e ."


def test_environment_is_what_make_lock_would_write(project):
    script = project / "requirements" / "environment.py"
    written = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout
    assert (project / "environment.yml").read_text(encoding="utf-8") == written


def test_every_locked_package_has_its_hashes(locks):
    for name, lock in locks.items():
        entries = re.split(r"\n(?=[a-z0-9])", lock)[1:]
        assert len(entries) > 100, name
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_locks_agree_with_each_other(locks):
    assert pins(locks["run"]) <= pins(locks["test"]) <= pins(locks["spark"])


def test_every_dependency_is_locked(project, locks):
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = declared["optional-dependencies"]
    wanted = {"run": declared["dependencies"], "test": extras["test"], "spark": extras["spark"]}
    for lock, names in wanted.items():
        locked = {pin.split("==")[0] for pin in pins(locks[lock])}
        assert {re.match(r"[a-z0-9-]+", name)[0] for name in names} <= locked


def test_the_suite_runs_on_the_locked_versions(locks):
    from importlib.metadata import version

    for name in ("duckdb", "pandas", "papermill", "plotly", "pyarrow"):
        assert f"{name}=={version(name)}" in pins(locks["test"])


def test_make_runs_in_the_projects_own_environment_only(project):
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", "test"], cwd=project, capture_output=True, text=True, check=True
    ).stdout
    installs = [line for line in planned.splitlines() if "pip" in line and "install" in line]
    assert len(installs) >= 3
    assert [line for line in installs if not line.startswith(".venv/bin/python -m pip install")] == []
