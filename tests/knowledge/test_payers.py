"""The payer profiles: their own examples, planted wrong figures, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.assess.legs import knowledge
from ultrasound.assess.examples import judge_payer_example
from ultrasound.domain import Verdict
from ultrasound.errors import ConfigError, KnowledgeError
from ultrasound.knowledge.schema_payers import (
    Condition,
    PayerExample,
    PayerProfile,
)
from ultrasound.knowledge.tables import parse_table, table_bytes

PROFILES = knowledge().payers.profiles
EXAMPLES = [
    pytest.param(profile, example, id=f"{name}-{number}-{example.condition}-{example.vein}")
    for name, profile in PROFILES.items()
    for number, example in enumerate(profile.examples)
]
FIGURES = [
    pytest.param(profile, condition, step, id=f"{name}-{condition.id}-{step:+}")
    for name, profile in PROFILES.items()
    for condition in profile.conditions
    if condition.figure is not None or condition.ceap is not None
    for step in (1, -1, 0)
    if step or condition.test is not None
]


def answer(profile: PayerProfile, example: PayerExample) -> Verdict | None:
    """What the code makes of an example."""
    return judge_payer_example(profile, example, knowledge())


@pytest.mark.parametrize(("profile", "example"), EXAMPLES)
def test_example(profile: PayerProfile, example: PayerExample) -> None:
    """Every example of a profile gets the verdict that its file gives."""
    assert answer(profile, example) is example.verdict


@pytest.mark.parametrize(("profile", "condition", "step"), FIGURES)
def test_wrong_figure_is_noticed(profile: PayerProfile, condition: Condition, step: int) -> None:
    """A figure one step too high or too low, or its test strict or not, makes an example fail."""
    changes: dict[str, object] = {}
    if condition.ms is not None:
        changes["ms"] = condition.ms + step
    if condition.mm is not None:
        changes["mm"] = condition.mm + Decimal("0.01") * step
    if condition.ceap is not None:
        changes["ceap"] = condition.ceap + step
    if not step:
        changes["test"] = ">" if condition.test == ">=" else ">="
    wrong = condition.model_copy(update=changes)
    planted = profile.model_copy(
        update={"conditions": tuple(wrong if c is condition else c for c in profile.conditions)}
    )
    about = [example for example in profile.examples if example.condition == condition.id]
    assert any(answer(planted, example) is not example.verdict for example in about)


def test_profiles_that_ship() -> None:
    """The shipped profiles, each with whether all of it was held against its document."""
    assert {name: profile.verified for name, profile in PROFILES.items()} == {
        "aetna_0050_2015": True,
        "aetna_0050_2018": True,
        "anthem_surg_00037_2023": False,
        "blue_plan_2016": False,
        "connectcare": True,
        "lcd_l34924_2015": False,
        "lcd_l38720": False,
        "lcd_l39121_2023": True,
        "mcs_mp_su_07_11_2020": True,
    }


def test_codes_of_the_profiles_exist() -> None:
    """Veins, levels and symptoms of the profiles are codes of the contract."""
    text = knowledge().text
    symptoms = {row.value for row in text.context.fact if row.fact == "indication"}
    for profile in PROFILES.values():
        assert set(profile.veins) <= set(text.vein_rows)
        for condition in profile.conditions:
            assert set(condition.facts) <= symptoms
            for vein, levels in condition.levels.items():
                assert set(levels) <= set(text.order_of(vein))


def test_unknown_payer_is_refused() -> None:
    """Asking for a profile that does not exist names those that do."""
    with pytest.raises(ConfigError, match="choose from aetna_0050_2015, aetna_0050_2018, anthem"):
        knowledge().payers.choose(["connectcare", "uhc"])


def test_payers_are_chosen_once_in_the_order_asked() -> None:
    """A profile asked for twice is used once."""
    chosen = knowledge().payers.choose(["lcd_l38720", "connectcare", "lcd_l38720"])
    assert [profile.id for profile in chosen] == ["lcd_l38720", "connectcare"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('kind = "diameter"', 'kind = "depth"', "conditions.1.kind", id="kind"),
        pytest.param("mm = 3\n", "", "kind diameter takes test, mm", id="no-figure"),
        pytest.param("mm = 3\n", "mm = 3\nms = 5\n", "kind diameter takes test, mm", id="two"),
        pytest.param('id = "diameter"', 'id = "reflux"', "two conditions have one id", id="twice"),
        pytest.param('id = "diameter"', 'id = "size"', "unknown condition: diameter", id="example"),
        pytest.param("mm = 3\n", 'mm = 3\nlevels = { CFV = ["mid"] }\n', "no target", id="level"),
        pytest.param('title = "', 'colour = "red"\ntitle = "', "colour", id="unknown-key"),
    ],
)
def test_profile_is_refused(old: str, new: str, message: str) -> None:
    """A profile that is not well formed is refused with its name and what is wrong."""
    text = table_bytes("payers/connectcare.toml").decode("utf-8")
    assert old in text
    with pytest.raises(KnowledgeError, match=message) as caught:
        parse_table(text.replace(old, new, 1).encode(), "connectcare.toml", PayerProfile)
    assert str(caught.value).startswith("connectcare.toml: ")


def test_condition_without_example_is_refused() -> None:
    """A profile whose condition has no example does not load."""
    text = table_bytes("payers/lcd_l38720.toml").decode("utf-8")
    cut = text[: text.index('[[examples]]\ncondition = "no_deep_obstruction"')]
    with pytest.raises(KnowledgeError, match="no example for no_deep_obstruction"):
        parse_table(cut.encode(), "lcd_l38720.toml", PayerProfile)
