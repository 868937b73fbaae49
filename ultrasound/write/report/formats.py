"""The formats of the text report: the name of each is that of its module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Final

from ultrasound.errors import ConfigError
from ultrasound.write.report.compose import compose_report
from ultrasound.write.report.rows import Row
from ultrasound.write.report.tree import Report

FORMATS: Final = ("docx", "md")


def check_formats(names: Iterable[str]) -> None:
    """See that each format is known.

    Raises:
        ConfigError: one is not; the message names those there are.
    """
    for name in names:
        if name not in FORMATS:
            raise ConfigError(f"format {name!r} is not known; choose one of {', '.join(FORMATS)}")


def render_report(rows: Mapping[str, Sequence[Row]], names: Iterable[str]) -> dict[str, bytes]:
    """The report of one study in some formats, by their names.

    Args:
        rows: The study's rows by table.
        names: Formats of ``FORMATS``.
    """
    report = compose_report(rows)
    return {name: _load_writer(name)(report) for name in names}


def _load_writer(name: str) -> Callable[[Report], bytes]:
    """A format's ``render_`` function; its library is loaded only where the format is asked for."""
    module = import_module(f"{__package__}.{name}")
    writer: Callable[[Report], bytes] = getattr(module, f"render_{name}")
    return writer
