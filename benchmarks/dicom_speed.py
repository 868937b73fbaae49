"""What reading DICOM costs beside plain pydicom: ``python -m benchmarks.dicom_speed --write``.

Images and structured reports of invented exams are written to a folder. Each is read by plain
``pydicom.dcmread(stop_before_pixels=True)``, by pydicom with every value taken, and by this
program, in turn, in one process; counted is processor time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tracemalloc
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Final

import pydicom
from pydicom.dataset import Dataset

from benchmarks.page import write_section
from tests.make_dicom_samples import B_MODE, SPECTRAL, make_measured
from tests.read.dicom_objects import Exam, image, write_bytes
from ultrasound.knowledge import load_knowledge
from ultrasound.read import read_file

ROUNDS: Final = 3
PIXELS: Final = 480 * 640
PRIVATE: Final = 40  # elements of a scanner's own, as real headers hold them


def make_image(number: int) -> Dataset:
    """An image with a header of the usual size."""
    dataset = image(Exam(f"bench {number}", f"P{number}"), "still", B_MODE, SPECTRAL)
    dataset.ImageLaterality, dataset.ViewName = "R", "GSV PROX THIGH"
    dataset.ImageComments = "RT GSV PROX THIGH STANDING"
    dataset.SeriesDescription, dataset.ProtocolName = "RT LE VENOUS REFLUX", "LEV Reflux"
    block = dataset.private_block(0x0011, "MADE UP", create=True)
    for place in range(PRIVATE):
        block.add_new(place, "LO", f"setting {place}")
    dataset.Rows, dataset.Columns = 480, 640
    dataset.PixelData = bytes(PIXELS)
    return dataset


def write_files(folder: Path, count: int, make: Callable[[int], Dataset]) -> list[Path]:
    """So many objects in a folder."""
    paths = [folder / f"{number:05}" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(write_bytes(make(number)))
    return paths


def time_reading(paths: Sequence[Path], read: Callable[[Path], Any]) -> float:
    """Seconds of the processor for each file."""
    begun = process_time()
    for path in paths:
        read(path)
    return (process_time() - begun) / len(paths)


def read_plain(path: Path) -> Dataset:
    """Plain pydicom, which converts no value yet."""
    return pydicom.dcmread(path, stop_before_pixels=True)


def read_values(path: Path) -> list[object]:
    """Plain pydicom with every value of every element."""
    return [element.value for element in read_plain(path).iterall()]


def measure(title: str, paths: Sequence[Path]) -> str:
    """A row of the table."""
    knowledge = load_knowledge()
    readers: tuple[Callable[[Path], Any], ...] = (
        read_plain,
        read_values,
        lambda path: read_file(path, path.name, knowledge),
    )
    rounds = [[time_reading(paths, read) for read in readers] for _ in range(ROUNDS)]
    plain, values, ours = (median(column) * 1000 for column in zip(*rounds, strict=True))
    tracemalloc.start()
    time_reading(paths[:100], readers[-1])
    early = tracemalloc.get_traced_memory()[0]
    time_reading(paths[-200:], readers[-1])
    grown = (tracemalloc.get_traced_memory()[0] - early) / 1024
    tracemalloc.stop()
    return (
        f"| {title} | {len(paths):,} | {plain:.2f} | {values:.2f} | {ours:.2f} | "
        f"{ours / plain:.1f} | {ours / values:.1f} | {grown:.0f} kB |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table, to the page with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    columns = ("files", "pydicom, ms", "with every value, ms", "this program, ms")
    ratios = ("times pydicom", "times its values", "held after 200 more")
    lines = [f"| | {' | '.join((*columns, *ratios))} |", f"| --- |{' ---: |' * 7}"]
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for title, count, make in (
            ("images", chosen.count, make_image),
            ("structured reports", chosen.count // 10, lambda _: make_measured()["report.dcm"]),
        ):
            folder = Path(place) / title
            folder.mkdir()
            lines.append(measure(title, write_files(folder, count, make)))
    table = "\n".join(lines)
    print(table)
    if chosen.write:
        write_section("dicom speed", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
