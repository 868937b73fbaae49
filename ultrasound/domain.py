"""The nouns of the field: frozen values that are valid once they are built.

Only the standard library is used here. Veins, segments, properties and coded values are the
codes of the observation contract (docs/contract.md); the knowledge tables hold what they mean.
Offsets count Unicode code points and are half-open: ``text[start:end] == quote``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal


class Leg(StrEnum):
    """The side of the body that a statement is about."""

    RIGHT = "right"
    LEFT = "left"

    @property
    def other(self) -> Leg:
        """The contralateral leg."""
        return Leg.LEFT if self is Leg.RIGHT else Leg.RIGHT


class Assertion(StrEnum):
    """How sure the source is; a negated finding is a value, not an assertion."""

    AFFIRMED = "affirmed"
    UNCERTAIN = "uncertain"


class Temporality(StrEnum):
    """Whether a fact is of this exam or repeated from an earlier one."""

    CURRENT = "current"
    PRIOR = "prior"


class Verdict(StrEnum):
    """The answer of one criterion about one place."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_SAY = "cannot_say"


COMPARATORS: Final = ("=", "<", "<=", ">", ">=", "~")
UNITS: Final = ("ms", "mm", "cm/s")
SECTIONS: Final = (
    "indication",
    "history",
    "technique",
    "comparison",
    "findings",
    "impression",
    "recommendation",
)
DISMISSAL_RULES: Final = (
    "threshold",
    "plan",
    "question",
    "history",
    "equipment",
    "drug_or_pressure",
    "distance",
    "date_or_id",
    "other_structure",
    "other_method",
    "template_blank",
    "unspecific",
)
SEVERITIES: Final = ("high", "medium", "low")  # worst first
REVIEW_SEVERITY: Final[Mapping[str, str]] = {
    "identity_mismatch": "high",
    "leg_conflict": "high",
    "leg_missing": "high",
    "acute_thrombus": "high",
    "text_vs_dicom": "high",
    "conflict": "high",
    "program_failed": "high",
    "vein_ambiguous": "medium",
    "unit_missing": "medium",
    "out_of_range": "medium",
    "no_vein_named": "medium",
    "truncated": "medium",
    "date_ambiguous": "medium",
    "joined_by_folder": "medium",
    "unread": "low",
    "unit_assumed": "low",
    "misspelt": "low",
}
LONGEST_QUOTE: Final = 300


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Words of a document; ``part`` names the item inside a container, None for plain text."""

    document: str
    part: str | None
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise ValueError(f"not a span: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class ContentItem:
    """An item of a DICOM structured report, by its path ("1.3.2.5"), with its code and words."""

    document: str
    path: str
    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class HeaderElement:
    """A DICOM header element, as "(gggg,eeee)"."""

    document: str
    tag: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Caliper:
    """Points on a calibrated image: the image's SOP Instance UID and the item that holds them."""

    document: str
    image: str
    path: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A physician's correction, by the row of the review sheet."""

    row: str


Origin = TextSpan | ContentItem | HeaderElement | Caliper | Reviewer


