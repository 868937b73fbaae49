"""The lines under the picture: what is told in words, and what nothing is said about."""

from __future__ import annotations

from collections.abc import Iterable

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.knowledge.schema_drawing import VeinMapTable
from ultrasound.write.drawing.marks import LegPlan
from ultrasound.write.drawing.words import write_facts, write_place

NOTHING = "nothing"


def write_notes(plan: LegPlan, table: VeinMapTable, display: DisplayTable) -> list[tuple[str, str]]:
    """The id and the words of each row that has no place in the picture."""
    return [
        (mark.id, f"{_capital(place)}: {write_facts(mark.row, table, display)}.")
        for mark in plan.marks
        if mark.kind == "note" and (place := write_place(mark.row, table, display))
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def write_silence(plan: LegPlan, table: VeinMapTable) -> list[str]:
    """What is drawn with dots, and what is not drawn at all."""
    told = {mark.vein for mark in plan.marks}
    quiet = [_name_silent(vein, plan, table) for vein in plan.drawn]
    absent = [vein for veins in table.veins.values() for vein in veins if vein not in plan.drawn]
    missing = [vein for vein in absent if vein not in told]
    if not told & {*table.perforators}:
        missing.append("perforators")
    if not told & {*table.varicose}:
        missing.append("varicosities")
    return [
        f"Reflux not stated: {_list(part for part in quiet if part)}.",
        f"Not mentioned, not drawn: {_list(missing)}.",
    ]


def _name_silent(vein: str, plan: LegPlan, table: VeinMapTable) -> str:
    """The vein where nothing is said of any of its reflux, else its silent levels."""
    drawn = plan.drawn[vein]
    unsaid = {
        piece
        for mark in plan.marks
        if mark.vein == vein and mark.status == "not_stated"
        for piece in mark.pieces
    }
    unsaid |= {*plan.silent[vein]}
    spoken = {
        piece
        for mark in plan.marks
        if mark.vein == vein and mark.status != "not_stated"
        for piece in mark.pieces
    }
    levels = [piece for piece in drawn if piece in unsaid - spoken]
    if len(levels) == len(drawn):
        named = any(m.vein == vein and m.status != "not_stated" for m in plan.marks)
        return f"levels of {vein}" if named else vein
    return f"{vein} {_join_levels(levels, drawn, table)}" if levels else ""


def _join_levels(levels: list[str], drawn: tuple[str, ...], table: VeinMapTable) -> str:
    """Neighbouring levels as a run: "knee–dist calf"."""
    runs: list[list[str]] = []
    for piece in levels:
        if runs and drawn.index(runs[-1][-1]) + 1 == drawn.index(piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    names = [[table.short.get(piece, piece) for piece in (run[0], run[-1])] for run in runs]
    return " and ".join(a if a == b else f"{a}–{b}" for a, b in names)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or NOTHING
