"""Reflux times recomputed from the calipers that they were measured with.

Time is the horizontal distance of the points times the seconds per pixel of their region (DICOM
C.8.5.5). The sign of the scale is not used: makers differ in it, and an operator may invert the
display. No pixel is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Final

from ultrasound.assess.figures import measure, reaches, rounding, write_quantity
from ultrasound.domain import (
    Caliper,
    CaliperCheck,
    ContentNode,
    Document,
    Header,
    Observation,
    Quantity,
    Region,
    ReviewItem,
)
from ultrasound.numerals import write_number

SECONDS: Final = 4  # PhysicalUnitsXDirection
# Of several regions with a time axis at one point the trace itself, then M-mode, then others.
FORMATS: Final = (3, 2, 4)
LINES: Final = ("POLYLINE", "MULTIPOINT")
PIXELS_OFF: Final = 2
NO_IMAGE: Final = "the image is not among the files of the study"
NO_POINTS: Final = "its points cannot be read"
NO_LINE: Final = "it is no line between points"
NO_TIME_AXIS: Final = "the image has no region with a time axis"
OUTSIDE: Final = "a point lies outside the regions with a time axis"
APART: Final = "its points lie in regions with different scales"
NO_FRAME: Final = "the frame is not named, and the scale differs from frame to frame"


@dataclass(frozen=True, slots=True)
class Line:
    """Points on an image, and the frame that they lie on where the source names it."""

    shape: str
    points: tuple[tuple[float, float], ...]
    frame: int | None


@dataclass
class Bench:
    """The images and the points of one study, to measure times with."""

    images: Mapping[str, Header] = field(default_factory=dict)
    lines: Mapping[Caliper, Line] = field(default_factory=dict)

    def check(self, shown: Observation, measured: Observation) -> CaliperCheck | None:
        """The calipers of ``measured`` against the time that ``shown`` states.

        None where no calipers belong to it. Of several the first that confirms, else the first.
        """
        found = [self._check(shown, caliper) for caliper in list_calipers(measured)]
        confirmed = (check for check in found if check.verdict == "confirmed")
        return next(confirmed, found[0] if found else None)

    def _check(self, shown: Observation, caliper: Caliper) -> CaliperCheck:
        try:
            span, scale = self._measure(caliper)
        except _CannotVerifyError as reason:
            return CaliperCheck(caliper, "cannot_verify", str(reason))
        ms = Decimal(write_number(span * scale * 1000))
        stated, slack = measure(shown), PIXELS_OFF * scale * 1000
        if stated.comparator == "=":
            slack = max(slack, rounding(shown))
        verdict = "confirmed" if reaches(stated, ms, slack) else "differs"
        time = write_quantity(Quantity(ms, "ms"))
        return CaliperCheck(
            caliper, verdict, f"{write_number(span)} px × {write_number(scale)} s = {time}", ms
        )

    def _measure(self, caliper: Caliper) -> tuple[Decimal, Decimal]:
        """The horizontal distance in pixels, and the seconds per pixel."""
        header, line = self.images.get(caliper.image), self.lines.get(caliper)
        if header is None:
            raise _CannotVerifyError(NO_IMAGE)
        if line is None or len(line.points) <= 1:
            raise _CannotVerifyError(NO_POINTS)
        if line.shape not in LINES:
            raise _CannotVerifyError(NO_LINE)
        columns = [column for column, _ in line.points]
        if not all(isfinite(number) for point in line.points for number in point):
            raise _CannotVerifyError(NO_POINTS)
        scales = {_find_scale(point, line.frame, header) for point in line.points}
        if len(scales) > 1:
            raise _CannotVerifyError(APART)
        return Decimal(str(max(columns))) - Decimal(str(min(columns))), scales.pop()


class _CannotVerifyError(Exception):
    """Why no time can be computed."""


def set_up_bench(documents: Iterable[Document]) -> Bench:
    """Gather the images and the lines on them."""
    images: dict[str, Header] = {}
    lines: dict[Caliper, Line] = {}
    for document in documents:
        if document.kind == "us_image" and document.header is not None:
            images.setdefault(document.header.sop_instance_uid, document.header)
        if document.tree is not None:
            lines.update(_find_lines(document.tree, document.name))
    return Bench(images, lines)


def list_calipers(observation: Observation) -> list[Caliper]:
    """The calipers that a value was measured with."""
    found = (support.origin for support in observation.support if support.role == "caliper")
    return [origin for origin in found if isinstance(origin, Caliper)]


def list_caliper_review(
    checks: Iterable[tuple[Observation, CaliperCheck]],
) -> Iterator[ReviewItem]:
    """One item for each reported time that its own calipers do not bear out."""
    for observation, check in checks:
        if check.verdict != "differs" or check.ms is None:
            continue
        stated, place = measure(observation), observation.place
        off = write_quantity(Quantity(abs(check.ms - stated.value), "ms"))
        where = " ".join(str(word) for word in (place.leg, place.vein, place.segment) if word)
        yield ReviewItem(
            observation.document,
            place.leg,
            place.vein,
            "conflict",
            f"{where}: the reflux time of {write_quantity(stated)} differs by {off} from its "
            f"calipers on the image ({check.reason}).".replace("_", " "),
            segment=place.segment,
            origins=(observation.source, check.caliper),
        )


def _find_lines(node: ContentNode, document: str) -> Iterator[tuple[Caliper, Line]]:
    for child in node.children:
        if node.kind == "SCOORD" and child.image is not None:
            caliper = Caliper(document, child.image, node.path)
            yield caliper, Line((node.value or "").upper(), node.points, child.frame)
        yield from _find_lines(child, document)


def _find_scale(point: tuple[float, float], frame: int | None, header: Header) -> Decimal:
    """Seconds per pixel at a point: of the regions that hold it, chosen by unit, then by format."""
    timed = [region for region in header.regions if _has_time_axis(region)]
    if not timed:
        raise _CannotVerifyError(NO_TIME_AXIS)
    holding = [region for region in timed if _holds(region, point)]
    if frame is not None:
        holding = [region for region in holding if region.frame in (None, frame)]
    if not holding:
        raise _CannotVerifyError(OUTSIDE)
    best = min(_rank(region) for region in holding)
    scales = {Decimal(str(abs(region.delta_x))) for region in holding if _rank(region) == best}
    if len(scales) > 1:
        varying = frame is None and any(region.frame is not None for region in holding)
        raise _CannotVerifyError(NO_FRAME if varying else APART)
    return scales.pop()


def _has_time_axis(region: Region) -> bool:
    return region.units_x == SECONDS and region.delta_x != 0 and isfinite(region.delta_x)


def _holds(region: Region, point: tuple[float, float]) -> bool:
    column, row = point
    return region.min_x <= column <= region.max_x + 1 and region.min_y <= row <= region.max_y + 1


def _rank(region: Region) -> tuple[bool, int]:
    """The region of a frame of its own comes before that of all frames."""
    known = region.spatial_format in FORMATS
    return region.frame is None, FORMATS.index(region.spatial_format) if known else len(FORMATS)


def find_checks(
    observations: Sequence[Observation], bench: Bench
) -> list[tuple[Observation, CaliperCheck]]:
    """Each reported reflux time with its own calipers."""
    timed = (o for o in observations if isinstance(o.value, Quantity) and o.value.unit == "ms")
    return [(o, check) for o in timed if (check := bench.check(o, o)) is not None]
