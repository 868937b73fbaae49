"""What a clause speaks of: places completed by what was said before and by headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.spots import NOWHERE, Spot, complete_zone, lies_at
from ultrasound.extract.words.mentions import Mention
from ultrasound.value import value_type

Span = tuple[int, int]
_BELOW: Final = ("knee", "calf", "ankle")
_BESIDE: Final = 3  # tokens from a level to its vein: "below the knee, the deep veins"
_ABOVE: Final = ("junction", "thigh")
_JOINED: Final = ("GSV", "SSV")
_PERFORATORS: Final = ("PERF", "TPV", "CPV")
_VARICOSE: Final = "NSV"
_OF_THIGH: Final = "GIAC"
_THIGH: Final = Spot(zone="thigh")
ACCESSORY: Final = ("AASV", "PASV", "GIAC")


@value_type
class Site:
    """A place that statements are bound to, with the tokens that say its leg, vein and level."""

    legs: tuple[Leg, ...] = ()
    vein: str | None = None
    spot: Spot = NOWHERE
    until: Spot | None = None
    open_start: bool = False
    leg_at: Span | None = None
    vein_at: Span | None = None
    spot_at: tuple[Span, ...] = ()
    anatomy: str | None = None
    flags: tuple[str, ...] = ()
    ambiguous: bool = False
    location: Span | None = None
    extends: bool = False
    beyond: bool = False
    ended: bool = False  # where a range ended

    @property
    def has_spot(self) -> bool:
        """Whether a level is known."""
        return bool(self.spot or self.until)

    def without_spot(self) -> Site:
        """The same vein with no level."""
        return replace(self, spot=NOWHERE, until=None, open_start=False, spot_at=(), location=None)

    def only_leg(self) -> Site:
        """The leg alone, with the words that name it."""
        return Site(legs=self.legs, leg_at=self.leg_at)


@value_type
class Location:
    """One resolved place of a site."""

    vein: str
    segment: str | None
    expanded: bool
    flags: tuple[str, ...]


def make_site(part: Part, *, legs: tuple[Leg, ...] = (), leg_at: Span | None = None) -> Site:
    """A part of a phrase as a site; legs are those in force where the part names none."""
    own_legs, own_at = part.legs, _span(part.leg_at)
    if part.other_leg and not own_legs:  # of both or of none there is no other one
        own_legs, legs = ((legs[0].other,), ()) if len(legs) == 1 else ((), ())
    return Site(
        legs=own_legs or legs,
        vein=part.vein,
        spot=part.spot,
        until=part.until,
        open_start=part.open_start,
        leg_at=own_at if own_legs else leg_at,
        vein_at=_span(part.vein_at),
        spot_at=tuple((m.first, m.last) for m in part.spot_at),
        anatomy=part.anatomy,
        flags=("vein_inferred",) if part.inferred else (),
        ambiguous=part.ambiguous,
        location=part.location,
        extends=part.extends,
        beyond=part.beyond,
    )


def _span(mention: Mention | None) -> Span | None:
    return None if mention is None else (mention.first, mention.last)


def compose(group: PlaceGroup, focus: Sequence[Site]) -> tuple[Site, ...]:
    """The sites that a phrase names, each completed from the sites in focus."""
    sites: list[Site] = []
    for part in _name_junctions(group.parts, focus):
        for site in _compose_part(part, focus):
            if site not in sites:
                sites.append(site)
    return tuple(sites)


def _name_junctions(parts: Sequence[Part], focus: Sequence[Site]) -> Sequence[Part]:
    """A junction as that of the trunk behind it, where no vein was spoken of before.

    As in "the junction and the GSV are compressible".
    """
    if len(parts) == 1 or any(site.vein for site in focus):
        return parts
    return [
        replace(part, vein=behind.vein, vein_at=behind.vein_at)
        if part.vein is None and part.spot.zone == "junction" and behind.vein in _JOINED
        else part
        for part, behind in zip(parts, (*parts[1:], parts[-1]), strict=True)
    ]


def _compose_part(part: Part, focus: Sequence[Site]) -> Iterator[Site]:
    unnamed = part.vein_at is None or part.vein_at in part.spot_at  # no vein but the junction's
    if unnamed and part.spot.code == "sfj" and part.until is not None and _in_accessory(focus):
        part = replace(part, vein=None, vein_at=None)  # "it refluxes from the SFJ to the mid thigh"
    if part.vein is not None or part.ambiguous:
        legs = tuple(dict.fromkeys([leg for site in focus for leg in site.legs]))
        leg_at = next((site.leg_at for site in focus if site.leg_at), None)
        site = make_site(part, legs=legs, leg_at=leg_at)
        yield _take_heading_level(_take_zone(site, focus), focus)
        return
    if not focus:
        yield make_site(part)
        return
    bases = _of_leg(part, focus) if not part.has_spot else _one_per_leg(focus)
    if part.spot.zone == "junction":
        bases = [_leave_perforator(base) for base in bases]
    for base in bases:
        own = make_site(part, legs=base.legs, leg_at=base.leg_at)
        yield _join(own, base)


def _leave_perforator(base: Site) -> Site:
    """The leg of a perforator, which has no junction: "no junctional reflux" is none of its own."""
    return Site(legs=base.legs, leg_at=base.leg_at) if base.vein in _PERFORATORS else base


def _of_leg(part: Part, focus: Sequence[Site]) -> Sequence[Site]:
    """The veins of the leg that a part names, where each leg had its own in focus.

    As in "the right GSV and the left SSV are closed. EHIT I on the right".
    """
    apart = len({site.vein for site in focus}) > 1 and all(len(s.legs) == 1 for s in focus)
    return [site for site in focus if apart and site.legs == part.legs] or focus


def _in_accessory(focus: Sequence[Site]) -> bool:
    return bool(focus) and all(site.vein in ACCESSORY for site in focus)


def _one_per_leg(focus: Sequence[Site]) -> list[Site]:
    """The last vein in focus: a level after a list of veins belongs to the last one."""
    last = focus[-1].vein
    chosen: dict[tuple[Leg, ...], Site] = {}
    for site in focus:
        if site.vein == last:
            chosen[site.legs] = site
    return list(chosen.values())


def _join(own: Site, base: Site) -> Site:
    placed, anatomy = own, None
    spot, open_start, spot_at = complete_zone(own.spot, base.spot), own.open_start, own.spot_at
    if not own.has_spot or (own.until is None and lies_at(base.spot, own.spot)):
        placed, anatomy = base, base.anatomy
        spot, open_start, spot_at = base.spot, base.open_start, base.spot_at
    elif own.open_start and not own.spot and base.spot and _leads_down(own, base):
        spot, open_start, spot_at = base.spot, False, base.spot_at + own.spot_at
    return replace(
        own,
        spot=spot,
        until=placed.until,
        open_start=open_start,
        spot_at=spot_at,
        vein=base.vein,
        vein_at=base.vein_at,
        anatomy=anatomy,
        flags=base.flags,
        ambiguous=base.ambiguous,
    )


def _leads_down(own: Site, base: Site) -> bool:
    """Whether a range can start at the level that was spoken of: no calf above a thigh."""
    below = base.spot.zone in _BELOW
    return not (below and own.until is not None and own.until.zone in _ABOVE)


def _take_heading_level(site: Site, focus: Sequence[Site]) -> Site:
    """A vein under a heading that is only a level ("Mid thigh") lies at that level."""
    if site.has_spot or not focus or focus[-1].vein is not None or not focus[-1].has_spot:
        return site
    base = focus[-1]
    if site.vein == _OF_THIGH and base.spot == _THIGH:  # which says no more than its name
        return site
    return replace(site, spot=base.spot, until=base.until, spot_at=base.spot_at)


def _take_zone(site: Site, focus: Sequence[Site]) -> Site:
    """A bare "mid" of the vein in focus is in the zone that was spoken of."""
    if not focus or focus[-1].vein != site.vein:
        return site
    spot = complete_zone(site.spot, focus[-1].spot)
    return site if spot is site.spot else replace(site, spot=spot)


def _is_level_beside(site: Site) -> bool:
    """Whether a level is said of the vein itself, and not of one that was spoken of before."""
    if site.vein_at is None or not site.spot_at:
        return False
    return site.vein_at[0] - site.spot_at[-1][1] <= _BESIDE


def locate(site: Site, divider: Divider) -> list[Location] | None:
    """The vein and segment codes of a site; None where a range cannot be told."""
    if site.vein is None:
        return []
    spot = site.spot or site.until or NOWHERE
    apart = site.vein == "DEEP" and (site.until is not None or not _is_level_beside(site))
    vein = site.vein if apart else divider.name_vein(site.vein, spot)
    if site.until is not None:
        segments = divider.expand(vein, site.spot, site.until)
        if segments is None and vein == _VARICOSE and not site.spot:
            at = NOWHERE if site.extends else spot  # "varicosities to the calf"
            return [Location(vein, divider.code_segment(vein, at)[0], False, site.flags)]
        if segments is None:
            return None
        whole = len(segments) == 1
        segments = segments if whole or not site.beyond else segments[1:]
        return [Location(vein, code, not whole, site.flags) for code in segments]
    code, inferred = divider.code_segment(vein, site.spot)
    flags = (*site.flags, "segment_inferred") if inferred else site.flags
    return [Location(vein, code, False, flags)]
