"""Writes docs/accuracy.md: each sample's score at its first reading and now.

``python -m tools.write_accuracy``. The first readings stand in docs/first_reading.tsv and are never
written anew: they were taken before a sample could influence the program.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Final

from ultrasound.config import Settings
from ultrasound.evaluate import evaluate_folder
from ultrasound.extract import extract_observations
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.read import read_file

ROOT: Final = Path(__file__).parent.parent
SAMPLES: Final = ROOT / "sample_reports"
FIRST: Final = ROOT / "docs" / "first_reading.tsv"
TESTS: Final = ROOT / "tests" / "extract"
TEXT: Final = ROOT / "docs" / "accuracy.txt"
PAGE: Final = ROOT / "docs" / "accuracy.md"


def write_accuracy(page: Path) -> None:
    """Measure the samples and write the page."""
    knowledge = load_knowledge()
    first = _read_first()
    rows = [_row(folder, first, knowledge) for folder in _folders()]
    total = evaluate_folder(SAMPLES, knowledge, Settings()).score.figures
    words = TEXT.read_text("utf-8")
    table = "\n".join(
        [
            "| layout | facts | F1 at first reading | F1 now | errors now | silent now |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *rows,
        ]
    )
    figures = (
        f"precision {total['precision']:.4f}, recall {total['recall']:.4f}, F1 {total['f1']:.4f}; "
        f"{total['errors']} errors of {total['facts']} facts, {total['silent_errors']} silent; "
        f"{total['reviews_due_met']} of {total['reviews_due']} reviews due; "
        f"{total['review_items_per_report']} review items a report"
    )
    page.write_text(
        words.replace("{samples}", table)
        .replace("{figures}", figures)
        .replace("{dismissals}", _count_dismissals(knowledge))
        .replace("{sets}", _list_sets(first))
        .replace("{clauses}", _count_outcomes("clauses.toml"))
        .replace("{statements}", _count_outcomes("statements.toml"))
        .replace("{names}", _count_outcomes("names.toml")),
        "utf-8",
        newline="\n",
    )


def _count_dismissals(knowledge: Knowledge) -> str:
    """How many words of the samples are deliberately no finding, by the contract's rules."""
    counts: Counter[str] = Counter()
    for gold in sorted(SAMPLES.rglob("*.gold.tsv")):
        path = gold.with_name(gold.name.removesuffix(".gold.tsv") + ".txt")
        if path.is_file():
            outcome = read_file(path, path.relative_to(SAMPLES).as_posix(), knowledge)
            for document in outcome.documents:
                found = extract_observations(document, knowledge, Settings())
                counts.update(item.rule for item in found.dismissals)
    rows = [f"| `{rule}` | {count} |" for rule, count in sorted(counts.items())]
    return "\n".join(["| rule | dismissals |", "| --- | ---: |", *rows])


def _folders() -> list[Path]:
    return sorted({path.parent for path in SAMPLES.rglob("*.gold.tsv")})


def _f1(counts: Counter[str]) -> float:
    twice = 2 * counts["hit"]
    return twice / max(1, twice + counts["extra"] + counts["missing"])


def _list_sets(first: dict[str, Counter[str]]) -> str:
    """The sets by further hands, each with its figures at first reading."""
    rows = [
        "| set | reports | facts | precision | recall | F1 | errors | silent |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, counts in first.items():
        if name.endswith("_hand"):
            hits, extra, missing = counts["hit"], counts["extra"], counts["missing"]
            facts, precision = hits + missing, hits / (hits + extra)
            rows.append(
                f"| `{name}` | {counts['reports']} | {facts} | {precision:.3f} "
                f"| {hits / facts:.3f} | {_f1(counts):.3f} | {extra + missing} "
                f"| {counts['silent']} |"
            )
    return "\n".join(f"  {row}" for row in rows)


def _count_outcomes(table: str) -> str:
    """How the cases of a table of clauses are read now, by the marks in it."""
    cases = tomllib.loads((TESTS / table).read_text("utf-8"))["case"]
    marks = Counter(case.get("outcome", "exact") for case in cases)
    return (
        f"{marks['exact']} of {len(cases)} are read exactly, {marks['review']} go to review, "
        f"{marks['missing']} lose a fact in silence, and {marks['wrong']} give a wrong one"
    )


def _read_first() -> dict[str, Counter[str]]:
    """Hits, extras and misses of each layout at first reading, from facts, recall and errors."""
    layouts: dict[str, Counter[str]] = {}
    for line in FIRST.read_text("utf-8").splitlines():
        name, facts, _, recall, _, errors, silent = line.split("\t")
        hits = round(int(facts) * float(recall))
        missing = int(facts) - hits
        layouts.setdefault(str(Path(name).parent.as_posix()), Counter()).update(
            hit=hits,
            extra=int(errors) - missing,
            missing=missing,
            reports=1,
            silent=int(silent),
        )
    return layouts


def _row(folder: Path, first: dict[str, Counter[str]], knowledge: Knowledge) -> str:
    name = folder.relative_to(SAMPLES).as_posix()
    now = evaluate_folder(folder, knowledge, Settings()).score.figures
    then = f"{_f1(first[name]):.3f}" if name in first else "–"
    return (
        f"| {name} | {now['facts']} | {then} | {now['f1']:.3f} | {now['errors']} "
        f"| {now['silent_errors']} |"
    )


if __name__ == "__main__":
    write_accuracy(PAGE)
