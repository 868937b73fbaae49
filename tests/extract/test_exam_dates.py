"""What is asked first of a clause must not hide a date that is then looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ultrasound.extract.clauses.exam_dates import find_dates, names_time
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import split_text

SAMPLES = sorted((Path(__file__).parents[2] / "sample_reports").rglob("*.txt"))
WRITTEN = "In May 2024 and in May it was 4/2023, 3/4/2022, 12.5.2021, on 3 March, in 2020."


TEXTS = [WRITTEN, *(path.read_text("utf-8", errors="replace") for path in SAMPLES)]


@pytest.mark.parametrize("text", TEXTS)
def test_no_date_is_missed_by_what_is_asked_first(text: str) -> None:
    """Wherever a date is found, its clause was held to name a time."""
    tokens = split_text(text)
    marks = Marks(text, tokens, [], [])
    for position, _ in find_dates(tokens):
        assert names_time(marks, position, position)
