"""The folder that a run writes to: what may be replaced in it, and the record of the run.

``run.json`` is written first, unfinished, and last, with the hash of every output. It holds no
time and no absolute path, so that two runs over the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from ultrasound.batch.process import StudyOutput
from ultrasound.config import Settings
from ultrasound.domain import FileEntry
from ultrasound.errors import UsageError
from ultrasound.knowledge.own import OwnTables
from ultrasound.write.columns import TABLES
from ultrasound.write.folders import BOOKS, MAPS, PAGES, SUFFIXES, place_file
from ultrasound.write.outputs import HELPERS, JSON_LINES, WORKBOOK

RECORD: Final = "run.json"
PARTS: Final = "parts"
LEDGER: Final = "ledger.sqlite"
PROGRAM: Final = "venous-ultrasound"
_LIBRARIES: Final = (
    "charset-normalizer",
    "jinja2",
    "matplotlib",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pydantic",
    "pydicom",
    "pypdf",
    "python-docx",
    "spacy",
)
# SQLite leaves the second one where a run was ended in the middle.
_LEDGERS: Final = (LEDGER, f"{LEDGER}-journal")
_KEY: Final = r"[0-9a-f]{8,64}(-\d+)?"
# A patient's number and name may stand before the key of a workbook.
_NAMES: Final = {folder: re.compile(_KEY) for folder in SUFFIXES} | {
    BOOKS: re.compile(rf"([\w-]+_)?{_KEY}")
}
_MONTH: Final = re.compile(r"evidence_(\d{4}-\d{2}|undated)\.xlsx")
_WORDS: Final = {MAPS: "vein maps that could not be drawn", PAGES: "pages that could not be made"}
OWN_FILES: Final = (
    RECORD,
    WORKBOOK,
    JSON_LINES,
    *(f"{table}{suffix}" for table in TABLES for suffix in (".parquet", ".csv")),
    *(f"{table}.parquet" for table in HELPERS),
)


def check_output(out: Path, inputs: Iterable[Path]) -> None:
    """See that the output folder can be one; raises UsageError that says what to do."""
    if any(path.resolve() == out.resolve() for path in inputs):
        raise UsageError(f"{out}: is an input as well; name another folder for --out")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file; name a folder for --out")


def prepare_output(out: Path, note: Callable[[str], None], *, update: bool = False) -> None:
    """Make the output folder ready; nothing that this program did not write is replaced.

    Args:
        out: the folder.
        note: is told that outputs of an earlier run are replaced.
        update: whether the ledger of that run stays.

    Raises:
        UsageError: the folder holds a file of the same name that this program did not write or
            that was edited since, or cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear_earlier_run(out, note, () if update else _LEDGERS)
        write_record(out, {"program": PROGRAM, "finished": False})
    except OSError as error:
        raise UsageError(f"{out}: cannot be written to ({error.strerror})") from error


def _clear_earlier_run(out: Path, note: Callable[[str], None], also: Iterable[str] = ()) -> None:
    present = [name for name in (*OWN_FILES, *_LEDGERS, *SUFFIXES) if (out / name).exists()]
    earlier = read_record(out)
    if present and earlier is None:
        raise UsageError(
            f"{out}: holds a {present[0]} that no run of this program wrote; name another folder"
        )
    _refuse_edited(out, (earlier or {}).get("outputs", {}))
    if earlier is not None:
        note(f"replacing the outputs of an earlier run in {out}")
        shutil.rmtree(out / PARTS, ignore_errors=True)
        own = (out / name for name in present if name in (*OWN_FILES, *also))
        for path in (*list_single_files(out), *own):
            _remove(path)


def list_single_files(out: Path) -> list[Path]:
    """The files of single studies, patients and months, by the names that this program gives."""
    beside = [
        path
        for folder, suffixes in SUFFIXES.items()
        for path in sorted((out / folder).glob("*"))
        if path.suffix in suffixes and _NAMES[folder].fullmatch(path.stem)
    ]
    return [*beside, *(path for path in sorted(out.glob("*.xlsx")) if _MONTH.fullmatch(path.name))]


