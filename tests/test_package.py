"""The wheel, the versions and the lock files: what a user installs is what is in this folder."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lockfile import read_lock
from tools.make_bundle import TARGETS, select_locked
from tools.targets import PLATFORMS, PYTHONS

ROOT = Path(__file__).parents[1]
LOCKS = ("run", "build", "test")
NOT_SHIPPED = {"__pycache__"}


@cache
def read_pyproject() -> dict[str, Any]:
    """pyproject.toml as tables."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The project's wheel, built from this folder."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


def list_files(folder: Path) -> set[str]:
    """Every file below a folder, relative to it, but for what Python leaves there."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not NOT_SHIPPED & set(path.parts)}


def list_imports(folder: Path) -> set[str]:
    """The top-level names that the modules below a folder import, but for the project's own."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names - {"ultrasound"}


def test_wheel_holds_the_package_and_the_model(wheel: zipfile.ZipFile) -> None:
    """Each file of ultrasound/ and of models/venous_duplex travels in the wheel, and no other."""
    code = {f"ultrasound/{name}" for name in list_files(ROOT / "ultrasound")}
    model = {
        f"ultrasound/models/venous_duplex/{name}"
        for name in list_files(ROOT / "models" / "venous_duplex")
    }
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == code | model


@pytest.mark.parametrize(
    "name",
    [
        "ultrasound/knowledge/veins.toml",
        "ultrasound/knowledge/criteria/svs_avf_avls_2022.toml",
        "ultrasound/models/venous_duplex/config.cfg",
        "ultrasound/models/venous_duplex/meta.json",
    ],
)
def test_wheel_holds_what_the_program_cannot_do_without(wheel: zipfile.ZipFile, name: str) -> None:
    """The tables and the model are in the wheel under the names that the program asks for."""
    assert name in wheel.namelist()


def test_wheel_metadata(wheel: zipfile.ZipFile) -> None:
    """The wheel carries the licence, the version and the command of pyproject.toml."""
    project = read_pyproject()["project"]
    info = f"venous_ultrasound-{project['version']}.dist-info"
    metadata = Parser().parsestr(wheel.read(f"{info}/METADATA").decode("utf-8"))
    assert metadata["Name"] == project["name"]
    assert metadata["License-Expression"] == "Apache-2.0"
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    assert "ultrasound = ultrasound.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()


def test_version_is_the_changelogs() -> None:
    """The version in pyproject.toml is the first released version of the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d[^\]]*)\]", text, flags=re.MULTILINE)
    assert versions[0] == read_pyproject()["project"]["version"]


def test_python_versions_are_said_once() -> None:
    """The versions that we check wheels for are those of requires-python and the classifiers."""
    project = read_pyproject()["project"]
    start = "Programming Language :: Python :: 3."
    named = [c.rpartition(" ")[2] for c in project["classifiers"] if c.startswith(start)]
    assert tuple(named) == PYTHONS
    assert project["requires-python"] == f">={PYTHONS[0]},<3.{int(PYTHONS[-1][2:]) + 1}"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_place(name: str) -> None:
    """A lock file names packages and hashes only: no index, no host, no path."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    form = r"([a-z0-9-]+==[0-9a-z.]+( ; [^/]+)?|    --hash=sha256:[0-9a-f]{64})( \\)?"
    assert [line for line in lines if not re.fullmatch(form, line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_a_hash_for_each_package(name: str) -> None:
    """No package of a lock file comes without a hash."""
    lock = read_lock(ROOT / "requirements" / f"{name}.lock")
    assert [locked.name for locked in lock if not locked.hashes] == []


def test_locks_agree() -> None:
    """What runs and what builds is, to the version and the hash, what was tested."""
    tested = set(read_lock(ROOT / "requirements" / "test.lock"))
    for name in LOCKS:
        lock = read_lock(ROOT / "requirements" / f"{name}.lock")
        assert [locked for locked in lock if locked not in tested] == []


def test_lock_meets_pyproject() -> None:
    """Each requirement of pyproject.toml is in the lock, at a version that it allows."""
    project = read_pyproject()["project"]
    tested = {item.name: item.version for item in read_lock(ROOT / "requirements" / "test.lock")}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(tested[canonicalize_name(requirement.name)])


def test_dependencies_are_what_is_imported() -> None:
    """The package imports each of its dependencies, and nothing that it does not name."""
    known = packages_distributions()
    third_party = list_imports(ROOT / "ultrasound") - sys.stdlib_module_names
    imported = {canonicalize_name(known[name][0]) for name in third_party}
    named = {Requirement(text).name for text in read_pyproject()["project"]["dependencies"]}
    assert imported == named


def test_run_lock_holds_nothing_that_only_tests_use() -> None:
    """A lab installs no test tool: the run-time lock has none of the test requirements."""
    run = {item.name for item in read_lock(ROOT / "requirements" / "run.lock")}
    only_tests = read_pyproject()["project"]["optional-dependencies"]["test"]
    assert run.isdisjoint(canonicalize_name(Requirement(text).name) for text in only_tests)


@pytest.mark.parametrize("target", TARGETS)
def test_bundle_takes_one_version_of_each_package(target: str) -> None:
    """For each platform and Python the lock gives one version of a package, and numpy is there."""
    chosen = select_locked(read_lock(ROOT / "requirements" / "run.lock"), target)
    names = [locked.name for locked in chosen]
    assert len(names) == len(set(names))
    assert {"numpy", "spacy", "pyarrow"} <= set(names)
    assert ("colorama" in names) is target.startswith("windows")


def test_platforms_are_named_once() -> None:
    """Each platform has a name of its own, and a wheel of another platform does not run on it."""
    tags = [tag for platform in PLATFORMS for tag in platform.tags if "universal2" not in tag]
    assert len({platform.name for platform in PLATFORMS}) == len(PLATFORMS)
    assert len(tags) == len(set(tags))
