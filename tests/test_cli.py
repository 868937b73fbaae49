"""The command line: what it prints, on which stream, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import ultrasound
from ultrasound import cli

REPORT = """Patient: DOE, JANE   MRN: 48213

VENOUS REFLUX DUPLEX, RIGHT LEG
The right GSV is incompetent in the proximal thigh with reflux of 2.3 s.
The right SSV measures \u2265 3 mm and is competent.
"""
GOLD = "R\tGSV\tproximal_thigh\treflux\tpresent\nR\tGSV\tproximal_thigh\treflux_time\t2300\n"
GERMAN = (
    "Venenduplex. Die Vena saphena magna rechts ist insuffizient, Reflux 2,3 s, 7 mm weit. " * 4
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input folder: a report, its annotation, clutter, and a report that is not ours."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "r.txt").write_text(REPORT, encoding="utf-8")
    (inputs / "r.gold.tsv").write_text(GOLD, encoding="utf-8")
    (inputs / "german.txt").write_text(GERMAN, encoding="utf-8")
    (inputs / "empty.txt").write_text("", encoding="utf-8")
    return inputs


def call(*arguments: object) -> int:
    """Run the command in this process; its exit status."""
    with pytest.raises(SystemExit) as caught:
        cli.main([str(argument) for argument in arguments])
    return int(caught.value.code or 0)


def test_the_version_is_the_package_version(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, status 0."""
    assert call("--version") == 0
    assert capsys.readouterr().out == f"ultrasound {version('venous-ultrasound')}\n"


def test_the_version_needs_no_large_library() -> None:
    """The start is fast: the libraries that read and write are loaded when they are used."""
    large = ["spacy", "pydicom", "pandas", "pyarrow", "openpyxl"]
    code = (
        "import sys\nfrom ultrasound.cli import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n"
        f"    print([name for name in {large} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_public_name_is_there() -> None:
    """What the package promises can be imported, and nothing else is listed."""
    for name in ultrasound.__all__:
        assert getattr(ultrasound, name) is not None
    assert dir(ultrasound) == sorted(ultrasound.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = ultrasound.nothing


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "{in}"], "Missing option '--out'"),
        (["run", "{in}/nowhere", "--out", "{out}"], "no such file or folder; check the spelling"),
        (["run", "{in}", "--out", "{in}/r.txt"], "is a file; name a folder for --out"),
        (["run", "{in}", "--out", "{in}"], "is an input as well; name another folder"),
        (["run", "{none}", "--out", "{out}"], "holds no file; name a folder with reports"),
        (["run", "{in}", "--out", "{out}", "--criteria", "x"], "'x' are not known; choose one of"),
        (["run", "{in}", "--out", "{out}", "--payer", "x"], "'x' is not known; choose from aetna"),
        (["run", "{in}", "--out", "{out}", "--settings", "{bad}"], "not a setting; the settings"),
        (["run", "{in}", "--out", "{out}", "--workers", "0"], "'--workers'"),
        (["walk", "{in}"], "No such command 'walk'"),
        (["extract", "{in}/nowhere"], "no such file or folder; check the spelling"),
        (["extract", "{in}", "--out", "{in}"], "is a folder; name a file"),
        (["extract", "{in}", "--out", "{in}/no/x"], "no such folder; make it first"),
        (["show", "{in}"], "no such file; name one report"),
        (["evaluate", "{in}/nowhere"], "no such folder; name the folder"),
        (["evaluate", "{none}"], "no *.gold.tsv here; name the folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line_that_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """Status 2, nothing on stdout, one line on stderr, and no output is left behind."""
    bad, none = folder.parent / "bad.toml", folder.parent / "none"
    bad.write_text("colour = 1\n", encoding="utf-8")
    none.mkdir()
    places = {"in": folder, "out": folder.parent / "out", "bad": bad, "none": none}
    status = call(*(argument.format(**places) for argument in arguments))
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("ultrasound: ")
    assert words in printed.err
    assert not (folder.parent / "out").exists()


def test_debug_shows_the_traceback(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line is still the last one."""
    assert call("show", folder / "nowhere", "--debug") == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1].endswith("no such file; name one report")


