"""Values: small classes of which a report makes thousands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value_type(cls: type[_Class]) -> type[_Class]:
    """Make a data class with slots whose objects the type checker holds to be frozen.

    The interpreter would check the same at each creation, which takes four times as long.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
