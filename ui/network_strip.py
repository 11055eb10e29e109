"""A network as a row of stacks: how its pictures shrink and their number grows. No torch."""

import numpy as np
import numpy.typing as npt

from mnistcore.stacks.stack import StackAnalysis
from ui.digits import data_uri

PX_PER_PIXEL = 4
MOST_SHEETS = 8
SHEET_SHIFT_PX = 5

_STYLE = """<style>
.strip {display: flex; flex-wrap: wrap; align-items: stretch; gap: .6rem 1.6rem;
        margin: .5rem 0 1rem;}
.strip figure {margin: 0; display: flex; flex-direction: column; align-items: center;
        justify-content: center; text-align: center; line-height: 1.35;}
.strip figcaption {margin-top: .35rem;}
.strip figcaption {font-size: .8rem; font-variant-numeric: tabular-nums;}
.strip small {display: block; font-size: .75rem; opacity: .7;}
.strip .sheets {display: inline-block; position: relative;}
.strip .sheets i, .strip .sheets img {position: absolute; border-radius: 3px;
        border: 1px solid color-mix(in srgb, #3d74e6 75%, transparent);
        background: color-mix(in srgb, #3d74e6 22%, transparent);}
.strip .sheets img {image-rendering: pixelated; border-color: transparent;}
.strip .neurons {display: inline-flex; flex-direction: column; gap: 2px; margin-bottom: 2px;}
.strip .neurons i {width: 11px; height: 7px; border-radius: 3px;
        background: color-mix(in srgb, #3d74e6 30%, transparent);}
.strip .neurons i.lit {background: #e07b39;}
</style>"""


def network_strip(analysis: StackAnalysis, digit: npt.NDArray[np.uint8], label: int) -> str:
    """Return a digit, the maps that each convolution makes of it, and the ten outputs.

    Args:
        analysis: Of a network for one-channel images that ends in ten features.
        digit: (28, 28), bright ink on black.
        label: The output that lights up.
    """
    side = analysis.input_shape[1]
    figures = [_figure(_sheets(side, 1, digit), _size(analysis.input_shape), "the digit")]
    for row in analysis.rows:
        if not row.layer.has_weights:
            continue
        shape = row.output_shape
        drawn = _sheets(shape[1], shape[0]) if len(shape) == 3 else _neurons(shape[0], label)
        kind = "convolution" if len(shape) == 3 else "linear"
        figures.append(_figure(drawn, _size(shape), f"{kind}<br>{row.num_params:,} parameters"))
    return f'{_STYLE}<div class="strip">{"".join(figures)}</div>'


def _size(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, (*shape[1:], shape[0])))


def _sheets(side: int, channels: int, digit: npt.NDArray[np.uint8] | None = None) -> str:
    px = side * PX_PER_PIXEL
    num_sheets = max(1, round(MOST_SHEETS * channels / 64)) if digit is None else 1
    whole = px + SHEET_SHIFT_PX * (num_sheets - 1)
    box = f'<span class="sheets" style="width: {whole:.0f}px; height: {whole:.0f}px">'
    if digit is not None:
        place = f"width: {px:.0f}px; height: {px:.0f}px; left: 0; top: 0"
        return (
            f'{box}<img src="{data_uri(digit)}" alt="A handwritten digit" style="{place}"></span>'
        )
    sheets = (
        f'<i style="width: {px:.0f}px; height: {px:.0f}px; left: {shift}px; top: {shift}px"></i>'
        for shift in range(0, SHEET_SHIFT_PX * num_sheets, SHEET_SHIFT_PX)
    )
    return f"{box}{''.join(sheets)}</span>"


def _neurons(count: int, lit: int) -> str:
    dots = "".join(f'<i class="{"lit" if number == lit else ""}"></i>' for number in range(count))
    return f'<span class="neurons">{dots}</span>'


def _figure(picture: str, size: str, remark: str) -> str:
    return f"<figure>{picture}<figcaption>{size}<small>{remark}</small></figcaption></figure>"
