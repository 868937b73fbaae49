"""The criteria sets and the other tables that judge: their own examples, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from ultrasound.assess.examples import judge_example
from ultrasound.errors import ConfigError, KnowledgeError
from ultrasound.knowledge.schema_criteria import (
    DEFAULT_CRITERIA,
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


@pytest.mark.parametrize(("table", "example"), EXAMPLES)
def test_example(table: CriteriaSet, example: Example) -> None:
    """Every example of a criteria file gets the verdict that the file gives."""
    assert judge_example(table, example) is example.verdict


Change = tuple[str, dict[str, object]]


def plant_errors() -> Iterator[tuple[str, CriteriaSet]]:
    """Each set with one figure or test of it changed by the least that there is."""
    for name, table in TABLES.sets.items():
        for limit in table.limits:
            for told, change in list_changes(limit.test, limit.ms, Decimal(1), ("test", "ms")):
                wrong = limit.model_copy(update=change)
                limits = tuple(wrong if row is limit else row for row in table.limits)
                yield f"{name}-{limit.id}-{told}", table.model_copy(update={"limits": limits})
        own = table.pathologic_perforator
        if own is not None:
            changes: list[Change] = [("ulcer", {"beneath_ulcer": not own.beneath_ulcer})]
            for kind, figure, step in (
                ("reflux", own.reflux_ms, Decimal(1)),
                ("diameter", own.diameter_mm, Decimal("0.01")),
            ):
                test = own.reflux_test if kind == "reflux" else own.diameter_test
                unit = "ms" if kind == "reflux" else "mm"
                names = (f"{kind}_test", f"{kind}_{unit}")
                changes += [
                    (f"{kind}-{told}", change)
                    for told, change in list_changes(test, figure, step, names)
                    if kind == "diameter" or not is_implied(table, change)
                ]
            for told, change in changes:
                wrong_one = own.model_copy(update=change)
                planted = table.model_copy(update={"pathologic_perforator": wrong_one})
                yield f"{name}-perforator-{told}", planted


def list_changes(test: str, figure: Decimal, step: Decimal, names: tuple[str, str]) -> list[Change]:
    """A limit one step higher, one step lower, and with the other test."""
    return [
        ("higher", {names[1]: figure + step}),
        ("lower", {names[1]: figure - step}),
        ("other-test", {names[0]: ">" if test == ">=" else ">="}),
    ]


def is_implied(table: CriteriaSet, change: dict[str, object]) -> bool:
    """Whether a changed time of a pathologic perforator asks no other than that it refluxes."""
    limit, own = table.limit_for("CPV"), table.pathologic_perforator
    assert limit is not None
    assert own is not None
    wrong = own.model_copy(update=change)
    asked = (wrong.reflux_ms, wrong.reflux_test == ">")
    return asked <= (limit.ms, limit.test == ">")


@pytest.mark.parametrize("wrong", [pytest.param(wrong, id=told) for told, wrong in plant_errors()])
def test_wrong_threshold_is_noticed(wrong: CriteriaSet) -> None:
    """A limit one step too high or too low, or strict or not, makes an example of its set fail."""
    assert any(judge_example(wrong, example) is not example.verdict for example in wrong.examples)


def test_every_figure_is_planted() -> None:
    """No limit of any set is left out of the planted errors."""
    planted = [told for told, _ in plant_errors()]
    limits = sum(len(table.limits) for table in TABLES.sets.values())
    assert sum("-perforator-" not in told for told in planted) == 3 * limits
    assert sum("perforator-diameter" in told for told in planted) == 6


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
