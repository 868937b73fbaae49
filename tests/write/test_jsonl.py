"""JSON lines: the contract's keys in the contract's order, numbers as numbers."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.assess.legs import parse_fact
from tests.write.studies import make_result, make_review, write_all
from ultrasound.domain import (
    Caliper,
    ContentItem,
    HeaderElement,
    Origin,
    Problem,
    Reviewer,
    Support,
    TextSpan,
)
from ultrasound.write.jsonl import (
    line_text,
    observation_line,
    problem_line,
    review_line,
    write_number,
)
from ultrasound.write.origins import write_origin, write_support


def test_observation() -> None:
    """A measured fact has all keys of the contract, in its order."""
    line = observation_line(parse_fact("R GSV knee reflux_time 400-900 #2 ? !conflict =max"), "s")
    assert line_text(line) == (
        '{"type":"observation","document":"report.txt","study":"s","leg":"right","vein":"GSV",'
        '"segment":"knee","item":2,"count":1,"property":"reflux_time","value":400,'
        '"comparator":"=","upper":900,"unit":"ms","assertion":"uncertain","temporality":"current",'
        '"derivation":"max","location":null,"source":{"kind":"text","part":null,"start":0,'
        '"end":50,"quote":"R GSV knee reflux_time 400-900 #2 ? !conflict =max"},"support":[],'
        '"section":"findings","expanded":false,"flags":["conflict"]}'
    )


def test_coded_observation() -> None:
    """A coded fact has its code as value, and neither unit nor upper end."""
    line = observation_line(parse_fact("- IVC - thrombus acute"), None)
    assert (line["value"], line["unit"], line["upper"], line["comparator"]) == (
        "acute", None, None, "=",
    )  # fmt: skip
    assert (line["leg"], line["segment"], line["study"]) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "written"), [("2300", "2300"), ("2300.0", "2300"), ("5.4", "5.4"), ("0.10", "0.1")]
)
def test_number(value: str, written: str) -> None:
    """Whole numbers are integers, others decimal numbers."""
    assert json.dumps(write_number(Decimal(value))) == written


@pytest.mark.parametrize(
    ("origin", "written"),
    [
        (ContentItem("d", "1.2.3", "c", "q"),
         {"kind": "sr", "path": "1.2.3", "code": "c", "quote": "q"}),
        (HeaderElement("d", "(0020,0060)"), {"kind": "header", "tag": "(0020,0060)"}),
        (Caliper("d", "1.2", "1.3"), {"kind": "caliper", "image": "1.2", "path": "1.3"}),
        (Reviewer("7"), {"kind": "reviewer", "row": "7"}),
        (TextSpan("d", "p", 1, 3, "ab"),
         {"kind": "text", "part": "p", "start": 1, "end": 3, "quote": "ab"}),
    ],
)  # fmt: skip
def test_origin(origin: Origin, written: dict[str, object]) -> None:
    """Each kind of source is the contract's object; support adds its role."""
    assert write_origin(origin) == written
    assert write_support([Support("leg", origin)]) == [{"role": "leg", **written}]


def test_review_and_problem() -> None:
    """Review items carry their severity, problems their path."""
    review = review_line(make_review("conflict"))
    assert list(review) == [
        "type", "document", "leg", "vein", "segment", "code", "severity", "message", "sources",
    ]  # fmt: skip
    assert review["severity"] == "high"
    assert problem_line(Problem("a", "read", "cut", "Cut.")) == {
        "type": "problem", "path": "a", "stage": "read", "code": "cut", "message": "Cut.",
    }  # fmt: skip


def test_file_holds_every_line(tmp_path: Path) -> None:
    """The file has one line per observation, context, dismissal, review item and problem."""
    result = make_result(1, review=[make_review("unread")])
    out = write_all(tmp_path, [result])
    lines = (out / "observations.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = [json.loads(line)["type"] for line in lines]
    assert kinds == [
        *["observation"] * len(result.observations),
        *["context"] * 3,
        "dismissal",
        "review",
        "problem",
    ]
