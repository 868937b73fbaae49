"""The generator: what it promises, and that a wrong fact would be seen."""

from __future__ import annotations

import ast
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tools.generator
from tests.generator.reading import compare, draw, read_facts
from tools.generator import LAYOUTS, Cells, Facts, Measure, Noise, Site, swap_cells, write_report
from tools.generator.__main__ import main, make_report, write_gold
from tools.generator.noise import misspell, wrap
from tools.generator.tables import fit_table
from tools.generator.words import load_words
from ultrasound.evaluate.facts import read_gold

PACKAGE = Path(tools.generator.__file__).parent
TABLES = ("pipe_table", "tab_table", "fixed_width", "centre_labels", "slash_pairs", "slash_header")
BENCHMARK_WORDS = 390
seeds = st.integers(min_value=0, max_value=2**32 - 1)


@given(seed=seeds)
@settings(max_examples=30)
def test_a_seed_gives_one_report(seed: int) -> None:
    """The same seed gives the same report, word for word."""
    assert make_report(seed) == make_report(seed)


@given(seed=seeds)
@settings(max_examples=30)
def test_layouts_differ(seed: int) -> None:
    """The same facts in the same manner give another text in each layout."""
    facts, noise = draw(seed)
    texts = [write_report(facts, layout, noise, Random(seed)).text for layout in LAYOUTS]
    drawn = {layout for layout, text in zip(LAYOUTS, texts, strict=True) if len(text.split()) > 40}
    pairs = combinations(zip(LAYOUTS, texts, strict=True), 2)
    assert all(a != b for (one, a), (two, b) in pairs if {one, two} <= drawn)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_says_all_that_it_can(layout: str) -> None:
    """Only tables and pairs leave something out: the word beside a time."""
    for seed in range(50):
        facts, noise = draw(seed)
        report = write_report(facts, layout, noise, Random(seed))
        whole = Facts(tuple(map(fit_table, facts.sites))) if layout in TABLES else facts
        assert report.facts_expected == whole.cells()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_number_is_written(layout: str) -> None:
    """Each measured value stands in the report, in mm and s."""
    for seed in range(50):
        facts, _ = draw(seed)
        report = write_report(facts, layout, Noise(), Random(seed))
        for row in report.facts_expected:
            if row[3] in ("diameter", "reflux_time"):
                scale = 1000 if row[3] == "reflux_time" else 1
                assert f"{float(row[4]) / scale:g}" in report.text


def test_swapping_twice_gives_the_facts_back() -> None:
    """Facts swapped are the other leg's, and swapped again they are as they were."""
    facts, _ = draw(3)
    assert facts.swapped().swapped() == facts
    assert facts.swapped().cells() == swap_cells(facts.cells()) != facts.cells()


def plant(facts: frozenset[Cells], fault: str) -> frozenset[Cells]:
    """The facts with one of them missing, invented, of the other leg or of another value."""
    first = min(fact for fact in facts if fact[3] == "diameter")
    rest = facts - {first}
    changed = {
        "missing": rest,
        "invented": facts | {("L", "PASV", "knee", "reflux", "present", "=", "-")},
        "wrong leg": rest | swap_cells([first]),
        "wrong value": rest | {(*first[:4], "99", *first[5:])},
        "wrong segment": rest | {(*first[:2], "distal_calf", *first[3:])},
    }
    return changed[fault]


@pytest.mark.parametrize(
    "fault", ["missing", "invented", "wrong leg", "wrong value", "wrong segment"]
)
def test_a_planted_wrong_fact_is_found(fault: str) -> None:
    """The comparison fails where one fact of a report is not what was written."""
    site = Site("right", "GSV", "mid_thigh", Measure(Decimal("5.4")))
    report = write_report(Facts((site,)), "bullets", Noise(), Random(1))
    got = read_facts(report.text)
    assert compare(report.facts_expected, got) == []
    assert compare(plant(report.facts_expected, fault), got) != []


def test_the_generator_knows_nothing_of_the_reader() -> None:
    """No module of the generator imports the program that reads its reports."""
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] != "ultrasound"
            elif isinstance(node, ast.Import):
                assert all(name.name.split(".")[0] != "ultrasound" for name in node.names)


def test_long_reports_are_as_long_as_those_of_a_lab() -> None:
    """Reports for the benchmark have about 390 words on average."""
    counts = [len(make_report(seed, words=BENCHMARK_WORDS).text.split()) for seed in range(150)]
    assert 370 <= sum(counts) / len(counts) <= 420


def test_filler_says_nothing() -> None:
    """The sentences that make a report longer give no fact."""
    assert read_facts(" ".join(load_words().boilerplate["filler"])) == frozenset()


def test_prose_is_wrapped_and_hyphenated() -> None:
    """Lines are no longer than asked, and joined again they are the text."""
    text = "The great saphenous vein is incompetent from the saphenofemoral junction to the knee."
    lines = wrap(text, Noise(width=30)).splitlines()
    assert max(map(len, lines)) <= 30
    assert " ".join(lines) == text
    parted = wrap(text, Noise(width=30, hyphenated=True))
    assert "-\n" in parted
    assert parted.replace("-\n", "").replace("\n", " ") == text


@given(seed=seeds)
def test_slips_are_in_long_words_only(seed: int) -> None:
    """A slip changes one long word by a letter or two, and keeps its start."""
    rng = Random(seed)
    word = misspell("incompetent", ["incompetent"], 1, rng)
    assert word.startswith("inc")
    assert abs(len(word) - len("incompetent")) <= 1
    assert misspell("GSV 5.4 mm", load_words().typos["words"], 3, rng) == "GSV 5.4 mm"


def test_the_command_writes_reports_and_their_facts(tmp_path: Path) -> None:
    """The files are the same each time, and the gold files hold the facts."""
    for name in ("once", "again"):
        main(["--count", "20", "--seed", "7", "--out", str(tmp_path / name), "--gold"])
    files = sorted(path.name for path in (tmp_path / "once").iterdir())
    assert len(files) == 40
    for name in files:
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    for path in (tmp_path / "once").glob("*.gold.tsv"):
        report = make_report(int(path.name.split("_", 1)[0]))
        assert path.read_text("utf-8") == write_gold(report.facts_expected)
        assert len(read_gold(path).required) == len(report.facts_expected)
