"""Rows: every column filled or empty, ids that survive, and nothing dropped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.assess.legs import parse_fact
from tests.write.studies import ACUTE, AXIAL, make_decided, make_result, make_review
from ultrasound.domain import FileEntry, Leg, Observation, Problem, Quantity, TextSpan
from ultrasound.write.columns import PART_TABLES, TABLES
from ultrasound.write.origins import identify
from ultrasound.write.rows import file_rows, fit_row, result_rows

CONTRACT = {
    "segments": "study patient_id exam_date leg vein segment item location status reflux "
    "reflux_time_ms reflux_time_comparator reflux_time_upper_ms diameter_mm diameter_comparator "
    "diameter_upper_mm depth_mm compressibility thrombus patency flow anatomy treatment "
    "treatment_result reflux_time_vs_dicom diameter_vs_dicom findings_vs_dicom caliper_ms "
    "caliper_check flags observations position provocation position_caution",
    "observations": "id study document leg vein segment item count property value_number "
    "value_code comparator upper unit assertion temporality derivation location section expanded "
    "flags source_kind source_part source_start source_end source_ref quote support",
    "review": "study document leg vein segment code severity message quotes suggestion decision "
    "corrected_value initials observations id",
    "corrections": "id study document leg vein segment item property decision value_from value_to "
    "initials decided workbook cell state observation review",
    "criteria": "study leg criterion vein segment item verdict found asked reason reference "
    "edition verified observations position provocation position_caution",
    "completeness": "study leg item tier state observations",
    "codes": "study leg code system title because observations edition verified",
    "rls": "study patient_id exam_date rls_words criteria_words contributors right_evidence "
    "left_evidence note right_observations left_observations",
    "trends": "patient_id leg vein segment property first_date first_value last_date last_value "
    "change difference previous_date previous_value change_since_previous "
    "difference_since_previous exams patient_issuer first_study previous_study last_study flags",
    "images": "study sop_instance_uid leg vein segment frames regions seconds_per_pixel "
    "doppler_angle calipers document place_from sweep_s frame_ms transducer_khz manufacturer model",
    "files": "path sha256 hash_scope kind study joined_by used code reason",
}
LEGS_START = (
    "study patient_id patient_name birth_date exam_date accession leg indications position "
    "provocation limitations comparison_date criterion_stated examined superficial_reflux "
    "deep_reflux perforator_reflux gsv_status gsv_not_stated gsv_reflux_from gsv_reflux_to "
    "gsv_max_reflux_ms gsv_max_reflux_comparator gsv_max_reflux_segment gsv_max_diameter_mm "
    "gsv_max_diameter_segment ssv_status"
)
LEGS_END = (
    "popv_max_diameter_segment perforators_refluxing perforators_pathologic "
    "perforator_max_diameter_mm perforator_max_reflux_ms pattern deep_pattern deep_axial_grade "
    "thrombus_deep thrombus_superficial treatments ceap_stated ceap_a ceap_p vcss_stated "
    "vsds_reflux vsds_obstruction vsds_not_examined completeness_pct completeness_missing "
    "criteria sentence review_items sources flags documents attention position_caution vsds_points"
)


def names(table: str) -> list[str]:
    """The column names of a table."""
    return [column.name for column in TABLES[table]]


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_of_the_contract(table: str) -> None:
    """A table has the columns of the contract in their order."""
    assert names(table) == CONTRACT[table].split()


def test_columns_of_legs() -> None:
    """The legs table has the contract's columns in their order, own ones at the end."""
    columns = names("legs")
    assert columns[: len(LEGS_START.split())] == LEGS_START.split()
    assert columns[-len(LEGS_END.split()) :] == LEGS_END.split()
    assert len(columns) == len(set(columns)) == 17 + 9 * 9 + 28


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_explained(table: str) -> None:
    """Each column has a header and a meaning that is a sentence."""
    for column in TABLES[table]:
        assert column.header
        assert column.meaning.endswith(".")


@pytest.mark.parametrize("facts", [AXIAL, ACUTE])
def test_every_cell_of_a_leg_has_a_column(facts: str) -> None:
    """Whatever assessment finds for a leg or a place stands in a column of the tables."""
    result = make_result(1, facts)
    columns = set(names("legs"))
    for leg in result.legs:
        assert set(leg.columns) <= columns
        assert columns - set(leg.columns) == {
            "study", "patient_id", "patient_name", "birth_date", "exam_date", "accession", "leg",
            "review_items", "documents", "attention",
        }  # fmt: skip


def test_rows_have_all_columns() -> None:
    """Each row has exactly the columns of its table, in order, and values of their types."""
    kinds = {"string": str, "double": float, "int": int, "bool": bool}
    asked = [make_review("unread", leg=Leg.LEFT)]
    rows = result_rows(make_decided(make_result(1, review=asked)))
    assert all(rows[table] for table in PART_TABLES if table not in ("files", "trends"))
    for table, found in rows.items():
        for row in found:
            assert list(row) == [column.name for column in PART_TABLES[table]]
            for column in PART_TABLES[table]:
                assert row[column.name] is None or type(row[column.name]) is kinds[column.type]


