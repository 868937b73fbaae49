"""Writes invented reports into a folder: ``python -m tools.generator --count 100 --out DIR``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from tools.generator import LAYOUTS, Cells, Report, draw_facts, draw_noise, write_report

_SURE: Final = ("=", "-")


def make_report(seed: int, *, layout: str | None = None, words: int = 0) -> Report:
    """The report of a seed.

    Args:
        seed: the same one gives the same report.
        layout: one of LAYOUTS; None for each in its turn.
        words: how long it has to be at least, as far as there is anything to say.
    """
    rng = Random(seed)
    facts, noise = draw_facts(rng), draw_noise(rng, words=words)
    return write_report(facts, layout or list(LAYOUTS)[seed % len(LAYOUTS)], noise, rng)


def write_gold(facts: frozenset[Cells]) -> str:
    """The facts as a gold file: tabs between the cells, comparator and upper end where needed."""
    rows = [row[:5] if row[5:] == _SURE else row for row in sorted(facts)]
    return "".join("\t".join(row) + "\n" for row in rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the reports that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.generator", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many reports")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first one")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    parser.add_argument("--gold", action="store_true", help="write the facts beside each report")
    parser.add_argument("--layout", choices=tuple(LAYOUTS), help="one layout, not all in turn")
    parser.add_argument("--words", type=int, default=0, help="the least length of a report")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    for seed in range(asked.seed, asked.seed + asked.count):
        report = make_report(seed, layout=asked.layout, words=asked.words)
        name = f"{seed:06d}_{report.layout}"
        _write(asked.out / f"{name}.txt", report.text)
        if asked.gold:
            _write(asked.out / f"{name}.gold.tsv", write_gold(report.facts_expected))
    print(f"{asked.count} reports in {asked.out.name}")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
