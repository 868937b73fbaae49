"""One sentence per leg in a clinician's words, put together from the evidence and nothing else.

What was not examined is named as not stated or not assessed, never as normal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ultrasound.assess.criteria import PERFORATORS, is_described
from ultrasound.assess.extent import Peak, find_extent, find_peak
from ultrasound.assess.facts import matching
from ultrasound.assess.figures import measure, write_limit, write_quantity
from ultrasound.assess.pattern import find_trunk_pattern
from ultrasound.assess.reflux import judge_reflux
from ultrasound.assess.status import WITHOUT_REFLUX
from ultrasound.assess.systems import LegView
from ultrasound.assess.thrombus_words import write_thrombus
from ultrasound.assess.words import join_words, list_levels, list_places, name_place, plural
from ultrasound.domain import SegmentEvidence
from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.numerals import write_number

_TREATED = {"treated_closed": "closed", "treated_open": "treated and open", "absent": "absent"}
# What is said of an axial trunk after its extent.
_AXIAL_WORDS = {"GSV": "", "AASV": ", continuing in the GSV of the calf"}
_BETWEEN = (*WITHOUT_REFLUX, "treated_closed", "absent")


@dataclass(frozen=True)
class Answers:
    """What was found for the leg as a whole, by the names of the legs table."""

    codes: Mapping[str, str | None]
    pathologic: int | None

    def get(self, name: str) -> str | None:
        """The code of a column."""
        return self.codes.get(name)


def compose_sentence(view: LegView, answers: Answers) -> str:
    """The evidence of one leg in one sentence."""
    parts: list[str] = []
    first, last = write_thrombus(view, answers.codes)
    parts += first
    if answers.get("examined") == "contralateral_only":
        parts.append("sampled for comparison only")
    parts += _refluxing(view)
    parts += _perforators(view, answers)
    for write in (_doubtful, _below, _treated, _clear):
        parts += write(view)
    parts += last
    if answers.get("examined") in ("dvt_only", "contralateral_only"):
        parts += _open(view)
    parts += _silent(view, answers)
    parts += _unverified(view)
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _vein(view: LegView, vein: str) -> str:
    return view.tables.display.veins.get(vein, vein)


def _veins_with(view: LegView, *statuses: str) -> list[str]:
    return [
        vein
        for vein in view.anatomy.order
        if vein not in PERFORATORS
        and not view.anatomy.is_group(vein)
        and view.status(vein) in statuses
    ]


def _refluxing(view: LegView) -> list[str]:
    superficial = set(view.anatomy.veins_of("superficial"))
    veins = sorted(_veins_with(view, "refluxing"), key=lambda vein: vein not in superficial)
    groups = (
        f"{_vein(view, group)}: reflux, vein not stated"
        for group in ("SUPERFICIAL", "DEEP", "CALF")
        if judge_reflux(view.group(group), None).status == "refluxing"
        and not any(vein in view.anatomy.groups[group] for vein in veins)
    )
    return [*(_describe_refluxing(view, vein) for vein in veins), *groups]


def _describe_refluxing(view: LegView, vein: str) -> str:
    rows, display = view.of(vein), view.tables.display
    start, end = find_extent(vein, rows, view.anatomy)
    axial = _AXIAL_WORDS.get(vein) if find_trunk_pattern(view, vein).code == "axial" else None
    text = f"{'axial ' if axial is not None else ''}{_vein(view, vein)} reflux"
    if start is None or end is None:
        text += ", level not stated" if vein in view.anatomy.rules.trunks else ""
    elif start == end:
        text += f" {name_place(start, display)}"
    else:
        text += f" from the {display.segments[start]} to the {display.segments[end]}"
        text += _write_gaps(view, vein, (start, end))
    text += axial or ""
    text += _write_peaks(view, rows, start if start == end else None)
    closed = [s.segment for s in rows if _is_own(s, "treated_closed") and s.segment]
    return text + (f", closed {list_places(closed, display)}" if closed else "")


def _write_gaps(view: LegView, vein: str, ends: tuple[str, str]) -> str:
    """The levels between the ends that do not reflux, as far as they are stated."""
    first, last = view.anatomy.span(vein, ends[0])[0], view.anatomy.span(vein, ends[1])[1]
    levels = view.anatomy.levels.get(vein, ())[first : last + 1]
    states = {level: {s.status for s in view.of(vein) if s.segment == level} for level in levels}
    clear = [
        level
        for level, found in states.items()
        if found & set(_BETWEEN) and "refluxing" not in found
    ]
    silent = [level for level, found in states.items() if not found - {"not_stated"}]
    text = f", without reflux {list_places(clear, view.tables.display)}" if clear else ""
    return text + (
        f" ({list_levels(silent, view.tables.display)} between not stated)" if silent else ""
    )


def _write_peaks(view: LegView, rows: Sequence[SegmentEvidence], told: str | None) -> str:
    """The longest time and the largest diameter, with their levels unless just ``told``."""
    time = find_peak(rows, "reflux_time", view.anatomy)
    size = find_peak(rows, "diameter", view.anatomy)
    display = view.tables.display
    if time is not None and size is not None and time.segment == size.segment:
        both = f"{_show_peak(time, 'up to ')} and {_show_peak(size)}"
        return f", {both}{_show_place(time, display, told)}"
    return "".join(
        f", {_show_peak(peak, lead)}{_show_place(peak, display, told)}"
        for peak, lead in ((time, "up to "), (size, ""))
        if peak is not None
    )


def _show_peak(peak: Peak, lead: str = "") -> str:
    time = measure(peak.observation).unit == "ms"
    number = write_number(peak.value / 1000 if time else peak.value)
    words = {"=": lead, ">": "more than ", ">=": "at least ", "~": "about "}
    return f"{words.get(peak.comparator, 'less than ')}{number} {'s' if time else 'mm'}"


def _show_place(peak: Peak, display: DisplayTable, told: str | None = None) -> str:
    known = peak.segment is None or peak.segment == told
    return "" if known else f" {name_place(str(peak.segment), display)}"


def _is_own(segment: SegmentEvidence, status: str) -> bool:
    """Whether the report itself says this of the place, and not of the vein around it."""
    return segment.status == status and not segment.from_vein


def _perforators(view: LegView, answers: Answers) -> list[str]:
    found = [s for s in view.segments if is_described(s) and s.status == "refluxing"]
    parts = [_describe_perforator(view, segment) for segment in found]
    if answers.pathologic:
        parts.append(f"{answers.pathologic} perforator{plural(answers.pathologic)} pathologic")
    if not found and answers.get("perforator_reflux") == "no":
        parts.append("no refluxing perforator")
    return parts


def _describe_perforator(view: LegView, segment: SegmentEvidence) -> str:
    count = max(o.count for o in segment.observations)
    name = _vein(view, segment.vein) + plural(count)
    text = f"{count} refluxing {name}" if count > 1 else f"refluxing {name}"
    if segment.segment:
        text += f" {name_place(segment.segment, view.tables.display)}"
    if location := segment.cells.get("location"):
        text += f" ({str(location).replace('; ', ', ')})"  # a semicolon parts what is said
    for prop in ("diameter", "reflux_time"):
        peak = find_peak([segment], prop, view.anatomy)
        if peak is not None:
            text += f", {write_quantity(measure(peak.observation))}"
    return text


def _doubtful(view: LegView) -> list[str]:
    parts = []
    for vein in view.anatomy.order:
        places: dict[str, list[str | None]] = {}
        for s in view.of(vein):
            if _is_own(s, "cannot_say"):
                places.setdefault(s.reason, []).append(s.segment)
        for reason, segments in places.items():
            named = list_places([s for s in segments if s], view.tables.display)
            where = f" {named}" if named else ""
            parts.append(f"{_vein(view, vein)}{where}: cannot say ({reason})")
    return parts


def _below(view: LegView) -> list[str]:
    parts = []
    for vein in _veins_with(view, "below_threshold"):
        peak = find_peak(view.of(vein), "reflux_time", view.anatomy)
        limit = view.criteria.limit_for(vein)
        if peak is not None and limit is not None:
            where = _show_place(peak, view.tables.display)
            asked = f"below the limit of {write_limit(limit)}"
            parts.append(f"{_vein(view, vein)} {_show_peak(peak)}{where}, {asked}")
    return parts


def _treated(view: LegView) -> list[str]:
    return [part for vein in view.anatomy.order for part in _describe_treatment(view, vein)]


def _describe_treatment(view: LegView, vein: str) -> list[str]:
    rows, status, display = view.of(vein), view.status(vein), view.tables.display
    codes = (str(o.value) for s in rows for o in s.observations if o.property == "treatment")
    kinds = join_words(dict.fromkeys(display.values.get(code, code) for code in codes))
    after = f" after {kinds}" if kinds else ""
    here = [s.segment for s in rows if _is_own(s, status) and s.segment]
    where = f" {list_places(here, display)}" if here else ""
    if status in _TREATED:
        return [f"{_vein(view, vein)} {_TREATED[status]}{where}{after}"]
    return [f"{_vein(view, vein)}: earlier {kinds}"] if kinds else []


def _clear(view: LegView) -> list[str]:
    parts = []
    for group, name in (("SUPERFICIAL", "superficial"), ("DEEP", "deep"), ("CALF", "calf deep")):
        if judge_reflux(view.group(group), None).status == "competent":
            parts.append(f"no {name} venous reflux (stated for the group)")
    competent = _veins_with(view, "competent")
    if competent:
        parts.append(f"{join_words(_vein(view, vein) for vein in competent)} competent")
    for vein in _veins_with(view, "competent_in_part", "below_threshold", *_TREATED):
        levels = [s.segment for s in view.of(vein) if _is_own(s, "competent") and s.segment]
        if levels:
            rest = ", the rest not stated" if view.status(vein) == "competent_in_part" else ""
            where = list_places(levels, view.tables.display)
            parts.append(f"{_vein(view, vein)} competent {where}{rest}")
    return parts


def _open(view: LegView) -> list[str]:
    """What a study without reflux found of compression and patency, vein by vein."""
    parts = []
    for prop, value, words in (
        ("compressibility", "full", "compressible"),
        ("patency", "patent", "patent"),
    ):
        found = {o.place.vein for o in matching(view.facts.observations, prop, value)}
        veins = [_vein(view, vein) for vein in view.anatomy.sort_veins(found)]
        if veins:
            parts.append(f"{words}: {', '.join(veins)}")
    return parts


def _silent(view: LegView, answers: Answers) -> list[str]:
    parts = []
    expected = view.anatomy.rules.expected
    answered = _answered_groups(view)
    for status, words in (
        ("not_visualized", "not visualised"),
        ("not_assessed", "reflux not assessed"),
        ("not_stated", "reflux not stated"),
    ):
        veins = [
            _vein(view, vein)
            for vein in view.anatomy.order
            if view.status(vein) == status
            and vein not in PERFORATORS
            and (vein in expected or status != "not_stated")
            and not (status == "not_stated" and answered & set(view.anatomy.groups_over(vein)))
        ]
        if answers.get("perforator_reflux") == status:
            veins.append("perforators")
        if veins and answers.get("examined") != "contralateral_only":
            parts.append(f"{words}: {', '.join(veins)}")
    return parts


def _unverified(view: LegView) -> list[str]:
    """What times are judged by where nobody held the limits against their publication."""
    timed = any(o.property == "reflux_time" for o in view.facts.observations)
    judged = timed and not view.criteria.verified
    return [f"times judged by limits that are not verified ({view.criteria.id})"] if judged else []


def _answered_groups(view: LegView) -> set[str]:
    return {
        group
        for group in view.anatomy.groups
        if view.anatomy.is_group(group) and judge_reflux(view.group(group), None).status is not None
    }
