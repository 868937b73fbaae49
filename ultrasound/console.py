"""The console: streams that hold any character, output, lines in colour, progress."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from ultrasound.errors import UsageError

_STYLES: Final = {
    "heading": "bold",
    "line": "",
    "fact": "green",
    "why": "dim green",
    "left_out": "dim",
    "review": "yellow",
}


def make_streams_safe() -> None:
    """Let no character that a console's code page lacks stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def open_output(out: Path | None) -> Iterator[Callable[[str], None]]:
    """A function that writes one line of UTF-8, whatever the console's code page is."""
    if out is not None and out.is_dir():
        raise UsageError(f"{out}: is a folder; name a file to write to")
    if out is not None and not out.parent.is_dir():
        raise UsageError(f"{out.parent}: no such folder; make it first")
    sys.stdout.flush()
    with nullcontext(sys.stdout.buffer) if out is None else out.open("wb") as stream:
        yield lambda line: _write_line(stream, line)
        stream.flush()


def _write_line(stream: BinaryIO, line: str) -> None:
    stream.write(line.encode("utf-8", "replace") + b"\n")


def print_lines(lines: Iterable[tuple[str, str]]) -> None:
    """Print lines, each in the colours of its kind, on a terminal that has colours."""
    console = Console(highlight=False)
    for text, kind in lines:
        console.print(Text(text, style=_STYLES[kind]), soft_wrap=True)


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def observe(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield observe
