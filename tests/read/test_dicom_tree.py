"""Report trees are read as they come, and nothing is demanded of their shape."""

from __future__ import annotations

import io

import pytest
from pydicom.dataset import Dataset

from tests.read.dicom_objects import (
    LATERALITY,
    REFLUX_TIME,
    RIGHT,
    Exam,
    caliper,
    coded,
    container,
    item,
    number,
    report,
    text,
    write_bytes,
)
from ultrasound.domain import Code, ContentNode
from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_dicom import Limits, load_dicom
from ultrasound.read.dicom import read_object
from ultrasound.read.dicom_tree import TreeReader

EXAM = Exam("tree")
GROUP = ("125007", "DCM", "Measurement Group")


def read_tree(*items: Dataset) -> ContentNode:
    """The tree of a report with the given items."""
    data = write_bytes(report(EXAM, "report", *items))
    tree = read_object(io.BytesIO(data), len(data), load_dicom()).tree
    assert tree is not None
    return tree


def test_paths_and_values() -> None:
    """Every item has its path, its code as it was sent, and its value as it was written."""
    points = caliper("1.2.3", 10, 90, 240, 90)
    tree = read_tree(
        container(GROUP, coded(LATERALITY, RIGHT), number(REFLUX_TIME, "2.30", "sec", points)),
        text(("L", "99X", "Label"), "a\r\nb"),
    )
    assert [child.path for child in tree.children] == ["1.1", "1.2"]
    side, time = tree.children[0].children
    assert (side.path, side.kind, side.code) == ("1.1.1", "CODE", Code(*RIGHT))
    assert (time.value, time.unit) == ("2.30", Code("sec", "UCUM", "sec"))
    (points_read,) = time.children
    assert points_read.points == ((10.0, 90.0), (240.0, 90.0))
    assert points_read.children[0].image == "1.2.3"
    assert tree.children[1].value == "a\r\nb"


def test_items_that_break_the_standard() -> None:
    """Items without name, value or kind are nodes without them."""
    nameless = item("NUM", None)
    tree = read_tree(number(REFLUX_TIME, "", "s"), nameless, Dataset())
    assert [(node.kind, node.value, node.name is None) for node in tree.children] == [
        ("NUM", None, False),
        ("NUM", None, True),
        ("", None, True),
    ]


@pytest.mark.parametrize(
    ("limits", "items"),
    [({"nodes": 3}, 3), ({"depth": 1}, 1)],
    ids=["nodes", "depth"],
)
def test_limits(limits: dict[str, int], items: int) -> None:
    """A tree beyond the limits is refused, and one at the limit is read."""
    dataset = report(EXAM, "report", *(text(GROUP, "x") for _ in range(items)))
    known = load_dicom().limits

    def reader(more: int) -> TreeReader:
        grown = {key: value + more for key, value in limits.items()}
        return TreeReader(known.model_copy(update=grown), str)

    assert isinstance(known, Limits)
    assert len(reader(1).read(dataset).children) == items
    with pytest.raises(ReadError) as caught:
        reader(0).read(dataset)
    assert caught.value.code == "too_large"


class Damaged(Dataset):
    """An item whose values raise when they are asked for, as pydicom's do on damaged bytes."""

    def get(self, key: object, _default: object = None) -> object:  # type: ignore[override]
        """Fail, as a late conversion does."""
        raise ValueError(key)


def test_damaged_values_are_counted() -> None:
    """Values that cannot be read are left out and counted, and the other items stay."""
    dataset = report(EXAM, "report", text(GROUP, "whole"))
    dataset.ContentSequence = [Damaged(), *dataset.ContentSequence]
    reader = TreeReader(load_dicom().limits, str)
    first, second = reader.read(dataset).children
    assert (first.kind, first.name, second.value) == ("", None, "whole")
    assert reader.damaged > 0


def test_number_that_is_none_is_kept_as_written() -> None:
    """What stands in place of a number is kept for the reader of measurements to judge."""
    data = write_bytes(report(EXAM, "report", number(REFLUX_TIME, "2.3", "s")))
    data = data.replace(b"DS\x04\x002.3 ", b"DS\x04\x002.x3")
    tree = read_object(io.BytesIO(data), len(data), load_dicom()).tree
    assert tree is not None
    assert tree.children[0].value == "2.x3"
