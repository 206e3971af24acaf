"""The shape of the house, held by tests: floors, names, one place for each library, sizes, documentation."""

import ast
import inspect
from pathlib import Path

import nbformat
import pytest

from bolib.day import open_day

PROJECT = Path(__file__).parent.parent
LIBRARY = PROJECT / "bolib"
REPORTS = ("pnl", "deadlines", "anomalies")

FLOORS = (
    {"errors", "warm"},
    {"tables", "calendars", "valuation"},
    {"engine", "portable", "rulebook", "formats", "lots", "arrears", "penalties", "matching", "scoring"},
    {"load", "views", "results", "letters", "comparison"},
    {"control"},
    {"coverage", "findings", "register"},
    {"day"},
    {"holdings"},
    {*REPORTS},
    {"report"},
    {"drill"},
    {"workbench", "run"},
    {"cli"},
)
"""Who stands on whose shoulders: a module imports only from floors below its own."""

HOMES = {
    "duckdb": {"engine"},
    "pyspark": {"engine"},
    "plotly": {"report", "workbench"},
    "ipywidgets": {"workbench"},
    "itables": {"report", "workbench"},
    "anywidget": {"workbench"},
    "papermill": {"run"},
    "sqlglot": {"portable", "views"},
    "openpyxl": {"formats"},
    "sqlalchemy": {"formats", "register"},
}
"""Libraries that only these modules touch."""

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "base", "misc"}

MODULE_LINES, FUNCTION_LINES = 300, 25

EXCUSED = {
    "tables/markets.py": "declarations read top to bottom, one table after the other",
    "tables/retail.py": "declarations read top to bottom, one table after the other",
}
"""Modules or functions ("folder/module.py:function") longer than the rest, and why."""

MODULES = sorted(LIBRARY.rglob("*.py"))
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))


def shown(path: Path) -> str:
    """Return a path as it is named below the library."""
    return str(path.relative_to(LIBRARY))


def unit(path: Path) -> str:
    """Return the name of the module, or of the top folder, a file belongs to."""
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    """Return the floor of a module."""
    return next(number for number, names in enumerate(FLOORS) if name in names)


def imported(path: Path) -> set[str]:
    """Return the dotted names a module imports when it runs; what only a type checker reads is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)} imports relatively"
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def neighbours(path: Path) -> set[str]:
    """Return the other modules of the library a module imports."""
    below = {name.split(".")[1] for name in imported(path) if name.startswith("bolib.")}
    return {name for name in below if (LIBRARY / name).is_dir() or (LIBRARY / f"{name}.py").exists()} - {unit(path)}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent != LIBRARY or path.stem != "__init__"], ids=shown
)
def test_a_module_imports_only_from_lower_floors(path):
    higher = {name for name in neighbours(path) if floor(name) >= floor(unit(path))}
    assert not higher, f"{shown(path)} (floor {floor(unit(path))}) imports {sorted(higher)}"


def test_the_reports_never_import_each_other():
    for path in MODULES:
        if unit(path) in REPORTS:
            assert not neighbours(path) & set(REPORTS), shown(path)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_touched_in_one_place(library):
    found = {unit(path) for path in MODULES if library in {name.split(".")[0] for name in imported(path)}}
    assert found <= HOMES[library]


def test_only_the_report_and_the_workbench_display():
    for path in MODULES:
        shows = any(name.startswith("IPython.display") for name in imported(path))
        assert not shows or unit(path) in ("report", "workbench"), shown(path)


def test_every_name_says_what_is_inside():
    places = [path for name in ("bolib", "tests", "notebooks", "parameters") for path in (PROJECT / name).rglob("*")]
    assert [path for path in places if path.stem.removeprefix("test_").lower() in EMPTY_NAMES] == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_one_name_in_four_places(report):
    places = (f"notebooks/{report}.ipynb", f"parameters/{report}.yml", f"bolib/{report}", f"tests/{report}")
    assert [place for place in places if not (PROJECT / place).exists()] == []


TESTED_ELSEWHERE = {
    "architecture": "this file",
    "lab": "notebooks/investigate.ipynb in JupyterLab",
    "packaging": "pyproject.toml and the locks",
    "readme": "README.md",
    "sample": "data/sample",
}
"""Tests of what is no module, and what they test."""


def test_every_test_file_has_a_twin():
    twins = {path.stem for path in LIBRARY.rglob("*") if path.suffix in (".py", ".sql")}
    twins |= {path.name for path in LIBRARY.rglob("*") if path.is_dir()} | set(TESTED_ELSEWHERE)
    alone = [
        path
        for path in (PROJECT / "tests").rglob("test_*.py")
        if path.stem.removeprefix("test_") not in twins and path.parent.name not in twins
    ]
    assert alone == []


def functions(path: Path) -> list[tuple[str, ast.FunctionDef]]:
    """Return the functions and methods of a module with their names, those inside functions left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = [node for owner in tree.body if isinstance(owner, ast.ClassDef) for node in owner.body]
    return [(node.name, node) for node in [*tree.body, *methods] if isinstance(node, ast.FunctionDef)]


def length(node: ast.FunctionDef) -> int:
    """Return the lines of what a function does: neither its signature nor its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return node.end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_modules_and_functions_stay_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    long = [f"{shown(path)}: {lines} lines"] if lines > MODULE_LINES and shown(path) not in EXCUSED else []
    for name, node in functions(path):
        if length(node) > FUNCTION_LINES and f"{shown(path)}:{name}" not in EXCUSED:
            long.append(f"{shown(path)}:{name}: {length(node)} lines")
    assert long == []


def test_every_excuse_is_still_needed():
    for place in EXCUSED:
        path, _, name = place.partition(":")
        lines = [length(node) for found, node in functions(LIBRARY / path) if found == name]
        assert lines > [FUNCTION_LINES] or len((LIBRARY / path).read_text().splitlines()) > MODULE_LINES, place


def promised(path: Path) -> set[str]:
    """Return the methods a Protocol of the same package documents, so that its classes need not say it again."""
    tree = ast.parse((path.parent / "__init__.py").read_text(encoding="utf-8"))
    protocols = [node for node in tree.body if isinstance(node, ast.ClassDef) and "Protocol" in ast.dump(node)]
    return {node.name for owner in protocols for node in owner.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_everything_public_is_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body, f"{shown(path)} does not say what it is"
    public = [(node.name, node) for node in tree.body if isinstance(node, ast.ClassDef)] + functions(path)
    silent = [name for name, node in public if not name.startswith("_") and not ast.get_docstring(node)]
    assert set(silent) - promised(path) == set()


LOGIC = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp),
    *(ast.Try, ast.With, ast.Assert, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def code_cells(path: Path) -> list:
    """Return the code cells of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_hold_no_logic(path):
    for cell in code_cells(path):
        found = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
        assert not found, f"{path.name}: {ast.unparse(found[0])}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_paths_stand_only_in_the_parameters(path):
    for cell in code_cells(path):
        if "parameters" not in cell.metadata.get("tags", []):
            texts = [node.value for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Constant)]
            paths = [text for text in texts if isinstance(text, str) and "/" in text and not set(text) & set(" \n")]
            assert paths == [], path.name


@pytest.mark.parametrize("report", REPORTS)
def test_the_parameters_of_a_report_are_those_of_a_day(report):
    cells = code_cells(PROJECT / "notebooks" / f"{report}.ipynb")
    (cell,) = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    names = [node.targets[0].id for node in ast.parse(cell.source).body]
    assert names == list(inspect.signature(open_day).parameters)[1:]
