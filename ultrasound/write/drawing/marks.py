"""What is drawn for each row of a leg: a line, a name, a badge, a disc, a cluster, or a note.

Every row becomes exactly one mark. Where rows speak of one place at different breadth, the
narrowest owns the line there. A row that owns no place shows at the vein's name: as the plain name
where its levels show what it says, else as a badge in the colour of its status.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ultrasound.knowledge.schema_drawing import Point, Site, VeinMapTable, View
from ultrasound.write.drawing.words import read_thrombus, split_codes

Row = Mapping[str, object]
Kind = Literal["line", "name", "badge", "disc", "cluster", "note"]
_SIDE_WORDS = {"lateral": "lateral", "posterior": "posterior", "anterior": "anterior"}


@dataclass(frozen=True)
class Mark:
    """How one row is shown.

    ``pieces`` are the segments of a line, ``rank`` the number of the trunk, from 0;
    ``at`` is the place of a disc or cluster, ``site`` the code of a perforator's site.
    """

    id: str
    row: Row
    kind: Kind
    view: View | None = None
    pieces: tuple[str, ...] = ()
    rank: int = 0
    at: Point | None = None
    site: str | None = None

    @property
    def vein(self) -> str:
        """The vein's code."""
        return str(self.row["vein"])

    @property
    def status(self) -> str:
        """The status code."""
        return str(self.row["status"])

    @property
    def thrombus(self) -> str | None:
        """The kind of thrombus, None where none is stated."""
        return read_thrombus(self.row)


@dataclass
class LegPlan:
    """All marks of a leg; the segments drawn of each vein, and those of them without a row."""

    leg: str
    marks: list[Mark] = field(default_factory=list)
    drawn: dict[str, tuple[str, ...]] = field(default_factory=dict)
    silent: dict[str, tuple[str, ...]] = field(default_factory=dict)


def name_mark(row: Row) -> str:
    """The id of a row's element: "right-GSV-mid_thigh", with the number of an item behind it."""
    item = row.get("item")
    number = "" if item is None else f"-{int(str(item))}"
    return f"{row['leg']}-{row['vein']}-{row.get('segment') or 'vein'}{number}"


def plan_leg(leg: str, rows: Sequence[Row], table: VeinMapTable) -> LegPlan:
    """Decide what is drawn for each row of one leg."""
    plan = LegPlan(leg)
    by_vein: dict[str, list[Row]] = {}
    for row in rows:
        by_vein.setdefault(str(row["vein"]), []).append(row)
    lines = {vein: by_vein.get(vein, []) for vein in table.always}
    lines |= {vein: own for vein, own in by_vein.items() if table.view_of(vein)}
    for vein, own in lines.items():
        _plan_lines(plan, vein, own, table)
    perforators = [row for vein in table.perforators for row in by_vein.get(vein, ())]
    plan.marks += _plan_discs(perforators, table)
    plan.marks += _plan_clusters(by_vein, table, beside="PASV" in plan.drawn)
    marked = {mark.id for mark in plan.marks}
    rest = [row for row in rows if name_mark(row) not in marked]
    plan.marks += [Mark(name_mark(row), row, "note") for row in rest]
    return plan


def plan_notes(leg: str, rows: Iterable[Row]) -> LegPlan:
    """A leg that is only told in words, because it was looked at for comparison."""
    return LegPlan(leg, [Mark(name_mark(row), row, "note") for row in rows])


def _plan_lines(plan: LegPlan, vein: str, rows: Sequence[Row], table: VeinMapTable) -> None:
    view = table.view_of(vein)
    assert view is not None
    names = tuple(table.veins[view][vein])
    owners: dict[tuple[int, str], str] = {}
    claims = {name_mark(row): _claim(row, names, table) for row in rows}
    ranks = _rank_trunks(rows, claims)
    for row in sorted(rows, key=lambda row: len(claims[name_mark(row)])):
        for piece in claims[name_mark(row)]:
            owners.setdefault((ranks[row.get("item")], piece), name_mark(row))
    placeless = []
    for row in rows:
        mark, rank = name_mark(row), ranks[row.get("item")]
        owned = tuple(p for p in names if owners.get((rank, p)) == mark)
        if owned:
            plan.marks.append(Mark(mark, row, "line", view, owned, rank))
        else:
            placeless.append(row)
    worst = {look.code: number for number, look in enumerate(table.status)}
    placeless.sort(key=lambda row: (_is_filled(row, rows), -worst.get(str(row["status"]), 0)))
    for number, row in enumerate(placeless):
        kind: Kind = "name" if _is_filled(row, rows) else "badge"
        plan.marks.append(Mark(name_mark(row), row, "note" if number else kind, view))
    told = {piece for _, piece in owners}
    plan.drawn[vein] = _choose_drawn(vein, names, told, table)
    plan.silent[vein] = tuple(piece for piece in plan.drawn[vein] if piece not in told)


