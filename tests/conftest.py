"""What all tests share: how random cases are drawn, and how left-out checks are counted."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest
from hypothesis import settings

from tests.kept import FOLDER
from ultrasound.extract.guarded import RAISES

# Every day the same cases, so that a red test stays red; `make prove` looks for new ones.
settings.register_profile("default", derandomize=True, deadline=None, database=None)
settings.register_profile("prove", max_examples=2000, deadline=None, database=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
RAISES.append(True)  # a test fails where a report would only lose a sentence


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder for what was read, in the process that starts the others."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="ultrasound-kept-")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the longer proofs to ``make prove``, which asks for them by their mark."""
    if config.option.markexpr:
        return
    longer = [item for item in items if item.get_closest_marker("prove")]
    items[:] = [item for item in items if item not in longer]
    config.hook.pytest_deselected(items=longer)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a check out where none of the programs that it names is on the PATH."""
    for mark in item.iter_markers("needs_program"):
        if not any(shutil.which(name) for name in mark.args):
            pytest.skip(f"needs {' or '.join(mark.args)}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind, and say as the very last line how many checks were left out."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.line(f"checks left out: {len(reporter.stats.get('skipped', []))}")
