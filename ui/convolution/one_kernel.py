"""The tab "One kernel": it slides over the picture; where it stands is in the address."""

import streamlit as st

from mnistcore.layers.conv_arithmetic import kernel_span, output_size, unreached_end
from ui import address
from ui.components.reports import reported
from ui.components.stepper.component import Step, show_stepper, stepper_data
from ui.convolution.kernel_choice import choose_kernel
from ui.convolution.picture_choice import Picture, keep_drawing
from ui.convolution.torch_check import show_check
from ui.language import _, n_, one_after_another

AT = "window_at"
STEPPER = "window_stepper"


def show(picture: Picture) -> None:
    """Draw the choice of a kernel, the stepper, and what size comes out."""
    st.markdown(
        _(
            "A **kernel** is a small table of weights. It slides over the picture; at every "
            "stop each pixel under it is multiplied by the weight above it, and the products "
            "are added. One number comes out: **neighbouring pixels are fused into a "
            "feature**."
        )
    )
    kernel, stage = st.container(), st.container()
    step, scale = choose_kernel(picture.pixels, kernel)
    data = stepper_data(
        step,
        position=_saved_position(step.output().shape),
        kept=address.read(AT),
        scale=scale,
        paintable=picture.kind == "drawing",
    )
    with stage:
        show_stepper(
            data, key=STEPPER, on_position_change=_keep_position, on_drawing_change=keep_drawing
        )
    st.latex(size_formula(step))
    st.caption(
        _(
            "Output size: $o = \\lfloor (i + 2p - k) / s \\rfloor + 1$ for an input of $i$ "
            "pixels, padding $p$, kernel size $k$ and stride $s$. {size_remarks}",
            size_remarks=size_remarks(step),
        )
    )
    if picture.kind == "article":
        st.info(
            _(
                "The article says that a 3×3 kernel makes a 2×2 map of this 6×6 picture. "
                "With stride 1 and no padding it is **4×4**: the kernel finds room in four "
                "places along each side. Set the stride to 2, and it is 2×2."
            )
        )
    show_check(step)


def size_formula(step: Step) -> str:
    r"""Return the output's height as TeX, with the numbers filled in.

    >>> import numpy as np
    >>> print(size_formula(Step(np.zeros((6, 6)), np.zeros((3, 3)), stride=2)))
    o = \left\lfloor \frac{6 + 2 \cdot 0 - 3}{2} \right\rfloor + 1 = \lfloor 1.5 \rfloor + 1 = 2
    """
    height, size = step.picture.shape[0], step.kernel.shape[0]
    span = kernel_span(size, step.dilation)
    length = output_size(
        height,
        kernel_size=size,
        stride=step.stride,
        padding=step.padding,
        dilation=step.dilation,
    )
    quotient = (height + 2 * step.padding - span) / step.stride
    return (
        rf"o = \left\lfloor \frac{{{height} + 2 \cdot {step.padding} - {span}}}{{{step.stride}}} "
        rf"\right\rfloor + 1 = \lfloor {quotient:.4g} \rfloor + 1 = {length}"
    )


def size_remarks(step: Step) -> str:
    """Return what dilation and the floor do to this layer, in sentences; empty if nothing.

    >>> import numpy as np
    >>> size_remarks(Step(np.zeros((6, 6)), np.zeros((3, 3)), stride=2))
    'The floor drops what is left over: no window reaches the last row and column of the picture.'
    """
    height, size = step.picture.shape[0], step.kernel.shape[0]
    remarks = []
    if step.dilation > 1 and size > 1:
        remarks.append(
            _(
                "With dilation {dilation} the {size} weights of a row stand {dilation} "
                "pixels apart, so the kernel reaches across {kernel_span}.",
                dilation=step.dilation,
                size=size,
                kernel_span=kernel_span(size, step.dilation),
            )
        )
    left_over = unreached_end(
        height,
        kernel_size=size,
        stride=step.stride,
        padding=step.padding,
        dilation=step.dilation,
    )
    if (dropped := left_over - step.padding) > 0:
        remarks.append(
            n_(
                "The floor drops what is left over: no window reaches the last row and column of "
                "the picture.",
                "The floor drops what is left over: no window reaches the last {count} rows and "
                "columns of the picture.",
                dropped,
            )
        )
    return one_after_another(remarks)


def _saved_position(shape: tuple[int, ...]) -> tuple[int, int] | None:
    """Return row and column of the output number to begin with, if the address holds them."""
    place = address.read_numbers(AT, shape)
    return None if place is None else (place[0], place[1])


def _keep_position() -> None:
    if position := reported(STEPPER, "position", str):
        address.write(AT, position)
