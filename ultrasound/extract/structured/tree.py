"""Structured-report trees become observations: by code, then by the words of a label.

No standard code exists for a reflux time, so that measurements come under private codes and names
of the user's own. What is understood by neither code nor label goes to review, once per code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from ultrasound.domain import (
    Caliper,
    ContentNode,
    Document,
    Extraction,
    Observation,
    Place,
    Quantity,
    Support,
)
from ultrasound.extract.structured.notes import Notebook
from ultrasound.extract.structured.scene import ReadLabel, Scene, SceneReader
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_dicom import DicomKnowledge, UnitRow

UNIT_OF: Final = {"reflux_time": "ms", "diameter": "mm", "depth": "mm", "velocity": "cm/s"}
LARGEST: Final = Decimal(10) ** 9
LONGEST_LABEL: Final = 80
LATER_RT: Final = re.compile(r"(?<=\s)RT\b")


def extract_structured(
    document: Document, knowledge: Knowledge, read_label: ReadLabel
) -> Extraction:
    """Read the measurements and coded findings of a report tree.

    Text items that stand in ``document.texts`` speak for themselves and are left to the reader of
    free text.

    Args:
        document: the report; one without a tree gives nothing.
        knowledge: the tables.
        read_label: reads the vein, leg, level and quantity words of a short label.
    """
    if document.tree is None:
        return Extraction()
    told = frozenset(part.part for part in document.texts if part.part is not None)
    scenes = SceneReader(document.name, knowledge, read_label)
    reader = _Reader(scenes, told, Notebook(scenes))
    reader.walk(document.tree, Scene())
    return reader.notes.close()


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that was understood, with how it came about and what is doubtful about it."""

    property: str
    value: Quantity | str
    derivation: str | None = None
    flags: tuple[str, ...] = ()


