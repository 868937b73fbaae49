"""A text report as Markdown (CommonMark with tables): words of a report never act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ultrasound.write.report.tree import Block, Fields, Heading, Line, Report, Statement, Table

# Signs that mark up wherever they stand; an address that would become a link; what only marks up
# at the start of a block.
_SIGNS = re.compile(r"[\\`*\[\]<|~&$@]|(?<!\w)_|_(?!\w)")
_LINKS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"^(?:[-+=#>]|\d+(?=[.)]))")


def render_md(report: Report) -> bytes:
    """Write a report as Markdown in UTF-8."""
    parts = [f"# {escape(report.title)}"]
    parts += [_write_block(block) for block in report.blocks]
    parts.append(_write_statement(report.note))
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def escape(text: str) -> str:
    """A text that Markdown shows as it is; it has no line breaks."""
    return _LINKS.sub(r"\\\g<0>", _SIGNS.sub(r"\\\g<0>", text))


def _escape_block(text: str) -> str:
    """A text that starts a block."""
    return _START.sub(_escape_start, escape(text))


def _escape_start(match: re.Match[str]) -> str:
    """A dash gets its backslash before it, a number of a list behind it."""
    sign = match.group()
    return f"{sign}\\" if sign.isdecimal() else f"\\{sign}"


def _write_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"## {escape(block.text)}"
    if isinstance(block, Statement):
        return _write_statement(block)
    if isinstance(block, Fields):
        return "\n".join(f"- {_write_statement(each)}" for each in block.statements)
    return "\n".join(_write_table(block))


def _write_statement(statement: Statement) -> str:
    if statement.label:
        text = _mark(escape(statement.text), statement.strong)
        return f"**{escape(statement.label)}:** {text}"
    return _mark(_escape_block(statement.text), statement.strong)


def _mark(text: str, strong: bool) -> str:
    return f"**{text}**" if strong and text else text


def _write_table(table: Table) -> Iterator[str]:
    yield _write_cells([escape(cell) for cell in table.header])
    yield _write_cells(["---"] * len(table.header))
    for line in table.lines:
        if isinstance(line, Line):
            yield _write_cells([_mark(escape(cell), strong) for cell, strong in line.list_cells()])
        else:
            rest = [""] * (len(table.header) - 1)
            yield _write_cells([f"*{escape(line)}*", *rest])


def _write_cells(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
