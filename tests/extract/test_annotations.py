"""Words on images and in presentation states."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.read.dicom_documents import annotate, presentation
from tests.read.dicom_objects import Exam, image, region, write_bytes
from ultrasound.config import Settings
from ultrasound.domain import Document, HeaderElement, Observation, Quantity, Result, Study
from ultrasound.knowledge import load_knowledge
from ultrasound.pipeline import process_study
from ultrasound.read import read_file

KNOWLEDGE = load_knowledge()
EXAM = Exam("marks", "S-1", "Sample^Ada", "A-1", "20250305")
TRACE = region(4, (10, 60, 150, 118), (0.02, -0.5))
LINE = (20, 90, 80, 90)


def make_image(comment: str | None = None, side: str | None = None, view: str = "") -> Dataset:
    """An image with a time axis of 0.02 s a pixel."""
    dataset = image(EXAM, "still", TRACE)
    for keyword, value in (
        ("ImageComments", comment),
        ("ImageLaterality", side),
        ("ViewName", view),
    ):
        if value:
            setattr(dataset, keyword, value)
    return dataset


def process(folder: Path, *datasets: Dataset) -> Result:
    """The result of a study of these objects."""
    documents: list[Document] = []
    for number, dataset in enumerate(datasets):
        path = folder / f"IM{number}"
        path.write_bytes(write_bytes(dataset))
        documents += read_file(path, path.name, KNOWLEDGE).documents
    return process_study(Study("k", tuple(documents)), KNOWLEDGE, Settings())


def tell(observation: Observation) -> str:
    """A fact in short."""
    place, value = observation.place, observation.value
    shown = f"{value.value:f}" if isinstance(value, Quantity) else value
    return f"{place.leg} {place.vein} {place.segment} {observation.property} {shown}"


@pytest.mark.parametrize(
    ("comment", "side", "view", "expected"),
    [
        ("RT GSV PROX THIGH REFLUX 2.3 SEC", None, "",
         "right GSV proximal_thigh reflux_time 2300.0"),
        ("REFLUX 2.3 SEC", "R", "GSV PROX THIGH", "right GSV proximal_thigh reflux_time 2300.0"),
        ("GSV 4.5 MM", "L", "", "left GSV None diameter 4.5"),
        ("LT SSV MID CALF RT 1.4 S", "R", "GSV", "left SSV mid_calf reflux_time 1400.0"),
    ],
)  # fmt: skip
def test_measured_comment(
    tmp_path: Path, comment: str, side: str | None, view: str, expected: str
) -> None:
    """A value in a comment is a fact of the image; what it leaves out the header says."""
    (fact,) = process(tmp_path, make_image(comment, side, view)).observations
    assert tell(fact) == expected
    assert isinstance(fact.source, HeaderElement)
    assert fact.source.tag == "(0020,4000)"
    assert fact.source.quote in comment


@pytest.mark.parametrize(
    ("comment", "asked"),
    [
        ("RT GSV PROX THIGH STANDING", []),
        ("LT GSV REFLUX", []),
        ("RT PTV", []),
        ("RT SFJ W/COMP", []),
        ("LT POP NON COMPRESSIBLE", ["unread"]),
        ("DVT LT LEG", ["unread"]),
        ("REFLUX 2.3 SEC", ["no_vein_named"]),
    ],
)
def test_labels_are_no_findings(tmp_path: Path, comment: str, asked: list[str]) -> None:
    """Words that name a picture are no facts; a possible thrombus and a loose value are asked."""
    result = process(tmp_path, make_image(comment))
    assert not result.observations
    assert [item.code for item in result.review] == asked


def test_lines_of_a_presentation_state_verify_its_times(tmp_path: Path) -> None:
    """The line in the group of a text is its calipers: 60 pixels of 0.02 s."""
    uid = EXAM.uid("still")
    state = presentation(
        EXAM,
        "state",
        annotate(uid, "Rt GSV mid thigh reflux 1.2 s", line=LINE),
        annotate(uid, "Rt GSV distal thigh reflux 2.0 s", line=LINE),
        annotate(uid, "Rt SSV prox calf reflux 1.2 s", line=LINE, units="DISPLAY"),
        annotate(uid, "Lt SSV 3.1 mm"),
    )
    result = process(tmp_path, make_image(), state)
    cells = {
        (s.vein, s.segment): f"{s.cells['caliper_check']} {s.cells['caliper_ms']}"
        for leg in result.legs
        for s in leg.segments
        if not s.from_vein
    }
    assert cells["GSV", "mid_thigh"] == "confirmed 1200"
    assert cells["GSV", "distal_thigh"] == "differs 1200"
    assert cells["SSV", "proximal_calf"] == "None None"
    assert cells["SSV", None] == "None None"
    assert [item.code for item in result.review] == ["conflict"]
    (shown,) = result.images
    assert [check.verdict for _, check in shown.checks] == ["confirmed", "differs"]


def test_several_texts_and_lines_of_one_group_are_not_matched(tmp_path: Path) -> None:
    """Nothing says which line belongs to which text."""
    group = annotate(
        EXAM.uid("still"), "Rt GSV mid thigh reflux 1.2 s", "Rt GSV knee reflux 0.9 s", line=LINE
    )
    group.GraphicObjectSequence.append(group.GraphicObjectSequence[0])
    result = process(tmp_path, make_image(), presentation(EXAM, "state", group))
    assert len(result.observations) == 2
    assert not result.images[0].checks


def test_each_text_stands_alone(tmp_path: Path) -> None:
    """The leg of one text is not that of the next."""
    uid = EXAM.uid("still")
    state = presentation(
        EXAM, "state", annotate(uid, "Rt GSV knee 5 mm"), annotate(uid, "SSV 4 mm")
    )
    result = process(tmp_path, state)
    assert [tell(o) for o in result.observations] == [
        "right GSV knee diameter 5",
        "None SSV None diameter 4",
    ]
    assert [(item.code, item.leg) for item in result.review] == [("leg_missing", None)]


def test_tries_on_several_images_are_no_conflict(tmp_path: Path) -> None:
    """Two values of one place on images are two tries; the text against one of them is not."""
    uid = EXAM.uid("still")
    state = presentation(
        EXAM, "state", annotate(uid, "Rt GSV knee 5.0 mm"), annotate(uid, "Rt GSV knee 6.0 mm")
    )
    result = process(tmp_path, make_image("RT GSV KNEE 5.5 MM"), state)
    assert len(result.observations) == 3
    assert not result.review
