"""The receptive field of one output, drawn on a real test digit. No streamlit, no torch."""

import numpy as np
import numpy.typing as npt

from mnistcore.layers.layer import Fields
from ui.digits import data_uri

LARGEST_MARGIN = 0.6  # of the image: what reaches out further is cut off, and the legend says so

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]  # top, left, bottom, right; ends included


def seen_box(fields: Fields, place: tuple[int, int], size: tuple[int, int]) -> Box | None:
    """Return the pixels that one output sees of an image, or None if it sees none.

    Args:
        fields: Receptive fields along height and width.
        place: Row and column of the output.
        size: Height and width of the image.

    >>> from mnistcore.layers.receptive_field import ReceptiveField
    >>> field = ReceptiveField().after(kernel_size=3, stride=2, padding=1)
    >>> seen_box((field, None), (5, 0), (28, 28))
    (9, 0, 11, 27)
    """
    spans = [
        field.seen_by(output) if field else (0, pixels - 1)
        for field, output, pixels in zip(fields, place, size, strict=True)
    ]
    rows, columns = spans
    if rows is None or columns is None:
        return None
    return rows[0], columns[0], rows[1], columns[1]


def field_picture(digit: Pixels, size: tuple[int, int], box: Box, neighbour: Box | None) -> str:
    """Return a digit with what one output sees, and what the next output to its right sees.

    Args:
        digit: (28, 28), bright ink on black; enlarged to the network's input.
        size: Height and width of the network's input.
        box: What the output sees.
        neighbour: What its neighbour sees; None if there is none.

    >>> digit = np.zeros((28, 28), np.uint8)
    >>> field_picture(digit, (28, 28), (-1, 0, 1, 2), None).count('class="box')
    1
    """
    height, width = size
    boxes = [box, *([neighbour] if neighbour else [])]
    rows = _margin(height, [(top, bottom) for top, _, bottom, _ in boxes])
    columns = _margin(width, [(left, right) for _, left, _, right in boxes])

    def placed(place: Box) -> str:
        top, left, bottom, right = place
        whole_height, whole_width = height + 2 * rows, width + 2 * columns
        return (
            f"top: {(top + rows) / whole_height:.3%}; left: {(left + columns) / whole_width:.3%}; "
            f"height: {(bottom - top + 1) / whole_height:.3%}; "
            f"width: {(right - left + 1) / whole_width:.3%}"
        )

    marks = "".join(
        f'<div class="box {kind}" style="{placed(place)}"></div>'
        for place, kind in reversed(list(zip(boxes, ("field", "neighbour"), strict=False)))
    )
    return (
        f'<div class="seen"><div class="plane" '
        f'style="aspect-ratio: {width + 2 * columns} / {height + 2 * rows}">'
        f'<span class="ink" style="{placed((0, 0, height - 1, width - 1))}">'
        f'<img src="{data_uri(digit)}" alt="A digit, and the part of it that one output sees">'
        f"</span>{marks}</div>"
        f"{_legend(box, neighbour)}</div>"
    )


def _margin(pixels: int, spans: list[tuple[int, int]]) -> int:
    """Return how far the picture goes beyond the image, the same on both sides."""
    beyond = max(max(-first, last - pixels + 1) for first, last in spans)
    return max(0, min(beyond, int(LARGEST_MARGIN * pixels)))


def _legend(box: Box, neighbour: Box | None) -> str:
    entries = {"field": "this output sees"}
    if neighbour:
        entries["neighbour"] = f"the next one, {neighbour[1] - box[1]} px on"
    items = "".join(f'<span><i class="{kind}"></i>{text}</span>' for kind, text in entries.items())
    return f'<div class="legend">{items}</div>'
