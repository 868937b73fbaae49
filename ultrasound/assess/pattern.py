"""The pattern of reflux in a leg: axial, segmental or junctional, and how deep reflux descends.

Axial, junctional and segmental as in the SVS/AVF/AVLS 2022 guideline; the deep grade 0 to 4 as in
Lim 2013. A level on the way that nothing is said of is a gap, which is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ultrasound.assess.status import WITHOUT_REFLUX
from ultrasound.assess.systems import LegView

GAP = "pattern_gap"
TRUNK_SILENT = "pattern_trunk_not_stated"
AT_LEAST = "deep_grade_at_least"
_ORDER = ("axial", "segmental", "junctional")
_BLOCKING = {*WITHOUT_REFLUX, "treated_closed", "absent"}
_TWO_WAYS = ("GSV", "SSV")


@dataclass(frozen=True)
class Pattern:
    """A pattern code, None where what was tested does not suffice, and its flags."""

    code: str | None
    flags: tuple[str, ...] = ()


def find_pattern(view: LegView) -> Pattern:
    """The superficial pattern of a leg: the first of its trunks' patterns in the fixed order."""
    rules = view.anatomy.rules
    trunks = {vein: find_trunk_pattern(view, vein) for vein in rules.trunks}
    for code in _ORDER:
        found = [trunk for trunk in trunks.values() if trunk.code == code]
        if found:
            clear = [trunk for trunk in found if not trunk.flags]
            return (clear or found)[0]
    if any(trunk.code == "cannot_say" for trunk in trunks.values()):
        return Pattern("cannot_say")
    if all(trunks[vein].code == "none" for vein in rules.superficial_core):
        return Pattern("none")
    return Pattern(None)


def find_trunk_pattern(view: LegView, vein: str) -> Pattern:
    """The pattern of one superficial trunk."""
    if view.status(vein) in WITHOUT_REFLUX:
        return Pattern("none")
    levels = _level_states(view, vein)
    refluxing = [level for level, found in levels.items() if "refluxing" in found]
    bare = any(s.segment is None and s.status == "refluxing" for s in view.of(vein))
    if not refluxing and not bare:
        return Pattern("cannot_say" if view.status(vein) == "cannot_say" else None)
    axial = _find_axial(view, vein)
    if axial is not None:
        return axial
    junctions = view.anatomy.rules.junctions
    if vein not in _TWO_WAYS or any(level not in junctions for level in refluxing):
        return Pattern("segmental")
    if bare or any("cannot_say" in found for found in levels.values()):
        return Pattern("cannot_say")
    told = any(found & _BLOCKING for level, found in levels.items() if level not in junctions)
    return Pattern("junctional", () if told else (TRUNK_SILENT,))


def find_deep_pattern(view: LegView, deep_reflux: str) -> Pattern:
    """The deep pattern; ``deep_reflux`` is the answer for the deep system."""
    if deep_reflux != "yes":
        return Pattern({"no": "none", "cannot_say": "cannot_say"}.get(deep_reflux))
    rules = view.anatomy.rules
    way = [view.status(vein) for vein in rules.deep_core]
    calf = any(view.status(vein) == "refluxing" for vein in rules.calf_deep)
    if calf and all(status == "refluxing" for status in way):
        blocked = (found & _BLOCKING for vein in rules.deep_core for found in _states(view, vein))
        return Pattern("segmental" if any(blocked) else "axial")
    return Pattern("segmental")


def grade_deep_axial(view: LegView, deep_reflux: str) -> tuple[int | None, tuple[str, ...]]:
    """How far reflux descends from the groin without a break, 0 to 4.

    A flag says where it may reach farther, because the next level is not stated.
    """
    rules = view.anatomy.rules
    common, _, popliteal = rules.deep_core
    steps = [
        _join(view.status(vein) for vein in group)
        for group in ((common,), rules.femoral, (popliteal,), rules.calf_deep)
    ]
    if deep_reflux == "no" or steps[0] in WITHOUT_REFLUX:
        return 0, ()
    reached = next((i for i, status in enumerate(steps) if status != "refluxing"), len(steps))
    if reached == 0:
        return None, ()
    ends = reached == len(steps) or steps[reached] in WITHOUT_REFLUX
    return reached, () if ends else (AT_LEAST,)


def _find_axial(view: LegView, vein: str) -> Pattern | None:
    """Axial, or undecided, or None where the trunk does not reflux from groin to calf."""
    way = _axial_way(view, vein)
    if not way:
        return None
    calf = view.anatomy.rules.zones["calf"]
    end = next(
        (i for i, (level, found) in enumerate(way) if level in calf and "refluxing" in found), None
    )
    if end is None:
        return None
    undecided = False
    for start, (level, found) in enumerate(way):
        if level not in view.anatomy.rules.axial_start or "refluxing" not in found:
            continue
        between = [states - {"not_stated"} for _, states in way[start + 1 : end]]
        if any("refluxing" not in states and states & _BLOCKING for states in between):
            continue
        if any("refluxing" not in states and "cannot_say" in states for states in between):
            undecided = True
            continue
        gap = any("refluxing" not in states for states in between)
        return Pattern("axial", (GAP,) if gap else ())
    return Pattern("cannot_say") if undecided else None


def _axial_way(view: LegView, vein: str) -> list[tuple[str, set[str]]]:
    """The levels from groin to calf: the GSV's own, or the AASV's thigh and then the GSV's calf."""
    gsv = list(_level_states(view, "GSV").items())
    if vein == "GSV":
        return gsv
    if vein != "AASV":
        return []
    above = ("sfj", *view.anatomy.rules.zones["thigh"])
    own = [(level, found) for level, found in _level_states(view, vein).items() if level in above]
    return own + [(level, found) for level, found in gsv if level not in above]


def _level_states(view: LegView, vein: str) -> dict[str, set[str]]:
    """The statuses of each level of a vein, from the groin down; empty where nothing is said."""
    return {
        level: {s.status for s in view.of(vein) if s.segment == level}
        for level in view.anatomy.levels.get(vein, ())
    }


def _states(view: LegView, vein: str) -> Sequence[set[str]]:
    return list(_level_states(view, vein).values())


def _join(statuses: Iterable[str]) -> str:
    """The status of several veins together: refluxing where one is, clear where all are."""
    found = set(statuses) - {"not_stated"}
    for status in ("refluxing", "cannot_say"):
        if status in found:
            return status
    return "competent" if found and found <= set(WITHOUT_REFLUX) else "not_stated"
