"""The columns of the table ``legs``: one row per exam and leg."""

from __future__ import annotations

from ultrasound.write.column import (
    CAUTION,
    EXAM_DATE,
    LEG,
    PATIENT,
    POSITION,
    PROVOCATION,
    STUDY,
    Column,
)

VEINS = {
    "gsv": "GSV",
    "ssv": "SSV",
    "aasv": "AASV",
    "pasv": "PASV",
    "giac": "Giacomini",
    "cfv": "CFV",
    "fv": "FV",
    "dfv": "DFV",
    "popv": "POPV",
}


def list_vein_columns(code: str, name: str) -> tuple[Column, ...]:
    """The nine columns of one vein; times in ms, diameters in mm."""
    return (
        Column(f"{code}_status", f"{name}", f"Status of the {name} as a vein."),
        Column(
            f"{code}_not_stated", f"{name} levels not stated", "Levels that nothing is said about."
        ),
        Column(f"{code}_reflux_from", f"{name} from", "Refluxing level nearest to the groin."),
        Column(f"{code}_reflux_to", f"{name} to", "Refluxing level farthest from the groin."),
        Column(
            f"{code}_max_reflux_ms",
            f"{name} longest reflux (ms)",
            "Longest reflux time, below-threshold and physiological times included.",
            "double",
        ),
        Column(
            f"{code}_max_reflux_comparator",
            f"{name} reflux sign",
            "How the longest time is bounded: =, <, <=, >, >= or ~.",
        ),
        Column(f"{code}_max_reflux_segment", f"{name} longest at", "Level of the longest time."),
        Column(
            f"{code}_max_diameter_mm", f"{name} largest (mm)", "Largest diameter in mm.", "double"
        ),
        Column(
            f"{code}_max_diameter_segment", f"{name} largest at", "Level of the largest diameter."
        ),
    )


IDENTITY = (
    STUDY,
    PATIENT,
    Column("patient_name", "Patient", "Patient's name as the source gives it."),
    Column("birth_date", "Born", "Date of birth."),
    EXAM_DATE,
    Column("accession", "Accession", "Accession number of the exam."),
    LEG,
    Column("indications", "Indication", "Reasons for the exam."),
    POSITION,
    PROVOCATION,
    Column("limitations", "Limitations", "What limited the exam, as the report says it."),
    Column("comparison_date", "Compared with", "Date of the exam that it was compared with."),
    Column("criterion_stated", "Report's criterion", "The threshold that the report itself gives."),
    Column("examined", "Extent of exam", "Full, limited, thrombosis only, or a comparison only."),
    Column("superficial_reflux", "Superficial reflux", "Reflux of the superficial veins."),
    Column("deep_reflux", "Deep reflux", "Reflux of the deep veins."),
    Column("perforator_reflux", "Perforator reflux", "Reflux of perforators."),
)
FINDINGS = (
    Column(
        "perforators_refluxing",
        "Refluxing perforators",
        "How many perforators reflux; 0 where looked for and none does.",
        "int",
    ),
    Column(
        "perforators_pathologic",
        "Pathologic perforators",
        "How many are pathologic by the criteria in force.",
        "int",
    ),
    Column(
        "perforator_max_diameter_mm",
        "Largest perforator (mm)",
        "Largest diameter of all perforators described.",
        "double",
    ),
    Column(
        "perforator_max_reflux_ms",
        "Longest perforator reflux (ms)",
        "Longest time of all perforators described.",
        "double",
    ),
    Column("pattern", "Pattern", "Axial, segmental or junctional superficial reflux."),
    Column("deep_pattern", "Deep pattern", "Axial or segmental deep reflux."),
    Column(
        "deep_axial_grade",
        "Deep grade (0-4)",
        "How far deep reflux descends from the groin: 1 CFV, 2 femoral, 3 popliteal, 4 calf.",
        "int",
    ),
    Column("thrombus_deep", "Deep thrombus", "Thrombus of deep veins, or its denial."),
    Column("thrombus_superficial", "Superficial thrombus", "Thrombus of superficial veins."),
    Column("treatments", "Earlier treatment", "Treatments of veins of this leg."),
    Column("ceap_stated", "CEAP as stated", "CEAP class as the report writes it."),
    Column("ceap_a", "CEAP A", "Anatomic codes that follow from the evidence."),
    Column("ceap_p", "CEAP P", "Reflux, obstruction, both or none, from the evidence."),
    Column("vcss_stated", "VCSS as stated", "VCSS as the report writes it."),
    Column(
        "vsds_reflux",
        "VSDS reflux (est., not verified)",
        "Estimated score of what was examined; weights NOT VERIFIED against the publication.",
        "double",
    ),
    Column(
        "vsds_obstruction",
        "VSDS obstruction (est., not verified)",
        "Estimated score of what was examined; weights NOT VERIFIED against the publication.",
        "double",
    ),
    Column("vsds_not_examined", "VSDS not examined", "Parts of the score without a finding."),
    Column(
        "completeness_pct",
        "Complete (%)",
        "Share of the essential items of a complete report that are present.",
        "int",
    ),
    Column("completeness_missing", "Missing items", "Essential items that are missing."),
    Column("criteria", "Criteria", "Id of the criteria set in force."),
    Column("sentence", "Evidence", "The evidence of the leg in one sentence."),
    Column("review_items", "To review", "How many review items concern this leg.", "int"),
    Column("sources", "Sources", "Kinds of sources: text, structured report, image."),
    Column("flags", "Flags", "Codes that qualify the pattern, CEAP and VSDS cells."),
    Column("documents", "Report", "Reports and structured reports of the exam."),
    Column("attention", "Attention", "Why the row stands first: acute thrombus, identity."),
    CAUTION,
    Column("vsds_points", "VSDS points from", "Each part of the scores that gave points."),
)
LEGS = (
    *IDENTITY,
    *(column for code, name in VEINS.items() for column in list_vein_columns(code, name)),
    *FINDINGS,
)
