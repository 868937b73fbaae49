"""The criteria sets and the other tables that judge: their own examples, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ultrasound.assess.criteria import is_pathologic
from ultrasound.assess.reflux import judge_reflux, judge_time
from ultrasound.domain import (
    Leg,
    Observation,
    Place,
    Quantity,
    SegmentEvidence,
    TextSpan,
    Verdict,
)
from ultrasound.errors import ConfigError, KnowledgeError
from ultrasound.knowledge.schema_criteria import (
    DEFAULT_CRITERIA,
    PATHOLOGIC_PERFORATOR,
    CriteriaKnowledge,
    CriteriaSet,
    Example,
    load_criteria,
)
from ultrasound.knowledge.schema_text import load_text
from ultrasound.knowledge.tables import parse_table, table_bytes

TABLES = load_criteria()
EXAMPLES = [
    pytest.param(table, example, id=f"{name}-{number}-{example.vein}-{example.verdict.value}")
    for name, table in TABLES.sets.items()
    for number, example in enumerate(table.examples)
]
IDS = (
    "esvs_2015",
    "esvs_2022",
    "invest_500",
    "lcd_l39121",
    "svs_avf_2011",
    "svs_avf_avls_2022",
)


def observe(example: Example) -> tuple[Observation, ...]:
    """The measured facts of an example."""
    place = Place(Leg.LEFT, example.vein, location=example.location)
    source = TextSpan("x", None, 0, 1, "x")
    found = []
    if example.ms is not None:
        time = Quantity(example.ms, "ms", example.comparator, example.upper_ms)
        found.append(Observation(place, "reflux_time", time, source, "x"))
    if example.mm is not None:
        found.append(Observation(place, "diameter", Quantity(example.mm, "mm"), source, "x"))
    return tuple(found)


def answer(table: CriteriaSet, example: Example) -> Verdict:
    """What the code makes of an example."""
    found = observe(example)
    limit = table.limit_for(example.vein)
    assert limit is not None
    if example.limit != PATHOLOGIC_PERFORATOR:
        assert limit.id == example.limit
        return judge_time(found, limit).verdict
    assert table.pathologic_perforator is not None
    reflux = judge_reflux(found, limit)
    place = SegmentEvidence(
        Leg.LEFT, example.vein, None, None, reflux.status or "not_stated", found
    )
    return is_pathologic(place, table.pathologic_perforator)


@pytest.mark.parametrize(("table", "example"), EXAMPLES)
def test_example(table: CriteriaSet, example: Example) -> None:
    """Every example of a criteria file gets the verdict that the file gives."""
    assert answer(table, example) is example.verdict


@pytest.mark.parametrize("name", IDS)
def test_wrong_threshold_is_noticed(name: str) -> None:
    """A limit planted ten times too high makes at least one example of its set fail."""
    table = TABLES.sets[name]
    wrong = table.model_copy(
        update={
            "limits": tuple(
                limit.model_copy(update={"ms": limit.ms * 10}) for limit in table.limits
            )
        }
    )
    assert any(answer(wrong, example) is not example.verdict for example in table.examples)


def test_sets_that_ship() -> None:
    """The shipped sets are those of the tables contract, each in a file of its own name."""
    assert tuple(TABLES.sets) == IDS
    assert DEFAULT_CRITERIA in TABLES.sets


@pytest.mark.parametrize(
    ("name", "verified"),
    [
        ("svs_avf_avls_2022", True),
        ("svs_avf_2011", True),
        ("invest_500", True),
        ("lcd_l39121", True),
        ("esvs_2015", False),
        ("esvs_2022", False),
    ],
)
def test_verified(name: str, verified: bool) -> None:
    """A set that rests on figures not seen in the publication itself says so."""
    assert TABLES.sets[name].verified is verified


@pytest.mark.parametrize(
    ("name", "vein", "test", "ms"),
    [
        ("svs_avf_avls_2022", "GSV", ">", "500"),
        ("svs_avf_avls_2022", "GIAC", ">", "500"),
        ("svs_avf_avls_2022", "NSV", ">", "500"),
        ("svs_avf_avls_2022", "CFV", ">", "1000"),
        ("svs_avf_avls_2022", "DFV", ">", "500"),
        ("svs_avf_avls_2022", "GAV", ">", "500"),
        ("svs_avf_avls_2022", "TPT", ">", "500"),
        ("svs_avf_2011", "CPV", ">=", "500"),
        ("invest_500", "POPV", ">=", "500"),
        ("esvs_2015", "CPV", ">", "350"),
        ("lcd_l39121", "SOV", ">", "1000"),
    ],
)
def test_limit(name: str, vein: str, test: str, ms: str) -> None:
    """Each class of veins has the limit of its source."""
    limit = TABLES.sets[name].limit_for(vein)
    assert limit is not None
    assert (limit.test, limit.ms) == (test, Decimal(ms))


@pytest.mark.parametrize(
    ("name", "vein"),
    [("svs_avf_avls_2022", "EIV"), ("svs_avf_avls_2022", "DEEP"), ("invest_500", "CPV")],
)
def test_no_limit(name: str, vein: str) -> None:
    """A vein that a set does not speak of has no limit."""
    assert TABLES.sets[name].limit_for(vein) is None


def test_unknown_set_is_refused() -> None:
    """Asking for a set that does not exist names those that do."""
    with pytest.raises(ConfigError, match="choose one of esvs_2015, esvs_2022"):
        TABLES.choose("svs_1999")


def own_set(**changes: str) -> str:
    """A laboratory's own criteria file as text."""
    parts = {
        "head": 'id = "lab"\ntitle = "Lab"\nedition = "1"\neffective = 2026-01-01\n',
        "reference": 'reference = "House protocol"\n',
        "limit": '[[limits]]\nid = "all"\nveins = ["GSV"]\ntest = ">"\nms = 700\nverified = true\n',
        "example": '[[examples]]\nlimit = "all"\nvein = "GSV"\nms = 701\nverdict = "met"\n',
    }
    return "".join({**parts, **changes}.values())


