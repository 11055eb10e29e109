"""Which pixels the windows along one axis touch, and how many of their products are real.

Takes sizes that `conv_arithmetic` has worked out; imports neither torch nor numpy.
"""


def real_taps(
    input_size: int,
    output_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> int:
    """Return how many of the `output_size * kernel_size` products have a real pixel as factor.

    The others multiply padding. On a transposed convolution swap the sizes: then it is the number
    of products that are kept, since its padding cuts the output.

    Args:
        input_size: Length of the input, i.
        output_size: Number of positions of the kernel.
        kernel_size: Number of kernel elements, k.
        stride: Distance between two positions of the kernel, s.
        padding: Pixels added before the input, p.
        dilation: Distance between two kernel elements, d.

    >>> real_taps(4, 4, kernel_size=3, padding=1)
    10
    """
    count = 0
    for tap in range(kernel_size):
        offset = tap * dilation - padding  # position m looks at pixel m * stride + offset
        first = max(-(offset // stride), 0)
        last = min((input_size - 1 - offset) // stride, output_size - 1)
        count += max(last - first + 1, 0)
    return count


def touched_pixels(
    input_size: int,
    output_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> frozenset[int]:
    """Return the input's pixels that at least one window looks at, for a picture of them.

    The others are dropped: behind the last window, between two windows, in a dilated kernel's
    holes. Arguments as in `real_taps`.

    >>> sorted(touched_pixels(6, 2, kernel_size=2, stride=3))
    [0, 1, 3, 4]
    """
    pixels = {
        position * stride + tap * dilation - padding
        for position in range(output_size)
        for tap in range(kernel_size)
    }
    return frozenset(pixels & set(range(input_size)))
