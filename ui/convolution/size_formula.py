"""How large the map becomes: the formula with the numbers in it, and what the floor drops."""

from mnistcore.layers.conv_arithmetic import kernel_span, output_size, unreached_end
from ui.components.stepper.component import Step


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
            f"With dilation {step.dilation} the {size} weights of a row stand {step.dilation} "
            f"pixels apart, so the kernel reaches across {kernel_span(size, step.dilation)}."
        )
    left_over = unreached_end(
        height,
        kernel_size=size,
        stride=step.stride,
        padding=step.padding,
        dilation=step.dilation,
    )
    if (dropped := left_over - step.padding) > 0:
        lines = "row and column" if dropped == 1 else f"{dropped} rows and columns"
        remarks.append(
            f"The floor drops what is left over: no window reaches the last {lines} of the picture."
        )
    return " ".join(remarks)
