"""The command ``ultrasound``: reads the command line, shows progress, prints, sets the exit status.

Exit status 0: all inputs were used; 1: finished, but some inputs could not be used; 2: what was
asked for cannot be done; 3: the program itself failed.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

import typer

import ultrasound as api
from ultrasound.console import make_streams_safe, open_output, print_lines, show_progress
from ultrasound.errors import UltrasoundError, UsageError

SOME_UNUSED: Final = 1
WRONG_USAGE: Final = 2
BROKEN: Final = 3
INTERRUPTED: Final = 130
_MOST_LISTED: Final = 20
_DEBUG: Final = "--debug"
# Every error in the use of the command line is a kind of this; typer does not name it itself.
_CommandLineError: Final = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="ultrasound",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Inputs = Annotated[
    list[Path], typer.Argument(help="Files and folders to read.", show_default=False)
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="The lab's settings, a TOML file.")
]
OutputFolder = Annotated[
    Path, typer.Option("--out", help="The folder to write to.", show_default=False)
]
Workers = Annotated[
    int, typer.Option("--workers", min=1, help="How many processes work at a time.")
]
KnowledgeFile = Annotated[
    Path | None, typer.Option("--knowledge", help="The lab's own words, a TOML file.")
]
Criteria = Annotated[
    str | None, typer.Option("--criteria", help="The criteria set that judges the legs, or a file.")
]
Codes = Annotated[bool, typer.Option("--codes", help="List ICD-10-CM and CPT codes that may fit.")]
Payer = Annotated[
    list[str] | None,
    typer.Option(
        "--payer", help="A payer profile, or a file, to hold the legs against; repeatable."
    ),
]
Maps = Annotated[bool, typer.Option("--maps", help="Draw the vein map of each study, as SVG.")]
Pages = Annotated[
    bool, typer.Option("--pages", help="Write the evidence page of each study, as HTML.")
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--formats", help="Write each study's text report: docx, md; repeatable."),
]
PerPatient = Annotated[
    bool, typer.Option("--per-patient", help="Write a workbook for each patient as well.")
]
Update = Annotated[
    bool, typer.Option("--update", help="Read only what is new or changed since the earlier run.")
]
PatientNames = Annotated[
    bool, typer.Option("--patient-names", help="The same, in files named by the patient.")
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every error that is expected is one line on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = _DEBUG in given
    make_streams_safe()
    try:
        status = app([word for word in given if word != _DEBUG], standalone_mode=False)
    except KeyboardInterrupt:
        status = _fail("interrupted", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last place where an error can be told
        if debug:
            traceback.print_exc()
        status = _explain(error)
    sys.exit(status or 0)


def _explain(error: Exception) -> int:
    if isinstance(error, UltrasoundError):
        return _fail(str(error), WRONG_USAGE)
    if isinstance(error, typer.Abort):
        return _fail("interrupted", INTERRUPTED)
    if isinstance(error, _CommandLineError):
        words = getattr(error, "format_message", lambda: str(error))()
        return _fail(f"{' '.join(words.split())} See 'ultrasound --help'.", WRONG_USAGE)
    if isinstance(error, BrokenPipeError):
        sys.stderr.close()  # whoever read our output has gone, and there is nobody to tell
        return 0
    kind = type(error).__name__
    return _fail(f"the program failed ({kind}); run it with {_DEBUG} and report it", BROKEN)


def _fail(message: str, status: int) -> int:
    typer.echo(f"ultrasound: {message}", err=True)
    return status


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"ultrasound {version('venous-ultrasound')}")
        raise typer.Exit


@app.callback()
def choose(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    _debug: Annotated[bool, typer.Option(_DEBUG, help="Show the traceback of an error.")] = False,
) -> None:
    """Reads leg-vein duplex reports and DICOM into a per-leg workbook of evidence.

    Evidence for a physician's decision; not a diagnosis.
    """


@app.command()
def run(  # noqa: PLR0913 - each argument is an option of the command
    inputs: Inputs,
    out: OutputFolder,
    *,
    workers: Workers = 1,
    criteria: Criteria = None,
    codes: Codes = False,
    payer: Payer = None,
    maps: Maps = False,
    pages: Pages = False,
    formats: Formats = None,
    per_patient: PerPatient = False,
    patient_names: PatientNames = False,
    update: Update = False,
    settings: SettingsFile = None,
    knowledge: KnowledgeFile = None,
    review: Annotated[Path | None, typer.Option("--review", help="Decisions to keep.")] = None,
) -> int:
    """Read everything in INPUTS and write the workbook and its tables to the folder --out."""
    asked = {"criteria": criteria, "codes": codes or None, "payers": tuple(payer or ()) or None}
    given = {key: value for key, value in asked.items() if value is not None}
    chosen = api.load_settings(settings).model_copy(update=given)
    kept = () if review is None else api.read_trail(review, api.load_knowledge(knowledge))
    books = per_patient or patient_names, patient_names
    written = maps, pages, tuple(formats or ()), *books
    job = api.Job(tuple(inputs), out, workers, chosen, knowledge, *written, kept, update=update)
    with show_progress() as observe:
        summary = api.run_batch(job, observe, _note)
    return _tell(summary)


@app.command("review")
def take_review(  # noqa: PLR0913 - one argument for each option
    workbooks: Annotated[
        list[Path],
        typer.Argument(metavar="WORKBOOK", help="The reviewed workbook.", show_default=False),
    ],
    out: OutputFolder,
    *,
    inputs: Annotated[list[Path] | None, typer.Option("--input", help="A moved input.")] = None,
    results: Annotated[Path | None, typer.Option("--results", help="The run's folder.")] = None,
    initials: Annotated[str | None, typer.Option("--initials", help="Who decided.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="When; else the workbook's.")] = None,
    gold: Annotated[Path | None, typer.Option("--gold", help="Folder for annotations.")] = None,
    workers: Workers = 1,
    knowledge: KnowledgeFile = None,
) -> int:
    """Take the decisions in WORKBOOK in, and write the corrected results to the folder --out.

    Workbooks of several reviewers are given together.
    """
    where = tuple(workbooks), out, tuple(inputs or ()), results
    job = api.ReviewJob(*where, initials, date, gold, workers, knowledge)
    with show_progress() as observe:
        summary = api.review_workbook(job, observe, _note)
    return _tell(summary)


@app.command()
def workbook(
    results: Annotated[Path, typer.Argument(help="The folder that `ultrasound run` wrote.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.", show_default=False)],
    study: Annotated[str | None, typer.Option("--study", help="The key of one exam.")] = None,
    patient: Annotated[str | None, typer.Option("--patient", help="A patient's number.")] = None,
    month: Annotated[
        str | None, typer.Option("--month", help="A month of exams: 2026-03, or undated.")
    ] = None,
) -> None:
    """Write the whole workbook of some exams of RESULTS, with a report of a page for each."""
    exams = api.make_workbook(results, out, study=study, patient=patient, month=month)
    typer.echo(f"{exams} {'exam' if exams == 1 else 'exams'}; workbook: {out}")


@app.command()
def extract(
    paths: Inputs,
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write to; else standard output.")
    ] = None,
    settings: SettingsFile = None,
    knowledge: KnowledgeFile = None,
) -> int:
    """Write what is read from PATHS as JSON lines: observations, context, review, problems."""
    tools = _load_tools(settings, knowledge)
    unused: list[api.FileEntry] = []
    with open_output(out) as write, show_progress() as observe:
        for line in api.extract_lines(paths, *tools, observe, unused.append):
            write(line)
    return _list_unused(unused)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="The report to show.", show_default=False)],
    settings: SettingsFile = None,
    knowledge: KnowledgeFile = None,
) -> int:
    """Show a report line by line, with what was read from each line and why."""
    if not file.is_file():
        raise UsageError(f"{file}: no such file; name one report")
    entry, lines = api.show_file(file, *_load_tools(settings, knowledge))
    print_lines((line.text, line.style) for line in lines)
    if not entry.used:
        typer.echo(f"not used: {entry.path}: {entry.reason}", err=True)
    return SOME_UNUSED if entry.failed else 0


@app.command()
def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(help="A folder of reports beside their NAME.gold.tsv.")
    ],
    errors: Annotated[
        int, typer.Option("--errors", min=0, help="List so many errors, one a line.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    settings: SettingsFile = None,
    knowledge: KnowledgeFile = None,
) -> int:
    """Compare what is read from annotated reports with their annotations."""
    if not gold_dir.is_dir():
        raise UsageError(f"{gold_dir}: no such folder; name the folder that holds the annotations")
    found = api.evaluate_folder(gold_dir, *_load_tools(settings, knowledge))
    for error in found.score.errors[:errors]:
        typer.echo(error)
    typer.echo(json.dumps(found.score.figures) if as_json else found.score.table)
    for name, reason in found.unread:
        typer.echo(f"not used: {name}: {reason}", err=True)
    return SOME_UNUSED if found.unread else 0


def _load_tools(
    settings: Path | None, knowledge: Path | None
) -> tuple[api.Knowledge, api.Settings]:
    return api.load_knowledge(knowledge), api.load_settings(settings)


def _tell(summary: api.Summary) -> int:
    status = _list_unused(summary.unused)
    typer.echo(summary.sentence)
    return status


def _note(message: str) -> None:
    typer.echo(f"ultrasound: {message}", err=True)


def _list_unused(entries: Sequence[api.FileEntry]) -> int:
    """Tell which inputs could not be used and why; status 1 if there are any."""
    failed = [entry for entry in entries if entry.failed]
    for entry in failed[:_MOST_LISTED]:
        typer.echo(f"not used: {entry.path}: {entry.reason}", err=True)
    if len(failed) > _MOST_LISTED:
        typer.echo(f"not used: {len(failed) - _MOST_LISTED} more files", err=True)
    return SOME_UNUSED if failed else 0
