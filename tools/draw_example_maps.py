"""Draws the twelve typical legs of the tests side by side, into docs/vein_maps.png.

Run ``python -m tools.draw_example_maps`` after a change of the vein map, and look at the picture as
the physician would who has to trust it; ``--grey`` shows it as a grey print does.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image

from tests.write.map_legs import LEGS, map_rows
from ultrasound.knowledge import load_knowledge
from ultrasound.write.vein_map import draw_map, make_palette, write_png

PICTURE = Path(__file__).parents[1] / "docs" / "vein_maps.png"
_ACROSS, _PIXELS = 4, 1.6


def draw_sheet() -> Image.Image:
    """All legs on one sheet."""
    criteria = load_knowledge().criteria.choose("svs_avf_avls_2022")
    pictures = []
    for facts in LEGS.values():
        rows = map_rows(facts)
        png = write_png(draw_map(rows["legs"], rows["segments"], criteria), _PIXELS)
        pictures.append(Image.open(io.BytesIO(png)).convert("RGB"))
    width = max(picture.width for picture in pictures)
    height = max(picture.height for picture in pictures)
    rows_down = -(-len(pictures) // _ACROSS)
    sheet = Image.new("RGB", (width * _ACROSS, height * rows_down), "white")
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (number % _ACROSS * width, number // _ACROSS * height))
    return sheet


def main() -> None:
    """Draw the sheet and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PICTURE)
    parser.add_argument("--grey", action="store_true")
    asked = parser.parse_args()
    sheet = draw_sheet()
    if asked.grey:
        sheet = sheet.convert("L")
    else:
        sheet = sheet.quantize(palette=make_palette(), dither=Image.Dither.NONE)
    sheet.save(asked.out, "png", optimize=True)


if __name__ == "__main__":
    main()
