"""Draw the printed characters that lines are set from, out of font files.

The faces shipped: DejaVu Sans, Serif and Sans Mono, STIX and Computer Modern (as in matplotlib),
Roboto, Source Sans Pro, Source Serif Pro, Hanken Grotesk, Caladea, Manrope, Fredoka One and Amatic
SC (packages `font-...` on PyPI), all under licences that let their shapes be drawn and passed on.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

CHARACTERS = "0123456789.,-/=:#*$%+ACEFHKMNPRTVXaefhkmnprtuvwx"
DIGIT_HEIGHT_PX = 40
CANVAS_PX = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fonts", type=Path, nargs="+", help="font files")
    parser.add_argument(
        "--out", type=Path, default=Path("mnistcore/handwriting/printed-characters.npz")
    )


def run(options: argparse.Namespace) -> None:
    faces = [draw_face(path) for path in options.fonts]
    np.savez_compressed(options.out, faces=np.stack(faces), characters=np.array(list(CHARACTERS)))
    print(f"{len(faces)} faces, {options.out.stat().st_size:,} bytes in {options.out}")


def draw_face(path: Path) -> np.ndarray:
    """Return the characters of a face, (C, H, W) uint8, its digits 40 pixels high from row 30."""
    font = ImageFont.truetype(path, 200)
    _, top, _, bottom = font.getbbox("0")
    font = ImageFont.truetype(path, 200 * DIGIT_HEIGHT_PX / (bottom - top))
    _, top, _, _ = font.getbbox("0")
    cells = []
    for character in CHARACTERS:
        cell = Image.new("L", (CANVAS_PX, CANVAS_PX))
        ImageDraw.Draw(cell).text((20, 30 - top), character, 255, font)
        # Four bits are enough for a soft edge, and pack well.
        cells.append(np.asarray(cell) // 17 * 17)
    return np.stack(cells).astype(np.uint8)
