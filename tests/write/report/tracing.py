"""Whether a report says anything that does not rest on the rows that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.knowledge.schema_report import load_report_words
from ultrasound.write.report.tree import Heading, Line, Report, Statement, Table

Rows = Mapping[str, Sequence[Mapping[str, object]]]
DISPLAY, WORDS = load_display(), load_report_words()
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LEG = re.compile(r"\b(right|left)\b", re.IGNORECASE)
NAMES = {name.lower(): code for code, name in DISPLAY.veins.items()}
CODES = [code for code in DISPLAY.veins if code not in ("DEEP", "SUPERFICIAL", "CALF", "PERF")]
VEIN = re.compile(
    rf"\b((?i:{'|'.join(re.escape(n) for n in sorted(NAMES, key=len, reverse=True))})"
    rf"|{'|'.join(CODES)})s?\b"
)
LEVELS = {name: code for code, name in DISPLAY.segments.items()}
LEVEL = re.compile(
    rf"\b({'|'.join(re.escape(n) for n in sorted(LEVELS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
BY_NAME = {**{code.lower(): code for code in CODES}, **NAMES}
PERFORATORS = {"TPV", "CPV", "PERF"}
# A perforator may be named without its level, and CEAP has no code for two of the trunks.
ALIKE = ((PERFORATORS, PERFORATORS), ({"PASV", "GIAC"}, {"NSV"}))
ZONES = {
    "thigh": {"proximal_thigh", "mid_thigh", "distal_thigh"},
    "calf": {"proximal_calf", "mid_calf", "distal_calf"},
}
REFLUX = ("reflux", "reflux_time")
# Words that claim something, and the properties of which one has to be stated.
CLAIMS = {
    "refluxing": REFLUX,
    "below threshold": ("reflux_time",),
    "below the limit": ("reflux_time",),
    "competent": REFLUX,
    "cannot say": (*REFLUX, "thrombus"),
    "treated": ("treatment", "treatment_result"),
    "not visualised": ("anatomy",),
    "not assessed": ("reflux", "thrombus", "compressibility"),
    "DVT": ("thrombus", "treatment_result"),
    "thrombus": ("thrombus", "treatment_result"),
    "ACUTE": ("thrombus",),
    "compressib": ("compressibility",),
    "patent": ("patency", "anatomy"),
    "ablation": ("treatment",),
    "stripping": ("treatment",),
}
# What a sentence says of silence: checked apart, against everything that is stated.
UNSAID = re.compile(
    r"reflux not stated: [^;]*|\([^()]* between not stated\)|, the rest not stated"
    r"|, level not stated|\w+ not stated"
)
UNSAID_VEINS = re.compile(r"reflux not stated: ([^;]*)")
# What a label that is answered by "not stated" asks for: a fact, or properties of some veins.
FACTS = {
    "Patient": "patient_name", "Patient ID": "patient_id", "Born": "birth_date",
    "Exam date": "exam_date", "Accession": "accession", "Reasons for the exam": "indication",
    "Compared with": "comparison_date", "Position": "position", "Provocation": "provocation",
    "Limitations": "limitation", "CEAP as stated": "ceap_stated",
}  # fmt: skip
DEEP, GREAT, SMALL, OTHER, PERFORATING = (set(band.veins) for band in WORDS.band)
SUPERFICIAL = GREAT | SMALL | OTHER
TOPICS = {
    "Superficial reflux": (SUPERFICIAL, REFLUX),
    "Deep reflux": (DEEP - {"PELV"}, REFLUX),
    "Perforator reflux": (PERFORATING, REFLUX),
    "Deep thrombus": (DEEP - {"PELV"}, ("thrombus",)),
    "Superficial thrombus": (SUPERFICIAL, ("thrombus",)),
    "Earlier treatment": (set[str](), ("treatment",)),
}


@dataclass
class Found:
    """What the rows of a basis hold."""

    veins: set[str] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    legs: set[str] = field(default_factory=set)
    numbers: set[float] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    def add(self, row: Mapping[str, object]) -> None:
        """Add everything that a row states."""
        vein, level = row.get("vein"), row.get("segment")
        self.veins |= {str(vein)} if vein else set()
        self.legs |= {str(row["leg"])} if row.get("leg") else set()
        self.levels |= _spread(str(level)) if level else set()
        if not level and row.get("value_code") in ("absent", "full", "not_assessed", "patent"):
            self.levels |= set(DISPLAY.segments)
        self.properties |= {str(row[name]) for name in ("property", "fact") if row.get(name)}
        for name, cell in row.items():
            if isinstance(cell, str) and name not in ("id", "support"):
                self.texts.append(" ".join(cell.replace("_", " ").split()))
                self.numbers |= set(read_numbers(cell))
            elif isinstance(cell, int | float) and not name.startswith("source_"):
                self.numbers |= {float(cell), float(cell) / 1000}


def _spread(level: str) -> set[str]:
    if level == "whole":
        return set(DISPLAY.segments)
    return {level, *ZONES.get(level, ())}


def read_numbers(text: str) -> Iterator[float]:
    """The numbers of a text; each part of what is no single number."""
    for word in NUMBER.findall(text):
        plain = word.replace(",", ".")
        yield from map(float, [plain] if plain.count(".") < 2 else re.split(r"\.", plain))


class Tracer:
    """Holds the rows of one study against its report."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._named = {f"observations:{row['id']}": row for row in rows["observations"]}
        for table in ("context", "review", "criteria", "corrections"):
            for number, row in enumerate(rows[table], 1):
                self._named[f"{table}:{number}"] = row

    def find_untraced(self, report: Report) -> list[str]:
        """Everything that the report says and its rows do not, in words."""
        wrong = [f"owner: {each}" for each in self._check(report.owner, None)]
        if report.note.text != WORDS.intended_use:
            wrong.append("the note is not that of the table")
        leg: str | None = None
        for block in report.blocks:
            if isinstance(block, Heading):
                leg = _leg_of(block.text)
            elif isinstance(block, Statement):
                leg = _leg_of(block.label) or leg
                wrong += self._check(block, leg)
            else:
                said = block.lines if isinstance(block, Table) else block.statements
                for each in said:
                    if not isinstance(each, str):
                        label = getattr(each, "label", "")
                        wrong += self._check(each, _leg_of(label) or leg)
        return wrong

    def _check(self, said: Statement | Line, leg: str | None) -> list[str]:
        text = " | ".join(said.cells) if isinstance(said, Line) else said.text
        if said.kind == "fixed":
            return [f"fixed words: {text}"]
        if said.kind == "silent":
            return [f"{text}: {why}" for why in self._check_silence(said, leg)]
        missing = [ref for ref in said.basis if ref not in self._named]
        if missing or not said.basis:
            study = self._rows["_studies"][0]["study"]
            alone = not said.basis and text.rpartition(" · ")[2] == study
            return [] if alone else [f"{text}: rests on nothing {missing}"]
        found = Found()
        for ref in said.basis:
            found.add(self._named[ref])
        study = self._rows["_studies"][0]
        found.add({key: study[key] for key in ("study", "patient_id", "exam_date", "birth_date")})
        found.numbers |= {float(str(n)) for n in self._list_counts(leg)}
        unsaid = " ".join(UNSAID_VEINS.findall(text))
        wrong = [*check_words(text, found, leg), *self._contradict(unsaid, set(), leg)]
        return [f"{text}: {why}" for why in wrong]

    def _list_counts(self, leg: str | None) -> list[object]:
        rows = [row for row in self._rows["legs"] if row["leg"] == leg]
        counts = [row["perforators_pathologic"] for row in rows]
        return [count for count in counts if count is not None]

    def _check_silence(self, said: Statement | Line, leg: str | None) -> Iterator[str]:
        """What is said to be missing and is not; levels of a line count with its vein."""
        if isinstance(said, Line):
            named = LEVEL.findall(said.cells[1])
            levels = {LEVELS.get(name) or LEVELS[name.lower()] for name in named}
            yield from self._contradict(said.cells[0], levels, leg)
        elif said.label in FACTS:
            facts = [row for row in self._rows["context"] if row["fact"] == FACTS[said.label]]
            if any(row["leg"] in (leg, None) or leg is None for row in facts):
                yield "the fact is stated"
        elif said.label in TOPICS:
            veins, properties = TOPICS[said.label]
            if said.text == WORDS.not_as_whole:
                veins &= {"DEEP", "SUPERFICIAL"}
            for row in self._list_counted(leg):
                if row["property"] in properties and (not veins or row["vein"] in veins):
                    yield f"{row['vein']} {row['property']} is stated"
        else:
            yield from self._check_fixed_silence(said, leg)

    def _check_fixed_silence(self, said: Statement, leg: str | None) -> Iterator[str]:
        words: dict[str, Sequence[object]] = {
            WORDS.no_review: [r for r in self._rows["review"] if r["decision"] is None],
            WORDS.no_leg_row: self._list_counted(leg),
        }
        missing = [row for row in self._rows["completeness"] if row["state"] == "missing"]
        if words.get(said.text, [] if missing else [said]):
            yield "something is stated"

    def _list_counted(self, leg: str | None) -> list[Mapping[str, object]]:
        """What is stated of a leg in this exam."""
        return [
            row
            for row in self._rows["observations"]
            if row["leg"] == leg
            and row["temporality"] == "current"
            and "other_method" not in str(row["flags"])
        ]

    def _contradict(self, veins: str, levels: set[str], leg: str | None) -> Iterator[str]:
        named = {BY_NAME[name.lower()] for name in VEIN.findall(veins)}
        if "Perforators" in veins:
            named |= PERFORATORS
        for row in self._list_counted(leg):
            about = row["vein"] in named and row["property"] in REFLUX
            if about and (not levels or row["segment"] in levels):
                yield f"{row['vein']} {row['segment']} is stated"


