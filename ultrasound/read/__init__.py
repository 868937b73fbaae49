"""A file becomes documents, chosen by its content and never by its suffix."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ultrasound.errors import ReadError
from ultrasound.knowledge import Knowledge
from ultrasound.read.dicom import has_preamble, is_preamble, looks_like_dicom, read_object
from ultrasound.read.forms import (
    ZEROS,
    Form,
    find_binary_form,
    find_packed_form,
    find_text_form,
)
from ultrasound.read.outcome import (
    NO_FINGERPRINT,
    Fingerprint,
    ReadOutcome,
    leave_aside,
    refuse,
)
from ultrasound.read.pdf import is_pdf
from ultrasound.read.reports import read_dicom_report, read_pdf_report, read_text_report
from ultrasound.read.source import Source, open_source
from ultrasound.read.text import NO_TEXT, decode_text

__all__ = ["ReadOutcome", "read_file"]


def read_file(
    path: Path, name: str, knowledge: Knowledge, inside: tuple[str, ...] = ()
) -> ReadOutcome:
    """Read one input file; ``name`` is its name in the tables.

    For a member of a zip archive, ``inside`` are the names that lead to it, outermost first.

    Nothing that a file holds raises: what cannot be used becomes a Problem, and ``failed`` is set.
    Clutter, outputs of this program, annotations and documents that are not ours are listed only.
    The text of a document is stored as it was decoded, and offsets count from its beginning: of
    several reports in one file each has its own text.
    """
    try:
        with open_source(path, name, inside, knowledge.documents.archive) as source:
            return _read_source(source, knowledge)
    except ReadError as error:
        return refuse(name, NO_FINGERPRINT, "unknown", error.code, str(error))
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        reason = f"the program failed on it ({type(error).__name__}): please report it"
        return refuse(name, NO_FINGERPRINT, "unknown", "internal_error", reason)


def _read_source(source: Source, knowledge: Knowledge) -> ReadOutcome:
    if looks_like_dicom(source.head):
        return _read_dicom(source, knowledge)
    form = find_binary_form(source.head, source.name, source.size, knowledge.documents)
    if form is not None:
        packed = find_packed_form(source.stream, source.size, knowledge.documents)
        return _settle(source.name, source.take_fingerprint(), packed or form)
    return _read_content(source, knowledge)


def _settle(name: str, mark: Fingerprint, form: Form) -> ReadOutcome:
    if form.kind == "container":
        return refuse(name, mark, form.kind, form.code, form.reason)
    return leave_aside(name, mark, form.kind, form.code, form.reason)


def _read_dicom(source: Source, knowledge: Knowledge) -> ReadOutcome:
    try:
        found = read_object(source.stream, source.size, knowledge.dicom)
        if found.use == "unknown" and not has_preamble(source.head):
            raise ReadError("unknown", NO_TEXT)
        return read_dicom_report(source.name, found, knowledge)
    except ReadError as error:
        mark = source.take_fingerprint()
        kind = "other_dicom" if has_preamble(source.head) else "unknown"
        return refuse(source.name, mark, kind, error.code, str(error))


def _read_content(source: Source, knowledge: Knowledge) -> ReadOutcome:
    pdf = is_pdf(source.head)
    limits = knowledge.documents.pdf if pdf else knowledge.documents.text
    mark, kind = NO_FINGERPRINT, "pdf" if pdf else "unknown"
    try:
        data = source.load(limits.longest_bytes)
        mark = Fingerprint(hashlib.sha256(data).hexdigest(), "file")
        if pdf:
            return read_pdf_report(source.name, mark, data, knowledge)
        if not any(data) or is_preamble(data):
            raise ReadError("truncated", ZEROS)
        text = decode_text(data)
        form = find_text_form(text, source.name, knowledge.documents)
        if form is not None:
            return _settle(source.name, mark, form)
        return read_text_report(source.name, mark, text, knowledge)
    except ReadError as error:
        return refuse(source.name, mark, kind, error.code, str(error))
