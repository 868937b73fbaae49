"""The text layer of a PDF file, one text per page."""

from __future__ import annotations

import io
import logging
import warnings
from dataclasses import dataclass
from typing import Any, Final

from pypdf import PageObject, PdfReader

from ultrasound.domain import TextPart
from ultrasound.errors import ReadError
from ultrasound.knowledge.document_rows import PdfLimits

BROKEN = "the PDF cannot be read: export it again"
ENCRYPTED = "the PDF is locked with a password: export it without one"
NO_LAYER = "the PDF holds pictures of pages and no text: export the report as text"
TOO_LARGE = "the PDF has more pages than this program reads: see [pdf] in documents.toml"
SIGNATURE: Final = b"%PDF-"
SEARCHED: Final = 1024

# Its messages may quote the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages with text, named "page 1" and so on, and the numbers of those that are pictures."""

    parts: tuple[TextPart, ...]
    pictures: tuple[int, ...]


def is_pdf(head: bytes) -> bool:
    """Whether the signature stands among the first bytes, where readers look for it."""
    return SIGNATURE in head[:SEARCHED]


def read_pages(data: bytes, limits: PdfLimits) -> Pages:
    """The text of each page that has one; columns are kept apart by white space, as printed.

    Raises:
        ReadError: ``encrypted``, ``no_text_layer``, ``too_large`` or ``broken``.
    """
    try:
        found = _extract(data, limits)
    except ReadError:
        raise
    except Exception as error:  # pypdf raises anything at all on damaged bytes
        raise ReadError("broken", BROKEN) from error
    parts = [
        TextPart(f"page {number}", text)
        for number, (text, _) in enumerate(found, 1)
        if text.strip()
    ]
    if sum(len(part.text.strip()) for part in parts) < limits.least_text:
        raise ReadError("no_text_layer", NO_LAYER)
    pictures = [
        number for number, (text, drawn) in enumerate(found, 1) if drawn and not text.strip()
    ]
    return Pages(tuple(parts), tuple(pictures))


def _extract(data: bytes, limits: PdfLimits) -> list[tuple[str, bool]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("encrypted", ENCRYPTED)
        if len(reader.pages) > limits.pages:
            raise ReadError("too_large", TOO_LARGE)
        return [(_extract_page(page), "/XObject" in _resources(page)) for page in reader.pages]


def _resources(page: PageObject) -> Any:
    resources = page.get("/Resources")
    return resources.get_object() if resources is not None else ()


def _extract_page(page: PageObject) -> str:
    try:
        return page.extract_text(extraction_mode="layout")
    except Exception:  # noqa: BLE001 - the plain mode reads some pages that the other cannot
        return page.extract_text()
