"""Files that hold no report, known by their form: clutter, annotations, this program's own outputs.

Containers that could hold a report and are not read in this version are known here as well.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO, Final

from ultrasound.knowledge.document_rows import Outputs
from ultrasound.knowledge.schema_documents import DocumentKnowledge
from ultrasound.read.archive import find_packed_file, is_archive, peek_archive

GOLD_LINE: Final = re.compile(
    r"\??[ \t]*(?:R|L|-)\t[A-Z]{2,12}\t[a-z_-]+\t[a-z_]+\t\S.*|\??[ \t]*!review\b.*"
)
OLE: Final = b"\xd0\xcf\x11\xe0"
PARQUET: Final = b"PAR1"
LONGEST_LOCK: Final = 1024
FOOTER: Final = 65536
HEAD_OF_TEXT: Final = 64
HEAD_OF_OUTPUT: Final = 1024
LONGEST_PART: Final = 1 << 20
WORKBOOK: Final = "xl/workbook.xml"
PROPERTIES: Final = "docProps/core.xml"
SHEET: Final = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*?\bname="([^"]*)"')

ANNOTATION = "an annotation of a report, which is not read as one"
OUTPUT = "written by this program"
CLUTTER = "left by the operating system or an office program"
EMPTY = "the file is empty"
ZEROS = "the file holds nothing but zero bytes: its copy was not finished, copy it again"


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is: clutter, output, annotation, or container (a report may be in it)."""

    kind: str
    code: str
    reason: str


def find_binary_form(
    head: bytes, name: str, size: int, knowledge: DocumentKnowledge
) -> Form | None:
    """The form of a file by its first bytes and, for what leaves none, its name and size."""
    base = name.rsplit("/", 1)[-1].lower()
    if size == 0:
        return Form("clutter", "empty", EMPTY)
    if base.startswith(knowledge.clutter.prefixes) and size <= LONGEST_LOCK:
        return Form("clutter", "clutter", CLUTTER)
    if base in knowledge.clutter.names and head.startswith(OLE):
        return Form("clutter", "clutter", CLUTTER)
    for magic, row in knowledge.signatures:
        if head.startswith(magic):
            return Form(row.kind, row.code, row.reason)
    return None


def find_packed_form(stream: BinaryIO, size: int, knowledge: DocumentKnowledge) -> Form | None:
    """A document stored as an archive, or this program's own table, told by what is inside."""
    stream.seek(0)
    magic = stream.read(len(PARQUET))
    stream.seek(max(0, size - FOOTER))
    words = knowledge.outputs.parquet_words
    if magic == PARQUET:
        footer = stream.read(FOOTER)
        return _output() if any(word.encode() in footer for word in words) else None
    if is_archive(magic, knowledge):
        return _find_zip_form(stream, knowledge)
    return None


def find_text_form(text: str, name: str, knowledge: DocumentKnowledge) -> Form | None:
    """The form of a text that is no report: by how its lines are built, or how it begins."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return Form("clutter", "empty", EMPTY)
    if _is_gold(lines, name):
        return Form("annotation", "annotation", ANNOTATION)
    if _is_contract(lines, knowledge.outputs):
        expected = name.lower().endswith(".expected.jsonl")
        return Form("annotation", "annotation", ANNOTATION) if expected else _output()
    if _is_run_file(text, knowledge.outputs) or _is_table(lines[0], knowledge.outputs):
        return _output()
    if any(words in text[:HEAD_OF_OUTPUT] for words in knowledge.outputs.texts):
        return _output()
    start = text.lstrip()[:HEAD_OF_TEXT].lower()
    for row in knowledge.text_forms:
        if start.startswith(row.starts):
            return Form(row.kind, row.code, row.reason)
    return None


def _output() -> Form:
    return Form("output", "output", OUTPUT)


def _is_gold(lines: list[str], name: str) -> bool:
    rows = [line for line in lines if not line.startswith("#")]
    if not rows:
        return name.lower().endswith(".gold.tsv")
    return all(GOLD_LINE.fullmatch(row.rstrip()) for row in rows)


def _is_contract(lines: list[str], outputs: Outputs) -> bool:
    """Whether every line is a JSON object of a type that this program writes."""
    if not lines[0].startswith("{"):
        return False
    first = (_load_object(lines[0]), _load_object(lines[-1]))
    return all(item.get("type") in outputs.line_types for item in first)


def _load_object(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _is_run_file(text: str, outputs: Outputs) -> bool:
    return text.lstrip().startswith("{") and set(outputs.run_keys) <= _load_object(text).keys()


def _is_table(header: str, outputs: Outputs) -> bool:
    cells = [cell.strip('"') for cell in header.strip().split(",")]
    return any(cells[: len(row)] == list(row) for row in outputs.headers)


def _find_zip_form(stream: BinaryIO, knowledge: DocumentKnowledge) -> Form | None:
    try:
        with peek_archive(stream, knowledge.archive) as archive:
            names = archive.namelist()
            parts = {name: _read_part(archive, name, knowledge) for name in (WORKBOOK, PROPERTIES)}
    except Exception:  # noqa: BLE001 - zipfile raises anything at all on damaged bytes
        return None
    sheets = {name.decode("utf-8", "replace") for name in SHEET.findall(parts[WORKBOOK])}
    title = f"<dc:title>{knowledge.outputs.title}</dc:title>".encode()
    if set(knowledge.outputs.sheets) <= sheets or title in parts[PROPERTIES]:
        return _output()
    row = find_packed_file(names, knowledge.packed)
    return None if row is None else Form(row.kind, row.code, row.reason)


def _read_part(archive: zipfile.ZipFile, name: str, knowledge: DocumentKnowledge) -> bytes:
    """A part of an office file; nothing where it is not there or too large to be ours."""
    if name not in archive.namelist():
        return b""
    info = archive.getinfo(name)
    is_usual = info.compress_type in knowledge.archive.methods
    return archive.read(name) if is_usual and info.file_size <= LONGEST_PART else b""
