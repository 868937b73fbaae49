"""A text report as a Word document of A4 pages; the same report gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ultrasound.write.fixed_zip import copy_fixed
from ultrasound.write.report.tree import Block, Fields, Heading, Line, Report, Statement, Table

_FONT = "Arial"
_INK = RGBColor(0x1F, 0x2A, 0x37)
_QUIET = RGBColor(0x59, 0x59, 0x59)
_HEADER_FILL, _BAND_FILL = "D9E2EC", "F0F3F6"
_MARGIN, _FIELD_WIDTHS = Cm(2), (5.0, 12.0)
_SIZES = {"Normal": 10, "Title": 17, "Heading 1": 12.5}
_GRID, _CELL_STYLE = "Table Grid", "Cell"
_PROGRAM = "venous-ultrasound"


def render_docx(report: Report) -> bytes:
    """Write a report as a Word document."""
    word = Document()
    _set_styles(word)
    _set_page(word, report)
    word.add_paragraph(report.title, style="Title")
    for block in report.blocks:
        _add_block(word, block)
    _write(word.add_paragraph(), report.note)
    _set_properties(word, report.title)
    saved, fixed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    copy_fixed(saved, fixed)
    return fixed.getvalue()


def _add_block(word: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        word.add_paragraph(block.text, style="Heading 1")
    elif isinstance(block, Statement):
        _write(word.add_paragraph(), block)
    elif isinstance(block, Fields):
        _add_fields(word, block.statements)
    else:
        _add_table(word, block)


def _add_fields(word: WordDocument, statements: Sequence[Statement]) -> None:
    """Labels at the left, what is said at the right, without lines."""
    table = word.add_table(len(statements), 2)
    for row, said in zip(_xml(table).tr_lst, statements, strict=True):
        label, text = row.tc_lst
        _fill(table, label, f"{said.label}:", bold=True)
        _fill(table, text, said.text, bold=said.strong, quiet=said.kind == "silent")
    _finish_table(word, table, _FIELD_WIDTHS)


def _add_table(word: WordDocument, content: Table) -> None:
    table = word.add_table(len(content.lines) + 1, len(content.header), _GRID)
    head, *rows = _xml(table).tr_lst
    for cell, text in zip(head.tc_lst, content.header, strict=True):
        _fill(table, cell, text, bold=True, title=True)
        _shade(cell, _HEADER_FILL)
    _add_element(head.get_or_add_trPr(), "w:tblHeader", val="true")
    for row, line in zip(rows, content.lines, strict=True):
        if isinstance(line, Line):
            quiet = line.kind == "silent"
            for cell, (text, strong) in zip(row.tc_lst, line.list_cells(), strict=True):
                _fill(table, cell, text, bold=strong, quiet=quiet)
        else:
            _write_band(table, row, line)
    _finish_table(word, table, content.widths)


def _write_band(table: WordTable, row: Any, title: str) -> None:
    """One cell over the whole width."""
    first, *others = row.tc_lst
    for cell in others:
        row.remove(cell)
    first.grid_span = len(others) + 1
    _fill(table, first, title, bold=True, title=True)
    _shade(first, _BAND_FILL)


def _finish_table(word: WordDocument, table: WordTable, widths: Sequence[float]) -> None:
    """Give each column its width, in cm; rows stay whole, and the table apart from the next."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in _xml(table).tr_lst:
        _add_element(row.get_or_add_trPr(), "w:cantSplit", val="true")
        for cell, width in zip(row.tc_lst, widths, strict=False):
            cell.width = Cm(sum(widths) if cell.grid_span > 1 else width)
    word.add_paragraph(style=_CELL_STYLE)


def _fill(
    table: WordTable, cell: Any, text: str, *, bold: bool, quiet: bool = False, title: bool = False
) -> None:
    """Write a cell, an XML element here: python-docx would look up all cells for each one."""
    paragraph = Paragraph(cell.p_lst[0], table)
    cell.p_lst[0].style = _CELL_STYLE
    if title:
        paragraph.paragraph_format.keep_with_next = True
    _style(paragraph.add_run(text), bold=bold, quiet=quiet)


def _write(paragraph: Paragraph, statement: Statement) -> None:
    if statement.label:
        _style(paragraph.add_run(f"{statement.label}: "), bold=True)
    quiet = statement.kind == "silent"
    _style(paragraph.add_run(statement.text), bold=statement.strong, quiet=quiet)


def _style(run: Run, *, bold: bool, quiet: bool = False) -> None:
    if bold:
        run.bold = True
    if quiet:
        run.italic = True
        run.font.color.rgb = _QUIET


def _shade(cell: Any, colour: str) -> None:
    _add_element(cell.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def _set_styles(word: WordDocument) -> None:
    for name, size in _SIZES.items():
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(script), None)
    word.styles["Normal"].paragraph_format.space_after = Pt(3)
    cell = word.styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = word.styles["Normal"], Pt(9)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(1)
    word.styles["Heading 1"].paragraph_format.space_before = Pt(10)


def _set_page(word: WordDocument, report: Report) -> None:
    """A4; whose report it is above each page, what it is not and the page's number below."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    _write(section.header.paragraphs[0], report.owner)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{report.note.text}\t\t")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        if kind is not None:
            _add_element(run.element, "w:fldChar", fldCharType=kind)
        else:
            _add_element(run.element, "w:instrText").text = text
    for run in (*foot.runs, *section.header.paragraphs[0].runs):
        run.font.size = Pt(8)


def _xml(table: WordTable) -> Any:
    return table._element  # noqa: SLF001 - python-docx has no other way to the XML of a table


def _add_element(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """What python-docx has no name for: an element of WordprocessingML."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _set_properties(word: WordDocument, title: str) -> None:
    """The document's properties name the program and no person."""
    properties = word.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = _PROGRAM
    properties.comments = ""
