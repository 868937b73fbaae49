"""What the tests of reading share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.read import ReadOutcome, read_file

ReadBytes = Callable[..., ReadOutcome]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


@pytest.fixture
def read_bytes(tmp_path: Path, knowledge: Knowledge) -> ReadBytes:
    """Reads bytes as a file of the given name."""

    def read(data: bytes, name: str = "input") -> ReadOutcome:
        path = tmp_path / "input"
        path.write_bytes(data)
        return read_file(path, name, knowledge)

    return read
