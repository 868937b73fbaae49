"""Numbers in words: no padding, no exponent, bounds and ranges kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ultrasound.domain import Quantity
from ultrasound.numerals import write_bounds, write_number


@pytest.mark.parametrize(
    ("number", "written"),
    [("2.30", "2.3"), ("100", "100"), ("1E+3", "1000"), ("0.00", "0"), ("0.050", "0.05")],
)
def test_number_has_no_padding_and_no_exponent(number: str, written: str) -> None:
    """What a person types is shorter than what a Decimal prints."""
    assert write_number(Decimal(number)) == written


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (Quantity(Decimal(2300), "ms"), "2300"),
        (Quantity(Decimal(3000), "ms", ">"), "> 3000"),
        (Quantity(Decimal("4.0"), "mm", "=", Decimal("5.50")), "4 to 5.5"),
    ],
)
def test_value_keeps_its_bound_or_range(quantity: Quantity, written: str) -> None:
    """A bound is never shown as the value itself."""
    assert write_bounds(quantity) == written
