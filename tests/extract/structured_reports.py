"""Reports of measurements for the tests, and a stand-in for the reader of labels."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from pydicom.dataset import Dataset

from tests.read.dicom_objects import (
    LATERALITY,
    RIGHT,
    Exam,
    Triple,
    coded,
    container,
    findings,
    number,
    report,
    text,
    write_bytes,
)
from ultrasound.domain import Document, Extraction, Leg, Observation, Quantity, TextPart
from ultrasound.extract.structured.scene import ReadLabel
from ultrasound.extract.structured.tree import extract_structured
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.read.dicom import read_object

KNOWLEDGE = load_knowledge()
EXAM = Exam("structured")

GSV: Triple = ("60734001", "SCT", "Great saphenous vein")
GSV_THIGH: Triple = ("414369008", "SCT", "Great Saphenous Vein of Thigh")
SSV: Triple = ("26805005", "SCT", "Lesser Saphenous Vein")
SFJ: Triple = ("128587003", "SCT", "Saphenofemoral junction")
POPLITEAL: Triple = ("56849005", "SCT", "Popliteal Vein")
CALF_PERFORATOR: Triple = ("714754004", "SCT", "Lateral calf perforator")
PSV: Triple = ("11726-7", "LN", "Peak Systolic Velocity")
LABEL: Triple = ("T9900-04", "99PMSBLUS", "Label")
VALUE: Triple = ("T9900-05", "99PMSBLUS", "Value")
GROUP: Triple = ("T9900-02", "99PMSBLUS", "Measurement")
BILATERAL: Triple = ("51440002", "SCT", "Bilateral")
UNILATERAL: Triple = ("66459002", "SCT", "Unilateral")
PRESENT: Triple = ("52101004", "SCT", "Present")
ABSENT: Triple = ("272519000", "SCT", "Absent")


@dataclass(frozen=True)
class Words:
    """What the stand-in below reads from a label."""

    leg: Leg | None = None
    vein: str | None = None
    segment: str | None = None
    property: str | None = None


VEINS = {
    "saphenofemoral": "GSV",
    "great saph": "GSV",
    "gsv": "GSV",
    "lesser saph": "SSV",
    "ssv": "SSV",
    "popliteal": "POPV",
    "accessory": "AASV",
    "perf": "PERF",
}
SIDES = {"rt": Leg.RIGHT, "right": Leg.RIGHT, "lt": Leg.LEFT, "left": Leg.LEFT}
LEVELS = {"prox thigh": "proximal_thigh", "mid calf": "mid_calf", "ak": "thigh"}
PROPERTIES = {
    "reflux time": "reflux_time",
    "veloc": "velocity",
    "reflux": "reflux",
    "diam": "diameter",
    "compress": "compressibility",
    "thrombus": "thrombus",
}


def read_label(words: str, _knowledge: Knowledge) -> Words:
    """A stand-in for the reader of labels that knows a handful of words."""
    low = words.lower()

    def find(table: dict[str, Any]) -> Any:
        return next((v for k, v in table.items() if re.search(rf"\b{k}", low)), None)

    return Words(find(SIDES), find(VEINS), find(LEVELS), find(PROPERTIES))


def extract(*items: Dataset, texts: tuple[TextPart, ...] = ()) -> Extraction:
    """What is read from a report with the given items."""
    return extract_object(report(EXAM, "report", *items), texts)


def extract_object(
    dataset: Dataset, texts: tuple[TextPart, ...] = (), read: ReadLabel = read_label
) -> Extraction:
    """What is read from a report, with the reader of labels that is given."""
    data = write_bytes(dataset)
    tree = read_object(io.BytesIO(data), len(data), KNOWLEDGE.dicom).tree
    document = Document("sr.dcm", "0" * 64, "sr", texts=texts, tree=tree)
    return extract_structured(document, KNOWLEDGE, read)


def show(seen: Observation) -> str:
    """An observation on one line: leg vein segment#item property value [derivation] [flags]."""
    place, value = seen.place, seen.value
    words = [
        place.leg.value[0].upper() if place.leg else "-",
        place.vein,
        (place.segment or "-") + (f"#{place.item}" if place.item else ""),
        seen.property,
        f"{value.value.normalize():f} {value.unit}" if isinstance(value, Quantity) else value,
        seen.derivation or "",
        *seen.flags,
    ]
    return " ".join(word for word in words if word)


def list_facts(found: Extraction) -> list[str]:
    """The observations on one line each, in their order."""
    return [show(seen) for seen in found.observations]


def list_review(found: Extraction) -> list[tuple[str, Leg | None, str | None]]:
    """The review items: code, leg and vein."""
    return [(each.code, each.leg, each.vein) for each in found.review]


def in_vein(name: Triple, *items: Dataset, side: Triple | None = RIGHT) -> Extraction:
    """What is read from items about one vein of one side."""
    return extract(findings(side, container(name, *items)))


def user_defined(label: str, value: str, unit: str, side: Triple | None = RIGHT) -> Dataset:
    """A measurement that the user named."""
    sides = [coded(LATERALITY, side)] if side is not None else []
    return container(GROUP, text(LABEL, label), number(VALUE, value, unit), *sides)
