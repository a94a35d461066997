"""The shape of the code: who may import whom, who reads the environment, what no file may hold."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ETL, DASHBOARD = (sorted((ROOT / half).rglob("*.py")) for half in ("etl", "dashboard"))
CODE = [*ETL, *DASHBOARD, ROOT / "app.py"]
MOST_LINES = 250
LONGER = {"etl/schema.py": 450}
"""Declarations, a line a column."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}
READERS = {"environ", "environb", "getenv", "getenvb"}


def name(file):
    return file.relative_to(ROOT).as_posix()


def parse(file):
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def list_imports(file):
    """Every module that the file imports, wherever in it, with the names taken from it."""
    found = set()
    for node in ast.walk(parse(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # A relative import stays inside its half.
            base = node.module or "" if node.level == 0 else f"{name(file).split('/')[0]}.{node.module or ''}"
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def import_any(file, *modules):
    """Those of the file's imports that are one of the modules or lie inside it."""
    return {found for found in list_imports(file) for module in modules if f"{found}.".startswith(f"{module}.")}


def reads_environment(file):
    return any(
        (isinstance(node, ast.Attribute) and node.attr in READERS and ast.unparse(node.value) == "os")
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and {a.name for a in node.names} & READERS)
        for node in ast.walk(parse(file))
    )


def list_public(file):
    """The file's public functions and classes, and the public methods of those classes."""
    for node in parse(file).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                methods = (entry for entry in node.body if isinstance(entry, ast.FunctionDef | ast.AsyncFunctionDef))
                yield from (method for method in methods if not method.name.startswith("_"))


def test_finds_the_code_that_it_judges():
    assert len(ETL) > 20
    assert len(DASHBOARD) > 20


@pytest.mark.parametrize(
    ("files", "modules"),
    [
        pytest.param(DASHBOARD, ["etl", "app"], id="the dashboard imports nothing of the ETL"),
        pytest.param(DASHBOARD, ["scipy", "statsmodels"], id="the dashboard calculates nothing"),
        pytest.param(ETL, ["dashboard", "app", "dash", "plotly"], id="the ETL draws nothing"),
        pytest.param([ROOT / "app.py"], ["etl"], id="the app imports nothing of the ETL"),
    ],
)
def test_keeps_the_halves_apart(files, modules):
    assert {name(file): found for file in files if (found := import_any(file, *modules))} == {}


def module_of(file):
    return name(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def list_imports_at_start(file):
    """The modules that importing the file imports: not those inside functions, nor for type checkers."""
    found = set()
    for node in parse(file).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("files", [ETL, DASHBOARD], ids=["etl", "dashboard"])
def test_imports_in_no_circle(files):
    """A circle works or fails by which module comes first: a process that reads one extract starts elsewhere."""
    modules = {module_of(file): list_imports_at_start(file) for file in files}
    graph = {module: {one for one in imported if one in modules} - {module} for module, imported in modules.items()}
    while free := {module for module, needs in graph.items() if not needs}:
        graph = {module: needs - free for module, needs in graph.items() if module not in free}
    assert graph == {}, "These import each other."


def test_starts_from_the_dashboard_alone():
    standard = {"__future__", "logging", "os", "sys"}
    assert {found.split(".")[0] for found in list_imports(ROOT / "app.py")} - standard == {"dashboard"}


def test_reads_the_environment_in_one_place_each():
    readers = {name(file) for file in CODE if reads_environment(file)}
    assert readers == {"etl/__main__.py", "dashboard/__main__.py", "app.py"}


def test_opens_parquet_in_the_store_alone():
    opening = {name(file) for file in DASHBOARD if import_any(file, "pyarrow.parquet", "pyarrow.dataset")}
    opening |= {
        name(file)
        for file in DASHBOARD
        for node in ast.walk(parse(file))
        if isinstance(node, ast.Attribute) and node.attr in {"read_parquet", "ParquetFile", "read_table"}
    }
    assert opening == {"dashboard/store.py"}


def test_catches_no_error_without_naming_it_and_asserts_nothing():
    found = [
        f"{name(file)}:{node.lineno}"
        for file in CODE
        for node in ast.walk(parse(file))
        if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None)
    ]
    assert found == []


def test_leaves_nothing_to_do():
    found = []
    for file in CODE:
        for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
            words = token.string.upper()
            if token.type in (tokenize.COMMENT, tokenize.STRING) and any(w in words for w in ("TODO", "FIXME", "XXX")):
                found.append(f"{name(file)}:{token.start[0]}")
    assert found == []


def test_names_no_file_after_nothing():
    files = [*CODE, *sorted((ROOT / "tests").rglob("*.py"))]
    assert [name(file) for file in files if file.stem in VAGUE or file.parent.name in VAGUE] == []


def test_says_what_every_public_function_and_class_is():
    lacking = []
    for file in CODE:
        for node in list_public(file):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            if not first.endswith((".", ":")):
                lacking.append(f"{name(file)}:{node.lineno} {node.name}: {first!r}")
    assert lacking == [], "The first line of a docstring is a sentence: give each of these one."


def test_keeps_files_short():
    lines = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in CODE}
    long = {file: count for file, count in lines.items() if count > LONGER.get(file, MOST_LINES)}
    assert long == {}, "Divide each of these by responsibility."


def test_starts_in_under_forty_lines():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 40
