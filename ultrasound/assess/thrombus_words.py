"""The thrombus lines of a leg's sentence: an acute one first, denials last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ultrasound.assess.facts import is_sure
from ultrasound.assess.systems import LegView
from ultrasound.assess.thrombus import POSITIVE, find_thrombus, is_positive
from ultrasound.domain import Observation

_WORDS = {
    "acute": "ACUTE thrombus",
    "subacute": "subacute thrombus",
    "chronic": "chronic post-thrombotic change",
    "present": "thrombus of undetermined age",
    "": "possible thrombus (the report is unsure)",
}
_NAMES = {"deep": ("DVT", "deep vein thrombosis"), "superficial": ("SVT", "thrombosis")}


def write_thrombus(view: LegView, codes: Mapping[str, str | None]) -> tuple[list[str], list[str]]:
    """What stands first in the sentence, and what stands after the reflux."""
    first: list[str] = []
    last: list[str] = []
    for system in ("deep", "superficial"):
        code = codes.get(f"thrombus_{system}")
        found = find_thrombus(view, system)
        if code in POSITIVE or code == "cannot_say":
            (first if code in ("acute", "subacute") else last).append(_write_positive(view, found))
        else:
            last += _write_denial(view, codes, system, found)
    return first, last


def _write_positive(view: LegView, found: Sequence[Observation]) -> str:
    """Each age with the veins that are said to have it: no vein is counted to a worse one."""
    sure = [o for o in found if is_positive(o)]
    denied = any(o.value == "absent" and is_sure(o) for o in found if o.place.segment is None)
    contrary = ", though the report also denies thrombosis" if sure and _in_group(found) else ""
    ehit = sorted({str(o.value)[-1] for o in sure if str(o.value).startswith("ehit_")})
    heat = f", EHIT class {' and '.join(ehit)}" if ehit else ""
    told = _sort_by_age(sure) or {"": [o for o in found if not is_sure(o)]}
    lines = [f"{_WORDS[age]} in the {_list_veins(view, those)}" for age, those in told.items()]
    return f"{'; '.join(lines)}{heat}{contrary if denied else ''}"


def _sort_by_age(sure: Sequence[Observation]) -> dict[str, list[Observation]]:
    """The findings by age, the worst first; each place under the first age that is said of it."""
    ages: dict[str, list[Observation]] = {age: [] for age in POSITIVE}
    aged: set[tuple[str, str | None]] = set()
    for age, those in ages.items():
        for o in sure:
            own = str(o.value) if o.value in POSITIVE else "present"
            place = (o.place.vein, o.place.segment)
            if own == age and place not in aged:
                those.append(o)
        aged |= {(o.place.vein, level) for o in those for level in (o.place.segment, None)}
    return {age: those for age, those in ages.items() if those}


def _write_denial(
    view: LegView, codes: Mapping[str, str | None], system: str, found: Sequence[Observation]
) -> list[str]:
    short, long = _NAMES[system]
    code = codes.get(f"thrombus_{system}")
    if code == "absent":
        return [f"no {short}"]
    if code == "no_acute":
        return [f"no acute {short}"]
    denied = [o for o in found if o.value == "absent" and is_sure(o)]
    if denied:
        return [f"no thrombus in the {_list_veins(view, denied)}"]
    if system == "superficial" or codes.get("examined") == "contralateral_only":
        return []
    return [f"{long} not assessed" if code == "not_assessed" else f"{short} not stated"]


def _in_group(found: Iterable[Observation]) -> bool:
    return any(o.place.vein in ("DEEP", "SUPERFICIAL") and o.value == "absent" for o in found)


def _list_veins(view: LegView, found: Iterable[Observation]) -> str:
    """The veins, each with its levels in brackets."""
    display = view.tables.display
    levels: dict[str, list[str]] = {}
    listed = sorted(
        found, key=lambda o: view.anatomy.place_key((o.place.vein, o.place.segment, o.place.item))
    )
    for o in listed:
        here = levels.setdefault(o.place.vein, [])
        words = display.segments.get(o.place.segment or "")
        if words and words not in here:
            here.append(words)
    return ", ".join(
        display.veins.get(vein, vein) + (f" ({', '.join(places)})" if places else "")
        for vein, places in levels.items()
    )
