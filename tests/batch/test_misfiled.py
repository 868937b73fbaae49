"""A report filed under another patient, another date or another side stands at the top."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.read.dicom_objects import Exam, image, write_bytes
from ultrasound.batch.run import Job, run_batch
from ultrasound.config import Settings

REPORT = """VENOUS DUPLEX, RIGHT LEG
Patient ID: {patient}    Exam date: {date}    Room: {name}

Right GSV: SFJ 8.1 mm, reflux 2.4 s. Right SSV competent. No DVT in the right leg.
"""
CASES = {
    "patient": ("S-9", "2025-03-05", "VENOUS DUPLEX LE RT", "patient's number"),
    "date": ("S-7", "2025-04-06", "VENOUS DUPLEX LE RT", "exam date"),
    "side": ("S-8", "2025-03-05", "VENOUS DUPLEX LE LT", "ordered for the left leg"),
    "right": ("S-7", "2025-03-05", "VENOUS DUPLEX LE RT", None),
}


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The review table of a run over one folder for each case."""
    folder = tmp_path_factory.mktemp("misfiled")
    for name, (patient, date, order, _) in CASES.items():
        (folder / name).mkdir()
        ordered_for = "S-8" if name == "side" else "S-7"
        exam = Exam(name, ordered_for, "", "", "20250305", order)
        (folder / name / "IM1").write_bytes(write_bytes(image(exam, "still")))
        text = REPORT.format(patient=patient, date=date, name=name)
        (folder / name / "report.txt").write_text(text, "utf-8")
    out = tmp_path_factory.mktemp("out") / "out"
    run_batch(Job((folder,), out, 1, Settings()), lambda *_: None, lambda _: None)
    return pd.read_csv(out / "review.csv")


@pytest.mark.parametrize("name", CASES)
def test_item_at_the_top(review: pd.DataFrame, name: str) -> None:
    """Each wrong filing is one item of high severity that names what differs."""
    found = review[review["document"] == f"{name}/report.txt"]
    found = found[found["code"] == "identity_mismatch"]
    words = CASES[name][-1]
    if words is None:
        assert found.empty
    else:
        assert list(found["severity"]) == ["high"]
        assert words in found["message"].iloc[0]
