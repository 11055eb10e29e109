"""The tasks that are counted out: weights of a layer, size of a map, parameters, times.

Imports neither torch nor numpy.
"""

from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.convolution import Conv2d
from mnistcore.lesson.outcome import Outcome

# The article's example: it says that 2x2 comes out.
ARTICLE = {"input_size": 6, "kernel_size": 3, "stride": 1, "padding": 0}
ARTICLE_SAYS = 2


def check_num_weights(answer: int, layer: Conv2d) -> Outcome:
    """Tell whether a layer has as many weights as somebody says, its biases not counted.

    Cases: `right`; `one_slice`, of a kernel one channel deep; `one_kernel`, a single kernel's;
    `one_map`, of kernels one channel deep; and `wrong`.

    Args:
        answer: What somebody says.
        layer: The layer, of square kernels and one group.

    >>> layer = Conv2d(4, 16, 3)
    >>> [check_num_weights(answer, layer).case for answer in (576, 9, 36, 144, 100)]
    ['right', 'one_slice', 'one_kernel', 'one_map', 'wrong']
    """
    in_channels, out_channels = layer.in_channels, layer.out_channels
    one_slice = layer.num_weights // (in_channels * out_channels)
    cases = {
        layer.num_weights: "right",
        one_slice: "one_slice",
        one_slice * in_channels: "one_kernel",
        one_slice * out_channels: "one_map",
    }
    case = cases.get(answer, "wrong")
    return Outcome(
        case == "right",
        case,
        {
            "one_slice": one_slice,
            "in_channels": in_channels,
            "out_channels": out_channels,
            "num_weights": layer.num_weights,
        },
    )


def check_article_size(*, kernel_size: int, stride: int, padding: int) -> Outcome:
    """Tell whether the article's example gives its 2x2 once a single number is changed.

    Cases: `unchanged`; `true`; `other_size`; `two_changed`, if it is 2x2 by more than one change.

    Args:
        kernel_size: k, of a 6x6 picture.
        stride: s.
        padding: p.

    Raises:
        InvalidInputError: The kernel does not fit.

    >>> check_article_size(kernel_size=3, stride=1, padding=0).numbers
    {'size': 4, 'num_changed': 0}
    """
    settings = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    size = output_size(ARTICLE["input_size"], **settings)
    num_changed = sum(ARTICLE[name] != value for name, value in settings.items())
    numbers = {"size": size, "num_changed": num_changed}
    if num_changed == 0:
        return Outcome(False, "unchanged", numbers)
    if size != ARTICLE_SAYS:
        return Outcome(False, "other_size", numbers)
    return Outcome(num_changed == 1, "true" if num_changed == 1 else "two_changed", numbers)


def check_shared_params(answer: int, layer: Conv2d, side: int, larger_side: int) -> Outcome:
    """Tell whether somebody knows a layer's parameters once its pictures are larger.

    Cases: `right`; `by_area`, if the answer grew as the pictures did; and `wrong`.

    Args:
        answer: What somebody says.
        layer: The layer.
        side: Of the pictures before.
        larger_side: Of the larger ones.

    >>> layer = Conv2d(1, 16, 3, stride=2, padding=1)
    >>> [check_shared_params(answer, layer, 28, 56).case for answer in (160, 640, 1)]
    ['right', 'by_area', 'wrong']
    """
    num_params = layer.num_params  # whatever the size of its pictures
    by_area = num_params * larger_side**2 // side**2
    case = {num_params: "right", by_area: "by_area"}.get(answer, "wrong")
    return Outcome(case == "right", case, {"num_params": num_params, "side": larger_side})


def check_guess(guess: int, faster: int) -> Outcome:
    """Tell whether somebody guessed which of two networks is the faster one.

    Cases: `right`, `wrong`, and `open` if the clock found no clear winner, which is nobody's fault.

    Args:
        guess: 1 or 2.
        faster: As `PairedTimes.faster` has it: 1, 2, or 0 if neither.

    >>> [check_guess(1, faster).case for faster in (1, 2, 0)]
    ['right', 'wrong', 'open']
    """
    if faster == 0:
        return Outcome(True, "open")
    return Outcome(guess == faster, "right" if guess == faster else "wrong", {"faster": faster})
