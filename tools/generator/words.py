"""The words of the invented reports, from the table beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Choices = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The table, by section; a section of the table is a mapping of keys to choices."""

    legs: dict[str, dict[str, Choices]]
    veins: dict[str, dict[str, Choices]]
    segments: dict[str, dict[str, Choices]]
    units: dict[str, str]
    comparators: dict[str, Choices]
    fragments: dict[str, Choices]
    verbs: dict[str, Choices]
    plural: dict[str, Choices]
    groups: dict[str, Choices]
    columns: dict[str, Choices]
    cells: dict[str, Choices]
    systems: dict[str, Choices]
    boilerplate: dict[str, Choices]
    typos: dict[str, Choices]


def _freeze(raw: Any) -> Any:
    if isinstance(raw, list):
        return tuple(raw)
    if isinstance(raw, dict):
        return {key: _freeze(value) for key, value in raw.items()}
    return raw


@cache
def load_words() -> Words:
    """The shipped words; raises TypeError where a section is missing or unknown."""
    text = (files(__package__) / "words.toml").read_text("utf-8")
    return Words(**_freeze(tomllib.loads(text)))
