"""The controls of one layer; every one of them is in the page's address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults
from mnistcore.layers.layer import Shape
from mnistcore.layers.window import WindowLayer
from ui import address
from ui.calculator.layer_state import DEFAULTS, EXAMPLES, key, load

# Together with the axes these are names in torch.nn: Conv2d.
FAMILIES = {
    "Conv": "Convolution",
    "MaxPool": "Max pooling",
    "AvgPool": "Average pooling",
    "ConvTranspose": "Transposed convolution",
    "Linear": "Linear",
}
AXES = {"2d": "2-D (images)", "1d": "1-D (signals)"}
MODES = {"number": "a number", "same": "same", "valid": "valid"}
LARGEST_NUMBER = 1_000_000
CONTROL_WIDTH_PX = 150
EXAMPLE_KEY = "layer_example"


@dataclass(frozen=True)
class Question:
    """What a visitor asks: a kind of layer, arguments that may be impossible, and an input."""

    kind: str
    arguments: dict[str, object]
    input_shape: Shape


def layer_form() -> Question:
    """Draw the controls and return what they say."""
    with _row():
        st.selectbox(
            "Start from",
            list(EXAMPLES),
            index=None,
            placeholder="an example",
            key=EXAMPLE_KEY,
            on_change=_load_example,
            help="Sets all controls below to a layer worth looking at.",
            width=CONTROL_WIDTH_PX + 40,
        )
        family = _choice("Layer", "family", FAMILIES, "The kind of layer, as in torch.nn.")
        if family == "Linear":
            return _linear()
        axes = _choice("Axes", "axes", AXES, "An image has two axes, a signal one.")
        apart = axes == "2d" and _switch(
            "Height and width apart",
            "apart",
            "Give the two axes numbers of their own.",
            on_change=_copy_height_to_width,
        )
    kind = LAYER_KINDS[f"{family}{axes}"]
    assert issubclass(kind, WindowLayer)
    draw = _Controls(apart)
    with _row():
        channels = _number("Input channels", "channels", 1, "1 for grey pictures, 3 for colours.")
        size = draw.per_axis("Input size", "size", 1, "Pixels of the input along an axis.")
        arguments = _channel_arguments(channels) if issubclass(kind, Convolution) else {}
    with _row():
        arguments |= _window_arguments(kind, draw)
    sides = size if isinstance(size, tuple) else (size,) * kind.num_axes
    return Question(kind.__name__, arguments, (channels, *sides))


def _linear() -> Question:
    in_features = _number("Input features", "in_features", 1, "Numbers that come in.")
    out_features = _number("Output features", "out_features", 1, "Numbers that go out.")
    bias = _switch("Bias", "bias", "One more number for each output, added at the end.")
    arguments: dict[str, object] = {
        "in_features": in_features,
        "out_features": out_features,
        "bias": bias,
    }
    return Question("Linear", arguments, (in_features,))


def _channel_arguments(channels: int) -> dict[str, object]:
    out_channels = _number(
        "Output channels", "out_channels", 1, "How many kernels: each makes one map."
    )
    groups = _number(
        "Groups",
        "groups",
        1,
        "Channels are split into so many groups that know nothing of each other. As many groups "
        "as channels is a depthwise convolution.",
    )
    bias = _switch("Bias", "bias", "One more number for each output channel, added at the end.")
    return {
        "in_channels": channels,
        "out_channels": out_channels,
        "groups": groups,
        "bias": bias,
    }


def _window_arguments(kind: type[WindowLayer], draw: "_Controls") -> dict[str, object]:
    takes = argument_defaults(kind.__name__)
    is_transposed = issubclass(kind, TransposedConvolution)
    window = "kernel" if issubclass(kind, Convolution) else "window"
    arguments: dict[str, object] = {
        "kernel_size": draw.per_axis(
            f"{window.capitalize()} size", "kernel_size", 1, f"Elements of the {window}."
        ),
        "stride": draw.per_axis("Stride", "stride", 1, f"Pixels from one {window} to the next."),
    }
    mode = "number"
    if issubclass(kind, Convolution) and not is_transposed:
        mode = _choice("Padding is", "padding_mode", MODES, "'valid' is none; 'same' keeps size.")
    if mode != "number":
        arguments["padding"] = mode
    elif is_transposed:
        arguments["padding"] = draw.per_axis(
            "Padding", "padding", 0, "Pixels cut off at each end of the output."
        )
        arguments["output_padding"] = draw.per_axis(
            "Output padding", "output_padding", 0, "Pixels kept in addition at the output's end."
        )
    else:
        arguments["padding"] = draw.per_axis(
            "Padding", "padding", 0, "Pixels added at each end of the input."
        )
    if "dilation" in takes:
        arguments["dilation"] = draw.per_axis(
            "Dilation", "dilation", 1, f"Pixels from one element of the {window} to the next."
        )
    if "ceil_mode" in takes:
        arguments["ceil_mode"] = _switch(
            "Round up", "ceil_mode", "`ceil_mode`: a last, incomplete window counts as well."
        )
    return arguments


@dataclass(frozen=True)
class _Controls:
    apart: bool

    def per_axis(
        self, label: str, name: str, minimum: int, help_text: str
    ) -> int | tuple[int, int]:
        """Draw one number for all axes, or one for the height and one for the width."""
        if not self.apart:
            return _number(label, name, minimum, help_text)
        height = _number(f"{label}: height", name, minimum, help_text)
        return height, _number(f"{label}: width", f"{name}_width", minimum, help_text)


def _row() -> Any:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def _number(label: str, name: str, minimum: int, help_text: str) -> int:
    number: int = st.number_input(
        label,
        min_value=minimum,
        max_value=LARGEST_NUMBER,
        value=DEFAULTS[name],
        key=key(name),
        bind="query-params",
        help=help_text,
        width=CONTROL_WIDTH_PX,
    )
    return number


def _choice(label: str, name: str, options: Mapping[str, str], help_text: str) -> str:
    chosen: str = address.choose(
        st.selectbox,
        label,
        options,
        key=key(name),
        default=DEFAULTS[name],
        help=help_text,
        width=CONTROL_WIDTH_PX + (70 if name == "family" else 0),
    )
    return chosen


def _switch(
    label: str, name: str, help_text: str, on_change: Callable[[], None] | None = None
) -> bool:
    return st.toggle(
        label,
        value=DEFAULTS[name],
        key=key(name),
        bind="query-params",
        help=help_text,
        on_change=on_change,
    )


def _load_example() -> None:
    name = st.session_state[EXAMPLE_KEY]
    st.session_state[EXAMPLE_KEY] = None
    if name:
        load(EXAMPLES[name])


def _copy_height_to_width() -> None:
    for name in DEFAULTS:
        if name.endswith("_width"):
            height = st.session_state.get(key(name.removesuffix("_width")))
            st.session_state[key(name)] = DEFAULTS[name] if height is None else height
