"""The codes of dicom.toml are those of the standard, in today's and in yesterday's scheme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pydicom.sr._cid_dict import cid_concepts
from pydicom.sr._concepts_dict import concepts
from pydicom.sr._snomed_dict import mapping
from pydicom.uid import UID

from ultrasound.domain import Code
from ultrasound.knowledge.schema_dicom import DicomKnowledge, load_dicom

KNOWN: DicomKnowledge = load_dicom()
CONCEPTS: Any = concepts
TABLES: dict[str, Mapping[str, object]] = {
    "roles": KNOWN.roles,
    "lateralities": KNOWN.lateralities,
    "levels": KNOWN.levels,
    "derivations": KNOWN.derivations,
    "veins": KNOWN.veins,
    "leg_veins": KNOWN.leg_veins,
    "quantities": KNOWN.quantities,
    "dismissed": KNOWN.dismissed,
}
LOWER_EXTREMITY_VEIN = 12110
# The old code of the middle level has no partner: the standard took one of another scheme for it.
UNPAIRED = {"G-A188|SRT"}


def list_meanings(scheme: str) -> dict[str, str]:
    """The codes of a scheme with their meanings, from pydicom's copy of the standard."""
    return {
        value: meaning
        for entry in CONCEPTS[scheme].values()
        for value, (meaning, _) in entry.items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_old_and_new_codes_stand_together(name: str) -> None:
    """Each SNOMED CT code stands beside its SNOMED RT one, in the same table with the same row."""
    table = TABLES[name]
    for code, row in table.items():
        value, scheme = code.split("|")
        if scheme == "SCT" and value in mapping["SCT"]:
            assert table.get(f"{mapping['SCT'][value]}|SRT") == row
        if scheme == "SRT" and code not in UNPAIRED:
            assert table.get(f"{mapping['SRT'][value]}|SCT") == row


def test_every_leg_vein_of_the_standard_is_known() -> None:
    """All veins of context group 12110 are in the table, under the name that the group gives."""
    names = cid_concepts[LOWER_EXTREMITY_VEIN]["SCT"]
    assert len(names) == 26
    for keyword in names:
        for value, (meaning, groups) in CONCEPTS["SCT"][keyword].items():
            if LOWER_EXTREMITY_VEIN in groups:
                row = KNOWN.veins[f"{value}|SCT"]
                assert meaning.lower() in {name.lower() for name in row.names}


@pytest.mark.parametrize("scheme", ["LN", "DCM"])
def test_codes_exist(scheme: str) -> None:
    """Every LOINC and DICOM code of the tables is one of the standard, or is known as retired."""
    meanings = list_meanings(scheme)
    lists = {code for table in TABLES.values() for code in table}
    codes = {code.split("|")[0] for code in lists if code.endswith(f"|{scheme}")}
    unknown = codes - meanings.keys()
    assert unknown <= {"39420-5", "39432-0", "39443-7"}  # names of exams, not in DICOM's lists


def test_sop_classes_exist() -> None:
    """Every SOP class has a name in the standard."""
    assert all(UID(uid).name != uid for uid in KNOWN.uses)
    assert set(KNOWN.uses.values()) == {
        "image",
        "report",
        "pdf",
        "cda",
        "presentation",
        "picture",
        "directory",
    }


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (Code("T-49530", "SRT"), "T-49530|SRT"),
        (Code("T-49530", "SNM3"), "T-49530|SRT"),
        (Code("T-49530", "99sdm"), "T-49530|SRT"),
        (Code(" V-401 ", "EN99"), "V-401|99EN"),
        (Code("C25569", "NCIt"), "C25569|NCIT"),
        (None, ""),
    ],
)
def test_schemes_have_several_names(code: Code | None, key: str) -> None:
    """A scheme is one scheme under all names that are in use for it."""
    assert KNOWN.key(code) == key
