"""Accuracy figures on constructed cases, each counted by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ultrasound.config import Settings
from ultrasound.domain import (
    Document,
    Extraction,
    Leg,
    Observation,
    Place,
    Quantity,
    ReviewItem,
    Temporality,
    TextPart,
    TextSpan,
)
from ultrasound.errors import UsageError
from ultrasound.evaluate import evaluate_folder, find_documents
from ultrasound.evaluate.facts import Fact, Gold, Reading, add_extraction, is_grounded, read_gold
from ultrasound.evaluate.figures import Score, score_readings
from ultrasound.knowledge import load_knowledge

GSV = Fact("right", "GSV", "sfj", "reflux", "present")
TIME = Fact("right", "GSV", "sfj", "reflux_time", 2300.0)


def score(
    required: set[Fact],
    read: set[Fact],
    *,
    allowed: frozenset[Fact] = frozenset(),
    due: tuple[tuple[str | None, str | None], ...] = (),
    reviews: tuple[tuple[str | None, str | None], ...] = (),
) -> Score:
    """Score one report."""
    gold = Gold(required, set(allowed), list(due))
    return score_readings([("r", gold, Reading(read, list(reviews)))])


def test_a_perfect_report() -> None:
    """All read, nothing else: every figure says so."""
    figures = score({GSV, TIME}, {GSV, TIME}).figures
    row = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "hit": 1}
    assert figures == {
        "reports": 1,
        "facts": 2,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "perfect_reports": 1,
        "silent_errors": 0,
        "errors": 0,
        "kinds": {},
        "ungrounded": 0,
        "reviews_due": 0,
        "reviews_due_met": 0,
        "review_items_per_report": 0.0,
        "by_property": {"reflux": row, "reflux_time": row},
    }


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        (GSV._replace(leg="left"), "wrong leg"),
        (GSV._replace(value="absent"), "reflux polarity"),
        (Fact("right", "POPV", None, "thrombus", "absent"), "thrombus polarity"),
        (Fact("left", "SSV", None, "reflux", "absent"), "invented normal"),
        (Fact("right", "CFV", None, "flow", "normal"), "invented normal"),
        (TIME._replace(value=2400.0), "wrong number"),
        (TIME._replace(comparator=">"), "wrong number"),
        (TIME._replace(vein="SSV"), "wrong vein"),
        (TIME._replace(segment="knee"), "wrong segment"),
        (Fact("left", "SSV", None, "anatomy", "tortuous"), None),
    ],
)
def test_a_wrong_fact_is_named_by_the_worst(extra: Fact, kind: str | None) -> None:
    """Each kind of error has its name, and one that has none is still counted."""
    clot = Fact("right", "POPV", None, "thrombus", "acute")
    figures = score({GSV, TIME, clot}, {GSV, TIME, clot, extra}).figures
    assert figures["kinds"] == ({kind: 1} if kind else {})
    assert (figures["errors"], figures["precision"], figures["recall"]) == (1, 0.75, 1.0)


def test_an_allowed_fact_counts_neither_way() -> None:
    """What may be read and need not be is neither a hit nor an error, but tells polarity."""
    flow = Fact("right", "CFV", None, "flow", "phasic")
    read = score({GSV}, {GSV, flow}, allowed=frozenset({flow})).figures
    unread = score({GSV}, {GSV}, allowed=frozenset({flow})).figures
    assert read == unread
    opposed = score(set(), {GSV._replace(value="absent")}, allowed=frozenset({GSV})).figures
    assert opposed["kinds"] == {"reflux polarity": 1}


@pytest.mark.parametrize(
    ("item", "silent"),
    [
        (("right", "GSV"), 0),
        ((None, "GSV"), 0),
        (("left", "GSV"), 1),
        (("right", "SSV"), 1),
        ((None, None), 1),
    ],
)
def test_an_error_is_silent_unless_an_item_names_its_vein(
    item: tuple[str | None, str | None], silent: int
) -> None:
    """A blanket item is no warning, and one about the other leg is none either."""
    found = score({GSV}, set(), reviews=(item,))
    assert found.figures["silent_errors"] == silent
    assert found.errors == [
        f"r\tmissing{' SILENT' * silent}\tright\tGSV\tsfj\treflux\tpresent\t=\tNone"
    ]


@pytest.mark.parametrize(
    ("due", "item", "met"),
    [
        (("left", "GSV"), ("left", "GSV"), 1),
        (("left", "GSV"), (None, "GSV"), 1),
        (("left", "GSV"), ("right", "GSV"), 0),
        ((None, "GSV"), ("right", "GSV"), 1),
        ((None, None), (None, None), 1),
        ((None, None), ("right", "GSV"), 0),
    ],
)
def test_a_review_that_is_due_is_met_by_its_place(
    due: tuple[str | None, str | None], item: tuple[str | None, str | None], met: int
) -> None:
    """An item meets what is due at its vein, and its leg where one is named."""
    figures = score({GSV}, {GSV}, due=(due,), reviews=(item,)).figures
    assert (figures["reviews_due"], figures["reviews_due_met"]) == (1, met)
    assert figures["review_items_per_report"] == 1.0


def test_rates_are_taken_over_all_reports() -> None:
    """Two of three facts found and one invented: 2/3 each way; one of two reports is perfect."""
    one = ("a", Gold({GSV}), Reading({GSV}))
    other = ("b", Gold({GSV, TIME}), Reading({GSV, TIME._replace(value=1.0)}, ungrounded=2))
    found = score_readings([one, other])
    assert [found.figures[name] for name in ("precision", "recall", "f1")] == [0.6667] * 3
    assert (found.figures["perfect_reports"], found.figures["ungrounded"]) == (1, 2)
    assert found.figures["by_property"]["reflux_time"] == {
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "extra": 1,
        "missing": 1,
    }
    assert found.table.splitlines()[-1] == (
        "all: precision 0.6667 recall 0.6667 F1 0.6667, 2 errors of 3 facts, 2 silent, "
        "2 not grounded in their quote"
    )


def test_an_annotation_is_read_line_by_line(tmp_path: Path) -> None:
    """Comments, optional facts, bounds, ranges and reviews due each have their line."""
    path = tmp_path / "r.gold.tsv"
    path.write_text(
        "# a comment\n\nR\tGSV\tsfj\treflux_time\t500\t>\n?L\tSSV\t-\tdiameter\t4\t-\t6\n"
        "-\tDEEP\t-\tthrombus\tabsent\n!review\tleft\tGSV\n!review\tR\t-\n",
        encoding="utf-8",
    )
    gold = read_gold(path)
    assert gold.required == {
        Fact("right", "GSV", "sfj", "reflux_time", 500.0, ">"),
        Fact(None, "DEEP", None, "thrombus", "absent"),
    }
    assert gold.allowed == {Fact("left", "SSV", None, "diameter", 4.0, "=", 6.0)}
    assert gold.reviews_due == [("left", "GSV"), ("right", None)]


def test_a_line_that_is_too_short_is_named(tmp_path: Path) -> None:
    """The person who annotates learns which line to mend."""
    path = tmp_path / "r.gold.tsv"
    path.write_text("R\tGSV\tsfj\treflux\tpresent\nR\tGSV sfj\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"r\.gold\.tsv:2: leg, vein"):
        read_gold(path)


def observe(quote: str, value: Quantity | str, start: int = 0) -> Observation:
    """An observation of a reflux time or of reflux."""
    prop = "reflux" if isinstance(value, str) else "reflux_time"
    span = TextSpan("r.txt", None, start, start + len(quote), quote)
    return Observation(Place(Leg.RIGHT, "GSV"), prop, value, span, "r.txt")


def ms(value: str) -> Quantity:
    """A reflux time."""
    return Quantity(Decimal(value), "ms")


@pytest.mark.parametrize(
    ("text", "found", "grounded"),
    [
        ("2.3 s", observe("2.3 s", ms("2300")), True),
        ("2,300 ms", observe("2,300 ms", ms("2300")), True),
        ("1,2 s", observe("1,2 s", ms("1200")), True),
        ("1,234,500 ms", observe("1,234,500 ms", ms("1234500")), True),
        ("2.3 s", observe("2.3 s", ms("2400")), False),
        ("reflux", observe("reflux", ms("2300")), False),
        ("reflux", observe("reflux", "present"), True),
        (" reflux", observe("reflux", "present"), False),
        ("no reflux", observe("reflux", "present", start=3), True),
        ("x" * 301, observe("x" * 301, "present"), False),
    ],
    ids=[
        "unit",
        "thousands",
        "comma",
        "millions",
        "number",
        "no number",
        "cue",
        "shifted",
        "inside",
        "long",
    ],
)
def test_a_quote_must_stand_and_hold_its_number(
    text: str, found: Observation, grounded: bool
) -> None:
    """A quote that is shifted, too long or without its number is caught."""
    assert is_grounded(found, text) is grounded


def test_earlier_exams_are_left_aside() -> None:
    """A fact of an earlier exam is no current fact; the items of a reading count by place."""
    prior = Observation(
        Place(Leg.LEFT, "SSV"),
        "reflux",
        "present",
        TextSpan("r.txt", None, 0, 6, "reflux"),
        "r.txt",
        temporality=Temporality.PRIOR,
    )
    item = ReviewItem("r.txt", Leg.RIGHT, "GSV", "conflict", "message")
    reading = Reading()
    document = Document("r.txt", "0" * 64, "text", texts=(TextPart(None, "reflux"),))
    now = observe("reflux", "present")
    add_extraction(reading, document, Extraction((now, prior), review=(item,)))
    assert reading == Reading({GSV._replace(segment=None)}, [("right", "GSV")], 0)


def test_reports_are_found_beside_their_annotation(tmp_path: Path) -> None:
    """Any form of the same name is the report; other files are not."""
    names = ["a.txt", "a.dcm", "a.pdf", "a", "a.gold.tsv", "a.expected.jsonl", "ab.txt", "b.txt"]
    for name in names:
        (tmp_path / name).write_text("", encoding="utf-8")
    found = find_documents(tmp_path / "a.gold.tsv")
    assert [path.name for path in found] == ["a", "a.dcm", "a.pdf", "a.txt"]


def test_a_further_report_has_its_own_annotation(tmp_path: Path) -> None:
    """``NAME.txt#2.gold.tsv`` is about the second report in ``NAME.txt``."""
    for name in ("a.txt", "a.dcm", "a.txt#2.gold.tsv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = find_documents(tmp_path / "a.txt#2.gold.tsv")
    assert [path.name for path in found] == ["a.txt"]


REPORT = """VENOUS REFLUX DUPLEX, RIGHT LEG
The right GSV is incompetent in the proximal thigh with reflux of 2.3 s.
"""


def test_a_folder_is_read_and_compared(tmp_path: Path) -> None:
    """Reports at any depth are read, and an annotation without a report is told."""
    knowledge, settings = load_knowledge(), Settings()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "r.txt").write_text(REPORT, encoding="utf-8")
    gold = "R\tGSV\tproximal_thigh\treflux\tpresent\nR\tGSV\tproximal_thigh\treflux_time\t2300\n"
    (tmp_path / "deep" / "r.gold.tsv").write_text(gold, encoding="utf-8")
    (tmp_path / "lost.gold.tsv").write_text(gold, encoding="utf-8")
    found = evaluate_folder(tmp_path, knowledge, settings)
    assert found.unread == (("lost", "no report lies beside the annotation"),)
    assert [found.score.figures[name] for name in ("facts", "recall", "ungrounded")] == [4, 0.5, 0]


def test_a_folder_without_annotations_is_wrong_usage(tmp_path: Path) -> None:
    """The person learns what the folder has to hold."""
    with pytest.raises(UsageError, match=r"no \*\.gold\.tsv here"):
        evaluate_folder(tmp_path, load_knowledge(), Settings())
