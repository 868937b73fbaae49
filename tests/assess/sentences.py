"""The sentence of a leg, part by part, against what its report says: each part has its proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from tests.assess.legs import knowledge
from ultrasound.domain import Leg, LegEvidence, Observation, Quantity, Temporality

DISPLAY = knowledge().criteria.display
CODES = {name.lower(): code for code, name in DISPLAY.veins.items()}
LEVELS = {name: code for code, name in DISPLAY.segments.items()}
NAMES = sorted((*CODES, "perforators", "calf perforators", "thigh perforators"), key=len)[::-1]
VEIN = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, NAMES))})(?![\w-])", re.IGNORECASE)
LEVEL = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(LEVELS, key=len)[::-1]))})")
NUMBER = re.compile(r"([\d.]+) (s|mm)\b")
GAP = re.compile(r", without reflux (.*?)(?=, (?:up to|more|at least|about|less|closed|\d)|$)")
CLEAR = ("competent", "below_threshold", "treated_closed", "absent")
IN_BRACKETS = re.compile(r" \((?:[^()]|\([^()]*\))*\)")
SILENT = ("not visualised:", "reflux not assessed:", "reflux not stated:")
THROMBUS = {"no DVT": "absent", "no acute DVT": "no_acute", "DVT not stated": "not_stated"}
THROMBUS |= {"deep vein thrombosis not assessed": "not_assessed"}
SVT = {"no SVT": "absent", "no acute SVT": "no_acute"}
GROUPS = {"superficial": "SUPERFICIAL", "deep": "DEEP", "calf deep": "CALF"}


def find_untold(leg: LegEvidence, observations: tuple[Observation, ...]) -> Iterator[str]:
    """The parts of a leg's sentence that what is said of the leg does not bear out."""
    own = [o for o in observations if counts_for(o, leg.leg)]
    for part in leg.sentence.rstrip(".").split("; "):
        if not any(test(part, leg, own) for test in TESTS):
            yield part


def counts_for(observation: Observation, leg: Leg) -> bool:
    """Whether a fact is of this exam, by duplex, and of the leg or of no leg's vein."""
    current = observation.temporality is Temporality.CURRENT
    place = observation.place
    own = place.leg is leg or (place.leg is None and place.vein == "IVC")
    return own and current and "other_method" not in observation.flags


def list_veins(words: str) -> list[str]:
    """The codes of the veins that words name."""
    found = (match.group().lower() for match in VEIN.finditer(words))
    return [CODES.get(name, CODES.get(name.removesuffix("s"), "PERF")) for name in found]


def status_of(leg: LegEvidence, vein: str) -> str:
    """The status of a vein: its column's, or that of its worst place."""
    column = f"{vein.lower()}_status"
    if column in leg.columns:
        return str(leg.columns[column])
    order = [row.code for row in DISPLAY.status]
    found = [s.status for s in leg.segments if s.vein == vein]
    return min(found, key=order.index, default="not_stated")


def _is_silent(part: str, leg: LegEvidence, _: list[Observation]) -> bool:
    """What is named as unknown has no statement on its reflux that answers."""
    lead = next((lead for lead in SILENT if part.lower().startswith(lead)), None)
    if lead is None:
        return False
    answers = ("competent", "competent_in_part", "refluxing", "below_threshold")
    return all(status_of(leg, vein) not in answers for vein in list_veins(part) if vein != "PERF")


def _is_thrombus_line(part: str, leg: LegEvidence, _: list[Observation]) -> bool:
    lines = (("thrombus_deep", THROMBUS), ("thrombus_superficial", SVT))
    for column, words in lines:
        for line, code in words.items():
            if part.lower() == line.lower():
                return leg.columns[column] == code
    return False


def _is_of_all(part: str, leg: LegEvidence, own: list[Observation]) -> bool:
    """What is said of a system, of perforators, or of the exam."""
    words = part.lower()
    if words == "no refluxing perforator":
        return leg.columns["perforator_reflux"] == "no"
    if words == "sampled for comparison only":
        return leg.examined == "contralateral_only"
    if counted := re.fullmatch(r"(\d+) perforators? pathologic", words):
        return leg.columns["perforators_pathologic"] == int(counted.group(1))
    if denied := re.fullmatch(r"no (.*) venous reflux \(stated for the group\)", words):
        group = GROUPS[denied.group(1)]
        return _says(own, group, "reflux", "absent")
    return False


def _is_free_of_thrombus(part: str, _: LegEvidence, own: list[Observation]) -> bool:
    if not part.lower().startswith("no thrombus in the "):
        return False
    return all(_says(own, vein, "thrombus", "absent") for vein in list_veins(part))


def _is_open(part: str, _: LegEvidence, own: list[Observation]) -> bool:
    for lead, prop, value in (
        ("compressible: ", "compressibility", "full"),
        ("patent: ", "patency", "patent"),
    ):
        if part.lower().startswith(lead):
            return all(_says(own, vein, prop, value) for vein in list_veins(part))
    return False


def _is_competent(part: str, leg: LegEvidence, _: list[Observation]) -> bool:
    """A vein called competent is so in its row, a level called so at that level."""
    head, found, tail = part.partition(" competent")
    if not found or "(" in head:
        return False
    veins = list_veins(head)
    if not tail:
        return bool(veins) and all(status_of(leg, vein) == "competent" for vein in veins)
    levels = [LEVELS[name] for name in LEVEL.findall(tail)]
    told = {(s.vein, s.segment): s.status for s in leg.segments}
    return bool(levels) and all(told.get((veins[0], level)) == "competent" for level in levels)


def _is_finding(part: str, leg: LegEvidence, own: list[Observation]) -> bool:
    """A finding names veins that are spoken of, with numbers that are theirs, and clears none."""
    words = re.sub(r", below the limit of .*", "", part)
    words = IN_BRACKETS.sub("", words)
    if re.search(r"\b(competent|no|not|normal)\b", words.replace("level not stated", "")):
        return False
    if gap := GAP.search(words):
        levels = [LEVELS[name] for name in LEVEL.findall(gap.group(1))]
        told = {(s.vein, s.segment): s.status for s in leg.segments}
        if not all(told.get((list_veins(words)[0], level)) in CLEAR for level in levels):
            return False
    veins = list_veins(words)
    here = {o.place.vein for o in own}
    numbers = {_scale(n, unit) for n, unit in NUMBER.findall(words)}
    return bool(veins) and set(veins) <= here and numbers <= _numbers(own, veins)


def _scale(number: str, unit: str) -> Decimal:
    return (Decimal(number) * (1000 if unit == "s" else 1)).normalize()


def _numbers(own: list[Observation], veins: list[str]) -> set[Decimal]:
    values = [o.value for o in own if o.place.vein in veins and isinstance(o.value, Quantity)]
    ends = [end for value in values for end in (value.value, value.upper) if end is not None]
    return {end.normalize() for end in ends}


def _says(own: list[Observation], vein: str, prop: str, value: str) -> bool:
    return any((o.place.vein, o.property, o.value) == (vein, prop, value) for o in own)


TESTS: tuple[Callable[[str, LegEvidence, list[Observation]], bool], ...] = (
    _is_silent,
    _is_thrombus_line,
    _is_of_all,
    _is_free_of_thrombus,
    _is_open,
    _is_competent,
    _is_finding,
)