def test_a_failure_of_the_program_is_told_as_one(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3, and not a word of what it was working on."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("DOE, JANE")

    monkeypatch.setattr("ultrasound.batch.run.run_batch", fail)
    assert call("run", folder, "--out", folder.parent / "out") == 3
    assert capsys.readouterr().err == (
        "ultrasound: the program failed (ZeroDivisionError); run it with --debug and report it\n"
    )


def test_a_run_that_uses_all_inputs_ends_with_0(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Annotations, clutter and reports that are not ours are no failures; stderr is silent."""
    out = folder.parent / "out"
    assert call("run", folder, "--out", out) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith("1 study, 1 leg: 0 with ACUTE thrombus, 1 with reflux; ")
    assert printed.out.endswith(
        f"to review; 0 of 4 files could not be used; workbook: {out / 'evidence.xlsx'}\n"
    )
    assert (out / "evidence.xlsx").is_file()
    assert not (out / "parts").exists()


def test_codes_are_listed_when_asked_for(folder: Path) -> None:
    """--codes fills the table of candidates; without it, the table is empty."""
    for name, options in (("plain", ()), ("asked", ("--codes",))):
        assert call("run", folder, "--out", folder.parent / name, *options) == 0
    plain, asked = ((folder.parent / n / "codes.csv").read_text() for n in ("plain", "asked"))
    assert plain.count("\n") == 1
    assert asked.startswith(plain)
    assert "I87.2,ICD-10-CM" in asked


def test_a_run_with_a_broken_file_ends_with_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What could not be used is listed with its reason, and all else is done."""
    (folder / "broken.dcm").write_bytes(b"\0" * 128 + b"DICM" + b"\x02\0\0\0UL\x04\0")
    assert call("run", folder, "--out", folder.parent / "out") == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("not used: broken.dcm: ")
    assert len(printed.err.splitlines()) == 1
    assert "1 of 5 files could not be used" in printed.out


def test_a_second_run_says_what_it_replaces(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same folder can be written again."""
    out = folder.parent / "out"
    assert call("run", folder, "--out", out) == 0
    capsys.readouterr()
    assert call("run", folder, "--out", out) == 0
    assert capsys.readouterr().err == (
        f"ultrasound: replacing the outputs of an earlier run in {out}\n"
    )


def test_extract_writes_lines_of_the_contract(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """To stdout and to a file go the same bytes: UTF-8, one object a line."""
    assert call("extract", folder) == 0
    printed = capfdbinary.readouterr().out
    path = folder.parent / "x.jsonl"
    assert call("extract", folder, "--out", path) == 0
    assert path.read_bytes() == printed
    lines = [json.loads(line) for line in printed.decode("utf-8").splitlines()]
    assert {line["document"] for line in lines} == {"r.txt"}
    assert {line["type"] for line in lines} <= {"observation", "context", "dismissal", "review"}
    times = [line["value"] for line in lines if line.get("property") == "reflux_time"]
    assert times == [2300]
    assert "\u2265".encode() in printed


def test_extract_lists_what_it_could_not_use(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file is a problem line, a line on stderr, and status 1."""
    (folder / "broken.dcm").write_bytes(b"\0" * 128 + b"DICM" + b"\x02\0\0\0UL\x04\0")
    path = folder.parent / "x.jsonl"
    assert call("extract", folder / "broken.dcm", "--out", path) == 1
    assert capsys.readouterr().err.startswith("not used: broken.dcm: ")
    (line,) = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert (line["type"], line["path"]) == ("problem", "broken.dcm")


def test_show_lays_facts_below_their_lines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line is followed by what was read from it, plain when it is piped."""
    assert call("show", folder / "r.txt") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "r.txt (text, insufficiency)"
    fourth = next(n for n, line in enumerate(lines) if line.startswith("    4 | The right GSV"))
    below = lines[fourth + 1 : next(n for n, x in enumerate(lines) if x.startswith("    5 |"))]
    assert any("right GSV proximal thigh reflux time = 2300 ms" in line for line in below)
    assert any('leg: "right" (line 4)' in line for line in below)
    assert "\x1b" not in "".join(lines)


def test_show_says_why_a_file_is_not_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report in another language is no failure, and its reason is told."""
    assert call("show", folder / "german.txt") == 0
    assert capsys.readouterr().err.startswith("not used: german.txt: ")


def test_evaluate_prints_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table, with the errors asked for before it, or as JSON."""
    assert call("evaluate", folder, "--errors", "9") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("r\textra")
    assert lines[-1].startswith("all: precision ")
    assert call("evaluate", folder, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["reports"], figures["facts"], figures["recall"]) == (1, 2, 1.0)


def test_a_console_without_the_characters_does_not_stop_the_program(folder: Path) -> None:
    """A code page that lacks a report's characters shows them as escapes."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "ultrasound", "show", str(folder / "r.txt")],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0
    assert b"\\u2265 3 mm" in done.stdout


@pytest.mark.parametrize("command", ["run", "extract", "show", "evaluate"])
def test_every_command_and_option_has_help(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing has to be guessed."""
    assert call(command, "--help") == 0
    text = capsys.readouterr().out
    options = [line.strip() for line in text.splitlines() if line.strip().startswith("--")]
    assert options
    assert [line for line in options if len(line.split("  ", 1)) < 2] == []
