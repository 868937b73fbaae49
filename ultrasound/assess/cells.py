"""The cells of one place: which of several values leads, and what text and DICOM make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ultrasound.assess.calipers import Bench
from ultrasound.assess.facts import (
    MACHINE,
    LegFacts,
    by_source,
    is_repeated,
    is_sure,
    measured,
    source_kind,
)
from ultrasound.assess.figures import agree, measure
from ultrasound.assess.reflux import lead
from ultrasound.domain import CaliperCheck, Observation

CODED = (
    "reflux",
    "compressibility",
    "thrombus",
    "patency",
    "flow",
    "anatomy",
    "treatment",
    "treatment_result",
)
_FINDINGS = ("reflux", "compressibility", "thrombus", "patency")
Cell = str | Decimal | None


def choose_value(observations: Iterable[Observation], prop: str) -> Observation | None:
    """The observation that fills the cell of a measured property.

    A physician's correction leads, then the signed text, then DICOM; within a source
    ``selected``, then ``mean``, else the longest time or the largest diameter.
    """
    sources = by_source(measured(observations, prop))
    return lead(sources[0]) if sources else None


def join_codes(observations: Iterable[Observation], prop: str) -> str | None:
    """The codes of a coded property from the source that leads, each once."""
    found = [o for o in observations if o.property == prop and isinstance(o.value, str)]
    sources = by_source(found)
    if not sources:
        return None
    return "; ".join(dict.fromkeys(str(o.value) for o in sources[0]))


def fill_cells(observations: Sequence[Observation], facts: LegFacts) -> dict[str, Cell]:
    """The measured and coded cells of a row of the segments table; times in ms, sizes in mm.

    ``observations`` are those of the row, ``facts`` those of its leg.
    """
    has_dicom = facts.has_dicom
    places = dict.fromkeys(o.place.location for o in observations if o.place.location)
    cells: dict[str, Cell] = {"location": "; ".join(str(place) for place in places) or None}
    cells |= _write_measured(choose_value(observations, "reflux_time"), "reflux_time", "ms")
    cells |= _write_measured(choose_value(observations, "diameter"), "diameter", "mm")
    depth = choose_value(observations, "depth")
    cells["depth_mm"] = None if depth is None else measure(depth).value
    for prop in CODED:
        cells[prop] = join_codes(observations, prop)
    for prop in ("reflux_time", "diameter"):
        cells[f"{prop}_vs_dicom"] = compare_measured(observations, prop) if has_dicom else None
    cells["findings_vs_dicom"] = compare_findings(observations) if has_dicom else None
    check = check_calipers(observations, facts.bench)
    cells["caliper_ms"] = None if check is None else check.ms
    cells["caliper_check"] = None if check is None else check.verdict
    return cells


def check_calipers(observations: Sequence[Observation], bench: Bench) -> CaliperCheck | None:
    """The time of the row against its calipers, or against those of the time that DICOM gives."""
    shown = choose_value(observations, "reflux_time")
    if shown is None:
        return None
    machine = choose_value(_split(observations)[1], "reflux_time")
    return bench.check(shown, shown) or (bench.check(shown, machine) if machine else None)


def compare_measured(observations: Iterable[Observation], prop: str) -> str | None:
    """Text against DICOM for one measured property of a place."""
    text, machine = _split(measured(observations, prop))
    if any(is_repeated(o) for o in text):
        return "confirmed"
    if text and machine:
        return "confirmed" if agree(lead(text), lead(machine)) else "differs"
    return _only(text, machine)


def compare_findings(observations: Iterable[Observation]) -> str | None:
    """Text against DICOM for reflux, compressibility, thrombus and patency together."""
    text, machine = _split(o for o in observations if o.property in _FINDINGS)
    machine += [o for o in text if is_repeated(o)]
    pairs = [(_values(text, prop), _values(machine, prop)) for prop in _FINDINGS]
    both = [(said, seen) for said, seen in pairs if said and seen]
    if both:
        return "confirmed" if all(said == seen for said, seen in both) else "differs"
    return _only(text, machine)


def flag_doubts(observations: Sequence[Observation]) -> tuple[str, ...]:
    """The flags of a place: those of its facts, several values for one cell, and doubts."""
    flags = {flag for o in observations for flag in o.flags}
    for prop in ("reflux_time", "diameter"):
        values = {_value_key(o) for o in measured(observations, prop)}
        if len(values) > 1:
            flags.add("several")
    flags |= {f"uncertain_{o.property}" for o in observations if not is_sure(o)}
    return tuple(sorted(flags))


def _value_key(observation: Observation) -> tuple[Decimal, Decimal | None, str]:
    value = measure(observation)
    return value.value, value.upper, value.comparator


def _split(found: Iterable[Observation]) -> tuple[list[Observation], list[Observation]]:
    listed = list(found)
    machine = [o for o in listed if source_kind(o) in MACHINE]
    return [o for o in listed if source_kind(o) == "text"], machine


def _only(text: Sequence[Observation], machine: Sequence[Observation]) -> str | None:
    if text:
        return "text_only"
    return "dicom_only" if machine else None


def _values(found: Iterable[Observation], prop: str) -> set[str]:
    return {str(o.value) for o in found if o.property == prop}


def _write_measured(chosen: Observation | None, prop: str, unit: str) -> dict[str, Cell]:
    names = (f"{prop}_{unit}", f"{prop}_comparator", f"{prop}_upper_{unit}")
    if chosen is None:
        return dict.fromkeys(names)
    quantity = measure(chosen)
    values = (quantity.value, quantity.comparator, quantity.upper)
    return dict(zip(names, values, strict=True))
