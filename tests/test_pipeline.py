"""One study through every stage, and what happens when a document makes the program fail."""

from __future__ import annotations

import pytest

from ultrasound.config import Settings
from ultrasound.domain import Document, Extraction, Leg, ReviewItem, Study, TextPart
from ultrasound.extract import extract_observations
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.pipeline import describe_failure, extract_document, process_study

REPORT = """Patient: DOE, JANE   MRN: 48213

VENOUS REFLUX DUPLEX, RIGHT LEG
The right GSV is incompetent in the proximal thigh with reflux of 2.3 s.
"""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def report(name: str, text: str = REPORT) -> Document:
    """A plain text report."""
    return Document(name, "0" * 64, "text", "insufficiency", (TextPart(None, text),))


def test_a_document_gives_identity_and_observations(knowledge: Knowledge) -> None:
    """What the labels say and what the sentences say come together."""
    found = extract_document(report("r.txt"), knowledge, Settings())
    assert [(item.fact, item.value) for item in found.context[:2]] == [
        ("patient_name", "DOE, JANE"),
        ("patient_id", "48213"),
    ]
    places = {(o.place.leg, o.place.vein, o.place.segment) for o in found.observations}
    assert places == {(Leg.RIGHT, "GSV", "proximal_thigh")}


def test_a_study_is_carried_through(knowledge: Knowledge) -> None:
    """From a text to the legs, with what was noticed before at the head of the review."""
    noticed = ReviewItem("r.txt", None, None, "joined_by_folder", "check")
    study = Study("k", (report("r.txt"),))
    result = process_study(study, knowledge, Settings(), (noticed,))
    assert [leg.leg for leg in result.legs] == [Leg.RIGHT]
    assert result.review[0] == noticed
    assert result.problems == ()


def test_codes_are_off_by_default(knowledge: Knowledge) -> None:
    """Candidates of codes are listed for those who ask for them, and for nobody else."""
    study = Study("k", (report("r.txt"),))
    asked = process_study(study, knowledge, Settings(codes=True))
    assert [(c.leg, c.code) for c in asked.codes] == [(Leg.RIGHT, "93971"), (Leg.RIGHT, "I87.2")]
    assert process_study(study, knowledge, Settings()).codes == ()


def test_one_document_that_fails_does_not_stop_the_study(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its failure is a Problem; the other document is assessed."""

    def fail(document: Document, *tools: object) -> Extraction:
        if document.name == "bad.txt":
            raise KeyError(document.texts[0].text)
        return extract_observations(document, *tools)  # type: ignore[arg-type]

    monkeypatch.setattr("ultrasound.pipeline.extract_observations", fail)
    study = Study("k", (report("bad.txt"), report("good.txt")))
    result = process_study(study, knowledge, Settings())
    (problem,) = result.problems
    assert (problem.path, problem.stage, problem.code) == ("bad.txt", "extract", "internal_error")
    assert {o.document for o in result.observations} == {"good.txt"}
    assert len(result.legs) == 1


def test_a_failure_is_told_without_the_report(knowledge: Knowledge) -> None:
    """The message names the kind of error and our own line, and nothing that was read."""
    with pytest.raises(TypeError) as caught:
        extract_document(report("r.txt", text=None), knowledge, Settings())  # type: ignore[arg-type]
    problem = describe_failure("r.txt", "extract", caught.value)
    assert problem.message.startswith("the program failed here (TypeError at ultrasound.extract.")
    assert problem.message.endswith("): please report it")


def test_a_failure_outside_the_program_has_no_place() -> None:
    """An error that never passed through our code is named by its kind alone."""
    problem = describe_failure("r.txt", "index", MemoryError("DOE, JANE"))
    assert problem.message == "the program failed here (MemoryError): please report it"