@dataclass(frozen=True, slots=True)
class Support:
    """Where the leg, vein, segment, unit or assertion of a fact stands, or the fact's repeat."""

    role: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a leg: codes of the contract, ``None`` where the source does not say."""

    leg: Leg | None
    vein: str
    segment: str | None = None
    item: int | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured value in ms, mm or cm/s, with the bound or range that the source gives.

    ``attained`` marks an upper bound that was reached ("up to 1.5 s").
    """

    value: Decimal
    unit: str
    comparator: str = "="
    upper: Decimal | None = None
    attained: bool = False

    def __post_init__(self) -> None:
        if self.comparator not in COMPARATORS:
            raise ValueError(f"not a comparator: {self.comparator!r}")
        if self.unit not in UNITS:
            raise ValueError(f"not a unit of the contract: {self.unit!r}")
        if not self.value.is_finite() or self.value < 0:
            raise ValueError("a measured value is finite and not negative")
        if self.upper is not None and self.upper < self.value:
            raise ValueError("the upper end of a range is below its lower end")

    @property
    def interval(self) -> tuple[Decimal, Decimal | None, bool, bool]:
        """The values it can have: low, high (None: open), and whether each end is excluded.

        ``~`` is taken as ten per cent either way: inside that band no test is decided.
        """
        if self.upper is not None:
            return self.value, self.upper, False, False
        if self.comparator == "~":
            return self.value * 9 / 10, self.value * 11 / 10, False, False
        if self.comparator == "=" or (self.comparator == "<=" and self.attained):
            return self.value, self.value, False, False
        if self.comparator in (">", ">="):
            return self.value, None, self.comparator == ">", False
        return Decimal(0), self.value, False, self.comparator == "<"

    def holds(self, test: Literal[">", ">=", "<", "<="], limit: Decimal) -> bool | None:
        """Whether ``value test limit`` is true for all it can be, for none, or undecided (None)."""
        if self.comparator == "~":
            near = abs(self.value - limit) <= limit / 10
            return None if near else _compare(self.value, test, limit)
        low, high, low_out, high_out = self.interval
        if test in (">", ">="):
            if low > limit or (low == limit and (test == ">=" or low_out)):
                return True
            if high is not None and (high < limit or (high == limit and (test == ">" or high_out))):
                return False
            return None
        inverse: Literal[">", ">="] = ">=" if test == "<" else ">"
        answer = self.holds(inverse, limit)
        return None if answer is None else not answer


def _compare(value: Decimal, test: str, limit: Decimal) -> bool:
    return {
        ">": value > limit,
        ">=": value >= limit,
        "<": value < limit,
        "<=": value <= limit,
    }[test]


@dataclass(frozen=True, slots=True)
class Observation:
    """One property of one place in one source. A measured value is a Quantity, others a code."""

    place: Place
    property: str
    value: Quantity | str
    source: Origin
    document: str
    assertion: Assertion = Assertion.AFFIRMED
    temporality: Temporality = Temporality.CURRENT
    derivation: str | None = None
    count: int = 1
    support: tuple[Support, ...] = ()
    section: str | None = None
    expanded: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A fact of the study, the leg or the report ("position" is "standing").

    ``kind``: what a fact that is told in the report's own words is about ("iron", "evening").
    """

    leg: Leg | None
    fact: str
    value: str
    source: Origin
    document: str
    assertion: Assertion = Assertion.AFFIRMED
    section: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Seen, understood and deliberately no observation, by one rule of the closed list."""

    document: str
    origin: Origin
    rule: str

    def __post_init__(self) -> None:
        if self.rule not in DISMISSAL_RULES:
            raise ValueError(f"not a rule of the contract: {self.rule!r}")


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Something that a person has to decide, with the places that it rests on."""

    document: str
    leg: Leg | None
    vein: str | None
    code: str
    message: str
    segment: str | None = None
    origins: tuple[Origin, ...] = ()
    suggestion: str | None = None

    def __post_init__(self) -> None:
        if self.code not in REVIEW_SEVERITY:
            raise ValueError(f"not a review code: {self.code!r}")

    @property
    def severity(self) -> str:
        """The code's severity: high, medium or low."""
        return REVIEW_SEVERITY[self.code]


@dataclass(frozen=True, slots=True)
class Problem:
    """What happened to a file that could not be used; the message holds no report text."""

    path: str
    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Code:
    """A coded concept of DICOM: value, scheme, meaning."""

    value: str
    scheme: str
    meaning: str = ""

    def __str__(self) -> str:
        return f"({self.value}, {self.scheme}, {self.meaning})"


