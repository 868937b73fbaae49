"""Whether memory stays flat over many reports: ``python -m benchmarks.memory --count 50000``.

The reports are made in batches by the generator, in a process of its own, and thrown away when they
have been read. Each is given a line with a name and a number of its own, so that the program meets
new words all the time, as it does in a hospital.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import ultrasound
from benchmarks.corpus import SEED, list_reports, write_corpus
from benchmarks.engines import peak_megabytes
from benchmarks.page import write_section
from ultrasound.domain import Document

BATCH: Final = 500
SAMPLES: Final = 10
LETTERS: Final = "abcdefghiklmnoprstuvwz"
STATUS: Final = Path("/proc/self/status")
_MEGABYTE: Final = 1_000_000


def held_megabytes() -> float:
    """The memory that this process holds; its peak where the system tells no more."""
    if STATUS.exists():
        for line in STATUS.read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / _MEGABYTE
    return peak_megabytes() or 0.0


def make_documents(count: int, knowledge: ultrasound.Knowledge) -> Iterator[Document]:
    """So many reports, each read from a file that exists only for a while."""
    rng = Random(SEED)
    for start in range(0, count, BATCH):
        with tempfile.TemporaryDirectory() as made:
            write_corpus(Path(made), min(BATCH, count - start), SEED + start)
            for path in list_reports(Path(made)):
                _add_line(path, rng)
                yield from ultrasound.read_file(path, path.name, knowledge).documents


def _add_line(path: Path, rng: Random) -> None:
    name = "".join(rng.choices(LETTERS, k=9)).capitalize()
    line = f"Referred by Dr. {name}, letter {rng.randrange(10**9)}.\n"
    path.write_text(line + path.read_text("utf-8"), encoding="utf-8", newline="\n")


def sample(count: int) -> list[tuple[int, float, float]]:
    """Reports read, megabytes held and seconds of extraction so far, at even distances."""
    knowledge, settings = ultrasound.load_knowledge(), ultrasound.load_settings(None)
    taken: list[tuple[int, float, float]] = []
    done, spent = 0, 0.0
    for done, document in enumerate(make_documents(count, knowledge), 1):
        started = time.process_time()
        ultrasound.extract_document(document, knowledge, settings)
        spent += time.process_time() - started
        if done % max(1, count // SAMPLES) == 0:
            taken.append((done, held_megabytes(), spent))
            print(f"{done}: {taken[-1][1]:.0f} MB", file=sys.stderr)
    return taken if taken and taken[-1][0] == done else [*taken, (done, held_megabytes(), spent)]


def write_table(taken: list[tuple[int, float, float]]) -> str:
    """The samples as a table of Markdown, with the growth over the later nine tenths."""
    lines = ["| reports read | memory held | reports/s so far |", "| ---: | ---: | ---: |"]
    lines += [f"| {n:,} | {held:.0f} MB | {n / spent:.0f} |" for n, held, spent in taken]
    (first, low, _), (last, high, _) = taken[0], taken[-1]
    growth = (high - low) * 1000 / max(1, last - first)
    lines += [
        "",
        f"From {first:,} to {last:,} reports: {high - low:+.1f} MB, {growth:+.2f} kB each.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Read so many reports and print what memory was held on the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="how many reports")
    parser.add_argument("--write", action="store_true", help="put the table into the page, too")
    asked = parser.parse_args()
    table = write_table(sample(asked.count))
    print(table)
    if asked.write:
        write_section("memory", table)


if __name__ == "__main__":
    main()
