"""How large a map becomes: the formula, each of its terms coloured as in the picture beside it."""

from collections.abc import Mapping

from mnistcore.layers.conv_arithmetic import output_size, unreached_end
from ui.components.loader import load

_SIZE_FORMULA = load("size_formula")


def show_size_formula(
    *,
    input_size: int,
    kernel_size: int,
    stride: int,
    padding: int,
    words: Mapping[str, str],
    key: str,
) -> None:
    """Mount the picture; it plays once by itself, and is as high as `--picture-height`.

    Args:
        input_size: Height and width of what goes in.
        kernel_size: Of the window.
        stride: Pixels from one position of it to the next.
        padding: Zeros on each side.
        words: What each term means (`w`, `p`, `k`, `s`, `o`), what the `floor` drops, how the
            picture is read out (`picture`), and the name of the button that plays `again`.
        key: Of the component.

    Raises:
        InvalidInputError: The kernel does not fit.
    """
    settings = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    _SIZE_FORMULA(
        key=key,
        data={
            "values": {
                "w": input_size,
                "p": padding,
                "k": kernel_size,
                "s": stride,
                "o": output_size(input_size, **settings),
            },
            "unreached": unreached_end(input_size, **settings),
            "words": dict(words),
        },
    )
