"""From what a file holds to documents: which of its texts are ours, and under which name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from ultrasound.domain import ContentNode, Document, FileEntry, Header, Problem, TextPart
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_dicom import DicomKnowledge
from ultrasound.read.cda import read_sections
from ultrasound.read.dicom import DicomObject
from ultrasound.read.kind import TextKind, find_exam, is_about_leg_veins, tell_kind
from ultrasound.read.outcome import STAGE, Fingerprint, ReadOutcome, leave_aside, refuse
from ultrasound.read.pdf import read_pages
from ultrasound.read.split import split_reports

NOT_OURS = "it is no exam of leg veins"
PICTURE = "a page as a picture, which this version does not read: export the report as text or PDF"
NOTHING_WRITTEN = "a presentation state without texts on its images"
COMMENTS = "(0020,4000)"


def read_text_report(name: str, mark: Fingerprint, text: str, knowledge: Knowledge) -> ReadOutcome:
    """The reports of a plain text, each with its place in it."""
    parts = split_reports(text, knowledge.documents)
    offsets = [0, *accumulate(len(part) for part in parts)]
    kinds = [tell_kind(part, knowledge.documents) for part in parts]
    documents = tuple(
        Document(
            name=name if number == 1 else f"{name}#{number}",
            sha256=_hash_part(mark, part, alone=len(parts) == 1),
            kind="text",
            exam=kind.exam,
            texts=(TextPart(None, part, offset=offsets[number - 1]),),
        )
        for number, (part, kind) in enumerate(zip(parts, kinds, strict=True), 1)
        if kind.exam is not None
    )
    if not documents:
        return _leave(name, mark, "text", kinds[0])
    left = [
        f"report {number} of {len(kinds)}: {kind.code}"
        for number, kind in enumerate(kinds, 1)
        if kind.exam is None
    ]
    entry = FileEntry(name, mark.sha256, mark.scope, "text", used=True)
    return ReadOutcome(replace(entry, reason="; ".join(left) or None), documents)


def read_pdf_report(name: str, mark: Fingerprint, data: bytes, knowledge: Knowledge) -> ReadOutcome:
    """The report of a PDF file with a text layer; raises ReadError where it has none."""
    return _read_pdf(name, mark, data, None, knowledge)


def read_dicom_report(name: str, found: DicomObject, knowledge: Knowledge) -> ReadOutcome:
    """The document of a DICOM object, or why it holds none; raises ReadError for a PDF in it."""
    if found.use == "report" and found.tree is not None:
        return _read_structured(name, found, found.tree, knowledge)
    if found.use == "pdf" and found.embedded is not None:
        return _read_pdf(name, found.mark, found.embedded, found.header, knowledge)
    if found.use == "cda" and found.embedded is not None:
        return _read_cda(name, found, found.embedded, knowledge)
    if found.use == "image":
        return _read_image(name, found, knowledge)
    if found.use == "presentation" and found.tree is not None:
        return _read_presentation(name, found, found.tree, knowledge)
    if found.use == "picture":
        return refuse(name, found.mark, "other_dicom", "picture", PICTURE)
    if found.use == "directory":
        return _list_medium(name, found)
    reason = f"a DICOM object that holds no report: {found.name}"
    return leave_aside(name, found.mark, "other_dicom", "no_report", reason)


def _list_medium(name: str, found: DicomObject) -> ReadOutcome:
    reason = f"the directory of a medium (DICOMDIR): it lists {len(found.references)} files"
    outcome = leave_aside(name, found.mark, "other_dicom", "medium_directory", reason)
    return replace(outcome, references=found.references)


def _hash_part(mark: Fingerprint, part: str, *, alone: bool) -> str:
    if alone and mark.sha256 is not None:
        return mark.sha256
    return hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()


def _leave(name: str, mark: Fingerprint, form: str, kind: TextKind) -> ReadOutcome:
    return leave_aside(name, mark, form, kind.code or "no_report", kind.reason or NOT_OURS)


def _accept(document: Document, mark: Fingerprint, problems: tuple[Problem, ...]) -> ReadOutcome:
    entry = FileEntry(document.name, mark.sha256, mark.scope, document.kind, used=True)
    return ReadOutcome(entry, (document,), problems)


def _describe(header: Header | None) -> str:
    if header is None:
        return ""
    coded = [code.meaning for code in header.anatomy if code.meaning]
    return "\n".join([*coded, *(text for _, text in header.descriptions)])


def _read_pdf(
    name: str, mark: Fingerprint, data: bytes, header: Header | None, knowledge: Knowledge
) -> ReadOutcome:
    pages = read_pages(data, knowledge.documents.pdf)
    text = "\n".join([_describe(header), *(part.text for part in pages.parts)])
    kind = tell_kind(text, knowledge.documents)
    if kind.exam is None:
        return _leave(name, mark, "pdf", kind)
    document = Document(name, mark.sha256 or "", "pdf", kind.exam, pages.parts, header)
    problems = tuple(
        Problem(name, STAGE, "no_text_layer", f"page {number} is a picture and was not read")
        for number in pages.pictures
    )
    return _accept(document, mark, problems)


def _read_cda(name: str, found: DicomObject, data: bytes, knowledge: Knowledge) -> ReadOutcome:
    texts = read_sections(data.rstrip(b"\0 "))
    kind = tell_kind("\n".join([_describe(found.header), *_lines(texts)]), knowledge.documents)
    if kind.exam is None:
        return _leave(name, found.mark, "cda", kind)
    document = Document(name, found.mark.sha256 or "", "cda", kind.exam, texts, found.header)
    return _accept(document, found.mark, ())


def _read_image(name: str, found: DicomObject, knowledge: Knowledge) -> ReadOutcome:
    words = _describe(found.header)
    if is_about_leg_veins(words, knowledge.documents) is False:
        return leave_aside(name, found.mark, "us_image", "not_venous_leg", NOT_OURS)
    texts = tuple(_read_comments(found.header))
    document = Document(name, found.mark.sha256 or "", "us_image", None, texts, found.header)
    return _accept(document, found.mark, tuple(_damage(name, found)))


def _read_comments(header: Header) -> Iterator[TextPart]:
    """The comments on an image, under what its header calls the view."""
    words = dict(header.descriptions)
    side = [header.laterality.value] if header.laterality is not None else []
    coded = [code.meaning for code in header.anatomy if code.meaning]
    named = [words[name] for name in ("ViewName", "StageName") if name in words]
    if "ImageComments" in words:
        heading = " ".join([*side, *coded, *named])
        yield TextPart(COMMENTS, words["ImageComments"], heading or None)


def _read_presentation(
    name: str, found: DicomObject, tree: ContentNode, knowledge: Knowledge
) -> ReadOutcome:
    texts = tuple(_read_narrative(tree, knowledge.dicom, measured=False))
    words = "\n".join([_describe(found.header), *(part.text for part in texts)])
    if not texts:
        return leave_aside(name, found.mark, "presentation", "no_report", NOTHING_WRITTEN)
    if is_about_leg_veins(words, knowledge.documents) is False:
        return leave_aside(name, found.mark, "presentation", "not_venous_leg", NOT_OURS)
    parts = tuple(replace(part, heading=None) for part in texts)
    sha256 = found.mark.sha256 or ""
    document = Document(name, sha256, "presentation", None, parts, found.header, tree)
    return _accept(document, found.mark, tuple(_damage(name, found)))


def _read_structured(
    name: str, found: DicomObject, tree: ContentNode, knowledge: Knowledge
) -> ReadOutcome:
    measured = _is_measured(tree, knowledge.dicom)
    texts = tuple(_read_narrative(tree, knowledge.dicom, measured=measured))
    words = "\n".join([_describe(found.header), *_words(tree)])
    form = "sr" if measured else "text_sr"
    if measured and not _names_leg_veins(tree, words, knowledge):
        return leave_aside(name, found.mark, form, "not_venous_leg", NOT_OURS)
    kind = (
        TextKind(exam=find_exam(words, knowledge.documents))
        if measured
        else tell_kind("\n".join([_describe(found.header), *_lines(texts)]), knowledge.documents)
    )
    if kind.exam is None:
        return _leave(name, found.mark, form, kind)
    document = Document(
        name=name,
        sha256=found.mark.sha256 or "",
        kind=form,
        exam=kind.exam if texts else None,
        texts=texts,
        header=found.header,
        tree=tree,
    )
    return _accept(document, found.mark, tuple(_damage(name, found)))


def _damage(name: str, found: DicomObject) -> Iterator[Problem]:
    if found.damaged:
        message = (
            f"{found.damaged} of its items lack a part or cannot be read: compare it with the "
            "scanner"
        )
        yield Problem(name, STAGE, "damaged_items", message)


def _lines(texts: tuple[TextPart, ...]) -> Iterator[str]:
    for part in texts:
        yield f"{part.heading}: {part.text}" if part.heading else part.text


def _walk(node: ContentNode) -> Iterator[ContentNode]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _words(tree: ContentNode) -> Iterator[str]:
    for node in _walk(tree):
        if node.name is not None:
            yield node.name.meaning
        if node.kind == "TEXT" and node.value:
            yield node.value
        if node.code is not None:
            yield node.code.meaning


def _is_measured(tree: ContentNode, knowledge: DicomKnowledge) -> bool:
    """Whether a report holds numbers or coded veins, not text alone."""
    return any(node.kind == "NUM" or knowledge.vein_of(node.name) for node in _walk(tree))


def _names_leg_veins(tree: ContentNode, words: str, knowledge: Knowledge) -> bool:
    codes = knowledge.dicom
    for node in _walk(tree):
        keys = {codes.key(node.name), codes.key(node.code)}
        if keys & codes.veins.keys() or keys & codes.leg_veins.keys():
            return True
    return is_about_leg_veins(words, knowledge.documents) is True


def _read_narrative(
    node: ContentNode, knowledge: DicomKnowledge, *, measured: bool
) -> Iterator[TextPart]:
    """The texts that speak for themselves.

    In a report of measurements, text beside a number, of one vein or one side belongs to the tree.
    """
    if measured and any(_is_place(child, knowledge) for child in node.children):
        return
    if measured and knowledge.vein_of(node.name) is not None:
        return
    for child in node.children:
        if child.kind == "TEXT" and child.value:
            yield TextPart(child.path, child.value, child.name.meaning if child.name else None)
        yield from _read_narrative(child, knowledge, measured=measured)


def _is_place(node: ContentNode, knowledge: DicomKnowledge) -> bool:
    return node.kind == "NUM" or knowledge.roles.get(knowledge.key(node.name)) in (
        "laterality",
        "label",
    )
