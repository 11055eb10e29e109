"""What one output of a layer sees of the visitor's digit: the choice of an output, the picture."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.layers.layer import Fields, Shape
from mnistcore.stacks.table import NetworkRow
from ui import shared
from ui.digits import data_uri
from ui.language import N_, _

CONTROL_WIDTH_PX = 130
SPOKEN = N_("A digit, and the part of it that one output sees")
LARGEST_MARGIN = 0.6  # of the image: what reaches out further is cut off, and the legend says so

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]  # top, left, bottom, right; ends included


def show(row: NetworkRow, input_shape: Shape) -> None:
    """Draw what one output of a row sees of the digit, and let the output be chosen."""
    if len(input_shape) != 3 or row.fields is None:
        st.info(_("What an output sees is drawn for images, and as far as the way to it is known."))
        return
    size = input_shape[1], input_shape[2]
    place = choose_place(row)
    box = seen_box(row.fields, place, size)
    if box is None:
        st.info(_("This output sees nothing of the image: it is its layer's bias."))
        return
    neighbour = None
    if len(row.output_shape) == 3 and place[1] + 1 < row.output_shape[2]:
        neighbour = seen_box(row.fields, (place[0], place[1] + 1), size)
    seen_beside = neighbour if neighbour != box else None
    st.html(field_picture(shared.digit(), size, box, seen_beside))
    st.caption(sentence(row, box, size))


def choose_place(row: NetworkRow) -> tuple[int, int]:
    """Draw the choice of an output, the middle one at first; there is none to choose if it is one.

    Returns:
        Row and column, from 0; people count them from 1.
    """
    if len(row.output_shape) != 3 or not row.fields or not any(row.fields):
        return 0, 0
    height, width = row.output_shape[1:]
    with st.container(horizontal=True):
        places = [
            _number(_("Output row"), "row", height),
            _number(_("Output column"), "column", width),
        ]
    return places[0] - 1, places[1] - 1


def sentence(row: NetworkRow, box: tuple[int, int, int, int], size: tuple[int, int]) -> str:
    """Return what is seen in words, and how much of it is padding or lies outside.

    >>> row = NetworkRow("Conv2d 16", "1", (16, 14, 14), 0, 0, 0, None)
    >>> sentence(row, (-1, 2, 1, 4), (28, 28))
    'Rows 0 to 2 and columns 3 to 5 of 28 × 28; what lies outside is padding.'
    """
    top, left, bottom, right = (place + 1 for place in box)
    height, width = size
    outside = top < 1 or left < 1 or bottom > height or right > width
    told = (
        N_(
            "Rows {top} to {bottom} and columns {left} to {right} of {height} × {width}; what lies "
            "outside is padding."
        )
        if outside
        else N_("Rows {top} to {bottom} and columns {left} to {right} of {height} × {width}.")
    )
    places = {"top": top, "left": left, "bottom": bottom, "right": right}
    return _(told, height=height, width=width, **places)


def _number(label: str, name: str, size: int) -> int:
    # A key for each size: the middle of another layer is another number.
    key = f"network_{name}_{size}"
    return st.number_input(label, 1, size, (size + 1) // 2, key=key, width=CONTROL_WIDTH_PX)


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
    rows = _margin(height, [(place[0], place[2]) for place in boxes])
    columns = _margin(width, [(place[1], place[3]) for place in boxes])

    def placed(place: Box) -> str:
        whole_height, whole_width = height + 2 * rows, width + 2 * columns
        # What lies farther out is not seen, and may be farther than a float reaches.
        top, bottom = (min(max(at, -whole_height), 2 * whole_height) for at in place[::2])
        left, right = (min(max(at, -whole_width), 2 * whole_width) for at in place[1::2])
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
        f'<img src="{data_uri(digit)}" alt="{_(SPOKEN)}">'
        f"</span>{marks}</div>"
        f"{_legend(box, neighbour)}</div>"
    )


def _margin(pixels: int, spans: list[tuple[int, int]]) -> int:
    """Return how far the picture goes beyond the image, the same on both sides."""
    beyond = max(max(-first, last - pixels + 1) for first, last in spans)
    return max(0, min(beyond, int(LARGEST_MARGIN * pixels)))


def _legend(box: Box, neighbour: Box | None) -> str:
    entries = {"field": _("this output sees")}
    if neighbour:
        entries["neighbour"] = _("the next one, {distance} px on", distance=neighbour[1] - box[1])
    items = "".join(f'<span><i class="{kind}"></i>{text}</span>' for kind, text in entries.items())
    return f'<div class="legend">{items}</div>'
