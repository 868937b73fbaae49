"""The house rules that no tool checks for us, each with planted breaks that must be found."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("ultrasound", "tests", "tools", "benchmarks")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MAX_FILE = 300
MAX_FUNCTION = 40
LONGER_FILES = {
    "ultrasound/domain.py": 700,  # the nouns of the whole project, read as one page
}
TEXTS = (".cfg", ".json", ".lock", ".md", ".py", ".toml", ".yaml", "Makefile", "run")
# A path into somebody's machine, or out of this folder.
PLACE = re.compile(r"""(?:^|[\s"'(=`])(?:/(?:root|home|work|opt|Users)/\w|[A-Z]:\\Users|\.\./\w)""")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """A file's name in this project, with "/" on every platform."""
    return path.relative_to(ROOT).as_posix()


def list_functions(source: str) -> Iterator[Function]:
    """Every function and method of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node


def count_lines(function: Function) -> int:
    """A function's lines from its def to its end, without its docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        assert docstring.end_lineno is not None
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines


def find_long_functions(source: str) -> list[str]:
    """The functions that are longer than a screen shows."""
    return [f.name for f in list_functions(source) if count_lines(f) > MAX_FUNCTION]


def find_untold_tests(source: str) -> list[str]:
    """The tests that do not say in one sentence what they prove."""
    found = []
    for function in list_functions(source):
        told = ast.get_docstring(function) or ""
        first = told.partition("\n\n")[0]
        if function.name.startswith("test_") and not first.endswith("."):
            found.append(function.name)
    return found


def find_places(text: str) -> list[str]:
    """The lines that name a place on the machine that they were written on."""
    return [line for line in text.splitlines() if PLACE.search(line)]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_file_is_short(path: Path) -> None:
    """A file has at most 300 lines, or its own limit with a reason."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGER_FILES.get(name_of(path), MAX_FILE)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    """A function has at most 40 lines, its docstring not counted."""
    assert find_long_functions(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.name.startswith("test_")], ids=name_of
)
def test_tests_say_what_they_prove(path: Path) -> None:
    """Each test has a docstring that is a sentence."""
    assert find_untold_tests(path.read_text(encoding="utf-8")) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    """No file of the project names a folder outside of it, or somebody's machine."""
    folders = [*FOLDERS, "docs", "models", "requirements", ".ci"]
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    paths += [path for path in sorted(ROOT.iterdir()) if path.is_file()]
    found = {
        name_of(path): places
        for path in paths
        if path.is_file() and path.name.endswith(TEXTS) and path != Path(__file__)
        if (places := find_places(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_each_silenced_rule_has_a_reason() -> None:
    """In pyproject.toml, each lint rule that is switched off says why on its line."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    config = tomllib.loads(text)["tool"]["ruff"]["lint"]
    codes = list(config["ignore"])
    codes += [code for group in config["per-file-ignores"].values() for code in group]
    lines = re.findall(r'^  "([A-Z]+\d+)", # \S+.*$', text, flags=re.MULTILINE)
    assert sorted(codes) == sorted(lines)


def test_limits_are_those_that_the_linter_holds() -> None:
    """Complexity, arguments and line length are where the house rules put them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert config["line-length"] == 100
    assert config["lint"]["mccabe"]["max-complexity"] == 8
    assert config["lint"]["pylint"]["max-args"] == 6


def test_planted_long_function_is_found() -> None:
    """A function of 41 lines is found, one of 40 and a long docstring is not."""
    body = "".join(f"    x = {number}\n" for number in range(40))
    docstring = '    """Say much.\n' + "    more\n" * 50 + '    """\n'
    assert find_long_functions(f"def f():\n{body}") == ["f"]
    assert find_long_functions("def f():\n" + docstring + body.removesuffix("    x = 39\n")) == []


@pytest.mark.parametrize(
    "source",
    ["def test_x(): pass", 'def test_x():\n    """No end"""', 'async def test_x():\n    """ """'],
    ids=["none", "no sentence", "empty"],
)
def test_planted_untold_test_is_found(source: str) -> None:
    """A test without a sentence is found."""
    assert find_untold_tests(source) == ["test_x"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('path = "/home/anna/reports"', True),
        (r"C:\Users\anna", True),
        ("see ../elsewhere/notes.md", True),
        ("a rate of 3/work/day", False),
        ("sample_reports/home/x.txt", False),
    ],
)
def test_planted_place_is_found(line: str, found: bool) -> None:
    """A path into a machine is found, a name that only looks like one is not."""
    assert bool(find_places(line)) is found
