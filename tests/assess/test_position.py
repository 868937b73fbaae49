"""How reflux was timed, beside each time, and the caution where it was not as the criteria ask."""

from __future__ import annotations

import pytest

from tests.assess.legs import assess
from tests.assess.test_samples import tell
from tests.samples import read_samples
from tests.trends.exams import make_exam
from ultrasound.domain import Result
from ultrasound.write.rows import result_rows

BOTH = "standing and supine stated, not of which time, the criteria ask for standing"
TIME = "R GSV sfj reflux_time 900; R SSV - reflux absent"


@pytest.mark.parametrize(
    ("context", "criteria", "caution"),
    [
        ("- position standing", "svs_avf_avls_2022", None),
        ("", "svs_avf_avls_2022", "position not stated, the criteria ask for standing"),
        (
            "- position supine",
            "svs_avf_avls_2022",
            "taken supine, the criteria ask for standing, supine times are longer",
        ),
        (
            "- position reverse_trendelenburg",
            "svs_avf_avls_2022",
            "taken reverse trendelenburg, the criteria ask for standing",
        ),
        (
            "- position standing; - position supine",
            "svs_avf_2011",
            f"{BOTH}, supine times are longer",
        ),
        ("- position supine", "lcd_l39121", None),
        ("L position supine; R position standing", "svs_avf_avls_2022", None),
    ],
)
def test_caution(context: str, criteria: str, caution: str | None) -> None:
    """A caution names the position taken and the one asked; a set that asks none gives none."""
    assert assess(TIME, criteria, context).cell("position_caution") == caution


def test_no_time_no_caution() -> None:
    """A leg without a time has nothing to be cautious about."""
    assert assess("R GSV sfj reflux absent").cell("position_caution") is None


def list_rows(result: Result) -> list[dict[str, object]]:
    """The rows that may hold a time."""
    rows = result_rows(result)
    return [*rows["segments"], *rows["criteria"]]


def test_position_stands_beside_each_time() -> None:
    """A row with a time says how it was taken, and a row without one says nothing of that."""
    facts = f"{TIME}; R CPV mid_calf diameter 4"
    rows = list_rows(make_exam(1, "2026-01-02", facts, "- position supine; - provocation cuff"))
    timed = [row for row in rows if row.get("reflux_time_ms") or "0.9 s" in str(row.get("found"))]
    assert len(timed) == 2
    for row in rows:
        told = (row["position"], row["provocation"], row["position_caution"] is not None)
        assert told == (("supine", "cuff", True) if row in timed else (None, None, False))


def test_every_time_of_a_sample_tells_its_position() -> None:
    """Of all samples, some state a position that is not the one asked for, and some none."""
    for study, said in read_samples():
        for row in tell(study, said)["segments"]:
            at = str(row["position"] or "")
            told = (row["reflux_time_ms"] is not None, row["position_caution"] is not None)
            assert told in {(True, at != "standing"), (False, False)}, (study.key, row)
    stated = {c.value for _, said in read_samples() for c in said.context if c.fact == "position"}
    assert {"standing", "supine", "sitting", "reverse_trendelenburg"} <= stated
