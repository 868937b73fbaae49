"""Where an item of a structured report stands: side, vein and level, carried down the tree.

The side stands at the section, the vein is the name of a container, the level a modifier of it
(DICOM PS3.16 TID 5103, 5104); but templates are extensible, so that any of them may stand at any
item, as a code or in the words of a label. The nearest one holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from ultrasound.domain import (
    LONGEST_QUOTE,
    Code,
    ContentItem,
    ContentNode,
    Leg,
    Place,
    Support,
)
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_dicom import VeinRow

GROUPS: Final = ("DEEP", "SUPERFICIAL", "CALF")
PERFORATOR: Final = "PERF"
PERFORATORS: Final = ("TPV", "CPV")


class LabelReading(Protocol):
    """What the words of a short label say; None for what they do not."""

    @property
    def leg(self) -> Leg | None:
        """The side."""

    @property
    def vein(self) -> str | None:
        """A vein code."""

    @property
    def segment(self) -> str | None:
        """A segment code of that vein."""

    @property
    def property(self) -> str | None:
        """A property code."""


ReadLabel = Callable[[str, Knowledge], LabelReading]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a place with the item that says it."""

    value: str
    origin: ContentItem


@dataclass(frozen=True, slots=True)
class Scene:
    """What holds at one item of the tree.

    ``legs`` is None where no side was said; ``unit`` tells which of several veins of one name is
    meant; ``foreign`` is the rule by which the items here are no vein's.
    """

    legs: tuple[Leg, ...] | None = None
    leg_origin: ContentItem | None = None
    row: VeinRow | None = None
    vein: Said | None = None
    segment: Said | None = None
    level: Said | None = None
    unit: str = ""
    foreign: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def support(self) -> tuple[Support, ...]:
        """The items that say which leg, vein and segment it is."""
        said = (("vein", self.vein), ("segment", self.segment or self.level))
        found = [Support(role, piece.origin) for role, piece in said if piece is not None]
        return (*((Support("leg", self.leg_origin),) if self.leg_origin else ()), *found)


