"""What a report says, and in which order."""

from __future__ import annotations

from dataclasses import replace

from tests.write.studies import ACUTE, AXIAL, make_decided, make_result, make_review
from ultrasound.domain import Context, HeaderElement, Leg, Result, Reviewer
from ultrasound.knowledge.schema_report import load_report_words
from ultrasound.write.report.compose import compose_report
from ultrasound.write.report.tree import Block, Fields, Heading, Line, Report, Statement, Table
from ultrasound.write.rows import result_rows

WORDS = load_report_words()


def compose(result: Result) -> Report:
    """The report of a study."""
    return compose_report(result_rows(result))


def find_section(report: Report, title: str) -> list[Block]:
    """The blocks below a heading."""
    titles = [n for n, block in enumerate(report.blocks) if isinstance(block, Heading)]
    (start,) = [n for n in titles if report.blocks[n] == Heading(title)]
    end = min((n for n in titles if n > start), default=len(report.blocks))
    return list(report.blocks[start + 1 : end])


def list_fields(blocks: list[Block]) -> dict[str, str]:
    """What is said under each label."""
    return {
        said.label: said.text
        for block in blocks
        if isinstance(block, Fields)
        for said in block.statements
    }


def list_cells(blocks: list[Block]) -> list[tuple[str, ...]]:
    """The lines of the tables in a section."""
    return [
        line.cells
        for block in blocks
        if isinstance(block, Table)
        for line in block.lines
        if isinstance(line, Line)
    ]


def test_sections_stand_in_the_usual_order() -> None:
    """Indication, comparison, technique, each leg, impression, and what is missing or open."""
    headings = [b.text for b in compose(make_result(1)).blocks if isinstance(b, Heading)]
    names = ("indication", "comparison", "technique", "right", "left", "impression")
    assert headings == [WORDS.sections[name] for name in (*names, "missing", "review")]


def test_places_of_a_leg_stand_in_bands() -> None:
    """Deep veins, great and small saphenous, others, perforators; each place with its values."""
    blocks = find_section(compose(make_result(1)), "Right leg")
    assert list_cells(blocks) == [
        ("deep veins", "", "not stated", "", "", "thrombus: none"),
        (
            "CFV, deep femoral vein, FV, popliteal vein, posterior tibial veins, peroneal veins",
            "", "not stated", "", "", "",
        ),
        ("GSV", "SFJ", "refluxing", "2.9 s", "8.1 mm", ""),
        ("GSV", "proximal thigh", "refluxing", "> 4 s", "", ""),
        ("GSV", "knee", "cannot say", "0.4–0.9 s", "", ""),
        (
            "GSV", "mid thigh, distal thigh, proximal calf, mid calf, distal calf",
            "not stated", "", "", "",
        ),
        ("SSV", "", "competent", "", "", ""),
        ("AASV, PASV, Giacomini vein", "", "not stated", "", "", ""),
        ("Perforators", "", "not stated", "", "", ""),
    ]  # fmt: skip
    fields = list_fields(blocks)
    assert fields["Superficial reflux"] == "reflux"
    assert fields["Deep reflux"] == fields["Perforator reflux"] == "not stated"
    assert fields["Deep thrombus"] == "none"
    assert fields["Superficial thrombus"] == WORDS.not_as_whole


def test_nothing_reads_as_normal_that_was_not_stated() -> None:
    """A leg, a technique and an indication of which nothing is said are named so."""
    result = replace(make_result(1, "R GSV sfj reflux_time 2900"), context=(), codes=())
    report = compose(result)
    assert find_section(report, "Left leg") == [Statement(WORDS.no_leg_row, kind="silent")]
    assert set(list_fields(find_section(report, "Technique")).values()) == {"not stated"}
    assert set(list_fields(find_section(report, "Indication")).values()) == {"not stated"}
    said = " ".join(s.text for s in report.list_statements() if isinstance(s, Statement))
    assert "normal" not in said.replace(WORDS.no_leg_row, "")


def test_acute_thrombus_and_doubtful_identity_stand_first() -> None:
    """What must not wait is said before anything else, in words."""
    report = compose(make_result(1, ACUTE, [make_review("identity_mismatch")]))
    assert report.blocks[:2] == (
        Statement("ACUTE THROMBUS: right leg", report.blocks[0].basis, strong=True),  # type: ignore[union-attr]
        Statement(
            "IDENTITY MISMATCH",
            report.blocks[1].basis,  # type: ignore[union-attr]
            strong=True,
        ),
    )


