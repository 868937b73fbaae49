"""A laboratory's own criteria and payer profiles: taken in by their file, or refused in words."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from ultrasound.assess.examples import check_examples
from ultrasound.batch.run import Job, run_batch
from ultrasound.config import Settings, load_settings
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.knowledge.own import take_own_tables

CRITERIA = {
    "head": 'id = "lab"\ntitle = "Lab"\nedition = "1"\neffective = 2026-01-01\n',
    "reference": 'reference = "House protocol"\n',
    "limit": '[[limits]]\nid = "all"\nveins = ["GSV"]\ntest = ">"\nms = 700\nverified = true\n',
    "example": '[[examples]]\nlimit = "all"\nvein = "GSV"\nms = 701\nverdict = "met"\n',
}
PAYER = {
    "head": 'id = "plan"\ntitle = "Plan"\nedition = "2026"\nreference = "Plan, policy 7"\n',
    "seen": 'seen = "the policy itself"\ntargets = ["GSV"]\n',
    "condition": '[[conditions]]\nid = "size"\nkind = "diameter"\nverified = true\n',
    "figure": 'test = ">="\nmm = 4.5\nlevels = { GSV = ["proximal_thigh"] }\n',
    "example": '[[examples]]\ncondition = "size"\nvein = "GSV"\nsegment = "proximal_thigh"\n',
    "verdict": 'mm = 4.49\nverdict = "not_met"\n',
}
REPORT = (
    "The right GSV at the proximal thigh is 4.49 mm. Reflux time 0.65 s in the proximal thigh.\n"
)


def write(folder: Path, name: str, parts: dict[str, str]) -> str:
    """A table of the laboratory in a file; returned is its path as a setting names it."""
    path = folder / name
    path.write_text("".join(parts.values()), encoding="utf-8", newline="\n")
    return str(path)


def load(settings: Settings) -> tuple[Settings, Knowledge]:
    """The settings by ids, and all tables with those that the settings name, tried out."""
    chosen, own = take_own_tables(settings)
    knowledge = load_knowledge(own=own)
    check_examples(own, knowledge)
    return chosen, knowledge


def test_own_set_is_added(tmp_path: Path) -> None:
    """A laboratory's own file adds its set to the shipped ones, in the order of the ids."""
    name = write(tmp_path, "lab.toml", CRITERIA)
    chosen, knowledge = load(Settings(criteria=name))
    assert chosen.criteria == "lab"
    assert list(knowledge.criteria.sets)[3] == "lab"
    assert knowledge.criteria.choose("lab").limits[0].ms == Decimal(700)
    assert knowledge.hash != load_knowledge().hash


def test_own_profile_is_added(tmp_path: Path) -> None:
    """A file and an id may be asked for together."""
    name = write(tmp_path, "plan.toml", PAYER)
    chosen, knowledge = load(Settings(payers=("connectcare", name)))
    assert chosen.payers == ("connectcare", "plan")
    assert [p.id for p in knowledge.payers.choose(chosen.payers)] == ["connectcare", "plan"]


def test_settings_name_files_beside_them(tmp_path: Path) -> None:
    """A settings file in the folder of the tables names them without a path."""
    write(tmp_path, "lab.toml", CRITERIA)
    write(tmp_path, "plan.toml", PAYER)
    path = tmp_path / "settings.toml"
    path.write_text('criteria = "lab.toml"\npayers = ["plan.toml", "connectcare"]\n', "utf-8")
    chosen, _ = load(load_settings(path))
    assert (chosen.criteria, chosen.payers) == ("lab", ("plan", "connectcare"))


