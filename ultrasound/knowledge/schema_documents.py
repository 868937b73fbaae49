"""The tables that tell what a file is and what a text is about."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.document_rows import (
    ArchiveLimits,
    Clutter,
    DocumentTable,
    ExamRow,
    ExamTable,
    FindingTerms,
    LanguageTable,
    NoReport,
    Outputs,
    PackedFile,
    PdfLimits,
    Signature,
    SplitTable,
    TextForm,
    TextLimits,
    VerdictRow,
)
from ultrasound.knowledge.tables import load_table
from ultrasound.knowledge.terms import (
    Pattern,
    compile_alternatives,
    compile_heading,
    compile_label,
    compile_terms,
)

TABLE = "documents.toml"
LEG_VEIN = "leg_vein"


@dataclass(frozen=True)
class Territory:
    """The terms of one part of the body, with the weight of each."""

    name: str
    weight: int
    terms: Pattern


@dataclass(frozen=True)
class Exam:
    """The words of one kind of exam."""

    title: Pattern
    body: Pattern


@dataclass(frozen=True)
class ProgramText:
    """The lines of source code, logs and documentation, with the share that makes a text one."""

    code: Pattern
    code_share: float
    log: Pattern
    log_share: float
    markup: Pattern


@dataclass(frozen=True)
class Borders:
    """What ends one report in a text and begins the next."""

    limits: SplitTable
    identity: tuple[tuple[str, Pattern], ...]
    title_word: Pattern
    title_label: Pattern
    closing: Pattern
    opening: Pattern
    end_mark: Pattern
    rule: Pattern
    continued: Pattern


@dataclass(frozen=True)
class Language:
    """The words of a language that is not read."""

    name: str
    words: frozenset[str]


@dataclass(frozen=True, eq=False)  # one object, so that results can be kept by it
class DocumentKnowledge:
    """documents.toml, with its terms compiled."""

    text: TextLimits
    pdf: PdfLimits
    archive: ArchiveLimits
    zip_magic: tuple[bytes, ...]
    packed: tuple[PackedFile, ...]
    signatures: tuple[tuple[bytes, Signature], ...]
    text_forms: tuple[TextForm, ...]
    clutter: Clutter
    outputs: Outputs
    verdict: VerdictRow
    territories: tuple[Territory, ...]
    finding: Pattern
    finding_near_vein: Pattern
    finding_titled: Pattern
    table_head: Pattern
    table_identity: Pattern
    table_codes: frozenset[str]
    request: Pattern
    medical: Pattern
    exams: ExamTable
    exam_words: dict[str, Exam]
    reflux_not_done: Pattern
    past: Pattern
    program_text: ProgramText
    borders: Borders
    language: LanguageTable
    english: frozenset[str]
    languages: tuple[Language, ...]


def load_documents() -> DocumentKnowledge:
    """Load documents.toml; raises KnowledgeError where a row is not understood."""
    table = load_table(TABLE, DocumentTable)
    language = table.language
    return DocumentKnowledge(
        text=table.text,
        pdf=table.pdf,
        archive=table.archive,
        zip_magic=tuple(_magic(magic, "archive.magic") for magic in table.archive.magic),
        packed=table.packed,
        signatures=_load_signatures(table),
        text_forms=table.text_form,
        clutter=table.clutter,
        outputs=table.outputs,
        verdict=table.verdict,
        territories=tuple(
            Territory(row.name, row.weight, compile_terms(row.terms)) for row in table.territory
        ),
        finding=compile_terms(_of(table.finding)),
        finding_near_vein=compile_terms(_of(table.finding, near_vein=True)),
        finding_titled=compile_terms(_of(table.finding, titled=True)),
        table_head=compile_terms(table.table.heads),
        table_identity=compile_terms(table.table.identity),
        table_codes=frozenset(table.table.codes),
        request=compile_terms(term for row in table.request for term in row.terms),
        medical=compile_terms(table.medical.terms),
        exams=table.exam,
        exam_words={
            name: Exam(compile_terms(row.title), compile_terms(row.body))
            for name, row in _exam_rows(table.exam)
        },
        reflux_not_done=compile_terms(table.exam.not_done),
        past=compile_terms(table.exam.past),
        program_text=_load_program_text(table.no_report),
        borders=_load_borders(table),
        language=language,
        english=frozenset(language.english),
        languages=tuple(Language(row.name, frozenset(row.words)) for row in language.other),
    )


def _load_signatures(table: DocumentTable) -> tuple[tuple[bytes, Signature], ...]:
    rows = ((magic, row) for row in table.signature for magic in row.magic)
    return tuple((_magic(magic, "signature.magic"), row) for magic, row in rows)


def _load_program_text(table: NoReport) -> ProgramText:
    return ProgramText(
        code=compile_alternatives(table.code_lines, TABLE),
        code_share=table.code_share,
        log=compile_alternatives(table.log_lines, TABLE),
        log_share=table.log_share,
        markup=compile_alternatives(table.markup, TABLE),
    )


def _load_borders(table: DocumentTable) -> Borders:
    split = table.split
    return Borders(
        limits=split,
        identity=tuple((row.field, compile_label(row.labels)) for row in table.identity),
        title_word=compile_terms(split.title_words),
        title_label=compile_label(split.title_labels),
        closing=compile_heading(split.closing),
        opening=compile_heading(split.opening),
        end_mark=compile_terms(split.end_marks),
        rule=compile_alternatives((split.rule,), TABLE),
        continued=compile_terms(split.continued),
    )


def _magic(text: str, key: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise KnowledgeError(f"{TABLE}: {key}: {text}: not hexadecimal") from error


def _of(
    rows: tuple[FindingTerms, ...], *, near_vein: bool = False, titled: bool = False
) -> list[str]:
    kind = near_vein, titled
    return [term for row in rows if (row.near_vein, row.titled) == kind for term in row.terms]


def _exam_rows(table: ExamTable) -> tuple[tuple[str, ExamRow], ...]:
    return (
        ("post_procedure", table.post_procedure),
        ("mapping", table.mapping),
        ("dvt", table.dvt),
        ("insufficiency", table.insufficiency),
    )