@dataclass(frozen=True, slots=True)
class ContentNode:
    """One item of a structured-report tree.

    ``value`` is the text of TEXT, PNAME, DATE … items, the number as written of NUM items and the
    graphic type of SCOORD items; ``code`` the value of CODE items; ``unit`` the unit of NUM items;
    ``image`` the SOP Instance UID of IMAGE items and ``frame`` the frame that they name;
    ``points`` the (column, row) pairs of SCOORD items.
    """

    path: str
    kind: str
    relationship: str
    name: Code | None
    value: str | None = None
    code: Code | None = None
    unit: Code | None = None
    image: str | None = None
    frame: int | None = None
    points: tuple[tuple[float, float], ...] = ()
    children: tuple[ContentNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """An ultrasound region of an image (DICOM C.8.5.5), its corner in pixels.

    ``delta_x`` is in ``units_x`` per pixel; DICOM's enumerations are kept as numbers
    (units 3 cm, 4 s, 5 Hz, 7 cm/s; format 3 spectral). ``frame`` counts from 1 and is None for a
    region of all frames; ``transducer_khz`` is the frequency of the transducer.
    """

    spatial_format: int
    data_type: int
    min_x: int
    min_y: int
    max_x: int
    max_y: int
    units_x: int
    units_y: int
    delta_x: float
    delta_y: float
    doppler_angle: float | None = None
    transducer_khz: float | None = None
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a DICOM object says of its patient, its exam and itself; None where it does not.

    ``anatomy`` holds the coded regions with their modifiers, ``descriptions`` the words of other
    elements by keyword, both in the order of trust; ``frame_ms`` is the time from frame to frame.
    """

    sop_class_uid: str
    sop_instance_uid: str
    study_instance_uid: str | None = None
    patient_id: str | None = None
    issuer: str | None = None
    patient_name: str | None = None
    birth_date: str | None = None
    study_date: str | None = None
    accession: str | None = None
    accession_issuer: str | None = None
    modality: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    laterality: Leg | None = None
    anatomy: tuple[Code, ...] = ()
    descriptions: tuple[tuple[str, str], ...] = ()
    frames: int = 1
    frame_ms: float | None = None
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class TextPart:
    """One text of a document.

    ``part`` is None for a plain text file; ``heading`` is what its container calls it (the
    concept name of a TEXT item, the title of a page); ``offset`` is where it begins in the stored
    text, other than 0 for the second report of one file. Spans count in the stored text.
    """

    part: str | None
    text: str
    heading: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One report or DICOM object, read once and never changed afterwards.

    ``name`` is the input's path in the contract's form, ``sha256`` the hash of what was read,
    ``kind`` one of DOCUMENT_KINDS, ``exam`` the kind of exam that its text reports
    (EXAM_KINDS), None where it has no report text.
    """

    name: str
    sha256: str
    kind: str
    exam: str | None = None
    texts: tuple[TextPart, ...] = ()
    header: Header | None = None
    tree: ContentNode | None = None


EXAM_KINDS: Final = ("insufficiency", "dvt", "mapping", "post_procedure")
DOCUMENT_KINDS: Final = (
    "text",
    "us_image",
    "sr",
    "text_sr",
    "pdf",
    "cda",
    "presentation",
    "other_dicom",
)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """The fate of one input path: a row of the Files table.

    ``used`` is False with a ``code`` and a ``reason`` for what gave no row; ``failed`` tells a
    file that should have been usable (exit status 1) from one that is not ours or only clutter.
    """

    path: str
    sha256: str | None
    hash_scope: str | None
    kind: str
    study: str | None = None
    joined_by: str | None = None
    used: bool = False
    code: str | None = None
    reason: str | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document."""

    observations: tuple[Observation, ...] = ()
    context: tuple[Context, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    review: tuple[ReviewItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """One exam of one patient with its documents; the issuer is who gave the patient's number."""

    key: str
    documents: tuple[Document, ...]
    patient_id: str | None = None
    patient_name: str | None = None
    birth_date: str | None = None
    exam_date: str | None = None
    accession: str | None = None
    patient_issuer: str | None = None


@dataclass(frozen=True, slots=True)
class CaliperCheck:
    """A reflux time recomputed from the points that it was measured with.

    ``verdict`` is ``confirmed``, ``differs`` or ``cannot_verify``; ``ms`` is None where no time can
    be computed; ``reason`` shows the sum, or why there is none.
    """

    caliper: Caliper
    verdict: str
    reason: str
    ms: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """What an image shows by its own header, each with the element that says it."""

    leg: Leg | None = None
    vein: str | None = None
    segment: str | None = None
    support: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageEvidence:
    """An image with what it shows and the times that were measured on it."""

    document: str
    header: Header
    place: ImagePlace
    checks: tuple[tuple[Observation, CaliperCheck], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A criterion's answer about one place; without proof it is CANNOT_SAY.

    Proof are observations, or for what a report says of patient and exam, ``context``.
    """

    leg: Leg
    criterion: str
    vein: str
    verdict: Verdict
    found: str
    asked: str
    reason: str
    reference: str
    edition: str
    verified: bool
    segment: str | None = None
    item: int | None = None
    observations: tuple[Observation, ...] = ()
    context: tuple[Context, ...] = ()

    def __post_init__(self) -> None:
        if not (self.observations or self.context) and self.verdict is not Verdict.CANNOT_SAY:
            raise ValueError("a verdict without observations can only be cannot_say")


@dataclass(frozen=True, slots=True)
class SegmentEvidence:
    """The state of one vein segment (or vein, where no segment is stated) and what it rests on.

    ``status`` is a code of the tables contract; ``from_vein`` is True where a statement about
    the whole vein answered for it; ``cells`` are the measured and coded cells of its row.
    """

    leg: Leg
    vein: str
    segment: str | None
    item: int | None
    status: str
    observations: tuple[Observation, ...] = ()
    from_vein: bool = False
    flags: tuple[str, ...] = ()
    reason: str = ""
    cells: Mapping[str, str | Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """Whether a report holds one thing that a complete one does, and what shows it.

    ``state`` is ``present``, ``missing`` or ``not_applicable``.
    """

    item: str
    tier: str
    state: str
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class LegEvidence:
    """What is known of one leg in one exam.

    ``columns`` are the cells of the legs table; ``proof`` gives the observations behind each.
    """

    leg: Leg
    examined: str
    segments: tuple[SegmentEvidence, ...]
    evidence: tuple[Evidence, ...]
    columns: Mapping[str, str | Decimal | int | None] = field(default_factory=dict)
    sentence: str = ""
    completeness: tuple[ChecklistEntry, ...] = ()
    proof: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RestlessLegs:
    """What the reports of an exam say of restless legs; the veins' evidence stands beside it.

    ``criteria`` and ``contributors`` are pairs of a code and the words; ``note`` says what the
    row is not: no statement of a cause.
    """

    words: tuple[str, ...]
    criteria: tuple[tuple[str, str], ...]
    contributors: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class CodeCandidate:
    """A code that findings may support, for a person to assign or not; ``leg`` None: both."""

    leg: Leg | None
    code: str
    system: str
    title: str
    reason: str
    observations: tuple[Observation, ...] = ()
    context: tuple[Context, ...] = ()
    edition: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A physician's decision, by the id of the observation or the review item that it is about.

    ``decision`` is ``accept``, ``correct``, ``reject`` or ``add``; ``decided`` says when and
    ``workbook`` with ``cell`` where; ``state`` is ``in_force``, ``superseded`` by a later decision,
    or ``not_found``, where a run holds nothing of that id.
    """

    id: str
    decision: str
    observation: str | None
    review: str | None
    leg: Leg | None
    vein: str | None
    segment: str | None
    item: int | None
    property: str | None
    value_from: str | None
    value_to: Quantity | str | None
    initials: str
    decided: str
    workbook: str
    cell: str
    document: str | None = None
    state: str = "in_force"


DECISIONS: Final = ("accept", "correct", "reject", "add")
SET_ASIDE: Final = ("corrected", "rejected")  # flags of facts that a physician replaced or dropped


@dataclass(frozen=True, slots=True)
class Result:
    """One study, read, extracted, reconciled and assessed."""

    study: Study
    observations: tuple[Observation, ...] = ()
    context: tuple[Context, ...] = ()
    legs: tuple[LegEvidence, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    review: tuple[ReviewItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    images: tuple[ImageEvidence, ...] = ()
    restless_legs: RestlessLegs | None = None
    codes: tuple[CodeCandidate, ...] = ()
    corrections: tuple[Correction, ...] = ()