def test_restless_legs_beside_their_legs() -> None:
    """The row quotes the report, and each leg's sentence stands on its own side."""
    result = make_result(1)
    (row,) = result_rows(result)["rls"]
    sentences = {leg.leg: leg.sentence for leg in result.legs}
    assert row["right_evidence"] == sentences[Leg.RIGHT]
    assert row["left_evidence"] == sentences[Leg.LEFT]
    assert row["rls_words"] == "“restless legs”"
    assert row["criteria_words"] == "rest “worse at rest”; evening “at night”"
    assert row["contributors"] == "iron “ferritin 22”"


def test_restless_legs_of_one_leg_only() -> None:
    """A leg of which nothing is known has an empty cell, and no legs table row is made up."""
    (row,) = result_rows(make_result(1, "R SSV - reflux absent"))["rls"]
    assert row["right_evidence"]
    assert row["left_evidence"] is None


def test_no_restless_legs_no_row() -> None:
    """An exam that does not name restless legs has no row."""
    assert result_rows(replace(make_result(1), restless_legs=None))["rls"] == []


def test_unknown_cell_is_refused() -> None:
    """A cell that no column holds is an error, not a loss."""
    with pytest.raises(KeyError, match="no column 'colour'"):
        fit_row({"colour": "red"}, "files")


def test_files_and_problems() -> None:
    """Each input is a row, and each that could not be used a JSON line besides."""
    entry = FileEntry("b.dcm", None, None, "unknown", code="truncated", reason="Cut.", failed=True)
    rows = file_rows([entry], [Problem("b.dcm", "read", "truncated", "Cut.")])
    assert [(row["path"], row["used"], row["code"]) for row in rows["files"]] == [
        ("b.dcm", False, "truncated")
    ]
    assert [str(row["line"])[:17] for row in rows["_lines"]] == ['{"type":"problem"']


@pytest.mark.parametrize(
    ("code", "leg", "attention"),
    [
        ("identity_mismatch", None, ["identity_mismatch"] * 2),
        ("acute_thrombus", Leg.LEFT, [None, "acute_thrombus"]),
        ("unread", None, [None, None]),
    ],
)
def test_attention(code: str, leg: Leg | None, attention: list[str | None]) -> None:
    """A leg that must be seen first says why; an item without a leg concerns both."""
    rows = result_rows(make_result(1, review=[make_review(code, leg=leg)]))
    assert [row["attention"] for row in rows["legs"]] == attention
    assert rows["_studies"][0]["urgent"] is any(attention)
    assert [row["review_items"] for row in rows["legs"]] == [0 if leg else 1, 1]


def test_acute_thrombus_needs_no_review_item() -> None:
    """An acute thrombus sets the attention of its own leg alone."""
    rows = result_rows(make_result(1, ACUTE))
    assert [row["attention"] for row in rows["legs"]] == ["acute_thrombus", None]


FACT = parse_fact("R GSV knee reflux_time 2300")
HASHES = {"report.txt": "a" * 64}


def moved(observation: Observation) -> tuple[Observation, dict[str, str]]:
    """The same fact after its file was moved."""
    return replace(observation, document="other/r.txt"), {"other/r.txt": "a" * 64}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(FACT, value=Quantity(Decimal(2400), "ms")), id="value"),
        pytest.param(replace(FACT, flags=("misspelt",)), id="flags"),
        pytest.param(replace(FACT, section="impression"), id="section"),
    ],
)
def test_id_survives(changed: Observation) -> None:
    """A corrected reading of the same words keeps its id."""
    assert identify(changed, HASHES) == identify(FACT, HASHES)


def test_id_survives_moving_the_file() -> None:
    """The id rests on the content of the file, not on its name."""
    assert identify(*moved(FACT)) == identify(FACT, HASHES)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(FACT, place=replace(FACT.place, leg=Leg.LEFT)), id="leg"),
        pytest.param(replace(FACT, place=replace(FACT.place, vein="SSV")), id="vein"),
        pytest.param(replace(FACT, place=replace(FACT.place, segment=None)), id="segment"),
        pytest.param(replace(FACT, place=replace(FACT.place, item=2)), id="item"),
        pytest.param(replace(FACT, property="reflux"), id="property"),
        pytest.param(
            replace(FACT, source=TextSpan("report.txt", None, 1, 5, "1234")), id="source place"
        ),
        pytest.param(
            replace(FACT, source=TextSpan("report.txt", "2", 0, 27, "x" * 27)), id="source part"
        ),
    ],
)
def test_id_differs(changed: Observation) -> None:
    """Another place or property is another observation."""
    assert identify(changed, HASHES) != identify(FACT, HASHES)
    assert len(identify(changed, HASHES)) == 16
