"""The rows of one study, as a report asks for them; every text in them is safe to be shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from ultrasound.domain import SET_ASIDE

Row = Mapping[str, object]
Sourced = tuple[str, Row]
REPORT_TABLES = (
    "legs",
    "segments",
    "observations",
    "context",
    "review",
    "corrections",
    "criteria",
    "completeness",
    "_links",
    "_studies",
)
# The columns of the legs table that answer for a system of veins.
SYSTEMS = ("superficial_reflux", "deep_reflux", "perforator_reflux")
THROMBUS = ("thrombus_deep", "thrombus_superficial")
_PICTURES = 0x2400
_CONTROLS = 0x20
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_ISOLATED = ("\u2068", "\u2069")


def clean_text(text: str) -> str:
    """A text of a report on one line, with nothing in it that acts on the text around it.

    Control characters become their pictures, other characters that cannot be printed a sign; a
    text that runs from right to left is kept apart, so that it turns no neighbour around.
    """
    line = " ".join(text.split())
    shown = "".join(c if c.isprintable() else _picture(c) for c in line)
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in shown):
        return shown.join(_ISOLATED)
    return shown


def _picture(character: str) -> str:
    code = ord(character)
    return chr(_PICTURES + code) if code < _CONTROLS else "\ufffd"


def split_list(cell: object) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(part for part in str(cell or "").split("; ") if part)


class StudyRows:
    """The rows of a study, each with what names it in a statement's basis."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = {
            table: [_clean(row) for row in rows.get(table, ())] for table in REPORT_TABLES
        }
        self.legs = {str(row["leg"]): row for row in self._rows["legs"]}
        self.study = self._rows["_studies"][0]
        self._links = {
            (row["leg"], row["column"]): refer(row["observations"]) for row in self._rows["_links"]
        }
        self.observations = {f"observations:{row['id']}": row for row in self._rows["observations"]}

    def numbered(self, table: str) -> list[Sourced]:
        """The rows of a table, by their numbers."""
        return [(f"{table}:{number}", row) for number, row in enumerate(self._rows[table], 1)]

    def of_leg(self, table: str, leg: str) -> list[Sourced]:
        """The rows of a table that are about one leg."""
        return [found for found in self.numbered(table) if found[1]["leg"] == leg]

    def segments(self, leg: str) -> list[Row]:
        """The places of a leg of which something is stated as such, and not of the vein alone."""
        rows = (row for row in self._rows["segments"] if row["leg"] == leg)
        return [row for row in rows if self._is_own(row)]

    def _is_own(self, row: Row) -> bool:
        level = row["segment"]
        found = (self.observations[ref] for ref in refer(row["observations"]))
        return level is None or any(told["segment"] == level for told in found)

    def facts(self, *names: str) -> list[Sourced]:
        """The facts of the report with these names, in the order of the names."""
        context = self.numbered("context")
        return [found for name in names for found in context if found[1]["fact"] == name]

    def decisions(self, proof: Iterable[str]) -> list[Sourced]:
        """The decisions that made any of these observations what it is."""
        told = (self.observations[ref] for ref in proof)
        made = {row["source_ref"] for row in told if row["source_kind"] == "reviewer"}
        return [found for found in self.numbered("corrections") if found[1]["id"] in made]

    def open_review(self) -> list[Sourced]:
        """The items that nobody has decided."""
        return [found for found in self.numbered("review") if found[1]["decision"] is None]

    def proof(self, leg: str, *columns: str) -> tuple[str, ...]:
        """What these cells of a leg's row rest on."""
        found = (ref for column in columns for ref in self._links.get((leg, column), ()))
        return tuple(dict.fromkeys(found))


def refer(ids: object) -> tuple[str, ...]:
    """The observations of a cell of ids."""
    return tuple(f"observations:{part}" for part in split_list(ids))


def counts(row: Row) -> bool:
    """Whether an observation holds: no physician replaced or dropped it."""
    return not any(flag in split_list(row["flags"]) for flag in SET_ASIDE)


def join_refs(found: Iterable[Sourced]) -> tuple[str, ...]:
    """What several rows are called."""
    return tuple(dict.fromkeys(ref for ref, _ in found))


def _clean(row: Row) -> Row:
    return {name: clean_text(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
