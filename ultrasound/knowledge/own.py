"""A laboratory's own criteria set and payer profiles: files in the form of the shipped ones.

They are named where an id may be named (``--criteria``, ``--payer``, the settings file); a name
that ends with ``.toml`` is a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ultrasound.config import Settings, is_file
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.schema_criteria import CriteriaSet
from ultrasound.knowledge.schema_payers import PayerProfile
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.tables import load_file

Table = TypeVar("Table", CriteriaSet, PayerProfile)


@dataclass(frozen=True)
class OwnTables:
    """Tables of the laboratory, each with its file; ``data``: the files' bytes."""

    criteria: Mapping[str, CriteriaSet] = field(default_factory=dict)
    payers: Mapping[str, PayerProfile] = field(default_factory=dict)
    data: bytes = b""


def take_own_tables(settings: Settings) -> tuple[Settings, OwnTables]:
    """Load the files that settings name; the settings returned name their ids instead.

    Raises:
        KnowledgeError: A file is not well formed; the message names the file and the key.
    """
    sets = {n: load_file(Path(n), CriteriaSet) for n in (settings.criteria,) if is_file(n)}
    profiles = {n: load_file(Path(n), PayerProfile) for n in settings.payers if is_file(n)}
    ids = {name: table.id for name, table in sets.items()}
    ids |= {name: table.id for name, table in profiles.items()}
    chosen = settings.model_copy(
        update={
            "criteria": ids.get(settings.criteria, settings.criteria),
            "payers": tuple(ids.get(name, name) for name in settings.payers),
        }
    )
    data = b"".join(Path(name).read_bytes().replace(b"\r\n", b"\n") for name in ids)
    return chosen, OwnTables(sets, profiles, data)


def add_tables(shipped: Mapping[str, Table], own: Mapping[str, Table]) -> dict[str, Table]:
    """The shipped tables and the laboratory's, by id in order.

    Raises:
        KnowledgeError: A table has the id of another.
    """
    tables = dict(shipped)
    for file, table in own.items():
        if table.id in tables:
            raise KnowledgeError(
                f"{Path(file).name}: id: {table.id!r} is taken by another table; choose another id"
            )
        tables[table.id] = table
    return dict(sorted(tables.items()))


def check_codes(own: OwnTables, text: TextKnowledge) -> None:
    """See that the laboratory's tables name veins, levels and words that the program knows.

    Raises:
        KnowledgeError: A code is not known; the message names the file and the key.
    """
    positions = sorted({row.value for row in text.context.fact if row.fact == "position"})
    symptoms = sorted({row.value for row in text.context.fact if row.fact == "indication"})
    for path, table in own.criteria.items():
        file = Path(path).name
        for number, limit in enumerate(table.limits):
            _check_veins(f"{file}: limits.{number}", (*limit.veins, *limit.by_extension), text)
        _check(f"{file}: position", "position", filter(None, [table.position]), positions)
    for path, profile in own.payers.items():
        file = Path(path).name
        _check_veins(f"{file}: targets", profile.veins, text)
        for number, condition in enumerate(profile.conditions):
            key = f"{file}: conditions.{number}"
            _check(key, "symptom", condition.facts, symptoms)
            for vein, levels in condition.levels.items():
                _check(key, f"level of the {vein}", levels, text.order_of(vein))


def _check_veins(key: str, veins: Iterable[str], text: TextKnowledge) -> None:
    _check(key, "vein", veins, text.vein_rows)


def _check(key: str, kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    listed = tuple(known)
    for name in names:
        if name not in listed:
            raise KnowledgeError(f"{key}: no {kind} {name!r}; there are {', '.join(listed)}")