def _is_filled(row: Row, rows: Iterable[Row]) -> bool:
    """Whether the vein's levels show what a wider statement says, because it speaks for them."""
    return any(
        "from_vein" in split_codes(other, "flags")
        and other["status"] == row["status"]
        and read_thrombus(other) == read_thrombus(row)
        for other in rows
    )


def _rank_trunks(rows: Sequence[Row], claims: Mapping[str, tuple[str, ...]]) -> dict[object, int]:
    """The number of each trunk; what names none is of the first, unless both tell of a place."""
    places: dict[object, set[str]] = {}
    for row in rows:
        places.setdefault(row.get("item"), set()).update(claims[name_mark(row)])
    items = sorted((item for item in places if item is not None), key=lambda item: int(str(item)))
    unnamed = places.get(None, set())
    apart = bool(items) and not unnamed.isdisjoint(places[items[0]])
    return {None: 0, **{item: number + apart for number, item in enumerate(items)}}


def _claim(row: Row, names: tuple[str, ...], table: VeinMapTable) -> tuple[str, ...]:
    """The segments that a row speaks of; none where its level is not stated."""
    segment = row.get("segment")
    if segment in names:
        return (str(segment),)
    if segment == "whole" or (segment is None and names == ("whole",)):
        return names
    zone = table.zones.get(str(segment), ())
    return tuple(name for name in names if name in zone)


def _choose_drawn(
    vein: str, names: tuple[str, ...], told: set[str], table: VeinMapTable
) -> tuple[str, ...]:
    """All of a vein that is always drawn, others from the junction to the last stated segment."""
    if vein in table.always:
        return names
    places = [names.index(name) for name in told]
    if vein in table.from_below:
        return names[min(places) :] if places else names
    if not places:
        to = table.unplaced_to
        return names[: names.index(to) + 1] if to in names else names
    return names[: max(places) + 1]


def _plan_discs(rows: Iterable[Row], table: VeinMapTable) -> list[Mark]:
    taken: set[str] = set()
    marks = []
    for row in sorted(rows, key=lambda row: not _named_site(row, table)):  # named sites first
        found = [code for code in _find_sites(row, table) if code not in taken]
        if found:
            taken.add(found[0])
            site = table.site[found[0]]
            mark = Mark(name_mark(row), row, "disc", site.view, at=site.at, site=found[0])
            marks.append(mark)
    return marks


def _find_sites(row: Row, table: VeinMapTable) -> Sequence[str]:
    """The sites that a perforator may be drawn at, best first."""
    named = _named_site(row, table)
    if named:
        return (named,)
    segment, location = str(row.get("segment")), str(row.get("location") or "").lower()
    side = next((side for word, side in _SIDE_WORDS.items() if word in location), None)
    if side is not None:
        level = table.zones.get(segment, (segment,))
        return [
            code
            for code, site in table.site.items()
            if site.side == side and site.segment in level and _fits(row, site)
        ]
    veins = [str(row["vein"])] if row["vein"] in table.site_by_level else table.site_by_level
    return [code for vein in veins for code in table.site_by_level[vein].get(segment, ())]


def _named_site(row: Row, table: VeinMapTable) -> str | None:
    location = str(row.get("location") or "").lower().replace("_", " ")
    found = [
        (len(word), code)
        for code, site in table.site.items()
        for word in site.words
        if word in location and _fits(row, site)
    ]
    return max(found)[1] if found else None


def _fits(row: Row, site: Site) -> bool:
    return row["vein"] in (site.vein, "PERF")


def _plan_clusters(
    by_vein: Mapping[str, Sequence[Row]], table: VeinMapTable, *, beside: bool
) -> list[Mark]:
    marks = []
    taken: set[Point] = set()
    for vein in (*table.varicose, *table.pelvic):
        for row in by_vein.get(vein, ()):
            for view, at in _find_clusters(row, table, beside=beside):
                if at not in taken:
                    taken.add(at)
                    marks.append(Mark(name_mark(row), row, "cluster", view, at=at))
                    break
    return marks


def _find_clusters(row: Row, table: VeinMapTable, *, beside: bool) -> list[tuple[View, Point]]:
    if row["vein"] in table.pelvic:
        return [("front", table.pelvic[str(row["vein"])])]
    segment = str(row.get("segment"))
    segment = table.cluster_by_zone.get(segment, segment)
    location = str(row.get("location") or "").lower()
    views: tuple[View, ...] = ("back",) if "poster" in location else ("front", "back")
    found = [
        (view, places[segment]) for view in views if segment in (places := table.cluster[view])
    ]
    if beside and segment in table.cluster_beside_pasv:
        found = [(v, table.cluster_beside_pasv[segment] if v == "front" else p) for v, p in found]
    return found