def load_own(folder: Path, text: str) -> CriteriaKnowledge:
    """Load the shipped sets and one more."""
    path = folder / "lab.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return load_criteria(path)


def test_own_set_is_added(tmp_path: Path) -> None:
    """A laboratory's own file adds its set to the shipped ones."""
    tables = load_own(tmp_path, own_set())
    assert tuple(tables.sets) == (*IDS[:3], "lab", *IDS[3:])
    assert tables.choose("lab").limits[0].ms == Decimal(700)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"reference": 'reference = "x"\ncolour = "red"\n'}, "colour", id="unknown-key"
        ),
        pytest.param({"reference": ""}, "reference", id="no-reference"),
        pytest.param(
            {"example": "examples = []\n"}, "not a TOML|examples", id="examples-not-a-table"
        ),
        pytest.param(
            {"example": '[[examples]]\nlimit = "b"\nvein = "GSV"\nverdict = "met"\n'},
            "example of an unknown limit: b",
            id="example-of-nothing",
        ),
        pytest.param(
            {"head": 'id = "invest_500"\ntitle = "L"\nedition = "1"\neffective = 2026-01-01\n'},
            "is taken",
            id="id-taken",
        ),
        pytest.param(
            {
                "limit": '[[limits]]\nid = "all"\nveins = ["GSV", "GSV"]\n'
                'test = ">"\nms = 700\nverified = true\n'
            },
            "vein GSV has two limits",
            id="vein-twice",
        ),
    ],
)
def test_own_set_is_refused(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    """A file that is not well formed is refused with its name and what is wrong."""
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_own(tmp_path, own_set(**changes))
    assert str(caught.value).startswith("lab.toml: ")


def test_limit_without_example_is_refused() -> None:
    """A shipped set whose limit has no example does not load."""
    text = table_bytes("criteria/invest_500.toml").decode("utf-8")
    cut = text[: text.index('[[examples]]\nlimit = "reflux_deep"')]
    with pytest.raises(KnowledgeError, match="no example for reflux_deep"):
        parse_table(cut.encode(), "invest_500.toml", CriteriaSet)


def test_codes_of_the_tables_exist() -> None:
    """Every vein and segment code of the assessment tables is a code of the contract."""
    text = load_text()
    rules = TABLES.rules
    veins = {
        *rules.columns,
        *rules.filled,
        *rules.calf_deep,
        *(row.vein for row in TABLES.ceap.code),
        *(vein for item in TABLES.checklist.item for vein in item.veins),
        *(vein for component in TABLES.vsds.component for vein in component.veins),
        *(vein for table in TABLES.sets.values() for limit in table.limits for vein in limit.veins),
    }
    assert veins <= set(text.vein_rows)
    assert set(TABLES.display.veins) == set(text.vein_rows)
    levels = {level for vein in text.vein_rows for level in text.order_of(vein)}
    assert levels <= set(TABLES.display.segments)
    named = {segment for row in TABLES.ceap.code for segment in row.segments}
    named |= {segment for item in TABLES.checklist.item for segment in item.segments}
    assert named <= set(TABLES.display.segments)


@pytest.mark.parametrize("column", ["reflux", "obstruction"])
def test_vsds_adds_up_to_ten(column: str) -> None:
    """Each column of the score has the published maximum of 10."""
    points = [getattr(component, column) for component in TABLES.vsds.component]
    assert sum(point for point in points if point is not None) == Decimal(10)
    assert len(points) == 11
