"""A heading, or a line that only names a vein, and whether anything was read under it."""

from __future__ import annotations

from ultrasound.extract.facts.fact import Doubt, Fact, Outcome, Pass
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site


class OpenHeading:
    """The one that is in force among the outcomes of a report."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        self._outcomes = outcomes
        self._open: tuple[PlaceGroup, int, tuple[Site, ...]] | None = None

    def open(self, group: PlaceGroup, sites: tuple[Site, ...]) -> None:
        """Put a heading in force, with the sites that it stands for."""
        self._open = (group, len(self._outcomes), sites)

    def open_line(self, group: PlaceGroup, sites: tuple[Site, ...], before: int) -> None:
        """Take a line that found nothing for a heading of the lines set in under it."""
        if not any(isinstance(o, Fact | Pass) for o in self._outcomes[before:]):
            del self._outcomes[before:]
            self.close(silent=False)
            self.open(group, sites)

    def close(self, *, silent: bool) -> None:
        """Tell of a vein's heading under which nothing was read; not in a ``silent`` section."""
        if self._open is not None and not silent:
            group, before, sites = self._open
            if group.has_vein and len(self._outcomes) == before:
                span = (group.first, group.last)
                self._outcomes.append(Doubt("unread", span, name_leg(sites), name_vein(sites)))
        self._open = None
