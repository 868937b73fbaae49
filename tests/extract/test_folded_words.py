"""Words that are compared with folded tokens must be folded themselves, or they match nothing."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import ultrasound.extract
from ultrasound.extract.words.tokens import fold_word

COMPARED = re.compile(
    r"\.norm (?:not )?in (\w+)\b(?![.(])|\b(\w+)\.isdisjoint\(\s*\w+\.norm\b"
    r"|\{\w+\.norm for [^}]*\}\.isdisjoint\((\w+)\)"
)
MODULES = [
    name
    for _, name, package in pkgutil.walk_packages(
        ultrasound.extract.__path__, "ultrasound.extract."
    )
    if not package
]


def find_unfolded(module: ModuleType, source: str) -> list[tuple[str, str]]:
    """The constants of a module that are compared with folded words, with what never matches."""
    names = {name for found in COMPARED.findall(source) for name in found if name}
    return [
        (name, word)
        for name in sorted(names)
        for word in list_words(getattr(module, name, ()))
        if word.isalpha() and word.islower() and fold_word(word) != word
    ]


def list_words(value: object) -> Iterator[str]:
    """The words of a constant."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for item in value:
            yield from list_words(item)


@pytest.mark.parametrize("name", MODULES)
def test_words_compared_with_folded_ones_are_folded(name: str) -> None:
    """No module compares the folded form of a token with a form that folding removes."""
    module = importlib.import_module(name)
    assert module.__file__ is not None
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert find_unfolded(module, source) == []


@pytest.mark.parametrize(
    "line",
    ["t.norm in VERBS", "t.norm not in VERBS", "VERBS.isdisjoint(t.norm for t in tokens)"],
)
def test_planted_unfolded_word_is_found(line: str) -> None:
    """A form that folding removes is found, the folded one beside it is not."""
    module = ModuleType("planted")
    vars(module)["VERBS"] = ("show", "shows")
    assert find_unfolded(module, line) == [("VERBS", "shows")]