@dataclass
class _Reader:
    scenes: SceneReader
    told: frozenset[str]
    notes: Notebook

    @property
    def codes(self) -> DicomKnowledge:
        return self.scenes.knowledge.dicom

    def walk(self, node: ContentNode, scene: Scene, labels: tuple[ContentNode, ...] = ()) -> None:
        """Read an item and all below it."""
        scene = self.scenes.enter(scene, node)
        if node.kind == "NUM":
            self._read_number(node, scene, labels)
        elif node.kind in ("CODE", "TEXT"):
            self._read_answer(node, scene)
        below = self._find_labels(node)
        for child in node.children:
            if node.kind == "NUM" and child.kind != "NUM":
                continue
            if child not in below:
                self.walk(child, scene, below)

    def _find_labels(self, node: ContentNode) -> tuple[ContentNode, ...]:
        """Text items that name the number beside them, or the number that they stand under."""
        numbers = sum(child.kind == "NUM" for child in node.children)
        return tuple(
            child
            for child in node.children
            if child.kind == "TEXT" and child.value and self._is_label(child, node, numbers)
        )

    def _is_label(self, text: ContentNode, parent: ContentNode, numbers: int) -> bool:
        if self.scenes.role_of(text) == "label":
            return True
        alone = parent.kind == "NUM" or numbers == 1
        return alone and text.path not in self.told and len(text.value or "") <= LONGEST_LABEL

    # --- numbers

    def _read_number(
        self, node: ContentNode, scene: Scene, labels: tuple[ContentNode, ...]
    ) -> None:
        labels = (*labels, *self._find_labels(node))
        words = self._spell_out(node, " ".join(label.value or "" for label in labels))
        if words:
            scene = self.scenes.name_place(scene, words, labels[-1])
        if node.name is not None and self.codes.key(node.name) not in self.codes.quantities:
            scene = self.scenes.name_place(scene, node.name.meaning, node)
        if node.value is None:
            return
        found, rule = self._find_property(node, words), self._find_rule(node, scene)
        if rule is not None and (scene.foreign is not None or found is None):
            self.notes.dismiss(node, rule)
        elif found is None:
            self.notes.leave_unread(node, scene)
        else:
            self._measure(node, scene, found)

    def _spell_out(self, node: ContentNode, words: str) -> str:
        """The label of a time with its RT as a reflux time: first in a label it is the side."""
        unit = self._find_unit(node)
        if unit is None or unit.unit != "ms" or self.codes.speaks_of_reflux(words):
            return words
        return LATER_RT.sub("reflux time", words)

    def _find_rule(self, node: ContentNode, scene: Scene) -> str | None:
        if scene.foreign is not None:
            return scene.foreign
        if self._find_derivation(node) == "spread":
            return "unspecific"
        return self.codes.dismissed.get(self.codes.key(node.name))

    def _find_property(self, node: ContentNode, words: str) -> str | None:
        """The property of a number: by its code, else by words that its unit bears out."""
        if self._find_derivation(node) == "spread":
            return None
        coded = self.codes.quantities.get(self.codes.key(node.name))
        if coded is not None:
            return coded
        unit = self._find_unit(node)
        for text in (words, node.name.meaning if node.name else ""):
            named = self._name_property(text, unit.unit if unit else None)
            if named is not None:
                return named
        return None

    def _name_property(self, text: str, unit: str | None) -> str | None:
        named = self.scenes.label(text).property if text else None
        if named == "reflux":
            named = "velocity" if unit == "cm/s" else "reflux_time"
        if named == "velocity" and not self.codes.speaks_of_reflux(text):
            return None
        fits = named in UNIT_OF and unit in (None, UNIT_OF[named])
        return named if fits else None

    def _find_unit(self, node: ContentNode) -> UnitRow | None:
        if node.unit is None:
            return None
        names = (node.unit.value, node.unit.value.lower(), node.unit.meaning.lower())
        return next((row for name in names if (row := self.codes.units.get(name))), None)

    def _find_derivation(self, node: ContentNode) -> str | None:
        found = {
            self.scenes.role_of(child): self.codes.derivations.get(self.codes.key(child.code))
            for child in node.children
            if child.kind == "CODE"
        }
        return found.get("selection") or found.get("derivation")

    def _measure(self, node: ContentNode, scene: Scene, name: str) -> None:
        if scene.vein is None:
            message = f"{node.name}: a measurement that names no vein"
            self.notes.ask("no_vein_named", message, node, scene)
            return
        unit = self._find_unit(node)
        if unit is None or unit.unit != UNIT_OF[name]:
            self.notes.ask(
                "unit_missing", f"{node.name}: a number without a usable unit", node, scene
            )
            return
        number = _to_decimal(node.value or "", signed=name == "velocity")
        if number is None:
            self.notes.ask(
                "out_of_range", f"{node.name}: a number that cannot be meant", node, scene
            )
            return
        derivation = self._find_derivation(node)
        if name == "reflux_time" and number == 0:
            self._add(node, scene, _Value("reflux", "absent", derivation))
            return
        value = Quantity(number * unit.factor, unit.unit)
        flags = self._doubt(value, name, node, scene)
        self._add(node, scene, _Value(name, value, derivation, flags))

    def _doubt(
        self, value: Quantity, name: str, node: ContentNode, scene: Scene
    ) -> tuple[str, ...]:
        limits = self.codes.plausible.get(name)
        if limits is None or limits.least <= value.value <= limits.most:
            return ()
        message = f"{node.name}: {value.value} {value.unit} can hardly be meant"
        self.notes.ask("out_of_range", message, node, scene)
        return ("out_of_range",)

    # --- answers

    def _read_answer(self, node: ContentNode, scene: Scene) -> None:
        if self._is_aside(node, scene):
            return
        meaning = node.name.meaning if node.name else ""
        pair = (self.codes.key(node.name), self.codes.key(node.code))
        coded = self.codes.findings.get(pair)
        if coded is None:
            name = self.scenes.label(meaning).property if meaning else None
            answer = self.codes.answers.get((name or "", _answer_of(node)))
            coded = (name, answer) if name and answer else None
            scene = self.scenes.name_place(scene, meaning, node) if coded else scene
        if coded is None and scene.vein is not None:
            self.notes.leave_unread(node, scene)
        elif coded is not None and scene.vein is not None:
            self._add(node, scene, _Value(*coded))

    def _is_aside(self, node: ContentNode, scene: Scene) -> bool:
        role = self.scenes.role_of(node)
        context = node.relationship == "HAS OBS CONTEXT"
        told = node.path in self.told or (node.kind == "TEXT" and not node.value)
        return role is not None or context or told or scene.foreign is not None

    # --- what comes out

    def _add(self, node: ContentNode, scene: Scene, read: _Value) -> None:
        for code, message in scene.doubts:
            self.notes.ask(code, message, node, scene)
        if any(code == "vein_ambiguous" for code, _ in scene.doubts):
            return
        for place in self.scenes.places(scene, None):
            if place.leg is None:
                self.notes.ask("leg_missing", f"{place.vein}: no side is given", node, scene)
            self.notes.add(self._observe(node, scene, place, read), scene.unit)

    def _observe(self, node: ContentNode, scene: Scene, place: Place, read: _Value) -> Observation:
        return Observation(
            place=place,
            property=read.property,
            value=read.value,
            source=self.scenes.origin(node),
            document=self.scenes.document,
            derivation=read.derivation,
            support=(*scene.support, *self._find_calipers(node)),
            flags=(*self.scenes.flags(scene), *read.flags),
        )

    def _find_calipers(self, node: ContentNode) -> tuple[Support, ...]:
        return tuple(
            Support("caliper", Caliper(self.scenes.document, image.image, points.path))
            for points in node.children
            if points.kind == "SCOORD" and len(points.points) > 1
            for image in points.children
            if image.image is not None
        )


def _to_decimal(text: str, *, signed: bool) -> Decimal | None:
    """The number as written; a direction's sign is dropped, since displays can be inverted."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) > LARGEST:
        return None
    if signed:
        return abs(number)
    return number if number >= 0 else None


def _answer_of(node: ContentNode) -> str:
    text = node.value if node.kind == "TEXT" else node.code.meaning if node.code else ""
    return (text or "").strip().rstrip(".").lower()
