"""Values: the small classes of which a report makes thousands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ultrasound.value import value_type


@value_type
class Pair:
    """Two numbers."""

    first: int
    last: int = 0


def test_values_are_told_apart_by_their_fields() -> None:
    """Equal fields make equal values with one hash; a change is a new value."""
    assert Pair(1, 2) == Pair(1, 2)
    assert hash(Pair(1, 2)) == hash(Pair(1, 2))
    assert replace(Pair(1, 2), last=3) == Pair(1, 3)


def test_values_have_no_other_fields() -> None:
    """A field that the class does not name cannot be set."""
    with pytest.raises(AttributeError):
        setattr(Pair(1), "middle", 2)  # noqa: B010 - the type checker would refuse it
