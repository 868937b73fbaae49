"""Reading a lock file: which package, at which version, with which hashes, and where it applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of a lock file: a requirement with its marker, and the hashes of its files."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The package's name, as the lock spells it."""
        return self.requirement.name

    @property
    def version(self) -> str:
        """The one version that the lock allows."""
        return str(self.requirement.specifier).removeprefix("==")

    def applies(self, environment: Mapping[str, str]) -> bool:
        """Whether the package is installed in ``environment`` (the keys of PEP 508)."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(cast("Any", environment))

    def pinned(self) -> str:
        """The line that pip reads, without its marker."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={h}" for h in self.hashes)])


def read_lock(path: Path) -> tuple[Locked, ...]:
    """Read a lock file; raises InvalidRequirement where a line is none."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(_read_line(line) for line in lines)


def _read_line(line: str) -> Locked:
    requirement, *hashes = line.split(" --hash=")
    return Locked(Requirement(requirement.strip()), tuple(value.strip() for value in hashes))
