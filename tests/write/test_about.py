"""What the About sheet says of the criteria in force."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import load_criteria
from ultrasound.knowledge.schema_payers import load_payers
from ultrasound.write.about import describe_criteria, describe_payers

TABLES = load_criteria()


def test_criteria_are_described() -> None:
    """Each limit is named with its veins, its source, and whether it was verified."""
    lines = describe_criteria(TABLES.choose("svs_avf_avls_2022"))
    assert lines["Criteria in force"] == (
        "SVS/AVF/AVLS 2022 guideline (svs_avf_avls_2022), edition 2022, Part I"
    )
    assert lines["Reflux superficial"] == (
        "> 500 ms for GSV, SSV, AASV, PASV; by extension, not verified, for GIAC, NSV; verified."
    )
    assert lines["Pathologic perforator"].startswith(
        "refluxing, >= 500 ms, diameter >= 3.5 mm; verified."
    )
    assert lines["Source of the criteria"].startswith("Gloviczki P et al.")


def test_unverified_figures_say_so() -> None:
    """A figure that was not seen in its publication is marked in words."""
    lines = describe_criteria(TABLES.choose("esvs_2022"))
    assert lines["Reflux perforator"] == (
        "> 350 ms for TPV, CPV, PERF; NOT VERIFIED against the publication. "
        "The wording was not seen."
    )


def test_payers_are_described() -> None:
    """Each profile of the run is named with its edition, its conditions and what is unverified."""
    chosen = load_payers().choose(["lcd_l38720", "connectcare"])
    lines = describe_payers(chosen)
    assert list(lines) == ["Payer profile lcd_l38720", "Payer profile connectcare"]
    first = lines["Payer profile lcd_l38720"]
    assert "reflux > 500 ms; no obstruction of the deep veins (NOT VERIFIED)." in first
    assert "no decision of the payer" in first
    assert describe_payers([]) == {}
