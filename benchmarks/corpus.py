"""The reports that are timed, and the terms that the other programs look for in them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
KNOWLEDGE: Final = ROOT / "ultrasound" / "knowledge"
TABLES: Final = ("veins.toml", "segments.toml", "findings.toml")
LEAST_WORDS: Final = 380  # of a report; the mean comes to about 390
SEED: Final = 1_000_000  # far from the reports that the tests draw


def write_corpus(folder: Path, count: int, seed: int = SEED) -> None:
    """Write so many invented reports, in all layouts of the generator in turn."""
    asked = {"--count": count, "--seed": seed, "--words": LEAST_WORDS, "--out": folder.resolve()}
    options = [str(piece) for pair in asked.items() for piece in pair]
    subprocess.run(
        [sys.executable, "-m", "tools.generator", *options],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def list_reports(folder: Path, count: int | None = None) -> list[Path]:
    """The first reports of a folder, by name."""
    return sorted(folder.rglob("*.txt"))[:count]


def read_texts(paths: Sequence[Path]) -> list[str]:
    """The texts of reports."""
    return [path.read_text("utf-8") for path in paths]


def choose_terms(texts: Sequence[str], count: int) -> list[str]:
    """The terms of the project's own tables that most reports hold; unused ones follow."""
    lowered = [text.lower() for text in texts]
    terms = sorted({term.lower() for table in TABLES for term in _terms_of(_load(table))})
    used = Counter({term: sum(term in text for text in lowered) for term in terms})
    return [term for term, _ in used.most_common(count)]


def _load(table: str) -> dict[str, Any]:
    with (KNOWLEDGE / table).open("rb") as file:
        return tomllib.load(file)


def _terms_of(node: object) -> Iterator[str]:
    """The strings under every key ``terms``, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "terms" and isinstance(value, list):
                yield from value
            else:
                yield from _terms_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from _terms_of(value)
