"""Two columns of text, one a leg, are read one after the other; quotes stand in the report."""

from __future__ import annotations

from itertools import product
from typing import Final

import pytest

from tests.extract.marked import read_text
from ultrasound.domain import Extraction, TextSpan
from ultrasound.extract.lines.unfolding import Unfolder
from ultrasound.knowledge import load_knowledge

KNOWLEDGE: Final = load_knowledge()
HEADS: Final = (("RIGHT LEG", "LEFT LEG"), ("Right:", "Left:"), ("LT", "RT"), ("L", "R"))
RIGHT: Final = (
    "SFJ 9.0 mm, incompetent, 3.6 s",
    "GSV mid thigh 7.1 mm, 2.7 s",
    "",
    "Perforator medial calf 21 cm above heel,",
    "3.9 mm, incompetent, 0.8 s",
)
LEFT: Final = (
    "SFJ 5.2 mm, competent",
    "GSV mid thigh 3.4 mm, no reflux",
    "SSV prox calf 6.1 mm, 2.5 s",
    "No incompetent perforators",
)


def fold(heads: tuple[str, str], columns: tuple[tuple[str, ...], tuple[str, ...]], gap: str) -> str:
    """Two columns under their heads, with the other line breaks of a report around them."""
    height = max(map(len, columns))
    first, second = ((*column, *[""] * (height - len(column))) for column in columns)
    rows = [heads, *zip(first, second, strict=True)]
    body = "\n".join(f"{one:<44}{gap}{other}".rstrip() for one, other in rows)
    return f"VENOUS DUPLEX, BOTH LEGS\nStanding.\n\n{body}\n\nIMPRESSION\nReflux as above.\n"


def facts(extraction: Extraction) -> set[tuple[object, ...]]:
    """The facts of a report, without their places."""
    return {
        (o.place.leg, o.place.vein, o.place.segment, o.property, str(o.value))
        for o in extraction.observations
    }


@pytest.mark.parametrize(("heads", "gap"), list(product(HEADS, ("", "| "))))
def test_columns_are_read_as_one_leg_after_the_other(heads: tuple[str, str], gap: str) -> None:
    """The facts are those of the same report with the legs below each other."""
    columns = (RIGHT, LEFT) if heads[0].upper().startswith("R") else (LEFT, RIGHT)
    below = "\n\n".join("\n".join((h, *c)) for h, c in zip(heads, columns, strict=True))
    plain = f"VENOUS DUPLEX, BOTH LEGS\nStanding.\n\n{below}\n\nIMPRESSION\nReflux as above.\n"
    folded = facts(read_text(fold(heads, columns, gap), KNOWLEDGE))
    assert folded == facts(read_text(plain, KNOWLEDGE))
    assert len(folded) >= 12


def test_columns_that_lost_their_place_are_read_by_their_words() -> None:
    """Halves that begin with the same word are those of the two legs, in their order."""
    text = (
        "RIGHT          LEFT\n"
        "CFV: competent          CFV: reflux 1.4 s\n"
        "SFJ: 8.4 mm, 2.1 s          SFJ: 5.0 mm, no reflux\n"
    )
    found = facts(read_text(f"VENOUS DUPLEX, BOTH LEGS\nStanding.\n\n{text}", KNOWLEDGE))
    assert ("right", "CFV", None, "reflux", "absent") in {(str(a), *b) for a, *b in found}
    assert {(str(a), b, c) for a, b, c, *_ in found} == {
        (leg, vein, place)
        for leg in ("right", "left")
        for vein, place in (("CFV", None), ("GSV", "sfj"))
    }


def test_quotes_stand_in_the_report() -> None:
    """A quote is the text at its place, and holds no line of the other leg where it needs none."""
    text = fold(HEADS[0], (RIGHT, LEFT), "")
    for seen in read_text(text, KNOWLEDGE).observations:
        assert isinstance(seen.source, TextSpan)
        assert text[seen.source.start : seen.source.end] == seen.source.quote
        if "\n" not in seen.source.quote:
            assert "  " not in seen.source.quote


@pytest.mark.parametrize(
    "text",
    [
        "            Right      Left\nSFJ         9 mm       5 mm\nGSV         7 mm       4 mm\n",
        "Right       Left\n9 mm        5 mm\n7 mm        4 mm\n",
        (
            "             RIGHT                LEFT\n           Diam   Reflux      Diam   Reflux\n"
            "-----------------------------------------\nSFJ        9.1    2.6         6.2    neg\n"
        ),
        "Right GSV 4 mm     Left GSV 5 mm\nRight SSV 3 mm     Left SSV 2 mm\n",
        "RIGHT LEG\nSFJ 4 mm      GSV 5 mm\n\nLEFT LEG\nSFJ 4 mm      GSV 5 mm\n",
    ],
    ids=["labels", "no words", "two headers", "sides in the cells", "headings"],
)
def test_tables_are_left_as_they_are(text: str) -> None:
    """Labels beside the values of two legs are a table, and other lines are no columns."""
    assert Unfolder(KNOWLEDGE.text.cues.leg).unfold(text) is None


def test_all_of_the_text_is_kept() -> None:
    """Each word of the report stands once in the text that is read, at its place."""
    text = fold(HEADS[1], (RIGHT, LEFT), "")
    unfolded = Unfolder(KNOWLEDGE.text.cues.leg).unfold(text)
    assert unfolded is not None
    assert sorted(unfolded.text.split()) == sorted(text.split())
    for piece in unfolded.pieces:
        size = piece.end - piece.start
        assert unfolded.text[piece.at : piece.at + size] == text[piece.start : piece.end]