@dataclass
class SceneReader:
    """Narrows a scene by what an item, its modifiers and its labels say."""

    document: str
    knowledge: Knowledge
    read_label: ReadLabel
    _labels: dict[str, LabelReading] = field(default_factory=dict)

    def label(self, text: str) -> LabelReading:
        """The reading of a label's words, each text read once."""
        if text not in self._labels:
            self._labels[text] = self.read_label(text, self.knowledge)
        return self._labels[text]

    def origin(self, node: ContentNode) -> ContentItem:
        """An item as evidence: its path, its code as it was sent, its words."""
        return ContentItem(
            self.document, node.path, str(node.name) if node.name else "", quote_of(node)
        )

    def enter(self, scene: Scene, node: ContentNode) -> Scene:
        """The scene inside a container, or at a measurement with modifiers of its own."""
        if node.kind == "CONTAINER":
            scene = self._enter_container(scene, node)
        for child in node.children:
            role = self.role_of(child)
            if child.kind == "CODE" and child.code is not None and role is not None:
                scene = self._apply(scene, child, child.code, role)
        return scene

    def role_of(self, node: ContentNode) -> str | None:
        """What an item says of the items around it, None for a value."""
        return self.knowledge.dicom.roles.get(self.knowledge.dicom.key(node.name))

    def name_place(self, scene: Scene, text: str, node: ContentNode) -> Scene:
        """The scene that the words of a label beside a measurement say, over the one around it."""
        said, origin = self.label(text), self.origin(node)
        if said.vein is not None and self._is_other(scene, said.vein):
            digits = "".join(sign for sign in text if sign.isdigit())
            scene = replace(
                scene, row=None, vein=Said(said.vein, origin), segment=None, level=None, unit=digits
            )
        if said.segment is not None and scene.vein is not None:
            scene = replace(scene, segment=Said(said.segment, origin))
        return self._name_leg(scene, said.leg, origin)

    def places(self, scene: Scene, item: int | None) -> tuple[Place, ...]:
        """The places that a scene means, one for each leg; empty where no vein is named."""
        if scene.vein is None:
            return ()
        segment, location = self._segment(scene)
        legs: tuple[Leg | None, ...] = scene.legs or (None,)
        return tuple(Place(leg, scene.vein.value, segment, item, location) for leg in legs)

    def flags(self, scene: Scene) -> tuple[str, ...]:
        """The doubts that the place itself carries."""
        row = scene.row
        if row is None:
            return ()
        levelled = scene.segment is None and scene.level is not None
        levelled = levelled and self._segment(scene)[0] != row.segment
        return (*row.flags, *((row.inferred,) if levelled and row.inferred else ()))

    def _is_other(self, scene: Scene, vein: str) -> bool:
        """Whether a label names another vein than the scene, and not only the kind of it."""
        if scene.vein is None:
            return True
        known = scene.vein.value
        wider = vein in GROUPS or (vein == PERFORATOR and known in PERFORATORS)
        return vein != known and not wider

    def _segment(self, scene: Scene) -> tuple[str | None, str | None]:
        row = scene.row
        location = row.location if row is not None else None
        if scene.segment is not None:
            return scene.segment.value, location
        if row is None:
            return None, location
        if scene.level is not None:
            table = self.knowledge.dicom.segments.get(row.levels or "", {})
            segment = table.get(scene.level.value)
            words = None if segment else scene.level.origin.quote
            return segment or row.segment, location or words
        return row.segment, location

    def _enter_container(self, scene: Scene, node: ContentNode) -> Scene:
        codes, key = self.knowledge.dicom, self.knowledge.dicom.key(node.name)
        if codes.roles.get(key) == "aside":
            return replace(scene, foreign="unspecific")
        if codes.dismissed.get(key) == "other_structure":
            return replace(scene, foreign="other_structure")
        row = codes.veins.get(key)
        if row is not None:
            return self._enter_vein(scene, row, node)
        if node.name is None or not node.name.meaning or node.path == "1":
            return scene
        said, origin = self.label(node.name.meaning), self.origin(node)
        if said.vein is not None:
            segment = Said(said.segment, origin) if said.segment else None
            vein = Said(said.vein, origin)
            scene = replace(
                scene,
                row=None,
                vein=vein,
                segment=segment,
                level=None,
                unit=node.path,
                foreign=None,
            )
        return self._name_leg(scene, said.leg, origin)

    def _enter_vein(self, scene: Scene, row: VeinRow, node: ContentNode) -> Scene:
        """A coded vein; where the words beside the code name another one, the doubt is kept."""
        vein, meaning = Said(row.vein, self.origin(node)), node.name.meaning if node.name else ""
        scene = replace(
            scene, row=row, vein=vein, segment=None, level=None, unit=node.path, foreign=None
        )
        if meaning.lower() in (name.lower() for name in row.names):
            return scene
        words = self.label(meaning).vein if meaning else None
        if words is None or words == row.vein or row.many:
            return scene
        message = f"{node.name}: the code is {row.vein}, the words beside it say {words}"
        return replace(scene, doubts=(*scene.doubts, ("vein_ambiguous", message)))

    def _apply(self, scene: Scene, node: ContentNode, code: Code, role: str) -> Scene:
        codes, origin = self.knowledge.dicom, self.origin(node)
        key = codes.key(code)
        if role == "laterality" and key in codes.lateralities:
            legs = codes.lateralities[key]
            return replace(scene, legs=legs or None, leg_origin=origin)
        if role == "level" and key in codes.levels:
            return replace(scene, level=Said(codes.levels[key], origin))
        if role == "site":
            return self._apply_site(scene, node, key)
        return scene

    def _apply_site(self, scene: Scene, node: ContentNode, key: str) -> Scene:
        codes = self.knowledge.dicom
        row = codes.veins.get(key)
        if row is not None and scene.row is not row:
            vein = Said(row.vein, self.origin(node))
            return replace(scene, row=row, vein=vein, segment=None, unit=node.path, foreign=None)
        if codes.dismissed.get(key) == "other_structure":
            return replace(scene, foreign="other_structure")
        return replace(scene, foreign=None) if key in codes.leg_veins else scene

    def _name_leg(self, scene: Scene, leg: Leg | None, origin: ContentItem) -> Scene:
        if leg is None or scene.legs == (leg,):
            return scene
        if scene.legs is None or leg in scene.legs:
            return replace(scene, legs=(leg,), leg_origin=origin)
        message = f"{origin.code}: its words say {leg.value}, its section says {leg.other.value}"
        doubts = (*scene.doubts, ("leg_conflict", message))
        return replace(scene, legs=(leg,), leg_origin=origin, doubts=doubts)


def quote_of(node: ContentNode) -> str:
    """The words of an item: its name and its value as written."""
    name = node.name.meaning or node.name.value if node.name else ""
    value = node.value or (node.code.meaning or node.code.value if node.code else "")
    unit = node.unit.value if node.unit and node.value else ""
    words = " ".join(part for part in (name, value, unit) if part)
    return words[:LONGEST_QUOTE]