@pytest.mark.parametrize("workers", [1, 2])
def test_run_by_own_files(workers: int, tmp_path: Path) -> None:
    """A run by the laboratory's limit and a payer's file: 0.65 s is no reflux, 4.49 mm not met."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(f"Venous reflux study\n{REPORT}", "utf-8")
    settings = Settings(
        criteria=write(tmp_path, "lab.toml", CRITERIA),
        payers=(write(tmp_path, "plan.toml", PAYER),),
    )
    out = tmp_path / "out"
    run_batch(Job((source,), out, workers, settings), lambda *_: None, lambda _: None)
    with (out / "criteria.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["criterion"]: row for row in csv.DictReader(lines)}
    assert rows["lab:all"]["verdict"] == "not_met"
    assert rows["lab:all"]["reference"] == "House protocol"
    assert rows["plan:size"]["verdict"] == "not_met"
    assert rows["plan:size"]["found"] == "4.49 mm at the proximal thigh"
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert (record["criteria"], record["settings"]["payers"]) == ("lab", ["plan"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"reference": 'reference = "x"\ncolour = "red"\n'}, "colour", id="key"),
        pytest.param({"reference": ""}, "reference: Field required", id="no-reference"),
        pytest.param({"example": "examples = []\n"}, "examples", id="examples-not-a-table"),
        pytest.param(
            {"example": '[[examples]]\nlimit = "b"\nvein = "GSV"\nms = 1\nverdict = "met"\n'},
            "example of an unknown limit: b",
            id="example-of-nothing",
        ),
        pytest.param(
            {"head": CRITERIA["head"].replace('"lab"', '"invest_500"')},
            "id: 'invest_500' is taken",
            id="id-taken",
        ),
        pytest.param(
            {"limit": CRITERIA["limit"].replace('["GSV"]', '["GSV", "GSV"]')},
            "vein GSV has two limits",
            id="vein-twice",
        ),
        pytest.param(
            {"limit": CRITERIA["limit"].replace('"GSV"', '"GSV", "GVS"')},
            r"limits.0: no vein 'GVS'; there are IVC, ",
            id="vein-misspelt",
        ),
        pytest.param(
            {"reference": CRITERIA["reference"] + 'position = "upright"\n'},
            "position: no position 'upright'; there are reverse_trendelenburg, sitting, standing",
            id="position",
        ),
        pytest.param(
            {"limit": CRITERIA["limit"].replace("700", "800")},
            "examples.0: the file says met, and its figures give not_met",
            id="wrong-figure",
        ),
        pytest.param(
            {"example": CRITERIA["example"].replace('"GSV"', '"SSV"')},
            "examples.0: the file says met, and its figures give no answer",
            id="example-of-another-vein",
        ),
        pytest.param(
            {"example": CRITERIA["example"].replace("ms = 701\n", "")},
            "examples.0: the file says met, and its figures give no answer",
            id="example-without-time",
        ),
        pytest.param({"head": "id = lab\n"}, "not a TOML file", id="no-toml"),
    ],
)
def test_own_set_is_refused(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    """A file that is not well formed is refused with its name and what is wrong."""
    with pytest.raises(KnowledgeError, match=message) as caught:
        load(Settings(criteria=write(tmp_path, "lab.toml", {**CRITERIA, **changes})))
    assert str(caught.value).startswith("lab.toml: ")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"figure": PAYER["figure"].replace("4.5", "4.4")},
            "examples.0: the file says not_met, and its figures give met",
            id="wrong-figure",
        ),
        pytest.param(
            {"figure": PAYER["figure"].replace('"proximal_thigh"', '"groin"')},
            "conditions.0: no level of the GSV 'groin'; there are sfj, proximal_thigh",
            id="level",
        ),
        pytest.param(
            {"seen": PAYER["seen"].replace('"GSV"', '"GSV", "LSV"')},
            "targets: no vein 'LSV'; there are IVC, ",
            id="vein",
        ),
        pytest.param(
            {
                "condition": PAYER["condition"].replace("diameter", "symptom"),
                "figure": 'facts = ["ache"]\n',
            },
            "conditions.0: no symptom 'ache'; there are bleeding, cramps",
            id="symptom",
        ),
        pytest.param(
            {"head": PAYER["head"].replace('"plan"', '"connectcare"')},
            "id: 'connectcare' is taken",
            id="id-taken",
        ),
    ],
)
def test_own_profile_is_refused(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    """A payer's file that is not well formed is refused with its name and what is wrong."""
    with pytest.raises(KnowledgeError, match=message) as caught:
        load(Settings(payers=(write(tmp_path, "plan.toml", {**PAYER, **changes}),)))
    assert str(caught.value).startswith("plan.toml: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A name that ends like a file is looked for as one."""
    with pytest.raises(KnowledgeError, match=r"^nothing.toml: cannot be read: No such file"):
        load(Settings(criteria=str(tmp_path / "nothing.toml")))
