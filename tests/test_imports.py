"""The import contract: it holds, and each of its rules fires on a planted wrong import."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
IDS = [contract["id"] for contract in CONTRACTS]
# contract → the module that is changed, and the wrong import
PLANTED = {
    "layers": ("errors.py", "import ultrasound.domain"),
    "door_pydicom": ("extract/planted.py", "import pydicom"),
    "door_spacy": ("reconcile.py", "from spacy.tokens import Doc"),
    "door_openpyxl": ("write/planted.py", "import openpyxl.styles"),
    "door_pyarrow": ("write/excel/planted.py", "import pyarrow.parquet"),
    "door_matplotlib": ("write/excel/planted.py", "import matplotlib.figure"),
    "door_jinja2": ("write/page/planted.py", "import jinja2"),
    "door_pypdf": ("read/text.py", "import pypdf"),
    "door_docx": ("write/report/planted.py", "from docx import Document"),
    "door_charset_normalizer": ("read/planted.py", "import charset_normalizer"),
    "door_pandas": ("pipeline.py", "import pandas"),
    "door_typer": ("config.py", "import typer"),
    "door_pydantic": ("assess/planted.py", "from pydantic import BaseModel"),
}
STAGES = ("read", "extract", "assess", "write")


def lint_imports(place: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """Check one contract on the package in ``place``."""
    code = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", code, "--no-cache", "--no-logo", "--contract", contract]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and of its contracts, to be broken."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "ultrasound", tmp_path / "ultrasound", ignore=ignore)
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(house: Path, module: str, line: str) -> None:
    """Add a wrong import at the end of a module of the copy, which may be a new one."""
    path = house / "ultrasound" / module
    text = path.read_text(encoding="utf-8") if path.exists() else '"""Planted."""\n'
    path.write_text(f"{text}\n{line}\n", encoding="utf-8", newline="\n")


def test_each_contract_has_a_planted_break() -> None:
    """No contract is written down without a proof that it can fail."""
    assert sorted(IDS) == sorted(PLANTED)


@pytest.mark.parametrize("contract", IDS)
def test_contract_fires(house: Path, contract: str) -> None:
    """A wrong import, planted in a copy, breaks the contract that forbids it."""
    module, line = PLANTED[contract]
    plant(house, module, line)
    done = lint_imports(house, contract)
    assert done.returncode == 1
    assert "Contracts: 0 kept, 1 broken." in done.stdout


@pytest.mark.parametrize("stage", STAGES)
def test_stages_never_import_each_other(house: Path, stage: str) -> None:
    """An import of the next stage, planted in each stage, is caught."""
    other = STAGES[STAGES.index(stage) - 1]
    plant(house, f"{stage}/planted.py", f"import ultrasound.{other}")
    done = lint_imports(house, "layers")
    assert done.returncode == 1
    assert f"ultrasound.{stage}.planted -> ultrasound.{other}" in done.stdout


def test_new_room_must_have_a_layer(house: Path) -> None:
    """A new module at the top that no layer names is caught."""
    plant(house, "helpers.py", "import ultrasound.errors")
    done = lint_imports(house, "layers")
    assert done.returncode == 1
    assert "helpers" in done.stdout