def test_open_items_stand_worst_first() -> None:
    """Each with its kind, its leg, what is to be decided and the words that it is about."""
    review = [make_review("unread"), make_review("leg_conflict", "Which?", Leg.LEFT)]
    cells = list_cells(
        find_section(compose(make_result(1, AXIAL, review)), WORDS.sections["review"])
    )
    assert cells == [
        ("high", "leg conflict: left", "Which?", "“abc”"),
        ("low", "unread", "Look.", "“abc”"),
    ]


def test_a_criterion_that_is_not_verified_says_so() -> None:
    """The mark stands beside the name of the criterion."""
    result = make_result(1, "R PTV - reflux_time 900; R EIV - reflux_time 900")
    rows = result_rows(result)
    lines = list_cells(find_section(compose_report(rows), "Impression"))
    marked = {cells[0].partition(" [")[0] for cells in lines if WORDS.not_verified in cells[0]}
    unverified = {r["criterion"].partition(":")[2] for r in rows["criteria"] if not r["verified"]}  # type: ignore[attr-defined]
    assert marked == unverified != set()


def test_earlier_exams_and_other_methods_count_for_no_leg() -> None:
    """They are told as what they are, below comparison."""
    facts = (
        "R GSV sfj reflux_time 2900 prior; R FV mid thrombus chronic !other_method;"
        "R SSV - reflux absent"
    )
    report = compose(make_result(1, facts))
    fields = list_fields(find_section(report, "Comparison"))
    assert fields[WORDS.labels["earlier"]] == "right GSV SFJ: reflux time 2.9 s"
    told = "right FV mid part: thrombus chronic post-thrombotic change [other method]"
    assert fields[WORDS.labels["other_method"]] == told
    cells = list_cells(find_section(report, "Right leg"))
    assert not [line for line in cells if line[3] or "thrombus" in line[5]]


def test_a_fact_without_a_leg_has_a_section_of_its_own() -> None:
    """It is given to neither leg."""
    report = compose(make_result(1, "- IVC - thrombus absent; R SSV - reflux absent"))
    (said,) = find_section(report, WORDS.sections["no_leg"])
    assert isinstance(said, Statement)
    assert said.text == "IVC: thrombus none “- IVC - thrombus absent”"


def test_a_date_that_cannot_be_read_is_shown_as_written() -> None:
    """It is not called missing."""
    result = make_result(1)
    written = Context(None, "birth_date", "03/04/61", HeaderElement("r", "(0010,0030)"), "r")
    study = replace(result.study, birth_date=None)
    report = compose(replace(result, study=study, context=(*result.context, written)))
    (identity,) = [block for block in report.blocks[:1] if isinstance(block, Fields)]
    assert list_fields([identity])["Born"] == "“03/04/61”"


def test_a_level_with_facts_of_its_own_is_not_folded() -> None:
    """A statement about the whole vein beside it takes nothing from it."""
    facts = "L POPV distal reflux_time 1600; L POPV distal reflux present; L POPV - thrombus absent"
    cells = list_cells(find_section(compose(make_result(1, facts)), "Left leg"))
    assert ("popliteal vein", "distal part", "refluxing", "1.6 s", "", "thrombus: none") in cells


def test_swapped_legs_swap_the_findings() -> None:
    """What is said of the right leg is said of the left one, word for word."""
    facts = f"{AXIAL}; L FV mid thrombus acute; L GSV knee treatment thermal_ablation"
    table = str.maketrans("RL", "LR")
    lines = [line.strip() for line in facts.split(";")]
    swapped = ";".join(f"{line[0].translate(table)}{line[1:]}" for line in lines)
    one, other = compose(make_result(1, facts)), compose(make_result(1, swapped))
    for here, there in (("Right leg", "Left leg"), ("Left leg", "Right leg")):
        first, second = find_section(one, here), find_section(other, there)
        assert list_cells(first) == list_cells(second) != []
        assert list_fields(first) == list_fields(second)
    assert list_cells(find_section(one, "Right leg")) != list_cells(find_section(one, "Left leg"))


def test_a_reviewers_fact_without_a_leg_names_who_decided() -> None:
    """What has no words of a report says who put it in; what was rejected is no finding."""
    result = make_decided(make_result(1, "- IVC - thrombus absent; - IVC - patency patent"))
    (decision,), (first, second) = result.corrections, result.observations
    added = replace(first, source=Reviewer(decision.id))
    result = replace(result, observations=(added, replace(second, flags=("rejected",))))
    report = compose(result)
    (said,) = find_section(report, "Without a leg")
    assert isinstance(said, Statement)
    assert said.text.endswith("thrombus none [decided by AB]")
    assert "corrections:1" in said.basis
