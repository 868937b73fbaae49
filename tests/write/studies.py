"""Small studies of invented patients, assessed and written, for the tests of the outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.assess.legs import knowledge, parse_context, parse_facts
from ultrasound.assess import assess_study
from ultrasound.assess.codes import suggest_codes
from ultrasound.domain import (
    Caliper,
    CaliperCheck,
    Correction,
    Dismissal,
    Document,
    Extraction,
    FileEntry,
    Header,
    HeaderElement,
    ImageEvidence,
    ImagePlace,
    Leg,
    Observation,
    Problem,
    Quantity,
    Region,
    RestlessLegs,
    Result,
    ReviewItem,
    Study,
    Support,
    TextSpan,
)
from ultrasound.write.outputs import write_outputs
from ultrasound.write.parquet import PartWriter
from ultrasound.write.rows import file_rows, fit_row, result_rows

AXIAL = (
    "R GSV sfj reflux_time 2900; R GSV sfj diameter 8.1; R GSV proximal_thigh reflux_time >4000;"
    "R GSV knee reflux_time 400-900; R SSV - reflux absent; R DEEP - thrombus absent;"
    "L GSV - reflux absent; L CPV mid_calf reflux_time 800 @17_cm; L CPV mid_calf diameter 4"
)
ACUTE = "R FV mid thrombus acute; R FV mid compressibility none; L CFV - flow phasic"
CONTEXT = "- indication varicose_veins; - position standing; L ceap_stated C4b,S"
RESTLESS = RestlessLegs(
    words=("“restless legs”",),
    criteria=(("rest", "“worse at rest”"), ("evening", "“at night”")),
    contributors=(("iron", "“ferritin 22”"),),
    note="They coexist.",
)
ABOUT = {"Program": "venous-ultrasound 0", "Criteria in force": "SVS/AVF/AVLS 2022 guideline"}


def make_result(number: int, facts: str = AXIAL, review: Sequence[ReviewItem] = ()) -> Result:
    """One study; the higher its number, the later its exam and the earlier its patient's id."""
    name = f"site/report_{number}.txt"
    observations = tuple(_place(o, name) for o in parse_facts(facts))
    header = Header(
        "1.2", f"1.2.3.{number}", laterality=Leg.RIGHT,
        regions=(Region(3, 3, 0, 0, 9, 9, 4, 7, 0.01, 0.2, 60.0),),
    )  # fmt: skip
    documents = (
        Document(name, f"{number:064x}", "text", "insufficiency"),
        Document("sr.dcm", f"{number + 100:064x}", "sr"),
        Document(f"site/image_{number}.dcm", f"{number + 200:064x}", "us_image", header=header),
    )
    study = Study(
        f"study-{number:03d}",
        documents,
        patient_id=f"P-{900 - number}",
        patient_name="Doe^Jane",
        birth_date="1961-04-02",
        exam_date=f"2026-03-{number % 27 + 1:02d}",
        accession=f"A-{number}",
    )
    merged = Extraction(observations, tuple(parse_context(CONTEXT)), (), tuple(review))
    legs = assess_study(study, merged, knowledge(), "svs_avf_avls_2022")
    return Result(
        study=study,
        observations=observations,
        context=merged.context,
        legs=legs,
        dismissals=(Dismissal(name, TextSpan(name, None, 1, 5, "plan"), "plan"),),
        review=tuple(review),
        images=(make_image(name, header, observations),),
        codes=suggest_codes(legs, observations, merged.context, knowledge().codes),
        restless_legs=RESTLESS,
    )


def make_decided(result: Result) -> Result:
    """The study with a decision of a physician."""
    correction = Correction(
        id="c0ffee",
        decision="add",
        observation="0123",
        review=None,
        leg=Leg.RIGHT,
        vein="SSV",
        segment="spj",
        item=None,
        property="reflux_time",
        value_from=None,
        value_to=Quantity(Decimal(900), "ms", ">"),
        initials="AB",
        decided="2026-05-31",
        workbook="=evidence.xlsx",
        cell="Review!K5",
        document=result.study.documents[0].name,
    )
    return replace(result, corrections=(correction,))


def make_image(name: str, header: Header, observations: Sequence[Observation]) -> ImageEvidence:
    """The image of a study, with the calipers of its first fact."""
    element = HeaderElement(name, "(0020,0062)", "R")
    place = ImagePlace(Leg.RIGHT, "GSV", "sfj", (Support("leg", element),))
    check = CaliperCheck(
        Caliper("sr.dcm", header.sop_instance_uid, "1.2"),
        "confirmed",
        "290 px × 0.01 s = 2.9 s",
        Decimal(2900),
    )
    return ImageEvidence("site/image.dcm", header, place, ((observations[0], check),))


def make_review(code: str, message: str = "Look.", leg: Leg | None = None) -> ReviewItem:
    """A review item with one quote."""
    origin = TextSpan("site/report.txt", None, 0, 3, "abc")
    return ReviewItem("site/report.txt", leg, None, code, message, origins=(origin,))


def make_trend() -> dict[str, object]:
    """What became of one place, from one study to another."""
    return {
        "patient_id": "P-899", "patient_issuer": "Clinic", "leg": "right", "vein": "GSV",
        "segment": "sfj", "property": "status", "exams": 3, "flags": "from_vein",
        "first_date": "2026-03-02", "first_value": "below_threshold", "first_study": "study-001",
        "previous_date": "2026-03-03", "previous_value": "refluxing", "previous_study": "study-002",
        "last_date": "2026-03-04", "last_value": "refluxing", "last_study": "study-003",
        "change": "changed", "change_since_previous": "unchanged", "difference": 4.5,
        "difference_since_previous": 0,
    }  # fmt: skip


def write_parts(folder: Path, results: Sequence[Result], per_batch: int = 2) -> Path:
    """Write results into parts, a few studies a batch, and the files last."""
    writer = PartWriter(folder)
    for number, start in enumerate(range(0, len(results), per_batch)):
        rows: dict[str, list[dict[str, object]]] = {}
        for result in results[start : start + per_batch]:
            for table, found in result_rows(result).items():
                rows.setdefault(table, []).extend(found)
        writer.write(number, rows)
    entries = [
        FileEntry("site/a.txt", "a" * 64, "file", "text", "study-001", "accession", True),
        FileEntry(
            "site/b.dcm", None, None, "unknown", code="truncated", reason="Cut.", failed=True
        ),
    ]
    if len(results) > 1:
        writer.write(98, {"trends": [fit_row(make_trend(), "trends")]})
    problem = Problem("site/b.dcm", "read", "truncated", "Cut.")
    writer.write(99, file_rows(entries, [problem]))
    return folder


def write_all(folder: Path, results: Sequence[Result], per_batch: int = 2) -> Path:
    """All outputs of these results; returns the folder that holds them."""
    parts = write_parts(folder / "parts", results, per_batch)
    write_outputs(parts, folder / "out", ABOUT)
    return folder / "out"


def _place(observation: Observation, document: str) -> Observation:
    if not isinstance(observation.source, TextSpan):
        return observation
    source = replace(observation.source, document=document)
    return replace(observation, document=document, source=source)
