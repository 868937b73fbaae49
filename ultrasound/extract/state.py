"""What is in force at a place of the report: its section, leg and vein, and what set them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COUNTED, UNNAMED, Outcome
from ultrasound.extract.item import Item
from ultrasound.extract.lines.begins import SHORT_SECTIONS
from ultrasound.extract.lines.headings import Head
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.lines.system_heads import SystemHeads
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span, compose
from ultrasound.extract.sticky_leg import StickyLeg

# They speak of all legs, unless each leg has its own.
_OPEN_SECTIONS: Final = ("impression", "recommendation", "findings")


@dataclass
class State:
    """What is in force at a place of the report."""

    section: str | None = None
    section_alone: bool = False
    section_at: Span = (0, 0)
    legs: tuple[Leg, ...] = ()
    leg_at: Span | None = None
    leg_depth: int = 0
    leg_apart: bool = False  # … set off by a blank line, and alone on its own
    systems: SystemHeads = field(default_factory=SystemHeads)
    item_legs: tuple[Leg, ...] = ()  # of items that begin with one: "1. Right: …"
    led: tuple[Site, ...] = ()  # the legs that lines of findings begin with
    told_of: tuple[Site, ...] = ()  # those with which sentences of a paragraph begin
    opened: tuple[Leg, ...] = ()  # the leg with which the paragraph opens: "On the left, …"
    announced: bool = False  # the sentence only says that a leg is spoken of, or was examined
    past: bool = False  # … tells of an earlier exam or treatment
    then: bool = False  # … tells only what an earlier exam found
    turned: bool = False  # the leg in force is one that a sentence turned to
    aside: bool = False  # the leg in force is that of one item
    sampled: bool = False  # … of one line
    vein: tuple[Site, ...] = ()
    vein_depth: int = 0
    vein_bullet: bool = False
    vein_first: bool | None = None
    asked: str | None = None  # what the heading in force asks of each leg and vein under it
    title_legs: tuple[Leg, ...] = ()
    title_at: Span | None = None
    one_leg: bool = False  # the report names one leg, and never the other
    sticky: StickyLeg = field(default_factory=StickyLeg)
    focus: tuple[Site, ...] = ()
    line: tuple[Site, ...] = ()
    trunk: tuple[Site, ...] = ()
    stem: tuple[Site, ...] = ()  # the trunk, where a branch was only named in passing
    treated: tuple[Site, ...] = ()  # trunks of which a treatment was told
    clot: tuple[Site, ...] = ()  # where the last clot was told of
    clot_age: str | None = None  # … and how old it is
    stented: tuple[Site, ...] = ()  # the veins that hold stents
    doubled: tuple[Site, ...] = ()  # the vein that was last said to be duplicated
    denied: Assignment | None = None  # of branches, by the last sentence
    measured: tuple[Site, ...] = ()
    spared: tuple[Site, ...] = ()  # the levels of the paragraph that have no reflux
    refluxes: bool = False  # … and whether one has
    timed: bool = False  # the last sentence has a time
    subject: tuple[Site, ...] = ()  # the trunk that the last sentence opened with, if left silently
    subject_found: bool = False  # … and whether it found something of it
    met: tuple[Site, ...] = ()  # trunks at the levels at which the last sentence said they are met
    judged: Assignment | None = None  # what the last sentence said of a trunk's reflux at a level
    pair: tuple[Site, ...] = ()
    listed: tuple[tuple[Site, ...], ...] = ()
    series: list[PlaceGroup] = field(default_factory=list)  # lists of veins, each with its leg
    other_method: bool = False
    closing: Span | None = None  # the label of the item that the sentence that is read ends
    label: tuple[Site, ...] = ()  # the vein that the line which is read begins with
    level: tuple[Site, ...] = ()  # … or the level
    both: tuple[Site, ...] = ()  # the legs, where the last sentence named both
    item: Item = field(default_factory=Item)
    studies: tuple[Leg, ...] = ()  # the legs of several studies that have one conclusion

    def enter_section(self, head: Head, at: Span, *, nested: bool) -> None:
        """Put a section in force, with its heading; ``nested``: it belongs to the leg in force.

        A heading that is not known ends the vein above it, and no section.
        """
        self.focus, self.vein = (), ()
        if head.section is None:
            return
        self.section_at = at
        self.section, self.section_alone, self.vein_first = head.section, head.alone, None
        self.asked, self.item_legs, self.other_method, self.led = None, (), False, ()
        if self.section == "impression" and self.studies:
            self.title_legs, self.studies = self.studies, ()
        if self.section in _OPEN_SECTIONS and not nested and not self.one_leg:
            self.legs, self.leg_at = (), None
            self.sticky.leave_at_section()
        if len(head.legs) == 1:
            self.legs, self.leg_at, self.vein_first = head.legs, head.leg_at, False

    def leave_short_section(self, *, force: bool, top: bool = False) -> None:
        """End a section that a paragraph (``force``: whatever follows) ends.

        ``top``: a heading follows an empty line, and nothing was found before it.
        """
        ends = self.section in SHORT_SECTIONS and (force or not self.section_alone)
        # "Plan: laser" at the top of a letter is over with its paragraph; a list of plans goes on
        planned = self.section == "recommendation" and not self.section_alone
        planned &= top or not force
        if ends or planned:
            self.section = None
            # such a vein is examined, not found
            self.focus = tuple(site for site in self.focus if site.vein not in UNNAMED)

    def label_line(self, group: PlaceGroup | None, level: PlaceGroup | None) -> PlaceGroup | None:
        """Keep the vein or level that a line begins with while it is read."""
        self.label = compose(group, ()) if group else ()
        self.level = compose(level, ()) if level else ()
        self.sticky.leave_at_line(group)
        return group

    def lists_varicosities(self, line: Line) -> bool:
        """Whether the heading in force is one of varicosities: places under it head nothing.

        Under an item of a list only further items do.
        """
        under = line.bullet or not self.vein_bullet
        return bool(self.vein) and under and all(site.anatomy for site in self.vein)

    def leave_level(self) -> None:
        """End a level without a vein: it stands over one list only."""
        if any(site.vein is None for site in self.vein):
            self.vein = ()

    def take_item(self, group: PlaceGroup, line: Line) -> None:
        """Keep the vein that a line begins with, for the lines that are set in under it."""
        own = self.leg_sites() if group.has_vein else self.base_sites()  # "Left:" under a vein
        self.item.take(group, line, own, self.focus)

    def leave_item(self, line: Line, *, sided: bool, systemic: bool, led: tuple[Site, ...]) -> None:
        """End it at a line that is no part of it: apart, further out, or an item of its own.

        Args:
            line: The line that is read next.
            sided: Whether a leg heads it.
            systemic: Whether it speaks of systems of veins only.
            led: The leg that it begins with and tells something of.
        """
        self.led = (*self.led, *led)
        legs = tuple(dict.fromkeys(leg for site in self.led for leg in site.legs))
        if systemic and len(legs) > 1 and not (self.legs or self.vein or self.item.sites):
            # "Right SFJ incompetence." - "Left SSV incompetence." - "No deep reflux."
            self.focus = ()
            self.sticky.hold(legs, self.led[-1].leg_at)
        elif systemic:
            self.led = ()  # each leg has its own
        if not sided and line.depth == self.leg_depth:
            self._leave_sides(apart=line.bullet or systemic or self.sampled)
        self.item.leave(line)

    def _leave_sides(self, *, apart: bool) -> None:
        """End the leg of an item at a line ``apart``, where each leg had one line before it.

        As in "1. Right: GSV reflux. 2. Left: no reflux. 3. No DVT.", and in a report of the other
        leg "- SFJ incompetent - Left: CFV open - SSV competent".
        """
        if apart and (self.aside or len(set(self.item_legs)) > 1):
            self.legs, self.leg_at, self.focus = (), None, ()
        self.item_legs, self.aside = (), False

    def enter_leg(self, head: Head, line: Line, *, sampled: bool) -> None:
        """Put a heading in force that names a leg; ``sampled``: one vein of it, on its line."""
        if self.vein_first is None:
            self.vein_first = False
        over = self.vein_first and line.depth == self.vein_depth
        if line.depth <= self.vein_depth and not over:
            self.vein = ()
        own = not head.alone and len(self.title_legs) == 1
        sampled = sampled and own and self.legs in ((), self.title_legs)
        aside = sampled or (line.bullet and own and not self.legs)
        self._set_legs(head, line)
        self.aside, self.sampled = aside and head.legs != self.title_legs, sampled
        self.item.turn(head.legs, head.leg_at)
        self.item_legs = () if head.alone else (*self.item_legs, *head.legs)
        self.focus = self.line = ()

    def enter_vein(
        self, head: Head, group: PlaceGroup, line: Line, said: Sequence[Outcome], *, below: bool
    ) -> None:
        """Put a heading in force that names a vein or level; ``below``: straight below its leg.

        ``said``: what was found so far.
        """
        if below or self.vein_first is None:
            self.vein_first = group.has_vein and not below
        if group.has_leg:
            self._set_legs(head, line)
        elif both := self.systems.take_vein(group, line, said):
            self.legs = both
        elif self.vein_first and line.depth <= self.leg_depth and not self._is_under(line):
            self.legs, self.leg_at = (), None
        own = self.leg_sites() if self.legs else ()  # no heading keeps the leg of a line above it
        self.vein, self.asked = compose(group, own), head.asks
        self.vein_depth, self.vein_bullet = line.depth, line.bullet
        self.focus = self.line = ()

    def _is_under(self, line: Line) -> bool:
        """Whether a heading is not set off as that of the leg in force was: it stands under it."""
        return self.leg_apart and not line.blank_before

    def _set_legs(self, head: Head, line: Line) -> None:
        self.legs, self.leg_at, self.leg_depth = head.legs, head.leg_at, line.depth
        self.sticky.leave()  # a leg named in the history is out of date
        self.leg_apart = line.blank_before and head.alone
        if head.alone:
            self.systems.take_leg(head.legs, line)
        self.turned = self.aside = False

    def turn(self, legs: tuple[Leg, ...], leg_at: Span | None) -> None:
        """Put another leg in force that was examined too, until one is named again."""
        self.legs, self.leg_at, self.turned, self.aside = legs, leg_at, True, False
        self.vein, self.focus = (), ()
        self.item.end()

    def return_leg(self, head: Head, legs: tuple[Leg, ...], leg_at: Span | None) -> None:
        """Go back to some legs behind a line of the other that finds nothing: "R: declined"."""
        if len(head.legs) == len(self.title_legs) == 1 and head.legs == self.legs != legs:
            self.legs, self.leg_at = legs, leg_at

    def begin_study(self, legs: tuple[Leg, ...], leg_at: Span | None, *, concluded: bool) -> None:
        """Begin a further study; ``concluded``: the one before had a conclusion of its own."""
        told = () if concluded else tuple(dict.fromkeys((*self.title_legs, *legs)))
        self.turn((), None)
        self.title_legs, self.title_at, self.studies = legs, leg_at, told
        self.sticky = StickyLeg()

    def is_on_branch(self) -> bool:
        """Whether branches are spoken of, and a trunk of the same leg was before."""
        legs = {leg for site in self.focus for leg in site.legs}
        same = legs == {leg for site in self.trunk for leg in site.legs}
        return same and bool(self.trunk) and all(site.vein in COUNTED for site in self.focus)

    def name_trunk(self) -> None:
        """Speak of "the vein": of the last one that is no branch or perforator, all of it."""
        if self.is_on_branch():
            self.focus = self.trunk
        self.focus = tuple(dict.fromkeys(site.without_spot() for site in self.focus))

    def leg_sites(self) -> tuple[Site, ...]:
        """The legs in force: by heading, else by the last sentence, else by the title."""
        if self.legs:
            return (Site(legs=self.legs, leg_at=self.leg_at),)
        if self.sticky.legs and len(self.title_legs) != 1:
            return (Site(legs=self.sticky.legs, leg_at=self.sticky.at),)
        if self.title_legs:
            return (Site(legs=self.title_legs, leg_at=self.title_at),)
        return ()

    def base_sites(self) -> tuple[Site, ...]:
        """What a new line speaks of before it says anything."""
        legs = self.leg_sites()
        if not self.vein:
            return legs
        if not legs:
            return self.vein
        return tuple(
            site
            if site.legs and not self.legs
            else replace(site, legs=legs[0].legs, leg_at=legs[0].leg_at)
            for site in self.vein
        )
