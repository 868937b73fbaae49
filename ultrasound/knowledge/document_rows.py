"""The rows of documents.toml, as they are written."""

from __future__ import annotations

from typing import Literal

from ultrasound.knowledge.tables import Row


class TextLimits(Row):
    """How much of a text is read, and how much of it is looked at to tell what it is."""

    longest_bytes: int
    classified_characters: int


class PdfLimits(Row):
    """How large a PDF may be, and how much text makes a text layer."""

    pages: int
    longest_bytes: int
    least_text: int


class ArchiveLimits(Row):
    """How zip archives begin, and how much of them is unpacked.

    ``directory_bytes`` bounds the list of members, ``all_bytes`` what they come to, ``ratio`` a
    member of more than ``ratio_from_bytes`` against its packed size; ``depth`` counts archives
    within each other; ``methods`` are those of compression by their numbers.
    """

    magic: tuple[str, ...]
    members: int
    directory_bytes: int
    member_bytes: int
    all_bytes: int
    ratio: int
    ratio_from_bytes: int
    depth: int
    methods: tuple[int, ...]


class PackedFile(Row):
    """Documents that are stored as zip archives, by members that they hold together."""

    kind: Literal["container"]
    code: str
    reason: str
    members: tuple[tuple[str, ...], ...]


class Signature(Row):
    """Files by their first bytes, in hexadecimal."""

    kind: Literal["container", "clutter"]
    code: str
    reason: str
    magic: tuple[str, ...]


class TextForm(Row):
    """Texts of a program, by how they begin."""

    kind: Literal["container", "clutter"]
    code: str
    reason: str
    starts: tuple[str, ...]


class Clutter(Row):
    """Files of the operating system and of office programs, by name or by how it begins."""

    names: tuple[str, ...]
    prefixes: tuple[str, ...]


class Outputs(Row):
    """What this program's own outputs hold."""

    line_types: tuple[str, ...]
    sheets: tuple[str, ...]
    run_keys: tuple[str, ...]
    title: str
    texts: tuple[str, ...]
    parquet_words: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]


class VerdictRow(Row):
    """The weights that make a text ours."""

    least: int
    enough: int
    repeats: int
    medical: int


class TerritoryRow(Row):
    """Terms of one part of the body, with the weight of each."""

    name: str
    weight: int
    terms: tuple[str, ...]


class Terms(Row):
    """A plain list of terms."""

    terms: tuple[str, ...]


class FindingTerms(Row):
    """Words for what a scan found; ``near_vein`` ones count beside a vein of the leg only.

    ``titled`` ones count below a first line that names a scan of leg veins only.
    """

    terms: tuple[str, ...]
    near_vein: bool = False
    titled: bool = False


class ExamRow(Row):
    """Words that tell one kind of exam."""

    title: tuple[str, ...]
    body: tuple[str, ...]


class ExamTable(Row):
    """The kinds of exam."""

    title_lines: int
    least_reflux: int
    not_done: tuple[str, ...]
    past: tuple[str, ...]
    post_procedure: ExamRow
    mapping: ExamRow
    dvt: ExamRow
    insufficiency: ExamRow


class NoReport(Row):
    """The lines of source code and of logs, as patterns."""

    code_share: float
    log_share: float
    code_lines: tuple[str, ...]
    log_lines: tuple[str, ...]
    markup: tuple[str, ...]


class IdentityLabel(Row):
    """Labels of the lines that say whose report it is."""

    field: Literal["accession", "patient", "name", "date"]
    labels: tuple[str, ...]


class SplitTable(Row):
    """What ends one report in a text and begins the next."""

    least_lines: int
    least_characters: int
    head_lines: int
    longest_title: int
    title_words: tuple[str, ...]
    title_labels: tuple[str, ...]
    closing: tuple[str, ...]
    opening: tuple[str, ...]
    end_marks: tuple[str, ...]
    rule: str
    continued: tuple[str, ...]


class OtherLanguage(Row):
    """Words of a language that is not read."""

    name: str
    words: tuple[str, ...]


class LanguageTable(Row):
    """Words by which languages are told apart."""

    least: int
    ratio: float
    own_lines: int
    latin_share: float
    english: tuple[str, ...]
    other: tuple[OtherLanguage, ...]


class TableWords(Row):
    """Words over the columns of a table of findings, and codes in its cells."""

    identity: tuple[str, ...]
    heads: tuple[str, ...]
    codes: tuple[str, ...]


class DocumentTable(Row):
    """documents.toml."""

    text: TextLimits
    pdf: PdfLimits
    archive: ArchiveLimits
    packed: tuple[PackedFile, ...]
    signature: tuple[Signature, ...]
    text_form: tuple[TextForm, ...]
    clutter: Clutter
    outputs: Outputs
    verdict: VerdictRow
    territory: tuple[TerritoryRow, ...]
    finding: tuple[FindingTerms, ...]
    table: TableWords
    request: tuple[Terms, ...]
    medical: Terms
    exam: ExamTable
    no_report: NoReport
    identity: tuple[IdentityLabel, ...]
    split: SplitTable
    language: LanguageTable
