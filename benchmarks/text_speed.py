"""How fast reports are read, beside other programs: ``python -m benchmarks.text_speed``.

Makes an environment for each program, with the versions of ``benchmarks/*.txt``, and times all of
them in turn on the same reports, each in a process of its own, several times over. What counts is
the processor time of the second pass, when every program has seen the words of the corpus.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.corpus import ROOT, list_reports, read_texts, write_corpus
from benchmarks.page import write_section

ENVIRONMENTS: Final = ROOT / "build" / "benchmarks"
BASE: Final = "tokenizer"
LOCK: Final = ROOT / "requirements" / "run.lock"


@dataclass(slots=True)
class Engine:
    """A program: its name in engines.py, what the table calls it, and what it needs installed."""

    name: str
    title: str
    requirements: Path
    results: list[dict[str, Any]] = field(default_factory=list)
    failure: str | None = None

    def rates(self, reports: int) -> list[float]:
        """Reports a second in each round, the slowest first."""
        return sorted(reports / result["passes"][-1] for result in self.results)


def list_engines() -> list[Engine]:
    """All programs, in the order of the table."""
    here = Path(__file__).parent
    return [
        Engine("extraction", "this program: extraction, every feature", LOCK),
        Engine("whole", "this program: from the file on", LOCK),
        Engine(BASE, "spaCy: English tokenizer alone", here / "tokenizer.txt"),
        Engine(
            "eds_nlp",
            "EDS-NLP: sentences, 400 terms, negation, quantities",
            here / "eds_nlp.txt",
        ),
        Engine(
            "medspacy",
            "medspaCy: sentences, 60 targets, ConText, sections",
            here / "medspacy.txt",
        ),
    ]


def prepare(engine: Engine, folder: Path) -> Path:
    """The interpreter of an engine's environment, which is made where it is missing or old."""
    wanted = hashlib.sha256(engine.requirements.read_bytes() + sys.version.encode()).hexdigest()
    place = folder / engine.requirements.stem
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = place / "made.txt"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        print(f"installing {engine.requirements.name}", file=sys.stderr)
        venv.create(place, with_pip=True, clear=True)
        install = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([python, *install, "-r", engine.requirements], check=True)
        stamp.write_text(wanted, "utf-8")
    return python


def run_round(engines: Sequence[Engine], pythons: Mapping[str, Path], corpus: Path) -> None:
    """Time every program once."""
    for engine in engines:
        if engine.failure is not None:
            continue
        print(f"timing {engine.name}", file=sys.stderr)
        done = subprocess.run(
            [pythons[engine.name], "-m", "benchmarks.engines", engine.name, corpus.resolve()],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            engine.failure = done.stderr.strip().splitlines()[-1] if done.stderr else "failed"
        else:
            engine.results.append(json.loads(done.stdout.splitlines()[-1]))


def write_table(engines: Sequence[Engine], corpus: Path) -> str:
    """The results as a table of Markdown, with the machine and the versions below it."""
    texts = read_texts(list_reports(corpus))
    base = next(engine for engine in engines if engine.name == BASE)
    unit = median(base.rates(len(texts))) if base.results else None
    lines = [
        "| | reports/s (median) | least to most | words/s | times the tokenizer | peak memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    words = sum(len(text.split()) for text in texts) / len(texts)
    lines += [_write_row(engine, len(texts), words, unit) for engine in engines]
    rounds = max(len(engine.results) for engine in engines)
    told = (
        f"{len(texts)} reports of {words:.0f} words in the mean; {rounds} rounds; second pass of "
        f"each; {_name_machine()}."
    )
    versions = [_write_versions(engine) for engine in engines if engine.results]
    return "\n".join([*lines, "", told, "", *versions])


def _write_row(engine: Engine, reports: int, words: float, unit: float | None) -> str:
    if engine.failure is not None or not engine.results:
        return f"| {engine.title} | could not be run: {engine.failure} | | | | |"
    rates = engine.rates(reports)
    middle = median(rates)
    share = f"{middle / unit:.2f}" if unit else ""
    peaks = [result["megabytes"] for result in engine.results if result["megabytes"]]
    peak = f"{max(peaks):.0f} MB" if peaks else ""
    spread = f"{rates[0]:.0f} to {rates[-1]:.0f}"
    return (
        f"| {engine.title} | {middle:.0f} | {spread} | {middle * words:,.0f} | {share} | {peak} |"
    )


def _write_versions(engine: Engine) -> str:
    found = engine.results[0]
    packages = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    first = median(result["passes"][0] for result in engine.results)
    second = median(result["passes"][-1] for result in engine.results)
    return (
        f"- {engine.title}: CPython {found['python']}, {packages}; ready after "
        f"{found['ready']:.1f} s; first pass {first:.1f} s, second {second:.1f} s."
    )


def _name_machine() -> str:
    """The processor and the system, as far as they tell."""
    processor = platform.processor() or platform.machine()
    told = Path("/proc/cpuinfo")
    if told.exists():
        lines = told.read_text("utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        processor = names[0] if names else processor
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}"


def main() -> int:
    """Measure all programs that are asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a folder of reports; else they are made")
    parser.add_argument("--count", type=int, default=200, help="how many reports are made")
    parser.add_argument("--rounds", type=int, default=3, help="how often each program runs")
    parser.add_argument("--only", nargs="+", help="some of the programs")
    parser.add_argument("--write", action="store_true", help="put the table into the page, too")
    asked = parser.parse_args()
    engines = [e for e in list_engines() if asked.only is None or e.name in asked.only]
    pythons = {}
    for engine in engines:
        try:
            pythons[engine.name] = prepare(engine, ENVIRONMENTS)
        except subprocess.CalledProcessError:
            engine.failure = "its packages could not be installed"
    with tempfile.TemporaryDirectory() as made:
        corpus: Path = asked.corpus or Path(made)
        if asked.corpus is None:
            write_corpus(corpus, asked.count)
        for _ in range(asked.rounds):
            run_round(engines, pythons, corpus)
        table = write_table(engines, corpus)
    print(table)
    if asked.write:
        write_section("text speed", table)
    return int(any(engine.failure is not None for engine in engines))


if __name__ == "__main__":
    sys.exit(main())
