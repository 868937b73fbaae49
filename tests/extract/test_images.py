"""What an image shows, by its own header."""

from __future__ import annotations

import pytest

from ultrasound.domain import Code, Document, Header, ImagePlace, Leg, ReviewItem
from ultrasound.extract import place_image
from ultrasound.knowledge import load_knowledge

RIGHT = Code("24028007", "SCT", "Right")
THIGH = Code("414369008", "SCT", "Great Saphenous Vein of Thigh")
Words = tuple[tuple[str, str], ...]


def place(
    *words: tuple[str, str], anatomy: tuple[Code, ...] = (), side: Leg | None = None
) -> tuple[ImagePlace, tuple[ReviewItem, ...]]:
    """The place of an image with these words in its header."""
    header = Header("1.2", "1.2.3", laterality=side, anatomy=anatomy, descriptions=words)
    return place_image(Document("us", "0", "us_image", header=header), load_knowledge())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((("ImageComments", "RT GSV PROX THIGH"),), (Leg.RIGHT, "GSV", "proximal_thigh")),
        ((("ViewName", "LT SFJ"),), (Leg.LEFT, "GSV", "sfj")),
        ((("ViewName", "POP V"), ("SeriesDescription", "LEFT LEG")), (Leg.LEFT, "POPV", None)),
        ((("StudyDescription", "VENOUS DUPLEX BILATERAL"),), (None, None, None)),
        ((("StudyDescription", "VENOUS DUPLEX RT LEG"),), (Leg.RIGHT, None, None)),
        ((("ImageComments", "PROX THIGH"),), (None, None, None)),
        ((), (None, None, None)),
    ],
)
def test_words(words: Words, expected: tuple[object, ...]) -> None:
    """Words of the header say leg, vein and level; a level alone is none."""
    found, asked = place(*words)
    assert (found.leg, found.vein, found.segment) == expected
    assert not asked


def test_codes_come_first_and_words_narrow_them() -> None:
    """The coded vein is believed; its zone is narrowed by a level of that vein."""
    found, asked = place(("ViewName", "GSV PROX THIGH"), anatomy=(THIGH, RIGHT))
    assert (found.leg, found.vein, found.segment) == (Leg.RIGHT, "GSV", "proximal_thigh")
    assert [support.role for support in found.support] == ["leg", "vein", "segment"]
    other, _ = place(("ViewName", "SSV MID CALF"), anatomy=(THIGH, RIGHT))
    assert (other.vein, other.segment) == ("GSV", "thigh")
    assert not asked


def test_two_legs_in_one_header() -> None:
    """An image whose elements name both legs is asked about; its study may name another one."""
    found, asked = place(("ViewName", "LT GSV"), side=Leg.RIGHT)
    assert found.leg is Leg.RIGHT
    assert [item.code for item in asked] == ["leg_conflict"]
    _, unasked = place(("StudyDescription", "VENOUS DUPLEX LEFT"), side=Leg.RIGHT)
    assert not unasked
