"""A report read back: what a reader sees of its tree, of its Markdown and of its Word document."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.table import Table as WordTable
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ultrasound.write.report.tree import Block, Fields, Heading, Line, Report, Statement

_SHOWN = ("text", "text_special")
_HARMLESS = (*_SHOWN, "strong_open", "strong_close", "em_open", "em_close")


def list_texts(report: Report) -> list[str]:
    """Everything that a report says, one text a heading, statement or cell that is not empty."""
    texts = [report.title, *(text for block in report.blocks for text in _list_block(block))]
    return _tidy([*texts, _join(report.note)])


def _tidy(texts: list[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


def _list_block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Statement):
        yield _join(block)
    elif isinstance(block, Fields):
        yield from map(_join, block.statements)
    else:
        yield from block.header
        for line in block.lines:
            yield from line.cells if isinstance(line, Line) else [line]


def _join(said: Statement) -> str:
    return f"{said.label}: {said.text}" if said.label else said.text


def read_md(content: bytes) -> list[str]:
    """The texts that a Markdown reader shows; anything that acts in a text is an error."""
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(content.decode("utf-8"))
    )
    shown = [_show(token) for token in tokens if token.type == "inline"]
    assert not [token.type for token in tokens if token.type in ("html_block", "code_block", "hr")]
    return _tidy(shown)


def _show(inline: Token) -> str:
    children = inline.children or []
    assert not {child.type for child in children} - set(_HARMLESS)
    return "".join(child.content for child in children if child.type in _SHOWN)


def read_docx(content: bytes) -> list[str]:
    """The texts of a Word document's body, a label and what it labels as one."""
    texts: list[str] = []
    for part in Document(io.BytesIO(content)).iter_inner_content():
        if not isinstance(part, WordTable):
            texts.append(part.text)
        elif part.style is not None and part.style.name == "Table Grid":
            texts += [cell.text for row in part.rows for cell in dict.fromkeys(row.cells)]
        else:
            texts += [" ".join(cell.text for cell in row.cells) for row in part.rows]
    return _tidy(texts)
