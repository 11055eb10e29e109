"""What "same" means to torch and to TensorFlow: equal sizes, and at stride 2 different values.

One axis, plain integers; imports neither torch nor numpy.
"""

from mnistcore.layers.arguments import LARGEST_STEP, whole_number
from mnistcore.layers.conv_arithmetic import kernel_span


def same_padding(kernel_size: int, dilation: int = 1) -> tuple[int, int]:
    """Return the zeros before and after the input that torch's `padding="same"` adds.

    d(k - 1) in all, the odd one at the end; torch allows it at stride 1 only.

    Args:
        kernel_size: Number of kernel elements, k.
        dilation: Distance between two kernel elements, d.

    Raises:
        InvalidInputError: An argument is no whole number from 1 up.

    >>> same_padding(4)
    (1, 2)
    """
    total = kernel_span(kernel_size, dilation) - 1
    return total // 2, total - total // 2


def tensorflow_same_padding(
    input_size: int, *, kernel_size: int, stride: int = 1, dilation: int = 1
) -> tuple[int, int]:
    """Return the zeros before and after the input that TensorFlow's `"SAME"` adds.

        max((ceil(i / s) - 1)s + d(k - 1) + 1 - i, 0), the odd one at the end

    The output has length ceil(i / s) at any stride.

    Args:
        input_size: Length of the input, i.
        kernel_size: Number of kernel elements, k.
        stride: Distance between two positions of the kernel, s.
        dilation: Distance between two kernel elements, d.

    Raises:
        InvalidInputError: An argument is no whole number from 1 up.

    Source: TensorFlow, "Notes on padding" of `tf.nn`.

    >>> tensorflow_same_padding(28, kernel_size=3, stride=2)
    (0, 1)
    """
    input_size = whole_number("input_size", input_size, minimum=1)
    stride = whole_number("stride", stride, minimum=1, maximum=LARGEST_STEP)
    size = -(-input_size // stride)
    total = max((size - 1) * stride + kernel_span(kernel_size, dilation) - input_size, 0)
    return total // 2, total - total // 2
