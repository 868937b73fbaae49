"""Results in docs/benchmarks.md, each between a pair of comments that name it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def write_section(name: str, text: str) -> None:
    """Put a result in the place of the one before.

    Raises:
        ValueError: The page has no place for it.
    """
    page = PAGE.read_text("utf-8")
    opens, closes = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    pattern = re.compile(re.escape(opens) + ".*?" + re.escape(closes), re.DOTALL)
    changed, times = pattern.subn(lambda _: f"{opens}{text}\n{closes}", page)
    if times != 1:
        raise ValueError(f"{PAGE.name}: no place named {name!r}, or several")
    PAGE.write_text(changed, encoding="utf-8", newline="\n")
