"""The receptive field of a chosen layer: which output, on which digit."""

import streamlit as st

from mnistcore.layers.layer import Shape
from mnistcore.stacks.table import NetworkRow
from ui import mnist
from ui.calculator.field_picture import field_picture, seen_box

CONTROL_WIDTH_PX = 130


def show(row: NetworkRow, input_shape: Shape) -> None:
    """Draw what one output of a row sees of a test digit, and let the output be chosen."""
    if len(input_shape) != 3 or row.fields is None:
        st.info("What an output sees is drawn for images, and as far as the way to it is known.")
        return
    size = input_shape[1], input_shape[2]
    place = choose_place(row)
    box = seen_box(row.fields, place, size)
    if box is None:
        st.info("This output sees nothing of the image: it is its layer's bias.")
        return
    neighbour = None
    if len(row.output_shape) == 3 and place[1] + 1 < row.output_shape[2]:
        neighbour = seen_box(row.fields, (place[0], place[1] + 1), size)
    digit = st.segmented_control(
        "Digit",
        range(10),
        default=3,
        required=True,
        key="network_digit",
        bind="query-params",
        wrap=True,
    )
    images, labels = mnist.images_and_labels()
    image = images[labels.tolist().index(digit)]
    st.html(field_picture(image, size, box, neighbour if neighbour != box else None))
    st.caption(sentence(row, box, size))


def choose_place(row: NetworkRow) -> tuple[int, int]:
    """Draw the choice of an output, the middle one at first; there is none to choose if it is one.

    Returns:
        Row and column.
    """
    if len(row.output_shape) != 3 or not row.fields or not any(row.fields):
        return 0, 0
    height, width = row.output_shape[1:]
    with st.container(horizontal=True):
        places = [
            _number(name, sizes)
            for name, sizes in (("Output row", height), ("Output column", width))
        ]
    return places[0], places[1]


def sentence(row: NetworkRow, box: tuple[int, int, int, int], size: tuple[int, int]) -> str:
    """Return what is seen in words, and how much of it is padding or lies outside.

    >>> row = NetworkRow("Conv2d 16", "1", (16, 14, 14), 0, 0, 0, None)
    >>> sentence(row, (-1, 2, 1, 4), (28, 28))
    'Rows -1 to 1 and columns 2 to 4 of 28 × 28; what lies outside is padding.'
    """
    top, left, bottom, right = box
    height, width = size
    text = f"Rows {top} to {bottom} and columns {left} to {right} of {height} × {width}"
    if top < 0 or left < 0 or bottom >= height or right >= width:
        text += "; what lies outside is padding"
    return f"{text}."


def _number(label: str, size: int) -> int:
    # A key for each size: the middle of another layer is another number.
    key = f"network_{label.split()[1]}_{size}"
    return st.number_input(label, 0, size - 1, (size - 1) // 2, key=key, width=CONTROL_WIDTH_PX)
