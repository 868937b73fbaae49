"""The venous segmental disease score of a leg, estimated from what was examined.

Points and rules: Rutherford et al. 2000 (see vsds.toml). The score asks for all valves of a
segment to be incompetent; a duplex report rarely says so, hence *estimated*, with flags for a
trunk that refluxes in part of its examined length and a list of what was not examined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ultrasound.assess.ceap import is_obstructed
from ultrasound.assess.facts import matching
from ultrasound.assess.status import WITHOUT_REFLUX
from ultrasound.assess.systems import LegView, is_denied
from ultrasound.domain import Observation
from ultrasound.knowledge.schema_scores import VsdsComponent
from ultrasound.numerals import write_number

PARTIAL = "vsds_partial"
BY_GROUP = "vsds_by_group"
UNDECIDED = "vsds_undecided"
ONE_CALF_VEIN = "vsds_one_calf_vein"
_UNEXAMINED = ("not_stated", "not_assessed", "not_visualized")
_OBSTRUCTION = ("thrombus", "compressibility", "patency")
_DEEP = ("CALF", "POPV", "FV", "DFV", "CFV")


@dataclass(frozen=True)
class Vsds:
    """The two sums, None where nothing was examined; never added to each other.

    ``points``: what each component gave, in words.
    """

    reflux: Decimal | None
    obstruction: Decimal | None
    not_examined: tuple[str, ...]
    flags: tuple[str, ...]
    observations: tuple[Observation, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class _Points:
    """Points of one component, None where it was not examined."""

    value: Decimal | None
    flags: tuple[str, ...] = ()


def estimate_vsds(view: LegView) -> Vsds:
    """Add the points of the components that were examined."""
    components = view.tables.vsds.component
    reflux = {c.code: _score_reflux(view, c) for c in components if c.reflux is not None}
    blocked = {c.code: _score_obstruction(view, c) for c in components if c.obstruction is not None}
    missing = [
        c.code for c in components if _is_missing(c, reflux.get(c.code), blocked.get(c.code))
    ]
    points = (*reflux.values(), *blocked.values())
    scored = {
        c.code
        for c in components
        for found in (reflux.get(c.code), blocked.get(c.code))
        if found is not None and found.value
    }
    veins = {vein for c in components if c.code in scored for vein in c.veins}
    return Vsds(
        reflux=_add(reflux.values()),
        obstruction=_add(blocked.values()),
        not_examined=tuple(missing),
        flags=tuple(sorted({flag for found in points for flag in found.flags})),
        observations=tuple(o for s in view.segments if s.vein in veins for o in s.observations),
        points=(*_tell("reflux", reflux), *_tell("obstruction", blocked)),
    )


def _tell(kind: str, points: Mapping[str, _Points]) -> Iterator[str]:
    """The points of a column as "reflux GSV 1"; those that are 0 add nothing."""
    for code, found in points.items():
        if found.value:
            yield f"{kind} {code} {write_number(found.value)}"


def _score_reflux(view: LegView, component: VsdsComponent) -> _Points:
    states = {vein: view.status(vein) for vein in component.veins}
    refluxing = [vein for vein, status in states.items() if status == "refluxing"]
    if refluxing:
        return _score_refluxing(view, component, refluxing)
    if "cannot_say" in states.values():
        return _Points(Decimal(0), (UNDECIDED,))
    if any(status not in _UNEXAMINED for status in states.values()):
        return _Points(Decimal(0))
    if component.code in _DEEP and matching(view.group("DEEP"), "reflux", "absent"):
        return _Points(Decimal(0), (BY_GROUP,))
    if component.code in ("TPV", "CPV") and is_denied(view):
        return _Points(Decimal(0))
    return _Points(None)


def _score_refluxing(view: LegView, component: VsdsComponent, refluxing: Sequence[str]) -> _Points:
    points = component.reflux or Decimal(0)
    if component.several:
        table = view.tables.vsds
        if refluxing == [table.single_calf]:
            return _Points(table.single_calf_reflux)
        if len(refluxing) == 1 and refluxing[0] not in view.anatomy.groups:
            return _Points(Decimal(0), (ONE_CALF_VEIN,))
        return _Points(points)
    partial = any(s.status in WITHOUT_REFLUX for vein in refluxing for s in view.of(vein))
    perforator = component.code in ("TPV", "CPV")
    return _Points(points, (PARTIAL,) if partial and not perforator else ())


def _score_obstruction(view: LegView, component: VsdsComponent) -> _Points:
    points = component.obstruction or Decimal(0)
    found = view.facts.about(component.veins, _OBSTRUCTION)
    examined = [o for o in found if o.value != "not_assessed"]
    if _is_obstructed(view, component):
        return _Points(points)
    if examined:
        return _Points(Decimal(0))
    if component.code in _DEEP and _deep_is_free(view):
        return _Points(Decimal(0), (BY_GROUP,))
    return _Points(None)


def _is_obstructed(view: LegView, component: VsdsComponent) -> bool:
    places = [s for vein in component.veins for s in view.of(vein) if not s.from_vein]
    blocked = [s for s in places if is_obstructed(s, view.facts)]
    if not component.whole_length:
        shared = [o for o in view.facts.shared if o.place.vein in component.veins]
        tied = matching(view.facts.about(component.veins), "treatment", "ligated")
        return bool(blocked or matching(shared, "patency", "occluded") or tied)
    vein = component.veins[0]
    named = [s.segment for s in blocked if s.segment]
    covered = {level for segment in named for level in view.anatomy.covered(vein, segment)}
    calf = set(view.anatomy.rules.zones["calf"])
    needed = set(view.anatomy.levels.get(vein, ())) - calf
    return needed <= covered and bool(calf & covered)


def _deep_is_free(view: LegView) -> bool:
    group = view.group("DEEP")
    return bool(
        matching(group, "thrombus", "absent")
        or matching(group, "compressibility", "full")
        or matching(group, "patency", "patent")
    )


def _is_missing(component: VsdsComponent, reflux: _Points | None, blocked: _Points | None) -> bool:
    """Whether a component was not examined for all that the score asks of it."""
    if reflux is not None and reflux.value is None:
        return True
    return blocked is not None and blocked.value is None and not component.whole_length


def _add(points: Iterable[_Points]) -> Decimal | None:
    values = [found.value for found in points if found.value is not None]
    return sum(values, Decimal(0)) if values else None
