"""Short labels such as "Rt GSV Prox Thigh Reflux", in the language of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.vocab import Vocab

from ultrasound.domain import Leg
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.places.merged import merge_groups
from ultrasound.extract.places.phrases import find_groups
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import locate, make_site
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.words.lexicon import Lexicon
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.names import settle_names
from ultrasound.extract.words.number_reader import NumberReader
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_text import TextKnowledge

_MEASURED: Final = {
    "reflux": "reflux_time",
    "reflux_time": "reflux_time",
    "diameter": "diameter",
    "depth": "depth",
    "velocity": "velocity",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says; None where it does not say it."""

    leg: Leg | None = None
    vein: str | None = None
    segment: str | None = None
    property: str | None = None


class LabelReader:
    """Reads labels with the lexicon of the reports."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = Lexicon(knowledge, Vocab())
        self._numbers = NumberReader(knowledge)
        self._divider = Divider(knowledge)
        self._routes = tuple(route.veins for route in knowledge.veins.route)

    def read(self, text: str) -> Label:
        """The leg, vein, segment and measured property that a label names."""
        tokens = self._lexicon.read_tokens(text)
        numbers = self._numbers.find_numbers(tokens)
        mentions = settle_names(
            self._lexicon.find_mentions(tokens), numbers, tokens, self._knowledge, lsv=None
        )
        marks = Marks(text, tokens, mentions, numbers)
        elements = marks.elements(0, len(tokens))
        grouped, _ = find_groups(elements, self._routes)
        place = self._place(grouped)
        names = [row.property for m in mentions if (row := m.row("finding")) is not None]
        measured = next((_MEASURED[name] for name in names if name in _MEASURED), None)
        return Label(*place, measured)

    def _place(
        self, grouped: Sequence[Element | PlaceGroup]
    ) -> tuple[Leg | None, str | None, str | None]:
        """The leg, vein and segment of the one place that a label names."""
        group: PlaceGroup | None = None
        for element in grouped:
            if isinstance(element, PlaceGroup):
                group = element if group is None else merge_groups(group, element) or group
        if group is None or len(group.parts) != 1:
            return None, None, None
        site = make_site(group.parts[0])
        leg = site.legs[0] if len(site.legs) == 1 else None
        if site.vein is None:
            if site.spot == Spot():
                return leg, None, None
            # without its vein a level is named as on the great saphenous vein
            return leg, None, self._divider.code_segment("GSV", site.spot)[0]
        places = locate(site, self._divider)
        if places and len(places) == 1:
            return leg, places[0].vein, places[0].segment
        return leg, site.vein, None


@lru_cache(maxsize=4)
def _reader(knowledge: TextKnowledge) -> LabelReader:
    return LabelReader(knowledge)


def read_label(text: str, knowledge: Knowledge) -> Label:
    """Read a short label with the words of the reports."""
    return _reader(knowledge.text).read(text)
