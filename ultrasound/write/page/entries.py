"""The lists beside the report: legs, facts, verdicts, review items, the exam, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ultrasound.domain import SET_ASIDE, Context, Dismissal, Leg, Observation, ReviewItem
from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.knowledge.schema_drawing import load_page_look
from ultrasound.write.origins import quote_of
from ultrasound.write.page.notes import Note, Noted, Notes
from ultrasound.write.page.spots import Spot, Spots
from ultrasound.write.reasons import describe_context, list_doubts, quote_words, write_value

Row = Mapping[str, object]
_LEGS = {Leg.RIGHT: "Right leg", Leg.LEFT: "Left leg", None: "Leg not stated"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A word in the colour of a status, with the entry that it leads to where it leads to one."""

    words: str
    status: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, with its note; ``spot`` is the place of its first words.

    ``chip`` says what it is, ``cells`` where, ``lines`` why; ``quotes`` are its words with their
    anchors, and ``links`` lead to the answers about its place.
    """

    note: Note
    spot: Spot | None
    cells: tuple[str, ...]
    chip: Chip
    quotes: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    links: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class VerdictEntry:
    """One answer of the criteria, and the facts that it rests on."""

    key: str
    chip: Chip
    place: str
    criterion: str
    row: Row
    facts: tuple[Chip, ...]


class EntryMaker:
    """Makes the lists of one study."""

    def __init__(
        self, notes: Notes, spots: Spots, rows: Mapping[str, Sequence[Row]], display: DisplayTable
    ) -> None:
        self._notes = notes
        self._spots = spots
        self._criteria = rows["criteria"]
        self._display = display
        self._look = load_page_look()

    def list_facts(self) -> list[Group]:
        """The facts, leg by leg, each with what it is and why."""
        resting = self._find_verdicts()
        groups: dict[str, list[Entry]] = {}
        for noted in self._notes.facts:
            entry = self._make_fact(noted, resting.get(noted.note.key, ()))
            groups.setdefault(_LEGS[noted.thing.place.leg], []).append(entry)
        return [Group(title, tuple(entries)) for title, entries in groups.items()]

    def list_verdicts(self) -> list[VerdictEntry]:
        """Each answer of the criteria with the facts that it rests on."""
        by_key = {noted.note.key: noted.note for noted in self._notes.facts}
        return [
            VerdictEntry(
                f"v-{number}",
                self._name_verdict(row),
                self._name_place(row),
                str(row["criterion"]).rpartition(":")[2].replace("_", " "),
                row,
                tuple(self._link_fact(by_key[key]) for key in _keys(row) if key in by_key),
            )
            for number, row in enumerate(self._criteria, 1)
        ]

    def list_review(self) -> list[Entry]:
        """What is to decide, worst first."""
        return [self._make_review(noted) for noted in self._notes.review]

    def list_decided(self) -> list[Entry]:
        """What a reviewer has decided, and who."""
        return [self._make_decided(noted) for noted in self._notes.decided]

    def list_context(self) -> list[Entry]:
        """What was read of patient and exam."""
        return [self._make_context(noted) for noted in self._notes.context]

    def list_left_out(self) -> list[Entry]:
        """What was seen and is no fact, each with the rule."""
        return [self._make_dismissal(noted) for noted in self._notes.left_out]

    def _make_fact(self, noted: Noted[Observation], verdicts: Iterable[Chip]) -> Entry:
        observation, note = noted.thing, noted.note
        place, display = observation.place, self._display
        item = f" {place.item}" if place.item is not None else ""
        level = display.segments.get(place.segment or "", place.segment or "")
        tones = self._look.value.get(observation.property, {})
        value = observation.value if isinstance(observation.value, str) else ""
        counts = not any(flag in SET_ASIDE for flag in observation.flags)
        name = observation.property.replace("_", " ")
        return Entry(
            note,
            self._spots.find(observation.source),
            (f"{place.vein}{item}", level, place.location or ""),
            Chip(f"{name}: {write_value(observation)}", tones.get(value, "") if counts else ""),
            self._quote(note),
            tuple(self._notes.reasons[note.key]),
            tuple(doubt.replace("_", " ") for doubt in list_doubts(observation)),
            tuple(verdicts),
        )

    def _make_review(self, noted: Noted[ReviewItem]) -> Entry:
        item = noted.thing
        chip = Chip(item.severity, self._look.severity[item.severity])
        lines = (f"suggestion: {item.suggestion}",) if item.suggestion else ()
        return self._make_item(noted, chip, lines)

    def _make_decided(self, noted: Noted[ReviewItem]) -> Entry:
        return self._make_item(noted, Chip("decided"), tuple(self._notes.reasons[noted.note.key]))

    def _make_item(self, noted: Noted[ReviewItem], chip: Chip, lines: tuple[str, ...]) -> Entry:
        item, note = noted.thing, noted.note
        place = self._name_place({"leg": item.leg, "vein": item.vein, "segment": item.segment})
        return Entry(
            note,
            self._spots.find(note.origins[0]) if note.origins else None,
            (item.code.replace("_", " "), place, item.message),
            chip,
            self._quote(note),
            lines,
        )

    def _make_context(self, noted: Noted[Context]) -> Entry:
        context, note = noted.thing, noted.note
        chip = Chip(describe_context(context))
        return Entry(note, self._spots.find(context.source), (), chip, self._quote(note))

    def _make_dismissal(self, noted: Noted[Dismissal]) -> Entry:
        dismissal, note = noted.thing, noted.note
        chip = Chip(dismissal.rule.replace("_", " "))
        return Entry(note, self._spots.find(dismissal.origin), (), chip, self._quote(note))

    def _quote(self, note: Note) -> tuple[tuple[str, str], ...]:
        """The anchors of a note's words, each with the words."""
        return tuple(
            (note.anchor(number), quote_of(origin) or quote_words(origin))
            for number, origin in enumerate(note.origins)
        )

    def _find_verdicts(self) -> dict[str, list[Chip]]:
        """The answers that rest on each fact."""
        found: dict[str, list[Chip]] = {}
        for number, row in enumerate(self._criteria, 1):
            for key in _keys(row):
                found.setdefault(key, []).append(self._name_verdict(row, f"v-{number}"))
        return found

    def _name_verdict(self, row: Row, href: str = "") -> Chip:
        verdict = str(row["verdict"])
        words = verdict.replace("_", " ")
        if href:
            words = f"{words}: {row['asked']}"
        return Chip(words, self._look.verdict[verdict], href)

    def _link_fact(self, note: Note) -> Chip:
        spot = self._spots.find(note.origins[0])
        return Chip(str(spot.number), "", note.key)

    def _name_place(self, row: Row) -> str:
        """Leg, vein, number and level in words."""
        item, segment = row.get("item"), row.get("segment")
        words = [
            str(row["leg"] or "").capitalize(),
            str(row["vein"] or ""),
            "" if item is None else str(item),
            self._display.segments.get(str(segment), str(segment)) if segment else "",
        ]
        return " ".join(word for word in words if word)


def _keys(row: Row) -> list[str]:
    return [f"o-{found}" for found in str(row["observations"] or "").split("; ") if found]
