"""Write the DICOM samples: ``python -m tests.make_dicom_samples`` fills sample_reports/dicom/.

Six made-up studies, the same bytes each time: images, a measured report with its image, a report
in text items, a report as an embedded PDF, and two reports in text with a measured one that
disagrees with it. Their gold files and report.txt are written by hand and are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydicom.dataset import Dataset

from tests.read.dicom_documents import embedded_pdf
from tests.read.dicom_objects import (
    DIAMETER,
    DISTAL,
    LEFT,
    LEVEL,
    MIDDLE,
    PROXIMAL,
    REFLUX_TIME,
    RIGHT,
    Exam,
    Triple,
    caliper,
    coded,
    container,
    findings,
    image,
    number,
    region,
    report,
    text,
    text_report,
    write_bytes,
)

FOLDER: Final = Path(__file__).parents[1] / "sample_reports" / "dicom"

GSV_THIGH: Final = ("414369008", "SCT", "Great Saphenous Vein of Thigh")
GSV_CALF: Final = ("414368000", "SCT", "Great Saphenous Vein of Calf")
SFJ: Final = ("128587003", "SCT", "Saphenofemoral junction")
SSV: Final = ("26805005", "SCT", "Lesser Saphenous Vein")
POPLITEAL: Final = ("56849005", "SCT", "Popliteal Vein")
PERFORATOR: Final = ("714754004", "SCT", "Lateral calf perforator")
DERIVATION: Final = ("121401", "DCM", "Derivation")
MEAN: Final = ("373098007", "SCT", "Mean")
SUMMARY: Final = ("121111", "DCM", "Summary")
COMMENT: Final = ("121106", "DCM", "Comment")

IMAGES: Final = Exam("images", "S-1001", "Sample^Ada", "SMP-1001", "20250305")
MEASURED: Final = Exam("measured", "S-1002", "Sample^Berta", "SMP-1002", "20250311")
TEXT: Final = Exam("text", "S-1003", "Sample^Cleo", "SMP-1003", "20250314")
PDF: Final = Exam("pdf", "S-1004", "Sample^Dora", "SMP-1004", "20250318")
BOTH: Final = Exam("both", "S-1005", "Sample^Edda", "SMP-1005", "20250402")
SLIPS: Final = Exam("slips", "S-1006", "Sample^Ferda", "SMP-1006", "20250409")

B_MODE: Final = region(3, (0, 0, 159, 55), (0.03, 0.03))
SPECTRAL: Final = region(4, (10, 60, 150, 118), (0.02, -0.5))


def vein(name: Triple, level: Triple | None, *measurements: Dataset) -> Dataset:
    """A vein at a level, with its measurements."""
    levels = [coded(LEVEL, level)] if level is not None else []
    return container(name, *levels, *measurements)


def time(value: str, *children: Dataset) -> Dataset:
    """A reflux time in seconds."""
    return number(REFLUX_TIME, value, "s", *children)


def width(value: str) -> Dataset:
    """A diameter in millimetres."""
    return number(DIAMETER, value, "mm")


def make_images() -> dict[str, Dataset]:
    """Images of a right great saphenous vein: calibrated, a loop, and one without regions."""
    still = image(IMAGES, "still", B_MODE, SPECTRAL)
    loop = image(IMAGES, "loop", region(3, (0, 0, 31, 23), (0.1, 0.1)), frames=4)
    plain = image(IMAGES, "plain")
    for dataset, view in ((still, "GSV PROX THIGH"), (loop, "SFJ"), (plain, "POP V")):
        dataset.ImageLaterality = "R"
        dataset.ViewName = view
        dataset.ImageComments = f"RT {view} STANDING"
    return {"IM0001": still, "IM0002": loop, "IM0003": plain}


def make_measured() -> dict[str, Dataset]:
    """A vascular report whose 2.3 s were measured on its own image: 115 pixels of 0.02 s."""
    still = image(MEASURED, "still", B_MODE, SPECTRAL)
    still.ImageLaterality = "R"
    still.ViewName = "GSV PROX THIGH"
    calipers = caliper(MEASURED.uid("still"), 20, 90, 135, 90)
    right = findings(
        RIGHT,
        vein(SFJ, None, time("2.8"), width("8.9")),
        vein(GSV_THIGH, PROXIMAL, time("2.3", calipers), width("7.4")),
        vein(
            GSV_THIGH,
            MIDDLE,
            time("1.6"),
            time("1.8"),
            time("1.7", coded(DERIVATION, MEAN)),
            width("6.2"),
        ),
        vein(GSV_CALF, DISTAL, time("0.0"), width("2.9")),
        vein(SSV, None, time("0.0"), width("2.4")),
        vein(POPLITEAL, None, time("0.4")),
        vein(PERFORATOR, None, time("0.7"), width("3.8")),
        vein(PERFORATOR, None, time("0.2"), width("2.6")),
    )
    left = findings(
        LEFT,
        vein(SFJ, None, time("0.0"), width("4.6")),
        vein(GSV_THIGH, None, time("0.3"), width("3.1")),
    )
    comment = text(COMMENT, "Standing, distal cuff deflation.")
    tree = report(MEASURED, "report", container(SUMMARY, comment), right, left)
    return {"image.dcm": still, "report.dcm": tree}


def make_text() -> dict[str, Dataset]:
    """A report in text items."""
    return {
        "text_report.dcm": text_report(
            TEXT,
            "report",
            (("121109", "DCM", "Indications for Procedure"), "Aching right leg, visible varices."),
            (("121070", "DCM", "Findings"), TEXT_FINDINGS),
            (("121076", "DCM", "Conclusions"), TEXT_CONCLUSIONS),
        )
    }


TEXT_FINDINGS: Final = (
    "Standing, distal cuff deflation.\r\n"
    "Right great saphenous vein: SFJ 8.6 mm, reflux 2.9 s. Proximal thigh 6.7 mm, reflux 2.1 s. "
    "It is incompetent from the mid thigh to the knee.\r\n"
    "Right small saphenous vein 2.5 mm, competent.\r\n"
    "Right CFV, femoral and popliteal veins are fully compressible. Popliteal reflux 0.4 s."
)
TEXT_CONCLUSIONS: Final = (
    "Right GSV incompetence from the SFJ to the knee. No DVT in the right leg."
)


def make_pdf_report() -> dict[str, Dataset]:
    """A report of two pages in an embedded PDF."""
    first = [
        "LEFT LOWER EXTREMITY VENOUS DUPLEX - REFLUX STUDY",
        "",
        "Patient ID: S-1004      Accession: SMP-1004      Exam date: 2025-03-18",
        "",
        "Technique: patient standing, manual calf compression and release.",
        "",
        "Level             Diameter (mm)    Reflux (s)",
        "SFJ               9.1              3.2",
        "GSV mid thigh     6.3              1.7",
        "GSV knee          4.9              0",
        "SSV prox calf     3.8              1.2",
        "",
        "CFV, femoral and popliteal veins: compressible, no reflux.",
        "Medial calf perforator 14 cm above the floor: 4.1 mm, outward flow 0.7 s.",
    ]
    second = ["IMPRESSION", "Left GSV and SSV incompetence. No DVT."]
    return {"pdf_report.dcm": embedded_pdf(PDF, "report", [first, second])}


def make_both() -> dict[str, Dataset]:
    """The measured report beside report.txt: it says 1.9 s where the text says 1.4 s."""
    right = findings(
        RIGHT,
        vein(SFJ, None, time("0.0"), width("4.8")),
        vein(GSV_THIGH, None, time("0.0"), width("3.6")),
        vein(SSV, None, time("0.0"), width("2.2")),
        vein(POPLITEAL, None, time("0.0")),
    )
    left = findings(
        LEFT,
        vein(SFJ, None, time("2.6"), width("8.8")),
        vein(GSV_THIGH, PROXIMAL, time("2.2"), width("7.0")),
        vein(GSV_THIGH, MIDDLE, time("1.9"), width("6.1")),
        vein(SSV, None, time("0.0"), width("2.6")),
        vein(POPLITEAL, None, number(REFLUX_TIME, "600", "ms")),
    )
    return {"measurements.dcm": report(BOTH, "report", right, left)}


def make_slips() -> dict[str, Dataset]:
    """The measured report beside a report.txt with slips.

    The text has a decimal point wrong (0.48 s for 4.8 s), a unit (1.7 ms for 1.7 s), the side of
    the small saphenous vein, and leaves the left popliteal vein out.
    """
    right = findings(
        RIGHT,
        vein(SFJ, None, time("2.4"), width("8.6")),
        vein(GSV_THIGH, PROXIMAL, time("4.8"), width("6.8")),
        vein(GSV_THIGH, MIDDLE, time("1.7"), width("5.9")),
        vein(SSV, PROXIMAL, time("1.3"), width("5.2")),
    )
    left = findings(
        LEFT,
        vein(SFJ, None, time("0.0"), width("4.9")),
        vein(SSV, PROXIMAL, time("0.0"), width("2.4")),
        vein(POPLITEAL, None, time("1.6")),
    )
    return {"measurements.dcm": report(SLIPS, "report", right, left)}


def make_studies() -> Mapping[str, Mapping[str, bytes]]:
    """All files that this script writes: folder, file name, bytes."""
    studies = {
        "us_images": make_images(),
        "sr_measured": make_measured(),
        "sr_text": make_text(),
        "pdf_embedded": make_pdf_report(),
        "text_and_sr": make_both(),
        "text_and_sr_slips": make_slips(),
    }
    return {
        folder: {name: write_bytes(dataset) for name, dataset in files.items()}
        for folder, files in studies.items()
    }


def main() -> None:
    """Write the samples."""
    for folder, files in make_studies().items():
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (FOLDER / folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
