"""Read thousands of damaged files: ``python -m tools.fuzz --count 20000``.

Bytes of made-up objects and reports are changed, cut, doubled and moved. Each file that comes of it
must be read and extracted, left aside or refused: no exception may escape, none may take long, and
what pydicom refuses to open may not be used without a Problem; nor what dsrdump (DCMTK) refuses,
where it is on the PATH. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pydicom

from ultrasound.config import Settings
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.pipeline import extract_document
from ultrasound.read import ReadOutcome, read_file

SAMPLES: Final = Path(__file__).parents[1] / "sample_reports" / "dicom"
LONGEST: Final = 10.0  # seconds
DSRDUMP: Final = shutil.which("dsrdump")
# Lengths and numbers that readers trip over.
ODD: Final = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff", b"\xfe\xff\0\xe0", b"\xfe\xff\x0d\xe0")


def list_seeds(folder: Path = SAMPLES) -> list[bytes]:
    """The files that damaged ones are made of, in one order."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """The file with one to six changes, some of them cuts."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if changed:
            _change(changed, chance)
    return bytes(changed)


def _change(data: bytearray, chance: random.Random) -> None:
    """Put other bytes in the place of some; the kind of change is drawn."""
    at, other = chance.randrange(len(data)), chance.randrange(len(data))
    length = chance.choice((1, 1, 2, 4, 8, 64))
    odd = chance.choice(ODD)
    changes = (
        (1, bytes([chance.randrange(256)])),
        (1, bytes([data[at] ^ 1 << chance.randrange(8)])),
        (len(odd), odd),
        (length, b""),
        (0, data[at : at + length]),
        (length, data[other : other + length]),
        (len(data), b""),
    )
    taken, put = chance.choice(changes)
    data[at : at + taken] = put


def make_files(count: int, seed: int, seeds: Sequence[bytes]) -> Iterator[bytes]:
    """So many damaged files."""
    chance = random.Random(seed)
    for _ in range(count):
        yield mutate(chance.choice(seeds), chance)


@dataclass(slots=True)
class Tally:
    """What became of the files, and what should not have happened, by the number of the file."""

    fates: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[tuple[int, str]] = field(default_factory=list)


def try_files(files: Iterator[bytes], knowledge: Knowledge, keep: Path | None = None) -> Tally:
    """Read each file; those at fault are kept in a folder, where one is given."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "file"
        for number, data in enumerate(files):
            path.write_bytes(data)
            begun = time.process_time()
            try:
                outcome = read_file(path, "file", knowledge)
                for document in outcome.documents:
                    extract_document(document, knowledge, Settings())
                fault = find_fault(outcome, data, path)
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                tally.faults.append((number, f"raised {type(error).__name__}"))
                continue
            taken = time.process_time() - begun
            tally.slowest = max(tally.slowest, taken)
            used = "used with a Problem" if outcome.problems else "used"
            tally.fates[used if outcome.entry.used else f"not used: {outcome.entry.code}"] += 1
            if taken > LONGEST:
                fault = f"took {taken:.0f} s"
            if fault:
                tally.faults.append((number, fault))
                if keep is not None:
                    (keep / f"{number}").write_bytes(data)
    return tally


def find_fault(outcome: ReadOutcome, data: bytes, path: Path) -> str | None:
    """What is wrong with an outcome, None where nothing is."""
    if outcome.entry.code == "internal_error":
        return "the program failed on it"
    if not outcome.entry.used or outcome.problems:
        return None
    if outcome.documents[0].header is not None and not _pydicom_opens(data):
        return "pydicom refuses what was used without a Problem"
    if outcome.entry.kind in ("sr", "text_sr") and DSRDUMP is not None:
        done = subprocess.run([DSRDUMP, path], capture_output=True, check=False)
        if done.returncode:
            return "dsrdump refuses what was used without a Problem"
    return None


def _pydicom_opens(data: bytes) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pydicom.dcmread(io.BytesIO(data), force=True, stop_before_pixels=True)
        except Exception:  # noqa: BLE001 - it raises anything
            return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Make and read the files; 1 where something happened that should not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a folder for the files at fault")
    chosen = parser.parse_args(arguments)
    logging.getLogger("pydicom").setLevel(logging.CRITICAL)
    files = make_files(chosen.count, chosen.seed, list_seeds())
    tally = try_files(files, load_knowledge(), chosen.keep)
    for fate, times in tally.fates.most_common():
        print(f"{times:8,}  {fate}")
    print(f"slowest: {tally.slowest:.2f} s; dsrdump: {DSRDUMP or 'not here'}")
    for number, fault in tally.faults[:50]:
        print(f"file {number}: {fault}")
    print(f"{len(tally.faults)} at fault")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
