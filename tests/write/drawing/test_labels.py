"""Labels stand near their places and never on each other."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ultrasound.write.drawing.labels import Label, Placed, place_labels

ROOM = (0.0, 350.0)
HEIGHTS = st.floats(-50, 400, allow_nan=False)
LABELS = st.lists(
    st.builds(
        Label,
        mark=st.text("abc", max_size=3),
        caption=st.just("GSV knee"),
        lines=st.sampled_from([("1.2 s",), ("closed", "3 mm")]),
        at=st.tuples(st.just(40.0), HEIGHTS),
        weight=st.sampled_from([1.0, 2.2, 6.0]),
        urgency=st.integers(0, 9),
    ),
    max_size=60,
)


def overlapping(placed: list[Placed]) -> list[tuple[str, str]]:
    """The labels that share a place."""
    return [
        (a.label.mark, b.label.mark)
        for a, b in combinations(placed, 2)
        if a.bounds[1] < b.bounds[3] - 1e-6 and b.bounds[1] < a.bounds[3] - 1e-6
    ]


@given(LABELS)
def test_labels_never_overlap(labels: list[Label]) -> None:
    """Whatever is to be placed stands apart and in the margin, and what has no room is told."""
    placed, left_out = place_labels(labels, 0, 1, ROOM)
    assert overlapping(placed) == []
    assert len(placed) + len(left_out) == len(labels)
    assert all(ROOM[0] - 1e-6 <= p.bounds[1] and p.bounds[3] <= ROOM[1] + 1e-6 for p in placed)
    heights = [p.y for p in placed]
    assert heights == sorted(heights)


def test_labels_at_one_height_are_seen_to_overlap() -> None:
    """The check can fail."""
    label = Label("a", "GSV", ("1 s",), (0, 10))
    assert overlapping([Placed(label, 10, 0, 1), Placed(label, 12, 0, 1)])


def test_a_label_alone_stands_at_its_place() -> None:
    """Nothing is moved without need."""
    (placed,), _ = place_labels([Label("a", "GSV", ("1 s",), (0, 77.0))], 0, 1, ROOM)
    assert placed.y == 77.0


def test_what_matters_least_is_left_out_first() -> None:
    """A full margin keeps thrombus and doubt."""
    labels = [Label(f"{n}", "GSV", ("1 s",), (0, n), urgency=n % 10) for n in range(40)]
    placed, left_out = place_labels(labels, 0, 1, ROOM)
    assert max(label.urgency for label in left_out) <= min(p.label.urgency for p in placed)
    assert left_out
