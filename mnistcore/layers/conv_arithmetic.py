"""One axis of one layer in plain integers: how long is what comes out.

Convolution, transposed convolution, and pooling with its `ceil_mode`.

Knows nothing of channels (`kinds`) or networks (`stacks.stack`), and imports neither torch
nor numpy, so that a page opens at once.
"""

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import LARGEST_STEP, whole_number, yes_or_no


def kernel_span(kernel_size: int, dilation: int = 1) -> int:
    """Return how many input pixels a kernel reaches across, holes included: d(k - 1) + 1.

    Args:
        kernel_size: Number of kernel elements, k.
        dilation: Distance between two kernel elements, d.

    Raises:
        InvalidInputError: An argument is no whole number from 1 up.

    Source: Dumoulin & Visin (2016), section 5.1.

    >>> kernel_span(3, dilation=2)
    5
    """
    kernel_size = whole_number("kernel_size", kernel_size, minimum=1, maximum=LARGEST_STEP)
    dilation = whole_number("dilation", dilation, minimum=1, maximum=LARGEST_STEP)
    return dilation * (kernel_size - 1) + 1


def output_size(
    input_size: int, *, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Return the output length of a convolution or pooling along one axis.

        o = floor((i + 2p - d(k - 1) - 1) / s) + 1

    Args:
        input_size: Length of the input, i.
        kernel_size: Number of kernel elements, k.
        stride: Distance between two positions of the kernel, s.
        padding: Zeros added at each end of the input, p.
        dilation: Distance between two kernel elements, d.

    Raises:
        InvalidInputError: The kernel is wider than the padded input, or an argument is no
            whole number in range.

    Source: Dumoulin & Visin (2016), Relationship 15.

    >>> output_size(28, kernel_size=5, stride=2, padding=2)
    14
    """
    return _steps(input_size, kernel_size, stride, padding, dilation)[0] + 1


def unreached_end(
    input_size: int, *, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Return what the floor throws away: pixels at the padded input's end behind the last window.

        (i + 2p - d(k - 1) - 1) mod s

    The first `padding` of them are padding, only the rest are pixels of the image.

    Arguments and errors as in `output_size`.

    >>> unreached_end(28, kernel_size=3, stride=2, padding=1)
    1
    """
    return _steps(input_size, kernel_size, stride, padding, dilation)[1]


def pooling_output_size(
    input_size: int,
    *,
    kernel_size: int,
    stride: int,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Return the output length of a pooling along one axis.

    Arguments as in `output_size`. With `ceil_mode` a last, incomplete window counts: the division
    is rounded up, and then a last window that would start behind the input and its left padding
    is taken away again, (o - 1)s >= i + p.

    Raises:
        InvalidInputError: As `output_size`; or the padding is more than half the window.

    Source: `torch.nn.MaxPool2d`; plain ceil is wrong, pytorch issue 57178.

    >>> pooling_output_size(5, kernel_size=2, stride=2, ceil_mode=True)
    3
    >>> pooling_output_size(4, kernel_size=1, stride=3, ceil_mode=True)
    2
    """
    kernel_size = whole_number("kernel_size", kernel_size, minimum=1, maximum=LARGEST_STEP)
    padding = whole_number("padding", padding, minimum=0, maximum=LARGEST_STEP)
    if padding > kernel_size // 2:
        raise InvalidInputError(
            "A pooling's `padding` is at most half its window: {padding} is more than half of "
            "`kernel_size`={kernel_size}. Choose {most} or less.",
            padding=padding,
            kernel_size=kernel_size,
            most=kernel_size // 2,
        )
    if not yes_or_no("ceil_mode", ceil_mode):
        return _steps(input_size, kernel_size, stride, padding, dilation)[0] + 1
    # A window that hangs over the end by less than one stride still counts.
    overhang = whole_number("stride", stride, minimum=1, maximum=LARGEST_STEP) - 1
    steps, _ = _steps(input_size, kernel_size, stride, padding, dilation, overhang=overhang)
    last_window_is_outside = steps * stride >= input_size + padding
    return steps if last_window_is_outside else steps + 1


def transposed_output_size(
    input_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Return the output length of a transposed convolution along one axis.

        o = (i - 1)s - 2p + d(k - 1) + output_padding + 1

    Arguments as in `output_size`, but on the output: s lies between two stamps of the kernel, and
    p pixels are cut off at each end, which has to leave some; `output_padding` pixels are kept at
    the last end, fewer than max(s, d).

    Source: Dumoulin & Visin (2016), Relationship 14; `torch.nn.ConvTranspose2d`.

    >>> transposed_output_size(14, kernel_size=3, stride=2, padding=1, output_padding=1)
    28
    """
    span = kernel_span(kernel_size, dilation)
    input_size = whole_number("input_size", input_size, minimum=1)
    stride = whole_number("stride", stride, minimum=1, maximum=LARGEST_STEP)
    padding = whole_number("padding", padding, minimum=0, maximum=LARGEST_STEP)
    output_padding = whole_number("output_padding", output_padding, minimum=0, maximum=LARGEST_STEP)
    limit = max(stride, dilation)
    if output_padding >= limit:
        raise InvalidInputError(
            "`output_padding` is {output_padding}, but has to be below the larger of "
            "`stride`={stride} and `dilation`={dilation}. Choose {most} or less.",
            output_padding=output_padding,
            stride=stride,
            dilation=dilation,
            most=limit - 1,
        )
    size = (input_size - 1) * stride - 2 * padding + span + output_padding
    if size < 1:
        raise InvalidInputError(
            "`padding`={padding} cuts {cut} pixels off an output of {size}, and nothing is left. "
            "Choose less `padding`.",
            padding=padding,
            cut=2 * padding,
            size=size + 2 * padding,
        )
    return size


def _steps(
    input_size: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    *,
    overhang: int = 0,
) -> tuple[int, int]:
    """Return how often the window can step on, and the pixels left behind its last place."""
    span = kernel_span(kernel_size, dilation)
    input_size = whole_number("input_size", input_size, minimum=1)
    stride = whole_number("stride", stride, minimum=1, maximum=LARGEST_STEP)
    padding = whole_number("padding", padding, minimum=0, maximum=LARGEST_STEP)
    padded_size = input_size + 2 * padding
    if span > padded_size + overhang:
        raise InvalidInputError(
            "The kernel spans {span} pixels (`kernel_size`={kernel_size}, `dilation`={dilation}) "
            "but the padded input has only {padded_size}. Choose a smaller kernel or more "
            "`padding`.",
            span=span,
            kernel_size=kernel_size,
            dilation=dilation,
            padded_size=padded_size,
        )
    return divmod(padded_size + overhang - span, stride)