def check_words(text: str, found: Found, leg: str | None) -> Iterator[str]:
    """The numbers, veins, levels, legs and claims of a text that its rows do not hold."""
    told = UNSAID.sub("", text)
    plain = re.sub(r"“[^”]*”", "", told)
    for number in read_numbers(re.sub(r"EHIT \d|C\d\w*", "", told)):
        if not any(abs(number - known) < 1e-6 for known in found.numbers):
            yield f"number {number}"
    yield from _check_places(plain, found)
    for side in LEG.findall(plain):
        if side.lower() not in found.legs | ({leg} if leg else set()) and not _is_said(side, found):
            yield f"leg {side}"
    yield from _check_claims(plain, found)


def _check_places(plain: str, found: Found) -> Iterator[str]:
    known = set(found.veins)
    for some, others in ALIKE:
        known |= others if known & some else set()
    for name in VEIN.findall(plain):
        if BY_NAME[name.lower()] not in known and not _is_said(name, found):
            yield f"vein {name}"
    for name in LEVEL.findall(VEIN.sub("", plain)):
        code = LEVELS.get(name) or LEVELS[name.lower()]
        if code not in found.levels and not _is_said(name, found):
            yield f"level {name}"


def _check_claims(plain: str, found: Found) -> Iterator[str]:
    for words, properties in CLAIMS.items():
        if words in plain and not found.properties & set(properties) and not _is_said(words, found):
            yield f"claim {words!r}"


def _is_said(word: str, found: Found) -> bool:
    return any(word.lower() in text.lower() for text in found.texts)


def _leg_of(text: str) -> str | None:
    sides = LEG.findall(text)
    return sides[0].lower() if sides else None
