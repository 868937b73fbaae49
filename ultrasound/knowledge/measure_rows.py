"""The rows of units.toml that say which numbers can be meant, and in which unit."""

from __future__ import annotations

from decimal import Decimal

from ultrasound.knowledge.tables import Row


class Plausible(Row):
    """The range outside which a number can hardly be meant, in the contract's unit."""

    property: str
    least: Decimal
    most: Decimal


class Assumed(Row):
    """The unit that a bare number must have: from `least` to `most`, or to just `below`."""

    property: str
    unit: str
    least: Decimal
    most: Decimal | None = None
    below: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether a number lies within."""
        return (
            self.least <= value
            and (self.most is None or value <= self.most)
            and (self.below is None or value < self.below)
        )


class MeasureTable(Row):
    """What a table of units says of numbers by themselves."""

    before_time: tuple[str, ...]
    plausible: tuple[Plausible, ...]
    assumed: tuple[Assumed, ...]

    def find_limits(self, name: str) -> Plausible | None:
        """The plausible range of a property, None where it has none."""
        return next((row for row in self.plausible if row.property == name), None)

    def find_assumed(self, name: str, value: Decimal) -> str | None:
        """The only unit that a bare number of a property can be in, None where it is not sure."""
        for row in self.assumed:
            if row.property == name and row.holds(value):
                return row.unit
        return None
