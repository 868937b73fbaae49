"""Measured numbers in words that people read, the same on every page."""

from __future__ import annotations

from decimal import Decimal

from ultrasound.domain import Quantity


def write_number(value: Decimal) -> str:
    """A number without padding zeros or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_bounds(quantity: Quantity) -> str:
    """A value as the contract holds it, with its bound or range, without its unit: ``> 3000``."""
    sign = "" if quantity.comparator == "=" else f"{quantity.comparator} "
    upper = "" if quantity.upper is None else f" to {write_number(quantity.upper)}"
    return f"{sign}{write_number(quantity.value)}{upper}"