def name_month(month: str) -> str:
    """The file of one month's workbook."""
    return f"evidence_{month}.xlsx"


def save_study_files(
    out: Path, outputs: Iterable[StudyOutput], note: Callable[[str], None]
) -> Iterator[StudyOutput]:
    """Write the files of each study as it comes, named by its key, and pass the rest on."""
    missed: Counter[str] = Counter()
    for output in outputs:
        missed.update(output.missed)
        for folder, data in output.files.items():
            (out / folder).mkdir(exist_ok=True)
            (out / place_file(folder, output.key)).write_bytes(data)
        yield replace(output, files={})
    for folder, number in missed.items():
        note(f"{_WORDS[folder]}: {number}; {JSON_LINES} says of which reports")


def _refuse_edited(out: Path, hashes: Mapping[str, str]) -> None:
    """What a person worked in holds decisions and words that a new file would not."""
    for path in (out / WORKBOOK, *list_single_files(out)):
        known = hashes.get(_name_output(path))
        if path.exists() and known is not None and hash_file(path) != known:
            raise UsageError(
                f"{path}: was edited since it was written; move it away or name another folder"
            )


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except PermissionError as error:
        raise UsageError(f"{path}: is open in another program; close it there first") from error


def read_record(out: Path) -> dict[str, Any] | None:
    """The record of the run that wrote a folder, None where none did."""
    try:
        found = json.loads((out / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("program") == PROGRAM else None


def write_record(out: Path, record: Mapping[str, object]) -> None:
    """Write run.json in one step."""
    unfinished = out / f"{RECORD}.unfinished"
    text = json.dumps(record, ensure_ascii=False, indent=1)
    unfinished.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    unfinished.replace(out / RECORD)


def make_record(
    settings: Settings,
    knowledge_hash: str,
    entries: Sequence[FileEntry],
    counts: Mapping[str, int],
    outputs: Iterable[Path],
) -> dict[str, object]:
    """What a run was made of, and the hash of everything that went in and came out."""
    return {
        "program": PROGRAM,
        "finished": True,
        "versions": list_versions(),
        "knowledge_hash": knowledge_hash,
        "criteria": settings.criteria,
        "settings": settings.model_dump(),
        "counts": dict(counts),
        "inputs": [
            {
                "path": entry.path,
                "sha256": entry.sha256,
                "hash_scope": entry.hash_scope,
                "kind": entry.kind,
                "used": entry.used,
            }
            for entry in entries
        ],
        "outputs": {_name_output(path): hash_file(path) for path in sorted(outputs)},
    }


def list_versions() -> dict[str, str]:
    """The versions of the program, of Python and of the libraries that outputs depend on."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {PROGRAM: version(PROGRAM), "python": platform.python_version(), **libraries}


def _name_output(path: Path) -> str:
    folder = path.parent.name
    return f"{folder}/{path.name}" if folder in SUFFIXES else path.name


def name_inputs(inputs: Iterable[Path], out: Path) -> list[str]:
    """The inputs as they are found from the output folder, so that a review finds them again.

    One on another drive has no such name and is left out.
    """
    found = []
    for path in inputs:
        with suppress(ValueError):
            found.append(Path(os.path.relpath(path.resolve(), out.resolve())).as_posix())
    return sorted(found)


def name_tables(own: OwnTables, out: Path) -> dict[str, dict[str, str]]:
    """The files of the laboratory's own tables by id, as they are found from the output folder."""
    seen = {}
    for kind, tables in (("criteria", own.criteria), ("payers", own.payers)):
        files = ((table.id, name_inputs([Path(file)], out)) for file, table in tables.items())
        seen[kind] = {key: names[0] for key, names in files if names}
    return seen


def hash_file(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
