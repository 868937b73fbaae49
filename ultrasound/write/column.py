"""What a column is: its name and type for programs, its header and meaning for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "double", "int", "bool"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``header`` is what people see, with the unit; ``meaning`` is one sentence."""

    name: str
    header: str
    meaning: str
    type: ColumnType = "string"


STUDY = Column("study", "Study", "Key of the exam that the row belongs to.")
PATIENT = Column("patient_id", "Patient ID", "Patient identifier as the source gives it.")
EXAM_DATE = Column("exam_date", "Exam date", "Date of the exam, year first.")
DOCUMENT = Column("document", "Document", "Path of the input, relative to the folder given.")
LEG = Column("leg", "Leg", "Right or left; empty where the source does not say.")
VEIN = Column("vein", "Vein", "Vein code (CEAP 2020 abbreviations where there is one).")
SEGMENT = Column("segment", "Level", "Level of the vein; empty where the source names none.")
ITEM = Column(
    "item", "No.", "Number among several veins of one name at one level, in text order.", "int"
)
OBSERVATIONS = Column(
    "observations", "Observation ids", "Ids of the observations that the row rests on."
)
POSITION = Column("position", "Position", "Position of the patient while reflux was tested.")
PROVOCATION = Column("provocation", "Provocation", "Manoeuvres that provoked reflux.")
CAUTION = Column(
    "position_caution",
    "Caution: position",
    "Where a time was not surely taken in the position that the criteria ask for.",
)
FLAGS = Column("flags", "Flags", "Codes of doubts and of what was inferred.")
