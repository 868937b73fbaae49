"""The cells of the table ``legs`` for one leg, and the observations behind each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ultrasound.assess.ceap import derive_ceap
from ultrasound.assess.criteria import PERFORATORS, is_described
from ultrasound.assess.extent import Peak, find_extent, find_peak, list_unstated
from ultrasound.assess.facts import is_repeated, source_kind
from ultrasound.assess.pattern import find_deep_pattern, find_pattern, grade_deep_axial
from ultrasound.assess.position import warn_of_position
from ultrasound.assess.status import STATUS_ORDER
from ultrasound.assess.systems import (
    LegView,
    count_perforators,
    judge_deep,
    judge_perforators,
    judge_superficial,
)
from ultrasound.assess.thrombus import find_thrombus, is_positive, judge_thrombus
from ultrasound.assess.vsds import estimate_vsds
from ultrasound.domain import Observation, SegmentEvidence

_REFLUX = ("reflux", "reflux_time")
_STATE = (*_REFLUX, "treatment_result", "treatment", "anatomy")
Cell = str | Decimal | int | None
_CONTEXT = {
    "indications": "indication",
    "position": "position",
    "provocation": "provocation",
    "limitations": "limitation",
    "comparison_date": "comparison_date",
    "criterion_stated": "criterion_stated",
    "ceap_stated": "ceap_stated",
    "vcss_stated": "vcss_stated",
}


@dataclass
class LegColumns:
    """Cells by column, with their proof; built column by column and then only read."""

    cells: dict[str, Cell] = field(default_factory=dict)
    proof: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    def put(self, name: str, value: Cell, proof: Iterable[Observation] = ()) -> None:
        """Set a cell; an empty one has no proof."""
        self.cells[name] = value
        listed = tuple(dict.fromkeys(proof))
        if value not in (None, "") and listed:
            self.proof[name] = listed


def fill_columns(view: LegView) -> LegColumns:
    """All cells that follow from the facts of the leg; identity and review are added later."""
    columns = LegColumns()
    for name, fact in _CONTEXT.items():
        columns.put(name, "; ".join(view.facts.context_values(fact)) or None)
    timed = [o for o in view.facts.observations if o.property == "reflux_time"]
    columns.put("position_caution", warn_of_position(view) if timed else None)
    systems = _put_systems(view, columns)
    for vein in view.anatomy.rules.columns:
        _put_vein(view, vein, columns)
    _put_perforators(view, columns)
    _put_patterns(view, columns, systems["deep"])
    for system in ("deep", "superficial"):
        found = sorted(find_thrombus(view, system), key=lambda o: not is_positive(o))
        columns.put(f"thrombus_{system}", judge_thrombus(view, system), found)
    _put_treatments(view, columns)
    _put_scores(view, columns, systems)
    kinds = {_name_source(o) for o in view.facts.observations}
    if any(is_repeated(o) for o in view.facts.observations):
        kinds.add("sr")
    order = ("text", "sr", "image", "reviewer")
    columns.put("sources", "; ".join(kind for kind in order if kind in kinds))
    columns.put("criteria", view.criteria.id)
    columns.put("flags", "; ".join(sorted(columns.flags)) or None)
    return columns


def judge_examined(view: LegView, other_veins: set[str]) -> str:
    """What kind of exam this leg had: ``contralateral_only``, ``dvt_only``, ``limited``, ``full``.

    A leg that the report only says was not assessed is ``limited``.
    """
    comparison = set(view.anatomy.rules.comparison)
    veins = {o.place.vein for o in view.facts.observations}
    if veins <= comparison and other_veins - comparison:
        return "contralateral_only"
    told = [o for o in view.facts.observations if o.value not in ("not_assessed", "not_visualized")]
    if not told:
        return "limited"
    if not any(o.property in ("reflux", "reflux_time") for o in told):
        return "dvt_only"
    return "limited" if view.facts.context_values("limitation") else "full"


def _put_systems(view: LegView, columns: LegColumns) -> Mapping[str, str]:
    systems = {
        "superficial": judge_superficial(view),
        "deep": judge_deep(view),
        "perforator": judge_perforators(view),
    }
    groups = {"superficial": ("SUPERFICIAL",), "deep": ("DEEP", "CALF"), "perforator": ()}
    for system, code in systems.items():
        veins = (*view.anatomy.veins_of(system), *groups[system], *_perforators(system))
        columns.put(f"{system}_reflux", code, _prove_reflux(view, veins))
    return systems


def _prove_reflux(view: LegView, veins: Iterable[str]) -> list[Observation]:
    """What is said of the reflux of these veins, the places that decide first."""
    rows = [s for vein in veins for s in view.of(vein) if not s.from_vein]
    rows.sort(key=lambda s: STATUS_ORDER.index(s.status))
    return [o for s in rows for o in s.observations if o.property in _REFLUX]


def _perforators(system: str) -> tuple[str, ...]:
    return PERFORATORS if system == "perforator" else ()


def _put_vein(view: LegView, vein: str, columns: LegColumns) -> None:
    name, rows = vein.lower(), view.of(vein)
    status = view.status(vein)
    decisive = [s for s in rows if s.status == status] or rows
    proof = _observations(decisive)
    told = [o for o in proof if o.property in _STATE]
    columns.put(f"{name}_status", status, told or proof)
    columns.put(f"{name}_not_stated", "; ".join(list_unstated(vein, rows, view.anatomy)) or None)
    start, end = find_extent(vein, rows, view.anatomy)
    for column, level in (("from", start), ("to", end)):
        ends = [s for s in rows if s.segment in (level, "whole") and s.status == "refluxing"]
        columns.put(f"{name}_reflux_{column}", level, _observations(ends))
    peak = find_peak(rows, "reflux_time", view.anatomy)
    _put_peak(columns, peak, f"{name}_max_reflux_ms", f"{name}_max_reflux_segment")
    columns.put(
        f"{name}_max_reflux_comparator",
        None if peak is None else peak.comparator,
        () if peak is None else (peak.observation,),
    )
    wide = find_peak(rows, "diameter", view.anatomy)
    _put_peak(columns, wide, f"{name}_max_diameter_mm", f"{name}_max_diameter_segment")


def _put_peak(columns: LegColumns, peak: Peak | None, value: str, segment: str | None) -> None:
    proof = () if peak is None else (peak.observation,)
    columns.put(value, None if peak is None else peak.value, proof)
    if segment is not None:
        columns.put(segment, None if peak is None else peak.segment, proof)


def _put_perforators(view: LegView, columns: LegColumns) -> None:
    rows = [s for s in view.segments if s.vein in PERFORATORS]
    rows.sort(key=lambda s: STATUS_ORDER.index(s.status))
    refluxing, pathologic = count_perforators(view)
    columns.put("perforators_refluxing", refluxing, _observations(rows))
    columns.put("perforators_pathologic", pathologic, _observations(rows))
    described = [s for s in rows if is_described(s)]
    for name, prop in (
        ("perforator_max_diameter_mm", "diameter"),
        ("perforator_max_reflux_ms", "reflux_time"),
    ):
        _put_peak(columns, find_peak(described, prop, view.anatomy), name, None)


def _put_patterns(view: LegView, columns: LegColumns, deep_reflux: str) -> None:
    superficial = find_pattern(view)
    columns.put("pattern", superficial.code, _prove_reflux(view, view.anatomy.rules.trunks))
    deep = find_deep_pattern(view, deep_reflux)
    veins = _prove_reflux(view, (*view.anatomy.veins_of("deep"), "DEEP", "CALF"))
    columns.put("deep_pattern", deep.code, veins)
    grade, flags = grade_deep_axial(view, deep_reflux)
    columns.put("deep_axial_grade", grade, veins)
    columns.flags |= {*superficial.flags, *deep.flags, *flags}


def _put_treatments(view: LegView, columns: LegColumns) -> None:
    found = [o for vein in view.anatomy.order for o in view.facts.about((vein,), ("treatment",))]
    named = dict.fromkeys(f"{o.place.vein.lower()} {o.value}" for o in found)
    columns.put("treatments", "; ".join(named) or None, found)


def _put_scores(view: LegView, columns: LegColumns, systems: Mapping[str, str]) -> None:
    ceap = derive_ceap(view, systems, str(columns.cells["thrombus_deep"]))
    columns.put("ceap_a", ceap.anatomy, ceap.observations)
    columns.put("ceap_p", ceap.pathophysiology, ceap.observations)
    vsds = estimate_vsds(view)
    columns.put("vsds_reflux", vsds.reflux, vsds.observations)
    columns.put("vsds_obstruction", vsds.obstruction, vsds.observations)
    columns.put("vsds_points", "; ".join(vsds.points) or None, vsds.observations)
    columns.put("vsds_not_examined", "; ".join(vsds.not_examined) or None)
    columns.flags |= {*ceap.flags, *vsds.flags}


def _observations(rows: Iterable[SegmentEvidence]) -> list[Observation]:
    return [o for row in rows for o in row.observations]


def _name_source(observation: Observation) -> str:
    kind = source_kind(observation)
    return {"header": "image", "caliper": "image"}.get(kind, kind)
