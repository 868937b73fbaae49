"""What the About sheet says of the criteria in force."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import load_criteria
from ultrasound.knowledge.schema_payers import load_payers
from ultrasound.knowledge.schema_text import load_text
from ultrasound.write.about import describe_criteria, describe_payers, describe_scores
from ultrasound.write.columns_legs import LEGS

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


def test_scores_say_what_they_rest_on() -> None:
    """What was not held against its publication says so beside every score that rests on it."""
    lines = describe_scores(TABLES, load_text().restless)
    assert list(lines) == ["CEAP A and P", "VSDS (estimated)", "Completeness", "Restless legs"]
    marked = {label: "NOT VERIFIED" in words for label, words in lines.items()}
    assert marked == {
        "CEAP A and P": False,
        "VSDS (estimated)": True,
        "Completeness": True,
        "Restless legs": True,
    }
    headers = {c.name: c.header for c in LEGS}
    assert all("not verified" in headers[f"vsds_{kind}"] for kind in ("reflux", "obstruction"))


def test_payers_are_described() -> None:
    """Each profile of the run is named with its edition, its conditions and what is unverified."""
    chosen = load_payers().choose(["lcd_l38720", "connectcare"])
    lines = describe_payers(chosen)
    assert list(lines) == ["Payer profile lcd_l38720", "Payer profile connectcare"]
    first = lines["Payer profile lcd_l38720"]
    assert "reflux > 500 ms; no obstruction of the deep veins (NOT VERIFIED)." in first
    assert "no decision of the payer" in first
    assert describe_payers([]) == {}
