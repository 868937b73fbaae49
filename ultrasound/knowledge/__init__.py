"""What the field knows, as TOML tables, and their one loader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from ultrasound.knowledge.lab import add_lab_codes, add_lab_words, load_lab
from ultrasound.knowledge.own import OwnTables, add_tables, check_codes
from ultrasound.knowledge.schema_codes import CodeTable, load_codes
from ultrasound.knowledge.schema_criteria import CriteriaKnowledge, load_criteria
from ultrasound.knowledge.schema_dicom import DicomKnowledge, load_dicom
from ultrasound.knowledge.schema_documents import DocumentKnowledge, load_documents
from ultrasound.knowledge.schema_identity import IdentityKnowledge, load_identity
from ultrasound.knowledge.schema_payers import PayerKnowledge, load_payers
from ultrasound.knowledge.schema_text import TextKnowledge, load_text

__all__ = ["Knowledge", "load_knowledge"]


@dataclass(frozen=True)
class Knowledge:
    """All tables, validated; ``hash`` is the SHA-256 over their bytes."""

    text: TextKnowledge
    dicom: DicomKnowledge
    documents: DocumentKnowledge
    identity: IdentityKnowledge
    criteria: CriteriaKnowledge
    payers: PayerKnowledge
    codes: CodeTable
    hash: str


def load_knowledge(extra: Path | None = None, own: OwnTables | None = None) -> Knowledge:
    """Load the shipped tables, with a laboratory's words and codes added where ``extra`` has them.

    Args:
        extra: The laboratory's words, a TOML file.
        own: Its own criteria and payer profiles.

    Raises:
        KnowledgeError: A table is not well formed; the message names the file and the key.
    """
    text, dicom = load_text(), load_dicom()
    if extra is not None:
        lab = load_lab(extra)
        text, dicom = add_lab_words(text, lab, extra), add_lab_codes(dicom, lab, extra)
    own = own or OwnTables()
    check_codes(own, text)
    criteria, payers = load_criteria(), load_payers()
    return Knowledge(
        text=text,
        dicom=dicom,
        documents=load_documents(),
        identity=load_identity(),
        criteria=replace(criteria, sets=add_tables(criteria.sets, own.criteria)),
        payers=replace(payers, profiles=add_tables(payers.profiles, own.payers)),
        codes=load_codes(),
        hash=hash_tables(extra, own.data),
    )


def hash_tables(extra: Path | None = None, own: bytes = b"") -> str:
    """SHA-256 over all shipped tables in the order of their names, ``extra`` and ``own`` ones.

    Line ends are taken as LF, so that the hash is the same on every platform.
    """
    digest = hashlib.sha256()
    root = resources.files(__package__)
    tables = [entry for entry in root.iterdir() if entry.name.endswith(".toml")]
    for folder in ("criteria", "layouts", "payers"):
        directory = root.joinpath(folder)
        if directory.is_dir():
            tables += [entry for entry in directory.iterdir() if entry.name.endswith(".toml")]
    for entry in sorted(tables, key=lambda item: item.name):
        digest.update(entry.name.encode() + b"\0" + entry.read_bytes().replace(b"\r\n", b"\n"))
    if extra is not None:
        digest.update(extra.read_bytes().replace(b"\r\n", b"\n"))
    digest.update(own)
    return digest.hexdigest()
